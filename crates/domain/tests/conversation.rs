//! What happens in a conversation, by rule.

mod amending;
mod comparing;
mod ending;
mod handling;
mod noting;
mod scene;

use proptest::prelude::*;
use protocol::{
    AgentCommand, AgentKind, Author, ClientFrame, Code, File, FileId, FileName, MediaType, Page, PublicKind,
    ReadMarks, Reject, Seq, Stated, Status, VisitorCommand, VisitorIdentity,
};

use domain::conversation::{Attendance, Person, Request, Send, Write, wait_before_telling};
use domain::files::Upload;
use scene::{Scene, agent_profile};

#[test]
fn cv1_the_first_message_begins_the_conversation() {
    let mut scene = Scene::new();
    assert!(scene.conversation.identity().is_none());
    let outcome = scene.visitor_says("hello").expect("accepted");
    assert!(matches!(outcome.writes.as_slice(), [Write::Begin { .. }, Write::Append(_)]));
    let identity = scene.conversation.identity().expect("begun");
    assert_eq!((identity.party.visitor(), identity.epoch), (Some(scene::VISITOR), scene::EPOCH));
    let outcome = scene.visitor_says("again").expect("accepted");
    assert!(matches!(outcome.writes.as_slice(), [Write::Append(_)]), "one row a message");
}

#[test]
fn cv1_an_agent_cannot_begin_one() {
    let mut scene = Scene::new();
    assert_eq!(scene.agent_asks(AgentCommand::Message { text: "hi".to_owned() }), Err(Code::NotFound.into()));
}

#[test]
fn id7_agents_are_told_who_a_visitor_is_once_for_each_news_of_it() {
    let mut scene = Scene::new();
    let named = |name: &str| {
        let name = Some(Stated { text: name.to_owned(), is_verified: false });
        VisitorIdentity { name, ..VisitorIdentity::default() }
    };
    let says = |scene: &mut Scene, who: Option<&VisitorIdentity>, text: &str| {
        let submission = scene.next_of_visitor(text);
        let seat = scene::visitor_seat_of(who.cloned());
        scene.ask(&seat, Request::Visitor(ClientFrame::Submit(submission))).expect("accepted")
    };
    let anna = named("Anna");
    says(&mut scene, Some(&anna), "hello");
    let shown = |scene: &Scene| Attendance::default().for_agents(&scene.conversation).identity;
    assert_eq!(shown(&scene), Some(anna.clone()), "it begins with what is known");
    let again = says(&mut scene, Some(&anna), "known");
    assert!(matches!(again.writes.as_slice(), [Write::Append(_)]), "one row a message");
    says(&mut scene, None, "a token that says nothing takes nothing away");
    assert_eq!(shown(&scene), Some(anna));
    let annie = named("Annie");
    let news = says(&mut scene, Some(&annie), "another name");
    assert!(matches!(news.writes.as_slice(), [Write::Settle { .. }, Write::Introduce(_), Write::Append(_)]));
    assert!(news.sends.contains(&Send::Attendance), "agents are told");
    assert_eq!(shown(&scene), Some(annie));
    let ann = named("Ann");
    let seat = scene::visitor_seat_of(Some(ann.clone()));
    let moved = scene.ask(&seat, Request::Visitor(ClientFrame::Page(Page::default()))).expect("told");
    let [Write::Settle { .. }, Write::Introduce(_), Write::Page(_)] = moved.writes.as_slice() else {
        panic!("also on arrival: {:?}", moved.writes);
    };
    assert_eq!(shown(&scene), Some(ann));
}

#[test]
fn ac1_a_stranger_learns_nothing_from_what_they_submit() {
    let mut scene = Scene::new();
    let known = scene.next_of_visitor("known");
    scene.submit(known.clone()).expect("accepted");
    let mut changed = known.clone();
    changed.command = VisitorCommand::Message { text: "changed".to_owned() };
    let mut illegal = scene.next_of_visitor(" ");
    illegal.number = 7;
    let stranger = scene::stranger_seat();
    for submission in [known, changed, illegal] {
        let answer = scene.ask(&stranger, Request::Visitor(ClientFrame::Submit(submission)));
        assert_eq!(answer, Err(Code::NotFound.into()));
    }
}

#[test]
fn dl2_the_same_submission_gets_the_first_answer_and_no_write() {
    let mut scene = Scene::new();
    let submission = scene.next_of_visitor("once");
    let first = scene.submit(submission.clone()).expect("accepted");
    for _ in 0..3 {
        let again = scene.submit(submission.clone()).expect("accepted");
        assert_eq!(again.writes, []);
        let [Send::Accepted { seq, at, duplicate: true, .. }] = again.sends.as_slice() else {
            panic!("{:?}", again.sends)
        };
        assert!(
            matches!(first.sends.first(), Some(Send::Accepted { seq: one, at: then, duplicate: false, .. }) if one == seq && then == at)
        );
    }
}

#[test]
fn dl3_the_same_id_with_another_payload_is_a_conflict() {
    let mut scene = Scene::new();
    let submission = scene.next_of_visitor("one");
    scene.submit(submission.clone()).expect("accepted");
    let mut changed = submission;
    changed.command = VisitorCommand::Message { text: "two".to_owned() };
    assert_eq!(scene.submit(changed), Err(Code::IdempotencyConflict.into()));
    assert_eq!(scene.conversation.head(), Seq(1));
}

#[test]
fn dl4_numbers_of_an_outbox_leave_no_hole() {
    let mut scene = Scene::new();
    let [one, two, three] = ["1", "2", "3"].map(|text| scene.next_of_visitor(text));
    assert_eq!(scene.submit(two.clone()), Err(Code::OutOfOrder.into()));
    scene.submit(one.clone()).expect("first");
    assert_eq!(scene.submit(three.clone()), Err(Code::OutOfOrder.into()));
    scene.submit(two).expect("second");
    scene.submit(three).expect("third");
    scene.submit(one).expect("known, whatever its number");
}

#[test]
fn dl5_notes_take_no_place_in_the_visitors_sequence() {
    let mut scene = Scene::new();
    scene.visitor_says("one").expect("accepted");
    scene.agent_asks(AgentCommand::Note { text: "psst".to_owned() }).expect("accepted");
    let outcome = scene.agent_asks(AgentCommand::Message { text: "two".to_owned() }).expect("accepted");
    let event = outcome.sends.iter().find_map(|send| match send {
        Send::Event { event, .. } => Some(event),
        _ => None,
    });
    let event = event.expect("an event");
    assert_eq!((event.seq, event.for_visitor().map(|event| event.seq)), (Seq(3), Some(Seq(2))));
    let note = scene.events.iter().find(|event| event.seq == Seq(2)).expect("the note");
    assert_eq!(note.for_visitor(), None);
    assert_eq!((scene.conversation.head(), scene.conversation.public_head()), (Seq(3), Seq(2)));
}

#[test]
fn cv3_a_visitors_message_opens_a_resolved_conversation() {
    let mut scene = Scene::new();
    scene.visitor_says("help").expect("accepted");
    scene.agent_asks(AgentCommand::Resolve).expect("accepted");
    assert_eq!(scene.conversation.status(), Status::Resolved);
    let submission = scene.next_of_visitor("one more");
    let outcome = scene.submit(submission.clone()).expect("accepted");
    let kinds: Vec<_> = scene.events.iter().map(|event| event.kind.clone()).collect();
    assert!(matches!(
        kinds.as_slice(),
        [_, _, AgentKind::Public(PublicKind::Reopened), AgentKind::Public(PublicKind::Message { .. })]
    ));
    assert_eq!(scene.events.iter().map(|event| &event.author).nth(2), Some(&Author::System));
    assert_eq!(scene.conversation.status(), Status::Open);
    assert!(
        matches!(outcome.sends.first(), Some(Send::Event { except_author: false, .. })),
        "the author is told too"
    );
    scene.submit(submission).expect("a duplicate opens nothing");
    assert_eq!(scene.conversation.head(), Seq(4));
    scene.agent_asks(AgentCommand::Resolve).expect("accepted");
    scene.agent_asks(AgentCommand::Message { text: "bye".to_owned() }).expect("accepted");
    assert_eq!(scene.conversation.status(), Status::Resolved, "an agent's message leaves it resolved");
}

#[test]
fn cv2_illegal_text_is_refused_and_uses_no_number() {
    let mut scene = Scene::new();
    for (text, code) in [(" ", Code::Empty), ("a\0", Code::BadText), (&*"x".repeat(20_000), Code::TooLong)] {
        let submission = scene.peek_of_visitor(text);
        assert_eq!(scene.submit(submission), Err(code.into()));
    }
    scene.visitor_says("legal").expect("the first number is still free");
}

#[test]
fn cv4_a_visitor_cannot_do_what_agents_do() {
    let mut scene = Scene::new();
    scene.visitor_says("hi").expect("accepted");
    let seat = scene::visitor_seat();
    let frame = ClientFrame::Submit(scene.next_of_agent(AgentCommand::Resolve));
    assert_eq!(scene.ask(&seat, Request::Agent(frame)), Err(Code::Forbidden.into()));
    let seat = scene::agent_seat();
    let page = ClientFrame::Page(Page::default());
    assert_eq!(scene.ask(&seat, Request::Agent(page)), Err(Code::Forbidden.into()));
}

#[test]
fn dl7_older_than_what_is_beyond_the_log_is_its_newest_page() {
    let mut scene = Scene::new();
    for number in 0..60 {
        scene.visitor_says(&number.to_string()).expect("accepted");
    }
    scene.agent_asks(AgentCommand::Note { text: "note".to_owned() }).expect("accepted");
    for (before, after, upto) in [(61, 10, 60), (62, 10, 60), (1_000, 10, 60), (u64::MAX, 10, 60), (1, 0, 0)]
    {
        let frame = ClientFrame::Older { before: Seq(before) };
        let answer = scene.ask(&scene::visitor_seat(), Request::Visitor(frame)).expect("may look");
        assert_eq!(
            answer.sends,
            [Send::Stored { after: Seq(after), upto: Seq(upto), older: true }],
            "{before}"
        );
    }
}

#[test]
fn dl8_read_marks_only_grow_and_stay_within_the_log() {
    let mut scene = Scene::new();
    scene.visitor_says("one").expect("accepted");
    scene.agent_asks(AgentCommand::Note { text: "note".to_owned() }).expect("accepted");
    scene.agent_asks(AgentCommand::Message { text: "two".to_owned() }).expect("accepted");
    scene.agent_reads(2);
    assert_eq!(scene.conversation.marks_for_visitor(), ReadMarks { visitor: Seq(0), agents: Seq(1) });
    scene.agent_reads(1);
    scene.agent_reads(99);
    assert_eq!(scene.conversation.marks_for_agents().agents, Seq(3));
    scene.visitor_reads(0);
    assert_eq!(scene.conversation.marks_for_agents().visitor, Seq(0));
    scene.visitor_reads(u64::MAX);
    assert_eq!(scene.conversation.marks_for_visitor(), ReadMarks { visitor: Seq(2), agents: Seq(2) });
    scene.visitor_reads(1);
    assert_eq!(scene.conversation.marks_for_agents(), ReadMarks { visitor: Seq(3), agents: Seq(3) });
}

#[test]
fn fl7_a_file_is_a_message_of_whoever_sent_it_up() {
    let mut scene = Scene::new();
    let (name, media) = (FileName::tidied("fern", MediaType::Pdf), MediaType::Pdf);
    let file = File { id: FileId::from_bytes([7; 16]), name, media, bytes: 5, picture: None };
    let refused = scene.visitor_sends(file.clone()).map_err(|reject| reject.code);
    assert_eq!(refused.err(), Some(Code::NotFound), "it was not sent up");
    let of = |person| Some(Upload { person, file: Some(file.clone()), claim: None });
    scene.upload = of(Person::Agent(agent_profile().id));
    let refused = scene.visitor_sends(file.clone()).map_err(|reject| reject.code);
    assert_eq!(refused.err(), Some(Code::NotFound), "it is somebody else's");
    scene.agent_asks(AgentCommand::NoteFile(file.clone())).expect_err("there is no conversation");

    scene.upload = of(Person::Visitor);
    scene.visitor_sends(file.clone()).expect("it begins the conversation");
    assert_eq!((scene.conversation.unread(), scene.conversation.public_head()), (1, Seq(1)));
    let preview = scene.digest().and_then(|digest| digest.entry.preview).expect("a preview");
    assert_eq!(preview.text, "fern.pdf");
    scene.upload = of(Person::Agent(agent_profile().id));
    scene.agent_asks(AgentCommand::NoteFile(file.clone())).expect("accepted");
    assert_eq!(scene.conversation.public_head(), Seq(1), "a note's is no visitor's");
    scene.agent_asks(AgentCommand::File(file)).expect("accepted");
    assert_eq!((scene.conversation.unread(), scene.conversation.public_head()), (1, Seq(2)));
}

#[test]
fn cv5_unread_counts_the_visitors_messages_that_no_agent_has_read() {
    let mut scene = Scene::new();
    for text in ["1", "2", "3"] {
        scene.visitor_says(text).expect("accepted");
    }
    assert_eq!(scene.conversation.unread(), 3);
    scene.agent_reads(2);
    assert_eq!(scene.conversation.unread(), 1);
    scene.agent_asks(AgentCommand::Message { text: "hi".to_owned() }).expect("accepted");
    assert_eq!(scene.conversation.unread(), 1);
    scene.agent_reads(4);
    assert_eq!(scene.conversation.unread(), 0);
}

#[test]
fn cv6_a_refused_rate_changes_nothing_and_says_how_long() {
    let mut scene = Scene::new();
    scene.stop_clock();
    for number in 0..10 {
        scene.visitor_says(&number.to_string()).expect("within the burst");
    }
    let eleventh = scene.peek_of_visitor("too much");
    let refused = scene.submit(eleventh.clone());
    assert_eq!(refused, Err(Reject { code: Code::RateLimited, retry_after: Some(1_000) }));
    scene.pass(1_000);
    scene.submit(eleventh).expect("with the same number");
}

#[test]
fn ws3_the_digest_tells_the_present_state_and_its_revision_grows() {
    let mut scene = Scene::new();
    assert!(scene.digest().is_none());
    scene.visitor_says("first\nline").expect("accepted");
    let first = scene.digest().expect("begun");
    assert_eq!((first.entry.unread, first.entry.status), (1, Status::Open));
    assert_eq!(first.entry.preview.as_ref().map(|preview| preview.text.as_str()), Some("first line"));
    scene.agent_asks(AgentCommand::Note { text: "secret".to_owned() }).expect("accepted");
    let second = scene.digest().expect("begun");
    assert_eq!(second.entry.preview, first.entry.preview, "a note is no preview");
    scene.agent_reads(2);
    let third = scene.digest().expect("begun");
    assert!(first.revision < second.revision && second.revision < third.revision);
    assert!(scene.conversation.has_news());
    scene.conversation.keep_told(third.revision);
    assert!(!scene.conversation.has_news());
}

#[test]
fn ws17_the_digest_tells_who_the_visitor_is_and_another_word_of_it_is_news() {
    let mut scene = Scene::new();
    let called = |name: &str, is_verified| {
        let name = Some(Stated { text: name.to_owned(), is_verified });
        Some(VisitorIdentity { user: None, name, email: None })
    };
    let claimed = called("Anna", false);
    let submission = scene.next_of_visitor("hello");
    let says = Request::Visitor(ClientFrame::Submit(submission));
    scene.ask(&scene::visitor_seat_of(claimed.clone()), says).expect("accepted");
    let first = scene.digest().expect("begun");
    assert_eq!((&first.entry.identity, first.entry.began_at), (&claimed, first.entry.active_at));
    scene.conversation.keep_told(first.revision);

    let moves = |who| (scene::visitor_seat_of(who), Request::Visitor(ClientFrame::Page(Page::default())));
    let (seat, moved) = moves(claimed);
    scene.ask(&seat, moved).expect("accepted");
    assert!(!scene.conversation.has_news(), "the same word again");
    for name in ["Bea", "Cleo"] {
        let (seat, moved) = moves(called(name, true));
        scene.ask(&seat, moved).expect("accepted");
        assert!(scene.conversation.has_news(), "{name}");
        let next = scene.digest().expect("begun");
        assert_eq!(next.entry.identity, called(name, true));
        assert!(next.revision > first.revision);
        scene.conversation.keep_told(next.revision);
        assert!(!scene.conversation.has_news());
    }
}

#[test]
fn st11_a_request_says_whether_it_needs_lines_that_were_left_out() {
    let mut scene = Scene::new();
    let events: Vec<_> = (0..100)
        .map(|number| {
            scene.visitor_says(&number.to_string()).expect("accepted");
            scene.events.last().expect("stored").clone()
        })
        .collect();
    let mut woken = domain::Conversation::default();
    events[90..].iter().for_each(|event| woken.recall(event.line()));
    let submission = ClientFrame::Submit(scene.next_of_visitor("new"));
    let agent = Person::of(&Author::Agent(scene::agent_profile()));
    let cases = [
        (Person::Visitor, Request::Visitor(submission.clone()), true),
        (Person::Visitor, Request::Visitor(ClientFrame::Read { upto: Seq(95) }), false),
        (Person::Visitor, Request::Visitor(ClientFrame::Read { upto: Seq(50) }), true),
        (Person::Visitor, Request::Visitor(ClientFrame::Older { before: Seq(90) }), true),
        (Person::Visitor, Request::Visitor(ClientFrame::Older { before: Seq(51) }), true),
        (Person::Visitor, Request::Visitor(ClientFrame::Newer { after: Seq(0) }), false),
        (Person::Visitor, Request::Visitor(ClientFrame::Newer { after: Seq(95) }), false),
        (Person::Visitor, Request::Visitor(ClientFrame::Typing { on: true }), false),
        (agent, Request::Agent(ClientFrame::Read { upto: Seq(95) }), false),
        (agent, Request::Agent(ClientFrame::Read { upto: Seq(u64::MAX) }), false),
        (agent, Request::Agent(ClientFrame::Read { upto: Seq(50) }), true),
        (agent, Request::Agent(ClientFrame::Older { before: Seq(90) }), false),
    ];
    for (person, request, needs) in cases {
        assert_eq!(woken.needs_whole_log(person, &request), needs, "{request:?}");
        assert!(!scene.conversation.needs_whole_log(person, &request), "nothing was left out");
    }
    let earlier = events[..90].iter().map(domain::conversation::StoredEvent::line).collect();
    woken.recall_earlier(earlier);
    assert!(!woken.needs_whole_log(Person::Visitor, &Request::Visitor(submission)));
}

#[test]
fn ws7_news_is_gathered_while_an_agent_sees_it_and_told_at_once_otherwise() {
    let mut scene = Scene::new();
    let begun = scene.visitor_says_whole("hello");
    let more = scene.visitor_says_whole("more");
    let resolved = scene.agent_asks_whole(AgentCommand::Resolve);
    let wait = wait_before_telling;
    assert_eq!(wait(false, Some(&more), 0), 20);
    assert_eq!(wait(true, Some(&more), 0), 10_000);
    assert_eq!(wait(true, None, 0), 10_000);
    assert_eq!(wait(true, Some(&begun), 0), 20);
    assert_eq!(wait(true, Some(&resolved), 0), 20);
    let after_failures: Vec<u64> = (1..=9).map(|failures| wait(true, None, failures)).collect();
    assert_eq!(after_failures, [500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000, 30_000, 30_000]);
    assert_eq!(wait(false, None, u32::MAX), 30_000);
}

#[test]
fn ws3_a_mark_that_was_lost_holds_back_no_later_news() {
    let mut scene = Scene::new();
    scene.visitor_says("one").expect("accepted");
    scene.agent_reads(1);
    let read = scene.digest().expect("begun").revision;
    let mut other = Scene::new();
    other.visitor_says("one").expect("accepted");
    assert!(other.digest().expect("begun").revision < read);
    other.visitor_says("two").expect("accepted");
    assert!(other.digest().expect("begun").revision > read);
}

/// The conversation as its object makes it after a crash, from what was stored.
fn after_a_crash(scene: &Scene, stored: &[Write]) -> domain::Conversation {
    let mut loaded = domain::Conversation::default();
    let identity = scene.conversation.identity().expect("begun").clone();
    loaded.apply(&Write::Begin { identity, page: None, who: None });
    stored.iter().for_each(|write| loaded.apply(write));
    scene.events.iter().for_each(|event| loaded.recall(event.line()));
    loaded
}

/// Tells the workspace, as the object does; returns the revision.
fn tell(conversation: &mut domain::Conversation, is_in_doubt: bool, stored: &mut Vec<Write>) -> u64 {
    assert!(conversation.has_news(), "there is something to tell");
    if let Some(write) = conversation.vouch(is_in_doubt) {
        conversation.apply(&write);
        stored.push(write);
    }
    let revision = conversation.digest(scene::CONVERSATION).expect("begun").revision;
    conversation.keep_told(revision);
    assert!(!conversation.has_news(), "it was told");
    revision
}

#[test]
fn ws8_marks_that_a_crash_took_are_told_as_news_each_time() {
    let mut scene = Scene::new();
    let mut stored = Vec::new();
    for text in ["one", "two", "three"] {
        scene.visitor_says(text).expect("accepted");
    }
    scene.agent_reads(2);
    let mut newest = tell(&mut scene.conversation, false, &mut stored);
    assert_eq!(stored, [], "talk costs no row to tell");
    for agents in [1, 0, 3] {
        let mut loaded = after_a_crash(&scene, &stored);
        let revision = tell(&mut loaded, true, &mut stored);
        assert!(revision > newest && revision < 1 << 53, "the index takes it up");
        loaded.keep_marks(ReadMarks { visitor: Seq(0), agents: Seq(agents) });
        newest = if loaded.has_news() { tell(&mut loaded, false, &mut stored) } else { revision };
    }
    assert_eq!(stored.len(), 3, "a row each");
}

#[test]
fn ws8_a_mark_that_is_told_of_a_settled_log_leaves_a_trace_in_storage() {
    let mut scene = Scene::new();
    let mut stored = Vec::new();
    scene.visitor_says("one").expect("accepted");
    tell(&mut scene.conversation, false, &mut stored);
    let rest = scene.conversation.settle().expect("told");
    scene.conversation.apply(&rest);
    stored.push(rest);
    assert!(!after_a_crash(&scene, &stored).has_news(), "what is settled is no news");
    scene.agent_reads(1);
    tell(&mut scene.conversation, false, &mut stored);
    assert_eq!(stored.len(), 2);
    assert_eq!(after_a_crash(&scene, &stored).marks_for_agents(), scene.conversation.marks_for_agents());
    assert!(after_a_crash(&scene, &stored).has_news());
}

#[test]
fn ws8_what_was_told_of_marks_that_are_lost_meanwhile_is_corrected() {
    let mut scene = Scene::new();
    let mut stored = Vec::new();
    scene.visitor_says("one").expect("accepted");
    let lost = after_a_crash(&scene, &stored);
    scene.agent_reads(1);
    let told = scene.digest().expect("begun").revision;
    scene.conversation = lost;
    scene.conversation.keep_told(told);
    assert!(tell(&mut scene.conversation, false, &mut stored) > told);
    assert_eq!(stored.len(), 1);
}

#[derive(Debug, Clone)]
enum Step {
    VisitorSays(u8),
    VisitorSaysAgain(usize),
    AgentSays(u8),
    AgentNotes(u8),
    VisitorEdits(usize, u8),
    VisitorDeletes(usize),
    AgentDeletesNote(usize),
    Resolve,
    Reopen,
    AgentReads(u64),
    VisitorReads(u64),
    Pass(u64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        4 => any::<u8>().prop_map(Step::VisitorSays),
        2 => any::<usize>().prop_map(Step::VisitorSaysAgain),
        3 => any::<u8>().prop_map(Step::AgentSays),
        2 => any::<u8>().prop_map(Step::AgentNotes),
        1 => (any::<usize>(), any::<u8>()).prop_map(|(which, text)| Step::VisitorEdits(which, text)),
        1 => any::<usize>().prop_map(Step::VisitorDeletes),
        1 => any::<usize>().prop_map(Step::AgentDeletesNote),
        1 => Just(Step::Resolve),
        1 => Just(Step::Reopen),
        1 => (0..30_u64).prop_map(Step::AgentReads),
        1 => (0..30_u64).prop_map(Step::VisitorReads),
        2 => (0..5_000_u64).prop_map(Step::Pass),
    ];
    proptest::collection::vec(step, 1..60)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn cv8_every_history_keeps_the_invariants(steps in steps()) {
        let mut scene = Scene::new();
        let mut sent = Vec::new();
        for step in steps {
            let marks = scene.conversation.marks_for_agents();
            // Whether a step is accepted is not the question here; what it leaves behind is.
            match step {
                Step::VisitorSays(text) => {
                    let submission = scene.peek_of_visitor(&format!("v{text}"));
                    sent.push(submission.clone());
                    let _ = scene.submit(submission);
                }
                Step::VisitorSaysAgain(index) if !sent.is_empty() => {
                    let submission = sent[index % sent.len()].clone();
                    let _ = scene.submit(submission);
                }
                Step::VisitorSaysAgain(_) => {}
                Step::AgentSays(text) => drop(scene.agent_asks(AgentCommand::Message { text: format!("a{text}") })),
                Step::AgentNotes(text) => drop(scene.agent_asks(AgentCommand::Note { text: format!("n{text}") })),
                Step::VisitorEdits(which, text) => if let Some(of) = scene.pick(which) {
                    let _ = scene.visitor_asks(VisitorCommand::Edit { of, text: format!("e{text}") });
                },
                Step::VisitorDeletes(which) => if let Some(of) = scene.pick(which) {
                    let _ = scene.visitor_asks(VisitorCommand::Delete { of });
                },
                Step::AgentDeletesNote(which) => if let Some(of) = scene.pick(which) {
                    let _ = scene.agent_asks(AgentCommand::DeleteNote { of });
                },
                Step::Resolve => drop(scene.agent_asks(AgentCommand::Resolve)),
                Step::Reopen => drop(scene.agent_asks(AgentCommand::Reopen)),
                Step::AgentReads(upto) if scene.conversation.identity().is_some() => scene.agent_reads(upto),
                Step::AgentReads(_) => {}
                Step::VisitorReads(upto) => scene.visitor_reads(upto),
                Step::Pass(milliseconds) => scene.pass(milliseconds),
            }
            let after = scene.conversation.marks_for_agents();
            prop_assert!(after.visitor >= marks.visitor && after.agents >= marks.agents);
            prop_assert!(after.visitor <= scene.conversation.head() && after.agents <= scene.conversation.head());
        }

        let dense = |seqs: Vec<u64>| seqs.iter().copied().eq(1..=seqs.len() as u64);
        prop_assert!(dense(scene.events.iter().map(|event| event.seq.0).collect()));
        let public: Vec<_> = scene.events.iter().filter_map(domain::conversation::StoredEvent::for_visitor).collect();
        prop_assert!(dense(public.iter().map(|event| event.seq.0).collect()));
        for (index, event) in scene.events.iter().enumerate() {
            let same = |other: &&domain::conversation::StoredEvent| {
                Person::of(&other.author) == Person::of(&event.author) && other.client_message_id == event.client_message_id
            };
            prop_assert!(scene.events[..index].iter().find(same).is_none());
        }
        let numbers: Vec<_> =
            scene.events.iter().filter(|event| event.author == Author::Visitor).map(|event| event.number).collect();
        prop_assert!(dense(numbers));
        let unread = scene.events.iter().filter(|event| {
            event.seq > scene.conversation.marks_for_agents().agents
                && event.author == Author::Visitor
                && matches!(event.kind, AgentKind::Public(PublicKind::Message { .. }))
        });
        prop_assert_eq!(u64::from(scene.conversation.unread()), unread.count() as u64);
        for position in 0..=scene.conversation.public_head().0 {
            let seq = scene.conversation.position_of_public(Seq(position));
            prop_assert_eq!(scene.conversation.public_position(seq), Seq(position));
        }
    }
}
