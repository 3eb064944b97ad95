//! What only programs ask of the workspace: changes of a version that was seen, things done once, lists by filters.

use domain::workspace::{Demand, scope_of};
use domain::{Action, Resource, authorize, entity_tag, idempotency, is_expected, tag_of_workspace};
use protocol::call::{
    CallResult, ContactsWanted, ConversationsWanted, KeyReply, WorkspaceAnswer, WorkspaceRequest,
};
use protocol::http::site::{IdentityMode, SiteChange};
use protocol::{AgentId, ApiKeyId, Code, EntityTag, Role, Scope, SiteId, VisitorId};
use store::Database;
use store::workspace::DoneOnce;

use super::answer::view_of;
use super::asking::Asking;
use super::by_key::reply;
use super::{WorkspaceObject, people, sites, stored};
use crate::platform::Platform;

impl<Handle: Clone + PartialEq> WorkspaceObject<Handle> {
    /// Does one of the things that people do too, if the scope is the one for it.
    pub(super) fn decide_for_key<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        scope: Scope,
        request: &WorkspaceRequest,
    ) -> CallResult<KeyReply>
    where
        P: Platform<Socket = Handle>,
    {
        if scope_of(request) != Some(scope) {
            return Err(Code::Forbidden.into());
        }
        Ok(reply(self.decide(platform, asking, request)?)?)
    }

    /// Names the workspace, if it is what it is expected to be. Who may not name it does not learn whether it is.
    pub(super) fn name_expected<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        scope: Scope,
        name: &str,
        expected: Option<&[EntityTag]>,
    ) -> CallResult<KeyReply>
    where
        P: Platform<Socket = Handle>,
    {
        let request = WorkspaceRequest::SetName(name.to_owned());
        if asking.may_ask(&Demand::of(&request, asking.member.id())).is_ok() {
            let standing = stored(platform, asking.store.standing())?.ok_or(Code::NotFound)?;
            let found = tag_of_workspace(&view_of(platform, &asking.store, standing, &asking.member)?);
            if !is_expected(found, expected) {
                return Ok(KeyReply::Unexpected);
            }
        }
        self.decide_for_key(platform, asking, scope, &request)
    }

    /// Changes a site in part, if it is what it is expected to be.
    pub(super) fn change_site<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        scope: Scope,
        site: SiteId,
        (change, expected): (&SiteChange, Option<&[EntityTag]>),
    ) -> CallResult<KeyReply>
    where
        P: Platform<Socket = Handle>,
    {
        asking.may_ask(&Demand::of(&WorkspaceRequest::Sites, asking.member.id()))?;
        let settings = match sites::look_at(platform, asking, site)? {
            WorkspaceAnswer::SiteView(found) => {
                if !is_expected(entity_tag(&*found), expected) {
                    return Ok(KeyReply::Unexpected);
                }
                change.of(found.settings)
            }
            _ => return Err(Code::Internal.into()),
        };
        self.decide_for_key(platform, asking, scope, &WorkspaceRequest::SetSite(site, settings))
    }

    /// Gives somebody another role, if they are what they are expected to be.
    pub(super) fn set_role_expected<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        scope: Scope,
        (agent, role): (AgentId, Role),
        expected: Option<&[EntityTag]>,
    ) -> CallResult<KeyReply>
    where
        P: Platform<Socket = Handle>,
    {
        let request = WorkspaceRequest::SetRole(agent, role);
        if asking.may_ask(&Demand::of(&request, asking.member.id())).is_ok() {
            let found = people::view(asking.other(platform, agent)?);
            if !is_expected(entity_tag(&found), expected) {
                return Ok(KeyReply::Unexpected);
            }
            // A role that there is not is a fault of the request, not of its address.
            asking.permissions_of(platform, role).map_err(|code| match code {
                Code::NotFound => Code::BadField,
                other => other,
            })?;
        }
        self.decide_for_key(platform, asking, scope, &request)?;
        Ok(KeyReply::Agent(Box::new(people::view(asking.other(platform, agent)?))))
    }

    /// Does something once under a name. What is refused leaves the name free; what was done is answered again.
    pub(super) fn do_once<P>(
        &mut self,
        platform: &mut P,
        asking: &Asking<P::Database>,
        (key, scope): (ApiKeyId, Scope),
        name: &[u8; 32],
        request: &WorkspaceRequest,
    ) -> CallResult<KeyReply>
    where
        P: Platform<Socket = Handle>,
    {
        if asking.may_ask(&Demand::of(request, asking.member.id())).is_err() {
            return self.decide_for_key(platform, asking, scope, request);
        }
        let fingerprint = idempotency::fingerprint(request);
        if let Some(done) = stored(platform, asking.store.done_once(key, name, asking.now))? {
            let is_same = done.fingerprint == fingerprint;
            return if is_same {
                Ok(KeyReply::SiteAgain(Box::new(done.site)))
            } else {
                Err(Code::IdempotencyConflict.into())
            };
        }
        let answer = self.decide_for_key(platform, asking, scope, request)?;
        if let KeyReply::Site(site) = &answer {
            let done = DoneOnce { fingerprint, site: (**site).clone() };
            stored(platform, asking.store.note_done_once(key, name, &done, asking.now))?;
        }
        Ok(answer)
    }
}

/// Who acts.
pub(super) fn acting(asking: &Asking<impl Database>) -> KeyReply {
    let (agent, permissions) = (asking.member.person.agent.clone(), asking.member.permissions);
    KeyReply::Acting { agent, permissions }
}

/// The same, where a site is to have visitors whom it knows.
pub(super) fn acting_on<P: Platform>(
    platform: &mut P,
    asking: &Asking<P::Database>,
    site: SiteId,
) -> Result<KeyReply, Code> {
    match sites::look_at(platform, asking, site) {
        Ok(WorkspaceAnswer::SiteView(found)) if found.settings.identity != IdentityMode::Off => {
            Ok(acting(asking))
        }
        Ok(_) | Err(Code::NotFound) => Err(Code::BadField),
        Err(code) => Err(code),
    }
}

/// Lists conversations.
pub(super) fn conversations<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    wanted: &ConversationsWanted,
) -> Result<KeyReply, Code> {
    may_read_conversations(asking)?;
    Ok(KeyReply::Conversations(stored(platform, asking.store.conversations(wanted))?))
}

/// Lists the conversations of a visitor who must be known.
pub(super) fn conversations_of<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    wanted: &ConversationsWanted,
) -> Result<KeyReply, Code> {
    may_read_conversations(asking)?;
    let visitor = wanted.visitor.ok_or(Code::NotFound)?;
    stored(platform, asking.store.contact(visitor))?.ok_or(Code::NotFound)?;
    conversations(platform, asking, wanted)
}

/// Lists contacts.
pub(super) fn contacts<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    wanted: &ContactsWanted,
) -> Result<KeyReply, Code> {
    may_read_conversations(asking)?;
    Ok(KeyReply::Contacts(stored(platform, asking.store.contacts(wanted))?))
}

/// Shows one contact.
pub(super) fn contact<P: Platform>(
    platform: &P,
    asking: &Asking<P::Database>,
    visitor: VisitorId,
) -> Result<KeyReply, Code> {
    may_read_conversations(asking)?;
    let contact = stored(platform, asking.store.contact(visitor))?.ok_or(Code::NotFound)?;
    Ok(KeyReply::Contact(Box::new(contact)))
}

fn may_read_conversations(asking: &Asking<impl Database>) -> Result<(), Code> {
    let principal = asking.member.principal(asking.workspace);
    authorize(&principal, Action::WatchFeed, Resource::Workspace(asking.workspace))
}
