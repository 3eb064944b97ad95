//! What other windows try: they post to the loader and to the frame, and they show our pages within theirs.

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::reading::{VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG5 a foreign window posts to the loader and to the frame: nothing happens", |theatre| {
        theatre.tell(posts(theatre))
    }),
    ("WG5 another document in the frame's place is told nothing", |theatre| {
        theatre.tell(another_document(theatre))
    }),
    (
        "HD1 HD2 a foreign page shows neither the inbox nor the frame of a site that does not list it",
        |theatre| theatre.tell(framed(theatre)),
    ),
    ("WG6 what stands in the page's storage in another form is ignored", |theatre| {
        theatre.tell(other_storage(theatre))
    }),
];

/// Posts whatever the loader or the frame might take for a word of the other's, each time with a port that would answer.
const POST_ALL: &str = "
    window.heard = [];
    window.postAll = (target) => {
        const types = ['start', 'ready', 'open', 'close', 'session', 'keep', 'unkept', 'kept', 'lock', 'unread', 'page'];
        const all = types.map((type) => ({ type, id: 'a'.repeat(32), text: 'stolen', count: 99, open: false,
            focus: true, steal: true, held: true, code: null, token: 'stolen' }));
        for (const message of ['porchlight', ...all]) {
            const channel = new MessageChannel();
            channel.port1.onmessage = (event) => window.heard.push(JSON.stringify(event.data));
            target.postMessage(message, '*', [channel.port2]);
        }
    };
    addEventListener('message', (event) => window.heard.push(String(event.data)));
    return null;";

/// The foreign window is the shop's opener, so that it can reach whatever of the shop a window can reach.
async fn posts(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor =
        VisitorAtShop::come_to(theatre, &format!("{}/index.html", theatre.stranger.base_url())).await?;
    let browser = &visitor.browser;
    browser.script(POST_ALL).await?;
    let shop = json!(theatre.page("index.html"));
    browser.script(&format!("window.shop = open({shop}); return null;")).await?;
    browser.switch_to_tab(1).await?;
    visitor.open_chat().await?;
    visitor.says("Before the stranger").await?;
    visitor.reads("Sent").await?;

    browser.switch_to_tab(0).await?;
    let frames = browser.script("postAll(shop); return shop.length;").await?;
    assert_eq!(frames, json!(0), "from outside the chat's frame cannot even be found");
    let frame = json!(theatre.frame_of_shop());
    browser.script(&format!("window.chat = open({frame}); return null;")).await?;
    for _ in 0..3 {
        a_moment().await;
        browser.script("postAll(chat); return null;").await?;
    }
    a_moment().await;
    let heard = browser.script("return window.heard").await?;
    assert_eq!(heard, json!([]), "no port is answered and no word comes back");

    browser.switch_to_tab(1).await?;
    let kept = browser.script("return JSON.stringify(Object.entries(localStorage))").await?;
    assert!(!kept.to_string().contains("stolen"), "{kept}");
    browser.enter_panel().await?;
    browser.find("dialog", "Chat").await?;
    visitor.says("After the stranger").await?;
    visitor.reads("After the stranger").await?;
    visitor.browser.close().await
}

/// A document that notes whatever it is told, from before it has loaded.
const LISTENER: &str = "data:text/html,<p>Another</p><script>window.heard = [];\
    addEventListener('message', (event) => heard.push([event.data, event.ports.length]));</script>";

/// The page's own frame of the chat.
const FRAME: &str = "[...document.querySelectorAll('*')].find((element) => element.shadowRoot?.querySelector('iframe'))\
    .shadowRoot.querySelector('iframe')";

/// Once by the page, once from within: whatever the loader has to say meanwhile, it is not said to who took the place.
async fn another_document(theatre: &Theatre) -> WebDriverResult<()> {
    let listener = json!(LISTENER);
    for is_from_within in [false, true] {
        let browser = theatre.browser().await?;
        browser.ignore_policies().await?;
        browser.goto(&theatre.page("index.html")).await?;
        let visitor = VisitorAtShop { browser };
        let browser = &visitor.browser;
        visitor.open_chat().await?;
        visitor.says("Before the other document").await?;
        visitor.reads("Sent").await?;
        if is_from_within {
            browser.script(&format!("location = {listener}; return null;")).await?;
            browser.leave_panel().await?;
        } else {
            browser.leave_panel().await?;
            browser.script(&format!("{FRAME}.src = {listener}; return null;")).await?;
        }
        a_moment().await;

        browser.click("button", "Close chat").await?;
        browser.click("button", "Open chat").await?;
        let words = "
            history.pushState({}, '', '?elsewhere');
            dispatchEvent(new Event('online'));
            const key = Object.keys(localStorage).find((name) => /^porchlight:[0-9a-f]{32}$/.test(name));
            dispatchEvent(new StorageEvent('storage', { key: key + ':' + 'a'.repeat(32), newValue: 'eA' }));
            Porchlight.prefill('A secret');
            Porchlight.page({ title: 'A secret' });
            return null;";
        browser.script(words).await?;
        a_moment().await;
        browser.script(&format!("{FRAME}.contentWindow.postMessage('only this', '*'); return null;")).await?;
        a_moment().await;
        browser.enter_panel().await?;
        let heard = browser.script("return [document.body.innerText, window.heard]").await?;
        assert_eq!(heard, json!(["Another", [["only this", 0]]]), "from within: {is_from_within}");
        visitor.browser.close().await?;
    }
    Ok(())
}

async fn framed(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/index.html", theatre.stranger.base_url())).await?;
    let own_key = browser.script("return document.querySelector('script[data-site]').dataset.site").await?;
    let own_frame = format!("{}/widget/{}/frame", theatre.stage.base_url(), own_key.as_str().expect("a key"));
    let pages = [
        theatre.inbox(""),
        theatre.inbox("sign-in"),
        format!("{}/docs/api", theatre.stage.base_url()),
        own_frame,
    ];
    for page in pages {
        browser.console().await?;
        let add = format!(
            "const done = arguments[arguments.length - 1];
             document.querySelector('#ours')?.remove();
             const frame = document.createElement('iframe');
             frame.id = 'ours';
             frame.onload = () => done(null);
             frame.src = {};
             document.body.append(frame);",
            json!(page)
        );
        browser.script_until_done(&add).await?;
        let console = browser.console().await?;
        assert!(console.iter().any(|line| line.contains("frame-ancestors")), "{page}: {console:?}");
        browser.enter_frame("ours").await?;
        let shown = browser
            .script(
                "return location.protocol + document.querySelectorAll('main, form, [role=dialog]').length",
            )
            .await?;
        assert_eq!(shown, json!("chrome-error:0"), "{page} is not shown");
        browser.leave_panel().await?;
    }
    browser.close().await
}

async fn other_storage(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("Plain text only").await?;
    visitor.reads("Sent").await?;
    browser.leave_panel().await?;
    let spoil = "
        const name = Object.keys(localStorage).find((name) => /^porchlight:[0-9a-f]{32}$/.test(name));
        localStorage.setItem(name + ':<img src=x onerror=alert(1)>', 'eA');
        localStorage.setItem(name + ':' + 'b'.repeat(32), '\"><script>document.documentElement.dataset.pwned=1</script>');
        localStorage.setItem(name + ':' + 'c'.repeat(31), 'eA');
        localStorage.setItem(name, '{\"__proto__\":{\"polluted\":1}}');
        return /^[\\w.+-]+$/.test(name.replaceAll(':', ''));";
    assert_eq!(browser.script(spoil).await?, json!(true));
    browser.reload().await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    visitor.says("A new visitor").await?;
    visitor.reads("Sent").await?;
    let log = browser.text_of("log", "Messages").await?;
    assert!(!log.contains("Plain text only") && !log.contains("pwned"), "{log}");
    browser.leave_panel().await?;
    let marks = browser
        .script("return [document.documentElement.dataset.pwned ?? null, ({}).polluted ?? null]")
        .await?;
    assert_eq!(marks, json!([null, null]));
    let token = browser
        .script("return Object.entries(localStorage).filter(([name]) => /^porchlight:[0-9a-f]{32}$/.test(name)).map(([, value]) => /^[\\w.+-]+$/.test(value))")
        .await?;
    assert_eq!(token, json!([true]), "a good token has taken the place of the spoiled one");
    visitor.browser.close().await
}
