//! The agents' list.

use protocol::codec::Codec;
use protocol::{AgentCommand, Author, ClientFrame, Seq, Status};
use tests::agent::entry;
use tests::{Agent, Case, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS4 a conversation appears in the list and follows what happens", the_list_is_live),
    ("WS5 an opened chat without a message is in no list", nothing_said_nothing_listed),
];

fn the_list_is_live(stage: &Stage) {
    let mut agent = Agent::sign_in(stage);
    let (mut feed, _) = agent.watch_feed();
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "one");
    visitor.say(&mut line, "two\nlines");
    let listed = entry(&mut feed, visitor.conversation, |entry| entry.unread == 2);
    assert_eq!(listed.status, Status::Open);
    let preview = listed.preview.expect("a preview");
    assert_eq!((preview.author, preview.text.as_str()), (Author::Visitor, "two lines"));

    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent_line.send(&ClientFrame::Read { upto: Seq(2) });
    entry(&mut feed, visitor.conversation, |entry| entry.unread == 0);
    agent.ask(&mut agent_line, AgentCommand::Note { text: "secret".to_owned() });
    agent.ask(&mut agent_line, AgentCommand::Resolve);
    let resolved = entry(&mut feed, visitor.conversation, |entry| entry.status == Status::Resolved);
    assert_eq!(resolved.preview.map(|preview| preview.text), Some("two lines".to_owned()));

    let (_, entries) = agent.watch_feed();
    assert_eq!(entries.first().map(|entry| entry.conversation), Some(visitor.conversation));
}

fn nothing_said_nothing_listed(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let quiet = Visitor::arrive(stage);
    let (_line, _) = quiet.connect(Codec::Postcard, None);
    let mut talkative = Visitor::arrive(stage);
    let (mut line, _) = talkative.connect(Codec::Postcard, None);
    let (mut feed, _) = agent.watch_feed();
    talkative.say(&mut line, "hello");
    entry(&mut feed, talkative.conversation, |_| true);
    let (_, entries) = agent.watch_feed();
    assert!(entries.iter().all(|entry| entry.conversation != quiet.conversation));
}
