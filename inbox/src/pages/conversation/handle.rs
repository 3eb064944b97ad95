//! Handling a conversation: the dialogs, what follows from them, and how it is taken back.

use core::time::Duration;

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use protocol::{AgentCommand, AgentId, Author, Handling, Label, Placement, Status};
use sync::Input;

use crate::browser::clock::now;
use crate::browser::intl;
use crate::components::{ChooseDialog, Toast};
use crate::model::asked::{Asked, Choice, assignees, found, labels, priorities, teams, undo_of};
use crate::model::standing::{Standing, placement_of};
use crate::state::feed::FeedState;
use crate::state::open::OpenConversation;
use crate::state::people::Colleagues;
use crate::words::desk;

/// Seconds for which what was done can be taken back.
const UNDO: Duration = Duration::from_secs(10);

/// What handles one conversation.
#[derive(Clone, Copy)]
pub(crate) struct Handle {
    open: OpenConversation,
    colleagues: Colleagues,
    feed: FeedState,
    standing: Memo<Standing>,
    /// Where it lies with the team, as the person knows it.
    pub(crate) placement: Memo<Placement>,
    /// What is asked in a dialog.
    pub(crate) asked: RwSignal<Option<Asked>>,
    done: RwSignal<Option<Done>>,
    timer: StoredValue<Option<TimeoutHandle>>,
}

/// What was done last.
#[derive(Clone, PartialEq)]
struct Done {
    text: String,
    undo: AgentCommand,
}

impl Handle {
    /// For the conversation on screen.
    pub(crate) fn new(open: OpenConversation, standing: Memo<Standing>) -> Self {
        let placement = open.memo(|view| {
            let status = Standing::of(view.status, &view.items).status;
            placement_of(&view.presence.placement, status, &view.items)
        });
        let (colleagues, feed) = (expect_context::<Colleagues>(), expect_context::<FeedState>());
        let (asked, done) = (RwSignal::new(None), RwSignal::new(None));
        let timer = StoredValue::new(None::<TimeoutHandle>);
        on_cleanup(move || {
            if let Some(timer) = timer.try_update_value(Option::take).flatten() {
                timer.clear();
            }
        });
        // Somebody may have come whom this page has not heard of.
        Effect::new(move || {
            if asked.get() == Some(Asked::Assignee) {
                colleagues.refresh();
            }
        });
        Self { open, colleagues, feed, standing, placement, asked, done, timer }
    }

    /// Takes one step.
    pub(crate) fn step(self, step: Handling) {
        let text = untrack(|| {
            let when = |until| desk::moment(until, now());
            desk::done(&step, |agent| self.colleagues.name(agent), |team| self.colleagues.team(team), when)
        });
        self.act(AgentCommand::Handle(step), text);
    }

    /// Takes one step, with a word on it to the others if there is one.
    fn step_with_note(self, step: Handling, note: &str) {
        let text = note.trim();
        if !text.is_empty() {
            self.open.dispatch(Input::Submit(AgentCommand::Note { text: text.to_owned() }));
        }
        self.step(step);
    }

    /// Asks for something, and offers to take it back.
    pub(crate) fn act(self, command: AgentCommand, text: String) {
        let status = self.standing.get_untracked().status;
        let undo = self.placement.with_untracked(|before| undo_of(&command, status, before));
        self.open.dispatch(Input::Submit(command));
        self.done.set(undo.map(|undo| Done { text, undo }));
        if let Some(timer) = self.timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
        let timer = set_timeout_with_handle(move || drop(self.done.try_set(None)), UNDO);
        self.timer.set_value(timer.ok());
    }

    /// Takes back what was done last; says whether there was anything.
    pub(crate) fn undo(self) -> bool {
        let Some(done) = self.done.get_untracked() else { return false };
        self.done.set(None);
        self.open.dispatch(Input::Submit(done.undo));
        true
    }

    /// Whose it is to be if the person sees to it.
    pub(crate) fn take_over(self) {
        if let Some(me) = self.me() {
            self.step(Handling::Assign { to: Some(me) });
        }
    }

    /// Who the person is.
    pub(crate) fn me(self) -> Option<AgentId> {
        untrack(|| {
            self.open.with(|view| match &view.me {
                Some(Author::Agent(agent)) => Some(agent.id),
                Some(Author::Visitor | Author::System) | None => None,
            })
        })
    }

    fn choices(self, asked: Asked, typed: &str) -> Vec<Choice> {
        let placement = self.placement.get();
        match asked {
            Asked::Assignee => {
                let all = self.colleagues.all();
                let choices =
                    assignees(&all, self.me(), placement.assignee, (desk::ME, desk::NOBODY), |agent| {
                        desk::available(self.colleagues.available(agent))
                    });
                found(&choices, typed)
            }
            Asked::Team => {
                let all = self.colleagues.teams();
                let words = (desk::MY_TEAM, desk::NO_TEAM);
                found(&teams(&all, self.me(), placement.team, words), typed)
            }
            Asked::Priority => found(&priorities(placement.priority, desk::priority), typed),
            Asked::Snooze => found(&times(self.standing.get().status), typed),
            Asked::Labels => {
                let in_use: Vec<Label> = self.feed.with(|view| {
                    let entries = view.iter().flat_map(|view| view.known.values());
                    entries.flat_map(|entry| entry.placement.labels.iter().cloned()).collect()
                });
                let all = labels(&placement.labels, &in_use, typed, desk::add_label);
                let typed = typed.trim().to_lowercase();
                all.into_iter().filter(|choice| choice.label.to_lowercase().contains(&typed)).collect()
            }
        }
    }
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

/// The dialog, and the word on what was done.
#[component]
pub(crate) fn HandleDialogs(handle: Handle) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let choices = Memo::new(move |_| {
        handle.asked.get().map(|asked| handle.choices(asked, &typed.get())).unwrap_or_default()
    });
    let done = Memo::new(move |_| handle.done.get().map(|done| done.text));
    view! {
        <ChooseDialog
            asked=handle.asked
            typed
            choices
            on_choose=Callback::new(move |(step, note): (Handling, String)| handle.step_with_note(step, &note))
        />
        <Toast text=done on_undo=Callback::new(move |()| {
            handle.undo();
        }) />
    }
}
