//! Which events a client that comes back is given (SPEC DL6).

use mutant::mutant;
use protocol::{Cursor, Epoch, Resume, Seq, Timestamp, limits};

/// What a client gets after its welcome, in the sequence of its audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backlog {
    /// How it relates to what the client has.
    pub resume: Resume,
    /// The events after this position follow, up to the head.
    pub from: Seq,
}

/// Compares a client's cursor with the log; `stored_at` says when the event at a position was stored, and is asked only
/// where it decides.
///
/// # Errors
/// Those of `stored_at`.
pub fn resume<E>(
    cursor: Option<Cursor>,
    epoch: Epoch,
    head: Seq,
    stored_at: impl FnOnce(Seq) -> Result<Option<Timestamp>, E>,
) -> Result<Backlog, E> {
    let newest_page = Seq(head.0.saturating_sub(limits::NEWEST_PAGE));
    let anew = |resume| Backlog { resume, from: newest_page };
    let Some(cursor) = cursor else {
        return Ok(anew(Resume::Fresh));
    };
    if mutant!(5, cursor.epoch != epoch, false) {
        return Ok(anew(Resume::EpochChanged));
    }
    if cursor.seq > head {
        return Ok(anew(Resume::Rewound));
    }
    if head.since(cursor.seq) > limits::RESUME_EVENTS {
        return Ok(anew(Resume::TooFar));
    }
    let is_same = cursor.seq == Seq::START || stored_at(cursor.seq)? == Some(cursor.at);
    if mutant!(60, !is_same, false) {
        return Ok(anew(Resume::Rewound));
    }
    Ok(Backlog { resume: Resume::Resumed, from: mutant!(3, cursor.seq, cursor.seq.next()) })
}

#[cfg(test)]
mod tests {
    use core::convert::Infallible;

    use super::*;

    #[test]
    fn dl6_a_cursor_is_resumed_or_explicitly_reset() {
        let epoch = Epoch::from_bytes([1; 16]);
        let at = |seq: Seq| Timestamp(seq.0.cast_signed() * 1_000);
        let cursor = |seq| Some(Cursor { epoch, seq: Seq(seq), at: at(Seq(seq)) });
        let other = Some(Cursor { epoch: Epoch::from_bytes([2; 16]), seq: Seq(1), at: at(Seq(1)) });
        let replaced = Some(Cursor { epoch, seq: Seq(10), at: Timestamp(9_999) });
        let cases = [
            (None, 10, Resume::Fresh, 0),
            (None, 60, Resume::Fresh, 10),
            (cursor(0), 10, Resume::Resumed, 0),
            (cursor(10), 10, Resume::Resumed, 10),
            (cursor(100), 600, Resume::Resumed, 100),
            (cursor(99), 600, Resume::TooFar, 550),
            (cursor(11), 10, Resume::Rewound, 0),
            (other, 10, Resume::EpochChanged, 0),
            (replaced, 10, Resume::Rewound, 0),
            (replaced, 60, Resume::Rewound, 10),
        ];
        for (cursor, head, expected, from) in cases {
            let backlog = resume(cursor, epoch, Seq(head), |seq| Ok::<_, Infallible>(Some(at(seq))));
            assert_eq!(backlog, Ok(Backlog { resume: expected, from: Seq(from) }), "{cursor:?} {head}");
        }
    }
}
