//! Tells sockets what an outcome says, as in `edge/src/objects/conversation/deliver.rs`.

use domain::Conversation;
use domain::conversation::{Attendance, Person, Send};
use mutant::mutant;
use protocol::{AgentFrame, VisitorFrame};

use super::conversation::{ConversationObject, Live};
use super::socket::Side;
use crate::network::LinkId;

impl ConversationObject {
    /// Sends in the order of the outcome. A socket that cannot be reached does not keep the others from being told.
    pub(super) fn deliver(&mut self, live: &Live, origin: LinkId, sends: Vec<Send>) {
        let everybody: Vec<LinkId> = self.host.sockets.keys().copied().collect();
        let attendance = self.attendance();
        for send in sends {
            match send {
                Send::Accepted { .. } => {
                    self.tell(live, origin, &attendance, &send);
                }
                Send::Stored { after, upto, older } => self.send_stored(live, origin, after, upto, older),
                Send::Event { except_author, .. } => {
                    for link in everybody.iter().filter(|link| !(except_author && **link == origin)) {
                        let reached = self.tell(live, *link, &attendance, &send);
                        mutant!(
                            7,
                            {},
                            if !reached {
                                break;
                            }
                        );
                        let _ = reached;
                    }
                }
                Send::Typing { ref author, .. } => {
                    let typing = Person::of(author);
                    for link in &everybody {
                        let person = self.host.sockets.get(link).and_then(super::socket::Socket::person);
                        if person != Some(typing) {
                            self.tell(live, *link, &attendance, &send);
                        }
                    }
                }
                Send::Marks | Send::Attendance => {
                    for link in &everybody {
                        self.tell(live, *link, &attendance, &send);
                    }
                }
            }
        }
    }

    /// Returns whether the socket could be reached, or was not to be.
    fn tell(&mut self, live: &Live, link: LinkId, attendance: &Attendance, send: &Send) -> bool {
        let Some(socket) = self.host.sockets.get(&link).filter(|socket| socket.attachment.seated.is_some())
        else {
            return true;
        };
        match socket.attachment.side {
            Side::Visitor => for_visitor(&live.conversation, attendance, send)
                .is_none_or(|frame| self.host.send(link, &frame)),
            Side::Agent => for_agent(&live.conversation, attendance, send)
                .is_none_or(|frame| self.host.send(link, &frame)),
        }
    }
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
