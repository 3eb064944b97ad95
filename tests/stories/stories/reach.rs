//! The chat for people who zoom in, see few colours, want nothing to move, touch, or have no pointer.

use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Browser;
use crate::reading::{VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG77 a chat that covers a phone keeps keyboard and screen reader", |theatre| {
        theatre.tell(covering(theatre))
    }),
    ("WG78 at 400 % nothing is cut off, and every target can be touched", |theatre| {
        theatre.tell(zoomed(theatre))
    }),
    (
        "WG79 with the system's own colours everything is there, and nothing moves for who wants that",
        |theatre| theatre.tell(high_contrast_and_still(theatre)),
    ),
];

/// What of the page beside the widget can still be reached.
const REACHABLE: &str = "return [...document.body.children]
    .filter((element) => !element.shadowRoot && !element.inert && element.checkVisibility()).length";

/// Whether the panel says that nothing beside it can be reached.
const IS_MODAL: &str = "return document.querySelector('[role=dialog]').ariaModal === 'true'";

/// What the panel shows that is wider than it, or beyond its edges.
const CUT_OFF: &str = "return [...document.querySelectorAll('button, a, textarea, input, h1, h2, p, li')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length)
    .filter((element) => {
        const { left, right } = element.getBoundingClientRect();
        const { clip, position } = getComputedStyle(element);
        return (left < -1 || right > innerWidth + 1) && !(position === 'absolute' && clip !== 'auto');
    })
    .map((element) => `${element.tagName} ${element.className} ${element.textContent}`)";

/// What can be pressed and is smaller than 24 by 24 CSS pixels (WCAG 2.2, 2.5.8), but links within a text.
const TOO_SMALL: &str = "return [...document.querySelectorAll('button, a, textarea, input:not([type=file]), select')]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length)
    .filter((element) => !element.matches('p a, li a'))
    .map((element) => [element, element.getBoundingClientRect()])
    .filter(([, { width, height }]) => width > 1 && (width < 24 || height < 24))
    .map(([element, { width, height }]) => `${element.tagName} ${element.ariaLabel ?? element.textContent} ${width}x${height}`)";

/// What is animated, or would be.
const MOVING: &str =
    "const roots = [document, ...[...document.querySelectorAll('*')].map((element) => element.shadowRoot)];
    return roots.filter(Boolean)
        .flatMap((root) => [...root.querySelectorAll('*')])
        .filter((element) => {
            const { transitionDuration, animationName, animationDuration } = getComputedStyle(element);
            const lasts = (all) => all.split(', ').some((time) => parseFloat(time) > 0.001);
            return lasts(transitionDuration) || (animationName !== 'none' && lasts(animationDuration));
        })
        .map((element) => `${element.tagName} ${element.className}`)";

async fn finds_nothing(browser: &Browser, script: &str, what: &str) -> WebDriverResult<()> {
    let found = browser.script(script).await?;
    assert_eq!(found.as_array().map(Vec::len), Some(0), "{what}: {found}");
    Ok(())
}

async fn covering(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.use_screen(390, 844, true).await?;
    browser.goto(&theatre.page("index.html")).await?;
    let visitor = VisitorAtShop { browser };
    visitor.open_chat().await?;
    visitor.browser.until("it says so", IS_MODAL).await?;
    visitor.browser.leave_panel().await?;
    assert_eq!(visitor.browser.script(REACHABLE).await?, 0, "what is behind it cannot be reached");

    // Turned, or with a larger window, there is a page beside it.
    visitor.browser.use_screen(1_280, 900, false).await?;
    let is_beside = format!("return (() => {{ {REACHABLE} }})() > 0");
    visitor.browser.until("the page can be reached again", &is_beside).await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.until("it says that as well", &IS_MODAL.replace("'true'", "'false'")).await?;

    visitor.browser.leave_panel().await?;
    visitor.browser.use_screen(390, 844, true).await?;
    visitor.browser.until("covered again", &format!("return (() => {{ {REACHABLE} }})() === 0")).await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.press(Key::Escape).await?;
    visitor.browser.leave_panel().await?;
    visitor.browser.until("closed, it covers nothing", &is_beside).await?;
    assert_eq!(visitor.browser.script("return document.querySelectorAll('[inert]').length").await?, 0);
    visitor.browser.close().await
}

async fn zoomed(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    // 1,280 by 1,024 at 400 % (WCAG 1.4.10).
    browser.use_screen(320, 256, false).await?;
    browser.goto(&theatre.page("index.html")).await?;
    let visitor = VisitorAtShop { browser };
    visitor.open_chat().await?;
    visitor.says("A word and averyverylongwordwithoutanyplaceatwhichitcouldbebrokenintotwo").await?;
    visitor.reads("Sent").await?;
    finds_nothing(&visitor.browser, CUT_OFF, "cut off").await?;
    finds_nothing(&visitor.browser, TOO_SMALL, "too small").await?;
    let is_narrow = "return document.documentElement.scrollWidth <= innerWidth";
    visitor.browser.until("nothing is to be scrolled sideways", is_narrow).await?;
    let has_room = "return document.getElementById('log').clientHeight > 100";
    visitor.browser.until("messages have room, also beside a question", has_room).await?;
    visitor.browser.leave_panel().await?;
    visitor.browser.picture("zoomed").await?;
    visitor.browser.use_screen(390, 844, true).await?;
    // What changes its size moves there.
    a_moment().await;
    visitor.browser.enter_panel().await?;
    visitor.browser.click("button", "Chat options").await?;
    a_moment().await;
    finds_nothing(&visitor.browser, TOO_SMALL, "too small on a phone").await?;
    finds_nothing(&visitor.browser, CUT_OFF, "cut off on a phone").await?;
    visitor.browser.close().await
}

async fn high_contrast_and_still(theatre: &Theatre) -> WebDriverResult<()> {
    // What is emulated of a page does not reach a frame without an origin.
    let arguments = ["--force-high-contrast", "--force-prefers-reduced-motion"];
    let browser = theatre.browser_with(&arguments).await?;
    browser.goto(&theatre.page("index.html")).await?;
    browser.find("button", "Open chat").await?;
    browser.picture("forced-colours-closed").await?;
    let sign = "const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
        const { borderTopColor, forcedColorAdjust } = getComputedStyle(host.shadowRoot.querySelector('button'), ':before');
        return borderTopColor !== 'rgba(0, 0, 0, 0)' && forcedColorAdjust === 'auto'";
    browser.until("the launcher's sign is drawn", sign).await?;
    let visitor = VisitorAtShop { browser };
    visitor.open_chat().await?;
    let is_meant =
        "return matchMedia('(forced-colors: active) and (prefers-reduced-motion: reduce)').matches";
    visitor.browser.until("the panel hears of it", is_meant).await?;
    visitor.says("In these colours").await?;
    visitor.reads("Sent").await?;
    visitor.browser.click("button", "Chat options").await?;
    a_moment().await;
    finds_nothing(&visitor.browser, MOVING, "moves in the panel").await?;
    let has_edge = "return [...document.querySelectorAll('[role=log] li, button')]
        .filter((element) => element.checkVisibility({ visibilityProperty: true })).length > 3";
    visitor.browser.until("all is there", has_edge).await?;
    nothing_found(theatre, &visitor.browser, "panel in forced colours").await?;
    visitor.browser.leave_panel().await?;
    let edge = "const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
        return getComputedStyle(host.shadowRoot.querySelector('div')).outlineColor !== 'rgba(0, 0, 0, 0)'";
    visitor.browser.until("the panel has an edge", edge).await?;
    visitor.browser.picture("forced-colours").await?;
    let ours = MOVING.replace("[document, ...", "[...");
    finds_nothing(&visitor.browser, &ours, "moves around the panel").await?;
    visitor.browser.close().await
}
