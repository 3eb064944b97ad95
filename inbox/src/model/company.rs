//! Who of the team is in the conversation, and what they are doing there.

use protocol::{AgentId, Author};
use sync::Writing;

use super::agents::others;
use crate::state::open::AgentView;

/// Somebody else of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Colleague {
    /// What they are called.
    pub(crate) name: String,
    /// What they are doing.
    pub(crate) doing: Doing,
}

/// What somebody is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Doing {
    /// Looking at the conversation.
    Looking,
    /// Writing to the visitor.
    Replying,
    /// Writing to the team.
    Noting,
}

/// Everybody else of the team who has the conversation open, each once.
pub(crate) fn company(view: &AgentView) -> Vec<Colleague> {
    let me = view.me.as_ref().and_then(agent);
    let agents = &view.presence.agents;
    let named = others(agents, me);
    named.into_iter().map(|(id, name)| Colleague { name, doing: doing(&view.typing, id) }).collect()
}

fn doing(typing: &[Writing], id: AgentId) -> Doing {
    match typing.iter().rev().find(|writing| agent(&writing.author) == Some(id)) {
        Some(Writing { is_note: true, .. }) => Doing::Noting,
        Some(Writing { is_note: false, .. }) => Doing::Replying,
        None => Doing::Looking,
    }
}

/// Whether the visitor types.
pub(crate) fn visitor_types(view: &AgentView) -> bool {
    view.typing.iter().any(|writing| writing.author == Author::Visitor)
}

const fn agent(author: &Author) -> Option<AgentId> {
    match author {
        Author::Agent(profile) => Some(profile.id),
        Author::Visitor | Author::System => None,
    }
}

#[cfg(test)]
mod tests {
    use protocol::AgentProfile;

    use super::*;
    use crate::model::thread_row::tests::view_of;

    #[test]
    fn ib71_everybody_else_is_named_with_what_they_do() {
        let profile =
            |id: u8, name: &str| AgentProfile { id: AgentId::from_bytes([id; 16]), name: name.to_owned() };
        let [ada, ben, cleo, dora] =
            [(1, "Ada"), (2, "Ben"), (3, "Cleo"), (4, "Dora")].map(|(id, name)| profile(id, name));
        let writes =
            |author: &AgentProfile, is_note| Writing { author: Author::Agent(author.clone()), is_note };
        let mut view = view_of(&[]);
        view.me = Some(Author::Agent(ada.clone()));
        view.presence.agents = vec![ada.clone(), ben.clone(), cleo.clone(), ben.clone(), dora];
        view.typing = vec![writes(&ben, true), writes(&cleo, false)];
        let found: Vec<_> =
            company(&view).into_iter().map(|colleague| (colleague.name, colleague.doing)).collect();
        let right = [("Ben", Doing::Noting), ("Cleo", Doing::Replying), ("Dora", Doing::Looking)];
        assert_eq!(found, right.map(|(name, doing)| (name.to_owned(), doing)));
        assert!(!visitor_types(&view));
        view.typing.insert(0, Writing { author: Author::Visitor, is_note: false });
        assert!(visitor_types(&view), "also while colleagues write");
    }
}
