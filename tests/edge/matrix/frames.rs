//! Sends every frame as everybody.

use protocol::codec::Codec;
use protocol::{
    AgentCommand, AgentRequest, AvailabilityChoice, ClientFrame, ClientMessageId, CloseCode, Code,
    ConversationId, FeedFrame, FeedRequest, File, FileId, FileName, Handling, Hello, IndexPosition, Label,
    ListView, MediaType, MessageName, OutboxId, Page, Priority, Seq, ServerFrame, SocketTarget, Stars,
    Submission, Timestamp, VisitorCommand, VisitorRequest, WorkspaceId, Writer,
};
use tests::{Agent, Line, Received, Stage, Visitor, random};

use super::world::Team;

/// The routes that open sockets.
pub(super) const SOCKETS: [&str; 3] = [
    "/api/visitor/conversations/{id}/socket",
    "/api/agent/conversations/{id}/socket",
    "/api/agent/workspaces/{id}/socket",
];

type FeedLine = Line<FeedRequest, FeedFrame>;

pub(super) fn sweep(stage: &Stage) {
    let home = Team::found(stage);
    let away = Team::found(stage);
    let mut visitor = Visitor::arrive_at(stage, home.site_key);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");
    let absent = ConversationId::from_bytes(random());

    before_the_hello(stage, &visitor, &home);
    visitors(stage, &visitor, &home, &away);
    for (member, writes, notes) in [
        (&home.owner, true, true),
        (&home.admin, true, true),
        (&home.agent, true, true),
        (&home.reader, false, false),
    ] {
        let agent = Agent::of(stage, &member.person);
        agent_frames(&agent, visitor.conversation, writes, notes);
        assert_eq!(agent.open(absent, Codec::Json).err(), Some(404), "absent");
        feed_frames(&agent, home.workspace);
    }
    strangers(stage, &visitor, &home, &away);
}

/// Nothing is answered before a hello but its close.
fn before_the_hello(stage: &Stage, visitor: &Visitor, home: &Team) {
    let agent = Agent::of(stage, &home.agent.person);
    for frame in agent_requests() {
        let mut line = agent.open(visitor.conversation, Codec::Postcard).expect("open");
        line.send(&frame);
        assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()), "{frame:?}");
    }
    for frame in visitor_requests() {
        let mut line = visitor.open(Codec::Postcard).expect("open");
        line.send(&frame);
        assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()), "{frame:?}");
    }
    for frame in feed_requests() {
        let mut line = agent.open_feed(home.workspace).expect("open");
        line.send(&frame);
        assert_eq!(line.until_closed(), Some(CloseCode::Unauthenticated.number()), "{frame:?}");
    }
}

/// A visitor reaches their own conversation, and no other way in tells them that another exists.
fn visitors(stage: &Stage, visitor: &Visitor, home: &Team, away: &Team) {
    let others = [
        ("other visitor", Visitor::arrive_at(stage, home.site_key)),
        ("other site", Visitor::arrive_at(stage, away.site_key)),
    ];
    let nowhere = Visitor::arrive_at(stage, home.site_key);
    let head = visitor.connect(Codec::Postcard, None).1.head;
    for (name, other) in others {
        let mut foreign = other.open_to(visitor.conversation, Codec::Json).expect("open");
        foreign.send(&ClientFrame::Hello(other.hello(None)));
        // A conversation that nobody began, named by somebody else's token, is as absent as one can be.
        let mut absent = other.open_to(nowhere.conversation, Codec::Json).expect("open");
        absent.send(&ClientFrame::Hello(other.hello(None)));
        // Whoever does not wait for the answer sends into nothing.
        for frame in visitor_requests() {
            foreign.send(&frame);
            absent.send(&frame);
        }
        assert_eq!(all_of(&mut foreign), all_of(&mut absent), "{name}");
        assert_eq!(visitor.connect(Codec::Postcard, None).1.head, head, "nothing of {name}'s is stored");
    }
    let mut own = visitor.connect(Codec::Postcard, None).0;
    for frame in visitor_requests() {
        own.send(&frame);
    }
    own.send(&ClientFrame::Hello(visitor.hello(None)));
    assert_eq!(own.until_closed(), Some(CloseCode::Forbidden.number()), "a second hello");
}

/// What an agent may do with a conversation of their workspace, by what their role may do.
fn agent_frames(agent: &Agent, conversation: ConversationId, writes: bool, notes: bool) {
    let mut agent = agent.clone();
    let (mut line, _) = agent.connect(conversation);
    let label = Label::parse("Billing").expect("legal");
    let commands = [
        (AgentCommand::Message { text: "hi".to_owned() }, writes),
        (AgentCommand::Note { text: "psst".to_owned() }, notes),
        (AgentCommand::Resolve, writes),
        (AgentCommand::Reopen, writes),
        (AgentCommand::Handle(Handling::Assign { to: None }), writes),
        (AgentCommand::Handle(Handling::Wait), writes),
        (AgentCommand::Handle(Handling::Snooze { until: in_an_hour() }), writes),
        (AgentCommand::Handle(Handling::Open), writes),
        (AgentCommand::Handle(Handling::Prioritize(Priority::High)), writes),
        (AgentCommand::Handle(Handling::Label(label.clone())), writes),
        (AgentCommand::Handle(Handling::Unlabel(label)), writes),
        (AgentCommand::Handle(Handling::HandTo { team: None }), writes),
    ];
    let mut refusal_of = |command: AgentCommand| {
        let submission = agent.submission(command);
        let id = submission.client_message_id;
        line.send(&ClientFrame::Submit(submission));
        let refused = line.until(|frame| match frame {
            ServerFrame::Accepted { client_message_id, .. } if *client_message_id == id => Some(None),
            ServerFrame::Refused(refusal) => Some(Some(refusal.code)),
            _ => None,
        });
        if refused.is_some() {
            agent.take_number_back();
        }
        refused
    };
    for (command, may) in commands {
        let name = format!("{command:?}");
        assert_eq!(refusal_of(command), (!may).then_some(Code::Forbidden), "{name}");
    }
    for command in agent_commands() {
        let name = format!("{command:?}");
        // What is about no message or no file is refused for that, to those who may.
        assert_eq!(refusal_of(command) == Some(Code::Forbidden), !writes, "{name}");
    }
    line.send(&ClientFrame::Page(page()));
    let refused = line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    });
    assert_eq!(refused, Code::Forbidden, "an agent tells no page");
}

fn feed_frames(agent: &Agent, workspace: protocol::WorkspaceId) {
    let (mut line, _) = agent.watch_feed();
    line.send(&more());
    line.until(|frame| matches!(frame, FeedFrame::Page { .. }).then_some(()));
    let view = ListView::default();
    line.send(&FeedRequest::List { view, after: None });
    line.until(|frame| matches!(frame, FeedFrame::Listed { .. }).then_some(()));
    line.send(&FeedRequest::Idle { is_idle: true });
    let conversation = ConversationId::from_bytes(tests::random());
    line.send(&FeedRequest::SawMention { conversation });
    line.send(&FeedRequest::Choose(AvailabilityChoice::Away));
    line.until(|frame| (*frame == FeedFrame::Chosen(AvailabilityChoice::Away)).then_some(()));
    assert_eq!(agent.workspace, workspace);
}

/// People of another workspace find nothing, whichever credential they show.
fn strangers(stage: &Stage, visitor: &Visitor, home: &Team, away: &Team) {
    let stranger = Agent::of(stage, &away.owner.person);
    let ticket = stranger.ticket(SocketTarget::Conversation(visitor.conversation));
    let nowhere = Visitor::arrive_at(stage, home.site_key).conversation;
    let mut foreign = stranger.open(visitor.conversation, Codec::Json).expect("open");
    foreign.send(&ClientFrame::Hello(tests::agent::hello(ticket)));
    let mut absent = stranger.open(nowhere, Codec::Json).expect("open");
    let ticket = stranger.ticket(SocketTarget::Conversation(nowhere));
    absent.send(&ClientFrame::Hello(tests::agent::hello(ticket)));
    assert_eq!(all_of(&mut foreign), all_of(&mut absent), "another workspace's conversation");

    let nowhere = WorkspaceId::from_bytes(random());
    let [foreign, absent] = [home.workspace, nowhere].map(|workspace| {
        let mut feed: FeedLine = stranger.open_feed(workspace).expect("open");
        feed.send(&FeedRequest::Hello(tests::agent::hello(stranger.ticket(SocketTarget::Feed))));
        all_of(&mut feed)
    });
    assert_eq!(foreign, absent, "another workspace's feed");
    for frame in feed_requests() {
        let [foreign, absent] = [home.workspace, nowhere].map(|workspace| {
            let mut feed: FeedLine = stranger.open_feed(workspace).expect("open");
            feed.send(&frame);
            all_of(&mut feed)
        });
        assert_eq!(foreign, absent, "before the hello: {frame:?}");
    }

    let mut as_agent = stranger.open(visitor.conversation, Codec::Json).expect("open");
    as_agent.send(&ClientFrame::Hello(Hello { page: None, ..visitor.hello(None) }));
    assert_eq!(
        as_agent.until_closed(),
        Some(CloseCode::Unauthenticated.number()),
        "a visitor's token as a ticket"
    );
}

/// Everything that a socket says until it is closed.
pub(super) fn all_of<I: serde::Serialize, O: for<'de> serde::Deserialize<'de> + std::fmt::Debug>(
    line: &mut Line<I, O>,
) -> Vec<String> {
    let mut said = Vec::new();
    loop {
        let received = line.receive();
        said.push(format!("{received:?}"));
        if matches!(received, Received::Closed(_)) {
            return said;
        }
    }
}

/// The id of a message that might be.
const SOME_ID: ClientMessageId = ClientMessageId::from_bytes([7; 16]);

/// A message that might be.
const SOME_MESSAGE: MessageName = MessageName { by: Writer::Visitor, id: SOME_ID };

fn some_file() -> File {
    let name = FileName::parse("fern.png").expect("a name");
    File { id: FileId::from_bytes([7; 16]), name, media: MediaType::Png, bytes: 5, picture: None }
}

/// Every command of agents, at least once: one that is new does not compile without its place.
fn agent_commands() -> Vec<AgentCommand> {
    let text = || "hi".to_owned();
    let label = || Label::parse("Billing").expect("legal");
    let handlings = [
        Handling::Assign { to: None },
        Handling::Wait,
        Handling::Snooze { until: in_an_hour() },
        Handling::Open,
        Handling::Prioritize(Priority::High),
        Handling::Label(label()),
        Handling::Unlabel(label()),
        Handling::HandTo { team: None },
    ];
    holds_every(&handlings, 8, |handling| match handling {
        Handling::Assign { .. } => 0,
        Handling::Wait => 1,
        Handling::Snooze { .. } => 2,
        Handling::Open => 3,
        Handling::Prioritize(_) => 4,
        Handling::Label(_) => 5,
        Handling::Unlabel(_) => 6,
        Handling::HandTo { .. } => 7,
    });
    let mut commands = vec![
        AgentCommand::Message { text: text() },
        AgentCommand::Note { text: text() },
        AgentCommand::Resolve,
        AgentCommand::Reopen,
        AgentCommand::Edit { of: SOME_ID, text: text() },
        AgentCommand::Delete { of: SOME_ID },
        AgentCommand::EditNote { of: SOME_ID, text: text() },
        AgentCommand::DeleteNote { of: SOME_ID },
        AgentCommand::Reply { to: SOME_MESSAGE, text: text() },
        AgentCommand::ReplyByNote { to: SOME_MESSAGE, text: text() },
        AgentCommand::File(some_file()),
        AgentCommand::NoteFile(some_file()),
        AgentCommand::Message { text: text() }.seeing(None),
    ];
    commands.extend(handlings.map(AgentCommand::Handle));
    holds_every(&commands, 14, |command| match command {
        AgentCommand::Message { .. } => 0,
        AgentCommand::Note { .. } => 1,
        AgentCommand::Resolve => 2,
        AgentCommand::Reopen => 3,
        AgentCommand::Edit { .. } => 4,
        AgentCommand::Delete { .. } => 5,
        AgentCommand::EditNote { .. } => 6,
        AgentCommand::DeleteNote { .. } => 7,
        AgentCommand::Reply { .. } => 8,
        AgentCommand::ReplyByNote { .. } => 9,
        AgentCommand::File(_) => 10,
        AgentCommand::NoteFile(_) => 11,
        AgentCommand::Handle(_) => 12,
        AgentCommand::Say { .. } => 13,
    });
    commands
}

/// Every command of visitors.
fn visitor_commands() -> Vec<VisitorCommand> {
    let text = || "hi".to_owned();
    let commands = vec![
        VisitorCommand::Message { text: text() },
        VisitorCommand::Edit { of: SOME_ID, text: text() },
        VisitorCommand::Delete { of: SOME_ID },
        VisitorCommand::Reply { to: SOME_MESSAGE, text: text() },
        VisitorCommand::File(some_file()),
        VisitorCommand::End,
        VisitorCommand::Rate { stars: Stars::ALL[2], comment: "fine".to_owned() },
    ];
    holds_every(&commands, 7, |command| match command {
        VisitorCommand::Message { .. } => 0,
        VisitorCommand::Edit { .. } => 1,
        VisitorCommand::Delete { .. } => 2,
        VisitorCommand::Reply { .. } => 3,
        VisitorCommand::File(_) => 4,
        VisitorCommand::End => 5,
        VisitorCommand::Rate { .. } => 6,
    });
    commands
}

/// Every frame of a feed but the hello.
fn feed_requests() -> Vec<FeedRequest> {
    let conversation = ConversationId::from_bytes(random());
    let requests = vec![
        more(),
        FeedRequest::List { view: ListView::default(), after: None },
        FeedRequest::Choose(AvailabilityChoice::Away),
        FeedRequest::Idle { is_idle: true },
        FeedRequest::SawMention { conversation },
    ];
    holds_every(&requests, 5, |request| match request {
        FeedRequest::More { .. } => 0,
        FeedRequest::List { .. } => 1,
        FeedRequest::Choose(_) => 2,
        FeedRequest::Idle { .. } => 3,
        FeedRequest::SawMention { .. } => 4,
        FeedRequest::Hello(_) => 5,
    });
    requests
}

/// Asserts that each of `count` places is taken by one of them.
fn holds_every<T>(all: &[T], count: usize, place: impl Fn(&T) -> usize) {
    let places: std::collections::BTreeSet<usize> = all.iter().map(place).collect();
    assert_eq!(places, (0..count).collect());
}

fn agent_requests() -> Vec<AgentRequest> {
    let commands = agent_commands().into_iter();
    commands.map(|command| ClientFrame::Submit(submission(command))).chain(others()).collect()
}

fn visitor_requests() -> Vec<VisitorRequest> {
    let commands = visitor_commands().into_iter();
    commands.map(|command| ClientFrame::Submit(submission(command))).chain(others()).collect()
}

/// The frames of both sides beside hello and submissions.
fn others<C>() -> [ClientFrame<C>; 6] {
    [
        ClientFrame::Read { upto: Seq(1) },
        ClientFrame::Typing { on: true },
        ClientFrame::Older { before: Seq(2) },
        ClientFrame::Newer { after: Seq(0) },
        ClientFrame::Page(page()),
        ClientFrame::Noting { on: true },
    ]
}

fn more() -> FeedRequest {
    let conversation = ConversationId::from_bytes([0xff; 32]);
    FeedRequest::More { after: IndexPosition { active_at: Timestamp(0), conversation } }
}

/// By the test's own clock, of which the server's differs by less.
fn in_an_hour() -> Timestamp {
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    Timestamp(i64::try_from(now.as_millis()).expect("small")).plus(3_600_000)
}

fn page() -> Page {
    Page { url: "https://shop.example/".to_owned(), title: String::new(), referrer: String::new() }
}

fn submission<C>(command: C) -> Submission<C> {
    Submission {
        client_message_id: ClientMessageId::from_bytes(random()),
        outbox: OutboxId::from_bytes(random()),
        number: 1,
        command,
    }
}
