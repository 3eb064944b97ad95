//! Which events a client that comes back is given (SPEC DL6).

use mutant::mutant;
use protocol::{Cursor, Epoch, Resume, Seq, limits};

/// What a client gets after its welcome, in the sequence of its audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// How it relates to what the client has.
    pub resume: Resume,
    /// The events after this position follow, up to the head.
    pub from: Seq,
}

/// Compares a client's cursor with the log.
#[must_use]
pub fn resume(cursor: Option<Cursor>, epoch: Epoch, head: Seq) -> Backlog {
    let newest_page = Seq(head.0.saturating_sub(limits::NEWEST_PAGE));
    let anew = |resume| Backlog { resume, from: newest_page };
    let Some(cursor) = cursor else {
        return anew(Resume::Fresh);
    };
    if mutant!(5, cursor.epoch != epoch, false) {
        return anew(Resume::EpochChanged);
    }
    if cursor.seq > head {
        return anew(Resume::Rewound);
    }
    if head.since(cursor.seq) > limits::RESUME_EVENTS {
        return anew(Resume::TooFar);
    }
    Backlog { resume: Resume::Resumed, from: mutant!(3, cursor.seq, cursor.seq.next()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dl6_a_cursor_is_resumed_or_explicitly_reset() {
        let epoch = Epoch::from_bytes([1; 16]);
        let cursor = |seq| Some(Cursor { epoch, seq: Seq(seq) });
        let other = Some(Cursor { epoch: Epoch::from_bytes([2; 16]), seq: Seq(1) });
        let cases = [
            (None, 10, Resume::Fresh, 0),
            (None, 60, Resume::Fresh, 10),
            (cursor(0), 10, Resume::Resumed, 0),
            (cursor(10), 10, Resume::Resumed, 10),
            (cursor(100), 600, Resume::Resumed, 100),
            (cursor(99), 600, Resume::TooFar, 550),
            (cursor(11), 10, Resume::Rewound, 0),
            (other, 10, Resume::EpochChanged, 0),
        ];
        for (cursor, head, expected, from) in cases {
            let backlog = resume(cursor, epoch, Seq(head));
            assert_eq!(backlog, Backlog { resume: expected, from: Seq(from) }, "{cursor:?} {head}");
        }
    }
}
