//! Agents find what was said.

use protocol::AgentCommand;
use protocol::codec::Codec;
use tests::{Agent, Case, Visitor};
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::reading::AgentAtInbox;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] =
    &[("SE9 SE10 an agent finds a message of long ago by the keyboard and is led to it", |theatre| {
        theatre.tell(found(theatre))
    })];

/// A conversation in which something was said so long ago that its page has to be loaded.
fn talk_long(theatre: &Theatre, first: &str) {
    let mut agent = Agent::sign_in(&theatre.stage);
    let mut visitor = Visitor::arrive(&theatre.stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, first);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    for number in 0..49 {
        agent.ask(&mut agent_line, AgentCommand::Note { text: format!("Paragraph {number} of the manual") });
    }
    for number in 0..8 {
        visitor.say(&mut line, &format!("And {number}"));
    }
}

async fn found(theatre: &Theatre) -> WebDriverResult<()> {
    talk_long(theatre, "Does the Zamioculcas need a larger pot?");
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    browser.press("/").await?;
    browser.until("the field has the focus", "return document.activeElement.id === 'search'").await?;
    browser.press("zamioc larger").await?;
    browser
        .until(
            "the message is found, and what was looked for marked",
            "const hits = [...document.querySelectorAll('#results mark')].map((mark) => mark.textContent);
             return hits.join(' ') === 'Zamioculcas larger'",
        )
        .await?;
    browser
        .until(
            "their number is told",
            "return document.querySelector('.narrow__count').textContent === '1 conversation'",
        )
        .await?;
    nothing_found(theatre, browser, "results").await?;
    browser.press(Key::Down).await?;
    browser.press(Key::Enter).await?;
    browser
        .until(
            "the message is here and has the focus",
            "return document.activeElement.classList.contains('message')
                && document.activeElement.innerText.includes('Zamioculcas')",
        )
        .await?;
    let in_sight = "const box = document.activeElement.getBoundingClientRect();
        const log = document.querySelector('.log').getBoundingClientRect();
        return box.top >= log.top && box.bottom <= log.bottom";
    browser.until("it is in sight", in_sight).await?;

    // What is not there is said, and Escape leads back to the list.
    browser.press("/").await?;
    browser.press(" absent").await?;
    browser
        .until(
            "nothing is found",
            "return document.querySelector('.narrow__count').textContent === 'Nothing found'",
        )
        .await?;
    nothing_found(theatre, browser, "no results").await?;
    browser.press(Key::Escape).await?;
    browser
        .until(
            "the list is back",
            "return document.querySelector('#results') === null && document.querySelector('#list').checkVisibility()",
        )
        .await?;
    agent.browser.close().await
}
