//! What can be done to a conversation with one press: each is taken back by another one.

use serde::{Deserialize, Serialize};

use crate::command::AgentCommand;
use crate::event::Status;
use crate::handling::{Handling, Placement};

/// One thing that is done to a conversation, open on somebody's screen or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Marks it as done.
    Resolve,
    /// Opens it again after that.
    Reopen,
    /// Handles it.
    Handle(Handling),
}

impl Step {
    /// Whether it makes a difference to a conversation that stands and lies so.
    #[must_use]
    pub fn matters(&self, status: Status, placement: &Placement) -> bool {
        match self {
            Self::Resolve => status != Status::Resolved,
            Self::Reopen => status == Status::Resolved,
            Self::Handle(step) => match step.status() {
                Some(Status::Snoozed) => {
                    placement.clone().after(step) != *placement || status != Status::Snoozed
                }
                Some(after) => after != status,
                None => placement.clone().after(step) != *placement,
            },
        }
    }

    /// What takes it back from a conversation that stood and lay so before; `None` where there is nothing to take back.
    #[must_use]
    pub fn taken_back(&self, status: Status, before: &Placement) -> Option<Self> {
        let back = match (status, before.snoozed_until) {
            (Status::Resolved, _) => Self::Resolve,
            (Status::Pending, _) => Self::Handle(Handling::Wait),
            (Status::Snoozed, Some(until)) => Self::Handle(Handling::Snooze { until }),
            (Status::Open | Status::Snoozed, _) if *self == Self::Resolve => Self::Reopen,
            (Status::Open | Status::Snoozed, _) => Self::Handle(Handling::Open),
        };
        let Self::Handle(step) = self else { return Some(back) };
        let undone = match step {
            Handling::Assign { .. } => Handling::Assign { to: before.assignee },
            Handling::HandTo { .. } => Handling::HandTo { team: before.team },
            Handling::Prioritize(_) => Handling::Prioritize(before.priority),
            Handling::Label(label) if before.labels.contains(label) => return None,
            Handling::Label(label) => Handling::Unlabel(label.clone()),
            Handling::Unlabel(label) => Handling::Label(label.clone()),
            Handling::Wait | Handling::Snooze { .. } | Handling::Open => return Some(back),
        };
        Some(Self::Handle(undone))
    }
}

impl From<Step> for AgentCommand {
    fn from(step: Step) -> Self {
        match step {
            Step::Resolve => Self::Resolve,
            Step::Reopen => Self::Reopen,
            Step::Handle(step) => Self::Handle(step),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::handling::{Label, Priority};
    use crate::ids::{AgentId, TeamId};
    use crate::seq::Timestamp;

    const ADA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);

    fn label(label: &str) -> Label {
        Label::parse(label).expect("legal")
    }

    #[test]
    fn ib51_what_was_done_is_taken_back_to_how_it_was() {
        let until = Timestamp(9);
        let before = Placement { assignee: Some(ADA), snoozed_until: Some(until), ..Placement::default() };
        let open = Placement { snoozed_until: None, ..before.clone() };
        let handle = Step::Handle;
        let snooze = handle(Handling::Snooze { until: Timestamp(5) });
        for (step, status, before, right) in [
            (Step::Resolve, Status::Open, &open, Some(Step::Reopen)),
            (Step::Resolve, Status::Pending, &open, Some(handle(Handling::Wait))),
            (Step::Resolve, Status::Snoozed, &before, Some(handle(Handling::Snooze { until }))),
            (Step::Reopen, Status::Resolved, &open, Some(Step::Resolve)),
            (snooze.clone(), Status::Open, &open, Some(handle(Handling::Open))),
            (snooze, Status::Resolved, &open, Some(Step::Resolve)),
            (
                handle(Handling::Assign { to: Some(BEN) }),
                Status::Open,
                &open,
                Some(handle(Handling::Assign { to: Some(ADA) })),
            ),
            (
                handle(Handling::HandTo { team: Some(TeamId::from_bytes([1; 16])) }),
                Status::Open,
                &open,
                Some(handle(Handling::HandTo { team: None })),
            ),
        ] {
            assert_eq!(step.taken_back(status, before), right);
        }
    }

    #[test]
    fn ib108_a_step_that_changes_nothing_does_not_matter() {
        let (vip, other) = (label("VIP"), label("Billing"));
        let placement = Placement {
            assignee: Some(ADA),
            priority: Priority::High,
            labels: vec![vip.clone()],
            ..Placement::default()
        };
        let until = Timestamp(9);
        let snoozed = Placement { snoozed_until: Some(until), ..placement.clone() };
        let handle = Step::Handle;
        for (step, status, placement, matters) in [
            (Step::Resolve, Status::Open, &placement, true),
            (Step::Resolve, Status::Resolved, &placement, false),
            (Step::Reopen, Status::Resolved, &placement, true),
            (Step::Reopen, Status::Pending, &placement, false),
            (handle(Handling::Open), Status::Pending, &placement, true),
            (handle(Handling::Open), Status::Open, &placement, false),
            (handle(Handling::Wait), Status::Pending, &placement, false),
            (handle(Handling::Snooze { until }), Status::Snoozed, &snoozed, false),
            (handle(Handling::Snooze { until: Timestamp(10) }), Status::Snoozed, &snoozed, true),
            (handle(Handling::Assign { to: Some(ADA) }), Status::Open, &placement, false),
            (handle(Handling::Assign { to: None }), Status::Open, &placement, true),
            (handle(Handling::Prioritize(Priority::High)), Status::Open, &placement, false),
            (handle(Handling::Label(label("vip"))), Status::Open, &placement, false),
            (handle(Handling::Label(other.clone())), Status::Open, &placement, true),
            (handle(Handling::Unlabel(other)), Status::Open, &placement, false),
            (handle(Handling::Unlabel(vip)), Status::Open, &placement, true),
        ] {
            assert_eq!(step.matters(status, placement), matters, "{step:?} {status:?}");
        }
    }
}
