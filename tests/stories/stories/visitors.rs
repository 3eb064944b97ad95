//! Who is on a site, as its team sees it, and what an agent says first.

use serde_json::{Value, json};
use tests::Case;
use tests::http::{get, post};
use tests::random;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::hours::Shop;
use super::proactive::is_shown;
use crate::reading::VisitorAtShop;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    (
        "VN2 VN7 PV5 nothing is told or stored of who has not agreed, nor of who asks not to be followed",
        |theatre| theatre.tell(unseen(theatre)),
    ),
    ("VN2 VN3 VN7 who has agreed is told on each page, with one visit, until they take it back", |theatre| {
        theatre.tell(agreed(theatre))
    }),
    ("IB132 IB133 IB135 the team sees who is there, live, and narrows them down", |theatre| {
        theatre.tell(watched(theatre))
    }),
    (
        "IB134 IB137 WG70 VN11 VN13 an agent says something first, and reads what was answered to it",
        |theatre| theatre.tell(spoken_to(theatre)),
    ),
    ("IB136 who manages a site says whether the team sees who is there", |theatre| {
        theatre.tell(switched(theatre))
    }),
];

/// Our keys on the page, without what stands before their last sign.
const STORED: &str = "[localStorage, sessionStorage].flatMap((area) => Object.keys(area))
    .filter((key) => key.startsWith('porchlight')).map((key) => key.replace(/^porchlight:[0-9a-f]{32}/, '')).sort()";

/// What the page has asked our server for that only this needs.
const ASKED: &str = "performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname)
    .filter((path) => /visits/.test(path)).map((path) => path.startsWith('/build/') ? 'file' : 'beat')";

/// Longer than anything of it takes to begin.
const LATER: &str = "return performance.now() > 2500";

/// The page says that its visitor has agreed.
const CONSENT: &str = "window.PorchlightSettings = { consent: true };";

fn switch_on(shop: &mut Shop) {
    let path = format!("{}/reception", shop.path);
    let set = shop.owner().send("PUT", &path, &json!({ "visits": true }));
    assert_eq!(set.status, 200, "{}", set.body);
}

/// Tells that somebody is on a page, as a page would.
fn beat(theatre: &Theatre, shop: &Shop, change: &Value) {
    let url = format!("{}/api/sites/{}", theatre.stage.base_url(), shop.key);
    let origin = ("Origin", tests::stage::PAGE_ORIGIN);
    let config: Value = get(&format!("{url}/config"), &[origin]).json();
    let mut beat = json!({
        "pass": config["visits"], "visit": protocol::VisitId::from_bytes(random()), "seconds": 0,
        "url": "https://fernwood.example/", "title": "Fernwood",
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        beat[name] = value.clone();
    }
    let answer = post(&format!("{url}/visits"), &[origin], &beat.to_string());
    assert_eq!(answer.status, 200, "{}", answer.body);
}

async fn unseen(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let page = format!("{}/index.html", site.base_url());
    // A site that does not want to know.
    let browser = theatre.browser().await?;
    browser.before_pages(CONSENT).await?;
    browser.goto(&page).await?;
    browser.find("button", "Open chat").await?;
    browser.until("some time has passed", LATER).await?;
    assert_eq!(browser.script(&format!("return {ASKED}")).await?, json!([]));
    assert_eq!(browser.script(&format!("return {STORED}")).await?, json!([]));
    browser.close().await?;

    switch_on(&mut shop);
    for before in ["", "Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });"] {
        let browser = theatre.browser().await?;
        browser.before_pages(before).await?;
        browser.goto(&page).await?;
        browser.find("button", "Open chat").await?;
        browser.until("some time has passed", LATER).await?;
        assert_eq!(
            browser.script(&format!("return {ASKED}")).await?,
            json!([]),
            "{before}: nobody has agreed"
        );
        assert_eq!(browser.script(&format!("return {STORED}")).await?, json!([]), "{before}");
        // Once the chat is open its team knows that they are there, and nothing is kept of that.
        browser.click("button", "Open chat").await?;
        browser.until("it is told", &format!("return {ASKED}.includes('beat')")).await?;
        let kept = browser.script(&format!("return {STORED}")).await?;
        assert_eq!(kept.as_array().map(|keys| keys.contains(&json!("~"))), Some(false), "{before}: {kept}");
        browser.close().await?;
    }

    // Who has agreed and asks not to be followed is not followed.
    let browser = theatre.browser().await?;
    browser
        .before_pages(&format!(
            "{CONSENT} Object.defineProperty(navigator, 'globalPrivacyControl', {{ value: true }});"
        ))
        .await?;
    browser.goto(&page).await?;
    browser.find("button", "Open chat").await?;
    browser.until("some time has passed", LATER).await?;
    assert_eq!(browser.script(&format!("return {ASKED}")).await?, json!([]), "no server hears of it");
    assert_eq!(browser.script(&format!("return {STORED}")).await?, json!([]));
    browser.close().await?;

    // Where the page says that nobody has agreed there is nothing at all.
    let browser = theatre.browser().await?;
    browser.before_pages("window.PorchlightSettings = { consent: false };").await?;
    browser.goto(&page).await?;
    browser.until("some time has passed", LATER).await?;
    assert_eq!(browser.script(&format!("return {ASKED}")).await?, json!([]));
    assert_eq!(browser.script(&format!("return {STORED}")).await?, json!([]));
    browser.close().await
}

async fn agreed(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    switch_on(&mut shop);
    let site = theatre.open_shop(&shop.key);
    let browser = theatre.browser().await?;
    browser.before_pages(CONSENT).await?;
    browser.goto(&format!("{}/index.html?utm_campaign=spring&secret=1", site.base_url())).await?;
    browser.until("it is kept which visit this is", &format!("return {STORED}.includes('~')")).await?;
    let kept = "return Object.entries(localStorage).find(([key]) => key.endsWith('~'))[1].split('.')";
    let visit = browser.script(kept).await?;
    assert_eq!(visit[1], json!("1"), "the first visit: {visit}");
    browser.goto(&format!("{}/cart.html", site.base_url())).await?;
    browser.until("it is told here as well", &format!("return {ASKED}.includes('beat')")).await?;
    assert_eq!(browser.script(kept).await?[0], visit[0], "the same visit");
    let workspace = shop.path.split("/sites/").next().unwrap_or_default().to_owned();
    let list =
        |shop: &mut Shop| shop.owner().post(&format!("{workspace}/visits"), &json!({})).json::<Value>();
    let page = list(&mut shop);
    assert_eq!(page["visits"].as_array().map(Vec::len), Some(1), "one visitor: {page}");
    let seen = &page["visits"][0];
    assert!(seen["url"].as_str().is_some_and(|url| url.ends_with("/cart.html")), "{seen}");
    assert_eq!((seen["campaign"].clone(), seen["visits"].clone()), (json!("spring"), json!(1)));
    browser.script("Porchlight.setConsent(false); return null").await?;
    browser.until("all is gone", &format!("return {STORED}.length === 0")).await?;
    browser.close().await
}

async fn watched(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let page = shop.page.split("/sites/").next().unwrap_or_default().to_owned() + "/visitors";
    let browser = shop.inbox(theatre, &page).await?;
    browser.shows("Not switched on yet").await?;
    nothing_found(theatre, &browser, "visitors, not switched on").await?;
    browser.pictures("visitors-off").await?;
    switch_on(&mut shop);
    browser.reload().await?;
    browser.shows("Nobody is here right now").await?;
    nothing_found(theatre, &browser, "nobody is there").await?;
    browser.picture("visitors-none").await?;
    beat(
        theatre,
        &shop,
        &json!({
            "url": "https://fernwood.example/ferns/boston", "title": "Boston fern, a green friend for shady rooms",
            "source": "search.example", "campaign": "spring", "visits": 3, "seconds": 420,
        }),
    );
    beat(
        theatre,
        &shop,
        &json!({
            "url": "https://fernwood.example/a/very/long/path/that/goes/on/and/on/for/longer/than/any/list/has/room",
            "title": "نباتات الظل", "seconds": 65, "visits": 1,
        }),
    );
    let session: Value = {
        let body = json!({ "site": shop.key }).to_string();
        let url = format!("{}/api/visitor/session", theatre.stage.base_url());
        post(&url, &[("Origin", tests::stage::PAGE_ORIGIN)], &body).json()
    };
    beat(theatre, &shop, &json!({ "chat": session["token"], "is_private": true, "title": "Cart" }));
    browser.shows("Boston fern").await?;
    browser.shows("3 visitors now, 1 in the chat").await?;
    browser.shows("Asks not to be followed").await?;
    nothing_found(theatre, &browser, "visitors").await?;
    browser.pictures("visitors").await?;
    browser.script("document.activeElement.blur(); return null").await?;
    browser.press("/").await?;
    browser.press("BOSTON").await?;
    browser.until("one is left", "return document.querySelectorAll('.visitors > li').length === 1").await?;
    browser.shows("1 fits").await?;
    browser.press("x").await?;
    browser.shows("Nobody fits").await?;
    browser.script("document.activeElement.blur(); return null").await?;
    // By keyboard from anywhere.
    browser.goto(&theatre.inbox(&page.replace("/visitors", "/general"))).await?;
    browser.find("heading", "General").await?;
    browser.press("g").await?;
    browser.press("v").await?;
    browser.find("heading", "Visitors").await?;
    browser.close().await
}

async fn spoken_to(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    switch_on(&mut shop);
    let site = theatre.open_shop(&shop.key);
    let visitor = theatre.browser().await?;
    visitor.before_pages(CONSENT).await?;
    visitor.goto(&format!("{}/index.html", site.base_url())).await?;
    visitor.find("button", "Open chat").await?;

    let page = shop.page.split("/sites/").next().unwrap_or_default().to_owned() + "/visitors";
    let inbox = shop.inbox(theatre, &page).await?;
    inbox
        .until("somebody is there", "return document.querySelectorAll('.visitors > li').length === 1")
        .await?;
    inbox.script("document.activeElement.blur(); return null").await?;
    inbox.press("j").await?;
    inbox.press(Key::Enter).await?;
    inbox
        .until("the field has the keyboard", "return document.activeElement.id === 'visitor-opener-text'")
        .await?;
    inbox.answer("Send").await?;
    inbox.shows("Write what it says.").await?;
    inbox.write("textbox", "Message", "Hello! Looking for something for a shady corner?").await?;
    nothing_found(theatre, &inbox, "the first word").await?;
    inbox.pictures("visitors-opener").await?;
    inbox.answer("Send").await?;
    inbox.no_dialog().await?;
    inbox.shows("Waiting to be shown").await?;
    inbox.picture("visitors-waiting").await?;

    // The next beat brings it: another page of the shop is one.
    visitor.goto(&format!("{}/cart.html", site.base_url())).await?;
    is_shown(&visitor, "Hello! Looking for something for a shady corner?").await?;
    nothing_found(theatre, &visitor, "the first word, as it is shown").await?;
    visitor.pictures("visitor-opener").await?;
    inbox.shows("It was shown").await?;
    visitor.click("button", "Reply").await?;
    visitor.enter_panel().await?;
    visitor.shows("Looking for something for a shady corner?").await?;
    let visitor = VisitorAtShop { browser: visitor };
    visitor.says("Yes: a big one, please").await?;
    visitor.reads("Sent").await?;
    let leads = "return document.querySelector('.visitor__act a')?.textContent === 'Open conversation'";
    inbox.until("the line leads to it", leads).await?;
    inbox.script("document.querySelector('.visitor__act a').click(); return null").await?;
    inbox.shows("Yes: a big one, please").await?;
    inbox.shows("In answer to").await?;
    nothing_found(theatre, &inbox, "a conversation that answers something").await?;
    inbox.pictures("conversation-opening").await?;
    inbox.close().await?;
    visitor.browser.close().await
}

async fn switched(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let browser = shop.inbox(theatre, &shop.page.replace("/hours", "/visitors")).await?;
    browser.click("checkbox", "Show the team who is on the site").await?;
    nothing_found(theatre, &browser, "site-visitors").await?;
    browser.click("button", "Save").await?;
    browser.shows("Saved").await?;
    browser.pictures("site-visitors").await?;
    browser.reload().await?;
    browser.until("it is kept", "return document.getElementById('site-visits')?.checked === true").await?;
    browser.click("link", "Visitors now").await?;
    browser.close().await
}
