//! A conversation with a visitor and an agent in it, and a clock that is moved by hand.

use domain::Conversation;
use domain::access::Principal;
use domain::conversation::{Context, Outcome, Pace, Request, Seat, Send, StoredEvent, Write};
use domain::files::Upload;
use protocol::{
    AgentCommand, AgentId, AgentProfile, ClientFrame, ClientMessageId, ConversationDigest, ConversationId,
    Epoch, File, OutboxId, Reject, Role, Seq, SiteId, Submission, TabId, TeamId, Timestamp, VisitorClaims,
    VisitorCommand, VisitorId, VisitorIdentity, WorkspaceId,
};

pub(crate) const CONVERSATION: ConversationId = ConversationId::from_bytes([3; 32]);
pub(crate) const EPOCH: Epoch = Epoch::from_bytes([5; 16]);
pub(crate) const VISITOR: VisitorId = VisitorId::from_bytes([4; 16]);
const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);

pub(crate) struct Scene {
    pub(crate) conversation: Conversation,
    pub(crate) events: Vec<StoredEvent>,
    /// What is kept of the file that is said next.
    pub(crate) upload: Option<Upload>,
    /// The team that the visitor has chosen.
    pub(crate) chosen_team: Option<TeamId>,
    pace: Pace,
    now: Timestamp,
    runs: bool,
    ids: u8,
    visitor_number: u64,
    agent_number: u64,
}

/// What followed from a request, already taken up.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Answer {
    pub(crate) writes: Vec<Write>,
    pub(crate) sends: Vec<Send>,
}

impl Scene {
    pub(crate) fn new() -> Self {
        Self {
            conversation: Conversation::default(),
            events: Vec::new(),
            upload: None,
            chosen_team: None,
            pace: Pace::default(),
            now: Timestamp(1_790_000_000_000),
            runs: true,
            ids: 0,
            visitor_number: 0,
            agent_number: 0,
        }
    }

    /// From here on only [`Self::pass`] moves the clock.
    pub(crate) fn stop_clock(&mut self) {
        self.runs = false;
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.now
    }

    /// The alarm rings.
    pub(crate) fn comes_up(&mut self) -> bool {
        let outcome = self.conversation.come_up(&self.pace, self.now);
        self.happens(outcome)
    }

    /// The workspace gives it to somebody, as it knew it at a digest.
    pub(crate) fn is_given(&mut self, known: &ConversationDigest, to: Option<AgentId>) -> bool {
        let known = (known.epoch, known.revision);
        let outcome = self.conversation.give(&self.pace, known, to, self.now);
        self.happens(outcome)
    }

    /// It is handed to the team that its visitor has chosen.
    pub(crate) fn is_led_to(&mut self, team: TeamId) -> bool {
        let outcome = self.conversation.lead_to(&self.pace, team, self.now);
        self.happens(outcome)
    }

    fn happens(&mut self, outcome: Option<Outcome>) -> bool {
        let Some(outcome) = outcome else { return false };
        for write in &outcome.writes {
            self.conversation.apply(write);
            if let Write::Append(event) = write {
                self.events.push(event.clone());
            }
        }
        true
    }

    pub(crate) fn pass(&mut self, milliseconds: u64) {
        self.now = self.now.plus(milliseconds);
    }

    pub(crate) fn visitor_says(&mut self, text: &str) -> Result<Answer, Reject> {
        let submission = self.next_of_visitor(text);
        self.submit(submission)
    }

    pub(crate) fn next_of_visitor(&mut self, text: &str) -> Submission<VisitorCommand> {
        self.visitor_number += 1;
        self.submission(1, self.visitor_number, VisitorCommand::Message { text: text.to_owned() })
    }

    /// The visitor's next message; its number is used up only if it is accepted.
    pub(crate) fn peek_of_visitor(&mut self, text: &str) -> Submission<VisitorCommand> {
        let stored = self.events.iter().filter(|event| event.author == protocol::Author::Visitor).count();
        self.submission(1, stored as u64 + 1, VisitorCommand::Message { text: text.to_owned() })
    }

    pub(crate) fn next_of_agent(&mut self, command: AgentCommand) -> Submission<AgentCommand> {
        self.agent_number += 1;
        self.submission(2, self.agent_number, command)
    }

    pub(crate) fn agent_asks(&mut self, command: AgentCommand) -> Result<Answer, Reject> {
        let submission = self.next_of_agent(command);
        let result = self.ask(&agent_seat(), Request::Agent(ClientFrame::Submit(submission)));
        if result.is_err() {
            self.agent_number -= 1;
        }
        result
    }

    pub(crate) fn submit(&mut self, submission: Submission<VisitorCommand>) -> Result<Answer, Reject> {
        self.ask(&visitor_seat(), Request::Visitor(ClientFrame::Submit(submission)))
    }

    pub(crate) fn visitor_sends(&mut self, file: File) -> Result<Answer, Reject> {
        self.visitor_number += 1;
        let submission = self.submission(1, self.visitor_number, VisitorCommand::File(file));
        let result = self.submit(submission);
        if result.is_err() {
            self.visitor_number -= 1;
        }
        result
    }

    pub(crate) fn agent_reads(&mut self, upto: u64) {
        self.ask(&agent_seat(), Request::Agent(ClientFrame::Read { upto: Seq(upto) }))
            .expect("never refused");
    }

    pub(crate) fn visitor_reads(&mut self, upto: u64) {
        self.ask(&visitor_seat(), Request::Visitor(ClientFrame::Read { upto: Seq(upto) }))
            .expect("never refused");
    }

    pub(crate) fn digest(&self) -> Option<ConversationDigest> {
        self.conversation.digest(CONVERSATION)
    }

    pub(crate) fn visitor_says_whole(&mut self, text: &str) -> Outcome {
        let submission = self.next_of_visitor(text);
        self.perform(&visitor_seat(), Request::Visitor(ClientFrame::Submit(submission))).expect("accepted")
    }

    pub(crate) fn agent_asks_whole(&mut self, command: AgentCommand) -> Outcome {
        let submission = self.next_of_agent(command);
        self.perform(&agent_seat(), Request::Agent(ClientFrame::Submit(submission))).expect("accepted")
    }

    pub(crate) fn ask(&mut self, seat: &Seat, request: Request) -> Result<Answer, Reject> {
        let outcome = self.perform(seat, request)?;
        Ok(Answer { writes: outcome.writes, sends: outcome.sends })
    }

    fn perform(&mut self, seat: &Seat, request: Request) -> Result<Outcome, Reject> {
        if self.runs {
            self.now = self.now.plus(1_000);
        }
        let (now, pace, upload) = (self.now, &self.pace, self.upload.as_ref());
        let chosen_team = self.chosen_team;
        let context =
            Context { now, conversation: CONVERSATION, seat, pace, epoch: EPOCH, upload, chosen_team };
        let outcome = self.conversation.handle(context, request)?;
        for write in &outcome.writes {
            self.conversation.apply(write);
            if let Write::Append(event) = write {
                self.events.push(event.clone());
            }
        }
        if let Some(marks) = outcome.marks.clone() {
            self.conversation.keep_marks(marks);
        }
        self.pace.clone_from(&outcome.pace);
        Ok(outcome)
    }

    fn submission<C>(&mut self, outbox: u8, number: u64, command: C) -> Submission<C> {
        self.ids += 1;
        Submission {
            client_message_id: ClientMessageId::from_bytes([self.ids; 16]),
            outbox: OutboxId::from_bytes([outbox; 16]),
            number,
            command,
        }
    }
}

pub(crate) fn visitor_seat() -> Seat {
    visitor_seat_of(None)
}

/// The visitor with a token that says something of them.
pub(crate) fn visitor_seat_of(identity: Option<VisitorIdentity>) -> Seat {
    seat_of(VISITOR, CONVERSATION, identity)
}

/// Another visitor of the same site, with a good token of their own.
pub(crate) fn stranger_seat() -> Seat {
    seat_of(VisitorId::from_bytes([8; 16]), ConversationId::from_bytes([8; 32]), None)
}

fn seat_of(visitor: VisitorId, conversation: ConversationId, identity: Option<VisitorIdentity>) -> Seat {
    let claims = VisitorClaims {
        workspace: WORKSPACE,
        site: SiteId::from_bytes([2; 16]),
        visitor,
        conversation,
        expires_at: Timestamp(i64::MAX),
        identity,
        voucher: None,
    };
    Seat { principal: Principal::Visitor(claims), tab: TabId::from_bytes([1; 8]), page: None }
}

pub(crate) fn agent_profile() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes([9; 16]), name: "Anna".to_owned() }
}

pub(crate) fn agent_seat() -> Seat {
    let permissions = Role::Agent.built_in_permissions().expect("built in");
    let principal = Principal::Agent { workspace: WORKSPACE, profile: agent_profile(), permissions };
    Seat { principal, tab: TabId::from_bytes([2; 8]), page: None }
}
