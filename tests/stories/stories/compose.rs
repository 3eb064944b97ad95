//! Agents at the composer: replies that are held, who else is there, what completes what they type.

use serde_json::json;
use tests::{Agent, Case, Person};
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Eyes;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment, assert_in_order};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("CV30 IB70 a reply is held for what its author had not seen", |theatre| theatre.tell(held(theatre))),
    ("CV30 IB70 a held reply is edited, and another one discarded", |theatre| {
        theatre.tell(thought_better_of(theatre))
    }),
    ("CV31 IB71 who writes what in a conversation is seen by the team and by no visitor", |theatre| {
        theatre.tell(company(theatre))
    }),
    ("IB72 IB73 a canned response is kept, found by its code and filled in", |theatre| {
        theatre.tell(canned(theatre))
    }),
    ("IB74 commands are typed, completed and never sent", |theatre| theatre.tell(commands(theatre))),
];

/// From here on new sockets of the page keep what they hear to themselves while the page is deaf.
const CAN_BE_DEAF: &str = "
    window.heard = [];
    const own = Object.getOwnPropertyDescriptor(WebSocket.prototype, 'onmessage');
    const heard = (socket, listener) => (event) => {
        const tell = () => listener.call(socket, event);
        if (window.isDeaf) window.heard.push(tell);
        else tell();
    };
    Object.defineProperty(WebSocket.prototype, 'onmessage', {
        ...own,
        set(listener) { own.set.call(this, listener && heard(this, listener)); },
    });
    return null";

pub(super) const DEAF: &str = "window.isDeaf = true; return null";

pub(super) const HEARING: &str =
    "window.isDeaf = false; window.heard.splice(0).forEach((tell) => tell()); return null";

/// A visitor who has asked something, and an agent who has it open and can be made deaf.
pub(super) async fn asked(
    theatre: &Theatre,
    question: &str,
) -> WebDriverResult<(AgentAtInbox, VisitorAtShop)> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.browser.script(CAN_BE_DEAF).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    agent.open(question).await?;
    agent.reads(question).await?;
    visitor.reads("Seen").await?;
    Ok((agent, visitor))
}

/// The visitor says something of which the agent hears only after they have replied.
async fn crossing(
    agent: &AgentAtInbox,
    visitor: &VisitorAtShop,
    said: &str,
    replies: &[&str],
) -> WebDriverResult<()> {
    let browser = &agent.browser;
    browser.script(DEAF).await?;
    visitor.says(said).await?;
    // "Seen" stood there before.
    visitor.reads("Sent").await?;
    for reply in replies {
        agent.replies(reply).await?;
    }
    browser
        .until("the server has answered", &format!("return window.heard.length >= {}", 1 + replies.len()))
        .await?;
    browser.script(HEARING).await?;
    browser.find("button", "Discard").await?;
    Ok(())
}

async fn held(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Is the held fern in stock?").await?;
    let browser = &agent.browser;
    crossing(&agent, &visitor, "The one with two leaves.", &["Yes, three are left."]).await?;
    browser.reads("region", "Your reply", "The one with two leaves.").await?;
    browser.reads("region", "Your reply", "Yes, three are left.").await?;
    let log = browser.text_of("log", "Messages").await?;
    assert!(!log.contains("three are left"), "it is beside the composer: {log}");
    browser
        .until(
            "what came between is marked",
            "const marked = [...document.querySelectorAll('.message--news')];
             return marked.length === 1 && marked[0].innerText.includes('two leaves')",
        )
        .await?;
    nothing_found(theatre, browser, "a held reply").await?;
    a_moment().await;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("three are left"), "{told}");

    browser.click("button", "Send anyway").await?;
    visitor.reads("Yes, three are left.").await?;
    browser
        .until(
            "nothing is held or marked any more",
            "return !document.querySelector('.held') && !document.querySelector('.message--news')",
        )
        .await?;
    assert_in_order(
        &browser.text_of("log", "Messages").await?,
        &["The one with two leaves.", "Yes, three are left."],
    );
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn thought_better_of(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Do you have blue pots?").await?;
    let browser = &agent.browser;
    crossing(&agent, &visitor, "Red ones, I mean.", &["Blue ones, yes.", "Ten of them."]).await?;
    browser.find("button", "Send all anyway").await?;
    browser.reload().await?;
    // What was written before the thread is there has seen nothing of it.
    agent.reads("Red ones, I mean.").await?;
    browser.reads("region", "Your reply", "Ten of them.").await?;
    browser.click("button", "Edit").await?;
    browser
        .until(
            "the words are in the composer",
            "return document.getElementById('composer-field').value === 'Blue ones, yes.'",
        )
        .await?;
    browser.find("button", "Send anyway").await?;
    browser.click("button", "Discard").await?;
    browser.until("nothing is held", "return !document.querySelector('.held')").await?;
    browser.click("button", "Send").await?;
    visitor.reads("Blue ones, yes.").await?;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("Ten of them."), "{told}");
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Takes pictures for the gallery: what completes a text, and a reply that is held.
pub(crate) async fn pictures(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, &format!("Which fern is that? ({})", eyes.name())).await?;
    let browser = &agent.browser;
    browser.see_as(eyes).await?;
    browser.write("textbox", "Reply", "/").await?;
    browser.find("listbox", "Commands and canned responses").await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-completions").await?;
    browser.script("document.getElementById('composer-field').select(); return null").await?;
    browser.press(Key::Backspace).await?;
    crossing(&agent, &visitor, "The one in the window.", &["A sword fern."]).await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-held").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn company(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Who of you is here?").await?;
    let browser = theatre.browser().await?;
    browser.goto(&theatre.inbox("no-such-page")).await?;
    browser.take_cookie(&colleague(theatre)).await?;
    browser.goto(&theatre.inbox("")).await?;
    let other = AgentAtInbox::at(browser);
    other.open("Who of you is here?").await?;
    other.reads("Who of you is here?").await?;
    says(&agent, "Ben is also here").await?;

    other.browser.write("textbox", "Reply", "Both of us").await?;
    says(&agent, "Ben is writing a reply").await?;
    says(&agent, "Ben (writing a reply) is also here").await?;
    visitor.browser.until("the visitor sees that somebody types", TYPING).await?;
    nothing_found(theatre, &agent.browser, "a colleague who writes").await?;
    other.browser.click("tab", "Note").await?;
    other.browser.write("textbox", "Note", "Ask the gardener").await?;
    says(&agent, "Ben is writing a note").await?;
    visitor.browser.until("the visitor sees nobody type", NOT_TYPING).await?;
    other.browser.close().await?;
    agent
        .browser
        .until("nobody else is there", "return !document.body.innerText.includes('is also here')")
        .await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

const TYPING: &str = "return !!document.querySelector('.typing:not([hidden])')";

const NOT_TYPING: &str = "return !document.querySelector('.typing:not([hidden])')";

/// The session of Ben, who is an agent of the stage's workspace.
fn colleague(theatre: &Theatre) -> String {
    let agent = Agent::sign_in(&theatre.stage);
    let mut owner = agent.person();
    let mut person = Person::stranger(&theatre.stage);
    let path = format!("/api/workspaces/{}/invitations", agent.workspace);
    owner.post(&path, &json!({ "email": person.email, "role": "agent" }));
    let newcomer = json!({ "name": "Ben", "password": person.password() });
    person.post("/api/invitations/accept", &json!({ "token": person.token("join"), "newcomer": newcomer }));
    person.cookie.clone()
}

async fn says(agent: &AgentAtInbox, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.body.innerText.includes('{text}')");
    agent.browser.until(text, &script).await
}

async fn field_holds(agent: &AgentAtInbox, text: &str) -> WebDriverResult<()> {
    let script = format!("return document.getElementById('composer-field').value === '{text}'");
    agent.browser.until(&format!("the field holds {text}"), &script).await
}

async fn canned(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Do you can ferns?").await?;
    let browser = &agent.browser;
    let settings = browser.address_of_settings().await?;
    let page = settings.rsplit_once('/').map(|(base, _)| format!("{base}/canned")).expect("an address");
    browser.goto(&format!("{}{page}", theatre.stage.base_url())).await?;
    browser.click("button", "New response for everybody").await?;
    browser.write("textbox", "Shortcode", "two words").await?;
    browser.write("textbox", "Text", "Hello {{contact.name|there}}, I am {{agent.name}}. {{order}}").await?;
    browser.click("button", "Save").await?;
    says(&agent, "A response takes a shortcode of one word").await?;
    nothing_found(theatre, browser, "a canned response that is refused").await?;
    browser.script("document.getElementById('canned-code').select(); return null").await?;
    browser.write("textbox", "Shortcode", "greet").await?;
    browser.click("button", "Save").await?;
    browser.find("button", "Edit /greet").await?;
    nothing_found(theatre, browser, "canned responses").await?;

    browser.goto(&format!("{}/inbox/", theatre.stage.base_url())).await?;
    agent.open("Do you can ferns?").await?;
    browser.write("textbox", "Reply", "/gre").await?;
    browser.find("listbox", "Commands and canned responses").await?;
    nothing_found(theatre, browser, "a list of completions").await?;
    browser.press(Key::Enter).await?;
    browser
        .until(
            "the response is filled in",
            "return /^Hello there, I am .+\\. \\{\\{order\\}\\}$/.test(document.getElementById('composer-field').value)",
        )
        .await?;
    says(&agent, "{{order}} is not filled in.").await?;
    browser.goto(&format!("{}{page}", theatre.stage.base_url())).await?;
    says(&agent, "Used once").await?;
    browser.click("button", "Remove /greet").await?;
    browser.click("button", "Remove").await?;
    says(&agent, "There are none that everybody has.").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn commands(theatre: &Theatre) -> WebDriverResult<()> {
    let (agent, visitor) = asked(theatre, "Do you take orders?").await?;
    let browser = &agent.browser;
    browser.write("textbox", "Reply", "/prio").await?;
    browser.find("option", "/prioritySay how urgent it is").await?;
    browser.press(Key::Tab).await?;
    field_holds(&agent, "/priority ").await?;
    browser.press("urg").await?;
    browser.press(Key::Enter).await?;
    says(&agent, "You set the priority to urgent").await?;
    field_holds(&agent, "").await?;

    browser.write("textbox", "Reply", "/assign Nobody at all").await?;
    browser.press(Key::Enter).await?;
    says(&agent, "Type a name behind /assign").await?;
    field_holds(&agent, "/assign Nobody at all").await?;
    browser.script("document.getElementById('composer-field').select(); return null").await?;
    browser.write("textbox", "Reply", "/xyz").await?;
    browser.press(Key::Enter).await?;
    says(&agent, "There is no command /xyz").await?;
    nothing_found(theatre, browser, "a command that there is not").await?;
    browser.script("document.getElementById('composer-field').select(); return null").await?;
    browser.write("textbox", "Reply", "/note Among us").await?;
    browser.press(Key::Enter).await?;
    agent.reads("Among us").await?;
    browser.write("textbox", "Reply", "//etc is a folder").await?;
    browser.press(Key::Enter).await?;
    visitor.reads("/etc is a folder").await?;
    browser.write("textbox", "Reply", "/resolve").await?;
    browser.press(Key::Escape).await?;
    browser.until("the list is closed", "return !document.getElementById('completions')").await?;
    browser.press(Key::Enter).await?;
    browser.find("button", "Reopen").await?;
    a_moment().await;
    let told = visitor.browser.text_of("log", "Messages").await?;
    for command in ["/prio", "/assign", "/xyz", "/note", "Among us", "//etc", "/resolve"] {
        assert!(!told.contains(command), "{command} in {told}");
    }
    visitor.browser.close().await?;
    agent.browser.close().await
}
