//! Macros: what one does in a conversation, step by step, and what takes the whole of it back.

use protocol::{
    AgentCommand, AgentId, AgentProfile, CannedId, Handling, MacroStep, MessageText, Placement, Status, Step,
    TeamId, Timestamp,
};

use super::composition::Mode;
use super::filling::{Facts, filled, unfilled};
use super::round::fitted;

/// What a person is asked about macros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AskedMacro {
    /// Which one they mean.
    Which,
    /// Whether they want what this one does.
    One(CannedId),
}

/// A step as it will be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Planned {
    /// Which, with what its text says in this conversation.
    pub(crate) step: MacroStep,
    /// What becomes of it.
    pub(crate) outcome: Outcome,
}

impl Planned {
    /// The first variable of its text that nothing is known for.
    pub(crate) fn unfilled(&self) -> Option<&str> {
        match &self.step {
            MacroStep::Say(text) | MacroStep::Note(text) => unfilled(text),
            MacroStep::AssignToMe | MacroStep::SnoozeFor { .. } | MacroStep::Take(_) => None,
        }
    }
}

/// What becomes of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// This is asked for, and that takes it back, if anything does.
    Ask(AgentCommand, Option<Step>),
    /// Nothing: it is so already.
    AlreadySo,
    /// Nothing: it names somebody who has left, or a team that was removed.
    Gone,
    /// Nothing: its text, as it reads here, could not be sent.
    Unsendable,
}

/// Where a macro is run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scene<'a> {
    /// Who runs it.
    pub(crate) me: Option<AgentId>,
    /// The present moment.
    pub(crate) now: Timestamp,
    /// Where the conversation stands.
    pub(crate) status: Status,
    /// Where it lies with the team.
    pub(crate) placement: &'a Placement,
    /// What variables stand for.
    pub(crate) facts: &'a Facts,
    /// Everybody of the workspace; nobody while that is not known.
    pub(crate) people: &'a [AgentProfile],
    /// Its teams.
    pub(crate) teams: &'a [TeamId],
}

/// What each step comes to, given those before it.
pub(crate) fn plan(steps: &[MacroStep], scene: Scene<'_>) -> Vec<Planned> {
    let (mut status, mut placement) = (scene.status, scene.placement.clone());
    let mut planned = Vec::with_capacity(steps.len());
    for step in steps {
        planned.push(match step {
            MacroStep::Say(text) => said(text, scene.facts, Mode::Reply),
            MacroStep::Note(text) => said(text, scene.facts, Mode::Note),
            MacroStep::AssignToMe => {
                let step = scene.me.map(|me| Step::Handle(Handling::Assign { to: Some(me) }));
                taken(MacroStep::AssignToMe, step, &mut status, &mut placement)
            }
            MacroStep::SnoozeFor { minutes } => {
                let until = scene.now.plus(u64::from(*minutes) * 60_000);
                let snooze = Step::Handle(Handling::Snooze { until });
                taken(step.clone(), Some(snooze), &mut status, &mut placement)
            }
            MacroStep::Take(wanted) => {
                let wanted = (!is_gone(wanted, scene)).then(|| fitted(wanted, status));
                taken(step.clone(), wanted, &mut status, &mut placement)
            }
        });
    }
    planned
}

/// What takes a whole plan back, the last step first.
pub(crate) fn taken_back(plan: &[Planned]) -> Vec<Step> {
    let backs = plan.iter().rev().filter_map(|planned| match &planned.outcome {
        Outcome::Ask(_, back) => back.clone(),
        Outcome::AlreadySo | Outcome::Gone | Outcome::Unsendable => None,
    });
    backs.collect()
}

/// Of steps that follow one another, those that change something in a conversation that stands and lies so.
pub(crate) fn that_matter(steps: Vec<Step>, mut status: Status, mut placement: Placement) -> Vec<Step> {
    let mut left = Vec::with_capacity(steps.len());
    for step in steps {
        if step.matters(status, &placement) {
            (status, placement) = after(&step, status, placement);
            left.push(step);
        }
    }
    left
}

/// The macros that are found by what was typed, with the best first.
pub(crate) fn found<'a, T>(typed: &str, all: &'a [T], name: impl Fn(&T) -> &str) -> Vec<&'a T> {
    let mut found: Vec<_> =
        all.iter().filter_map(|one| Some((super::fuzzy::score(typed, name(one))?, one))).collect();
    found.sort_by_key(|(worth, _)| core::cmp::Reverse(*worth));
    found.into_iter().map(|(_, one)| one).collect()
}

fn said(template: &str, facts: &Facts, mode: Mode) -> Planned {
    let text = filled(template, facts);
    let outcome = match MessageText::parse(&text) {
        Ok(_) => Outcome::Ask(mode.command(text.clone()), None),
        Err(_) => Outcome::Unsendable,
    };
    let step = match mode {
        Mode::Reply => MacroStep::Say(text),
        Mode::Note => MacroStep::Note(text),
    };
    Planned { step, outcome }
}

/// Takes a step in thought; one that there is not is gone.
fn taken(of: MacroStep, step: Option<Step>, status: &mut Status, placement: &mut Placement) -> Planned {
    let outcome = match step {
        None => Outcome::Gone,
        Some(step) if !step.matters(*status, placement) => Outcome::AlreadySo,
        Some(step) => {
            let back = step.taken_back(*status, placement);
            (*status, *placement) = after(&step, *status, core::mem::take(placement));
            Outcome::Ask(step.into(), back)
        }
    };
    Planned { step: of, outcome }
}

fn is_gone(step: &Step, scene: Scene<'_>) -> bool {
    match step {
        Step::Handle(Handling::Assign { to: Some(to) }) => {
            !scene.people.is_empty() && !scene.people.iter().any(|person| person.id == *to)
        }
        Step::Handle(Handling::HandTo { team: Some(team) }) => !scene.teams.contains(team),
        Step::Resolve | Step::Reopen | Step::Handle(_) => false,
    }
}

fn after(step: &Step, status: Status, placement: Placement) -> (Status, Placement) {
    match step {
        Step::Resolve => (Status::Resolved, placement.in_status(Status::Resolved)),
        Step::Reopen => (Status::Open, placement.in_status(Status::Open)),
        Step::Handle(step) => {
            let status = step.status().unwrap_or(status);
            (status, placement.after(step).in_status(status))
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::{Label, Priority};

    use super::*;

    const ME: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);
    const SALES: TeamId = TeamId::from_bytes([4; 16]);
    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn label(text: &str) -> Label {
        Label::parse(text).expect("legal")
    }

    fn handle(step: Handling) -> MacroStep {
        MacroStep::Take(Step::Handle(step))
    }

    fn outcomes(steps: &[MacroStep], status: Status, placement: &Placement) -> Vec<Planned> {
        let facts = Facts { contact: Some("Zoé".to_owned()), ..Facts::default() };
        let people = [(ME, "Ada"), (BEN, "Ben")].map(|(id, name)| AgentProfile { id, name: name.to_owned() });
        let (people, teams) = (&people, &[SALES]);
        plan(steps, Scene { me: Some(ME), now: NOW, status, placement, facts: &facts, people, teams })
    }

    fn asked(plan: &[Planned]) -> Vec<AgentCommand> {
        let asked = plan.iter().filter_map(|planned| match &planned.outcome {
            Outcome::Ask(command, _) => Some(command.clone()),
            Outcome::AlreadySo | Outcome::Gone | Outcome::Unsendable => None,
        });
        asked.collect()
    }

    #[test]
    fn ma6_steps_are_asked_for_in_their_order_as_they_read_here() {
        let steps = [
            MacroStep::Say("Hello {{contact.name|there}}".to_owned()),
            MacroStep::Note("By {{agent.name}}".to_owned()),
            MacroStep::AssignToMe,
            handle(Handling::HandTo { team: Some(SALES) }),
            handle(Handling::Label(label("Refund"))),
            MacroStep::SnoozeFor { minutes: 90 },
        ];
        let plan = outcomes(&steps, Status::Open, &Placement::default());
        let handled = AgentCommand::Handle;
        assert_eq!(
            asked(&plan),
            [
                AgentCommand::Message { text: "Hello Zoé".to_owned() },
                AgentCommand::Note { text: "By {{agent.name}}".to_owned() },
                handled(Handling::Assign { to: Some(ME) }),
                handled(Handling::HandTo { team: Some(SALES) }),
                handled(Handling::Label(label("Refund"))),
                handled(Handling::Snooze { until: NOW.plus(90 * 60_000) }),
            ]
        );
        let left: Vec<_> = plan.iter().map(Planned::unfilled).collect();
        assert_eq!(left, [None, Some("{{agent.name}}"), None, None, None, None]);
    }

    #[test]
    fn ma6_what_is_so_already_or_names_who_has_left_is_left_out_and_the_rest_goes_on() {
        let placement = Placement { assignee: Some(ME), priority: Priority::High, ..Placement::default() };
        let steps = [
            MacroStep::AssignToMe,
            handle(Handling::Prioritize(Priority::High)),
            handle(Handling::Assign { to: Some(AgentId::from_bytes([9; 16])) }),
            handle(Handling::HandTo { team: Some(TeamId::from_bytes([9; 16])) }),
            handle(Handling::Unlabel(label("VIP"))),
            MacroStep::Say("{{agent.name|}} ".to_owned()),
            handle(Handling::Open),
            MacroStep::Take(Step::Resolve),
            MacroStep::Take(Step::Resolve),
        ];
        let plan = outcomes(&steps, Status::Open, &placement);
        assert_eq!(asked(&plan), [AgentCommand::Resolve]);
        let others: Vec<_> = plan.iter().map(|planned| &planned.outcome).collect();
        let (so, gone) = (&Outcome::AlreadySo, &Outcome::Gone);
        assert_eq!(others[..7], [so, so, gone, gone, so, &Outcome::Unsendable, so]);
        assert_eq!(others[8], so, "after the step before it");
    }

    #[test]
    fn ma8_the_whole_is_taken_back_from_its_end_to_how_it_was() {
        let placement = Placement { assignee: Some(BEN), labels: vec![label("VIP")], ..Placement::default() };
        let steps = [
            MacroStep::Say("Done.".to_owned()),
            handle(Handling::Open),
            MacroStep::AssignToMe,
            handle(Handling::Label(label("Refund"))),
            handle(Handling::Unlabel(label("vip"))),
            MacroStep::Take(Step::Resolve),
        ];
        let plan = outcomes(&steps, Status::Pending, &placement);
        let back = taken_back(&plan);
        let handle = Step::Handle;
        assert_eq!(
            back,
            [
                Step::Reopen,
                handle(Handling::Label(label("vip"))),
                handle(Handling::Unlabel(label("Refund"))),
                handle(Handling::Assign { to: Some(BEN) }),
                handle(Handling::Wait),
            ]
        );
        let (mut status, mut now) = (Status::Pending, placement.clone());
        for planned in &plan {
            if let Outcome::Ask(command, _) = &planned.outcome {
                let step = match command {
                    AgentCommand::Resolve => Step::Resolve,
                    AgentCommand::Reopen => Step::Reopen,
                    AgentCommand::Handle(step) => Step::Handle(step.clone()),
                    _ => continue,
                };
                (status, now) = after(&step, status, now);
            }
        }
        assert_eq!(that_matter(back.clone(), status, now.clone()), back);
        for step in back.clone() {
            (status, now) = after(&step, status, now);
        }
        assert_eq!((status, &now), (Status::Pending, &placement));
        assert_eq!(that_matter(back, status, now), [], "a second time there is nothing to take back");
    }

    #[test]
    fn ma6_what_is_resolved_is_opened_as_such() {
        let steps = [handle(Handling::Open)];
        for (status, right) in [
            (Status::Resolved, AgentCommand::Reopen),
            (Status::Snoozed, AgentCommand::Handle(Handling::Open)),
        ] {
            assert_eq!(asked(&outcomes(&steps, status, &Placement::default())), [right]);
        }
    }

    #[test]
    fn ib110_macros_are_found_by_letters_of_their_name() {
        let all = ["Close as spam", "Refund granted", "Spam"];
        assert_eq!(found("spam", &all, |name| name), [&"Close as spam", &"Spam"]);
        assert_eq!(found("", &all, |name| name).len(), 3);
        assert_eq!(found("rg", &all, |name| name), [&"Refund granted"]);
    }
}
