//! One thing is done to several conversations of the list.

use protocol::AgentCommand;
use protocol::codec::Codec;
use serde_json::json;
use tests::{Agent, Case, Visitor};
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::private_chats::colleague;
use crate::browser::{Browser, Eyes};
use crate::reading::AgentAtInbox;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("IB105 IB106 IB108 three of five are selected by the keyboard, resolved, and taken back", |theatre| {
        theatre.tell(by_keyboard(theatre))
    }),
    (
        "IB105 IB107 IB109 on a phone, and by the pointer; what could not be done is named and done again",
        |theatre| theatre.tell(by_hand(theatre)),
    ),
    (
        "WS43 WS44 IB115 IB116 a colleague is named in a note, and has it in a view until they have seen it",
        |theatre| theatre.tell(named(theatre)),
    ),
];

/// Visitors who have asked something each: the last stands first in the list.
fn ask(theatre: &Theatre, questions: &[String]) {
    for question in questions {
        let mut visitor = Visitor::arrive(&theatre.stage);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, question);
    }
}

fn questions(word: &str, count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("{word} {number}?")).collect()
}

/// Waits until the list holds some of the questions and not the others.
async fn lists(
    browser: &Browser,
    questions: &[String],
    is_there: impl Fn(usize) -> bool,
) -> WebDriverResult<()> {
    let wanted: Vec<bool> = (0..questions.len()).map(is_there).collect();
    let script = format!(
        "const text = document.querySelector('.list__rows').innerText;
         const there = {}.map((question) => text.includes(question));
         return JSON.stringify(there) === JSON.stringify({})",
        json!(questions),
        json!(wanted)
    );
    browser.until(&format!("of {questions:?} there are {wanted:?}"), &script).await
}

/// Waits until the bar says something.
async fn says(browser: &Browser, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.querySelector('.bulk__count')?.textContent === {}", json!(text));
    browser.until(text, &script).await
}

/// Focuses the row of a question.
async fn focus(browser: &Browser, question: &str) -> WebDriverResult<()> {
    let script = format!(
        "const row = [...document.querySelectorAll('[data-row]')].find((row) => row.innerText.includes({}));
         row?.focus();
         return document.activeElement === row",
        json!(question)
    );
    browser.until(&format!("the row of {question} has the focus"), &script).await
}

async fn by_keyboard(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let questions = questions("Lantern", 5);
    ask(theatre, &questions);
    lists(browser, &questions, |_| true).await?;
    focus(browser, &questions[4]).await?;
    browser.press("x").await?;
    says(browser, "1 selected").await?;
    browser.press("jj").await?;
    browser.press_with(&[Key::Shift], "x").await?;
    says(browser, "3 selected").await?;
    browser.press("jx").await?;
    says(browser, "4 selected").await?;
    browser.press("x").await?;
    says(browser, "3 selected").await?;
    nothing_found(theatre, browser, "three selected rows").await?;
    for eyes in [Eyes::Desktop, Eyes::Dark, Eyes::RightToLeft] {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "bulk-selected").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.script("document.documentElement.dir = 'ltr'").await?;

    // The palette says of how many it is.
    browser.press_with(&[Key::Control], "k").await?;
    browser.find("combobox", "What do you want to do?").await?;
    browser.take("3 selected labels").await?;
    browser.find("combobox", "Find or add a label").await?;
    browser.take("Lamps").await?;
    browser
        .until(
            "the label was added",
            "return document.body.innerText.includes('Label added: Lamps (3 conversations)')",
        )
        .await?;
    nothing_found(theatre, browser, "the choice of labels of several").await?;
    browser.press(Key::Escape).await?;
    says(browser, "3 selected").await?;

    browser.press("e").await?;
    lists(browser, &questions, |number| number < 2).await?;
    browser
        .until("it is said", "return document.body.innerText.includes('Resolved (3 conversations)')")
        .await?;
    browser.picture("bulk-resolved").await?;
    browser.press("z").await?;
    lists(browser, &questions, |_| true).await?;
    says(browser, "Undone (3 conversations)").await?;

    // Everything that is shown, and nothing again.
    browser.press_with(&[Key::Shift], "a").await?;
    browser.until("all are selected", "return document.querySelectorAll('.row').length === document.querySelectorAll('.row--selected').length").await?;
    browser.press(Key::Escape).await?;
    browser.until("none is", "return document.querySelectorAll('.row--selected').length === 0").await?;
    agent.browser.close().await
}

async fn by_hand(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let questions = questions("Candle", 4);
    ask(theatre, &questions);
    lists(browser, &questions, |_| true).await?;
    browser.see_as(Eyes::Phone).await?;
    browser.click("button", "Select").await?;
    says(browser, "0 selected").await?;
    for question in &questions[1..3] {
        let script = format!(
            "[...document.querySelectorAll('[data-row]')].find((row) => row.innerText.includes({})).click()",
            json!(question)
        );
        browser.script(&script).await?;
    }
    says(browser, "2 selected").await?;
    browser.until("nothing was opened", "return !document.querySelector('.desk--reading')").await?;
    nothing_found(theatre, browser, "rows selected on a phone").await?;
    browser.picture_as(Eyes::Phone, "bulk-selected").await?;
    // Nobody answers for a while.
    browser
        .script(
            "window.asked = window.fetch;
             window.fetch = (request, init) =>
                String(request.url ?? request).endsWith('/handling')
                    ? Promise.reject(new TypeError('offline'))
                    : window.asked(request, init)",
        )
        .await?;
    browser.click("button", "Resolve").await?;
    browser
        .until("both are named", "return document.querySelectorAll('.bulk__names li').length === 2")
        .await?;
    nothing_found(theatre, browser, "what could not be done").await?;
    browser.picture_as(Eyes::Phone, "bulk-failed").await?;
    browser.see_as(Eyes::Desktop).await?;
    browser.picture("bulk-failed").await?;
    lists(browser, &questions, |_| true).await?;
    browser.script("window.fetch = window.asked").await?;
    browser.click("button", "Try again").await?;
    lists(browser, &questions, |number| number == 0 || number == 3).await?;
    browser.click("button", "Undo").await?;
    lists(browser, &questions, |_| true).await?;
    // A range by the pointer, which is let go of. What was done last stands first.
    for (place, shift) in [(0, false), (-1, true)] {
        let script = format!(
            "const rows = [...document.querySelectorAll('.row')].filter((row) => row.innerText.includes('Candle'));
             const init = {{ bubbles: true, cancelable: true, shiftKey: {shift} }};
             rows.at({place}).querySelector('.row__check').dispatchEvent(new MouseEvent('click', init))"
        );
        browser.script(&script).await?;
    }
    says(browser, "4 selected").await?;
    browser.click("button", "Assign").await?;
    browser.find("combobox", "Type to find").await?;
    browser.take("you").await?;
    browser.until("all are theirs", "return document.body.innerText.includes('(4 conversations)')").await?;
    browser.click("button", "Clear the selection").await?;
    says(browser, "").await?;
    agent.browser.close().await
}

async fn named(theatre: &Theatre) -> WebDriverResult<()> {
    let mia = colleague(theatre, "Mia Porter").await?;
    let counts = async |count: &str| {
        let script = format!(
            "const view = [...document.querySelectorAll('.view')].find((view) => view.innerText.startsWith('Mentions'));
             return view?.querySelector('.view__count')?.textContent === '{count}'"
        );
        mia.until(&format!("{count} unread mentions"), &script).await
    };
    counts("0").await?;
    let mut visitor = Visitor::arrive(&theatre.stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Which bulb fits?");
    let mut agent = Agent::sign_in(&theatre.stage);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent.ask(&mut agent_line, AgentCommand::Note { text: "@mia porter knows bulbs.".to_owned() });
    agent.ask(&mut agent_line, AgentCommand::Resolve);
    counts("1").await?;
    mia.press("gn").await?;
    mia.until("the address names the view", "return location.search === '?view=mentions'").await?;
    mia.until(
        "it is there, with the sign",
        "const row = document.querySelector('.row');
         return row?.innerText.includes('You are mentioned') && row.innerText.includes('Resolved')",
    )
    .await?;
    nothing_found(theatre, &mia, "the view of mentions").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark] {
        mia.see_as(eyes).await?;
        mia.picture_as(eyes, "mentions").await?;
    }
    mia.see_as(Eyes::Desktop).await?;
    mia.script("document.querySelector('[data-row]').click()").await?;
    mia.reads("log", "Messages", "knows bulbs.").await?;
    counts("0").await?;
    mia.until(
        "it stays in the view, seen",
        "return document.querySelector('.row') && !document.querySelector('.row .badge--mention')",
    )
    .await?;
    // While it is open a further one is seen at once.
    agent.ask(&mut agent_line, AgentCommand::Note { text: "Thanks, @Mia Porter!".to_owned() });
    mia.reads("log", "Messages", "Thanks,").await?;
    counts("0").await?;
    mia.reload().await?;
    mia.find("list", "Conversations").await?;
    counts("0").await?;
    mia.close().await
}
