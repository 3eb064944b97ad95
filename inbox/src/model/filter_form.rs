//! A condition of a filter as its fields hold it.

use protocol::{Condition, Fact, Label, Priority, Status, Timestamp, Whose, WithTeam, limits};

use super::look::{chosen, place_of};
use super::slash::{ME, NO_TEAM, NOBODY};
use crate::words::{filters as words, macros};

/// One of the teams of who looks.
pub(crate) const MY_TEAMS: &str = "mine";

/// What a condition is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Kind {
    /// How it stands.
    #[default]
    Status,
    /// Whose it is.
    Assignee,
    /// With which team.
    Team,
    /// On which site.
    Site,
    /// What it is about.
    Label,
    /// How urgent it is.
    Priority,
    /// Whether anything was not read.
    Unread,
    /// How many days ago something happened.
    ActiveWithin,
    /// After which day something happened.
    ActiveSince,
    /// How many days ago it began.
    BegunWithin,
    /// After which day it began.
    BegunSince,
}

/// A condition as it is typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct TypedCondition {
    /// What it is about.
    pub(crate) kind: Kind,
    /// Whether that must not be so.
    pub(crate) is_not: bool,
    /// A place in a list, an id or a word, a label, a number of days, a day.
    pub(crate) value: String,
}

impl Default for TypedCondition {
    fn default() -> Self {
        Self::about(Kind::default())
    }
}

impl TypedCondition {
    /// One that nobody has filled in.
    pub(crate) fn about(kind: Kind) -> Self {
        let value = match kind {
            Kind::Status => place_of(&words::STATUSES, &Status::Open),
            Kind::Assignee => ME.to_owned(),
            Kind::Team => MY_TEAMS.to_owned(),
            Kind::Priority => place_of(&macros::PRIORITIES, &Priority::High),
            Kind::ActiveWithin | Kind::BegunWithin => "7".to_owned(),
            Kind::Site | Kind::Label | Kind::Unread | Kind::ActiveSince | Kind::BegunSince => String::new(),
        };
        Self { kind, is_not: false, value }
    }

    /// One that is known; `day` writes the day of a moment as a field for days holds it.
    pub(crate) fn of(condition: &Condition, day: impl Fn(Timestamp) -> String) -> Self {
        let (kind, value) = match &condition.fact {
            Fact::Status(status) => (Kind::Status, place_of(&words::STATUSES, status)),
            Fact::Assignee(Whose::Me) => (Kind::Assignee, ME.to_owned()),
            Fact::Assignee(Whose::Nobody) => (Kind::Assignee, NOBODY.to_owned()),
            Fact::Assignee(Whose::Agent(agent)) => (Kind::Assignee, agent.to_string()),
            Fact::Team(WithTeam::Mine) => (Kind::Team, MY_TEAMS.to_owned()),
            Fact::Team(WithTeam::None) => (Kind::Team, NO_TEAM.to_owned()),
            Fact::Team(WithTeam::Team(team)) => (Kind::Team, team.to_string()),
            Fact::Site(site) => (Kind::Site, site.to_string()),
            Fact::Label(label) => (Kind::Label, label.as_str().to_owned()),
            Fact::Priority(priority) => (Kind::Priority, place_of(&macros::PRIORITIES, priority)),
            Fact::Unread => (Kind::Unread, String::new()),
            Fact::ActiveWithin { days } => (Kind::ActiveWithin, days.to_string()),
            Fact::BegunWithin { days } => (Kind::BegunWithin, days.to_string()),
            Fact::ActiveSince(at) => (Kind::ActiveSince, day(*at)),
            Fact::BegunSince(at) => (Kind::BegunSince, day(*at)),
        };
        Self { kind, is_not: condition.is_not, value }
    }

    /// What it asks for; `midnight` reads a day that was typed.
    ///
    /// # Errors
    /// What is wrong with it.
    pub(crate) fn read(
        &self,
        midnight: impl Fn(&str) -> Option<Timestamp>,
    ) -> Result<Condition, &'static str> {
        let value = self.value.trim();
        let days = || value.parse().ok().filter(|days| (1..=limits::FILTER_DAYS).contains(days));
        let day = || midnight(value).filter(|at| at.0 >= 0);
        let fact = match self.kind {
            Kind::Status => chosen_of(&words::STATUSES, value).map(Fact::Status),
            Kind::Assignee => match value {
                ME => Some(Whose::Me),
                NOBODY => Some(Whose::Nobody),
                agent => agent.parse().ok().map(Whose::Agent),
            }
            .map(Fact::Assignee),
            Kind::Team => match value {
                MY_TEAMS => Some(WithTeam::Mine),
                NO_TEAM => Some(WithTeam::None),
                team => team.parse().ok().map(WithTeam::Team),
            }
            .map(Fact::Team),
            Kind::Site => value.parse().ok().map(Fact::Site),
            Kind::Label => {
                return match Label::parse(value) {
                    Ok(label) => Ok(Condition { fact: Fact::Label(label), is_not: self.is_not }),
                    Err(_) => Err(words::NO_LABEL),
                };
            }
            Kind::Priority => Some(Fact::Priority(chosen(&macros::PRIORITIES, value))),
            Kind::Unread => Some(Fact::Unread),
            Kind::ActiveWithin => days().map(|days| Fact::ActiveWithin { days }),
            Kind::BegunWithin => days().map(|days| Fact::BegunWithin { days }),
            Kind::ActiveSince => day().map(Fact::ActiveSince),
            Kind::BegunSince => day().map(Fact::BegunSince),
        };
        let fact = fact.ok_or(words::BAD_VALUE)?;
        Ok(Condition { fact, is_not: self.is_not })
    }
}

fn chosen_of<T: Copy>(list: &[(T, &str)], place: &str) -> Option<T> {
    place.parse().ok().and_then(|place: usize| list.get(place)).map(|(value, _)| *value)
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, SiteId, TeamId};

    use super::*;

    fn midnight(typed: &str) -> Option<Timestamp> {
        (typed == "2026-11-27").then_some(Timestamp(1_795_730_400_000))
    }

    #[test]
    fn ib124_what_the_fields_hold_is_what_is_asked_for() {
        for fact in [
            Fact::Status(Status::Snoozed),
            Fact::Assignee(Whose::Me),
            Fact::Assignee(Whose::Nobody),
            Fact::Assignee(Whose::Agent(AgentId::from_bytes([1; 16]))),
            Fact::Team(WithTeam::Mine),
            Fact::Team(WithTeam::None),
            Fact::Team(WithTeam::Team(TeamId::from_bytes([2; 16]))),
            Fact::Site(SiteId::from_bytes([3; 16])),
            Fact::Label(Label::parse("Billing").expect("a label")),
            Fact::Priority(Priority::Low),
            Fact::Unread,
            Fact::ActiveWithin { days: 30 },
            Fact::BegunWithin { days: 3_650 },
            Fact::ActiveSince(Timestamp(1_795_730_400_000)),
            Fact::BegunSince(Timestamp(1_795_730_400_000)),
        ] {
            for is_not in [false, true] {
                let condition = Condition { fact: fact.clone(), is_not };
                let typed = TypedCondition::of(&condition, |_| "2026-11-27".to_owned());
                assert_eq!(typed.read(midnight), Ok(condition));
            }
        }
    }

    #[test]
    fn ib124_what_is_not_filled_in_asks_for_nothing() {
        let read = |kind, value: &str| {
            let typed = TypedCondition { kind, is_not: false, value: value.to_owned() };
            typed.read(midnight).err()
        };
        assert_eq!(read(Kind::Site, ""), Some(words::BAD_VALUE));
        assert_eq!(read(Kind::Assignee, ""), Some(words::BAD_VALUE));
        assert_eq!(read(Kind::Label, "  "), Some(words::NO_LABEL));
        for days in ["", "0", "3651", "-1", "x"] {
            assert_eq!(read(Kind::ActiveWithin, days), Some(words::BAD_VALUE), "{days}");
        }
        assert_eq!(read(Kind::BegunSince, ""), Some(words::BAD_VALUE));
        assert_eq!(read(Kind::Unread, ""), None);
        for (kind, _) in words::KINDS {
            let is_complete = TypedCondition::about(kind).read(midnight).is_ok();
            let has_to_be_filled =
                matches!(kind, Kind::Site | Kind::Label | Kind::ActiveSince | Kind::BegunSince);
            assert_eq!(is_complete, !has_to_be_filled, "{kind:?}");
        }
    }
}
