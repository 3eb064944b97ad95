//! An owner looks at how conversations go.

use protocol::codec::Codec;
use protocol::{AgentCommand, Handling, Label};
use tests::{Agent, Case, Visitor};
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Eyes;
use crate::reading::AgentAtInbox;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] =
    &[("RP7 RP8 an owner reads a report, narrows it down and saves it", |theatre| {
        theatre.tell(reported(theatre))
    })];

/// The value of a tile of the report.
fn tile(name: &str) -> String {
    format!(
        "[...document.querySelectorAll('.tile')]
            .find((tile) => tile.innerText.startsWith({name:?}))?.querySelector('.tile__value').innerText"
    )
}

async fn reported(theatre: &Theatre) -> WebDriverResult<()> {
    let mut agent = Agent::sign_in(&theatre.stage);
    let mut visitor = Visitor::arrive(&theatre.stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "How tall does it grow?");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    let label = Label::parse("Tall plants").expect("a label");
    agent.ask(&mut agent_line, AgentCommand::Handle(Handling::Label(label)));
    agent.ask(&mut agent_line, AgentCommand::Message { text: "Two metres".to_owned() });
    agent.ask(&mut agent_line, AgentCommand::Resolve);

    let inbox = AgentAtInbox::sign_in(theatre).await?;
    let browser = &inbox.browser;
    let settings = browser.address_of_settings().await?;
    let page = settings.trim_start_matches("/inbox/").replace("general", "reports");
    browser.goto(&theatre.inbox(&page)).await?;
    let is_there = "return [...document.querySelectorAll('#report-label option')]
        .some((option) => option.value === 'Tall plants')";
    browser.until("the label can be chosen", is_there).await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "reports").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    nothing_found(theatre, browser, "reports").await?;
    let choose = "const select = document.getElementById('report-label'); select.value = 'Tall plants';
        select.dispatchEvent(new Event('change', { bubbles: true })); return null";
    browser.script(choose).await?;
    let one = format!("return {} === '1' && {} === '1'", tile("Conversations"), tile("Resolved"));
    browser.until("it is narrowed down", &one).await?;
    let saved = "return decodeURIComponent(document.querySelector('a[download]').href)
        .includes('\\r\\nlabel,Tall plants,1,1,1,0,1,')";
    browser.until("the file has the same", saved).await?;
    let heard =
        "return document.querySelector('[role=status].report__told').innerText.startsWith('1 conversation ')";
    browser.until("the number is told", heard).await?;
    inbox.browser.close().await
}
