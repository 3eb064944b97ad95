//! Whatever a stranger sends: a code from the closed list, nothing stored, nobody else disturbed.

use std::time::{Duration, Instant};

use protocol::codec::{self, Codec};
use protocol::limits::{FRAME_BYTES, MESSAGE_BYTES, SOCKETS_PER_VISITOR};
use protocol::{ClientFrame, CloseCode, Code, Seq, ServerFrame, VisitorRequest};
use tests::visitor::VisitorLine;
use tests::{Case, Received, Stage, Visitor};
use tungstenite::Message;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("PR3 what is no frame is refused, and the third closes the socket", malformed_frames),
    ("PR4 a frame over its limit closes the socket", oversized_frames),
    ("PR6 another version is told to upgrade", other_versions),
    ("PR7 nothing but hello comes first, and only once", hello_first_and_once),
    ("PR8 a ping is answered", pings),
    ("PR9 a close is answered, whatever its code", closes),
    ("CV2 text is refused with the code that says why", bad_texts),
    ("CV10 a visitor has five sockets", too_many_sockets),
    ("PR10 unknown addresses and methods are refused alike", unknown_addresses),
];

fn witness(stage: &Stage) -> (Visitor, VisitorLine) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "before");
    (visitor, line)
}

/// The other conversation still works, on the same socket.
fn undisturbed((mut visitor, mut line): (Visitor, VisitorLine)) {
    assert_eq!(visitor.say(&mut line, "after"), Seq(2));
}

fn malformed_frames(stage: &Stage) {
    let witness = witness(stage);
    let bad = [
        "not json",
        "{}",
        r#"{"v":1}"#,
        r#"{"v":1,"frame":{"base":{}}}"#,
        r#"{"v":1,"frame":{"read":{"upto":-1}}}"#,
        r#"{"v":1,"frame":{"read":{"upto":1.5}}}"#,
        r#"{"v":1,"frame":{"read":{"upto":"5"}}}"#,
        r#"{"v":1,"frame":{"read":{"upto":1e400}}}"#,
        r#"{"v":1,"frame":{"events":{"events":[]}}}"#,
        r#"{"v":1,"frame":{"submit":{"client_message_id":"AB","outbox":"cd","number":1,"command":"resolve"}}}"#,
        r#"{"v":1,"frame":{"typing":{"on":true,"role":"admin"}}}"#,
        r#"{"v":1,"frame":{"older":{"before":1,"limit":1000000000}}}"#,
        r#"{"v":1,"frame":{"newer":{"after":0,"limit":1000000000}}}"#,
        "ping ",
    ];
    for text in bad {
        let visitor = Visitor::arrive(stage);
        let (mut line, _) = visitor.connect(Codec::Json, None);
        for _ in 0..2 {
            line.send_raw(Message::text(text));
            let code = line.until(|frame| match frame {
                ServerFrame::Refused(refusal) => Some(refusal.code),
                _ => None,
            });
            assert_eq!(code, Code::BadFrame, "{text}");
        }
        line.send_raw(Message::text(text));
        assert_eq!(line.until_closed(), Some(CloseCode::BadFrames.number()), "{text}");
        let (_, welcome) = visitor.connect(Codec::Json, None);
        assert_eq!(welcome.head, Seq(0));
    }
    let visitor = Visitor::arrive(stage);
    let good = codec::to_bytes(&VisitorRequest::Typing { on: true });
    for bytes in [vec![], vec![1], vec![1, 200], [good.as_slice(), &[0]].concat(), vec![1; 300]] {
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        line.send_raw(Message::binary(bytes));
        line.until(|frame| matches!(frame, ServerFrame::Refused(_)).then_some(()));
        line.close(1000);
    }
    undisturbed(witness);
}

fn oversized_frames(stage: &Stage) {
    let witness = witness(stage);
    for bytes in [FRAME_BYTES + 1, 5 * 1024 * 1024] {
        let visitor = Visitor::arrive(stage);
        let (mut line, _) = visitor.connect(Codec::Json, None);
        line.send_raw(Message::text("a".repeat(bytes)));
        assert_eq!(line.until_closed(), Some(CloseCode::TooBig.number()), "{bytes}");
    }
    undisturbed(witness);
}

fn other_versions(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    for version in ["0", "2", "999"] {
        let (mut line, _) = visitor.connect(Codec::Json, None);
        line.send_raw(Message::text(format!("{{\"v\":{version},\"frame\":{{\"typing\":{{\"on\":true}}}}}}")));
        assert_eq!(line.until_closed(), Some(CloseCode::UpgradeRequired.number()), "{version}");
        let mut line = visitor.open(Codec::Json).expect("open");
        line.send_raw(Message::text(hello_in(&visitor, version)));
        assert_eq!(line.receive(), Received::Closed(Some(CloseCode::UpgradeRequired.number())), "{version}");
    }
    for no_version in ["\"1\"", "1.5", "-1", "null"] {
        let mut line = visitor.open(Codec::Json).expect("open");
        line.send_raw(Message::text(hello_in(&visitor, no_version)));
        assert_eq!(
            line.receive(),
            Received::Closed(Some(CloseCode::Unauthenticated.number())),
            "{no_version}"
        );
    }
    let (_, welcome) = visitor.connect(Codec::Json, None);
    assert_eq!(welcome.head, Seq(0));
}

/// A good hello but for its version.
fn hello_in(visitor: &Visitor, version: &str) -> String {
    let hello: VisitorRequest = ClientFrame::Hello(visitor.hello(None));
    codec::to_text(&hello).replacen("\"v\":1", &format!("\"v\":{version}"), 1)
}

fn hello_first_and_once(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut line = visitor.open(Codec::Json).expect("open");
    line.send(&ClientFrame::Submit(visitor.message("too early")));
    assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()));
    let mut line = visitor.open(Codec::Json).expect("open");
    line.send_raw(Message::text(r#"{"event":"base"}"#));
    assert_eq!(
        line.receive(),
        Received::Closed(Some(CloseCode::Unauthenticated.number())),
        "not a word before"
    );
    let (mut line, _) = visitor.connect(Codec::Json, None);
    line.send(&ClientFrame::Hello(visitor.hello(None)));
    assert_eq!(line.until_closed(), Some(CloseCode::Forbidden.number()));
    let mut other = Visitor::arrive(stage);
    let (mut others, _) = other.connect(Codec::Json, None);
    other.say(&mut others, "not theirs");
    let (mut line, _) = visitor.connect(Codec::Json, None);
    line.send(&ClientFrame::Hello(other.hello(None)));
    loop {
        match line.receive() {
            Received::Closed(code) => break assert_eq!(code, Some(CloseCode::Forbidden.number())),
            Received::Frame(ServerFrame::Presence(_)) => {}
            told => panic!("something of another conversation: {told:?}"),
        }
    }
    let (_, welcome) = visitor.connect(Codec::Json, None);
    assert_eq!(welcome.head, Seq(0));
}

fn pings(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    for codec in [Codec::Json, Codec::Postcard] {
        let (mut line, _) = visitor.connect(codec, None);
        line.send_raw(Message::text("ping"));
        while line.receive() != Received::Text("pong".to_owned()) {}
    }
}

/// Each way more often than a visitor may have sockets: who has closed one holds no place.
fn closes(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    for (code, answer) in
        [(Some(1000), 1000), (Some(4001), 4001), (Some(1001), 1000), (None, 1000), (Some(999), 1000)]
    {
        for _ in 0..=SOCKETS_PER_VISITOR {
            let (mut line, _) = visitor.connect(Codec::Json, None);
            let begun = Instant::now();
            match code {
                Some(code) => line.close(code),
                None => line.close_without_code(),
            }
            assert_eq!(line.until_closed(), Some(answer), "{code:?}");
            assert!(begun.elapsed() < Duration::from_secs(1), "{code:?}: {:?}", begun.elapsed());
        }
    }
}

fn bad_texts(stage: &Stage) {
    let witness = witness(stage);
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    let cases = [
        ("", Code::Empty),
        (" \n\u{200b}\u{feff}", Code::Empty),
        ("a\u{0}b", Code::BadText),
        (&"x".repeat(MESSAGE_BYTES + 1), Code::TooLong),
    ];
    for (text, code) in cases {
        let submission = visitor.clone().message(text);
        line.send(&ClientFrame::Submit(submission.clone()));
        let refusal = line.until(|frame| match frame {
            ServerFrame::Refused(refusal) => Some(*refusal),
            _ => None,
        });
        assert_eq!((refusal.code, refusal.client_message_id), (code, Some(submission.client_message_id)));
    }
    assert_eq!(visitor.say(&mut line, "<img src=x onerror=alert(1)> {{7*7}} \u{202e}"), Seq(1));
    undisturbed(witness);
}

fn too_many_sockets(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut lines: Vec<_> = (0..5).map(|_| visitor.connect(Codec::Postcard, None).0).collect();
    let mut sixth = visitor.open(Codec::Postcard).expect("open");
    sixth.send(&ClientFrame::Hello(visitor.hello(None)));
    assert_eq!(sixth.until_closed(), Some(CloseCode::TooMany.number()));
    visitor.say(lines.last_mut().expect("five"), "still here");
}

fn unknown_addresses(stage: &Stage) {
    let address = |path: &str| tests::http::get(&format!("{}{path}", stage.base_url()), &[]);
    let absent = address("/nothing");
    assert_eq!((absent.status, absent.code()), (404, Code::NotFound));
    for path in [
        "/%3Cscript%3E",
        "/api/",
        "/api/visitor/conversations/x/socket",
        "/demo/index.html",
        "/api/account/sign-in",
    ] {
        let answer = address(path);
        assert_eq!((answer.status, &answer.body), (404, &absent.body), "{path}");
    }
    let long = "x".repeat(20_000);
    let answer = tests::http::post(&format!("{}/api/visitor/session", stage.base_url()), &[], &long);
    assert_eq!(answer.status, 413);
}
