//! What the two audiences are told: a visitor's tab and an agent's that are there from the beginning and ask nothing.

use domain::Conversation;
use domain::conversation::{Attendance, Outcome, Person, Seat, Send};
use protocol::codec::{from_bytes, to_bytes};
use protocol::{AgentFrame, Aside, Seq, ServerFrame, VisitorFrame};

use super::SECRET;
use super::ledger::is_public;

/// The newest event that each of them heard of.
#[derive(Debug)]
pub(super) struct Told {
    attendance: Attendance,
    visitor: Seq,
    agent: Seq,
}

impl Told {
    pub(super) const fn new(attendance: Attendance) -> Self {
        Self { attendance, visitor: Seq::START, agent: Seq::START }
    }

    /// Hears what follows from a request of `seat`, after it was stored.
    pub(super) fn hears(&mut self, conversation: &Conversation, outcome: &Outcome, seat: &Seat) {
        for send in &outcome.sends {
            if let Some(frame) = self.for_visitor(conversation, send) {
                self.visitor_hears(&frame, conversation, seat);
            }
            if let Some(frame) = self.for_agent(conversation, send) {
                self.agent_hears(&frame, conversation, seat);
            }
        }
    }

    /// Each event once, in order and without a hole; nothing that is not theirs (SPEC DL5, DL10).
    fn visitor_hears(&mut self, frame: &VisitorFrame, conversation: &Conversation, seat: &Seat) {
        let bytes = to_bytes(frame);
        assert!(from_bytes(&bytes).as_ref() == Ok(frame));
        if let ServerFrame::Events { events } = frame {
            for event in events {
                assert_eq!(event.seq, self.visitor.next());
                self.visitor = event.seq;
            }
        } else {
            assert!(!bytes.windows(SECRET.len()).any(|window| window == SECRET.as_bytes()), "a note got out");
        }
        if let (ServerFrame::Accepted { seq, .. }, Person::Visitor) = (frame, seat.person()) {
            assert!((Seq(1)..=conversation.public_head()).contains(seq), "in the visitor's own positions");
        }
    }

    fn agent_hears(&mut self, frame: &AgentFrame, conversation: &Conversation, seat: &Seat) {
        assert!(from_bytes(&to_bytes(frame)).as_ref() == Ok(frame));
        if let ServerFrame::Events { events } = frame {
            for event in events {
                assert_eq!(event.seq, self.agent.next());
                self.agent = event.seq;
            }
        }
        if let (ServerFrame::Accepted { seq, .. }, Person::Agent(_)) = (frame, seat.person()) {
            assert!((Seq(1)..=conversation.head()).contains(seq));
        }
    }

    /// Nothing was left out.
    pub(super) fn check(&self, conversation: &Conversation) {
        assert_eq!((self.visitor, self.agent), (conversation.public_head(), conversation.head()), "DL10");
    }

    fn for_visitor(&self, conversation: &Conversation, send: &Send) -> Option<VisitorFrame> {
        match send {
            Send::Accepted { client_message_id, seq, at, duplicate } => {
                Some(conversation.accepted_for_visitor(*client_message_id, *seq, *at, *duplicate))
            }
            Send::Event { event, .. } => {
                let seen = event.for_visitor();
                assert_eq!(seen.is_some(), is_public(event), "a note got out");
                Some(VisitorFrame::Events { events: vec![seen?] })
            }
            Send::Stored { .. } | Send::Placement | Send::Noting { .. } => None,
            Send::Marks => Some(VisitorFrame::Marks(conversation.marks_for_visitor())),
            Send::Typing { author, on } => Some(VisitorFrame::Typing { author: author.clone(), on: *on }),
            Send::Attendance => Some(VisitorFrame::Presence(self.attendance.for_visitor())),
        }
    }

    fn for_agent(&self, conversation: &Conversation, send: &Send) -> Option<AgentFrame> {
        match send {
            Send::Accepted { client_message_id, seq, at, duplicate } => {
                Some(Conversation::accepted_for_agent(*client_message_id, *seq, *at, *duplicate))
            }
            Send::Event { event, .. } => Some(AgentFrame::Events { events: vec![event.for_agents()] }),
            Send::Stored { .. } => None,
            Send::Marks => Some(AgentFrame::Marks(conversation.marks_for_agents())),
            Send::Typing { author, on } => Some(AgentFrame::Typing { author: author.clone(), on: *on }),
            Send::Noting { author, on } => {
                Some(AgentFrame::Aside(Aside::Noting { author: author.clone(), on: *on }))
            }
            Send::Attendance | Send::Placement => {
                Some(AgentFrame::Presence(self.attendance.for_agents(conversation)))
            }
        }
    }
}
