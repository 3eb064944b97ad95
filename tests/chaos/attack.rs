//! What a hostile client sends, while everybody else goes on: each is answered by the close code that says why.

use std::time::{Duration, Instant};

use protocol::codec::{self, Codec, VERSION};
use protocol::limits::{BAD_FRAMES, MESSAGE_BYTES, NEWEST_PAGE};
use protocol::{AgentCommand, ClientFrame, CloseCode, Seq, ServerFrame, SocketTarget, VisitorRequest};
use tests::agent::hello;
use tests::{Agent, Stage, Visitor};
use tungstenite::Message;

use crate::audit::Wrong;

/// Pages of the newest 50 messages that the slow reader asks for: 80 MB.
const PAGES: u32 = 100;

/// How long the slow reader does not read.
const PAUSE: Duration = Duration::from_secs(2);

/// Bytes by which the server may grow for a slow reader: what it may buffer, a page that it is about to send in all the
/// copies it takes to send one, and what else happens meanwhile.
const GROWTH_BYTES: u64 = 48_000_000;

/// What the attacks led to.
#[derive(Debug, Default)]
pub(crate) struct Attacked {
    /// Sockets that were closed as they should be.
    pub(crate) closed: u32,
    /// Bytes by which the server grew for a slow reader.
    pub(crate) growth_bytes: u64,
    pub(crate) wrongs: Vec<Wrong>,
}

impl Attacked {
    /// The attackers broke off; why was printed by their thread.
    pub(crate) fn unanswered() -> Self {
        Self {
            wrongs: vec![("PR3", "the server left an attack without an answer".to_owned())],
            ..Self::default()
        }
    }

    fn expect(&mut self, rule: &'static str, what: &str, closed: Option<u16>, code: CloseCode) {
        if closed == Some(code.number()) {
            self.closed += 1;
        } else {
            self.wrongs.push((rule, format!("{what}: closed with {closed:?}, not {}", code.number())));
        }
    }
}

/// Sends all of it, straight to the server.
///
/// # Panics
/// If the server does not answer at all.
pub(crate) fn attack(stage: &Stage, agent: &Agent) -> Attacked {
    let mut attacked = Attacked::default();
    big_frames(stage, &mut attacked);
    malformed_frames(stage, &mut attacked);
    other_versions(stage, &mut attacked);
    slow_reader(stage, &mut agent.clone(), &mut attacked);
    attacked
}

fn big_frames(stage: &Stage, attacked: &mut Attacked) {
    let visitor = Visitor::arrive(stage);
    for codec in [Codec::Json, Codec::Postcard] {
        let (mut line, _) = visitor.connect(codec, None);
        line.send_raw(match codec {
            Codec::Json => Message::text("a".repeat(5 * 1024 * 1024)),
            Codec::Postcard => Message::binary(vec![VERSION; 5 * 1024 * 1024]),
        });
        attacked.expect("PR4", "5 MB", line.until_closed(), CloseCode::TooBig);
    }
}

fn malformed_frames(stage: &Stage, attacked: &mut Attacked) {
    let visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    for length in 1..=BAD_FRAMES {
        let mut bytes = vec![0xff; length as usize * 50];
        bytes[0] = VERSION;
        line.send_raw(Message::binary(bytes));
    }
    attacked.expect("PR3", "malformed frames", line.until_closed(), CloseCode::BadFrames);
}

/// There is one version of the protocol: the one before it and the one after it are told to upgrade.
fn other_versions(stage: &Stage, attacked: &mut Attacked) {
    let visitor = Visitor::arrive(stage);
    let frame = VisitorRequest::Hello(visitor.hello(None));
    for version in [VERSION - 1, VERSION + 1] {
        let what = format!("version {version}");
        let mut line = visitor.open(Codec::Postcard).expect("the upgrade is accepted");
        let mut bytes = codec::to_bytes(&frame);
        bytes[0] = version;
        line.send_raw(Message::binary(bytes));
        attacked.expect("PR6", &what, line.until_closed(), CloseCode::UpgradeRequired);
        let mut line = visitor.open(Codec::Json).expect("the upgrade is accepted");
        let text =
            codec::to_text(&frame).replacen(&format!("\"v\":{VERSION}"), &format!("\"v\":{version}"), 1);
        line.send_raw(Message::text(text));
        attacked.expect("PR6", &what, line.until_closed(), CloseCode::UpgradeRequired);
    }
}

/// Asks for page after page and reads none.
fn slow_reader(stage: &Stage, agent: &mut Agent, attacked: &mut Attacked) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "first");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    for number in 1..NEWEST_PAGE {
        let text = format!("{number} {}", "x".repeat(MESSAGE_BYTES - 10));
        agent.ask(&mut agent_line, AgentCommand::Message { text });
    }
    let ticket = agent.ticket(SocketTarget::Conversation(visitor.conversation));
    let mut slow = agent.open(visitor.conversation, Codec::Postcard).expect("the upgrade is accepted");
    slow.send(&ClientFrame::Hello(hello(ticket)));
    slow.until(|frame| matches!(frame, ServerFrame::Welcome(_)).then_some(()));
    let before = stage.resident_bytes().unwrap_or_default();
    for _ in 0..PAGES {
        slow.send(&ClientFrame::Older { before: Seq(NEWEST_PAGE + 1) });
    }
    let most = most_memory(stage, PAUSE);
    attacked.growth_bytes = most.saturating_sub(before);
    if attacked.growth_bytes > GROWTH_BYTES {
        let what = format!("the server grew by {} bytes for a slow reader", attacked.growth_bytes);
        attacked.wrongs.push(("PR14", what));
    }
    attacked.expect("PR14", "a slow reader", slow.until_closed(), CloseCode::SlowReader);
    visitor.say(&mut line, "the others are not disturbed");
}

/// The most memory that the server has within a time.
fn most_memory(stage: &Stage, within: Duration) -> u64 {
    let begun = Instant::now();
    let mut most = 0;
    while begun.elapsed() < within {
        most = most.max(stage.resident_bytes().unwrap_or_default());
        std::thread::sleep(Duration::from_millis(10));
    }
    most
}
