//! Filters: which conversations fit, what a rule may ask for, and who may have how many.

use std::collections::BTreeSet;

use protocol::http::filter::{Filter, FilterText};
use protocol::{
    AgentId, Code, Condition, Fact, FilterGroup, FilterId, FilterRule, IndexEntry, Join, TeamId, Timestamp,
    Whose, WithTeam, limits,
};

use crate::name::name;

const DAY_MS: u64 = 24 * 3_600_000;

/// The first millisecond that is no exact number for everybody who reads one.
const END_OF_TIME: i64 = 1 << 53;

/// Who looks at conversations, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Onlooker {
    /// Who.
    pub me: AgentId,
    /// In which teams they are.
    pub teams: BTreeSet<TeamId>,
    /// When.
    pub now: Timestamp,
}

/// Whether a conversation fits a rule, for who looks (SPEC WS46).
#[must_use]
pub fn fits(rule: &FilterRule, entry: &IndexEntry, onlooker: &Onlooker) -> bool {
    let group_holds = |group: &FilterGroup| {
        holds(group.join, group.conditions.iter().map(|condition| is_so(condition, entry, onlooker)))
    };
    holds(rule.join, rule.groups.iter().map(group_holds))
}

fn holds(join: Join, mut parts: impl Iterator<Item = bool>) -> bool {
    match join {
        Join::All => parts.all(|part| part),
        Join::Any => parts.any(|part| part),
    }
}

fn is_so(condition: &Condition, entry: &IndexEntry, onlooker: &Onlooker) -> bool {
    let placement = &entry.placement;
    let is_so = match &condition.fact {
        Fact::Status(status) => entry.status == *status,
        Fact::Assignee(Whose::Me) => placement.assignee == Some(onlooker.me),
        Fact::Assignee(Whose::Nobody) => placement.assignee.is_none(),
        Fact::Assignee(Whose::Agent(agent)) => placement.assignee == Some(*agent),
        Fact::Team(WithTeam::Mine) => placement.team.is_some_and(|team| onlooker.teams.contains(&team)),
        Fact::Team(WithTeam::None) => placement.team.is_none(),
        Fact::Team(WithTeam::Team(team)) => placement.team == Some(*team),
        Fact::Site(site) => entry.site == *site,
        Fact::Label(label) => placement.labels.contains(label),
        Fact::Priority(priority) => placement.priority == *priority,
        Fact::Unread => entry.unread > 0,
        Fact::ActiveWithin { days } => entry.active_at >= days_before(onlooker.now, *days),
        Fact::BegunWithin { days } => entry.began_at >= days_before(onlooker.now, *days),
        Fact::ActiveSince(at) => entry.active_at >= *at,
        Fact::BegunSince(at) => entry.began_at >= *at,
    };
    is_so != condition.is_not
}

/// The beginning of the days that are looked back.
#[must_use]
pub fn days_before(now: Timestamp, days: u16) -> Timestamp {
    Timestamp(now.0.saturating_sub_unsigned(u64::from(days).saturating_mul(DAY_MS)))
}

/// What a filter may be called and ask for, as it is kept, beside those that its owner has (SPEC WS45).
///
/// # Errors
/// [`Code::BadField`] for the name, an empty rule or group, days and times that are none; [`Code::TooLarge`] for too many
/// conditions; [`Code::Taken`] if another one has the name.
pub fn filter_text(draft: &FilterText, there: &[Filter], own: Option<FilterId>) -> Result<FilterText, Code> {
    let name = name(&draft.name)?;
    may_be_asked(&draft.rule)?;
    let spelled = name.to_lowercase();
    let mut others = there.iter().filter(|filter| Some(filter.id) != own);
    if others.any(|filter| filter.name.to_lowercase() == spelled) {
        return Err(Code::Taken);
    }
    Ok(FilterText { name, rule: draft.rule.clone() })
}

/// Decides whether a rule asks for something that can be so, and for how much (SPEC WS45).
///
/// # Errors
/// [`Code::BadField`], [`Code::TooLarge`].
pub fn may_be_asked(rule: &FilterRule) -> Result<(), Code> {
    if rule.facts().count() > limits::FILTER_CONDITIONS || rule.groups.len() > limits::FILTER_CONDITIONS {
        return Err(Code::TooLarge);
    }
    let is_empty = rule.groups.is_empty() || rule.groups.iter().any(|group| group.conditions.is_empty());
    let is_possible = |fact: &Fact| match fact {
        Fact::ActiveWithin { days } | Fact::BegunWithin { days } => (1..=limits::FILTER_DAYS).contains(days),
        Fact::ActiveSince(at) | Fact::BegunSince(at) => (0..END_OF_TIME).contains(&at.0),
        Fact::Status(_)
        | Fact::Assignee(_)
        | Fact::Team(_)
        | Fact::Site(_)
        | Fact::Label(_)
        | Fact::Priority(_)
        | Fact::Unread => true,
    };
    if is_empty || !rule.facts().all(is_possible) { Err(Code::BadField) } else { Ok(()) }
}

/// Decides whether there is room for one more beside those that somebody has (SPEC WS45).
///
/// # Errors
/// [`Code::TooLarge`].
pub fn filter_has_room(is_shared: bool, there: &[Filter]) -> Result<(), Code> {
    let limit = if is_shared { limits::SHARED_FILTERS } else { limits::OWN_FILTERS };
    let alike = there.iter().filter(|filter| filter.is_shared == is_shared).count();
    if alike < limit { Ok(()) } else { Err(Code::TooLarge) }
}

#[cfg(test)]
mod tests {
    use protocol::{ConversationId, Label, Placement, Priority, SiteId, Status, VisitorId};

    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);
    const ME: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);
    const MINE: TeamId = TeamId::from_bytes([3; 16]);
    const OTHERS: TeamId = TeamId::from_bytes([4; 16]);
    const SITE: SiteId = SiteId::from_bytes([5; 16]);

    fn label(text: &str) -> Label {
        Label::parse(text).expect("a label")
    }

    fn entry() -> IndexEntry {
        IndexEntry {
            conversation: ConversationId::from_bytes([7; 32]),
            site: SITE,
            visitor: VisitorId::from_bytes([8; 16]),
            status: Status::Open,
            active_at: days_before(NOW, 2),
            preview: None,
            unread: 0,
            began_at: days_before(NOW, 9),
            identity: None,
            placement: Placement {
                assignee: Some(ME),
                team: Some(MINE),
                priority: Priority::High,
                labels: vec![label("Rückgabe")],
                ..Placement::default()
            },
        }
    }

    fn onlooker() -> Onlooker {
        Onlooker { me: ME, teams: BTreeSet::from([MINE]), now: NOW }
    }

    fn group(join: Join, facts: &[(Fact, bool)]) -> FilterGroup {
        let conditions =
            facts.iter().map(|(fact, is_not)| Condition { fact: fact.clone(), is_not: *is_not }).collect();
        FilterGroup { join, conditions }
    }

    fn only(fact: Fact) -> FilterRule {
        FilterRule { join: Join::All, groups: vec![group(Join::All, &[(fact, false)])] }
    }

    #[test]
    fn ws46_each_fact_is_so_or_is_not() {
        for (fact, right) in [
            (Fact::Status(Status::Open), true),
            (Fact::Status(Status::Resolved), false),
            (Fact::Assignee(Whose::Me), true),
            (Fact::Assignee(Whose::Nobody), false),
            (Fact::Assignee(Whose::Agent(ME)), true),
            (Fact::Assignee(Whose::Agent(BEN)), false),
            (Fact::Team(WithTeam::Mine), true),
            (Fact::Team(WithTeam::None), false),
            (Fact::Team(WithTeam::Team(MINE)), true),
            (Fact::Team(WithTeam::Team(OTHERS)), false),
            (Fact::Site(SITE), true),
            (Fact::Site(SiteId::from_bytes([6; 16])), false),
            (Fact::Label(label("RÜCKGABE")), true),
            (Fact::Label(label("Rück")), false),
            (Fact::Priority(Priority::High), true),
            (Fact::Priority(Priority::None), false),
            (Fact::Unread, false),
            (Fact::ActiveWithin { days: 2 }, true),
            (Fact::ActiveWithin { days: 1 }, false),
            (Fact::BegunWithin { days: 9 }, true),
            (Fact::BegunWithin { days: 8 }, false),
            (Fact::ActiveSince(days_before(NOW, 2)), true),
            (Fact::ActiveSince(days_before(NOW, 1)), false),
            (Fact::BegunSince(days_before(NOW, 9)), true),
            (Fact::BegunSince(days_before(NOW, 8)), false),
        ] {
            let rule = only(fact.clone());
            assert_eq!(fits(&rule, &entry(), &onlooker()), right, "{fact:?}");
            let not = FilterRule { groups: vec![group(Join::All, &[(fact.clone(), true)])], ..rule };
            assert_eq!(fits(&not, &entry(), &onlooker()), !right, "not {fact:?}");
        }
        let stranger = Onlooker { me: BEN, teams: BTreeSet::new(), now: NOW };
        assert!(!fits(&only(Fact::Assignee(Whose::Me)), &entry(), &stranger));
        assert!(!fits(&only(Fact::Team(WithTeam::Mine)), &entry(), &stranger));
    }

    #[test]
    fn ws46_all_or_any_of_groups_of_all_or_any() {
        let (yes, no) = ((Fact::Unread, true), (Fact::Unread, false));
        let both = |join| group(join, &[yes.clone(), no.clone()]);
        let one = |fact: &(Fact, bool)| group(Join::All, core::slice::from_ref(fact));
        for (join, groups, right) in [
            (Join::All, vec![both(Join::All)], false),
            (Join::All, vec![both(Join::Any)], true),
            (Join::All, vec![both(Join::Any), one(&no)], false),
            (Join::Any, vec![both(Join::All), one(&yes)], true),
            (Join::Any, vec![both(Join::All), one(&no)], false),
            (Join::All, vec![both(Join::Any), one(&yes)], true),
        ] {
            let rule = FilterRule { join, groups };
            assert_eq!(fits(&rule, &entry(), &onlooker()), right, "{rule:?}");
        }
    }

    #[test]
    fn ws45_a_rule_asks_for_something_possible_and_for_so_much() {
        let of = |join, groups| may_be_asked(&FilterRule { join, groups });
        assert_eq!(of(Join::Any, Vec::new()), Err(Code::BadField));
        assert_eq!(of(Join::All, vec![group(Join::All, &[])]), Err(Code::BadField));
        let many = |count| vec![group(Join::Any, &vec![(Fact::Unread, false); count])];
        assert_eq!(of(Join::All, many(20)), Ok(()));
        assert_eq!(of(Join::All, many(21)), Err(Code::TooLarge));
        assert_eq!(of(Join::All, vec![group(Join::All, &[]); 21]), Err(Code::TooLarge));
        for (fact, right) in [
            (Fact::ActiveWithin { days: 0 }, Err(Code::BadField)),
            (Fact::ActiveWithin { days: 3_650 }, Ok(())),
            (Fact::BegunWithin { days: 3_651 }, Err(Code::BadField)),
            (Fact::ActiveSince(Timestamp(-1)), Err(Code::BadField)),
            (Fact::BegunSince(Timestamp(1 << 53)), Err(Code::BadField)),
            (Fact::BegunSince(NOW), Ok(())),
        ] {
            assert_eq!(may_be_asked(&only(fact.clone())), right, "{fact:?}");
        }
    }

    #[test]
    fn ws45_there_are_so_many_and_no_two_of_one_name() {
        let filter = |byte: u8, is_shared| Filter {
            id: FilterId::from_bytes([byte; 16]),
            name: format!("Filter {byte}"),
            rule: only(Fact::Unread),
            is_shared,
        };
        let mut there: Vec<_> = (0..24).map(|byte| filter(byte, true)).collect();
        assert_eq!(filter_has_room(true, &there), Ok(()));
        there.push(filter(24, true));
        assert_eq!(filter_has_room(true, &there), Err(Code::TooLarge));
        assert_eq!(filter_has_room(false, &there), Ok(()), "each sort has its own room");
        let text = |name: &str| FilterText { name: name.to_owned(), rule: only(Fact::Unread) };
        let named = |name: &str, own| filter_text(&text(name), &there, own).map(|text| text.name);
        assert_eq!(named(" Late ", None), Ok("Late".to_owned()));
        assert_eq!(named("FILTER 3", None), Err(Code::Taken));
        assert_eq!(named("FILTER 3", Some(FilterId::from_bytes([3; 16]))), Ok("FILTER 3".to_owned()));
        assert_eq!(named(" ", None), Err(Code::BadField));
    }
}
