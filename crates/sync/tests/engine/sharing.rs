//! Several tabs of one person: one sends, all of them keep and show.

use protocol::{
    Author, ClientFrame, ClientMessageId, Code, Failure, Resume, SavedMessage, ServerFrame, Stars,
    VisitorCommand,
};
use sync::{Effect, Input, SendState};

use crate::client::{BEGIN, Client, Effects, epoch, event, message, said, sent, submissions, welcome};

/// A connected tab while another one sends.
fn second_tab(kept: Vec<SavedMessage<VisitorCommand>>) -> Client {
    let mut client = Client::second_tab(BEGIN, 2, kept);
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    client
}

/// What the storage tells the other tabs of a person of these effects.
fn tell(effects: &Effects, other: &mut Client) -> Effects {
    let mut answers = Vec::new();
    for effect in effects {
        match effect {
            Effect::Keep(message) => answers.extend(other.give(Input::Kept(message.clone()))),
            Effect::Drop(id) => answers.extend(other.give(Input::Removed(*id))),
            Effect::Transmit(_)
            | Effect::Connect { .. }
            | Effect::Ping
            | Effect::Disconnect(_)
            | Effect::Contend { .. } => {}
        }
    }
    answers
}

fn kept(byte: u8, written_at: u64, text: &str) -> SavedMessage<VisitorCommand> {
    SavedMessage {
        client_message_id: ClientMessageId::from_bytes([byte; 16]),
        written_at: BEGIN.plus(written_at),
        command: message(text),
        failed: None,
    }
}

fn states(client: &Client) -> Vec<SendState> {
    client.view().items.iter().map(|item| item.state).collect()
}

#[test]
fn sy40_a_tab_that_does_not_send_keeps_and_shows() {
    let mut writer = second_tab(Vec::new());
    let effects = writer.write("hello");
    assert!(matches!(effects.as_slice(), [Effect::Keep(_)]), "{effects:?}");
    assert_eq!((writer.texts(), states(&writer)), (vec!["hello".to_owned()], vec![SendState::Sending]));

    let mut sender = Client::connected();
    assert_eq!(sent(&tell(&effects, &mut sender)), [("hello".to_owned(), 1)]);
    assert_eq!(sender.texts(), ["hello"]);
}

#[test]
fn sy40_every_tab_confirms_by_its_own_socket() {
    let mut writer = second_tab(Vec::new());
    let effects = writer.write("hello");
    let id = writer.kept[0].client_message_id;
    let mut sender = Client::connected();
    tell(&effects, &mut sender);
    assert_eq!(tell(&sender.accept(id, 1), &mut writer), [], "that it was removed proves nothing");
    assert_eq!(states(&writer), [SendState::Sending]);
    let effects =
        writer.receive(ServerFrame::Events { events: vec![event(1, Author::Visitor, id, said("hello"))] });
    assert_eq!(effects, [Effect::Drop(id)]);
    assert_eq!(states(&writer), [SendState::Sent]);
}

#[test]
fn sy40_who_is_elected_sends_everything_under_numbers_of_its_own() {
    let mut client = second_tab(vec![kept(2, 2, "b"), kept(1, 1, "a")]);
    client.write("c");
    let effects = client.give(Input::Elected);
    assert_eq!(sent(&effects), [("a".to_owned(), 1), ("b".to_owned(), 2), ("c".to_owned(), 3)]);
    assert_eq!(client.give(Input::Elected), [], "it is so already");

    let first = submissions(&effects)[0].outbox;
    assert!(client.give(Input::Deposed).contains(&Effect::Contend { steal: false }));
    assert_eq!(sent(&client.write("d")), []);
    let again = client.give(Input::Elected);
    assert_eq!(sent(&again).len(), 4);
    assert_ne!(submissions(&again)[0].outbox, first);
}

#[test]
fn sy40_who_is_deposed_sends_nothing_after_a_reconnect() {
    let mut client = Client::connected();
    client.write("a");
    client.give(Input::Deposed);
    assert_eq!(sent(&client.reconnect(0)), []);
}

#[test]
fn sy40_who_is_deposed_keeps_again_what_waits_and_the_next_sends_it() {
    let mut client = Client::connected();
    let refused = submissions(&client.write("refused"))[0].client_message_id;
    client.refuse(refused, Code::TooLong, None);
    client.write("lost by the storage");
    client.write("known to both");
    let [.., lost, known] = client.kept.as_slice() else { panic!("{:?}", client.kept) };
    let (lost, known) = (lost.clone(), known.clone());
    let mut next = second_tab(vec![known.clone()]);
    assert_eq!(sent(&next.give(Input::Elected)), [("known to both".to_owned(), 1)]);

    let effects = client.give(Input::Deposed);
    assert_eq!(effects, [Effect::Contend { steal: false }, Effect::Keep(lost), Effect::Keep(known)]);
    assert_eq!(sent(&tell(&effects, &mut next)), [("lost by the storage".to_owned(), 2)]);
}

#[test]
fn sy40_an_answer_to_who_was_deposed_counts() {
    let mut client = Client::connected();
    let all: Vec<_> = ["a", "b"].into_iter().flat_map(|text| submissions(&client.write(text))).collect();
    client.give(Input::Deposed);
    client.accept(all[0].client_message_id, 1);
    let effects = client.refuse(all[1].client_message_id, Code::TooLong, None);
    assert!(
        matches!(effects.as_slice(), [Effect::Keep(kept)] if kept.failed == Some(Failure::Refused(Code::TooLong)))
    );
    assert_eq!(states(&client), [SendState::Sent, SendState::Failed(Failure::Refused(Code::TooLong))]);
}

#[test]
fn sy41_messages_of_two_tabs_are_sent_in_the_order_written() {
    let mut client = Client::new(1, Vec::new());
    client.now = BEGIN.plus(10);
    client.write("third");
    client.give(Input::Kept(kept(2, 5, "second")));
    client.give(Input::Kept(kept(1, 3, "first")));
    assert_eq!(client.texts(), ["first", "second", "third"]);
    client.open();
    let effects = client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    assert_eq!(sent(&effects), [("first".to_owned(), 1), ("second".to_owned(), 2), ("third".to_owned(), 3)]);
    // What has a number keeps its place.
    client.give(Input::Kept(kept(3, 4, "late")));
    assert_eq!(client.texts(), ["first", "second", "third", "late"]);
}

#[test]
fn sy41_a_clock_that_was_set_back_changes_no_order() {
    let mut client = Client::new(1, vec![kept(1, 86_400_000, "from tomorrow")]);
    client.write("now");
    client.now = protocol::Timestamp(BEGIN.0 - 86_400_000);
    client.write("yesterday");
    let texts: Vec<_> = client.kept.iter().map(|kept| (kept.written_at, kept.command.clone())).collect();
    assert!(texts.is_sorted_by_key(|(written_at, _)| *written_at), "{texts:?}");
    assert_eq!(client.texts(), ["from tomorrow", "now", "yesterday"]);
}

#[test]
fn sy41_what_is_stored_already_is_not_taken_up_and_not_kept() {
    let mut client = second_tab(Vec::new());
    let late = kept(1, 1, "fast");
    let id = late.client_message_id;
    client.receive(ServerFrame::Events { events: vec![event(1, Author::Visitor, id, said("fast"))] });
    assert_eq!(client.give(Input::Kept(late)), [Effect::Drop(id)]);
    assert_eq!((client.texts(), client.view().unsent), (vec!["fast".to_owned()], 0));
}

#[test]
fn sy41_of_two_forms_of_a_message_the_later_stands() {
    let mut client = second_tab(vec![kept(1, 1, "a"), kept(2, 2, "b")]);
    let failed = SavedMessage { failed: Some(Failure::Refused(Code::TooLong)), ..kept(1, 1, "a") };
    client.give(Input::Kept(failed.clone()));
    assert_eq!(states(&client), [SendState::Failed(Failure::Refused(Code::TooLong)), SendState::Sending]);
    client.give(Input::Kept(kept(1, 1, "a")));
    assert!(!client.changed, "it has failed since");
    client.give(Input::Kept(kept(1, 3, "a")));
    assert_eq!(client.texts(), ["b", "a"], "it was sent again, at the end");
    client.give(Input::Kept(failed));
    assert!(!client.changed, "it was sent again since");
}

#[test]
fn sy41_a_failure_that_another_tab_heard_of_leaves_no_hole_in_the_numbers() {
    let mut client = Client::connected();
    let all: Vec<_> = ["a", "b"].into_iter().flat_map(|text| submissions(&client.write(text))).collect();
    let failed = SavedMessage { failed: Some(Failure::Refused(Code::TooLong)), ..client.kept[0].clone() };
    let effects = client.give(Input::Kept(failed));
    assert_eq!(sent(&effects), [("b".to_owned(), 1)]);
    assert_ne!(submissions(&effects)[0].outbox, all[1].outbox);
}

#[test]
fn sy41_what_another_tab_discards_is_gone_and_what_waits_is_not() {
    let failed = SavedMessage { failed: Some(Failure::Refused(Code::TooLong)), ..kept(1, 1, "refused") };
    let mut client = second_tab(vec![failed.clone(), kept(2, 2, "waits")]);
    client.give(Input::Removed(failed.client_message_id));
    client.give(Input::Removed(ClientMessageId::from_bytes([2; 16])));
    assert_eq!(client.texts(), ["waits"]);
}

#[test]
fn sy41_a_form_that_was_kept_over_a_later_one_is_replaced() {
    let mut client = second_tab(vec![kept(1, 3, "a")]);
    let older = SavedMessage { failed: Some(Failure::Lost), ..kept(1, 1, "a") };
    assert_eq!(client.give(Input::Kept(older)), [Effect::Keep(kept(1, 3, "a"))]);
    assert_eq!(states(&client), [SendState::Sending]);
    assert_eq!(client.give(Input::Kept(kept(1, 3, "a"))), [], "that is what it has");
}

#[test]
fn sy41_what_one_tab_has_lost_is_sent_again_from_another() {
    let lost = SendState::Failed(Failure::Lost);
    let mut loser = Client::connected();
    let id = submissions(&loser.write("lost"))[0].client_message_id;
    loser.accept(id, 1);
    let mut other = second_tab(vec![kept(1, 1, "waits")]);
    let mut reset = welcome(Resume::EpochChanged, 0, 0);
    reset.epoch = epoch(2);
    loser.close();
    loser.pass(1_000);
    loser.open();
    tell(&loser.receive(ServerFrame::Welcome(reset)), &mut other);
    assert_eq!(
        (other.texts(), states(&other)),
        (vec!["lost".to_owned(), "waits".to_owned()], vec![lost, SendState::Sending])
    );

    assert_eq!(sent(&tell(&other.give(Input::Retry(id)), &mut loser)), [("lost".to_owned(), 2)]);
    assert_eq!(
        (other.texts(), states(&loser)),
        (vec!["waits".to_owned(), "lost".to_owned()], vec![SendState::Sending])
    );
}

#[test]
fn sy18_a_conflict_of_ids_gives_one_message_the_same_id_in_every_tab() {
    let mut sender = Client::connected();
    let effects = sender.write("a");
    let id = submissions(&effects)[0].client_message_id;
    let mut other = second_tab(Vec::new());
    tell(&effects, &mut other);
    tell(&sender.refuse(id, Code::IdempotencyConflict, None), &mut other);
    let taken = event(1, Author::Visitor, id, said("else"));
    other.receive(ServerFrame::Events { events: vec![taken.clone()] });
    assert_eq!(other.texts(), ["else", "a"]);
    assert_eq!(other.view().items[1].client_message_id, sender.view().items[0].client_message_id);

    let mut third = second_tab(Vec::new());
    third.receive(ServerFrame::Events { events: vec![taken] });
    third.give(Input::Kept(SavedMessage { client_message_id: id, ..kept(1, 1, "a") }));
    assert_eq!(third.texts(), ["else", "a"], "known by the id of another, it is not swallowed");
    assert_eq!(third.view().items[1].client_message_id, sender.view().items[0].client_message_id);
}

#[test]
fn sy42_a_connected_tab_takes_over_from_a_sender_that_does_not_send() {
    let mut client = second_tab(Vec::new());
    client.write("a");
    assert_eq!(client.pass(9_999), []);
    assert_eq!(client.pass(1), [Effect::Contend { steal: true }]);
    assert_eq!(sent(&client.give(Input::Elected)), [("a".to_owned(), 1)]);
    client.accept(client.kept[0].client_message_id, 1);
    assert!(!client.pass(60_000).contains(&Effect::Contend { steal: true }));
}

#[test]
fn sy42_a_tab_that_is_away_takes_nothing_over_and_one_that_hears_of_progress_waits() {
    let mut client = Client::second_tab(BEGIN, 2, vec![kept(1, 1, "a"), kept(2, 2, "b")]);
    assert!(!client.pass(60_000).contains(&Effect::Contend { steal: true }));

    let mut client = second_tab(vec![kept(1, 1, "a"), kept(2, 2, "b")]);
    client.pass(9_000);
    let stored = event(1, Author::Visitor, ClientMessageId::from_bytes([1; 16]), said("a"));
    client.receive(ServerFrame::Events { events: vec![stored] });
    assert!(!client.pass(9_999).contains(&Effect::Contend { steal: true }));
    assert!(client.pass(1).contains(&Effect::Contend { steal: true }));
}

#[test]
fn sy42_what_has_waited_since_before_a_tab_was_connected_is_taken_over_sooner() {
    let mut client = Client::second_tab(BEGIN.plus(10_001), 2, vec![kept(1, 1, "a")]);
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    assert!(!client.pass(1_999).contains(&Effect::Contend { steal: true }));
    assert!(client.pass(1).contains(&Effect::Contend { steal: true }));
    let takes_over = |effects: &[Effect<_>]| effects.contains(&Effect::Contend { steal: true });
    assert!(!takes_over(&client.pass(9_999)), "once a connection");
    assert!(takes_over(&client.pass(1)));
}

#[test]
fn sy42_what_another_tab_has_removed_is_asked_for_sooner() {
    let mut client = second_tab(vec![kept(1, 1, "a")]);
    client.give(Input::Removed(ClientMessageId::from_bytes([1; 16])));
    assert!(!client.pass(1_999).contains(&Effect::Contend { steal: true }));
    assert!(client.pass(1).contains(&Effect::Contend { steal: true }));
    assert_eq!(sent(&client.give(Input::Elected)), [("a".to_owned(), 1)]);
}

#[test]
fn sy43_what_cannot_be_kept_is_sent_by_the_tab_that_wrote_it() {
    let mut client = second_tab(Vec::new());
    client.write("a");
    let id = client.kept[0].client_message_id;
    assert_eq!(client.view().unkept, 0);
    assert_eq!(sent(&client.give(Input::NotKept(id))), [("a".to_owned(), 1)]);
    assert_eq!(client.view().unkept, 1);
    client.give(Input::Deposed);
    let effects = client.write("b");
    assert_eq!(sent(&effects), [("b".to_owned(), 2)], "nobody else can");
    let tried: Vec<_> = effects.iter().filter(|effect| matches!(effect, Effect::Keep(_))).collect();
    assert_eq!(tried.len(), 2, "the first is tried again, before the second");
    assert!(matches!(tried[0], Effect::Keep(kept) if kept.client_message_id == id));
    assert_eq!(client.view().unkept, 0);
    assert!(effects.iter().any(|effect| matches!(effect, Effect::Transmit(ClientFrame::Submit(_)))));
}

#[test]
fn sy45_what_a_refusal_says_all_about_ends_in_every_tab() {
    let mut sender = Client::connected();
    let mut other = second_tab(vec![kept(1, 1, "waits")]);
    let rate = VisitorCommand::Rate { stars: Stars::ALL[0], comment: String::new() };
    let effects = sender.give(Input::Submit(rate));
    let id = submissions(&effects)[0].client_message_id;
    tell(&effects, &mut other);
    assert_eq!(other.view().unsent, 2);
    let effects = sender.refuse(id, Code::TooLate, None);
    assert!(matches!(effects.as_slice(), [Effect::Keep(failed), Effect::Drop(_)] if failed.failed.is_some()));
    assert_eq!((sender.view().items.len(), sender.view().unsent), (0, 0));
    tell(&effects, &mut other);
    assert_eq!(states(&other), [SendState::Sending], "only what may still be sent waits");
}
