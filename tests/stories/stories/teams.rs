//! Conversations are handed to teams, and colleagues see who is there.

use serde_json::json;
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::private_chats::colleague;
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    (
        "TM1 IB90 IB91 IB92 a team is made, given a conversation with a note by the keyboard, and removed",
        |theatre| theatre.tell(handed(theatre)),
    ),
    ("AV4 IB93 somebody says that they are away, and is shown so where one assigns", |theatre| {
        theatre.tell(away(theatre))
    }),
];

/// Waits until a view says how many lie there; nothing for one that is not listed.
pub(super) async fn counts(browser: &Browser, view: &str, count: Option<u32>) -> WebDriverResult<()> {
    let script = format!(
        "const view = [...document.querySelectorAll('.view')].find((view) => view.innerText.includes('{view}'));
         return (view?.querySelector('.view__count')?.textContent ?? null) === {}",
        json!(count.map(|count| count.to_string()))
    );
    browser.until(&format!("{view}: {count:?}"), &script).await
}

async fn handed(theatre: &Theatre) -> WebDriverResult<()> {
    let tess = colleague(theatre, "Tess Support").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let settings = browser.address_of_settings().await?;
    let page = settings.rsplit_once('/').map(|(base, _)| format!("{base}/teams")).expect("an address");
    let page = format!("{}{page}", theatre.stage.base_url());
    browser.goto(&page).await?;
    browser.click("button", "New team").await?;
    browser.write("textbox", "Name", "Support").await?;
    browser.click("checkbox", "Tess Support").await?;
    nothing_found(theatre, browser, "a new team").await?;
    browser.picture("team-editor").await?;
    browser.click("button", "Save").await?;
    browser.find("button", "Edit Support").await?;
    nothing_found(theatre, browser, "the teams").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "settings-teams").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    counts(&tess, "Support", Some(0)).await?;

    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = "Who repairs lamps?";
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    browser.goto(&theatre.inbox("")).await?;
    agent.open(question).await?;
    agent.reads(question).await?;
    browser.press("t").await?;
    browser.find("combobox", "Type to find").await?;
    browser.press("supp").await?;
    browser.press(Key::Tab).await?;
    browser.press("Knows lamps").await?;
    nothing_found(theatre, browser, "the choice of a team").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "hand-to-team").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.press(Key::Enter).await?;
    browser.shows("You handed this to Support").await?;
    agent.reads("Knows lamps").await?;
    counts(&tess, "Support", Some(1)).await?;
    counts(browser, "Support", Some(1)).await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "with-a-team").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("handed") && !told.contains("Knows lamps"), "{told}");

    // Their own team's view, and the way back.
    tess.script(
        "[...document.querySelectorAll('.view')].find((view) => view.innerText.includes('Support')).click()",
    )
    .await?;
    tess.reads("list", "Conversations", question).await?;
    nothing_found(theatre, &tess, "a team's view").await?;
    tess.picture("team-view").await?;
    browser.click("button", "Undo").await?;
    browser.shows("You took this from its team").await?;
    counts(&tess, "Support", Some(0)).await?;
    tess.shows("Nothing lies with this team").await?;
    browser.write("textbox", "Reply", "/team support").await?;
    browser.press(Key::Enter).await?;
    counts(&tess, "Support", Some(1)).await?;

    browser.goto(&page).await?;
    browser.click("button", "Remove Support").await?;
    browser.find("dialog", "Remove the team Support?").await?;
    browser.click("button", "Remove").await?;
    counts(&tess, "Support", None).await?;
    browser.goto(&theatre.inbox("")).await?;
    agent.open(question).await?;
    browser.shows("You handed this to a team that was removed").await?;
    visitor.browser.close().await?;
    tess.close().await?;
    agent.browser.close().await
}

async fn away(theatre: &Theatre) -> WebDriverResult<()> {
    let tess = colleague(theatre, "Tilda Away").await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = "Is Tilda there?";
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open(question).await?;
    let browser = &agent.browser;
    let hint = |word: &str| {
        format!(
            "const choice = [...document.querySelectorAll('[role=option]')].find((one) => one.innerText.includes('Tilda'));
             return choice?.querySelector('.choice__hint')?.textContent === '{word}'"
        )
    };
    browser.press("a").await?;
    browser.until("Tilda is online", &hint("online")).await?;
    // By the keyboard alone: the menu, then a choice of three.
    tess.script("document.querySelector('.account').focus(); return null").await?;
    tess.press(Key::Enter).await?;
    tess.find("button", "Away").await?;
    nothing_found(theatre, &tess, "the person menu").await?;
    tess.press(Key::Tab).await?;
    tess.press(Key::Tab).await?;
    tess.press(Key::Enter).await?;
    tess.until(
        "it is chosen",
        "return document.querySelector('.menu__item[aria-pressed=true]').innerText.includes('Away')",
    )
    .await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        tess.see_as(eyes).await?;
        tess.picture_as(eyes, "person-menu").await?;
    }
    tess.see_as(Eyes::Desktop).await?;
    browser.until("Tilda is away", &hint("away")).await?;
    browser.picture("assign-availability").await?;
    // It is kept with the workspace, and found in the palette as well.
    tess.reload().await?;
    tess.until("it stays", "return document.querySelector('.account .presence--away') !== null").await?;
    tess.press_with(&[Key::Control], "k").await?;
    tess.find("combobox", "What do you want to do?").await?;
    tess.take("invisible").await?;
    browser.until("Tilda is offline", &hint("offline")).await?;
    visitor.browser.close().await?;
    tess.close().await?;
    agent.browser.close().await
}
