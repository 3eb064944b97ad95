//! How a site's owner puts the chat into their pages, and learns whether it is there.

use serde_json::json;
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::door::found_with_two_sites;
use crate::browser::Browser;
use crate::newcomer::Newcomer;
use crate::reading::AgentAtInbox;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("IB32 each of eleven ways to install says what to paste, by the keyboard", |theatre| {
        theatre.tell(ways(theatre))
    }),
    ("SI6 IB32 a page is looked at, and what is found is said in words", |theatre| {
        theatre.tell(checked(theatre))
    }),
];

const WAYS: [&str; 11] = [
    "Plain HTML",
    "WordPress",
    "Shopify",
    "Google Tag Manager",
    "Next.js",
    "Nuxt",
    "SvelteKit",
    "Astro",
    "Rails",
    "Laravel",
    "Django",
];

/// The tab that is chosen and has the focus, which of the tabs can be reached by Tab, what names the panel, and what it says
/// to paste.
const CHOSEN: &str = "
    const tab = document.activeElement;
    const panel = document.getElementById(tab.getAttribute('aria-controls'));
    return {
        name: tab.getAttribute('aria-selected') === 'true' ? tab.textContent.trim() : null,
        reachable: [...document.querySelectorAll('[role=tab]')].filter((tab) => tab.tabIndex === 0).length,
        named: document.getElementById(panel?.getAttribute('aria-labelledby'))?.textContent.trim(),
        paste: panel?.querySelector('pre')?.textContent,
    }";

/// Goes to how a site is installed, from its workspace's settings.
async fn open_install(browser: &Browser, site: &str) -> WebDriverResult<()> {
    browser.click("link", "Sites").await?;
    browser.find("heading", "All sites").await?;
    let open = format!(
        "const card = [...document.querySelectorAll('.link-card')].find((card) => card.innerText.includes({}));
         card?.click();
         return card !== undefined",
        json!(site)
    );
    browser.until("the site is listed", &open).await?;
    browser.click("link", "Install").await?;
    browser.find("heading", "Check my page").await?;
    Ok(())
}

async fn ways(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Ina Install").await?;
    let key = found_with_two_sites(&owner, "Pasted Ferns").await?;
    let browser = &owner.browser;
    open_install(browser, "The shop").await?;
    let host = theatre.stage.base_url();

    browser.find("tab", WAYS[0]).await?.focus().await?;
    let mut pasted = Vec::new();
    for (index, way) in WAYS.into_iter().enumerate() {
        let is_chosen = format!("return (() => {{ {CHOSEN} }})().name === {}", json!(way));
        browser.until(&format!("{way} is chosen"), &is_chosen).await?;
        let chosen = browser.script(CHOSEN).await?;
        assert_eq!(chosen["named"], json!(way));
        assert_eq!(chosen["reachable"], json!(1), "{way}");
        let paste = chosen["paste"].as_str().unwrap_or_default().to_owned();
        assert!(paste.contains(&key) && paste.contains(&format!("{host}/widget.js")), "{way}: {paste}");
        nothing_found(theatre, browser, way).await?;
        pasted.push(paste);
        if way == "Google Tag Manager" || way == "Nuxt" {
            browser.pictures(&format!("install-{index}")).await?;
        }
        browser.press(Key::Right).await?;
    }
    let is = |way: &str| format!("return (() => {{ {CHOSEN} }})().name === {}", json!(way));
    browser.press(Key::Left).await?;
    browser.until("the way back begins at the last", &is("Laravel")).await?;
    browser.press(Key::Home).await?;
    browser.until("there is a key to the first", &is("Plain HTML")).await?;
    browser.press(Key::End).await?;
    browser.until("and one to the last", &is("Django")).await?;
    pasted.sort_unstable();
    pasted.dedup();
    assert!(pasted.len() >= 7, "they differ where the ways do: {pasted:?}");

    let policy = browser.find("region", "If your pages have a Content Security Policy").await?.text().await?;
    for directive in ["script-src", "connect-src", "frame-src"] {
        assert!(policy.contains(&format!("{directive} {host};")), "{policy}");
    }
    let pinned = browser.find("region", "A version that cannot change").await?.text().await?;
    assert!(pinned.contains("integrity=\"sha384-") && pinned.contains(&key), "{pinned}");
    owner.browser.close().await
}

/// Has a page looked at.
async fn check(browser: &Browser, address: &str) -> WebDriverResult<()> {
    browser.overwrite("Address of the page", address).await?;
    browser.click("button", "Check").await
}

async fn checked(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Chick Check").await?;
    found_with_two_sites(&owner, "Checked Ferns").await?;
    let browser = &owner.browser;
    open_install(browser, "The shop").await?;
    browser.click("button", "Check").await?;
    browser.shows("Enter the address of a page with the tag.").await?;
    check(browser, "https://10.0.0.1/").await?;
    browser.shows("We cannot look at this address").await?;
    nothing_found(theatre, browser, "an address that is refused").await?;
    // A developer's server may ask one port of its machine: the shop's.
    check(browser, &theatre.page("bare.html")).await?;
    browser.shows("There is no tag in the page").await?;
    check(browser, &theatre.page("index.html")).await?;
    browser.shows("There is a tag of another site").await?;
    browser.script("document.getElementById('install-check').scrollIntoView(); return null").await?;
    browser.pictures("install-checked").await?;
    owner.browser.close().await?;

    // The shop's own site finds its tag there.
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let settings = browser.address_of_settings().await?;
    browser.goto(&format!("{}{settings}", theatre.stage.base_url())).await?;
    open_install(browser, "Fernwood").await?;
    check(browser, &theatre.page("index.html")).await?;
    browser.shows("The tag is there").await?;
    browser.shows("The chat is ready on this page.").await?;
    nothing_found(theatre, browser, "a page with the tag").await?;
    agent.browser.close().await
}
