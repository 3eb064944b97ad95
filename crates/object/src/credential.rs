//! Checks what a hello brings.

use domain::Principal;
use domain::conversation::Person;
use domain::token::{verify, verify_worked};
use protocol::{AgentTicket, Author, SocketTarget, Timestamp, VisitorClaims};
use serde::{Deserialize, Serialize};

/// A credential that was good when the socket said hello.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Credential {
    /// A visitor's token.
    Visitor(VisitorClaims),
    /// An agent's ticket.
    Agent(AgentTicket),
}

impl Credential {
    /// Reads a visitor's token, with the work that some take.
    #[must_use]
    pub fn of_visitor(secret: &[u8], text: &str, now: Timestamp) -> Option<VisitorClaims> {
        let claims = verify::<VisitorClaims>(secret, text, now);
        claims.or_else(|| verify_worked(secret, text, now))
    }

    /// Reads an agent's ticket for one socket.
    #[must_use]
    pub fn of_agent(secret: &[u8], text: &str, target: SocketTarget, now: Timestamp) -> Option<AgentTicket> {
        verify::<AgentTicket>(secret, text, now).filter(|ticket| ticket.target == target)
    }

    /// Who holds it.
    #[must_use]
    pub fn principal(&self) -> Principal {
        match self {
            Self::Visitor(claims) => Principal::Visitor(claims.clone()),
            Self::Agent(ticket) => Principal::Agent {
                workspace: ticket.workspace,
                profile: ticket.agent.clone(),
                permissions: ticket.permissions,
            },
        }
    }

    /// The person who holds it.
    #[must_use]
    pub const fn person(&self) -> Person {
        match self {
            Self::Visitor(_) => Person::Visitor,
            Self::Agent(ticket) => Person::Agent(ticket.agent.id),
        }
    }

    /// Under which name they write.
    #[must_use]
    pub fn author(&self) -> Author {
        match self {
            Self::Visitor(_) => Author::Visitor,
            Self::Agent(ticket) => Author::Agent(ticket.agent.clone()),
        }
    }
}
