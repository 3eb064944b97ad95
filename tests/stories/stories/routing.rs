//! Conversations find their agents by themselves, and leave those who have gone.

use serde_json::json;
use tests::{Agent, Case};
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::private_chats::colleague;
use crate::browser::Eyes;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[(
    "AS2 AS5 IB100 IB101 a conversation goes to the agent who is online, and on to a colleague once they are gone",
    |theatre| theatre.tell(given_and_rescued(theatre)),
)];

async fn given_and_rescued(theatre: &Theatre) -> WebDriverResult<()> {
    let tess = colleague(theatre, "Tess Turn").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let settings = browser.address_of_settings().await?;
    let page = settings.rsplit_once('/').map(|(base, _)| format!("{base}/teams")).expect("an address");
    let page = format!("{}{page}", theatre.stage.base_url());
    browser.goto(&page).await?;
    // By the keyboard alone: the way, the limit, Enter.
    let button = "Change Conversations without a team";
    browser.find("button", button).await?;
    browser
        .script(&format!("document.querySelector('button[aria-label=\"{button}\"]').focus(); return null"))
        .await?;
    browser.press(Key::Enter).await?;
    browser.find("dialog", button).await?;
    browser.script("document.getElementById('assignment-way').focus(); return null").await?;
    browser.press("In turn").await?;
    browser.find("textbox", "Open conversations at most").await?;
    browser.press(Key::Tab).await?;
    browser.press("0").await?;
    browser.press(Key::Enter).await?;
    browser.shows("Type a whole number from 1 to 1,000, or nothing.").await?;
    nothing_found(theatre, browser, "the way conversations are given out").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "assignment-editor").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.write("textbox", "Open conversations at most", "500").await?;
    browser.press(Key::Enter).await?;
    browser.shows("In turn, at most 500 open each").await?;
    nothing_found(theatre, browser, "the ways conversations are given out").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "settings-assignments").await?;
    }
    browser.see_as(Eyes::Desktop).await?;

    // The owner is elsewhere, so that it is Tess who gets it.
    browser.goto(&format!("{}/index.html", theatre.shop.base_url())).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = "Which fern likes shade?";
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    let tess = AgentAtInbox { browser: tess };
    let mine =
        "[...document.querySelectorAll('.view')].find((view) => view.innerText.includes('Mine')).click()";
    tess.browser.script(mine).await?;
    tess.open(question).await?;
    tess.browser.shows("Assigned automatically to").await?;
    nothing_found(theatre, &tess.browser, "a conversation that was given").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        tess.browser.see_as(eyes).await?;
        tess.browser.picture_as(eyes, "assigned-automatically").await?;
    }
    tess.browser.see_as(Eyes::Desktop).await?;

    // Tess is gone, the owner is back.
    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    tess.browser.close().await?;
    agent.open(question).await?;
    browser
        .until(
            "it was given to the owner as well",
            "return (document.body.innerText.match(/Assigned automatically to/g) ?? []).length === 2",
        )
        .await?;
    browser.picture("rescued").await?;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("Assigned"), "{told}");

    let owner = Agent::sign_in(&theatre.stage);
    let path = format!("/api/workspaces/{}/assignments", owner.workspace);
    let back = owner.person().send("PUT", &path, &json!({ "way": "by_hand", "limit": null }));
    assert_eq!(back.status, 204, "{}", back.body);
    visitor.browser.close().await?;
    agent.browser.close().await
}
