//! A visitor who speaks the protocol.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::codec::Codec;
use protocol::http::SessionAnswer;
use protocol::{
    ClientFrame, ClientMessageId, ConversationId, Cursor, Epoch, Event, Hello, OutboxId, Page, PublicEvent,
    PublicKind, Seq, ServerFrame, SiteKey, Submission, TabId, TeamPresence, Timestamp, VisitorClaims,
    VisitorCommand, VisitorFrame, VisitorId, VisitorRequest, Welcome,
};

use crate::http::post;
use crate::line::Line;
use crate::random;
use crate::stage::{PAGE_ORIGIN, Stage};

/// A visitor with a session, and the numbering of their outbox.
#[derive(Debug, Clone)]
pub struct Visitor {
    port: u16,
    /// Their session's token.
    pub token: String,
    /// Their conversation.
    pub conversation: ConversationId,
    outbox: OutboxId,
    number: u64,
}

/// A visitor's socket.
pub type VisitorLine = Line<VisitorRequest, VisitorFrame>;

impl Visitor {
    /// Begins a session on the stage's site.
    #[must_use]
    pub fn arrive(stage: &Stage) -> Self {
        Self::begin(stage, &format!("{{\"site\":\"{}\"}}", stage.site_key()))
    }

    /// Begins a session on a site of any workspace.
    #[must_use]
    pub fn arrive_at(stage: &Stage, site: SiteKey) -> Self {
        Self::begin(stage, &format!("{{\"site\":\"{site}\"}}"))
    }

    /// Takes up the session of a token.
    #[must_use]
    pub fn with_token(stage: &Stage, token: &str) -> Self {
        Self::begin(stage, &format!("{{\"site\":\"{}\",\"token\":\"{token}\"}}", stage.site_key()))
    }

    /// Who they are, as their token says.
    ///
    /// # Panics
    /// If it is none.
    #[must_use]
    pub fn id(&self) -> VisitorId {
        let (claims, _) = self.token.split_once('.').expect("a signed token");
        let claims = URL_SAFE_NO_PAD.decode(claims).expect("base64url");
        postcard::from_bytes::<VisitorClaims>(&claims).expect("a visitor's claims").visitor
    }

    fn begin(stage: &Stage, body: &str) -> Self {
        let url = format!("{}/api/visitor/session", stage.base_url());
        let answer: SessionAnswer = post(&url, &[("Origin", PAGE_ORIGIN)], body).json();
        Self::of_session(stage, answer.token, answer.conversation)
    }

    /// Takes up a session that was asked for elsewhere.
    #[must_use]
    pub fn of_session(stage: &Stage, token: String, conversation: ConversationId) -> Self {
        Self { port: stage.port(), token, conversation, outbox: OutboxId::from_bytes(random()), number: 0 }
    }

    /// Opens a socket without a word.
    ///
    /// # Errors
    /// The status of a refused upgrade.
    pub fn open(&self, codec: Codec) -> Result<VisitorLine, u16> {
        self.open_to(self.conversation, codec)
    }

    /// Opens a socket to any conversation.
    ///
    /// # Errors
    /// The status of a refused upgrade.
    pub fn open_to(&self, conversation: ConversationId, codec: Codec) -> Result<VisitorLine, u16> {
        let path = format!("/api/visitor/conversations/{conversation}/socket");
        Line::open(self.port, &path, codec, &[("Origin", "null")])
    }

    /// The hello of a new tab.
    #[must_use]
    pub fn hello(&self, cursor: Option<Cursor>) -> Hello {
        let page =
            Page { url: format!("{PAGE_ORIGIN}/shop"), title: "Shop".to_owned(), referrer: String::new() };
        Hello { credential: self.token.clone(), tab: TabId::from_bytes(random()), cursor, page: Some(page) }
    }

    /// Opens a socket, says hello, and waits for the welcome.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn connect(&self, codec: Codec, cursor: Option<Cursor>) -> (VisitorLine, Welcome<TeamPresence>) {
        let mut line = self.open(codec).expect("the upgrade is accepted");
        line.send(&ClientFrame::Hello(self.hello(cursor)));
        let welcome = line.until(|frame| match frame {
            ServerFrame::Welcome(welcome) => Some(welcome.clone()),
            _ => None,
        });
        (line, welcome)
    }

    /// Takes the number of a refused submission back: it uses none (SPEC CV2).
    pub const fn take_number_back(&mut self) {
        self.number -= 1;
    }

    /// The next message of their outbox.
    #[must_use]
    pub fn message(&mut self, text: &str) -> Submission<VisitorCommand> {
        self.submission(VisitorCommand::Message { text: text.to_owned() })
    }

    /// The next command of their outbox.
    #[must_use]
    pub fn submission(&mut self, command: VisitorCommand) -> Submission<VisitorCommand> {
        self.number += 1;
        Submission {
            client_message_id: ClientMessageId::from_bytes(random()),
            outbox: self.outbox,
            number: self.number,
            command,
        }
    }

    /// Sends a message and waits until it is stored.
    ///
    /// # Panics
    /// If it is refused.
    pub fn say(&mut self, line: &mut VisitorLine, text: &str) -> Seq {
        let submission = self.message(text);
        line.send(&ClientFrame::Submit(submission.clone()));
        accepted(line, submission.client_message_id).0
    }
}

/// Waits until a submission is stored; tells where, and whether it had been before.
///
/// # Panics
/// If it is refused.
pub fn accepted(line: &mut VisitorLine, id: ClientMessageId) -> (Seq, bool) {
    line.until(|frame| match frame {
        ServerFrame::Accepted { client_message_id, seq, duplicate, .. } if *client_message_id == id => {
            Some((*seq, *duplicate))
        }
        ServerFrame::Refused(refusal) => panic!("refused: {refusal:?}"),
        _ => None,
    })
}

/// Waits for events until as many have come.
pub fn events(line: &mut VisitorLine, count: usize) -> Vec<PublicEvent> {
    let mut gathered: Vec<PublicEvent> = Vec::new();
    while gathered.len() < count {
        gathered.extend(line.until(|frame| match frame {
            ServerFrame::Events { events } => Some(events.clone()),
            _ => None,
        }));
    }
    gathered
}

/// What a message says; `None` for any other event.
#[must_use]
pub fn text_of(event: &Event<PublicKind>) -> Option<&str> {
    match &event.kind {
        PublicKind::Message { text, .. } | PublicKind::Edited { text, .. } => Some(text.as_str()),
        PublicKind::Resolved
        | PublicKind::Reopened
        | PublicKind::Deleted { .. }
        | PublicKind::File(_)
        | PublicKind::Rated(_) => None,
    }
}

/// The cursor of a client that has this event as its newest, or nothing of the log.
#[must_use]
pub fn cursor<K>(epoch: Epoch, newest: Option<&Event<K>>) -> Cursor {
    let (seq, at) = newest.map_or((Seq::START, Timestamp(0)), |event| (event.seq, event.at));
    Cursor { epoch, seq, at }
}
