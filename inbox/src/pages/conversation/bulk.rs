//! What is done to all conversations that are selected in the list: the bar over it, the dialogs, how far it is, what could
//! not be done, and how the whole of it is taken back.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{AgentId, ClientMessageId, Handling, IndexEntry, Placement, Status, Step, WorkspaceId};

use super::choices::{Known, found_labels, labels_in_use};
use super::undoing::Undoing;
use crate::api::handling::take;
use crate::components::{ChooseDialog, Icon, Shape, Toast};
use crate::model::asked::{Asked, Choice};
use crate::model::round::{Round, labels_of, marked};
use crate::model::shortcut::Shortcut;
use crate::model::visitor_name::VisitorName;
use crate::pages::desk::DeskContext;
use crate::state::selection::Selected;
use crate::state::workspace::Workspace;
use crate::words::{self, bulk as bulk_words, desk, thread};

/// What handles those that are selected.
#[derive(Clone, Copy)]
struct Bulk {
    workspace: WorkspaceId,
    me: Option<AgentId>,
    desk: DeskContext,
    selected: Selected,
    known: Known,
    asked: RwSignal<Option<Asked>>,
    /// What is under way, or was not done to its end.
    round: RwSignal<Option<Round>>,
    /// What it does, in words; nothing if it takes something back.
    what: StoredValue<Option<String>>,
    is_running: RwSignal<bool>,
    undoing: Undoing<Round>,
    /// What is said in place of how many are selected, until that changes.
    aside: RwSignal<Option<String>>,
}

/// The bar, and what belongs to it.
#[component]
pub(crate) fn BulkBar() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let asked = RwSignal::new(None);
    let bulk = Bulk {
        workspace: workspace.id,
        me: workspace.view_untracked().map(|view| view.me.id),
        desk: expect_context(),
        selected: expect_context(),
        known: Known::of(asked),
        asked,
        round: RwSignal::new(None),
        what: StoredValue::new(None),
        is_running: RwSignal::new(false),
        undoing: Undoing::new(),
        aside: RwSignal::new(None),
    };
    bulk.selected.hear(move |shortcut| bulk.hear(shortcut));
    Effect::new(move |_| {
        bulk.selected.with(|_| ());
        bulk.aside.set(None);
    });
    let count = Memo::new(move |_| bulk.selected.with(|selection| selection.count()));
    let is_shown =
        Memo::new(move |_| bulk.is_running.get() || bulk.selected.with(|one| one.is_any() || one.is_picking));
    let is_any = Memo::new(move |_| count.get() > 0 && !bulk.is_running.get());
    let said = move || match bulk.round.get() {
        Some(round) if bulk.is_running.get() => bulk_words::progress(round.behind(), round.count()),
        _ => bulk.aside.get().unwrap_or_else(|| {
            if is_shown.get() { bulk_words::selected(count.get()) } else { String::new() }
        }),
    };
    let failed = Memo::new(move |_| {
        let round = bulk.round.get().filter(|_| !bulk.is_running.get());
        round.map(|round| round.failed()).unwrap_or_default()
    });
    let done = Memo::new(move |_| bulk.undoing.text());
    view! {
        <section class="bulk" class:bulk--shown=move || is_shown.get() aria-label=bulk_words::NAME>
            <div class="bulk__head">
                <p class="bulk__count" role="status">{said}</p>
                <Show when=move || is_shown.get()>
                    <button
                        type="button"
                        class="button button--small button--quiet"
                        aria-keyshortcuts="Shift+A"
                        on:click=move |_| bulk.desk.select_all()
                    >
                        {bulk_words::ALL}
                    </button>
                    <button
                        type="button"
                        class="icon-button bulk__clear"
                        aria-label=bulk_words::CLEAR
                        aria-keyshortcuts="Escape"
                        on:click=move |_| bulk.clear()
                    >
                        <Icon shape=Shape::Close />
                    </button>
                </Show>
            </div>
            <Show when=move || is_any.get()><Deeds bulk /></Show>
            <Show when=move || failed.with(|failed| !failed.is_empty())>
                <div class="bulk__failed" role="alert">
                    <p>{move || failed.with(|failed| bulk_words::failed(failed.len()))}</p>
                    <ul class="bulk__names">
                        {move || failed.get().into_iter().map(|(name, why)| view! {
                            <li><bdi>{name}</bdi>": "{why.map_or(words::OFFLINE, words::code_words)}</li>
                        }).collect_view()}
                    </ul>
                    <div class="bulk__deeds">
                        <button type="button" class="button button--small button--primary" on:click=move |_| bulk.again()>
                            {words::TRY_AGAIN}
                        </button>
                        <button type="button" class="button button--small" on:click=move |_| bulk.round.set(None)>
                            {bulk_words::DISMISS}
                        </button>
                    </div>
                </div>
            </Show>
        </section>
        <BulkDialog bulk />
        <Toast text=done on_undo=Callback::new(move |()| {
            bulk.undo();
        }) />
    }
}

/// What can be done to them.
#[component]
fn Deeds(bulk: Bulk) -> impl IntoView {
    let stands = Memo::new(move |_| {
        let stands = bulk.entries().into_iter().map(|entry| entry.status).collect::<Vec<_>>();
        (
            stands.iter().any(|status| *status != Status::Resolved),
            stands.iter().any(|status| *status != Status::Open),
        )
    });
    let has_teams = Memo::new(move |_| !bulk.known.colleagues.teams().is_empty());
    let deed = move |name: &'static str, keys: &'static str, shortcut: Shortcut, is_asked: bool| {
        view! {
            <button
                type="button"
                class="button button--small"
                aria-keyshortcuts=keys
                aria-haspopup=is_asked.then_some("dialog")
                on:click=move |_| {
                    bulk.hear(shortcut);
                }
            >
                {name}
            </button>
        }
    };
    view! {
        <div class="bulk__deeds">
            {move || stands.get().0.then(|| deed(thread::RESOLVE, "e", Shortcut::Resolve, false))}
            {move || stands.get().1.then(|| deed(thread::REOPEN, "Shift+E", Shortcut::Reopen, false))}
            {deed(bulk_words::ASSIGN, "a", Shortcut::Assign, true)}
            {move || has_teams.get().then(|| deed(desk::TEAM, "t", Shortcut::HandTo, true))}
            {deed(desk::asks(Asked::Snooze), "h", Shortcut::Snooze, true)}
            {deed(desk::PRIORITY, "p", Shortcut::Prioritize, true)}
            {deed(desk::LABELS, "l", Shortcut::Label, true)}
        </div>
    }
}

#[component]
fn BulkDialog(bulk: Bulk) -> impl IntoView {
    let typed = RwSignal::new(String::new());
    let choices = Memo::new(move |_| {
        let asked = bulk.asked.get();
        asked.map(|asked| typed.with(|typed| bulk.choices(asked, typed))).unwrap_or_default()
    });
    view! {
        <ChooseDialog
            id="choose-many"
            has_note=false
            asked=bulk.asked
            typed
            choices
            on_choose=Callback::new(move |(step, _): (Handling, String)| bulk.step(step))
        />
    }
}

impl Bulk {
    /// The selected conversations as they are known, tracked.
    fn entries(self) -> Vec<IndexEntry> {
        self.selected.with(|selection| {
            self.known.feed.with(|view| {
                let known = view.map(|view| &view.known);
                selection.all().iter().filter_map(|id| known?.get(id).cloned()).collect()
            })
        })
    }

    fn choices(self, asked: Asked, typed: &str) -> Vec<Choice> {
        let entries = self.entries();
        if asked != Asked::Labels {
            let is_open = entries.iter().all(|entry| entry.status == Status::Open);
            let status = if is_open { Status::Open } else { Status::Pending };
            let stands = (status, &Placement::default());
            return marked(self.known.choices(asked, typed, self.me, stands), &entries);
        }
        let (all, some) = labels_of(&entries);
        let in_use = [some.clone(), labels_in_use(self.known.feed)].concat();
        let removals = some.into_iter().map(|label| Choice {
            label: desk::remove_label(label.as_str()),
            hint: String::new(),
            keys: "",
            chosen: false,
            asks: Handling::Unlabel(label),
        });
        let typed_in_small = typed.trim().to_lowercase();
        let removals = removals.filter(|choice| choice.label.to_lowercase().contains(&typed_in_small));
        let mut choices = found_labels(&all, &in_use, typed);
        // What was typed as a new one stays the last.
        let is_new = choices.last().is_some_and(|last| last.label == desk::add_label(typed.trim()));
        let at = choices.len().saturating_sub(usize::from(is_new));
        choices.splice(at..at, removals);
        choices
    }

    /// Does what a key or a button asks for; says whether it was about those that are selected.
    fn hear(self, shortcut: Shortcut) -> bool {
        if shortcut == Shortcut::Undo {
            return self.undo();
        }
        if !self.selected.with(|selection| selection.is_any()) {
            return false;
        }
        match shortcut {
            Shortcut::Resolve => self.act(&Step::Resolve, thread::RESOLVED.to_owned()),
            Shortcut::Reopen => self.step(Handling::Open),
            Shortcut::AssignToMe => self.step(Handling::Assign { to: self.me }),
            Shortcut::Assign => self.ask(Asked::Assignee),
            Shortcut::HandTo => self.ask(Asked::Team),
            Shortcut::Snooze => self.ask(Asked::Snooze),
            Shortcut::Label => self.ask(Asked::Labels),
            Shortcut::Prioritize => self.ask(Asked::Priority),
            _ => return false,
        }
        true
    }

    fn ask(self, asked: Asked) {
        if !self.is_running.get_untracked() {
            self.asked.set(Some(asked));
        }
    }

    fn step(self, step: Handling) {
        let text = self.known.done(&step);
        self.act(&Step::Handle(step), text);
    }

    fn act(self, step: &Step, what: String) {
        if self.is_running.get_untracked() {
            return;
        }
        let name = |entry: &IndexEntry| {
            words::visitor_in_words(&VisitorName::of(entry.visitor, entry.identity.as_ref()))
        };
        let round = Round::of(step, &untrack(|| self.entries()), name, new_id);
        if round.count() == 0 {
            self.aside.set(Some(bulk_words::NOTHING.to_owned()));
            return;
        }
        self.begin(round, Some(what));
    }

    /// Takes back what was done last to all of them; says whether there was anything.
    fn undo(self) -> bool {
        if self.is_running.get_untracked() {
            return false;
        }
        let Some(done) = self.undoing.take() else { return false };
        self.begin(done.taken_back(new_id), None);
        true
    }

    fn again(self) {
        self.round.update(|round| {
            if let Some(round) = round {
                round.again();
            }
        });
        self.run();
    }

    fn clear(self) {
        self.selected.update(|selection| selection.clear());
        self.desk.focus_list();
    }

    fn begin(self, round: Round, what: Option<String>) {
        self.round.set(Some(round));
        self.what.set_value(what);
        self.run();
    }

    fn run(self) {
        self.is_running.set(true);
        spawn_local(async move {
            loop {
                let next = self.round.try_with_untracked(|round| round.as_ref().map(Round::next));
                let Some(asked) = next.flatten().filter(|asked| !asked.is_empty()) else { break };
                let answer = take(self.workspace, asked.clone()).await;
                self.round.try_update(|round| {
                    let Some(round) = round else { return };
                    match answer {
                        Ok(answer) => round.answered(&asked, |index| match answer.refused.get(index) {
                            Some(None) => None,
                            Some(Some(problem)) => Some(Some(problem.code)),
                            None => Some(None),
                        }),
                        Err(failure) => round.stop(failure.code()),
                    }
                });
            }
            // The page may have gone meanwhile.
            if self.is_running.try_set(false).is_none() {
                self.finish();
            }
        });
    }

    /// Says what came of it. What was done can be taken back even if not all of it was.
    fn finish(self) {
        let Some(round) = self.round.get_untracked() else { return };
        let (done, is_whole) = (round.done(), round.failed().is_empty());
        match self.what.get_value() {
            Some(what) if done > 0 => self.undoing.offer(bulk_words::done(&what, done), Some(round)),
            None if done > 0 => self.aside.set(Some(bulk_words::taken_back(done))),
            Some(_) | None => {}
        }
        if is_whole {
            self.round.set(None);
        }
        self.desk.focus_list_if_lost();
    }
}

fn new_id() -> ClientMessageId {
    ClientMessageId::from_bytes(sync_web::entropy().first_chunk().copied().unwrap_or_default())
}
