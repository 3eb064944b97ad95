//! What a server had stored and has no longer: marked, kept, and sent again when its author says so.

use protocol::{
    AgentCommand, AgentKind, Audience as _, Author, ClientMessageId, Failure, ForAgents, PublicKind, Resume,
    SavedMessage, Seq, ServerFrame, VisitorCommand, VisitorFrame,
};
use sync::{Input, SendState};

use crate::client::{
    Client, Effects, agent_said, epoch, event, events, message, said, sent, submissions, text_of, welcome,
};

const LOST: SendState = SendState::Failed(Failure::Lost);

/// A connected client whose own messages have these texts and the positions from 1 on.
fn with_own(texts: &[&str]) -> (Client, Vec<ClientMessageId>) {
    let mut client = Client::connected();
    let mut ids = Vec::new();
    for (text, seq) in texts.iter().zip(1..) {
        let id = submissions(&client.write(text))[0].client_message_id;
        client.accept(id, seq);
        ids.push(id);
    }
    (client, ids)
}

/// Loses the socket and comes back to a server that was put back to an earlier moment.
fn restored(client: &mut Client, from: u64, head: u64) -> Effects {
    client.close();
    client.pass(1_000);
    client.open();
    let mut reset = welcome(Resume::EpochChanged, from, head);
    reset.epoch = epoch(2);
    client.receive(ServerFrame::Welcome(reset))
}

fn mine(seq: u64, id: ClientMessageId, text: &str) -> VisitorFrame {
    ServerFrame::Events { events: vec![event(seq, Author::Visitor, id, said(text))] }
}

fn shown(client: &Client) -> Vec<(String, SendState)> {
    client.view().items.iter().map(|item| (text_of(&item.kind), item.state)).collect()
}

fn so(items: &[(&str, SendState)]) -> Vec<(String, SendState)> {
    items.iter().map(|(text, state)| ((*text).to_owned(), *state)).collect()
}

#[test]
fn sy38_own_messages_that_the_server_lacks_are_shown_as_lost() {
    for resume in [Resume::EpochChanged, Resume::Rewound] {
        let (mut client, ids) = with_own(&["one", "two", "three"]);
        let pending = submissions(&client.write("four"));
        client.close();
        client.pass(1_000);
        client.open();
        let mut reset = welcome(resume, 0, 1);
        reset.epoch = epoch(if resume == Resume::EpochChanged { 2 } else { 1 });
        assert_eq!(submissions(&client.receive(ServerFrame::Welcome(reset))), pending);
        let effects = client.receive(mine(1, ids[0], "one"));
        assert_eq!(sent(&effects), [], "a person decides");
        assert!(client.changed);
        let right = [("one", SendState::Sent), ("two", LOST), ("three", LOST), ("four", SendState::Sending)];
        assert_eq!(shown(&client), so(&right), "{resume:?}");
        assert_eq!(client.view().unsent, 1);
    }
}

#[test]
fn sy38_a_log_that_begins_anew_has_lost_everything() {
    let (mut client, _) = with_own(&["one", "two"]);
    restored(&mut client, 0, 0);
    assert_eq!(shown(&client), so(&[("one", LOST), ("two", LOST)]));
}

#[test]
fn sy38_nothing_counts_as_lost_before_the_log_is_known_to_its_end() {
    let (mut client, ids) = with_own(&["one", "two", "three"]);
    restored(&mut client, 0, 3);
    client.receive(mine(1, ids[0], "one"));
    client.receive(events([2]));
    assert_eq!(client.texts(), ["one", "a2"]);
    client.receive(mine(3, ids[2], "three"));
    let right =
        [("one", SendState::Sent), ("a2", SendState::Sent), ("three", SendState::Sent), ("two", LOST)];
    assert_eq!(shown(&client), so(&right), "another tab has sent the third again");
}

#[test]
fn sy38_a_connection_that_is_lost_meanwhile_changes_nothing() {
    let (mut client, ids) = with_own(&["one", "two"]);
    restored(&mut client, 0, 1);
    client.close();
    client.pass(2_000);
    client.open();
    let mut resumed = welcome(Resume::Resumed, 0, 1);
    resumed.epoch = epoch(2);
    client.receive(ServerFrame::Welcome(resumed));
    client.receive(mine(1, ids[0], "one"));
    assert_eq!(shown(&client), so(&[("one", SendState::Sent), ("two", LOST)]));
}

#[test]
fn sy38_only_this_persons_messages_are_kept() {
    let mut client = Client::with_messages(3);
    restored(&mut client, 0, 1);
    client.receive(events([1]));
    assert_eq!(shown(&client), so(&[("a1", SendState::Sent)]));
    let say = AgentKind::Public(said("x"));
    assert_eq!(ForAgents::repeat(&say), Some(AgentCommand::Message { text: "x".to_owned() }));
    assert_eq!(
        ForAgents::repeat(&AgentKind::Public(PublicKind::Resolved)),
        None,
        "the server says how it stands"
    );
}

#[test]
fn sy38_a_lost_message_is_sent_again_under_its_id() {
    let (mut client, ids) = with_own(&["one", "two", "three"]);
    restored(&mut client, 0, 1);
    client.receive(mine(1, ids[0], "one"));
    let again = submissions(&client.give(Input::Retry(ids[1])));
    assert_eq!((again.len(), again[0].client_message_id), (1, ids[1]));
    assert_eq!(client.texts(), ["one", "three", "two"]);
    client.receive(ServerFrame::Accepted {
        client_message_id: ids[1],
        seq: Seq(2),
        at: client.now,
        duplicate: true,
    });
    assert_eq!(shown(&client), so(&[("one", SendState::Sent), ("two", SendState::Sent), ("three", LOST)]));
    client.give(Input::Discard(ids[2]));
    assert_eq!(client.texts(), ["one", "two"]);
}

#[test]
fn sy38_a_message_that_was_not_lost_after_all_is_sent_as_it_was_the_first_time() {
    let mut client = Client::connected();
    let first = submissions(&client.write("  one\r\ntwo ")).remove(0);
    client.accept(first.client_message_id, 1);
    restored(&mut client, 0, 0);
    let again = submissions(&client.give(Input::Retry(first.client_message_id))).remove(0);
    assert_eq!((again.client_message_id, again.command), (first.client_message_id, first.command));
}

#[test]
fn sy38_what_another_tab_has_sent_again_is_not_lost_here_any_more() {
    let (mut client, ids) = with_own(&["one", "two"]);
    restored(&mut client, 0, 0);
    let key = client.view().items[1].key;
    client.receive(mine(1, ids[1], "two"));
    assert_eq!(shown(&client), so(&[("two", SendState::Sent), ("one", LOST)]));
    assert_eq!(client.view().items[0].key, key);
    assert_eq!(client.kept.len(), 1);
}

#[test]
fn sy38_what_another_tab_has_sent_again_as_it_read_at_first_leaves_the_change_lost() {
    let (mut client, ids) = with_own(&["one"]);
    let edit = VisitorCommand::Edit { of: ids[0], text: "two".to_owned() };
    let edit = submissions(&client.give(Input::Submit(edit)))[0].client_message_id;
    let of_edit = PublicKind::Edited { of: ids[0], text: "two".to_owned().try_into().expect("a text") };
    client.receive(ServerFrame::Events { events: vec![event(2, Author::Visitor, edit, of_edit)] });
    restored(&mut client, 0, 0);
    assert_eq!(client.view().items.iter().map(|item| item.state).collect::<Vec<_>>(), [LOST, LOST]);
    client.receive(mine(1, ids[0], "one"));
    let items = client.view().items;
    let standing: Vec<_> = items.iter().map(|item| (item.client_message_id, item.state)).collect();
    assert_eq!(standing, [(ids[0], SendState::Sent), (edit, LOST)]);
    assert_eq!(text_of(&items[0].kind), "one");
    let again = submissions(&client.give(Input::Retry(edit)));
    assert_eq!((again.len(), again[0].client_message_id), (1, edit));
}

#[test]
fn sy41_what_another_tab_has_lost_first_is_lost_here_once_this_ones_socket_says_so() {
    for text in ["one", "one, as it was edited meanwhile"] {
        let (mut client, ids) = with_own(&["one"]);
        client.close();
        let lost = SavedMessage {
            client_message_id: ids[0],
            written_at: client.now,
            command: message(text),
            failed: Some(Failure::Lost),
        };
        assert_eq!(client.give(Input::Kept(lost)), [], "neither removed nor taken for another message");
        assert_eq!(shown(&client), so(&[("one", SendState::Sent)]));
        restored(&mut client, 0, 0);
        assert_eq!(shown(&client), so(&[("one", LOST)]));
    }
}

#[test]
fn sy38_lost_messages_survive_a_reload() {
    let (mut client, ids) = with_own(&["one", "two"]);
    restored(&mut client, 0, 0);
    let texts: Vec<_> = client.kept.iter().map(SavedMessage::to_text).collect();
    let kept = texts.iter().rev().filter_map(|text| SavedMessage::from_text(text)).collect();
    let mut client = Client::new(2, kept);
    assert_eq!(shown(&client), so(&[("one", LOST), ("two", LOST)]));
    client.open();
    assert_eq!(sent(&client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 1)))), []);
    client.receive(mine(1, ids[1], "two"));
    assert_eq!(shown(&client), so(&[("two", SendState::Sent), ("one", LOST)]));
}

#[test]
fn sy38_what_stood_before_the_loaded_part_is_known_once_that_is_loaded() {
    let (mut client, ids) = with_own(&["one", "two", "three"]);
    restored(&mut client, 3, 4);
    client.receive(events([4]));
    assert_eq!(shown(&client), so(&[("a4", SendState::Sent)]));
    client.give(Input::LoadOlder);
    let older = vec![event(1, Author::Visitor, ids[0], said("one")), agent_said(2), agent_said(3)];
    client.receive(ServerFrame::Older { events: older });
    let stored = ["one", "a2", "a3", "a4"].map(|text| (text, SendState::Sent));
    assert_eq!(shown(&client), so(&[&stored[..], &[("two", LOST), ("three", LOST)]].concat()));
}

#[test]
fn sy38_a_client_that_was_away_for_too_long_has_lost_nothing() {
    let (mut client, _) = with_own(&["one", "two"]);
    client.close();
    client.pass(1_000);
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::TooFar, 7, 8)));
    client.receive(events([8]));
    assert_eq!(shown(&client), so(&[("a8", SendState::Sent)]));
}
