//! CV15, CV16: the end of a conversation, and how its visitor found it.

use domain::conversation::{Person, StoredEvent};
use protocol::{AgentKind, Code, PublicKind, Timestamp, limits};

/// Whether it says that a conversation is over, or how it was: it goes on with none.
pub(super) const fn is_of_the_end(kind: &AgentKind) -> bool {
    matches!(kind, AgentKind::Public(PublicKind::Resolved | PublicKind::Rated(_)))
}

/// Whether somebody may end or rate at a time; the code that says why not.
pub(super) fn may_end(
    rows: &[StoredEvent],
    person: Person,
    kind: &AgentKind,
    now: Timestamp,
) -> Option<Code> {
    if !is_of_the_end(kind) || person != Person::Visitor {
        return None;
    }
    if rows.is_empty() {
        return Some(Code::NotFound);
    }
    let turns = |row: &&StoredEvent| {
        matches!(row.kind, AgentKind::Public(PublicKind::Resolved | PublicKind::Reopened))
    };
    let end = rows.iter().rev().find(turns).filter(|row| row.kind == AgentKind::Public(PublicKind::Resolved));
    let in_time = end.is_some_and(|row| now.since(row.at) <= limits::RATING_MS);
    let is_rating = matches!(kind, AgentKind::Public(PublicKind::Rated(_)));
    (is_rating && !in_time).then_some(Code::TooLate)
}
