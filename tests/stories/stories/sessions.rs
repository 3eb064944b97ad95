//! Where somebody is signed in, and how they sign out there.

use std::time::{Duration, Instant};

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Browser;
use crate::newcomer::Newcomer;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[(
    "AP15 AP23 other browsers are listed by name, signed out from the list, and out at once",
    |theatre| theatre.tell(elsewhere(theatre)),
)];

/// Within which a browser whose session was ended must be out of everything it had open.
const OUT_WITHIN: Duration = Duration::from_secs(5);

const FIREFOX: &str = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0";
const SAFARI: &str = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1";

/// Signs in with the password in a browser that calls itself another one.
async fn sign_in_as(theatre: &Theatre, person: &Newcomer, user_agent: &str) -> WebDriverResult<Browser> {
    let browser = theatre.browser().await?;
    browser.pass_for(user_agent).await?;
    browser.goto(&theatre.inbox("sign-in")).await?;
    browser.write("textbox", "Email", &person.person.email).await?;
    browser.write("textbox", "Password", &person.person.password()).await?;
    browser.click("button", "Sign in").await?;
    browser.find("list", "Conversations").await?;
    Ok(browser)
}

async fn elsewhere(theatre: &Theatre) -> WebDriverResult<()> {
    let person = Newcomer::sign_up(theatre, "Sam Sessions").await?;
    person.found("Many Ferns").await?;
    let browser = &person.browser;
    browser.goto(&theatre.inbox("account/sessions")).await?;
    browser.shows("You are signed in nowhere else.").await?;
    let firefox = sign_in_as(theatre, &person, FIREFOX).await?;
    let safari = sign_in_as(theatre, &person, SAFARI).await?;
    person.receives("New sign-in to your account").await?;

    browser.reload().await?;
    for device in ["Chrome on Linux", "Firefox on Windows", "Safari on iOS"] {
        browser.reads("list", "Sessions", device).await?;
    }
    let rows = browser.text_of("list", "Sessions").await?;
    assert_eq!(rows.matches("This device").count(), 1, "{rows}");
    assert!(!browser.has("button", "Sign out Chrome on Linux").await?, "this one is ended by its own menu");
    nothing_found(theatre, browser, "three sessions").await?;
    browser.pictures("three-sessions").await?;

    browser.click("button", "Sign out Firefox on Windows").await?;
    let ended = Instant::now();
    firefox.find("heading", "Sign in").await?;
    assert!(ended.elapsed() < OUT_WITHIN, "out after {:?}", ended.elapsed());
    browser.shows("Signed out.").await?;
    let rows = browser.text_of("list", "Sessions").await?;
    assert!(rows.contains("Safari on iOS") && !rows.contains("Firefox"), "{rows}");
    browser.until("the focus is at the list", "return document.activeElement.id === 'sessions'").await?;
    safari.find("list", "Conversations").await?;

    let firefox_again = sign_in_as(theatre, &person, FIREFOX).await?;
    browser.reload().await?;
    browser.reads("list", "Sessions", "Firefox on Windows").await?;
    browser.click("button", "Sign out everywhere else").await?;
    browser.find("heading", "Sign out everywhere else?").await?;
    nothing_found(theatre, browser, "the question before all others are signed out").await?;
    browser.pictures("sign-out-everywhere").await?;
    browser.answer("Sign out everywhere else").await?;
    let ended = Instant::now();
    for other in [&safari, &firefox_again] {
        other.find("heading", "Sign in").await?;
        assert!(ended.elapsed() < OUT_WITHIN, "out after {:?}", ended.elapsed());
    }
    browser.shows("You are signed in nowhere else.").await?;
    for other in [&safari, &firefox_again] {
        other.goto(&theatre.inbox("account/sessions")).await?;
        other.find("heading", "Sign in").await?;
    }

    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    person.sign_out("Sam Sessions").await?;
    browser.goto(&theatre.inbox("account/sessions")).await?;
    browser.find("heading", "Sign in").await?;
    for other in [firefox, safari, firefox_again] {
        other.close().await?;
    }
    person.browser.close().await
}
