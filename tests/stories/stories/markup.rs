//! Markup in every field that a stranger can fill, and in what a visitor is shown: it is text everywhere.

use protocol::codec::Codec;
use protocol::http::SessionAnswer;
use protocol::http::site::SiteView;
use protocol::http::workspace::WorkspaceView;
use protocol::{AgentCommand, ClientFrame, Page, SiteKey, WorkspaceId};
use serde_json::{Value, json};
use tests::http::post;
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Person, Visitor};
use thirtyfour::error::WebDriverResult;

use crate::browser::Browser;
use crate::reading::VisitorAtShop;
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("WG15 IB7 a visitor's markup is text in every field of the inbox", |theatre| {
        theatre.tell(in_the_inbox(theatre))
    }),
    ("WG15 an agent's and a site's markup is text in the visitor's panel", |theatre| {
        theatre.tell(in_the_panel(theatre))
    }),
];

/// What turns into elements, attributes, addresses or scripts wherever text is taken for markup. Whatever runs leaves a
/// mark on its document.
const CORPUS: [&str; 12] = [
    "<script>document.documentElement.dataset.pwned=1</script>",
    "<img src=x onerror=document.documentElement.dataset.pwned=1>",
    "\"><svg onload=document.documentElement.dataset.pwned=1>",
    "' onfocus=document.documentElement.dataset.pwned=1 autofocus='",
    "</textarea></title></style><img src=x onerror=document.documentElement.dataset.pwned=1>",
    "<iframe srcdoc='<script>parent.document.documentElement.dataset.pwned=1</script>'></iframe>",
    "javascript:document.documentElement.dataset.pwned=1",
    "data:text/html,<script>document.documentElement.dataset.pwned=1</script>",
    "<a href=javascript:document.documentElement.dataset.pwned=1>click</a>",
    "<style>*{display:none}</style><base href=https://evil.example/>",
    "<math><mtext><table><mglyph><style><img src=x onerror=document.documentElement.dataset.pwned=1>",
    "{{constructor.constructor('document.documentElement.dataset.pwned=1')()}}&lt;b&gt;",
];

/// What is found of markup that came to life, in the present document: nothing.
const ALIVE: &str = "
    const bad = [...document.querySelectorAll('*')].filter((element) => {
        const address = (element.getAttribute('href') ?? element.getAttribute('src') ?? '').trim().toLowerCase();
        return ['IFRAME', 'MATH', 'BASE', 'OBJECT', 'EMBED'].includes(element.tagName.toUpperCase())
            || [...element.attributes].some(({ name }) => name.startsWith('on') || name === 'srcdoc')
            || address.startsWith('javascript:') || (element.tagName === 'A' && address.startsWith('data:'))
            || element.getAttribute('src') === 'x';
    });
    const inline = [...document.querySelectorAll('script')].filter((script) => /pwned/.test(script.textContent));
    return [document.documentElement.dataset.pwned ?? null, bad.concat(inline).map((element) => element.outerHTML)];";

async fn assert_lifeless(browser: &Browser, what: &str) -> WebDriverResult<()> {
    assert_eq!(browser.script(ALIVE).await?, json!([null, []]), "{what}");
    Ok(())
}

/// A workspace of somebody new, with a site.
struct Shop {
    owner: Person,
    workspace: WorkspaceId,
    key: SiteKey,
}

impl Shop {
    fn found(theatre: &Theatre, owner_name: &str, config: &Value) -> Self {
        let mut owner = Person::sign_up(&theatre.stage);
        let profile = json!({ "name": owner_name, "language": "en", "time_zone": "" });
        assert_eq!(owner.send("PUT", "/api/account/profile", &profile).status, 200);
        let view: WorkspaceView = owner.post("/api/workspaces", &json!({ "name": "Markup" })).json();
        let settings =
            json!({ "config": config, "allowed_origins": [], "allow_localhost": true, "identity": "off" });
        let site: SiteView = owner.post(&format!("/api/workspaces/{}/sites", view.id), &settings).json();
        Self { owner, workspace: view.id, key: site.keys.first().expect("a key").key }
    }
}

/// Somebody who fills every field with the same markup.
fn visitor_of(theatre: &Theatre, key: SiteKey, markup: &str) -> Visitor {
    let stage = &theatre.stage;
    let body = json!({ "site": key, "user": { "name": markup, "email": markup } }).to_string();
    let url = format!("{}/api/visitor/session", stage.base_url());
    let answer: SessionAnswer = post(&url, &[("Origin", PAGE_ORIGIN)], &body).json();
    let mut visitor = Visitor::of_session(stage, answer.token, answer.conversation);
    let mut line = visitor.open(Codec::Json).expect("the upgrade is accepted");
    let mut hello = visitor.hello(None);
    let page = || Page { url: markup.to_owned(), title: markup.to_owned(), referrer: markup.to_owned() };
    hello.page = Some(page());
    line.send(&ClientFrame::Hello(hello));
    visitor.say(&mut line, markup);
    line.send(&ClientFrame::Page(page()));
    visitor
}

async fn in_the_inbox(theatre: &Theatre) -> WebDriverResult<()> {
    let config = json!({ "name": "Shop", "accent": "#1f6f5c", "greeting": "" });
    let shop = Shop::found(theatre, "Olga Owner", &config);
    let browser = theatre.browser().await?;
    browser.goto(&theatre.inbox("")).await?;
    browser.write("textbox", "Email", &shop.owner.email).await?;
    browser.write("textbox", "Password", &shop.owner.password()).await?;
    browser.click("button", "Sign in").await?;
    browser.find("heading", "Markup").await?;
    for markup in CORPUS {
        let visitor = visitor_of(theatre, shop.key, markup);
        browser.reads("list", "Conversations", &markup[..20.min(markup.len())]).await?;
        let page = format!("w/{}/conversations/{}", shop.workspace, visitor.conversation);
        browser.goto(&theatre.inbox(&page)).await?;
        browser.reads("log", "Messages", markup).await?;
        assert_lifeless(&browser, markup).await?;
        let stands = format!(
            "const text = {};
             const shown = document.body.textContent.split(text).length - 1;
             return [shown >= 5, document.title.includes('pwned')];",
            json!(markup)
        );
        let said = browser.script(&stands).await?;
        assert_eq!(said, json!([true, false]), "list, header, details and thread say it as it is: {markup}");
    }
    browser.goto(&theatre.inbox(&format!("w/{}", shop.workspace))).await?;
    browser.find("list", "Conversations").await?;
    assert_lifeless(&browser, "the list of all of them").await?;
    browser.close().await
}

async fn in_the_panel(theatre: &Theatre) -> WebDriverResult<()> {
    let name = "<img src=x onerror=document.documentElement.dataset.pwned=1>";
    let config = json!({ "name": name, "accent": "#1f6f5c", "greeting": CORPUS[0] });
    let shop = Shop::found(theatre, name, &config);
    let site = theatre.open_shop(&shop.key.to_string());
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", site.base_url())).await?;
    visitor.open_chat().await?;
    visitor.says(CORPUS[4]).await?;
    visitor.reads(CORPUS[4]).await?;
    visitor.reads("Sent").await?;
    let mut agent = Agent::of(&theatre.stage, &shop.owner);
    let entry = loop {
        let (_, entries) = agent.watch_feed();
        if let Some(entry) = entries.into_iter().next() {
            break entry;
        }
        tokio::time::sleep(core::time::Duration::from_millis(100)).await;
    };
    let (mut line, _) = agent.connect(entry.conversation);
    for markup in CORPUS {
        agent.ask(&mut line, AgentCommand::Message { text: markup.to_owned() });
        visitor.reads(markup).await?;
        assert_lifeless(&visitor.browser, markup).await?;
    }
    visitor.browser.leave_panel().await?;
    let launcher = "const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
        return [document.documentElement.dataset.pwned ?? null, host.shadowRoot.querySelectorAll('img, script').length];";
    assert_eq!(visitor.browser.script(launcher).await?, json!([null, 0]), "nor in the page");
    visitor.browser.close().await
}
