//! What was written: saved, sent in order, sent again, confirmed once.

use protocol::{Author, ClientMessageId, Code, Failure, Resume, SavedMessage, ServerFrame, VisitorCommand};
use protocol::{ClientFrame, CloseCode, Submission, Timestamp};
use sync::{Effect, Input, SendState};

use crate::client::{Client, agent_said, event, events, message, said, sent, submissions, welcome};

fn states(client: &Client) -> Vec<SendState> {
    client.view().items.iter().map(|item| item.state).collect()
}

fn numbered(texts: &[&str]) -> Vec<(String, u64)> {
    texts.iter().zip(1..).map(|(text, number)| ((*text).to_owned(), number)).collect()
}

#[test]
fn sy11_a_message_is_kept_before_it_is_sent() {
    let mut client = Client::connected();
    let effects = client.write("hello");
    assert!(
        matches!(effects.as_slice(), [Effect::Keep(_), Effect::Transmit(ClientFrame::Submit(_))]),
        "{effects:?}"
    );
    let submission = submissions(&effects).remove(0);
    let ids: Vec<_> = client.kept.iter().map(|kept| kept.client_message_id).collect();
    assert_eq!(ids, [submission.client_message_id]);

    client.accept(submission.client_message_id, 1);
    assert_eq!(client.kept, []);
}

#[test]
fn sy12_five_messages_written_offline_are_sent_once_and_in_order() {
    let mut client = Client::new(1, Vec::new());
    for text in ["1", "2", "3", "4", "5"] {
        assert_eq!(sent(&client.write(text)), []);
    }
    assert_eq!(client.view().unsent, 5);
    client.open();
    let effects = client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    assert_eq!(sent(&effects), numbered(&["1", "2", "3", "4", "5"]));
    for (submission, seq) in submissions(&effects).iter().zip(1..) {
        assert_eq!(
            client.accept(submission.client_message_id, seq).len(),
            1,
            "is forgotten, and nothing is sent"
        );
    }
    assert_eq!(client.texts(), ["1", "2", "3", "4", "5"]);
    assert_eq!(client.view().unsent, 0);
    assert_eq!(sent(&client.pass(120_000)), []);
}

#[test]
fn sy12_no_more_than_eight_are_unanswered_at_a_time() {
    let mut client = Client::new(1, Vec::new());
    for number in 0..20 {
        client.write(&number.to_string());
    }
    client.open();
    let effects = client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    let first = submissions(&effects);
    assert_eq!(first.len(), 8);
    let effects = client.accept(first[0].client_message_id, 1);
    assert_eq!(sent(&effects), [("8".to_owned(), 9)]);
}

#[test]
fn sy13_what_is_unanswered_is_sent_again_after_a_reconnect() {
    let mut client = Client::connected();
    let first = submissions(&client.write("a"));
    let second = submissions(&client.write("b"));
    let again = submissions(&client.reconnect(0));
    assert_eq!(again, [first, second].concat());
}

#[test]
fn sy14_a_lost_answer_is_made_up_for_by_the_backlog_once() {
    let mut client = Client::with_messages(1);
    let id = submissions(&client.write("mine"))[0].client_message_id;
    let key = client.view().items[1].key;
    assert_eq!(submissions(&client.reconnect(3)).len(), 1);
    let backlog = vec![event(2, Author::Visitor, id, said("mine")), agent_said(3)];
    client.receive(ServerFrame::Events { events: backlog });
    assert_eq!(client.texts(), ["a1", "mine", "a3"]);
    assert_eq!(client.view().items[1].key, key);
    assert_eq!((client.view().unsent, client.kept.len()), (0, 0));

    client.receive(ServerFrame::Accepted {
        client_message_id: id,
        seq: protocol::Seq(2),
        at: client.now,
        duplicate: true,
    });
    client.accept(id, 2);
    assert_eq!(client.texts(), ["a1", "mine", "a3"]);
}

#[test]
fn sy14_somebody_elses_message_with_the_same_id_confirms_nothing() {
    let mut client = Client::connected();
    let id = submissions(&client.write("mine"))[0].client_message_id;
    client
        .receive(ServerFrame::Events { events: vec![event(1, crate::client::agent(), id, said("theirs"))] });
    assert_eq!(client.texts(), ["theirs", "mine"]);
    assert_eq!(states(&client), [SendState::Sent, SendState::Sending]);
}

#[test]
fn sy14_a_message_stored_long_ago_is_confirmed_without_a_place() {
    let mut client = Client::new(1, Vec::new());
    client.write("old");
    client.open();
    let again = submissions(&client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 5, 6))));
    client.receive(events([6]));
    client.accept(again[0].client_message_id, 2);
    assert_eq!(client.texts(), ["a6"]);
    assert_eq!(client.view().unsent, 0);
}

#[test]
fn sy15_after_a_refusal_for_good_the_rest_is_numbered_anew() {
    let mut client = Client::connected();
    let all: Vec<_> = ["a", "b", "c"].into_iter().flat_map(|text| submissions(&client.write(text))).collect();
    let effects = client.refuse(all[0].client_message_id, Code::Forbidden, None);
    assert_eq!(sent(&effects), numbered(&["b", "c"]));
    let again = submissions(&effects);
    assert_ne!(again[0].outbox, all[1].outbox);
    assert_eq!(again[0].client_message_id, all[1].client_message_id);
    assert_eq!(
        states(&client),
        [SendState::Failed(Failure::Refused(Code::Forbidden)), SendState::Sending, SendState::Sending]
    );

    // The answers to what was on its way under the old numbers change nothing.
    for old in &all[1..] {
        assert_eq!(client.refuse(old.client_message_id, Code::OutOfOrder, None), []);
    }
    client.accept(again[0].client_message_id, 1);
    client.accept(again[1].client_message_id, 2);
    assert_eq!(client.texts(), ["b", "c", "a"]);
    assert_eq!(sent(&client.write("d")), [("d".to_owned(), 3)]);
}

#[test]
fn sy16_a_rate_limit_keeps_the_order() {
    let mut client = Client::connected();
    let all: Vec<_> = ["a", "b", "c"].into_iter().flat_map(|text| submissions(&client.write(text))).collect();
    assert_eq!(client.refuse(all[0].client_message_id, Code::RateLimited, Some(700)), []);
    for later in &all[1..] {
        assert_eq!(client.refuse(later.client_message_id, Code::OutOfOrder, None), []);
    }
    assert_eq!(sent(&client.write("d")), []);
    assert_eq!(sent(&client.pass(699)), []);
    let effects = client.pass(1);
    assert_eq!(submissions(&effects), all[..1], "one at first, under its old number");
    let effects = client.accept(all[0].client_message_id, 1);
    assert_eq!(sent(&effects), [("b".to_owned(), 2), ("c".to_owned(), 3)]);
    client.accept(all[1].client_message_id, 2);
    client.accept(all[2].client_message_id, 3);
    assert_eq!(client.texts(), ["a", "b", "c", "d"]);
    assert_eq!(states(&client)[3], SendState::Sending);
}

#[test]
fn sy16_the_refusal_of_a_later_message_waits_for_the_first() {
    let mut client = Client::connected();
    let all: Vec<_> = ["a", "b", "c"].into_iter().flat_map(|text| submissions(&client.write(text))).collect();
    assert_eq!(client.refuse(all[1].client_message_id, Code::OutOfOrder, None), []);
    assert_eq!(sent(&client.write("d")), [("d".to_owned(), 4)]);
    let effects = client.accept(all[0].client_message_id, 1);
    assert_eq!(sent(&effects), [("b".to_owned(), 2), ("c".to_owned(), 3), ("d".to_owned(), 4)]);
}

#[test]
fn sy16_a_fault_of_the_server_is_waited_out() {
    let mut client = Client::connected();
    let first = submissions(&client.write("a"));
    assert_eq!(client.refuse(first[0].client_message_id, Code::Storage, None), []);
    assert_eq!(submissions(&client.pass(500)), first);
    client.refuse(first[0].client_message_id, Code::Storage, None);
    assert_eq!(submissions(&client.pass(1_000)), first);
    assert_eq!(states(&client), [SendState::Sending]);
}

/// Waits, on a connection that lives, until something is sent.
fn next_sending(client: &mut Client) -> Vec<Submission<VisitorCommand>> {
    let mut sendings = (0..60).map(|_| {
        let effects = client.pass(500);
        client.give(Input::Pong);
        submissions(&effects)
    });
    sendings.find(|sent| !sent.is_empty()).unwrap_or_default()
}

#[test]
fn sy39_a_message_over_which_the_server_fails_again_and_again_is_given_up() {
    let mut client = Client::connected();
    let first = submissions(&client.write("a"));
    let id = first[0].client_message_id;
    let second = submissions(&client.write("b"))[0].client_message_id;
    client.refuse(second, Code::OutOfOrder, None);
    for _ in 0..7 {
        assert_eq!(client.refuse(id, Code::Internal, None), []);
        assert_eq!(states(&client), [SendState::Sending, SendState::Sending]);
        assert_eq!(next_sending(&mut client), first, "one at a time, under its old number");
    }
    let effects = client.refuse(id, Code::Internal, None);
    assert_eq!(states(&client), [SendState::Failed(Failure::Refused(Code::Internal)), SendState::Sending]);
    assert_eq!(sent(&effects), numbered(&["b"]), "what follows goes on");

    client.accept(second, 1);
    assert_eq!(sent(&client.give(Input::Retry(id))), [("a".to_owned(), 2)]);
    for _ in 0..7 {
        client.refuse(id, Code::Internal, None);
        assert_eq!(next_sending(&mut client).len(), 1, "the faults are counted anew");
    }
}

#[test]
fn sy39_a_storage_that_fails_is_never_given_up_on() {
    let mut client = Client::connected();
    let first = submissions(&client.write("a"));
    for _ in 0..40 {
        assert_eq!(client.refuse(first[0].client_message_id, Code::Storage, None), []);
        assert_eq!(next_sending(&mut client), first);
    }
}

#[test]
fn sy17_a_first_message_out_of_order_moves_to_a_fresh_outbox() {
    let mut client = Client::connected();
    let first = submissions(&client.write("a"));
    let second = submissions(&client.write("b"));
    let effects = client.refuse(first[0].client_message_id, Code::OutOfOrder, None);
    let effects = [effects, client.refuse(second[0].client_message_id, Code::OutOfOrder, None)].concat();
    let again = submissions(&effects);
    assert_eq!((again[0].number, again[0].client_message_id), (1, first[0].client_message_id));
    assert_ne!(again[0].outbox, first[0].outbox);

    // A server that goes on refusing is asked less and less often.
    let mut tries = 0;
    for _ in 0..100 {
        let effects = client.refuse(first[0].client_message_id, Code::OutOfOrder, None);
        let effects = [effects, client.pass(1_000)].concat();
        tries += submissions(&effects).len();
    }
    assert!((3..40).contains(&tries), "{tries}");
}

#[test]
fn sy18_a_failed_message_is_sent_again_under_the_same_id() {
    let mut client = Client::connected();
    let id = submissions(&client.write("a"))[0].client_message_id;
    assert_eq!(client.give(Input::Retry(id)), [], "it has not failed");
    client.refuse(id, Code::Forbidden, None);
    client.write("b");
    let effects = client.give(Input::Retry(id));
    let again = submissions(&effects);
    assert_eq!((again[0].client_message_id, again[0].number), (id, 2));
    assert_eq!(client.texts(), ["b", "a"]);
    assert_eq!(states(&client), [SendState::Sending, SendState::Sending]);
}

#[test]
fn sy18_after_a_conflict_of_ids_the_message_gets_another() {
    let mut client = Client::connected();
    let id = submissions(&client.write("a"))[0].client_message_id;
    client.refuse(id, Code::IdempotencyConflict, None);
    let fresh = client.view().items[0].client_message_id;
    assert_ne!(fresh, id);
    assert_eq!(client.give(Input::Retry(id)), []);
    let again = submissions(&client.give(Input::Retry(fresh)));
    assert_eq!((again.len(), again[0].client_message_id), (1, fresh));
}

#[test]
fn sy18_a_message_whose_id_another_text_has_taken_is_not_swallowed() {
    let mut client = Client::connected();
    let ids: Vec<_> = ["a", "b", "c"]
        .into_iter()
        .map(|text| submissions(&client.write(text))[0].client_message_id)
        .collect();
    let taken = |seq, id| event(seq, Author::Visitor, id, said("else"));
    let effects = client.receive(ServerFrame::Events { events: vec![taken(1, ids[0]), taken(2, ids[1])] });
    assert_eq!(sent(&effects), numbered(&["c"]));
    assert_eq!(client.texts(), ["else", "else", "a", "b", "c"]);
    let conflict = SendState::Failed(Failure::Refused(Code::IdempotencyConflict));
    assert_eq!(states(&client)[2..], [conflict, conflict, SendState::Sending]);
    let keys: std::collections::BTreeSet<_> = client.view().items.iter().map(|item| item.key).collect();
    assert_eq!(keys.len(), 5, "each is an item of its own");

    client.refuse(ids[0], Code::IdempotencyConflict, None);
    let id = client.view().items[2].client_message_id;
    assert_eq!(submissions(&client.give(Input::Retry(id)))[0].client_message_id, id);
}

#[test]
fn sy18_only_a_failed_message_can_be_discarded() {
    let mut client = Client::connected();
    let id = submissions(&client.write("a"))[0].client_message_id;
    assert_eq!(client.give(Input::Discard(id)), []);
    assert_eq!(client.texts(), ["a"]);
    client.refuse(id, Code::Forbidden, None);
    assert!(matches!(client.give(Input::Discard(id)).as_slice(), [Effect::Drop(_)]));
    assert!(client.changed);
    assert_eq!(client.texts(), Vec::<String>::new());
}

#[test]
fn sy19_what_was_kept_is_taken_up_with_its_ids_and_numbered_anew() {
    let mut client = Client::connected();
    let accepted = submissions(&client.write("stored"))[0].client_message_id;
    client.accept(accepted, 1);
    let failed = submissions(&client.write("refused"))[0].client_message_id;
    client.refuse(failed, Code::Forbidden, None);
    let before = submissions(&client.write("waits"));
    let keys: Vec<_> = client.view().items.iter().map(|item| item.key).skip(1).collect();

    let texts: Vec<_> = client.kept.iter().map(SavedMessage::to_text).collect();
    let kept = texts.iter().rev().filter_map(|text| SavedMessage::from_text(text)).collect();
    let mut client = Client::new(2, kept);
    assert_eq!(client.texts(), ["refused", "waits"]);
    assert_eq!(states(&client), [SendState::Failed(Failure::Refused(Code::Forbidden)), SendState::Sending]);
    assert!(client.view().items.iter().all(|item| item.mine));
    client.open();
    let again = submissions(&client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0))));
    assert_eq!(again[0].client_message_id, before[0].client_message_id);
    assert_ne!(again[0].outbox, before[0].outbox);
    assert_eq!(sent(&client.write("next")), [("next".to_owned(), again[0].number + 1)]);
    assert_eq!(client.view().items.iter().map(|item| item.key).take(2).collect::<Vec<_>>(), keys);
}

#[test]
fn sy19_what_was_kept_and_makes_no_sense_loses_no_message() {
    let entry = |byte, written_at, text: &str| SavedMessage {
        client_message_id: ClientMessageId::from_bytes([byte; 16]),
        written_at: Timestamp(written_at),
        command: message(text),
        failed: None,
    };
    let kept =
        vec![entry(3, i64::MAX, "c"), entry(1, i64::MIN, "a"), entry(1, i64::MIN, "twice"), entry(2, 2, " ")];
    let mut client = Client::new(1, kept);
    client.open();
    let effects = client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
    assert_eq!(sent(&effects), numbered(&["a", "c"]));
    assert_eq!(sent(&client.write("d")), [("d".to_owned(), 3)]);
}

/// A browser that crashes loses its latest writes, and a tab that is duplicated has its twin's: with the numbers of an
/// older outbox a later message could overtake an earlier one.
#[test]
fn sy19_numbers_that_may_have_been_used_since_are_not_used_again() {
    let mut client = Client::connected();
    client.write("kept");
    let older = client.kept.clone();
    let lost = submissions(&client.write("sent, and lost from storage")).remove(0);

    let mut client = Client::new(2, older);
    client.open();
    let again = submissions(&client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0))));
    let next = submissions(&client.write("next"));
    assert!(again.iter().chain(&next).all(|submission| submission.outbox != lost.outbox));
}

#[test]
fn sy20_what_the_server_would_refuse_is_not_even_kept() {
    let mut client = Client::connected();
    for text in ["", " \n", "\u{200b}", "a\0b", &"a".repeat(20_000)] {
        assert_eq!(client.give(Input::Submit(VisitorCommand::Message { text: text.to_owned() })), []);
        assert!(!client.changed);
    }
}

#[test]
fn sy21_a_message_without_an_answer_for_fifteen_seconds_costs_the_connection() {
    let mut client = Client::connected();
    let first = submissions(&client.write("a"));
    assert_eq!(client.pass(14_999), []);
    assert_eq!(client.pass(1).last(), Some(&Effect::Disconnect(CloseCode::Zombie)));
    client.pass(1_000);
    client.open();
    assert_eq!(submissions(&client.receive(ServerFrame::Welcome(welcome(Resume::Resumed, 0, 0)))), first);
}
