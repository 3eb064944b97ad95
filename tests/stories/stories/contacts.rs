//! An owner looks for somebody who has written, and takes contacts out.

use protocol::Codec;
use protocol::http::SessionAnswer;
use serde_json::{Value, json};
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Visitor};
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Browser;
use crate::reading::AgentAtInbox;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    (
        "IB128 IB129 contacts are found as one types, walked through by keyboard, and lead to what was said",
        |theatre| theatre.tell(looked_for(theatre)),
    ),
    ("IB130 contacts are saved as a file that holds what it should", |theatre| {
        theatre.tell(taken_out(theatre))
    }),
];

/// Somebody of whom their page says this writes; the list has heard of them then.
fn writes(theatre: &Theatre, agent: &Agent, user: &Value, text: &str) -> Visitor {
    let stage = &theatre.stage;
    let body = json!({ "site": stage.site_key(), "token": "", "user": user }).to_string();
    let url = format!("{}/api/visitor/session", stage.base_url());
    let session: SessionAnswer = tests::http::post(&url, &[("Origin", PAGE_ORIGIN)], &body).json();
    let mut visitor = Visitor::of_session(stage, session.token, session.conversation);
    let mut feed = agent.watch_feed().0;
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, text);
    tests::agent::entry(&mut feed, visitor.conversation, |_| true);
    visitor
}

/// How many contacts are listed.
async fn lists(browser: &Browser, count: usize) -> WebDriverResult<()> {
    let script = format!("return document.querySelectorAll('.contacts > li').length === {count}");
    browser.until(&format!("{count} are listed"), &script).await
}

/// The address of the contacts.
async fn address(browser: &Browser) -> WebDriverResult<String> {
    let settings = browser.address_of_settings().await?;
    Ok(settings.trim_start_matches("/inbox/").replace("general", "contacts"))
}

async fn looked_for(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = Agent::sign_in(&theatre.stage);
    let inbox = AgentAtInbox::sign_in(theatre).await?;
    let browser = &inbox.browser;
    for (name, email, text) in [
        ("Lena Quince", "lena@quince.example", "Does the fern like shade?"),
        (
            "Johann Friedrich Wilhelm von und zu Quince-Hohenstein",
            "a.very.long.address.of.somebody@a-long-name-of-a-house.quince.example",
            "Hello?",
        ),
        ("王小明", "wang@quince.example", "你好"),
    ] {
        writes(theatre, &agent, &json!({ "name": name, "email": email }), text);
    }
    writes(theatre, &agent, &json!(null), "Nobody knows me");

    browser.press_with(&[Key::Control], "k").await?;
    browser.write("combobox", "What do you want to do?", "contacts").await?;
    browser.press(Key::Enter).await?;
    browser.find("heading", "Contacts").await?;
    browser.shows("Lena Quince").await?;
    nothing_found(theatre, browser, "contacts").await?;
    browser.pictures("contacts").await?;

    browser.press("/").await?;
    browser.press("quince").await?;
    lists(browser, 3).await?;
    browser
        .until("it is told", "return document.querySelector('.contacts__told').innerText === '3 contacts'")
        .await?;
    browser.press(" lena").await?;
    lists(browser, 1).await?;
    browser.choose("Who they are", "Verified by their site").await?;
    browser.shows("Nobody fits").await?;
    nothing_found(theatre, browser, "contacts of whom none fit").await?;
    browser.pictures("contacts-none-fit").await?;
    browser.choose("Who they are", "Claimed, not proven").await?;
    lists(browser, 1).await?;
    browser.script("document.activeElement.blur(); return null").await?;
    browser.press("j").await?;
    browser.press(Key::Enter).await?;
    browser.find("heading", "Lena Quince (claimed)").await?;
    browser.shows("lena@quince.example").await?;
    nothing_found(theatre, browser, "a contact").await?;
    browser.pictures("contact").await?;
    browser.press(Key::Escape).await?;
    let kept = "return document.getElementById('contacts-search')?.value === 'quince lena'";
    browser.until("what was looked for is still there", kept).await?;
    lists(browser, 1).await?;
    browser.press("j").await?;
    browser.press(Key::Enter).await?;
    browser.find("heading", "Lena Quince (claimed)").await?;

    let talk = "document.querySelector('.link-card').click(); return null";
    browser.script(talk).await?;
    inbox.reads("Does the fern like shade?").await?;
    // The way back, by the details.
    browser.click("link", "All conversations with this visitor").await?;
    browser.find("heading", "Lena Quince (claimed)").await?;
    browser.click("link", "All contacts").await?;
    browser.find("textbox", "Name or email").await?;

    let nobody = format!("{}/{}", theatre.inbox(&address(browser).await?), "ab".repeat(16));
    browser.goto(&nobody).await?;
    browser.shows("This contact does not exist").await?;
    nothing_found(theatre, browser, "a contact that there is not").await?;
    inbox.browser.close().await
}

async fn taken_out(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = Agent::sign_in(&theatre.stage);
    writes(theatre, &agent, &json!({ "name": "=1+1 Medlar", "email": "zoë@medlar.example" }), "Hello");
    writes(theatre, &agent, &json!({ "name": "Zoë Medlar", "email": "zoe@medlar.example" }), "Hello");
    let inbox = AgentAtInbox::sign_in(theatre).await?;
    let browser = &inbox.browser;
    browser.goto(&theatre.inbox(&address(browser).await?)).await?;
    browser.find("textbox", "Name or email").await?.send_keys("medlar").await?;
    lists(browser, 2).await?;
    // What the browser is given to save.
    let listen = "window.saved = null; const make = URL.createObjectURL.bind(URL);
        URL.createObjectURL = (file) => {
            file.arrayBuffer().then((bytes) => { window.saved = { type: file.type, bytes: [...new Uint8Array(bytes)] } });
            return make(file);
        };
        return null";
    browser.script(listen).await?;
    browser.click("button", "Export").await?;
    browser.shows("The contacts that fit what you have chosen").await?;
    nothing_found(theatre, browser, "what is said before contacts are taken out").await?;
    browser.pictures("contacts-export").await?;
    browser.answer("Save the file").await?;
    browser.until("it is saved", "return window.saved !== null").await?;
    browser.shows("Saved.").await?;
    let whole = "const { type, bytes } = window.saved;
        const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(new Uint8Array(bytes));
        const lines = text.split('\\r\\n');
        return type === 'text/csv;charset=utf-8' && bytes.slice(0, 3).join() === '239,187,191'
            && lines.length === 4 && lines[3] === ''
            && text.includes(\",'=1+1 Medlar,false,\") && text.includes(',Zoë Medlar,false,zoe@medlar.example,false,')";
    browser.until("the file is whole", whole).await?;
    browser.answer("Close").await?;
    browser.no_dialog().await?;
    let audit = address(browser).await?.replace("contacts", "audit");
    browser.goto(&theatre.inbox(&audit)).await?;
    browser.shows("exported 2 contacts.").await?;
    inbox.browser.close().await
}
