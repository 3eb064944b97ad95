//! A visitor is blocked and let in again.

use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use crate::browser::Eyes;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[(
    "BV1 BV4 IB117 IB118 a visitor is blocked by the keyboard, sees that the chat is closed, and is let in again",
    |theatre| theatre.tell(blocked(theatre)),
)];

const EVERY_EYE: [Eyes; 4] = [Eyes::Desktop, Eyes::Phone, Eyes::Dark, Eyes::RightToLeft];

async fn blocked(theatre: &Theatre) -> WebDriverResult<()> {
    let agent = AgentAtInbox::sign_in(theatre).await?;
    let browser = &agent.browser;
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    let offer = "Cheap watches for everybody";
    visitor.says(offer).await?;
    agent.open(offer).await?;
    agent.reads(offer).await?;
    browser.find("button", "Block visitor").await?;

    browser.press_with(&[Key::Control], "k").await?;
    browser.write("combobox", "What do you want to do?", "block the vis").await?;
    browser.press(Key::Enter).await?;
    browser.shows("Their chat closes at once").await?;
    nothing_found(theatre, browser, "the question before somebody is blocked").await?;
    browser.picture("block-question").await?;
    browser.script("document.querySelector('#confirm [type=submit]').focus(); return null").await?;
    browser.press(Key::Enter).await?;
    browser.shows("blocked this visitor, who reads nothing of what you write.").await?;
    visitor.browser.shows("The chat is not available at the moment.").await?;
    nothing_found(theatre, browser, "a conversation with somebody who is blocked").await?;
    nothing_found(theatre, &visitor.browser, "a chat that is closed to somebody").await?;
    for eyes in EVERY_EYE {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "blocked").await?;
    }
    visitor.browser.picture("blocked-panel").await?;
    browser.see_as(Eyes::Desktop).await?;
    browser.script("document.documentElement.dir = 'ltr'; return null").await?;

    // The panel was open, and is again.
    visitor.browser.reload().await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.shows("The chat is not available at the moment.").await?;

    let settings = browser.address_of_settings().await?;
    let page = settings.rsplit_once('/').map(|(base, _)| format!("{base}/blocked")).expect("an address");
    browser.goto(&format!("{}{page}", theatre.stage.base_url())).await?;
    browser.shows("Blocked by").await?;
    nothing_found(theatre, browser, "the visitors who are blocked").await?;
    for eyes in EVERY_EYE {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "settings-blocked").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.script("document.documentElement.dir = 'ltr'; return null").await?;
    browser.until("one is listed", "return document.querySelectorAll('.row-list__row').length === 1").await?;
    browser.script("document.querySelector('.row-list__row button').click(); return null").await?;
    browser.click("button", "Let in again").await?;
    browser.shows("Nobody is blocked").await?;
    nothing_found(theatre, browser, "nobody who is blocked").await?;

    visitor.browser.reload().await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.find("textbox", "Message").await?;
    visitor.says("Sorry about that").await?;
    visitor.reads("Sent").await?;
    visitor.browser.close().await?;
    agent.browser.close().await
}
