//! A file is sent up: past the rules, into the bucket, and into the conversation's knowledge, in this order.

use core::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::files::{HEAD_BYTES, measure, recognise};
use futures_util::{Stream, StreamExt as _};
use protocol::call::{ConversationAnswer, FileRequest};
use protocol::limits::{FILE_BYTES, UPLOAD_MS};
use protocol::{Code, ConversationId, File, FileName, UploadId, codec};
use worker::{Delay, Error};

use super::asker::Asker;
use crate::files;
use crate::problem::Refused;

const UPLOAD: &str = "porchlight-upload";
const NAME: &str = "porchlight-file-name";

/// Takes a file (SPEC FL2 to FL6).
pub(super) async fn receive(
    asker: &Asker,
    conversation: ConversationId,
    headers: &HeaderMap,
    body: Body,
) -> Result<Response, Refused> {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let upload: UploadId = text(UPLOAD).parse().map_err(|_| Code::BadFrame)?;
    let length: u64 = text(header::CONTENT_LENGTH.as_str()).parse().map_err(|_| Code::BadFrame)?;
    let bytes = u32::try_from(length).ok().filter(|bytes| *bytes <= FILE_BYTES).ok_or(Code::TooLarge)?;
    let mut rest = chunks(body);
    let id = match asker.ask(conversation, FileRequest::Begin { upload, bytes }).await? {
        ConversationAnswer::Begun(id) => id,
        ConversationAnswer::File(file) => {
            drain(rest).await;
            return Ok(answer(&file));
        }
        _ => return Err(Code::Internal.into()),
    };
    let head = read_head(&mut rest, bytes).await?;
    let media = match recognise(head.get(..HEAD_BYTES).unwrap_or(&head)) {
        Ok(media) => media,
        Err(code) => {
            drain(rest).await;
            return Err(code.into());
        }
    };
    let file = File {
        id,
        name: FileName::tidied(&claimed_name(text(NAME)), media),
        media,
        bytes,
        picture: measure(media, &head),
    };
    files::put(&asker.env, (conversation, id), bytes, head, rest).await?;
    let finished = asker.ask(conversation, FileRequest::Finish { upload, file }).await;
    let known = match finished {
        Ok(ConversationAnswer::File(known)) => Ok(*known),
        Ok(_) => Err(Refused::from(Code::Internal)),
        Err(refused) => Err(refused),
    };
    if known.as_ref().map_or(true, |known| known.id != id) {
        // Whoever forgets this here is reminded by the conversation's alarm, if it knows of the file.
        let _ = files::remove(&asker.env, conversation, &[id]).await;
    }
    Ok(answer(&known?))
}

/// The answer, in the codec of our own clients.
fn answer(file: &File) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/octet-stream"), (header::CACHE_CONTROL, "no-store")];
    (StatusCode::OK, headers, codec::to_bytes(file)).into_response()
}

/// The body, up to when it must have come whole.
fn chunks(body: Body) -> impl Stream<Item = Result<Bytes, Error>> + Unpin + 'static {
    let chunks =
        body.into_data_stream().map(|chunk| chunk.map_err(|error| Error::RustError(error.to_string())));
    chunks.take_until(Delay::from(Duration::from_millis(UPLOAD_MS))).boxed_local()
}

/// Reads as much as is looked at, or all of it; less of it is no file.
async fn read_head(
    chunks: &mut (impl Stream<Item = Result<Bytes, Error>> + Unpin),
    bytes: u32,
) -> Result<Bytes, Code> {
    let wanted = HEAD_BYTES.min(usize::try_from(bytes).unwrap_or(HEAD_BYTES));
    let mut head = Vec::new();
    while head.len() < wanted {
        match chunks.next().await {
            Some(Ok(chunk)) => head.extend_from_slice(&chunk),
            Some(Err(_)) | None => return Err(Code::Unavailable),
        }
    }
    Ok(head.into())
}

/// Reads what nobody wants, so that who sends it hears the answer: browsers read none before they have sent all.
async fn drain(mut chunks: impl Stream<Item = Result<Bytes, Error>> + Unpin) {
    while matches!(chunks.next().await, Some(Ok(_))) {}
}

/// What the client calls the file, written as in a query.
fn claimed_name(text: &str) -> String {
    form_urlencoded::parse(text.as_bytes()).next().map(|(name, _)| name.into_owned()).unwrap_or_default()
}
