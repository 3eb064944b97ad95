//! What stays on a visitor's device, who hears of them, and what those hear who ask not to be followed.

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::hours::Shop;
use super::proactive::{after_a_second, is_shown, says};
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("PV1 PV2 all that is stored stands in the manifest, and nobody else is asked", |theatre| {
        theatre.tell(declared(theatre))
    }),
    ("PV3 who asks not to be followed is not", |theatre| theatre.tell(unfollowed(theatre))),
];

/// Notes whatever is stored, also what is taken away again at once.
const NOTES: &str = "
    window.stored = [];
    const set = Storage.prototype.setItem;
    Storage.prototype.setItem = function (key, text) {
        window.stored.push([this === window.localStorage ? 'localStorage' : 'sessionStorage', key]);
        set.call(this, key, text);
    };
    const note = (target, method) => {
        const call = target?.[method];
        if (call) target[method] = function (...values) {
            window.stored.push([method, String(values[0])]);
            return call.apply(this, values);
        };
    };
    note(window.indexedDB && IDBFactory.prototype, 'open');
    note(window.caches && CacheStorage.prototype, 'open');
    note(navigator.storage && StorageManager.prototype, 'getDirectory');
    note(navigator.serviceWorker && ServiceWorkerContainer.prototype, 'register');
";

/// What was stored that no entry of the manifest allows, and the entries that nothing was stored under.
const COMPARE: &str = r"
    const manifest = await (await fetch(MANIFEST)).json();
    const entries = manifest.items.map(({ key, places }) => {
        const pattern = key.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{\w+\}/g, '[\\w-]+');
        return { key, places, form: new RegExp(`^${pattern}$`) };
    });
    const allows = ([place, key]) => ({ places, form }) => places.includes(place) && form.test(key);
    done([
        stored.filter((item) => !entries.some(allows(item))),
        entries.filter((entry) => !stored.some((item) => allows(item)(entry))).map(({ key }) => key),
        document.cookie,
        manifest.items.map(({ category }) => category).filter((category) => !['necessary', 'preferences'].includes(category)),
    ]);
";

/// The origins that a document has asked anything of.
const ASKED: &str =
    "return [...new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).origin))]";

async fn declared(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    says(&mut shop, &json!([after_a_second("Any questions?")]));
    let browser = theatre.browser().await?;
    browser.before_pages(NOTES).await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    let visitor = VisitorAtShop { browser };
    is_shown(&visitor.browser, "Any questions?").await?;
    a_moment().await;
    assert_eq!(visitor.browser.script("return window.stored").await?, json!([]), "before the first intent");
    visitor.browser.click("button", "Close").await?;
    visitor.open_chat().await?;
    visitor.says("What do you keep?").await?;
    visitor.reads("Sent").await?;
    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.click("button", "Turn sound off").await?;
    visitor.browser.find("button", "Turn sound on").await?;
    let from_frame = visitor.browser.script(ASKED).await?;
    assert_eq!(from_frame, json!([theatre.stage.base_url()]));
    visitor.browser.leave_panel().await?;
    let compare = COMPARE.replace("MANIFEST", &format!("'{}/storage.json'", theatre.stage.base_url()));
    let compared = visitor
        .browser
        .script_until_done(&format!("const done = arguments[0]; (async () => {{ {compare} }})()"))
        .await?;
    // What is stored of who has agreed only, a story of visitors sees.
    assert_eq!(compared, json!([[], ["porchlight:{site}~"], "", ["statistics"]]));
    let from_page = visitor.browser.script(ASKED).await?;
    let shop = site.base_url();
    let own = [theatre.stage.base_url(), shop.as_str()];
    let is_own = |origin: &serde_json::Value| own.iter().any(|own| origin == own);
    assert!(from_page.as_array().is_some_and(|origins| origins.iter().all(is_own)), "{from_page:?}");
    visitor.browser.close().await
}

async fn unfollowed(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    for (number, signal) in
        ["globalPrivacyControl', { value: true }", "doNotTrack', { value: '1' }"].iter().enumerate()
    {
        let browser = theatre.browser().await?;
        browser.before_pages(&format!("Object.defineProperty(navigator, '{signal});")).await?;
        browser.goto(&theatre.page("index.html")).await?;
        let follow = format!("location.href = '{}'; return null", theatre.page("cart.html"));
        browser.script(&follow).await?;
        browser.until("the next page is there", "return location.pathname === '/cart.html'").await?;
        assert_ne!(browser.script("return document.referrer").await?, json!(""), "the browser tells it");
        let visitor = VisitorAtShop { browser };
        visitor.open_chat().await?;
        visitor.says(&format!("Not followed {number}")).await?;
        agent.open(&format!("Not followed {number}")).await?;
        let has_page =
            "return [...document.querySelectorAll('dd a')].some(({ href }) => href.endsWith('/cart.html'))";
        agent.browser.until("the page of the question is shown", has_page).await?;
        let has_referrer =
            "return [...document.querySelectorAll('dd a')].some(({ href }) => href.endsWith('/index.html'))";
        assert_eq!(agent.browser.script(has_referrer).await?, json!(false));
        visitor.browser.leave_panel().await?;
        visitor.browser.script("history.pushState({}, '', 'cart.html?step=pay'); return null").await?;
        a_moment().await;
        visitor.browser.enter_panel().await?;
        visitor.says(&format!("Still not {number}")).await?;
        agent.reads(&format!("Still not {number}")).await?;
        let is_followed = "return document.body.innerText.includes('step=pay')";
        assert_eq!(agent.browser.script(is_followed).await?, json!(false));
        visitor.browser.close().await?;
    }
    agent.browser.close().await
}
