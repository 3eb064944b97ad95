//! From an address to a team: signing up, a workspace with sites, people who come and one who goes.

use std::time::{Duration, Instant};

use serde_json::json;
use tests::Case;
use thirtyfour::error::WebDriverResult;

use crate::browser::Eyes;
use crate::newcomer::Newcomer;
use crate::reading::{AgentAtInbox, VisitorAtShop, a_moment};
use crate::theatre::Theatre;

pub(super) const STORIES: &[Case<Theatre>] = &[
    ("an owner signs up, invites two and removes one", |theatre| theatre.tell(team(theatre))),
    ("IB25 a link is good once, and a broken one says so", |theatre| theatre.tell(used_link(theatre))),
    ("IB28 what is guarded asks for the password and goes on", |theatre| theatre.tell(guarded(theatre))),
    ("IB24 who belongs to two workspaces goes from one to the other", |theatre| {
        theatre.tell(two_workspaces(theatre))
    }),
    ("IB30 an agent is not offered what is not theirs", |theatre| theatre.tell(not_offered(theatre))),
    ("WS18 who has no second factor is sent to set one up", |theatre| {
        theatre.tell(second_factor_for_all(theatre))
    }),
    ("AP40 an account is deleted by whoever owns nothing, and is out of everything", |theatre| {
        theatre.tell(account_deletion(theatre))
    }),
    ("IB38 signing out leaves no draft behind, in any tab", |theatre| theatre.tell(no_drafts(theatre))),
    ("AP10 password fields are masked, take what is pasted, and name themselves", |theatre| {
        theatre.tell(password_fields(theatre))
    }),
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
pub(super) async fn found_with_two_sites(owner: &Newcomer, workspace: &str) -> WebDriverResult<String> {
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
pub(super) async fn invite(theatre: &Theatre, owner: &Newcomer) -> WebDriverResult<Newcomer> {
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

async fn two_workspaces(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    let browser = &owner.browser;
    let ferns = found_with_two_sites(&owner, "Ferns & Co").await?;
    browser.click("button", "Account of Olga Owner").await?;
    browser.click("link", "New workspace").await?;
    browser.find("heading", "Create a workspace").await?;
    found_with_two_sites(&owner, "Moss & Co").await?;
    let shop = theatre.open_shop(&ferns);
    let visitor = VisitorAtShop::come_to(theatre, &format!("{}/index.html", shop.base_url())).await?;
    visitor.open_chat().await?;
    visitor.says("Do ferns bite?").await?;
    visitor.reads("Sent").await?;

    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    let says_nothing = "!document.body.textContent.includes('Do ferns bite?')";
    a_moment().await;
    browser.until("nobody writes to this one", &format!("return {says_nothing}")).await?;
    let moss = browser.script("return location.pathname").await?;
    browser.click("button", "Account of Olga Owner").await?;
    for eyes in Eyes::EVERY {
        browser.see_as(eyes).await?;
        browser.picture_as(eyes, "two-workspaces").await?;
    }
    browser.see_as(Eyes::Desktop).await?;
    browser.click("link", "Ferns & Co").await?;
    browser.reads("list", "Conversations", "Do ferns bite?").await?;
    browser.goto(&theatre.inbox("")).await?;
    browser.reads("list", "Conversations", "Do ferns bite?").await?;
    browser.click("button", "Account of Olga Owner").await?;
    browser.click("link", "Moss & Co").await?;
    let is_there = format!("return location.pathname === {moss} && {says_nothing}");
    browser.until("it is the other workspace, and nothing of the first stays", &is_there).await?;
    visitor.browser.close().await?;
    owner.browser.close().await
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

async fn second_factor_for_all(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    found_with_two_sites(&owner, "Guarded Ferns").await?;
    let ben = invite(theatre, &owner).await?;
    ben.join(theatre, "Guarded Ferns", "Ben Agent").await?;
    let cleo = invite(theatre, &owner).await?;
    cleo.join(theatre, "Guarded Ferns", "Cleo Agent").await?;

    let browser = &owner.browser;
    browser.click("link", "General").await?;
    browser.find("heading", "Second factor for everybody").await?;
    browser.click("link", "Set up your second factor").await?;
    owner.set_up_second_factor().await?;
    browser.goto(&theatre.inbox("")).await?;
    browser.find("list", "Conversations").await?;
    let settings = browser.address_of_settings().await?;
    browser.goto(&format!("{}{settings}", theatre.stage.base_url())).await?;
    browser
        .until("it says how many", "return document.body.innerText.includes('2 people here have none yet.')")
        .await?;
    browser.click("button", "Require it of everybody…").await?;
    browser.find("heading", "Require a second factor of everybody?").await?;
    browser.click("button", "Require it").await?;
    let required = Instant::now();
    ben.browser.find("heading", "Guarded Ferns asks for a second factor").await?;
    let out_after = required.elapsed();
    assert!(out_after < OUT_WITHIN, "out after {out_after:?}");
    browser
        .until(
            "it is on",
            "return document.body.innerText.includes('Everybody needs a second factor to come in.')",
        )
        .await?;

    cleo.browser.find("heading", "Guarded Ferns asks for a second factor").await?;
    cleo.browser.click("button", "Leave the workspace…").await?;
    cleo.browser.find("heading", "Leave Guarded Ferns?").await?;
    cleo.browser.click("button", "Leave the workspace").await?;
    // Which of them comes first is a matter of when her account hears of it.
    cleo.browser
        .until(
            "she is out",
            "return /You do not belong to this workspace|Create a workspace/.test(document.body.innerText)",
        )
        .await?;
    cleo.browser.close().await?;

    ben.browser.reload().await?;
    ben.browser.find("heading", "Guarded Ferns asks for a second factor").await?;
    ben.browser.click("link", "Set it up").await?;
    ben.set_up_second_factor().await?;
    ben.browser.goto(&theatre.inbox("")).await?;
    ben.browser.find("list", "Conversations").await?;
    browser.reload().await?;
    browser
        .until("nobody is left", "return document.body.innerText.includes('Everybody here has one.')")
        .await?;
    browser.click("link", "Audit log").await?;
    browser
        .until(
            "it is in the log",
            "return document.body.innerText.includes('Olga Owner made a second factor a condition of coming in.')",
        )
        .await?;
    ben.browser.close().await?;
    owner.browser.close().await
}

async fn account_deletion(theatre: &Theatre) -> WebDriverResult<()> {
    let owner = Newcomer::sign_up(theatre, "Olga Owner").await?;
    found_with_two_sites(&owner, "Lasting Ferns").await?;
    let dora = invite(theatre, &owner).await?;
    dora.join(theatre, "Lasting Ferns", "Dora Agent").await?;
    let elsewhere = dora.sign_in_elsewhere(theatre).await?;

    owner.browser.goto(&theatre.inbox("account/security")).await?;
    owner
        .browser
        .until("it says why not", "return document.body.innerText.includes('nobody would be left to run it')")
        .await?;
    owner.browser.reads("list", "What you own", "Lasting Ferns").await?;

    let browser = &dora.browser;
    browser.goto(&theatre.inbox("account/security")).await?;
    browser.click("button", "Delete your account…").await?;
    browser.find("heading", "Delete your account?").await?;
    browser.write("textbox", "Type your email address to confirm", "another@example.com").await?;
    browser.click("button", "Delete for good").await?;
    let mismatch = "return document.body.innerText.includes('This is not the address of your account.')";
    browser.until("it says so", mismatch).await?;
    let field = browser.find("textbox", "Type your email address to confirm").await?;
    field.clear().await?;
    field.send_keys(&dora.person.email).await?;
    browser.click("button", "Delete for good").await?;
    let deleted = Instant::now();
    browser.find("heading", "Sign in").await?;
    let is_out = "return /Sign in|You do not belong to this workspace/.test(document.querySelector('h1, h2').innerText)";
    elsewhere.until("the other browser is out", is_out).await?;
    let out_after = deleted.elapsed();
    assert!(out_after < OUT_WITHIN, "out after {out_after:?}");

    owner.browser.goto(&theatre.inbox("")).await?;
    owner.browser.find("list", "Conversations").await?;
    let settings = owner.browser.address_of_settings().await?.replace("general", "audit");
    owner.browser.goto(&format!("{}{settings}", theatre.stage.base_url())).await?;
    let line = "return document.body.innerText.includes('Dora Agent left, and deleted their account.')";
    owner.browser.until("it is in the log", line).await?;
    elsewhere.close().await?;
    dora.browser.close().await?;
    owner.browser.close().await
}

/// Names of drafts in the tab's storage.
const DRAFTS: &str = "return Object.keys(sessionStorage).filter((name) => name.includes('drafts')).length";

async fn no_drafts(theatre: &Theatre) -> WebDriverResult<()> {
    let visitor = VisitorAtShop::come(theatre, "index.html").await?;
    visitor.open_chat().await?;
    visitor.says("Is this a draft?").await?;
    visitor.reads("Sent").await?;
    let agent = AgentAtInbox::sign_in(theatre).await?;
    agent.open("Is this a draft?").await?;
    let browser = &agent.browser;
    browser.write("textbox", "Reply", "half an answer").await?;
    let here = browser.script("return location.href").await?;
    browser.new_tab(here.as_str().unwrap_or_default()).await?;
    browser.write("textbox", "Reply", "another half").await?;
    let is_kept = format!("return (() => {{ {DRAFTS} }})() === 1");
    for tab in [1, 0] {
        browser.switch_to_tab(tab).await?;
        browser.until("a draft is kept", &is_kept).await?;
    }
    let account = "return document.querySelector('[popovertarget=account-menu]').getAttribute('aria-label')";
    let account = browser.script(account).await?;
    browser.click("button", account.as_str().unwrap_or_default()).await?;
    browser.click("button", "Sign out").await?;
    for tab in [0, 1] {
        browser.switch_to_tab(tab).await?;
        browser.find("heading", "Sign in").await?;
        assert_eq!(browser.script(DRAFTS).await?, json!(0), "tab {tab}");
        let left = browser.script("return JSON.stringify({ ...localStorage, ...sessionStorage })").await?;
        let left = left.as_str().unwrap_or_default();
        assert!(!left.contains("half") && !left.contains("draft?"), "{left}");
    }
    browser.switch_to_tab(0).await?;
    browser.script("history.back(); return null;").await?;
    a_moment().await;
    browser.find("heading", "Sign in").await?;
    let shown = browser.script("return document.body.innerText").await?.to_string();
    assert!(
        !shown.contains("Is this a draft?") && !shown.contains("half"),
        "the way back shows nothing: {shown}"
    );
    agent.browser.close().await?;
    visitor.browser.close().await
}

/// What each password field of the page is, and whether a paste goes through.
const PASSWORD_FIELDS: &str = "
    return [...document.querySelectorAll('input')].filter((field) => field.autocomplete.endsWith('password')).map((field) => {
        const paste = new ClipboardEvent('paste', { bubbles: true, cancelable: true, clipboardData: new DataTransfer() });
        return [field.type, field.autocomplete, field.dispatchEvent(paste), field.readOnly || field.maxLength > 0];
    })";

async fn password_fields(theatre: &Theatre) -> WebDriverResult<()> {
    let person = Newcomer::stranger(theatre).await?;
    let browser = &person.browser;
    let field = |autocomplete: &str| json!([["password", autocomplete, true, false]]);
    browser.goto(&theatre.inbox("sign-up")).await?;
    browser.write("textbox", "Email", &person.person.email).await?;
    browser.click("button", "Go on").await?;
    browser.find("heading", "Look into your mail").await?;
    person.follow_link(theatre, "sign-up").await?;
    browser.find("textbox", "New password").await?;
    assert_eq!(browser.script(PASSWORD_FIELDS).await?, field("new-password"), "sign-up");
    browser.goto(&theatre.inbox("sign-in")).await?;
    browser.find("textbox", "Password").await?;
    assert_eq!(browser.script(PASSWORD_FIELDS).await?, field("current-password"), "sign-in");
    let user = browser.script("return document.querySelector('input[type=email]').autocomplete").await?;
    assert!(user.as_str().is_some_and(|name| name.contains("username") || name == "email"), "{user}");
    person.browser.close().await?;

    let person = Newcomer::sign_up(theatre, "Pia Pass").await?;
    let browser = &person.browser;
    browser.goto(&theatre.inbox("account/security")).await?;
    browser.find("textbox", "New password").await?;
    assert_eq!(browser.script(PASSWORD_FIELDS).await?, field("new-password"), "another one");
    person.browser.close().await
}
