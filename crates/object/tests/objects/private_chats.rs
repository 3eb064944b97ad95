//! Private chats: who is let in, what each is told, what becomes of those who leave, and what the workspace hears.

use std::collections::BTreeSet;

use object::Told;
use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, ConversationRequest, Gather, Job, WorkspaceAnswer,
    WorkspaceCall, WorkspaceRequest,
};
use protocol::{
    AgentCommand, AgentFrame, AgentId, AgentKind, AgentProfile, AgentRequest, ChatForm, Circle, ClientFrame,
    ClientMessageId, Code, ConversationId, Epoch, FeedFrame, GatheringStep, OutboxId, Permission,
    Permissions, PrivateChatDigest, PrivateKind, ReadMarks, Role, Seq, ServerFrame, Submission, Timestamp,
    Unread, WorkspaceId, codec,
};

use crate::conversation::Talk;
use crate::platform::{CONVERSATION, Handle};
use crate::scene::{Scene, WORKSPACE, Who};

const ANNA: u8 = 0xa1;
const BEN: u8 = 0xa2;
const CLEO: u8 = 0xa3;

fn profile(agent: u8) -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes([agent; 16]), name: format!("Agent {agent:x}") }
}

fn pair() -> Circle {
    Circle { form: ChatForm::Pair, members: vec![profile(ANNA), profile(BEN)] }
}

fn group(members: &[u8]) -> Circle {
    let form = ChatForm::Group { name: "Night".to_owned() };
    Circle { form, members: members.iter().map(|member| profile(*member)).collect() }
}

impl Talk {
    fn gather_with(
        &mut self,
        agent: u8,
        permissions: Permissions,
        gather: Gather,
    ) -> CallResult<ConversationAnswer> {
        let request = ConversationRequest::Gather(gather);
        let agent = profile(agent);
        let call =
            ConversationCall::As { workspace: WORKSPACE, agent, permissions, request: Box::new(request) };
        self.object.answer(&mut self.platform, call)
    }

    fn gather(&mut self, agent: u8, gather: Gather) -> Result<(), Code> {
        let permissions = Role::Agent.built_in_permissions().expect("built in");
        self.gather_with(agent, permissions, gather).map(drop).map_err(|reject| reject.code)
    }

    fn among(circle: Circle) -> Self {
        let mut talk = Self::unbegun();
        assert_eq!(talk.gather(ANNA, Gather::Begin(circle)), Ok(()));
        talk
    }

    fn colleague_comes(&mut self, agent: u8) -> Handle {
        let ticket = self.ticket(agent);
        self.agent_comes(&ticket)
    }

    fn note(&mut self, handle: Handle, number: u64, text: &str) {
        let submission = Submission {
            client_message_id: ClientMessageId::from_bytes([u8::try_from(number).expect("few"); 16]),
            outbox: OutboxId::from_bytes([u8::try_from(handle).expect("few"); 16]),
            number,
            command: AgentCommand::Note { text: text.to_owned() },
        };
        self.say(handle, &AgentRequest::Submit(submission));
    }

    fn frames(&self, handle: Handle) -> Vec<AgentFrame> {
        let of_socket = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        of_socket
            .map(|(_, message)| match message {
                object::Message::Binary(bytes) => codec::from_bytes(bytes).expect("a frame to an agent"),
                object::Message::Text(_) => panic!("postcard"),
            })
            .collect()
    }

    fn is_in(&self, handle: Handle) -> bool {
        self.object.is_seated(&handle)
    }

    fn closed_with(&self, handle: Handle) -> Option<u16> {
        self.platform.closed.iter().find(|(closed, _)| *closed == handle).map(|(_, code)| *code)
    }

    fn digest(&mut self) -> Option<PrivateChatDigest> {
        let news = self.object.rang(&mut self.platform)?;
        let state = news.state();
        let Told::PrivateChat(digest) = news.told else { panic!("a private chat") };
        self.object.has_told(&mut self.platform, state, Ok(Seq(u64::MAX)));
        Some(*digest)
    }
}

fn notes(frames: &[AgentFrame]) -> Vec<String> {
    let events = frames.iter().filter_map(|frame| match frame {
        ServerFrame::Events { events } => Some(events),
        _ => None,
    });
    let texts = events.flatten().filter_map(|event| match &event.kind {
        AgentKind::Private(PrivateKind::Note { text, .. }) => Some(text.as_str().to_owned()),
        _ => None,
    });
    texts.collect()
}

fn marks(frames: &[AgentFrame]) -> Option<ReadMarks> {
    frames.iter().rev().find_map(|frame| match frame {
        ServerFrame::Marks(marks) => Some(*marks),
        ServerFrame::Welcome(welcome) => Some(welcome.marks),
        _ => None,
    })
}

#[test]
fn pc1_members_alone_are_let_in_and_for_others_there_is_no_chat() {
    let mut talk = Talk::among(pair());
    let (anna, ben, cleo) =
        (talk.colleague_comes(ANNA), talk.colleague_comes(BEN), talk.colleague_comes(CLEO));
    assert!(talk.is_in(anna) && talk.is_in(ben));
    assert!(!talk.is_in(cleo));
    let absent = {
        let mut other = Talk::unbegun();
        let handle = other.colleague_comes(CLEO);
        (other.closed_with(handle), other.frames(handle))
    };
    assert_eq!((talk.closed_with(cleo), talk.frames(cleo)), absent);
    talk.note(anna, 1, "psst");
    assert_eq!(notes(&talk.frames(ben)), ["psst"]);
    talk.evict();
    let cleo = talk.colleague_comes(CLEO);
    assert!(!talk.is_in(cleo), "also after waking");
    let anna = talk.colleague_comes(ANNA);
    assert_eq!(notes(&talk.frames(anna)), ["psst"]);
}

#[test]
fn pc1_nothing_that_a_visitor_would_see_can_be_done_there_and_no_right_of_others_helps() {
    let mut talk = Talk::among(pair());
    let anna = talk.colleague_comes(ANNA);
    for (number, command) in [
        AgentCommand::Message { text: "hello".to_owned() },
        AgentCommand::Resolve,
        AgentCommand::Handle(protocol::Handling::Wait),
        AgentCommand::Handle(protocol::Handling::Assign { to: None }),
    ]
    .into_iter()
    .enumerate()
    {
        let submission = Submission {
            client_message_id: ClientMessageId::from_bytes([0xe0 + u8::try_from(number).expect("few"); 16]),
            outbox: OutboxId::from_bytes([1; 16]),
            number: 1,
            command,
        };
        talk.say(anna, &AgentRequest::Submit(submission));
        let refused = talk.frames(anna).pop();
        assert!(matches!(refused, Some(ServerFrame::Refused(refusal)) if refusal.code == Code::Forbidden));
    }
    // An owner who is no member, and a member by a key of the API, whose scopes hold no such right.
    for (agent, permissions) in
        [(CLEO, Permissions::all()), (ANNA, Permissions::all().set(Permission::ChatPrivately, false))]
    {
        let mut asked = |request| {
            let call = ConversationCall::As {
                workspace: WORKSPACE,
                agent: profile(agent),
                permissions,
                request: Box::new(request),
            };
            talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
        };
        let all = ConversationRequest::Messages { after: None, newest_first: true, limit: 10 };
        for request in [ConversationRequest::View, all, ConversationRequest::Answers] {
            assert_eq!(asked(request), Err(Code::NotFound));
        }
        for gather in [Gather::Leave, Gather::Add(profile(CLEO)), Gather::Begin(pair())] {
            assert_eq!(asked(ConversationRequest::Gather(gather)), Err(Code::NotFound));
        }
    }
}

#[test]
fn pc2_a_chat_of_two_is_begun_once_and_never_changes() {
    let mut talk = Talk::among(pair());
    let reversed = Circle { members: vec![profile(BEN), profile(ANNA)], ..pair() };
    assert_eq!(talk.gather(BEN, Gather::Begin(reversed)), Ok(()));
    assert_eq!(talk.digest().expect("news").circle, pair(), "as it was begun");
    for gather in [Gather::Add(profile(CLEO)), Gather::Rename("Two".to_owned()), Gather::Leave] {
        assert_eq!(talk.gather(ANNA, gather), Err(Code::Forbidden));
    }
    for circle in [
        Circle { members: vec![profile(ANNA)], ..pair() },
        Circle { members: vec![profile(ANNA), profile(ANNA)], ..pair() },
        Circle { members: vec![profile(ANNA), profile(BEN), profile(CLEO)], ..pair() },
        Circle { form: ChatForm::Group { name: " ".to_owned() }, ..pair() },
    ] {
        assert_eq!(Talk::unbegun().gather(ANNA, Gather::Begin(circle)), Err(Code::BadField));
    }
    assert_eq!(Talk::unbegun().gather(CLEO, Gather::Begin(pair())), Err(Code::NotFound));
}

#[test]
fn pc3_who_is_added_to_a_group_sees_what_was_said_and_who_leaves_is_out_at_once() {
    let mut talk = Talk::among(group(&[ANNA, BEN]));
    let (anna, ben) = (talk.colleague_comes(ANNA), talk.colleague_comes(BEN));
    talk.note(anna, 1, "before");
    assert_eq!(talk.gather(BEN, Gather::Add(profile(CLEO))), Ok(()));
    assert_eq!(talk.gather(ANNA, Gather::Add(profile(CLEO))), Ok(()), "nothing more");
    let cleo = talk.colleague_comes(CLEO);
    assert_eq!(notes(&talk.frames(cleo)), ["before"]);
    assert_eq!(talk.gather(ANNA, Gather::Rename("Day".to_owned())), Ok(()));
    assert_eq!(talk.gather(BEN, Gather::Leave), Ok(()));
    assert_eq!((talk.is_in(ben), talk.closed_with(ben)), (false, Some(4404)));
    let told = talk.frames(ben).len();
    talk.note(anna, 2, "after");
    assert_eq!(talk.frames(ben).len(), told);
    assert_eq!(notes(&talk.frames(cleo)), ["before", "after"]);
    assert_eq!(talk.gather(BEN, Gather::Leave), Err(Code::NotFound));
    let circle = talk.digest().expect("news").circle;
    assert_eq!(circle.form, ChatForm::Group { name: "Day".to_owned() });
    assert_eq!(circle.members, [profile(ANNA), profile(CLEO)]);
    talk.evict();
    let ben = talk.colleague_comes(BEN);
    assert!(!talk.is_in(ben), "also after waking");
}

#[test]
fn pc5_who_is_removed_from_the_workspace_is_out_of_the_chat() {
    let mut talk = Talk::among(pair());
    let (anna, ben) = (talk.colleague_comes(ANNA), talk.colleague_comes(BEN));
    let part = |workspace| ConversationCall::Part { workspace, agent: profile(BEN).id };
    let foreign = part(WorkspaceId::from_bytes([9; 16]));
    assert_eq!(talk.object.answer(&mut talk.platform, foreign), Ok(ConversationAnswer::Done));
    assert!(talk.is_in(ben), "another workspace has no say");
    for _ in 0..2 {
        assert_eq!(talk.object.answer(&mut talk.platform, part(WORKSPACE)), Ok(ConversationAnswer::Done));
    }
    assert_eq!((talk.is_in(anna), talk.is_in(ben)), (true, false));
    let steps = talk.frames(anna).into_iter().filter_map(|frame| match frame {
        ServerFrame::Events { events } => Some(events),
        _ => None,
    });
    let left = steps.flatten().filter(|event| {
        matches!(&event.kind, AgentKind::Private(PrivateKind::Gathered(gathering))
            if gathering.step == GatheringStep::Left(profile(BEN)))
    });
    assert_eq!(left.count(), 1);
    talk.note(anna, 1, "still here");
    assert_eq!(talk.digest().expect("news").circle.members, [profile(ANNA)]);
}

#[test]
fn pc6_each_member_has_a_mark_of_their_own_which_survives_sleep_and_leaving() {
    let mut talk = Talk::among(group(&[ANNA, BEN, CLEO]));
    let (anna, ben, cleo) =
        (talk.colleague_comes(ANNA), talk.colleague_comes(BEN), talk.colleague_comes(CLEO));
    talk.note(anna, 1, "one");
    talk.note(anna, 2, "two");
    talk.say(anna, &ClientFrame::<()>::Read { upto: Seq(3) });
    talk.say(ben, &ClientFrame::<()>::Read { upto: Seq(3) });
    talk.say(cleo, &ClientFrame::<()>::Read { upto: Seq(2) });
    let told = |talk: &Talk, handle| marks(&talk.frames(handle)).expect("told");
    assert_eq!(told(&talk, anna), ReadMarks { agents: Seq(3), visitor: Seq(2) }, "as far as all others");
    assert_eq!(told(&talk, ben), ReadMarks { agents: Seq(3), visitor: Seq(2) });
    assert_eq!(told(&talk, cleo), ReadMarks { agents: Seq(2), visitor: Seq(3) });
    talk.evict();
    for handle in [anna, ben, cleo] {
        talk.object.closed(&mut talk.platform, &handle, 1000);
        talk.platform.attachments.remove(&handle);
    }
    talk.evict();
    let cleo = talk.colleague_comes(CLEO);
    assert_eq!(told(&talk, cleo), ReadMarks { agents: Seq(2), visitor: Seq(3) });
}

#[test]
fn pc7_the_workspace_hears_what_each_has_not_read_and_who_is_named() {
    let mut talk = Talk::among(pair());
    let (anna, ben) = (talk.colleague_comes(ANNA), talk.colleague_comes(BEN));
    talk.note(anna, 1, "good morning");
    talk.note(anna, 2, "@agent a2, look at this");
    talk.note(ben, 1, "yes?");
    let unread = |digest: &PrivateChatDigest, agent: u8| {
        let found = digest.unread.iter().find(|unread| unread.agent == profile(agent).id);
        found.map(|unread| (unread.messages, unread.mentions))
    };
    let digest = talk.digest().expect("news");
    assert_eq!((unread(&digest, ANNA), unread(&digest, BEN)), (Some((1, 0)), Some((2, 1))));
    assert_eq!(digest.preview.map(|preview| preview.text).as_deref(), Some("yes?"));
    assert_eq!(talk.digest(), None, "told once");
    talk.say(ben, &ClientFrame::<()>::Read { upto: Seq(2) });
    let next = talk.digest().expect("a mark is news");
    assert!(next.revision > digest.revision);
    assert_eq!(unread(&next, BEN), Some((1, 1)));
    talk.evict();
    talk.say(anna, &ClientFrame::<()>::Read { upto: Seq(4) });
    let last = talk.digest().expect("each mark is");
    assert!(last.revision > next.revision);
    assert_eq!((unread(&last, ANNA), unread(&last, BEN)), (Some((0, 0)), Some((1, 1))));
    assert_eq!(last.preview.map(|preview| preview.text).as_deref(), Some("yes?"), "after waking as well");
}

#[test]
fn pc7_whoever_is_not_there_does_not_wait_for_news() {
    let mut talk = Talk::among(pair());
    talk.digest();
    let anna = talk.colleague_comes(ANNA);
    talk.note(anna, 1, "are you there?");
    let wait = talk.platform.alarm.expect("set").since(talk.platform.now);
    assert!(wait < 1_000, "{wait}");
}

#[test]
fn st13_an_erased_private_chat_is_gone_for_good() {
    let mut talk = Talk::among(pair());
    let anna = talk.colleague_comes(ANNA);
    talk.note(anna, 1, "psst");
    assert_eq!(talk.erase(WorkspaceId::from_bytes([9; 16])), Err(Code::NotFound));
    assert_eq!(talk.erase(WORKSPACE), Ok(()));
    let anna = talk.colleague_comes(ANNA);
    assert!(!talk.is_in(anna));
    assert_eq!(talk.gather(ANNA, Gather::Begin(pair())), Err(Code::NotFound));
}

fn digest(revision: u64, members: &[Who]) -> PrivateChatDigest {
    let circle = Circle {
        form: ChatForm::Group { name: "Night".to_owned() },
        members: members
            .iter()
            .map(|who| AgentProfile { id: who.id(), name: "Old name".to_owned() })
            .collect(),
    };
    PrivateChatDigest {
        epoch: Epoch::from_bytes([1; 16]),
        revision,
        conversation: CONVERSATION,
        unread: vec![Unread { agent: Who::Agent.id(), messages: 3, mentions: 1 }],
        circle,
        active_at: Timestamp(5),
        preview: None,
    }
}

impl Scene {
    fn tell_privately(&mut self, digest: PrivateChatDigest) {
        let told = self.call(WorkspaceCall::TellPrivately(Box::new(digest)));
        assert!(matches!(told, Ok(WorkspaceAnswer::Heard { upto: Seq(u64::MAX) })));
    }

    fn heard(&self, handle: Handle) -> Vec<FeedFrame> {
        let of_socket = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        let frames = of_socket.map(|(_, message)| match message {
            object::Message::Binary(bytes) => codec::from_bytes(bytes).expect("a frame of the feed"),
            object::Message::Text(_) => panic!("postcard"),
        });
        frames
            .filter(|frame| {
                matches!(
                    frame,
                    FeedFrame::PrivateChats { .. }
                        | FeedFrame::PrivateChat(_)
                        | FeedFrame::PrivateChatLeft { .. }
                )
            })
            .collect()
    }
}

#[test]
fn pc8_a_feed_tells_its_agent_of_their_own_chats_and_nobody_of_others() {
    let mut scene = Scene::new();
    let (owner, admin, agent) = (scene.watch(Who::Owner), scene.watch(Who::Admin), scene.watch(Who::Agent));
    let before = |frames: Vec<FeedFrame>| frames == [FeedFrame::PrivateChats { chats: Vec::new() }];
    assert!(before(scene.heard(owner)) && before(scene.heard(admin)) && before(scene.heard(agent)));
    scene.tell_privately(digest(1, &[Who::Admin, Who::Agent]));
    assert!(before(scene.heard(owner)), "not the owner's");
    let [_, FeedFrame::PrivateChat(of_agent)] = &scene.heard(agent)[..] else { panic!("told") };
    assert_eq!((of_agent.unread, of_agent.mentions), (3, 1));
    assert_eq!(of_agent.circle.members[0].name, "Admin", "under the name they have");
    let [_, FeedFrame::PrivateChat(of_admin)] = &scene.heard(admin)[..] else { panic!("told") };
    assert_eq!((of_admin.unread, of_admin.mentions), (0, 0));
    scene.tell_privately(digest(1, &[Who::Owner]));
    assert_eq!(scene.heard(admin).len(), 2, "old news change nothing");
    scene.tell_privately(digest(2, &[Who::Admin]));
    let left = FeedFrame::PrivateChatLeft { conversation: CONVERSATION };
    assert_eq!(scene.heard(agent).last(), Some(&left));
    scene.evict();
    let (owner, admin, agent) = (scene.watch(Who::Owner), scene.watch(Who::Admin), scene.watch(Who::Agent));
    assert!(before(scene.heard(owner)) && before(scene.heard(agent)));
    let [FeedFrame::PrivateChats { chats }] = &scene.heard(admin)[..] else { panic!("told") };
    assert_eq!(chats.len(), 1);
}

#[test]
fn pc5_the_chats_of_whoever_is_removed_are_told_and_who_does_not_belong_is_sent_out() {
    let mut scene = Scene::new();
    scene.tell_privately(digest(1, &[Who::Admin, Who::Agent]));
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).err(), None);
    let parted = |jobs: Vec<Job>| {
        let parts = jobs.into_iter().filter_map(|job| match job {
            Job::Conversation(conversation, ConversationCall::Part { workspace: WORKSPACE, agent }) => {
                Some((conversation, agent))
            }
            _ => None,
        });
        parts.collect::<BTreeSet<(ConversationId, AgentId)>>()
    };
    let agent = [(CONVERSATION, Who::Agent.id())].into();
    assert_eq!(parted(scene.jobs()), agent);
    // It was added at the same moment, and tells so later.
    scene.tell_privately(digest(2, &[Who::Admin, Who::Agent]));
    assert_eq!(parted(scene.jobs()), agent);
    scene.tell_privately(digest(3, &[Who::Admin]));
    assert_eq!(parted(scene.jobs()), BTreeSet::new());
}

#[test]
fn pc10_people_of_the_workspace_alone_can_be_talked_with() {
    let mut scene = Scene::new();
    let mut ask = |who: Who, wanted: Vec<AgentId>| {
        let answer = scene.ask(who, WorkspaceRequest::Colleagues(wanted));
        answer.map(|answer| match answer {
            WorkspaceAnswer::Colleagues { me, colleagues, .. } => {
                assert_eq!(me.id, who.id());
                colleagues.into_iter().map(|one| one.id).collect::<Vec<_>>()
            }
            _ => panic!("another answer"),
        })
    };
    assert_eq!(ask(Who::Agent, vec![Who::Admin.id()]), Ok(vec![Who::Admin.id()]));
    assert_eq!(ask(Who::Agent, Vec::new()), Ok(Vec::new()));
    for nobody in [Who::Removed, Who::Stranger] {
        assert_eq!(ask(Who::Agent, vec![Who::Admin.id(), nobody.id()]), Err(Code::NotFound));
        assert_eq!(ask(nobody, vec![Who::Admin.id()]), Err(Code::NotFound));
    }
    // The lead's role does not hold the right.
    assert_eq!(ask(Who::Lead, vec![Who::Admin.id()]), Err(Code::Forbidden));
}

#[test]
fn pc10_private_chats_of_a_workspace_that_is_deleted_are_erased() {
    let mut scene = Scene::new();
    scene.tell_privately(digest(1, &[Who::Admin, Who::Agent]));
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::BeginDeletion).err(), None);
    scene.platform.now = scene.platform.now.plus(365 * 86_400_000);
    scene.object.rang(&mut scene.platform).expect("rang");
    let erased = scene.jobs().into_iter().filter(|job| {
        matches!(job, Job::Conversation(CONVERSATION, ConversationCall::Erase { workspace: WORKSPACE }))
    });
    assert_eq!(erased.count(), 1);
    scene.tell_privately(digest(9, &[Who::Admin]));
    let again = scene.jobs().into_iter().filter(|job| {
        matches!(job, Job::Conversation(CONVERSATION, ConversationCall::Erase { workspace: WORKSPACE }))
    });
    assert_eq!(again.count(), 1, "also one that tells later");
}

/// Under `--cfg mutants`: what tests the right to a private chat notices when it is not asked.
#[cfg(mutants)]
#[test]
fn pc1_the_deliberate_bugs_of_private_chats_are_found() {
    let cases: [(u32, fn()); 2] = [
        (41, pc1_members_alone_are_let_in_and_for_others_there_is_no_chat),
        (42, pc8_a_feed_tells_its_agent_of_their_own_chats_and_nobody_of_others),
    ];
    for (number, test) in cases {
        mutant::choose(number);
        let survives = std::panic::catch_unwind(test).is_ok();
        mutant::choose(0);
        assert!(!survives, "mutant {number} survives");
    }
}
