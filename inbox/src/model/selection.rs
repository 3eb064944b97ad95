//! Which rows of the list are selected.

use protocol::ConversationId;

/// The selected conversations, and where a range begins.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Selection {
    chosen: Vec<ConversationId>,
    anchor: Option<ConversationId>,
    /// Whether a press on a row selects it in place of opening it: where there is neither mouse nor keyboard.
    pub(crate) is_picking: bool,
}

impl Selection {
    /// Whether a row is selected.
    pub(crate) fn has(&self, id: ConversationId) -> bool {
        self.chosen.contains(&id)
    }

    /// How many are.
    pub(crate) fn count(&self) -> usize {
        self.chosen.len()
    }

    /// Whether there is something to do with.
    pub(crate) fn is_any(&self) -> bool {
        !self.chosen.is_empty()
    }

    /// Which ones, in the order in which that was said.
    pub(crate) fn all(&self) -> &[ConversationId] {
        &self.chosen
    }

    /// Selects a row, or no longer; a range begins there.
    pub(crate) fn set(&mut self, id: ConversationId, is_on: bool) {
        self.anchor = Some(id);
        self.put(id, is_on);
    }

    /// Selects every row from where the last one was set to this one, or none of them; that one stays where ranges begin, so
    /// that another range can follow.
    pub(crate) fn set_through(&mut self, id: ConversationId, is_on: bool, shown: &[ConversationId]) {
        let place = |id| shown.iter().position(|other| *other == id);
        let Some(((from, to), anchor)) =
            self.anchor.and_then(|anchor| Some(((place(anchor)?, place(id)?), anchor)))
        else {
            return self.set(id, is_on);
        };
        for id in shown.iter().take(from.max(to).saturating_add(1)).skip(from.min(to)) {
            self.put(*id, is_on);
        }
        self.anchor = Some(anchor);
    }

    /// Selects every row that is shown.
    pub(crate) fn set_all(&mut self, shown: &[ConversationId]) {
        for id in shown {
            self.put(*id, true);
        }
    }

    /// Forgets those that are not shown any more: nobody does anything to what they do not see. Says whether there were any.
    pub(crate) fn keep_shown(&mut self, is_shown: impl Fn(ConversationId) -> bool) -> bool {
        let before = self.chosen.len();
        self.chosen.retain(|id| is_shown(*id));
        self.anchor.take_if(|id| !is_shown(*id));
        before != self.chosen.len()
    }

    /// Selects nothing.
    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    fn put(&mut self, id: ConversationId, is_on: bool) {
        match (self.has(id), is_on) {
            (false, true) => self.chosen.push(id),
            (true, false) => self.chosen.retain(|other| *other != id),
            (true, true) | (false, false) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(number: u8) -> ConversationId {
        ConversationId::from_bytes([number; 32])
    }

    fn rows(numbers: impl IntoIterator<Item = u8>) -> Vec<ConversationId> {
        numbers.into_iter().map(row).collect()
    }

    fn sorted(selection: &Selection) -> Vec<ConversationId> {
        let mut all = selection.all().to_vec();
        all.sort_unstable();
        all
    }

    #[test]
    fn ib105_a_range_goes_from_the_row_that_was_set_last_in_either_direction() {
        let shown = rows(1..=6);
        let mut selection = Selection::default();
        selection.set(row(3), true);
        selection.set_through(row(5), true, &shown);
        assert_eq!(sorted(&selection), rows(3..=5));
        selection.set_through(row(2), true, &shown);
        assert_eq!(sorted(&selection), rows(2..=5), "it begins where it began before");
        selection.set_through(row(4), false, &shown);
        assert_eq!(sorted(&selection), rows([2, 5]));
    }

    #[test]
    fn ib105_a_range_from_a_row_that_is_gone_is_that_row_alone() {
        let shown = rows(1..=4);
        let mut selection = Selection::default();
        selection.set_through(row(2), true, &shown);
        assert_eq!(sorted(&selection), rows([2]), "nothing was set before");
        selection.set(row(9), true);
        assert!(selection.keep_shown(|id| shown.contains(&id)));
        selection.set_through(row(4), true, &shown);
        assert_eq!(sorted(&selection), rows([2, 4]));
    }

    #[test]
    fn ib105_all_that_are_shown_are_selected_once_and_what_leaves_the_list_is_not_any_more() {
        let mut selection = Selection { is_picking: true, ..Selection::default() };
        selection.set(row(2), true);
        selection.set_all(&rows(1..=3));
        assert_eq!((selection.count(), sorted(&selection)), (3, rows(1..=3)));
        assert!(selection.keep_shown(|id| id != row(2)));
        assert!(!selection.keep_shown(|id| id != row(2)));
        assert_eq!(sorted(&selection), rows([1, 3]));
        selection.clear();
        assert_eq!(selection, Selection::default());
    }
}
