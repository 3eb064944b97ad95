use protocol::call::{Opener, Presence, SitePresence};
use protocol::http::visit::{Beat, CountryCount, VisitCounts, VisitPosition, VisitQuery};
use protocol::limits::{
    OPENER_SHOWN_MS, OPENER_WAIT_MS, VISIT_LEAVING_MS, VISIT_SILENCE_MS, VISITS_COUNTED, VISITS_LISTED,
    VISITS_PAGE,
};
use protocol::{
    AgentId, AgentProfile, Code, ConversationId, OpenerId, SiteId, Timestamp, VisitId, VisitorClaims,
    VisitorId, WorkspaceId,
};

use super::{KeptOpener, Visits, presence, tidied_opener, together};

const NOW: Timestamp = Timestamp(1_790_000_000_000);

fn id(number: u32) -> VisitId {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    VisitId::from_bytes(bytes)
}

fn chat(number: u8) -> Option<(ConversationId, VisitorId)> {
    Some((ConversationId::from_bytes([number; 32]), VisitorId::from_bytes([number; 16])))
}

fn there(number: u32) -> Presence {
    Presence {
        visit: id(number),
        seconds: 0,
        url: "https://shop.example/lamps".to_owned(),
        title: "Lamps".to_owned(),
        source: String::new(),
        campaign: String::new(),
        visits: None,
        country: None,
        chat: None,
        is_private: false,
        is_leaving: false,
        shown: None,
    }
}

fn all(visits: &mut Visits, now: Timestamp) -> SitePresence {
    visits.list(&VisitQuery::default(), now)
}

fn ids(present: &SitePresence) -> Vec<VisitId> {
    present.visits.iter().map(|visit| visit.visit).collect()
}

#[test]
fn vn4_who_is_there_is_listed_the_latest_first_and_forgotten_after_two_beats() {
    let mut visits = Visits::default();
    visits.beat(Presence { seconds: 60, ..there(1) }, NOW);
    visits.beat(there(2), NOW);
    assert_eq!(ids(&all(&mut visits, NOW)), [id(2), id(1)]);
    assert_eq!(all(&mut visits, NOW).visits[1].since, Timestamp(NOW.0 - 60_000));
    let later = NOW.plus(45_000);
    visits.beat(Presence { seconds: 105, url: "https://shop.example/chairs".to_owned(), ..there(1) }, later);
    let before = all(&mut visits, NOW.plus(VISIT_SILENCE_MS - 1));
    assert_eq!(ids(&before), [id(2), id(1)]);
    assert_eq!(before.visits[1].url, "https://shop.example/chairs");
    assert_eq!(ids(&all(&mut visits, NOW.plus(VISIT_SILENCE_MS))), [id(1)]);
    assert_eq!(ids(&all(&mut visits, later.plus(VISIT_SILENCE_MS))), []);
}

#[test]
fn vn4_who_leaves_is_gone_soon_unless_they_come_to_another_page() {
    let mut visits = Visits::default();
    let leaving = || Presence { is_leaving: true, ..there(1) };
    visits.beat(there(1), NOW);
    visits.beat(leaving(), NOW);
    assert_eq!(ids(&all(&mut visits, NOW.plus(VISIT_LEAVING_MS - 1))), [id(1)]);
    visits.beat(there(1), NOW.plus(VISIT_LEAVING_MS - 1));
    assert_eq!(ids(&all(&mut visits, NOW.plus(VISIT_LEAVING_MS))), [id(1)]);
    visits.beat(leaving(), NOW.plus(VISIT_LEAVING_MS));
    assert_eq!(ids(&all(&mut visits, NOW.plus(2 * VISIT_LEAVING_MS))), []);
    visits.beat(leaving(), NOW.plus(2 * VISIT_LEAVING_MS));
    assert_eq!(ids(&all(&mut visits, NOW.plus(2 * VISIT_LEAVING_MS))), [], "nobody comes by leaving");
}

#[test]
fn vn4_two_tabs_with_one_conversation_are_one_visitor() {
    let mut visits = Visits::default();
    let first = Presence { seconds: 300, source: "search.example".to_owned(), visits: Some(3), ..there(1) };
    visits.beat(Presence { chat: chat(9), ..first }, NOW);
    visits.beat(Presence { chat: chat(9), ..there(2) }, NOW.plus(1_000));
    visits.beat(Presence { chat: chat(8), ..there(3) }, NOW.plus(1_000));
    let present = all(&mut visits, NOW.plus(1_000));
    assert_eq!(ids(&present), [id(3), id(2)]);
    let merged = &present.visits[1];
    assert_eq!(merged.since, Timestamp(NOW.0 - 300_000), "the visit goes on");
    assert_eq!((merged.source.as_str(), merged.visits), ("search.example", Some(3)));
    // The other tab is left: what is known stays with the one that is open.
    visits.beat(Presence { is_leaving: true, chat: chat(9), ..there(1) }, NOW.plus(2_000));
    assert_eq!(ids(&all(&mut visits, NOW.plus(60_000))), [id(3), id(2)]);
}

#[test]
fn vn5_of_very_many_the_rest_is_counted() {
    let mut visits = Visits::default();
    let listed = u32::try_from(VISITS_LISTED).expect("few");
    for number in 0..listed + 10 {
        visits.beat(there(number), NOW);
    }
    let counts = all(&mut visits, NOW).counts;
    assert_eq!((counts.present, counts.unlisted, counts.fitting), (listed + 10, 10, listed));
    // One who told again is not counted twice, and takes a place that was left.
    visits.beat(there(listed + 1), NOW);
    assert_eq!(all(&mut visits, NOW).counts.unlisted, 10);
    visits.beat(Presence { is_leaving: true, ..there(0) }, NOW);
    visits.beat(there(listed + 1), NOW.plus(VISIT_LEAVING_MS));
    let counts = all(&mut visits, NOW.plus(VISIT_LEAVING_MS)).counts;
    assert_eq!((counts.present, counts.unlisted), (listed + 9, 9));
    for number in 0..u32::try_from(VISITS_COUNTED).expect("few") + 100 {
        visits.beat(there(listed + 10 + number), NOW.plus(VISIT_LEAVING_MS));
    }
    let counts = all(&mut visits, NOW.plus(VISIT_LEAVING_MS)).counts;
    assert_eq!(counts.unlisted, u32::try_from(VISITS_COUNTED).expect("few"), "it grows no further");
    assert_eq!(all(&mut visits, NOW.plus(2 * VISIT_SILENCE_MS)).counts, VisitCounts::default());
}

#[test]
fn vn9_the_list_comes_in_pages_that_keep_their_order() {
    let mut visits = Visits::default();
    let count = u32::try_from(2 * VISITS_PAGE + 50).expect("few");
    for number in 0..count {
        visits.beat(Presence { seconds: number % 7, ..there(number) }, NOW);
    }
    let mut seen = Vec::new();
    let mut query = VisitQuery::default();
    loop {
        let mut found = visits.list(&query, NOW).visits;
        let is_more = found.len() > VISITS_PAGE;
        found.truncate(VISITS_PAGE);
        seen.extend(found.iter().map(|visit| VisitPosition { since: visit.since, visit: visit.visit }));
        if !is_more {
            break;
        }
        query.after = seen.last().copied();
    }
    assert_eq!(seen.len(), count as usize);
    assert!(seen.windows(2).all(|pair| pair[0] > pair[1]), "each once, the latest first");
}

#[test]
fn vn9_visits_are_narrowed_down_by_country_page_and_chat() {
    let mut visits = Visits::default();
    let country = |country: &str| Some(country.to_owned());
    visits.beat(Presence { country: country("DE"), ..there(1) }, NOW);
    visits.beat(Presence { country: country("AT"), chat: chat(1), ..there(2) }, NOW);
    let title = "STÜHLE".to_owned();
    visits.beat(
        Presence { country: country("DE"), url: "https://shop.example/x".to_owned(), title, ..there(3) },
        NOW,
    );
    let mut check = |query: VisitQuery, expected: &[u32]| {
        let found = visits.list(&query, NOW);
        assert_eq!(ids(&found), expected.iter().map(|number| id(*number)).collect::<Vec<_>>(), "{query:?}");
        assert_eq!(found.counts.fitting as usize, expected.len(), "{query:?}");
        assert_eq!((found.counts.present, found.counts.in_chat), (3, 1), "of all: {query:?}");
        let counted = |country: &str, count| CountryCount { country: country.to_owned(), count };
        assert_eq!(found.countries, [counted("DE", 2), counted("AT", 1)]);
    };
    check(VisitQuery::default(), &[3, 2, 1]);
    check(VisitQuery { country: country("DE"), ..VisitQuery::default() }, &[3, 1]);
    check(VisitQuery { in_chat: Some(true), ..VisitQuery::default() }, &[2]);
    check(VisitQuery { in_chat: Some(false), ..VisitQuery::default() }, &[3, 1]);
    check(VisitQuery { page: " LAMPS ".to_owned(), ..VisitQuery::default() }, &[2, 1]);
    check(VisitQuery { page: "stühle".to_owned(), ..VisitQuery::default() }, &[3]);
    check(VisitQuery { page: "sofa".to_owned(), ..VisitQuery::default() }, &[]);
}

#[test]
fn vn9_several_sites_are_one_list() {
    let mut one = Visits::default();
    let mut other = Visits::default();
    one.beat(Presence { country: Some("DE".to_owned()), seconds: 10, ..there(1) }, NOW);
    other.beat(Presence { country: Some("DE".to_owned()), seconds: 5, ..there(2) }, NOW);
    other.beat(Presence { country: Some("AT".to_owned()), seconds: 20, chat: chat(1), ..there(3) }, NOW);
    let lists = vec![('a', all(&mut one, NOW)), ('b', all(&mut other, NOW))];
    let (present, places) = together(lists);
    assert_eq!(ids(&present), [id(2), id(1), id(3)]);
    assert_eq!(places, ['b', 'a', 'b']);
    assert_eq!(present.counts, VisitCounts { present: 3, unlisted: 0, in_chat: 1, fitting: 3 });
    assert_eq!(present.countries.iter().map(|counted| counted.count).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(together::<char>(Vec::new()).0.visits, []);
}

#[test]
fn vn4_a_list_that_was_begun_lately_says_so() {
    let mut visits = Visits::default();
    assert!(all(&mut visits, NOW).is_filling);
    assert!(all(&mut visits, NOW.plus(VISIT_SILENCE_MS - 1)).is_filling);
    assert!(!all(&mut visits, NOW.plus(VISIT_SILENCE_MS)).is_filling);
}

fn beat() -> Beat {
    Beat {
        pass: "pass".to_owned(),
        visit: id(1),
        seconds: 30,
        url: "https://shop.example/lamps?token=secret#top".to_owned(),
        title: " Lamps\n".to_owned(),
        source: "s".repeat(300),
        campaign: "spring".to_owned(),
        visits: Some(2),
        chat: None,
        is_private: false,
        is_leaving: false,
        shown: None,
    }
}

fn claims() -> VisitorClaims {
    VisitorClaims {
        workspace: WorkspaceId::from_bytes([1; 16]),
        site: SiteId::from_bytes([2; 16]),
        visitor: VisitorId::from_bytes([3; 16]),
        conversation: ConversationId::from_bytes([4; 32]),
        expires_at: Timestamp(0),
        identity: None,
        voucher: None,
    }
}

#[test]
fn vn3_what_a_page_says_is_cut_to_what_is_taken() {
    let taken = presence(beat(), None, Some("DE")).expect("seen");
    assert_eq!(taken.url, "https://shop.example/lamps", "what stands behind ? is nobody's");
    assert_eq!((taken.title.as_str(), taken.campaign.as_str()), ("Lamps", "spring"));
    assert_eq!(taken.source.len(), 100);
    assert_eq!((taken.country.as_deref(), taken.visits, taken.chat), (Some("DE"), Some(2), None));
    for unknown in ["XX", "T1", "de", "DEU", "", "D\u{202e}"] {
        assert_eq!(presence(beat(), None, Some(unknown)).expect("seen").country, None, "{unknown}");
    }
    let wide = presence(Beat { source: "é".repeat(99), ..beat() }, None, None).expect("seen");
    assert_eq!(wide.source.len(), 100);
}

#[test]
fn pv5_of_who_asks_not_to_be_followed_there_is_the_page_of_their_chat_and_nothing_else() {
    let private = || Beat { is_private: true, ..beat() };
    assert_eq!(presence(private(), None, Some("DE")), None, "who has not opened the chat is not seen");
    let taken = presence(private(), Some(&claims()), Some("DE")).expect("seen");
    assert_eq!(taken.chat, Some((claims().conversation, claims().visitor)));
    assert_eq!((taken.seconds, taken.country.as_deref(), taken.visits), (0, None, None));
    assert_eq!((taken.source.as_str(), taken.campaign.as_str()), ("", ""));
    let mut visits = Visits::default();
    visits.beat(taken.clone(), NOW);
    visits.beat(Presence { url: "https://shop.example/next".to_owned(), ..taken.clone() }, NOW.plus(1_000));
    visits.beat(
        Presence { visit: id(2), url: "https://shop.example/far".to_owned(), ..taken },
        NOW.plus(2_000),
    );
    let present = all(&mut visits, NOW.plus(2_000));
    assert_eq!(ids(&present), [id(2)]);
    assert_eq!(present.visits[0].url, "https://shop.example/lamps");
    assert_eq!(visits.may_be_spoken_to(id(2), NOW.plus(2_000)), Err(Code::Forbidden));
}

#[test]
fn pv5_who_asks_not_to_be_followed_from_now_on_takes_along_what_was_known() {
    let mut visits = Visits::default();
    let known = Presence { country: Some("DE".to_owned()), visits: Some(4), chat: chat(1), ..there(1) };
    visits.beat(Presence { seconds: 500, source: "search.example".to_owned(), ..known }, NOW);
    visits.beat(Presence { is_private: true, chat: chat(1), ..there(2) }, NOW);
    let present = all(&mut visits, NOW);
    let visit = &present.visits[0];
    assert_eq!((visit.since, visit.country.as_deref(), visit.visits), (NOW, None, None));
    assert_eq!(visit.source, "");
}

#[test]
fn vn11_who_is_there_can_be_spoken_to() {
    let mut visits = Visits::default();
    visits.beat(there(1), NOW);
    assert_eq!(visits.may_be_spoken_to(id(1), NOW), Ok(()));
    assert_eq!(visits.may_be_spoken_to(id(2), NOW), Err(Code::NotFound));
    assert_eq!(visits.may_be_spoken_to(id(1), NOW.plus(VISIT_SILENCE_MS)), Err(Code::NotFound));
}

#[test]
fn vn11_what_is_said_waits_is_shown_and_is_forgotten() {
    let agent = |number: u8| AgentId::from_bytes([number; 16]);
    let by = AgentProfile { id: agent(1), name: "Ada".to_owned() };
    let opener = Opener { id: OpenerId::from_bytes([5; 16]), text: "May I help?".to_owned(), by };
    let said = KeptOpener::said(opener.clone(), NOW);
    assert_eq!(said.to_show(NOW), Some(&opener));
    assert_eq!(said.told(NOW).map(|told| told.is_shown), Some(false));
    assert_eq!(said.may_be_replaced(agent(1), NOW), Ok(()));
    assert_eq!(said.may_be_replaced(agent(2), NOW), Err(Code::InUse));
    let late = NOW.plus(OPENER_WAIT_MS);
    assert_eq!((said.to_show(late), said.told(late)), (None, None));
    assert_eq!(said.may_be_replaced(agent(2), late), Ok(()));
    let shown = said.shown(NOW);
    assert_eq!(shown.to_show(NOW), None);
    assert_eq!(shown.told(late).map(|told| told.is_shown), Some(true));
    assert_eq!(shown.may_be_replaced(agent(2), NOW), Ok(()));
    assert_eq!(shown.told(NOW.plus(OPENER_SHOWN_MS)), None);
}

#[test]
fn vn11_what_is_said_is_as_plain_as_what_the_site_says() {
    assert_eq!(tidied_opener(" May I\r\nhelp? ").as_deref(), Ok("May I\nhelp?"));
    for bad in ["", " \n ", "a\u{202e}b", &"x".repeat(401)] {
        assert_eq!(tidied_opener(bad), Err(Code::BadField), "{bad:?}");
    }
}
