//! Who may do what: the one place that is asked, by HTTP routes and by sockets alike.

use protocol::{AgentProfile, Code, ConversationId, Role, VisitorClaims, WorkspaceId};

use crate::conversation::Identity;

/// Somebody whose credential was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    /// A visitor, by a token.
    Visitor(VisitorClaims),
    /// An agent, by a session or a ticket.
    Agent {
        /// The workspace they act in.
        workspace: WorkspaceId,
        /// Who they are there.
        profile: AgentProfile,
        /// What they may do there.
        role: Role,
    },
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// See a conversation and be told of its events.
    Watch,
    /// Write to the other side.
    Write,
    /// Write to the other agents.
    WriteNote,
    /// Resolve or reopen.
    ChangeStatus,
    /// Tell where on the site one is.
    TellPage,
    /// See the list of conversations.
    WatchFeed,
}

/// What it is to be done to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resource<'a> {
    /// A conversation, with whom it is if it has begun.
    Conversation {
        /// Its id.
        id: ConversationId,
        /// Whose it is; `None` before its first message.
        identity: Option<&'a Identity>,
    },
    /// A workspace.
    Workspace(WorkspaceId),
}

/// Decides whether a principal may act on a resource (SPEC AC1 to AC4).
///
/// # Errors
/// [`Code::NotFound`] for what is not theirs, the same as for what does not exist; [`Code::Forbidden`] for what their
/// kind may never do.
pub fn authorize(principal: &Principal, action: Action, resource: Resource<'_>) -> Result<(), Code> {
    match (principal, resource) {
        (Principal::Visitor(claims), Resource::Conversation { id, identity }) => {
            let is_theirs = match identity {
                Some(identity) => {
                    identity.workspace == claims.workspace
                        && identity.site == claims.site
                        && identity.visitor == claims.visitor
                }
                None => claims.conversation == id,
            };
            if !is_theirs {
                return Err(Code::NotFound);
            }
            match action {
                Action::Watch | Action::Write | Action::TellPage => Ok(()),
                Action::WriteNote | Action::ChangeStatus | Action::WatchFeed => Err(Code::Forbidden),
            }
        }
        (Principal::Agent { workspace, .. }, Resource::Conversation { identity, .. }) => {
            if identity.is_none_or(|identity| identity.workspace != *workspace) {
                return Err(Code::NotFound);
            }
            match action {
                Action::Watch | Action::Write | Action::WriteNote | Action::ChangeStatus => Ok(()),
                Action::TellPage | Action::WatchFeed => Err(Code::Forbidden),
            }
        }
        (Principal::Visitor(_), Resource::Workspace(_)) => Err(Code::NotFound),
        (Principal::Agent { workspace, .. }, Resource::Workspace(wanted)) => match action {
            _ if *workspace != wanted => Err(Code::NotFound),
            Action::WatchFeed => Ok(()),
            Action::Watch | Action::Write | Action::WriteNote | Action::ChangeStatus | Action::TellPage => {
                Err(Code::Forbidden)
            }
        },
    }
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, Epoch, SiteId, Timestamp, VisitorId};

    use super::*;

    const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
    const SITE: SiteId = SiteId::from_bytes([2; 16]);
    const CONVERSATION: ConversationId = ConversationId::from_bytes([3; 32]);

    fn visitor(visitor: u8, site: SiteId, conversation: ConversationId) -> Principal {
        Principal::Visitor(VisitorClaims {
            workspace: WORKSPACE,
            site,
            visitor: VisitorId::from_bytes([visitor; 16]),
            conversation,
            expires_at: Timestamp(0),
        })
    }

    fn agent(workspace: WorkspaceId) -> Principal {
        let profile = AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() };
        Principal::Agent { workspace, profile, role: Role::Agent }
    }

    fn identity() -> Identity {
        Identity {
            workspace: WORKSPACE,
            site: SITE,
            visitor: VisitorId::from_bytes([4; 16]),
            epoch: Epoch::from_bytes([5; 16]),
            began_at: Timestamp(0),
        }
    }

    #[test]
    fn ac1_the_matrix_of_principals_and_actions() {
        let other_site = SiteId::from_bytes([7; 16]);
        let other_workspace = WorkspaceId::from_bytes([8; 16]);
        let other_conversation = ConversationId::from_bytes([6; 32]);
        let actions = [
            Action::Watch,
            Action::Write,
            Action::WriteNote,
            Action::ChangeStatus,
            Action::TellPage,
            Action::WatchFeed,
        ];
        let (yes, hidden, never) = (Ok(()), Err(Code::NotFound), Err(Code::Forbidden));
        let begun = identity();
        let conversation = Resource::Conversation { id: CONVERSATION, identity: Some(&begun) };
        let unbegun = Resource::Conversation { id: CONVERSATION, identity: None };
        let cases = [
            (
                "its visitor",
                visitor(4, SITE, CONVERSATION),
                conversation,
                [yes, yes, never, never, yes, never],
            ),
            (
                "its visitor, newer token",
                visitor(4, SITE, other_conversation),
                conversation,
                [yes, yes, never, never, yes, never],
            ),
            ("other visitor", visitor(5, SITE, CONVERSATION), conversation, [hidden; 6]),
            ("other site", visitor(4, other_site, CONVERSATION), conversation, [hidden; 6]),
            (
                "who may begin it",
                visitor(4, SITE, CONVERSATION),
                unbegun,
                [yes, yes, never, never, yes, never],
            ),
            ("who may begin another", visitor(4, SITE, other_conversation), unbegun, [hidden; 6]),
            ("agent", agent(WORKSPACE), conversation, [yes, yes, yes, yes, never, never]),
            ("agent, absent", agent(WORKSPACE), unbegun, [hidden; 6]),
            ("agent of another workspace", agent(other_workspace), conversation, [hidden; 6]),
            ("visitor, feed", visitor(4, SITE, CONVERSATION), Resource::Workspace(WORKSPACE), [hidden; 6]),
            (
                "agent, feed",
                agent(WORKSPACE),
                Resource::Workspace(WORKSPACE),
                [never, never, never, never, never, yes],
            ),
            ("agent, other feed", agent(other_workspace), Resource::Workspace(WORKSPACE), [hidden; 6]),
        ];
        for (name, principal, resource, expected) in cases {
            let got = actions.map(|action| authorize(&principal, action, resource));
            assert_eq!(got, expected, "{name}");
        }
    }
}
