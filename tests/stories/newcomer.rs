//! Somebody with a browser and a mailbox, on their way in.

use std::time::{Duration, Instant};

use protocol::http::account::SecondFactorSetup;
use serde_json::json;
use tests::Person;
use tests::person::code_of;
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::theatre::Theatre;

/// The field for the first code of a second factor.
const CODE: &str = "Then enter the six digits it shows";

/// Within which a mail has come.
const MAIL_WITHIN: Duration = Duration::from_secs(20);

/// What somebody keeps besides their password.
pub(crate) struct SecondFactor {
    /// What their app knows.
    pub(crate) setup: SecondFactorSetup,
    /// What stands in for the app.
    pub(crate) recovery: Vec<String>,
}

/// Somebody who follows mailed links in a browser of their own.
pub(crate) struct Newcomer {
    /// Their browser.
    pub(crate) browser: Browser,
    /// Their mailbox.
    pub(crate) person: Person,
}

impl Newcomer {
    /// Somebody whom nobody knows yet.
    pub(crate) async fn stranger(theatre: &Theatre) -> WebDriverResult<Self> {
        let person = Person::stranger(&theatre.stage);
        Ok(Self { browser: theatre.browser().await?, person })
    }

    /// Opens the newest link to a page that was mailed to them. The token leaves the address at once.
    pub(crate) async fn follow_link(&self, theatre: &Theatre, page: &str) -> WebDriverResult<()> {
        let token = self.person.token(page);
        self.browser.goto(&theatre.inbox(&format!("{page}#{token}"))).await?;
        self.browser.until("the token leaves the address", "return location.hash === ''").await
    }

    /// Signs up: an address, a mailed link, a name and a password.
    pub(crate) async fn sign_up(theatre: &Theatre, name: &str) -> WebDriverResult<Self> {
        let newcomer = Self::stranger(theatre).await?;
        let browser = &newcomer.browser;
        browser.goto(&theatre.inbox("")).await?;
        browser.click("link", "Create an account").await?;
        browser.find("heading", "Create an account").await?;
        browser.write("textbox", "Email", &newcomer.person.email).await?;
        browser.click("button", "Go on").await?;
        browser.find("heading", "Look into your mail").await?;
        newcomer.follow_link(theatre, "sign-up").await?;
        browser.write("textbox", "Your name", name).await?;
        browser.write("textbox", "New password", &newcomer.person.password()).await?;
        browser.click("button", "Create my account").await?;
        browser.find("heading", "Create a workspace").await?;
        Ok(newcomer)
    }

    /// Joins the workspace that they are invited to, as somebody new.
    pub(crate) async fn join(&self, theatre: &Theatre, workspace: &str, name: &str) -> WebDriverResult<()> {
        self.follow_link(theatre, "join").await?;
        self.browser.find("heading", &format!("Join {workspace}")).await?;
        self.browser.write("textbox", "Your name", name).await?;
        self.browser.write("textbox", "New password", &self.person.password()).await?;
        self.browser.click("button", "Join").await?;
        self.browser.find("list", "Conversations").await?;
        Ok(())
    }

    /// Makes a workspace, and leaves the page that offers to make a site of it.
    pub(crate) async fn found(&self, workspace: &str) -> WebDriverResult<()> {
        self.browser.write("textbox", "Name of the workspace", workspace).await?;
        self.browser.click("button", "Create the workspace").await?;
        self.browser.find("heading", "New site").await?;
        self.browser.click("link", "General").await?;
        self.browser.find("heading", "Leave").await?;
        Ok(())
    }

    /// Waits for a mail of this subject.
    pub(crate) async fn receives(&self, subject: &str) -> WebDriverResult<()> {
        let began = Instant::now();
        while !self.person.mails().iter().any(|mail| mail.subject == subject) {
            assert!(began.elapsed() < MAIL_WITHIN, "no mail {subject:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        Ok(())
    }

    /// Opens a mail in the local mailbox as it would look, and follows its button into the tab that this opens.
    pub(crate) async fn follow_mail(
        &self,
        theatre: &Theatre,
        subject: &str,
        button: &str,
    ) -> WebDriverResult<()> {
        self.receives(subject).await?;
        let browser = &self.browser;
        browser.goto(&format!("{}/mailbox", theatre.stage.base_url())).await?;
        let open = format!(
            "const mail = [...document.querySelectorAll('nav a')].find((mail) =>
                 mail.innerText.includes({}) && mail.innerText.includes({}));
             mail?.click();
             return mail !== undefined",
            json!(self.person.email),
            json!(subject)
        );
        browser.until("the mail is listed", &open).await?;
        browser.find("heading", subject).await?;
        browser.follow_from_frame(button).await
    }

    /// Ends the session by the menu.
    pub(crate) async fn sign_out(&self, name: &str) -> WebDriverResult<()> {
        self.browser.click("button", &format!("Account of {name}")).await?;
        self.browser.click("button", "Sign out").await?;
        self.browser.find("heading", "Sign in").await?;
        Ok(())
    }

    /// Sets up a second factor on the page that offers it, with an app whose clock is right.
    pub(crate) async fn set_up_second_factor(&self) -> WebDriverResult<SecondFactor> {
        let browser = &self.browser;
        browser.click("button", "Set up").await?;
        browser.find("textbox", CODE).await?;
        let secret = browser.script("return document.querySelector('.second__secret').textContent").await?;
        let secret = secret.as_str().unwrap_or_default().replace(char::is_whitespace, "");
        let setup = SecondFactorSetup { secret, address: String::new() };
        browser.write("textbox", CODE, &code_of(&setup)).await?;
        browser.click("button", "Switch on").await?;
        let codes = browser.find("list", "Recovery codes").await?.text().await?;
        browser.click("button", "I have kept them").await?;
        Ok(SecondFactor { setup, recovery: codes.lines().map(str::to_owned).collect() })
    }

    /// Signs in with the password in another browser.
    pub(crate) async fn sign_in_elsewhere(&self, theatre: &Theatre) -> WebDriverResult<Browser> {
        let browser = theatre.browser().await?;
        browser.goto(&theatre.inbox("sign-in")).await?;
        browser.write("textbox", "Email", &self.person.email).await?;
        browser.write("textbox", "Password", &self.person.password()).await?;
        browser.click("button", "Sign in").await?;
        browser.find("list", "Conversations").await?;
        Ok(browser)
    }

    /// Forgets their password, and chooses another by a mailed link in another browser.
    pub(crate) async fn reset_password(&self, theatre: &Theatre, password: &str) -> WebDriverResult<Browser> {
        let browser = theatre.browser().await?;
        browser.goto(&theatre.inbox("sign-in")).await?;
        browser.click("link", "Forgot your password?").await?;
        browser.find("heading", "Choose a new password").await?;
        browser.write("textbox", "Email", &self.person.email).await?;
        browser.click("button", "Mail me a link").await?;
        browser.find("heading", "Look into your mail").await?;
        let token = self.person.token("reset");
        browser.goto(&theatre.inbox(&format!("reset#{token}"))).await?;
        browser.write("textbox", "New password", password).await?;
        browser.click("button", "Save and sign in").await?;
        browser.find("list", "Conversations").await?;
        Ok(browser)
    }
}
