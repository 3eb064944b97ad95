//! What is meant to be heavy: messages that inflate, bodies that never end, methods that nobody needs. On bare workerd,
//! so that nothing stands between.

use std::io::Write as _;
use std::time::{Duration, Instant};

use flate2::Compression;
use flate2::write::DeflateEncoder;
use protocol::codec::{self, Codec};
use protocol::limits::{BODY_BYTES, BODY_MS, FRAME_BYTES, MESSAGE_BYTES, NEWEST_PAGE};
use protocol::{
    AgentCommand, AgentFrame, ClientFrame, CloseCode, Code, Cursor, Hello, Resume, Seq, ServerFrame,
    SocketTarget, VisitorRequest,
};
use tests::agent::{self, AgentLine, hello};
use tests::http::get;
use tests::visitor::cursor;
use tests::{Agent, Case, Raw, Received, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("PR4 a message that would inflate is refused, costs no memory and nobody else", bombs),
    ("PR5 what is no frame of a socket ends it, and who was there is not there any more", broken_frames),
    ("PR14 who does not read is closed, and resumes with all that they missed, once", paused_reader),
    ("PR16 a body that does not come is not waited for", slow_bodies),
    ("PR10 every other method is refused like an unknown address", methods),
];

const PORT: u16 = 8_934;
const PATIENCE: Duration = Duration::from_secs(15);
const MIB: u64 = 1024 * 1024;

/// A bit that nobody has agreed on (RFC 6455, 7.4.1).
const PROTOCOL_ERROR: u16 = 1002;

/// A message of text that is whole (RFC 6455, 5.2).
const FINAL_TEXT: u8 = 0b1000_0001;

fn bombs(_: &Stage) {
    let stage = Stage::start_bare("bombs", PORT);
    let mut witness = Visitor::arrive(&stage);
    let (mut line, _) = witness.connect(Codec::Json, None);
    witness.say(&mut line, "before");
    let before = stage.peak_bytes().expect("the system tells");

    // The platform's own limit is 32 MiB after inflation. An isolate has 128 MiB for all of its objects.
    for bytes in [FRAME_BYTES as u64 + 1, 5 * MIB, 31 * MIB, 100 * MIB] {
        for _ in 0..3 {
            let (mut socket, compresses) = open(&stage, &Visitor::arrive(&stage));
            assert!(!compresses, "nothing is compressed, so that nothing inflates");
            socket.send(&frame(&bomb(bytes)));
            let closed = close_code(&mut socket);
            assert!(matches!(closed, None | Some(PROTOCOL_ERROR)), "{bytes}: {closed:?}");
        }
    }
    let grown = stage.peak_bytes().expect("the system tells").saturating_sub(before);
    assert!(grown < 64 * MIB, "the server has grown by {} MiB", grown / MIB);
    assert_eq!(witness.say(&mut line, "after"), Seq(2));
}

/// Opens a visitor's socket that offers to compress; tells whether the server agreed.
fn open(stage: &Stage, visitor: &Visitor) -> (Raw, bool) {
    let mut raw = Raw::connect(stage.port());
    raw.send(
        format!(
            "GET /api/visitor/conversations/{}/socket HTTP/1.1\r\nHost: localhost:{}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nOrigin: null\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Protocol: porchlight.json\r\n\
             Sec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
            visitor.conversation,
            stage.port(),
        )
        .as_bytes(),
    );
    let head = raw.read_until("\r\n\r\n", PATIENCE);
    let head = String::from_utf8_lossy(&head).to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 101"), "{head}");
    (raw, head.contains("permessage-deflate"))
}

/// So many letters, compressed.
fn bomb(bytes: u64) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    let piece = vec![b'a'; 64 * 1024];
    let mut left = bytes;
    while left > 0 {
        let now = left.min(piece.len() as u64);
        encoder.write_all(&piece[..usize::try_from(now).expect("a piece")]).expect("memory");
        left -= now;
    }
    without_tail(encoder)
}

/// What of a compressed message is sent (RFC 7692, 7.2.1).
fn without_tail(mut encoder: DeflateEncoder<Vec<u8>>) -> Vec<u8> {
    encoder.flush().expect("memory");
    let mut bytes = encoder.get_ref().clone();
    assert!(bytes.ends_with(&[0, 0, 0xff, 0xff]));
    bytes.truncate(bytes.len() - 4);
    bytes
}

/// A whole compressed message of text as a client sends it (RFC 6455, 5.2): masked, with zeros.
fn frame(payload: &[u8]) -> Vec<u8> {
    const FINAL_COMPRESSED_TEXT: u8 = 0b1100_0001;
    const MASKED_LONG: u8 = 0b1111_1111;
    let length = (payload.len() as u64).to_be_bytes();
    [&[FINAL_COMPRESSED_TEXT, MASKED_LONG], length.as_slice(), &[0; 4], payload].concat()
}

/// Reads frames until the server closes, and with which code; `None` if it hangs up.
fn close_code(raw: &mut Raw) -> Option<u16> {
    const CLOSE: u8 = 8;
    loop {
        let head = raw.read_exactly(2, PATIENCE)?;
        let length = match head[1] & 0x7f {
            126 => u16::from_be_bytes(raw.read_exactly(2, PATIENCE)?.try_into().ok()?).into(),
            length => usize::from(length),
        };
        let payload = raw.read_exactly(length, PATIENCE)?;
        if head[0] & 0xf == CLOSE {
            return payload.get(..2).and_then(|code| code.try_into().ok()).map(u16::from_be_bytes);
        }
    }
}

/// A frame as a client sends it, masked with zeros, with any first byte and any length that it says it has.
fn masked(first: u8, length: u64, payload: &[u8]) -> Vec<u8> {
    const MASKED_LONG: u8 = 0b1111_1111;
    [&[first, MASKED_LONG], length.to_be_bytes().as_slice(), &[0; 4], payload].concat()
}

fn broken_frames(_: &Stage) {
    let stage = Stage::start_bare("frames", PORT);
    let mut witness = Visitor::arrive(&stage);
    let (mut line, _) = witness.connect(Codec::Json, None);
    witness.say(&mut line, "before");
    let text = |first: u8| masked(first, 4, b"ping");
    let short_unmasked = [&[FINAL_TEXT, 4], b"ping".as_slice()].concat();
    for (name, bytes) in [
        ("a bit that nobody agreed on", text(FINAL_TEXT | 0b0010_0000)),
        ("another one", text(FINAL_TEXT | 0b0001_0000)),
        ("a kind that there is not", text(0b1000_0011)),
        ("a kind of control that there is not", text(0b1000_1011)),
        ("a length of a terabyte", masked(FINAL_TEXT, 1 << 40, b"ping")),
        ("a length beyond all", masked(FINAL_TEXT, u64::MAX, b"ping")),
        ("no mask", short_unmasked),
        ("the middle of nothing", text(0b1000_0000)),
    ] {
        let mut visitor = Visitor::arrive(&stage);
        let (mut first, _) = visitor.connect(Codec::Json, None);
        visitor.say(&mut first, "hello");
        first.close(1000);
        first.until_closed();
        let (mut watcher, _) = Agent::sign_in(&stage).connect(visitor.conversation);
        let (mut socket, _) = open(&stage, &visitor);
        let hello: VisitorRequest = ClientFrame::Hello(visitor.hello(None));
        let hello = codec::to_text(&hello).into_bytes();
        socket.send(&masked(FINAL_TEXT, hello.len() as u64, &hello));
        until_online(&mut watcher, true);
        socket.send(&bytes);
        let closed = close_code(&mut socket);
        assert!(matches!(closed, None | Some(PROTOCOL_ERROR | 1009)), "{name}: {closed:?}");
        drop(socket);
        until_online(&mut watcher, false);
    }
    assert_eq!(witness.say(&mut line, "after"), Seq(2), "on the same socket");
}

/// Waits until an agent is told that the visitor is there, or not there any more.
fn until_online(line: &mut AgentLine, wanted: bool) {
    line.until(|frame| match frame {
        AgentFrame::Presence(presence) => (presence.online == wanted).then_some(()),
        _ => None,
    });
}

/// As many pages as fill what the system keeps for a reader, and more (80 MB).
const PAGES: u32 = 100;

fn paused_reader(_: &Stage) {
    let stage = Stage::start_bare("paused", PORT);
    let mut visitor = Visitor::arrive(&stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "first");
    let mut agent = Agent::sign_in(&stage);
    let (mut writer, _) = agent.connect(visitor.conversation);
    for number in 1..NEWEST_PAGE {
        let text = format!("{number} {}", "x".repeat(MESSAGE_BYTES - 10));
        agent.ask(&mut writer, AgentCommand::Message { text });
    }
    let conversation = visitor.conversation;
    let connect = |cursor: Option<Cursor>| {
        let ticket = agent.ticket(SocketTarget::Conversation(conversation));
        let mut line = agent.open(conversation, Codec::Postcard).expect("open");
        line.send(&ClientFrame::Hello(Hello { cursor, ..hello(ticket) }));
        let welcome = line.until(|frame| match frame {
            ServerFrame::Welcome(welcome) => Some(welcome.clone()),
            _ => None,
        });
        (line, welcome)
    };
    let (mut paused, welcome) = connect(None);
    let page = agent::events(&mut paused, 50);
    let mut newest = page.last().cloned();
    let mut seen: Vec<_> = page.iter().map(|event| event.seq).collect();
    for _ in 0..PAGES {
        paused.send(&ClientFrame::Older { before: Seq(NEWEST_PAGE + 1) });
    }
    for number in 0..5 {
        assert_eq!(visitor.say(&mut line, "meanwhile"), Seq(NEWEST_PAGE + 1 + number), "nobody else waits");
    }
    loop {
        match paused.receive() {
            Received::Frame(ServerFrame::Events { events }) => {
                seen.extend(events.iter().map(|event| event.seq));
                newest = events.last().cloned().or(newest);
            }
            Received::Frame(_) | Received::Text(_) => {}
            Received::Closed(code) => break assert_eq!(code, Some(CloseCode::SlowReader.number())),
        }
    }
    let last = *seen.last().expect("a page");
    let head = NEWEST_PAGE + 5;
    assert!(last < Seq(head), "it was closed before it was told all");
    let (mut again, resumed) = connect(Some(cursor(welcome.epoch, newest.as_ref())));
    assert_eq!((resumed.resume, resumed.head), (Resume::Resumed, Seq(head)));
    let missed = usize::try_from(head - last.0).expect("few");
    seen.extend(agent::events(&mut again, missed).iter().map(|event| event.seq));
    assert_eq!(seen, (1..=head).map(Seq).collect::<Vec<_>>(), "each once, in order");
}

fn slow_bodies(_: &Stage) {
    let stage = Stage::start_bare("slow", PORT);
    let mut witness = Visitor::arrive(&stage);
    let limit = Duration::from_millis(BODY_MS);
    let begun = Instant::now();
    let mut slow: Vec<_> = (0..50)
        .map(|number| {
            let mut raw = Raw::connect(stage.port());
            let (path, length) = match number % 3 {
                0 => ("/api/visitor/session", "Content-Length: 100"),
                1 => ("/api/account/sign-in", "Content-Length: 100"),
                _ => ("/api/setup", "Transfer-Encoding: chunked"),
            };
            raw.send(
                format!(
                    "POST {path} HTTP/1.1\r\nHost: localhost:{}\r\nOrigin: {}\r\n\
                     Content-Type: application/json\r\n{length}\r\n\r\n",
                    stage.port(),
                    stage.base_url(),
                )
                .as_bytes(),
            );
            raw
        })
        .collect();
    let (mut line, _) = witness.connect(Codec::Json, None);
    assert_eq!(witness.say(&mut line, "meanwhile"), Seq(1), "nobody else waits");
    for raw in &mut slow {
        let answer = raw.read_until("}", limit + PATIENCE);
        let answer = String::from_utf8_lossy(&answer);
        assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("\"unavailable\""), "{answer}");
    }
    let took = begun.elapsed();
    assert!(took >= limit && took < limit + Duration::from_secs(5), "{took:?}");

    let mut endless = Raw::connect(stage.port());
    endless.send(
        format!(
            "POST /api/visitor/session HTTP/1.1\r\nHost: localhost:{}\r\nTransfer-Encoding: chunked\r\n\r\n",
            stage.port()
        )
        .as_bytes(),
    );
    let chunk = format!("400\r\n{}\r\n", "x".repeat(0x400));
    let pieces = BODY_BYTES / 0x400 + 2;
    (0..pieces).for_each(|_| {
        endless.send(chunk.as_bytes());
    });
    let answer = endless.read_until("}", PATIENCE);
    let answer = String::from_utf8_lossy(&answer);
    assert!(answer.starts_with("HTTP/1.1 413") && answer.contains("\"too_large\""), "{answer}");
}

fn methods(_: &Stage) {
    let stage = Stage::start_bare("methods", PORT);
    let absent = get(&format!("{}/nothing", stage.base_url()), &[]);
    assert_eq!((absent.status, absent.code()), (404, Code::NotFound));
    for method in ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "PROPFIND", "SEARCH", "LOCK"] {
        for path in ["/inbox/", "/widget.js", "/healthz", "/api/account/sign-in", "/api/visitor/session"] {
            let mut raw = Raw::connect(stage.port());
            let host = format!("Host: localhost:{}\r\nX-Secret: not to be repeated", stage.port());
            raw.send(format!("{method} {path} HTTP/1.1\r\n{host}\r\nConnection: close\r\n\r\n").as_bytes());
            let answer = raw.read_until(&absent.body, PATIENCE);
            let answer = String::from_utf8_lossy(&answer);
            assert!(answer.starts_with("HTTP/1.1 404 "), "{method} {path}: {answer}");
            assert!(
                answer.ends_with(&absent.body) && !answer.contains("repeated"),
                "{method} {path}: {answer}"
            );
        }
    }
}
