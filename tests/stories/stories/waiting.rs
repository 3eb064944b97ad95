//! How long a visitor waits, as their panel says it, and that it says so when nobody is there.

use std::time::{Duration, Instant};

use protocol::http::SessionAnswer;
use protocol::{AgentCommand, Codec};
use serde_json::{Value, json};
use tests::http::post;
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Visitor};
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::hours::Shop;
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("QU6 QU7 QU8 QU9 WG59 a visitor reads how many are before them until somebody joins", |theatre| {
        theatre.tell(waits(theatre))
    }),
    ("OH8 WG60 the panel says that nobody is there, takes an address, and flips back", |theatre| {
        theatre.tell(flips(theatre))
    }),
];

/// More than twice as long as a panel waits before it asks again.
const LONGEST: Duration = Duration::from_secs(50);

const PRESENCE: &str = "document.querySelector('.title p').textContent";
const LINE: &str =
    "(document.querySelector('.wait:not([hidden])')?.innerText.replace(/\\s+/g, ' ').trim() ?? '')";
/// What was said aloud of it.
const ALOUD: &str = "document.querySelector('[role=dialog] > p.hidden[role=status]')?.textContent ?? ''";

/// As [`Browser::until`], for what the panel hears only when it asks again.
async fn hears(browser: &Browser, what: &str, is_so: &str) -> WebDriverResult<()> {
    let began = Instant::now();
    while browser.script(&format!("return {is_so}")).await? != Value::Bool(true) {
        let line = browser.script(&format!("return {PRESENCE} + ' / ' + {LINE}")).await?;
        assert!(began.elapsed() < LONGEST, "{what}: {line}");
        tokio::time::sleep(Duration::from_millis(250)).await;
    }
    Ok(())
}

/// Five visitors were answered lately, each within a moment.
fn was_busy(theatre: &Theatre, shop: &mut Shop) {
    let mut agent = Agent::of(&theatre.stage, shop.owner());
    for _ in 0..5 {
        let url = format!("{}/api/visitor/session", theatre.stage.base_url());
        let body = json!({ "site": shop.key, "token": "" }).to_string();
        let session: SessionAnswer = post(&url, &[("Origin", PAGE_ORIGIN)], &body).json();
        let mut visitor = Visitor::of_session(&theatre.stage, session.token, session.conversation);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, "Do you have bonsai?");
        let (mut line, _) = agent.connect(session.conversation);
        agent.ask(&mut line, AgentCommand::Message { text: "We do.".to_owned() });
    }
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

async fn waits(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let address = format!("{}/index.html", site.base_url());
    was_busy(theatre, &mut shop);
    // The list hears of the answers (WS7) before anybody asks how long they took.
    tokio::time::sleep(Duration::from_secs(12)).await;
    let agent = AgentAtInbox::at(shop.inbox(theatre, "").await?);

    let first = VisitorAtShop::come_to(theatre, &address).await?;
    first.open_chat().await?;
    first.says("Which soil for a cactus?").await?;
    first.reads("Sent").await?;
    hears(
        &first.browser,
        "they are next",
        &format!("{LINE} === 'You are next Usual waiting time: 1 minute'"),
    )
    .await?;
    look(&first.browser, "widget-next").await?;
    nothing_found(theatre, &first.browser, "a visitor who is next").await?;

    let second = VisitorAtShop::come_to(theatre, &address).await?;
    second.open_chat().await?;
    let has_line = format!("return {LINE}");
    assert_eq!(second.browser.script(&has_line).await?, "", "who has said nothing waits for nothing");
    second.says("Do you deliver to Norway?").await?;
    second.reads("Sent").await?;
    let behind = "1 person is before you";
    hears(&second.browser, "one is before them", &format!("{LINE}.startsWith('{behind}')")).await?;
    let aloud = second.browser.script(&format!("return {ALOUD}")).await?;
    assert_eq!(aloud, format!("{behind}. Usual waiting time: 1 minute"), "it is heard once");
    look(&second.browser, "widget-waits").await?;

    // A panel that nobody sees asks for nothing.
    let asked = "return performance.getEntriesByType('resource').filter(({ name }) => name.includes('/wait?')).length";
    second.browser.click("button", "Close chat").await?;
    let before = second.browser.script(asked).await?;
    tokio::time::sleep(Duration::from_secs(22)).await;
    assert_eq!(second.browser.script(asked).await?, before, "nobody asks while the panel is closed");
    second.browser.leave_panel().await?;
    second.open_chat().await?;

    agent.open("Which soil for a cactus?").await?;
    first.browser.until("somebody has joined", &format!("return {PRESENCE}.endsWith(' is here')")).await?;
    first.browser.until("nobody waits any more", &format!("return {LINE} === ''")).await?;
    agent.replies("A sandy one.").await?;
    first.reads("A sandy one.").await?;
    hears(&second.browser, "it is their turn", &format!("{LINE}.startsWith('You are next')")).await?;
    let aloud = second.browser.script(&format!("return {ALOUD}")).await?;
    assert!(aloud.as_str().is_some_and(|text| text.starts_with("You are next")), "{aloud}");

    agent.browser.close().await?;
    hears(&second.browser, "nobody is there", &format!("{PRESENCE} === 'Away at the moment'")).await?;
    assert_eq!(second.browser.script(&has_line).await?, "", "nobody is told to wait for nobody");
    first.browser.close().await?;
    second.browser.close().await
}

async fn flips(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    visitor.open_chat().await?;
    visitor.browser.until("nobody is there", &format!("return {PRESENCE} === 'Away at the moment'")).await?;
    visitor.browser.find("textbox", "Leave your e-mail address, so that we can reach you.").await?;
    look(&visitor.browser, "widget-nobody-there").await?;
    nothing_found(theatre, &visitor.browser, "a panel to whom nobody is there").await?;
    visitor.says("Is anybody there?").await?;
    visitor.reads("Sent").await?;

    let agent = AgentAtInbox::at(shop.inbox(theatre, "").await?);
    let is_back = format!("{PRESENCE} === 'Your messages go to our team' && {LINE} === 'You are next'");
    hears(&visitor.browser, "somebody has come", &is_back).await?;
    let asks = "return !!document.querySelector('.away:not([hidden])')";
    assert_eq!(visitor.browser.script(asks).await?, Value::Bool(false), "no address is asked for any more");
    agent.browser.close().await?;
    hears(&visitor.browser, "and has left", &format!("{PRESENCE} === 'Away at the moment'")).await?;
    visitor.browser.close().await
}
