//! What there is to choose in the dialogs of handling, of one conversation or of several.

use leptos::prelude::*;
use protocol::{AgentId, Handling, Label, Placement, Status};

use crate::browser::clock::now;
use crate::browser::intl;
use crate::model::asked::{Asked, Choice, assignees, found, labels, priorities, teams};
use crate::state::feed::FeedState;
use crate::state::people::Colleagues;
use crate::words::desk;

/// From whom and what one chooses.
#[derive(Clone, Copy)]
pub(super) struct Known {
    pub(super) feed: FeedState,
    pub(super) colleagues: Colleagues,
}

impl Known {
    /// Of the workspace; whoever may have come since is asked for whenever it is asked whose something is to be.
    pub(super) fn of(asked: RwSignal<Option<Asked>>) -> Self {
        let known = Self { feed: expect_context(), colleagues: expect_context() };
        Effect::new(move || {
            if asked.get() == Some(Asked::Assignee) {
                known.colleagues.refresh();
            }
        });
        known
    }

    /// What there is to choose for a conversation that stands and lies so, tracked.
    pub(super) fn choices(
        self,
        asked: Asked,
        typed: &str,
        me: Option<AgentId>,
        (status, placement): (Status, &Placement),
    ) -> Vec<Choice> {
        match asked {
            Asked::Assignee => {
                let all = self.colleagues.all();
                let choices = assignees(&all, me, placement.assignee, (desk::ME, desk::NOBODY), |agent| {
                    desk::available(self.colleagues.available(agent))
                });
                found(&choices, typed)
            }
            Asked::Team => {
                let all = self.colleagues.teams();
                found(&teams(&all, me, placement.team, (desk::MY_TEAM, desk::NO_TEAM)), typed)
            }
            Asked::Priority => found(&priorities(placement.priority, desk::priority), typed),
            Asked::Snooze => found(&times(status), typed),
            Asked::Labels => found_labels(&placement.labels, &labels_in_use(self.feed), typed),
        }
    }

    /// What was done, in words.
    pub(super) fn done(self, step: &Handling) -> String {
        let when = |until| desk::moment(until, now());
        untrack(|| {
            desk::done(step, |agent| self.colleagues.name(agent), |team| self.colleagues.team(team), when)
        })
    }
}

/// The labels that hold what was typed, or that as a new one.
pub(super) fn found_labels(own: &[Label], in_use: &[Label], typed: &str) -> Vec<Choice> {
    let all = labels(own, in_use, typed, desk::add_label);
    let typed = typed.trim().to_lowercase();
    all.into_iter().filter(|choice| choice.label.to_lowercase().contains(&typed)).collect()
}

/// The labels of the conversations that are known, tracked.
pub(super) fn labels_in_use(feed: FeedState) -> Vec<Label> {
    feed.with(|view| {
        let entries = view.iter().flat_map(|view| view.known.values());
        entries.flat_map(|entry| entry.placement.labels.iter().cloned()).collect()
    })
}

/// The same as they are spelt, each once.
pub(crate) fn labels_known(feed: FeedState) -> Vec<String> {
    let mut labels = untrack(|| labels_in_use(feed));
    labels.sort_unstable();
    labels.dedup();
    labels.into_iter().map(String::from).collect()
}

/// Until when a conversation can be set aside.
fn times(status: Status) -> Vec<Choice> {
    let now = now();
    let choice = |label: &str, hint: String, chosen, asks| Choice {
        label: label.to_owned(),
        hint,
        keys: "",
        chosen,
        asks,
    };
    let snooze = |label, until| choice(label, desk::moment(until, now), false, Handling::Snooze { until });
    let open = choice(desk::OPEN_NOW, String::new(), false, Handling::Open);
    let is_pending = status == Status::Pending;
    let waits = choice(desk::UNTIL_THEY_WRITE, String::new(), is_pending, Handling::Wait);
    let mut choices = vec![
        waits,
        snooze(desk::IN_AN_HOUR, now.plus(3_600_000)),
        snooze(desk::IN_THREE_HOURS, now.plus(3 * 3_600_000)),
        snooze(desk::TOMORROW, intl::local_time(now, 1, 9)),
        snooze(desk::NEXT_MONDAY, intl::local_time(now, intl::days_to_monday(now), 9)),
    ];
    if status != Status::Open {
        choices.insert(0, open);
    }
    choices
}
