//! Agents are told of what comes while they look elsewhere.

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[(
    "IB77 IB78 an agent who looks elsewhere is told of a visitor's message, and leads back to it",
    |theatre| theatre.tell(told(theatre)),
)];

/// Notes what the page has the browser show and play; the browser shows and plays it all the same.
const NOTE: &str = "
    window.told = [];
    window.tones = 0;
    window.Notification = class extends Notification {
        constructor(title, options) {
            super(title, options);
            const note = { title, text: options.body, notification: this, closed: false };
            this.close = () => { note.closed = true; Notification.prototype.close.call(this); };
            window.told.push(note);
        }
    };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (when) { window.tones += 1; return start.call(this, when); };
";

async fn told(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    browser.set_notifications(theatre.stage.base_url(), "prompt").await?;
    browser.reload().await?;
    browser.until("notifications are offered", "return document.querySelector('.offer') !== null").await?;
    nothing_found(theatre, browser, "the offer of notifications").await?;
    browser.picture("notifications offered").await?;
    browser.click("button", "Not now").await?;
    browser.set_notifications(theatre.stage.base_url(), "granted").await?;
    browser.before_pages(NOTE).await?;
    browser.reload().await?;
    browser.find("list", "Conversations").await?;
    a_moment().await;
    browser.until("the offer was answered", "return !document.querySelector('.offer')").await?;

    let question = "Does the fern like shade?";
    browser.new_tab("about:blank").await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    browser.switch_to_tab(0).await?;
    browser
        .until(
            "it is told and heard",
            &format!("return window.told.some((note) => note.text === '{question}') && window.tones > 0"),
        )
        .await?;

    browser.script("window.told.at(-1).notification.onclick(); return null").await?;
    agent.reads(question).await?;
    browser.until("what is read is told no more", "return window.told.every((note) => note.closed)").await?;

    // What is before the agent's eyes is told by nothing else.
    let before = browser.script("return window.told.length + window.tones").await?;
    visitor.says("And water?").await?;
    agent.reads("And water?").await?;
    a_moment().await;
    assert_eq!(browser.script("return window.told.length + window.tones").await?, before);

    browser.goto(&theatre.inbox("account/notifications")).await?;
    browser.find("heading", "What you are told of").await?;
    nothing_found(theatre, browser, "what one is told of").await?;
    browser.click("checkbox", "A visitor writes, and nobody sees to it yet: Notification").await?;
    browser.click("checkbox", "Tell me of nothing at certain hours").await?;
    browser.find("heading", "Quiet hours").await?;
    nothing_found(theatre, browser, "quiet hours").await?;
    browser.picture("notifications chosen").await?;
    browser.reload().await?;
    browser
        .until(
            "the choice is kept",
            "const one = document.querySelector('.ways__cell:last-child input');
             return one && !one.checked && document.querySelector('#quiet-from')?.value === '20:00'",
        )
        .await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}
