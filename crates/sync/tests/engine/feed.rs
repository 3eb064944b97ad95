//! The list of conversations.

use protocol::{
    AgentAvailability, AgentId, AgentKind, AgentProfile, Author, Availability, AvailabilityChoice, ChatForm,
    Circle, ClientMessageId, Code, ConversationId, FeedFrame, FeedRequest, FilterEntry, FilterId, ForAgents,
    IndexEntry, ListView, MentionEntry, MessageText, Placement, PrivateChatEntry, PublicKind, Seq, Shelf,
    ShelfCounts, SiteCounts, SiteId, Status, Team, TeamEntry, TeamId, Timestamp, Undecodable, VisitorId,
    VisitorPresence, limits,
};
use sync::{
    ConnectionBadge, Env, Feed, FeedEffect, FeedInput, FeedView, Item, ItemKey, Person, SendState, View,
};

use crate::client::{BEGIN, entropy};

struct Inbox {
    feed: Feed,
    calls: u64,
    now: Timestamp,
    wake_at: Option<Timestamp>,
}

impl Inbox {
    fn new() -> Self {
        let feed = Feed::new(Env { now: BEGIN, entropy: entropy(0) });
        let mut inbox = Self { feed, calls: 0, now: BEGIN, wake_at: None };
        assert_eq!(inbox.give(FeedInput::Start), [FeedEffect::Connect { renew: false }]);
        inbox
    }

    fn connected(entries: &[IndexEntry], more: bool) -> Self {
        let mut inbox = Self::new();
        inbox.give(FeedInput::Opened { credential: "ticket".to_owned() });
        inbox.welcome(entries, more);
        inbox
    }

    fn welcome(&mut self, entries: &[IndexEntry], more: bool) {
        let me = AgentProfile { id: AgentId::from_bytes([1; 16]), name: "Ada".to_owned() };
        self.give(FeedInput::Received(FeedFrame::Welcome { me, entries: entries.to_vec(), more }));
    }

    fn give(&mut self, input: FeedInput) -> Vec<FeedEffect> {
        self.calls += 1;
        let step = self.feed.handle(Env { now: self.now, entropy: entropy(self.calls) }, input);
        self.wake_at = step.wake_at;
        step.effects
    }

    fn view(&self) -> FeedView {
        self.feed.view(self.now)
    }

    /// The list: number of the conversation and time.
    fn list(&self) -> Vec<(u8, i64)> {
        self.view()
            .entries
            .iter()
            .map(|entry| (entry.conversation.as_bytes()[0], entry.active_at.0))
            .collect()
    }
}

fn entry(number: u8, active_at: i64) -> IndexEntry {
    IndexEntry {
        conversation: ConversationId::from_bytes([number; 32]),
        site: SiteId::from_bytes([1; 16]),
        visitor: VisitorId::from_bytes([1; 16]),
        status: Status::Open,
        active_at: Timestamp(active_at),
        preview: None,
        unread: 0,
        began_at: Timestamp(0),
        identity: None,
        placement: Placement::default(),
    }
}

fn changed(number: u8, active_at: i64) -> FeedInput {
    FeedInput::Received(FeedFrame::Changed(entry(number, active_at)))
}

#[test]
fn sy36_the_list_runs_from_the_most_recently_active_to_the_oldest() {
    let mut inbox = Inbox::connected(&[entry(2, 20), entry(1, 10)], false);
    inbox.give(changed(3, 30));
    inbox.give(changed(1, 40));
    inbox.give(changed(4, 5));
    assert_eq!(inbox.list(), [(1, 40), (3, 30), (2, 20), (4, 5)]);
    assert_eq!(inbox.view().me.map(|me| me.name), Some("Ada".to_owned()));
}

#[test]
fn sy36_a_welcome_replaces_the_list() {
    let mut inbox = Inbox::connected(&[entry(1, 10)], false);
    inbox.give(FeedInput::Closed { code: 1006 });
    assert_eq!(inbox.give(FeedInput::NetworkBack), [FeedEffect::Connect { renew: false }]);
    assert_eq!(inbox.list(), [(1, 10)], "kept until there is something better");
    let hello = inbox.give(FeedInput::Opened { credential: "ticket".to_owned() });
    assert!(matches!(hello.as_slice(), [FeedEffect::Transmit(FeedRequest::Hello(_))]));
    inbox.welcome(&[entry(2, 20)], false);
    assert_eq!(inbox.list(), [(2, 20)]);
}

#[test]
fn ib36_each_welcome_is_told_however_short_the_absence_before_it() {
    let mut inbox = Inbox::new();
    assert_eq!(inbox.view().welcomes, 0);
    inbox.give(FeedInput::Opened { credential: "ticket".to_owned() });
    inbox.welcome(&[], false);
    assert_eq!(inbox.view().welcomes, 1);
    inbox.give(FeedInput::Closed { code: 1006 });
    inbox.give(FeedInput::NetworkBack);
    inbox.give(FeedInput::Opened { credential: "another".to_owned() });
    assert_eq!((inbox.view().connection, inbox.view().welcomes), (ConnectionBadge::Connected, 1));
    inbox.welcome(&[], false);
    assert_eq!((inbox.view().connection, inbox.view().welcomes), (ConnectionBadge::Connected, 2));
}

#[test]
fn sy37_the_next_page_is_asked_for_once_and_leaves_no_hole() {
    let mut inbox = Inbox::connected(&[entry(9, 90), entry(8, 80)], true);
    // Moves the last entry up, and tells of one that a later page will bring.
    inbox.give(changed(8, 95));
    inbox.give(changed(2, 20));
    assert_eq!(inbox.list(), [(8, 95), (9, 90)]);

    let after = entry(8, 80).position();
    assert_eq!(inbox.give(FeedInput::LoadMore), [FeedEffect::Transmit(FeedRequest::More { after })]);
    assert!(inbox.view().loading);
    assert_eq!(inbox.give(FeedInput::LoadMore), []);
    let page = FeedFrame::Page { entries: vec![entry(5, 50), entry(2, 20)], more: false };
    inbox.give(FeedInput::Received(page.clone()));
    assert_eq!(inbox.list(), [(8, 95), (9, 90), (5, 50), (2, 20)]);
    assert!(!inbox.view().loading && !inbox.view().more);
    assert_eq!(inbox.give(FeedInput::LoadMore), []);
    inbox.give(changed(1, 1));
    assert_eq!(inbox.list().last(), Some(&(1, 1)));
}

#[test]
fn sy37_a_page_that_does_not_come_can_be_asked_for_again() {
    let mut inbox = Inbox::connected(&[entry(9, 90)], true);
    inbox.give(FeedInput::LoadMore);
    inbox.now = BEGIN.plus(20_000);
    inbox.give(FeedInput::Woke);
    assert!(!inbox.view().loading);
    inbox.give(FeedInput::LoadMore);
    inbox.give(FeedInput::Closed { code: 1006 });
    assert!(!inbox.view().loading);
    assert_eq!(inbox.give(FeedInput::LoadMore), []);
}

/// What the engine of a conversation shows after the visitor has said something.
fn shown(said: &[(i64, &str)], unread: u32) -> View<ForAgents> {
    let items = said.iter().zip(1..).map(|((at, text), seq)| Item {
        key: ItemKey { person: Person::Visitor, client_message_id: ClientMessageId::from_bytes([1; 16]) },
        author: Author::Visitor,
        mine: false,
        kind: AgentKind::Public(PublicKind::message(MessageText::parse(text).expect("a text"))),
        at: Timestamp(*at),
        state: SendState::Sent,
        client_message_id: ClientMessageId::from_bytes([1; 16]),
        seq: Some(Seq(seq)),
        seen: None,
    });
    View {
        items: items.collect(),
        connection: ConnectionBadge::Connected,
        status: Status::Open,
        me: None,
        typing: Vec::new(),
        presence: VisitorPresence {
            visitor: Some(VisitorId::from_bytes([7; 16])),
            ..VisitorPresence::default()
        },
        unread,
        head: Seq::START,
        more_above: false,
        loading_older: false,
        unsent: 0,
        unkept: 0,
    }
}

fn glimpsed(number: u8, view: &View<ForAgents>) -> FeedInput {
    let glimpse = view.glimpse().expect("something is stored");
    FeedInput::Glimpsed { conversation: ConversationId::from_bytes([number; 32]), glimpse }
}

#[test]
fn sy44_what_an_open_conversation_tells_stands_over_its_entry() {
    let mut inbox = Inbox::connected(&[entry(2, 20), entry(1, 10)], false);
    inbox.give(glimpsed(1, &shown(&[(10, "first"), (30, "second")], 1)));
    assert_eq!(inbox.list(), [(1, 30), (2, 20)]);
    let top = inbox.view().entries.remove(0);
    assert_eq!((top.preview.map(|preview| preview.text), top.unread), (Some("second".to_owned()), 1));
    // It is read, of which no entry has heard.
    let read = glimpsed(1, &shown(&[(10, "first"), (30, "second")], 0));
    inbox.give(read.clone());
    assert_eq!(inbox.view().entries.first().map(|entry| entry.unread), Some(0));
    let calls = inbox.view();
    inbox.give(read);
    assert_eq!(inbox.view(), calls);
}

#[test]
fn sy44_an_entry_that_knows_as_much_ends_what_was_told() {
    let mut inbox = Inbox::connected(&[entry(1, 10)], false);
    inbox.give(glimpsed(1, &shown(&[(30, "second")], 1)));
    // One that was on its way.
    inbox.give(changed(1, 20));
    assert_eq!(inbox.list(), [(1, 30)]);
    inbox.give(changed(1, 30));
    assert_eq!(inbox.view().entries.first().map(|entry| entry.unread), Some(0));
    // And one that another agent has heard of first.
    inbox.give(changed(1, 40));
    inbox.give(glimpsed(1, &shown(&[(30, "second")], 1)));
    assert_eq!(inbox.list(), [(1, 40)]);
}

#[test]
fn sy44_nothing_is_told_of_what_is_not_stored() {
    assert_eq!(shown(&[], 0).glimpse(), None);
    let mut view = shown(&[(10, "stored"), (20, "on its way")], 0);
    view.items[1].seq = None;
    let mut inbox = Inbox::connected(&[entry(1, 5)], false);
    inbox.give(glimpsed(1, &view));
    let preview = inbox.view().entries.remove(0).preview;
    assert_eq!(preview.map(|preview| preview.text), Some("stored".to_owned()));
    assert_eq!(inbox.list(), [(1, 10)]);
}

#[test]
fn sy7_a_feed_that_is_refused_stays_away() {
    let cases = [
        (FeedInput::Received(FeedFrame::Bye { code: Code::Forbidden, after: 0 }), Code::Forbidden),
        (FeedInput::Closed { code: 4426 }, Code::UpgradeRequired),
        (FeedInput::Unreadable(Undecodable::Version), Code::UpgradeRequired),
    ];
    for (input, code) in cases {
        let mut inbox = Inbox::connected(&[], false);
        inbox.give(input);
        assert_eq!(inbox.view().connection, ConnectionBadge::Refused(code));
        assert_eq!(inbox.wake_at, None);
    }
}

const ME: AgentId = AgentId::from_bytes([1; 16]);

fn view_of(shelf: Shelf) -> ListView {
    ListView { shelf, site: None }
}

/// An entry that lies somewhere.
fn lying(number: u8, status: Status, assignee: Option<AgentId>) -> IndexEntry {
    let placement = Placement { assignee, ..Placement::default() };
    IndexEntry { status, placement, ..entry(number, i64::from(number)) }
}

fn numbers(inbox: &Inbox) -> Vec<u8> {
    inbox.list().into_iter().map(|(number, _)| number).collect()
}

#[test]
fn sy46_a_view_shows_what_lies_there() {
    let other = AgentId::from_bytes([2; 16]);
    let elsewhere = IndexEntry { site: SiteId::from_bytes([7; 16]), ..lying(7, Status::Open, None) };
    let mut inbox = Inbox::connected(
        &[
            elsewhere.clone(),
            lying(6, Status::Open, Some(ME)),
            lying(5, Status::Open, Some(other)),
            lying(4, Status::Open, None),
            lying(3, Status::Pending, Some(ME)),
            lying(2, Status::Snoozed, None),
            lying(1, Status::Resolved, None),
        ],
        false,
    );
    for (shelf, right) in [
        (Shelf::Mine, vec![6]),
        (Shelf::Unassigned, vec![7, 4]),
        (Shelf::Open, vec![7, 6, 5, 4]),
        (Shelf::Pending, vec![3]),
        (Shelf::Snoozed, vec![2]),
        (Shelf::Resolved, vec![1]),
    ] {
        assert_eq!(inbox.give(FeedInput::Show(Some(view_of(shelf)))), [], "everything is known");
        assert_eq!(numbers(&inbox), right, "{shelf:?}");
    }
    let site = Some(elsewhere.site);
    inbox.give(FeedInput::Show(Some(ListView { shelf: Shelf::Open, site })));
    assert_eq!(numbers(&inbox), [7]);
    assert_eq!(inbox.view().known.len(), 7);
    // A change moves it from one view to another.
    inbox.give(FeedInput::Received(FeedFrame::Changed(IndexEntry {
        status: Status::Resolved,
        active_at: Timestamp(70),
        ..elsewhere
    })));
    assert!(numbers(&inbox).is_empty());
    inbox.give(FeedInput::Show(None));
    assert_eq!(numbers(&inbox), [7, 6, 5, 4, 3, 2, 1]);
}

#[test]
fn sy46_a_view_asks_for_its_own_pages_and_has_no_hole() {
    let mut inbox =
        Inbox::connected(&[lying(90, Status::Open, None), lying(80, Status::Resolved, None)], true);
    let view = view_of(Shelf::Resolved);
    let ask = |after: u8| {
        let after = Some(lying(after, Status::Open, None).position());
        FeedEffect::Transmit(FeedRequest::List { view, after })
    };
    assert_eq!(inbox.give(FeedInput::Show(Some(view))), [ask(80)], "the first page is not full");
    assert!(inbox.view().loading && inbox.view().more);
    assert_eq!(numbers(&inbox), [80]);
    let listed = |numbers: &[u8], more| {
        let entries = numbers.iter().map(|number| lying(*number, Status::Resolved, None)).collect();
        FeedInput::Received(FeedFrame::Listed { view, entries, more })
    };
    inbox.give(listed(&[60, 50], true));
    assert_eq!(numbers(&inbox), [80, 60, 50]);
    assert_eq!(inbox.give(FeedInput::LoadMore), [ask(50)]);
    // Another view is looked at meanwhile; what comes late is kept.
    let pending = ListView { shelf: Shelf::Pending, site: None };
    let first = FeedRequest::List { view: pending, after: Some(lying(80, Status::Open, None).position()) };
    assert_eq!(inbox.give(FeedInput::Show(Some(pending))), [FeedEffect::Transmit(first)]);
    inbox.give(listed(&[40], false));
    assert!(inbox.view().loading, "that was of the other view");
    assert_eq!(inbox.give(FeedInput::Show(Some(view))), [], "it is known already");
    assert_eq!(numbers(&inbox), [80, 60, 50, 40]);
    assert!(!inbox.view().more);
    // All of them: only as far as is known without a hole.
    inbox.give(FeedInput::Show(None));
    assert_eq!(numbers(&inbox), [90, 80]);
    // After another welcome the view is asked for anew.
    inbox.give(FeedInput::Show(Some(view)));
    inbox.give(FeedInput::Closed { code: 1006 });
    inbox.give(FeedInput::NetworkBack);
    inbox.give(FeedInput::Opened { credential: "ticket".to_owned() });
    let me = AgentProfile { id: ME, name: "Ada".to_owned() };
    let entries = vec![lying(90, Status::Open, None)];
    let asked = inbox.give(FeedInput::Received(FeedFrame::Welcome { me, entries, more: true }));
    assert_eq!(asked, [ask(90)]);
    assert!(numbers(&inbox).is_empty());
}

#[test]
fn sy47_numbers_are_the_servers_and_who_has_left_has_nothing() {
    let other = AgentId::from_bytes([2; 16]);
    let mut inbox = Inbox::connected(&[lying(1, Status::Open, Some(other))], false);
    assert_eq!(inbox.view().counts, None);
    let counts = ShelfCounts { open: 7, ..ShelfCounts::default() };
    let sites = vec![SiteCounts { site: SiteId::from_bytes([1; 16]), name: "Shop".to_owned(), counts }];
    inbox.give(FeedInput::Received(FeedFrame::Counts { sites: sites.clone() }));
    assert_eq!(inbox.view().counts, Some(sites));
    inbox.give(FeedInput::Show(Some(view_of(Shelf::Unassigned))));
    assert!(numbers(&inbox).is_empty());
    inbox.give(FeedInput::Received(FeedFrame::Left { agent: other }));
    assert_eq!(numbers(&inbox), [1]);
}

#[test]
fn pc8_private_chats_are_listed_by_activity_until_they_are_left() {
    let chat = |number: u8, active_at: i64| PrivateChatEntry {
        conversation: ConversationId::from_bytes([number; 32]),
        circle: Circle { form: ChatForm::Pair, members: Vec::new() },
        active_at: Timestamp(active_at),
        preview: None,
        unread: 0,
        mentions: 0,
    };
    let mut inbox = Inbox::connected(&[], false);
    let mut told = |frame| {
        inbox.give(FeedInput::Received(frame));
        let chats = inbox.view().private_chats;
        chats.iter().map(|chat| chat.conversation.as_bytes()[0]).collect::<Vec<_>>()
    };
    assert_eq!(told(FeedFrame::PrivateChats { chats: vec![chat(1, 5), chat(2, 9)] }), [2, 1]);
    assert_eq!(told(FeedFrame::PrivateChat(chat(1, 10))), [1, 2]);
    assert_eq!(told(FeedFrame::PrivateChat(chat(3, 7))), [1, 2, 3]);
    let left = |number| FeedFrame::PrivateChatLeft { conversation: ConversationId::from_bytes([number; 32]) };
    assert_eq!(told(left(1)), [2, 3]);
    assert_eq!(told(left(9)), [2, 3]);
    assert_eq!(told(FeedFrame::PrivateChats { chats: Vec::new() }), [0; 0], "what is told anew replaces all");
}

#[test]
fn tm5_a_team_has_its_view_and_one_that_is_gone_has_nothing() {
    let [support, sales] = [1, 2].map(|id| TeamId::from_bytes([id; 16]));
    let with = |number, status, team| {
        let mut entry = lying(number, status, None);
        entry.placement.team = team;
        entry
    };
    let entries = [
        with(4, Status::Open, Some(support)),
        with(3, Status::Open, Some(sales)),
        with(2, Status::Resolved, Some(support)),
        with(1, Status::Open, None),
    ];
    let mut inbox = Inbox::connected(&entries, false);
    let told = |ids: &[TeamId]| {
        let team = |id: &TeamId| Team { id: *id, name: "A team".to_owned(), members: vec![ME] };
        let teams = ids.iter().map(|id| TeamEntry { team: team(id), open: Vec::new() }).collect();
        FeedInput::Received(FeedFrame::Teams { teams })
    };
    inbox.give(told(&[support, sales]));
    assert_eq!(inbox.view().teams.len(), 2);
    inbox.give(FeedInput::Show(Some(view_of(Shelf::Team(support)))));
    assert_eq!(numbers(&inbox), [4]);
    inbox.give(told(&[sales]));
    assert!(numbers(&inbox).is_empty());
    inbox.give(FeedInput::Show(Some(view_of(Shelf::Open))));
    let teams: Vec<_> = inbox.view().entries.iter().map(|entry| entry.placement.team).collect();
    assert_eq!(teams, [None, Some(sales), None]);
}

#[test]
fn av3_who_is_there_is_known_until_they_go() {
    let other = AgentId::from_bytes([2; 16]);
    let mut inbox = Inbox::connected(&[], false);
    let told = |agent, availability| {
        FeedInput::Received(FeedFrame::Available { agents: vec![AgentAvailability { agent, availability }] })
    };
    inbox.give(told(ME, Availability::Online));
    inbox.give(told(other, Availability::Away));
    let of = |inbox: &Inbox| inbox.view().available.into_iter().collect::<Vec<_>>();
    assert_eq!(of(&inbox), [(ME, Availability::Online), (other, Availability::Away)]);
    inbox.give(told(other, Availability::Offline));
    assert_eq!(of(&inbox), [(ME, Availability::Online)]);
    inbox.give(FeedInput::Received(FeedFrame::Chosen(AvailabilityChoice::Invisible)));
    assert_eq!(inbox.view().choice, AvailabilityChoice::Invisible);
    let asked = inbox.give(FeedInput::Choose(AvailabilityChoice::Away));
    assert_eq!(asked, [FeedEffect::Transmit(FeedRequest::Choose(AvailabilityChoice::Away))]);
    assert_eq!(inbox.view().choice, AvailabilityChoice::Invisible, "until the server has it");
}

#[test]
fn av2_a_tab_tells_when_it_is_idle_and_when_it_is_used_again() {
    let idle = |is_idle| FeedEffect::Transmit(FeedRequest::Idle { is_idle });
    let mut inbox = Inbox::connected(&[], false);
    inbox.now = BEGIN.plus(limits::IDLE_MS - 1);
    assert!(!inbox.give(FeedInput::Woke).contains(&idle(true)));
    inbox.now = BEGIN.plus(limits::IDLE_MS);
    assert!(inbox.give(FeedInput::Woke).contains(&idle(true)));
    inbox.now = inbox.now.plus(1);
    assert!(!inbox.give(FeedInput::Woke).contains(&idle(true)), "once");
    // Whoever comes back says so again, since the server takes every new tab for a used one.
    inbox.give(FeedInput::Closed { code: 1006 });
    inbox.give(FeedInput::NetworkBack);
    inbox.give(FeedInput::Opened { credential: "ticket".to_owned() });
    let me = AgentProfile { id: ME, name: "Ada".to_owned() };
    let welcome = FeedFrame::Welcome { me, entries: Vec::new(), more: false };
    assert_eq!(inbox.give(FeedInput::Received(welcome)), [idle(true)]);
    assert_eq!(inbox.give(FeedInput::Used), [idle(false)]);
    assert_eq!(inbox.give(FeedInput::Used), []);
}

#[test]
fn ws44_mentions_are_listed_by_their_time_however_they_stand_until_they_are_seen() {
    let mut inbox = Inbox::connected(&[lying(3, Status::Open, None)], true);
    let told = |mentions: &[(u8, i64, bool)]| {
        let mention = |(number, at, is_unread): &(u8, i64, bool)| MentionEntry {
            entry: lying(*number, Status::Resolved, None),
            at: Timestamp(*at),
            is_unread: *is_unread,
        };
        FeedInput::Received(FeedFrame::Mentions { mentions: mentions.iter().map(mention).collect() })
    };
    inbox.give(told(&[(1, 50, true), (2, 40, false)]));
    assert_eq!(inbox.give(FeedInput::Show(Some(view_of(Shelf::Mentions)))), [], "there is nothing to ask");
    assert_eq!(numbers(&inbox), [1, 2]);
    assert!(!inbox.view().more);
    inbox.give(FeedInput::Received(FeedFrame::Changed(lying(2, Status::Open, None))));
    assert_eq!(numbers(&inbox), [1, 2], "not by what else happens");
    let unread = |inbox: &Inbox| {
        let view = inbox.view();
        view.mentions.values().filter(|mention| mention.is_unread).count()
    };
    assert_eq!(unread(&inbox), 1);
    let conversation = ConversationId::from_bytes([1; 32]);
    let saw = FeedEffect::Transmit(FeedRequest::SawMention { conversation });
    assert_eq!(inbox.give(FeedInput::SawMention(conversation)), [saw]);
    assert_eq!(unread(&inbox), 0);
    assert_eq!(inbox.give(FeedInput::SawMention(conversation)), [], "once");
    inbox.give(told(&[(2, 60, true), (1, 50, false)]));
    assert_eq!((numbers(&inbox), unread(&inbox)), (vec![2, 1], 1));
    inbox.give(FeedInput::Show(Some(view_of(Shelf::Open))));
    assert_eq!(numbers(&inbox), [3], "a resolved one is in no other view than its own");
}

const FILTER: FilterId = FilterId::from_bytes([0xf1; 16]);

const fn fits_it() -> ListView {
    ListView { shelf: Shelf::Filter(FILTER), site: None }
}

impl Inbox {
    fn filters(&mut self, entries: u32) -> Vec<FeedEffect> {
        let one = FilterEntry { id: FILTER, name: "Late".to_owned(), is_shared: true, entries };
        self.give(FeedInput::Received(FeedFrame::Filters { filters: vec![one] }))
    }

    fn lists(&mut self, entries: &[IndexEntry], more: bool) -> Vec<FeedEffect> {
        let page = FeedFrame::Listed { view: fits_it(), entries: entries.to_vec(), more };
        self.give(FeedInput::Received(page))
    }

    fn filed(&mut self, number: u8, fits: bool) {
        let conversation = ConversationId::from_bytes([number; 32]);
        self.give(FeedInput::Received(FeedFrame::Filed { filter: FILTER, conversation, fits }));
    }
}

fn asks(after: Option<&IndexEntry>) -> Vec<FeedEffect> {
    let after = after.map(IndexEntry::position);
    vec![FeedEffect::Transmit(FeedRequest::List { view: fits_it(), after })]
}

#[test]
fn ws48_what_fits_a_filter_is_what_the_server_says() {
    let mut inbox = Inbox::connected(&[entry(9, 90), entry(8, 80)], false);
    inbox.filters(2);
    assert_eq!(inbox.give(FeedInput::Show(Some(fits_it()))), asks(None));
    assert_eq!(inbox.list(), [], "nothing is known to fit");
    inbox.lists(&[entry(8, 80), entry(5, 50)], true);
    assert_eq!(inbox.list(), [(8, 80), (5, 50)]);
    assert_eq!(inbox.give(FeedInput::LoadMore), asks(Some(&entry(5, 50))));
    inbox.lists(&[entry(3, 30)], false);
    inbox.give(changed(9, 95));
    assert_eq!(inbox.list(), [(8, 80), (5, 50), (3, 30)], "it does not fit yet");
    inbox.filed(9, true);
    inbox.filed(5, false);
    assert_eq!(inbox.list(), [(9, 95), (8, 80), (3, 30)]);
    inbox.give(FeedInput::Received(FeedFrame::FilterCounted { filter: FILTER, entries: 3 }));
    assert_eq!(inbox.view().filters[0].entries, 3);
    inbox.give(FeedInput::Show(None));
    assert_eq!(inbox.give(FeedInput::Show(Some(fits_it()))), [], "its pages are known");
    assert_eq!(inbox.list(), [(9, 95), (8, 80), (3, 30)]);
}

#[test]
fn ws48_a_filter_that_is_told_anew_is_listed_anew() {
    let mut inbox = Inbox::connected(&[], false);
    inbox.filters(1);
    inbox.give(FeedInput::Show(Some(fits_it())));
    inbox.lists(&[entry(8, 80)], true);
    assert_eq!(inbox.filters(1), asks(None));
    assert_eq!(inbox.list(), [(8, 80)], "kept until there is something better");
    // It is another filter before the page has come.
    assert_eq!(inbox.filters(1), []);
    assert_eq!(inbox.lists(&[entry(7, 70)], true), asks(None), "a page of the filter as it was");
    inbox.lists(&[entry(6, 60)], false);
    assert_eq!(inbox.list(), [(6, 60)]);
    inbox.give(FeedInput::Show(None));
    assert_eq!(inbox.filters(1), []);
    inbox.lists(&[entry(5, 50)], false);
    assert_eq!(inbox.give(FeedInput::Show(Some(fits_it()))), asks(None), "what was not wanted is not kept");
}

#[test]
fn ws48_who_comes_back_to_a_filter_asks_once() {
    let mut inbox = Inbox::connected(&[entry(9, 90)], false);
    inbox.filters(1);
    inbox.give(FeedInput::Show(Some(fits_it())));
    inbox.lists(&[entry(9, 90)], false);
    inbox.give(FeedInput::Closed { code: 1006 });
    inbox.give(FeedInput::NetworkBack);
    inbox.give(FeedInput::Opened { credential: "ticket".to_owned() });
    inbox.welcome(&[entry(9, 90)], false);
    assert!(!inbox.view().loading, "the filters come first");
    assert_eq!(inbox.filters(1), asks(None));
    inbox.lists(&[], false);
    assert_eq!(inbox.list(), []);
}
