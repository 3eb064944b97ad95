//! Who sends on without waiting for an answer, or still sends when their right has just ended: nothing of it is stored,
//! and nobody is told of it.

use protocol::call::{WorkspaceAnswer, WorkspaceRequest};
use protocol::{
    AgentCommand, AvailabilityChoice, ClientFrame, ClientMessageId, CloseCode, ConversationId, FeedFrame,
    FeedRequest, Handling, Label, ListView, OutboxId, Page, Seq, SiteId, SocketTarget, Submission,
    VisitorClaims, VisitorCommand, VisitorId, limits,
};
use store::{Database as _, Value};

use crate::conversation::{Talk, message};
use crate::platform::{Handle, TestPlatform};
use crate::scene::{Scene, Who};

/// Everything that is stored.
fn stored(platform: &TestPlatform) -> Vec<(String, Vec<Vec<Value>>)> {
    let run = |sql: &str| platform.database.run(sql, Vec::new()).expect("read");
    let tables = run("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name");
    let tables = tables.into_iter().map(|row| {
        let [Value::Text(table)] = row.as_slice() else { panic!("a name") };
        (table.clone(), run(&format!("SELECT * FROM {table}")))
    });
    tables.collect()
}

/// What everybody but one socket was told.
fn told_to_others(platform: &TestPlatform, socket: Handle) -> usize {
    platform.sent.iter().filter(|(to, _)| *to != socket).count()
}

fn submit<C>(number: u64, command: C) -> ClientFrame<C> {
    ClientFrame::Submit(Submission {
        client_message_id: ClientMessageId::from_bytes([0x70 + u8::try_from(number).expect("few"); 16]),
        outbox: OutboxId::from_bytes([8; 16]),
        number,
        command,
    })
}

fn page() -> Page {
    Page { url: "https://shop.example/".to_owned(), title: String::new(), referrer: String::new() }
}

/// What somebody sends who may not.
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

fn of_a_visitor() -> Vec<ClientFrame<VisitorCommand>> {
    let said = (1..=3).map(message);
    let ended = [submit(1, VisitorCommand::End), submit(1, VisitorCommand::Message { text: "x".to_owned() })];
    said.chain(ended).chain(others()).collect()
}

fn of_an_agent() -> Vec<ClientFrame<AgentCommand>> {
    let text = || "x".to_owned();
    let label = Label::parse("Billing").expect("legal");
    let commands = [
        AgentCommand::Message { text: text() },
        AgentCommand::Note { text: text() },
        AgentCommand::Resolve,
        AgentCommand::Handle(Handling::Wait),
        AgentCommand::Handle(Handling::Label(label)),
    ];
    commands.into_iter().map(|command| submit(1, command)).chain(others()).collect()
}

#[test]
fn ac1_what_a_stranger_sends_behind_a_hello_is_not_stored() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let own = talk.claims();
        let claims = [
            ("another visitor", VisitorClaims { visitor: VisitorId::from_bytes([9; 16]), ..own.clone() }),
            ("another site", VisitorClaims { site: SiteId::from_bytes([9; 16]), ..own }),
        ];
        for (name, claims) in claims {
            if is_evicted {
                talk.evict();
            }
            let before = stored(&talk.platform);
            let heard = talk.platform.sent.len();
            let stranger = talk.visitor_comes_with(&claims);
            assert_eq!(talk.close_code(stranger), Some(CloseCode::NotFound.number()), "{name}");
            for frame in of_a_visitor() {
                talk.say(stranger, &frame);
            }
            assert!(!talk.object.is_seated(&stranger), "{name}");
            assert_eq!(stored(&talk.platform), before, "{name}");
            let [(to, _)] = talk.platform.sent.get(heard..).expect("what was said since") else {
                panic!("{name}: a bye and nothing else");
            };
            assert_eq!(*to, stranger, "{name}");
        }
    }
}

#[test]
fn si5_what_a_visitor_sends_before_the_workspace_has_vouched_is_not_stored() {
    let mut talk = Talk::unbegun();
    let claims = talk.claims();
    talk.platform.now = talk.platform.now.plus(limits::VOUCHED_MS);
    let visitor = talk.visitor_comes_with(&claims);
    let question = talk.take_question();
    let before = stored(&talk.platform);
    for frame in of_a_visitor() {
        talk.say(visitor, &frame);
    }
    assert_eq!(talk.close_code(visitor), Some(CloseCode::Unauthenticated.number()));
    talk.answer_question(visitor, question, Ok(WorkspaceAnswer::Done));
    assert!(!talk.object.is_seated(&visitor), "who was sent away gets no seat");
    for frame in of_a_visitor() {
        talk.say(visitor, &frame);
    }
    assert_eq!(stored(&talk.platform), before);
    assert_eq!(told_to_others(&talk.platform, visitor), 0);
}

#[test]
fn ac7_what_a_removed_agent_sends_on_an_open_socket_is_not_stored() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let ticket = talk.ticket(0xa1);
        let agent = talk.agent_comes(&ticket);
        talk.dismiss(0xa1, None, false);
        assert_eq!(talk.close_code(agent), Some(CloseCode::Forbidden.number()));
        if is_evicted {
            talk.evict();
        }
        let (before, heard) = (stored(&talk.platform), talk.platform.sent.len());
        for frame in of_an_agent() {
            talk.say(agent, &frame);
        }
        assert!(!talk.object.is_seated(&agent));
        assert_eq!(stored(&talk.platform), before);
        assert_eq!(talk.platform.sent.len(), heard, "nobody is told anything");
    }
}

#[test]
fn ac7_what_a_removed_agent_sends_on_an_open_feed_is_not_stored() {
    let requests = || {
        [
            FeedRequest::Choose(AvailabilityChoice::Away),
            FeedRequest::Idle { is_idle: true },
            FeedRequest::List { view: ListView::default(), after: None },
            FeedRequest::SawMention { conversation: ConversationId::from_bytes([9; 32]) },
        ]
    };
    for is_evicted in [false, true] {
        let mut scene = Scene::new();
        let (feed, owners) = (scene.watch(Who::Agent), scene.watch(Who::Owner));
        let late = scene.ticket(Who::Agent, SocketTarget::Feed).expect("a ticket");
        scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
        assert_eq!(scene.close_code(feed), Some(CloseCode::Forbidden.number()));
        if is_evicted {
            scene.evict();
        }
        let (before, heard) = (stored(&scene.platform), scene.platform.sent.len());
        for request in requests() {
            scene.say(feed, &request);
        }
        assert_eq!(stored(&scene.platform), before);
        assert_eq!(scene.platform.sent.len(), heard, "nobody is told anything");

        // Nor with a ticket from before, and what comes right behind it.
        let again = scene.open_feed(&late);
        for request in requests() {
            scene.say(again, &request);
        }
        assert_eq!(scene.close_code(again), Some(CloseCode::Unauthenticated.number()));
        let told = scene.platform.sent.iter().skip(heard).filter(|(to, _)| *to == owners).count();
        assert_eq!(told, 0);
        let words = scene.platform.sent.iter().skip(heard).filter_map(|(to, message)| match message {
            object::Message::Binary(bytes) if *to == again => protocol::codec::from_bytes(bytes).ok(),
            object::Message::Binary(_) | object::Message::Text(_) => None,
        });
        let words: Vec<FeedFrame> = words.collect();
        assert!(matches!(words.as_slice(), [FeedFrame::Bye { .. }]), "{words:?}");
    }
}
