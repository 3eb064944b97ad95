//! Passkeys, in a browser whose device has an authenticator.

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::door::found_with_two_sites;
use crate::browser::Browser;
use crate::newcomer::Newcomer;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("AP24 a passkey is added, signs in, is two factors, and is removed", |theatre| {
        theatre.tell(a_passkeys_life(theatre))
    }),
    ("IB47 a passkey is chosen among what the browser fills in", |theatre| theatre.tell(filled_in(theatre))),
];

/// Lets no passkey be offered among what the browser fills in, so that the device's, which says yes to everything, waits
/// for the button.
pub(crate) const ONLY_BY_BUTTON: &str = "if (window.PublicKeyCredential) PublicKeyCredential.isConditionalMediationAvailable = async () => false;";

/// Has the person choose at once what is offered in passing, which no driver can do in the browser's own list.
const CHOSEN_AT_ONCE: &str = "
    if (window.PublicKeyCredential) {
        PublicKeyCredential.isConditionalMediationAvailable = async () => true;
        const get = navigator.credentials.get.bind(navigator.credentials);
        navigator.credentials.get = ({ mediation, ...request }) => {
            window.offered = mediation;
            const isOffered = document.activeElement?.autocomplete === 'username webauthn';
            return isOffered && sessionStorage.choose ? get(request) : new Promise(() => {});
        };
    }";

/// Signs up, founds a workspace and adds a passkey.
async fn with_passkey(theatre: &Theatre, workspace: &str) -> WebDriverResult<Newcomer> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    found_with_two_sites(&owner, workspace).await?;
    let browser = &owner.browser;
    browser.add_authenticator().await?;
    browser.goto(&theatre.inbox("account/security")).await?;
    says(browser, "You have none yet.").await?;
    browser.click("button", "Add a passkey").await?;
    says(browser, "The passkey is added.").await?;
    Ok(owner)
}

async fn says(browser: &Browser, words: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.innerText.includes({})", serde_json::Value::from(words));
    browser.until(words, &script).await
}

async fn sign_out(theatre: &Theatre, browser: &Browser) -> WebDriverResult<()> {
    browser.goto(&theatre.inbox("account/security")).await?;
    browser.click("button", "Account of Olga Owner").await?;
    browser.click("button", "Sign out").await?;
    browser.find("heading", "Sign in").await?;
    Ok(())
}

async fn a_passkeys_life(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = with_passkey(theatre, "Keyed Ferns").await?;
    let browser = &owner.browser;
    browser.before_pages(ONLY_BY_BUTTON).await?;
    browser.click("button", "Rename Chrome on Linux").await?;
    browser.write("textbox", "Name of the passkey", " of the shop").await?;
    browser.click("button", "Save").await?;
    browser.reads("list", "Passkeys", "Chrome on Linux of the shop").await?;
    let told = |owner: &Newcomer, subject: &str| {
        owner.person.mails().iter().any(|mail| mail.to == owner.person.email && mail.subject == subject)
    };
    assert!(told(&owner, "A passkey was added to your account"));

    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    let settings = browser.address_of_settings().await?;
    browser.goto(&format!("{}{settings}", theatre.stage.base_url())).await?;
    browser.click("button", "Require it of everybody…").await?;
    browser.click("button", "Require it").await?;
    says(browser, "Everybody needs a second factor to come in.").await?;

    sign_out(theatre, browser).await?;
    browser.click("button", "Sign in with a passkey").await?;
    browser.find("list", "Conversations").await?;

    sign_out(theatre, browser).await?;
    browser.write("textbox", "Email", &owner.person.email).await?;
    browser.write("textbox", "Password", &owner.person.password()).await?;
    browser.click("button", "Sign in").await?;
    browser.find("heading", "Keyed Ferns asks for a second factor").await?;
    browser.click("button", "Use a passkey").await?;
    browser.find("list", "Conversations").await?;

    browser.goto(&theatre.inbox("account/security")).await?;
    browser.click("button", "Remove Chrome on Linux of the shop").await?;
    browser.find("heading", "Remove this passkey?").await?;
    browser.click("button", "Remove").await?;
    says(browser, "You have none yet.").await?;
    assert!(told(&owner, "A passkey was removed from your account"));
    browser.goto(&theatre.inbox("")).await?;
    browser.find("heading", "Keyed Ferns asks for a second factor").await?;

    sign_out(theatre, browser).await?;
    browser.click("button", "Sign in with a passkey").await?;
    says(browser, "This passkey opens no account here.").await?;
    owner.browser.close().await
}

async fn filled_in(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = with_passkey(theatre, "Filled Ferns").await?;
    let browser = &owner.browser;
    browser.before_pages(CHOSEN_AT_ONCE).await?;
    sign_out(theatre, browser).await?;
    browser.reload().await?;
    browser.until("it is offered in passing", "return window.offered === 'conditional'").await?;
    browser.find("button", "Sign in with a passkey").await?;
    browser.script("sessionStorage.choose = 'yes'; return null").await?;
    browser.reload().await?;
    browser.find("list", "Conversations").await?;
    owner.browser.close().await
}
