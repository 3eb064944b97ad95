//! Whether the conversation is open, as the button that changes it shows it.

use protocol::{AgentKind, PublicKind, Status};
use sync::{Item, SendState};

/// Where the conversation stands for the agent who looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Standing {
    /// What the agent last asked for, or else what the server said.
    pub(crate) status: Status,
    /// Whether the server has yet to confirm it.
    pub(crate) pending: bool,
}

impl Standing {
    /// Lets the newest unconfirmed request win over what the server said.
    pub(crate) fn of(status: Status, items: &[Item<AgentKind>]) -> Self {
        let asked = items.iter().rev().filter(|item| item.state == SendState::Sending).find_map(|item| {
            match &item.kind {
                AgentKind::Public(PublicKind::Resolved) => Some(Status::Resolved),
                AgentKind::Public(PublicKind::Reopened) => Some(Status::Open),
                AgentKind::Public(
                    PublicKind::Message { .. }
                    | PublicKind::Edited { .. }
                    | PublicKind::Deleted { .. }
                    | PublicKind::File(_)
                    | PublicKind::Rated(_),
                )
                | AgentKind::Private(_) => None,
            }
        });
        Self { status: asked.unwrap_or(status), pending: asked.is_some() }
    }
}

#[cfg(test)]
mod tests {
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
}
