//! Which other agents have the conversation open.

use protocol::{AgentId, AgentProfile};

/// The others with their names, each once, in the order in which they came.
pub(crate) fn others(agents: &[AgentProfile], me: Option<AgentId>) -> Vec<(AgentId, String)> {
    let mut seen = Vec::new();
    let mut names = Vec::new();
    for agent in agents {
        if Some(agent.id) == me || seen.contains(&agent.id) {
            continue;
        }
        seen.push(agent.id);
        names.push((agent.id, agent.name.clone()));
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
        let found = others(&agents, Some(AgentId::from_bytes([1; 16])));
        assert_eq!(found.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), ["Ben", "Ben"]);
        assert_eq!(others(&[], None), []);
    }
}
