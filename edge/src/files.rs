//! Where the bytes of files are kept: the bucket `FILES`.

use axum::body::Bytes;
use domain::files::{face_key, key_of, logo_key, logos_of, picture_key, script_key};
use futures_util::{Stream, StreamExt as _, stream};
use protocol::{AgentId, Code, ConversationId, FileId, PictureId, SiteId};
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

/// Keeps the bytes of a picture that somebody shows of themselves.
pub(crate) async fn put_picture(env: &Env, picture: PictureId, bytes: Vec<u8>) -> Result<(), Code> {
    let put = bucket(env)?.put(picture_key(picture), bytes).execute().await;
    put.map(drop).map_err(|error| failed(&error))
}

/// The bytes of such a picture; `None` if it is gone.
pub(crate) async fn get_picture(env: &Env, picture: PictureId) -> Result<Option<Vec<u8>>, Code> {
    read(env, picture_key(picture)).await
}

/// Removes such a picture; one that is not there does no harm.
pub(crate) async fn remove_picture(env: &Env, picture: PictureId) -> Result<(), Code> {
    bucket(env)?.delete(picture_key(picture)).await.map_err(|error| failed(&error))
}

/// Keeps with which picture an agent is seen, or that it is with none.
pub(crate) async fn put_face(env: &Env, agent: AgentId, picture: Option<PictureId>) -> Result<(), Code> {
    let (bucket, key) = (bucket(env)?, face_key(agent));
    let kept = match picture {
        Some(picture) => bucket.put(key, picture.as_bytes().to_vec()).execute().await.map(drop),
        None => bucket.delete(key).await,
    };
    kept.map_err(|error| failed(&error))
}

/// With which picture an agent is seen, if with one.
pub(crate) async fn get_face(env: &Env, agent: AgentId) -> Result<Option<PictureId>, Code> {
    let kept = read(env, face_key(agent)).await?;
    Ok(kept.and_then(|bytes| bytes.try_into().ok()).map(PictureId::from_bytes))
}

/// Keeps the bytes of a logo for a site.
pub(crate) async fn put_logo(env: &Env, site: SiteId, logo: PictureId, bytes: Vec<u8>) -> Result<(), Code> {
    let put = bucket(env)?.put(logo_key(site, logo), bytes).execute().await;
    put.map(drop).map_err(|error| failed(&error))
}

/// The bytes of such a logo; `None` if it is gone.
pub(crate) async fn get_logo(env: &Env, site: SiteId, logo: PictureId) -> Result<Option<Vec<u8>>, Code> {
    read(env, logo_key(site, logo)).await
}

/// Removes all logos of a site but those that are named.
pub(crate) async fn tidy_logos(env: &Env, site: SiteId, used: &[PictureId]) -> Result<(), Code> {
    let bucket = bucket(env)?;
    let kept = bucket.list().prefix(logos_of(site)).execute().await.map_err(|error| failed(&error))?;
    let used: Vec<String> = used.iter().map(|logo| logo_key(site, *logo)).collect();
    let keys = kept.objects().into_iter().map(|object| object.key());
    let unused: Vec<String> = keys.filter(|key| !used.contains(key)).collect();
    if unused.is_empty() {
        return Ok(());
    }
    bucket.delete_multiple(unused).await.map_err(|error| failed(&error))
}

/// Keeps one version of the script of pages that state its hash.
pub(crate) async fn put_script(env: &Env, name: &str, bytes: Vec<u8>) -> Result<(), Code> {
    let put = bucket(env)?.put(script_key(name), bytes).execute().await;
    put.map(drop).map_err(|error| failed(&error))
}

/// Such a version; `None` if nobody was ever told of it.
pub(crate) async fn get_script(env: &Env, name: &str) -> Result<Option<Vec<u8>>, Code> {
    read(env, script_key(name)).await
}

/// Whether such a version is kept.
pub(crate) async fn has_script(env: &Env, name: &str) -> Result<bool, Code> {
    let found = bucket(env)?.head(script_key(name)).await;
    found.map(|found| found.is_some()).map_err(|error| failed(&error))
}

async fn read(env: &Env, key: String) -> Result<Option<Vec<u8>>, Code> {
    let found = bucket(env)?.get(key).execute().await.map_err(|error| failed(&error))?;
    match found.as_ref().and_then(worker::Object::body) {
        Some(body) => body.bytes().await.map(Some).map_err(|error| failed(&error)),
        None => Ok(None),
    }
}

fn bucket(env: &Env) -> Result<Bucket, Code> {
    env.bucket(BUCKET).map_err(|error| failed(&error))
}

fn failed(error: &Error) -> Code {
    console_error!("files: {}", error.to_string());
    Code::Unavailable
}
