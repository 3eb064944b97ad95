//! The object that knows who is on a site: what it keeps, what it stores, and what it costs.

use object::VisitsObject;
use protocol::call::{
    Opener, Presence, SitePresence, VisitsAnswer, VisitsCall, WorkspaceAnswer, WorkspaceRequest,
};
use protocol::http::reception::Reception;
use protocol::http::visit::VisitQuery;
use protocol::limits::{OPENER_SHOWN_MS, OPENER_WAIT_MS, VISITS_LISTED, VISITS_PAGE};
use protocol::{AgentId, AgentProfile, Code, ConversationId, OpenerId, SiteId, Timestamp, VisitId};
use store::Database;

use crate::platform::TestPlatform;
use crate::scene::{SITE, Scene, Who};

const OPENER: OpenerId = OpenerId::from_bytes([5; 16]);

fn id(number: u32) -> VisitId {
    let mut bytes = [0; 16];
    bytes[..4].copy_from_slice(&number.to_be_bytes());
    VisitId::from_bytes(bytes)
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

fn agent(number: u8) -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes([number; 16]), name: "Ada".to_owned() }
}

struct Shop {
    platform: TestPlatform,
    object: VisitsObject,
}

impl Shop {
    fn new() -> Self {
        Self { platform: TestPlatform::new(), object: VisitsObject::default() }
    }

    fn call(&mut self, call: VisitsCall) -> Result<VisitsAnswer, Code> {
        self.object.answer(&mut self.platform, call).map_err(|reject| reject.code)
    }

    fn beat(&mut self, presence: Presence) -> Option<Opener> {
        match self.call(VisitsCall::Beat(Box::new(presence))) {
            Ok(VisitsAnswer::Noted(opener)) => opener,
            other => panic!("{other:?}"),
        }
    }

    fn list(&mut self) -> SitePresence {
        match self.call(VisitsCall::List(VisitQuery::default())) {
            Ok(VisitsAnswer::Present(present)) => *present,
            other => panic!("{other:?}"),
        }
    }

    fn say(&mut self, visit: u32, by: u8) -> Result<(), Code> {
        let opener = Opener { id: OPENER, text: "May I help?".to_owned(), by: agent(by) };
        self.call(VisitsCall::Say { visit: id(visit), opener }).map(drop)
    }

    fn said(&mut self, visit: u32, opener: OpenerId) -> Option<Opener> {
        match self.call(VisitsCall::Said { visit: id(visit), id: opener }) {
            Ok(VisitsAnswer::Noted(opener)) => opener,
            other => panic!("{other:?}"),
        }
    }

    fn evict(&mut self) {
        self.object = VisitsObject::default();
    }

    fn tables(&self) -> usize {
        let tables = self.platform.database.run("SELECT name FROM sqlite_master", Vec::new());
        tables.expect("a list").len()
    }
}

#[test]
fn vn5_five_thousand_visitors_write_nothing_and_a_page_of_the_list_stays_a_page() {
    let mut shop = Shop::new();
    let all = u32::try_from(VISITS_LISTED).expect("few");
    for round in 0..3 {
        for number in 0..all {
            assert_eq!(shop.beat(Presence { seconds: round * 45, ..there(number) }), None);
        }
        shop.platform.now = shop.platform.now.plus(45_000);
    }
    assert_eq!(shop.platform.database.statements(), 1, "whether there is a table, for 15,000 beats");
    assert_eq!(shop.tables(), 0, "not a row, not a table");
    assert_eq!(shop.platform.alarm, None);
    let present = shop.list();
    assert_eq!((present.counts.present, present.counts.unlisted), (all, 0));
    assert_eq!(present.visits.len(), VISITS_PAGE + 1);
}

#[test]
fn vn4_who_is_there_is_known_again_after_the_next_beats() {
    let mut shop = Shop::new();
    shop.beat(there(1));
    assert_eq!(shop.list().counts.present, 1);
    shop.evict();
    let list = shop.list();
    assert_eq!((list.counts.present, list.is_filling), (0, true));
    shop.platform.now = shop.platform.now.plus(45_000);
    shop.beat(Presence { seconds: 45, ..there(1) });
    let begun = Timestamp(shop.platform.now.0 - 45_000);
    assert_eq!(shop.list().visits[0].since, begun, "since when, the page knows");
}

#[test]
fn vn11_what_an_agent_says_is_brought_until_it_was_shown_also_through_a_crash() {
    let mut shop = Shop::new();
    assert_eq!(shop.say(1, 1), Err(Code::NotFound), "nobody is there");
    shop.beat(there(1));
    assert_eq!(shop.say(1, 1), Ok(()));
    assert_eq!(shop.list().visits[0].opener.as_ref().map(|said| said.is_shown), Some(false));
    assert_eq!(shop.beat(there(2)), None, "to nobody else");
    assert_eq!(shop.beat(there(1)).map(|opener| opener.id), Some(OPENER));
    shop.evict();
    assert_eq!(shop.beat(there(1)).map(|opener| opener.id), Some(OPENER), "until it was shown");
    assert_eq!(shop.beat(Presence { is_leaving: true, ..there(1) }), None, "not to who leaves");
    assert_eq!(shop.beat(Presence { shown: Some(OPENER), ..there(1) }), None);
    assert_eq!(shop.beat(there(1)), None);
    assert_eq!(shop.list().visits[0].opener.as_ref().map(|said| said.is_shown), Some(true));
    shop.evict();
    assert_eq!(shop.said(1, OPENER).map(|opener| opener.by), Some(agent(1)));
    assert_eq!(shop.said(1, OpenerId::from_bytes([6; 16])), None);
    assert_eq!(shop.said(2, OPENER), None);
}

#[test]
fn vn11_two_agents_do_not_talk_over_each_other() {
    let mut shop = Shop::new();
    shop.beat(there(1));
    assert_eq!(shop.say(1, 1), Ok(()));
    assert_eq!(shop.say(1, 2), Err(Code::InUse));
    assert_eq!(shop.say(1, 1), Ok(()), "their own they say again");
    shop.beat(Presence { is_private: true, ..there(2) });
    assert_eq!(shop.say(2, 1), Err(Code::Forbidden));
}

#[test]
fn vn12_what_was_said_is_forgotten_and_nothing_is_left() {
    let mut shop = Shop::new();
    shop.beat(there(1));
    shop.beat(there(2));
    assert_eq!(shop.say(1, 1), Ok(()));
    assert_eq!(shop.say(2, 1), Ok(()));
    let begun = shop.platform.now;
    shop.beat(Presence { shown: Some(OPENER), ..there(2) });
    assert_eq!(shop.platform.alarm, Some(begun.plus(OPENER_WAIT_MS)));
    shop.platform.now = begun.plus(OPENER_WAIT_MS);
    assert!(!shop.object.rang(&mut shop.platform), "the other is known for a while");
    assert_eq!(shop.said(1, OPENER), None);
    assert!(shop.said(2, OPENER).is_some());
    assert_eq!(shop.platform.alarm, Some(begun.plus(OPENER_SHOWN_MS)));
    shop.platform.now = begun.plus(OPENER_SHOWN_MS);
    assert!(shop.object.rang(&mut shop.platform), "the storage can be given up");
}

fn switch(scene: &mut Scene, is_on: bool) {
    let reception = Reception { visits: is_on, ..Reception::default() };
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::SetReception(SITE, reception)).err(), None);
}

#[test]
fn vn8_people_see_the_sites_that_are_switched_on_and_which_conversations_have_begun() {
    let mut scene = Scene::new();
    let watched = |scene: &mut Scene, chats: Vec<ConversationId>| match scene
        .ask(Who::Agent, WorkspaceRequest::WatchedSites(chats))
    {
        Ok(WorkspaceAnswer::WatchedSites(watched)) => watched,
        other => panic!("{:?}", other.err()),
    };
    assert_eq!(watched(&mut scene, Vec::new()).sites, [], "off at first");
    assert_eq!(scene.ask(Who::Agent, WorkspaceRequest::Approach(SITE)).err(), Some(Code::NotFound));
    switch(&mut scene, true);
    scene.tell_digest_of(1);
    let silent = ConversationId::from_bytes([0xee; 32]);
    let known = watched(&mut scene, vec![silent]);
    assert_eq!((known.sites, known.begun), (vec![SITE], Vec::new()));
    match scene.ask(Who::Agent, WorkspaceRequest::Approach(SITE)) {
        Ok(WorkspaceAnswer::Approach(by)) => assert_eq!(by.id, Who::Agent.id()),
        other => panic!("{:?}", other.err()),
    }
    assert_eq!(scene.ask(Who::Lead, WorkspaceRequest::Approach(SITE)).err(), Some(Code::Forbidden));
    let absent = SiteId::from_bytes([9; 16]);
    assert_eq!(scene.ask(Who::Agent, WorkspaceRequest::Approach(absent)).err(), Some(Code::NotFound));
    switch(&mut scene, false);
    assert_eq!(watched(&mut scene, Vec::new()).sites, []);
}
