//! Whether an agent is there for the others.

use protocol::{Availability, AvailabilityChoice};

/// What is known of an open tab of an agent's inbox.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Attention {
    /// What the agent has chosen; the same in each of their tabs.
    pub choice: AvailabilityChoice,
    /// Whether nobody uses the tab.
    pub is_idle: bool,
}

/// How available an agent is seen, by their open tabs (SPEC AV1).
#[must_use]
pub fn availability(tabs: impl IntoIterator<Item = Attention>) -> Availability {
    let of_tab = |tab: Attention| match (tab.choice, tab.is_idle) {
        (AvailabilityChoice::Online, false) => Availability::Online,
        (AvailabilityChoice::Online, true) | (AvailabilityChoice::Away, _) => Availability::Away,
        (AvailabilityChoice::Invisible, _) => Availability::Offline,
    };
    tabs.into_iter().map(of_tab).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use AvailabilityChoice::{Away, Invisible, Online};

    use super::*;

    fn seen(choice: AvailabilityChoice, idle: &[bool]) -> Availability {
        availability(idle.iter().map(|is_idle| Attention { choice, is_idle: *is_idle }))
    }

    #[test]
    fn av1_one_used_tab_is_enough_to_be_there() {
        assert_eq!(seen(Online, &[]), Availability::Offline);
        assert_eq!(seen(Online, &[false]), Availability::Online);
        assert_eq!(seen(Online, &[true, false, true]), Availability::Online);
        assert_eq!(seen(Online, &[true, true]), Availability::Away);
    }

    #[test]
    fn av1_what_somebody_chose_holds_whatever_they_do() {
        assert_eq!(seen(Away, &[false]), Availability::Away);
        assert_eq!(seen(Away, &[]), Availability::Offline);
        for idle in [&[] as &[bool], &[true], &[false, true]] {
            assert_eq!(seen(Invisible, idle), Availability::Offline, "nobody can tell");
        }
    }
}
