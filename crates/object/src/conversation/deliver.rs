//! Tells sockets what an outcome says they are to be told.

use domain::Conversation;
use domain::conversation::{Attendance, Person, Send, StoredEvent};
use mutant::mutant;
use protocol::codec::Codec;
use protocol::{AgentFrame, Aside, CloseCode, Event, Knowledge, Seq, ServerFrame, VisitorFrame, limits};
use store::conversation::ConversationStore;

use super::hello::marks_of;
use super::live::{Live, storage};
use super::say;
use crate::attachment::{Attachment, Side};
use crate::message::Message;
use crate::platform::ConversationPlatform;
use crate::sockets::{Socket, Sockets};

impl<Store: ConversationStore> Live<Store> {
    /// Sends in the order of the outcome. A socket that cannot be reached does not keep the others from being told.
    pub(super) fn deliver<P>(
        &self,
        platform: &mut P,
        sockets: &Sockets<P::Socket>,
        origin: Option<&P::Socket>,
        sends: Vec<Send>,
    ) where
        P: ConversationPlatform<Store = Store>,
    {
        let is_origin = |socket: &Socket<P::Socket>| origin.is_some_and(|origin| socket.handle == *origin);
        for send in sends {
            let attendance = match send {
                Send::Attendance | Send::Placement => sockets.attendance(),
                Send::Accepted { .. }
                | Send::Event { .. }
                | Send::Stored { .. }
                | Send::Marks
                | Send::Typing { .. }
                | Send::Noting { .. } => Attendance::default(),
            };
            let mut written = Written::default();
            for socket in sockets.iter().filter(|socket| socket.attachment.seated.is_some()) {
                let is_told = match &send {
                    Send::Accepted { .. } | Send::Stored { .. } => is_origin(socket),
                    Send::Event { except_author, .. } => !(*except_author && is_origin(socket)),
                    Send::Typing { author, .. } => socket.attachment.person() != Some(Person::of(author)),
                    Send::Noting { author, .. } => {
                        socket.attachment.side == Side::Agent
                            && socket.attachment.person() != Some(Person::Agent(author.id))
                    }
                    Send::Marks | Send::Attendance => true,
                    Send::Placement => socket.attachment.side == Side::Agent,
                };
                if !is_told {
                    continue;
                }
                if let Send::Stored { after, upto, older } = send {
                    self.send_stored(platform, socket, after, upto, older);
                    continue;
                }
                let form = self.form_of(&socket.attachment, &send);
                let message = written.message(form, || Frames {
                    conversation: &self.conversation,
                    attendance: &attendance,
                    send: &send,
                });
                let reached = message.is_none_or(|message| socket.pass(platform, message));
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
    }

    /// In which form a socket is told something: all of one side are told the same, but for the marks of a private chat.
    fn form_of(&self, attachment: &Attachment, send: &Send) -> Form {
        let is_own = matches!(send, Send::Marks) && self.conversation.circle().is_some();
        Form {
            side: attachment.side,
            codec: attachment.codec,
            person: attachment.person().filter(|_| is_own),
        }
    }

    /// Sends stored events in frames of a bounded size.
    pub(super) fn send_stored<P>(
        &self,
        platform: &mut P,
        socket: &Socket<P::Socket>,
        after: Seq,
        upto: Seq,
        older: bool,
    ) where
        P: ConversationPlatform<Store = Store>,
    {
        let stored = match self.store.events(after, upto) {
            Ok(stored) => stored,
            Err(error) => {
                storage(platform, &error);
                socket.close(platform, CloseCode::Zombie);
                return;
            }
        };
        let mut chunks = stored.chunks(limits::EVENTS_PER_FRAME).peekable();
        if older && chunks.peek().is_none() {
            say(platform, socket, || stored_frame(Vec::new(), older), || stored_frame(Vec::new(), older));
        }
        for chunk in chunks {
            say(
                platform,
                socket,
                || stored_frame(chunk.iter().filter_map(StoredEvent::for_visitor).collect(), older),
                || stored_frame(chunk.iter().map(StoredEvent::for_agents).collect(), older),
            );
        }
    }
}

fn stored_frame<K, P: Knowledge>(events: Vec<Event<K>>, older: bool) -> ServerFrame<K, P> {
    if older { ServerFrame::Older { events } } else { ServerFrame::Events { events } }
}

/// One thing to be told, in the frames of both sides.
struct Frames<'a> {
    conversation: &'a Conversation,
    attendance: &'a Attendance,
    send: &'a Send,
}

/// In which form something is told.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Form {
    side: Side,
    codec: Codec,
    /// To whom, if to nobody else.
    person: Option<Person>,
}

/// The same frame in each form that was needed so far: several sockets of one side get the same bytes.
#[derive(Default)]
struct Written(Vec<(Form, Option<Message>)>);

impl Written {
    /// The message for a socket; `None` if its side is not to know.
    fn message<'a>(&mut self, form: Form, frames: impl FnOnce() -> Frames<'a>) -> Option<&Message> {
        let index = match self.0.iter().position(|(other, _)| *other == form) {
            Some(index) => index,
            None => {
                self.0.push((form, frames().message(form)));
                self.0.len().saturating_sub(1)
            }
        };
        self.0.get(index).and_then(|(_, message)| message.as_ref())
    }
}

impl Frames<'_> {
    fn message(&self, Form { side, codec, person }: Form) -> Option<Message> {
        match side {
            Side::Visitor => self.for_visitor().map(|frame| Message::of(&frame, codec)),
            Side::Agent => self.for_agent(person).map(|frame| Message::of(&frame, codec)),
        }
    }

    fn for_visitor(&self) -> Option<VisitorFrame> {
        let conversation = self.conversation;
        match self.send {
            Send::Accepted { client_message_id, seq, at, duplicate } => {
                Some(conversation.accepted_for_visitor(*client_message_id, *seq, *at, *duplicate))
            }
            Send::Event { event, .. } => Some(VisitorFrame::Events { events: vec![event.for_visitor()?] }),
            Send::Stored { .. } => None,
            Send::Marks => Some(VisitorFrame::Marks(conversation.marks_for_visitor())),
            Send::Typing { author, on } => Some(VisitorFrame::Typing { author: author.clone(), on: *on }),
            Send::Attendance => Some(VisitorFrame::Presence(self.attendance.for_visitor())),
            Send::Placement | Send::Noting { .. } => None,
        }
    }

    fn for_agent(&self, person: Option<Person>) -> Option<AgentFrame> {
        let conversation = self.conversation;
        match self.send {
            Send::Accepted { client_message_id, seq, at, duplicate } => {
                Some(Conversation::accepted_for_agent(*client_message_id, *seq, *at, *duplicate))
            }
            Send::Event { event, .. } => Some(AgentFrame::Events { events: vec![event.for_agents()] }),
            Send::Stored { .. } => None,
            Send::Marks => {
                let person = person.unwrap_or(Person::System);
                Some(AgentFrame::Marks(marks_of(conversation, person)))
            }
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
