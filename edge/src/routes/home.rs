//! A visitor's home: the conversations that they had, by whom and how soon they are answered, and the words to say so.

use axum::extract::{RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use futures_util::future::join_all;
use protocol::call::{ConversationAnswer, ConversationCall, Glance, WorkspaceAnswer, WorkspaceCall};
use protocol::limits::HOME_UNREAD;
use protocol::{Author, Code, HomeConversation, HomeView, HomeWanted, IndexEntry, Status};
use words::Choice;
use worker::Env;

use super::Shared;
use super::files::visitor_of;
use super::language;
use crate::calls;
use crate::headers::for_any_origin;
use crate::problem::{Refused, json};

/// Tells a visitor, by the token in the header `Authorization`, in the language that the address asks for.
#[worker::send]
pub(super) async fn home(
    State(shared): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let (credential, claims) = visitor_of(&shared.env, &headers)?;
        let workspace = claims.workspace;
        let call = WorkspaceCall::Home(Box::new(HomeWanted { claims, with_team: true }));
        let WorkspaceAnswer::Home(home) = calls::workspace(&shared.env, workspace, &call).await? else {
            return Err(Refused::from(Code::Internal));
        };
        let entries = home.conversations.iter().enumerate();
        let told = entries.map(|(place, entry)| told(&shared.env, &credential, entry, place < HOME_UNREAD));
        let conversations = join_all(told).await;
        let Choice { language, .. } = language::of_request(query.as_deref(), &headers, "");
        let (team, reply) = (home.team, home.reply);
        Ok(json(StatusCode::OK, &HomeView { conversations, team, reply, words: language.home() }))
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

/// An entry of the list as its visitor reads it. What they have not seen, their conversation knows: the index would need a row
/// for every reading. One in which they spoke last, or that has been quiet for longer than others, is not asked.
async fn told(env: &Env, credential: &str, entry: &IndexEntry, counts: bool) -> HomeConversation {
    let author = entry.preview.as_ref().map(|preview| &preview.author);
    let agent = match author {
        Some(Author::Agent(agent)) => Some(agent.clone()),
        Some(Author::Visitor | Author::System) | None => None,
    };
    let mut unread = 0;
    if counts && agent.is_some() {
        let glance = Box::new(Glance { credential: credential.to_owned() });
        let answer = calls::conversation(env, entry.conversation, &ConversationCall::Glance(glance)).await;
        // One that cannot be asked is shown without a number.
        if let Ok(ConversationAnswer::Unread(count)) = answer {
            unread = count;
        }
    }
    HomeConversation {
        id: entry.conversation,
        active_at: entry.active_at,
        agent,
        mine: matches!(author, Some(Author::Visitor)),
        text: entry.preview.as_ref().map(|preview| preview.text.clone()).unwrap_or_default(),
        is_over: entry.status == Status::Resolved,
        unread,
    }
}
