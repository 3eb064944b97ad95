//! Invitations, for those who were invited: whoever holds the mailed link holds the address.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use domain::account::{Email, MailedToken};
use protocol::call::{
    AccountAnswer, AccountCall, Founder, Invitation, Membership, WorkspaceAnswer, WorkspaceCall,
};
use protocol::http::account::{Newcomer, WorkspaceName};
use protocol::http::workspace::{InvitationAcceptance, InvitationLook, InvitationOffer, Joined};
use protocol::{AccountId, AgentId, AgentProfile, Code, WorkspaceId};
use worker::Env;

use super::Shared;
use super::body::{from_inbox, parse};
use super::session::{device, person, signed_in, token};
use crate::calls;
use crate::config::Config;
use crate::problem::{Refused, json};
use crate::surroundings::random;

/// Says what an invitation is to, and whether the invited address has an account.
#[worker::send]
pub(super) async fn look(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let InvitationLook { token } = parse(&body)?;
    let Invitation { workspace, email } = look_at(&shared.env, &read(&token)?).await?;
    let account = Email::parse(&email)?.account(&config.name_secret);
    let AccountAnswer::Exists(has_account) =
        calls::account(&shared.env, account, &AccountCall::Exists).await?
    else {
        return Err(Code::Internal.into());
    };
    Ok(json(StatusCode::OK, &InvitationOffer { workspace, email, has_account }))
}

/// Accepts an invitation: as the person of the session, or as somebody new, whose account it makes.
#[worker::send]
pub(super) async fn accept(
    State(shared): State<Shared>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let config = Config::read(&shared.env)?;
    from_inbox(&headers, &config)?;
    let InvitationAcceptance { token: text, newcomer } = parse(&body)?;
    let link = read(&text)?;
    match newcomer {
        Some(newcomer) => accept_as_newcomer(&shared.env, &config, &headers, &link, newcomer).await,
        None => {
            let person = person(&shared.env, &headers).await?;
            let founder = Founder {
                account: token(&headers)?.account,
                email: person.email,
                agent: AgentProfile { id: AgentId::from_bytes(random()?), name: person.name },
                language: person.language,
            };
            Ok(json(StatusCode::OK, &join(&shared.env, &link, founder).await?))
        }
    }
}

/// The account first: should the rest fail, the link still stands, and the person signs in to use it.
async fn accept_as_newcomer(
    env: &Env,
    config: &Config,
    headers: &HeaderMap,
    link: &MailedToken,
    newcomer: Newcomer,
) -> Result<Response, Refused> {
    let email = look_at(env, link).await?.email;
    let account: AccountId = Email::parse(&email)?.account(&config.name_secret);
    let device = device(headers)?;
    let language = newcomer.language;
    let create = AccountCall::Create { email: email.clone(), newcomer, device: Some(device.clone()) };
    let AccountAnswer::SignedIn { secret, me } = calls::account(env, account, &create).await? else {
        return Err(Code::Internal.into());
    };
    let agent = AgentProfile { id: AgentId::from_bytes(random()?), name: me.profile.name };
    let joined = join(env, link, Founder { account, email, agent, language }).await?;
    Ok(signed_in(json(StatusCode::OK, &joined), account, secret, &device))
}

/// Joins the workspace, and tells the account, which the workspace owes the news as well: so the person sees it at once.
async fn join(env: &Env, link: &MailedToken, founder: Founder) -> Result<Joined, Refused> {
    let (account, agent) = (founder.account, founder.agent.id);
    let accept = WorkspaceCall::Accept { secret: link.secret, founder };
    let WorkspaceAnswer::Joined(view) = calls::workspace(env, place(link), &accept).await? else {
        return Err(Code::Internal.into());
    };
    let workspace = WorkspaceName { id: view.id, name: view.name };
    let membership = Membership { workspace: workspace.clone(), agent };
    calls::account(env, account, &AccountCall::Joined(membership)).await?;
    Ok(Joined { workspace })
}

async fn look_at(env: &Env, link: &MailedToken) -> Result<Invitation, Refused> {
    let call = WorkspaceCall::LookAtInvitation { secret: link.secret };
    match calls::workspace(env, place(link), &call).await? {
        WorkspaceAnswer::Invitation(invitation) => Ok(invitation),
        _ => Err(Code::Internal.into()),
    }
}

/// Reads the token of a link; what is none wakes no object.
fn read(token: &str) -> Result<MailedToken, Code> {
    MailedToken::parse(token).ok_or(Code::LinkExpired)
}

const fn place(link: &MailedToken) -> WorkspaceId {
    WorkspaceId::from_bytes(link.place)
}
