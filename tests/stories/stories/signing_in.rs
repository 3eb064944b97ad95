//! The ways in besides a password: a mailed link, a code, a recovery code; and another address to come in with.

use tests::Case;
use tests::person::{code_of, next_code_of};
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::newcomer::{Newcomer, SecondFactor};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("AP9 IB25 somebody signs in by a mailed link, once", |theatre| theatre.tell(by_link(theatre))),
    ("AP13 AP14 a second factor asks for its code or a recovery code, each good once", |theatre| {
        theatre.tell(by_code(theatre))
    }),
    ("AP18 an address is changed by a link that is mailed to the new one", |theatre| {
        theatre.tell(new_address(theatre))
    }),
];

/// Has a link mailed, from the sign-in page on, and opens it in the mailbox.
async fn open_mailed_link(theatre: &Theatre, person: &Newcomer) -> WebDriverResult<()> {
    let browser = &person.browser;
    browser.click("link", "Mail me a sign-in link").await?;
    browser.find("heading", "Sign in by mail").await?;
    browser.overwrite("Email", &person.person.email).await?;
    browser.click("button", "Mail me a link").await?;
    browser.find("heading", "Look into your mail").await?;
    person.follow_mail(theatre, "Your sign-in link", "Sign in").await?;
    browser.find("heading", "Sign in with your link").await?;
    browser.until("the token leaves the address", "return location.hash === ''").await
}

async fn by_link(theatre: &Theatre) -> WebDriverResult<()> {
    let person = Newcomer::sign_up(theatre, "Lin Link").await?;
    person.found("Linked Ferns").await?;
    person.sign_out("Lin Link").await?;
    open_mailed_link(theatre, &person).await?;
    let browser = &person.browser;
    nothing_found(theatre, browser, "a link that signs in").await?;
    browser.pictures("sign-in-by-link").await?;
    browser.click("button", "Sign in").await?;
    browser.find("list", "Conversations").await?;

    let token = person.person.token("sign-in-link");
    let thief = theatre.browser().await?;
    thief.goto(&theatre.inbox(&format!("sign-in-link#{token}"))).await?;
    thief.click("button", "Sign in").await?;
    thief.find("heading", "This link is not good any more").await?;
    nothing_found(theatre, &thief, "a link that was used").await?;
    thief.close().await?;
    person.browser.close().await
}

/// Enters address and password, and waits for the second step.
async fn to_second_step(person: &Newcomer) -> WebDriverResult<()> {
    let browser = &person.browser;
    browser.overwrite("Email", &person.person.email).await?;
    browser.write("textbox", "Password", &person.person.password()).await?;
    browser.click("button", "Sign in").await?;
    browser.find("heading", "One more step").await?;
    Ok(())
}

async fn by_code(theatre: &Theatre) -> WebDriverResult<()> {
    let person = Newcomer::sign_up(theatre, "Cody Code").await?;
    person.found("Coded Ferns").await?;
    let browser = &person.browser;
    browser.goto(&theatre.inbox("account/security")).await?;
    let SecondFactor { setup, recovery } = person.set_up_second_factor().await?;
    assert_eq!(recovery.len(), 10, "{recovery:?}");
    let used = code_of(&setup);
    browser.shows("On. Signing in asks for the six digits of your app.").await?;
    person.receives("Two-step sign-in is on").await?;
    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    person.sign_out("Cody Code").await?;

    to_second_step(&person).await?;
    let has_focus = "return document.activeElement.autocomplete === 'one-time-code'";
    browser.until("the code can be typed", has_focus).await?;
    nothing_found(theatre, browser, "the second step").await?;
    browser.pictures("second-step").await?;
    browser.write("textbox", "Code", "12345").await?;
    browser.click("button", "Go on").await?;
    browser.shows("The code has six digits.").await?;
    browser.overwrite("Code", &used).await?;
    browser.click("button", "Go on").await?;
    browser.shows("This code is not right, or not any more. Enter the newest one.").await?;
    nothing_found(theatre, browser, "a code that was used").await?;
    browser.overwrite("Code", &next_code_of(&setup)).await?;
    browser.click("button", "Go on").await?;
    browser.find("list", "Conversations").await?;

    person.sign_out("Cody Code").await?;
    to_second_step(&person).await?;
    browser.click("button", "Use a recovery code").await?;
    browser.find("button", "Use the app’s code").await?;
    browser.write("textbox", "Recovery code", &recovery[0]).await?;
    nothing_found(theatre, browser, "the second step by a recovery code").await?;
    browser.pictures("second-step-recovery").await?;
    browser.click("button", "Go on").await?;
    browser.find("list", "Conversations").await?;

    person.sign_out("Cody Code").await?;
    open_mailed_link(theatre, &person).await?;
    browser.click("button", "Sign in").await?;
    browser.find("heading", "One more step").await?;
    browser.click("button", "Use a recovery code").await?;
    browser.write("textbox", "Recovery code", &recovery[0]).await?;
    browser.click("button", "Go on").await?;
    browser.shows("This recovery code is not right, or was used before.").await?;
    browser.overwrite("Recovery code", &recovery[1]).await?;
    browser.click("button", "Go on").await?;
    browser.find("list", "Conversations").await?;
    person.browser.close().await
}

async fn new_address(theatre: &Theatre) -> WebDriverResult<()> {
    let mut person = Newcomer::sign_up(theatre, "Ada Address").await?;
    person.found("Moving Ferns").await?;
    let elsewhere = person.sign_in_elsewhere(theatre).await?;
    let (old, password) = (person.person.clone(), person.person.password());
    let new = tests::Person::stranger(&theatre.stage);

    let browser = &person.browser;
    browser.goto(&theatre.inbox("account/security")).await?;
    browser.shows(&old.email).await?;
    browser.write("textbox", "New address", &old.email).await?;
    browser.click("button", "Mail me a link").await?;
    browser.shows("This is your address already.").await?;
    browser.overwrite("New address", &new.email).await?;
    browser.click("button", "Mail me a link").await?;
    browser.shows("A link is on its way to the new address.").await?;
    nothing_found(theatre, browser, "an address that waits to be confirmed").await?;
    browser.pictures("new-address-asked").await?;

    person.person = new;
    let browser = &person.browser;
    person.follow_mail(theatre, "Confirm your new email address", "Confirm address").await?;
    browser.find("heading", "Confirm your new address").await?;
    browser.until("the token leaves the address", "return location.hash === ''").await?;
    nothing_found(theatre, browser, "an address to confirm").await?;
    browser.pictures("new-address").await?;
    elsewhere.find("list", "Conversations").await?;
    browser.click("button", "Confirm").await?;
    browser.find("heading", "Your address is changed").await?;
    nothing_found(theatre, browser, "an address that is changed").await?;
    browser.pictures("new-address-done").await?;
    elsewhere.find("heading", "Sign in").await?;
    let told = Newcomer { browser: elsewhere, person: old };
    told.receives("Your email address was changed").await?;

    browser.click("link", "Go to the inbox").await?;
    browser.find("list", "Conversations").await?;
    person.sign_out("Ada Address").await?;
    browser.overwrite("Email", &told.person.email).await?;
    browser.write("textbox", "Password", &password).await?;
    browser.click("button", "Sign in").await?;
    browser.until("the old address opens nothing", "return document.activeElement.id === 'password'").await?;
    browser.overwrite("Email", &person.person.email).await?;
    browser.overwrite("Password", &password).await?;
    browser.click("button", "Sign in").await?;
    browser.find("list", "Conversations").await?;
    let settings = browser.address_of_settings().await?.replace("general", "people");
    browser.goto(&format!("{}{settings}", theatre.stage.base_url())).await?;
    browser.reads("list", "People", &person.person.email).await?;
    told.browser.close().await?;
    person.browser.close().await
}
