//! What is known of the log: in order, without a hole, reset only when told.

use protocol::{Author, ClientFrame, CloseCode, Code, Resume, Seq, ServerFrame, Status, Undecodable};
use protocol::{PublicKind, VisitorFrame};
use sync::{ConnectionBadge, Effect, Input, SendState};

use crate::client::{Client, agent, agent_said, epoch, event, events, said, submissions, welcome};

fn newer(after: u64) -> Vec<Effect<protocol::ForVisitors>> {
    vec![Effect::Transmit(ClientFrame::Newer { after: Seq(after) })]
}

#[test]
fn sy22_events_that_are_known_are_ignored() {
    let mut client = Client::with_messages(3);
    assert_eq!(client.receive(events(1..=3)), []);
    assert_eq!(client.receive(events([2])), []);
    assert_eq!(client.texts(), ["a1", "a2", "a3"]);
    client.receive(events(3..=4));
    assert_eq!(client.texts(), ["a1", "a2", "a3", "a4"]);
}

#[test]
fn sy23_a_gap_is_asked_for_once_and_nothing_is_shown_out_of_order() {
    let mut client = Client::with_messages(1);
    assert_eq!(client.receive(events([3])), newer(1));
    assert_eq!(client.receive(events([4])), []);
    assert_eq!(client.receive(events([6])), []);
    assert_eq!(client.texts(), ["a1"]);
    assert_eq!(client.receive(events(2..=6)), []);
    assert_eq!(client.texts(), ["a1", "a2", "a3", "a4", "a5", "a6"]);
    assert_eq!(client.receive(events([8])), newer(6), "another gap");
}

#[test]
fn sy23_when_the_answer_is_not_all_the_rest_is_asked_for() {
    let mut client = Client::with_messages(1);
    assert_eq!(client.receive(events([9])), newer(1));
    assert_eq!(client.receive(events(2..=5)), newer(5));
    assert_eq!(client.receive(events(6..=9)), []);
    assert_eq!(client.view().head, Seq(9));
}

#[test]
fn sy24_an_accepted_message_takes_its_place_in_the_log() {
    let mut client = Client::with_messages(1);
    let id = submissions(&client.write("  mine\r\n"))[0].client_message_id;
    client.accept(id, 2);
    let item = client.view().items[1].clone();
    assert_eq!((item.kind, item.seq, item.state), (said("mine"), Some(Seq(2)), SendState::Sent));
    assert_eq!(client.view().head, Seq(2));
}

#[test]
fn sy24_an_accepted_message_waits_for_what_is_missing_before_it() {
    let mut client = Client::with_messages(1);
    let id = submissions(&client.write("mine"))[0].client_message_id;
    let key = client.view().items[1].key;
    let effects = client.accept(id, 3);
    assert!(matches!(
        effects.as_slice(),
        [Effect::Drop(_), Effect::Transmit(ClientFrame::Newer { after: Seq(1) })]
    ));
    assert_eq!(client.view().head, Seq(1));
    assert_eq!((client.view().items[1].key, client.view().items[1].state), (key, SendState::Sent));
    assert_eq!(client.view().unsent, 0);

    client.receive(ServerFrame::Events {
        events: vec![agent_said(2), event(3, Author::Visitor, id, said("mine")), agent_said(4)],
    });
    assert_eq!(client.texts(), ["a1", "a2", "mine", "a4"]);
    assert_eq!(client.view().items[2].key, key);
}

#[test]
fn sy24_what_was_missing_before_an_accepted_message_may_come_without_it() {
    let mut client = Client::with_messages(1);
    let id = submissions(&client.write("mine"))[0].client_message_id;
    client.accept(id, 3);
    client.receive(events([2]));
    assert_eq!(client.texts(), ["a1", "a2", "mine"]);
    assert_eq!(client.view().head, Seq(3));
}

#[test]
fn sy25_a_reset_drops_what_was_confirmed_and_keeps_what_is_pending() {
    for resume in [Resume::Fresh, Resume::EpochChanged, Resume::Rewound, Resume::TooFar] {
        let mut client = Client::with_messages(3);
        let pending = submissions(&client.write("mine"));
        client.close();
        client.pass(1_000);
        client.open();
        let mut reset = welcome(resume, 7, 8);
        reset.epoch = epoch(if resume == Resume::EpochChanged { 2 } else { 1 });
        assert_eq!(submissions(&client.receive(ServerFrame::Welcome(reset))), pending, "{resume:?}");
        assert_eq!(client.texts(), ["mine"]);
        client.receive(events([8]));
        assert_eq!(client.texts(), ["a8", "mine"]);
        assert!(client.view().more_above);
    }
}

#[test]
fn sy25_a_resume_that_does_not_continue_what_is_known_is_a_reset() {
    let mut client = Client::with_messages(3);
    client.close();
    client.pass(1_000);
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Resumed, 5, 6)));
    client.receive(events([6]));
    assert_eq!(client.texts(), ["a6"]);
}

#[test]
fn sy26_older_events_are_put_before_the_known_ones() {
    let mut client = Client::new(1, Vec::new());
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 4, 5)));
    client.receive(events([5]));
    assert!(client.view().more_above);
    assert_eq!(client.give(Input::LoadOlder), [Effect::Transmit(ClientFrame::Older { before: Seq(5) })]);
    assert!(client.view().loading_older);
    assert_eq!(client.give(Input::LoadOlder), []);

    let older = |seqs: &[u64]| VisitorFrame::Older { events: seqs.iter().copied().map(agent_said).collect() };
    client.receive(older(&[3, 4]));
    assert!(!client.view().loading_older);
    assert_eq!(client.texts(), ["a3", "a4", "a5"]);

    for wrong in [&[1][..], &[1, 1, 2], &[2, 1], &[4]] {
        client.give(Input::LoadOlder);
        client.receive(older(wrong));
        assert_eq!(client.texts(), ["a3", "a4", "a5"], "{wrong:?}");
    }
    assert_eq!(client.receive(older(&[1, 2])), [], "not asked for");
    client.give(Input::LoadOlder);
    client.receive(older(&[1, 2]));
    assert_eq!(client.texts(), ["a1", "a2", "a3", "a4", "a5"]);
    assert!(!client.view().more_above);
    assert_eq!(client.give(Input::LoadOlder), []);
}

#[test]
fn sy26_an_answer_that_does_not_come_can_be_asked_for_again() {
    let mut client = Client::new(1, Vec::new());
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 4, 4)));
    client.give(Input::LoadOlder);
    client.pass(20_000);
    assert!(!client.view().loading_older);
    assert_eq!(client.give(Input::LoadOlder).len(), 1);
}

#[test]
fn sy27_an_item_keeps_its_key_from_sending_to_sent_to_seen() {
    let mut client = Client::new(1, Vec::new());
    client.write("mine");
    let key = client.view().items[0].key;
    let look = |client: &Client, state| {
        let items = client.view().items;
        assert_eq!((items.len(), items[0].key, items[0].state, items[0].mine), (1, key, state, true));
    };
    look(&client, SendState::Sending);
    client.open();
    let effects = client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    look(&client, SendState::Sending);
    client.accept(submissions(&effects)[0].client_message_id, 1);
    look(&client, SendState::Sent);
    client.receive(ServerFrame::Marks(protocol::ReadMarks { visitor: Seq(0), agents: Seq(1) }));
    look(&client, SendState::Seen);
    assert_eq!(key.to_string().len(), 35);
}

#[test]
fn sy28_a_log_that_stands_still_behind_its_head_costs_the_connection() {
    let mut client = Client::new(1, Vec::new());
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 3)));
    client.pass(10_000);
    client.receive(events([1]));
    assert_eq!(client.pass(5_000), [Effect::Ping], "there was progress");
    client.give(Input::Pong);
    assert_eq!(client.pass(9_999), []);
    assert_eq!(client.pass(1).last(), Some(&Effect::Disconnect(CloseCode::Zombie)));
}

#[test]
fn sy28_a_log_that_cannot_be_read_asks_for_a_newer_client() {
    let mut client = Client::with_messages(1);
    assert_eq!(client.receive(events([3])), newer(1));
    assert_eq!(client.give(Input::Unreadable(Undecodable::Malformed)), []);
    let effects = client.pass(20_000);
    assert_eq!(effects, [Effect::Ping, Effect::Disconnect(CloseCode::Normal)]);
    assert_eq!(client.view().connection, ConnectionBadge::Refused(Code::UpgradeRequired));
}

#[test]
fn sy33_the_status_follows_the_log_from_the_welcome_on() {
    let mut client = Client::new(1, Vec::new());
    client.open();
    let mut resolved = welcome(Resume::Fresh, 0, 2);
    resolved.status = Status::Resolved;
    client.receive(ServerFrame::Welcome(resolved));
    let fact = |seq, kind: PublicKind| event(seq, agent(), agent_said(seq).client_message_id, kind);
    client.receive(ServerFrame::Events { events: vec![fact(1, PublicKind::Reopened)] });
    assert_eq!(client.view().status, Status::Resolved, "an event that the welcome knew of");
    client.receive(ServerFrame::Events { events: vec![fact(2, PublicKind::Resolved)] });
    client.receive(ServerFrame::Events { events: vec![fact(3, PublicKind::Reopened)] });
    assert_eq!(client.view().status, Status::Open);
    client.receive(ServerFrame::Events { events: vec![fact(4, PublicKind::Resolved)] });
    assert_eq!(client.view().status, Status::Resolved);
}
