//! The server is killed, or forgets. This comes last, since it restarts the shared server.

use std::time::Duration;

use protocol::codec::Codec;
use protocol::{AgentCommand, ClientFrame, Resume, Seq, ServerFrame};
use tests::visitor::{accepted, cursor, events, text_of};
use tests::{Agent, Case, Stage, Visitor};
use tungstenite::Message;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("DL1 what was accepted survives kill -9, and sending again doubles nothing", killed_in_mid_conversation),
    ("DL6 a log that was put back is known for it, however much was written since", put_back),
    ("DL11 a hibernated socket goes on where it was", hibernation),
];

fn killed_in_mid_conversation(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, welcome) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "one");
    let (mut reader, _) = visitor.connect(Codec::Postcard, None);
    let one = cursor(welcome.epoch, events(&mut reader, 1).first());
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent.ask(&mut agent_line, AgentCommand::Message { text: "two".to_owned() });
    let three = visitor.message("three");
    line.send(&ClientFrame::Submit(three.clone()));
    accepted(&mut line, three.client_message_id);
    let four = visitor.message("four");
    line.send(&ClientFrame::Submit(four.clone()));
    stage.kill();
    line.until_closed();
    stage.launch();

    let (mut line, again) = visitor.connect(Codec::Postcard, Some(one));
    assert_eq!(again.resume, Resume::Resumed);
    assert!(again.head >= Seq(3), "three was accepted");
    line.send(&ClientFrame::Submit(three.clone()));
    assert_eq!(accepted(&mut line, three.client_message_id), (Seq(3), true));
    line.send(&ClientFrame::Submit(four.clone()));
    assert_eq!(accepted(&mut line, four.client_message_id).0, Seq(4));
    let (mut whole, _) = visitor.connect(Codec::Postcard, None);
    let texts: Vec<_> =
        events(&mut whole, 4).iter().filter_map(|event| text_of(event).map(str::to_owned)).collect();
    assert_eq!(texts, ["one", "two", "three", "four"]);

    let agent = Agent::sign_in(stage);
    let (_, entries) = agent.watch_feed();
    let listed = entries.iter().find(|entry| entry.conversation == visitor.conversation).is_some();
    assert!(listed, "the list survived too");
}

fn hibernation(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "before");
    std::thread::sleep(Duration::from_secs(11));
    line.send_raw(Message::text("ping"));
    assert_eq!(visitor.say(&mut line, "after"), Seq(2));
    let first = visitor.message("again");
    line.send(&ClientFrame::Submit(first.clone()));
    accepted(&mut line, first.client_message_id);
    line.send(&ClientFrame::Submit(first));
    line.until(|frame| matches!(frame, ServerFrame::Accepted { duplicate: true, .. }).then_some(()));
}

fn put_back(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, welcome) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "before the backup");
    let mut elsewhere = visitor.clone();
    let moment = stage.remember();
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    for text in ["after it", "and again"] {
        visitor.say(&mut line, text);
    }
    let (mut reader, _) = visitor.connect(Codec::Postcard, None);
    let had = cursor(welcome.epoch, events(&mut reader, 3).last());
    stage.put_back(&moment);

    let (mut line, _) = elsewhere.connect(Codec::Postcard, None);
    for text in ["something else", "and more", "and more"] {
        elsewhere.say(&mut line, text);
    }
    let (mut back, again) = visitor.connect(Codec::Postcard, Some(had));
    assert_eq!((again.epoch, again.head), (welcome.epoch, Seq(4)), "nothing else tells it");
    assert_eq!((again.resume, again.from), (Resume::Rewound, Seq(0)));
    let texts: Vec<_> =
        events(&mut back, 4).iter().filter_map(|event| text_of(event).map(str::to_owned)).collect();
    assert_eq!(texts, ["before the backup", "something else", "and more", "and more"]);
}
