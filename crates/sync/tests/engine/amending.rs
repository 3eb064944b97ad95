//! Messages that are edited and deleted.

use protocol::{
    Author, ClientMessageId, Code, PublicKind, Refusal, Resume, ServerFrame, Stars, VisitorCommand,
};
use sync::{Input, SendState};

use crate::client::*;

fn id(number: u8) -> ClientMessageId {
    ClientMessageId::from_bytes([number; 16])
}

fn edited(of: ClientMessageId, text: &str) -> PublicKind {
    let PublicKind::Message { text, .. } = said(text) else { unreachable!("it is said") };
    PublicKind::Edited { of, text }
}

fn now(text: &str) -> PublicKind {
    let PublicKind::Message { text, .. } = said(text) else { unreachable!("it is said") };
    PublicKind::Message { text, edited: true, reply_to: None }
}

fn texts(client: &Client) -> Vec<String> {
    client.view().items.iter().map(|item| text_of(&item.kind)).collect()
}

fn tell(client: &mut Client, seq: u64, author: Author, own: ClientMessageId, kind: PublicKind) {
    client.receive(ServerFrame::Events { events: vec![event(seq, author, own, kind)] });
}

#[test]
fn sy45_a_change_reaches_everything_that_is_known() {
    let mut client = Client::with_messages(2);
    tell(&mut client, 3, agent(), id(9), edited(id(1), "b"));
    tell(&mut client, 4, agent(), id(8), edited(id(1), "c"));
    assert_eq!(texts(&client), ["c", "a2", "(edited: c)", "(edited: c)"]);
    tell(&mut client, 5, Author::Visitor, id(7), PublicKind::Deleted { of: id(2) });
    assert_eq!(texts(&client)[1], "a2", "it is another person's");
    tell(&mut client, 6, agent(), id(6), PublicKind::Deleted { of: id(1) });
    assert_eq!(texts(&client), ["(deleted)", "a2", "(deleted)", "(deleted)", "(deleted)", "(deleted)"]);
}

#[test]
fn sy45_what_comes_later_and_was_read_before_is_changed_too() {
    let mut client = Client::new(1, Vec::new());
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 2, 3)));
    tell(&mut client, 3, agent(), id(9), edited(id(1), "b"));
    client.give(Input::LoadOlder);
    client.receive(ServerFrame::Older { events: vec![agent_said(1), agent_said(2)] });
    assert_eq!(texts(&client), ["b", "a2", "(edited: b)"]);
}

#[test]
fn sy45_an_own_message_that_comes_back_changed_is_still_the_same() {
    for kind in [now("changed in another tab"), PublicKind::Deleted { of: id(0) }] {
        let mut client = Client::connected();
        client.give(Input::Submit(message("one")));
        let own = client.view().items[0].client_message_id;
        let kind =
            if matches!(kind, PublicKind::Deleted { .. }) { PublicKind::Deleted { of: own } } else { kind };
        tell(&mut client, 1, Author::Visitor, own, kind);
        let items = client.view().items;
        assert_eq!(items.len(), 1);
        assert_eq!(items[0].state, SendState::Sent);
    }
}

#[test]
fn sy45_a_change_waits_and_is_dropped_once_there_is_nothing_to_change() {
    let mut client = Client::connected();
    tell(&mut client, 1, Author::Visitor, id(1), said("one"));
    let edit = VisitorCommand::Edit { of: id(1), text: "two".to_owned() };
    client.give(Input::Submit(edit));
    let view = client.view();
    let (message, change) = (&view.items[0], &view.items[1]);
    assert_eq!(view.unstored_change(message).map(|change| change.state), Some(SendState::Sending));
    assert!(view.is_shown_elsewhere(change) && !view.is_shown_elsewhere(message));
    let own = change.client_message_id;
    let refused =
        |code| ServerFrame::Refused(Refusal { code, client_message_id: Some(own), retry_after: None });
    client.receive(refused(Code::NotFound));
    assert_eq!(texts(&client), ["one"]);

    client.give(Input::Submit(VisitorCommand::Delete { of: id(1) }));
    let own = client.view().items[1].client_message_id;
    client.receive(ServerFrame::Refused(Refusal {
        code: Code::TooLate,
        client_message_id: Some(own),
        retry_after: None,
    }));
    let view = client.view();
    let failed = view.unstored_change(&view.items[0]).map(|change| change.state);
    assert!(matches!(failed, Some(SendState::Failed(_))), "{failed:?}");
}

#[test]
fn sy45_a_rating_that_comes_too_late_is_given_up() {
    let mut client = Client::connected();
    tell(&mut client, 1, Author::Visitor, id(1), said("one"));
    tell(&mut client, 2, agent(), id(2), PublicKind::Resolved);
    for (command, code, left) in [
        (VisitorCommand::Rate { stars: Stars::ALL[4], comment: String::new() }, Code::TooLate, 0),
        (VisitorCommand::End, Code::NotFound, 0),
        (VisitorCommand::End, Code::TooLate, 1),
    ] {
        client.give(Input::Submit(command));
        let own = client.view().items[2].client_message_id;
        let refusal = Refusal { code, client_message_id: Some(own), retry_after: None };
        client.receive(ServerFrame::Refused(refusal));
        assert_eq!(client.view().items.len(), 2 + left, "{code:?}");
    }
}

#[test]
fn sy45_a_change_of_what_is_deleted_is_given_up_by_every_tab() {
    let mut client = Client::connected();
    tell(&mut client, 1, Author::Visitor, id(1), said("one"));
    for text in ["two", "three"] {
        client.give(Input::Submit(VisitorCommand::Edit { of: id(1), text: text.to_owned() }));
    }
    client.give(Input::Submit(message("and this")));
    // Another tab of the same visitor, whose own wish to edit is refused there alone.
    tell(&mut client, 2, Author::Visitor, id(2), PublicKind::Deleted { of: id(1) });
    assert_eq!(texts(&client), ["(deleted)", "(deleted)", "and this"]);
    assert_eq!(client.view().items[2].state, SendState::Sending);
}
