//! The REST API for programs of others, `/api/v1`: keys in place of sessions, and nothing that our own clients use.
//!
//! The routes are made from [`Operation::ALL`], as the document and its tests are. Every answer goes through
//! [`exchange::Exchange`]: whatever is refused is a problem document.

mod agents;
mod attachments;
mod contacts;
mod conversations;
mod document;
mod exchange;
mod input;
mod json;
mod messages;
mod reply;
mod reports;
mod sites;
mod workspace;

use axum::Router;
use axum::body::Body;
use axum::extract::rejection::RawPathParamsRejection;
use axum::extract::{RawPathParams, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{MethodFilter, on};
use protocol::api::{Method, Operation, ProblemCode};
use protocol::limits::API_BODY_BYTES;

pub(super) use document::{open_api, page};

use self::exchange::Exchange;
use self::input::Input;
use self::reply::{Refusal, Reply, request_id};
use super::Shared;
use super::body::read_whole;

/// Every operation under its path.
pub(super) fn operations() -> Router<Shared> {
    let routes = Operation::ALL.into_iter().fold(Router::new(), |router, operation| {
        let handler = move |State(shared): State<Shared>,
                            parameters: Result<RawPathParams, RawPathParamsRejection>,
                            RawQuery(query): RawQuery,
                            headers: HeaderMap,
                            body: Body| async move {
            let request = (parameters, query, headers, body);
            answer(shared, operation, request).await
        };
        router.route(operation.path(), on(filter(operation.method()), handler))
    });
    routes.fallback(nowhere).method_not_allowed_fallback(no_such_method)
}

const fn filter(method: Method) -> MethodFilter {
    match method {
        Method::Get => MethodFilter::GET,
        Method::Post => MethodFilter::POST,
        Method::Patch => MethodFilter::PATCH,
        Method::Delete => MethodFilter::DELETE,
    }
}

/// A request as it comes.
type Came = (Result<RawPathParams, RawPathParamsRejection>, Option<String>, HeaderMap, Body);

#[worker::send]
async fn answer(shared: Shared, operation: Operation, (parameters, query, headers, body): Came) -> Response {
    let body = read_whole(body, API_BODY_BYTES).await;
    let input = Input::new(parameters, query, headers, body);
    let exchange = Exchange::new(shared.env, operation, input);
    let result = perform(&exchange).await;
    exchange.respond(result)
}

async fn perform(exchange: &Exchange) -> Result<Reply, Refusal> {
    exchange.check_version().await?;
    match exchange.operation() {
        Operation::GetWorkspace => workspace::show(exchange).await,
        Operation::UpdateWorkspace => workspace::change(exchange).await,
        Operation::ListAgents => agents::list(exchange).await,
        Operation::GetAgent => agents::show(exchange).await,
        Operation::UpdateAgent => agents::change(exchange).await,
        Operation::DeleteAgent => agents::remove(exchange).await,
        Operation::ListSites => sites::list(exchange).await,
        Operation::CreateSite => sites::make(exchange).await,
        Operation::GetSite => sites::show(exchange).await,
        Operation::UpdateSite => sites::change(exchange).await,
        Operation::DeleteSite => sites::remove(exchange).await,
        Operation::RotateSiteKey => sites::rotate_key(exchange).await,
        Operation::ListConversations => conversations::list(exchange).await,
        Operation::CreateConversation => conversations::make(exchange).await,
        Operation::GetConversation => conversations::show(exchange).await,
        Operation::UpdateConversation => conversations::change(exchange).await,
        Operation::ListMessages => messages::list(exchange).await,
        Operation::CreateMessage => messages::make(exchange).await,
        Operation::GetMessage => messages::show(exchange).await,
        Operation::UpdateMessage => messages::change(exchange).await,
        Operation::DeleteMessage => messages::remove(exchange).await,
        Operation::GetAttachment => attachments::download(exchange).await,
        Operation::ListContacts => contacts::list(exchange).await,
        Operation::GetContact => contacts::show(exchange).await,
        Operation::ListContactConversations => contacts::conversations(exchange).await,
        Operation::GetReport => reports::show(exchange).await,
    }
}

async fn nowhere(headers: HeaderMap) -> Response {
    Refusal::from(ProblemCode::NotFound).into_response(request_id(&headers))
}

async fn no_such_method(headers: HeaderMap) -> Response {
    Refusal::from(ProblemCode::MethodNotAllowed).into_response(request_id(&headers))
}
