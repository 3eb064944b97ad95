//! What the workspace is told of what was said, so that it can be found.

use mutant::mutant;
use protocol::{
    AgentKind, Author, Milestone, MilestoneKind, Passage, PassageLine, PrivateKind, PublicKind, Seq, Status,
    limits,
};

use super::revision::Revision;
use super::state::Conversation;
use super::stored::StoredEvent;

impl Conversation {
    /// The stretch of the log of which the workspace is to be told the words: from `known` on, as the workspace has said
    /// lately, or from where it was told before; at most [`limits::PASSAGE_EVENTS`] events.
    #[must_use]
    pub fn stretch_to_tell(&self, known: Option<Seq>) -> (Seq, Seq) {
        let after = known.unwrap_or_else(|| Revision::from_number(self.told()).head()).min(self.head());
        (after, Seq(after.0.saturating_add(limits::PASSAGE_EVENTS)).min(self.head()))
    }
}

/// Whether a workspace that knows the words up to a position knows all that was there at a revision.
#[must_use]
pub fn is_all_heard(revision: u64, upto: Seq) -> bool {
    upto >= Revision::from_number(revision).head()
}

/// The words of a stretch of a log. `events` are its events, `targets` those before it that they change.
#[must_use]
pub fn passage((after, upto): (Seq, Seq), events: &[StoredEvent], targets: &[StoredEvent]) -> Passage {
    let changed = mutant!(39, targets, &[]);
    let lines = changed.iter().chain(events).filter_map(line).collect();
    Passage { after, upto, lines, milestones: events.iter().filter_map(milestone).collect() }
}

/// What an event is in the course of the conversation, if reports count it.
fn milestone(event: &StoredEvent) -> Option<Milestone> {
    let kind = match (&event.kind, &event.author) {
        (AgentKind::Public(PublicKind::Rated(rating)), _) => MilestoneKind::Rated(rating.stars),
        (kind, _) if kind.status() == Some(Status::Resolved) => MilestoneKind::Resolved,
        (kind, _) if kind.status().is_some() => MilestoneKind::Reopened,
        // Also what was deleted since: it was said.
        (AgentKind::Public(_), author) if event.for_agents().is_said() => match author {
            Author::Visitor => MilestoneKind::Asked,
            Author::Agent(agent) => MilestoneKind::Answered(agent.id),
            Author::System => return None,
        },
        _ => return None,
    };
    Some(Milestone { seq: event.seq, at: event.at, kind })
}

/// The positions of what the events of a stretch change before it, each once.
#[must_use]
pub fn targets_before(after: Seq, events: &[StoredEvent]) -> Vec<Seq> {
    let targets =
        events.iter().map(|event| event.target).filter(|target| *target > Seq::START && *target <= after);
    let mut targets: Vec<_> = targets.collect();
    targets.sort_unstable();
    targets.dedup();
    targets
}

/// What somebody said in an event, if somebody did.
fn line(event: &StoredEvent) -> Option<PassageLine> {
    let said = event.for_agents();
    if !said.is_said() {
        return None;
    }
    let text = match &event.kind {
        AgentKind::Public(PublicKind::Message { text, .. })
        | AgentKind::Private(PrivateKind::Note { text, .. }) => Some(text.as_str().to_owned()),
        AgentKind::Public(PublicKind::File(file)) | AgentKind::Private(PrivateKind::File(file)) => {
            Some(file.name.as_str().to_owned())
        }
        AgentKind::Public(
            PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::Edited { .. }
            | PublicKind::Deleted { .. }
            | PublicKind::Rated(_),
        )
        | AgentKind::Private(
            PrivateKind::NoteEdited { .. }
            | PrivateKind::NoteDeleted { .. }
            | PrivateKind::Handled(_)
            | PrivateKind::Gathered(_),
        ) => None,
    };
    let is_private = matches!(event.kind, AgentKind::Private(_));
    Some(PassageLine { seq: event.seq, at: event.at, author: said.author, is_private, text })
}
