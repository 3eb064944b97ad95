//! Connecting, staying connected, coming back, giving up.

use proptest::prelude::*;
use protocol::{ClientFrame, CloseCode, Code, Cursor, Hello, Page, Resume, Seq, ServerFrame, Undecodable};
use sync::{ConnectionBadge, Effect, Input};

use crate::client::{BEGIN, Client, Effects, epoch, events, sent, welcome};

const CONNECT: Effect<protocol::ForVisitors> = Effect::Connect { renew: false };

fn hello(effects: &Effects) -> Hello {
    match effects.as_slice() {
        [Effect::Transmit(ClientFrame::Hello(hello))] => hello.clone(),
        other => panic!("not a hello and nothing else: {other:?}"),
    }
}

/// Waits for the next connect and returns after how long it came.
fn wait_for_connect(client: &mut Client) -> u64 {
    let lost_at = client.now;
    for _ in 0..100 {
        let at = client.wake_at.expect("something is planned");
        client.now = client.now.max(at);
        if matches!(client.give(Input::Woke).first(), Some(Effect::Connect { .. })) {
            return client.now.since(lost_at);
        }
    }
    panic!("never connects");
}

#[test]
fn sy1_stop_disconnects_and_stays_away() {
    let mut client = Client::connected();
    assert_eq!(client.give(Input::Stop), [Effect::Disconnect(CloseCode::Normal)]);
    assert_eq!(client.wake_at, None);
    assert_eq!(client.give(Input::NetworkBack), []);
    assert_eq!(client.give(Input::Stop), []);
    assert_eq!(client.give(Input::Start), [CONNECT]);
    assert_eq!(client.give(Input::Start), []);
}

#[test]
fn sy2_the_hello_comes_first_and_says_what_is_known() {
    let mut client = Client::new(1, Vec::new());
    let page = Page { url: "https://shop.example/".to_owned(), ..Page::default() };
    assert_eq!(client.give(Input::Moved(page.clone())), []);
    assert_eq!(sent(&client.write("early")), []);
    let first = hello(&client.open());
    assert_eq!((first.credential.as_str(), first.cursor, first.page), ("token", None, Some(page.clone())));
    assert_eq!(sent(&client.write("still early")), []);

    client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 3, 5)));
    client.receive(events(4..=5));
    client.close();
    client.pass(1_000);
    let second = hello(&client.open());
    assert_eq!(second.cursor, Some(Cursor { epoch: epoch(1), seq: Seq(5), at: BEGIN.plus(5) }));
    assert_eq!((second.tab, second.page), (first.tab, Some(page)));
}

#[test]
fn sy2_a_socket_that_was_not_asked_for_is_ignored() {
    let mut client = Client::connected();
    assert_eq!(client.open(), []);
    client.give(Input::Stop);
    assert_eq!(client.open(), []);
}

#[test]
fn sy3_failures_in_a_row_are_answered_with_growing_patience() {
    let mut client = Client::new(1, Vec::new());
    for bound in [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000] {
        client.give(Input::Unreachable { code: None });
        let wait = wait_for_connect(&mut client);
        assert!(wait <= bound, "{wait} > {bound}");
    }
}

#[test]
fn sy3_a_sound_connection_makes_up_for_earlier_failures_and_a_short_one_does_not() {
    for (lasts, longest) in [(10_000, 1_000), (100, 15_000)] {
        let mut waits = Vec::new();
        for seed in 0..60 {
            let mut client = Client::new(seed, Vec::new());
            for _ in 0..9 {
                client.give(Input::Unreachable { code: Some(Code::Unavailable) });
                wait_for_connect(&mut client);
            }
            client.open();
            client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
            client.pass(lasts);
            client.close();
            waits.push(wait_for_connect(&mut client));
        }
        let most = waits.iter().max().copied().expect("some");
        assert!((longest / 2..=longest).contains(&most), "{most}");
    }
}

#[test]
fn sy3_a_server_that_turns_everybody_away_is_asked_less_and_less_often() {
    let mut client = Client::new(1, Vec::new());
    let waits: Vec<u64> = (0..40)
        .map(|_| {
            client.open();
            client.receive(ServerFrame::Bye { code: Code::TooManySockets, after: 0 });
            wait_for_connect(&mut client)
        })
        .collect();
    assert!(waits[0] <= 1_000, "{waits:?}");
    assert!(waits[10..].iter().sum::<u64>() / 30 > 5_000, "{waits:?}");
    assert!(waits.iter().all(|wait| *wait <= 15_000), "{waits:?}");
}

proptest! {
    #[test]
    fn sy3_a_server_that_says_bye_is_left_alone_as_long_as_it_asks(seed in 0_u64..1 << 20, after in 0_u32..60_000) {
        let mut client = Client::new(seed, Vec::new());
        client.open();
        client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
        let effects = client.receive(ServerFrame::Bye { code: Code::Unavailable, after });
        prop_assert_eq!(effects, [Effect::Disconnect(CloseCode::Normal)]);
        prop_assert_eq!(client.give(Input::NetworkBack), []);
        let wait = wait_for_connect(&mut client);
        let after = u64::from(after);
        prop_assert!((after..=after + after.max(1_000)).contains(&wait), "{} {}", wait, after);
    }

    #[test]
    fn sy3_clients_that_lose_their_socket_at_once_come_back_within_a_second(seed in 0_u64..1 << 20) {
        let mut client = Client::new(seed, Vec::new());
        client.open();
        client.receive(ServerFrame::Welcome(welcome(Resume::Fresh, 0, 0)));
        client.close();
        prop_assert!(wait_for_connect(&mut client) <= 1_000);
    }
}

#[test]
fn sy4_a_socket_that_does_not_open_or_answer_is_given_up() {
    let mut client = Client::new(1, Vec::new());
    assert_eq!(client.pass(9_999), []);
    assert_eq!(client.give(Input::Woke), []);
    client.now = BEGIN.plus(10_000);
    assert_eq!(client.give(Input::Woke), [Effect::Disconnect(CloseCode::Zombie)]);

    wait_for_connect(&mut client);
    client.open();
    assert_eq!(client.pass(10_000).first(), Some(&Effect::Disconnect(CloseCode::Zombie)));
}

#[test]
fn sy5_a_silent_socket_is_pinged_and_given_up_ten_seconds_later() {
    let mut client = Client::connected();
    assert_eq!(client.pass(14_999), []);
    assert_eq!(client.pass(1), [Effect::Ping]);
    assert_eq!(client.pass(9_999), []);
    let effects = client.pass(1);
    assert_eq!(effects, [Effect::Disconnect(CloseCode::Zombie)]);
    assert!(wait_for_connect(&mut client) <= 1_000);
}

#[test]
fn sy5_a_pong_or_any_frame_keeps_the_socket() {
    for heard in [Input::Pong, Input::Received(events([])), Input::Unreadable(Undecodable::Malformed)] {
        let mut client = Client::connected();
        assert_eq!(client.pass(15_000), [Effect::Ping]);
        client.give(heard);
        assert_eq!(client.pass(14_999), []);
        assert_eq!(client.pass(1), [Effect::Ping]);
    }
}

#[test]
fn sy6_a_credential_that_is_refused_is_renewed_twice_and_no_more() {
    let mut client = Client::connected();
    client.pass(1);
    let renewed = |client: &mut Client| {
        client.give(Input::Closed { code: 4401 });
        wait_for_connect(client)
    };
    assert_eq!(renewed(&mut client), 0);
    client.open();
    assert!(renewed(&mut client) <= 1_000);
    client.open();
    assert_eq!(client.give(Input::Closed { code: 4401 }), []);
    assert_eq!(client.view().connection, ConnectionBadge::Refused(Code::Unauthenticated));
    assert_eq!(client.wake_at, None);
}

#[test]
fn sy6_the_renewed_credential_is_asked_for_until_it_works() {
    let mut client = Client::connected();
    client.receive(ServerFrame::Bye { code: Code::Unauthenticated, after: 0 });
    assert_eq!(client.give(Input::Woke), [Effect::Connect { renew: true }]);
    client.give(Input::Unreachable { code: None });
    wait_for_connect(&mut client);
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Resumed, 0, 0)));
    client.close();
    assert_eq!(client.pass(1_000), [CONNECT]);
}

#[test]
fn sy7_a_server_that_turns_the_client_away_for_good_is_left_alone() {
    let closed = |code: CloseCode| Input::Closed { code: code.number() };
    let bye = |code| Input::Received(ServerFrame::Bye { code, after: 5 });
    let cases = [
        (closed(CloseCode::Forbidden), Code::Forbidden),
        (closed(CloseCode::NotFound), Code::NotFound),
        (closed(CloseCode::UpgradeRequired), Code::UpgradeRequired),
        (bye(Code::UpgradeRequired), Code::UpgradeRequired),
        (bye(Code::NotFound), Code::NotFound),
        (Input::Unreadable(Undecodable::Version), Code::UpgradeRequired),
    ];
    for (input, code) in cases {
        let mut client = Client::connected();
        client.give(input);
        assert_eq!(client.view().connection, ConnectionBadge::Refused(code));
        assert!(client.changed);
        assert_eq!(client.wake_at, None);
        assert_eq!(client.give(Input::NetworkBack), []);
        assert_eq!(client.give(Input::Start), [CONNECT]);
    }
}

#[test]
fn sy7_codes_of_a_server_that_cannot_be_reached_decide_as_well() {
    let mut client = Client::new(1, Vec::new());
    client.give(Input::Unreachable { code: Some(Code::OriginNotAllowed) });
    assert_eq!(client.view().connection, ConnectionBadge::Refused(Code::OriginNotAllowed));

    let mut client = Client::new(1, Vec::new());
    client.give(Input::Unreachable { code: Some(Code::RateLimited) });
    assert_eq!(client.view().connection, ConnectionBadge::Connecting);
}

#[test]
fn sy7_every_other_close_code_means_that_the_client_comes_back() {
    for code in [1000, 1001, 1006, 1009, 1012, 4000, 4400, 4408, 4409, 4429, 0, 65_535] {
        let mut client = Client::connected();
        client.give(Input::Closed { code });
        assert!(wait_for_connect(&mut client) <= 1_000, "{code}");
    }
}

#[test]
fn sy8_when_the_network_is_back_nothing_is_waited_for() {
    let mut client = Client::new(1, Vec::new());
    client.give(Input::Unreachable { code: None });
    assert_eq!(client.give(Input::NetworkBack), [CONNECT]);
    assert_eq!(client.give(Input::NetworkBack), []);

    let mut client = Client::connected();
    assert_eq!(client.give(Input::NetworkBack), [Effect::Ping]);
    assert_eq!(client.give(Input::NetworkBack), []);
    assert_eq!(client.pass(10_000).first(), Some(&Effect::Disconnect(CloseCode::Zombie)));
}

#[test]
fn sy9_being_away_shows_after_two_seconds() {
    let mut client = Client::connected();
    assert_eq!(client.view().connection, ConnectionBadge::Connected);
    client.close();
    client.pass(1_999);
    assert_eq!(client.view().connection, ConnectionBadge::Connected);
    client.pass(1);
    assert!(client.changed);
    assert_eq!(client.view().connection, ConnectionBadge::Reconnecting);
    client.open();
    client.receive(ServerFrame::Welcome(welcome(Resume::Resumed, 0, 0)));
    assert_eq!(client.view().connection, ConnectionBadge::Connected);
}

#[test]
fn sy9_a_first_connection_that_fails_shows_as_well() {
    let mut client = Client::new(1, Vec::new());
    client.pass(5_000);
    assert_eq!(client.view().connection, ConnectionBadge::Connecting);
    client.give(Input::Unreachable { code: None });
    assert!(client.changed);
    assert_eq!(client.view().connection, ConnectionBadge::Reconnecting);
}

#[test]
fn sy10_a_clock_set_back_by_a_day_brings_the_next_heartbeat_and_no_pause() {
    let mut client = Client::connected();
    client.now = protocol::Timestamp(BEGIN.0 - 86_400_000);
    client.give(Input::Pong);
    assert_eq!(client.pass(1), [Effect::Ping]);
    client.give(Input::Pong);
    assert_eq!(client.pass(15_000), [Effect::Ping]);
}

#[test]
fn sy10_a_timer_that_goes_off_counts_although_the_clock_was_set_back_meanwhile() {
    let mut client = Client::connected();
    client.now = protocol::Timestamp(BEGIN.0 - 86_400_000);
    assert_eq!(client.give(Input::Woke), [Effect::Ping]);
}

#[test]
fn sy34_pages_are_told_when_they_change() {
    let mut client = Client::connected();
    let page = |url: &str| Page { url: url.to_owned(), ..Page::default() };
    let told = |url| vec![Effect::Transmit(ClientFrame::Page(page(url)))];
    assert_eq!(client.give(Input::Moved(page("a"))), told("a"));
    assert_eq!(client.give(Input::Moved(page("a"))), []);
    client.close();
    client.pass(1_000);
    assert_eq!(hello(&client.open()).page, Some(page("a")));
    assert_eq!(client.give(Input::Moved(page("b"))), []);
    assert_eq!(client.receive(ServerFrame::Welcome(welcome(Resume::Resumed, 0, 0))), told("b"));
}
