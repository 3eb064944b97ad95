//! What the person is asked of how to handle a conversation, and what they can choose.

use protocol::{AgentId, AgentProfile, Handling, Label, Priority, TeamEntry, TeamId};

/// What a dialog asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
    /// Who sees to it.
    Assignee,
    /// Until when it is set aside.
    Snooze,
    /// How urgent it is.
    Priority,
    /// What it is about.
    Labels,
    /// Which team it goes to, and with what word.
    Team,
}

/// A step of handling to choose.
pub(crate) type Choice = super::choice::Choice<Handling>;

/// Those whose name or hint holds what was typed.
pub(crate) fn found(choices: &[Choice], typed: &str) -> Vec<Choice> {
    let typed = typed.trim().to_lowercase();
    let holds = |choice: &&Choice| {
        typed.is_empty()
            || choice.label.to_lowercase().contains(&typed)
            || choice.hint.to_lowercase().contains(&typed)
    };
    choices.iter().filter(holds).cloned().collect()
}

/// Everybody, oneself first, then nobody. Beside the others stands how available they are.
pub(crate) fn assignees(
    all: &[AgentProfile],
    me: Option<AgentId>,
    now: Option<AgentId>,
    (my_hint, nobody): (&str, &str),
    available: impl Fn(AgentId) -> &'static str,
) -> Vec<Choice> {
    let mut people: Vec<_> = all.iter().collect();
    people.sort_by_key(|person| (Some(person.id) != me, person.name.to_lowercase()));
    let choices = people.into_iter().map(|person| Choice {
        label: person.name.clone(),
        hint: if Some(person.id) == me { my_hint } else { available(person.id) }.to_owned(),
        keys: "",
        chosen: now == Some(person.id),
        asks: Handling::Assign { to: Some(person.id) },
    });
    let is_somebodys = now.is_some_and(|now| all.iter().any(|person| person.id == now));
    let nobody = Choice {
        label: nobody.to_owned(),
        hint: String::new(),
        keys: "",
        chosen: !is_somebodys,
        asks: Handling::Assign { to: None },
    };
    choices.chain([nobody]).collect()
}

/// Every team, one's own first, then none.
pub(crate) fn teams(
    all: &[TeamEntry],
    me: Option<AgentId>,
    now: Option<TeamId>,
    (my_hint, none): (&str, &str),
) -> Vec<Choice> {
    let is_now_known = now.is_some_and(|now| all.iter().any(|entry| entry.team.id == now));
    let choice = |label: &str, hint: &str, chosen, team| Choice {
        label: label.to_owned(),
        hint: hint.to_owned(),
        keys: "",
        chosen,
        asks: Handling::HandTo { team },
    };
    let known = own_first(all, me).into_iter().map(|entry| {
        let team = &entry.team;
        let hint = if is_own(entry, me) { my_hint } else { "" };
        choice(&team.name, hint, now == Some(team.id), Some(team.id))
    });
    known.chain([choice(none, "", !is_now_known, None)]).collect()
}

/// Teams as they are shown to somebody: those that they are in before the others, each in the order of names.
pub(crate) fn own_first(all: &[TeamEntry], me: Option<AgentId>) -> Vec<&TeamEntry> {
    let (own, others): (Vec<_>, Vec<_>) = all.iter().partition(|entry| is_own(entry, me));
    own.into_iter().chain(others).collect()
}

fn is_own(entry: &TeamEntry, me: Option<AgentId>) -> bool {
    me.is_some_and(|me| entry.team.members.contains(&me))
}

/// Every priority, the most urgent first.
pub(crate) fn priorities(now: Priority, word: impl Fn(Priority) -> &'static str) -> Vec<Choice> {
    let choice = |level: &Priority| Choice {
        label: word(*level).to_owned(),
        hint: String::new(),
        keys: "",
        chosen: *level == now,
        asks: Handling::Prioritize(*level),
    };
    Priority::ALL.iter().rev().map(choice).collect()
}

/// The labels of the conversation, then others that are in use; and what was typed, if it is none of them.
pub(crate) fn labels(
    own: &[Label],
    in_use: &[Label],
    typed: &str,
    add: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let choice = |label: &Label, chosen| Choice {
        label: label.as_str().to_owned(),
        hint: String::new(),
        keys: "",
        chosen,
        asks: if chosen { Handling::Unlabel(label.clone()) } else { Handling::Label(label.clone()) },
    };
    let mut others: Vec<&Label> = Vec::new();
    for label in in_use {
        if !own.contains(label) && !others.contains(&label) {
            others.push(label);
        }
    }
    others.sort_by_key(|label| label.as_str().to_lowercase());
    let all: Vec<_> = own.iter().map(|label| choice(label, true)).collect();
    let all: Vec<_> = all.into_iter().chain(others.iter().map(|label| choice(label, false))).collect();
    let typed = Label::parse(typed).ok().filter(|typed| !own.contains(typed) && !others.contains(&typed));
    let new = typed.map(|label| Choice { label: add(label.as_str()), ..choice(&label, false) });
    all.into_iter().chain(new).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);

    fn label(label: &str) -> Label {
        Label::parse(label).expect("legal")
    }

    fn shown(choices: &[Choice]) -> Vec<(&str, bool)> {
        choices.iter().map(|choice| (choice.label.as_str(), choice.chosen)).collect()
    }

    #[test]
    fn ib50_who_has_left_counts_as_nobody() {
        let all = [(BEN, "Ben"), (ADA, "Ada")].map(|(id, name)| AgentProfile { id, name: name.to_owned() });
        let of = |now| assignees(&all, Some(BEN), now, ("you", "Nobody"), |_| "away");
        assert_eq!(shown(&of(Some(ADA))), [("Ben", false), ("Ada", true), ("Nobody", false)]);
        let left = AgentId::from_bytes([9; 16]);
        assert_eq!(shown(&of(Some(left))), [("Ben", false), ("Ada", false), ("Nobody", true)]);
        assert_eq!(shown(&found(&of(None), "AD")), [("Ada", false)]);
        assert_eq!(shown(&found(&of(None), "you")), [("Ben", false)]);
        assert_eq!(shown(&found(&of(None), "away")), [("Ada", false)]);
    }

    #[test]
    fn ib90_teams_are_offered_with_ones_own_first_and_one_that_is_gone_counts_as_none() {
        let team = |id: u8, name: &str, members: &[AgentId]| TeamEntry {
            team: protocol::Team {
                id: TeamId::from_bytes([id; 16]),
                name: name.to_owned(),
                members: members.to_vec(),
            },
            open: Vec::new(),
        };
        let all = [team(1, "Billing", &[ADA]), team(2, "Support", &[ADA, BEN])];
        let of = |now: Option<u8>| {
            let now = now.map(|id| TeamId::from_bytes([id; 16]));
            teams(&all, Some(BEN), now, ("your team", "None"))
        };
        assert_eq!(shown(&of(Some(1))), [("Support", false), ("Billing", true), ("None", false)]);
        assert_eq!(shown(&of(Some(9))), [("Support", false), ("Billing", false), ("None", true)]);
        assert_eq!(of(None)[0].asks, Handling::HandTo { team: Some(TeamId::from_bytes([2; 16])) });
        assert_eq!(shown(&found(&of(None), "your")), [("Support", false)]);
    }

    #[test]
    fn ib50_a_label_is_offered_once_and_a_new_one_can_be_added() {
        let (own, in_use) = ([label("VIP")], [label("vip"), label("Billing"), label("billing")]);
        let of = |typed: &str| labels(&own, &in_use, typed, |label| format!("+{label}"));
        assert_eq!(shown(&of("")), [("VIP", true), ("Billing", false)]);
        assert_eq!(shown(&of("BILLING")), [("VIP", true), ("Billing", false)]);
        assert_eq!(shown(&of(" late ")), [("VIP", true), ("Billing", false), ("+late", false)]);
        assert_eq!(of("late")[2].asks, Handling::Label(label("late")));
        assert_eq!(of("")[0].asks, Handling::Unlabel(label("VIP")));
    }
}
