//! The agents' list.

use protocol::codec::Codec;
use protocol::{
    AgentCommand, AgentId, AgentKind, Author, ClientFrame, FeedFrame, FeedRequest, Handling, IndexEntry,
    Label, ListView, PrivateKind, Seq, ServerFrame, Shelf, ShelfCounts, SocketTarget, Status, Timestamp,
};
use tests::agent::entry;
use tests::{Agent, Case, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WS4 a conversation appears in the list and follows what happens", the_list_is_live),
    ("WS19 CV20 views and numbers follow what is handled, and what is snoozed comes up", handled),
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

fn now() -> Timestamp {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    Timestamp(i64::try_from(now.as_millis()).expect("small"))
}

fn handled(stage: &Stage) {
    let mut agent = Agent::sign_in(stage);
    let (mut feed, _) = agent.watch_feed();
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");
    let listed = entry(&mut feed, visitor.conversation, |_| true);
    let me = feed_id(&agent);
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    let mut handle = |step| agent.ask(&mut agent_line, AgentCommand::Handle(step));
    handle(Handling::Assign { to: Some(me) });
    let label = Label::parse("Billing").expect("legal");
    handle(Handling::Label(label.clone()));
    let is_mine = |entry: &IndexEntry| {
        entry.placement.assignee == Some(me) && entry.placement.labels == [label.clone()]
    };
    entry(&mut feed, visitor.conversation, is_mine);
    let view = ListView { shelf: Shelf::Mine, site: Some(listed.site) };
    feed.send(&FeedRequest::List { view, after: None });
    let mine = feed.until(|frame| match frame {
        FeedFrame::Listed { view: told, entries, .. } if *told == view => Some(entries.clone()),
        _ => None,
    });
    assert!(mine.iter().any(|entry| entry.conversation == visitor.conversation));

    // It sleeps for a moment, and the alarm wakes it: every agent hears of both, the visitor of nothing.
    handle(Handling::Snooze { until: now().plus(1_500) });
    entry(&mut feed, visitor.conversation, |entry| entry.status == Status::Snoozed);
    let counts = |wanted: fn(&ShelfCounts) -> bool, feed: &mut tests::Line<FeedRequest, FeedFrame>| {
        feed.until(|frame| match frame {
            FeedFrame::Counts { sites } => sites.iter().any(|site| wanted(&site.counts)).then_some(()),
            _ => None,
        });
    };
    counts(|counts| counts.snoozed > 0, &mut feed);
    entry(&mut feed, visitor.conversation, |entry| entry.status == Status::Open);
    counts(|counts| counts.snoozed == 0, &mut feed);
    let woken = agent_line.until(|frame| match frame {
        ServerFrame::Events { events } => events.iter().find(|event| event.author == Author::System).cloned(),
        _ => None,
    });
    assert_eq!(woken.kind, AgentKind::Private(PrivateKind::Handled(Handling::Open)));
    visitor.say(&mut line, "are you there?");
    let (_, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!((welcome.status, welcome.head), (Status::Open, Seq(2)), "their messages and nothing else");
}

/// Who the agent is in their workspace, as the feed tells.
fn feed_id(agent: &Agent) -> AgentId {
    let mut line = agent.open_feed(agent.workspace).expect("open");
    let ticket = agent.ticket(SocketTarget::Feed);
    line.send(&FeedRequest::Hello(tests::agent::hello(ticket)));
    line.until(|frame| match frame {
        FeedFrame::Welcome { me, .. } => Some(me.id),
        _ => None,
    })
}
