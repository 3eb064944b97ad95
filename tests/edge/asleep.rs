//! What wakes no object: pings, and guesses at the names of conversations.

use std::time::Duration;

use protocol::ConversationId;
use protocol::codec::Codec;
use tests::adapted::{conversations_made, counted};
use tests::{Agent, Case, Line, Received, Stage, Visitor, random};
use tungstenite::Message;

pub(crate) const CASES: &[Case<Stage>] =
    &[("PR8 AC10 pings and guesses wake nothing", pings_and_guesses_wake_nothing)];

const PORT: u16 = 8_930;

/// After which an idle object sleeps, and a little more.
const ASLEEP_AFTER: Duration = Duration::from_secs(12);

fn pings_and_guesses_wake_nothing(_: &Stage) {
    let stage = Stage::start_adapted("asleep", PORT, counted);
    let made = || conversations_made(stage.base_url());
    let mut visitor = Visitor::arrive(&stage);
    let (mut line, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut line, "before");
    let mut agent = Agent::sign_in(&stage);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    std::thread::sleep(ASLEEP_AFTER);
    let before = made();
    for _ in 0..20 {
        line.send_raw(Message::text("ping"));
        while line.receive() != Received::Text("pong".to_owned()) {}
        agent_line.send_raw(Message::text("ping"));
        while agent_line.receive() != Received::Text("pong".to_owned()) {}
    }
    for _ in 0..200 {
        let guess = ConversationId::from_bytes(random());
        let path = format!("/api/visitor/conversations/{guess}/socket");
        let opened = Line::<(), ()>::open(stage.port(), &path, Codec::Json, &[("Origin", "null")]);
        assert_eq!(opened.err(), Some(404));
    }
    assert_eq!(made(), before, "no object was made");
    visitor.say(&mut line, "after");
    assert_eq!(made(), before + 1, "it slept, and a message wakes it");
}
