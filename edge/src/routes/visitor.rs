//! What a visitor's page asks for before its socket.

use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::identity::{Found, ProvingSite, identify, said_of_anonymous, visitor_of};
use domain::token;
use domain::workspace::{Origin, OwnConversations, is_proactive, may_embed, proactive_rules};
use look::{Colour, Palette, launcher_place, launcher_style, panel_properties};
use protocol::call::{WorkspaceAnswer, WorkspaceCall};
use protocol::http::proactive::ProactiveRules;
use protocol::http::reception::Reception;
use protocol::http::site::{IdentitySecret, SiteSettings};
use protocol::http::{
    FURTHER, KnownSession, NEW_CONVERSATION, PageConfig, SessionAnswer, SessionRequest, SiteConfig,
};
use protocol::limits::{IDENTIFIED_TOKEN_MS, VISITOR_TOKEN_MS};
use protocol::{
    Code, ConversationId, HomeWanted, SiteId, SiteKey, Timestamp, VisitorClaims, VisitorId, VisitorIdentity,
    VoucherId, WorkspaceId,
};
use words::Choice;
use worker::{Env, console_warn};

use super::body::parse;
use super::{Shared, chat, language, reception, visits};
use crate::config::{name_secret, token_secret};
use crate::problem::{Refused, json};
use crate::surroundings::{now, random};
use crate::{attempts, calls, headers};

/// A site that was looked up by one of its keys.
pub(super) struct Site {
    /// Its workspace.
    pub(super) workspace: WorkspaceId,
    /// Which.
    pub(super) id: SiteId,
    /// Its settings.
    pub(super) settings: SiteSettings,
    /// How it receives visitors.
    pub(super) reception: Reception,
    keys: Vec<SiteKey>,
    identity_secrets: Vec<IdentitySecret>,
    /// Whether nobody who could answer is in the inbox, where that was asked.
    is_away: bool,
}

/// Somebody who has proven who they are.
struct Proven {
    user: String,
    identity: VisitorIdentity,
    voucher: VoucherId,
}

/// The site as the loader draws it, in the language that the page or the browser asks for.
#[worker::send]
pub(super) async fn config(
    State(shared): State<Shared>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
        let (site, origin) = embedded(&shared, key, &headers).await?;
        let visits = visits::pass(&shared.env, &site)?;
        let SiteSettings { config: SiteConfig { name, accent, greeting }, identity, look, .. } =
            site.settings;
        let Choice { language, locale } = language::of_request(query.as_deref(), &headers, &look.language);
        let accent = wished_accent(query.as_deref()).unwrap_or(accent);
        let colour = Colour::parse(&accent).unwrap_or(Colour::BLACK);
        let mut words = language.launcher();
        // Who says the name of a button says what stands on it.
        if !look.label.is_empty() {
            words.launcher_open.clone_from(&look.label);
        }
        let config = PageConfig {
            name,
            accent,
            ink: Palette::of(colour).ink.to_string(),
            greeting,
            site: site.id,
            identity,
            language: language.name.to_owned(),
            locale,
            direction: language.direction().to_owned(),
            words,
            style: launcher_style(&look, colour),
            panel: panel_properties(&look, colour),
            scheme: look.scheme,
            font: look.font,
            launcher: launcher_place(&look),
            // The frame's page has it: this answer is for every page, and small.
            logo: None,
            proactive: is_proactive(&site.reception.proactive),
            visits,
        };
        Ok((json(StatusCode::OK, &config), origin))
    };
    headers::by_language(for_page(answer.await))
}

/// What the site says by itself, in the language that the page or the browser asks for; only pages ask that were told that
/// there is anything (SPEC WG54).
#[worker::send]
pub(super) async fn proactive(
    State(shared): State<Shared>,
    Path(key): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
        let (site, origin) = embedded(&shared, key, &headers).await?;
        let of_site = &site.settings.look.language;
        let Choice { language, .. } = language::of_request(query.as_deref(), &headers, of_site);
        let rules = ProactiveRules {
            words: language.proactive(),
            messages: proactive_rules(&site.reception.proactive),
        };
        Ok((json(StatusCode::OK, &rules), origin))
    };
    headers::by_language(for_page(answer.await))
}

/// The colour that the page wishes in place of the site's: six digits behind the language. What is none is ignored.
fn wished_accent(query: Option<&str>) -> Option<String> {
    let (_, digits) = query?.split_once("&accent=")?;
    Colour::parse(&format!("#{digits}")).map(|colour| colour.to_string())
}

/// A session: the person whom the site has proven to know, and for the page to keep, the same anonymous visitor again
/// for a good token and a new one otherwise.
#[worker::send]
pub(super) async fn session(State(shared): State<Shared>, headers: HeaderMap, body: Bytes) -> Response {
    let answer = async {
        let request: SessionRequest = parse(&body)?;
        let site = received(&shared.env, request.site).await?;
        let (site, origin) = may_show(&shared, site, &headers)?;
        let secret = token_secret(&shared.env)?;
        let now = now();
        let proving = ProvingSite {
            id: site.id,
            keys: &site.keys,
            mode: site.settings.identity,
            secrets: &site.identity_secrets,
        };
        let found = identify(proving, request.user.as_ref(), now)
            .inspect_err(|_| console_warn!("identity: a proof was refused, site {}", site.id.to_string()))?;
        let wish = request.conversation.as_deref().filter(|wish| !wish.is_empty());
        let kept = request.token.and_then(|token| read_kept(&secret, &token, now));
        let kept = kept.filter(|kept| is_anonymous_visitor_of(&site, &kept.claims));
        let mut known_identity = None;
        let mut others = false;
        let (claimed, known, notice) = match found {
            Found::Known { user, identity, voucher } => {
                known_identity = Some(identity.clone());
                let person = Proven { user, identity, voucher };
                let wish = Wish { conversation: wish, now };
                let (known, has_others) = known_session(&shared.env, &secret, &site, person, wish).await?;
                others = has_others;
                (None, Some(known), None)
            }
            Found::Anonymous { claimed, notice } => {
                if notice == Some(Code::BadIdentity) {
                    console_warn!("identity: a proof was not good, site {}", site.id.to_string());
                }
                (claimed, None, notice)
            }
        };
        // Of somebody whom the site knows it knows where to reach them.
        let left = request.email.as_deref().filter(|_| known.is_none());
        let mut further = String::new();
        let (claims, work) = match kept {
            Some(Kept { claims, mut work, has_further }) => {
                let identity = said_of_anonymous(claims.identity, claimed, left)?;
                let mut claims = VisitorClaims { identity, ..claims };
                let wish = wish.filter(|_| known.is_none());
                if has_further || wish.is_some() {
                    let named = calls::further_conversations_of(&shared.env, claims.visitor)?;
                    let own = OwnConversations { current: claims.conversation, listed: &[], named: &named };
                    let conversation = match wish {
                        Some(wish) if wish != claims.conversation.to_string() => {
                            let listed = conversations_of(&shared.env, &claims).await?;
                            OwnConversations { listed: &listed, ..own }.wished(Some(wish))
                        }
                        Some(_) | None => claims.conversation,
                    };
                    // Whoever begins one is counted as somebody new is.
                    if wish == Some(NEW_CONVERSATION) && conversation != claims.conversation {
                        work |= takes_work(&shared.env, &headers, &site, false).await?;
                    }
                    claims.conversation = conversation;
                    further.push(FURTHER);
                    if named.contains(&conversation) {
                        further.push_str(&conversation.to_string());
                    }
                    others |= known.is_none();
                }
                (claims, work)
            }
            None => {
                let work = takes_work(&shared.env, &headers, &site, known.is_some()).await?;
                let claims = VisitorClaims {
                    workspace: site.workspace,
                    site: site.id,
                    visitor: VisitorId::from_bytes(random()?),
                    conversation: calls::new_conversation(&shared.env)?,
                    expires_at: now,
                    identity: said_of_anonymous(None, claimed, left)?,
                    voucher: None,
                };
                (claims, work)
            }
        };
        let claims = VisitorClaims { expires_at: now.plus(VISITOR_TOKEN_MS), ..claims };
        let conversation = claims.conversation;
        let who = known_identity.as_ref().or(claims.identity.as_ref());
        let reception = reception::welcoming(&site.reception, who, site.is_away, now);
        let sign = if work { token::sign_for_work } else { token::sign::<VisitorClaims> };
        let answer = SessionAnswer {
            token: sign(&secret, &claims),
            conversation,
            known,
            notice,
            work,
            reception: Some(reception),
            further,
            others,
        };
        Ok((json(StatusCode::OK, &answer), origin))
    };
    for_page(answer.await)
}

/// What a page has kept.
struct Kept {
    claims: VisitorClaims,
    /// Whether the token takes work, which it then does for good.
    work: bool,
    /// Whether the visitor has more than one conversation.
    has_further: bool,
}

/// Which conversation is wished for, and when.
#[derive(Clone, Copy)]
struct Wish<'a> {
    conversation: Option<&'a str>,
    now: Timestamp,
}

/// Reads what a page has kept.
fn read_kept(secret: &[u8], kept: &str, now: Timestamp) -> Option<Kept> {
    let token = kept.split(FURTHER).next()?;
    let has_further = token != kept;
    let free = token::verify::<VisitorClaims>(secret, token, now).map(|claims| (claims, false));
    let read = free.or_else(|| token::verify_for_work(secret, token, now).map(|claims| (claims, true)));
    read.map(|(claims, work)| Kept { claims, work, has_further })
}

/// The conversations that a visitor finds in their home.
async fn conversations_of(env: &Env, claims: &VisitorClaims) -> Result<Vec<ConversationId>, Refused> {
    let wanted = HomeWanted { claims: claims.clone(), with_team: false };
    match calls::workspace(env, claims.workspace, &WorkspaceCall::Home(Box::new(wanted))).await? {
        WorkspaceAnswer::Home(home) => {
            Ok(home.conversations.iter().map(|entry| entry.conversation).collect())
        }
        _ => Err(Code::Internal.into()),
    }
}

/// Whether a new anonymous visitor has to do some work. Who has proven who they are comes in all the same.
async fn takes_work(env: &Env, headers: &HeaderMap, site: &Site, is_known: bool) -> Result<bool, Refused> {
    match attempts::new_visitor(env, headers, site.id).await {
        Ok(is_crowd) => Ok(is_crowd),
        Err(reject) if is_known && reject.code == Code::RateLimited => Ok(true),
        Err(reject) => Err(reject.into()),
    }
}

/// Looks up a site.
pub(super) async fn site(env: &Env, key: SiteKey) -> Result<Site, Refused> {
    let answer = calls::workspace(env, key.workspace, &WorkspaceCall::Site { key }).await?;
    read(key, answer, false)
}

/// The same for a visitor who opens the chat.
async fn received(env: &Env, key: SiteKey) -> Result<Site, Refused> {
    match calls::workspace(env, key.workspace, &WorkspaceCall::Receive { key }).await? {
        WorkspaceAnswer::Received { site, is_away } => read(key, *site, is_away),
        _ => Err(Code::Internal.into()),
    }
}

fn read(key: SiteKey, answer: WorkspaceAnswer, is_away: bool) -> Result<Site, Refused> {
    match answer {
        WorkspaceAnswer::Site { site, settings, keys, identity_secrets, reception } => Ok(Site {
            workspace: key.workspace,
            id: site,
            settings: *settings,
            reception,
            keys,
            identity_secrets,
            is_away,
        }),
        _ => Err(Code::Internal.into()),
    }
}

/// Looks up a site for a page that may show it.
async fn embedded(shared: &Shared, key: SiteKey, headers: &HeaderMap) -> Result<(Site, Origin), Refused> {
    may_show(shared, site(&shared.env, key).await?, headers)
}

fn may_show(shared: &Shared, site: Site, headers: &HeaderMap) -> Result<(Site, Origin), Refused> {
    if let Some(own) = chat::own_origin(shared, headers) {
        return Ok((site, own));
    }
    let origin = headers.get(header::ORIGIN).and_then(|value| value.to_str().ok()).and_then(Origin::parse);
    match origin {
        Some(origin) if may_embed(&site.settings, &origin) => Ok((site, origin)),
        Some(_) | None => Err(Code::OriginNotAllowed.into()),
    }
}

/// The session of a person, whose visitor and conversations are the same wherever they prove who they are: in the one they
/// wish for, else in the most recently active. Tells whether there are others.
async fn known_session(
    env: &Env,
    secret: &[u8],
    site: &Site,
    person: Proven,
    wish: Wish<'_>,
) -> Result<(KnownSession, bool), Refused> {
    let Proven { user, identity, voucher } = person;
    let visitor = visitor_of(&name_secret(env)?, site.workspace, site.id, &user);
    let first = calls::conversation_of(env, visitor)?;
    let mut claims = VisitorClaims {
        workspace: site.workspace,
        site: site.id,
        visitor,
        conversation: first,
        expires_at: wish.now.plus(IDENTIFIED_TOKEN_MS),
        identity: Some(identity),
        voucher: Some(voucher),
    };
    let listed = conversations_of(env, &claims).await?;
    let mut named = vec![first];
    if wish.conversation.is_some() {
        named.extend(calls::further_conversations_of(env, visitor)?);
    }
    let current = listed.first().copied().unwrap_or(first);
    claims.conversation =
        OwnConversations { current, listed: &listed, named: &named }.wished(wish.conversation);
    let has_others = listed.iter().any(|listed| *listed != claims.conversation);
    let session = KnownSession { token: token::sign(secret, &claims), conversation: claims.conversation };
    Ok((session, has_others))
}

/// Only what a page keeps is renewed: who has proven who they are proves it again.
fn is_anonymous_visitor_of(site: &Site, claims: &VisitorClaims) -> bool {
    claims.workspace == site.workspace && claims.site == site.id && !claims.is_known()
}

fn for_page(answer: Result<(Response, Origin), Refused>) -> Response {
    match answer {
        Ok((response, origin)) => headers::for_origin(response, origin.as_str()),
        Err(refused) => headers::for_any_origin(refused.into_response()),
    }
}
