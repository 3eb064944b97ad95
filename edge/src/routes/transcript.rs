//! A conversation by mail to its visitor: only to an address that is proven to be theirs (SPEC TR1).

use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use domain::conversation::proven_address;
use protocol::call::{AccountCall, ConversationAnswer, ConversationCall, WorkspaceCall};
use protocol::http::TranscriptMailed;
use protocol::mail::{Language, Letter, Mail};
use protocol::{Code, SiteKey, Transcript, TranscriptWanted};
use words::Choice;

use super::files::{conversation, visitor_of};
use super::{Shared, language, visitor};
use crate::calls;
use crate::config::name_secret;
use crate::headers::for_any_origin;
use crate::problem::{Refused, json};

/// Mails it, by the token in the header `Authorization`, in the language that the address asks for if letters are written in it.
#[worker::send]
pub(super) async fn mail(
    State(shared): State<Shared>,
    Path((key, id)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = async {
        let (credential, claims) = visitor_of(&shared.env, &headers)?;
        let address = proven_address(claims.identity.as_ref())?;
        let id = conversation(&id)?;
        let key: SiteKey = key.parse().map_err(|_| Code::UnknownSite)?;
        let site = visitor::site(&shared.env, key).await?;
        if (site.workspace, site.id) != (claims.workspace, claims.site) {
            return Err(Refused::from(Code::NotFound));
        }
        // What has proven the address may have ended since.
        let vouch =
            WorkspaceCall::Vouch { site: claims.site, visitor: claims.visitor, voucher: claims.voucher };
        calls::workspace(&shared.env, claims.workspace, &vouch).await?;
        let call = ConversationCall::Transcribe(Box::new(TranscriptWanted { credential }));
        let ConversationAnswer::Transcript { lines, is_cut } =
            calls::conversation(&shared.env, id, &call).await?
        else {
            return Err(Code::Internal.into());
        };
        let Choice { language, .. } = language::of_request(query.as_deref(), &headers, "");
        let transcript = Transcript { site: site.settings.config.name, lines, is_cut };
        let to = address.as_str().to_owned();
        let letter = Letter::Transcript(Box::new(transcript));
        let mail = Mail { to: to.clone(), language: language_of(language.name), letter };
        // The object of the address owes it: it counts what goes there, and sends it once it is stored.
        let account = address.account(&name_secret(&shared.env)?);
        calls::account(&shared.env, account, &AccountCall::DeliverOrRefuse(Box::new(mail))).await?;
        Ok(json(StatusCode::OK, &TranscriptMailed { to }))
    };
    for_any_origin(answer.await.unwrap_or_else(IntoResponse::into_response))
}

/// The language of letters that is nearest to one of the chat.
fn language_of(name: &str) -> Language {
    match name {
        "de" => Language::De,
        "fr" => Language::Fr,
        "es" => Language::Es,
        "ar" => Language::Ar,
        _ => Language::En,
    }
}
