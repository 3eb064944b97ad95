//! What a conversation does when a right ends: an agent's, or the workspace's own.

use object::{ConversationObject, Message, Side};
use protocol::call::{ConversationCall, Dismissal};
use protocol::codec::Codec;
use protocol::{
    AgentFrame, AgentId, AgentProfile, AgentTicket, ClientFrame, ClientMessageId, CloseCode, Code, Hello,
    Nonce, OutboxId, Role, Seq, ServerFrame, SessionId, SiteId, SocketTarget, Submission, TabId,
    VisitorClaims, VisitorCommand, VisitorFrame, VisitorId, WorkspaceId, codec, limits,
};
use serde::Serialize;
use store::Database as _;
use store::conversation::SqlConversationStore;

use crate::platform::{CONVERSATION, Handle, SECRET, Shared, TestPlatform};

const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
const ANNA: u8 = 0xa1;
const BEN: u8 = 0xa2;

type Object = ConversationObject<SqlConversationStore<Shared>, Handle>;

/// A conversation that has begun, with its visitor in it.
struct Talk {
    platform: TestPlatform,
    object: Object,
    visitor: Handle,
    next_handle: Handle,
    next_nonce: u8,
}

impl Talk {
    fn new() -> Self {
        let mut talk = Self {
            platform: TestPlatform::new(),
            object: Object::default(),
            visitor: 0,
            next_handle: 0,
            next_nonce: 0,
        };
        talk.visitor = talk.visitor_comes();
        talk.say(talk.visitor, &message(1));
        talk
    }

    fn visitor_comes(&mut self) -> Handle {
        let claims = VisitorClaims {
            workspace: WORKSPACE,
            site: SiteId::from_bytes([2; 16]),
            visitor: VisitorId::from_bytes([3; 16]),
            conversation: CONVERSATION,
            expires_at: self.platform.now.plus(limits::VISITOR_TOKEN_MS),
            identity: None,
        };
        self.comes(Side::Visitor, domain::token::sign(SECRET, &claims))
    }

    fn agent_comes(&mut self, ticket: &AgentTicket) -> Handle {
        self.comes(Side::Agent, domain::token::sign(SECRET, ticket))
    }

    fn comes(&mut self, side: Side, credential: String) -> Handle {
        self.next_handle += 1;
        let handle = self.next_handle;
        let attachment =
            self.object.may_accept(&mut self.platform, side, Codec::Postcard).expect("there is room");
        self.object.accepted(&mut self.platform, handle, attachment);
        let tab = TabId::from_bytes([u8::try_from(handle).expect("few"); 8]);
        let hello: ClientFrame<()> = ClientFrame::Hello(Hello { credential, tab, cursor: None, page: None });
        self.say(handle, &hello);
        handle
    }

    fn ticket(&mut self, agent: u8) -> AgentTicket {
        self.next_nonce += 1;
        AgentTicket {
            workspace: WORKSPACE,
            agent: AgentProfile { id: AgentId::from_bytes([agent; 16]), name: "Agent".to_owned() },
            permissions: Role::Agent.built_in_permissions().expect("built in"),
            session: SessionId::from_bytes([agent; 16]),
            target: SocketTarget::Conversation(CONVERSATION),
            nonce: Nonce::from_bytes([self.next_nonce; 16]),
            expires_at: self.platform.now.plus(limits::TICKET_MS),
        }
    }

    fn say<F: Serialize>(&mut self, handle: Handle, frame: &F) {
        let bytes = Message::Binary(codec::to_bytes(frame));
        self.object.receive(&mut self.platform, &handle, &bytes);
    }

    fn leaves(&mut self, handle: Handle) {
        self.object.closed(&mut self.platform, &handle, 1000);
        self.platform.attachments.remove(&handle);
    }

    fn dismiss(&mut self, agent: u8, session: Option<u8>, may_return: bool) {
        let dismissal = Dismissal {
            agent: AgentId::from_bytes([agent; 16]),
            session: session.map(|session| SessionId::from_bytes([session; 16])),
            may_return,
        };
        let call = ConversationCall::Dismiss { dismissal, at: self.platform.now };
        self.object.answer(&mut self.platform, call).expect("dismissed");
    }

    fn erase(&mut self, workspace: WorkspaceId) -> Result<(), Code> {
        let call = ConversationCall::Erase { workspace };
        self.object.answer(&mut self.platform, call).map(drop).map_err(|reject| reject.code)
    }

    /// The object forgets what is in memory.
    fn evict(&mut self) {
        self.object = Object::default();
    }

    fn close_code(&self, handle: Handle) -> Option<u16> {
        self.platform.closed.iter().find(|(closed, _)| *closed == handle).map(|(_, code)| *code)
    }

    fn told(&self, handle: Handle) -> usize {
        self.platform.sent.iter().filter(|(to, _)| *to == handle).count()
    }

    /// What the visitor was told last of the agents who are there.
    fn agents_seen(&self) -> Option<usize> {
        self.platform.sent.iter().rev().filter(|(to, _)| *to == self.visitor).find_map(|(_, message)| {
            let Message::Binary(bytes) = message else { return None };
            match codec::from_bytes::<VisitorFrame>(bytes) {
                Ok(ServerFrame::Presence(team)) => Some(team.agents.len()),
                _ => None,
            }
        })
    }

    /// How far agents have read, as somebody is told who comes now.
    fn marks(&mut self) -> Seq {
        let ticket = self.ticket(BEN);
        let handle = self.agent_comes(&ticket);
        let welcomes = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        let mut marks = welcomes.filter_map(|(_, message)| match message {
            Message::Binary(bytes) => match codec::from_bytes::<AgentFrame>(bytes) {
                Ok(ServerFrame::Welcome(welcome)) => Some(welcome.marks.agents),
                _ => None,
            },
            Message::Text(_) => None,
        });
        marks.next_back().expect("a welcome")
    }

    fn tables(&self) -> Vec<String> {
        let rows = self
            .platform
            .database
            .run("SELECT name FROM sqlite_master ORDER BY name", Vec::new())
            .expect("read");
        rows.into_iter().map(|row| format!("{row:?}")).collect()
    }
}

fn message(number: u64) -> ClientFrame<VisitorCommand> {
    ClientFrame::Submit(Submission {
        client_message_id: ClientMessageId::from_bytes([u8::try_from(number).expect("few"); 16]),
        outbox: OutboxId::from_bytes([9; 16]),
        number,
        command: VisitorCommand::Message { text: "hello".to_owned() },
    })
}

#[test]
fn cv11_two_hundred_refusals_in_a_row_close_the_socket() {
    let mut talk = Talk::new();
    let (visitor, wrong) = (talk.visitor, message(9));
    for _ in 0..199 {
        talk.say(visitor, &wrong);
    }
    assert_eq!(talk.close_code(visitor), None);
    talk.say(visitor, &message(2));
    for _ in 0..199 {
        talk.say(visitor, &wrong);
    }
    assert_eq!(talk.close_code(visitor), None, "what was done begins the count anew");
    let told = talk.told(visitor);
    talk.say(visitor, &wrong);
    assert_eq!(talk.close_code(visitor), Some(CloseCode::TooMany.number()));
    assert_eq!(talk.told(visitor), told, "without a word");
}

#[test]
fn ac7_a_dismissal_closes_the_agents_sockets_and_tells_the_others() {
    for (is_evicted, may_return) in [(false, false), (false, true), (true, false)] {
        let mut talk = Talk::new();
        let tickets = [ANNA, ANNA, BEN].map(|agent| talk.ticket(agent));
        let [first, second, other] = tickets.each_ref().map(|ticket| talk.agent_comes(ticket));
        assert_eq!(talk.agents_seen(), Some(2));
        if is_evicted {
            talk.evict();
        }
        talk.dismiss(ANNA, None, may_return);
        let code = if may_return { CloseCode::Unauthenticated } else { CloseCode::Forbidden };
        assert_eq!([first, second].map(|handle| talk.close_code(handle)), [Some(code.number()); 2]);
        assert_eq!([other, talk.visitor].map(|handle| talk.close_code(handle)), [None; 2]);
        assert_eq!(talk.agents_seen(), Some(1));

        let before = [first, second].map(|handle| talk.told(handle));
        talk.say(talk.visitor, &message(2));
        talk.say(first, &ClientFrame::<()>::Older { before: Seq(9) });
        assert_eq!([first, second].map(|handle| talk.told(handle)), before, "nothing after it");
    }
}

#[test]
fn ac7_the_end_of_one_session_closes_its_own_sockets() {
    let mut talk = Talk::new();
    let here = talk.ticket(ANNA);
    let there = AgentTicket { session: SessionId::from_bytes([5; 16]), ..talk.ticket(ANNA) };
    let [here, there] = [here, there].map(|ticket| talk.agent_comes(&ticket));
    talk.dismiss(ANNA, Some(5), true);
    assert_eq!((talk.close_code(here), talk.close_code(there)), (None, Some(4401)));
}

#[test]
fn ac7_a_ticket_of_before_opens_nothing_and_one_of_after_does() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let [before, of_ben] = [ANNA, BEN].map(|agent| talk.ticket(agent));
        talk.dismiss(ANNA, None, true);
        if is_evicted {
            talk.evict();
        }
        talk.platform.now = talk.platform.now.plus(1);
        let after = talk.ticket(ANNA);
        let opened = [before, of_ben, after].map(|ticket| talk.agent_comes(&ticket));
        assert_eq!(opened.map(|handle| talk.close_code(handle)), [Some(4401), None, None]);
    }
}

#[test]
fn ac7_a_dismissal_that_comes_late_leaves_alone_who_has_come_back_since() {
    let mut talk = Talk::new();
    let at = talk.platform.now;
    talk.platform.now = at.plus(1);
    let ticket = talk.ticket(ANNA);
    let anna = talk.agent_comes(&ticket);
    let dismissal = Dismissal { agent: AgentId::from_bytes([ANNA; 16]), session: None, may_return: true };
    let call = ConversationCall::Dismiss { dismissal, at };
    talk.object.answer(&mut talk.platform, call).expect("dismissed");
    assert_eq!(talk.close_code(anna), None);
}

#[test]
fn ac7_a_mark_that_was_kept_with_a_dismissed_socket_is_stored() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    let anna = talk.agent_comes(&ticket);
    talk.say(anna, &ClientFrame::<()>::Read { upto: Seq(1) });
    talk.evict();
    talk.dismiss(ANNA, None, false);
    talk.leaves(anna);
    talk.leaves(talk.visitor);
    talk.evict();
    assert_eq!(talk.marks(), Seq(1));
}

#[test]
fn ac3_a_ticket_is_good_once_also_when_its_socket_has_left_and_the_object_has_slept() {
    for has_left in [false, true] {
        let mut talk = Talk::new();
        let ticket = talk.ticket(ANNA);
        let first = talk.agent_comes(&ticket);
        assert_eq!(talk.close_code(first), None);
        if has_left {
            talk.leaves(first);
        }
        talk.evict();
        let second = talk.agent_comes(&ticket);
        assert_eq!(talk.close_code(second), Some(4401), "{has_left}");
    }
}

#[test]
fn ac3_talk_as_usual_leaves_nothing_behind() {
    let mut talk = Talk::new();
    let before = talk.tables();
    let ticket = talk.ticket(ANNA);
    let anna = talk.agent_comes(&ticket);
    talk.platform.now = talk.platform.now.plus(limits::TICKET_MS);
    talk.leaves(anna);
    assert_eq!(talk.tables(), before);
}

#[test]
fn ac8_an_agents_socket_ends_after_seven_days_and_a_visitors_does_not() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    let anna = talk.agent_comes(&ticket);
    talk.platform.now = talk.platform.now.plus(limits::AGENT_SOCKET_MS);
    let before = talk.told(anna);
    talk.say(talk.visitor, &message(2));
    assert_eq!((talk.close_code(anna), talk.told(anna)), (Some(4401), before));
    assert_eq!(talk.close_code(talk.visitor), None);
}

#[test]
fn st13_an_erased_conversation_is_gone_for_everybody_and_for_good() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    let anna = talk.agent_comes(&ticket);
    assert_eq!(talk.erase(WorkspaceId::from_bytes([9; 16])), Err(Code::NotFound), "another workspace's");
    assert_eq!(talk.close_code(anna), None);
    assert_eq!(talk.erase(WORKSPACE), Ok(()));
    assert_eq!([anna, talk.visitor].map(|handle| talk.close_code(handle)), [Some(4404); 2]);
    for is_evicted in [false, true] {
        if is_evicted {
            talk.evict();
        }
        assert_eq!(talk.erase(WORKSPACE), Ok(()), "told twice");
        let ticket = talk.ticket(ANNA);
        let comers = [talk.visitor_comes(), talk.agent_comes(&ticket)];
        assert_eq!(comers.map(|handle| talk.close_code(handle)), [Some(4404); 2]);
        talk.say(comers[0], &message(1));
    }
    let rows = talk.platform.database.run("SELECT COUNT(*) FROM event", Vec::new()).expect("read");
    assert_eq!(rows, [[store::Value::Integer(0)]]);
}
