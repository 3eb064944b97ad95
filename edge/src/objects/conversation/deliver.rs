//! Tells sockets what an outcome says they are to be told.

use domain::Conversation;
use domain::conversation::{Attendance, Person, Send};
use protocol::{AgentFrame, VisitorFrame};

use super::ConversationObject;
use super::live::Live;
use crate::objects::socket::{Seated, Side, Socket, all};

impl ConversationObject {
    /// Sends in the order of the outcome. A socket that cannot be reached does not keep the others from being told.
    pub(super) fn deliver(&self, live: &Live, origin: &Socket, sends: Vec<Send>) {
        let everybody = all(&self.state);
        let attendance = attendance(&everybody);
        for send in sends {
            match send {
                Send::Accepted { .. } => {
                    tell(live, origin, &attendance, &send);
                }
                Send::Stored { after, upto, older } => self.send_stored(live, origin, after, upto, older),
                Send::Event { except_author, .. } => {
                    let others = everybody.iter().filter(|socket| !(except_author && socket.is(origin)));
                    others.for_each(|socket| tell(live, socket, &attendance, &send));
                }
                Send::Typing { ref author, .. } => {
                    let typing = Person::of(author);
                    let others = everybody.iter().filter(|socket| socket.person() != Some(typing));
                    others.for_each(|socket| tell(live, socket, &attendance, &send));
                }
                Send::Marks | Send::Attendance => {
                    everybody.iter().for_each(|socket| tell(live, socket, &attendance, &send));
                }
            }
        }
    }
}

fn tell(live: &Live, socket: &Socket, attendance: &Attendance, send: &Send) {
    if socket.attachment.seated.is_none() {
        return;
    }
    match socket.attachment.side {
        Side::Visitor => {
            if let Some(frame) = for_visitor(&live.conversation, attendance, send) {
                socket.send(&frame);
            }
        }
        Side::Agent => {
            if let Some(frame) = for_agent(&live.conversation, attendance, send) {
                socket.send(&frame);
            }
        }
    }
}

/// Everybody who has said hello and has not left.
pub(super) fn attendance(sockets: &[Socket]) -> Attendance {
    let seats: Vec<_> =
        sockets.iter().filter_map(|socket| socket.attachment.seated.as_ref().map(Seated::seat)).collect();
    Attendance::of(seats.iter())
}

fn for_visitor(conversation: &Conversation, attendance: &Attendance, send: &Send) -> Option<VisitorFrame> {
    match send {
        Send::Accepted { client_message_id, seq, at, duplicate } => {
            Some(conversation.accepted_for_visitor(*client_message_id, *seq, *at, *duplicate))
        }
        Send::Event { event, .. } => Some(VisitorFrame::Events { events: vec![event.for_visitor()?] }),
        Send::Stored { .. } => None,
        Send::Marks => Some(VisitorFrame::Marks(conversation.marks_for_visitor())),
        Send::Typing { author, on } => Some(VisitorFrame::Typing { author: author.clone(), on: *on }),
        Send::Attendance => Some(VisitorFrame::Presence(attendance.for_visitor())),
    }
}

fn for_agent(conversation: &Conversation, attendance: &Attendance, send: &Send) -> Option<AgentFrame> {
    match send {
        Send::Accepted { client_message_id, seq, at, duplicate } => {
            Some(Conversation::accepted_for_agent(*client_message_id, *seq, *at, *duplicate))
        }
        Send::Event { event, .. } => Some(AgentFrame::Events { events: vec![event.for_agents()] }),
        Send::Stored { .. } => None,
        Send::Marks => Some(AgentFrame::Marks(conversation.marks_for_agents())),
        Send::Typing { author, on } => Some(AgentFrame::Typing { author: author.clone(), on: *on }),
        Send::Attendance => Some(AgentFrame::Presence(attendance.for_agents(conversation))),
    }
}
