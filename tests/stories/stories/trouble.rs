//! The server goes away and comes back. These stories restart the shared server.

use std::time::Duration;

use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment, assert_in_order};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("kill -9 of the server in mid-conversation", |theatre| theatre.tell(killed(theatre))),
    ("SY9 a short cut shows nothing, a longer one is told and taken back once", |theatre| {
        theatre.tell(reconnecting(theatre));
    }),
    ("five messages written offline arrive once and in order", |theatre| theatre.tell(offline(theatre))),
    ("SY19 what was written before a reload is sent after it", |theatre| theatre.tell(reloaded(theatre))),
    ("SY40 what a closed tab has left is sent by another, once", |theatre| theatre.tell(closed(theatre))),
    ("IB18 what an agent wrote in a tab that was closed is sent by another", |theatre| {
        theatre.tell(closed_by_agent(theatre))
    }),
    ("SY9 an inbox that reconnects says so after two seconds, and not before", |theatre| {
        theatre.tell(inbox_reconnecting(theatre))
    }),
    ("WG23 a page asks before it is left only while something could not be kept", |theatre| {
        theatre.tell(not_kept(theatre))
    }),
    ("IB18 an inbox asks before it is left only while something could not be kept", |theatre| {
        theatre.tell(not_kept_by_agent(theatre))
    }),
    ("IB127 an inbox that has stopped, or could not be loaded, says so and is loaded again", |theatre| {
        theatre.tell(stopped(theatre))
    }),
];

async fn killed(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Before the crash").await?;
    agent.open("Before the crash").await?;
    agent.replies("Still here").await?;
    visitor.reads("Still here").await?;
    theatre.stage.kill();
    visitor.says("During the crash").await?;
    visitor.reads("During the crash").await?;
    agent.replies("I heard nothing").await?;
    theatre.stage.launch();
    agent.reads("During the crash").await?;
    // It crossed what the visitor wrote (CV30).
    agent
        .browser
        .until(
            "the reply goes out",
            "[...document.querySelectorAll('.held button')].find((one) => one.textContent.includes('Send anyway'))?.click();
             return document.querySelector('.held') === null && document.querySelector('[role=log]').innerText.includes('I heard nothing')",
        )
        .await?;
    visitor.reads("I heard nothing").await?;
    let said = ["Before the crash", "Still here", "During the crash", "I heard nothing"];
    for all in
        [visitor.browser.text_of("log", "Messages").await?, agent.browser.text_of("log", "Messages").await?]
    {
        for text in said {
            assert_eq!(all.matches(text).count(), 1, "{text:?} once in {all:?}");
        }
    }
    agent.browser.reload().await?;
    agent.reads("I heard nothing").await?;
    agent.reads("During the crash").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn offline(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Going into a tunnel").await?;
    agent.open("Going into a tunnel").await?;
    theatre.stage.kill();
    let texts = ["tunnel one", "tunnel two", "tunnel three", "tunnel four", "tunnel five"];
    for text in texts {
        visitor.says(text).await?;
    }
    visitor.browser.until("the panel says so", "return /reconnect/i.test(document.body.innerText)").await?;
    visitor.browser.write("textbox", "Message", "half a thou").await?;
    theatre.stage.launch();
    agent.reads("tunnel five").await?;
    a_moment().await;
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    assert_in_order(&visitor.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.until("it reconnected", "return !/reconnect/i.test(document.body.innerText)").await?;
    visitor.browser.write("textbox", "Message", "ght").await?;
    visitor.browser.press(Key::Enter).await?;
    agent.reads("half a thought").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Notes the frame's sockets, and whatever the banner says, with the time.
const WATCH: &str = "
    const send = WebSocket.prototype.send;
    WebSocket.prototype.send = function (data) {
        if (window.socket !== this) {
            window.socket = this;
            this.addEventListener('message', () => { window.back = performance.now(); }, { once: true });
        }
        return send.call(this, data);
    };
    const banner = document.querySelector('[role=status] span');
    window.told = [];
    const note = () => {
        if (window.told.at(-1)?.[0] !== banner.textContent) window.told.push([banner.textContent, performance.now()]);
    };
    new MutationObserver(note).observe(banner, { subtree: true, childList: true, characterData: true });
";

/// After so long a connection makes up for earlier failures (SY3).
const SOUND: Duration = Duration::from_millis(10_500);

/// Closes the frame's socket.
const CUT: &str = "window.cut = window.socket; window.cutAt = performance.now(); window.socket.close()";

async fn reconnecting(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.browser.script(WATCH).await?;
    visitor.says("Can you hear me?").await?;
    visitor.reads("Sent").await?;
    // On a machine that is busy a cut may last longer than meant: what counts is how long each was.
    let mut short_cuts = 0;
    for _ in 0..8 {
        // What failed before is forgotten then (SY3), so that it comes back within a second.
        tokio::time::sleep(SOUND).await;
        visitor.browser.script(CUT).await?;
        visitor.browser.until("it is back", "return window.socket !== window.cut").await?;
        visitor.says("And now?").await?;
        visitor.browser.until("it is stored", "return !document.querySelector('.sending')").await?;
        let lasted = visitor.browser.script("return window.back - window.cutAt").await?;
        let told = visitor.browser.script("return window.told.splice(0)").await?;
        if lasted.as_f64().is_some_and(|lasted| lasted < 1_800.0) {
            short_cuts += 1;
            assert_eq!(told, serde_json::json!([]), "a cut of {lasted} ms was told");
        }
        if short_cuts == 3 {
            break;
        }
    }
    assert_eq!(short_cuts, 3, "three of eight cuts were short");

    let began = visitor.browser.script("return performance.now()").await?;
    theatre.stage.kill();
    visitor.browser.until("it is told", "return window.told.length > 0").await?;
    theatre.stage.launch();
    visitor.browser.until("it is back", "return window.told.length > 1").await?;
    a_moment().await;
    let told = visitor.browser.script("return window.told").await?;
    let said: Vec<&str> =
        told.as_array().into_iter().flatten().filter_map(|entry| entry[0].as_str()).collect();
    assert_eq!(said, ["Reconnecting… what you write is kept.", ""], "once, and taken back once");
    let after = told[0][1].as_f64().unwrap_or_default() - began.as_f64().unwrap_or_default();
    assert!(after >= 2_000.0, "told after {after} ms");
    visitor.browser.close().await
}

async fn reloaded(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Kept one").await?;
    visitor.reads("Sent").await?;
    theatre.stage.kill();
    visitor.says("Kept two").await?;
    visitor.says("Kept three").await?;
    visitor.reads("Kept three").await?;
    theatre.stage.launch();
    visitor.browser.leave_panel().await?;
    visitor.browser.reload().await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Kept three").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Kept three").await?;
    let texts = ["Kept one", "Kept two", "Kept three"];
    agent.reads("Kept three").await?;
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn closed(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Both tabs know this").await?;
    visitor.reads("Sent").await?;
    agent.open("Both tabs know this").await?;
    visitor.browser.new_tab(&theatre.page("pilea.html")).await?;
    visitor.open_chat().await?;
    visitor.reads("Both tabs know this").await?;
    theatre.stage.kill();
    visitor.says("Second tab one").await?;
    visitor.browser.switch_to_tab(0).await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Second tab one").await?;
    visitor.says("First tab two").await?;
    visitor.says("First tab three").await?;
    visitor.reads("First tab three").await?;
    visitor.browser.close_tab().await?;
    visitor.browser.switch_to_tab(0).await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("First tab three").await?;
    theatre.stage.launch();
    let texts = ["Both tabs know this", "Second tab one", "First tab two", "First tab three"];
    agent.reads("First tab three").await?;
    visitor.reads("Seen").await?;
    a_moment().await;
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    assert_in_order(&visitor.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.leave_panel().await?;
    assert_eq!(visitor.browser.script(KEPT).await?, 0, "nothing is kept of what is stored");
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn closed_by_agent(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Which tab is it?").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Which tab is it?").await?;
    let address = agent.browser.script("return location.href").await?;
    agent.browser.new_tab(address.as_str().unwrap_or_default()).await?;
    agent.reads("Which tab is it?").await?;
    theatre.stage.kill();
    agent.replies("The second one").await?;
    agent.reads("The second one").await?;
    agent.replies("and nothing else").await?;
    agent.reads("and nothing else").await?;
    agent.browser.close_tab().await?;
    agent.browser.switch_to_tab(0).await?;
    agent.reads("and nothing else").await?;
    theatre.stage.launch();
    visitor.reads("and nothing else").await?;
    a_moment().await;
    let texts = ["Which tab is it?", "The second one", "and nothing else"];
    assert_in_order(&agent.browser.text_of("log", "Messages").await?, &texts);
    assert_in_order(&visitor.browser.text_of("log", "Messages").await?, &texts);
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Notes when each banner of the inbox is there, and for how long.
const WATCH_BANNERS: &str = "
    window.banners = [];
    const note = () => {
        const text = [...document.querySelectorAll('[role=status]')].map((one) => one.innerText).find((text) => text.includes('Keep writing')) ?? '';
        if ((window.banners.at(-1)?.[0] ?? '') !== text) window.banners.push([text, performance.now()]);
    };
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true });
    return performance.now();
";

async fn inbox_reconnecting(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Are you there?").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Are you there?").await?;
    tokio::time::sleep(SOUND).await;
    let began = agent.browser.script(WATCH_BANNERS).await?;
    theatre.stage.kill();
    agent.browser.until("it is told", "return window.banners.length > 0").await?;
    theatre.stage.launch();
    agent.browser.until("it is taken back", "return window.banners.at(-1)[0] === ''").await?;
    a_moment().await;
    let told = agent.browser.script("return window.banners").await?;
    let after = told[0][1].as_f64().unwrap_or_default() - began.as_f64().unwrap_or_default();
    assert!(after >= 2_000.0, "told after {after} ms");
    let taken_back = told.as_array().into_iter().flatten().filter(|entry| entry[0] == "").count();
    assert_eq!(taken_back, 1, "once, without a flicker: {told}");
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// How many messages the page keeps.
pub(super) const KEPT: &str =
    "return Object.keys(localStorage).filter((key) => /^porchlight:[^:]+:/.test(key)).length";

/// Whether the page would ask before it is left.
pub(super) const ASKS: &str = "const event = new Event('beforeunload', { cancelable: true });
dispatchEvent(event);
return event.defaultPrevented";

const DENY_STORAGE: &str =
    "Storage.prototype.setItem = () => { throw new DOMException('denied', 'SecurityError'); }; return null";

async fn not_kept(theatre: &Theatre) -> WebDriverResult<()> {
    for is_denied in [false, true] {
        let visitor = VisitorAtShop::come(theatre, "index.html").await?;
        if is_denied {
            visitor.browser.script(DENY_STORAGE).await?;
        }
        visitor.open_chat().await?;
        visitor.says("Before it").await?;
        visitor.reads("Sent").await?;
        visitor.browser.leave_panel().await?;
        assert_eq!(visitor.browser.script(ASKS).await?, false);
        theatre.stage.kill();
        visitor.browser.enter_panel().await?;
        visitor.says("Not sent yet").await?;
        visitor.reads("Not sent yet").await?;
        a_moment().await;
        visitor.browser.leave_panel().await?;
        assert_eq!(visitor.browser.script(ASKS).await?, is_denied);
        assert_eq!(visitor.browser.script(KEPT).await?, u8::from(!is_denied));
        visitor.browser.enter_panel().await?;
        let said = if is_denied { "keep this page open" } else { "what you write is kept" };
        visitor.browser.shows(said).await?;
        theatre.stage.launch();
        visitor
            .browser
            .until("it is sent", "return /Not sent yet[^]*Sent/.test(document.body.innerText)")
            .await?;
        visitor.browser.leave_panel().await?;
        assert_eq!(visitor.browser.script(ASKS).await?, false);
        visitor.browser.close().await?;
    }
    Ok(())
}

async fn not_kept_by_agent(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Is anybody at the till?").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Is anybody at the till?").await?;
    // What is written before that is held, once the server is back (CV30).
    agent.reads("Is anybody at the till?").await?;
    for (is_denied, reply) in [(false, "Ada is"), (true, "Bob as well")] {
        if is_denied {
            agent.browser.script(DENY_STORAGE).await?;
        }
        theatre.stage.kill();
        agent.replies(reply).await?;
        agent.reads(reply).await?;
        a_moment().await;
        assert_eq!(agent.browser.script(ASKS).await?, is_denied);
        let said = if is_denied { "This browser keeps nothing" } else { "what you send is kept" };
        agent.browser.shows(said).await?;
        theatre.stage.launch();
        visitor.reads(reply).await?;
        a_moment().await;
        assert_eq!(agent.browser.script(ASKS).await?, false);
    }
    visitor.browser.close().await?;
    agent.browser.close().await
}

/// Runs a module that does nothing but trap, as a panic does.
const TRAP: &str = "setTimeout(() => new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array([
    0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11,
]))).exports.f())";

/// Lets the first page of a tab have no module.
const NO_MODULE: &str = "if (!sessionStorage.loaded) {
    sessionStorage.loaded = true;
    const all = fetch;
    window.fetch = (from, ...rest) =>
        String(from.url ?? from).endsWith('.wasm') ? Promise.reject(new TypeError('Failed to fetch')) : all(from, ...rest);
}";

async fn stopped(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Do you mend lamps?").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Do you mend lamps?").await?;
    agent.browser.write("textbox", "Reply", "We do, and").await?;
    a_moment().await;
    agent.browser.script(TRAP).await?;
    agent.browser.find("alertdialog", "The inbox has stopped").await?;
    nothing_found(theatre, &agent.browser, "an inbox that has stopped").await?;
    agent.browser.pictures("inbox-stopped").await?;
    agent.browser.click("button", "Load again").await?;
    agent.reads("Do you mend lamps?").await?;
    let is_kept = "return document.querySelector('.composer textarea')?.value === 'We do, and'";
    agent.browser.until("the draft is there", is_kept).await?;

    agent.browser.before_pages(NO_MODULE).await?;
    agent.browser.reload().await?;
    agent.browser.find("alertdialog", "The inbox could not be loaded").await?;
    agent.browser.picture("inbox-not-loaded").await?;
    agent.browser.click("button", "Load again").await?;
    agent.reads("Do you mend lamps?").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}
