//! axe in every state of the chat, in the light and in the dark.

use protocol::storage_manifest::StorageManifest;
use serde_json::json;
use tests::Case;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use super::accessible::nothing_found;
use super::failed::{CONFLICT, HOLD_BACK, take_id};
use super::files::{CHOOSE_PHOTOGRAPH, choose, in_tray};
use super::hours::Shop;
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG45 axe finds nothing while people talk, nor after the end", |theatre| theatre.tell(talking(theatre))),
    ("WG45 axe finds nothing in files, a picture that is looked at, and what is refused", |theatre| {
        theatre.tell(files(theatre))
    }),
    ("WG45 axe finds nothing in what is shown of a message while the panel is closed", |theatre| {
        theatre.tell(previewed(theatre))
    }),
    ("WG45 axe finds nothing while the team is away, and in what is asked first", |theatre| {
        theatre.tell(before_the_talk(theatre))
    }),
    (
        "WG45 axe finds nothing in a site's own look, and where the chat is a page or a part of one",
        |theatre| theatre.tell(looks_and_places(theatre)),
    ),
    ("PV4 WG45 a visitor reads in the menu what is stored on their device", |theatre| {
        theatre.tell(stored(theatre))
    }),
];

/// A colour that cannot be written with on white.
const PALE: &str = "#ffd500";

/// Looks at the present document in the light and in the dark.
async fn inspect(theatre: &Theatre, browser: &Browser, state: &str) -> WebDriverResult<()> {
    for eyes in [Eyes::Desktop, Eyes::Dark] {
        look_as(theatre, browser, eyes, state).await?;
    }
    browser.see_as(Eyes::Desktop).await
}

/// The same on a phone, where a story ends: the panel is somewhere else afterwards.
async fn inspect_on_phone(theatre: &Theatre, browser: &Browser, state: &str) -> WebDriverResult<()> {
    look_as(theatre, browser, Eyes::Phone, state).await
}

async fn look_as(theatre: &Theatre, browser: &Browser, eyes: Eyes, state: &str) -> WebDriverResult<()> {
    browser.see_as(eyes).await?;
    // What fades in has no contrast before.
    a_moment().await;
    nothing_found(theatre, browser, &format!("{state}, {}", eyes.name())).await
}

async fn talking(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("Is this a good state to be in?").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Is this a good state to be in?").await?;
    agent.replies("**Certainly**, see [our guide](https://shop.example/care) or `care.pdf`").await?;
    visitor.reads("Certainly").await?;
    browser.click("button", "Options of your message").await?;
    browser.find("button", "Edit").await?;
    inspect(theatre, browser, "options of a message").await?;
    browser.click("button", "Edit").await?;
    browser.find("button", "Cancel").await?;
    inspect(theatre, browser, "a message is changed").await?;
    browser.click("button", "Cancel").await?;
    browser.click("button", "Message options").await?;
    browser.click("button", "Reply").await?;
    inspect(theatre, browser, "a message is answered").await?;
    browser.click("button", "Emoji").await?;
    inspect(theatre, browser, "emoji").await?;
    browser.press(Key::Escape).await?;
    visitor.says("An answer to an answer").await?;
    browser.click("button", "Options of your message").await?;
    browser.click("button", "Delete").await?;
    inspect(theatre, browser, "a message is to be deleted").await?;
    browser.click("button", "Keep").await?;

    browser.click("button", "Chat options").await?;
    browser.find("button", "End chat").await?;
    inspect(theatre, browser, "menu of the chat").await?;
    browser.click("button", "End chat").await?;
    browser.find("button", "Go on").await?;
    inspect(theatre, browser, "the end is asked").await?;
    browser.click("button", "End chat").await?;
    browser.find("button", "4 of 5").await?;
    inspect(theatre, browser, "the end").await?;
    browser.click("button", "4 of 5").await?;
    browser.find("button", "Send rating").await?;
    inspect(theatre, browser, "a rating").await?;
    browser.click("button", "Send rating").await?;
    visitor.reads("You rated this conversation 4 of 5").await?;
    inspect(theatre, browser, "a rating was given").await?;
    inspect_on_phone(theatre, browser, "a rating was given").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

/// What the server says of a message that it will not have.
const REFUSED: &str = "
    const field = document.getElementById('field');
    field.value = 'x'.repeat(17_000);
    field.dispatchEvent(new Event('input', { bubbles: true }));
    return null";

async fn files(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    browser.script_until_done(CHOOSE_PHOTOGRAPH).await?;
    let chosen = "[['fern,12', 'price list of the spring.csv', ''], ['<svg/>', 'plan.svg', '']]";
    browser.script(&choose(chosen)).await?;
    in_tray(browser, "there", 2).await?;
    in_tray(browser, "failed", 1).await?;
    inspect(theatre, browser, "files that were chosen, and one that was refused").await?;
    visitor.says("Is this one a fern, axe?").await?;
    browser.click("button", "Remove plan.svg").await?;
    visitor.reads("price list").await?;
    visitor.reads("Sent").await?;
    inspect(theatre, browser, "files in the conversation").await?;
    browser.script("[...document.querySelectorAll('.picture')].at(-1).click()").await?;
    browser.find("button", "Download").await?;
    inspect(theatre, browser, "a picture that is looked at").await?;
    browser.press(Key::Escape).await?;
    browser.script(REFUSED).await?;
    inspect(theatre, browser, "a text that is too long").await?;
    browser.script("document.querySelector('#field').value = ''; return null").await?;
    browser.script(HOLD_BACK).await?;
    visitor.says("Is the fern still there, axe?").await?;
    browser.leave_panel().await?;
    take_id(theatre, browser, "I am somebody else.").await?;
    browser.enter_panel().await?;
    visitor.reads(CONFLICT).await?;
    inspect(theatre, browser, "a message that has failed").await?;
    inspect_on_phone(theatre, browser, "a message that has failed").await?;
    visitor.browser.close().await
}

async fn previewed(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    visitor.says("I shall be inspected meanwhile").await?;
    visitor.reads("Sent").await?;
    browser.leave_panel().await?;
    browser.click("button", "Close chat").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("I shall be inspected meanwhile").await?;
    agent.replies("On **Wednesday** at noon").await?;
    browser.enter_panel().await?;
    visitor.reads("Wednesday at noon").await?;
    inspect(theatre, browser, "preview").await?;
    browser.leave_panel().await?;
    inspect(theatre, browser, "page with a preview").await?;
    inspect_on_phone(theatre, browser, "page with a preview").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn before_the_talk(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    shop.receives(&json!({ "zone": "UTC", "week": [], "holidays": [] }));
    let page = format!("{}/index.html", site.base_url());
    let visitor = VisitorAtShop::come_to(theatre, &page).await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    let field = "Leave your e-mail address, so that we can reach you.";
    browser.find("textbox", field).await?;
    inspect(theatre, browser, "the team is away").await?;
    browser.write("textbox", field, "anna").await?;
    browser.press(Key::Enter).await?;
    browser.until("it is told", "return document.getElementById('email-said').textContent !== ''").await?;
    inspect(theatre, browser, "what was left is no address").await?;
    browser.write("textbox", field, "@example.com").await?;
    browser.press(Key::Enter).await?;
    let is_kept = "return document.getElementById('email-said').textContent.includes('anna@example.com')";
    browser.until("it is kept", is_kept).await?;
    inspect(theatre, browser, "an address was left").await?;
    visitor.browser.close().await?;

    let questions = json!([
        { "kind": "text", "label": "Your name", "is_required": true },
        { "kind": "email", "label": "Your address", "is_required": false },
        { "kind": "choice", "label": "About what?", "is_required": true, "choices": ["Orders", "Ferns"] },
        {
            "kind": "consent", "label": "I have read how you keep this", "is_required": true,
            "link": "https://shop.example/privacy",
        },
    ]);
    let path = format!("{}/reception", shop.path);
    let asked = shop.owner().send("PUT", &path, &json!({ "hours": null, "questions": questions }));
    assert_eq!(asked.status, 200, "{}", asked.body);
    let browser = theatre.browser().await?;
    browser.goto(&page).await?;
    browser.click("button", "Open chat").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Your name").await?;
    inspect(theatre, &browser, "questions").await?;
    browser.click("button", "Start the chat").await?;
    browser.until("faults are told", "return !!document.querySelector('.question .fault')").await?;
    inspect(theatre, &browser, "questions without answers").await?;
    inspect_on_phone(theatre, &browser, "questions without answers").await?;
    browser.close().await
}

async fn stored(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    let browser = &visitor.browser;
    visitor.open_chat().await?;
    browser.click("button", "Chat options").await?;
    browser.click("button", "What is stored here").await?;
    browser.until("it has the keyboard", "return document.activeElement.matches('.stored')").await?;
    let read = "return [...document.querySelectorAll('.stored > *')].map((entry) => entry.textContent)";
    let read = browser.script(read).await?;
    let expected = StorageManifest::of_widget().items.into_iter().flat_map(|item| {
        let category = serde_json::to_value(item.category).expect("a word");
        let category = category.as_str().unwrap_or_default();
        [item.key, format!("{} {} ({category})", item.purpose, item.life)]
    });
    assert_eq!(read, json!(expected.collect::<Vec<_>>()));
    inspect(theatre, browser, "what is stored").await?;
    for eyes in [Eyes::Desktop, Eyes::Phone] {
        browser.see_as(eyes).await?;
        a_moment().await;
        browser.picture_as(eyes, "widget-stored").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    a_moment().await;
    browser.click("button", "What is stored here").await?;
    browser.until("it is hidden again", "return document.querySelector('.stored') === null").await?;
    visitor.browser.close().await
}

async fn looks_and_places(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let settings = json!({
        "config": { "name": "Fernwood", "accent": PALE, "greeting": "" },
        "allowed_origins": [],
        "allow_localhost": true,
        "look": { "label": "Ask us" },
    });
    let path = shop.path.clone();
    let looks = shop.owner().send("PUT", &path, &settings);
    assert_eq!(looks.status, 200, "{}", looks.body);

    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    let browser = &visitor.browser;
    browser.find("button", "Ask us").await?;
    inspect(theatre, browser, "launcher with a text").await?;
    browser.click("button", "Ask us").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    visitor.says("Is it [readable](https://shop.example)?").await?;
    visitor.reads("Sent").await?;
    inspect(theatre, browser, "panel of a pale colour").await?;
    browser.leave_panel().await?;
    browser.script("Porchlight.update({ scheme: 'dark' }); return null").await?;
    browser.enter_panel().await?;
    inspect(theatre, browser, "panel that the page has made dark").await?;

    browser.goto(&format!("{}/chat/{}", theatre.stage.base_url(), shop.key)).await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    inspect(theatre, browser, "chat that is a page").await?;
    browser.leave_panel().await?;
    inspect(theatre, browser, "page of the chat").await?;
    browser.goto(&theatre.page("inline.html")).await?;
    browser.until("it has its place", "return !!document.querySelector('#chat > *')").await?;
    browser.script("document.getElementById('chat').scrollIntoView(); return null").await?;
    browser.enter_panel().await?;
    browser.find("textbox", "Message").await?;
    inspect(theatre, browser, "chat that is a part of a page").await?;
    inspect_on_phone(theatre, browser, "chat that is a part of a page").await?;
    visitor.browser.close().await
}
