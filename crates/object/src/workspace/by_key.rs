//! What the workspace answers to whoever has a key of the REST API (SPEC AK2 to AK6).

use domain::token;
use domain::workspace::{ApiKey, Spending, api_key_digest, api_key_id};
use protocol::call::{CallResult, KeyAnswer, KeyReply, KeyRequest, Quota, WorkspaceAnswer};
use protocol::{Code, Reject, Scope};
use store::Database;
use store::workspace::WorkspaceStore;

use super::asking::Asking;
use super::{WorkspaceObject, key_requests, open, stored};
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Answers a request that was made with a key. A key that is not good, and a workspace that is not there, are the same.
    ///
    /// # Errors
    /// [`Code::Unauthenticated`], [`Code::Storage`]; all else is in the answer.
    pub(super) fn answer_by_key<P>(
        &mut self,
        platform: &mut P,
        secret: &[u8; 32],
        scope: Scope,
        request: &KeyRequest,
    ) -> CallResult<WorkspaceAnswer>
    where
        P: Platform<Socket = Handle>,
    {
        let store = open(platform)?;
        let key = find(platform, &store, secret)?;
        let asking = Asking::with_key(platform, store, &key)?;
        let (quota, taken) = self.take_from_quota(platform, &asking.store, &key)?;
        if let Some(day) = key.use_to_note(asking.now) {
            stored(platform, asking.store.note_use_of_api_key(key.id, day))?;
        }
        let answer = match taken {
            Ok(()) => self.perform_by_key(platform, &asking, &key, scope, request),
            Err(reject) => Err(reject),
        };
        Ok(WorkspaceAnswer::ByKey(Box::new(KeyAnswer { key: key.id, quota, answer })))
    }

    fn perform_by_key<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        key: &ApiKey,
        scope: Scope,
        request: &KeyRequest,
    ) -> CallResult<KeyReply>
    where
        P: Platform<Socket = Handle>,
    {
        if !key.scopes.contains(scope) {
            return Err(Code::Forbidden.into());
        }
        asking.admitted?;
        match request {
            KeyRequest::Plain(request) => self.decide_for_key(platform, asking, scope, request),
            KeyRequest::Act => Ok(key_requests::acting(asking)),
            KeyRequest::SetRole { agent, role, expected } => {
                let change = (*agent, *role);
                self.set_role_expected(platform, asking, scope, change, expected.as_deref())
            }
            KeyRequest::ActOn(site) => Ok(key_requests::acting_on(platform, asking, *site)?),
            KeyRequest::SetName { name, expected } => {
                self.name_expected(platform, asking, scope, name, expected.as_deref())
            }
            KeyRequest::ChangeSite { site, change, expected } => {
                let expected = expected.as_deref();
                self.change_site(platform, asking, scope, *site, (change, expected))
            }
            KeyRequest::Once { name, request } => {
                self.do_once(platform, asking, (key.id, scope), name, request)
            }
            KeyRequest::Conversations(wanted) => Ok(key_requests::conversations(platform, asking, wanted)?),
            KeyRequest::ConversationsOf(wanted) => {
                Ok(key_requests::conversations_of(platform, asking, wanted)?)
            }
            KeyRequest::Contacts(wanted) => Ok(key_requests::contacts(platform, asking, wanted)?),
            KeyRequest::Contact(visitor) => Ok(key_requests::contact(platform, asking, *visitor)?),
        }
    }

    /// Counts a request: returns what is left, and whether it may be answered.
    fn take_from_quota<P>(
        &mut self,
        platform: &P,
        store: &WorkspaceStore<impl Database>,
        key: &ApiKey,
    ) -> Result<(Quota, Result<(), Reject>), Code>
    where
        P: Platform<Socket = Handle>,
    {
        let now = platform.now();
        let before = self.spendings.get(&key.id).copied().unwrap_or(Spending::stored(key.spent_until));
        let mut spending = match before.take(now) {
            Ok(spending) => spending,
            Err(reject) => return Ok((before.quota(now), Err(reject))),
        };
        if let Some(until) = spending.to_store(now) {
            stored(platform, store.note_spending_of_api_key(key.id, until))?;
        }
        self.spendings.insert(key.id, spending);
        Ok((spending.quota(now), Ok(())))
    }
}

/// The part of an answer that is for whoever has a key.
pub(super) fn reply(answer: WorkspaceAnswer) -> Result<KeyReply, Code> {
    match answer {
        WorkspaceAnswer::Done => Ok(KeyReply::Done),
        WorkspaceAnswer::View(view) => Ok(KeyReply::View(view)),
        WorkspaceAnswer::People(people) => Ok(KeyReply::People(people)),
        WorkspaceAnswer::Sites(sites) => Ok(KeyReply::Sites(sites)),
        WorkspaceAnswer::SiteView(site) => Ok(KeyReply::Site(site)),
        WorkspaceAnswer::Report(report) => Ok(KeyReply::Report(report)),
        WorkspaceAnswer::Site { .. }
        | WorkspaceAnswer::Ticket { .. }
        | WorkspaceAnswer::Invited(_)
        | WorkspaceAnswer::Invitation(_)
        | WorkspaceAnswer::Joined(_)
        | WorkspaceAnswer::Role(_)
        | WorkspaceAnswer::Audit(_)
        | WorkspaceAnswer::IdentitySecret(_)
        | WorkspaceAnswer::ApiKeys(_)
        | WorkspaceAnswer::ApiKeyMade(_)
        | WorkspaceAnswer::ByKey(_)
        | WorkspaceAnswer::Heard { .. }
        | WorkspaceAnswer::Found(_)
        | WorkspaceAnswer::Canned(_)
        | WorkspaceAnswer::CannedResponse(_)
        | WorkspaceAnswer::Colleagues { .. }
        | WorkspaceAnswer::Teams(_)
        | WorkspaceAnswer::Team(_)
        | WorkspaceAnswer::Assignments(_)
        | WorkspaceAnswer::Home(_)
        | WorkspaceAnswer::Received { .. }
        | WorkspaceAnswer::Wait(_)
        | WorkspaceAnswer::Blocked(_)
        | WorkspaceAnswer::Block(_)
        | WorkspaceAnswer::Filters(_)
        | WorkspaceAnswer::Filter(_)
        | WorkspaceAnswer::FilterCount(_)
        | WorkspaceAnswer::Contacts(_)
        | WorkspaceAnswer::Contact(_)
        | WorkspaceAnswer::ContactsExport(_)
        | WorkspaceAnswer::WatchedSites(_)
        | WorkspaceAnswer::Approach(_) => Err(Code::Internal),
    }
}

/// The key of a secret, if it is good.
fn find<P: Platform>(
    platform: &P,
    store: &WorkspaceStore<P::Database>,
    secret: &[u8; 32],
) -> Result<ApiKey, Code> {
    stored(platform, store.standing())?.ok_or(Code::Unauthenticated)?;
    let digest = api_key_digest(secret);
    let found = stored(platform, store.api_key(api_key_id(&digest)))?;
    let (key, stored_digest) = found.ok_or(Code::Unauthenticated)?;
    let is_good = token::equal(&digest, &stored_digest) && key.is_good(platform.now());
    is_good.then_some(key).ok_or(Code::Unauthenticated)
}
