//! A small server that keeps the rules of delivery, and a wire to it that does not keep its promises.

use std::collections::{BTreeMap, VecDeque};

use protocol::{
    Audience as _, Author, ClientFrame, ClientMessageId, Code, Cursor, Epoch, Event, ForVisitors, OutboxId,
    PublicKind, ReadMarks, Refusal, Resume, Seq, ServerFrame, Status, Submission, TeamPresence,
    VisitorCommand, VisitorFrame, VisitorRequest, Welcome,
};

use crate::client::{BEGIN, agent, epoch, said};

/// Small, so that tests reach the limits.
const NEWEST_PAGE: u64 = 3;
const RESUME_EVENTS: u64 = 6;

/// Texts that the server refuses for good.
pub(crate) const FORBIDDEN: &str = "forbidden";

/// What waits on the wire to the client.
#[derive(Debug, Clone)]
pub(crate) enum Down {
    Frame(VisitorFrame),
    Pong,
}

pub(crate) struct Server {
    pub(crate) log: Vec<Event<PublicKind>>,
    /// What waits on the wire; `None` without a socket.
    pub(crate) wire: Option<VecDeque<Down>>,
    /// How many submissions are refused for being too many.
    pub(crate) limited: u32,
    epoch: Epoch,
    epochs: u8,
    numbers: BTreeMap<OutboxId, u64>,
    marks: ReadMarks,
    greeted: bool,
}

impl Server {
    pub(crate) fn new() -> Self {
        Self {
            log: Vec::new(),
            wire: None,
            limited: 0,
            epoch: epoch(1),
            epochs: 1,
            numbers: BTreeMap::new(),
            marks: ReadMarks::default(),
            greeted: false,
        }
    }

    pub(crate) fn open(&mut self) {
        self.wire = Some(VecDeque::new());
        self.greeted = false;
    }

    /// The log is restored from a copy of itself.
    pub(crate) fn begin_new_life(&mut self) {
        self.epochs += 1;
        self.epoch = epoch(self.epochs);
        self.wire = None;
    }

    pub(crate) fn forget_numbers(&mut self) {
        self.numbers.clear();
    }

    pub(crate) fn agent_writes(&mut self) {
        let number = self.log.len() as u64 + 1;
        let id = ClientMessageId::of_server(number + (u64::from(self.epochs) << 32));
        let event = self.append(agent(), id, said("from an agent"));
        self.tell(ServerFrame::Events { events: vec![event] });
    }

    pub(crate) fn ping(&mut self) {
        self.wire.iter_mut().for_each(|wire| wire.push_back(Down::Pong));
    }

    pub(crate) fn take(&mut self, frame: VisitorRequest) {
        if self.wire.is_none() {
            return;
        }
        assert_eq!(
            self.greeted,
            !matches!(frame, ClientFrame::Hello(_)),
            "hello comes first and once: {frame:?}"
        );
        match frame {
            ClientFrame::Hello(hello) => self.greet(hello.cursor),
            ClientFrame::Submit(submission) => self.submit(submission),
            ClientFrame::Read { upto } => {
                assert!(upto <= self.head());
                self.marks.visitor = self.marks.visitor.max(upto);
                self.tell(ServerFrame::Marks(self.marks));
            }
            ClientFrame::Older { before } => {
                let upto = before.0.saturating_sub(1);
                let events = self.range(upto.saturating_sub(NEWEST_PAGE), upto);
                self.tell(ServerFrame::Older { events });
            }
            ClientFrame::Newer { after } => {
                let events = self.range(after.0, after.0 + RESUME_EVENTS);
                self.tell(ServerFrame::Events { events });
            }
            ClientFrame::Typing { .. } | ClientFrame::Page(_) => {}
            ClientFrame::Noting { .. } => panic!("a visitor writes no notes"),
        }
    }

    fn head(&self) -> Seq {
        Seq(self.log.len() as u64)
    }

    fn greet(&mut self, cursor: Option<Cursor>) {
        self.greeted = true;
        let head = self.head();
        let (resume, from) = match cursor {
            None => (Resume::Fresh, None),
            Some(cursor) if cursor.epoch != self.epoch => (Resume::EpochChanged, None),
            Some(cursor) if cursor.seq > head => (Resume::Rewound, None),
            Some(cursor) if head.since(cursor.seq) > RESUME_EVENTS => (Resume::TooFar, None),
            Some(cursor) => (Resume::Resumed, Some(cursor.seq)),
        };
        let from = from.unwrap_or(Seq(head.0.saturating_sub(NEWEST_PAGE)));
        self.tell(ServerFrame::Welcome(Welcome {
            epoch: self.epoch,
            resume,
            from,
            head,
            me: Author::Visitor,
            status: Status::Open,
            marks: self.marks,
            presence: TeamPresence::default(),
            now: BEGIN,
        }));
        for event in self.range(from.0, head.0) {
            self.tell(ServerFrame::Events { events: vec![event] });
        }
    }

    fn submit(&mut self, submission: Submission<VisitorCommand>) {
        let Submission { client_message_id: id, outbox, number, command } = submission;
        if let Some(seq) = self.log.iter().find(|event| event.client_message_id == id).map(|event| event.seq)
        {
            return self.accept(id, seq, true);
        }
        let kind = ForVisitors::echo(&command).expect("the client checks its texts");
        if kind == said(FORBIDDEN) {
            return self.refuse(id, Code::Forbidden, None);
        }
        let last = self.numbers.entry(outbox).or_default();
        if number != *last + 1 {
            return self.refuse(id, Code::OutOfOrder, None);
        }
        if self.limited > 0 {
            self.limited -= 1;
            return self.refuse(id, Code::RateLimited, Some(300));
        }
        *last = number;
        let event = self.append(Author::Visitor, id, kind);
        self.accept(id, event.seq, false);
    }

    fn append(
        &mut self,
        author: Author,
        client_message_id: ClientMessageId,
        kind: PublicKind,
    ) -> Event<PublicKind> {
        let event = Event { seq: self.head().next(), at: BEGIN, author, client_message_id, kind };
        self.log.push(event.clone());
        event
    }

    fn range(&self, after: u64, upto: u64) -> Vec<Event<PublicKind>> {
        self.log.iter().filter(|event| (after + 1..=upto).contains(&event.seq.0)).cloned().collect()
    }

    fn accept(&mut self, client_message_id: ClientMessageId, seq: Seq, duplicate: bool) {
        self.tell(ServerFrame::Accepted { client_message_id, seq, at: BEGIN, duplicate });
    }

    fn refuse(&mut self, id: ClientMessageId, code: Code, retry_after: Option<u32>) {
        self.tell(ServerFrame::Refused(Refusal { code, client_message_id: Some(id), retry_after }));
    }

    fn tell(&mut self, frame: VisitorFrame) {
        if self.greeted {
            self.wire.iter_mut().for_each(|wire| wire.push_back(Down::Frame(frame.clone())));
        }
    }
}
