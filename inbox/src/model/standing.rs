//! Whether the conversation is open, as the button that changes it shows it.

use protocol::{AgentKind, Placement, Status};
use sync::{Item, SendState};

/// Where the conversation stands for the agent who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// What the agent last asked for, or else what the server said.
    pub(crate) status: Status,
    /// Whether the server has yet to confirm it.
    pub(crate) pending: bool,
}

/// Where the conversation lies with the team for the agent who looks: what the server said, and what they have asked for
/// since.
pub(crate) fn placement_of(told: &Placement, status: Status, items: &[Item<AgentKind>]) -> Placement {
    let asked = items.iter().filter(|item| item.state == SendState::Sending);
    let steps = asked.filter_map(|item| item.kind.handling());
    steps.fold(told.clone(), Placement::after).in_status(status)
}

impl Standing {
    /// Lets the newest unconfirmed request win over what the server said.
    pub(crate) fn of(status: Status, items: &[Item<AgentKind>]) -> Self {
        let asked = items
            .iter()
            .rev()
            .filter(|item| item.state == SendState::Sending)
            .find_map(|item| item.kind.status());
        Self { status: asked.unwrap_or(status), pending: asked.is_some() }
    }
}

#[cfg(test)]
mod tests {
    use protocol::PublicKind;

    use super::*;
    use crate::model::thread_row::tests::{line, message};

    #[test]
    fn ib14_the_button_shows_what_was_asked_for_until_it_is_confirmed() {
        let sending = |item: Item<AgentKind>| Item { state: SendState::Sending, ..item };
        let check = |status, items: &[_], expected, pending| {
            assert_eq!(Standing::of(status, items), Standing { status: expected, pending });
        };
        check(Status::Open, &[], Status::Open, false);
        check(Status::Open, &[line(1, PublicKind::Resolved)], Status::Open, false);
        check(Status::Open, &[sending(line(1, PublicKind::Resolved))], Status::Resolved, true);
        check(
            Status::Resolved,
            &[sending(line(1, PublicKind::Reopened)), message(2, "hi")],
            Status::Open,
            true,
        );
    }

    #[test]
    fn ib51_what_was_asked_for_is_shown_before_it_is_stored() {
        use protocol::{AgentId, Handling, Priority, PrivateKind};
        let sending = |item: Item<AgentKind>| Item { state: SendState::Sending, ..item };
        let step = |step| AgentKind::Private(PrivateKind::Handled(step));
        let to = Some(AgentId::from_bytes([2; 16]));
        let stored =
            Item { kind: step(Handling::Prioritize(Priority::Low)), ..line(1, PublicKind::Resolved) };
        let waits = sending(Item { kind: step(Handling::Assign { to }), ..line(2, PublicKind::Resolved) });
        let told = Placement { priority: Priority::High, ..Placement::default() };
        let shown = placement_of(&told, Status::Open, &[stored.clone(), waits]);
        assert_eq!((shown.assignee, shown.priority), (to, Priority::High));
        let aside = sending(Item { kind: step(Handling::Wait), ..stored });
        let standing = Standing { status: Status::Pending, pending: true };
        assert_eq!(Standing::of(Status::Open, &[aside]), standing);
    }
}
