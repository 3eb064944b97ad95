//! Which other agents have the conversation open.

use protocol::{AgentId, AgentProfile};

/// Names of the others, each once, in the order in which they came.
pub(crate) fn others(agents: &[AgentProfile], me: Option<AgentId>) -> Vec<String> {
    let mut seen = Vec::new();
    let mut names = Vec::new();
    for agent in agents {
        if Some(agent.id) == me || seen.contains(&agent.id) {
            continue;
        }
        seen.push(agent.id);
        names.push(agent.name.clone());
    }
    names
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib13_an_agent_with_two_tabs_is_named_once_and_i_am_not() {
        let agent = |number: u8, name: &str| AgentProfile {
            id: AgentId::from_bytes([number; 16]),
            name: name.to_owned(),
        };
        let agents = [agent(1, "Anna"), agent(2, "Ben"), agent(2, "Ben"), agent(3, "Ben")];
        assert_eq!(others(&agents, Some(AgentId::from_bytes([1; 16]))), ["Ben", "Ben"]);
        assert_eq!(others(&[], None), Vec::<String>::new());
    }
}
