//! The chat elsewhere than in its corner: in the page, as a page, in a window of its own; and as a package.

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;
use xtask::package::Package;
use xtask::prepare::Node;
use xtask::project::Project;

use crate::browser::{Browser, Eyes};
use crate::reading::a_moment;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("HP18 the chat is a part of the page", |theatre| theatre.tell(part_of_the_page(theatre))),
    ("HP19 the chat is a page of its own", |theatre| theatre.tell(page_of_its_own(theatre))),
    ("HP20 the same conversation in a window of its own", |theatre| theatre.tell(window_of_its_own(theatre))),
    ("HP22 the package loads the chat, and calls wait for it", |theatre| theatre.tell(package(theatre))),
];

/// Whether the frame covers `place`, an expression of a rectangle in the window. To a pixel, since a browser puts an element
/// and the frame in it on pixels each for itself.
fn covers(place: &str) -> String {
    format!(
        "const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
         const frame = host.shadowRoot.querySelector('iframe').getBoundingClientRect();
         const place = {place};
         return ['left', 'top', 'width', 'height'].every((side) => Math.abs(frame[side] - place[side]) <= 1)"
    )
}

/// The whole window, as a rectangle.
const WINDOW: &str = "({ left: 0, top: 0, width: innerWidth, height: innerHeight })";

async fn says(browser: &Browser, text: &str) -> WebDriverResult<()> {
    browser.enter_panel().await?;
    browser.write("textbox", "Message", text).await?;
    browser.click("button", "Send").await?;
    browser.reads("log", "Messages", "Sent").await?;
    Ok(())
}

async fn part_of_the_page(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page("inline.html")).await?;
    browser.until("it has its place", "return !!document.querySelector('#chat > *')").await?;
    a_moment().await;
    let untouched = "return [localStorage.length, document.querySelector('#chat > *').shadowRoot.querySelectorAll('iframe').length]";
    assert_eq!(browser.script(untouched).await?, json!([0, 0]), "nobody has seen it");
    browser.script("document.getElementById('chat').scrollIntoView(); return null").await?;
    browser
        .until(
            "it begins",
            "return !!document.querySelector('#chat > *').shadowRoot.querySelector('iframe[title]')",
        )
        .await?;
    browser
        .until("it fills its place", &covers("document.getElementById('chat').getBoundingClientRect()"))
        .await?;
    assert_eq!(browser.script("return document.activeElement === document.body").await?, json!(true));
    says(&browser, "From the page").await?;
    browser.press("\u{e00c}").await?;
    let close = "return document.querySelector('.header > :last-child').checkVisibility()";
    assert_eq!(browser.script(close).await?, json!(false), "there is nothing to close");
    browser.click("button", "Chat options").await?;
    browser.find("button", "What is stored here").await?;
    browser.click("button", "Chat options").await?;
    browser.leave_panel().await?;
    browser.script("Porchlight.close(); return null").await?;
    assert_eq!(browser.script("return Porchlight.isOpen()").await?, json!(true));
    // A router makes the element anew.
    browser
        .script("const old = document.getElementById('chat'); const fresh = document.createElement('div'); fresh.id = 'chat'; old.replaceWith(fresh); return null")
        .await?;
    browser.enter_panel().await?;
    browser.reads("log", "Messages", "From the page").await?;
    browser.leave_panel().await?;
    // The next page has its own panel, closed.
    browser.goto(&theatre.page("index.html")).await?;
    browser.find("button", "Open chat").await?;
    browser.close().await
}

async fn page_of_its_own(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    let address = format!("{}/chat/{}", theatre.stage.base_url(), theatre.stage.site_key());
    browser.goto(&address).await?;
    says(&browser, "From the page of the chat").await?;
    browser.leave_panel().await?;
    browser.until("it fills the window", &covers(WINDOW)).await?;
    browser.reload().await?;
    browser.enter_panel().await?;
    browser.reads("log", "Messages", "From the page of the chat").await?;
    browser.leave_panel().await?;
    browser.see_as(Eyes::Phone).await?;
    browser.until("it is on a phone", "return innerWidth === 390").await?;
    browser.until("it fills a phone", &covers(WINDOW)).await?;
    let console = browser.console().await?;
    assert!(console.iter().all(|line| !line.contains("Content Security Policy")), "{console:?}");
    browser.close().await
}

async fn window_of_its_own(theatre: &Theatre) -> WebDriverResult<()> {
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page("index.html")).await?;
    browser.click("button", "Open chat").await?;
    says(&browser, "Before it was moved").await?;
    browser.leave_panel().await?;
    browser.script("window.moved = document.createElement('button'); moved.textContent = 'Move'; moved.onclick = () => { window.other = Porchlight.popout(); }; document.body.prepend(moved); return null").await?;
    browser.script("return typeof Porchlight.open").await?;
    browser.script("Porchlight.on('ready', () => (window.isReady = true)); return null").await?;
    browser.until("the API is there", "return window.isReady === true").await?;
    browser.click("button", "Move").await?;
    browser.until("it is closed here", "return !Porchlight.isOpen() && !!window.other").await?;
    browser.switch_to_tab(1).await?;
    assert_eq!(browser.script("return location.href").await?, json!("about:blank"));
    browser.enter_panel().await?;
    browser.reads("log", "Messages", "Before it was moved").await?;
    browser.write("textbox", "Message", "After").await?;
    browser.click("button", "Send").await?;
    browser.leave_panel().await?;
    browser.switch_to_tab(0).await?;
    browser.click("button", "Open chat").await?;
    browser.enter_panel().await?;
    browser.reads("log", "Messages", "After").await?;
    browser.close().await
}

async fn package(theatre: &Theatre) -> WebDriverResult<()> {
    let project = Project::find().expect("the project's folder");
    let node = Node::find(&project).expect("what `prepare` installs");
    Package::of(&project).build(&node).expect("the package is built");
    let browser = theatre.browser().await?;
    browser.goto(&theatre.page("package.html")).await?;
    browser.until("it was loaded", "return window.heard?.at(-1) === 'loaded'").await?;
    assert_eq!(browser.script("return heard").await?, json!(["open", "loaded"]));
    browser.enter_panel().await?;
    browser
        .until(
            "it was written into the field",
            "return document.getElementById('field')?.value === 'From a package'",
        )
        .await?;
    browser.leave_panel().await?;
    browser.script("leave(); return null").await?;
    browser.until("it is away", "return heard.at(-1) === 'shutdown'").await?;

    // The tag brings the script, and the package only talks to it.
    browser.goto(&theatre.page("package-tag.html")).await?;
    browser.until("it opens", "return String(window.heard) === 'api'").await?;
    browser.enter_panel().await?;
    let field = "return document.getElementById('field')?.value === 'From beside the tag'";
    browser.until("it was written into the field", field).await?;
    browser.leave_panel().await?;
    browser.close().await
}
