//! What a site asks before the first message: set in the inbox, answered in the panel, read beside the conversation.

use serde_json::{Value, json};
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::hours::{NO_STORAGE, Shop, fill};
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("QU1 IB64 who manages a site says what visitors are asked, and in which order", |theatre| {
        theatre.tell(set_in_the_inbox(theatre))
    }),
    ("QU3 QU4 a visitor answers before the first message, also where nothing can be stored", |theatre| {
        theatre.tell(answered(theatre))
    }),
    (
        "QU5 IB64 a visitor chooses a department by the keyboard, and its team has the conversation",
        |theatre| theatre.tell(led(theatre)),
    ),
    ("QU3 answers to questions that have changed meanwhile keep nobody from writing", |theatre| {
        theatre.tell(changed(theatre))
    }),
];

/// The questions on the page of the settings, by their fields.
const LABELS: &str =
    "[...document.querySelectorAll('.questions [id$=-label]')].map((field) => field.value).join()";

/// Says what the shop asks.
fn asks(shop: &mut Shop, questions: &Value) {
    let path = format!("{}/reception", shop.path);
    let asked = shop.owner().send("PUT", &path, &json!({ "hours": null, "questions": questions }));
    assert_eq!(asked.status, 200, "{}", asked.body);
}

async fn choose(browser: &Browser, selector: &str, text: &str) -> WebDriverResult<()> {
    let script = format!(
        "const list = document.querySelector({selector:?});
         list.value = [...list.options].find((option) => option.text === {text:?}).value;
         list.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return null;"
    );
    browser.script(&script).await.map(drop)
}

async fn set_in_the_inbox(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let browser = shop.inbox(theatre, &shop.page.replace("/hours", "/questions")).await?;
    browser.click("button", "Add a question").await?;
    browser
        .until("the field has the keyboard", "return document.activeElement.id.endsWith('-label')")
        .await?;
    browser.press("About what?").await?;
    choose(&browser, ".question select", "One of several").await?;
    browser.click("button", "Save").await?;
    let told = "return document.getElementById('site-questions-fault')?.textContent.includes('two different lines') === true";
    browser.until("it is told that there is nothing to choose", told).await?;
    fill(&browser, ".question textarea", "Orders\nFerns").await?;
    browser.click("button", "Add a question").await?;
    browser.until("there are two", "return document.querySelectorAll('.question').length === 2").await?;
    browser.until("the new field has the keyboard", "return document.activeElement.value === ''").await?;
    browser.press("Your name").await?;
    browser.click("checkbox", "Required").await?;
    browser.click("button", "Move up: Your name").await?;
    browser.until("it stands first", &format!("return {LABELS} === 'Your name,About what?'")).await?;
    browser
        .until(
            "the keyboard stays at the button",
            "return document.activeElement.ariaLabel === 'Move up: Your name'",
        )
        .await?;
    browser.click("button", "Save").await?;
    browser.until("it is saved", "return document.body.innerText.includes('Saved')").await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "site-questions").await?;
    }
    browser.reload().await?;
    browser.until("it is kept", &format!("return {LABELS} === 'Your name,About what?'")).await?;
    browser.click("button", "Remove: About what?").await?;
    browser.click("button", "Save").await?;
    browser.until("it is saved again", "return document.body.innerText.includes('Saved')").await?;
    browser.reload().await?;
    browser.until("it is gone", &format!("return {LABELS} === 'Your name'")).await?;
    browser.close().await
}

async fn answered(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let questions = json!([
        { "kind": "text", "label": "Your name", "is_required": true },
        { "kind": "email", "label": "Your address", "is_required": false },
        { "kind": "choice", "label": "About what?", "is_required": true, "choices": ["Orders", "Ferns"] },
        {
            "kind": "consent", "label": "I have read how you keep this", "is_required": true,
            "link": "https://shop.example/privacy",
        },
    ]);
    asks(&mut shop, &questions);
    let browser = theatre.browser().await?;
    browser.before_pages(NO_STORAGE).await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    browser.click("button", "Open chat").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Your name").await?;
    browser.find("textbox", "Your address optional").await?;
    let has_first = "return document.activeElement.id === 'question0'";
    browser.until("the first question has the keyboard", has_first).await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "widget-questions").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    let is_away = "return !document.querySelector('.composer').checkVisibility()";
    browser.until("there is nowhere to write a message", is_away).await?;

    browser.write("textbox", "Your address optional", "anna").await?;
    browser.press(Key::Enter).await?;
    let faults = "return [...document.querySelectorAll('.question .fault')].map((fault) => fault.textContent).join('|') ===
         'Please fill this in.|This is no e-mail address.|Please fill this in.|Please fill this in.'";
    browser.until("each fault stands at its question", faults).await?;
    browser.until("the first has the keyboard", "return document.activeElement.id === 'question0'").await?;
    browser
        .until("what was typed stays", "return document.getElementById('question1').value === 'anna'")
        .await?;
    browser.picture_as(Eyes::Desktop, "widget-questions-faults").await?;

    browser.press("Anna").await?;
    browser.write("textbox", "Your address optional", "@example.com").await?;
    choose(&browser, "#question2", "Ferns").await?;
    browser.click("checkbox", "I have read how you keep this").await?;
    browser.click("button", "Start the chat").await?;
    let visitor = VisitorAtShop { browser };
    visitor.browser.find("textbox", "Message").await?;
    let has_keyboard = "return document.activeElement.id === 'field'";
    visitor.browser.until("the field has the keyboard", has_keyboard).await?;
    visitor.says("Do ferns like shade?").await?;
    visitor.reads("Sent").await?;

    let agent = AgentAtInbox::at(shop.inbox(theatre, "").await?);
    agent.open("Do ferns like shade?").await?;
    let is_read = "const facts = document.querySelector('.facts--answers')?.innerText ?? '';
         return ['Your name', 'Anna', 'anna@example.com', 'Ferns', 'Yes'].every((text) => facts.includes(text))";
    agent.browser.until("the agent reads the answers", is_read).await?;
    for eyes in [Eyes::Desktop, Eyes::Dark] {
        agent.browser.see_as(eyes).await?;
        agent.browser.picture_as(eyes, "inbox-answers").await?;
    }
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn led(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let teams = shop.path.split("/sites/").next().map(|path| format!("{path}/teams")).expect("a path");
    for name in ["Care", "Sales"] {
        let made = shop.owner().post(&teams, &json!({ "name": name, "members": [] }));
        assert_eq!(made.status, 201, "{}", made.body);
    }
    let choice = json!({ "kind": "choice", "label": "About what?", "is_required": true, "choices": ["Orders", "Ferns"] });
    asks(&mut shop, &json!([choice]));
    let inbox = shop.inbox(theatre, &shop.page.replace("/hours", "/questions")).await?;
    let are_listed = "return document.querySelectorAll('.departments select').length === 2";
    inbox.until("each choice has a list of teams", are_listed).await?;
    nothing_found(theatre, &inbox, "departments").await?;
    inbox.script("document.querySelector('.departments select').focus(); return null").await?;
    inbox.press("Sal").await?;
    inbox.click("button", "Save").await?;
    inbox.shows("Saved").await?;
    inbox.pictures("site-departments").await?;
    inbox.reload().await?;
    inbox.until("each choice has a list of teams", are_listed).await?;
    let chosen = "return [...document.querySelectorAll('.departments select')]
        .map((list) => list.selectedOptions[0].text).join() === 'Sales,No team'";
    inbox.until("it is kept", chosen).await?;

    let site = theatre.open_shop(&shop.key);
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    browser.click("button", "Open chat").await?;
    browser.enter_panel().await?;
    let has_first = "return document.activeElement.id === 'question0'";
    browser.until("the question has the keyboard", has_first).await?;
    browser.press("Ord").await?;
    browser.click("button", "Start the chat").await?;
    let visitor = VisitorAtShop { browser };
    visitor.browser.find("textbox", "Message").await?;
    visitor.says("Where is my fern?").await?;
    visitor.reads("Sent").await?;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("Sales"), "of the team nothing: {told}");

    inbox.goto(&theatre.inbox("")).await?;
    let agent = AgentAtInbox { browser: inbox };
    let view =
        "[...document.querySelectorAll('.view')].find((view) => view.innerText.includes('Sales'))?.click()";
    agent.browser.until("there is the team", "return document.body.innerText.includes('Sales')").await?;
    agent.browser.script(view).await?;
    agent.open("Where is my fern?").await?;
    agent.browser.shows("The visitor asked for Sales").await?;
    agent.browser.picture("department-chosen").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn changed(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let question = |label: &str| json!([{ "kind": "text", "label": label, "is_required": false }]);
    asks(&mut shop, &question("Your name"));
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    browser.click("button", "Open chat").await?;
    browser.enter_panel().await?;
    browser.write("textbox", "Your name optional", "Anna").await?;
    asks(&mut shop, &question("Your favourite fern"));
    browser.click("button", "Start the chat").await?;
    browser.find("textbox", "Message").await?;
    let visitor = VisitorAtShop { browser };
    visitor.says("Hello").await?;
    visitor.reads("Sent").await?;
    visitor.browser.close().await
}
