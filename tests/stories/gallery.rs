//! Pictures of every screen, for whoever changes one: `cargo xtask gallery`.

use protocol::http::workspace::WorkspaceView;
use serde_json::json;
use tests::Person;
use thirtyfour::error::WebDriverResult;

use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

/// Pages at the door, each with its name in the gallery.
const DOOR: [(&str, &str); 6] = [
    ("sign-in", "sign-in"),
    ("sign-up", "sign-up"),
    ("sign-in-link", "sign-in-link"),
    ("reset", "reset"),
    ("join", "join#broken"),
    ("not-found", "no-such-page"),
];

/// Pages of somebody who is signed in, below the inbox.
const ACCOUNT: [(&str, &str); 4] = [
    ("account-profile", "account/profile"),
    ("account-security", "account/security"),
    ("account-sessions", "account/sessions"),
    ("new-workspace", "new-workspace"),
];

/// Links of a workspace's settings, by how their addresses end.
const LINKS: &str = "
    return [...new Set([...document.querySelectorAll('a[href]')].map((link) => link.pathname))]
        .filter((path) => /\\/settings\\//.test(path))";

/// Takes all pictures.
pub(crate) async fn hang(theatre: &Theatre) -> WebDriverResult<()> {
    for eyes in Eyes::EVERY {
        talk(theatre, eyes).await?;
    }
    for eyes in Eyes::EVERY {
        door(theatre, eyes).await?;
        rooms(theatre, eyes).await?;
        kept_out(theatre, eyes).await?;
    }
    Ok(())
}

/// Somebody without the second factor that their workspace asks for, and the page of who asks for it.
async fn kept_out(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let mut owner = Person::sign_up(&theatre.stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
    let mut other = Person::stranger(&theatre.stage);
    let path = format!("/api/workspaces/{}", view.id);
    owner.post(&format!("{path}/invitations"), &json!({ "email": other.email, "role": "agent" }));
    let newcomer = json!({ "name": "Ben", "password": other.password() });
    other.post("/api/invitations/accept", &json!({ "token": other.token("join"), "newcomer": newcomer }));
    owner.set_up_second_factor();
    owner.post(&format!("{path}/second-factor"), &json!(null));
    for (person, name, page) in [
        (&other, "kept-out", format!("w/{}", view.id)),
        (&owner, "second-factor-for-all", format!("w/{}/settings/general", view.id)),
    ] {
        let browser = theatre.browser().await?;
        browser.goto(&theatre.inbox("no-such-page")).await?;
        browser.take_cookie(&person.cookie).await?;
        look(theatre, &browser, eyes, name, &page).await?;
        browser.close().await?;
    }
    Ok(())
}

/// The chat, from the closed launcher to a conversation that an agent has answered; and a page where it may not stand.
async fn talk(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    browser.see_as(eyes).await?;
    browser.find("button", "Open chat").await?;
    browser.picture_as(eyes, "widget-closed").await?;
    visitor.open_chat().await?;
    browser.see_as(eyes).await?;
    browser.picture_as(eyes, "widget-empty").await?;
    let question = format!("Is the monstera in stock? ({})", eyes.name());
    visitor.says(&question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.browser.see_as(eyes).await?;
    agent.open(&question).await?;
    agent.replies("Yes, two sizes of it. Which one did you have in mind?").await?;
    visitor.reads("Which one did you have in mind?").await?;
    agent.browser.see_as(eyes).await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-talk").await?;
    agent.browser.picture_as(eyes, "inbox-conversation").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn door(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    for (name, page) in DOOR {
        look(theatre, &browser, eyes, &format!("door-{name}"), page).await?;
    }
    browser.close().await
}

async fn rooms(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let AgentAtInbox { browser } = AgentAtInbox::sign_in(theatre).await?;
    browser.see_as(eyes).await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-list").await?;
    let mut seen = Vec::new();
    let mut waiting = vec![browser.address_of_settings().await?];
    for (name, page) in ACCOUNT {
        look(theatre, &browser, eyes, name, page).await?;
    }
    // Every settings page is linked from another one.
    while let Some(path) = waiting.pop() {
        let page = path.trim_start_matches("/inbox/").to_owned();
        look(theatre, &browser, eyes, &name_of(&page), &page).await?;
        let found = browser.script(LINKS).await?;
        let links = found.as_array().into_iter().flatten().filter_map(|link| link.as_str());
        seen.push(path);
        for link in links {
            if !seen.iter().chain(&waiting).any(|path| path == link) {
                waiting.push(link.to_owned());
            }
        }
    }
    browser.close().await
}

async fn look(
    theatre: &Theatre,
    browser: &Browser,
    eyes: Eyes,
    name: &str,
    page: &str,
) -> WebDriverResult<()> {
    browser.goto(&theatre.inbox(page)).await?;
    browser.until("a page is there", "return document.querySelector('main h1, main h2') !== null").await?;
    browser.see_as(eyes).await?;
    a_moment().await;
    browser.picture_as(eyes, name).await
}

/// What the picture of a settings page is called: its address without ids.
fn name_of(page: &str) -> String {
    let is_word = |part: &&str| part.len() < 30 && *part != "w";
    page.split('/').filter(is_word).collect::<Vec<_>>().join("-")
}
