//! An agent shows a picture of themselves; visitors see it.

use tests::Case;
use thirtyfour::error::WebDriverResult;

use super::door::found_with_two_sites;
use super::files::CHOOSE_PHOTOGRAPH;
use crate::newcomer::Newcomer;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] =
    &[("AP30 IB62 visitors see an agent's picture, and initials once it is removed", |theatre| {
        theatre.tell(picture(theatre))
    })];

/// Whether the profile shows letters and no picture.
const INITIALS: &str = "
    const avatar = document.querySelector('.own-picture .avatar');
    return avatar?.dataset.letters === 'OO'
        && getComputedStyle(avatar.querySelector('.avatar__picture')).backgroundImage === 'none'";

/// Whether the profile shows a picture that is there, of the size in which it was drawn anew.
const OWN_PICTURE: &str = "
    const shown = getComputedStyle(document.querySelector('.own-picture .avatar__picture')).backgroundImage;
    const address = /^url\\(\"(.+)\"\\)$/.exec(shown)?.[1];
    if (!address) return false;
    window.probe ??= new Image();
    if (probe.src !== address) probe.src = address;
    return probe.complete && probe.naturalWidth === 256 && probe.naturalHeight === 256";

/// Whether every picture at a place is there, of the size in which it was drawn anew.
fn are_seen(place: &str, count: usize) -> String {
    format!(
        "const pictures = [...document.querySelectorAll('{place} img')];
         return pictures.length === {count} && pictures.every((picture) => picture.naturalWidth === 256
             && picture.naturalHeight === 256 && picture.getBoundingClientRect().width > 0)"
    )
}

/// Whether letters are seen at a place, and no picture over them.
fn is_without(place: &str, letters: &str) -> String {
    format!(
        "const face = document.querySelector('{place}');
         const picture = face?.querySelector('img');
         return face?.dataset.letters === '{letters}' && (!picture || (picture.complete && picture.naturalWidth === 0))"
    )
}

async fn picture(theatre: &Theatre) -> WebDriverResult<()> {
    let olga = Newcomer::sign_up(theatre, "Olga Owner").await?;
    let site_key = found_with_two_sites(&olga, "Faces & Co").await?;
    let browser = &olga.browser;
    browser.goto(&theatre.inbox("account/profile")).await?;
    browser.find("button", "Choose a picture").await?;
    browser.until("her initials are seen", INITIALS).await?;
    browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    browser.find("button", "Remove").await?;
    browser.until("her picture is seen", OWN_PICTURE).await?;
    browser.picture("own-picture").await?;

    let shop = theatre.open_shop(&site_key);
    let page = format!("{}/index.html", shop.base_url());
    let visitor = VisitorAtShop::come_to(theatre, &page).await?;
    visitor.open_chat().await?;
    visitor.says("Who are you?").await?;
    visitor.reads("Sent").await?;
    browser.goto(&theatre.inbox("")).await?;
    let agent = AgentAtInbox::at(olga.browser);
    agent.open("Who are you?").await?;
    agent.replies("The one in the picture.").await?;
    visitor.reads("The one in the picture.").await?;
    visitor
        .browser
        .until("she is seen beside what she says", &are_seen(".starts:not(.mine) .name", 1))
        .await?;
    visitor.browser.until("she is seen to be here", &are_seen(".header", 1)).await?;
    visitor.browser.picture("face-of-agent").await?;

    agent.browser.goto(&theatre.inbox("account/profile")).await?;
    agent.browser.click("button", "Remove").await?;
    agent.browser.until("her initials are back", INITIALS).await?;
    agent.browser.goto(&theatre.inbox("")).await?;
    agent.open("The one in the picture.").await?;
    // Another browser has kept nothing of what was seen.
    let other = VisitorAtShop::come_to(theatre, &page).await?;
    other.open_chat().await?;
    other.says("And I see whom?").await?;
    other.reads("Sent").await?;
    agent.browser.goto(&theatre.inbox("")).await?;
    agent.open("And I see whom?").await?;
    agent.replies("Two letters.").await?;
    other.reads("Two letters.").await?;
    other.browser.until("letters are seen", &is_without(".starts:not(.mine) .name .face", "OO")).await?;
    assert_eq!(other.browser.console().await?, Vec::<String>::new(), "that there is no picture is no error");
    visitor.browser.close().await?;
    other.browser.close().await?;
    agent.browser.close().await
}
