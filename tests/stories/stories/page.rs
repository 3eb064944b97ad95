//! The script tag on a customer's page.

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::reading::{VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG2 the tag works in the head, at the end, async and twice", |theatre| {
        theatre.tell(everywhere(theatre))
    }),
    ("WG9 the chat survives client-side navigation", |theatre| theatre.tell(navigation(theatre))),
    ("strict CSP page", |theatre| theatre.tell(strict_policy(theatre))),
    ("AC40 a page that states the script's hash has the whole chat by that one file", |theatre| {
        theatre.tell(pinned(theatre))
    }),
    ("WG1 before the first intent nothing is stored and one thing is fetched", |theatre| {
        theatre.tell(quiet(theatre))
    }),
    ("WG3 a page that the site does not list has no launcher and one warning", |theatre| {
        theatre.tell(not_listed(theatre))
    }),
    ("WG3 an unknown key has no launcher and one warning", |theatre| theatre.tell(unknown_key(theatre))),
    ("WG76 on a phone the panel is as high as what is visible of the page", |theatre| {
        theatre.tell(fits(theatre))
    }),
    ("WG24 a panel that is closed is not seen while the launcher comes", |theatre| {
        theatre.tell(unseen(theatre))
    }),
];

const LAUNCHERS: &str = r"
let count = 0;
const search = (root) => {
    for (const element of root.querySelectorAll('*')) {
        if (element.tagName === 'BUTTON' && /^(Open|Close) chat$/.test(element.getAttribute('aria-label') ?? element.textContent.trim())) count += 1;
        if (element.shadowRoot) search(element.shadowRoot);
    }
};
search(document);
return count;
";

async fn everywhere(theatre: &Theatre) -> WebDriverResult<()> {
    for page in ["index.html", "head.html", "end.html", "blocking.html", "twice.html"] {
        let visitor = VisitorAtShop::come(theatre, page).await?;
        visitor.browser.find("button", "Open chat").await?;
        a_moment().await;
        assert_eq!(visitor.browser.script(LAUNCHERS).await?, json!(1), "{page}");
        visitor.open_chat().await?;
        visitor.says("Hello from a page").await?;
        visitor.reads("Sent").await?;
        visitor.browser.close().await?;
    }
    Ok(())
}

/// Notes how the panel looks at the moment at which the launcher is put on top of the page.
const FIRST_LOOK: &str = "
    const show = HTMLElement.prototype.showPopover;
    HTMLElement.prototype.showPopover = function () {
        show.call(this);
        window.firstLook = getComputedStyle(this.shadowRoot.querySelector('div')).visibility;
    };
";

async fn unseen(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.before_pages(FIRST_LOOK).await?;
    browser.goto(&theatre.page("index.html")).await?;
    browser.find("button", "Open chat").await?;
    assert_eq!(browser.script("return window.firstLook").await?, json!("hidden"));
    browser.close().await
}

async fn navigation(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = crate::reading::AgentAtInbox::sign_in(theatre).await?;
    let visitor = VisitorAtShop::come(theatre, "cart.html").await?;
    visitor.open_chat().await?;
    visitor.says("About my basket").await?;
    agent.open("About my basket").await?;
    visitor.browser.leave_panel().await?;
    visitor
        .browser
        .script("history.pushState({}, '', 'cart.html?step=pay'); document.title = 'Paying'; return null;")
        .await?;
    agent
        .browser
        .until("the new page is shown", "return document.body.innerText.includes('step=pay')")
        .await?;
    visitor.browser.script("document.body.replaceWith(document.body.cloneNode(false)); return null;").await?;
    visitor.browser.find("button", "Close chat").await?;
    assert_eq!(visitor.browser.script(LAUNCHERS).await?, json!(1));
    visitor.browser.close().await?;
    agent.browser.close().await
}

async fn strict_policy(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Under a strict policy").await?;
    visitor.reads("Sent").await?;
    let console = visitor.browser.console().await?;
    assert!(console.iter().all(|line| !line.contains("Content Security Policy")), "{console:?}");
    visitor.browser.close().await
}

/// Puts the tag into the page as it is given in the settings, or with a hash of something else.
fn pinned_tag(theatre: &Theatre, is_spoiled: bool) -> String {
    let host = json!(theatre.stage.base_url());
    let key = json!(theatre.stage.owner().site_key);
    format!(
        "const done = arguments[arguments.length - 1];
         fetch({host} + '/widget.json').then((answer) => answer.json()).then(({{ path, integrity }}) => {{
             const tag = document.createElement('script');
             tag.integrity = {is_spoiled} ? 'sha384-' + 'A'.repeat(64) : integrity;
             tag.crossOrigin = 'anonymous';
             tag.dataset.site = {key};
             tag.onload = () => done(true);
             tag.onerror = () => done(false);
             tag.src = {host} + path;
             document.head.append(tag);
         }});"
    )
}

async fn pinned(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page("bare.html")).await?;
    assert_eq!(browser.script_until_done(&pinned_tag(theatre, true)).await?, json!(false), "another hash");
    a_moment().await;
    assert_eq!(browser.script(LAUNCHERS).await?, json!(0));

    assert_eq!(browser.script_until_done(&pinned_tag(theatre, false)).await?, json!(true));
    let visitor = VisitorAtShop { browser };
    visitor.open_chat().await?;
    visitor.says("By one file").await?;
    visitor.reads("Sent").await?;
    visitor.browser.leave_panel().await?;
    let calls = "const done = arguments[arguments.length - 1];
        Porchlight.setLocale('de').then(() => Porchlight.whoami()).then((me) => done(me.status), (error) => done(`${error}`));";
    assert_eq!(visitor.browser.script_until_done(calls).await?, json!("anonymous"));
    visitor.browser.find("button", "Chat schließen").await?;
    let fetched = visitor
        .browser
        .script(&format!(
            "return performance.getEntriesByType('resource').map((entry) => entry.name.replace({}, '')).filter((name) => /script|[.]js$|build/.test(name) && !/^http/.test(name))",
            json!(theatre.stage.base_url())
        ))
        .await?;
    let fetched: Vec<String> = serde_json::from_value(fetched).expect("addresses");
    assert!(!fetched.is_empty() && fetched.iter().all(|name| name.starts_with("/v/")), "{fetched:?}");
    visitor.browser.close().await
}

async fn quiet(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.browser.find("button", "Open chat").await?;
    a_moment().await;
    let stored = visitor
        .browser
        .script("return [document.cookie, localStorage.length, sessionStorage.length, document.querySelectorAll('iframe').length]")
        .await?;
    assert_eq!(stored, json!(["", 0, 0, 0]));
    let fetched = visitor
        .browser
        .script(&format!(
            "return performance.getEntriesByType('resource').map((entry) => entry.name).filter((name) => name.startsWith('{}'))",
            theatre.stage.base_url()
        ))
        .await?;
    let fetched: Vec<String> = serde_json::from_value(fetched).expect("addresses");
    assert_eq!(fetched.len(), 2, "{fetched:?}");
    assert!(fetched[0].ends_with("/widget.js") && fetched[1].ends_with("/config?lang=en"), "{fetched:?}");
    visitor.browser.close().await
}

async fn not_listed(theatre: &Theatre) -> WebDriverResult<()> {
    warned(theatre, &format!("{}/index.html", theatre.stranger.base_url()), "origin_not_allowed").await
}

async fn unknown_key(theatre: &Theatre) -> WebDriverResult<()> {
    warned(theatre, &theatre.page("unknown-key.html"), "unknown_site").await
}

async fn warned(theatre: &Theatre, page: &str, code: &str) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.goto(page).await?;
    a_moment().await;
    assert_eq!(browser.script(LAUNCHERS).await?, json!(0));
    let console = browser.console().await?;
    let warnings: Vec<_> = console.iter().filter(|line| line.contains("Porchlight")).collect();
    assert_eq!(warnings.len(), 1, "{console:?}");
    assert!(warnings[0].contains(code), "{warnings:?}");
    browser.close().await
}

/// What is visible of the page is lower than the page, as under a bar of the browser; and lower still over a keyboard.
const BARS: &str = "
    window.visible = 700;
    Object.defineProperty(VisualViewport.prototype, 'height', { get: () => window.visible });
";

/// Whether the panel's box comes to be there: its left, its top, its width and its height.
fn stands(place: [u32; 4]) -> String {
    format!(
        "const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
         const {{ left, top, width, height }} = host.shadowRoot.querySelector('div').getBoundingClientRect();
         return String([left, top, width, height].map(Math.round)) === String({place:?})"
    )
}

async fn fits(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.use_screen(390, 844, true).await?;
    browser.before_pages(BARS).await?;
    browser.goto(&theatre.page("index.html")).await?;
    let visitor = VisitorAtShop { browser };
    visitor.open_chat().await?;
    visitor.browser.leave_panel().await?;
    visitor.browser.until("nothing has moved yet", &stands([0, 0, 390, 700])).await?;
    visitor
        .browser
        .script("window.visible = 400; visualViewport.dispatchEvent(new Event('resize')); return null")
        .await?;
    visitor.browser.until("it ends above a keyboard", &stands([0, 0, 390, 400])).await?;

    visitor.browser.use_screen(844, 390, true).await?;
    visitor
        .browser
        .script("window.visible = 340; visualViewport.dispatchEvent(new Event('resize')); return null")
        .await?;
    visitor.browser.until("it fills a phone on its side", &stands([0, 0, 844, 340])).await?;
    visitor.browser.enter_panel().await?;
    visitor.says("From the side").await?;
    visitor.reads("Sent").await?;
    visitor.browser.close().await
}
