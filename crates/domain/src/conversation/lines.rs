//! The lines of a log that are in memory: the newest ones without a hole, and single older ones.

use protocol::Seq;

use super::stored::{Line, StoredEvent};

/// Lines by position. All of them are known if the first is; otherwise the shell reads what is missing when it is needed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Lines {
    newest: Vec<Line>,
    /// Older than the newest, in any order.
    single: Vec<Line>,
}

impl Lines {
    /// The newest ones, oldest first.
    pub(super) fn newest(&self) -> &[Line] {
        &self.newest
    }

    /// Whether none is missing.
    pub(super) fn is_whole(&self) -> bool {
        self.before() == Seq::START
    }

    /// The position before the first of the newest.
    pub(super) fn before(&self) -> Seq {
        self.newest.first().map_or(Seq::START, |line| Seq(line.seq.0.saturating_sub(1)))
    }

    /// The line at a position, if it is known.
    pub(super) fn get(&self, seq: Seq) -> Option<&Line> {
        match seq.0.checked_sub(self.before().0.saturating_add(1)) {
            Some(index) => self.newest.get(usize::try_from(index).ok()?),
            None => self.single.iter().find(|line| line.seq == seq),
        }
    }

    /// Adds the next line.
    pub(super) fn push(&mut self, line: Line) {
        self.newest.push(line);
    }

    /// Takes up that an event changes an earlier one.
    pub(super) fn amend(&mut self, later: &StoredEvent) {
        self.newest.iter_mut().chain(&mut self.single).for_each(|line| line.amend(later));
    }

    /// Adds a line that is older than the newest.
    pub(super) fn add_single(&mut self, line: Line) {
        if self.get(line.seq).is_none() {
            self.single.push(line);
        }
    }

    /// Adds all that are missing, oldest first.
    pub(super) fn complete(&mut self, mut earlier: Vec<Line>) {
        earlier.append(&mut self.newest);
        self.newest = earlier;
        self.single.clear();
    }
}
