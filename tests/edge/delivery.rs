//! Messages, order, resume.

use protocol::codec::Codec;
use protocol::{
    AgentCommand, AgentKind, Aside, Author, ClientFrame, CloseCode, Code, Cursor, Epoch, MessageText,
    PrivateKind, PublicKind, Resume, Seq, ServerFrame, Stars, Status, Timestamp, VisitorCommand,
};
use serde_json::json;
use tests::visitor::{accepted, cursor, events, text_of};
use tests::{Agent, Case, Person, Stage, Visitor, agent};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("CV1 a visitor writes, an agent answers, both codecs", visitor_and_agent_talk),
    ("DL2 the same submission again gets the first answer", sending_again_is_safe),
    ("DL3 the same id with another text is a conflict", another_payload_is_a_conflict),
    ("DL4 a message before its predecessor is refused and order is kept", order_is_kept),
    ("DL5 notes leave no hole in what a visitor sees", notes_leave_no_hole),
    ("DL6 a cursor is resumed or explicitly reset", resume_or_reset),
    ("DL7 older events come in pages", older_events),
    ("DL8 read marks only grow", read_marks),
    ("DL9 a tab's newer socket replaces its older one", newer_socket_replaces),
    ("DL10 two tabs of one visitor see each event once", two_tabs),
    ("CV3 a visitor's message opens a resolved conversation", a_message_reopens),
    ("CV15 CV16 a visitor ends a conversation and rates it", ended_and_rated),
    ("CV6 the eleventh message at once waits", rate_limit),
    ("CV7 typing reaches the other side and nobody else", typing),
    ("CV31 that a note is being written reaches colleagues and no visitor", noting),
    ("CV9 agents see the visitor's page, and when they leave", presence),
];

fn visitor_and_agent_talk(stage: &Stage) {
    let mut agent = Agent::sign_in(stage);
    for codec in [Codec::Postcard, Codec::Json] {
        let mut visitor = Visitor::arrive(stage);
        let (mut line, welcome) = visitor.connect(codec, None);
        assert_eq!((welcome.resume, welcome.head, welcome.status), (Resume::Fresh, Seq(0), Status::Open));
        assert_eq!(visitor.say(&mut line, "Is the fern in stock?"), Seq(1));

        let (mut agent_line, welcome) = agent.connect(visitor.conversation);
        assert_eq!(welcome.head, Seq(1));
        let stored = agent::events(&mut agent_line, 1);
        assert!(
            matches!(&stored[0].kind, AgentKind::Public(PublicKind::Message { text, .. }) if text.as_str() == "Is the fern in stock?")
        );
        assert_eq!(agent.ask(&mut agent_line, AgentCommand::Message { text: "It is.".to_owned() }), Seq(2));
        let answer = events(&mut line, 1);
        assert_eq!((answer[0].seq, text_of(&answer[0])), (Seq(2), Some("It is.")));
    }
}

fn sending_again_is_safe(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let submission = visitor.message("once");
    for duplicate in [false, true, true] {
        line.send(&ClientFrame::Submit(submission.clone()));
        assert_eq!(accepted(&mut line, submission.client_message_id), (Seq(1), duplicate));
    }
    let (mut again, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!(welcome.head, Seq(1));
    again.send(&ClientFrame::Submit(submission.clone()));
    assert_eq!(accepted(&mut again, submission.client_message_id), (Seq(1), true));
}

fn another_payload_is_a_conflict(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let first = visitor.message("one");
    line.send(&ClientFrame::Submit(first.clone()));
    accepted(&mut line, first.client_message_id);
    let mut changed = first.clone();
    changed.command = VisitorCommand::Message { text: "two".to_owned() };
    line.send(&ClientFrame::Submit(changed));
    assert_eq!(refused(&mut line), Code::IdempotencyConflict);
    let (mut again, _) = visitor.connect(Codec::Postcard, None);
    assert_eq!(text_of(&events(&mut again, 1)[0]), Some("one"));

    let mut other = Visitor::arrive(stage);
    let (mut other_line, _) = other.connect(Codec::Postcard, None);
    let mut same_id = other.message("two");
    same_id.client_message_id = first.client_message_id;
    other_line.send(&ClientFrame::Submit(same_id));
    assert_eq!(accepted(&mut other_line, first.client_message_id), (Seq(1), false));
}

fn order_is_kept(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let [one, two, three] = ["one", "two", "three"].map(|text| visitor.message(text));
    line.send(&ClientFrame::Submit(two.clone()));
    assert_eq!(refused(&mut line), Code::OutOfOrder);
    for (submission, seq) in [(&one, 1), (&two, 2), (&three, 3)] {
        line.send(&ClientFrame::Submit(submission.clone()));
        assert_eq!(accepted(&mut line, submission.client_message_id), (Seq(seq), false));
    }
}

fn notes_leave_no_hole(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, welcome) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "first");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    for note in ["who knows this?", "I do", "thanks"] {
        agent.ask(&mut agent_line, AgentCommand::Note { text: note.to_owned() });
    }
    assert_eq!(agent.ask(&mut agent_line, AgentCommand::Message { text: "second".to_owned() }), Seq(5));
    let live = events(&mut line, 1);
    assert_eq!((live[0].seq, text_of(&live[0])), (Seq(2), Some("second")));

    let (mut again, resumed) =
        visitor.connect(Codec::Postcard, Some(cursor::<PublicKind>(welcome.epoch, None)));
    assert_eq!((resumed.resume, resumed.head), (Resume::Resumed, Seq(2)));
    let seen: Vec<_> =
        events(&mut again, 2).iter().map(|event| (event.seq, text_of(event).map(str::to_owned))).collect();
    assert_eq!(seen, [(Seq(1), Some("first".to_owned())), (Seq(2), Some("second".to_owned()))]);
    again.send(&ClientFrame::Older { before: Seq(3) });
    let older = again.until(|frame| match frame {
        ServerFrame::Older { events } => Some(events.len()),
        _ => None,
    });
    assert_eq!(older, 2);

    let (mut colleague, _) = agent.connect(visitor.conversation);
    let all = agent::events(&mut colleague, 5);
    let notes =
        all.iter().filter(|event| matches!(event.kind, AgentKind::Private(PrivateKind::Note { .. }))).count();
    assert_eq!(notes, 3);
}

fn resume_or_reset(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, welcome) = visitor.connect(Codec::Postcard, None);
    for text in ["1", "2", "3", "4", "5"] {
        visitor.say(&mut line, text);
    }
    let (mut reader, _) = visitor.connect(Codec::Postcard, None);
    let stored = events(&mut reader, 5);
    let two = cursor(welcome.epoch, stored.get(1));
    let cases: [(Option<Cursor>, Resume, usize); 6] = [
        (Some(two), Resume::Resumed, 3),
        (Some(cursor::<PublicKind>(welcome.epoch, None)), Resume::Resumed, 5),
        (Some(Cursor { seq: Seq(9), ..two }), Resume::Rewound, 5),
        // The log was put back, and others have written since.
        (Some(Cursor { at: Timestamp(two.at.0 - 1), ..two }), Resume::Rewound, 5),
        (Some(Cursor { epoch: Epoch::from_bytes([1; 16]), ..two }), Resume::EpochChanged, 5),
        (None, Resume::Fresh, 5),
    ];
    for (cursor, resume, count) in cases {
        let (mut line, welcome) = visitor.connect(Codec::Postcard, cursor);
        assert_eq!((welcome.resume, welcome.head), (resume, Seq(5)), "{cursor:?}");
        let seqs: Vec<_> = events(&mut line, count).iter().map(|event| event.seq.0).collect();
        let expected: Vec<_> = (6 - count as u64..=5).collect();
        assert_eq!(seqs, expected, "{cursor:?}");
        line.close(1000);
    }
}

fn older_events(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.clone().say(&mut line, "first");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    for number in 2..=60_u64 {
        if number % 45 == 0 {
            // The agent's own limit: fifty at once, then one a second.
            std::thread::sleep(std::time::Duration::from_secs(12));
        }
        agent.ask(&mut agent_line, AgentCommand::Message { text: number.to_string() });
    }
    let (mut fresh, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!((welcome.from, welcome.head), (Seq(10), Seq(60)));
    events(&mut fresh, 50);
    fresh.send(&ClientFrame::Older { before: Seq(11) });
    let older = fresh.until(|frame| match frame {
        ServerFrame::Older { events } => Some(events.iter().map(|event| event.seq.0).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(older, (1..=10).collect::<Vec<_>>());
}

fn read_marks(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "one");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent.ask(&mut agent_line, AgentCommand::Note { text: "note".to_owned() });
    agent.ask(&mut agent_line, AgentCommand::Message { text: "two".to_owned() });
    agent_line.send(&ClientFrame::Read { upto: Seq(3) });
    let marks = |frame: &_| match frame {
        ServerFrame::Marks(marks) => Some(*marks),
        _ => None,
    };
    assert_eq!(line.until(marks).agents, Seq(2), "in the visitor's sequence");
    line.send(&ClientFrame::Read { upto: Seq(u64::MAX) });
    assert_eq!(line.until(marks).visitor, Seq(2), "never beyond the log");
    line.send(&ClientFrame::Read { upto: Seq(1) });
    let (_, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!((welcome.marks.visitor, welcome.marks.agents), (Seq(2), Seq(2)));
}

fn newer_socket_replaces(stage: &Stage) {
    let visitor = Visitor::arrive(stage);
    let hello = visitor.hello(None);
    let mut older = visitor.open(Codec::Postcard).expect("open");
    older.send(&ClientFrame::Hello(hello.clone()));
    let mut newer = visitor.open(Codec::Postcard).expect("open");
    newer.send(&ClientFrame::Hello(hello));
    assert_eq!(older.until_closed(), Some(CloseCode::Replaced.number()));
    newer.until(|frame| matches!(frame, ServerFrame::Welcome(_)).then_some(()));
}

fn two_tabs(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut one, _) = visitor.connect(Codec::Postcard, None);
    let (mut two, _) = visitor.connect(Codec::Json, None);
    visitor.say(&mut one, "from the first tab");
    let seen = events(&mut two, 1);
    assert_eq!((seen[0].seq, text_of(&seen[0])), (Seq(1), Some("from the first tab")));
    assert_eq!(visitor.say(&mut two, "from the second"), Seq(2));
    assert_eq!(events(&mut one, 1)[0].seq, Seq(2));
}

fn a_message_reopens(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "help");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    agent.ask(&mut agent_line, AgentCommand::Resolve);
    assert_eq!(events(&mut line, 1)[0].kind, PublicKind::Resolved);
    assert_eq!(visitor.say(&mut line, "one more thing"), Seq(4));
    let (_, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!(welcome.status, Status::Open);
    let seen = agent::events(&mut agent_line, 2);
    assert_eq!(seen[0].kind, AgentKind::Public(PublicKind::Reopened));
    agent.ask(&mut agent_line, AgentCommand::Resolve);
    agent.ask(&mut agent_line, AgentCommand::Reopen);
    let (_, welcome) = visitor.connect(Codec::Postcard, None);
    assert_eq!(welcome.status, Status::Open);
}

fn ended_and_rated(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "thanks, that is all");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    let end = visitor.submission(VisitorCommand::End);
    line.send(&ClientFrame::Submit(end.clone()));
    let (seq, _) = accepted(&mut line, end.client_message_id);
    assert_eq!(seq, Seq(2));
    let rate =
        |number: usize| VisitorCommand::Rate { stars: Stars::ALL[number - 1], comment: "quick".to_owned() };
    for (place, number) in [(3, 4), (4, 5)] {
        let rate = visitor.submission(rate(number));
        line.send(&ClientFrame::Submit(rate.clone()));
        assert_eq!(accepted(&mut line, rate.client_message_id), (Seq(place), false));
    }
    let seen = agent::events(&mut agent_line, 4);
    assert_eq!(
        (&seen[1].author, &seen[1].kind),
        (&Author::Visitor, &AgentKind::Public(PublicKind::Resolved))
    );
    let AgentKind::Public(PublicKind::Rated(rating)) = &seen[3].kind else { panic!("{:?}", seen[3]) };
    assert_eq!((rating.stars.number(), rating.comment.as_ref().map(MessageText::as_str)), (5, Some("quick")));
    let (_, welcome) = visitor.connect(Codec::Json, None);
    assert_eq!(welcome.status, Status::Resolved, "a rating opens nothing");

    agent.ask(&mut agent_line, AgentCommand::Reopen);
    let late = visitor.submission(rate(1));
    line.send(&ClientFrame::Submit(late));
    let code = line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    });
    assert_eq!(code, Code::TooLate);
}

fn rate_limit(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let messages: Vec<_> = (0..12).map(|number| visitor.message(&number.to_string())).collect();
    for message in &messages {
        line.send(&ClientFrame::Submit(message.clone()));
    }
    let mut stored = 0;
    let wait = line.until(|frame| match frame {
        ServerFrame::Accepted { .. } => {
            stored += 1;
            None
        }
        ServerFrame::Refused(refusal) => {
            assert_eq!(refusal.code, Code::RateLimited);
            Some(refusal.retry_after.expect("a time to wait"))
        }
        _ => None,
    });
    assert!(stored >= 10, "{stored}");
    assert!((1..=1_000).contains(&wait), "{wait}");
}

fn typing(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hi");
    let (mut agent_line, _) = agent.connect(visitor.conversation);
    line.send(&ClientFrame::Typing { on: true });
    let author = agent_line.until(|frame| match frame {
        ServerFrame::Typing { author, on: true } => Some(author.clone()),
        _ => None,
    });
    assert_eq!(author, protocol::Author::Visitor);
    visitor.say(&mut line, "done typing");
    agent_line.until(|frame| matches!(frame, ServerFrame::Typing { on: false, .. }).then_some(()));
    agent_line.send(&ClientFrame::Typing { on: true });
    agent.ask(&mut agent_line, AgentCommand::Message { text: "hello".to_owned() });
    line.until(|frame| match frame {
        ServerFrame::Typing { author: protocol::Author::Visitor, .. } => {
            panic!("the visitor heard themselves type")
        }
        ServerFrame::Typing { author: protocol::Author::Agent(_), on: true } => Some(()),
        _ => None,
    });
}

fn presence(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hi");
    let (mut agent_line, welcome) = agent.connect(visitor.conversation);
    assert!(welcome.presence.online);
    assert_eq!(welcome.presence.page.map(|page| page.title), Some("Shop".to_owned()));
    line.until(|frame| match frame {
        ServerFrame::Presence(team) => (!team.agents.is_empty()).then_some(()),
        _ => None,
    });
    let page = protocol::Page {
        url: "http://localhost:9/ferns".to_owned(),
        title: "Ferns".to_owned(),
        referrer: String::new(),
    };
    line.send(&ClientFrame::Page(page.clone()));
    let seen = agent_line.until(|frame| match frame {
        ServerFrame::Presence(presence) => presence.page.clone().filter(|page| page.title == "Ferns"),
        _ => None,
    });
    assert_eq!(seen, page);
    line.close(1000);
    agent_line.until(|frame| match frame {
        ServerFrame::Presence(presence) => (!presence.online).then_some(()),
        _ => None,
    });
}

fn refused(line: &mut tests::visitor::VisitorLine) -> Code {
    line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    })
}

fn noting(stage: &Stage) {
    let mut visitor = Visitor::arrive(stage);
    let mut agent = Agent::sign_in(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hi");
    let mut owner = agent.person();
    let mut person = Person::stranger(stage);
    let path = format!("/api/workspaces/{}/invitations", agent.workspace);
    owner.post(&path, &json!({ "email": person.email, "role": "agent" }));
    let newcomer = json!({ "name": "Ben", "password": person.password() });
    person.post("/api/invitations/accept", &json!({ "token": person.token("join"), "newcomer": newcomer }));
    let mut colleague = Agent::of(stage, &person);
    let (mut colleague_line, _) = colleague.connect(visitor.conversation);
    let (mut agent_line, _) = agent.connect(visitor.conversation);

    agent_line.send(&ClientFrame::Noting { on: true });
    let mut hears = |wanted: bool| {
        colleague_line.until(|frame| match frame {
            ServerFrame::Aside(Aside::Noting { author, on }) if *on == wanted => Some(author.id),
            _ => None,
        })
    };
    let author = hears(true);
    agent.ask(&mut agent_line, AgentCommand::Note { text: "Ask Ben.".to_owned() });
    assert_eq!(hears(false), author, "the note ends it");
    agent.ask(&mut agent_line, AgentCommand::Message { text: "hello".to_owned() });
    line.until(|frame| match frame {
        ServerFrame::Typing { .. } => panic!("the visitor heard of it"),
        ServerFrame::Events { events } => {
            events.iter().any(|event| text_of(event) == Some("hello")).then_some(())
        }
        _ => None,
    });
    line.send(&ClientFrame::Noting { on: true });
    let code = line.until(|frame| match frame {
        ServerFrame::Refused(refusal) => Some(refusal.code),
        _ => None,
    });
    assert_eq!(code, Code::Forbidden);
}
