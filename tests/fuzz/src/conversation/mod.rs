//! One conversation on the server, and everybody who can reach it asking for anything in any order.
//!
//! A [`Ledger`] keeps the same history in the simplest way. After every step the conversation must agree with it, with
//! itself loaded anew, and with what its audiences were told.

mod cast;
mod happening;
mod ledger;
mod told;

use std::convert::Infallible;

use domain::Conversation;
use domain::conversation::{
    Attendance, Context, Outcome, Pace, Person, Request, Seat, Send, StoredEvent, Write, Writing, resume,
};
use protocol::{
    AgentCommand, AgentKind, Author, ClientFrame, ClientMessageId, Code, ConversationDigest, Cursor, Epoch,
    Handling, MessageText, Page, PrivateKind, PublicKind, Rating, ReadMarks, Reject, Resume, Seq, Status,
    Submission, Timestamp, VisitorCommand, limits,
};
use serde::Serialize;

use self::cast::{CONVERSATION, Member, cast};
use self::happening::Happening;
use self::ledger::{Ledger, Verdict, is_public};
use self::told::Told;
use crate::reader::Reader;

const EPOCH: Epoch = Epoch::from_bytes([5; 16]);
const BEGIN: Timestamp = Timestamp(1_800_000_000_000);

/// Every note of the cast begins so; no frame to a visitor holds it.
const SECRET: &str = "among us: ";

/// Steps of one history.
const STEPS: usize = 400;

/// Reads a history out of bytes and lives through it (SPEC CV8).
pub fn conversation(bytes: &[u8]) {
    let mut reader = Reader::new(bytes);
    let cast = cast();
    let mut world = World::new(&cast);
    for _ in 0..STEPS {
        let Some(member) = reader.byte().map(|byte| &cast[usize::from(byte) % cast.len()]) else { break };
        let Some(happening) = Happening::read(&mut reader, member.seat.person(), &world.ledger) else {
            break;
        };
        world.happens(member, happening);
        world.check();
    }
}

struct World {
    conversation: Conversation,
    pace: Pace,
    now: Timestamp,
    ledger: Ledger,
    told: Told,
    page: Option<Page>,
    read: (Seq, Seq),
    workspace_knows: u64,
    digest: Option<ConversationDigest>,
}

/// A command of either side, as far as the rules look into it.
trait Command: Serialize + Clone {
    fn kind(&self) -> Result<AgentKind, Code>;

    /// Whether it is about the end, as only the visitor speaks of it.
    fn is_of_the_end(&self) -> bool;

    /// Without a word of what its author had seen.
    fn bare(&self) -> Self;

    /// What they had seen of the log; `None` for what is not compared with it.
    fn seen(&self) -> Option<Cursor>;
}

impl Command for VisitorCommand {
    fn kind(&self) -> Result<AgentKind, Code> {
        Ok(AgentKind::Public(match self {
            Self::Message { text } => PublicKind::message(MessageText::parse(text)?),
            Self::Edit { of, text } => PublicKind::Edited { of: *of, text: MessageText::parse(text)? },
            Self::Delete { of } => PublicKind::Deleted { of: *of },
            Self::Reply { to, text } => {
                PublicKind::Message { text: MessageText::parse(text)?, edited: false, reply_to: Some(*to) }
            }
            Self::File(_) => return Err(Code::NotFound),
            Self::End => PublicKind::Resolved,
            Self::Rate { stars, comment } => PublicKind::Rated(Rating::parse(*stars, comment)?),
        }))
    }

    fn is_of_the_end(&self) -> bool {
        matches!(self, Self::End | Self::Rate { .. })
    }

    fn bare(&self) -> Self {
        self.clone()
    }

    fn seen(&self) -> Option<Cursor> {
        None
    }
}

impl Command for AgentCommand {
    fn kind(&self) -> Result<AgentKind, Code> {
        Ok(match self {
            Self::Message { text } => AgentKind::Public(PublicKind::message(MessageText::parse(text)?)),
            Self::Note { text } => AgentKind::Private(PrivateKind::note(MessageText::parse(text)?)),
            Self::Resolve => AgentKind::Public(PublicKind::Resolved),
            Self::Reopen => AgentKind::Public(PublicKind::Reopened),
            Self::Edit { of, text } => {
                AgentKind::Public(PublicKind::Edited { of: *of, text: MessageText::parse(text)? })
            }
            Self::Delete { of } => AgentKind::Public(PublicKind::Deleted { of: *of }),
            Self::EditNote { of, text } => {
                AgentKind::Private(PrivateKind::NoteEdited { of: *of, text: MessageText::parse(text)? })
            }
            Self::DeleteNote { of } => AgentKind::Private(PrivateKind::NoteDeleted { of: *of }),
            Self::Reply { to, text } => AgentKind::Public(PublicKind::Message {
                text: MessageText::parse(text)?,
                edited: false,
                reply_to: Some(*to),
            }),
            Self::ReplyByNote { to, text } => AgentKind::Private(PrivateKind::Note {
                text: MessageText::parse(text)?,
                edited: false,
                reply_to: Some(*to),
            }),
            Self::File(_) | Self::NoteFile(_) => return Err(Code::NotFound),
            Self::Handle(step) => AgentKind::Private(PrivateKind::Handled(step.clone())),
            Self::Say { what, seen: _ } => return Self::from(what.clone()).kind(),
        })
    }

    fn is_of_the_end(&self) -> bool {
        false
    }

    fn bare(&self) -> Self {
        self.clone().unseeing()
    }

    fn seen(&self) -> Option<Cursor> {
        let Self::Say { what: _, seen } = self else { return None };
        Some(seen.unwrap_or(Cursor { epoch: EPOCH, seq: Seq::START, at: Timestamp(0) }))
    }
}

impl World {
    fn new(cast: &[Member]) -> Self {
        let seats = cast.iter().filter(|member| member.belongs).map(|member| &member.seat);
        Self {
            conversation: Conversation::default(),
            pace: Pace::default(),
            now: BEGIN,
            ledger: Ledger::default(),
            told: Told::new(Attendance::of(seats)),
            page: None,
            read: (Seq::START, Seq::START),
            workspace_knows: 0,
            digest: None,
        }
    }

    fn happens(&mut self, member: &Member, happening: Happening) {
        match happening {
            Happening::Asks(request) => self.asks(member, request),
            Happening::Passes(milliseconds) => self.now = self.now.plus(milliseconds),
            Happening::SetBack(milliseconds) => {
                let milliseconds = i64::try_from(milliseconds).unwrap_or(i64::MAX);
                self.now = Timestamp(self.now.0.saturating_sub(milliseconds));
                self.ledger.set_back();
            }
            Happening::Wakes => {
                self.conversation = self.loaded();
                self.pace = Pace::default();
                self.ledger.forget_rates();
            }
            Happening::Told => {
                if let Some(digest) = self.conversation.digest(CONVERSATION) {
                    self.conversation.keep_told(digest.revision);
                    self.workspace_knows = digest.revision;
                    assert!(!self.conversation.has_news(), "the workspace knows everything");
                }
            }
            Happening::Resumes(cursor) => self.resumes(cursor),
            Happening::Nothing => {}
        }
    }

    fn asks(&mut self, member: &Member, request: Request) {
        let seat = &member.seat;
        let (now, pace) = (self.now, &self.pace);
        let context = Context {
            now,
            conversation: CONVERSATION,
            seat,
            pace,
            epoch: EPOCH,
            upload: None,
            chosen_team: None,
        };
        let result = self.conversation.handle(context, request.clone());
        let writes = match &result {
            Ok(outcome) => outcome.writes.clone(),
            Err(_) => Vec::new(),
        };
        let before = self.conversation.clone();
        writes.iter().for_each(|write| self.conversation.apply(write));
        if let Ok(outcome) = &result {
            self.pace = outcome.pace.clone();
            if let Some(marks) = outcome.marks.clone() {
                self.conversation.keep_marks(marks);
            }
            self.told.hears(&self.conversation, outcome, seat);
        }
        match request {
            Request::Visitor(frame) => self.judge(&before, member, frame, result),
            Request::Agent(frame) => self.judge(&before, member, frame, result),
        }
    }

    /// Compares an answer with what the rules say it must be.
    fn judge<C: Command>(
        &mut self,
        before: &Conversation,
        member: &Member,
        frame: ClientFrame<C>,
        result: Result<Outcome, Reject>,
    ) {
        let seat = &member.seat;
        let person = seat.person();
        let is_there = member.belongs && (person == Person::Visitor || before.identity().is_some());
        match frame {
            ClientFrame::Hello(_) => refused(result, Code::Forbidden),
            _ if !is_there => refused(result, Code::NotFound),
            ClientFrame::Submit(submission) => self.judge_submission(before, seat, &submission, result),
            ClientFrame::Read { upto } => self.judge_reading(person, upto, result.expect("may read")),
            ClientFrame::Typing { on } => {
                let outcome = result.expect("may type");
                let is_told = self.ledger.types((person, Writing::Message), on, self.now);
                assert_eq!((outcome.writes.len(), outcome.sends.len()), (0, usize::from(is_told)));
            }
            ClientFrame::Noting { on } => match person {
                Person::Visitor => refused(result, Code::Forbidden),
                Person::Agent(_) | Person::System => {
                    let outcome = result.expect("may write notes");
                    let is_told = self.ledger.types((person, Writing::Note), on, self.now);
                    assert_eq!((outcome.writes.len(), outcome.sends.len()), (0, usize::from(is_told)));
                }
            },
            ClientFrame::Older { before } => {
                let head = self.visible(person).len() as u64;
                let last = before.0.saturating_sub(1).min(head);
                let first = last.saturating_sub(limits::NEWEST_PAGE);
                self.judge_stored(person, first, last, true, result);
            }
            ClientFrame::Newer { after } => {
                let head = self.visible(person).len() as u64;
                let first = after.0.min(head);
                let last = after.0.saturating_add(limits::RESUME_EVENTS).min(head);
                self.judge_stored(person, first, last, false, result);
            }
            ClientFrame::Page(page) => match person {
                Person::Visitor => self.judge_page(before, page.tidied(), result.expect("may move")),
                Person::Agent(_) | Person::System => refused(result, Code::Forbidden),
            },
        }
    }

    fn judge_submission<C: Command>(
        &mut self,
        before: &Conversation,
        seat: &Seat,
        submission: &Submission<C>,
        result: Result<Outcome, Reject>,
    ) {
        let person = seat.person();
        let seen = submission.command.seen();
        let submission = &Submission { command: submission.command.bare(), ..*submission };
        let kind = submission.command.kind();
        let is_of_the_end = submission.command.is_of_the_end();
        let legal = match (&kind, person) {
            (Err(code), _) => Err(*code),
            (Ok(_), Person::Visitor) if is_of_the_end => Ok(()),
            (Ok(_), _) if is_of_the_end => Err(Code::Forbidden),
            (
                Ok(AgentKind::Public(
                    PublicKind::Message { .. } | PublicKind::Edited { .. } | PublicKind::Deleted { .. },
                )),
                _,
            )
            | (Ok(_), Person::Agent(_)) => Ok(()),
            (Ok(_), Person::Visitor | Person::System) => Err(Code::Forbidden),
        };
        let target = kind.as_ref().map_or(Ok(Seq::START), |kind| self.ledger.target(person, kind, self.now));
        let answers_nothing = kind.as_ref().is_ok_and(|kind| !self.ledger.is_answerable(kind));
        let legal =
            legal.and(target.map(drop)).and(if answers_nothing { Err(Code::NotFound) } else { Ok(()) });
        let ending = kind.as_ref().map_or(Ok(()), |kind| self.ledger.may_end(person, kind, self.now));
        let handling = kind.as_ref().map_or(Ok(()), |kind| self.ledger.may_handle(kind, self.now));
        let legal = legal.and(ending).and(handling);
        let verdict = self.ledger.verdict(person, submission, legal, seen, self.now);
        match result {
            Err(reject) => {
                let is_limit = reject.code == Code::RateLimited && verdict == Verdict::StoredOrLimited;
                assert!(is_limit || verdict == Verdict::Refused(reject), "{reject:?}, not {verdict:?}");
            }
            Ok(outcome) if outcome.writes.is_empty() => {
                let Verdict::Duplicate(seq, at) = verdict else { panic!("not stored, but {verdict:?}") };
                let client_message_id = submission.client_message_id;
                let again = Send::Accepted { client_message_id, seq, at, duplicate: true };
                assert_eq!(outcome.sends, [again], "the first answer, and nobody else is told");
            }
            Ok(outcome) => {
                assert!(matches!(verdict, Verdict::Stored | Verdict::StoredOrLimited), "{verdict:?}");
                self.stored(before, seat, submission, kind.expect("legal"), &outcome);
            }
        }
    }

    /// Takes up what was stored for a submission, and says what must have been (SPEC CV1, CV3, DL4, DL5).
    fn stored<C: Command>(
        &mut self,
        before: &Conversation,
        seat: &Seat,
        submission: &Submission<C>,
        kind: AgentKind,
        outcome: &Outcome,
    ) {
        let mut writes = outcome.writes.iter();
        if before.identity().is_none() {
            let Some(Write::Begin { identity, page, who: None }) = writes.next() else {
                panic!("nothing began")
            };
            assert_eq!((identity.epoch, identity.began_at), (EPOCH, self.now));
            assert_eq!(page, &seat.page);
            self.page.clone_from(page);
        }
        let mut appended = writes.map(|write| match write {
            Write::Append(event) => event.clone(),
            Write::Begin { .. } | Write::Page(_) | Write::Introduce(_) | Write::Settle { .. } => {
                panic!("a submission stores events only")
            }
        });
        let target =
            self.ledger.target(seat.person(), &kind, self.now).expect("there is something to change");
        let goes_on = matches!(kind, AgentKind::Public(PublicKind::Message { .. }));
        let goes_on = goes_on && seat.person() == Person::Visitor;
        let is_laid_aside = kind.handling().is_some_and(|step| step.status().is_some());
        let opening = match before.status() {
            Status::Resolved if goes_on || is_laid_aside => Some(AgentKind::Public(PublicKind::Reopened)),
            Status::Pending | Status::Snoozed if goes_on => {
                Some(AgentKind::Private(PrivateKind::Handled(Handling::Open)))
            }
            Status::Open | Status::Resolved | Status::Pending | Status::Snoozed => None,
        };
        if let Some(opening) = opening {
            let event = appended.next().expect("the conversation is open again");
            assert_eq!((&event.author, &event.kind), (&Author::System, &opening));
            assert_eq!(event.client_message_id, ClientMessageId::of_server(event.seq.0));
            self.ledger.events.push(event);
        }
        let event = appended.next().expect("what was asked for");
        assert!(appended.next().is_none(), "and nothing else");
        assert_eq!((&event.kind, Person::of(&event.author), event.at), (&kind, seat.person(), self.now));
        assert_eq!(
            (event.client_message_id, event.outbox, event.number),
            (submission.client_message_id, submission.outbox, submission.number)
        );
        assert_eq!(event.target, target);
        self.ledger.store(event, &submission.command);
    }

    /// Marks only grow and stay within the log (SPEC DL8).
    fn judge_reading(&mut self, person: Person, upto: Seq, outcome: Outcome) {
        let head = Seq(self.ledger.events.len() as u64);
        let (upto, mark) = match person {
            Person::Visitor => {
                let upto = upto.min(self.ledger.public_count(head));
                (self.ledger.position_of_public(upto), &mut self.read.0)
            }
            Person::Agent(_) | Person::System => (upto.min(head), &mut self.read.1),
        };
        let has_moved = upto > *mark;
        *mark = upto.max(*mark);
        let marks = ReadMarks { visitor: self.read.0, agents: self.read.1 };
        let sends = if has_moved { vec![Send::Marks] } else { vec![] };
        assert_eq!(
            (outcome.writes, outcome.marks, outcome.sends),
            (vec![], has_moved.then_some(marks.into()), sends)
        );
    }

    /// A range of what a person may see, without a hole (SPEC DL6, DL7).
    fn judge_stored(
        &self,
        person: Person,
        first: u64,
        last: u64,
        is_older: bool,
        result: Result<Outcome, Reject>,
    ) {
        let outcome = result.expect("may look");
        let [Send::Stored { after, upto, older }] = outcome.sends.as_slice() else {
            panic!("{:?}", outcome.sends)
        };
        assert_eq!((outcome.writes.len(), *older), (0, is_older));
        let given =
            self.visible(person).into_iter().filter(|(event, _)| event.seq > *after && event.seq <= *upto);
        assert!(given.map(|(_, position)| position).eq(first + 1..=last), "not {first} to {last}");
    }

    fn judge_page(&mut self, before: &Conversation, page: Page, outcome: Outcome) {
        let is_news = before.identity().is_some() && self.page.as_ref() != Some(&page);
        assert_eq!(outcome.writes, if is_news { vec![Write::Page(page.clone())] } else { vec![] });
        assert_eq!(outcome.sends, [Send::Attendance]);
        if is_news {
            self.page = Some(page);
        }
    }

    /// What is missing after a cursor, or an explicit reset (SPEC DL6).
    fn resumes(&self, cursor: Option<Cursor>) {
        for person in [Person::Visitor, Person::System] {
            let visible = self.visible(person);
            let head = visible.len() as u64;
            let stored_at = |seq: Seq| {
                let at = visible.iter().find(|(_, position)| *position == seq.0).map(|(event, _)| event.at);
                assert_eq!(self.conversation.stored_at(person, seq), at);
                at
            };
            let backlog = resume(cursor, EPOCH, Seq(head), |seq| Ok::<_, Infallible>(stored_at(seq)));
            let Ok(backlog) = backlog;
            let expected = match cursor {
                None => Resume::Fresh,
                Some(cursor) if cursor.epoch != EPOCH => Resume::EpochChanged,
                Some(cursor) if cursor.seq.0 > head => Resume::Rewound,
                Some(cursor) if head - cursor.seq.0 > limits::RESUME_EVENTS => Resume::TooFar,
                Some(cursor) if cursor.seq > Seq::START && stored_at(cursor.seq) != Some(cursor.at) => {
                    Resume::Rewound
                }
                Some(_) => Resume::Resumed,
            };
            assert_eq!(backlog.resume, expected);
            let from = match (expected, cursor) {
                (Resume::Resumed, Some(cursor)) => cursor.seq.0,
                (_, _) => head.saturating_sub(limits::NEWEST_PAGE),
            };
            assert_eq!(backlog.from, Seq(from));
            let (after, upto) = match person {
                Person::Visitor => self.conversation.range_of_public(backlog.from, Seq(head)),
                Person::Agent(_) | Person::System => (backlog.from, Seq(head)),
            };
            let given = visible.iter().filter(|(event, _)| event.seq > after && event.seq <= upto);
            assert!(given.map(|(_, position)| *position).eq(from + 1..=head));
        }
    }

    /// The events that a person may see, with the positions that they have for them.
    fn visible(&self, person: Person) -> Vec<(&StoredEvent, u64)> {
        let events = self.ledger.events.iter().filter(|event| person != Person::Visitor || is_public(event));
        events.zip(1..).collect()
    }

    /// The conversation as its object makes it from storage on waking.
    fn loaded(&self) -> Conversation {
        let mut loaded = Conversation::default();
        if let Some(identity) = self.conversation.identity() {
            loaded.apply(&Write::Begin { identity: identity.clone(), page: self.page.clone(), who: None });
        }
        self.ledger.events.iter().for_each(|event| loaded.recall(event.line()));
        let newest = loaded.newest_message();
        if let Some(event) = self.ledger.events.iter().find(|event| Some(event.seq) == newest) {
            loaded.remember_preview(event);
        }
        loaded.keep_marks(ReadMarks { visitor: self.read.0, agents: self.read.1 });
        loaded.keep_told(self.workspace_knows);
        loaded
    }

    /// What holds after every step.
    fn check(&mut self) {
        let (conversation, ledger) = (&self.conversation, &self.ledger);
        assert_eq!(conversation, &self.loaded(), "CV8: loading gives another conversation");
        let head = Seq(ledger.events.len() as u64);
        assert_eq!((conversation.head(), conversation.public_head()), (head, ledger.public_count(head)));
        if let Some(event) = ledger.events.last() {
            assert_eq!((event.seq, event.public_seq), (head, ledger.public_count(head)), "DL5: a hole");
        }
        let (visitor, agents) = self.read;
        let marks = conversation.marks_for_agents();
        assert_eq!((marks.visitor, marks.agents), (visitor, agents));
        let marks = conversation.marks_for_visitor();
        let public = (ledger.public_count(visitor), ledger.public_count(agents));
        assert_eq!((marks.visitor, marks.agents), public, "DL8: each side in its own positions");
        assert_eq!(conversation.unread(), ledger.unread(agents), "CV5");
        assert_eq!(conversation.status(), ledger.status(), "CV3");
        assert_eq!(conversation.page(), self.page.as_ref(), "CV9");
        self.told.check(conversation);
        self.check_digest();
    }

    /// The digest tells the present state, and its revision grows with each of its changes.
    fn check_digest(&mut self) {
        let digest = self.conversation.digest(CONVERSATION);
        assert_eq!(digest.is_some(), !self.ledger.events.is_empty(), "WS5");
        if let Some(digest) = &digest {
            let preview = digest.entry.preview.as_ref().map(|preview| preview.seq);
            assert_eq!(preview, self.ledger.newest().map(|(seq, _)| seq));
            assert_eq!(digest.entry.unread, self.conversation.unread());
        }
        if digest != self.digest {
            let revision =
                |digest: &Option<ConversationDigest>| digest.as_ref().map_or(0, |digest| digest.revision);
            assert!(revision(&digest) > revision(&self.digest), "WS3: a change that is no news");
            self.digest = digest;
        }
    }
}

fn refused(result: Result<Outcome, Reject>, code: Code) {
    assert_eq!(result.map(|outcome| outcome.writes), Err(code.into()));
}
