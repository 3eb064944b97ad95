//! Messages that were not sent or are not on the server any more: what is said of them, and what can be done.

use protocol::{ClientFrame, ClientMessageId, SavedMessage, VisitorCommand};
use tests::visitor::accepted;
use tests::{Case, Visitor};
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment, assert_in_order};
use crate::theatre::Theatre;

const LOST: &str = "Not on the server any more. Resend it?";
pub(super) const CONFLICT: &str = "mixed up with another message";

/// From here on nothing that the frame sends leaves the browser, until it is told to.
pub(super) const HOLD_BACK: &str = "
    window.send = WebSocket.prototype.send;
    WebSocket.prototype.send = function () {};
";
const LET_GO: &str = "WebSocket.prototype.send = window.send;";

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("SY18 WG22 a message whose id is taken is explained, edited, and sent as new", |theatre| {
        theatre.tell(conflict(theatre));
    }),
    ("SY38 IB22 what a restored server lacks is marked, and sent again once", |theatre| {
        theatre.tell(rewound(theatre));
    }),
    ("IB23 a request without an answer ends, is explained, and can be tried again", |theatre| {
        theatre.tell(unanswered(theatre));
    }),
    ("WG40 IB60 a part of an app that does not come is explained, and can be tried again", |theatre| {
        theatre.tell(without_parts(theatre));
    }),
];

/// Somebody with the visitor's own token uses the ids of what the visitor writes.
async fn conflict(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Before the mix-up").await?;
    visitor.reads("Sent").await?;
    visitor.browser.script(HOLD_BACK).await?;
    visitor.says("Is the fern still there?").await?;
    visitor.browser.leave_panel().await?;
    take_id(theatre, &visitor.browser, "I am somebody else.").await?;
    visitor.browser.enter_panel().await?;
    visitor.reads(CONFLICT).await?;
    visitor.browser.script(LET_GO).await?;

    visitor.browser.write("textbox", "Message", "And the pilea?").await?;
    visitor.browser.click("button", "Edit").await?;
    let field = "const field = document.activeElement; return [field.value, field.selectionStart === field.value.length]";
    let edited = visitor.browser.script(field).await?;
    assert_eq!(edited, serde_json::json!(["Is the fern still there?\nAnd the pilea?", true]));
    assert!(!visitor.browser.text_of("log", "Messages").await?.contains(CONFLICT), "it left the list");
    visitor.browser.click("button", "Send").await?;

    visitor.browser.script(HOLD_BACK).await?;
    visitor.says("I would take two.").await?;
    visitor.browser.leave_panel().await?;
    take_id(theatre, &visitor.browser, "I am somebody else again.").await?;
    visitor.browser.enter_panel().await?;
    visitor.reads(CONFLICT).await?;
    visitor.browser.script(LET_GO).await?;
    visitor.browser.click("button", "Send as new").await?;
    visitor.browser.until("it is sent", &says_no_more(CONFLICT)).await?;

    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("I would take two.").await?;
    agent.reads("I would take two.").await?;
    let texts = ["I am somebody else.", "And the pilea?", "I am somebody else again.", "I would take two."];
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn rewound(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("one before the backup").await?;
    visitor.reads("Sent").await?;
    agent.open("one before the backup").await?;
    let moment = theatre.stage.remember();
    visitor.says("two after it").await?;
    agent.reads("two after it").await?;
    visitor.says("three after it").await?;
    agent.reads("three after it").await?;
    agent.replies("four from the agent").await?;
    visitor.reads("four from the agent").await?;
    visitor.browser.until("all is stored", "return !document.querySelector('.sending')").await?;

    theatre.stage.put_back(&moment);
    agent.reads(LOST).await?;
    visitor.reads(LOST).await?;
    let all = visitor.browser.text_of("log", "Messages").await?;
    assert_eq!(all.matches(LOST).count(), 2, "{all}");
    assert!(!all.contains("four from the agent"), "what others wrote follows the server: {all}");
    let all = agent.browser.text_of("log", "Messages").await?;
    assert!(!all.contains("two after it") && all.matches(LOST).count() == 1, "{all}");

    visitor.browser.click("button", "Resend").await?;
    agent.reads("two after it").await?;
    visitor.browser.leave_panel().await?;
    visitor.browser.reload().await?;
    visitor.browser.enter_panel().await?;
    assert_eq!(visitor.reads(LOST).await?, 1, "a reload changes nothing");
    visitor.browser.click("button", "Resend").await?;
    agent.reads("three after it").await?;
    agent.browser.click("button", "Edit").await?;
    agent
        .browser
        .until("the field has it", "return document.activeElement.value === 'four from the agent'")
        .await?;
    agent.browser.click("button", "Send").await?;
    visitor.reads("four from the agent").await?;
    a_moment().await;
    let texts = ["one before the backup", "two after it", "three after it", "four from the agent"];
    for browser in [&visitor.browser, &agent.browser] {
        let all = browser.text_of("log", "Messages").await?;
        assert_in_order(&all, &texts);
        assert!(!all.contains(LOST), "{all}");
    }
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Requests end when they are aborted, and not before.
const NO_ANSWER: &str = "
    window.ask = window.fetch;
    window.fetch = ({ signal }) => new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason));
    });
";

async fn unanswered(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/inbox/", theatre.stage.base_url())).await?;
    let owner = theatre.stage.owner();
    browser.write("textbox", "Email", &owner.email).await?;
    browser.write("textbox", "Password", &owner.password).await?;
    browser.script(NO_ANSWER).await?;
    browser.click("button", "Sign in").await?;
    browser
        .until(
            "it is said",
            "return document.body.innerText.includes('takes too long to answer. Try again.')",
        )
        .await?;
    browser.script("window.fetch = window.ask").await?;
    browser.click("button", "Sign in").await?;
    browser.find("list", "Conversations").await?;
    browser.close().await
}

/// Sends another text under the id of what waits in the visitor's browser, whose page is at hand.
pub(super) async fn take_id(theatre: &Theatre, browser: &Browser, text: &str) -> WebDriverResult<()> {
    let token = "return Object.entries(localStorage).find(([key]) => /^porchlight:[^:]+$/.test(key))[1]";
    let token = browser.script(token).await?;
    let kept = "return Object.entries(localStorage).filter(([key]) => /^porchlight:[^:]+:/.test(key)).map(([, text]) => text)";
    let id = waiting(&browser.script(kept).await?);
    let mut twin = Visitor::with_token(&theatre.stage, token.as_str().unwrap_or_default());
    let (mut line, _) = twin.connect(protocol::Codec::Postcard, None);
    let submission = protocol::Submission { client_message_id: id, ..twin.message(text) };
    line.send(&ClientFrame::Submit(submission));
    accepted(&mut line, id);
    Ok(())
}

/// The id of the message that waits, of all that a page keeps.
fn waiting(kept: &serde_json::Value) -> ClientMessageId {
    let texts = kept.as_array().expect("a list").iter().filter_map(|text| text.as_str());
    let mut messages = texts.filter_map(SavedMessage::<VisitorCommand>::from_text);
    messages.find(|message| message.failed.is_none()).expect("something waits").client_message_id
}

fn says_no_more(text: &str) -> String {
    format!("return !document.body.innerText.includes({text:?})")
}

/// From the first script on, no part of an app comes.
const NO_PARTS: &str = "
    const ask = window.fetch;
    window.fetch = (what, ...how) =>
        !window.lets && String(what.url ?? what).includes('-parts/') ? Promise.reject(new Error('away')) : ask(what, ...how);
";
const LET_COME: &str = "window.lets = true;";
const TRY_AGAIN: &str = "document.querySelector('.banner button:not([hidden])').click();";

/// Does for a frame that is a page of its own what the loader does.
const LOADER: &str = "
    const { port1, port2 } = new MessageChannel();
    window.loader = port1;
    window.postMessage('porchlight', '*', [port2]);
    const speaks = { language: 'en', locale: 'en', direction: 'ltr' };
    port1.postMessage({
        type: 'start', config: { name: 'Fernwood', identity: 'off', ...speaks }, page: {}, open: true,
    });
";
const BANNER: &str = "const said = document.querySelector('.banner span')?.textContent; return ";

async fn without_parts(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.before_pages(NO_PARTS).await?;
    browser.goto(&theatre.frame_of_shop()).await?;
    browser.script(LOADER).await?;
    let missing = [BANNER, "said === 'A part of the chat could not be loaded.'"].concat();
    browser.until("the panel says so", &missing).await?;
    browser.script(TRY_AGAIN).await?;
    browser.until("it is still so", &missing).await?;
    browser.script(&[LET_COME, TRY_AGAIN].concat()).await?;
    browser.until("it is there", &[BANNER, "said === ''"].concat()).await?;
    browser.close().await?;

    let browser = theatre.browser().await?;
    browser.before_pages(NO_PARTS).await?;
    browser.goto(&theatre.inbox("sign-in")).await?;
    browser.click("button", "Try again").await?;
    browser.find("button", "Try again").await?;
    browser.script(LET_COME).await?;
    browser.click("button", "Try again").await?;
    browser.find("textbox", "Password").await?;
    browser.close().await
}
