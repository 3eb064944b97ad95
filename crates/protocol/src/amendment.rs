//! What later words of an author make of an earlier message of theirs: it says something else, or is gone.
//!
//! Server, client and tests read the log by these rules, so that whoever lived through a change and whoever reads the log
//! after it know the same: a message says what it was last changed to, and so does every event that had changed it.

use crate::event::{AgentKind, MessageName, PrivateKind, PublicKind};
use crate::file::File;
use crate::ids::ClientMessageId;
use crate::text::MessageText;

impl PublicKind {
    /// A message as it was written.
    #[must_use]
    pub const fn message(text: MessageText) -> Self {
        Self::Message { text, edited: false, reply_to: None }
    }

    /// The message of the same author that this event changes, itself included if it was deleted.
    #[must_use]
    pub const fn amends(&self) -> Option<ClientMessageId> {
        match self {
            Self::Edited { of, .. } | Self::Deleted { of } => Some(*of),
            Self::Message { .. } | Self::Resolved | Self::Reopened | Self::File(_) | Self::Rated(_) => None,
        }
    }

    /// What an event with this id has become through a later one of the same author; `None` if that is not about it.
    #[must_use]
    pub fn amended(&self, id: ClientMessageId, later: &Self) -> Option<Self> {
        let (of, text) = match later {
            Self::Edited { of, text } => (*of, Some(text.clone())),
            Self::Deleted { of } => (*of, None),
            Self::Message { .. } | Self::Resolved | Self::Reopened | Self::File(_) | Self::Rated(_) => {
                return None;
            }
        };
        match (self, text) {
            (Self::Message { reply_to, .. }, Some(text)) if id == of => {
                Some(Self::Message { text, edited: true, reply_to: *reply_to })
            }
            (Self::Message { .. } | Self::File(_), None) if id == of => Some(Self::Deleted { of }),
            (Self::Edited { of: earlier, .. }, Some(text)) if *earlier == of => {
                Some(Self::Edited { of, text })
            }
            (Self::Edited { of: earlier, .. }, None) if *earlier == of => Some(Self::Deleted { of }),
            (
                Self::Message { .. }
                | Self::Edited { .. }
                | Self::Deleted { .. }
                | Self::Resolved
                | Self::Reopened
                | Self::File(_)
                | Self::Rated(_),
                _,
            ) => None,
        }
    }

    /// Whether this may have become of what was sent under an id.
    #[must_use]
    pub fn may_come_of(&self, id: ClientMessageId, sent: &Self) -> bool {
        self == sent
            || match sent {
                Self::Message { .. } => {
                    matches!(self, Self::Message { edited: true, .. }) || *self == Self::Deleted { of: id }
                }
                Self::File(_) => *self == Self::Deleted { of: id },
                Self::Edited { of, .. } => self.amends() == Some(*of),
                Self::Deleted { .. } | Self::Resolved | Self::Reopened | Self::Rated(_) => false,
            }
    }
}

impl PrivateKind {
    /// A note as it was written.
    #[must_use]
    pub const fn note(text: MessageText) -> Self {
        Self::Note { text, edited: false, reply_to: None }
    }

    /// The note of the same author that this event changes, itself included if it was deleted.
    #[must_use]
    pub const fn amends(&self) -> Option<ClientMessageId> {
        match self {
            Self::NoteEdited { of, .. } | Self::NoteDeleted { of } => Some(*of),
            Self::Note { .. } | Self::File(_) | Self::Handled(_) | Self::Gathered(_) => None,
        }
    }

    /// As [`PublicKind::amended`].
    #[must_use]
    pub fn amended(&self, id: ClientMessageId, later: &Self) -> Option<Self> {
        let (of, text) = match later {
            Self::NoteEdited { of, text } => (*of, Some(text.clone())),
            Self::NoteDeleted { of } => (*of, None),
            Self::Note { .. } | Self::File(_) | Self::Handled(_) | Self::Gathered(_) => return None,
        };
        match (self, text) {
            (Self::Note { reply_to, .. }, Some(text)) if id == of => {
                Some(Self::Note { text, edited: true, reply_to: *reply_to })
            }
            (Self::Note { .. } | Self::File(_), None) if id == of => Some(Self::NoteDeleted { of }),
            (Self::NoteEdited { of: earlier, .. }, Some(text)) if *earlier == of => {
                Some(Self::NoteEdited { of, text })
            }
            (Self::NoteEdited { of: earlier, .. }, None) if *earlier == of => Some(Self::NoteDeleted { of }),
            (
                Self::Note { .. }
                | Self::NoteEdited { .. }
                | Self::NoteDeleted { .. }
                | Self::File(_)
                | Self::Handled(_)
                | Self::Gathered(_),
                _,
            ) => None,
        }
    }

    /// As [`PublicKind::may_come_of`].
    #[must_use]
    pub fn may_come_of(&self, id: ClientMessageId, sent: &Self) -> bool {
        self == sent
            || match sent {
                Self::Note { .. } => {
                    matches!(self, Self::Note { edited: true, .. }) || *self == Self::NoteDeleted { of: id }
                }
                Self::File(_) => *self == Self::NoteDeleted { of: id },
                Self::NoteEdited { of, .. } => self.amends() == Some(*of),
                Self::NoteDeleted { .. } | Self::Handled(_) | Self::Gathered(_) => false,
            }
    }
}

impl PublicKind {
    /// The earlier message that this one answers.
    #[must_use]
    pub const fn reply_to(&self) -> Option<MessageName> {
        match self {
            Self::Message { reply_to, .. } => *reply_to,
            Self::Resolved
            | Self::Reopened
            | Self::Edited { .. }
            | Self::Deleted { .. }
            | Self::File(_)
            | Self::Rated(_) => None,
        }
    }
}

impl AgentKind {
    /// The earlier message or note that this one answers.
    #[must_use]
    pub const fn reply_to(&self) -> Option<MessageName> {
        match self {
            Self::Public(kind) => kind.reply_to(),
            Self::Private(PrivateKind::Note { reply_to, .. }) => *reply_to,
            Self::Private(
                PrivateKind::NoteEdited { .. }
                | PrivateKind::NoteDeleted { .. }
                | PrivateKind::File(_)
                | PrivateKind::Handled(_)
                | PrivateKind::Gathered(_),
            ) => None,
        }
    }

    /// The message or note of the same author that this event changes, itself included if it was deleted.
    #[must_use]
    pub const fn amends(&self) -> Option<ClientMessageId> {
        match self {
            Self::Public(kind) => kind.amends(),
            Self::Private(kind) => kind.amends(),
        }
    }

    /// As [`PublicKind::amended`]; no event of one audience changes one of the other.
    #[must_use]
    pub fn amended(&self, id: ClientMessageId, later: &Self) -> Option<Self> {
        match (self, later) {
            (Self::Public(kind), Self::Public(later)) => kind.amended(id, later).map(Self::Public),
            (Self::Private(kind), Self::Private(later)) => kind.amended(id, later).map(Self::Private),
            (Self::Public(_), Self::Private(_)) | (Self::Private(_), Self::Public(_)) => None,
        }
    }

    /// As [`PublicKind::may_come_of`].
    #[must_use]
    pub fn may_come_of(&self, id: ClientMessageId, sent: &Self) -> bool {
        match (self, sent) {
            (Self::Public(kind), Self::Public(sent)) => kind.may_come_of(id, sent),
            (Self::Private(kind), Self::Private(sent)) => kind.may_come_of(id, sent),
            (Self::Public(_), Self::Private(_)) | (Self::Private(_), Self::Public(_)) => false,
        }
    }

    /// The file that is sent in it, if one is.
    #[must_use]
    pub const fn file(&self) -> Option<&File> {
        match self {
            Self::Public(PublicKind::File(file)) | Self::Private(PrivateKind::File(file)) => Some(file),
            Self::Public(
                PublicKind::Message { .. }
                | PublicKind::Resolved
                | PublicKind::Reopened
                | PublicKind::Edited { .. }
                | PublicKind::Deleted { .. }
                | PublicKind::Rated(_),
            )
            | Self::Private(
                PrivateKind::Note { .. }
                | PrivateKind::NoteEdited { .. }
                | PrivateKind::NoteDeleted { .. }
                | PrivateKind::Handled(_)
                | PrivateKind::Gathered(_),
            ) => None,
        }
    }

    /// What is said in it, if anything is (still).
    #[must_use]
    pub const fn text(&self) -> Option<&MessageText> {
        match self {
            Self::Public(PublicKind::Message { text, .. } | PublicKind::Edited { text, .. })
            | Self::Private(PrivateKind::Note { text, .. } | PrivateKind::NoteEdited { text, .. }) => {
                Some(text)
            }
            Self::Public(
                PublicKind::Resolved
                | PublicKind::Reopened
                | PublicKind::Deleted { .. }
                | PublicKind::File(_)
                | PublicKind::Rated(_),
            )
            | Self::Private(
                PrivateKind::NoteDeleted { .. }
                | PrivateKind::File(_)
                | PrivateKind::Handled(_)
                | PrivateKind::Gathered(_),
            ) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: ClientMessageId = ClientMessageId::from_bytes([1; 16]);
    const OTHER: ClientMessageId = ClientMessageId::from_bytes([2; 16]);
    const EDIT: ClientMessageId = ClientMessageId::from_bytes([3; 16]);

    fn text(text: &str) -> MessageText {
        MessageText::parse(text).expect("legal")
    }

    #[test]
    fn cv12_a_change_is_about_one_message_and_whatever_had_changed_it() {
        let edited = |of, said: &str| PublicKind::Edited { of, text: text(said) };
        let now = PublicKind::Message { text: text("b"), edited: true, reply_to: None };
        let deleted = PublicKind::Deleted { of: ID };
        let cases = [
            (PublicKind::message(text("a")), ID, edited(ID, "b"), Some(now)),
            (PublicKind::message(text("a")), ID, deleted.clone(), Some(deleted.clone())),
            (PublicKind::message(text("a")), OTHER, edited(ID, "b"), None),
            (edited(ID, "a"), EDIT, edited(ID, "b"), Some(edited(ID, "b"))),
            (edited(ID, "a"), EDIT, deleted.clone(), Some(deleted.clone())),
            (edited(OTHER, "a"), EDIT, deleted.clone(), None),
            (deleted.clone(), ID, edited(ID, "b"), None),
            (PublicKind::Resolved, ID, deleted.clone(), None),
            (PublicKind::message(text("a")), ID, PublicKind::Resolved, None),
        ];
        for (before, id, later, after) in cases {
            assert_eq!(before.amended(id, &later), after, "{before:?} {later:?}");
            assert!(after.is_none_or(|after| after.may_come_of(id, &before)), "{before:?} {later:?}");
        }
        assert!(!PublicKind::message(text("b")).may_come_of(ID, &PublicKind::message(text("a"))));
    }

    #[test]
    fn cv13_no_change_of_a_note_touches_what_visitors_see() {
        let note = AgentKind::Private(PrivateKind::note(text("psst")));
        let message = AgentKind::Public(PublicKind::message(text("hello")));
        let note_gone = AgentKind::Private(PrivateKind::NoteDeleted { of: ID });
        let message_gone = AgentKind::Public(PublicKind::Deleted { of: ID });
        assert_eq!(message.amended(ID, &note_gone), None);
        assert_eq!(note.amended(ID, &message_gone), None);
        assert_eq!(note.amended(ID, &note_gone), Some(note_gone));
        assert_eq!(message.amended(ID, &message_gone), Some(message_gone));
    }
}
