//! What happens when somebody in a conversation asks for something.

use mutant::mutant;
use protocol::{
    AgentCommand, AgentKind, AgentRequest, Author, ClientFrame, Code, Epoch, File, FileId, Handling,
    MessageName, MessageText, Page, PrivateKind, PublicKind, Rating, ReadMarks, Reject, Saying, Seq,
    Submission, TeamId, Timestamp, VisitorCommand, VisitorIdentity, VisitorRequest, limits,
};
use serde::Serialize;

use super::appending::Appending;
use super::comparing::Sight;
use super::handling::led_to;
use super::join::Seat;
use super::outcome::{Outcome, Send, Write};
use super::pace::{Pace, Writing};
use super::state::{Conversation, Identity, Marks, Party};
use super::stored::{Fingerprint, Person, Standing, StoredEvent};
use crate::access::{Action, Principal, Resource, authorize};
use crate::files::Upload;

/// What a request is judged by besides the conversation.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// The server's clock.
    pub now: Timestamp,
    /// The conversation's own id.
    pub conversation: protocol::ConversationId,
    /// Who asks.
    pub seat: &'a Seat,
    /// The rates so far.
    pub pace: &'a Pace,
    /// The epoch that the log gets if this request begins it.
    pub epoch: Epoch,
    /// What is kept of the file that the request names ([`Request::file`]), if it is there.
    pub upload: Option<&'a Upload>,
    /// The team that its visitor has chosen, if this request may be the first of its log (SPEC QU5).
    pub chosen_team: Option<TeamId>,
}

/// A request, in the types of the audience it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Request {
    /// From a visitor.
    Visitor(VisitorRequest),
    /// From an agent.
    Agent(AgentRequest),
}

impl Request {
    /// The file that it is to be said in a message or note; [`Context::upload`] says what is kept of it.
    #[must_use]
    pub const fn file(&self) -> Option<FileId> {
        match self {
            Self::Visitor(ClientFrame::Submit(submission)) => match &submission.command {
                VisitorCommand::File(file) => Some(file.id),
                VisitorCommand::Message { .. }
                | VisitorCommand::Edit { .. }
                | VisitorCommand::Delete { .. }
                | VisitorCommand::Reply { .. }
                | VisitorCommand::End
                | VisitorCommand::Rate { .. } => None,
            },
            Self::Agent(ClientFrame::Submit(submission)) => match &submission.command {
                AgentCommand::File(file)
                | AgentCommand::NoteFile(file)
                | AgentCommand::Say { what: Saying::File(file), seen: _ } => Some(file.id),
                AgentCommand::Message { .. }
                | AgentCommand::Note { .. }
                | AgentCommand::Resolve
                | AgentCommand::Reopen
                | AgentCommand::Edit { .. }
                | AgentCommand::Delete { .. }
                | AgentCommand::EditNote { .. }
                | AgentCommand::DeleteNote { .. }
                | AgentCommand::Reply { .. }
                | AgentCommand::ReplyByNote { .. }
                | AgentCommand::Handle(_)
                | AgentCommand::Say { what: Saying::Message { .. } | Saying::Reply { .. }, seen: _ } => None,
            },
            Self::Visitor(_) | Self::Agent(_) => None,
        }
    }
}

/// A command with what it takes to do it.
struct Deed {
    action: Action,
    kind: AgentKind,
}

impl Conversation {
    /// Judges one request. Nothing changes until the shell has stored the writes and applied them.
    ///
    /// The lines that the request is about must be known: see [`Conversation::needs_whole_log`].
    ///
    /// # Errors
    /// The code from the closed list that says why; a rejected request leaves no trace.
    pub fn handle(&self, context: Context<'_>, request: Request) -> Result<Outcome, Reject> {
        match request {
            Request::Visitor(frame) => self.frame(context, frame, Sight::Untold, visitor_deed),
            Request::Agent(frame) => {
                let (frame, sight) = Sight::taken_from(frame);
                self.frame(context, frame, sight, agent_deed)
            }
        }
    }

    fn frame<C: Serialize>(
        &self,
        context: Context<'_>,
        frame: ClientFrame<C>,
        sight: Sight,
        deed: fn(&C) -> Result<Deed, Code>,
    ) -> Result<Outcome, Reject> {
        match frame {
            ClientFrame::Hello(_) => Err(Code::Forbidden.into()),
            ClientFrame::Submit(submission) => self.submit(context, &submission, sight, deed),
            ClientFrame::Read { upto } => self.read(context, upto),
            ClientFrame::Typing { on } => self.typing(context, on),
            ClientFrame::Noting { on } => self.noting(context, on),
            ClientFrame::Older { before } => self.older(context, before),
            ClientFrame::Newer { after } => self.newer(context, after),
            ClientFrame::Page(page) => self.moved(context, page),
        }
    }

    /// Stores a submission, answers its duplicate, or says why not (SPEC DL2 to DL4, CV1 to CV6, CV30).
    fn submit<C: Serialize>(
        &self,
        context: Context<'_>,
        submission: &Submission<C>,
        sight: Sight,
        deed: fn(&C) -> Result<Deed, Code>,
    ) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::Watch, self.resource(context))?;
        if !self.lines.is_whole() {
            return Err(Code::Unavailable.into());
        }
        let person = context.seat.person();
        let fingerprint = Fingerprint::of(&submission.command);
        let key = (person, submission.client_message_id);
        let found = self.by_id.get(&key).and_then(|seq| self.lines.get(*seq));
        let known = mutant!(
            10,
            mutant!(2, found, None),
            found.or_else(|| self.lines.newest().iter().find(|line| line.fingerprint == fingerprint)),
        );
        if let Some(line) = known {
            // Of what was changed or deleted since, not even the fingerprint is left.
            if line.fingerprint != fingerprint && line.fingerprint != Fingerprint::NONE {
                return Err(Code::IdempotencyConflict.into());
            }
            return Ok(Outcome {
                sends: vec![Send::Accepted {
                    client_message_id: submission.client_message_id,
                    seq: line.seq,
                    at: line.at,
                    duplicate: true,
                }],
                ..nothing(context)
            });
        }

        let deed = deed(&submission.command)?;
        authorize(&context.seat.principal, deed.action, self.resource(context))?;
        let target = self.target_of(person, &deed.kind, context.now)?;
        self.may_answer(&deed.kind)?;
        self.may_end(person, &deed.kind, context.now)?;
        self.may_be_handled(&deed.kind, context.now)?;
        if let Some(file) = deed.kind.file() {
            let upload = context.upload.ok_or(Code::NotFound)?;
            upload.may_be_said(person, file, self.head())?;
        }
        let last = self.numbers.get(&(person, submission.outbox)).copied().unwrap_or_default();
        if mutant!(6, submission.number != last.saturating_add(1), false) {
            return Err(Code::OutOfOrder.into());
        }
        self.may_be_said(person, sight)?;
        let mut pace = context.pace.clone();
        pace.take(person, context.now)?;

        let mut writes = Vec::new();
        let mut sends = Vec::new();
        if self.identity.is_none() {
            writes.push(begin(context)?);
        } else if let Some(who) = self.news_of(context.seat) {
            writes.extend(self.introduction(who));
            sends.push(Send::Attendance);
        }
        let mut log = Appending::to(self, context.now);
        if let Some(opening) = self.opening_before(person, &deed.kind) {
            let event = log.by_itself(opening);
            writes.push(Write::Append(event.clone()));
            sends.push(Send::Event { event, except_author: false });
        }
        let event = log.append(StoredEvent {
            seq: Seq::START,
            public_seq: Seq::START,
            at: context.now,
            author: author(&context.seat.principal),
            client_message_id: submission.client_message_id,
            outbox: submission.outbox,
            number: submission.number,
            fingerprint,
            kind: deed.kind,
            target,
            standing: Standing::default(),
            placement: None,
        });
        writes.push(Write::Append(event.clone()));
        sends.push(Send::Accepted {
            client_message_id: event.client_message_id,
            seq: event.seq,
            at: event.at,
            duplicate: false,
        });
        if pace.may_type(person, Writing::Message, false, context.now) {
            sends.push(Send::Typing { author: event.author.clone(), on: false });
        }
        if let Author::Agent(author) = &event.author
            && pace.may_type(person, Writing::Note, false, context.now)
        {
            sends.push(Send::Noting { author: author.clone(), on: false });
        }
        sends.push(Send::Event { event, except_author: true });
        let is_first = mutant!(45, self.head() == Seq::START, self.identity.is_none());
        if let (true, Person::Visitor, Some(team)) = (is_first, person, context.chosen_team) {
            let event = log.by_itself(led_to(team));
            writes.push(Write::Append(event.clone()));
            sends.push(Send::Event { event, except_author: false });
        }
        if log.placement() != self.placement() {
            sends.push(Send::Placement);
        }
        Ok(Outcome { pace, writes, sends, marks: None })
    }

    /// Moves a read mark forward, never back and never beyond the log (SPEC DL8).
    fn read(&self, context: Context<'_>, upto: Seq) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::Watch, self.resource(context))?;
        let before = self.marks();
        let mut after = before.clone();
        after.grow(&match (context.seat.person(), self.circle()) {
            (Person::Visitor, _) => {
                let upto = self.position_of_public(upto.min(self.public_head()));
                ReadMarks { visitor: upto, ..ReadMarks::default() }.into()
            }
            (Person::Agent(agent), Some(_)) => {
                Marks { each: [(agent, upto.min(self.head()))].into(), ..Marks::default() }
            }
            (Person::Agent(_) | Person::System, _) => {
                let upto = mutant!(11, upto.min(self.head()), upto);
                ReadMarks { agents: upto, ..ReadMarks::default() }.into()
            }
        });
        if after == *before {
            return Ok(nothing(context));
        }
        Ok(Outcome { marks: Some(after), sends: vec![Send::Marks], ..nothing(context) })
    }

    fn typing(&self, context: Context<'_>, on: bool) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::Write, self.resource(context))?;
        let mut pace = context.pace.clone();
        let sends = if pace.may_type(context.seat.person(), Writing::Message, on, context.now) {
            vec![Send::Typing { author: author(&context.seat.principal), on }]
        } else {
            Vec::new()
        };
        Ok(Outcome { pace, sends, ..nothing(context) })
    }

    /// Tells the team of who writes to the team (SPEC CV31).
    fn noting(&self, context: Context<'_>, on: bool) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::WriteNote, self.resource(context))?;
        let mut pace = context.pace.clone();
        let is_told = pace.may_type(context.seat.person(), Writing::Note, on, context.now);
        let sends = match author(&context.seat.principal) {
            Author::Agent(author) if is_told => vec![Send::Noting { author, on }],
            Author::Agent(_) | Author::Visitor | Author::System => Vec::new(),
        };
        Ok(Outcome { pace, sends, ..nothing(context) })
    }

    fn older(&self, context: Context<'_>, before: Seq) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::Watch, self.resource(context))?;
        let (after, upto) = older_range(before, self.head_for(context.seat.person()));
        Ok(Outcome { sends: vec![self.stored(context, after, upto, true)], ..nothing(context) })
    }

    fn newer(&self, context: Context<'_>, after: Seq) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::Watch, self.resource(context))?;
        let (after, upto) = newer_range(after);
        Ok(Outcome { sends: vec![self.stored(context, after, upto, false)], ..nothing(context) })
    }

    fn moved(&self, context: Context<'_>, page: Page) -> Result<Outcome, Reject> {
        authorize(&context.seat.principal, Action::TellPage, self.resource(context))?;
        let page = page.tidied();
        let mut writes = Vec::new();
        if self.identity.is_some() {
            if let Some(who) = self.news_of(context.seat) {
                writes.extend(self.introduction(who));
            }
            writes.extend((self.page.as_ref() != Some(&page)).then_some(Write::Page(page)));
        }
        Ok(Outcome { writes, sends: vec![Send::Attendance], ..nothing(context) })
    }

    /// What a visitor's token says of them and the conversation does not know yet (SPEC ID7).
    fn news_of(&self, seat: &Seat) -> Option<VisitorIdentity> {
        let Principal::Visitor(claims) = &seat.principal else { return None };
        claims.identity.clone().filter(|who| self.who.as_ref() != Some(who))
    }

    /// What shows that there is news goes first: storage may fail after it, and another word of who the visitor is, stored
    /// alone, would never be told.
    pub(super) fn introduction(&self, who: VisitorIdentity) -> impl Iterator<Item = Write> {
        mutant!(30, Some(self.announce()), None).into_iter().chain([Write::Introduce(who)])
    }

    /// A range of the asking audience's sequence, in the agents' sequence.
    fn stored(&self, context: Context<'_>, after: Seq, upto: Seq, older: bool) -> Send {
        let (after, upto) = match context.seat.person() {
            Person::Visitor => self.range_of_public(after, upto),
            Person::Agent(_) | Person::System => (after.min(self.head()), upto.min(self.head())),
        };
        Send::Stored { after, upto, older }
    }

    /// Whether the answer to a request needs lines that were left out when the conversation was loaded; the shell then
    /// reads them first (SPEC ST11).
    #[must_use]
    pub fn needs_whole_log(&self, person: Person, request: &Request) -> bool {
        let head = self.head_for(person);
        let reach = match request {
            Request::Visitor(frame) => Reach::of(frame, head),
            Request::Agent(frame) => Reach::of(frame, head),
        };
        let is_visitor = person == Person::Visitor;
        let needs_more = match reach {
            Reach::Everything => true,
            Reach::Range(after, upto) => {
                let knows_end = mutant!(23, self.knows_public(upto), true);
                is_visitor && !(self.knows_public(after) && knows_end)
            }
            Reach::Mark(upto) if is_visitor => !self.knows_public(upto),
            // Nobody is told there where in another sequence a mark is.
            Reach::Mark(_) if self.circle().is_some() => false,
            Reach::Mark(upto) => {
                let upto = upto.min(self.head());
                upto > self.marks_for_agents().agents && self.lines.get(upto).is_none()
            }
            Reach::Nothing => false,
        };
        needs_more && !self.lines.is_whole()
    }

    /// Translates a range (exclusive, inclusive) of the visitor's sequence into the agents'.
    #[must_use]
    pub fn range_of_public(&self, after: Seq, upto: Seq) -> (Seq, Seq) {
        let head = self.public_head();
        let after = self.position_of_public(after.min(head));
        (after, self.position_of_public(upto.min(head)))
    }

    /// The newest position in a person's sequence.
    #[must_use]
    pub fn head_for(&self, person: Person) -> Seq {
        match person {
            Person::Visitor => self.public_head(),
            Person::Agent(_) | Person::System => self.head(),
        }
    }

    fn resource(&self, context: Context<'_>) -> Resource<'_> {
        Resource::Conversation { id: context.conversation, identity: self.identity.as_ref() }
    }
}

/// Which lines a request is about, in the sequence of whoever asks.
enum Reach {
    /// All that there are: what is sent again may be old.
    Everything,
    /// From after a position to another.
    Range(Seq, Seq),
    /// One position.
    Mark(Seq),
    /// None.
    Nothing,
}

impl Reach {
    fn of<C>(frame: &ClientFrame<C>, head: Seq) -> Self {
        match frame {
            ClientFrame::Submit(_) => Self::Everything,
            ClientFrame::Read { upto } => Self::Mark(*upto),
            ClientFrame::Older { before } => {
                let (after, upto) = older_range(*before, head);
                Self::Range(after, upto)
            }
            ClientFrame::Newer { after } => {
                let (after, upto) = newer_range(*after);
                Self::Range(after, upto)
            }
            ClientFrame::Hello(_)
            | ClientFrame::Typing { .. }
            | ClientFrame::Noting { .. }
            | ClientFrame::Page(_) => Self::Nothing,
        }
    }
}

/// The range (exclusive, inclusive) that answers a request for older events: before a position beyond the log comes its
/// newest page.
fn older_range(before: Seq, head: Seq) -> (Seq, Seq) {
    let upto = Seq(before.0.saturating_sub(1)).min(head);
    (Seq(upto.0.saturating_sub(limits::NEWEST_PAGE)), upto)
}

/// The range (exclusive, inclusive) that answers a request for newer events.
fn newer_range(after: Seq) -> (Seq, Seq) {
    (after, Seq(after.0.saturating_add(limits::RESUME_EVENTS)))
}

pub(super) fn nothing(context: Context<'_>) -> Outcome {
    Outcome { pace: context.pace.clone(), writes: Vec::new(), marks: None, sends: Vec::new() }
}

fn begin(context: Context<'_>) -> Result<Write, Reject> {
    let Principal::Visitor(claims) = &context.seat.principal else {
        return Err(Code::NotFound.into());
    };
    Ok(Write::Begin {
        identity: Identity {
            workspace: claims.workspace,
            party: Party::Visitor { site: claims.site, visitor: claims.visitor },
            epoch: context.epoch,
            began_at: context.now,
        },
        page: context.seat.page.clone(),
        who: claims.identity.clone(),
    })
}

fn author(principal: &Principal) -> Author {
    match principal {
        Principal::Visitor(_) => Author::Visitor,
        Principal::Agent { profile, .. } => Author::Agent(profile.clone()),
    }
}

fn visitor_deed(command: &VisitorCommand) -> Result<Deed, Code> {
    match command {
        VisitorCommand::Message { text } => message(text, None),
        VisitorCommand::Reply { to, text } => message(text, Some(*to)),
        VisitorCommand::Edit { of, text } => {
            amend(PublicKind::Edited { of: *of, text: MessageText::parse(text)? })
        }
        VisitorCommand::Delete { of } => amend(PublicKind::Deleted { of: *of }),
        VisitorCommand::File(file) => Ok(public_file(file)),
        VisitorCommand::End => {
            Ok(Deed { action: Action::End, kind: AgentKind::Public(PublicKind::Resolved) })
        }
        VisitorCommand::Rate { stars, comment } => {
            let rating = Rating::parse(*stars, comment)?;
            Ok(Deed { action: Action::Rate, kind: AgentKind::Public(PublicKind::Rated(rating)) })
        }
    }
}

fn agent_deed(command: &AgentCommand) -> Result<Deed, Code> {
    let status = |kind| Deed { action: Action::ChangeStatus, kind: AgentKind::Public(kind) };
    match command {
        AgentCommand::Message { text } => message(text, None),
        AgentCommand::Note { text } => note(text, None),
        AgentCommand::Reply { to, text } => message(text, Some(*to)),
        AgentCommand::ReplyByNote { to, text } => note(text, Some(*to)),
        AgentCommand::Resolve => Ok(status(PublicKind::Resolved)),
        AgentCommand::Reopen => Ok(status(PublicKind::Reopened)),
        AgentCommand::Edit { of, text } => {
            amend(PublicKind::Edited { of: *of, text: MessageText::parse(text)? })
        }
        AgentCommand::Delete { of } => amend(PublicKind::Deleted { of: *of }),
        AgentCommand::EditNote { of, text } => {
            amend_note(PrivateKind::NoteEdited { of: *of, text: MessageText::parse(text)? })
        }
        AgentCommand::DeleteNote { of } => amend_note(PrivateKind::NoteDeleted { of: *of }),
        AgentCommand::File(file) => Ok(public_file(file)),
        AgentCommand::Handle(step) => Ok(handle(step)),
        AgentCommand::Say { what, seen: _ } => agent_deed(&what.clone().into()),
        AgentCommand::NoteFile(file) => {
            Ok(Deed { action: Action::WriteNote, kind: AgentKind::Private(PrivateKind::File(file.clone())) })
        }
    }
}

fn message(text: &str, reply_to: Option<MessageName>) -> Result<Deed, Code> {
    let kind = PublicKind::Message { text: MessageText::parse(text)?, edited: false, reply_to };
    Ok(Deed { action: Action::Write, kind: AgentKind::Public(kind) })
}

fn note(text: &str, reply_to: Option<MessageName>) -> Result<Deed, Code> {
    let kind = PrivateKind::Note { text: MessageText::parse(text)?, edited: false, reply_to };
    Ok(Deed { action: Action::WriteNote, kind: AgentKind::Private(kind) })
}

fn public_file(file: &File) -> Deed {
    Deed { action: Action::Write, kind: AgentKind::Public(PublicKind::File(file.clone())) }
}

fn handle(step: &Handling) -> Deed {
    let action = match step {
        Handling::Wait | Handling::Snooze { .. } | Handling::Open => Action::ChangeStatus,
        Handling::Assign { .. }
        | Handling::Prioritize(_)
        | Handling::Label(_)
        | Handling::Unlabel(_)
        | Handling::HandTo { .. } => Action::Place,
    };
    Deed { action, kind: AgentKind::Private(PrivateKind::Handled(step.clone())) }
}

fn amend(kind: PublicKind) -> Result<Deed, Code> {
    Ok(Deed { action: Action::Amend, kind: AgentKind::Public(kind) })
}

fn amend_note(kind: PrivateKind) -> Result<Deed, Code> {
    Ok(Deed { action: Action::AmendNote, kind: AgentKind::Private(kind) })
}
