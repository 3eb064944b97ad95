//! Visitors who sign in to the site that they chat on.

use protocol::http::site::{IdentitySecret, SiteList, SiteView};
use serde_json::{Value, json};
use tests::http::{Answer, request};
use tests::{Agent, Case, Signer};
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::reading::VisitorAtShop;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("ID6 ID8 a visitor signs in, finds the same chat elsewhere, and signs out", |theatre| {
        theatre.tell(signs_in_and_out(theatre))
    }),
    ("ID2 a visitor whose proof is not good is told", |theatre| theatre.tell(guest_and_refused(theatre))),
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
         window.porchlight = {{ user: async () => {{ window.asked += 1; return {{ proof: {{ jwt: {token:?} }} }}; }} }};
         dispatchEvent(new Event('porchlight')); return null;"
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
    visitor
        .browser
        .script("delete window.porchlight; dispatchEvent(new Event('porchlight')); return null;")
        .await?;
    visitor.browser.enter_panel().await?;
    visitor.reads("Before I signed in").await?;
    visitor
        .browser
        .until("what Anna wrote is gone", "return !document.body.innerText.includes('Anna writes this')")
        .await?;
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
    let script = format!("window.porchlight = {{ user: {{ proof: {{ jwt: {fresh:?} }} }} }}; return null;");
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
