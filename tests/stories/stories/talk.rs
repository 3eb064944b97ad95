//! Visitor and agent talk.

use serde_json::json;
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use crate::reading::{AgentAtInbox, VisitorAtShop, assert_in_order};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("visitor and agent talk", |theatre| theatre.tell(talk(theatre))),
    ("history after reload of both", |theatre| theatre.tell(history(theatre))),
    ("two tabs of one visitor", |theatre| theatre.tell(two_tabs(theatre))),
    ("agent resolves, visitor writes again", |theatre| theatre.tell(resolved_and_reopened(theatre))),
    ("CV15 CV16 a visitor ends the conversation and rates it", |theatre| {
        theatre.tell(ended_and_rated(theatre))
    }),
    ("MK1 MK5 IB43 marks and links are seen by both sides", |theatre| theatre.tell(marked(theatre))),
    ("WG28 IB46 MK7 emoji are chosen and shown large", |theatre| theatre.tell(emoji(theatre))),
    ("IB45 WG43 agent and visitor save the transcript", |theatre| theatre.tell(transcript(theatre))),
    ("DL5 a note stays among agents", |theatre| theatre.tell(note(theatre))),
    ("CV14 a message answers another", |theatre| theatre.tell(answered(theatre))),
    ("CV12 what was sent is edited and deleted", |theatre| theatre.tell(amended(theatre))),
];

async fn talk(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "monstera.html").await?;
    visitor.open_chat().await?;
    visitor.says("Does the monstera like shade?").await?;
    visitor.reads("Does the monstera like shade?").await?;
    visitor.reads("Sent").await?;

    agent.open("Does the monstera like shade?").await?;
    agent.reads("Does the monstera like shade?").await?;
    agent
        .browser
        .until("the page is shown", "return document.body.innerText.includes('monstera.html')")
        .await?;
    visitor.reads("Seen").await?;
    agent.replies("Half shade is best.").await?;
    visitor.reads("Half shade is best.").await?;
    agent.reads("Seen").await?;
    visitor.says("Thank you!").await?;
    agent.reads("Thank you!").await?;
    let all = agent.browser.text_of("log", "Messages").await?;
    assert_in_order(&all, &["Does the monstera like shade?", "Half shade is best.", "Thank you!"]);
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn history(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("First of the history").await?;
    visitor.reads("Sent").await?;
    agent.open("First of the history").await?;
    agent.replies("Second of the history").await?;
    visitor.reads("Second of the history").await?;

    visitor.browser.leave_panel().await?;
    visitor.browser.goto(&theatre.page("about.html")).await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Second of the history").await?;
    let all = visitor.browser.text_of("log", "Messages").await?;
    assert_in_order(&all, &["First of the history", "Second of the history"]);
    agent.browser.reload().await?;
    agent.reads("Second of the history").await?;
    let all = agent.browser.text_of("log", "Messages").await?;
    assert_in_order(&all, &["First of the history", "Second of the history"]);
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn two_tabs(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("From the first tab").await?;
    visitor.reads("Sent").await?;
    visitor.browser.new_tab(&theatre.page("pilea.html")).await?;
    visitor.open_chat().await?;
    visitor.reads("From the first tab").await?;
    visitor.says("From the second tab").await?;
    agent.open("From the second tab").await?;
    agent.replies("To both").await?;
    visitor.reads("To both").await?;
    let texts = ["From the first tab", "From the second tab", "To both"];
    assert_in_order(&visitor.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.switch_to_tab(0).await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("To both").await?;
    assert_in_order(&visitor.browser.text_of("log", "Messages").await?, &texts);
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn resolved_and_reopened(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Where is my parcel?").await?;
    agent.open("Where is my parcel?").await?;
    agent.replies("At your neighbour's.").await?;
    agent.browser.click("button", "Resolve").await?;
    agent.browser.find("button", "Reopen").await?;
    visitor.reads("resolved").await?;
    visitor.says("Which neighbour?").await?;
    agent.reads("Which neighbour?").await?;
    agent.browser.find("button", "Resolve").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

fn in_details(text: &str) -> String {
    format!("return document.getElementById('details').textContent.includes('{text}')")
}

async fn ended_and_rated(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Is the parcel on its way?").await?;
    visitor.reads("Sent").await?;
    agent.open("Is the parcel on its way?").await?;
    agent.replies("Since this morning.").await?;
    visitor.reads("Since this morning.").await?;

    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.click("button", "End chat").await?;
    visitor.browser.click("button", "Go on").await?;
    agent.browser.find("button", "Resolve").await?;
    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.click("button", "End chat").await?;
    visitor.browser.click("button", "End chat").await?;
    visitor.reads("You ended this conversation. Write to open it again.").await?;
    agent.reads("ended the conversation").await?;
    agent.browser.find("button", "Reopen").await?;

    visitor.browser.click("button", "4 of 5").await?;
    visitor.browser.write("textbox", "Anything to add? (optional)", "Quick answer").await?;
    visitor.browser.click("button", "Send rating").await?;
    visitor.reads("You rated this conversation 4 of 5").await?;
    agent.reads("rated the conversation 4 of 5").await?;
    agent.reads("Quick answer").await?;
    agent.browser.until("the details show it", &in_details("4 of 5")).await?;
    visitor.browser.click("button", "5 of 5").await?;
    visitor.browser.click("button", "Send rating").await?;
    agent.browser.until("the details show the newer one", &in_details("5 of 5")).await?;

    visitor.says("One more thing").await?;
    agent.browser.find("button", "Resolve").await?;
    let asks = "return [...document.querySelectorAll('.rating')].some((rating) => rating.checkVisibility())";
    visitor.browser.until("the question is gone", &format!("{asks} === false")).await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Shift and Enter, as keys of a keyboard.
const NEW_LINE: &str = "\u{e008}\u{e007}\u{e000}";
/// Control with A, and with B.
const SELECT_ALL: &str = "\u{e009}a\u{e000}";
const BOLD: &str = "\u{e009}b\u{e000}";

/// What both sides make of the same message.
const MADE: &str = "
    const log = document.querySelector('[role=log]');
    const all = (selector) => [...log.querySelectorAll(selector)].map((element) => element.textContent);
    const links = [...log.querySelectorAll('a')].map((link) => [link.getAttribute('href'), link.rel.includes('noopener'), link.target]);
    return [all('strong'), all('li'), all('pre'), all('a + bdi'), links];";

async fn marked(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("2 * 3 * 4 is not **bold**").await?;
    visitor.reads("2 * 3 * 4 is not bold").await?;
    agent.open("2 * 3 * 4 is not bold").await?;
    let reply = [
        "- one",
        "- two",
        "```",
        "let *x*;",
        "```",
        "[our shop](https://paypal.example@аpple.example/x) <b>no</b>",
    ];
    agent.replies(&reply.join(NEW_LINE)).await?;
    let made = json!([
        ["bold"],
        ["one", "two"],
        ["let *x*;"],
        [" (xn--pple-43d.example)"],
        [["https://paypal.example@аpple.example/x", true, "_blank"]],
    ]);
    visitor.reads("<b>no</b>").await?;
    agent.reads("<b>no</b>").await?;
    assert_eq!(visitor.browser.script(MADE).await?, made, "in the panel");
    assert_eq!(agent.browser.script(MADE).await?, made, "in the inbox");

    agent.browser.write("textbox", "Reply", &["loud", SELECT_ALL, BOLD].concat()).await?;
    let holds = |text: &str| format!("return document.activeElement.value === '{text}'");
    agent.browser.until("the key puts marks", &holds("**loud**")).await?;
    agent.browser.write("textbox", "Reply", BOLD).await?;
    agent.browser.until("the key takes them off", &holds("loud")).await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn emoji(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.browser.write("textbox", "Message", "A present").await?;
    visitor.browser.click("button", "Emoji").await?;
    visitor.browser.click("button", "🎁").await?;
    visitor.browser.press(Key::Escape).await?;
    visitor.browser.click("button", "Send").await?;
    visitor.reads("A present🎁").await?;
    agent.open("A present🎁").await?;
    agent.browser.click("button", "Emoji").await?;
    agent.browser.write("textbox", "Search emoji", "parc").await?;
    agent.browser.press(Key::Enter).await?;
    agent.browser.click("button", "Send").await?;
    visitor.reads("📦").await?;
    let large =
        "return [...document.querySelectorAll('.marked[data-emoji]')].map((said) => said.textContent).join()";
    for browser in [&visitor.browser, &agent.browser] {
        assert_eq!(browser.script(large).await?, json!("📦"), "alone, it is large");
    }
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Keeps what the page has the browser save.
const CATCH_FILES: &str = "
    const make = URL.createObjectURL;
    URL.createObjectURL = (file) => { file.text().then((text) => { window.saved = text; }); return make.call(URL, file); };
    return null";

async fn transcript(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("For the record").await?;
    visitor.reads("Sent").await?;
    agent.open("For the record").await?;
    agent.replies("Noted **well**").await?;
    visitor.reads("Noted well").await?;
    agent.browser.script(CATCH_FILES).await?;
    agent.browser.click("button", "Save transcript").await?;
    agent.browser.until("it is saved", "return typeof window.saved === 'string'").await?;
    let saved = agent.browser.script("return window.saved").await?;
    assert_in_order(saved.as_str().unwrap_or_default(), &["For the record", "Noted **well**"]);

    agent.browser.click("tab", "Note").await?;
    agent.browser.write("textbox", "Note", "Not for the visitor").await?;
    agent.browser.click("button", "Send").await?;
    agent.reads("Not for the visitor").await?;
    visitor.browser.script(CATCH_FILES).await?;
    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.click("button", "Save transcript").await?;
    visitor.browser.until("it is saved", "return typeof window.saved === 'string'").await?;
    let saved = visitor.browser.script("return window.saved").await?;
    let saved = saved.as_str().unwrap_or_default();
    assert_in_order(saved, &["For the record", "Noted **well**"]);
    assert!(!saved.contains("Not for the visitor"), "{saved}");
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn note(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Can I pay later?").await?;
    agent.open("Can I pay later?").await?;
    agent.browser.click("tab", "Note").await?;
    agent.browser.write("textbox", "Note", "A good customer").await?;
    agent.browser.click("button", "Send").await?;
    agent.reads("A good customer").await?;
    agent.browser.click("tab", "Reply").await?;
    agent.replies("Of course.").await?;
    visitor.reads("Of course.").await?;
    assert!(!visitor.browser.text_of("log", "Messages").await?.contains("A good customer"));
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn amended(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("My card is 4111").await?;
    visitor.reads("Sent").await?;
    agent.open("My card is 4111").await?;
    agent.replies("Pleese never write that here.").await?;
    visitor.reads("Pleese").await?;

    visitor.browser.click("button", "Options of your message").await?;
    visitor.browser.click("button", "Edit").await?;
    visitor.browser.find("button", "Cancel").await?;
    visitor.browser.press(Key::Escape).await?;
    visitor.browser.click("button", "Options of your message").await?;
    visitor.browser.click("button", "Edit").await?;
    visitor.browser.write("textbox", "Message", " no more").await?;
    visitor.browser.click("button", "Send").await?;
    agent.reads("My card is 4111 no more").await?;
    agent.reads("Edited").await?;
    agent.browser.click("button", "Options of your message").await?;
    agent.browser.click("button", "Edit").await?;
    agent.browser.write("textbox", "Reply", " Never.").await?;
    agent.browser.click("button", "Save").await?;
    visitor.reads("Pleese never write that here. Never.").await?;

    visitor.browser.click("button", "Options of your message").await?;
    visitor.browser.click("button", "Delete").await?;
    visitor.browser.click("button", "Delete message").await?;
    agent.reads("Message deleted").await?;
    visitor.reads("Message deleted").await?;
    for (browser, page) in [(&agent.browser, "inbox"), (&visitor.browser, "panel")] {
        let text = browser.text_of("log", "Messages").await?;
        assert!(!text.contains("My card"), "{page}: {text}");
    }
    agent.browser.reload().await?;
    agent.reads("Message deleted").await?;
    let text = agent.browser.text_of("log", "Messages").await?;
    assert!(text.contains("here. Never.") && !text.contains("My card"), "{text}");
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn answered(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Do you ship to Malta?").await?;
    visitor.reads("Sent").await?;
    agent.open("Do you ship to Malta?").await?;
    agent.browser.click("button", "Message options").await?;
    agent.browser.click("button", "Reply to this").await?;
    agent.replies("We do.").await?;
    visitor.reads("You: Do you ship to Malta?").await?;
    visitor.browser.find("button", "You: Do you ship to Malta?").await?.click().await?;
    let is_marked = "return document.activeElement.classList.contains('row')";
    visitor.browser.until("what is quoted has the focus", is_marked).await?;
    visitor.browser.click("button", "Options of your message").await?;
    visitor.browser.click("button", "Reply").await?;
    visitor.browser.find("button", "Cancel").await?;
    visitor.says("And by when?").await?;
    agent.reads("And by when?").await?;
    let count = agent.reads("Do you ship to Malta?").await?;
    assert!(count >= 3, "said once and quoted twice: {count}");
    visitor.browser.close().await?;
    agent.browser.close().await
}
