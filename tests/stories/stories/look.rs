//! How the chat looks: its owner sees it before it is saved, visitors afterwards.

use serde_json::Value;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::files::CHOOSE_PHOTOGRAPH;
use super::hours::{Shop, fill};
use crate::browser::{Browser, Eyes};
use crate::reading::VisitorAtShop;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    (
        "LK6 LK7 IB63 IB96 WG14 a look is seen beside what is typed before it is saved, and by visitors then",
        |theatre| theatre.tell(chosen_and_seen(theatre)),
    ),
    (
        "LK5 HP23 a page styles the launcher's parts, and chooses place, scheme and colour of the open panel",
        |theatre| theatre.tell(overridden(theatre)),
    ),
];

/// The frame of the preview.
const PREVIEW: &str = "look-preview";

/// The launcher, through the shadow root in which it is.
const LAUNCHER: &str =
    "[...document.body.children].map((child) => child.shadowRoot?.querySelector('button')).find(Boolean)";

/// Whether the panel's head shows a logo that has come, from within its frame.
const HAS_LOGO: &str = r#"
    const lamp = document.querySelector('.lamp');
    const [, address] = /^url\("(.+\/logos\/.+)"\)$/.exec(lamp ? getComputedStyle(lamp).backgroundImage : '') ?? [];
    if (!address) return false;
    window.probe ??= new Image();
    if (probe.src !== address) probe.src = address;
    return probe.complete && probe.naturalWidth === 256"#;

/// Chooses in a list, as a person does.
async fn choose(browser: &Browser, id: &str, name: &str) -> WebDriverResult<()> {
    let script = format!(
        "const list = document.getElementById({id:?});
         list.value = [...list.options].find((option) => option.text === {name:?}).value;
         list.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return null;"
    );
    browser.script(&script).await.map(drop)
}

/// The colours of the panel's head, from within its frame.
fn head_is(ground: &str, ink: &str) -> String {
    format!(
        "const head = document.querySelector('.header');
         if (!head) return false;
         const {{ backgroundColor, color }} = getComputedStyle(head);
         return backgroundColor === '{ground}' && color === '{ink}'"
    )
}

async fn chosen_and_seen(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let browser = shop.inbox(theatre, &shop.page.replace("/hours", "/look")).await?;
    browser.find("textbox", "Name").await?;

    let is_green = head_is("rgb(31, 111, 92)", "rgb(255, 255, 255)");
    browser.until_in_panel_of(PREVIEW, "the panel has the site's colour", &is_green).await?;

    fill(&browser, "#look-accent", "#ffd500").await?;
    let is_told = "return document.getElementById('look-accent-notes').textContent.includes('On a light ground it reaches 1.4:1')";
    browser.until("what cannot be read is told", is_told).await?;
    fill(&browser, "#look-name", "Ferns & more").await?;
    let is_named = "return document.querySelector('h1')?.textContent === 'Ferns & more'";
    browser.until_in_panel_of(PREVIEW, "there is a panel of the new name", is_named).await?;
    let is_yellow = head_is("rgb(255, 213, 0)", "rgb(0, 0, 0)");
    browser.until_in_panel_of(PREVIEW, "what is typed is seen at once", &is_yellow).await?;
    let asked_nobody =
        "return performance.getEntriesByType('resource').every((entry) => !entry.name.includes('/api/'))";
    browser.until_in_panel_of(PREVIEW, "nobody was asked for a session", asked_nobody).await?;

    browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    let is_kept = "return document.querySelector('.logo__picture')?.naturalWidth === 256";
    browser.until("the logo is there", is_kept).await?;
    browser.until_in_panel_of(PREVIEW, "the preview has it at once", HAS_LOGO).await?;

    fill(&browser, "#look-label", "Ask us").await?;
    choose(&browser, "look-side", "Left").await?;
    choose(&browser, "look-corners", "Small").await?;
    choose(&browser, "look-icon", "Question mark").await?;
    choose(&browser, "look-font", "With serifs").await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "site-look").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.script("document.documentElement.dir = 'ltr'").await?;
    for switch in ["Dark", "Right to left", "Phone"] {
        browser.click("button", switch).await?;
    }
    browser.enter_frame(PREVIEW).await?;
    browser.until("it is a phone", "return innerWidth <= 480").await?;
    browser.leave_panel().await?;
    let is_turned = "const { dir, dataset } = document.documentElement; return dir === 'rtl' && dataset.scheme === 'dark'";
    browser.until_in_panel_of(PREVIEW, "it is dark and from right to left", is_turned).await?;
    browser.picture_as(Eyes::Desktop, "site-look-phone-dark-rtl").await?;
    browser.click("button", "Open").await?;
    browser.enter_frame(PREVIEW).await?;
    let label = format!("return getComputedStyle({LAUNCHER}, '::after').content === '\"Ask us\"'");
    browser.until("the closed launcher has its text", &label).await?;
    browser.leave_panel().await?;
    browser.picture_as(Eyes::Desktop, "site-look-closed").await?;
    let site_id = shop.path.rsplit('/').next().unwrap_or_default();
    let kept = format!(
        "const keys = Object.keys(localStorage).concat(Object.keys(sessionStorage));
         return keys.filter((key) => key.startsWith('porchlight:{site_id}')).length"
    );
    let kept = browser.script(&kept).await?;
    assert_eq!(kept, Value::from(0), "the preview keeps nothing");

    fill(&browser, "#look-x", "300").await?;
    browser.click("button", "Save").await?;
    browser
        .until("a distance that is none is told", "return document.getElementById('look-x-fault') !== null")
        .await?;
    fill(&browser, "#look-x", "32").await?;
    browser.click("button", "Save").await?;
    browser.until("it is saved", "return document.body.innerText.includes('Saved')").await?;
    browser.reload().await?;
    browser.until("it is kept", "return document.getElementById('look-x')?.value === '32'").await?;
    browser.close().await?;

    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    let page = &visitor.browser;
    page.find("button", "Ask us").await?;
    let stands = format!("return Math.round({LAUNCHER}.getBoundingClientRect().left) === 32");
    page.until("the launcher stands where it was put", &stands).await?;
    page.until("with its text", &label).await?;
    for eyes in Eyes::EVERY {
        page.see_as(eyes).await?;
        page.picture_as(eyes, "widget-look-closed").await?;
    }
    page.see_as(Eyes::Desktop).await?;
    page.click("button", "Ask us").await?;
    page.enter_panel().await?;
    page.until("visitors see the same", &head_is("rgb(255, 213, 0)", "rgb(0, 0, 0)")).await?;
    page.until("with the logo", HAS_LOGO).await?;
    visitor.says("Is it yellow?").await?;
    visitor.reads("Sent").await?;
    for eyes in Eyes::EVERY {
        page.see_as(eyes).await?;
        page.picture_as(eyes, "widget-look-open").await?;
    }
    visitor.browser.close().await
}

async fn overridden(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    let page = &visitor.browser;
    page.find("button", "Open chat").await?;
    page.script(
        "const sheet = new CSSStyleSheet();
         sheet.replaceSync('::part(launcher) { border-radius: 7px; }');
         document.adoptedStyleSheets = [sheet];
         return null;",
    )
    .await?;
    let is_styled = format!("return getComputedStyle({LAUNCHER}).borderRadius === '7px'");
    page.until("the page's rule goes before ours", &is_styled).await?;
    page.script("Porchlight.setLauncher({ position: 'left' }); return null;").await?;
    let stands = format!(
        "const {{ left, bottom }} = {LAUNCHER}.getBoundingClientRect();
         return Math.round(left) === 20 && Math.round(innerHeight - bottom) === 20"
    );
    page.until("it stands at the page's side, as far from it as the site says", &stands).await?;
    visitor.open_chat().await?;
    page.leave_panel().await?;
    page.script("Porchlight.update({ scheme: 'dark' }); return null;").await?;
    page.enter_panel().await?;
    page.until(
        "the open panel is dark",
        "return getComputedStyle(document.body).backgroundColor === 'rgb(27, 26, 24)'",
    )
    .await?;
    page.leave_panel().await?;
    page.script("Porchlight.update({ accent: '#ffd500' }); return null;").await?;
    // The pointer still rests on it, so that its ground is another one.
    let is_yellow = format!("return getComputedStyle({LAUNCHER}).color === 'rgb(0, 0, 0)'");
    page.until("the launcher has the page's colour", &is_yellow).await?;
    let is_left = format!("return getComputedStyle({LAUNCHER}).left === '20px'");
    page.until("and stays where the page has put it", &is_left).await?;
    page.enter_panel().await?;
    page.until("so has the open panel", &head_is("rgb(255, 213, 0)", "rgb(0, 0, 0)")).await?;
    visitor.browser.close().await
}
