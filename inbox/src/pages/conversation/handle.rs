//! Handling a conversation: the dialogs, what follows from them, and how it is taken back.

use leptos::prelude::*;
use protocol::{AgentCommand, AgentId, Author, Handling, Placement, Status, Step};
use sync::Input;

use super::choices::Known;
use super::undoing::Undoing;
use crate::components::{ChooseDialog, Toast};
use crate::model::asked::Asked;
use crate::model::macros::{Outcome, Planned, taken_back, that_matter};
use crate::model::standing::{Standing, placement_of};
use crate::state::open::OpenConversation;
use crate::words::macros;

/// What handles one conversation.
#[derive(Clone, Copy)]
pub(crate) struct Handle {
    open: OpenConversation,
    known: Known,
    standing: Memo<Standing>,
    /// Where it lies with the team, as the person knows it.
    pub(crate) placement: Memo<Placement>,
    /// What is asked in a dialog.
    pub(crate) asked: RwSignal<Option<Asked>>,
    undoing: Undoing<Vec<Step>>,
}

impl Handle {
    /// For the conversation on screen.
    pub(crate) fn new(open: OpenConversation, standing: Memo<Standing>) -> Self {
        let placement = open.memo(|view| {
            let status = Standing::of(view.status, &view.items).status;
            placement_of(&view.presence.placement, status, &view.items)
        });
        let asked = RwSignal::new(None);
        Self { open, known: Known::of(asked), standing, placement, asked, undoing: Undoing::new() }
    }

    /// Takes one step of handling.
    pub(crate) fn step(self, step: Handling) {
        let text = self.known.done(&step);
        self.act(Step::Handle(step), text);
    }

    /// Takes one step, with a word on it to the others if there is one.
    fn step_with_note(self, step: Handling, note: &str) {
        let text = note.trim();
        if !text.is_empty() {
            self.open.dispatch(Input::Submit(AgentCommand::Note { text: text.to_owned() }));
        }
        self.step(step);
    }

    /// Does something, and offers to take it back.
    pub(crate) fn act(self, step: Step, text: String) {
        let status = self.standing.get_untracked().status;
        let back = self.placement.with_untracked(|before| step.taken_back(status, before));
        self.open.dispatch(Input::Submit(step.into()));
        self.undoing.offer(text, back.map(|back| vec![back]));
    }

    /// Does what a macro does, and offers to take back what can be.
    pub(super) fn run(self, name: &str, plan: Vec<Planned>) {
        let back = taken_back(&plan);
        for planned in plan {
            if let Outcome::Ask(command, _) = planned.outcome {
                self.open.dispatch(Input::Submit(command));
            }
        }
        self.undoing.offer(macros::done(name), (!back.is_empty()).then_some(back));
    }

    /// Takes back what was done last, as far as it is still so; says whether there was anything.
    pub(crate) fn undo(self) -> bool {
        let Some(back) = self.undoing.take() else { return false };
        let (status, placement) = (self.standing.get_untracked().status, self.placement.get_untracked());
        for step in that_matter(back, status, placement) {
            self.open.dispatch(Input::Submit(step.into()));
        }
        true
    }

    /// Where the conversation stands and lies, as the person knows it, tracked.
    pub(super) fn stands(self) -> (Status, Placement) {
        (self.standing.get().status, self.placement.get())
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
}

/// The dialog, and the word on what was done.
#[component]
pub(crate) fn HandleDialogs(handle: Handle) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let choices = Memo::new(move |_| {
        let asked = handle.asked.get();
        let choices = asked.map(|asked| {
            let placement = handle.placement.get();
            let stands = (handle.standing.get().status, &placement);
            typed.with(|typed| handle.known.choices(asked, typed, handle.me(), stands))
        });
        choices.unwrap_or_default()
    });
    let done = Memo::new(move |_| handle.undoing.text());
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
