//! Where the bytes of files are kept: the bucket `FILES`.

use axum::body::Bytes;
use domain::files::key_of;
use futures_util::{Stream, StreamExt as _, stream};
use protocol::{Code, ConversationId, FileId};
use worker::{Bucket, Env, Error, FixedLengthStream, ResponseBody, console_error};

const BUCKET: &str = "FILES";

/// Keeps the bytes of a file, which are as many as was said or it is not kept.
pub(crate) async fn put(
    env: &Env,
    (conversation, file): (ConversationId, FileId),
    bytes: u32,
    head: Bytes,
    rest: impl Stream<Item = Result<Bytes, Error>> + 'static,
) -> Result<(), Code> {
    let first = stream::once(async move { Ok(head) });
    let chunks = first.chain(rest).map(|chunk| chunk.map(|chunk| chunk.to_vec()));
    let whole = FixedLengthStream::wrap(chunks, u64::from(bytes));
    let put = bucket(env)?.put(key_of(conversation, file), whole).execute().await;
    put.map(drop).map_err(|error| failed(&error))
}

/// Takes the bytes of a file out, to be sent as they come; `None` if they are gone.
pub(crate) async fn get(
    env: &Env,
    (conversation, file): (ConversationId, FileId),
) -> Result<Option<ResponseBody>, Code> {
    let found = bucket(env)?.get(key_of(conversation, file)).execute().await;
    let Some(object) = found.map_err(|error| failed(&error))? else { return Ok(None) };
    let body = object.body().map(worker::ObjectBody::response_body).transpose();
    body.map_err(|error| failed(&error))
}

/// Removes the bytes of files; those that are not there do no harm.
pub(crate) async fn remove(env: &Env, conversation: ConversationId, files: &[FileId]) -> Result<(), Code> {
    let keys: Vec<String> = files.iter().map(|file| key_of(conversation, *file)).collect();
    bucket(env)?.delete_multiple(keys).await.map_err(|error| failed(&error))
}

fn bucket(env: &Env) -> Result<Bucket, Code> {
    env.bucket(BUCKET).map_err(|error| failed(&error))
}

fn failed(error: &Error) -> Code {
    console_error!("files: {}", error.to_string());
    Code::Unavailable
}
