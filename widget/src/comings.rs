//! Who has joined the conversation, and who has left it, as long as that is news.

use protocol::{AgentProfile, ForVisitors};
use sync::{ConnectionBadge, View};

use crate::strings::{fill, strings};

/// What is known of who is here, and the line that says the last change of it.
#[derive(Debug, Default)]
pub(crate) struct Comings {
    /// Nobody knows while there is no connection.
    here: Option<Vec<AgentProfile>>,
    said: usize,
    last: Option<Coming>,
}

/// Somebody, by name, who has come or gone.
#[derive(Debug, Clone)]
enum Coming {
    Joined(String),
    Left(String),
}

impl Comings {
    /// Looks at a view, and returns the line: empty once something was said after it. Looking twice changes nothing.
    pub(crate) fn of(&mut self, view: &View<ForVisitors>) -> String {
        let now = (view.connection == ConnectionBadge::Connected).then(|| view.presence.agents.clone());
        if view.items.len() != self.said {
            self.said = view.items.len();
            self.last = None;
        }
        if let (Some(before), Some(now)) = (&self.here, &now) {
            let is_new =
                |one: &&AgentProfile, others: &[AgentProfile]| others.iter().all(|other| other.id != one.id);
            let came = now.iter().find(|one| is_new(one, before)).map(|one| Coming::Joined(one.name.clone()));
            let went = before.iter().find(|one| is_new(one, now)).map(|one| Coming::Left(one.name.clone()));
            self.last = came.or(went).or(self.last.take());
        }
        self.here = now;
        match &self.last {
            Some(Coming::Joined(name)) => fill(strings().joined, &[("name", name)]),
            Some(Coming::Left(name)) => fill(strings().left, &[("name", name)]),
            None => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use protocol::AgentId;

    use super::*;
    use crate::app::nothing_known;

    #[test]
    fn wg29_who_joins_and_leaves_is_said_until_something_else_is() {
        let mut comings = Comings::default();
        let mut view = view();
        view.presence.agents = vec![agent(1)];
        assert_eq!(comings.of(&view), "", "who was there before is no news");
        view.presence.agents = vec![agent(1), agent(2)];
        assert_eq!(comings.of(&view), "Agent 2 joined");
        assert_eq!(comings.of(&view), "Agent 2 joined", "the same view again");
        view.connection = ConnectionBadge::Reconnecting;
        view.presence.agents = Vec::new();
        assert_eq!(comings.of(&view), "Agent 2 joined", "a lost connection says nothing of others");
        view.connection = ConnectionBadge::Connected;
        view.presence.agents = vec![agent(2)];
        assert_eq!(comings.of(&view), "Agent 2 joined");
        view.presence.agents = Vec::new();
        assert_eq!(comings.of(&view), "Agent 2 left");
        comings.said = 1;
        assert_eq!(comings.of(&view), "");
    }

    fn agent(number: u8) -> AgentProfile {
        AgentProfile { id: AgentId::from_bytes([number; 16]), name: format!("Agent {number}") }
    }

    fn view() -> View<ForVisitors> {
        View { connection: ConnectionBadge::Connected, ..nothing_known() }
    }
}
