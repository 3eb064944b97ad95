//! Several conversations of one visitor.

use std::time::{Duration, Instant};

use serde_json::Value;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG46 WG51 CV40 a visitor ends one conversation, begins another, and goes back", |theatre| {
        theatre.tell(there_and_back(theatre))
    }),
    ("WG47 WG48 two tabs in two conversations, and what is typed stays where it was", |theatre| {
        theatre.tell(two_tabs(theatre))
    }),
    (
        "WG45 WG49 axe finds nothing in the home, and a list that cannot be had says so and comes back",
        |theatre| theatre.tell(without_a_network(theatre)),
    ),
];

/// Longer than a home waits before it asks again.
const LONGEST: Duration = Duration::from_secs(45);

const BACK: &str = "Back to your conversations";
const NEW: &str = "New conversation";

async fn ends_chat(visitor: &VisitorAtShop) -> WebDriverResult<()> {
    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.click("button", "End chat").await?;
    visitor.browser.click("button", "End chat").await?;
    visitor.reads("You ended this conversation.").await.map(drop)
}

/// Waits for the frame's next document, which takes the place of the one before at some moment.
async fn arrives(visitor: &VisitorAtShop, what: &str, is_there: &str) -> WebDriverResult<()> {
    for _ in 0..200 {
        visitor.browser.leave_panel().await?;
        visitor.browser.enter_panel().await?;
        if visitor.browser.script(is_there).await.is_ok_and(|said| said == Value::Bool(true)) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    visitor.browser.until(what, is_there).await
}

async fn look(browser: &Browser, name: &str) -> WebDriverResult<()> {
    browser.leave_panel().await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, name).await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.enter_panel().await
}

const EMPTY: &str = "return !document.querySelector('.row') && document.getElementById('field') !== null";

async fn there_and_back(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let has_home = "return !!document.querySelector('.back, #home')";
    assert_eq!(
        visitor.browser.script(has_home).await?,
        Value::Bool(false),
        "nothing of it before there is a past"
    );
    visitor.says("Do you deliver to Norway?").await?;
    visitor.reads("Sent").await?;
    agent.open("Do you deliver to Norway?").await?;
    agent.replies("Yes, within a week.").await?;
    visitor.reads("Yes, within a week.").await?;
    ends_chat(&visitor).await?;
    visitor.browser.find("button", NEW).await?;
    look(&visitor.browser, "home-over").await?;

    visitor.browser.click("button", NEW).await?;
    arrives(&visitor, "an empty conversation", EMPTY).await?;
    visitor.browser.find("button", BACK).await?;
    let is_in_field = "return document.activeElement?.id === 'field'";
    visitor.browser.until("the keyboard is where one writes", is_in_field).await?;
    visitor.says("Which soil for a cactus?").await?;
    visitor.reads("Sent").await?;

    // In the first one, which is open in the inbox all the time.
    agent.replies("We forgot: there is a fee for customs.").await?;
    visitor.browser.click("button", BACK).await?;
    let lists = "const all = [...document.querySelectorAll('.past')].map((one) => one.innerText);\
        return all.length === 2 && all.some((text) => text.includes('Which soil')) && all.some((text) => text.includes('customs'))";
    visitor.browser.until("both are listed", lists).await?;
    let unread = "return document.querySelector('.past.unread')?.innerText.includes('customs') === true";
    visitor.browser.until("what came is unread", unread).await?;
    look(&visitor.browser, "home").await?;

    visitor.browser.script("document.querySelector('.past.unread').click()").await?;
    let first = "return document.querySelector('#log')?.innerText.includes('customs') === true";
    arrives(&visitor, "the first conversation", first).await?;
    visitor.says("Thank you").await?;
    agent.reads("Thank you").await?;

    visitor.browser.leave_panel().await?;
    visitor.browser.goto(&theatre.page("about.html")).await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.until("the same after a reload", first).await?;
    visitor.browser.click("button", BACK).await?;
    visitor.browser.until("both are listed", lists.replace("customs", "Thank you").as_str()).await?;

    let other = VisitorAtShop::come(theatre, "index.html").await?;
    other.open_chat().await?;
    assert_eq!(other.browser.script(has_home).await?, Value::Bool(false), "another visitor sees none");
    other.browser.close().await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn without_a_network(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("Do you have bonsai?").await?;
    visitor.reads("Sent").await?;
    ends_chat(&visitor).await?;
    browser.find("button", NEW).await?;
    nothing_found(theatre, browser, "a conversation that is over").await?;
    browser.click("button", BACK).await?;
    let lists = "return document.querySelector('.past')?.innerText.includes('bonsai') === true";
    browser.until("it is listed", lists).await?;
    nothing_found(theatre, browser, "home").await?;

    theatre.stage.kill();
    let fault = "document.querySelector('#home .fault').textContent";
    let says_so = format!("return {fault} === 'Your conversations could not be loaded.'");
    at_last(browser, "the home says so", &says_so).await?;
    browser.until("what was known stays", lists).await?;
    nothing_found(theatre, browser, "home without a network").await?;
    look(browser, "home-failed").await?;
    theatre.stage.launch();
    at_last(browser, "the list is back", &format!("return {fault} === ''")).await?;
    browser.until("and is the same", lists).await?;
    visitor.browser.close().await
}

/// As [`Browser::until`], for what comes only when the home asks again.
async fn at_last(browser: &Browser, what: &str, is_so: &str) -> WebDriverResult<()> {
    let began = Instant::now();
    while browser.script(is_so).await? != Value::Bool(true) {
        assert!(began.elapsed() < LONGEST, "{what}");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Ok(())
}

async fn two_tabs(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("In the first one").await?;
    visitor.reads("Sent").await?;
    ends_chat(&visitor).await?;
    visitor.browser.write("textbox", "Message", "half a thought").await?;
    visitor.browser.leave_panel().await?;
    visitor.browser.new_tab(&theatre.page("about.html")).await?;
    visitor.open_chat().await?;
    visitor.reads("In the first one").await?;
    visitor.browser.click("button", NEW).await?;
    arrives(&visitor, "an empty conversation", EMPTY).await?;
    visitor.says("In the second one").await?;
    visitor.reads("Sent").await?;
    visitor.browser.leave_panel().await?;

    visitor.browser.switch_to_tab(0).await?;
    visitor.browser.enter_panel().await?;
    let says = |text: &str| format!("return document.querySelector('#log').innerText.includes('{text}')");
    assert_eq!(visitor.browser.script(&says("In the second one")).await?, Value::Bool(false));
    visitor.browser.click("button", NEW).await?;
    arrives(&visitor, "another empty conversation", EMPTY).await?;
    visitor.browser.click("button", BACK).await?;
    let first = "[...document.querySelectorAll('.past')].find((one) => one.innerText.includes('first one'))";
    visitor.browser.until("the first is listed", &format!("return !!{first}")).await?;
    visitor.browser.script(&format!("{first}.click()")).await?;
    arrives(&visitor, "the first conversation", &says("In the first one")).await?;
    let typed = "return document.getElementById('field').value === 'half a thought'";
    visitor.browser.until("what was typed is there", typed).await?;
    visitor.browser.close().await
}
