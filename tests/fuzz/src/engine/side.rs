//! The two audiences, as far as what they write and see differs.

use std::fmt::Debug;

use protocol::{
    AgentCommand, AgentId, AgentKind, AgentProfile, Audience, Author, ForAgents, ForVisitors, Handling,
    MessageText, Placement, Priority, PrivateKind, PublicKind, TeamPresence, VisitorCommand, VisitorPresence,
};

use crate::reader::Reader;

/// An audience whose engine is attacked.
pub(super) trait Side: Audience + Clone + Debug + PartialEq {
    /// Who the server takes this client for.
    fn me() -> Author;

    /// Something that a person asks for.
    fn command(reader: &mut Reader<'_>) -> Option<Self::Command>;

    /// What stands at a position of the log, by somebody else or by this person in another tab.
    fn kind(position: u64) -> Self::Kind;

    /// Another presence of the other side.
    fn presence(byte: u8) -> Self::Presence;
}

impl Side for ForVisitors {
    fn me() -> Author {
        Author::Visitor
    }

    fn command(reader: &mut Reader<'_>) -> Option<VisitorCommand> {
        Some(VisitorCommand::Message { text: reader.typed()? })
    }

    fn kind(position: u64) -> PublicKind {
        match position % 8 {
            3 => PublicKind::Resolved,
            4 => PublicKind::Reopened,
            _ => PublicKind::message(said(position)),
        }
    }

    fn presence(byte: u8) -> TeamPresence {
        TeamPresence { agents: (0..byte % 3).map(profile).collect() }
    }
}

impl Side for ForAgents {
    fn me() -> Author {
        Author::Agent(profile(0))
    }

    fn command(reader: &mut Reader<'_>) -> Option<AgentCommand> {
        Some(match reader.below(6)? {
            0 => AgentCommand::Message { text: reader.typed()? },
            1 => AgentCommand::Note { text: reader.typed()? },
            2 => AgentCommand::Resolve,
            3 => AgentCommand::Handle(Handling::Wait),
            4 => AgentCommand::Handle(Handling::Prioritize(Priority::High)),
            _ => AgentCommand::Reopen,
        })
    }

    fn kind(position: u64) -> AgentKind {
        match position % 8 {
            5 => AgentKind::Private(PrivateKind::note(said(position))),
            6 => AgentKind::Private(PrivateKind::Handled(Handling::Wait)),
            _ => AgentKind::Public(ForVisitors::kind(position)),
        }
    }

    fn presence(byte: u8) -> VisitorPresence {
        let agents = (0..byte % 3).map(profile).collect();
        let placement = Placement::default();
        VisitorPresence {
            visitor: Some(protocol::VisitorId::from_bytes([7; 16])),
            online: byte & 4 == 0,
            page: None,
            agents,
            identity: None,
            placement,
        }
    }
}

/// What stands at a position of the log, as agents see it.
pub(crate) fn kind_for_agents(position: u64) -> AgentKind {
    ForAgents::kind(position)
}

/// Somebody who is at work in the conversation.
pub(super) fn author(byte: u8) -> Author {
    match byte % 4 {
        0 => Author::Visitor,
        1 => Author::System,
        other => Author::Agent(profile(other - 2)),
    }
}

fn profile(number: u8) -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes([number; 16]), name: "Ada".to_owned() }
}

fn said(position: u64) -> MessageText {
    MessageText::parse(&format!("event {position}")).expect("legal text")
}
