//! What a log says once messages were edited and deleted, by CV12 and CV13: a plain list, changed from the first to the
//! last.

use domain::conversation::{Person, StoredEvent};
use protocol::{
    AgentKind, Author, ClientMessageId, Code, PrivateKind, PublicKind, Seq, Timestamp, Writer, limits,
};

use super::{Verdict, demand};

/// The message that an event changes, and whether that is a note.
pub(crate) fn named(kind: &AgentKind) -> Option<(ClientMessageId, bool)> {
    match kind {
        AgentKind::Public(PublicKind::Edited { of, .. } | PublicKind::Deleted { of }) => Some((*of, false)),
        AgentKind::Private(PrivateKind::NoteEdited { of, .. } | PrivateKind::NoteDeleted { of }) => {
            Some((*of, true))
        }
        AgentKind::Public(
            PublicKind::Message { .. }
            | PublicKind::Resolved
            | PublicKind::Reopened
            | PublicKind::File(_)
            | PublicKind::Rated(_),
        )
        | AgentKind::Private(
            PrivateKind::Note { .. }
            | PrivateKind::File(_)
            | PrivateKind::Handled(_)
            | PrivateKind::Gathered(_),
        ) => None,
    }
}

/// What an earlier row becomes through a later one; `None` if it stays what it is.
fn changed(row: &StoredEvent, later: &StoredEvent) -> Option<AgentKind> {
    if Person::of(&row.author) != Person::of(&later.author) {
        return None;
    }
    let (of, is_note) = named(&later.kind)?;
    let holds_text = match &row.kind {
        AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)) => {
            !is_note && row.client_message_id == of
        }
        AgentKind::Private(PrivateKind::Note { .. } | PrivateKind::File(_)) => {
            is_note && row.client_message_id == of
        }
        AgentKind::Public(PublicKind::Edited { of: same, .. })
        | AgentKind::Private(PrivateKind::NoteEdited { of: same, .. }) => *same == of,
        AgentKind::Public(
            PublicKind::Deleted { .. } | PublicKind::Resolved | PublicKind::Reopened | PublicKind::Rated(_),
        )
        | AgentKind::Private(
            PrivateKind::NoteDeleted { .. } | PrivateKind::Handled(_) | PrivateKind::Gathered(_),
        ) => false,
    };
    if !holds_text {
        return None;
    }
    Some(match (&row.kind, &later.kind) {
        (
            AgentKind::Public(PublicKind::Message { reply_to, .. }),
            AgentKind::Public(PublicKind::Edited { text, .. }),
        ) => AgentKind::Public(PublicKind::Message { text: text.clone(), edited: true, reply_to: *reply_to }),
        (
            AgentKind::Private(PrivateKind::Note { reply_to, .. }),
            AgentKind::Private(PrivateKind::NoteEdited { text, .. }),
        ) => AgentKind::Private(PrivateKind::Note { text: text.clone(), edited: true, reply_to: *reply_to }),
        (_, same) => same.clone(),
    })
}

/// Adds a row to a list, and changes what it changes.
pub(super) fn add(rows: &mut Vec<StoredEvent>, later: StoredEvent) {
    if named(&later.kind).is_some() {
        for row in rows.iter_mut() {
            if let Some(kind) = changed(row, &later) {
                row.kind = kind;
            }
        }
    }
    rows.push(later);
}

/// Whether a row, as it was written, reads like this to somebody who knows the log up to a position at least.
pub(super) fn is_form(written: &[StoredEvent], seq: Seq, known: Seq, shown: &AgentKind) -> bool {
    let index = usize::try_from(seq.0.saturating_sub(1)).unwrap_or(usize::MAX);
    let Some((row, later)) = written.get(index..).and_then(<[StoredEvent]>::split_first) else {
        return false;
    };
    let mut form = row.clone();
    for later in later.iter().filter(|later| named(&later.kind).is_some()) {
        if let Some(kind) = changed(&form, later) {
            if later.seq > known && form.kind == *shown {
                return true;
            }
            form.kind = kind;
        }
    }
    form.kind == *shown
}

/// CV12: whether somebody may change what they name at a time; the code that says why not.
pub(super) fn may_change(
    rows: &[StoredEvent],
    person: Person,
    kind: &AgentKind,
    now: Timestamp,
) -> Option<Code> {
    let (of, is_note) = named(kind)?;
    let target = rows.iter().find(|row| {
        let is_said = match &row.kind {
            AgentKind::Public(PublicKind::Message { .. }) => !is_note,
            AgentKind::Private(PrivateKind::Note { .. }) => is_note,
            // A file is deleted, never edited.
            AgentKind::Public(PublicKind::File(_)) => {
                matches!(kind, AgentKind::Public(PublicKind::Deleted { .. }))
            }
            AgentKind::Private(PrivateKind::File(_)) => {
                matches!(kind, AgentKind::Private(PrivateKind::NoteDeleted { .. }))
            }
            AgentKind::Public(_) | AgentKind::Private(_) => false,
        };
        is_said && row.client_message_id == of && Person::of(&row.author) == person
    });
    let limit = if person == Person::Visitor { limits::VISITOR_AMENDS_MS } else { limits::AGENT_AMENDS_MS };
    match target {
        None => Some(Code::NotFound),
        Some(row) => (now.since(row.at) > limit).then_some(Code::TooLate),
    }
}

/// CV14: whether what somebody wants to answer is there for those who would see the answer.
pub(super) fn may_answer(rows: &[StoredEvent], kind: &AgentKind) -> bool {
    let Some(name) = kind.reply_to() else { return true };
    rows.iter().any(|row| {
        let is_named = match (&row.author, name.by) {
            (Author::Visitor, Writer::Visitor) => true,
            (Author::Agent(profile), Writer::Agent(id)) => profile.id == id,
            (Author::Visitor | Author::Agent(_) | Author::System, _) => false,
        };
        let is_said = match &row.kind {
            AgentKind::Public(PublicKind::Message { .. } | PublicKind::File(_)) => true,
            AgentKind::Public(PublicKind::Deleted { of }) => *of == row.client_message_id,
            AgentKind::Private(PrivateKind::Note { .. } | PrivateKind::File(_)) => {
                matches!(kind, AgentKind::Private(_))
            }
            AgentKind::Private(PrivateKind::NoteDeleted { of }) => {
                *of == row.client_message_id && matches!(kind, AgentKind::Private(_))
            }
            AgentKind::Public(
                PublicKind::Resolved
                | PublicKind::Reopened
                | PublicKind::Edited { .. }
                | PublicKind::Rated(_),
            )
            | AgentKind::Private(
                PrivateKind::NoteEdited { .. } | PrivateKind::Handled(_) | PrivateKind::Gathered(_),
            ) => false,
        };
        is_named && is_said && row.client_message_id == name.id
    })
}

/// CV12, ST14: what is on the disk is what the list says, and says nowhere what was changed or deleted.
pub(crate) fn disk(rows: &[StoredEvent], stored: &[StoredEvent]) -> Verdict {
    let same =
        rows.len() == stored.len() && rows.iter().zip(stored).all(|(row, stored)| row.kind == stored.kind);
    demand!(same, "ST14/CV12: the disk holds something else than the log says after a change");
    Ok(())
}
