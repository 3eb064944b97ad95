//! The built Worker, spoken to as the widget and the inbox do.

use std::path::Path;
use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::{
    AgentCommand, AgentFrame, AgentKind, ClientFrame, ConversationId, PrivateKind, PublicKind, Seq,
    ServerFrame, VisitorFrame,
};
use tests::agent::AgentLine;
use tests::visitor::{VisitorLine, text_of};
use tests::{Agent, Received, Stage, Visitor};

use super::Running;
use crate::seat::{Chat, Seat, Side, Tongue, Word, text};

/// The Worker with a signed-in agent.
pub(crate) struct Ours {
    stage: Stage,
    agent: Agent,
}

impl Ours {
    /// Starts it as it was built.
    pub(crate) fn start(port: u16, data: &Path) -> Self {
        Self::start_adapted(port, data, str::to_owned)
    }

    /// Starts it with its JavaScript rewritten.
    pub(crate) fn start_adapted(port: u16, data: &Path, adapt: fn(&str) -> String) -> Self {
        let stage = Stage::start_in(data.to_path_buf(), port, adapt);
        let agent = Agent::sign_in(&stage);
        Self { stage, agent }
    }

    /// The server.
    pub(crate) const fn stage(&self) -> &Stage {
        &self.stage
    }

    /// The agent.
    pub(crate) const fn agent(&self) -> &Agent {
        &self.agent
    }

    /// Opens a conversation whose id is of interest.
    pub(crate) fn open_named(&self) -> (ConversationId, Chat) {
        let visitor = Visitor::arrive(&self.stage);
        let conversation = visitor.conversation;
        (conversation, self.open_with(visitor).0)
    }

    fn open_with(&self, visitor: Visitor) -> (Chat, Duration) {
        let conversation = visitor.conversation;
        let first = text(Side::Visitor, 0);
        let begun = Instant::now();
        let (line, _) = visitor.connect(Codec::Postcard, None);
        let mut visitor = Seat::new(VisitorTongue { visitor, line, heard: Seq::START, read: Seq::START });
        visitor.say(&first);
        visitor.wait_until_stored();
        let waited = begun.elapsed();
        let mut agent = self.agent.clone();
        let (line, _) = agent.connect(conversation);
        let mut agent = Seat::new(AgentTongue { agent, line, heard: Seq::START, read: Seq::START });
        agent.expect(&first);
        (Chat::new(visitor, agent), waited)
    }
}

impl Running for Ours {
    fn process(&self) -> u32 {
        self.stage.process().expect("it runs")
    }

    fn open(&self, _: usize) -> (Chat, Duration) {
        self.open_with(Visitor::arrive(&self.stage))
    }
}

struct VisitorTongue {
    visitor: Visitor,
    line: VisitorLine,
    heard: Seq,
    /// How far the agents have read.
    read: Seq,
}

impl Tongue for VisitorTongue {
    fn say(&mut self, text: &str) {
        let message = self.visitor.message(text);
        self.line.send(&ClientFrame::Submit(message));
    }

    fn tell_read(&mut self) {
        self.line.send(&ClientFrame::Read { upto: self.heard });
    }

    fn listen(&mut self) -> Vec<Word> {
        match frame(self.line.receive()) {
            VisitorFrame::Accepted { seq, .. } => {
                self.heard = self.heard.max(seq);
                vec![Word::Stored]
            }
            VisitorFrame::Events { events } => {
                self.heard = events.last().map_or(self.heard, |event| event.seq);
                events.iter().filter_map(|event| text_of(event)).map(said).collect()
            }
            VisitorFrame::Marks(marks) if marks.agents > self.read => {
                self.read = marks.agents;
                vec![Word::Read]
            }
            ServerFrame::Refused(refusal) => panic!("refused: {refusal:?}"),
            ServerFrame::Bye { code, .. } => panic!("the server said good-bye: {code}"),
            ServerFrame::Welcome(_)
            | ServerFrame::Older { .. }
            | ServerFrame::Marks(_)
            | ServerFrame::Typing { .. }
            | ServerFrame::Presence(_)
            | ServerFrame::Aside(_) => Vec::new(),
        }
    }
}

struct AgentTongue {
    agent: Agent,
    line: AgentLine,
    heard: Seq,
    /// How far the visitor has read.
    read: Seq,
}

impl Tongue for AgentTongue {
    fn say(&mut self, text: &str) {
        let submission = self.agent.submission(AgentCommand::Message { text: text.to_owned() });
        self.line.send(&ClientFrame::Submit(submission));
    }

    fn tell_read(&mut self) {
        self.line.send(&ClientFrame::Read { upto: self.heard });
    }

    fn listen(&mut self) -> Vec<Word> {
        match frame(self.line.receive()) {
            AgentFrame::Accepted { seq, .. } => {
                self.heard = self.heard.max(seq);
                vec![Word::Stored]
            }
            AgentFrame::Events { events } => {
                self.heard = events.last().map_or(self.heard, |event| event.seq);
                events.iter().filter_map(|event| text_for_agents(&event.kind)).map(said).collect()
            }
            AgentFrame::Marks(marks) if marks.visitor > self.read => {
                self.read = marks.visitor;
                vec![Word::Read]
            }
            ServerFrame::Refused(refusal) => panic!("refused: {refusal:?}"),
            ServerFrame::Bye { code, .. } => panic!("the server said good-bye: {code}"),
            ServerFrame::Welcome(_)
            | ServerFrame::Older { .. }
            | ServerFrame::Marks(_)
            | ServerFrame::Typing { .. }
            | ServerFrame::Presence(_)
            | ServerFrame::Aside(_) => Vec::new(),
        }
    }
}

fn said(text: &str) -> Word {
    Word::Said(text.to_owned())
}

fn text_for_agents(kind: &AgentKind) -> Option<&str> {
    match kind {
        AgentKind::Public(PublicKind::Message { text, .. })
        | AgentKind::Private(PrivateKind::Note { text, .. }) => Some(text.as_str()),
        AgentKind::Public(
            PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::File(_)
            | PublicKind::Rated(_),
        )
        | AgentKind::Private(
            PrivateKind::NoteEdited { .. }
            | PrivateKind::NoteDeleted { .. }
            | PrivateKind::File(_)
            | PrivateKind::Handled(_)
            | PrivateKind::Gathered(_),
        ) => None,
    }
}

fn frame<F>(received: Received<F>) -> F {
    match received {
        Received::Frame(frame) => frame,
        Received::Text(text) => panic!("the server said {text}"),
        Received::Closed(code) => panic!("the server closed the socket: {code:?}"),
    }
}
