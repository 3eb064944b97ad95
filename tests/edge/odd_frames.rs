//! Frames that are almost good: nothing of them is stored or told, or all of it as it then reads.

use protocol::codec::{self, Codec};
use protocol::limits::FRAME_BYTES;
use protocol::{
    AgentFrame, AgentKind, Author, ClientFrame, CloseCode, Code, PublicKind, ReadMarks, Seq, ServerFrame,
    TeamPresence, VisitorFrame, VisitorRequest,
};
use serde_json::{Value, json};
use tests::agent;
use tests::visitor::{VisitorLine, accepted, events, text_of};
use tests::{Agent, Case, Received, Stage, Visitor};
use tungstenite::Message;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("PR3 what only the server says is no frame of a client, and nobody hears of it", frames_of_the_server),
    (
        "PR3 a submission says nothing beyond what it is asked, and its author is whose socket it is",
        said_beyond,
    ),
    ("PR1 an id in another spelling is no id, and leaves no second message", other_spellings),
    ("PR3 half a character is no text, and a whole one is stored as it was sent", half_characters),
    ("PR3 bytes that are no text are stored once, the same for everybody", no_text),
    ("PR4 a frame is taken up to its limit, and beyond it nothing of it is", at_the_limit),
    ("PR5 of the wrong kind of message nothing is stored", wrong_kind),
    ("DL8 a read mark is a whole number, and none is beyond the log", odd_marks),
];

/// Sends texts on sockets of a visitor, two on each, and sees each refused as no frame.
fn are_no_frames(visitor: &Visitor, texts: &[String]) {
    for two in texts.chunks(2) {
        let (mut line, _) = visitor.connect(Codec::Json, None);
        for text in two {
            line.send_raw(Message::text(text.as_str()));
            assert_eq!(refused(&mut line), Code::BadFrame, "{text}");
        }
        line.close(1000);
        line.until_closed();
    }
}

fn refused(line: &mut VisitorLine) -> Code {
    line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    })
}

fn head_of(visitor: &Visitor) -> Seq {
    visitor.connect(Codec::Json, None).1.head
}

fn frames_of_the_server(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, welcome) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "mine");
    let (mut again, _) = visitor.connect(Codec::Json, None);
    let stored = events(&mut again, 1);
    let mut agent = Agent::sign_in(stage);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent::events(&mut agent_line, 1);

    let event = stored[0].clone();
    let frames = [
        VisitorFrame::Accepted {
            client_message_id: event.client_message_id,
            seq: Seq(2),
            at: event.at,
            duplicate: false,
        },
        VisitorFrame::Events { events: vec![event] },
        VisitorFrame::Older { events: stored },
        VisitorFrame::Welcome(welcome),
        VisitorFrame::Marks(ReadMarks { visitor: Seq(1), agents: Seq(1) }),
        VisitorFrame::Typing { author: Author::System, on: true },
        VisitorFrame::Presence(TeamPresence::default()),
        VisitorFrame::Bye { code: Code::Internal, after: 0 },
    ];
    let mut texts: Vec<_> = frames.iter().map(codec::to_text).collect();
    for name in ["event", "sent", "agent_join", "joined", "resolved"] {
        texts.push(json!({ "v": 1, "frame": { name: {} } }).to_string());
    }
    are_no_frames(&visitor, &texts);
    assert_eq!(visitor.say(&mut line, "the next"), Seq(2));
    let told = agent_line.until(|frame| match frame {
        AgentFrame::Events { events } => Some(events.clone()),
        // Tabs come and go.
        AgentFrame::Presence(_) => None,
        other => panic!("it was passed on: {other:?}"),
    });
    assert!(
        matches!(&told[0].kind, AgentKind::Public(PublicKind::Message { text, .. }) if text.as_str() == "the next")
    );
}

fn said_beyond(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let submission = visitor.message("who said this?");
    let frame: Value =
        serde_json::from_str(&codec::to_text(&ClientFrame::Submit(submission.clone()))).expect("JSON");
    let mut texts = Vec::new();
    for (name, value) in [
        ("sender", json!("system")),
        ("author", json!("system")),
        ("role", json!("admin")),
        ("seq", json!(1)),
        ("ts", json!(0)),
        ("at", json!(0)),
        ("internal", json!(true)),
    ] {
        for place in ["", "/frame", "/frame/submit", "/frame/submit/command", "/frame/submit/command/message"]
        {
            let mut frame = frame.clone();
            frame.pointer_mut(place).expect("a place")[name] = value.clone();
            texts.push(frame.to_string());
        }
    }
    are_no_frames(&visitor, &texts);
    assert_eq!(head_of(&visitor), Seq(0));
    let (mut line, _) = visitor.connect(Codec::Json, None);
    line.send_raw(Message::text(frame.to_string()));
    assert_eq!(accepted(&mut line, submission.client_message_id), (Seq(1), false), "without it, it is good");
    let (mut agent_line, _) = Agent::sign_in(stage).connect(visitor.conversation);
    assert_eq!(agent::events(&mut agent_line, 1)[0].author, Author::Visitor);
}

fn other_spellings(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    let mut submission = visitor.message("once");
    // With letters in it, so that it could be spelled otherwise.
    submission.client_message_id = protocol::ClientMessageId::from_bytes([0xab; 16]);
    let text = codec::to_text(&ClientFrame::Submit(submission.clone()));
    line.send_raw(Message::text(text.as_str()));
    assert_eq!(accepted(&mut line, submission.client_message_id), (Seq(1), false));
    let id = submission.client_message_id.to_string();
    let spelled = |other: Value| text.replacen(&json!(id).to_string(), &other.to_string(), 1);
    let others = [
        json!(id.to_uppercase()),
        json!(format!(" {id}")),
        json!(format!("{id} ")),
        json!(format!("{} {}", &id[..16], &id[16..])),
        json!(format!("{}-{}", &id[..16], &id[16..])),
        json!(format!("0x{id}")),
        json!(&id[1..]),
        json!(format!("{id}0")),
        json!(""),
        json!(0),
        Value::Null,
    ];
    are_no_frames(&visitor, &others.map(spelled));
    line.send_raw(Message::text(text));
    assert_eq!(accepted(&mut line, submission.client_message_id), (Seq(1), true));
    assert_eq!(head_of(&visitor), Seq(1));
}

/// The text of a submission that says something, spelled as given, in JSON.
fn saying(visitor: &mut Visitor, spelled: &str) -> (protocol::ClientMessageId, String) {
    let submission = visitor.message("MARK");
    let text = codec::to_text(&ClientFrame::Submit(submission.clone())).replacen("MARK", spelled, 1);
    (submission.client_message_id, text)
}

fn half_characters(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let halves = ["\\ud800", "a\\ud800b", "\\udc00", "\\ude00\\ud83d", "\\ud83d\\u0041", "\\ud83"];
    let texts = halves.map(|half| saying(&mut visitor.clone(), half).1);
    are_no_frames(&visitor, &texts);
    assert_eq!(head_of(&visitor), Seq(0));
    let (mut line, _) = visitor.connect(Codec::Json, None);
    let (mut other_tab, _) = visitor.connect(Codec::Postcard, None);
    let (id, text) = saying(&mut visitor, "a \\ud83d\\ude00 b");
    line.send_raw(Message::text(text));
    accepted(&mut line, id);
    assert_eq!(text_of(&events(&mut other_tab, 1)[0]), Some("a 😀 b"), "told");
    let (mut again, _) = visitor.connect(Codec::Postcard, None);
    assert_eq!(text_of(&events(&mut again, 1)[0]), Some("a 😀 b"), "stored");
}

/// The runtime reads what is no UTF-8 in a frame of text with U+FFFD in its place.
fn no_text(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    let (mut other_tab, _) = visitor.connect(Codec::Postcard, None);
    let (id, text) = saying(&mut visitor, "aXXb");
    let mut bytes = text.into_bytes();
    let at = bytes.windows(4).position(|four| four == b"aXXb").expect("it is in there");
    bytes[at + 1..at + 3].copy_from_slice(&[0xff, 0xfe]);
    for duplicate in [false, true] {
        line.send_text_of_bytes(bytes.clone());
        assert_eq!(accepted(&mut line, id), (Seq(1), duplicate));
    }
    let told = text_of(&events(&mut other_tab, 1)[0]).map(str::to_owned);
    assert_eq!(told.as_deref(), Some("a\u{fffd}\u{fffd}b"));
    let (mut again, welcome) = visitor.connect(Codec::Json, None);
    assert_eq!(welcome.head, Seq(1));
    assert_eq!(text_of(&events(&mut again, 1)[0]), told.as_deref());

    let submission = visitor.message("aXXb");
    let mut bytes = codec::to_bytes(&ClientFrame::Submit(submission));
    let at = bytes.windows(4).position(|four| four == b"aXXb").expect("it is in there");
    bytes[at + 1..at + 3].copy_from_slice(&[0xff, 0xfe]);
    other_tab.send_raw(Message::binary(bytes));
    assert_eq!(refused(&mut other_tab), Code::BadFrame, "in bytes it is no text");
    assert_eq!(head_of(&visitor), Seq(1));
}

fn at_the_limit(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    let padded = |text: String, bytes: usize| format!("{text}{}", " ".repeat(bytes - text.len()));
    let (id, text) = saying(&mut visitor, "just so");
    line.send_raw(Message::text(padded(text, FRAME_BYTES)));
    assert_eq!(accepted(&mut line, id), (Seq(1), false));
    let (_, text) = saying(&mut visitor, "too much");
    line.send_raw(Message::text(padded(text, FRAME_BYTES + 1)));
    assert_eq!(line.until_closed(), Some(CloseCode::TooBig.number()));
    assert_eq!(head_of(&visitor), Seq(1), "nothing of it is stored");
}

fn wrong_kind(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let frame: VisitorRequest = ClientFrame::Submit(visitor.clone().message("of the wrong kind"));
    for (codec, message) in [
        (Codec::Json, Message::binary(codec::to_text(&frame).into_bytes())),
        (Codec::Json, Message::binary(codec::to_bytes(&frame))),
        (Codec::Postcard, Message::text(codec::to_text(&frame))),
    ] {
        let (mut line, _) = visitor.connect(codec, None);
        line.send_raw(message);
        assert_eq!(line.until_closed(), Some(CloseCode::WrongKind.number()));
        assert_eq!(head_of(&visitor), Seq(0));
    }
}

fn odd_marks(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "one");
    let mut agent = Agent::sign_in(stage);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent.ask(&mut agent_line, protocol::AgentCommand::Message { text: "two".to_owned() });
    let read = |upto: &str| format!("{{\"v\":1,\"frame\":{{\"read\":{{\"upto\":{upto}}}}}}}");
    let before = visitor.connect(Codec::Json, None).1.marks;
    let odd = ["-1", "1.5", "2.0", "\"2\"", "1e400", "1e0", "null", "[2]", "18446744073709551616"];
    are_no_frames(&visitor, &odd.map(read));
    assert_eq!(visitor.connect(Codec::Json, None).1.marks, before, "nothing has moved");
    // The first number that a float cannot hold, and the one after the last event, are as far as the log goes.
    for beyond in ["9007199254740993", "3"] {
        line.send_raw(Message::text(read(beyond)));
        assert_eq!(visitor.say(&mut line, beyond), Seq(if beyond == "3" { 4 } else { 3 }));
        let (_, welcome) = visitor.connect(Codec::Json, None);
        assert_eq!(welcome.marks.visitor, Seq(if beyond == "3" { 3 } else { 2 }), "{beyond}");
    }
    while let Some(received) = line.receive_within(std::time::Duration::from_millis(100)) {
        assert!(matches!(received, Received::Frame(_)), "{received:?}");
    }
}
