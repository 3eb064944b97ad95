//! Agents talk with each other, and nobody else learns of it.

use serde_json::json;
use tests::{Agent, Case, Person};
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, a_moment, assert_in_order};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("IB80 IB81 IB82 two agents talk one to one by the keyboard, and a third learns nothing", |theatre| {
        theatre.tell(one_to_one(theatre))
    }),
    ("IB83 a group is begun, somebody is added, and leaves", |theatre| theatre.tell(group(theatre))),
];

/// The browser of a new agent of the stage's workspace.
pub(super) async fn colleague(theatre: &Theatre, name: &str) -> WebDriverResult<Browser> {
    let agent = Agent::sign_in(&theatre.stage);
    let mut owner = agent.person();
    let mut person = Person::stranger(&theatre.stage);
    let path = format!("/api/workspaces/{}/invitations", agent.workspace);
    owner.post(&path, &json!({ "email": person.email, "role": "agent" }));
    let newcomer = json!({ "name": name, "password": person.password() });
    person.post("/api/invitations/accept", &json!({ "token": person.token("join"), "newcomer": newcomer }));
    let browser = theatre.browser().await?;
    browser.goto(&theatre.inbox("no-such-page")).await?;
    browser.take_cookie(&person.cookie).await?;
    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    Ok(browser)
}

async fn badge_is(browser: &Browser, name: &str, count: &str) -> WebDriverResult<()> {
    let script = format!(
        "const chat = [...document.querySelectorAll('.chat')].find((chat) => chat.innerText.includes('{name}'));
         return (chat?.querySelector('.badge:not(.badge--mention) [aria-hidden]')?.textContent ?? '') === '{count}'"
    );
    browser.until(&format!("{name}: {count:?} unread"), &script).await
}

/// Opens a chat of the side bar.
async fn opens(browser: &Browser, name: &str) -> WebDriverResult<()> {
    let script = format!(
        "const chat = [...document.querySelectorAll('.chat')].find((chat) => chat.innerText.includes('{name}'));
         chat?.click();
         return chat !== undefined"
    );
    browser.until(&format!("{name} is listed"), &script).await
}

async fn writes(browser: &Browser, to: &str, text: &str) -> WebDriverResult<()> {
    browser.write("textbox", &format!("Message to {to}"), text).await?;
    browser.press(Key::Enter).await
}

async fn one_to_one(theatre: &Theatre) -> WebDriverResult<()> {
    let nora = colleague(theatre, "Nora Night").await?;
    let otto = colleague(theatre, "Otto Early").await?;
    let cleo = colleague(theatre, "Cleo Third").await?;
    // By the keyboard alone: the button, a name, Enter.
    nora.find("button", "New private chat").await?;
    nora.script("document.querySelector('.chats button').focus(); return null").await?;
    nora.press(Key::Enter).await?;
    nora.find("dialog", "New private chat").await?;
    nora.until("the field has the focus", "return document.activeElement.id === 'picker'").await?;
    nothing_found(theatre, &nora, "a new private chat").await?;
    nora.press("otto").await?;
    nora.press(Key::Enter).await?;
    nora.find("heading", "Otto Early").await?;
    nora.until("the field has the focus", "return document.activeElement.id === 'composer-field'").await?;
    nora.press("Can you take the next one?").await?;
    nora.press(Key::Enter).await?;
    nora.reads("log", "Messages", "Can you take the next one?").await?;

    badge_is(&otto, "Nora Night", "1").await?;
    otto.until("the title counts it", "return /^\\(\\d+\\) /.test(document.title)").await?;
    opens(&otto, "Nora Night").await?;
    otto.reads("log", "Messages", "Can you take the next one?").await?;
    badge_is(&otto, "Nora Night", "").await?;
    nothing_found(theatre, &otto, "a private chat").await?;
    for gone in ["Resolve", "Assigned to", "Only your team sees this"] {
        let script = format!("return !document.querySelector('.desk__main').innerText.includes('{gone}')");
        otto.until(&format!("no {gone}"), &script).await?;
    }
    otto.write("textbox", "Message to Nora Night", "@no").await?;
    otto.find("listbox", "Commands and canned responses").await?;
    otto.press(Key::Enter).await?;
    otto.press("I can").await?;
    otto.press(Key::Enter).await?;
    nora.reads("log", "Messages", "@Nora Night I can").await?;
    nora.until(
        "the name is marked",
        "return document.querySelector('mark.mention')?.textContent === '@Nora Night'",
    )
    .await?;
    nora.shows("Seen").await?;

    // Written without a connection, and sent after a reload.
    nora.reload().await?;
    nora.reads("log", "Messages", "@Nora Night I can").await?;
    nora.script("window.dispatchEvent(new Event('offline')); return null").await?;
    writes(&nora, "Otto Early", "Thank you").await?;
    otto.reads("log", "Messages", "Thank you").await?;
    let all = otto.text_of("log", "Messages").await?;
    assert_in_order(&all, &["Can you take the next one?", "I can", "Thank you"]);

    // Neither in a list nor by the address.
    let address = nora.script("return location.pathname").await?;
    let address = address.as_str().expect("an address").to_owned();
    a_moment().await;
    cleo.until("no chat is listed", "return document.querySelectorAll('.chat').length === 0").await?;
    cleo.goto(&format!("{}{address}", theatre.stage.base_url())).await?;
    cleo.shows("There is no such chat").await?;
    cleo.until("not a word", "return !document.querySelector('.desk__main').innerText.includes('Thank you')")
        .await?;
    let owner = AgentAtInbox::sign_in(theatre).await?;
    owner.browser.goto(&format!("{}{address}", theatre.stage.base_url())).await?;
    owner.browser.shows("There is no such chat").await?;
    for browser in [nora, otto, cleo, owner.browser] {
        browser.close().await?;
    }
    Ok(())
}

async fn group(theatre: &Theatre) -> WebDriverResult<()> {
    let gina = colleague(theatre, "Gina Group").await?;
    let hugo = colleague(theatre, "Hugo Held").await?;
    let ivan = colleague(theatre, "Ivan Inn").await?;
    let jana = colleague(theatre, "Jana Join").await?;
    gina.click("button", "New private chat").await?;
    gina.write("textbox", "Find a colleague", "hugo").await?;
    gina.click("checkbox", "Hugo Held").await?;
    gina.script("document.getElementById('picker').select(); return null").await?;
    gina.write("textbox", "Find a colleague", "ivan").await?;
    gina.click("checkbox", "Ivan Inn").await?;
    gina.write("textbox", "Name of the group", "Night shift").await?;
    gina.click("button", "Start chat").await?;
    gina.find("heading", "Night shift").await?;
    writes(&gina, "Night shift", "Who is on?").await?;
    badge_is(&hugo, "Night shift", "1").await?;
    badge_is(&ivan, "Night shift", "1").await?;
    jana.until("not hers", "return document.querySelectorAll('.chat').length === 0").await?;

    gina.click("button", "Show the people in this group").await?;
    gina.find("dialog", "People in this group").await?;
    nothing_found(theatre, &gina, "the people in a group").await?;
    gina.shows("Whoever you add sees everything that was said here before.").await?;
    gina.write("textbox", "Find a colleague", "jana").await?;
    gina.click("checkbox", "Jana Join").await?;
    gina.click("button", "Add to the group").await?;
    badge_is(&jana, "Night shift", "1").await?;
    opens(&jana, "Night shift").await?;
    jana.reads("log", "Messages", "Who is on?").await?;
    jana.shows("Gina Group added Jana Join").await?;

    jana.click("button", "Show the people in this group").await?;
    jana.click("button", "Leave the group").await?;
    jana.shows("You will not be able to read it any more").await?;
    jana.click("button", "Leave the group").await?;
    jana.until("it is gone", "return document.querySelectorAll('.chat').length === 0").await?;
    gina.press(Key::Escape).await?;
    gina.shows("Jana Join left").await?;
    for browser in [gina, hugo, ivan, jana] {
        browser.close().await?;
    }
    Ok(())
}

/// Takes pictures for the gallery: a private chat, the dialog that begins one, and the people of a group.
pub(crate) async fn pictures(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let name = |name: &str| format!("{name} {}", eyes.name());
    let (kim, lou) = (name("Kim"), name("Lou"));
    let (other, browser) = (colleague(theatre, &lou).await?, colleague(theatre, &kim).await?);
    browser.click("button", "New private chat").await?;
    browser.see_as(eyes).await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-new-private-chat").await?;
    browser.write("textbox", "Find a colleague", &lou).await?;
    browser.press(Key::Enter).await?;
    browser.find("heading", &lou).await?;
    writes(&browser, &lou, &format!("@{lou}, who sees to the **ferns** today?")).await?;
    opens(&other, &kim).await?;
    writes(&other, &kim, "I do, until five.").await?;
    browser.reads("log", "Messages", "I do, until five.").await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-private-chat").await?;
    other.close().await?;
    browser.close().await
}
