//! A workspace changes hands, and is about to be deleted and is kept.

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::door::invite;
use crate::newcomer::Newcomer;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WS14 IB29 an owner hands the workspace over, and the new one lets the old one go", |theatre| {
        theatre.tell(handed_over(theatre))
    }),
    ("WS14 IB29 a workspace that is to be deleted says when, and is kept", |theatre| {
        theatre.tell(kept(theatre))
    }),
];

async fn handed_over(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    owner.found("Heirloom Ferns").await?;
    let browser = &owner.browser;
    browser.shows("There is nobody else here yet. Invite somebody first.").await?;
    let ben = invite(theatre, &owner).await?;
    ben.join(theatre, "Heirloom Ferns", "Ben Heir").await?;
    let heir = &ben.browser;
    let settings = heir.address_of_settings().await?;
    heir.goto(&format!("{}{settings}", theatre.stage.base_url())).await?;
    heir.find("button", "Leave the workspace").await?;
    for not_offered in ["Name", "Hand over", "Delete"] {
        assert!(!heir.has("heading", not_offered).await?, "{not_offered}");
    }

    browser.click("link", "General").await?;
    browser.choose("New owner", "Ben Heir").await?;
    nothing_found(theatre, browser, "an owner's page of the workspace").await?;
    browser.click("button", "Hand over…").await?;
    browser.find("heading", "Hand Heirloom Ferns over to Ben Heir?").await?;
    nothing_found(theatre, browser, "the question before a workspace is handed over").await?;
    browser.pictures("hand-over").await?;
    browser.answer("Cancel").await?;
    browser.no_dialog().await?;
    browser.find("button", "Delete the workspace…").await?;
    browser.click("button", "Hand over…").await?;
    browser.answer("Hand over").await?;

    browser.shows("Handed over. You are an admin now.").await?;
    browser.find("button", "Leave the workspace").await?;
    for not_offered in ["Hand over", "Delete"] {
        assert!(!browser.has("heading", not_offered).await?, "{not_offered}");
    }
    let is_led = "return document.activeElement.id === 'page-title'";
    browser.until("the focus is at what stays", is_led).await?;
    nothing_found(theatre, browser, "a workspace that was handed over").await?;
    browser.pictures("handed-over").await?;

    // The new owner sees it at once, where he is.
    heir.find("button", "Hand over…").await?;
    heir.find("button", "Delete the workspace…").await?;
    heir.shows("You own this workspace. Hand it over first, or delete it.").await?;
    heir.click("link", "People").await?;
    let role = heir.find("combobox", "Role of Olga Owner").await?;
    assert_eq!(role.value().await?.as_deref(), Some("admin"));
    browser.click("link", "People").await?;
    browser.reads("list", "People", "Ben Heir").await?;
    assert!(!browser.has("button", "Remove Ben Heir").await?, "nobody removes the owner");
    heir.click("button", "Remove Olga Owner").await?;
    heir.answer("Remove").await?;
    browser.shows("You do not belong to this workspace").await?;

    heir.click("link", "Audit log").await?;
    heir.reads("list", "Changes, newest first", "Ben Heir removed Olga Owner.").await?;
    heir.reads("list", "Changes, newest first", "Olga Owner handed the workspace over to Ben Heir.").await?;
    nothing_found(theatre, heir, "the audit log").await?;
    ben.browser.close().await?;
    owner.browser.close().await
}

/// How many days from now the workspace of the page's address is deleted; `null` if it stays.
const DELETED_IN: &str = "
    const done = arguments[arguments.length - 1];
    const workspace = location.pathname.split('/')[3];
    fetch(`/api/workspaces/${workspace}`).then((answer) => answer.json()).then(({ deleted_at: at }) =>
        done(at === null ? null : Math.round((at - Date.now()) / 86_400_000)));";

async fn kept(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    owner.found("Passing Ferns").await?;
    let browser = &owner.browser;
    browser.click("link", "People").await?;
    browser.choose("Role", "Admin").await?;
    let ada = invite(theatre, &owner).await?;
    ada.join(theatre, "Passing Ferns", "Ada Admin").await?;

    browser.click("link", "General").await?;
    browser.click("button", "Delete the workspace…").await?;
    browser.find("heading", "Delete Passing Ferns?").await?;
    browser.write("textbox", "Type the name of the workspace to confirm", "Passing").await?;
    browser.answer("Delete in 14 days").await?;
    browser.shows("This is not the name of the workspace.").await?;
    nothing_found(theatre, browser, "a deletion with the wrong name").await?;
    browser.pictures("delete-workspace").await?;
    assert_eq!(browser.script_until_done(DELETED_IN).await?, serde_json::Value::Null);
    browser.overwrite("Type the name of the workspace to confirm", "Passing Ferns").await?;
    browser.answer("Delete in 14 days").await?;
    browser.find("button", "Keep the workspace").await?;
    browser.no_dialog().await?;
    browser.shows("This workspace will be deleted on").await?;
    assert_eq!(browser.script_until_done(DELETED_IN).await?, 14);
    let is_led = "return document.activeElement.id === 'deletion'";
    browser.until("the focus is at what was said", is_led).await?;
    nothing_found(theatre, browser, "a workspace that will be deleted").await?;
    browser.script("document.getElementById('deletion').scrollIntoView(); return null").await?;
    browser.pictures("to-be-deleted").await?;

    // Owner and admins hear of it, an admin sees it everywhere and cannot take it back; until then all goes on.
    owner.receives("One of your workspaces will be deleted").await?;
    ada.receives("One of your workspaces will be deleted").await?;
    let settings = ada.browser.address_of_settings().await?;
    for page in ["general", "people", "audit"] {
        let address = settings.replace("general", page);
        ada.browser.goto(&format!("{}{address}", theatre.stage.base_url())).await?;
        ada.browser.shows("This workspace will be deleted on").await?;
    }
    assert!(!ada.browser.has("button", "Keep the workspace").await?, "only the owner takes it back");
    ada.browser.goto(&theatre.inbox("")).await?;
    ada.browser.find("list", "Conversations").await?;

    browser.reload().await?;
    browser.click("button", "Keep the workspace").await?;
    browser.shows("The workspace stays.").await?;
    browser.until("nothing says otherwise", "return !document.querySelector('.banner')").await?;
    browser.find("button", "Delete the workspace…").await?;
    assert_eq!(browser.script_until_done(DELETED_IN).await?, serde_json::Value::Null);
    browser.click("link", "Audit log").await?;
    let log = "Changes, newest first";
    browser.reads("list", log, "Olga Owner stopped the deletion of the workspace.").await?;
    browser.reads("list", log, "Olga Owner asked for the workspace to be deleted.").await?;
    browser.reads("list", log, "Ada Admin joined as Admin.").await?;
    ada.browser.close().await?;
    owner.browser.close().await
}
