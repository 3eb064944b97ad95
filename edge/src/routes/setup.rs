//! Founding a workspace: an operator's call, guarded by the deployment's setup token.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use domain::account::{Email, GeneratedPassword};
use domain::workspace::tidied;
use protocol::call::{AccountCall, Founder, Founding, FoundingSite, Membership, WorkspaceCall};
use protocol::http::account::{Newcomer, WorkspaceName};
use protocol::http::look::Look;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::http::{SetupAnswer, SetupRequest, SiteConfig};
use protocol::mail::Language;
use protocol::{AgentId, AgentProfile, Code, SiteId, SiteKey, SiteKeyId, WorkspaceId};

use super::Shared;
use super::body::parse;
use crate::calls;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::random;

const ACCENT: &str = "#1f6f5c";
const GREETING: &str = "Hello! Ask us anything.";

/// Founds a workspace with a site and an owner, whose password it makes and tells this once.
#[worker::send]
pub(super) async fn set_up(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    if !domain::token::equal(bearer(&headers).as_bytes(), &config.setup_token) {
        return Err(Code::Unauthenticated.into());
    }
    let request: SetupRequest = parse(&body)?;
    let email = Email::parse(&request.email)?;

    let workspace = WorkspaceId::from_bytes(random()?);
    let site = SiteId::from_bytes(random()?);
    let key = SiteKeyId::from_bytes(random()?);
    let agent = AgentProfile { id: AgentId::from_bytes(random()?), name: display_name(&email) };
    let password = GeneratedPassword::from_entropy(&random()?).into_string();
    let account = email.account(&config.name_secret);
    let newcomer = Newcomer {
        name: agent.name.clone(),
        password: Some(password.clone()),
        language: Language::default(),
        time_zone: String::new(),
    };
    let create = AccountCall::Create { email: email.as_str().to_owned(), newcomer, device: None };
    let name = WorkspaceName { id: workspace, name: request.workspace.clone() };
    let joined = AccountCall::Joined(Membership { workspace: name, agent: agent.id });
    let settings = tidied(SiteSettings {
        config: SiteConfig {
            name: request.site_name,
            accent: ACCENT.to_owned(),
            greeting: GREETING.to_owned(),
        },
        allowed_origins: request.allowed_origins,
        allow_localhost: request.allow_localhost,
        identity: IdentityMode::Off,
        look: Look::default(),
    })?;
    let found = WorkspaceCall::Found(Founding {
        workspace,
        name: request.workspace,
        owner: Founder { account, email: email.as_str().to_owned(), agent, language: Language::default() },
        site: Some(FoundingSite { id: site, key, settings }),
    });
    // The workspace first: if the account is refused, an empty workspace that nobody knows is left behind.
    calls::workspace(&shared.env, workspace, &found).await?;
    calls::account(&shared.env, account, &create).await?;
    calls::account(&shared.env, account, &joined).await?;
    let site_key = SiteKey { workspace, key };
    let answer = SetupAnswer { email: email.as_str().to_owned(), password, workspace, site_key };
    Ok(json(StatusCode::CREATED, &answer))
}

fn bearer(headers: &HeaderMap) -> &str {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default()
}

/// What visitors see until the owner chooses a name: the part before the `@`, with a capital.
fn display_name(email: &Email) -> String {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let mut characters = local.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
