//! Macros: made in the settings, run in a conversation, taken back.

use serde_json::json;
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::compose::{DEAF, HEARING, asked};
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("IB110 IB112 MA6 MA8 a macro is made in the settings, run by keyboard and taken back", |theatre| {
        theatre.tell(made_and_run(theatre))
    }),
    ("MA7 a macro ends no conversation while its reply is held", |theatre| theatre.tell(held(theatre))),
];

/// What the steps on the page of the settings do, in their order.
const KINDS: &str = "[...document.querySelectorAll('.macro-step__kind')]
    .map((list) => list.selectedOptions[0].text).join()";

async fn go_to_macros(theatre: &Theatre, browser: &Browser) -> WebDriverResult<()> {
    let settings = browser.address_of_settings().await?;
    let page = settings.rsplit_once('/').map(|(base, _)| format!("{base}/macros")).expect("an address");
    browser.goto(&format!("{}{page}", theatre.stage.base_url())).await
}

async fn pictures(browser: &Browser, name: &str) -> WebDriverResult<()> {
    for eyes in [Eyes::Desktop, Eyes::Phone, Eyes::Dark, Eyes::RightToLeft] {
        browser.see_as(eyes).await?;
        a_moment().await;
        browser.picture_as(eyes, name).await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.script("document.documentElement.dir = 'ltr'").await.map(drop)
}

async fn made_and_run(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Can I give the fern back?").await?;
    let browser = &agent.browser;
    go_to_macros(theatre, browser).await?;
    browser.shows("Make one for what you do again and again").await?;
    nothing_found(theatre, browser, "no macros yet").await?;
    browser.picture("macros-none").await?;

    browser.click("button", "New macro").await?;
    browser.find("textbox", "Name").await?;
    browser.press("Take it back").await?;
    browser.write("textbox", "Text, step 1", "Of course, {{contact.name|dear visitor}}.").await?;
    for place in ["2", "3", "4"] {
        browser.click("button", "Add a step").await?;
        let at = format!(
            "return document.activeElement.getAttribute('aria-label') === 'What it does, step {place}'"
        );
        browser.until("the new step has the keyboard", &at).await?;
    }
    browser.choose("What it does, step 2", "Resolve").await?;
    browser.choose("What it does, step 3", "Add a label").await?;
    browser.choose("What it does, step 4", "Assign").await?;
    browser.click("button", "Save").await?;
    browser.shows("Type a label of up to 40 characters.").await?;
    nothing_found(theatre, browser, "a macro that lacks something").await?;
    browser.write("textbox", "Label, step 3", "Returns").await?;

    // By keyboard: what resolves goes to the end, and the button that moves it keeps the focus.
    browser.script("document.querySelector('[aria-label=\"Move down, step 2\"]').focus()").await?;
    browser.press(Key::Enter).await?;
    let moved = format!(
        "return {KINDS} === 'Reply to the visitor,Add a label,Resolve,Assign' && document.activeElement.getAttribute('aria-label') === 'Move down, step 3'"
    );
    browser.until("it is one further down", &moved).await?;
    browser.press(Key::Enter).await?;
    let moved = format!("return {KINDS} === 'Reply to the visitor,Add a label,Assign,Resolve'");
    browser.until("it is at the end", &moved).await?;
    browser.click("button", "Add a step").await?;
    browser.click("button", "Remove, step 5").await?;
    pictures(browser, "macro-editor").await?;
    browser.click("button", "Save").await?;
    browser.find("button", "Edit Take it back").await?;
    nothing_found(theatre, browser, "macros").await?;
    pictures(browser, "macros").await?;

    browser.goto(&format!("{}/inbox/", theatre.stage.base_url())).await?;
    agent.open("Can I give the fern back?").await?;
    browser.press_with(&[Key::Control], "k").await?;
    browser.find("combobox", "What do you want to do?").await?;
    browser.press("take back").await?;
    browser.find("option", "Take it backMacro").await?;
    browser.press(Key::Enter).await?;
    browser.find("button", "Run").await?;
    browser.shows("Of course, dear visitor.").await?;
    browser.shows("All of it can be undone but what is written.").await?;
    nothing_found(theatre, browser, "what a macro will do").await?;
    pictures(browser, "macro-run").await?;
    a_moment().await;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("Of course"), "it was shown only: {told}");
    browser.script("document.querySelector('#macro .button--primary').focus()").await?;
    browser.press(Key::Enter).await?;
    visitor.reads("Of course, dear visitor.").await?;
    browser.find("button", "Reopen").await?;
    browser.shows("Macro run: Take it back").await?;
    agent.reads("You added the label Returns").await?;
    browser.picture("macro-done").await?;

    // Out of every field, so that it is a single key.
    browser.script("document.activeElement.blur()").await?;
    browser.press("z").await?;
    browser.find("button", "Resolve").await?;
    agent.reads("You removed the label Returns").await?;
    agent.reads("You took away the assignment").await?;
    assert_eq!(agent.reads("Of course, dear visitor.").await?, 1, "what was said stays said");

    // The same by the slash, and by the key; what is so already is told.
    browser.write("textbox", "Reply", "/take").await?;
    browser.find("option", "Take it backReply · Add label · Assign to · Resolve").await?;
    browser.press(Key::Enter).await?;
    browser.find("button", "Run").await?;
    browser.press(Key::Escape).await?;
    browser
        .until("the slash is gone", "return document.getElementById('composer-field').value === ''")
        .await?;
    browser.script("document.activeElement.blur()").await?;
    browser.press("m").await?;
    browser.find("combobox", "Type to find a macro").await?;
    nothing_found(theatre, browser, "the choice of macros").await?;
    pictures(browser, "macro-which").await?;
    browser.press(Key::Escape).await?;
    a_moment().await;
    assert_eq!(visitor.reads("Of course, dear visitor.").await?, 1, "nothing was said twice");

    go_to_macros(theatre, browser).await?;
    browser.shows("Used once").await?;
    browser.click("button", "Remove Take it back").await?;
    browser.click("button", "Remove").await?;
    browser.shows("You have none of your own yet.").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn held(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Where is my parcel of moss?").await?;
    let browser = &agent.browser;
    let steps = json!([{ "say": "It is on its way." }, { "take": "resolve" }]);
    let draft = json!({ "shortcode": "On its way", "text": "", "is_shared": false, "steps": steps });
    let request = |method: &str, more: &str| {
        format!(
            "const workspace = document.querySelector('a[href*=\"/settings/\"]').pathname.split('/')[3];
             window.answered = null;
             const headers = {{ 'content-type': 'application/json' }};
             fetch('/api/workspaces/' + workspace + '/canned' + {more}, {{ method: '{method}', headers, body: {} }})
                .then(async (answer) => {{
                    if (answer.status === 201) window.made = (await answer.json()).id;
                    window.answered = answer.status;
                }});
             return null",
            if method == "POST" { json!(draft.to_string()) } else { json!(null) }
        )
    };
    browser.script(&request("POST", "''")).await?;
    browser.until("the macro is made", "return window.answered === 201").await?;
    browser.script(DEAF).await?;
    visitor.says("No, it has come.").await?;
    visitor.reads("Sent").await?;
    run(&agent, "On its way").await?;
    browser.until("the server has answered", "return window.heard.length >= 2").await?;
    browser.script(HEARING).await?;
    browser.reads("region", "Your reply", "It is on its way.").await?;
    browser.reads("region", "Your reply", "Then: resolve").await?;
    nothing_found(theatre, browser, "a macro that is held").await?;
    browser.picture("macro-held").await?;
    a_moment().await;
    browser.find("button", "Resolve").await?;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("on its way"), "{told}");
    browser.click("button", "Send all anyway").await?;
    visitor.reads("It is on its way.").await?;
    browser.find("button", "Reopen").await?;
    browser.script(&request("DELETE", "'/' + window.made")).await?;
    browser.until("it is removed", "return window.answered === 204").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Runs a macro by its key.
async fn run(agent: &AgentAtInbox, name: &str) -> WebDriverResult<()> {
    let browser = &agent.browser;
    browser.script("document.activeElement.blur()").await?;
    browser.press("m").await?;
    browser.find("combobox", "Type to find a macro").await?;
    browser.take(name).await?;
    browser.find("button", "Run").await?;
    browser.press(Key::Enter).await
}
