//! What comes while the panel is closed.

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG41 HP15 a message that comes while the panel is closed is shown above the launcher", |theatre| {
        theatre.tell(previewed(theatre))
    }),
    ("WG44 a visitor turns the sound off, also for the next page", |theatre| theatre.tell(muted(theatre))),
    ("WG41 a page can do without previews", |theatre| theatre.tell(not_wanted(theatre))),
];

/// How high the box of the panel is; nothing where it cannot be seen.
const HEIGHT: &str = "
    const box = document.querySelector('[popover]').shadowRoot.querySelector('div');
    const isSeen = !box.inert && getComputedStyle(box).visibility !== 'hidden';
    return isSeen * box.offsetHeight";

async fn previewed(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("I shall look around meanwhile").await?;
    visitor.reads("Sent").await?;
    browser.leave_panel().await?;
    browser.click("button", "Close chat").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("I shall look around meanwhile").await?;
    agent.replies("**Wednesday** at noon").await?;

    browser.enter_panel().await?;
    visitor.reads("Wednesday at noon").await?;
    let all = "return document.body.innerText";
    let shown = browser.script(all).await?;
    let shown = shown.as_str().expect("a text");
    assert!(!shown.contains("I shall look around"), "the newest message only: {shown}");
    let field = "return document.getElementById('field').checkVisibility()";
    assert_eq!(browser.script(field).await?, json!(false), "there is nothing to write in");
    browser.leave_panel().await?;
    browser
        .until("it is as high as the message", &format!("{HEIGHT} >= 40 && box.offsetHeight < 240"))
        .await?;
    let in_page = "return document.documentElement.outerHTML + document.querySelector('[popover]').shadowRoot.innerHTML";
    let page = browser.script(in_page).await?;
    let page = page.as_str().expect("a text");
    assert!(!page.contains("Wednesday"), "what people write stays in the frame");
    browser.picture("preview").await?;

    // Closed, it is as if it had not come; it counts on.
    browser.enter_panel().await?;
    browser.click("button", "Close chat").await?;
    browser.leave_panel().await?;
    browser.until("it is gone", &format!("{HEIGHT} === 0")).await?;
    browser.find("button", "Open chat").await?;
    let description =
        "return document.querySelector('[popover]').shadowRoot.querySelector('button').ariaDescription";
    assert_eq!(browser.script(description).await?, json!("1 unread message"));

    // A click on the next one opens the panel, where both are.
    agent.replies("And the palm").await?;
    browser.enter_panel().await?;
    visitor.reads("And the palm").await?;
    browser
        .script("document.querySelector('.row:last-of-type .bubble').parentElement.click(); return null")
        .await?;
    browser.until("the panel is open", field).await?;
    visitor.reads("Wednesday at noon").await?;
    agent.reads("Seen").await?;
    browser.leave_panel().await?;
    browser.find("button", "Close chat").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn not_wanted(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    browser.script("Porchlight('update', { preview: false }); return null").await?;
    visitor.open_chat().await?;
    visitor.says("Please do not disturb").await?;
    visitor.reads("Sent").await?;
    browser.leave_panel().await?;
    browser.click("button", "Close chat").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Please do not disturb").await?;
    agent.replies("Of course").await?;
    browser.until("it counts", "return document.title.startsWith('(1)')").await?;
    a_moment().await;
    assert_eq!(browser.script(HEIGHT).await?, json!(0));
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Counts sounds.
const COUNT_SOUNDS: &str = "
    window.rung = 0;
    window.AudioContext = class extends AudioContext { constructor() { super(); window.rung += 1; } };";

async fn muted(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.before_pages(COUNT_SOUNDS).await?;
    browser.goto(&theatre.page("index.html")).await?;
    let visitor = VisitorAtShop { browser };
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("There is a child asleep").await?;
    visitor.reads("Sent").await?;
    browser.leave_panel().await?;
    browser.click("button", "Close chat").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("There is a child asleep").await?;
    agent.replies("Sleep well").await?;
    browser.until("it sounds", "return window.rung === 1").await?;

    browser.click("button", "Open chat").await?;
    browser.enter_panel().await?;
    browser.click("button", "Chat options").await?;
    browser.click("button", "Turn sound off").await?;
    browser.find("button", "Turn sound on").await?;
    browser.leave_panel().await?;
    browser.click("button", "Close chat").await?;
    browser.goto(&theatre.page("cart.html")).await?;
    visitor.open_chat().await?;
    browser.click("button", "Chat options").await?;
    browser.find("button", "Turn sound on").await?;
    browser.leave_panel().await?;
    browser.click("button", "Close chat").await?;
    agent.replies("Good night").await?;
    browser.until("it counts", "return document.title.startsWith('(1)')").await?;
    a_moment().await;
    assert_eq!(browser.script("return window.rung").await?, json!(0));
    visitor.browser.close().await?;
    agent.browser.close().await
}
