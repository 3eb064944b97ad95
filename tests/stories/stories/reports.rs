//! An owner looks at how conversations go.

use protocol::codec::Codec;
use protocol::{AgentCommand, Handling, Label, Team};
use serde_json::json;
use tests::{Agent, Case, Visitor};
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Eyes;
use crate::reading::AgentAtInbox;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] =
    &[("RP7 RP8 RP9 an owner reads a report, narrows it down and saves it", |theatre| {
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
    let teams = format!("/api/workspaces/{}/teams", agent.workspace);
    let made = agent.person().post(&teams, &json!({ "name": "Gardeners", "members": [] }));
    let team = made.json::<Team>().id;
    agent.ask(&mut agent_line, AgentCommand::Handle(Handling::HandTo { team: Some(team) }));
    let label = Label::parse("Tall plants").expect("a label");
    agent.ask(&mut agent_line, AgentCommand::Handle(Handling::Label(label)));
    agent.ask(&mut agent_line, AgentCommand::Message { text: "Two metres".to_owned() });
    agent.ask(&mut agent_line, AgentCommand::Resolve);

    let mut another = Visitor::arrive(&theatre.stage);
    let (mut other_line, _) = another.connect(Codec::Postcard, None);
    another.say(&mut other_line, "Does it like shade?");

    let inbox = AgentAtInbox::sign_in(theatre).await?;
    let browser = &inbox.browser;
    let settings = browser.address_of_settings().await?;
    let page = settings.trim_start_matches("/inbox/").replace("general", "reports");
    browser.goto(&theatre.inbox(&page)).await?;
    let is_there = "return [...document.querySelectorAll('#report-label option')]
        .some((option) => option.value === 'Tall plants')";
    browser.until("the label can be chosen", is_there).await?;
    browser.pictures("reports").await?;
    browser.script("document.getElementById('report-teams').scrollIntoView(); return null").await?;
    browser.pictures("reports-teams").await?;
    browser.see_as(Eyes::Phone).await?;
    let fits = "const page = document.documentElement; return page.scrollWidth <= page.clientWidth";
    browser.until("nothing stands out of the page", fits).await?;
    browser.see_as(Eyes::Desktop).await?;
    nothing_found(theatre, browser, "reports").await?;
    let choose = |id: &str, value: &str| {
        format!(
            "const select = document.getElementById({id:?}); select.value = {value:?};
             select.dispatchEvent(new Event('change', {{ bubbles: true }})); return null"
        )
    };
    browser.script(&choose("report-label", "Tall plants")).await?;
    let one = format!("return {} === '1' && {} === '1'", tile("Conversations"), tile("Resolved"));
    browser.until("it is narrowed down", &one).await?;
    let saved = "return decodeURIComponent(document.querySelector('a[download]').href)
        .includes('\\r\\nlabel,Tall plants,1,1,1,0,1,')";
    browser.until("the file has the same", saved).await?;
    browser.script(&choose("report-label", "")).await?;
    let all = format!("return Number({}) > 1", tile("Conversations"));
    browser.until("it is about all again", &all).await?;
    let line = "const heads = [...document.querySelectorAll('section[aria-labelledby=report-teams] th')];
        return heads.some((head) => head.scope === 'row' && head.innerText === 'Gardeners')
            && heads.some((head) => head.scope === 'col' && head.innerText === 'First response')";
    browser.until("the team has a line in a table with headings", line).await?;
    browser.script(&choose("report-team", &team.to_string())).await?;
    browser.until("it is narrowed down to the team", &one).await?;
    let saved = "return decodeURIComponent(document.querySelector('a[download]').href)
        .includes('\\r\\nteam,Gardeners,1,1,1,0,1,')";
    browser.until("the file tells of the team", saved).await?;
    let defined =
        "return [...document.querySelectorAll('.counted dt')].some((term) => term.textContent === 'By team')";
    browser.until("what a team's figures are is said", defined).await?;
    let heard =
        "return document.querySelector('[role=status].report__told').innerText.startsWith('1 conversation ')";
    browser.until("the number is told", heard).await?;
    inbox.browser.close().await
}
