//! Golden bytes of what concerns private chats.

mod golden;

use protocol::call::{
    CallResult, ConversationCall, ConversationRequest, Gather, WorkspaceAnswer, WorkspaceCall,
    WorkspaceRequest,
};
use protocol::http::private_chat::{
    GroupDraft, PrivateChatAnswer, PrivateChatDraft, PrivateChatMember, PrivateChatName,
};
use protocol::{
    AgentFrame, AgentId, AgentKind, AgentProfile, Author, ChatForm, Circle, ClientMessageId, ConversationId,
    Epoch, Event, FeedFrame, Gathering, GatheringStep, Nonce, Preview, PrivateChatDigest, PrivateChatEntry,
    PrivateKind, Role, Seq, ServerFrame, Timestamp, Unread, WorkspaceId,
};

use self::golden::check;

const CHAT: ConversationId = ConversationId::from_bytes([0x51; 32]);
const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([0x52; 16]);
const AT: Timestamp = Timestamp(1_790_000_000_000);

fn person(byte: u8, name: &str) -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes([byte; 16]), name: name.to_owned() }
}

fn ada() -> AgentProfile {
    person(0xad, "Ada")
}

fn ben() -> AgentProfile {
    person(0xbe, "Ben Öz")
}

fn pair() -> Circle {
    Circle { form: ChatForm::Pair, members: vec![ada(), ben()] }
}

fn group() -> Circle {
    Circle { form: ChatForm::Group { name: "Night".to_owned() }, members: vec![ada()] }
}

fn preview() -> Preview {
    Preview { author: Author::Agent(ada()), seq: Seq(2), text: "psst".to_owned() }
}

fn digest() -> PrivateChatDigest {
    PrivateChatDigest {
        epoch: Epoch::from_bytes([0x53; 16]),
        revision: 3,
        conversation: CHAT,
        circle: pair(),
        active_at: AT,
        preview: Some(preview()),
        unread: vec![Unread { agent: ben().id, messages: 2, mentions: 1 }],
    }
}

#[test]
fn pr11_private_chats() {
    let nonce = Nonce::from_bytes([0x54; 16]);
    let draft = GroupDraft { name: "Night".to_owned(), nonce };
    check(
        "private_chat_draft",
        vec![
            ("pair", PrivateChatDraft { with: vec![ben().id], group: None }),
            ("group", PrivateChatDraft { with: vec![ada().id, ben().id], group: Some(draft) }),
        ],
    );
    check("private_chat_answer", vec![("chat", PrivateChatAnswer { conversation: CHAT })]);
    check("private_chat_member", vec![("member", PrivateChatMember { agent: ben().id })]);
    check("private_chat_name", vec![("name", PrivateChatName { name: "Day".to_owned() })]);
}

#[test]
fn pr11_frames_of_private_chats() {
    let events = [
        ("began", GatheringStep::Began, pair()),
        ("added", GatheringStep::Added(ben()), group()),
        ("left", GatheringStep::Left(ben()), group()),
        ("renamed", GatheringStep::Renamed, group()),
    ];
    let frames = events.into_iter().map(|(name, step, circle)| {
        let event = Event {
            seq: Seq(1),
            at: AT,
            author: Author::Agent(ada()),
            client_message_id: ClientMessageId::of_server(1),
            kind: AgentKind::Private(PrivateKind::Gathered(Box::new(Gathering { step, circle }))),
        };
        let frame: AgentFrame = ServerFrame::Events { events: vec![event] };
        (name, frame)
    });
    check("agent_frame_gathered", frames.collect());
    let entry = PrivateChatEntry {
        conversation: CHAT,
        circle: group(),
        active_at: AT,
        preview: Some(preview()),
        unread: 2,
        mentions: 1,
    };
    check(
        "feed_frame_private_chats",
        vec![
            ("all", FeedFrame::PrivateChats { chats: vec![entry.clone()] }),
            ("one", FeedFrame::PrivateChat(entry)),
            ("left", FeedFrame::PrivateChatLeft { conversation: CHAT }),
        ],
    );
}

#[test]
fn pr11_calls_about_private_chats() {
    check("workspace_request_colleagues", vec![("ask", WorkspaceRequest::Colleagues(vec![ben().id]))]);
    check("workspace_call_private_chats", vec![("tell", WorkspaceCall::TellPrivately(Box::new(digest())))]);
    let permissions = Role::Agent.built_in_permissions().expect("built in");
    let answers: Vec<(&str, CallResult<WorkspaceAnswer>)> = vec![(
        "colleagues",
        Ok(WorkspaceAnswer::Colleagues { me: ada(), permissions, colleagues: vec![ben()] }),
    )];
    check("workspace_answer_colleagues", answers);
    let asked = |gather| ConversationCall::As {
        workspace: WORKSPACE,
        agent: ada(),
        permissions,
        request: Box::new(ConversationRequest::Gather(gather)),
    };
    check(
        "conversation_call_private_chats",
        vec![
            ("begin", asked(Gather::Begin(pair()))),
            ("add", asked(Gather::Add(ben()))),
            ("rename", asked(Gather::Rename("Day".to_owned()))),
            ("leave", asked(Gather::Leave)),
            ("part", ConversationCall::Part { workspace: WORKSPACE, agent: ben().id }),
        ],
    );
}
