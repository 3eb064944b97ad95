//! Agents handle conversations: views, assignment, setting aside, labels, and taking back.

use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Browser;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("IB4 IB48 views list what lies there and stand in the address", |theatre| theatre.tell(views(theatre))),
    ("CV18 IB49 IB50 a conversation is assigned, labelled and prioritized by keys", |theatre| {
        theatre.tell(placed(theatre))
    }),
    ("CV19 IB51 a conversation is set aside, taken back, and opened by its visitor", |theatre| {
        theatre.tell(set_aside(theatre))
    }),
    ("IB119 a row stays under the pointer that has pressed it", |theatre| theatre.tell(pressed(theatre))),
    ("IB75 whatever can be done is found in the palette", |theatre| theatre.tell(by_palette(theatre))),
];

/// A visitor who has asked something, and an agent who has it open.
async fn asked(theatre: &Theatre, question: &str) -> WebDriverResult<(AgentAtInbox, VisitorAtShop)> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    agent.open(question).await?;
    agent.reads(question).await?;
    Ok((agent, visitor))
}

/// Waits until the text of the list holds something, or does not.
async fn lists(agent: &AgentAtInbox, text: &str, is_there: bool) -> WebDriverResult<()> {
    let script =
        format!("return (document.querySelector('.list__rows').innerText.includes('{text}')) === {is_there}");
    agent.browser.until(&format!("{text} in the list: {is_there}"), &script).await
}

async fn says(agent: &AgentAtInbox, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.innerText.includes('{text}')");
    agent.browser.until(text, &script).await
}

async fn views(theatre: &Theatre) -> WebDriverResult<()> {
    let question = "Which view am I in?";
    let (agent, visitor) = asked(theatre, question).await?;
    let browser = &agent.browser;
    browser.press("i").await?;
    says(&agent, "You assigned this to").await?;
    // A way of two keys, which leaves the conversation open.
    browser.press("gm").await?;
    browser.until("the address names the view", "return location.search === '?view=mine'").await?;
    lists(&agent, question, true).await?;
    browser
        .until(
            "the number says at least this one",
            "const link = document.querySelector('.view[aria-current]');
             return link.innerText.startsWith('Mine') && Number(link.querySelector('.view__count').textContent) > 0",
        )
        .await?;
    browser.reload().await?;
    browser.find("log", "Messages").await?;
    browser.until("the view stays", "return location.search === '?view=mine'").await?;
    lists(&agent, question, true).await?;
    browser.press("gu").await?;
    lists(&agent, question, false).await?;
    browser.script("history.back()").await?;
    lists(&agent, question, true).await?;
    browser.press("gh").await?;
    says(&agent, "Nothing is snoozed").await?;
    nothing_found(theatre, browser, "an empty view").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn placed(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Who sees to this?").await?;
    let browser = &agent.browser;
    browser.press("a").await?;
    browser.find("combobox", "Type to find").await?;
    nothing_found(theatre, browser, "the choice of an assignee").await?;
    browser.take("nobody").await?;
    says(&agent, "You took away the assignment").await?;
    browser.press("a").await?;
    browser.find("combobox", "Type to find").await?;
    browser.take("you").await?;
    says(&agent, "You assigned this to").await?;
    browser.press("p").await?;
    browser.find("combobox", "Type to find").await?;
    browser.take("urg").await?;
    says(&agent, "You set the priority to urgent").await?;
    browser.press("l").await?;
    browser.find("combobox", "Find or add a label").await?;
    browser.take("Monstera care").await?;
    browser.find("option", "Monstera care").await?;
    nothing_found(theatre, browser, "the choice of labels").await?;
    browser.press(Key::Escape).await?;
    says(&agent, "You added the label Monstera care").await?;
    browser.click("button", "Remove the label Monstera care").await?;
    says(&agent, "You removed the label Monstera care").await?;
    nothing_found(theatre, browser, "a conversation that was handled").await?;
    // Nothing of it reaches the visitor, and nothing is lost by a reload.
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("assigned") && !told.contains("label"), "{told}");
    browser.reload().await?;
    browser.find("button", "Priority: Urgent").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn set_aside(theatre: &Theatre) -> WebDriverResult<()> {
    let question = "Can this wait?";
    let (agent, visitor) = asked(theatre, question).await?;
    let browser = &agent.browser;
    browser.press("h").await?;
    browser.find("combobox", "Type to find").await?;
    nothing_found(theatre, browser, "until when").await?;
    browser.take("morning").await?;
    says(&agent, "You snoozed this until tomorrow").await?;
    lists(&agent, question, false).await?;
    browser.click("button", "Undo").await?;
    says(&agent, "You opened this again").await?;
    lists(&agent, question, true).await?;

    browser.press("h").await?;
    browser.find("combobox", "Type to find").await?;
    browser.take("they").await?;
    browser.find("button", "Status: Pending until they write").await?;
    lists(&agent, question, false).await?;
    visitor.says("No, it cannot.").await?;
    agent.reads("No, it cannot.").await?;
    says(&agent, "This is open again").await?;
    browser.find("button", "Status: Open").await?;
    browser.press("e").await?;
    browser.find("button", "Reopen").await?;
    browser.press("z").await?;
    browser.find("button", "Resolve").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Waits until the palette offers something.
async fn offers(browser: &Browser, name: &str) -> WebDriverResult<()> {
    let script = format!(
        "return [...document.querySelectorAll('[role=option] .choice__label')].some((one) => one.textContent === '{name}')"
    );
    browser.until(name, &script).await
}

/// Opens the palette and chooses what fits best.
async fn command(browser: &Browser, typed: &str) -> WebDriverResult<()> {
    // What was chosen before is done once its dialog is gone.
    browser.until("no dialog is open", "return document.querySelector('dialog[open]') === null").await?;
    a_moment().await;
    browser.press_with(&[Key::Control], "k").await?;
    browser.find("combobox", "What do you want to do?").await?;
    browser.take(typed).await
}

async fn by_palette(theatre: &Theatre) -> WebDriverResult<()> {
    let first = "Which lamp lasts longest?";
    let (agent, visitor) = asked(theatre, first).await?;
    let other = VisitorAtShop::come(theatre, "index.html").await?;
    other.open_chat().await?;
    let second = "Do you ship to Oslo?";
    other.says(second).await?;
    other.reads("Sent").await?;
    lists(&agent, second, true).await?;
    let browser = &agent.browser;

    // From the composer, where single keys are letters.
    browser.press("r").await?;
    browser.until("the composer has the focus", "return document.activeElement.matches('textarea')").await?;
    browser.press("Half an answer").await?;
    browser.press_with(&[Key::Control], "k").await?;
    offers(browser, "Assign to somebody").await?;
    nothing_found(theatre, browser, "the palette").await?;
    browser.picture("palette").await?;
    browser.press(Key::Escape).await?;
    browser.until("the focus is back", "return document.activeElement.value === 'Half an answer'").await?;

    command(browser, "assign yours").await?;
    says(&agent, "You assigned this to").await?;
    command(browser, "prio").await?;
    browser.find("combobox", "Type to find").await?;
    browser.take("high").await?;
    says(&agent, "You set the priority to high").await?;
    other.browser.close().await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn pressed(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let first = VisitorAtShop::come(theatre, "index.html").await?;
    first.open_chat().await?;
    first.says("Does this row stay?").await?;
    let second = VisitorAtShop::come(theatre, "index.html").await?;
    second.open_chat().await?;
    lists(&agent, "Does this row stay?", true).await?;
    agent.browser.hold_pointer_on(&agent.row("Does this row stay?").await?).await?;
    second.says("May I come in above?").await?;
    second.reads("Sent").await?;
    a_moment().await;
    lists(&agent, "May I come in above?", false).await?;
    agent.browser.let_pointer_go().await?;
    agent.reads("Does this row stay?").await?;
    lists(&agent, "May I come in above?", true).await?;
    for visitor in [first, second] {
        visitor.browser.close().await?;
    }
    agent.browser.close().await
}
