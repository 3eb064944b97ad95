//! Conversations are filtered, and what fits is at hand.

use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::private_chats::colleague;
use super::teams::counts;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[(
    "WS45 WS48 IB122 IB123 IB124 IB125 IB126 a filter is made, fills and empties by itself, is changed and removed",
    |theatre| theatre.tell(filtered(theatre)),
)];

async fn filtered(theatre: &Theatre) -> WebDriverResult<()> {
    let mia = colleague(theatre, "Mia Filters").await?;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let question = "My lamp flickers";
    visitor.says(question).await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    agent.open(question).await?;
    browser.write("textbox", "Reply", "/label Lampstory").await?;
    browser.press(Key::Enter).await?;
    browser.shows("You added the label Lampstory").await?;

    browser.click("button", "New filter").await?;
    browser.write("textbox", "Name", "Lamps to fix").await?;
    browser.choose("About, condition 1", "Label").await?;
    browser.shows("Fill in every condition to see how many fit.").await?;
    browser.click("button", "Save").await?;
    browser.shows("A label has 1 to 40 letters.").await?;
    nothing_found(theatre, browser, "a filter that is not filled in").await?;
    browser.write("textbox", "Value, condition 1", "lampSTORY").await?;
    browser.shows("1 conversation fits.").await?;
    browser.click("button", "Add a condition").await?;
    browser
        .until("the focus is there", "return document.activeElement.ariaLabel === 'About, condition 2'")
        .await?;
    browser.choose("How, condition 2", "is not").await?;
    browser.shows("No conversation fits at the moment.").await?;
    browser.choose("How, condition 2", "is").await?;
    browser.shows("1 conversation fits.").await?;
    browser.click("checkbox", "For everybody in the workspace").await?;
    nothing_found(theatre, browser, "a new filter").await?;
    browser.pictures("filter-editor").await?;
    browser.click("button", "Save").await?;
    counts(browser, "Lamps to fix", Some(1)).await?;
    counts(&mia, "Lamps to fix", Some(1)).await?;
    browser.reads("list", "Conversations", question).await?;
    nothing_found(theatre, browser, "a filter's view").await?;
    browser.pictures("filter-view").await?;

    // It fills and empties by itself, and is where the address says.
    mia.press_with(&[Key::Control], "k").await?;
    mia.find("combobox", "What do you want to do?").await?;
    mia.take("lamps to fix").await?;
    mia.reads("list", "Conversations", question).await?;
    agent.open(question).await?;
    browser.click("button", "Resolve").await?;
    counts(&mia, "Lamps to fix", Some(0)).await?;
    mia.shows("Nothing fits").await?;
    nothing_found(theatre, &mia, "a filter that nothing fits").await?;
    mia.picture("filter-empty").await?;
    browser.click("button", "Undo").await?;
    counts(&mia, "Lamps to fix", Some(1)).await?;
    mia.reads("list", "Conversations", question).await?;
    mia.reload().await?;
    mia.reads("list", "Conversations", question).await?;

    browser.click("button", "Edit the filter Lamps to fix").await?;
    browser.find("textbox", "Name").await?;
    browser.shows("1 conversation fits.").await?;
    browser.click("button", "Add a group").await?;
    browser.choose("How, condition 1", "is there").await?;
    browser.script("document.getElementById('filter-name').select(); return null").await?;
    browser.write("textbox", "Name", "Lamps").await?;
    nothing_found(theatre, browser, "a filter of two groups").await?;
    browser.pictures("filter-groups").await?;
    browser.click("button", "Save").await?;
    counts(&mia, "Lamps", Some(1)).await?;
    browser.click("button", "Edit the filter Lamps").await?;
    browser.click("button", "Remove filter").await?;
    browser.shows("Remove the filter Lamps?").await?;
    nothing_found(theatre, browser, "the question before a filter is removed").await?;
    browser.picture("filter-removal").await?;
    browser.click("button", "Remove").await?;
    counts(&mia, "Lamps", None).await?;
    mia.shows("This filter is not there any more.").await?;
    mia.picture("filter-gone").await?;
    visitor.browser.close().await?;
    mia.close().await?;
    agent.browser.close().await
}
