//! Office hours: whoever manages the site sets them, and the panel keeps to them.

use std::time::{Duration, Instant};

use protocol::Timestamp;
use protocol::civil::{CivilDay, MinuteOfDay};
use protocol::http::site::SiteView;
use protocol::http::workspace::WorkspaceView;
use serde_json::{Value, json};
use tests::{Case, Person};
use thirtyfour::error::WebDriverResult;

use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("OH1 IB61 who manages a site sets its office hours, and visitors read them", |theatre| {
        theatre.tell(set_in_the_inbox(theatre))
    }),
    (
        "OH4 OH5 an open panel tells by itself that the team has left, and who is there all the same",
        |theatre| theatre.tell(flips(theatre)),
    ),
    (
        "OH6 OH7 while nobody is there a visitor leaves an address, also where nothing can be stored",
        |theatre| theatre.tell(leaves_an_address(theatre)),
    ),
];

/// What stands beside the field for an address.
const LEAVE_EMAIL: &str = "Leave your e-mail address, so that we can reach you.";

/// A browser that lets pages keep nothing.
pub(super) const NO_STORAGE: &str = "
    for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(window, name, { get() { throw new DOMException('denied', 'SecurityError'); } });";

/// Longer than the longest minute of the clock that is waited for.
const TWO_MINUTES: Duration = Duration::from_secs(150);

/// What stands below the site's name, from within the panel.
const PRESENCE: &str = "return document.querySelector('.title p').textContent";

/// A shop of its own with somebody who owns it.
pub(super) struct Shop {
    /// Who owns it.
    owner: Person,
    /// The path of its site in the API of the inbox.
    pub(super) path: String,
    /// The page of its office hours, below the inbox.
    pub(super) page: String,
    /// The key of its site.
    pub(super) key: String,
}

impl Shop {
    /// Founds it.
    pub(super) fn found(theatre: &Theatre) -> Self {
        let mut owner = Person::sign_up(&theatre.stage);
        let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Fernwood" })).json();
        let settings = json!({
            "config": { "name": "Fernwood", "accent": "#1f6f5c", "greeting": "" },
            "allowed_origins": [],
            "allow_localhost": true,
        });
        let sites = format!("/api/workspaces/{}/sites", view.id);
        let site: SiteView = owner.post(&sites, &settings).json();
        let key = site.keys.first().map(|view| view.key.to_string()).unwrap_or_default();
        let page = format!("w/{}/settings/sites/{}/hours", view.id, site.id);
        Self { owner, path: format!("{sites}/{}", site.id), page, key }
    }

    /// Says when the team is there.
    pub(super) fn receives(&mut self, hours: &Value) {
        let answer = self.owner.send("PUT", &format!("{}/reception", self.path), &json!({ "hours": hours }));
        assert_eq!(answer.status, 200, "{}", answer.body);
    }

    /// Who owns it.
    pub(super) const fn owner(&mut self) -> &mut Person {
        &mut self.owner
    }

    /// The owner at a page of the inbox.
    pub(super) async fn inbox(&self, theatre: &Theatre, page: &str) -> WebDriverResult<Browser> {
        let browser = theatre.browser().await?;
        browser.goto(&theatre.inbox("no-such-page")).await?;
        browser.take_cookie(&self.owner.cookie).await?;
        browser.goto(&theatre.inbox(page)).await?;
        Ok(browser)
    }
}

/// Hours of one span a week in UTC, which has lasted for an hour and ends in one to two minutes.
fn about_to_end() -> Value {
    let now = now().0;
    let minute = |at: i64| MinuteOfDay(u16::try_from(at.rem_euclid(86_400_000) / 60_000).expect("a minute"));
    let (from, until) = (now - 3_600_000, now + 90_000);
    let day = CivilDay(i32::try_from(from.div_euclid(86_400_000)).expect("a day")).weekday();
    json!({ "zone": "UTC", "week": [{ "day": day, "from": minute(from), "until": minute(until) }], "holidays": [] })
}

fn now() -> Timestamp {
    let passed = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    Timestamp(i64::try_from(passed.as_millis()).expect("milliseconds"))
}

/// Types over what a field holds.
pub(super) async fn fill(browser: &Browser, selector: &str, text: &str) -> WebDriverResult<()> {
    // What a time field takes from a keyboard depends on the browser's language.
    let script = format!(
        "const field = document.querySelector({selector:?});
         field.value = {text:?};
         field.dispatchEvent(new Event('input', {{ bubbles: true }}));
         return null;"
    );
    browser.script(&script).await.map(drop)
}

async fn set_in_the_inbox(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let browser = shop.inbox(theatre, &shop.page).await?;
    browser.click("checkbox", "This site has office hours").await?;
    browser
        .until(
            "Saturday is closed",
            "return document.querySelector('#hours-saturday p').textContent === 'Closed'",
        )
        .await?;

    fill(&browser, "#hours-monday input", "17:00").await?;
    browser.click("button", "Save").await?;
    let told = "return document.querySelector('#hours-monday-fault')?.textContent.includes('ends when it begins') === true";
    browser.until("it is told at the day what is wrong", told).await?;
    browser.until("the focus is there", "return document.activeElement.id === 'hours-monday'").await?;
    fill(&browser, "#hours-monday input", "09:00").await?;

    for day in ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"] {
        browser.click("button", &format!("Remove 09:00 to 17:00, {day}")).await?;
    }
    browser.click("button", "Add a holiday").await?;
    fill(&browser, "[type=date]", "2050-12-24").await?;
    fill(&browser, ".holiday [type=text]", "The last day").await?;
    browser.click("button", "Save").await?;
    browser.until("it is saved", "return document.body.innerText.includes('Saved')").await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "site-hours").await?;
    }
    browser.reload().await?;
    browser
        .until("the holiday is kept", "return document.querySelector('[type=date]')?.value === '2050-12-24'")
        .await?;
    browser.close().await?;

    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    visitor.open_chat().await?;
    visitor.browser.until("the team is away", &format!("{PRESENCE} === 'Away at the moment'")).await?;
    for eyes in Eyes::EVERY {
        visitor.browser.see_as(eyes).await?;
        visitor.browser.picture_as(eyes, "widget-away").await?;
    }
    visitor.says("Is anybody there?").await?;
    visitor.reads("Sent").await?;
    visitor.browser.close().await
}

async fn leaves_an_address(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    shop.receives(&json!({ "zone": "UTC", "week": [], "holidays": [] }));
    let browser = theatre.browser().await?;
    browser.before_pages(NO_STORAGE).await?;
    browser.goto(&format!("{}/index.html", site.base_url())).await?;
    let visitor = VisitorAtShop { browser };
    visitor.open_chat().await?;
    let browser = &visitor.browser;
    browser.find("textbox", LEAVE_EMAIL).await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "widget-leave-email").await?;
    }
    browser.see_as(Eyes::Desktop).await?;

    browser.write("textbox", LEAVE_EMAIL, "anna").await?;
    browser.press(thirtyfour::Key::Enter).await?;
    let is_told = "return document.getElementById('email-said').textContent === 'This is no e-mail address.'";
    browser.until("it is told that it is none", is_told).await?;
    browser.until("what was typed stays", "return document.getElementById('email').value === 'anna'").await?;
    browser.picture_as(Eyes::Desktop, "widget-bad-email").await?;

    visitor.says("Is anybody there?").await?;
    visitor.reads("Sent").await?;
    browser.write("textbox", LEAVE_EMAIL, "@example.com").await?;
    browser.press(thirtyfour::Key::Enter).await?;
    let is_kept = "return document.getElementById('email-said').textContent === 'We have your address: anna@example.com'";
    browser.until("it is told that it is kept", is_kept).await?;
    browser.picture_as(Eyes::Desktop, "widget-email-left").await?;
    visitor.says("Here I am.").await?;
    visitor.reads("Here I am.").await?;

    let agent = AgentAtInbox::at(shop.inbox(theatre, "").await?);
    agent.open("Here I am.").await?;
    let is_claimed = "const fact = document.querySelector('.facts--known')?.textContent ?? '';
         return fact.includes('anna@example.com') && fact.includes('claimed')";
    agent.browser.until("the agent sees it as claimed", is_claimed).await?;
    agent.browser.picture_as(Eyes::Desktop, "inbox-email-left").await?;
    agent.browser.close().await?;
    visitor.browser.close().await
}

async fn flips(theatre: &Theatre) -> WebDriverResult<()> {
    let mut shop = Shop::found(theatre);
    let site = theatre.open_shop(&shop.key);
    let agent = AgentAtInbox::at(shop.inbox(theatre, "").await?);
    shop.receives(&about_to_end());
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    visitor.open_chat().await?;
    let is_open = format!("{PRESENCE} === 'Your messages go to our team'");
    visitor.browser.until("the team is not away yet", &is_open).await?;
    visitor.says("Until when are you there?").await?;
    visitor.reads("Sent").await?;

    let began = Instant::now();
    let is_away = format!("{PRESENCE}.startsWith('Away until ')");
    while visitor.browser.script(&is_away).await? != Value::Bool(true) {
        assert!(began.elapsed() < TWO_MINUTES, "the panel never told that the hours are over");
        tokio::time::sleep(Duration::from_millis(500)).await;
    }
    visitor.browser.picture_as(Eyes::Desktop, "widget-away-until").await?;

    // Who is there all the same is there, and the team has left with them.
    agent.open("Until when are you there?").await?;
    visitor.browser.until("somebody is there", &format!("{PRESENCE}.endsWith(' is here')")).await?;
    agent.browser.close().await?;
    visitor.browser.until("the last one has left", &is_away).await?;
    visitor.browser.close().await
}
