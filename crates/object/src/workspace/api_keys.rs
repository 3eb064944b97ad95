//! The keys of the REST API as the workspace's people manage them.

use domain::workspace::{ApiKey, ApiKeyText, Member, api_key_digest};
use protocol::call::WorkspaceAnswer;
use protocol::http::api_key::{ApiKeyDraft, ApiKeyList, ApiKeyView, MadeApiKey};
use protocol::http::workspace::AuditChange;
use protocol::{AgentProfile, ApiKeyId, Code};
use store::Database;
use store::workspace::By;

use super::asking::Asking;
use super::stored;
use crate::platform::Platform;

/// Lists the keys.
pub(super) fn list<P: Platform>(platform: &P, asking: &Asking<P::Database>) -> Result<WorkspaceAnswer, Code> {
    let members = stored(platform, asking.store.members())?;
    let keys = stored(platform, asking.store.api_keys())?;
    let maker = |key: &ApiKey| members.iter().find(|member| member.id() == key.made_by);
    let keys = keys.into_iter().filter_map(|key| {
        let made_by = maker(&key)?.person.agent.clone();
        Some(view(key, made_by))
    });
    Ok(WorkspaceAnswer::ApiKeys(ApiKeyList { keys: keys.collect() }))
}

/// Makes a key. Its text is in the answer and nowhere else.
pub(super) fn make<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    draft: &ApiKeyDraft,
) -> Result<WorkspaceAnswer, Code> {
    let there = stored(platform, asking.store.api_keys())?.len();
    let text = ApiKeyText { workspace: asking.workspace, secret: platform.random()? };
    let key = ApiKey::make(&text, draft, &asking.member, there, asking.now)?;
    asking.note(platform, &AuditChange::ApiKeyMade { name: key.name.clone() })?;
    stored(platform, asking.store.add_api_key(&key, &api_key_digest(&text.secret)))?;
    let key = view(key, asking.member.person.agent.clone());
    Ok(WorkspaceAnswer::ApiKeyMade(Box::new(MadeApiKey { secret: text.to_text(), key })))
}

/// Ends a key.
pub(super) fn revoke<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    id: ApiKeyId,
) -> Result<WorkspaceAnswer, Code> {
    let (key, _) = stored(platform, asking.store.api_key(id))?.ok_or(Code::NotFound)?;
    asking.note(platform, &AuditChange::ApiKeyRevoked { name: key.name })?;
    stored(platform, asking.store.remove_api_key(id))?;
    Ok(WorkspaceAnswer::Done)
}

impl<D: Database> Asking<D> {
    /// Ends the keys of somebody who goes.
    ///
    /// # Errors
    /// [`Code::Storage`].
    pub(super) fn revoke_keys_of<P: Platform>(&self, platform: &P, maker: &Member) -> Result<(), Code> {
        let keys = stored(platform, self.store.api_keys())?;
        for key in keys.into_iter().filter(|key| key.made_by == maker.id()) {
            let change = AuditChange::ApiKeyRevoked { name: key.name };
            stored(platform, self.store.note(By::Product, &change, self.now))?;
            stored(platform, self.store.remove_api_key(key.id))?;
        }
        Ok(())
    }
}

fn view(key: ApiKey, made_by: AgentProfile) -> ApiKeyView {
    let ApiKey { id, name, scopes, made_at, expires_at, used_at, hint, .. } = key;
    ApiKeyView { id, name, scopes, made_by, made_at, expires_at, last_used_at: used_at, hint }
}
