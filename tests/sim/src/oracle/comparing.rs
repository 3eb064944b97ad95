//! CV30: replies of agents who have not seen what came before them.

use domain::conversation::{Person, StoredEvent};
use protocol::{AgentKind, Author, Cursor, Epoch, Handling, Placement, PrivateKind, PublicKind};

/// What the author of a reply says that they had seen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Regard(pub(crate) Option<Cursor>);

/// Whether something came that holds somebody's reply.
pub(super) fn is_overtaken(
    rows: &[StoredEvent],
    epoch: Option<Epoch>,
    placement: &Placement,
    person: Person,
    Regard(seen): Regard,
) -> bool {
    let seen = seen.filter(|seen| Some(seen.epoch) == epoch).map_or(0, |seen| seen.seq.0);
    rows.iter()
        .filter(|row| row.seq.0 > seen && Person::of(&row.author) != person)
        .any(|row| holds(row, placement, person))
}

fn holds(row: &StoredEvent, placement: &Placement, person: Person) -> bool {
    let is_visitors = row.author == Author::Visitor;
    match &row.kind {
        AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_) | PublicKind::Resolved)
        | AgentKind::Private(PrivateKind::Note { .. } | PrivateKind::File(_)) => true,
        AgentKind::Public(PublicKind::Edited { .. }) => is_visitors,
        // Something was said there, and taken back.
        AgentKind::Public(PublicKind::Deleted { of }) => is_visitors || *of == row.client_message_id,
        AgentKind::Private(PrivateKind::NoteDeleted { of }) => *of == row.client_message_id,
        AgentKind::Private(PrivateKind::Handled(Handling::Assign { .. })) => {
            placement.assignee.is_some_and(|assignee| Person::Agent(assignee) != person)
        }
        AgentKind::Public(PublicKind::Reopened | PublicKind::Rated(_))
        | AgentKind::Private(
            PrivateKind::NoteEdited { .. } | PrivateKind::Handled(_) | PrivateKind::Gathered(_),
        ) => false,
    }
}
