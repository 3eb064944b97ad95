//! Roles of a workspace's own: made, given, redrawn and removed, and what their people see of it.

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::door::{found_with_two_sites, invite};
use crate::browser::Browser;
use crate::newcomer::Newcomer;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[(
    "WS13 IB30 IB36 a role is made, given, redrawn and removed, and lets its person do what it says",
    |theatre| theatre.tell(a_roles_life(theatre)),
)];

const ROLE: &str = "Site keeper";

/// Gives somebody another role.
async fn give(browser: &Browser, name: &str, role: &str) -> WebDriverResult<()> {
    browser.click("link", "People").await?;
    browser.choose(&format!("Role of {name}"), role).await?;
    browser.shows(&format!("Saved: {name} is {role}.")).await
}

/// Makes the role; what is missing, and what is there already, is said first.
async fn make(theatre: &Theatre, browser: &Browser) -> WebDriverResult<()> {
    browser.click("link", "Roles").await?;
    browser.shows("None yet.").await?;
    browser.click("button", "New role").await?;
    nothing_found(theatre, browser, "a new role").await?;
    browser.answer("Make the role").await?;
    browser.shows("Enter a name for the role.").await?;
    browser.write("textbox", "Name", ROLE).await?;
    browser.click("checkbox", "Read conversations").await?;
    browser.click("checkbox", "Manage sites").await?;
    assert!(!browser.has("checkbox", "Own the workspace").await?, "no role owns");
    browser.pictures("new-role").await?;
    browser.answer("Make the role").await?;
    browser.reads("list", "Your roles", "Read conversations · Manage sites").await?;
    browser.no_dialog().await?;
    browser.click("button", "New role").await?;
    browser.write("textbox", "Name", "site KEEPER").await?;
    browser.answer("Make the role").await?;
    browser.shows("There is a role of this name.").await?;
    browser.answer("Cancel").await?;
    browser.no_dialog().await?;
    nothing_found(theatre, browser, "roles of one's own").await?;
    browser.pictures("roles").await
}

async fn a_roles_life(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    let site_key = found_with_two_sites(&owner, "Many Hands").await?;
    let rita = invite(theatre, &owner).await?;
    rita.join(theatre, "Many Hands", "Rita Reader").await?;
    let shop = theatre.open_shop(&site_key);
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", shop.base_url())).await?;
    visitor.open_chat().await?;
    visitor.says("Who may answer me?").await?;
    visitor.reads("Sent").await?;
    let browser = &owner.browser;
    make(theatre, browser).await?;

    let rita = AgentAtInbox::at(rita.browser);
    rita.open("Who may answer me?").await?;
    rita.browser.find("textbox", "Reply").await?;
    give(browser, "Rita Reader", ROLE).await?;
    only_reads(theatre, &rita).await?;
    keeps_sites(theatre, &rita.browser).await?;

    browser.click("link", "Roles").await?;
    browser.click("button", "Remove Site keeper").await?;
    browser.answer("Remove").await?;
    browser.shows("Somebody has this role. Give them another one first.").await?;
    nothing_found(theatre, browser, "a role that somebody has").await?;
    browser.answer("Cancel").await?;
    browser.no_dialog().await?;
    browser.click("button", "Change Site keeper").await?;
    browser.click("checkbox", "Manage sites").await?;
    browser.click("checkbox", "Write notes").await?;
    browser.answer("Save").await?;
    browser.reads("list", "Your roles", "Read conversations · Write notes").await?;
    rita.browser.shows("This is not yours to see").await?;
    rita.browser.goto(&theatre.inbox("")).await?;
    only_notes(theatre, &rita).await?;
    let told = visitor.browser.text_of("log", "Messages").await?;
    assert!(!told.contains("Somebody should answer"), "{told}");

    browser.click("button", "Change Site keeper").await?;
    browser.click("checkbox", "Read conversations").await?;
    browser.answer("Save").await?;
    rita.browser.shows("This is not yours to see").await?;
    let kept = rita.browser.script("return document.body.innerText.includes('Who may answer me?')").await?;
    assert_eq!(kept, false, "what was read is gone with the right to read it");
    nothing_found(theatre, &rita.browser, "an inbox that is not theirs to see").await?;
    rita.browser.pictures("inbox-not-yours").await?;

    give(browser, "Rita Reader", "Agent").await?;
    rita.browser.reload().await?;
    rita.open("Who may answer me?").await?;
    rita.replies("I may, again.").await?;
    visitor.reads("I may, again.").await?;
    browser.click("link", "Roles").await?;
    browser.click("button", "Remove Site keeper").await?;
    browser.answer("Remove").await?;
    browser.shows("None yet.").await?;
    logged(theatre, browser).await?;
    visitor.browser.close().await?;
    rita.browser.close().await?;
    owner.browser.close().await
}

/// Whoever only reads is offered nothing that would be refused, neither by pointer nor by keyboard.
async fn only_reads(theatre: &Theatre, rita: &AgentAtInbox) -> WebDriverResult<()> {
    let browser = &rita.browser;
    browser.shows("Your role lets you read this conversation, not write in it.").await?;
    rita.reads("Who may answer me?").await?;
    for (role, not_offered) in [
        ("textbox", "Reply"),
        ("textbox", "Note"),
        ("button", "Resolve"),
        ("button", "Assignee: Nobody"),
        ("button", "Options of this message"),
    ] {
        assert!(!browser.has(role, not_offered).await?, "{not_offered}");
    }
    for key in ["r", "e", "a", "m"] {
        browser.press(key).await?;
    }
    a_moment().await;
    assert_eq!(
        browser.script("return document.querySelector('dialog[open], textarea')").await?,
        serde_json::Value::Null
    );
    nothing_found(theatre, browser, "a conversation that is only read").await?;
    browser.pictures("inbox-only-reads").await
}

/// Whoever keeps sites makes one, and sees nothing else of the settings.
async fn keeps_sites(theatre: &Theatre, browser: &Browser) -> WebDriverResult<()> {
    let settings = browser.address_of_settings().await?;
    let page = |name: &str| format!("{}{}", theatre.stage.base_url(), settings.replace("general", name));
    browser.goto(&page("general")).await?;
    browser.find("link", "Sites").await?;
    for not_offered in ["Roles", "API keys", "Audit log", "Reports"] {
        assert!(!browser.has("link", not_offered).await?, "{not_offered}");
    }
    for not_theirs in ["roles", "api-keys", "audit", "reports"] {
        browser.goto(&page(not_theirs)).await?;
        browser.shows("This is not yours to see").await?;
    }
    browser.goto(&page("new-site")).await?;
    browser.write("textbox", "Name", "The greenhouse").await?;
    browser.click("button", "Create the site").await?;
    browser.find("heading", "The greenhouse").await?;
    Ok(())
}

/// Whoever reads and writes notes writes one, to nobody else.
async fn only_notes(theatre: &Theatre, rita: &AgentAtInbox) -> WebDriverResult<()> {
    rita.open("Who may answer me?").await?;
    let browser = &rita.browser;
    browser.find("textbox", "Note").await?;
    assert!(!browser.has("tab", "Reply").await? && !browser.has("button", "Resolve").await?);
    nothing_found(theatre, browser, "a conversation with notes alone").await?;
    browser.pictures("inbox-only-notes").await?;
    browser.write("textbox", "Note", "Somebody should answer.").await?;
    browser.click("button", "Send").await?;
    rita.reads("Somebody should answer.").await?;
    Ok(())
}

/// All of it stands in the audit log, in words.
async fn logged(theatre: &Theatre, browser: &Browser) -> WebDriverResult<()> {
    browser.click("link", "Audit log").await?;
    for line in [
        "Olga Owner removed the role Site keeper.",
        "Olga Owner made Rita Reader Agent instead of Site keeper.",
        "Olga Owner changed the role Site keeper, which now has: write notes.",
        "Olga Owner changed the role Site keeper, which now has: read conversations, write notes.",
        "Rita Reader made the site The greenhouse.",
        "Olga Owner made Rita Reader Site keeper instead of Agent.",
        "Olga Owner made the role Site keeper: read conversations, manage sites.",
        "Rita Reader joined as Agent.",
    ] {
        browser.reads("list", "Changes, newest first", line).await?;
    }
    nothing_found(theatre, browser, "the audit log").await?;
    browser.pictures("audit-log").await
}
