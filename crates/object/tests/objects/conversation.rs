//! What a conversation does when a right ends: an agent's, or the workspace's own.

use object::{ConversationObject, Inquiry, Message, News, Side, Told};
use protocol::call::{ConversationCall, Dismissal, Ended, WorkspaceAnswer, WorkspaceCall};
use protocol::codec::Codec;
use protocol::{
    AgentCommand, AgentFrame, AgentId, AgentProfile, AgentTicket, ClientFrame, ClientMessageId, CloseCode,
    Code, ConversationDigest, Hello, Nonce, OutboxId, Passage, Role, Seq, ServerFrame, SessionId, SiteId,
    SocketTarget, Submission, TabId, VisitorClaims, VisitorCommand, VisitorFrame, VisitorId, VisitorIdentity,
    VoucherId, WorkspaceId, codec, limits,
};
use serde::Serialize;
use store::Database as _;
use store::conversation::SqlConversationStore;

use crate::platform::{CONVERSATION, Handle, SECRET, Shared, TestPlatform};

pub(crate) const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
pub(crate) const SITE: SiteId = SiteId::from_bytes([2; 16]);
const ANNA: u8 = 0xa1;
const BEN: u8 = 0xa2;

pub(crate) type Object = ConversationObject<SqlConversationStore<Shared>, Handle>;

/// A conversation that has begun, with its visitor in it.
pub(crate) struct Talk {
    pub(crate) platform: TestPlatform,
    pub(crate) object: Object,
    pub(crate) visitor: Handle,
    next_handle: Handle,
    next_nonce: u8,
    /// What the workspace is to be asked for the newest message.
    asked: Option<Inquiry>,
}

impl Talk {
    /// A conversation that nobody has begun.
    pub(crate) fn unbegun() -> Self {
        Self {
            platform: TestPlatform::new(),
            object: Object::default(),
            visitor: 0,
            next_handle: 0,
            next_nonce: 0,
            asked: None,
        }
    }

    pub(crate) fn new() -> Self {
        let mut talk = Self::unbegun();
        talk.visitor = talk.visitor_comes();
        talk.say(talk.visitor, &message(1));
        talk
    }

    pub(crate) fn claims(&self) -> VisitorClaims {
        VisitorClaims {
            workspace: WORKSPACE,
            site: SITE,
            visitor: VisitorId::from_bytes([3; 16]),
            conversation: CONVERSATION,
            expires_at: self.platform.now.plus(limits::VISITOR_TOKEN_MS),
            identity: None,
            voucher: None,
        }
    }

    /// The same visitor, whom a secret of the site has proven.
    fn claims_by(&self, voucher: u8) -> VisitorClaims {
        let user = Some("anna".to_owned());
        VisitorClaims {
            expires_at: self.platform.now.plus(limits::IDENTIFIED_TOKEN_MS),
            identity: Some(VisitorIdentity { user, ..VisitorIdentity::default() }),
            voucher: Some(VoucherId::from_bytes([voucher; 8])),
            ..self.claims()
        }
    }

    pub(crate) fn visitor_comes(&mut self) -> Handle {
        let claims = self.claims();
        self.visitor_comes_with(&claims)
    }

    pub(crate) fn visitor_comes_with(&mut self, claims: &VisitorClaims) -> Handle {
        self.comes(Side::Visitor, domain::token::sign(SECRET, claims))
    }

    pub(crate) fn agent_comes(&mut self, ticket: &AgentTicket) -> Handle {
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

    pub(crate) fn ticket(&mut self, agent: u8) -> AgentTicket {
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

    pub(crate) fn say<F: Serialize>(&mut self, handle: Handle, frame: &F) {
        let bytes = Message::Binary(codec::to_bytes(frame));
        self.asked = self.object.receive(&mut self.platform, &handle, &bytes);
    }

    fn end(&mut self, ended: Ended) {
        let call = ConversationCall::Dismiss { ended, at: self.platform.now };
        self.object.answer(&mut self.platform, call).expect("dismissed");
    }

    fn leaves(&mut self, handle: Handle) -> Option<WorkspaceCall> {
        let parting = self.object.closed(&mut self.platform, &handle, 1000);
        self.platform.attachments.remove(&handle);
        parting.map(|parting| parting.call)
    }

    /// The workspace answers to what was asked for the newest message.
    fn vouched(&mut self, handle: Handle, answer: Result<WorkspaceAnswer, Code>) -> Option<WorkspaceCall> {
        let inquiry = self.asked.take().expect("a question");
        let parting = self.object.vouched(&mut self.platform, &handle, inquiry, answer.map_err(Into::into));
        parting.map(|parting| parting.call)
    }

    /// What the workspace is to be asked, which is answered later.
    pub(crate) fn take_question(&mut self) -> Inquiry {
        self.asked.take().expect("a question")
    }

    /// It is answered.
    pub(crate) fn answer_question(
        &mut self,
        handle: Handle,
        inquiry: Inquiry,
        answer: Result<WorkspaceAnswer, Code>,
    ) {
        drop(self.object.vouched(&mut self.platform, &handle, inquiry, answer.map_err(Into::into)));
    }

    fn keep_vouching(&self, token: &VisitorClaims) -> WorkspaceCall {
        WorkspaceCall::KeepVouching {
            conversation: CONVERSATION,
            site: SITE,
            visitor: token.visitor,
            voucher: token.voucher,
            at: self.platform.now,
        }
    }

    fn stop_vouching(&self) -> WorkspaceCall {
        WorkspaceCall::StopVouching { conversation: CONVERSATION, at: self.platform.now }
    }

    pub(crate) fn dismiss(&mut self, agent: u8, session: Option<u8>, may_return: bool) {
        let dismissal = Dismissal {
            agent: AgentId::from_bytes([agent; 16]),
            session: session.map(|session| SessionId::from_bytes([session; 16])),
            may_return,
        };
        let call = ConversationCall::Dismiss { ended: Ended::Agent(dismissal), at: self.platform.now };
        self.object.answer(&mut self.platform, call).expect("dismissed");
    }

    /// The site is removed.
    pub(crate) fn site_ends(&mut self) {
        self.end(Ended::Site(SITE));
    }

    /// The workspace is told all that there is to tell.
    pub(crate) fn tell_all(&mut self) {
        while let Some(news) = self.object.rang(&mut self.platform) {
            let (_, passage) = of_visitor(&news);
            let (state, upto) = (news.state(), passage.upto);
            self.object.has_told(&mut self.platform, state, Ok(upto));
        }
    }

    pub(crate) fn erase(&mut self, workspace: WorkspaceId) -> Result<(), Code> {
        let call = ConversationCall::Erase { workspace };
        self.object.answer(&mut self.platform, call).map(drop).map_err(|reject| reject.code)
    }

    /// The object forgets what is in memory.
    pub(crate) fn evict(&mut self) {
        self.object = Object::default();
    }

    pub(crate) fn close_code(&self, handle: Handle) -> Option<u16> {
        self.platform.closed.iter().find(|(closed, _)| *closed == handle).map(|(_, code)| *code)
    }

    pub(crate) fn told(&self, handle: Handle) -> usize {
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

    pub(crate) fn tables(&self) -> Vec<String> {
        let rows = self
            .platform
            .database
            .run("SELECT name FROM sqlite_master ORDER BY name", Vec::new())
            .expect("read");
        rows.into_iter().map(|row| format!("{row:?}")).collect()
    }
}

/// What is told of a conversation with a visitor.
pub(crate) fn of_visitor(news: &News) -> (&ConversationDigest, &Passage) {
    let Told::Conversation { digest, passage } = &news.told else { panic!("no private chat") };
    (digest, passage)
}

pub(crate) fn message(number: u64) -> ClientFrame<VisitorCommand> {
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
fn se1_words_that_the_index_lacks_are_told_on_at_once_though_an_agent_watches() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    talk.agent_comes(&ticket);
    let news = talk.object.rang(&mut talk.platform).expect("news");
    assert!(of_visitor(&news).1.upto > Seq::START);
    talk.object.has_told(&mut talk.platform, news.state(), Ok(Seq::START));
    assert_eq!(talk.platform.alarm, Some(talk.platform.now.plus(20)));
    let more = talk.object.rang(&mut talk.platform).expect("more news");
    talk.object.has_told(&mut talk.platform, more.state(), Ok(of_visitor(&more).1.upto));
    assert!(talk.object.rang(&mut talk.platform).is_none(), "all is known");
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
fn st12_what_was_kept_with_a_socket_of_the_dismissed_is_stored_in_that_turn() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    let desk = talk.agent_comes(&ticket);
    assert!(talk.leaves(talk.visitor).is_none());
    talk.say(desk, &ClientFrame::<()>::Read { upto: Seq(1) });
    talk.dismiss(ANNA, None, false);
    // The connection is gone before its close was heard of.
    talk.platform.attachments.remove(&desk);
    talk.evict();
    assert_eq!(talk.marks(), Seq(1));
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
    let call = ConversationCall::Dismiss { ended: Ended::Agent(dismissal), at };
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
fn st12_a_mark_outlives_the_socket_it_was_kept_with_also_where_storage_cannot_be_read() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    let anna = talk.agent_comes(&ticket);
    talk.say(anna, &ClientFrame::<()>::Read { upto: Seq(1) });
    talk.evict();
    talk.platform.is_storage_down = true;
    talk.leaves(anna);
    talk.platform.is_storage_down = false;
    talk.evict();
    assert_eq!(talk.marks(), Seq(1), "the visitor's socket has it");
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

#[test]
fn si5_a_removed_site_closes_its_visitors_sockets_and_its_tokens_open_none() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let token = talk.claims();
        let ticket = talk.ticket(ANNA);
        let anna = talk.agent_comes(&ticket);
        if is_evicted {
            talk.evict();
        }
        talk.end(Ended::Site(SiteId::from_bytes([9; 16])));
        assert_eq!(talk.close_code(talk.visitor), None, "another site");
        let before = talk.told(talk.visitor);
        talk.end(Ended::Site(SITE));
        assert_eq!(talk.close_code(talk.visitor), Some(4404));
        assert_eq!(talk.close_code(anna), None);
        talk.say(anna, &ClientFrame::<()>::Typing { on: true });
        talk.say(talk.visitor, &message(2));
        assert_eq!(talk.told(talk.visitor), before, "nothing after it");
        if is_evicted {
            talk.evict();
        }
        talk.platform.now = talk.platform.now.plus(100 * 24 * 3_600_000);
        let again = talk.visitor_comes_with(&token);
        assert_eq!((talk.close_code(again), talk.asked.is_some()), (Some(4404), false));
    }
}

#[test]
fn id10_an_ended_secret_closes_the_sockets_that_it_vouched_for_and_no_others() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let (old, new) = (talk.claims_by(1), talk.claims_by(2));
        let [by_old, by_new] = [&old, &new].map(|claims| talk.visitor_comes_with(claims));
        if is_evicted {
            talk.evict();
        }
        let voucher = VoucherId::from_bytes([1; 8]);
        talk.end(Ended::Voucher(SiteId::from_bytes([9; 16]), voucher));
        assert_eq!(talk.close_code(by_old), None, "another site");
        talk.end(Ended::Voucher(SITE, voucher));
        assert_eq!(
            [by_old, by_new, talk.visitor].map(|handle| talk.close_code(handle)),
            [Some(4401), None, None]
        );
        if is_evicted {
            talk.evict();
        }
        let comers = [&old, &new].map(|claims| talk.visitor_comes_with(claims));
        assert_eq!(comers.map(|handle| talk.close_code(handle)), [Some(4401), None]);
    }
}

/// What the workspace may answer about a visitor's token, and how their socket is closed then.
fn answers() -> [(Result<WorkspaceAnswer, Code>, Option<u16>); 5] {
    [
        (Ok(WorkspaceAnswer::Done), None),
        (Err(Code::UnknownSite), Some(4404)),
        (Err(Code::BadIdentity), Some(4401)),
        (Err(Code::Forbidden), Some(4403)),
        (Err(Code::Unavailable), Some(4000)),
    ]
}

#[test]
fn bv2_a_blocked_visitor_is_out_by_whatever_token_until_they_are_readmitted() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let visitor = talk.claims().visitor;
        let ticket = talk.ticket(ANNA);
        let anna = talk.agent_comes(&ticket);
        if is_evicted {
            talk.evict();
        }
        talk.end(Ended::Visitor(VisitorId::from_bytes([9; 16])));
        assert_eq!(talk.close_code(talk.visitor), None, "another visitor");
        let before = talk.told(talk.visitor);
        talk.end(Ended::Visitor(visitor));
        assert_eq!((talk.close_code(talk.visitor), talk.close_code(anna)), (Some(4403), None));
        talk.say(talk.visitor, &message(2));
        assert_eq!(talk.told(talk.visitor), before, "nothing after it");
        talk.platform.now = talk.platform.now.plus(400 * 24 * 3_600_000);
        if is_evicted {
            talk.evict();
        }
        for token in [talk.claims(), talk.claims_by(1)] {
            let again = talk.visitor_comes_with(&token);
            assert_eq!((talk.close_code(again), talk.asked.is_some()), (Some(4403), false));
        }
        let readmit = ConversationCall::Readmit { visitor };
        talk.object.answer(&mut talk.platform, readmit).expect("let in");
        let again = talk.visitor_comes();
        assert!(talk.object.is_seated(&again));
    }
}

#[test]
fn bv2_where_nothing_was_said_yet_a_blocked_visitor_is_asked_about_each_time() {
    let mut talk = Talk::unbegun();
    let token = talk.claims();
    let handle = talk.visitor_comes_with(&token);
    assert!(talk.vouched(handle, Ok(WorkspaceAnswer::Done)).is_none());
    talk.end(Ended::Visitor(token.visitor));
    assert_eq!(talk.close_code(handle), Some(4403));
    let again = talk.visitor_comes_with(&token);
    drop(talk.vouched(again, Err(Code::Forbidden)));
    assert_eq!(talk.close_code(again), Some(4403));
    let readmitted = talk.visitor_comes_with(&token);
    assert!(talk.vouched(readmitted, Ok(WorkspaceAnswer::Done)).is_none());
    assert!(talk.object.is_seated(&readmitted));
}

#[test]
fn si5_where_nothing_was_said_yet_the_workspace_is_asked_before_an_older_token_is_let_in() {
    for (answer, close) in answers() {
        let mut talk = Talk::unbegun();
        let token = talk.claims_by(1);
        talk.platform.now = talk.platform.now.plus(limits::VOUCHED_MS);
        let handle = talk.visitor_comes_with(&token);
        let inquiry = talk.asked.as_ref().expect("a question");
        assert_eq!(inquiry.workspace, WORKSPACE);
        assert!(inquiry.call == talk.keep_vouching(&token));
        assert_eq!((talk.told(handle), talk.close_code(handle)), (0, None), "nothing before the answer");
        let parting = talk.vouched(handle, answer);
        assert_eq!((talk.close_code(handle), talk.object.is_seated(&handle)), (close, close.is_none()));
        assert!(parting == close.map(|_| talk.stop_vouching()));
    }
}

#[test]
fn si5_where_nothing_was_said_yet_a_new_token_is_let_in_and_asked_about_afterwards() {
    for (answer, close) in answers() {
        let mut talk = Talk::unbegun();
        let token = talk.claims_by(1);
        let handle = talk.visitor_comes_with(&token);
        assert!(talk.object.is_seated(&handle), "nobody waits");
        assert!(talk.asked.as_ref().is_some_and(|inquiry| inquiry.call == talk.keep_vouching(&token)));
        let parting = talk.vouched(handle, answer);
        assert_eq!((talk.close_code(handle), talk.object.is_seated(&handle)), (close, close.is_none()));
        assert!(parting == close.map(|_| talk.stop_vouching()));
        let tables = talk.platform.database.run("SELECT name FROM sqlite_master", Vec::new());
        assert_eq!(tables.expect("read"), Vec::<Vec<store::Value>>::new(), "nothing is stored");
    }
}

#[test]
fn si5_where_nothing_was_said_yet_a_visitor_is_sent_away_like_any_other() {
    for is_evicted in [false, true] {
        for (ended, close) in
            [(Ended::Site(SITE), 4404), (Ended::Voucher(SITE, VoucherId::from_bytes([1; 8])), 4401)]
        {
            let mut talk = Talk::unbegun();
            let token = talk.claims_by(1);
            let handle = talk.visitor_comes_with(&token);
            assert!(talk.vouched(handle, Ok(WorkspaceAnswer::Done)).is_none());
            if is_evicted {
                talk.evict();
            }
            talk.end(ended);
            assert_eq!((talk.close_code(handle), talk.object.is_seated(&handle)), (Some(close), false));
            talk.say(handle, &message(1));
            assert!(talk.leaves(handle).is_none(), "the workspace has crossed it out");
            let again = talk.visitor_comes_with(&token);
            assert_eq!(
                (talk.close_code(again), talk.asked.is_some()),
                (Some(close), false),
                "as new as it is"
            );
        }
    }
}

#[test]
fn si5_the_workspace_is_told_when_the_last_visitor_leaves_who_has_said_nothing() {
    for is_evicted in [false, true] {
        let mut talk = Talk::unbegun();
        let token = talk.claims();
        let [first, second] = [1, 2].map(|_| {
            let handle = talk.visitor_comes_with(&token);
            assert!(talk.vouched(handle, Ok(WorkspaceAnswer::Done)).is_none());
            handle
        });
        if is_evicted {
            talk.evict();
        }
        assert!(talk.leaves(first).is_none(), "there is another");
        assert!(talk.leaves(second) == Some(talk.stop_vouching()));
    }
    let mut talk = Talk::new();
    assert!(talk.leaves(talk.visitor).is_none(), "something was said");
}

#[test]
fn si5_who_leaves_before_the_workspace_has_answered_is_told_of_after_the_answer() {
    let mut talk = Talk::unbegun();
    let token = talk.claims();
    let handle = talk.visitor_comes_with(&token);
    assert!(talk.leaves(handle).is_none());
    assert!(talk.vouched(handle, Ok(WorkspaceAnswer::Done)) == Some(talk.stop_vouching()));
}

#[test]
fn si5_who_has_begun_by_the_time_stays_though_the_workspace_could_not_be_asked() {
    let mut talk = Talk::unbegun();
    let handle = talk.visitor_comes();
    let inquiry = talk.asked.take();
    talk.say(handle, &message(1));
    talk.asked = inquiry;
    assert!(talk.vouched(handle, Err(Code::Unavailable)).is_none());
    assert_eq!((talk.close_code(handle), talk.object.is_seated(&handle)), (None, true));
}

#[test]
fn si5_nobody_is_asked_for_a_visitor_of_another_conversation() {
    let mut talk = Talk::unbegun();
    let conversation = protocol::ConversationId::from_bytes([8; 32]);
    let token = VisitorClaims { conversation, ..talk.claims() };
    talk.platform.now = talk.platform.now.plus(limits::VOUCHED_MS);
    let handle = talk.visitor_comes_with(&token);
    assert_eq!((talk.asked.is_some(), talk.close_code(handle)), (false, Some(4404)));
}

#[test]
fn si5_a_conversation_that_has_begun_asks_nobody() {
    let mut talk = Talk::new();
    let token = talk.claims();
    talk.platform.now = talk.platform.now.plus(limits::VOUCHED_MS);
    let again = talk.visitor_comes_with(&token);
    assert!(talk.asked.is_none() && talk.object.is_seated(&again));
}

#[test]
fn id6_the_socket_of_a_known_visitor_ends_with_their_session() {
    let mut talk = Talk::new();
    let token = talk.claims_by(1);
    let known = talk.visitor_comes_with(&token);
    let ticket = talk.ticket(ANNA);
    talk.agent_comes(&ticket);
    talk.platform.now = token.expires_at;
    let before = talk.told(known);
    talk.say(talk.visitor, &message(2));
    assert_eq!((talk.close_code(known), talk.told(known)), (Some(4401), before));
    assert_eq!(talk.close_code(talk.visitor), None);
}

#[test]
fn cv10_the_fifty_first_socket_is_refused_before_it_is_accepted_and_the_others_stay() {
    let mut talk = Talk::new();
    for number in 1..limits::SOCKETS_PER_OBJECT {
        let agent = 0x10 + u8::try_from(number / limits::SOCKETS_PER_AGENT).expect("few");
        let ticket = talk.ticket(agent);
        talk.agent_comes(&ticket);
    }
    for side in [Side::Visitor, Side::Agent] {
        let asked = talk.object.may_accept(&mut talk.platform, side, Codec::Json);
        assert_eq!(asked.err(), Some(Code::TooManySockets));
    }
    assert_eq!(talk.platform.closed, [], "nobody has to go for them");
    let before: Vec<_> = (1..=50).map(|handle| talk.told(handle)).collect();
    talk.say(talk.visitor, &message(2));
    let after: Vec<_> = (1..=50).map(|handle| talk.told(handle)).collect();
    assert!(before.iter().zip(&after).all(|(before, after)| after > before), "all fifty hear of it");
    talk.leaves(50);
    assert!(talk.object.may_accept(&mut talk.platform, Side::Agent, Codec::Json).is_ok(), "there is room");
}

#[test]
fn cv10_of_a_hundred_sockets_of_one_visitor_five_are_let_in() {
    let mut talk = Talk::unbegun();
    let handles: Vec<_> = (0..100)
        .filter_map(|_| {
            let room = talk.object.may_accept(&mut talk.platform, Side::Visitor, Codec::Postcard);
            room.is_ok().then(|| talk.visitor_comes())
        })
        .collect();
    let turned_away: Vec<_> =
        handles.iter().filter(|handle| talk.close_code(**handle) == Some(4429)).collect();
    assert_eq!(
        (handles.len(), turned_away.len()),
        (50, 45),
        "what was turned away still counts until it is gone"
    );
    assert!(handles[..5].iter().all(|handle| talk.object.is_seated(handle)));
    assert!(handles[5..].iter().all(|handle| !talk.object.is_seated(handle)));
}

#[test]
fn cv10_the_eleventh_socket_of_one_agent_is_turned_away_and_a_colleague_is_let_in() {
    let mut talk = Talk::new();
    let mut comes = |agent| {
        let ticket = talk.ticket(agent);
        let handle = talk.agent_comes(&ticket);
        (talk.object.is_seated(&handle), talk.close_code(handle))
    };
    for _ in 0..limits::SOCKETS_PER_AGENT {
        assert_eq!(comes(ANNA), (true, None));
    }
    assert_eq!(comes(ANNA), (false, Some(4429)));
    assert_eq!(comes(0x10), (true, None));
}

#[test]
fn lg2_who_asks_for_a_conversation_of_others_is_told_to_who_watches_the_log() {
    let mut talk = Talk::new();
    let foreign = [
        VisitorClaims { visitor: VisitorId::from_bytes([9; 16]), ..talk.claims() },
        VisitorClaims {
            site: SiteId::from_bytes([9; 16]),
            visitor: VisitorId::from_bytes([9; 16]),
            ..talk.claims()
        },
        VisitorClaims { workspace: WorkspaceId::from_bytes([9; 16]), ..talk.claims() },
    ];
    for (number, claims) in foreign.iter().enumerate() {
        let stranger = talk.visitor_comes_with(claims);
        assert_eq!(talk.close_code(stranger), Some(4404), "{claims:?}");
        assert_eq!(talk.platform.not_taken.borrow().len(), number + 1);
    }
    let ticket = AgentTicket { workspace: WorkspaceId::from_bytes([9; 16]), ..talk.ticket(ANNA) };
    let stranger = talk.agent_comes(&ticket);
    assert_eq!(talk.close_code(stranger), Some(4404));
    assert_eq!(*talk.platform.not_taken.borrow(), ["a conversation of others"; 4]);
}

#[test]
fn pr3_who_watches_the_log_is_told_once_what_a_socket_is_closed_for_and_nothing_of_what_it_was() {
    let told = |talk: &Talk| talk.platform.not_taken.borrow().clone();
    let mut talk = Talk::new();
    let forbidden: ClientFrame<AgentCommand> = ClientFrame::Submit(Submission {
        client_message_id: ClientMessageId::from_bytes([9; 16]),
        outbox: OutboxId::from_bytes([9; 16]),
        number: 1,
        command: AgentCommand::Note { text: "secret".to_owned() },
    });
    let readers = AgentTicket {
        permissions: protocol::Permissions::of(&[protocol::Permission::ReadConversations]),
        ..talk.ticket(ANNA)
    };
    let anna = talk.agent_comes(&readers);
    for _ in 0..10 {
        talk.say(anna, &forbidden);
    }
    assert_eq!(told(&talk), ["what its side may not do"]);
    let garbage = Message::Binary(vec![1, 0xff, 0xff]);
    for _ in 0..limits::BAD_FRAMES {
        talk.object.receive(&mut talk.platform, &anna, &garbage);
    }
    assert_eq!(talk.close_code(anna), Some(4400));
    assert_eq!(told(&talk)[1..], ["bad frames again and again"]);
    let big = Message::Binary(vec![1; limits::FRAME_BYTES + 1]);
    talk.object.receive(&mut talk.platform, &talk.visitor, &big);
    let text = Message::Text("quokka".to_owned());
    talk.object.receive(&mut talk.platform, &talk.visitor, &text);
    assert_eq!(told(&talk)[2..], ["a frame that is too big", "a frame of the wrong kind"]);
}
