//! Which item of a list gets the focus next.

/// A step in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Move {
    /// To the following item.
    Next,
    /// To the one before.
    Previous,
    /// To the first.
    First,
    /// To the last.
    Last,
}

impl Move {
    /// What a key of the keyboard asks for.
    pub(crate) fn of_key(key: &str) -> Option<Self> {
        match key {
            "ArrowDown" => Some(Self::Next),
            "ArrowUp" => Some(Self::Previous),
            "Home" => Some(Self::First),
            "End" => Some(Self::Last),
            _ => None,
        }
    }
}

/// Finds the item to go to from `current` in a list of `length`; it stops at both ends.
pub(crate) fn target(step: Move, current: Option<usize>, length: usize) -> Option<usize> {
    let last = length.checked_sub(1)?;
    Some(match (step, current) {
        (Move::First, _) | (Move::Next, None) => 0,
        (Move::Last, _) | (Move::Previous, None) => last,
        (Move::Next, Some(index)) => index.saturating_add(1).min(last),
        (Move::Previous, Some(index)) => index.saturating_sub(1).min(last),
    })
}

/// Finds the item that takes the place of one that is about to leave the list: the following one, else the one before;
/// the first if that one is not in the list.
pub(crate) fn beside(current: Option<usize>, length: usize) -> Option<usize> {
    let Some(current) = current else { return (length > 0).then_some(0) };
    let next = current.saturating_add(1);
    if next < length { Some(next) } else { current.checked_sub(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib8_moving_stops_at_both_ends() {
        assert_eq!(target(Move::Next, None, 3), Some(0));
        assert_eq!(target(Move::Next, Some(0), 3), Some(1));
        assert_eq!(target(Move::Next, Some(2), 3), Some(2));
        assert_eq!(target(Move::Previous, Some(0), 3), Some(0));
        assert_eq!(target(Move::Previous, None, 3), Some(2));
        assert_eq!(target(Move::Last, Some(0), 3), Some(2));
        assert_eq!(target(Move::First, Some(2), 3), Some(0));
        assert_eq!(target(Move::Previous, Some(9), 3), Some(2), "the list became shorter");
        assert_eq!(target(Move::Next, None, 0), None);
    }

    #[test]
    fn ib76_the_next_takes_the_place_of_one_that_leaves() {
        assert_eq!(beside(Some(0), 3), Some(1));
        assert_eq!(beside(Some(2), 3), Some(1), "the last");
        assert_eq!(beside(Some(0), 1), None, "the only one");
        assert_eq!(beside(None, 3), Some(0), "it is in another view");
        assert_eq!(beside(None, 0), None);
    }
}
