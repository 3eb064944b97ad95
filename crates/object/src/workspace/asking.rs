//! Somebody who asks something of the workspace, and what it takes to answer.

use domain::workspace::{ApiKey, Demand, Member};
use domain::{Resource, authorize};
use protocol::call::Actor;
use protocol::{AgentId, Code, Permissions, Role, SessionId, Timestamp, WorkspaceId};
use store::Database;
use store::workspace::WorkspaceStore;

use super::stored;
use crate::platform::Platform;

/// One of the workspace's people, at their request.
#[derive(Debug)]
pub(super) struct Asking<D> {
    /// Which workspace.
    pub(super) workspace: WorkspaceId,
    /// What it keeps.
    pub(super) store: WorkspaceStore<D>,
    /// Who asks, as the workspace knows them at this moment.
    pub(super) member: Member,
    /// By what means.
    pub(super) means: Means,
    /// Whether they proved lately who they are, or when they made the key.
    pub(super) is_proven: bool,
    /// Whether they signed in with two factors, or had a second one when the workspace last heard of it.
    pub(super) is_two_factor: bool,
    /// Whether the workspace lets them in as they sign in.
    pub(super) admitted: Result<(), Code>,
    /// When.
    pub(super) now: Timestamp,
}

/// By what somebody asks.
#[derive(Debug)]
pub(super) enum Means {
    /// In a session.
    Session(SessionId),
    /// With a key of the REST API, by its name.
    Key(String),
}

impl<D: Database> Asking<D> {
    /// Looks up who asks, and takes note of whether they have a second factor.
    ///
    /// # Errors
    /// [`Code::NotFound`] if they do not belong to the workspace, or it does not exist.
    pub(super) fn of<P>(platform: &P, store: WorkspaceStore<D>, actor: &Actor) -> Result<Self, Code>
    where
        P: Platform,
    {
        let standing = stored(platform, store.standing())?.ok_or(Code::NotFound)?;
        let member = stored(platform, store.member(actor.agent))?.ok_or(Code::NotFound)?;
        let Actor { agent, session, is_proven, has_second_factor, used_second_factor } = *actor;
        if member.has_second_factor != has_second_factor {
            stored(platform, store.set_second_factor(agent, has_second_factor))?;
        }
        if has_second_factor && !used_second_factor {
            stored(platform, store.note_unused_second_factor(agent))?;
        }
        let is_two_factor = has_second_factor && used_second_factor;
        let admitted = standing.admits(is_two_factor);
        let (workspace, means) = (standing.id, Means::Session(session));
        let member = Member { has_second_factor, ..member };
        Ok(Self { workspace, store, member, means, is_proven, is_two_factor, admitted, now: platform.now() })
    }

    /// Looks up in whose name a key acts, with no more rights than it was made for. What people alone may do is not asked
    /// with a key ([`domain::workspace::scope_of`]), and for the rest the proof was given when it was made (SPEC AK5).
    ///
    /// # Errors
    /// [`Code::Unauthenticated`] if its maker does not belong to the workspace, or it does not exist.
    pub(super) fn with_key<P>(platform: &P, store: WorkspaceStore<D>, key: &ApiKey) -> Result<Self, Code>
    where
        P: Platform,
    {
        let standing = stored(platform, store.standing())?.ok_or(Code::Unauthenticated)?;
        let maker = stored(platform, store.member(key.made_by))?.ok_or(Code::Unauthenticated)?;
        let is_two_factor = maker.has_second_factor;
        let admitted = standing.admits(is_two_factor);
        let (workspace, member, means) = (standing.id, key.holder(maker), Means::Key(key.name.clone()));
        let now = platform.now();
        Ok(Self { workspace, store, member, means, is_proven: true, is_two_factor, admitted, now })
    }

    /// Decides whether they may ask for something at all.
    ///
    /// # Errors
    /// [`Code::SecondFactorMissing`], [`Code::Forbidden`], [`Code::ProofRequired`].
    pub(super) fn may_ask(&self, demand: &Demand) -> Result<(), Code> {
        if !demand.is_open_to_all() {
            self.admitted?;
        }
        let principal = self.member.principal(self.workspace);
        authorize(&principal, demand.action, Resource::Workspace(self.workspace))?;
        if demand.needs_proof && !self.is_proven { Err(Code::ProofRequired) } else { Ok(()) }
    }

    /// Looks up one of the workspace's people.
    ///
    /// # Errors
    /// [`Code::NotFound`], [`Code::Storage`].
    pub(super) fn other<P: Platform>(&self, platform: &P, agent: AgentId) -> Result<Member, Code> {
        stored(platform, self.store.member(agent))?.ok_or(Code::NotFound)
    }

    /// What a role may do.
    ///
    /// # Errors
    /// [`Code::NotFound`] for a custom role that there is not, [`Code::Storage`].
    pub(super) fn permissions_of<P: Platform>(&self, platform: &P, role: Role) -> Result<Permissions, Code> {
        match role {
            Role::Custom(id) => {
                stored(platform, self.store.role(id))?.map(|role| role.permissions).ok_or(Code::NotFound)
            }
            Role::Owner | Role::Admin | Role::Agent => {
                Ok(role.built_in_permissions().unwrap_or(Permissions::NONE))
            }
        }
    }
}
