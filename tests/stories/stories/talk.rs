//! Visitor and agent talk.

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
