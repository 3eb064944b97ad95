//! Who types, and who has read what.

use protocol::{
    AgentCommand, AgentId, AgentKind, AgentProfile, Event, ForAgents, MessageText, PrivateKind, PublicKind,
    VisitorId, VisitorPresence, Welcome,
};
use protocol::{Author, ClientFrame, ClientMessageId, ForVisitors, ReadMarks, Resume, Seq, ServerFrame};
use sync::{Conversation, Effect, Env, Input, SendState};

use crate::client::{BEGIN, Client, Effects, agent, entropy, event, events, said, submissions, welcome};

fn typing(on: bool) -> Effect<ForVisitors> {
    Effect::Transmit(ClientFrame::Typing { on })
}

fn read(upto: u64) -> Effect<ForVisitors> {
    Effect::Transmit(ClientFrame::Read { upto: Seq(upto) })
}

fn marks(visitor: u64, agents: u64) -> protocol::VisitorFrame {
    ServerFrame::Marks(ReadMarks { visitor: Seq(visitor), agents: Seq(agents) })
}

#[test]
fn sy29_marks_are_told_when_they_grow() {
    let mut client = Client::with_messages(5);
    let see = |client: &mut Client, upto| client.give(Input::Seen { upto: Seq(upto) });
    assert_eq!(see(&mut client, 2), [read(2)]);
    assert_eq!(see(&mut client, 2), []);
    assert_eq!(see(&mut client, 1), []);
    assert_eq!(see(&mut client, 99), [read(5)], "never beyond what is known");
    client.receive(marks(5, 0));
    client.receive(marks(1, 0));
    assert_eq!(client.view().unread, 0, "a mark never shrinks");
}

#[test]
fn sy29_what_was_seen_offline_or_told_in_vain_is_told_after_a_reconnect() {
    let mut client = Client::with_messages(3);
    assert_eq!(client.give(Input::Seen { upto: Seq(1) }), [read(1)]);
    client.close();
    assert_eq!(client.give(Input::Seen { upto: Seq(3) }), []);
    client.pass(1_000);
    client.open();
    let effects: Effects = client.receive(ServerFrame::Welcome(welcome(Resume::Resumed, 3, 3)));
    assert_eq!(effects, [read(3)]);
    assert_eq!(client.reconnect(3), [read(3)], "the server never confirmed it");
    client.receive(marks(3, 0));
    client.close();
    client.pass(1_000);
    client.open();
    let mut knowing = welcome(Resume::Resumed, 3, 3);
    knowing.marks.visitor = Seq(3);
    assert_eq!(client.receive(ServerFrame::Welcome(knowing)), []);
}

#[test]
fn sy29_what_the_server_does_not_confirm_is_told_again_with_every_ping() {
    let mut client = Client::with_messages(3);
    assert_eq!(client.give(Input::Seen { upto: Seq(3) }), [read(3)]);
    assert_eq!(client.pass(15_000), [Effect::Ping, read(3)]);
    client.receive(marks(3, 0));
    assert_eq!(client.pass(15_000), [Effect::Ping]);
}

#[test]
fn sy29_what_a_crash_made_the_server_forget_is_told_again() {
    let mut client = Client::with_messages(3);
    client.give(Input::Seen { upto: Seq(3) });
    client.receive(marks(3, 0));
    client.give(Input::Closed { code: 1006 });
    client.pass(1_000);
    client.open();
    let forgetful = Welcome { marks: ReadMarks::default(), ..welcome(Resume::Resumed, 3, 3) };
    assert_eq!(client.receive(ServerFrame::Welcome(forgetful)), [read(3)]);
    assert_eq!(client.view().unread, 0);
}

#[test]
fn sy29_marks_of_another_life_of_the_log_are_forgotten() {
    let mut client = Client::with_messages(3);
    client.give(Input::Seen { upto: Seq(3) });
    client.close();
    client.pass(1_000);
    client.open();
    let mut other = welcome(Resume::EpochChanged, 0, 2);
    other.epoch = crate::client::epoch(2);
    assert_eq!(client.receive(ServerFrame::Welcome(other)), []);
    client.receive(events(1..=2));
    assert_eq!(client.view().unread, 2);
}

#[test]
fn sy30_unread_counts_the_other_sides_messages_after_the_own_mark() {
    let mut client = Client::with_messages(3);
    let id = submissions(&client.write("mine"))[0].client_message_id;
    client.accept(id, 4);
    client.receive(ServerFrame::Events {
        events: vec![event(5, agent(), ClientMessageId::from_bytes([5; 16]), PublicKind::Resolved)],
    });
    assert_eq!(client.view().unread, 3);
    client.receive(marks(1, 0));
    assert_eq!(client.view().unread, 2);
    client.give(Input::Seen { upto: Seq(3) });
    assert!(client.changed);
    assert_eq!(client.view().unread, 0);
}

#[test]
fn sy30_an_agents_note_is_never_seen_by_the_visitor() {
    let me = Author::Agent(AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Ada".to_owned() });
    let colleague = Author::Agent(AgentProfile { id: AgentId::from_bytes([2; 16]), name: "Ben".to_owned() });
    let mut calls = 0;
    let mut next = || {
        calls += 1;
        Env { now: BEGIN, entropy: entropy(calls) }
    };
    let mut engine = Conversation::<ForAgents>::new(next());
    let mut give = |input| engine.handle(next(), input).effects;
    give(Input::Start);
    give(Input::Opened { credential: "ticket".to_owned() });
    give(Input::Submit(AgentCommand::Note { text: "note".to_owned() }));
    give(Input::Received(ServerFrame::Welcome(Welcome {
        epoch: crate::client::epoch(1),
        resume: Resume::Fresh,
        from: Seq(0),
        head: Seq(2),
        me: me.clone(),
        status: protocol::Status::Open,
        marks: ReadMarks { visitor: Seq(9), agents: Seq(0) },
        presence: VisitorPresence {
            visitor: Some(VisitorId::from_bytes([7; 16])),
            ..VisitorPresence::default()
        },
        now: BEGIN,
    })));
    let public = |seq, author| Event {
        seq: Seq(seq),
        at: BEGIN,
        author,
        client_message_id: ClientMessageId::from_bytes([u8::try_from(seq).expect("small"); 16]),
        kind: AgentKind::Public(said("hello")),
    };
    give(Input::Received(ServerFrame::Events {
        events: vec![public(1, Author::Visitor), public(2, colleague)],
    }));
    let id = engine.view(BEGIN).items[2].client_message_id;
    let accepted = ServerFrame::Accepted { client_message_id: id, seq: Seq(3), at: BEGIN, duplicate: false };
    let _ = engine.handle(next(), Input::Received(accepted));

    let view = engine.view(BEGIN);
    let shown: Vec<_> = view.items.iter().map(|item| (item.mine, item.state)).collect();
    assert_eq!(shown, [(false, SendState::Sent), (false, SendState::Seen), (true, SendState::Sent)]);
    assert_eq!(view.unread, 1);
    assert_eq!(view.me, Some(me));
}

#[test]
fn pc6_among_colleagues_each_is_a_side_and_a_note_is_seen() {
    let me = Author::Agent(AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Ada".to_owned() });
    let colleague = Author::Agent(AgentProfile { id: AgentId::from_bytes([2; 16]), name: "Ben".to_owned() });
    let mut calls = 0;
    let mut next = || {
        calls += 1;
        Env { now: BEGIN, entropy: entropy(calls) }
    };
    let mut engine = Conversation::<ForAgents>::new(next());
    let mut give = |input| engine.handle(next(), input).effects;
    give(Input::Start);
    give(Input::Opened { credential: "ticket".to_owned() });
    give(Input::Submit(AgentCommand::Note { text: "note".to_owned() }));
    give(Input::Received(ServerFrame::Welcome(Welcome {
        epoch: crate::client::epoch(1),
        resume: Resume::Fresh,
        from: Seq(0),
        head: Seq(2),
        me: me.clone(),
        status: protocol::Status::Open,
        marks: ReadMarks { visitor: Seq(9), agents: Seq(0) },
        presence: VisitorPresence::default(),
        now: BEGIN,
    })));
    let noted = |seq, author| Event {
        seq: Seq(seq),
        at: BEGIN,
        author,
        client_message_id: ClientMessageId::from_bytes([u8::try_from(seq).expect("small"); 16]),
        kind: AgentKind::Private(PrivateKind::note(MessageText::parse("hello").expect("legal"))),
    };
    give(Input::Received(ServerFrame::Events { events: vec![noted(1, me.clone()), noted(2, colleague)] }));
    let id = engine.view(BEGIN).items[2].client_message_id;
    let accepted = ServerFrame::Accepted { client_message_id: id, seq: Seq(3), at: BEGIN, duplicate: false };
    let _ = engine.handle(next(), Input::Received(accepted));

    let view = engine.view(BEGIN);
    let shown: Vec<_> = view.items.iter().map(|item| (item.mine, item.state)).collect();
    assert_eq!(shown, [(true, SendState::Seen), (false, SendState::Sent), (true, SendState::Seen)]);
    assert_eq!(view.unread, 1);
    assert_eq!(view.me, Some(me));
}

#[test]
fn sy31_typing_is_told_every_two_seconds_and_its_end_once() {
    let mut client = Client::connected();
    let key = |client: &mut Client| client.give(Input::Typing { on: true });
    assert_eq!(key(&mut client), [typing(true)]);
    client.pass(1_999);
    assert_eq!(key(&mut client), []);
    client.pass(1);
    assert_eq!(key(&mut client), [typing(true)]);
    assert_eq!(client.pass(4_999), []);
    assert_eq!(client.pass(1), [typing(false)]);
    assert_eq!(client.pass(2_000), []);
    assert_eq!(key(&mut client), [typing(true)]);
    assert_eq!(client.give(Input::Typing { on: false }), [typing(false)]);
    assert_eq!(client.give(Input::Typing { on: false }), []);
}

#[test]
fn sy31_typing_ends_with_the_message_and_is_not_told_offline() {
    let mut client = Client::connected();
    client.give(Input::Typing { on: true });
    let effects = client.write("hello");
    assert!(
        matches!(effects.as_slice(), [Effect::Keep(_), Effect::Transmit(ClientFrame::Submit(_))]),
        "the message says so: {effects:?}"
    );
    assert_eq!(client.pass(6_000), [], "nor is it told later");
    client.give(Input::Typing { on: true });
    client.write("again");
    assert_eq!(client.give(Input::Typing { on: true }), [], "two seconds have not passed");
    client.close();
    assert_eq!(client.give(Input::Typing { on: true }), []);
}

#[test]
fn sy32_somebody_elses_typing_lapses() {
    let mut client = Client::connected();
    let notice = |author, on| ServerFrame::Typing { author, on };
    client.receive(notice(agent(), true));
    assert_eq!(who_types(&client), [agent()]);
    client.pass(5_999);
    assert_eq!(who_types(&client), [agent()]);
    client.pass(1);
    assert!(client.changed);
    assert_eq!(who_types(&client), []);

    client.receive(notice(agent(), true));
    client.receive(notice(agent(), false));
    assert_eq!(who_types(&client), []);
    client.receive(notice(agent(), true));
    client.receive(events([1]));
    assert_eq!(who_types(&client), [], "whoever has written does not type");
    client.receive(notice(Author::Visitor, true));
    assert_eq!(who_types(&client), [], "the other tab of the same person");
    client.receive(notice(agent(), true));
    client.close();
    assert_eq!(who_types(&client), []);
}

/// Who else is shown as typing.
fn who_types(client: &Client) -> Vec<Author> {
    client.view().typing.into_iter().map(|writing| writing.author).collect()
}
