//! What agents ask of a conversation without a socket, by the REST API.

use protocol::call::{
    CallResult, ConversationAnswer, ConversationCall, ConversationRequest, Reach, SaidEvent,
};
use protocol::{
    AgentCommand, AgentId, AgentKind, AgentProfile, ClientMessageId, Code, EntityTag, MessageText, OutboxId,
    Permission, Permissions, PublicKind, Role, Seq, Stated, Status, Submission, VisitorFrame, VisitorId,
    VisitorIdentity, WorkspaceId, codec, limits,
};

use crate::conversation::{SITE, Talk, WORKSPACE, message};

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
    let call = ConversationCall::As { workspace, agent, permissions, request: Box::new(request) };
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

fn answer(id: u8, to: u64, text: &str, by_note: bool) -> ConversationRequest {
    let client_message_id = ClientMessageId::from_bytes([id; 16]);
    ConversationRequest::Answer {
        to: Seq(to),
        by_note,
        text: MessageText::parse(text).expect("legal"),
        client_message_id,
    }
}

fn amend(id: u8, seq: u64, text: Option<&str>, expected: Option<Vec<EntityTag>>) -> ConversationRequest {
    let client_message_id = ClientMessageId::from_bytes([id; 16]);
    let text = text.map(|text| MessageText::parse(text).expect("legal"));
    ConversationRequest::Amend { seq: Seq(seq), text, client_message_id, expected }
}

fn reach(id: u8, visitor: u8, name: Option<&str>) -> ConversationRequest {
    ConversationRequest::Reach(Box::new(Reach {
        site: SITE,
        visitor: VisitorId::from_bytes([visitor; 16]),
        who: VisitorIdentity {
            user: Some("user-1".to_owned()),
            name: name.map(|name| Stated { text: name.to_owned(), is_verified: true }),
            email: None,
        },
        text: MessageText::parse("Your fern is here.").expect("legal"),
        client_message_id: ClientMessageId::from_bytes([id; 16]),
    }))
}

fn said(answer: CallResult<ConversationAnswer>) -> SaidEvent {
    match answer {
        Ok(ConversationAnswer::Submitted { event: said, .. } | ConversationAnswer::Message(said)) => *said,
        other => panic!("{other:?}"),
    }
}

fn code(answer: CallResult<ConversationAnswer>) -> Option<Code> {
    answer.err().map(|reject| reject.code)
}

/// The positions of the messages that are answered.
fn positions(talk: &mut Talk, after: Option<u64>, newest_first: bool, limit: u16) -> Vec<u64> {
    let after = after.map(Seq);
    match ask(talk, ConversationRequest::Messages { after, newest_first, limit }) {
        Ok(ConversationAnswer::Messages(events)) => events.iter().map(|said| said.event.seq.0).collect(),
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
                assert_eq!((event.event.seq, found), (Seq(2), duplicate));
                let AgentKind::Public(PublicKind::Message { text, .. }) = &event.event.kind else {
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
            answer(4, 1, "Hello", false),
            amend(5, 1, Some("Hello"), None),
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
        [
            None,
            None,
            None,
            Some(Code::Forbidden),
            Some(Code::Forbidden),
            Some(Code::Forbidden),
            Some(Code::Forbidden),
            Some(Code::Forbidden)
        ]
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
        Ok(ConversationAnswer::Message(said)) if matches!(said.event.kind, AgentKind::Public(PublicKind::Message { .. }))
    ));
}

#[test]
fn ra12_an_answer_says_where_that_stands_which_it_answers() {
    let mut talk = Talk::new();
    let note = said(ask(&mut talk, note(1, "A good customer."))).event.seq.0;
    let reply = said(ask(&mut talk, answer(2, 1, "It is on its way.", false)));
    assert_eq!(reply.answers, Some(Seq(1)));
    assert_eq!(said(ask(&mut talk, answer(2, 1, "It is on its way.", false))), reply, "sent again");
    assert_eq!(said(ask(&mut talk, answer(3, note, "So I hear.", true))).answers, Some(Seq(note)));
    for number in 2..=80 {
        talk.platform.now = talk.platform.now.plus(limits::MESSAGE_INTERVAL_MS);
        talk.say(talk.visitor, &message(number));
    }
    talk.evict();
    let read = said(ask(&mut talk, ConversationRequest::Message(reply.event.seq)));
    assert_eq!(read, reply, "beyond what is in memory");
    for (to, by_note) in [(note, false), (0, true), (1_000, true), (1_000, false)] {
        let refused = ask(&mut talk, answer(9, to, "To whom?", by_note));
        assert_eq!(code(refused), Some(Code::BadField), "{to} {by_note}");
    }
}

#[test]
fn ra13_a_message_of_ones_own_is_changed_and_deleted_by_where_it_stands() {
    let mut talk = Talk::new();
    let seen = seen_by_visitor(&talk);
    let before = said(ask(&mut talk, reply(1, "It is on its wya.")));
    let seq = before.event.seq.0;
    let tag = domain::entity_tag(&before);
    let after = said(ask(&mut talk, amend(2, seq, Some("It is on its way."), Some(vec![tag]))));
    assert_eq!(after.event.kind.text().map(|text| text.as_str()), Some("It is on its way."));
    let late = ask(&mut talk, amend(3, seq, Some("Perhaps."), Some(vec![tag])));
    assert!(matches!(late, Ok(ConversationAnswer::Unexpected)));
    assert_eq!(said(ask(&mut talk, ConversationRequest::Message(Seq(seq)))), after);
    assert_eq!(seen_by_visitor(&talk), seen + 2);

    let note = said(ask(&mut talk, note(4, "A good customer."))).event.seq.0;
    assert!(ask(&mut talk, amend(5, note, Some("A very good one."), None)).is_ok());
    assert!(ask(&mut talk, amend(6, note, None, None)).is_ok());
    assert_eq!(seen_by_visitor(&talk), seen + 2, "of a note the visitor hears nothing");

    assert!(ask(&mut talk, amend(7, seq, None, None)).is_ok());
    let gone = said(ask(&mut talk, amend(8, seq, None, None)));
    assert!(matches!(gone.event.kind, AgentKind::Public(PublicKind::Deleted { .. })), "again does no harm");
    assert_eq!(code(ask(&mut talk, amend(9, seq, Some("Back."), None))), Some(Code::TooLate));
    assert_eq!(code(ask(&mut talk, amend(10, 1, None, None))), Some(Code::Forbidden), "the visitor's");
    for nothing in [0, seq + 1, 1_000] {
        assert_eq!(code(ask(&mut talk, amend(11, nothing, None, None))), Some(Code::NotFound), "{nothing}");
    }
    let old = said(ask(&mut talk, reply(12, "Old."))).event.seq.0;
    talk.platform.now = talk.platform.now.plus(limits::AGENT_AMENDS_MS + 1);
    assert_eq!(code(ask(&mut talk, amend(13, old, None, None))), Some(Code::TooLate));
}

#[test]
fn cv17_an_agent_begins_the_conversation_of_a_person_whom_a_site_knows() {
    let mut talk = Talk::unbegun();
    for permissions in [Permissions::NONE, Permissions::of(&[Permission::ReadConversations])] {
        let refused = ask_as(&mut talk, WORKSPACE, permissions, reach(1, 3, None));
        assert_eq!(code(refused), Some(Code::Forbidden));
    }
    assert!(talk.tables().is_empty(), "a refusal leaves no trace");

    for again in [false, true] {
        let Ok(ConversationAnswer::Reached { digest, duplicate }) = ask(&mut talk, reach(1, 3, Some("Vera")))
        else {
            panic!("reached")
        };
        assert_eq!((duplicate, digest.entry.unread), (again, 0));
        assert_eq!((digest.entry.visitor, digest.entry.site), (VisitorId::from_bytes([3; 16]), SITE));
        assert_eq!(
            digest.entry.identity.and_then(|who| who.name).map(|name| name.text),
            Some("Vera".to_owned())
        );
        assert!(talk.platform.alarm.is_some(), "the index will hear of it");
        talk.evict();
    }
    let visitor = talk.visitor_comes();
    talk.visitor = visitor;
    assert_eq!(seen_by_visitor(&talk), 1, "it is there when they come");
    assert_eq!(code(ask(&mut talk, reach(2, 9, None))), Some(Code::NotFound), "somebody else's");
}

#[test]
fn cv17_a_conversation_that_has_begun_goes_on_and_learns_who_it_is_with() {
    let mut talk = Talk::new();
    let name = |answer: CallResult<ConversationAnswer>| match answer {
        Ok(ConversationAnswer::Reached { digest, .. }) => {
            (digest.revision, digest.entry.identity.and_then(|who| who.name).map(|name| name.text))
        }
        other => panic!("{other:?}"),
    };
    let (first, vera) = name(ask(&mut talk, reach(1, 3, Some("Vera"))));
    talk.evict();
    let (second, still) = name(ask(&mut talk, reach(2, 3, None)));
    let (third, fern) = name(ask(&mut talk, reach(3, 3, Some("Vera Fern"))));
    assert_eq!(
        (vera.as_deref(), still.as_deref(), fern.as_deref()),
        (Some("Vera"), Some("Vera"), Some("Vera Fern"))
    );
    assert!(first < second && second < third, "the index hears of each");
    let (_, unchanged) = name(ask(&mut talk, reach(3, 3, Some("Vera Fern"))));
    assert_eq!(unchanged, fern, "again does no harm");
    assert_eq!(positions(&mut talk, None, false, 9), [1, 2, 3, 4]);
}
