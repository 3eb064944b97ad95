//! An agent who speaks the protocol.

use protocol::codec::Codec;
use protocol::http::account::Me;
use protocol::http::workspace::{TicketAnswer, TicketRequest};
use protocol::{
    AgentCommand, AgentEvent, AgentFrame, AgentRequest, ClientFrame, ClientMessageId, ConversationId,
    FeedFrame, FeedRequest, Hello, IndexEntry, OutboxId, Seq, ServerFrame, SocketTarget, Submission, TabId,
    VisitorPresence, Welcome, WorkspaceId,
};
use serde_json::Value;

use crate::http::{Answer, post};
use crate::line::Line;
use crate::person::Person;
use crate::random;
use crate::stage::Stage;

/// A signed-in agent.
#[derive(Debug, Clone)]
pub struct Agent {
    base_url: String,
    port: u16,
    /// The session cookie, as it is sent.
    pub cookie: String,
    /// Who they are.
    pub me: Me,
    /// The workspace in which they act: the first they belong to.
    pub workspace: WorkspaceId,
    outbox: OutboxId,
    number: u64,
}

/// An agent's socket to a conversation.
pub type AgentLine = Line<AgentRequest, AgentFrame>;

/// An agent's socket to the list.
pub type FeedLine = Line<FeedRequest, FeedFrame>;

impl Agent {
    /// Signs the stage's owner in.
    ///
    /// # Panics
    /// If that is refused.
    #[must_use]
    pub fn sign_in(stage: &Stage) -> Self {
        let owner = stage.owner();
        Self::sign_in_as(stage, &owner.email, &owner.password)
    }

    /// Signs somebody in.
    ///
    /// # Panics
    /// If that is refused.
    #[must_use]
    pub fn sign_in_as(stage: &Stage, email: &str, password: &str) -> Self {
        let body = serde_json::json!({ "email": email, "password": password }).to_string();
        let url = format!("{}/api/account/sign-in", stage.base_url());
        let answer = post(&url, &[("Origin", stage.base_url()), ("Content-Type", "application/json")], &body);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let cookie =
            answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()).expect("a cookie");
        let me: Me = answer.json();
        Self {
            base_url: stage.base_url().to_owned(),
            port: stage.port(),
            cookie: cookie.to_owned(),
            workspace: me.workspaces.first().expect("a workspace").id,
            me,
            outbox: OutboxId::from_bytes(random()),
            number: 0,
        }
    }

    /// Somebody who is signed in already.
    ///
    /// # Panics
    /// If they belong to no workspace.
    #[must_use]
    pub fn of(stage: &Stage, person: &Person) -> Self {
        let me: Me = person.get("/api/account/me").json();
        Self {
            base_url: stage.base_url().to_owned(),
            port: stage.port(),
            cookie: person.cookie.clone(),
            workspace: me.workspaces.first().expect("a workspace").id,
            me,
            outbox: OutboxId::from_bytes(random()),
            number: 0,
        }
    }

    /// The same with their mailbox.
    #[must_use]
    pub fn person(&self) -> Person {
        Person::with_cookie(&self.base_url, &self.me.email, &self.cookie)
    }

    /// Asks something about the sites of the workspace, at a path behind theirs, as the inbox does.
    ///
    /// # Panics
    /// If there is no answer.
    #[must_use]
    pub fn ask_of_sites(&self, method: &str, path: &str, body: &Value) -> Answer {
        self.person().send(method, &format!("/api/workspaces/{}/sites{path}", self.workspace), body)
    }

    /// Gets a ticket for a socket.
    #[must_use]
    pub fn ticket(&self, target: SocketTarget) -> String {
        self.ask_ticket(target).json::<TicketAnswer>().ticket
    }

    /// Asks for one.
    #[must_use]
    pub fn ask_ticket(&self, target: SocketTarget) -> Answer {
        let body =
            serde_json::to_string(&TicketRequest { workspace: self.workspace, target }).expect("a body");
        let headers = [
            ("Origin", self.base_url.as_str()),
            ("Content-Type", "application/json"),
            ("Cookie", &self.cookie),
        ];
        post(&format!("{}/api/agent/ticket", self.base_url), &headers, &body)
    }

    /// Opens a socket to a conversation without a word.
    ///
    /// # Errors
    /// The status of a refused upgrade.
    pub fn open(&self, conversation: ConversationId, codec: Codec) -> Result<AgentLine, u16> {
        let path = format!("/api/agent/conversations/{conversation}/socket");
        Line::open(self.port, &path, codec, &[("Origin", &self.base_url)])
    }

    /// Opens a socket to a conversation, with a new outbox, and waits for the welcome.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn connect(&mut self, conversation: ConversationId) -> (AgentLine, Welcome<VisitorPresence>) {
        self.outbox = OutboxId::from_bytes(random());
        self.number = 0;
        let ticket = self.ticket(SocketTarget::Conversation(conversation));
        let mut line = self.open(conversation, Codec::Postcard).expect("the upgrade is accepted");
        line.send(&ClientFrame::Hello(hello(ticket)));
        let welcome = line.until(|frame| match frame {
            ServerFrame::Welcome(welcome) => Some(welcome.clone()),
            _ => None,
        });
        (line, welcome)
    }

    /// Opens a socket to the list of conversations and waits for its first page.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn watch_feed(&self) -> (FeedLine, Vec<IndexEntry>) {
        let ticket = self.ticket(SocketTarget::Feed);
        let mut line = self.open_feed(self.workspace).expect("the upgrade is accepted");
        line.send(&FeedRequest::Hello(hello(ticket)));
        let entries = line.until(|frame| match frame {
            FeedFrame::Welcome { entries, .. } => Some(entries.clone()),
            _ => None,
        });
        (line, entries)
    }

    /// Opens a socket to a workspace's feed without a word.
    ///
    /// # Errors
    /// The status of a refused upgrade.
    pub fn open_feed(&self, workspace: WorkspaceId) -> Result<FeedLine, u16> {
        let path = format!("/api/agent/workspaces/{workspace}/socket");
        Line::open(self.port, &path, Codec::Postcard, &[("Origin", &self.base_url)])
    }

    /// The next command of their outbox.
    #[must_use]
    pub fn submission(&mut self, command: AgentCommand) -> Submission<AgentCommand> {
        self.number += 1;
        Submission {
            client_message_id: ClientMessageId::from_bytes(random()),
            outbox: self.outbox,
            number: self.number,
            command,
        }
    }

    /// Takes the number of a refused submission back: it uses none (SPEC CV2).
    pub const fn take_number_back(&mut self) {
        self.number -= 1;
    }

    /// Asks for something and waits until it is stored.
    ///
    /// # Panics
    /// If it is refused.
    pub fn ask(&mut self, line: &mut AgentLine, command: AgentCommand) -> Seq {
        let submission = self.submission(command);
        let id = submission.client_message_id;
        line.send(&ClientFrame::Submit(submission));
        line.until(|frame| match frame {
            ServerFrame::Accepted { client_message_id, seq, .. } if *client_message_id == id => Some(*seq),
            ServerFrame::Refused(refusal) => panic!("refused: {refusal:?}"),
            _ => None,
        })
    }
}

/// The hello of an agent's new tab.
#[must_use]
pub fn hello(ticket: String) -> Hello {
    Hello { credential: ticket, tab: TabId::from_bytes(random()), cursor: None, page: None }
}

/// Waits for events until as many have come.
pub fn events(line: &mut AgentLine, count: usize) -> Vec<AgentEvent> {
    let mut gathered: Vec<AgentEvent> = Vec::new();
    while gathered.len() < count {
        gathered.extend(line.until(|frame| match frame {
            ServerFrame::Events { events } => Some(events.clone()),
            _ => None,
        }));
    }
    gathered
}

/// Waits until the list tells of a conversation in the wanted state.
pub fn entry(
    line: &mut FeedLine,
    conversation: ConversationId,
    wanted: impl Fn(&IndexEntry) -> bool,
) -> IndexEntry {
    line.until(|frame| match frame {
        FeedFrame::Changed(entry) if entry.conversation == conversation && wanted(entry) => {
            Some(entry.clone())
        }
        _ => None,
    })
}
