//! Keyboard and assistive technology.

use serde_json::{Value, json};
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("keyboard only", |theatre| theatre.tell(keyboard(theatre))),
    ("axe finds nothing in the launcher and the open panel", |theatre| theatre.tell(axe_widget(theatre))),
    ("axe finds nothing in the sign-in and the inbox", |theatre| theatre.tell(axe_inbox(theatre))),
    ("axe finds nothing at the door, in the settings and in the account", |theatre| {
        theatre.tell(axe_rooms(theatre))
    }),
];

/// The name of what has the focus, through shadow roots.
const FOCUSED: &str = r"
let element = document.activeElement;
while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
return element?.getAttribute('aria-label') ?? element?.labels?.[0]?.textContent.trim() ?? element?.textContent.trim() ?? '';
";

async fn tab_to(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for _ in 0..60 {
        if browser.script(FOCUSED).await? == json!(name) {
            return Ok(());
        }
        browser.press(Key::Tab).await?;
    }
    panic!("no way to {name:?} by keyboard");
}

async fn keyboard(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    browser.find("button", "Open chat").await?;
    tab_to(browser, "Open chat").await?;
    browser.press(Key::Enter).await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    browser
        .until("the composer has the focus", "return document.activeElement?.tagName === 'TEXTAREA'")
        .await?;
    browser.press("Without a mouse").await?;
    browser.press(Key::Enter).await?;
    visitor.reads("Without a mouse").await?;
    visitor.reads("Sent").await?;

    let agent = theatre.browser().await?;
    agent.goto(&format!("{}/inbox/", theatre.stage.base_url())).await?;
    agent.find("textbox", "Email").await?;
    tab_to(&agent, "Email").await?;
    agent.press(theatre.stage.owner().email.as_str()).await?;
    agent.press(Key::Tab).await?;
    agent.press(theatre.stage.owner().password.as_str()).await?;
    agent.press(Key::Enter).await?;
    agent.reads("list", "Conversations", "Without a mouse").await?;
    agent.press("j").await?;
    agent.press(Key::Enter).await?;
    agent.reads("log", "Messages", "Without a mouse").await?;
    agent.press("r").await?;
    agent
        .until(
            "the reply has the focus",
            "return document.activeElement?.getAttribute('aria-label') === 'Reply'",
        )
        .await?;
    agent.press("Neither did I").await?;
    agent.press(Key::Enter).await?;
    visitor.reads("Neither did I").await?;
    agent.press(Key::Escape).await?;
    agent.press("e").await?;
    visitor.reads("resolved").await?;

    browser.press(Key::Escape).await?;
    browser.leave_panel().await?;
    browser.find("button", "Open chat").await?;
    browser.until("the focus is back", &format!("return (() => {{ {FOCUSED} }})() === 'Open chat'")).await?;
    agent.close().await?;
    visitor.browser.close().await
}

async fn axe_widget(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.browser.find("button", "Open chat").await?;
    nothing_found(theatre, &visitor.browser, "launcher").await?;
    visitor.open_chat().await?;
    nothing_found(theatre, &visitor.browser, "empty panel").await?;
    visitor.says("Is this readable?").await?;
    visitor.reads("Sent").await?;
    nothing_found(theatre, &visitor.browser, "panel").await?;
    visitor.browser.leave_panel().await?;
    nothing_found(theatre, &visitor.browser, "page with the panel open").await?;
    visitor.browser.close().await
}

async fn axe_inbox(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("For the inspection").await?;
    visitor.reads("Sent").await?;
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/inbox/", theatre.stage.base_url())).await?;
    browser.find("button", "Sign in").await?;
    nothing_found(theatre, &browser, "sign-in").await?;
    browser.close().await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    nothing_found(theatre, &agent.browser, "list").await?;
    agent.open("For the inspection").await?;
    agent.reads("For the inspection").await?;
    nothing_found(theatre, &agent.browser, "thread").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn axe_rooms(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    for (page, title) in [
        ("sign-up", "Create an account"),
        ("sign-in-link", "Sign in by mail"),
        ("reset", "Choose a new password"),
        ("join", "This link is not whole"),
    ] {
        browser.goto(&theatre.inbox(page)).await?;
        browser.find("heading", title).await?;
        nothing_found(theatre, &browser, page).await?;
    }
    browser.close().await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let workspace = &theatre.stage.owner().workspace;
    let room = |page: &str| format!("w/{workspace}/settings/{page}");
    for (page, heading) in [
        (room("general"), "Name"),
        (room("people"), "People"),
        (room("roles"), "Your roles"),
        (room("sites"), "All sites"),
        (room("new-site"), "Where it may be shown"),
        (room("api-keys"), "Keys"),
        (room("audit"), "Changes, newest first"),
        ("account/profile".to_owned(), "What others see"),
        ("account/security".to_owned(), "Second factor"),
        ("account/sessions".to_owned(), "Sessions"),
        ("new-workspace".to_owned(), "Create a workspace"),
    ] {
        agent.browser.goto(&theatre.inbox(&page)).await?;
        agent.browser.find("heading", heading).await?;
        nothing_found(theatre, &agent.browser, &page).await?;
    }
    agent.browser.close().await
}

pub(super) async fn nothing_found(theatre: &Theatre, browser: &Browser, what: &str) -> WebDriverResult<()> {
    browser.script(&format!("{}; return null;", theatre.axe())).await?;
    let found = browser
        .script_until_done(
            "const done = arguments[arguments.length - 1];
             axe.run(document, { iframes: false }).then((result) => done(result.violations.map(
                 (violation) => `${violation.id}: ${violation.nodes.map((node) => node.html + ' ' + node.failureSummary).join(' | ')}`)));",
        )
        .await?;
    assert_eq!(found, Value::Array(Vec::new()), "{what}");
    Ok(())
}
