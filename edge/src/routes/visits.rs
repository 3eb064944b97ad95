//! Who is on a site at the moment: told by pages, seen by agents, who may say something first.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::token::{sign, verify, verify_for_work};
use domain::visits::{presence, tidied_opener, together};
use futures_util::future::join_all;
use protocol::call::{
    Actor, ConversationCall, Opener, PresentVisit, SitePresence, VisitorOpening, VisitsAnswer, VisitsCall,
    WatchedSites, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::visit::{
    Beat, BeatAnswer, OpenerDraft, Opening, OpeningBy, OpeningRequest, Shown, ToldOpener, Visit, VisitChat,
    VisitPage, VisitPosition, VisitQuery,
};
use protocol::limits::{VISIT_PASS_MS, VISITS_PAGE};
use protocol::{
    Code, ConversationId, OpenerId, SiteId, SiteKey, VisitPass, VisitorClaims, VisitorIdentity, WorkspaceId,
};
use worker::{Cf, Env};

use super::body::{parse, sent};
use super::session::{actor, ask_workspace, nothing};
use super::{Shared, language, visitor};
use crate::calls;
use crate::config::token_secret;
use crate::headers::for_any_origin;
use crate::problem::{Refused, json};
use crate::surroundings::{now, random};

/// What browsers send whose people ask not to be followed.
const WISHES: [&str; 2] = ["sec-gpc", "dnt"];

/// Where the country stands if not in what the runtime tells; believed where the network's address is.
const COUNTRY: &str = "cf-ipcountry";

/// What a page of a site gets with its configuration so that it may tell who is there, if the team sees that.
pub(super) fn pass(env: &Env, site: &visitor::Site) -> Result<Option<String>, Code> {
    if !site.reception.visits {
        return Ok(None);
    }
    let expires_at = now().plus(VISIT_PASS_MS);
    let pass = VisitPass { workspace: site.workspace, site: site.id, expires_at };
    Ok(Some(sign(&token_secret(env)?, &pass)))
}

/// Somebody is on a page. The workspace is not asked: that the site shows its team who is there stands in the pass.
#[worker::send]
pub(super) async fn beat(
    State(shared): State<Shared>,
    Path(_key): Path<String>,
    RawQuery(query): RawQuery,
    cf: Option<Extension<Cf>>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let country = country(&shared.env, cf.as_deref(), &headers);
    let answer = async {
        let beat: Beat = parse(&body)?;
        let secret = token_secret(&shared.env)?;
        let pass: VisitPass = verify(&secret, &beat.pass, now()).ok_or(Code::Unauthenticated)?;
        let chat = beat.chat.as_deref().and_then(|token| claims(&secret, token));
        let chat = chat.filter(|claims| (claims.workspace, claims.site) == (pass.workspace, pass.site));
        let is_private = beat.is_private || WISHES.iter().any(|wish| is_one(&headers, wish));
        let presence = presence(Beat { is_private, ..beat }, chat.as_ref(), country.as_deref());
        let Some(presence) = presence else { return Ok(json(StatusCode::OK, &BeatAnswer { opener: None })) };
        let call = VisitsCall::Beat(Box::new(presence));
        let answer = calls::visits(&shared.env, pass.workspace, pass.site, &call).await?;
        let VisitsAnswer::Noted(opener) = answer else { return Err(Code::Internal.into()) };
        let opener = opener.map(|Opener { id, text, by }| {
            let choice = language::of_request(query.as_deref(), &headers, "");
            ToldOpener { id, text, name: by.name, words: choice.language.proactive() }
        });
        Ok::<_, Refused>(json(StatusCode::OK, &BeatAnswer { opener }))
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

/// A visitor answers what they were shown: kept with the conversation that they begin, as the server knows it.
#[worker::send]
pub(super) async fn open(State(shared): State<Shared>, Path(key): Path<String>, body: Bytes) -> Response {
    let answer = async {
        let OpeningRequest { token, shown } = parse(&body)?;
        let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
        let claims: VisitorClaims =
            verify(&token_secret(&shared.env)?, &token, now()).ok_or(Code::Unauthenticated)?;
        let (workspace, site) = (claims.workspace, claims.site);
        if key.workspace != workspace {
            return Err(Refused::from(Code::NotFound));
        }
        let opening = match shown {
            Shown::Proactive(id) => {
                let found = visitor::site(&shared.env, key).await?;
                if found.id != site {
                    return Err(Code::NotFound.into());
                }
                let message = found.reception.proactive.into_iter().find(|message| message.id == id);
                let message = message.ok_or(Code::NotFound)?;
                Opening { text: message.text, by: OpeningBy::Site(message.name) }
            }
            Shown::Opener { visit, id } => {
                let call = VisitsCall::Said { visit, id };
                let answer = calls::visits(&shared.env, workspace, site, &call).await?;
                let VisitsAnswer::Noted(said) = answer else { return Err(Code::Internal.into()) };
                let Opener { text, by, .. } = said.ok_or(Code::NotFound)?;
                Opening { text, by: OpeningBy::Agent(by) }
            }
        };
        let call = ConversationCall::Opened(Box::new(VisitorOpening { credential: token, opening }));
        calls::conversation(&shared.env, claims.conversation, &call).await?;
        Ok(nothing(StatusCode::NO_CONTENT))
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

/// A page of those who are there. What is looked for comes in the body, since an address is written into logs.
#[worker::send]
pub(super) async fn list(
    State(shared): State<Shared>,
    Path(workspace): Path<String>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let query: VisitQuery = sent(&shared, &headers, &body)?;
    let workspace: WorkspaceId = workspace.parse().map_err(|_| Code::NotFound)?;
    let actor = actor(&shared.env, &headers, workspace).await?;
    let WatchedSites { sites, .. } = watched(&shared.env, workspace, &actor, Vec::new()).await?;
    let asked: Vec<SiteId> =
        sites.iter().copied().filter(|site| query.site.is_none_or(|wanted| wanted == *site)).collect();
    let call = VisitsCall::List(query);
    let present = asked.into_iter().map(|site| {
        let (env, call) = (&shared.env, &call);
        async move { (site, calls::visits(env, workspace, site, call).await) }
    });
    let mut found = Vec::new();
    for (site, answer) in join_all(present).await {
        let VisitsAnswer::Present(presence) = answer? else { return Err(Code::Internal.into()) };
        found.push((site, *presence));
    }
    let (SitePresence { counts, countries, mut visits, is_filling }, places) = together(found);
    let is_more = visits.len() > VISITS_PAGE;
    visits.truncate(VISITS_PAGE);
    let last = visits.last().filter(|_| is_more);
    let next = last.map(|last| VisitPosition { since: last.since, visit: last.visit });
    let chats: Vec<_> =
        visits.iter().filter_map(|visit| visit.chat.map(|(conversation, _)| conversation)).collect();
    let begun = if chats.is_empty() {
        Vec::new()
    } else {
        watched(&shared.env, workspace, &actor, chats).await?.begun
    };
    let visits = visits.into_iter().zip(places).map(|(visit, site)| told(visit, site, &begun)).collect();
    Ok(json(StatusCode::OK, &VisitPage { now: now(), sites, counts, countries, visits, next, is_filling }))
}

/// An agent says something to somebody who has not written.
#[worker::send]
pub(super) async fn say(
    State(shared): State<Shared>,
    Path((workspace, site, visit)): Path<(String, String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Refused> {
    let OpenerDraft { text } = sent(&shared, &headers, &body)?;
    let workspace = workspace.parse().map_err(|_| Code::NotFound)?;
    let site = site.parse().map_err(|_| Code::NotFound)?;
    let visit = visit.parse().map_err(|_| Code::NotFound)?;
    let answer = ask_workspace(&shared, &headers, workspace, WorkspaceRequest::Approach(site)).await?;
    let WorkspaceAnswer::Approach(by) = answer else { return Err(Code::Internal.into()) };
    let opener = Opener { id: OpenerId::from_bytes(random()?), text: tidied_opener(&text)?, by };
    calls::visits(&shared.env, workspace, site, &VisitsCall::Say { visit, opener }).await?;
    Ok(nothing(StatusCode::NO_CONTENT))
}

/// Where the person may see who is there, and which conversations have begun.
async fn watched(
    env: &Env,
    workspace: WorkspaceId,
    actor: &Actor,
    conversations: Vec<ConversationId>,
) -> Result<WatchedSites, Refused> {
    let request = WorkspaceRequest::WatchedSites(conversations);
    let call = WorkspaceCall::As { actor: actor.clone(), request };
    match calls::workspace(env, workspace, &call).await? {
        WorkspaceAnswer::WatchedSites(watched) => Ok(watched),
        _ => Err(Code::Internal.into()),
    }
}

fn told(present: PresentVisit, site: SiteId, begun: &[(ConversationId, Option<VisitorIdentity>)]) -> Visit {
    let PresentVisit {
        visit,
        since,
        url,
        title,
        source,
        campaign,
        country,
        visits,
        is_private,
        chat,
        opener,
    } = present;
    let chat = chat.map(|(conversation, visitor)| {
        let found = begun.iter().find(|(known, _)| *known == conversation);
        let identity = found.and_then(|(_, identity)| identity.clone());
        VisitChat { conversation, visitor, has_begun: found.is_some(), identity }
    });
    Visit { site, visit, since, url, title, source, campaign, country, visits, is_private, chat, opener }
}

/// What a visitor's token says, whether the work that it may take was done or not: nothing is opened by it.
fn claims(secret: &[u8], token: &str) -> Option<VisitorClaims> {
    verify(secret, token, now()).or_else(|| verify_for_work(secret, token, now()))
}

fn country(env: &Env, cf: Option<&Cf>, headers: &HeaderMap) -> Option<String> {
    let told = cf.and_then(Cf::country);
    told.or_else(|| {
        let is_trusted = env.var("TRUST_CF").is_ok_and(|value| value.to_string() == "1");
        let value = headers.get(COUNTRY).filter(|_| is_trusted)?;
        value.to_str().ok().map(str::to_owned)
    })
}

fn is_one(headers: &HeaderMap, name: &str) -> bool {
    headers.get(name).is_some_and(|value| value == "1")
}
