//! What the page around the chat can call and hear.

use serde_json::{Value, json};
use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment, assert_in_order};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("HP1 calls before, during and after the load keep their order", |theatre| {
        theatre.tell(in_order(theatre))
    }),
    ("HP4 what a page says is no intent, and what it opens is", |theatre| theatre.tell(intent(theatre))),
    ("HP5 HP6 a widget is taken away, begins again, and leaves nothing", |theatre| {
        theatre.tell(lives(theatre))
    }),
    ("HP7 HP14 a page hears of messages, whatever its listeners do", |theatre| theatre.tell(hears(theatre))),
    ("HP8 HP16 a page sends, and what cannot be sent says why", |theatre| theatre.tell(sends(theatre))),
    ("HP10 elements of the page open the chat", |theatre| theatre.tell(launchers(theatre))),
    ("HP11 HP12 nothing happens before consent, or before it is time", |theatre| {
        theatre.tell(waits(theatre))
    }),
    ("HP13 a page that stores nothing", |theatre| theatre.tell(unstored(theatre))),
    ("HP3 WG16 the API works under trusted types", |theatre| theatre.tell(trusted(theatre))),
];

/// Everything that the page has stored.
const STORED: &str =
    "return [document.cookie, Object.keys(localStorage).length, Object.keys(sessionStorage).length]";

/// What the page has fetched from us, by the last part of each address without its hash.
fn fetched(theatre: &Theatre) -> String {
    format!(
        "return performance.getEntriesByType('resource').map((entry) => entry.name)
            .filter((name) => name.startsWith('{}'))
            .map((name) => name.split('/').pop().split(/[?#]/)[0].replace(/-[0-9a-f]{{16}}/, ''))",
        theatre.stage.base_url()
    )
}

/// Runs the body of an asynchronous function and returns what it does, or the code of what it throws.
async fn run(browser: &Browser, body: &str) -> WebDriverResult<Value> {
    let script = format!(
        "const done = arguments[arguments.length - 1];
         (async () => {{ {body} }})().then((value) => done(value ?? null), (error) => done(error.code ?? String(error)));"
    );
    browser.script_until_done(&script).await
}

async fn come(theatre: &Theatre, page: &str) -> WebDriverResult<Browser> {
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page(page)).await?;
    Ok(browser)
}

async fn in_order(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "stub.html").await?;
    browser.until("all were answered", "return heard.at(-1) === 'open' && heard.includes('ready')").await?;
    let expected = json!(["function", false, "open", "close", "open", "close", "ready", "open"]);
    assert_eq!(browser.script("return heard").await?, expected);
    assert_eq!(browser.script("return Porchlight.isOpen()").await?, json!(true));
    let globals = "return Object.keys(window).filter((name) => /porch/i.test(name))";
    assert_eq!(browser.script(globals).await?, json!(["Porchlight"]));
    browser.close().await
}

async fn intent(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "index.html").await?;
    browser.find("button", "Open chat").await?;
    let words = "
        Porchlight.on('ready', () => {});
        Porchlight.prefill('About the fern');
        Porchlight.page({ title: 'Ferns' });
        Porchlight.setLauncher({ label: 'Ask us' });
        Porchlight.hide();
        Porchlight.show();
        await Porchlight.boot({ title: false });
        const me = await Porchlight.identify({ id: '1', name: 'Anna', proof: { getJwt: () => { window.asked = true; return ''; } } });
        return [me.status, me.profile.name, Porchlight.unread(), Porchlight.isOpen(), Porchlight.state.status];";
    assert_eq!(run(&browser, words).await?, json!(["unknown", "Anna", 0, false, "ready"]));
    browser.find("button", "Ask us").await?;
    a_moment().await;
    assert_eq!(browser.script(STORED).await?, json!(["", 0, 0]));
    let frames = "return [window.asked ?? false, document.querySelector('#porchlight, div[popover]').shadowRoot.querySelectorAll('iframe').length]";
    assert_eq!(browser.script(frames).await?, json!([false, 0]));
    assert_eq!(browser.script(&fetched(theatre)).await?, json!(["widget.js", "config", "api.js"]));

    run(&browser, "await Porchlight.identify(null); Porchlight.open();").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    browser
        .until(
            "it was written into the field",
            "return document.getElementById('field').value === 'About the fern'",
        )
        .await?;
    browser.until("the keyboard is there", "return document.activeElement?.id === 'field'").await?;
    browser.leave_panel().await?;
    browser.until("there is a session", "return localStorage.length === 1").await?;
    let me =
        "await new Promise((resolve) => setTimeout(resolve, 300)); return (await Porchlight.whoami()).status";
    assert_eq!(run(&browser, me).await?, json!("anonymous"));
    browser.close().await
}

/// Notes what listens to the window, the document and the screen, and which timers run.
const WATCH: &str = "
    window.live = new Set();
    const add = EventTarget.prototype.addEventListener;
    const remove = EventTarget.prototype.removeEventListener;
    const isOurs = (target) => [window, document, window.visualViewport, window.navigation].includes(target ?? window);
    EventTarget.prototype.addEventListener = function (type, listener, options) {
        if (isOurs(this)) {
            const entry = { type, listener };
            live.add(entry);
            options?.signal && add.call(options.signal, 'abort', () => live.delete(entry));
        }
        return add.call(this, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
        for (const entry of live) if (entry.type === type && entry.listener === listener) live.delete(entry);
        return remove.call(this, type, listener, options);
    };
    const { setTimeout, clearTimeout } = window;
    window.setTimeout = (act, after, ...values) => {
        const entry = { type: 'timer ' + after };
        const id = setTimeout(() => { live.delete(entry); act(...values); }, after);
        entry.id = id;
        live.add(entry);
        return id;
    };
    window.clearTimeout = (id) => {
        for (const entry of live) if (id !== undefined && entry.id === id) live.delete(entry);
        clearTimeout(id);
    };
    const { observe, disconnect } = MutationObserver.prototype;
    MutationObserver.prototype.observe = function (...values) { live.add(this); return observe.apply(this, values); };
    MutationObserver.prototype.disconnect = function () { live.delete(this); return disconnect.call(this); };
";

/// Our elements in the page.
const HOSTS: &str =
    "return [...document.querySelectorAll('*')].filter((element) => element.shadowRoot).length";

async fn lives(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.before_pages(WATCH).await?;
    browser.goto(&theatre.page("index.html")).await?;
    browser.find("button", "Open chat").await?;
    run(&browser, "window.events = []; Porchlight.on('stateChange', ({ state }) => events.push(state.status)); await Porchlight.sendMessage('Once'); Porchlight.open()").await?;
    browser.enter_panel().await?;
    browser.reads("log", "Messages", "Once").await?;
    browser.leave_panel().await?;

    let state = run(&browser, "Porchlight.identify({ name: 'Anna' }); await Porchlight.shutdown(); return [Porchlight.state.status, Porchlight.isOpen(), (await Porchlight.whoami()).profile]").await?;
    assert_eq!(state, json!(["shutdown", false, {}]));
    assert_eq!(browser.script(HOSTS).await?, json!(0));
    assert_eq!(browser.script("return sessionStorage.length").await?, json!(0), "it was closed");

    // The same visitor, and no tag: the page says that it begins again, twice.
    run(&browser, "Porchlight.open(); await Promise.all([Porchlight.boot(), Porchlight.boot()]);").await?;
    assert_eq!(browser.script(HOSTS).await?, json!(1));
    browser.enter_panel().await?;
    browser.reads("log", "Messages", "Once").await?;
    browser.leave_panel().await?;

    let token = "return localStorage.getItem(Object.keys(localStorage)[0])";
    let before = browser.script(token).await?;
    run(&browser, "await Porchlight.reset();").await?;
    assert_eq!(browser.script(STORED).await?, json!(["", 0, 0]), "nothing is known of anybody");
    run(&browser, "Porchlight.open();").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    assert_eq!(browser.text_of("log", "Messages").await?.matches("Once").count(), 0);
    browser.leave_panel().await?;
    browser.until("there is another visitor", "return localStorage.length === 1").await?;
    assert_ne!(browser.script(token).await?, before);

    run(&browser, "window.kept = Porchlight; Porchlight.destroy();").await?;
    assert_eq!(browser.script(HOSTS).await?, json!(0));
    assert_eq!(browser.script("return 'Porchlight' in window").await?, json!(false));
    browser.until("nothing listens or waits", "return live.size === 0").await?;
    let late = "kept.open(); kept('open'); return kept.isOpen()";
    assert_eq!(run(&browser, late).await?, json!(false));
    assert_eq!(browser.script(HOSTS).await?, json!(0));
    browser.close().await
}

async fn hears(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    browser.find("button", "Open chat").await?;
    let listen = "
        window.heard = [];
        window.dom = [];
        window.late = new AbortController();
        window.rung = 0;
        window.AudioContext = class extends AudioContext { constructor() { super(); window.rung += 1; } };
        window.icon = document.querySelector('link[rel=icon]').outerHTML;
        Porchlight.on('messageSent', () => { throw new Error('the page is broken'); });
        for (const name of ['messageSent', 'messageReceived', 'unreadChange'])
            Porchlight.on(name, ({ message, unread }) => heard.push([name, message?.text ?? unread, message?.author ?? null]));
        Porchlight.on('messageReceived', () => heard.push(['aborted']), { signal: late.signal });
        const end = Porchlight.on('messageReceived', () => heard.push(['ended']));
        late.abort();
        end();
        Porchlight.once('messageSent', () => heard.push(['once']));
        addEventListener('porchlight:messageReceived', (event) => dom.push(Object.keys(event.detail.message).sort()));
        await Porchlight.ready();";
    run(browser, listen).await?;
    visitor.open_chat().await?;
    visitor.says("Is anybody there?").await?;
    visitor.reads("Sent").await?;
    visitor.says("I wait").await?;
    browser.leave_panel().await?;
    browser.until("both were told", "return heard.length === 3").await?;
    browser.click("button", "Close chat").await?;

    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("I wait").await?;
    agent.replies("Yes, Anna").await?;
    browser.until("the answer was told", "return heard.some(([name]) => name === 'unreadChange')").await?;
    browser
        .until("the title says so", "return document.title === '(1) Fernwood: plants that forgive you'")
        .await?;
    browser
        .until(
            "and the icon",
            "return document.querySelector('link[rel=icon]')?.href.startsWith('data:image/png')",
        )
        .await?;
    let heard = browser.script("return heard").await?;
    let received = heard.as_array().expect("a list").iter().find(|entry| entry[0] == "messageReceived");
    assert_eq!(received.expect("it was told")[1], json!("Yes, Anna"));
    assert!(received.expect("it was told")[2].is_string(), "{heard}");
    let count =
        |name: &str| heard.as_array().expect("a list").iter().filter(|entry| entry[0] == name).count();
    assert_eq!(
        [count("messageSent"), count("once"), count("messageReceived"), count("aborted"), count("ended")],
        [2, 1, 1, 0, 0]
    );
    assert_eq!(browser.script("return dom").await?, json!([["author", "createdAt", "from", "id"]]));

    browser.until("it sounds", "return window.rung === 1").await?;

    // The page's own new title counts, and what was there is put back.
    browser.script("document.title = 'Ferns'; return null").await?;
    browser.until("the new title", "return document.title === '(1) Ferns'").await?;
    browser.click("button", "Open chat").await?;
    browser
        .until("all is as it was", "return document.title === 'Ferns' && document.querySelector('link[rel=icon]').outerHTML === icon")
        .await?;
    assert_eq!(browser.script("return document.querySelectorAll('link[rel*=icon]').length").await?, json!(1));
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn sends(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "index.html").await?;
    let sent = "
        window.failed = [];
        Porchlight.on('error', ({ error }) => failed.push(error.code));
        const message = await Porchlight.sendMessage('Do you ship to Oslo?');
        return [message.text, message.from, Porchlight.isOpen()]";
    assert_eq!(run(&browser, sent).await?, json!(["Do you ship to Oslo?", "visitor", false]));
    let several =
        "const sent = await Promise.all(['One', 'Two', 'Three'].map((text) => Porchlight.sendMessage(text)));
        return [sent.map(({ text }) => text), new Set(sent.map(({ id }) => id)).size]";
    assert_eq!(run(&browser, several).await?, json!([["One", "Two", "Three"], 3]));
    for (call, code) in [
        ("sendMessage('  ')", "empty"),
        ("sendMessage(7)", "bad_argument"),
        ("sendMessage('x'.repeat(20000))", "too_long"),
        ("sendMessage('a\\u0000b')", "bad_text"),
        ("dance()", "bad_argument"),
    ] {
        assert_eq!(run(&browser, &format!("await Porchlight.{call}")).await?, json!(code), "{call}");
    }
    run(&browser, "Porchlight.update({ beforeSend: ({ text }) => text.includes('card') ? false : { text: text + ' (from the shop)' } }); Porchlight.open();").await?;
    browser.enter_panel().await?;
    for text in ["My card is 4111", "Hello"] {
        browser.write("textbox", "Message", text).await?;
        browser.click("button", "Send").await?;
    }
    browser.reads("log", "Messages", "Hello (from the shop)").await?;
    let all = browser.text_of("log", "Messages").await?;
    assert_in_order(&all, &["Do you ship to Oslo?", "One", "Two", "Three", "Hello (from the shop)"]);
    assert_eq!(browser.text_of("log", "Messages").await?.matches("4111").count(), 0);
    browser.leave_panel().await?;
    assert_eq!(run(&browser, "await Porchlight.sendMessage('my card')").await?, json!("cancelled"));
    browser.close().await
}

async fn launchers(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "launchers.html").await?;
    let expanded = |value: &str| {
        format!("return [...document.querySelectorAll('.ask')].every((one) => one.getAttribute('aria-expanded') === '{value}'
            && document.getElementById(one.getAttribute('aria-controls'))?.shadowRoot)")
    };
    browser.until("they say that it is closed", &expanded("false")).await?;
    let own =
        "return document.getElementById('porchlight').shadowRoot.querySelector('button').checkVisibility()";
    assert_eq!(browser.script(own).await?, json!(false));
    browser.click("link", "Ask by link").await?;
    browser.until("they say that it is open", &expanded("true")).await?;
    assert_eq!(browser.script("return location.pathname").await?, json!("/launchers.html"));
    browser.script("Porchlight.close(); return null").await?;
    for (key, what) in [("\u{e007}", "Enter"), (" ", "Space")] {
        browser.script("document.querySelector('span.ask').focus(); return null").await?;
        browser.press(key).await?;
        browser.until(what, &expanded("true")).await?;
        browser.enter_panel().await?;
        browser.find("textbox", "Message").await?;
        browser.until("the keyboard is in the chat", "return document.activeElement?.id === 'field'").await?;
        browser.press("\u{e00c}").await?;
        browser.leave_panel().await?;
        browser
            .until(
                "it is closed, and the keyboard back",
                "return !Porchlight.isOpen() && document.activeElement.matches('span.ask')",
            )
            .await?;
    }
    let add = "const late = document.createElement('button'); late.className = 'ask'; late.textContent = 'Ask late'; document.body.append(late); return null";
    browser.script(add).await?;
    browser.until("the late one says so as well", &expanded("false")).await?;
    browser.click("button", "Ask late").await?;
    browser.until("it opens", &expanded("true")).await?;
    browser.close().await
}

async fn waits(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "consent.html").await?;
    browser.until("the loader is there", "return !!window.Porchlight").await?;
    run(&browser, "Porchlight.open(); Porchlight.on('ready', () => (window.isReady = true));").await?;
    browser.script("dispatchEvent(new PointerEvent('pointerdown')); return null").await?;
    a_moment().await;
    assert_eq!(browser.script(&fetched(theatre)).await?, json!(["widget.js"]));
    assert_eq!(browser.script(STORED).await?, json!(["", 0, 0]));
    run(&browser, "Porchlight.setConsent(true);").await?;
    browser.until("it begins", "return window.isReady && Porchlight.isOpen()").await?;
    browser.until("it stores", "return localStorage.length === 1").await?;
    run(&browser, "Porchlight.setConsent(false);").await?;
    browser.until("all is gone", "return localStorage.length + sessionStorage.length === 0").await?;
    assert_eq!(browser.script(HOSTS).await?, json!(0));

    browser.goto(&theatre.page("boot.html")).await?;
    browser.until("the loader is there", "return !!window.Porchlight?.boot").await?;
    a_moment().await;
    assert_eq!(browser.script(&fetched(theatre)).await?, json!(["widget.js"]), "not even for `boot`");
    run(&browser, "Porchlight.setConsent(true);").await?;
    browser.find("button", "Open chat").await?;
    run(&browser, "Porchlight.setConsent(false);").await?;

    browser.goto(&theatre.page("interaction.html")).await?;
    browser.until("the loader is there", "return !!window.Porchlight").await?;
    a_moment().await;
    assert_eq!(browser.script(HOSTS).await?, json!(0));
    browser.script("dispatchEvent(new PointerEvent('pointermove')); return null").await?;
    browser.find("button", "Open chat").await?;

    browser.goto(&theatre.page("manual.html")).await?;
    browser.until("the loader is there", "return !!window.Porchlight").await?;
    run(&browser, "Porchlight.open();").await?;
    a_moment().await;
    assert_eq!(browser.script(HOSTS).await?, json!(0));
    let boot = format!(
        "await Porchlight.boot({{ site: '{}' }}); return Porchlight.isOpen()",
        theatre.stage.site_key()
    );
    assert_eq!(run(&browser, &boot).await?, json!(true));
    browser.close().await
}

async fn unstored(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "unstored.html").await?;
    run(&browser, "await Porchlight.sendMessage('Unstored');").await?;
    assert_eq!(browser.script(STORED).await?, json!(["", 0, 0]));
    browser.reload().await?;
    run(&browser, "Porchlight.open(); await Porchlight.ready();").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    assert_eq!(browser.text_of("log", "Messages").await?.matches("Unstored").count(), 0);
    browser.close().await
}

async fn trusted(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = come(theatre, "trusted.html").await?;
    // The API's file is there already: nothing waits for it.
    browser.until("the launcher is there", "return Porchlight.state?.status === 'ready'").await?;
    run(&browser, "await Porchlight.sendMessage('Trusted');").await?;
    assert_eq!(browser.script("return Porchlight.state.connection").await?, json!("connected"));
    let corner = "return document.querySelector('div[popover]').shadowRoot.querySelector('button').getBoundingClientRect().left";
    assert_eq!(browser.script(corner).await?, json!(20));
    let console = browser.console().await?;
    // The page has no icon of its own.
    let told: Vec<_> = console.iter().filter(|line| !line.contains("favicon.ico")).collect();
    assert!(told.is_empty(), "{told:?}");
    browser.close().await
}
