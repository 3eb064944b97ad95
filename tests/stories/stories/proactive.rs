//! What a site says by itself: written in the inbox, shown beside the launcher, answered in the panel.

use serde_json::{Value, json};
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::hours::{NO_STORAGE, Shop, fill};
use crate::browser::{Browser, Eyes};
use crate::reading::VisitorAtShop;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    (
        "WG52 WG55 a message comes after a while, once put away it comes no more, and nothing is stored before",
        |theatre| theatre.tell(put_away(theatre)),
    ),
    ("WG53 messages come on their pages, by scrolling, and as the pointer leaves", |theatre| {
        theatre.tell(brought(theatre))
    }),
    ("WG56 who answers a message has the panel with it above the field, in a new conversation", |theatre| {
        theatre.tell(answered(theatre))
    }),
    (
        "WG54 WG57 a site without messages asks for nothing, and who is not to be disturbed is not",
        |theatre| theatre.tell(undisturbed(theatre)),
    ),
    ("WG55 where nothing can be stored a message is shown and put away all the same", |theatre| {
        theatre.tell(unstored(theatre))
    }),
    ("IB131 who manages a site writes what it says by itself", |theatre| theatre.tell(written(theatre))),
];

/// The card beside the launcher.
const CARD: &str = "document.querySelector('[popover]')?.shadowRoot.querySelector('aside')";

/// Longer than any message of these stories takes.
const LATER: &str = "return performance.now() > 2500";

/// What we have stored on the page.
const STORED: &str = "return [localStorage, sessionStorage].flatMap((area) => Object.keys(area))
    .filter((key) => key.startsWith('porchlight')).map((key) => key.replace(/^porchlight:[0-9a-f]{32}/, ''))";

/// What pages have asked our server for that only sites with messages need.
const ASKED: &str = "return performance.getEntriesByType('resource').map(({ name }) => name)
    .filter((name) => name.includes('proactive')).map((name) => name.includes('/build/') ? 'file' : 'rules').sort()";

fn message(id: u32, text: &str, triggers: &Value, pages: &[&str]) -> Value {
    json!({
        "id": id, "name": text, "text": text, "is_enabled": true, "pages": pages, "triggers": triggers,
        "audience": "everybody", "repeat": "once",
    })
}

/// A message that comes on every page.
pub(super) fn after_a_second(text: &str) -> Value {
    message(1, text, &json!({ "seconds": 1 }), &[])
}

/// Says what the shop says by itself.
pub(super) fn says(shop: &mut Shop, proactive: &Value) {
    let path = format!("{}/reception", shop.path);
    let set = shop.owner().send("PUT", &path, &json!({ "proactive": proactive }));
    assert_eq!(set.status, 200, "{}", set.body);
}

/// Waits until a message stands beside the launcher.
pub(super) async fn is_shown(browser: &Browser, text: &str) -> WebDriverResult<()> {
    let shown = format!("return {CARD}?.shadowRoot.querySelector('p').textContent === {text:?}");
    browser.until(&format!("it says {text:?}"), &shown).await
}

async fn is_gone(browser: &Browser) -> WebDriverResult<()> {
    browser.until("nothing stands beside the launcher", &format!("return {CARD} === null")).await
}

async fn put_away(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    says(&mut shop, &json!([after_a_second("Looking for a fern that likes shade? We know them all.")]));
    let page = format!("{}/index.html", site.base_url());
    let browser = theatre.browser().await?;
    browser.goto(&page).await?;
    is_shown(&browser, "Looking for a fern that likes shade? We know them all.").await?;
    assert_eq!(browser.script(STORED).await?, json!([]), "nobody has done anything");
    assert_eq!(browser.script("return document.cookie").await?, json!(""));
    nothing_found(theatre, &browser, "proactive").await?;
    browser.pictures("proactive").await?;
    browser
        .script("document.documentElement.dir = 'rtl'; dispatchEvent(new Event('resize')); return null")
        .await?;
    browser.picture_as(Eyes::RightToLeft, "proactive").await?;
    browser.reload().await?;
    is_shown(&browser, "Looking for a fern that likes shade? We know them all.").await?;
    browser.click("button", "Close").await?;
    is_gone(&browser).await?;
    assert_eq!(browser.script(STORED).await?, json!(["!"]));
    browser.reload().await?;
    browser.until("it would have come", LATER).await?;
    is_gone(&browser).await?;
    browser.close().await
}

async fn brought(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    says(
        &mut shop,
        &json!([
            message(1, "Shall we help you pay?", &json!({ "exit": true }), &["/cart*"]),
            message(2, "All ferns are in stock.", &json!({ "scroll": 60 }), &["/", "/*dex.html"]),
        ]),
    );
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    browser.find("button", "Open chat").await?;
    browser.until("some time has passed", LATER).await?;
    let leave =
        "document.documentElement.dispatchEvent(new MouseEvent('mouseleave', { clientY: -1 })); return null";
    browser.script(leave).await?;
    is_gone(&browser).await?;
    browser.script("scrollTo(0, document.documentElement.scrollHeight); return null").await?;
    is_shown(&browser, "All ferns are in stock.").await?;
    // The keyboard puts it away as well, and stays beside it.
    browser.script(&format!("{CARD}.shadowRoot.querySelector('button').focus(); return null")).await?;
    browser.press(Key::Escape).await?;
    is_gone(&browser).await?;
    let launcher =
        "return document.querySelector('[popover]').shadowRoot.activeElement?.ariaLabel === 'Open chat'";
    browser.until("the launcher has the keyboard", launcher).await?;
    browser.goto(&format!("{}/cart.html", site.base_url())).await?;
    browser.find("button", "Open chat").await?;
    browser.until("some time has passed", LATER).await?;
    browser.script(leave).await?;
    is_shown(&browser, "Shall we help you pay?").await?;
    browser.close().await
}

async fn answered(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    says(&mut shop, &json!([after_a_second("Any questions?")]));
    let browser = theatre.browser().await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    browser.click("button", "Reply").await?;
    browser.enter_panel().await?;
    browser.shows("Any questions?").await?;
    browser.until("the field has the keyboard", "return document.activeElement.id === 'field'").await?;
    browser.picture("proactive-answered").await?;
    let visitor = VisitorAtShop { browser };
    visitor.says("Yes: which one likes shade?").await?;
    visitor.reads("Sent").await?;
    let browser = visitor.browser;
    browser.leave_panel().await?;
    is_gone(&browser).await?;
    browser.click("button", "Close chat").await?;

    // Who comes again with another message begins another conversation.
    let again = json!([{
        "id": 2, "name": "Again", "text": "Back again?", "is_enabled": true, "triggers": { "seconds": 1 },
        "audience": "returning", "repeat": "always",
    }]);
    says(&mut shop, &again);
    browser.reload().await?;
    is_shown(&browser, "Back again?").await?;
    browser.click("button", "Reply").await?;
    browser.enter_panel().await?;
    browser.shows("Back again?").await?;
    browser.find("textbox", "Message").await?;
    let log = browser.text_of("log", "Messages").await?;
    assert!(!log.contains("which one likes shade"), "another conversation: {log}");
    let visitor = VisitorAtShop { browser };
    visitor.says("Yes, I am").await?;
    visitor.reads("Sent").await?;
    visitor.browser.close().await
}

async fn undisturbed(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let page = format!("{}/index.html", site.base_url());
    let browser = theatre.browser().await?;
    browser.goto(&page).await?;
    browser.find("button", "Open chat").await?;
    browser.until("some time has passed", LATER).await?;
    assert_eq!(browser.script(ASKED).await?, json!([]), "a site that says nothing");

    says(&mut shop, &json!([after_a_second("Any questions?")]));
    browser.reload().await?;
    is_shown(&browser, "Any questions?").await?;
    assert_eq!(browser.script(ASKED).await?, json!(["file", "rules"]));

    // The page hides its launcher, which takes away what stands beside it.
    browser.script("Porchlight.hide(); return null").await?;
    is_gone(&browser).await?;
    browser.reload().await?;
    browser.script("Porchlight.hide(); return null").await?;
    browser.until("it would have come", LATER).await?;
    is_gone(&browser).await?;
    // The panel is open.
    browser.reload().await?;
    browser.click("button", "Open chat").await?;
    browser.until("it would have come", LATER).await?;
    is_gone(&browser).await?;
    browser.close().await?;

    let browser = theatre.browser().await?;
    browser
        .before_pages("Object.defineProperty(navigator, 'globalPrivacyControl', { value: true });")
        .await?;
    browser.goto(&page).await?;
    browser.find("button", "Open chat").await?;
    browser.until("it would have come", LATER).await?;
    is_gone(&browser).await?;
    assert_eq!(browser.script(ASKED).await?, json!(["file"]), "nothing of what it says");
    browser.close().await
}

async fn unstored(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    says(&mut shop, &json!([after_a_second("Any questions?")]));
    let browser = theatre.browser().await?;
    browser.before_pages(NO_STORAGE).await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    is_shown(&browser, "Any questions?").await?;
    browser.click("button", "Close").await?;
    is_gone(&browser).await?;
    browser.close().await
}

async fn written(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let browser = shop.inbox(theatre, &shop.page.replace("/hours", "/proactive")).await?;
    browser.shows("None yet: the chat waits until it is spoken to.").await?;
    browser.click("button", "Add a message").await?;
    let has_name = "return document.activeElement.id.endsWith('-name')";
    browser.until("the field has the keyboard", has_name).await?;
    browser.press("Prices").await?;
    browser.click("button", "Save").await?;
    browser.shows("Write what it says.").await?;
    browser.until("the keyboard is there", has_name).await?;
    fill(&browser, "[id$=-text]", "Any questions about prices?").await?;
    fill(&browser, "[id$=-pages]", "/prices*").await?;
    nothing_found(theatre, &browser, "site-proactive").await?;
    browser.click("button", "Save").await?;
    browser.shows("Saved").await?;
    browser.pictures("site-proactive").await?;
    browser.see_as(Eyes::Desktop).await?;
    browser.reload().await?;
    let kept = "return document.querySelector('[id$=-text]')?.value === 'Any questions about prices?'";
    browser.until("it is kept", kept).await?;
    browser.click("button", "Remove: Prices").await?;
    browser.shows("None yet").await?;
    browser.click("button", "Bring back: Prices").await?;
    browser.until("it is back", kept).await?;
    browser.close().await
}
