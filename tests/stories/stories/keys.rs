//! Keys for programs: made, told once, ended.

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::newcomer::Newcomer;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] =
    &[("AK1 an owner makes a key, sees it once, and revokes it", |theatre| {
        theatre.tell(made_and_revoked(theatre))
    })];

async fn made_and_revoked(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Kim Keeper").await?;
    let browser = &owner.browser;
    browser.write("textbox", "Name of the workspace", "Keys & Co").await?;
    browser.click("button", "Create the workspace").await?;
    browser.find("heading", "New site").await?;
    browser.click("link", "API keys").await?;
    browser.until("there is none", "return document.body.innerText.includes('No key yet')").await?;

    nothing_found(theatre, browser, "no key").await?;

    browser.click("button", "New key").await?;
    nothing_found(theatre, browser, "new key").await?;
    browser.click("button", "Make the key").await?;
    browser
        .until(
            "it says what is missing, at the first field that lacks something",
            "return document.activeElement?.id === 'key-name'
                && document.body.innerText.includes('Enter a name for the key.')
                && document.body.innerText.includes('Choose at least one thing that it may do.')",
        )
        .await?;
    browser.write("textbox", "Name", "Weekly export").await?;
    browser.click("checkbox", "Read conversations conversations:read").await?;
    browser.click("checkbox", "Read contacts contacts:read").await?;
    browser.click("button", "Make the key").await?;
    browser.find("heading", "Keep this now: it is shown this once.").await?;
    nothing_found(theatre, browser, "the key, once").await?;
    let text = "return [...document.querySelectorAll('dialog[open] code')].map((code) => code.textContent).find((text) => text.startsWith('sk_'))";
    let told = browser.script(text).await?;
    let told = told.as_str().expect("the key is told").to_owned();
    assert_eq!(told.len(), 67, "{told}");
    browser.click("button", "I have kept it").await?;

    browser.reads("list", "Keys", "Weekly export").await?;
    let line = browser.text_of("list", "Keys").await?;
    for part in ["Read conversations · Read contacts", "Never used", "Expires ", " by Kim Keeper"] {
        assert!(line.contains(part), "{part}: {line}");
    }
    assert!(line.contains(&format!("sk_…{}", &told[63..])), "{line}");
    browser.reload().await?;
    browser.reads("list", "Keys", "Weekly export").await?;
    let page = browser.script("return document.documentElement.outerHTML").await?;
    assert!(page.as_str().is_some_and(|page| !page.contains(&told[..63])), "it is told this once");

    nothing_found(theatre, browser, "one key").await?;
    browser.click("button", "Revoke Weekly export").await?;
    browser.find("heading", "Revoke Weekly export?").await?;
    browser
        .until(
            "it says what stops",
            "return document.body.innerText.includes('Every program that uses it is refused at once')",
        )
        .await?;
    browser.click("button", "Revoke").await?;
    browser.until("it is gone", "return document.body.innerText.includes('No key yet')").await?;
    browser.reload().await?;
    browser.until("it stays gone", "return document.body.innerText.includes('No key yet')").await?;
    owner.browser.close().await
}
