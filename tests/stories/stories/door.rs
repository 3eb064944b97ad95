//! From an address to a team: signing up, a workspace with sites, people who come and one who goes.

use std::time::{Duration, Instant};

use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::newcomer::Newcomer;
use crate::reading::{AgentAtInbox, VisitorAtShop};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("an owner signs up, invites two and removes one", |theatre| theatre.tell(team(theatre))),
    ("IB25 a link is good once, and a broken one says so", |theatre| theatre.tell(used_link(theatre))),
    ("IB28 what is guarded asks for the password and goes on", |theatre| theatre.tell(guarded(theatre))),
    ("IB30 an agent is not offered what is not theirs", |theatre| theatre.tell(not_offered(theatre))),
];

/// Within which whoever was removed must be out of everything they had open.
const OUT_WITHIN: Duration = Duration::from_secs(5);

async fn team(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    let site_key = found_with_two_sites(&owner, "Ferns & Co").await?;
    let ben = invite(theatre, &owner).await?;
    let carla = invite(theatre, &owner).await?;
    ben.join(theatre, "Ferns & Co", "Ben Agent").await?;
    carla.join(theatre, "Ferns & Co", "Carla Agent").await?;

    let shop = theatre.open_shop(&site_key);
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", shop.base_url())).await?;
    visitor.open_chat().await?;
    visitor.says("Is anybody at the new door?").await?;
    let ben = AgentAtInbox::at(ben.browser);
    ben.open("Is anybody at the new door?").await?;
    ben.replies("Ben is.").await?;
    visitor.reads("Ben is.").await?;

    let again = carla.reset_password(theatre, "another password of Carla").await?;
    carla.browser.find("heading", "Sign in").await?;
    let again = AgentAtInbox::at(again);
    again.open("Is anybody at the new door?").await?;
    again.replies("Carla too.").await?;
    visitor.reads("Carla too.").await?;

    owner.browser.reload().await?;
    owner.browser.click("button", "Remove Ben Agent").await?;
    owner.browser.click("button", "Remove").await?;
    let removed = Instant::now();
    ben.browser
        .until(
            "the removed agent is out",
            "return document.body.innerText.includes('You do not belong to this workspace')",
        )
        .await?;
    let out_after = removed.elapsed();
    assert!(out_after < OUT_WITHIN, "out after {out_after:?}");
    visitor.says("Is Carla still there?").await?;
    again.reads("Is Carla still there?").await?;
    again.replies("Yes.").await?;
    visitor.reads("Yes.").await?;
    visitor.browser.close().await?;
    ben.browser.close().await?;
    carla.browser.close().await?;
    again.browser.close().await?;
    owner.browser.close().await
}

/// Makes a workspace and two sites, and returns the key of the first.
async fn found_with_two_sites(owner: &Newcomer, workspace: &str) -> WebDriverResult<String> {
    let browser = &owner.browser;
    browser.write("textbox", "Name of the workspace", workspace).await?;
    browser.click("button", "Create the workspace").await?;
    browser.find("heading", "New site").await?;
    browser.write("textbox", "Name", "The shop").await?;
    browser.write("textbox", "Add an origin", "shop.example/cart").await?;
    browser.click("button", "Add").await?;
    browser.reads("list", "Where it may be shown", "https://shop.example").await?;
    browser.click("checkbox", "Allow localhost").await?;
    browser.click("button", "Create the site").await?;
    browser.find("heading", "Check my page").await?;
    let tag = browser.text_of("group", "What to paste").await?;
    let key = tag.split("data-site=\"").nth(1).and_then(|rest| rest.split('"').next());
    let key = key.expect("a key in the tag").to_owned();

    browser.click("link", "Sites").await?;
    browser.click("link", "New site").await?;
    browser.find("heading", "New site").await?;
    browser.write("textbox", "Name", "The blog").await?;
    browser.click("button", "Create the site").await?;
    browser.find("heading", "The blog").await?;
    Ok(key)
}

/// Invites somebody whom nobody knows yet.
async fn invite(theatre: &Theatre, owner: &Newcomer) -> WebDriverResult<Newcomer> {
    let invited = Newcomer::stranger(theatre).await?;
    let browser = &owner.browser;
    browser.click("link", "People").await?;
    browser.find("heading", "Invite somebody").await?;
    browser.write("textbox", "Email address", &invited.person.email).await?;
    browser.click("button", "Invite").await?;
    browser.reads("list", "Invited", &invited.person.email).await?;
    Ok(invited)
}

async fn used_link(theatre: &Theatre) -> WebDriverResult<()> {
    let newcomer = Newcomer::sign_up(theatre, "Once Only").await?;
    newcomer.follow_link(theatre, "sign-up").await?;
    newcomer.browser.write("textbox", "Your name", "Twice").await?;
    newcomer.browser.write("textbox", "New password", "a password for the second time").await?;
    newcomer.browser.click("button", "Create my account").await?;
    newcomer.browser.find("heading", "This link is not good any more").await?;
    newcomer.browser.goto(&theatre.inbox("reset#broken")).await?;
    newcomer.browser.find("heading", "This link is not whole").await?;
    newcomer.browser.click("link", "Ask for another link").await?;
    newcomer.browser.find("heading", "Choose a new password").await?;
    newcomer.browser.close().await
}

/// The server lets ten minutes pass before it asks for a proof; here its answer is given in its place, once.
async fn guarded(theatre: &Theatre) -> WebDriverResult<()> {
    const ASK_ONCE: &str = "
        const real = window.fetch;
        let asked = 0;
        window.fetch = async (...request) => {
            const url = request[0]?.url ?? String(request[0]);
            if (url.endsWith('/api/account/password') && !asked++) {
                return new Response('{\"code\":\"proof_required\",\"retry_after\":null}', { status: 403 });
            }
            return real(...request);
        };
        return null;";
    let person = Newcomer::sign_up(theatre, "Gus Guarded").await?;
    let browser = &person.browser;
    browser.goto(&theatre.inbox("account/security")).await?;
    browser.find("heading", "Second factor").await?;
    browser.script(ASK_ONCE).await?;
    browser.write("textbox", "New password", "one that nobody guesses").await?;
    browser.click("button", "Change password").await?;
    browser.write("textbox", "Your password", "not this one").await?;
    browser.click("button", "Go on").await?;
    browser.until("it says why", "return document.body.innerText.includes('The password is wrong.')").await?;
    let field = browser.find("textbox", "Your password").await?;
    field.clear().await?;
    field.send_keys(person.person.password()).await?;
    browser.click("button", "Go on").await?;
    browser
        .until("it goes on by itself", "return document.body.innerText.includes('Your password is changed.')")
        .await?;
    person.browser.close().await
}

async fn not_offered(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    found_with_two_sites(&owner, "Small").await?;
    let agent = invite(theatre, &owner).await?;
    agent.join(theatre, "Small", "Ada Agent").await?;
    let here = agent.browser.script("return location.pathname").await?;
    let here = here.as_str().unwrap_or_default().trim_start_matches("/inbox/").to_owned();
    agent.browser.goto(&theatre.inbox(&format!("{here}/settings/people"))).await?;
    let people = agent.browser.text_of("list", "People").await?;
    assert!(people.contains("Olga Owner") && !people.contains("Remove"), "{people}");
    for page in ["roles", "sites", "api-keys", "audit"] {
        agent.browser.goto(&theatre.inbox(&format!("{here}/settings/{page}"))).await?;
        agent
            .browser
            .until("it says so", "return document.body.innerText.includes('This is not yours to see')")
            .await?;
    }
    agent.browser.close().await?;
    owner.browser.close().await
}
