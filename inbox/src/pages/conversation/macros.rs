//! Running a macro: which one, what it will do here, and then all of it with one press.

use leptos::html::Button;
use leptos::prelude::*;
use protocol::http::canned::Canned;
use protocol::{CannedId, TeamId};

use super::assist::facts;
use super::handle::Handle;
use crate::browser::clock::now;
use crate::browser::focus::focus_element;
use crate::components::{Chooser, Icon, Modal, Shape};
use crate::model::choice::Choice;
use crate::model::macros::{AskedMacro, Outcome, Planned, Scene, found, plan};
use crate::model::page::{Page, Section};
use crate::state::canned::CannedBox;
use crate::state::feed::FeedState;
use crate::state::open::OpenConversation;
use crate::state::people::Colleagues;
use crate::state::workspace::Workspace;
use crate::words::{compose, desk, macros as words, team};

/// What a macro is run with.
#[derive(Clone, Copy)]
struct Running {
    open: OpenConversation,
    handle: Handle,
    feed: FeedState,
    colleagues: Colleagues,
    canned: CannedBox,
    /// The one that is asked about, as it is by now.
    one: Memo<Option<Canned>>,
}

/// The dialog.
#[component]
pub(super) fn MacroDialog(open: OpenConversation, handle: Handle) -> impl IntoView {
    let canned = expect_context::<CannedBox>();
    let asked = canned.macros;
    let one = Memo::new(move |_| match asked.get() {
        Some(AskedMacro::One(id)) => canned.known_macros()?.into_iter().find(|known| known.id == id),
        Some(AskedMacro::Which) | None => None,
    });
    let (feed, colleagues) = (expect_context(), expect_context());
    let running = Running { open, handle, feed, colleagues, canned, one };
    let is_asked = Memo::new(move |_| asked.with(Option::is_some));
    Effect::new(move || {
        if is_asked.get() {
            // Whoever runs one must see what it has come to do.
            canned.load();
        }
    });
    on_cleanup(move || {
        asked.try_set(None);
    });
    let typed = RwSignal::new(String::new());
    let close = Callback::new(move |()| {
        asked.set(None);
        typed.set(String::new());
    });
    let choose = Callback::new(move |id: CannedId| asked.set(Some(AskedMacro::One(id))));
    let title = move || {
        one.with(|one| one.as_ref().map_or_else(|| words::RUN.to_owned(), |one| one.shortcode.clone()))
    };
    view! {
        <Modal id="macro" shown=is_asked on_close=close title>
            {move || asked.get().map(|asked| match asked {
                AskedMacro::Which => view! { <Which canned typed on_choose=choose /> }.into_any(),
                AskedMacro::One(_) => view! { <Preview running on_done=close /> }.into_any(),
            })}
        </Modal>
    }
}

/// Which one is meant.
#[component]
fn Which(canned: CannedBox, typed: RwSignal<String>, on_choose: Callback<CannedId>) -> impl IntoView {
    let workspace = expect_context::<Workspace>().id;
    let all = Memo::new(move |_| canned.known_macros());
    let choices = Memo::new(move |_| {
        let all = all.get().unwrap_or_default();
        let choice = |one: &Canned| Choice {
            label: one.shortcode.clone(),
            hint: words::deeds(&one.steps),
            keys: "",
            chosen: false,
            asks: one.id,
        };
        typed.with(|typed| {
            found(typed, &all, |one| &one.shortcode).into_iter().map(choice).collect::<Vec<_>>()
        })
    });
    let nothing = move || all.with(|all| all.as_ref().is_some_and(Vec::is_empty));
    view! {
        <Chooser name=words::RUN field=words::FIND nothing=words::NONE is_many=false typed choices on_choose />
        {move || nothing().then(|| view! {
            <p class="macro__none"><a href=Page::Settings(workspace, Section::Macros).href()>{words::MAKE}</a></p>
        })}
    }
}

/// What one will do, step by step, and the button that does it.
#[component]
fn Preview(running: Running, on_done: Callback<()>) -> impl IntoView {
    let Running { handle, canned, one, .. } = running;
    let planned = Memo::new(move |_| one.with(|one| one.as_ref().map(|one| running.plan(one))));
    let is_any = Memo::new(move |_| {
        planned.with(|plan| plan.iter().flatten().any(|planned| matches!(planned.outcome, Outcome::Ask(..))))
    });
    let is_written = move || {
        planned.with(|plan| {
            let asked = plan.iter().flatten().filter(|planned| matches!(planned.outcome, Outcome::Ask(..)));
            let (mut written, mut undone) = (false, false);
            for planned in asked {
                match planned.outcome {
                    Outcome::Ask(_, None) => written = true,
                    _ => undone = true,
                }
            }
            written && undone
        })
    };
    let run = move |_| {
        let Some(one) = one.get_untracked().filter(|_| is_any.get_untracked()) else { return };
        // A span begins when it is run, however long the dialog was open.
        let plan = untrack(|| running.plan(&one));
        on_done.run(());
        handle.run(&one.shortcode, plan);
        canned.used(one.id);
    };
    let button = NodeRef::<Button>::new();
    button.on_load(|button| focus_element(&button));
    let instead = move || match (canned.known_macros().is_some(), one.with(Option::is_some)) {
        (_, true) if is_any.get() => None,
        (_, true) => Some(words::NOTHING),
        (true, false) => Some(words::NOT_THERE),
        (false, false) => Some(words::LOADING),
    };
    view! {
        <div class="macro">
            <ol class="macro__plan" aria-label=words::PLAN id="macro-plan">
                {move || planned.get().into_iter().flatten().map(|planned| line(running, &planned)).collect_view()}
            </ol>
            <p class="macro__note" role="status">{instead}</p>
            {move || is_written().then(|| view! { <p class="macro__note">{words::STAYS}</p> })}
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| on_done.run(())>{team::CANCEL}</button>
                <button
                    node_ref=button
                    type="button"
                    autofocus
                    class="button button--primary"
                    aria-describedby="macro-plan"
                    aria-disabled=move || (!is_any.get()).then_some("true")
                    on:click=run
                >
                    {words::GO}
                </button>
            </div>
        </div>
    }
}

fn line(running: Running, planned: &Planned) -> impl IntoView + use<> {
    let colleagues = running.colleagues;
    let what = words::with_what(
        &planned.step,
        desk::ME,
        |agent| colleagues.name(agent),
        |team| colleagues.team(team),
    );
    let note = match &planned.outcome {
        Outcome::Ask(..) => planned.unfilled().map(compose::unfilled),
        Outcome::AlreadySo => Some(words::SO_ALREADY.to_owned()),
        Outcome::Gone => Some(words::GONE.to_owned()),
        Outcome::Unsendable => Some(words::UNSENDABLE.to_owned()),
    };
    let is_left_out = !matches!(planned.outcome, Outcome::Ask(..));
    let is_warned = !matches!(planned.outcome, Outcome::AlreadySo);
    view! {
        <li class="macro__step" class:macro__step--out=is_left_out>
            <p>
                <strong>{words::deed(&planned.step)}</strong>
                {(!what.is_empty()).then(|| view! { " " <bdi>{what}</bdi> })}
            </p>
            {note.map(|note| view! {
                <p class="macro__aside" class:macro__aside--warns=is_warned>
                    {is_warned.then(|| view! { <Icon shape=Shape::Warning /> })}
                    <span>{note}</span>
                </p>
            })}
        </li>
    }
}

impl Running {
    /// What a macro comes to by now, tracked.
    fn plan(self, one: &Canned) -> Vec<Planned> {
        let (status, placement) = self.handle.stands();
        let people = self.colleagues.all();
        let teams: Vec<TeamId> = self.colleagues.teams().into_iter().map(|entry| entry.team.id).collect();
        let facts = facts(self.open, self.feed);
        let scene = Scene {
            me: self.handle.me(),
            now: now(),
            status,
            placement: &placement,
            facts: &facts,
            people: &people,
            teams: &teams,
        };
        plan(&one.steps, scene)
    }
}
