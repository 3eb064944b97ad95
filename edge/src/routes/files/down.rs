//! A file is sent down: a picture to be shown, anything else only to be kept (SPEC FL11).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use protocol::call::{ConversationAnswer, FileRequest};
use protocol::{Code, ConversationId, File, FileId};
use worker::Env;

use super::asker::Asker;
use crate::files;
use crate::headers;
use crate::problem::Refused;

/// Sends a file to who may have it.
pub(super) async fn fetch(
    asker: &Asker,
    conversation: ConversationId,
    id: FileId,
) -> Result<Response, Refused> {
    match asker.ask(conversation, FileRequest::Look(id)).await? {
        ConversationAnswer::File(file) => Ok(send(&asker.env, conversation, &file).await?),
        _ => Err(Code::Internal.into()),
    }
}

/// Sends a file.
pub(in crate::routes) async fn send(
    env: &Env,
    conversation: ConversationId,
    file: &File,
) -> Result<Response, Code> {
    let body = files::get(env, (conversation, file.id)).await?.ok_or(Code::NotFound)?;
    let found = worker::Response::from_body(body).map_err(|_| Code::Unavailable)?;
    let mut response: Response = found.into();
    *response.status_mut() = StatusCode::OK;
    let kind = if file.media.is_picture() { file.media.name() } else { "application/octet-stream" };
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(file)) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
    }
    Ok(headers::file(response).into_response())
}

/// How the file is to be taken, under its name (RFC 6266): in ASCII, and for who reads more, whole.
fn disposition(file: &File) -> String {
    let way = if file.media.is_picture() { "inline" } else { "attachment" };
    let name = file.name.as_str();
    let plain: String =
        name.chars().map(|character| if is_plain(character) { character } else { '_' }).collect();
    let mut whole = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            whole.push(char::from(byte));
        } else {
            whole.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("{way}; filename=\"{plain}\"; filename*=UTF-8''{whole}")
}

const fn is_plain(character: char) -> bool {
    matches!(character, ' '..='~') && !matches!(character, '"' | '\\' | '%')
}
