//! Somebody with a browser and a mailbox, on their way in.

use protocol::http::account::SecondFactorSetup;
use tests::Person;
use tests::person::code_of;
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::theatre::Theatre;

/// The field for the first code of a second factor.
const CODE: &str = "Then enter the six digits it shows";

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

    /// Sets up a second factor on the page that offers it, with an app whose clock is right.
    pub(crate) async fn set_up_second_factor(&self) -> WebDriverResult<()> {
        let browser = &self.browser;
        browser.click("button", "Set up").await?;
        browser.find("textbox", CODE).await?;
        let secret = browser.script("return document.querySelector('.second__secret').textContent").await?;
        let secret = secret.as_str().unwrap_or_default().replace(char::is_whitespace, "");
        let setup = SecondFactorSetup { secret, address: String::new() };
        browser.write("textbox", CODE, &code_of(&setup)).await?;
        browser.click("button", "Switch on").await?;
        browser.click("button", "I have kept them").await
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
