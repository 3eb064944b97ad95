//! The server goes away and comes back. These stories restart the shared server.

use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment, assert_in_order};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("kill -9 of the server in mid-conversation", |theatre| theatre.tell(killed(theatre))),
    ("five messages written offline arrive once and in order", |theatre| theatre.tell(offline(theatre))),
    ("SY19 what was written before a reload is sent after it", |theatre| theatre.tell(reloaded(theatre))),
];

async fn killed(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Before the crash").await?;
    agent.open("Before the crash").await?;
    agent.replies("Still here").await?;
    visitor.reads("Still here").await?;
    theatre.stage.kill();
    visitor.says("During the crash").await?;
    visitor.reads("During the crash").await?;
    agent.replies("I heard nothing").await?;
    theatre.stage.launch();
    visitor.reads("I heard nothing").await?;
    agent.reads("During the crash").await?;
    let said = ["Before the crash", "Still here", "During the crash", "I heard nothing"];
    for all in
        [visitor.browser.text_of("log", "Messages").await?, agent.browser.text_of("log", "Messages").await?]
    {
        for text in said {
            assert_eq!(all.matches(text).count(), 1, "{text:?} once in {all:?}");
        }
    }
    agent.browser.reload().await?;
    agent.reads("I heard nothing").await?;
    agent.reads("During the crash").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn offline(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Going into a tunnel").await?;
    agent.open("Going into a tunnel").await?;
    theatre.stage.kill();
    let texts = ["tunnel one", "tunnel two", "tunnel three", "tunnel four", "tunnel five"];
    for text in texts {
        visitor.says(text).await?;
    }
    visitor.browser.until("the panel says so", "return /reconnect/i.test(document.body.innerText)").await?;
    visitor.browser.write("textbox", "Message", "half a thou").await?;
    theatre.stage.launch();
    agent.reads("tunnel five").await?;
    a_moment().await;
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    assert_in_order(&visitor.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.until("it reconnected", "return !/reconnect/i.test(document.body.innerText)").await?;
    visitor.browser.write("textbox", "Message", "ght").await?;
    visitor.browser.press(Key::Enter).await?;
    agent.reads("half a thought").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn reloaded(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Kept one").await?;
    visitor.reads("Sent").await?;
    theatre.stage.kill();
    visitor.says("Kept two").await?;
    visitor.says("Kept three").await?;
    visitor.reads("Kept three").await?;
    theatre.stage.launch();
    visitor.browser.leave_panel().await?;
    visitor.browser.reload().await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Kept three").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Kept three").await?;
    let texts = ["Kept one", "Kept two", "Kept three"];
    agent.reads("Kept three").await?;
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.close().await?;
    agent.browser.close().await
}
