//! Every address there is.

mod account;
mod answers;
mod api;
mod api_keys;
mod assignments;
mod blocking;
mod body;
mod canned;
mod chat;
mod contacts;
mod files;
mod filters;
mod front;
mod handling;
mod home;
mod install;
mod invitations;
mod language;
mod logos;
mod mailbox;
mod pages;
mod pictures;
mod pinned;
mod private_chats;
mod reception;
mod session;
mod setup;
mod sites;
mod sockets;
mod teams;
mod ticket;
mod transcript;
mod visitor;
mod visits;
mod wait;
mod workspace;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get, patch, post, put};
use protocol::Code;
use protocol::api::Operation;
use worker::Env;

use crate::config::base_url;
use crate::headers;
use crate::problem::Refused;

/// Where the health of the Worker is asked for.
const HEALTH: &str = "/healthz";

/// What every route is given.
#[derive(Clone)]
pub(crate) struct Shared {
    /// Bindings and configuration.
    pub(crate) env: Env,
}

/// Builds the routes.
pub(crate) fn router(env: Env) -> Router {
    let shared = Shared { env };
    Router::new()
        .route("/", get(pages::home))
        .route(HEALTH, get(pages::health))
        .route("/widget.js", get(pages::loader))
        .route("/widget.json", get(pinned::newest))
        .route("/v/{version}/widget.js", get(pinned::version))
        .route("/storage.json", get(pages::storage_manifest))
        .route("/widget/{site_key}/frame", get(pages::frame))
        .route("/widget/preview", get(pages::preview))
        .route("/chat/{site_key}", get(chat::page))
        .route("/inbox", get(pages::inbox))
        .route("/inbox/", get(pages::inbox))
        .route("/inbox/{*rest}", get(pages::inbox))
        .route("/pictures/{picture}", get(pictures::picture))
        .route("/faces/{agent}", get(pictures::face))
        .route("/logos/{site}/{logo}", get(logos::logo))
        .route("/api/sites/{site_key}/config", get(visitor::config))
        .route("/api/sites/{site_key}/proactive", get(visitor::proactive))
        .route("/api/sites/{site_key}/visits", post(visits::beat))
        .route("/api/sites/{site_key}/opening", post(visits::open))
        .route("/api/visitor/session", post(visitor::session))
        .route("/api/visitor/conversations", get(home::home).options(files::preflight))
        .route("/api/visitor/wait", get(wait::wait).options(files::preflight))
        .route(
            "/api/sites/{site_key}/conversations/{id}/answers",
            post(answers::answer).options(files::preflight),
        )
        .route(
            "/api/sites/{site_key}/conversations/{id}/transcript",
            post(transcript::mail).options(files::preflight),
        )
        .route("/api/workspaces/{workspace}/conversations/{id}/answers", get(answers::read))
        .route("/api/visitor/conversations/{id}/socket", get(sockets::visitor_conversation))
        .route("/api/agent/conversations/{id}/socket", get(sockets::agent_conversation))
        .route("/api/agent/workspaces/{id}/socket", get(sockets::feed))
        .nest("/api/account", account_routes())
        .route("/api/workspaces", post(workspace::found))
        .nest("/api/workspaces/{workspace}", workspace_routes())
        .route("/api/invitations/look", post(invitations::look))
        .route("/api/invitations/accept", post(invitations::accept))
        .route("/api/agent/ticket", post(ticket::ticket))
        .route("/api/setup", post(setup::set_up))
        .route("/api/openapi.json", get(api::open_api))
        .route("/docs/api", get(api::page))
        .route("/mailbox", get(mailbox::page).post(mailbox::add_samples))
        .route("/mailbox.json", get(mailbox::list))
        .fallback(pages::not_found)
        .method_not_allowed_fallback(pages::not_found)
        .layer(from_fn(body::whole))
        // Files come as large as they are, past that.
        .route(
            "/api/visitor/conversations/{id}/files",
            post(files::up_from_visitor).options(files::preflight),
        )
        .route(
            "/api/visitor/conversations/{id}/files/{file}",
            get(files::down_to_visitor).options(files::preflight),
        )
        .route("/api/workspaces/{workspace}/conversations/{id}/files", post(files::up_from_agent))
        .route("/api/workspaces/{workspace}/conversations/{id}/files/{file}", get(files::down_to_agent))
        .route("/api/account/picture", post(pictures::set_own).delete(pictures::remove_own))
        .method_not_allowed_fallback(pages::not_found)
        // Reads bodies of its own size, and refuses in its own form.
        .nest(Operation::BASE, api::operations())
        .layer(from_fn_with_state(shared.clone(), front::filter))
        .layer(from_fn_with_state(shared.clone(), under_own_name))
        .layer(from_fn(secure))
        .with_state(shared)
}

/// Answers only under the name that all our links have (RFC 9110, 7.4), so that no answer can be made for another one. Who
/// asks for the health of a machine may know it by number.
async fn under_own_name(State(Shared { env }): State<Shared>, request: Request, next: Next) -> Response {
    let is_own = match base_url(&env) {
        Ok(base) => request.uri().host().is_some_and(|host| base.answers_to(host)),
        // Nothing is served without one; let the routes say so.
        Err(_) => true,
    };
    if is_own || request.uri().path() == HEALTH {
        return next.run(request).await;
    }
    (StatusCode::MISDIRECTED_REQUEST, Refused::from(Code::NotFound)).into_response()
}

/// What a workspace's people do with its sites.
fn site_routes() -> Router<Shared> {
    Router::new()
        .route("/", get(sites::list).post(sites::make))
        .route("/{site}", put(sites::change).delete(sites::remove))
        .route("/{site}/reception", put(reception::change))
        .route("/{site}/logo", post(logos::keep))
        .route("/{site}/key", post(sites::rotate_key).delete(sites::end_old_keys))
        .route(
            "/{site}/identity-secret",
            post(sites::rotate_identity_secret).delete(sites::end_old_identity_secrets),
        )
        .route("/{site}/check", post(install::check))
        .route("/{site}/visits/{visit}/opener", put(visits::say))
}

fn workspace_routes() -> Router<Shared> {
    Router::new()
        .route("/", get(workspace::view).patch(workspace::set_name))
        .route("/deletion", post(workspace::begin_deletion).delete(workspace::stop_deletion))
        .route(
            "/second-factor",
            post(workspace::require_second_factor).delete(workspace::stop_requiring_second_factor),
        )
        .route("/retention", put(workspace::set_retention))
        .route("/transfer", post(workspace::transfer))
        .route("/people", get(workspace::people))
        .route("/agents/{agent}", patch(workspace::set_role).delete(workspace::remove))
        .route("/invitations", post(workspace::invite))
        .route("/invitations/{invitation}", delete(workspace::revoke_invitation))
        .route("/roles", post(workspace::make_role))
        .route("/roles/{role}", put(workspace::redraw_role).delete(workspace::remove_role))
        .route("/audit", get(workspace::audit))
        .route("/search", post(workspace::search))
        .route("/report", post(workspace::report))
        .nest("/sites", site_routes())
        .route("/api-keys", get(api_keys::list).post(api_keys::make))
        .route("/api-keys/{key}", delete(api_keys::revoke))
        .route("/handling", post(handling::take))
        .route("/teams", get(teams::list).post(teams::make))
        .route("/teams/{id}", put(teams::change).delete(teams::remove))
        .route("/assignments", get(assignments::list).put(assignments::set))
        .route("/teams/{id}/assignment", put(assignments::set_of_team))
        .route("/blocked", get(blocking::list))
        .route("/blocked/{visitor}", get(blocking::look).put(blocking::block).delete(blocking::unblock))
        .route("/visits", post(visits::list))
        .route("/contacts", post(contacts::list))
        .route("/contacts/export", post(contacts::export))
        .route("/contacts/{contact}", get(contacts::look))
        .route("/canned", get(canned::list).post(canned::make))
        .route("/canned/{id}", put(canned::change).delete(canned::remove))
        .route("/canned/{id}/used", post(canned::used))
        .route("/filters", get(filters::list).post(filters::make))
        .route("/filters/count", post(filters::count))
        .route("/filters/{id}", put(filters::change).delete(filters::remove))
        .route("/private-chats", post(private_chats::begin))
        .route("/private-chats/{id}/members", post(private_chats::add))
        .route("/private-chats/{id}/members/me", delete(private_chats::leave))
        .route("/private-chats/{id}/name", put(private_chats::rename))
}

fn account_routes() -> Router<Shared> {
    Router::new()
        .route("/sign-up", post(account::mail_sign_up))
        .route("/sign-up/finish", post(account::finish_sign_up))
        .route("/sign-in", post(account::sign_in))
        .route("/sign-in-link", post(account::mail_sign_in_link))
        .route("/sign-in-link/finish", post(account::finish_sign_in_link))
        .route("/reset", post(account::mail_reset))
        .route("/reset/finish", post(account::finish_reset))
        .route("/sign-out", post(account::sign_out))
        .route("/sign-out-everywhere", post(account::sign_out_everywhere))
        .route("/me", get(account::me))
        .route("/profile", put(account::set_profile))
        .route("/deletion", post(account::delete))
        .route("/prove", post(account::prove))
        .route("/password", post(account::change_password))
        .route("/sessions", get(account::sessions))
        .route("/sessions/{id}", delete(account::end_session))
        .route("/second-factor", post(account::begin_second_factor).delete(account::remove_second_factor))
        .route("/second-factor/finish", post(account::finish_second_factor))
        .route("/recovery-codes", post(account::renew_recovery_codes))
        .route("/new-address", post(account::mail_new_address))
        .route("/new-address/finish", post(account::finish_new_address))
        .route("/passkey-sign-in", post(account::begin_passkey_sign_in))
        .route("/passkey-sign-in/finish", post(account::finish_passkey_sign_in))
        .route("/prove/passkey", post(account::begin_passkey_proof))
        .route("/prove/passkey/finish", post(account::prove_by_passkey))
        .route("/passkeys", get(account::passkeys).post(account::begin_passkey))
        .route("/passkeys/finish", post(account::finish_passkey))
        .route("/passkeys/{id}", patch(account::rename_passkey).delete(account::remove_passkey))
}

async fn secure(request: Request, next: Next) -> Response {
    let response = next.run(request).await;
    if response.status() == axum::http::StatusCode::SWITCHING_PROTOCOLS {
        return response;
    }
    headers::secure(response)
}
