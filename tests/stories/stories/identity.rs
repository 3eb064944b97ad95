//! Visitors who sign in to the site that they chat on.

use protocol::http::site::{IdentitySecret, SiteList, SiteView};
use serde_json::{Value, json};
use tests::http::{Answer, request};
use tests::{Agent, Case, Person, Signer};
use thirtyfour::error::WebDriverResult;

use super::trouble::{ASKS, KEPT};
use crate::browser::{Browser, Eyes};
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("ID6 ID8 a visitor signs in, finds the same chat elsewhere, and signs out", |theatre| {
        theatre.tell(signs_in_and_out(theatre))
    }),
    (
        "SY51 WG23 what is written before it is known who writes is kept once it is, and asked about until then",
        |theatre| theatre.tell(not_known_yet(theatre)),
    ),
    ("ID2 a visitor whose proof is not good is told", |theatre| theatre.tell(guest_and_refused(theatre))),
    ("IB37 ID7 the inbox calls visitors by their names, proven or claimed", |theatre| {
        theatre.tell(called_by_name(theatre))
    }),
    ("TR1 TR4 a visitor whom the site knows has the conversation mailed", |theatre| {
        theatre.tell(mailed(theatre))
    }),
];

/// The shop's site with proofs switched on, until it is dropped.
struct Shop<'a> {
    theatre: &'a Theatre,
    agent: Agent,
    site: SiteView,
    signer: Signer,
}

impl<'a> Shop<'a> {
    fn that_asks(theatre: &'a Theatre, mode: &str) -> Self {
        let agent = Agent::sign_in(&theatre.stage);
        let list: SiteList = ask(theatre, &agent, "GET", "", &Value::Null).json();
        let key = theatre.stage.site_key();
        let site = list.sites.into_iter().find(|site| site.keys.iter().any(|view| view.key == key));
        let site = site.expect("the shop's site");
        let secret: IdentitySecret =
            ask(theatre, &agent, "POST", &format!("/{}/identity-secret", site.id), &Value::Null).json();
        let shop = Self { theatre, signer: Signer { site: site.id.to_string(), secret }, agent, site };
        shop.set_mode(mode);
        shop
    }

    fn set_mode(&self, mode: &str) {
        let mut settings = json!(self.site.settings);
        settings["identity"] = json!(mode);
        let answer = ask(self.theatre, &self.agent, "PUT", &format!("/{}", self.site.id), &settings);
        assert_eq!(answer.status, 200, "{}", answer.body);
    }
}

impl Drop for Shop<'_> {
    fn drop(&mut self) {
        self.set_mode("off");
    }
}

fn ask(theatre: &Theatre, agent: &Agent, method: &str, path: &str, body: &Value) -> Answer {
    let base = theatre.stage.base_url();
    let headers = [("Origin", base), ("Content-Type", "application/json"), ("Cookie", agent.cookie.as_str())];
    let url = format!("{base}/api/workspaces/{}/sites{path}", agent.workspace);
    request(method, &url, &headers, (method != "GET").then(|| body.to_string()).as_deref())
}

/// What a page does when somebody signs in, by a function that is asked for a token each time.
async fn page_knows(browser: &Browser, token: &str) -> WebDriverResult<()> {
    let script = format!(
        "window.asked = 0;
         window.token = {token:?};
         Porchlight.identify({{ proof: {{ getJwt: async () => {{ window.asked += 1; return window.token; }} }} }});
         return null;"
    );
    browser.script(&script).await.map(drop)
}

fn says(text: &str) -> String {
    format!("return document.body.innerText.includes({text:?})")
}

async fn signs_in_and_out(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::that_asks(theatre, "optional");
    let anna = shop.signer.token("anna", &json!({ "name": "Anna" }));
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Before I signed in").await?;
    visitor.reads("Sent").await?;

    visitor.browser.leave_panel().await?;
    page_knows(&visitor.browser, &anna).await?;
    visitor.browser.enter_panel().await?;
    visitor
        .browser
        .until(
            "what the anonymous visitor wrote is gone",
            "return !document.body.innerText.includes('Before I signed in')",
        )
        .await?;
    visitor.says("Anna writes this").await?;
    visitor.reads("Sent").await?;
    visitor.browser.leave_panel().await?;
    assert!(visitor.browser.script("return window.asked").await?.as_u64() >= Some(1), "the page was asked");
    let kept = visitor.browser.script("return Object.keys(localStorage).sort()").await?;
    let names: Vec<String> = serde_json::from_value(kept).expect("names");
    let own = format!("porchlight:{}", shop.signer.site);
    assert_eq!(names, [own], "nothing of Anna's session");

    // Nothing that the page posts to itself or to the frame changes who somebody is.
    visitor
        .browser
        .script(
            "const frame = [...document.querySelectorAll('*')].find((element) => element.shadowRoot).shadowRoot.querySelector('iframe');
             for (const target of [window, frame.contentWindow]) {
                 for (const type of ['identify', 'token', 'session', 'close']) target.postMessage({ type, token: 'stolen' }, '*');
                 target.postMessage('porchlight', '*', [new MessageChannel().port2]);
             }
             return null;",
        )
        .await?;
    visitor.browser.enter_panel().await?;
    visitor.says("Still Anna").await?;
    visitor.browser.until("it is sent", &says("Still Anna")).await?;

    let elsewhere = VisitorAtShop::come(theatre, "index.html").await?;
    page_knows(&elsewhere.browser, &anna).await?;
    elsewhere.open_chat().await?;
    elsewhere.reads("Anna writes this").await?;
    elsewhere.browser.close().await?;

    visitor.browser.leave_panel().await?;
    visitor.browser.script("Porchlight.identify(null); return null;").await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Before I signed in").await?;
    visitor
        .browser
        .until("what Anna wrote is gone", "return !document.body.innerText.includes('Anna writes this')")
        .await?;
    visitor.browser.close().await
}

async fn mailed(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::that_asks(theatre, "optional");
    let anna = Person::stranger(&theatre.stage);
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Before I signed in").await?;
    visitor.reads("Sent").await?;
    let offer = format!("Send transcript to {}", anna.email);
    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.find("button", "Save transcript").await?;
    let offers = "return [...document.querySelectorAll('#menu button:not([hidden])')].some((one) => one.innerText.includes('@'))";
    assert_eq!(visitor.browser.script(offers).await?, Value::Bool(false), "who is nobody has no address");

    visitor.browser.leave_panel().await?;
    let token = shop.signer.token("anna-of-the-mail", &json!({ "name": "Anna", "email": anna.email }));
    page_knows(&visitor.browser, &token).await?;
    visitor.browser.enter_panel().await?;
    visitor
        .browser
        .until(
            "what the anonymous visitor wrote is gone",
            "return !document.body.innerText.includes('Before I signed in')",
        )
        .await?;
    visitor.says("Which soil for a cactus?").await?;
    visitor.reads("Sent").await?;
    visitor.browser.click("button", "Chat options").await?;
    visitor.browser.find("button", &offer).await?;
    visitor.browser.leave_panel().await?;
    for eyes in Eyes::EVERY {
        visitor.browser.see_as(eyes).await?;
        visitor.browser.picture_as(eyes, "widget-mail-transcript").await?;
    }
    visitor.browser.see_as(Eyes::Desktop).await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.click("button", &offer).await?;
    let is_sent = "return document.querySelector('#menu [role=status]').innerText === 'Sent'";
    visitor.browser.until("it is told", is_sent).await?;
    visitor.browser.click("button", &offer).await?;
    let is_refused = "return document.querySelector('#menu [role=status]').innerText.startsWith('Not sent')";
    visitor.browser.until("one a minute is enough", is_refused).await?;

    let mails = (0..100).find_map(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        Some(anna.mails()).filter(|mails| !mails.is_empty())
    });
    let mails = mails.expect("a mail");
    assert!(mails.len() == 1 && mails[0].text.contains("Which soil for a cactus?"));
    visitor.browser.leave_panel().await?;
    let mailbox = format!("{}/mailbox", theatre.stage.base_url());
    visitor.browser.goto(&mailbox).await?;
    visitor.browser.picture_as(Eyes::Desktop, "mail-transcript").await?;
    visitor.browser.close().await
}

async fn guest_and_refused(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::that_asks(theatre, "required");
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.browser.until("they are a guest", &says("You write as a guest")).await?;
    visitor.says("A guest may write").await?;
    visitor.reads("Sent").await?;
    visitor.browser.leave_panel().await?;
    let expired = shop.signer.token("anna", &json!({ "exp": 1_000 }));
    page_knows(&visitor.browser, &expired).await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.until("they are refused", &says("could not confirm who you are")).await?;
    visitor.browser.leave_panel().await?;
    // The page has a fresh token now, and is asked for it again.
    let fresh = shop.signer.token("anna", &Value::Null);
    let script = format!("window.token = {fresh:?}; return null;");
    visitor.browser.script(&script).await?;
    visitor.browser.enter_panel().await?;
    visitor.browser.click("button", "Try again").await?;
    visitor
        .browser
        .until("they are known", "return !document.body.innerText.includes('confirm who you are')")
        .await?;
    visitor.says("Known at last").await?;
    visitor.reads("Sent").await?;
    visitor.browser.close().await
}

async fn called_by_name(theatre: &Theatre) -> WebDriverResult<()> {
    let shop = Shop::that_asks(theatre, "optional");
    let proven = json!({ "name": "Anna Wood", "email": "anna@example.com" });
    let known = VisitorAtShop::come(theatre, "index.html").await?;
    page_knows(&known.browser, &shop.signer.token("ib37", &proven)).await?;
    known.open_chat().await?;
    known.says("I am who I say").await?;
    known.reads("Sent").await?;
    let claiming = VisitorAtShop::come(theatre, "index.html").await?;
    let claim = "Porchlight.identify({ name: 'Ben Reed', email: 'ben@example.com' }); return null;";
    claiming.browser.script(claim).await?;
    claiming.open_chat().await?;
    claiming.says("You cannot know").await?;
    claiming.reads("Sent").await?;

    let agent = AgentAtInbox::sign_in(theatre).await?;
    let row = |text: &str| {
        format!(
            "const row = [...document.querySelectorAll('[data-row]')].find((row) => row.textContent.includes({text:?}));
             return row?.querySelector('.row__name').textContent"
        )
    };
    agent.browser.reads("list", "Conversations", "You cannot know").await?;
    assert_eq!(agent.browser.script(&row("I am who I say")).await?, json!("Anna Wood verified"));
    assert_eq!(agent.browser.script(&row("You cannot know")).await?, json!("Ben Reed claimed"));
    agent.open("I am who I say").await?;
    let heading = "return document.getElementById('conversation-title')?.textContent === ";
    agent.browser.until("the heading has the name", &format!("{heading}'Anna Wood verified'")).await?;
    agent.browser.until("the address is shown", &says("anna@example.com")).await?;
    agent.browser.until("and the id", &says("ib37")).await?;
    agent.open("You cannot know").await?;
    agent.reads("Ben Reed (claimed)").await?;
    agent.browser.until("the address is claimed", &says("ben@example.com")).await?;
    for browser in [known.browser, claiming.browser, agent.browser] {
        browser.close().await?;
    }
    Ok(())
}

async fn not_known_yet(theatre: &Theatre) -> WebDriverResult<()> {
    let _shop = Shop::that_asks(theatre, "optional");
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.browser.keep_from(Some("*/api/visitor/session")).await?;
    visitor.open_chat().await?;
    visitor.says("Whose is this?").await?;
    visitor.reads("Whose is this?").await?;
    visitor.browser.leave_panel().await?;
    visitor.browser.until("it would be lost", ASKS).await?;
    assert_eq!(visitor.browser.script(KEPT).await?, 0, "under nobody's name");
    visitor.browser.keep_from(None).await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Sent").await?;
    visitor.browser.leave_panel().await?;
    assert_eq!(visitor.browser.script(ASKS).await?, false);
    visitor.browser.close().await
}
