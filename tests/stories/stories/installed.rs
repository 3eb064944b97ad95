//! The inbox as an app of the device, and as close together as somebody wants it.

use serde_json::json;
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("IB120 a browser can install the inbox, and its icon says how many wait", |theatre| {
        theatre.tell(installed(theatre))
    }),
    ("IB121 somebody chooses by the keyboard how close together everything stands", |theatre| {
        theatre.tell(closer(theatre))
    }),
];

async fn installed(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let told = browser.installing().await?;
    assert_eq!(told.objections, json!([]), "{}", told.manifest);
    let address = told.manifest["url"].as_str().unwrap_or_default();
    assert!(address.ends_with(".webmanifest"), "{}", told.manifest);
    browser
        .before_pages("window.badges = []; Navigator.prototype.setAppBadge = (number) => { badges.push(number); return Promise.reject(); }")
        .await?;
    browser.reload().await?;
    browser.find("list", "Conversations").await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Is this on your home screen?").await?;
    let is_counted =
        "return window.badges.at(-1) > 0 && document.title.startsWith('(' + window.badges.at(-1) + ')')";
    browser.until("the icon says what the title says", is_counted).await?;
    // What the browser refuses is nobody's trouble.
    a_moment().await;
    let console = browser.console().await?;
    assert!(console.iter().all(|line| !line.contains("promise")), "{console:?}");
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// How many pixels high a row of the list is.
async fn height_of_row(browser: &Browser) -> WebDriverResult<f64> {
    browser.find("list", "Conversations").await?;
    browser.until("a row is there", "return document.querySelector('.row__link') !== null").await?;
    let height =
        browser.script("return document.querySelector('.row__link').getBoundingClientRect().height").await?;
    Ok(height.as_f64().unwrap_or_default())
}

async fn closer(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = "How much fits on a screen?";
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    agent.open(question).await?;
    let usual = height_of_row(browser).await?;
    let conversation = browser.script("return location.href").await?;
    let conversation = conversation.as_str().unwrap_or_default();

    browser.goto(&theatre.inbox("account/profile")).await?;
    browser.find("radio", "Comfortable").await?.focus().await?;
    browser.press(Key::Up).await?;
    browser
        .until("compact is chosen", "return document.documentElement.dataset.density === 'compact'")
        .await?;
    nothing_found(theatre, browser, "the choice of a density").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "density-choice").await?;
    }
    browser.see_as(Eyes::Desktop).await?;

    browser.goto(conversation).await?;
    browser.find("log", "Messages").await?;
    let compact = height_of_row(browser).await?;
    assert!(compact < usual, "{compact} is less than {usual}");
    nothing_found(theatre, browser, "a compact inbox").await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "density-compact").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.script("document.documentElement.dir = 'ltr'; return null").await?;

    browser.press_with(&[Key::Control], "k").await?;
    browser.find("combobox", "What do you want to do?").await?;
    browser.take("spacious").await?;
    let is_spacious = "return document.documentElement.dataset.density === 'spacious'";
    browser.until("spacious is chosen", is_spacious).await?;
    browser.reload().await?;
    browser.find("log", "Messages").await?;
    browser.until("it stays chosen", is_spacious).await?;
    let spacious = height_of_row(browser).await?;
    assert!(spacious > usual, "{spacious} is more than {usual}");
    nothing_found(theatre, browser, "a spacious inbox").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "density-spacious").await?;
    }
    visitor.browser.close().await?;
    agent.browser.close().await
}
