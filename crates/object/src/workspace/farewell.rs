//! Ends what visitors may see whose site was removed, or for whom an ended secret has vouched: their conversations are told
//! by jobs, as they are of agents (SPEC SI5, ID10).

use domain::identity::voucher_of;
use protocol::call::{ConversationCall, Ended, Job, WorkspaceAnswer};
use protocol::{Code, ConversationDigest, ConversationId, SiteId, Timestamp};
use store::Database;
use store::workspace::{Grounds, WorkspaceStore};

use super::jobs::owe;
use super::{open, stored};
use crate::platform::Platform;

/// Conversations that are owed the news in one turn.
const TOLD_AT_ONCE: usize = 1_000;

/// Begins with the visitors of a site that is removed. The alarm is to be set in the same turn.
pub(super) fn of_site<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    site: SiteId,
) -> Result<(), Code> {
    stored(platform, store.begin_farewell(&Ended::Site(site), platform.now()))
}

/// Begins with those for whom secrets have vouched that have ended, whoever or whatever ended them.
pub(super) fn of_ended_secrets<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
) -> Result<(), Code> {
    let now = platform.now();
    for (site, key_id) in stored(platform, store.secrets_to_tell(now))? {
        stored(platform, store.begin_farewell(&Ended::Voucher(site, voucher_of(&key_id)), now))?;
        stored(platform, store.secret_is_told(site, &key_id))?;
    }
    Ok(())
}

/// Owes the news to the next conversations that it concerns, first to those in which nothing was said: their visitors are
/// there.
pub(super) fn go_on<P: Platform>(platform: &P, store: &WorkspaceStore<impl Database>) -> Result<(), Code> {
    let Some(farewell) = stored(platform, store.farewell())? else { return Ok(()) };
    let mut told = stored(platform, store.take_silent(&farewell.ended, TOLD_AT_ONCE))?;
    let left = TOLD_AT_ONCE.saturating_sub(told.len());
    if left > 0 {
        told.extend(stored(platform, store.go_on_with(&farewell, left))?);
    }
    for conversation in told {
        let call = ConversationCall::Dismiss { ended: farewell.ended, at: farewell.at };
        owe(platform, store, &Job::Conversation(conversation, call))?;
    }
    Ok(())
}

/// A conversation has told news: it is owed what it may not know yet. One that begins is, since nobody could tell it
/// before, and any while others are being told, since it has left its place among them.
pub(super) fn catch_up<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<impl Database>,
    digest: &ConversationDigest,
    is_new: bool,
) -> Result<bool, Code> {
    let (site, at) = (digest.entry.site, platform.now());
    let is_known = digest.entry.identity.as_ref().is_some_and(|identity| identity.user.is_some());
    let mut ended: Vec<Ended> = stored(platform, store.farewells())?
        .into_iter()
        .filter(|farewell| farewell.concerns(site, is_known))
        .map(|farewell| farewell.ended)
        .collect();
    if is_new {
        let visitor = digest.entry.visitor;
        ended.extend(stored(platform, store.block_of(visitor))?.map(|_| Ended::Visitor(visitor)));
        if stored(platform, store.site(site))?.is_none() {
            ended.push(Ended::Site(site));
        } else if is_known {
            let secrets = stored(platform, store.ended_secrets(site, at))?;
            ended.extend(secrets.iter().map(|key_id| Ended::Voucher(site, voucher_of(key_id))));
        }
    }
    for ended in &ended {
        let call = ConversationCall::Dismiss { ended: *ended, at };
        owe(platform, store, &Job::Conversation(digest.entry.conversation, call))?;
    }
    Ok(!ended.is_empty())
}

/// Says whether what a visitor's token rests on still stands.
///
/// # Errors
/// [`Code::UnknownSite`], [`Code::BadIdentity`], and [`Code::Forbidden`] for a visitor who is blocked.
pub(super) fn vouch<P: Platform>(platform: &P, grounds: Grounds) -> Result<WorkspaceAnswer, Code> {
    let Grounds { site, visitor, voucher } = grounds;
    let store = open(platform)?;
    stored(platform, store.standing())?.ok_or(Code::UnknownSite)?;
    stored(platform, store.site(site))?.ok_or(Code::UnknownSite)?;
    let good = stored(platform, store.identity_secrets(site, platform.now()))?;
    let is_good = |voucher| good.iter().any(|kept| voucher_of(&kept.key_id) == voucher);
    if !voucher.is_none_or(is_good) {
        return Err(Code::BadIdentity);
    }
    match stored(platform, store.block_of(visitor))? {
        Some(_) => Err(Code::Forbidden),
        None => Ok(WorkspaceAnswer::Done),
    }
}

/// Says the same for a visitor in a conversation in which nothing was said, which is told when it is so no longer, until
/// something is said or they leave.
pub(super) fn keep_vouching<P: Platform>(
    platform: &P,
    conversation: ConversationId,
    grounds: Grounds,
    at: Timestamp,
) -> Result<WorkspaceAnswer, Code> {
    let answer = vouch(platform, grounds)?;
    let store = open(platform)?;
    // One that is listed has begun in the meantime.
    if !stored(platform, store.is_listed(conversation))? {
        stored(platform, store.note_silent(conversation, grounds, at))?;
    }
    Ok(answer)
}

/// Forgets such a conversation, whose last visitor has left.
pub(super) fn stop_vouching<P: Platform>(
    platform: &P,
    conversation: ConversationId,
    at: Timestamp,
) -> Result<WorkspaceAnswer, Code> {
    let store = open(platform)?;
    if stored(platform, store.standing())?.is_some() {
        stored(platform, store.forget_silent(conversation, Some(at)))?;
    }
    Ok(WorkspaceAnswer::Done)
}
