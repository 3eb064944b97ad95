//! Filters that a store keeps, and that its SQL finds what the rules say.

use std::collections::{BTreeMap, BTreeSet};

use domain::workspace::{Onlooker, fits};
use protocol::call::{Founder, Founding};
use protocol::http::filter::{Filter, FilterText};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, Condition, ConversationDigest, ConversationId, Epoch, Fact,
    FilterGroup, FilterId, FilterRule, IndexEntry, IndexPosition, Join, Label, Placement, Priority, SiteId,
    Status, Team, TeamId, Timestamp, VisitorId, Whose, WithTeam, WorkspaceId,
};
use store::workspace::{KeptFilter, WorkspaceStore};
use store::{Database, RusqliteDatabase};

const NOW: Timestamp = Timestamp(1_790_000_000_000);
const HOUR_MS: u64 = 3_600_000;
const PEOPLE: [AgentId; 3] =
    [AgentId::from_bytes([1; 16]), AgentId::from_bytes([2; 16]), AgentId::from_bytes([3; 16])];
const TEAMS: [TeamId; 3] =
    [TeamId::from_bytes([1; 16]), TeamId::from_bytes([2; 16]), TeamId::from_bytes([3; 16])];
const SITES: [SiteId; 2] = [SiteId::from_bytes([1; 16]), SiteId::from_bytes([2; 16])];
/// Some of them are one label.
const LABELS: [&str; 6] = ["Billing", "billing", "RÜCKGABE", "Rückgabe", "a \"b\" \\c", "VIP"];
const STATUSES: [Status; 4] = [Status::Open, Status::Pending, Status::Snoozed, Status::Resolved];

/// The same numbers in every run.
struct Rng(u64);

impl Rng {
    fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % end
    }

    fn of<T: Clone>(&mut self, all: &[T]) -> T {
        all[usize::try_from(self.below(all.len() as u64)).expect("small")].clone()
    }

    fn label(&mut self) -> Label {
        Label::parse(self.of(&LABELS)).expect("a label")
    }

    fn time(&mut self) -> Timestamp {
        Timestamp(NOW.0 - i64::try_from(self.below(20 * 24) * HOUR_MS).expect("small"))
    }

    fn entry(&mut self, number: u8) -> IndexEntry {
        let labels: Vec<Label> = (0..self.below(3)).map(|_| self.label()).collect();
        let placement = labels.into_iter().fold(Placement::default(), |placement, label| {
            placement.after(&protocol::Handling::Label(label))
        });
        let some = self.below(3) > 0;
        IndexEntry {
            conversation: ConversationId::from_bytes([number; 32]),
            site: self.of(&SITES),
            visitor: VisitorId::from_bytes([number; 16]),
            status: self.of(&STATUSES),
            active_at: self.time(),
            preview: None,
            unread: u32::try_from(self.below(3)).expect("small"),
            began_at: self.time(),
            identity: None,
            placement: Placement {
                assignee: some.then(|| self.of(&PEOPLE)),
                team: some.then(|| self.of(&TEAMS)),
                priority: self.of(&Priority::ALL),
                ..placement
            },
        }
    }

    fn fact(&mut self) -> Fact {
        match self.below(11) {
            0 => Fact::Status(self.of(&STATUSES)),
            1 => {
                let agent = self.of(&PEOPLE);
                Fact::Assignee(self.of(&[Whose::Me, Whose::Nobody, Whose::Agent(agent)]))
            }
            2 => {
                let team = self.of(&TEAMS);
                Fact::Team(self.of(&[WithTeam::Mine, WithTeam::None, WithTeam::Team(team)]))
            }
            3 => Fact::Site(self.of(&SITES)),
            4 | 5 => Fact::Label(self.label()),
            6 => Fact::Priority(self.of(&Priority::ALL)),
            7 => Fact::Unread,
            8 => Fact::ActiveWithin { days: u16::try_from(1 + self.below(20)).expect("small") },
            9 => Fact::BegunSince(self.time()),
            _ => match self.below(2) {
                0 => Fact::BegunWithin { days: u16::try_from(1 + self.below(20)).expect("small") },
                _ => Fact::ActiveSince(self.time()),
            },
        }
    }

    fn rule(&mut self) -> FilterRule {
        let joins = [Join::All, Join::Any];
        let mut group = || {
            let conditions =
                (0..1 + self.below(4)).map(|_| Condition { fact: self.fact(), is_not: self.below(3) == 0 });
            let conditions = conditions.collect();
            FilterGroup { join: self.of(&joins), conditions }
        };
        let groups = vec![group(), group(), group()];
        FilterRule { join: self.of(&joins), groups }
    }
}

fn workspace() -> WorkspaceStore<RusqliteDatabase> {
    workspace_in(RusqliteDatabase::in_memory().expect("a database"))
}

fn workspace_in<D: Database>(database: D) -> WorkspaceStore<D> {
    let store = WorkspaceStore::open(database).expect("opened");
    let person = |index: usize| Founder {
        account: AccountId::from_bytes([u8::try_from(index).expect("small"); 16]),
        email: format!("{index}@example.com"),
        agent: AgentProfile { id: PEOPLE[index], name: "Anna".to_owned() },
        language: Language::default(),
    };
    let founding = Founding {
        workspace: WorkspaceId::from_bytes([1; 16]),
        name: "Fernwood".to_owned(),
        owner: person(0),
        site: None,
    };
    store.found(&founding, NOW).expect("founded");
    for index in 1..PEOPLE.len() {
        store.add_member(&person(index), protocol::Role::Agent, NOW).expect("added");
    }
    for (id, members) in TEAMS.into_iter().zip([vec![PEOPLE[0]], vec![PEOPLE[0], PEOPLE[1]], Vec::new()]) {
        store.keep_team(&Team { id, name: format!("{id}"), members }).expect("kept");
    }
    store
}

fn digest(entry: IndexEntry, revision: u64) -> ConversationDigest {
    ConversationDigest { epoch: Epoch::from_bytes([7; 16]), revision, entry }
}

fn onlooker(me: AgentId) -> Onlooker {
    let teams = if me == PEOPLE[0] { vec![TEAMS[0], TEAMS[1]] } else { vec![TEAMS[1]] };
    Onlooker { me, teams: BTreeSet::from_iter(teams), now: NOW }
}

#[test]
fn ws47_the_database_finds_what_the_rules_say() {
    let store = workspace();
    let mut rng = Rng(47);
    let mut entries: BTreeMap<_, _> = (0..=120).map(|number| (number, rng.entry(number))).collect();
    // Each has had other labels before, and one is forgotten.
    for revision in [1, 2] {
        for entry in entries.values() {
            let before = IndexEntry { placement: rng.entry(1).placement, ..entry.clone() };
            store.take_digest(&digest(before, revision)).expect("taken");
        }
    }
    for entry in entries.values() {
        store.take_digest(&digest(entry.clone(), 3)).expect("taken");
    }
    let forgotten = entries.remove(&0).expect("the first");
    store.forget_conversation(forgotten.conversation).expect("forgotten");
    let (mut some, mut none) = (0, 0);
    for round in 0..1_000 {
        let rule = rng.rule();
        let onlooker = onlooker(PEOPLE[round % 2]);
        let mut right: Vec<IndexPosition> = entries
            .values()
            .filter(|entry| fits(&rule, entry, &onlooker))
            .map(IndexEntry::position)
            .collect();
        right.sort_unstable_by(|one, other| other.cmp(one));
        *(if right.is_empty() { &mut none } else { &mut some }) += 1;
        let count = store.count_filtered(&rule, &onlooker).expect("counted");
        assert_eq!(usize::try_from(count), Ok(right.len()), "{round}: {rule:?}");
        let mut found = Vec::new();
        loop {
            let page = store.filtered(&rule, &onlooker, None, found.last().copied(), 50).expect("read");
            found.extend(page.iter().map(IndexEntry::position));
            if page.len() < 50 {
                break;
            }
        }
        assert_eq!(found, right, "{round}: {rule:?}");
    }
    assert!(some > 300 && none > 15, "both are tried: {some}, {none}");
}

#[test]
fn ws47_labels_from_before_there_was_a_table_of_them_are_found() {
    let database = RusqliteDatabase::in_memory().expect("a database");
    let store = workspace_in(&database);
    let label = Label::parse("Rückgabe").expect("a label");
    let placement = Placement::default().after(&protocol::Handling::Label(label.clone()));
    let entry = IndexEntry { placement, ..Rng(1).entry(1) };
    store.take_digest(&digest(entry, 1)).expect("taken");
    for sql in
        ["DROP TABLE labelled", "DELETE FROM migration WHERE version = (SELECT MAX(version) FROM migration)"]
    {
        database.execute(sql, Vec::new()).expect("as before");
    }
    let store = WorkspaceStore::open(&database).expect("brought up to date");
    let condition = Condition { fact: Fact::Label(label), is_not: false };
    let group = FilterGroup { join: Join::All, conditions: vec![condition] };
    let rule = FilterRule { join: Join::All, groups: vec![group] };
    assert_eq!(store.count_filtered(&rule, &onlooker(PEOPLE[0])), Ok(1));
}

#[test]
fn ws47_the_largest_filter_stays_within_what_a_durable_object_takes() {
    let store = workspace();
    let fact = Fact::Label(Label::parse("VIP").expect("a label"));
    let one = FilterGroup { join: Join::Any, conditions: vec![Condition { fact, is_not: true }] };
    let many = FilterGroup { conditions: vec![one.conditions[0].clone(); 20], ..one.clone() };
    for groups in [vec![one; 20], vec![many]] {
        let rule = FilterRule { join: Join::All, groups };
        assert_eq!(domain::workspace::may_be_asked(&rule), Ok(()));
        assert_eq!(store.count_filtered(&rule, &onlooker(PEOPLE[0])), Ok(0));
        assert_eq!(store.filtered(&rule, &onlooker(PEOPLE[0]), Some(SITES[0]), None, 50), Ok(Vec::new()));
    }
}

#[test]
fn ws45_filters_are_kept_by_name_and_go_with_their_owner() {
    let store = workspace();
    let mut rng = Rng(1);
    let text = |name: &str, rule: &FilterRule| FilterText { name: name.to_owned(), rule: rule.clone() };
    let kept = |byte: u8, owner: Option<AgentId>, text: FilterText| KeptFilter {
        owner,
        filter: Filter {
            id: FilterId::from_bytes([byte; 16]),
            name: text.name,
            rule: text.rule,
            is_shared: owner.is_none(),
        },
    };
    let rules = [rng.rule(), rng.rule(), rng.rule()];
    let id = |byte: u8| FilterId::from_bytes([byte; 16]);
    store.keep_filter(id(1), None, &text("late", &rules[0])).expect("kept");
    store.keep_filter(id(2), Some(PEOPLE[1]), &text("Angry", &rules[1])).expect("kept");
    store.keep_filter(id(1), Some(PEOPLE[2]), &text("Later", &rules[2])).expect("changed");
    let angry = kept(2, Some(PEOPLE[1]), text("Angry", &rules[1]));
    let later = kept(1, None, text("Later", &rules[2]));
    assert_eq!(store.filters(), Ok(vec![angry.clone(), later.clone()]));
    assert!(later.is_of(PEOPLE[0]) && angry.is_of(PEOPLE[1]) && !angry.is_of(PEOPLE[0]));
    store.remove_member(PEOPLE[1]).expect("removed");
    assert_eq!(store.filters(), Ok(vec![later]));
    store.remove_filter(id(1)).expect("removed");
    assert_eq!(store.filters(), Ok(Vec::new()));
}
