//! One thing done to many conversations: how far it is, what could not be done, and how the whole of it is taken back.

use protocol::http::handling::RoundStep;
use protocol::{ClientMessageId, Code, ConversationId, Handling, IndexEntry, Label, Status, Step};

use super::asked::Choice;

/// Steps that are asked for at once: few enough to see it go on, more than one to be done soon.
pub(crate) const AT_ONCE: usize = 10;

/// A conversation, and what is done to it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Item {
    conversation: ConversationId,
    /// What its visitor is called.
    name: String,
    asks: RoundStep,
    back: Option<Step>,
    state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Waiting,
    Done,
    Failed(Option<Code>),
}

/// All of them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Round {
    items: Vec<Item>,
}

impl Round {
    /// One step for several conversations; those that stand so already are left out.
    pub(crate) fn of(
        step: &Step,
        entries: &[IndexEntry],
        name: impl Fn(&IndexEntry) -> String,
        mut id: impl FnMut() -> ClientMessageId,
    ) -> Self {
        let items = entries.iter().filter_map(|entry| {
            let step = fitted(step, entry.status);
            let asks = RoundStep { conversation: entry.conversation, client_message_id: id(), step };
            asks.step.matters(entry.status, &entry.placement).then(|| Item {
                conversation: entry.conversation,
                name: name(entry),
                back: asks.step.taken_back(entry.status, &entry.placement),
                asks,
                state: State::Waiting,
            })
        });
        Self { items: items.collect() }
    }

    /// What brings each conversation back to how it was, of what was done.
    pub(crate) fn taken_back(&self, mut id: impl FnMut() -> ClientMessageId) -> Self {
        let done = self.items.iter().filter(|item| item.state == State::Done);
        let items = done.filter_map(|item| {
            let asks = RoundStep {
                conversation: item.conversation,
                client_message_id: id(),
                step: item.back.clone()?,
            };
            Some(Item { asks, back: None, state: State::Waiting, ..item.clone() })
        });
        Self { items: items.collect() }
    }

    /// What is to be asked for next; nothing once all was.
    pub(crate) fn next(&self) -> Vec<RoundStep> {
        let waiting = self.items.iter().filter(|item| item.state == State::Waiting);
        waiting.take(AT_ONCE).map(|item| item.asks.clone()).collect()
    }

    /// What became of steps that were asked for: nothing for one that was taken, else why not, as far as that is known.
    pub(crate) fn answered(&mut self, asked: &[RoundStep], refused: impl Fn(usize) -> Option<Option<Code>>) {
        for (index, step) in asked.iter().enumerate() {
            let item =
                self.items.iter_mut().find(|item| item.asks.client_message_id == step.client_message_id);
            if let Some(item) = item {
                item.state = refused(index).map_or(State::Done, State::Failed);
            }
        }
    }

    /// Nobody answers any more: what was not asked for is not, either.
    pub(crate) fn stop(&mut self, why: Option<Code>) {
        for item in &mut self.items {
            if item.state == State::Waiting {
                item.state = State::Failed(why);
            }
        }
    }

    /// Asks once more for what could not be done, under the same ids: what was done all the same is not done twice.
    pub(crate) fn again(&mut self) {
        for item in &mut self.items {
            if matches!(item.state, State::Failed(_)) {
                item.state = State::Waiting;
            }
        }
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.items.len()
    }

    /// Of how many something became.
    pub(crate) fn behind(&self) -> usize {
        self.items.iter().filter(|item| item.state != State::Waiting).count()
    }

    /// How many were done.
    pub(crate) fn done(&self) -> usize {
        self.items.iter().filter(|item| item.state == State::Done).count()
    }

    /// What could not be done: the visitor's name, and why.
    pub(crate) fn failed(&self) -> Vec<(String, Option<Code>)> {
        let why = |item: &Item| match item.state {
            State::Failed(code) => Some((item.name.clone(), code)),
            State::Waiting | State::Done => None,
        };
        self.items.iter().filter_map(why).collect()
    }
}

/// A step as one conversation takes it: what is resolved is opened as such, in one line of its thread.
pub(crate) fn fitted(step: &Step, status: Status) -> Step {
    match (step, status) {
        (Step::Handle(Handling::Open), Status::Resolved) => Step::Reopen,
        (Step::Reopen, Status::Pending | Status::Snoozed) => Step::Handle(Handling::Open),
        (step, _) => step.clone(),
    }
}

/// Choices for several conversations: one is marked that would change nothing in any of them.
pub(crate) fn marked(choices: Vec<Choice>, entries: &[IndexEntry]) -> Vec<Choice> {
    let marked = |choice: Choice| {
        let step = Step::Handle(choice.asks.clone());
        let chosen =
            !entries.is_empty() && !entries.iter().any(|entry| step.matters(entry.status, &entry.placement));
        Choice { chosen, ..choice }
    };
    choices.into_iter().map(marked).collect()
}

/// The labels of several conversations: those that all have, and can lose, then those that some have, and can lose or all
/// be given.
pub(crate) fn labels_of(entries: &[IndexEntry]) -> (Vec<Label>, Vec<Label>) {
    let mut all: Vec<Label> = Vec::new();
    for label in entries.iter().flat_map(|entry| &entry.placement.labels) {
        if !all.contains(label) {
            all.push(label.clone());
        }
    }
    all.into_iter().partition(|label| entries.iter().all(|entry| entry.placement.labels.contains(label)))
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, Placement};

    use super::*;
    use crate::model::list_row::tests::entry;

    fn ids() -> impl FnMut() -> ClientMessageId {
        let mut last = 0_u8;
        move || {
            last += 1;
            ClientMessageId::from_bytes([last; 16])
        }
    }

    fn in_status(number: u8, status: Status) -> IndexEntry {
        IndexEntry { status, ..entry(number) }
    }

    fn of(step: &Step, entries: &[IndexEntry]) -> Round {
        Round::of(step, entries, |entry| entry.conversation.to_string()[..2].to_owned(), ids())
    }

    fn steps(round: &Round) -> Vec<(u8, Step)> {
        round.next().into_iter().map(|asked| (asked.conversation.as_bytes()[0], asked.step)).collect()
    }

    #[test]
    fn ib108_only_those_that_it_changes_are_asked_and_each_goes_back_to_how_it_was() {
        let entries =
            [in_status(1, Status::Open), in_status(2, Status::Resolved), in_status(3, Status::Pending)];
        let mut round = of(&Step::Resolve, &entries);
        assert_eq!(steps(&round), [(1, Step::Resolve), (3, Step::Resolve)]);
        let asked = round.next();
        round.answered(&asked, |_| None);
        assert_eq!((round.next().len(), round.done(), round.failed().len()), (0, 2, 0));
        let back = round.taken_back(ids());
        assert_eq!(steps(&back), [(1, Step::Reopen), (3, Step::Handle(Handling::Wait))]);
    }

    #[test]
    fn ib108_what_is_resolved_and_what_is_laid_aside_are_opened_each_in_its_way() {
        let entries =
            [in_status(1, Status::Resolved), in_status(2, Status::Pending), in_status(3, Status::Open)];
        for step in [Step::Reopen, Step::Handle(Handling::Open)] {
            assert_eq!(
                steps(&of(&step, &entries)),
                [(1, Step::Reopen), (2, Step::Handle(Handling::Open))],
                "{step:?}"
            );
        }
    }

    #[test]
    fn ib109_it_goes_on_in_parts_and_what_failed_is_asked_again_under_the_same_ids() {
        let entries: Vec<_> = (1..=25).map(entry).collect();
        let mut round = of(&Step::Resolve, &entries);
        let first = round.next();
        assert_eq!((first.len(), round.count(), round.behind()), (AT_ONCE, 25, 0));
        round.answered(&first, |index| (index == 3).then_some(Some(Code::Forbidden)));
        assert_eq!((round.behind(), round.done()), (10, 9));
        let second = round.next();
        round.answered(&second, |_| None);
        round.stop(None);
        assert_eq!((round.next().len(), round.behind(), round.done()), (0, 25, 19));
        let failed = round.failed();
        assert_eq!(failed.len(), 6);
        assert_eq!(failed[0], ("04".to_owned(), Some(Code::Forbidden)));
        round.again();
        let again = round.next();
        assert_eq!((again.len(), again[0].clone()), (6, first[3].clone()));
        assert_eq!(round.taken_back(ids()).count(), 19, "what was not done is not taken back");
    }

    #[test]
    fn ib107_what_all_have_is_marked_and_what_some_have_can_go_either_way() {
        let label = |text: &str| Label::parse(text).expect("legal");
        let ada = AgentId::from_bytes([1; 16]);
        let with = |number: u8, assignee, labels: &[&str]| IndexEntry {
            placement: Placement {
                assignee,
                labels: labels.iter().map(|text| label(text)).collect(),
                ..Placement::default()
            },
            ..entry(number)
        };
        let choice = |to| Choice {
            label: String::new(),
            hint: String::new(),
            keys: "",
            chosen: true,
            asks: Handling::Assign { to },
        };
        let chosen = |entries: &[IndexEntry]| {
            let choices = marked(vec![choice(Some(ada)), choice(None)], entries);
            choices.iter().map(|choice| choice.chosen).collect::<Vec<_>>()
        };
        assert_eq!(chosen(&[with(1, Some(ada), &[]), with(2, Some(ada), &[])]), [true, false]);
        assert_eq!(chosen(&[with(1, Some(ada), &[]), with(2, None, &[])]), [false, false]);
        assert_eq!(chosen(&[]), [false, false]);
        let some = [with(1, None, &["VIP", "Late"]), with(2, None, &["vip", "New"])];
        assert_eq!(labels_of(&some), (vec![label("VIP")], vec![label("Late"), label("New")]));
    }
}
