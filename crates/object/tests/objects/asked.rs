//! What agents ask of a conversation without a socket, by the REST API.

use protocol::call::{CallResult, ConversationAnswer, ConversationCall, ConversationRequest};
use protocol::{
    AgentCommand, AgentId, AgentKind, AgentProfile, ClientMessageId, Code, EntityTag, OutboxId, Permission,
    Permissions, PublicKind, Role, Seq, Status, Submission, VisitorFrame, WorkspaceId, codec, limits,
};

use crate::conversation::{Talk, WORKSPACE, message};

const ANNA: u8 = 0xa1;

fn agent() -> Permissions {
    Role::Agent.built_in_permissions().expect("built in")
}

fn ask_as(
    talk: &mut Talk,
    workspace: WorkspaceId,
    permissions: Permissions,
    request: ConversationRequest,
) -> CallResult<ConversationAnswer> {
    let agent = AgentProfile { id: AgentId::from_bytes([ANNA; 16]), name: "Anna".to_owned() };
    let call = ConversationCall::As { workspace, agent, permissions, request };
    talk.object.answer(&mut talk.platform, call)
}

fn ask(talk: &mut Talk, request: ConversationRequest) -> CallResult<ConversationAnswer> {
    ask_as(talk, WORKSPACE, agent(), request)
}

fn submission(id: u8, command: AgentCommand) -> ConversationRequest {
    ConversationRequest::Submit(Submission {
        client_message_id: ClientMessageId::from_bytes([id; 16]),
        outbox: OutboxId::from_bytes([id; 16]),
        number: 1,
        command,
    })
}

fn reply(id: u8, text: &str) -> ConversationRequest {
    submission(id, AgentCommand::Message { text: text.to_owned() })
}

fn note(id: u8, text: &str) -> ConversationRequest {
    submission(id, AgentCommand::Note { text: text.to_owned() })
}

fn set_status(id: u8, status: Status, expected: Option<Vec<EntityTag>>) -> ConversationRequest {
    let client_message_id = ClientMessageId::from_bytes([id; 16]);
    ConversationRequest::SetStatus { status, client_message_id, expected }
}

/// The positions of the messages that are answered.
fn positions(talk: &mut Talk, after: Option<u64>, newest_first: bool, limit: u16) -> Vec<u64> {
    let after = after.map(Seq);
    match ask(talk, ConversationRequest::Messages { after, newest_first, limit }) {
        Ok(ConversationAnswer::Messages(events)) => events.iter().map(|event| event.seq.0).collect(),
        other => panic!("{other:?}"),
    }
}

/// What the visitor's socket was told of events.
fn seen_by_visitor(talk: &Talk) -> usize {
    let frames = talk.platform.sent.iter().filter(|(to, _)| *to == talk.visitor);
    let events = frames.filter_map(|(_, message)| match message {
        object::Message::Binary(bytes) => match codec::from_bytes::<VisitorFrame>(bytes) {
            Ok(VisitorFrame::Events { events }) => Some(events.len()),
            _ => None,
        },
        object::Message::Text(_) => None,
    });
    events.sum()
}

#[test]
fn ra5_what_is_written_without_a_socket_is_stored_once_told_to_all_and_owed_to_the_index() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(ANNA);
    let desk = talk.agent_comes(&ticket);
    talk.platform.alarm = None;
    let (seen, told) = (seen_by_visitor(&talk), talk.told(desk));
    for duplicate in [false, true, true] {
        match ask(&mut talk, reply(1, " It is on its way. ")) {
            Ok(ConversationAnswer::Submitted { event, duplicate: found }) => {
                assert_eq!((event.seq, found), (Seq(2), duplicate));
                let AgentKind::Public(PublicKind::Message { text, .. }) = &event.kind else {
                    panic!("a message")
                };
                assert_eq!(text.as_str(), "It is on its way.");
            }
            other => panic!("{other:?}"),
        }
        talk.evict();
    }
    assert_eq!(seen_by_visitor(&talk), seen + 1, "once");
    assert_eq!(talk.told(desk), told + 1, "also the agent's own other sockets");
    assert!(talk.platform.alarm.is_some(), "the index will hear of it");
    let other = ask(&mut talk, reply(1, "Something else."));
    assert_eq!(other.err().map(|reject| reject.code), Some(Code::IdempotencyConflict));

    assert!(matches!(ask(&mut talk, note(2, "A good customer.")), Ok(ConversationAnswer::Submitted { .. })));
    assert_eq!(seen_by_visitor(&talk), seen + 1, "a note is for agents alone");
    assert_eq!(talk.told(desk), told + 2);
}

#[test]
fn ra5_rights_are_those_that_the_workspace_vouches_for() {
    let mut talk = Talk::new();
    let read = Permissions::of(&[Permission::ReadConversations]);
    let every = || {
        [
            ConversationRequest::View,
            ConversationRequest::Messages { after: None, newest_first: false, limit: 9 },
            ConversationRequest::Message(Seq(1)),
            reply(1, "Hello"),
            note(2, "Hello"),
            set_status(3, Status::Resolved, None),
        ]
    };
    let foreign = WorkspaceId::from_bytes([0x66; 16]);
    for request in every() {
        let refused = ask_as(&mut talk, foreign, Permissions::all(), request);
        assert_eq!(refused.err().map(|reject| reject.code), Some(Code::NotFound));
    }
    for request in every() {
        let refused = ask_as(&mut talk, WORKSPACE, Permissions::NONE, request);
        assert_eq!(refused.err().map(|reject| reject.code), Some(Code::Forbidden));
    }
    let codes: Vec<_> = every()
        .map(|request| ask_as(&mut talk, WORKSPACE, read, request).err().map(|reject| reject.code))
        .into();
    assert_eq!(
        codes,
        [None, None, None, Some(Code::Forbidden), Some(Code::Forbidden), Some(Code::Forbidden)]
    );

    let mut unbegun = Talk::unbegun();
    for request in every() {
        let refused = ask_as(&mut unbegun, WORKSPACE, Permissions::all(), request);
        assert_eq!(refused.err().map(|reject| reject.code), Some(Code::NotFound));
    }
    assert!(unbegun.tables().is_empty(), "looking leaves no trace");
}

#[test]
fn ra4_messages_are_read_from_either_end_without_what_nobody_says() {
    let mut talk = Talk::new();
    for (id, status) in [(1, Status::Resolved), (2, Status::Open), (3, Status::Resolved)] {
        assert!(ask(&mut talk, note(id, "Note")).is_ok());
        assert!(ask(&mut talk, set_status(10 + id, status, None)).is_ok());
    }
    let all = positions(&mut talk, None, false, 100);
    let mut backwards = positions(&mut talk, None, true, 100);
    backwards.reverse();
    assert_eq!(all, backwards);
    assert_eq!(all.len(), 4, "a message and three notes");
    assert_eq!(positions(&mut talk, None, false, 2), all[..2]);
    assert_eq!(positions(&mut talk, Some(all[1]), false, 2), all[2..]);
    assert_eq!(positions(&mut talk, Some(all[2]), true, 2), [all[1], all[0]]);
    for after in [0, 1_000, (1 << 53) - 1] {
        assert!(positions(&mut talk, Some(after), false, 9).len() <= 4);
        assert!(positions(&mut talk, Some(after), true, 9).len() <= 4);
    }
}

#[test]
fn ra4_a_long_log_is_read_beyond_what_is_in_memory() {
    let mut talk = Talk::new();
    for number in 2..=250 {
        talk.platform.now = talk.platform.now.plus(limits::MESSAGE_INTERVAL_MS);
        talk.say(talk.visitor, &message(number));
    }
    talk.evict();
    assert_eq!(positions(&mut talk, None, false, 101).len(), 101);
    assert_eq!(positions(&mut talk, None, true, 101).first(), Some(&250));
    assert_eq!(positions(&mut talk, Some(201), false, 101), (202..=250).collect::<Vec<_>>());
    assert_eq!(positions(&mut talk, Some(3), true, 101), [2, 1]);
}

#[test]
fn ra8_a_status_is_set_once_and_only_of_the_version_that_was_seen() {
    let mut talk = Talk::new();
    let view = |talk: &mut Talk| match ask(talk, ConversationRequest::View) {
        Ok(ConversationAnswer::View(digest)) => *digest,
        other => panic!("{other:?}"),
    };
    let before = view(&mut talk);
    let tag = domain::entity_tag(&before);
    let unchanged = ask(&mut talk, set_status(11, Status::Open, Some(vec![tag])));
    assert!(matches!(unchanged, Ok(ConversationAnswer::View(digest)) if *digest == before));
    let resolved = ask(&mut talk, set_status(12, Status::Resolved, Some(vec![tag])));
    assert!(
        matches!(resolved, Ok(ConversationAnswer::View(digest)) if digest.entry.status == Status::Resolved)
    );
    let late = ask(&mut talk, set_status(13, Status::Open, Some(vec![tag])));
    assert!(matches!(late, Ok(ConversationAnswer::Unexpected)));
    assert_eq!(view(&mut talk).entry.status, Status::Resolved);
    let single = ask(&mut talk, ConversationRequest::Message(Seq(2)));
    assert_eq!(
        single.err().map(|reject| reject.code),
        Some(Code::NotFound),
        "what nobody says is no message"
    );
    assert!(matches!(
        ask(&mut talk, ConversationRequest::Message(Seq(1))),
        Ok(ConversationAnswer::Message(event)) if matches!(event.kind, AgentKind::Public(PublicKind::Message { .. }))
    ));
}
