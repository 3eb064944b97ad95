//! Pictures of every screen, for whoever changes one: `cargo xtask gallery`.

use std::time::Duration;

use protocol::http::workspace::WorkspaceView;
use serde_json::json;
use tests::Person;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment, word};
use crate::stories::compose;
use crate::stories::files::{CHOOSE_PHOTOGRAPH, choose, in_tray};
use crate::stories::passkeys::ONLY_BY_BUTTON;
use crate::stories::private_chats;
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
const ACCOUNT: [(&str, &str); 5] = [
    ("account-profile", "account/profile"),
    ("account-security", "account/security"),
    ("account-sessions", "account/sessions"),
    ("account-notifications", "account/notifications"),
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
        files(theatre, eyes).await?;
        ended(theatre, eyes).await?;
        handled(theatre, eyes).await?;
        searched(theatre, eyes).await?;
        compose::pictures(theatre, eyes).await?;
        private_chats::pictures(theatre, eyes).await?;
        places(theatre, eyes).await?;
    }
    for eyes in [Eyes::Desktop, Eyes::Phone] {
        for language in ["ar", "de", "ja"] {
            speak(theatre, eyes, language).await?;
        }
    }
    for eyes in Eyes::EVERY {
        door(theatre, eyes).await?;
        rooms(theatre, eyes).await?;
        kept_out(theatre, eyes).await?;
        passkeys(theatre, eyes).await?;
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

/// Passkeys of somebody: the list, a new name, the question before one goes; the proof with one, and the page of who has
/// not used theirs yet.
async fn passkeys(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let mut owner = Person::sign_up(&theatre.stage);
    let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
    let browser = theatre.browser().await?;
    browser.add_authenticator().await?;
    browser.goto(&theatre.inbox("no-such-page")).await?;
    browser.take_cookie(&owner.cookie).await?;
    browser.before_pages(ONLY_BY_BUTTON).await?;
    browser.goto(&theatre.inbox("account/security")).await?;
    browser.click("button", "Add a passkey").await?;
    browser.find("button", "Rename Passkey").await?;
    browser.see_as(eyes).await?;
    let to_passkeys = "document.getElementById('passkeys').scrollIntoView(); return null";
    browser.script(to_passkeys).await?;
    a_moment().await;
    browser.picture_as(eyes, "passkeys").await?;
    browser.click("button", "Rename Passkey").await?;
    browser.script(to_passkeys).await?;
    a_moment().await;
    browser.picture_as(eyes, "passkeys-renaming").await?;
    browser.click("button", "Cancel").await?;
    browser.click("button", "Remove Passkey").await?;
    a_moment().await;
    browser.picture_as(eyes, "passkeys-removing").await?;
    browser.script(ASK_FOR_PROOF).await?;
    browser.click("button", "Remove").await?;
    browser.find("button", "Use a passkey").await?;
    a_moment().await;
    browser.picture_as(eyes, "passkeys-proof").await?;

    owner.post(&format!("/api/workspaces/{}/second-factor", view.id), &json!(null));
    let again = json!({ "email": owner.email, "password": owner.password() });
    assert_eq!(owner.post("/api/account/sign-in", &again).status, 200);
    browser.goto(&theatre.inbox("no-such-page")).await?;
    browser.take_cookie(&owner.cookie).await?;
    look(theatre, &browser, eyes, "kept-out-with-passkey", &format!("w/{}", view.id)).await?;
    browser.close().await
}

/// Stands in for a server that asks for a proof.
const ASK_FOR_PROOF: &str = "
    const real = window.fetch;
    window.fetch = async (...request) => {
        const method = request[0]?.method ?? request[1]?.method;
        return method === 'DELETE'
            ? new Response('{\"code\":\"proof_required\",\"retry_after\":null}', { status: 403 })
            : real(...request);
    };
    return null;";

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
    amended(&visitor, &agent, eyes).await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

/// What the two have changed and deleted, and how it is done.
async fn amended(visitor: &VisitorAtShop, agent: &AgentAtInbox, eyes: Eyes) -> WebDriverResult<()> {
    let (browser, desk) = (&visitor.browser, &agent.browser);
    desk.click("button", "Message options").await?;
    desk.click("button", "Reply to this").await?;
    desk.picture_as(eyes, "inbox-answering").await?;
    agent.replies("It stands in the window.").await?;
    visitor.reads("It stands in the window.").await?;
    browser.click("button", "Options of your message").await?;
    browser.picture_as(eyes, "widget-options").await?;
    browser.click("button", "Edit").await?;
    browser.picture_as(eyes, "widget-editing").await?;
    browser.click("button", "Cancel").await?;
    agent.replies("In a pot of its own").await?;
    visitor.reads("In a pot of its own").await?;
    desk.click("button", "Options of your message").await?;
    desk.click("button", "Delete").await?;
    desk.picture_as(eyes, "inbox-options").await?;
    desk.click("button", "Delete for everybody").await?;
    visitor.reads("Message deleted").await?;
    desk.click("button", "Options of your message").await?;
    desk.click("button", "Edit").await?;
    desk.picture_as(eyes, "inbox-editing").await?;
    desk.write("textbox", "Reply", ", with a lot of light").await?;
    desk.click("button", "Save").await?;
    visitor.reads("Edited").await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-amended").await?;
    desk.picture_as(eyes, "inbox-amended").await
}

/// Marks and emoji, and a conversation that its visitor has ended and rated.
async fn ended(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    browser.see_as(eyes).await?;
    let question = format!("How do I *water* it? ({})", eyes.name());
    visitor.says(&question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.browser.see_as(eyes).await?;
    agent.open(&question.replace('*', "")).await?;
    let answer = [
        "> How do I water it?",
        "**Sparingly**:",
        "1. let it dry",
        "2. water from below",
        "```",
        "every(7).days",
        "```",
        "More in [our guide](https://shop.example/care), ~~or~~ `care.pdf`.",
    ];
    agent.replies(&answer.join("\u{e008}\u{e007}\u{e000}")).await?;
    visitor.reads("Sparingly").await?;
    visitor.says("⭐✨").await?;
    agent.reads("⭐✨").await?;
    browser.click("button", "Emoji").await?;
    browser.picture_as(eyes, "widget-emoji").await?;
    browser.press(thirtyfour::Key::Escape).await?;
    agent.browser.click("button", "Emoji").await?;
    agent.browser.picture_as(eyes, "inbox-emoji").await?;
    agent.browser.click("button", "Emoji").await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-marks").await?;
    agent.browser.picture_as(eyes, "inbox-marks").await?;
    browser.click("button", "Chat options").await?;
    browser.click("button", "End chat").await?;
    browser.picture_as(eyes, "widget-end").await?;
    browser.click("button", "End chat").await?;
    browser.click("button", "4 of 5").await?;
    browser.picture_as(eyes, "widget-rating").await?;
    browser.click("button", "Send rating").await?;
    agent.reads("4 of 5").await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-rated").await?;
    agent.browser.picture_as(eyes, "inbox-rated").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

/// The chat in another language: the beginning, what can be done with a message, and what cannot be sent.
async fn speak(theatre: &Theatre, eyes: Eyes, language: &str) -> WebDriverResult<()> {
    let say = |name: &str| word(language, name);
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page(if language == "ar" { "arabic.html" } else { "index.html" })).await?;
    browser.see_as(eyes).await?;
    let change = format!(
        "Porchlight.setLocale('{language}').then(arguments[arguments.length - 1], arguments[arguments.length - 1])"
    );
    browser.script_until_done(&change).await?;
    browser.click("button", &say("launcher_open")).await?;
    browser.enter_panel().await?;
    browser.find("textbox", &say("message")).await?;
    a_moment().await;
    browser.picture_as(eyes, &format!("widget-{language}-empty")).await?;
    let question = format!("{} ({language}, {})", say("message"), eyes.name());
    browser.write("textbox", &say("message"), &question).await?;
    browser.click("button", &say("send")).await?;
    browser.reads("log", &say("messages"), &say("sent")).await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open(&question).await?;
    agent.replies(&say("default_greeting")).await?;
    browser.reads("log", &say("messages"), &say("default_greeting")).await?;
    browser.click("button", &say("own_options")).await?;
    a_moment().await;
    browser.picture_as(eyes, &format!("widget-{language}-options")).await?;
    let chosen = "[['fern,12', 'price list.csv', ''], ['<svg/>', 'plan.svg', '']]";
    browser.script(&choose(chosen)).await?;
    in_tray(&browser, "failed", 1).await?;
    browser.script("const field = document.getElementById('field'); field.value = 'x'.repeat(17_000); field.dispatchEvent(new Event('input', { bubbles: true })); return null").await?;
    a_moment().await;
    browser.picture_as(eyes, &format!("widget-{language}-refused")).await?;
    agent.browser.close().await?;
    browser.close().await
}

/// Files about to be sent, refused, and in a conversation; and a picture that is looked at.
async fn files(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    browser.see_as(eyes).await?;
    browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    in_tray(browser, "there", 1).await?;
    let chosen = "[['fern,12', 'price list of the spring and summer.csv', ''], ['<svg/>', 'plan.svg', '']]";
    browser.script(&choose(chosen)).await?;
    in_tray(browser, "there", 2).await?;
    in_tray(browser, "failed", 1).await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-files-chosen").await?;
    let question = format!("Is this one a fern? ({})", eyes.name());
    visitor.says(&question).await?;
    browser.click("button", "Remove plan.svg").await?;
    visitor.reads("price list").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.browser.see_as(eyes).await?;
    agent.open("price list").await?;
    agent.browser.see_as(eyes).await?;
    agent.browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    in_tray(&agent.browser, "there", 1).await?;
    a_moment().await;
    agent.browser.picture_as(eyes, "inbox-files").await?;
    agent.browser.click("button", "Send").await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-files").await?;
    browser.script("[...document.querySelectorAll('.picture')].at(-1).click()").await?;
    agent.browser.script("document.querySelector('.picture').click()").await?;
    a_moment().await;
    browser.picture_as(eyes, "widget-viewer").await?;
    agent.browser.picture_as(eyes, "inbox-viewer").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

/// The chat as a page of its own and as a part of one.
async fn places(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    let own_page = format!("{}/chat/{}", theatre.stage.base_url(), theatre.stage.site_key());
    for (name, address) in [("widget-page", own_page), ("widget-inline", theatre.page("inline.html"))] {
        browser.goto(&address).await?;
        browser.see_as(eyes).await?;
        browser.until("it has its place", "return !!document.querySelector('#chat > *, body > div')").await?;
        browser.script("document.getElementById('chat')?.scrollIntoView(); return null").await?;
        browser.enter_panel().await?;
        browser.find("textbox", "Message").await?;
        browser.leave_panel().await?;
        a_moment().await;
        browser.picture_as(eyes, name).await?;
    }
    browser.close().await
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

/// A conversation that is handled, and the dialogs for it.
async fn handled(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = format!("My order has not come. ({})", eyes.name());
    visitor.says(&question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    browser.see_as(eyes).await?;
    agent.open(&question).await?;
    let dialogs = [
        ("a", " ", "inbox-assign"),
        ("p", "urg", "inbox-priority"),
        ("l", "Late order", "inbox-labels"),
        ("h", " ", "inbox-snooze"),
    ];
    for (keys, typed, name) in dialogs {
        browser.press(keys).await?;
        browser.until("a dialog", "return !!document.querySelector('dialog[open] [role=combobox]')").await?;
        browser.press(typed).await?;
        a_moment().await;
        browser.picture_as(eyes, name).await?;
        browser.press(Key::Enter).await?;
        if keys == "l" {
            browser.press(Key::Escape).await?;
        }
    }
    browser.until("it is done", "return document.body.innerText.includes('Undo')").await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-handled").await?;
    browser.press("]").await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-handled-details").await?;
    browser.press(Key::Escape).await?;
    browser.press("gp").await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-pending").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn searched(theatre: &Theatre, eyes: Eyes) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = format!("Can I have a refund for the monstera? ({})", eyes.name());
    visitor.says(&question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open(&question).await?;
    agent.replies("Of course, the refund is on its way.").await?;
    agent.reads("the refund is on its way").await?;
    agent.browser.press(Key::Escape).await?;
    agent.browser.press("n").await?;
    agent.browser.press("Second refund this year, be generous.").await?;
    agent.browser.press(Key::Enter).await?;
    agent.reads("be generous").await?;
    let browser = &agent.browser;
    browser.goto(&theatre.inbox("")).await?;
    browser.see_as(eyes).await?;
    browser.until("the field is there", "return !!document.querySelector('#search')").await?;
    // The index hears of what was said before the agent's eyes within ten seconds (WS7).
    tokio::time::sleep(Duration::from_secs(11)).await;
    browser.press("/").await?;
    browser.press("refund").await?;
    browser
        .until("something is found", "return document.querySelectorAll('#results mark').length > 2")
        .await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-search").await?;
    browser.press(" unheard-of").await?;
    browser.until("nothing is found", "return !document.querySelector('#results mark')").await?;
    a_moment().await;
    browser.picture_as(eyes, "inbox-search-nothing").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}
