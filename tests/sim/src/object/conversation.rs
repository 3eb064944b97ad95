//! One conversation's object.

use core::fmt;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use ::object::Inquiry;
use domain::Conversation;
use domain::conversation::{Request as Asked, StoredEvent};
use domain::workspace::Metrics;
use protocol::call::{ConversationCall, KeptAnswers, WorkspaceAnswer, WorkspaceCall};
use protocol::codec::Codec;
use protocol::{
    AgentId, AgentKind, Author, ClientFrame, ConversationId, Epoch, PassageLine, PublicKind, ReadMarks,
    Reject, Seq, Status, TeamId, VoucherId,
};
use store::answers::AnswersStore;
use store::conversation::ConversationStore as _;
use store::{Database as _, Value};

use super::Side;
use super::host::{Host, Out};
use super::kept::{Kept, MemoryDisk};
use crate::network::{LinkId, Payload};

/// Text that a stricter, newer server refuses (versions of the two sides may differ for minutes).
pub(crate) const REFUSED_BY_NEWER: &str = "refused by a newer server";

type Awake = ::object::ConversationObject<Kept, LinkId>;

/// A call to the workspace that is under way.
#[derive(Debug)]
pub(crate) struct Telling {
    /// Names the call.
    pub(crate) call: u64,
    /// What the workspace is told: a life of the log, and a revision of it.
    pub(crate) state: (Epoch, u64),
}

/// A question to the workspace that is under way; it is lost with the object's memory.
pub(crate) struct Question {
    /// For whom.
    pub(crate) link: LinkId,
    /// The hello that waits for the answer; nothing if whoever said it has their seat.
    pub(crate) hello: Option<Payload>,
    pub(crate) inquiry: Inquiry,
    /// How many turns there had been when it was asked.
    pub(crate) turns: u64,
}

impl fmt::Debug for Question {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Question").field("link", &self.link).finish_non_exhaustive()
    }
}

/// One conversation.
#[derive(Debug)]
pub(crate) struct ConversationObject {
    pub(crate) host: Host,
    pub(crate) id: ConversationId,
    awake: Awake,
    /// A call to the workspace that is not answered yet.
    pub(crate) telling: Option<Telling>,
    /// Questions to the workspace that are not answered yet.
    pub(crate) questions: BTreeMap<u64, Question>,
    /// Counts turns.
    pub(crate) turns: u64,
}

impl ConversationObject {
    pub(crate) fn new(id: ConversationId, mut host: Host, in_memory: bool) -> Self {
        host.conversation = Some(id);
        host.memory = in_memory.then(|| Rc::new(RefCell::new(MemoryDisk::default())));
        Self { host, id, awake: Awake::default(), telling: None, questions: BTreeMap::new(), turns: 0 }
    }

    pub(crate) const fn is_in_memory(&self) -> bool {
        self.host.memory.is_some()
    }

    /// What is in memory, with all its lines; `None` while it sleeps.
    pub(crate) fn awake(&self) -> Option<Conversation> {
        let live = self.awake.live()?;
        let mut conversation = live.conversation.clone();
        live.store.complete(&mut conversation).expect("what is stored can be read");
        Some(conversation)
    }

    /// Whether there is something in memory, or a socket.
    pub(crate) fn is_at_work(&self) -> bool {
        self.awake.live().is_some() || !self.host.sockets.is_empty()
    }

    /// A socket is asked for.
    pub(crate) fn accept(&mut self, link: LinkId, side: Side, codec: Codec) -> bool {
        let Ok(attachment) = self.awake.may_accept(&mut self.host, side, codec) else { return false };
        self.host.accept(link);
        self.awake.accepted(&mut self.host, link, attachment);
        true
    }

    /// A request for a socket that comes to nothing.
    pub(crate) fn touched(&mut self) {
        let _ = self.awake.may_accept(&mut self.host, Side::Agent, Codec::Postcard);
    }

    /// A message of a client. What the workspace is to be asked about it goes by a number.
    pub(crate) fn receive(&mut self, link: LinkId, payload: &Payload, number: u64) {
        if let Some(inquiry) = self.awake.receive(&mut self.host, &link, payload) {
            let hello = (!self.is_seated(link)).then(|| payload.clone());
            self.questions.insert(number, Question { link, hello, inquiry, turns: self.turns });
            self.host.say(Out::Question(number));
        }
    }

    /// The secret that a question is about.
    pub(crate) fn voucher_in_question(&self, number: u64) -> Option<VoucherId> {
        match &self.questions.get(&number)?.inquiry.call {
            WorkspaceCall::KeepVouching { voucher, .. } => *voucher,
            _ => None,
        }
    }

    /// The workspace has answered a question.
    pub(crate) fn vouched(&mut self, question: Question, answer: Result<WorkspaceAnswer, Reject>) {
        // Nobody is told of the last visitor's leaving: the workspace tells us once too often.
        let _ = self.awake.vouched(&mut self.host, &question.link, question.inquiry, answer);
    }

    /// The client's close, or the news that the connection is gone.
    pub(crate) fn closed(&mut self, link: LinkId) {
        let _ = self.awake.closed(&mut self.host, &link, 1000);
        self.host.sockets.remove(&link);
    }

    /// A call of the workspace.
    pub(crate) fn answer(&mut self, number: u64, call: ConversationCall) {
        let answer = self.awake.answer(&mut self.host, call);
        self.host.say(Out::Answer(number, answer.map(|_| Seq::START)));
    }

    /// How many rows say anything of the conversation: its log, itself, what its visitor answered, and what waits of files.
    pub(crate) fn rows_left(&self) -> usize {
        let database = &self.host.database;
        let tables = ["event", "conversation", "answered", "private_chat"];
        let rows = tables.map(|table| {
            let found = database.run(&format!("SELECT 1 FROM {table}"), Vec::new());
            found.map_or(0, |rows| rows.len())
        });
        let in_memory =
            self.host.open_store(false).and_then(|store| store.events(Seq::START, Seq((1 << 53) - 1)));
        rows.iter().sum::<usize>() + in_memory.map_or(0, |events| events.len())
    }

    /// What it would tell the workspace by now.
    pub(crate) fn revision(&self) -> u64 {
        self.awake().unwrap_or_else(|| self.asleep()).revision()
    }

    /// A job of the workspace's that nobody answers.
    pub(crate) fn given(&mut self, call: ConversationCall) {
        let _ = self.awake.answer(&mut self.host, call);
    }

    pub(crate) fn is_seated(&self, link: LinkId) -> bool {
        self.awake.is_seated(&link)
    }

    /// The first half of the alarm's handler: the workspace is called, if there is something to tell.
    pub(crate) fn begin_telling(&mut self, call: u64) {
        let Some(news) = self.awake.rang(&mut self.host) else { return };
        self.telling = Some(Telling { call, state: news.state() });
        self.host.say(Out::Call(call, Box::new(news)));
    }

    /// The second half: the workspace has answered.
    pub(crate) fn end_telling(&mut self, call: u64, heard: Result<Seq, Reject>) {
        if let Some(telling) = self.telling.take_if(|telling| telling.call == call) {
            self.awake.has_told(&mut self.host, telling.state, heard);
        }
    }

    /// What is said in it, as it reads now.
    pub(crate) fn words(&self) -> Vec<PassageLine> {
        let head = self.stored().head();
        let store = self.host.open_store(false).expect("a store opens");
        let events = store.events(Seq::START, head).expect("what is stored can be read");
        let lines = domain::conversation::passage((Seq::START, head), &events, &[]).lines;
        lines.into_iter().filter(|line| line.text.is_some()).collect()
    }

    /// How it went, counted anew from its whole log.
    pub(crate) fn metrics(&self) -> Metrics {
        let events =
            self.host.open_store(false).and_then(|store| store.events(Seq::START, self.stored().head()));
        let events = events.expect("what is stored can be read");
        let is_public = |event: &&StoredEvent| matches!(event.kind, AgentKind::Public(_));
        let said: Vec<_> =
            events.iter().filter(is_public).filter(|event| event.for_agents().is_said()).collect();
        let first = said.iter().position(|event| event.author == Author::Visitor);
        let by_agent = |event: &StoredEvent| match &event.author {
            Author::Agent(agent) => Some((event.at, agent.id)),
            Author::Visitor | Author::System => None,
        };
        let mut answers: Vec<(AgentId, u32)> = Vec::new();
        for (_, agent) in said.iter().filter_map(|event| by_agent(event)) {
            match answers.iter_mut().find(|(other, _)| *other == agent) {
                Some((_, count)) => *count += 1,
                None => answers.push((agent, 1)),
            }
        }
        let resolved = events.iter().rposition(|event| event.standing.status != Status::Resolved);
        let since = events.get(resolved.map_or(0, |before| before + 1));
        let stars = events.iter().rev().find_map(|event| match &event.kind {
            AgentKind::Public(PublicKind::Rated(rating)) => Some(rating.stars.number()),
            _ => None,
        });
        Metrics {
            asked_at: first.map(|first| said[first].at),
            answered_at: first.and_then(|first| said[first..].iter().find_map(|event| by_agent(event))),
            is_waiting: said.last().is_some_and(|event| event.author == Author::Visitor),
            asked: u32::try_from(said.iter().filter(|event| event.author == Author::Visitor).count())
                .expect("few"),
            answers,
            other_answers: 0,
            resolved_at: since.map(|event| event.at),
            stars,
        }
    }

    /// Makes durable what was written.
    pub(crate) fn commit(&mut self) {
        self.host.commit();
    }

    /// Memory and whatever was not committed are gone, and the sockets with them.
    pub(crate) fn crash(&mut self) -> Vec<LinkId> {
        self.awake = Awake::default();
        self.questions.clear();
        self.host.reset()
    }

    /// Memory is gone; nothing else is.
    pub(crate) fn evict(&mut self) {
        self.awake = Awake::default();
        self.questions.clear();
        self.host.sleep();
    }

    /// Puts storage back to an earlier moment under a new epoch, as whoever restores a backup has to do.
    pub(crate) fn restore(&mut self, disk: Vec<Vec<Value>>, marks: ReadMarks) -> Vec<LinkId> {
        self.commit();
        let epoch = Epoch::beginning_at(self.host.now, self.host.rng.bytes());
        let run = |sql: &str, values| self.host.database.run(sql, values).expect("a restore succeeds");
        run("DELETE FROM event", Vec::new());
        for row in disk {
            let places: Vec<_> = (1..=row.len()).map(|column| format!("?{column}")).collect();
            run(&format!("INSERT INTO event VALUES ({})", places.join(", ")), row);
        }
        run(
            "UPDATE conversation SET epoch = ?1, read_by_visitor = ?2, read_by_agents = ?3, told = 0",
            vec![epoch.as_bytes().into(), marks.visitor.0.into(), marks.agents.0.into()],
        );
        self.commit();
        self.crash()
    }

    /// The rows of the log, to put storage back to later.
    pub(crate) fn event_rows(&self) -> Vec<Vec<Value>> {
        self.host
            .database
            .run("SELECT * FROM event ORDER BY seq", Vec::new())
            .expect("what is stored can be read")
    }

    /// What is stored, as somebody sees it who looks at the disk.
    pub(crate) fn stored_after(&self, after: Seq) -> Vec<StoredEvent> {
        self.host
            .open_store(false)
            .and_then(|store| store.events(after, Seq((1 << 53) - 1)))
            .expect("what is stored can be read")
    }

    /// The visitor's answers lead to a team (SPEC QU5).
    pub(crate) fn choose_team(&self, team: TeamId) {
        let answers = KeptAnswers { answers: Vec::new(), team: Some(team), opening: None };
        AnswersStore::new(self.host.database.clone()).keep(&answers).expect("nothing fails yet");
        self.host.database.commit();
    }

    /// The team that the visitor's answers lead to, as it is stored.
    pub(crate) fn chosen_team(&self) -> Option<TeamId> {
        let answers =
            AnswersStore::new(self.host.database.clone()).read().expect("what is stored can be read");
        answers.and_then(|answers| answers.team)
    }

    /// The fold of what is stored.
    pub(crate) fn stored(&self) -> Conversation {
        let stored = self.host.open_store(false).and_then(|store| {
            let mut conversation = store.load()?;
            store.complete(&mut conversation)?;
            Ok(conversation)
        });
        stored.expect("what is stored can be read")
    }

    /// The same with what is kept with sockets: what the object believes once it wakes.
    pub(crate) fn asleep(&self) -> Conversation {
        let mut conversation = self.stored();
        let kept = self.host.sockets.values().filter_map(|socket| socket.attachment.as_ref()?.kept.clone());
        ::object::recall_kept(&mut conversation, kept);
        conversation
    }
}

pub(super) fn is_refused_by_newer(asked: &Asked) -> bool {
    match asked {
        Asked::Visitor(ClientFrame::Submit(submission)) => match &submission.command {
            protocol::VisitorCommand::Message { text }
            | protocol::VisitorCommand::Edit { text, .. }
            | protocol::VisitorCommand::Reply { text, .. } => text.contains(REFUSED_BY_NEWER),
            protocol::VisitorCommand::Delete { .. }
            | protocol::VisitorCommand::File(_)
            | protocol::VisitorCommand::End
            | protocol::VisitorCommand::Rate { .. } => false,
        },
        Asked::Agent(ClientFrame::Submit(submission)) => match &submission.command {
            protocol::AgentCommand::Message { text }
            | protocol::AgentCommand::Note { text }
            | protocol::AgentCommand::Edit { text, .. }
            | protocol::AgentCommand::EditNote { text, .. }
            | protocol::AgentCommand::Reply { text, .. }
            | protocol::AgentCommand::ReplyByNote { text, .. }
            | protocol::AgentCommand::Say {
                what: protocol::Saying::Message { text } | protocol::Saying::Reply { text, .. },
                seen: _,
            } => text.contains(REFUSED_BY_NEWER),
            protocol::AgentCommand::Resolve
            | protocol::AgentCommand::Reopen
            | protocol::AgentCommand::Delete { .. }
            | protocol::AgentCommand::DeleteNote { .. }
            | protocol::AgentCommand::File(_)
            | protocol::AgentCommand::NoteFile(_)
            | protocol::AgentCommand::Handle(_)
            | protocol::AgentCommand::Say { what: protocol::Saying::File(_), seen: _ } => false,
        },
        Asked::Visitor(_) | Asked::Agent(_) => false,
    }
}
