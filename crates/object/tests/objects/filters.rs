//! Filters, and what feeds are told of them.

use protocol::call::{WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::filter::{Filter, FilterCount, FilterDraft, FilterText};
use protocol::http::team::TeamDraft;
use protocol::http::workspace::AuditChange;
use protocol::{
    AgentId, Code, Condition, ConversationDigest, ConversationId, Epoch, Fact, FeedFrame, FeedRequest,
    FilterGroup, FilterId, FilterRule, IndexEntry, Join, ListView, Placement, Shelf, Status, TeamId,
    VisitorId, Whose, WithTeam, codec,
};

use crate::matrix::unread;
use crate::platform::Handle;
use crate::scene::{SITE, Scene, Who};

const HOUR_MS: u64 = 3_600_000;

fn all_of(facts: &[Fact]) -> FilterRule {
    let conditions = facts.iter().map(|fact| Condition { fact: fact.clone(), is_not: false }).collect();
    FilterRule { join: Join::All, groups: vec![FilterGroup { join: Join::All, conditions }] }
}

fn draft(name: &str, rule: FilterRule, is_shared: bool) -> WorkspaceRequest {
    WorkspaceRequest::MakeFilter(FilterDraft { name: name.to_owned(), rule, is_shared })
}

fn mine() -> FilterRule {
    all_of(&[Fact::Status(Status::Open), Fact::Assignee(Whose::Me)])
}

/// What a conversation tells.
#[derive(Clone, Copy)]
struct Told {
    number: u8,
    revision: u64,
    status: Status,
    assignee: Option<AgentId>,
    team: Option<TeamId>,
    unread: u32,
}

const FIRST: Told =
    Told { number: 7, revision: 1, status: Status::Open, assignee: None, team: None, unread: 0 };

impl Scene {
    fn make(&mut self, who: Who, request: WorkspaceRequest) -> Filter {
        match self.ask(who, request) {
            Ok(WorkspaceAnswer::Filter(filter)) => filter,
            Ok(_) => panic!("a filter"),
            Err(code) => panic!("{code:?}"),
        }
    }

    fn count(&mut self, who: Who, rule: FilterRule) -> u32 {
        match self.ask(who, WorkspaceRequest::CountFilter(rule)) {
            Ok(WorkspaceAnswer::FilterCount(FilterCount { entries })) => entries,
            _ => panic!("a count"),
        }
    }

    fn hears(&mut self, told: Told) {
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision: told.revision,
            entry: IndexEntry {
                conversation: ConversationId::from_bytes([told.number; 32]),
                site: SITE,
                visitor: VisitorId::from_bytes([1; 16]),
                status: told.status,
                active_at: self.platform.now,
                preview: None,
                unread: told.unread,
                began_at: self.platform.now,
                identity: None,
                placement: Placement { assignee: told.assignee, team: told.team, ..Placement::default() },
            },
        };
        self.call(WorkspaceCall::Digest(Box::new(digest))).map(drop).expect("taken up");
    }

    fn told(&self, handle: Handle) -> Vec<FeedFrame> {
        let of_socket = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        let frames = of_socket.map(|(_, message)| match message {
            object::Message::Binary(bytes) => codec::from_bytes(bytes).expect("a frame of the feed"),
            object::Message::Text(_) => panic!("postcard"),
        });
        frames.collect()
    }

    /// The names and numbers of a socket, as its client has them.
    fn folders(&self, handle: Handle) -> Vec<(String, u32)> {
        let mut known = Vec::new();
        for frame in self.told(handle) {
            match frame {
                FeedFrame::Filters { filters } => known = filters,
                FeedFrame::FilterCounted { filter, entries } => {
                    let one = known.iter_mut().find(|one| one.id == filter).expect("a filter that was told");
                    one.entries = entries;
                }
                _ => {}
            }
        }
        known.into_iter().map(|one| (one.name, one.entries)).collect()
    }

    /// What a socket was told of conversations that fit, or do not.
    fn filed(&self, handle: Handle) -> Vec<(FilterId, bool)> {
        let frames = self.told(handle).into_iter().filter_map(|frame| match frame {
            FeedFrame::Filed { filter, fits, .. } => Some((filter, fits)),
            _ => None,
        });
        frames.collect()
    }

    fn opens(&mut self, handle: Handle, filter: FilterId) -> Vec<u8> {
        let view = ListView { shelf: Shelf::Filter(filter), site: None };
        self.say(handle, &FeedRequest::List { view, after: None });
        let listed = self.told(handle).into_iter().rev().find_map(|frame| match frame {
            FeedFrame::Listed { entries, .. } => Some(entries),
            _ => None,
        });
        listed.expect("listed").iter().map(|entry| entry.conversation.as_bytes()[0]).collect()
    }
}

fn named(folders: &[(&str, u32)]) -> Vec<(String, u32)> {
    folders.iter().map(|(name, entries)| ((*name).to_owned(), *entries)).collect()
}

#[test]
fn ws45_ones_own_are_ones_own_and_shared_ones_are_changed_by_who_may() {
    let mut scene = Scene::new();
    let (feed, other) = (scene.watch(Who::Agent), scene.watch(Who::Admin));
    let lines = scene.audit().len();
    let own = scene.make(Who::Agent, draft(" Mine ", mine(), false));
    assert_eq!((own.name.as_str(), scene.audit().len()), ("Mine", lines), "nobody else's matter");
    assert_eq!(scene.ask(Who::Agent, draft("All", unread(), true)).err(), Some(Code::Forbidden));
    let shared = scene.make(Who::Admin, draft("Unread", unread(), true));
    assert_eq!(scene.newest_change(), AuditChange::FilterMade { name: "Unread".to_owned() });
    assert_eq!(scene.folders(feed), named(&[("Mine", 0), ("Unread", 0)]));
    assert_eq!(scene.folders(other), named(&[("Unread", 0)]));
    assert_eq!(scene.ask(Who::Agent, draft("unread", mine(), false)).err(), Some(Code::Taken));
    let text = |name: &str| FilterText { name: name.to_owned(), rule: unread() };
    let change = |id, name| WorkspaceRequest::ChangeFilter(id, text(name));
    assert_eq!(scene.ask(Who::Agent, change(shared.id, "Hot")).err(), Some(Code::Forbidden));
    assert_eq!(scene.ask(Who::Admin, change(own.id, "Hot")).err(), Some(Code::NotFound), "another's own");
    let hot = scene.make(Who::Admin, change(shared.id, "Hot"));
    assert!(hot.is_shared && hot.id == shared.id);
    assert_eq!(scene.newest_change(), AuditChange::FilterChanged { name: "Hot".to_owned() });
    let lines = scene.audit().len();
    scene.make(Who::Admin, change(shared.id, "Hot"));
    assert_eq!(scene.audit().len(), lines, "nothing was changed");
    assert_eq!(scene.folders(feed), named(&[("Hot", 0), ("Mine", 0)]));
    let remove = WorkspaceRequest::RemoveFilter;
    assert_eq!(scene.ask(Who::Agent, remove(shared.id)).err(), Some(Code::Forbidden));
    scene.ask(Who::Admin, remove(shared.id)).map(drop).expect("removed");
    assert_eq!(scene.newest_change(), AuditChange::FilterRemoved { name: "Hot".to_owned() });
    scene.ask(Who::Agent, remove(own.id)).map(drop).expect("removed");
    assert_eq!((scene.folders(feed), scene.folders(other)), (Vec::new(), Vec::new()));
}

#[test]
fn ws48_counts_follow_each_conversation_for_who_looks() {
    let mut scene = Scene::new();
    let own = scene.make(Who::Admin, draft("Mine", mine(), true));
    let hot = scene.make(Who::Admin, draft("Unread", unread(), true));
    let (feed, other) = (scene.watch(Who::Agent), scene.watch(Who::Admin));
    scene.hears(FIRST);
    assert!(scene.filed(feed).is_empty(), "it fits none");
    scene.hears(Told { revision: 2, assignee: Some(Who::Agent.id()), unread: 1, ..FIRST });
    assert_eq!(scene.filed(feed), [(own.id, true), (hot.id, true)]);
    assert_eq!(scene.filed(other), [(hot.id, true)], "it is not theirs");
    let told = scene.told(feed).len();
    scene.hears(Told { revision: 3, assignee: Some(Who::Agent.id()), unread: 2, ..FIRST });
    assert_eq!(scene.told(feed).len(), told + 1, "nothing but the entry");
    scene.evict();
    scene.hears(Told { number: 8, unread: 1, ..FIRST });
    assert_eq!(scene.folders(feed), named(&[("Mine", 1), ("Unread", 2)]));
    assert_eq!(scene.folders(other), named(&[("Mine", 0), ("Unread", 2)]));
    scene.hears(Told { revision: 4, status: Status::Resolved, ..FIRST });
    assert_eq!(scene.folders(feed), named(&[("Mine", 0), ("Unread", 1)]));
    assert_eq!(scene.filed(feed)[3..], [(own.id, false), (hot.id, false)]);
    assert_eq!((scene.opens(feed, hot.id), scene.opens(feed, own.id)), (vec![8], Vec::new()));
    let unknown = FilterId::from_bytes([9; 16]);
    assert_eq!(scene.opens(feed, unknown), Vec::<u8>::new(), "nothing fits what is not there");
    assert_eq!((scene.count(Who::Agent, mine()), scene.count(Who::Agent, unread())), (0, 1));
}

#[test]
fn ws48_what_changes_many_is_counted_anew() {
    let mut scene = Scene::new();
    let Ok(WorkspaceAnswer::Team(team)) = scene.ask(
        Who::Owner,
        WorkspaceRequest::MakeTeam(TeamDraft { name: "Support".to_owned(), members: Vec::new() }),
    ) else {
        panic!("a team")
    };
    let with_us = all_of(&[Fact::Team(WithTeam::Mine)]);
    scene.make(Who::Owner, draft("Of my team", with_us.clone(), true));
    scene.make(Who::Owner, draft("Nobody's", all_of(&[Fact::Assignee(Whose::Nobody)]), true));
    let feed = scene.watch(Who::Owner);
    scene.hears(Told { assignee: Some(Who::Agent.id()), team: Some(team.id), ..FIRST });
    assert_eq!(scene.folders(feed), named(&[("Nobody's", 0), ("Of my team", 0)]));
    let members = TeamDraft { name: "Support".to_owned(), members: vec![Who::Owner.id()] };
    scene.ask(Who::Owner, WorkspaceRequest::ChangeTeam(team.id, members)).map(drop).expect("changed");
    assert_eq!(scene.folders(feed), named(&[("Nobody's", 0), ("Of my team", 1)]));
    assert_eq!(scene.count(Who::Owner, with_us), 1);
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    assert_eq!(scene.folders(feed), named(&[("Nobody's", 1), ("Of my team", 1)]));
    scene.ask(Who::Owner, WorkspaceRequest::RemoveTeam(team.id)).map(drop).expect("removed");
    assert_eq!(scene.folders(feed), named(&[("Nobody's", 1), ("Of my team", 0)]));
}

#[test]
fn ws49_days_go_by_when_a_filter_is_opened() {
    let mut scene = Scene::new();
    let lately = scene.make(Who::Admin, draft("Lately", all_of(&[Fact::ActiveWithin { days: 1 }]), true));
    let feed = scene.watch(Who::Agent);
    scene.hears(FIRST);
    scene.hears(Told { number: 8, ..FIRST });
    assert_eq!(scene.folders(feed), named(&[("Lately", 2)]));
    scene.platform.now = scene.platform.now.plus(30 * HOUR_MS);
    assert_eq!(scene.folders(feed), named(&[("Lately", 2)]), "nothing has happened");
    assert_eq!(scene.opens(feed, lately.id), Vec::<u8>::new());
    assert_eq!(scene.folders(feed), named(&[("Lately", 0)]));
    scene.hears(Told { revision: 2, ..FIRST });
    assert_eq!(scene.folders(feed), named(&[("Lately", 1)]), "what was long ago comes back once");
    scene.platform.now = scene.platform.now.plus(25 * HOUR_MS);
    scene.hears(Told { number: 9, ..FIRST });
    assert_eq!(scene.folders(feed), named(&[("Lately", 1)]), "after an hour it is read anew");
}
