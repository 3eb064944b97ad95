//! Makes a macro, or changes one: its name, and its steps in their order.

use leptos::prelude::*;
use protocol::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use protocol::{Code, WorkspaceId};
use web_sys::SubmitEvent;

use super::canned::Editing;
use crate::api::canned as api;
use crate::browser::focus::focus_later;
use crate::components::{Fault, Icon, Kind as FieldKind, Problem, Shape, Submit, TextField};
use crate::model::look::{chosen, options, place_of};
use crate::model::macro_form::{Kind, TypedStep, read};
use crate::model::questions::moved;
use crate::model::slash::{ME, NO_TEAM, NOBODY};
use crate::state::form::{Blame, Check, Form};
use crate::state::loaded::Loaded;
use crate::state::people::Colleagues;
use crate::words::{canned, desk, macros as words, team};

const NAME: &str = "macro-name";
const STEPS: &str = "macro-steps";
const BLAME: &[Blame] = &[
    (Code::Taken, NAME, words::TAKEN),
    (Code::BadField, NAME, words::BAD),
    (Code::TooLarge, STEPS, words::TOO_LARGE),
];

/// A step with its fields.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    id: u32,
    typed: RwSignal<TypedStep>,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    form: Form,
    rows: RwSignal<Vec<Row>>,
    /// Names what is added.
    next: StoredValue<u32>,
    /// The step at fault.
    at_fault: RwSignal<Option<u32>>,
}

impl Typed {
    fn new(known: &[TypedStep]) -> Self {
        let (rows, next) = (RwSignal::new(Vec::new()), StoredValue::new(0));
        let typed = Self { form: Form::new(), rows, next, at_fault: RwSignal::new(None) };
        for step in known {
            typed.push(step.clone());
        }
        typed
    }

    fn push(self, step: TypedStep) -> u32 {
        let id = self.next.with_value(|next| next.saturating_add(1));
        self.next.set_value(id);
        self.rows.update(|rows| rows.push(Row { id, typed: RwSignal::new(step) }));
        id
    }

    fn touch(self) {
        self.form.touch(STEPS);
        self.at_fault.set(None);
    }

    fn add(self) {
        self.touch();
        focus_later(kind_of(self.push(TypedStep::default())));
    }

    /// Removes a step; the keyboard goes to the one in its place, or to the button that adds one.
    fn remove(self, row: Row) {
        self.touch();
        let place = self.place(row).unwrap_or_default();
        self.rows.update(|rows| rows.retain(|other| *other != row));
        let beside = self.rows.with_untracked(|rows| rows.get(place).or_else(|| rows.last()).copied());
        focus_later(beside.map_or_else(|| ADD.to_owned(), |row| kind_of(row.id)));
    }

    /// Moves a step; the keyboard stays at the button that did it.
    fn shift(self, row: Row, is_up: bool) {
        self.touch();
        if let Some(place) = self.place(row) {
            self.rows.update(|rows| {
                moved(rows, place, is_up);
            });
        }
        focus_later(button_of(row.id, if is_up { "up" } else { "down" }));
    }

    fn place(self, row: Row) -> Option<usize> {
        self.rows.with_untracked(|rows| rows.iter().position(|other| *other == row))
    }
}

const ADD: &str = "macro-add";

/// The form, in a dialog.
#[component]
pub(super) fn MacroEditor(
    workspace: WorkspaceId,
    list: Loaded<CannedList>,
    editing: RwSignal<Option<Editing>>,
    response: Editing,
    /// Where it is said that it was saved.
    said: Form,
) -> impl IntoView {
    let (known, is_shared) = match response {
        Editing::New { is_shared } => (None, is_shared),
        Editing::Known(one) => {
            let is_shared = one.is_shared;
            (Some(one), is_shared)
        }
    };
    let id = known.as_ref().map(|one| one.id);
    let steps = known.as_ref().map_or_else(
        || vec![TypedStep::default()],
        |one| one.steps.iter().map(TypedStep::of).collect::<Vec<_>>(),
    );
    let name = RwSignal::new(known.map(|one| one.shortcode).unwrap_or_default());
    let typed = Typed::new(&steps);
    let form = typed.form;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let shortcode = name.get_untracked().trim().to_owned();
        let rows = typed.rows.get_untracked();
        let filled: Vec<_> = rows.iter().map(|row| row.typed.get_untracked()).collect();
        let mut check = Check::default();
        if shortcode.is_empty() {
            check.blame(NAME, words::BAD);
        }
        let steps = match read(&filled) {
            Ok(steps) => steps,
            Err((place, wrong)) => {
                typed.at_fault.set(rows.get(place).map(|row| row.id));
                check.blame(STEPS, wrong);
                Vec::new()
            }
        };
        let is_named = !shortcode.is_empty();
        if !form.passes(check) {
            if let Some(id) = typed.at_fault.get_untracked().filter(|_| is_named) {
                focus_later(kind_of(id));
            }
            return;
        }
        let request = async move {
            let text = String::new();
            match id {
                Some(id) => api::change(workspace, id, CannedText { shortcode, text, steps }).await,
                None => api::make(workspace, CannedDraft { shortcode, text, is_shared, steps }).await,
            }
        };
        form.send(request, BLAME, move |one: Canned| {
            list.update(|list| {
                list.responses.retain(|known| known.id != one.id);
                list.responses.push(one);
                list.responses.sort_by(|one, other| one.shortcode.cmp(&other.shortcode));
            });
            editing.set(None);
            said.say(team::SAVED);
        });
    };
    view! {
        <form class="form macro-editor" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=words::NAME kind=FieldKind::NAME value=name hint=words::NAME_HINT autofocus=true />
            <div class="field" id=STEPS tabindex="-1" role="group" aria-label=words::STEPS>
                <p class="field__name">{words::STEPS}</p>
                <ol class="macro-steps">
                    <For each=move || typed.rows.get() key=|row| row.id let:row><Step typed row /></For>
                </ol>
                <Fault form id=STEPS />
                <button type="button" class="button" id=ADD on:click=move |_| typed.add()>
                    <Icon shape=Shape::Plus />
                    {words::ADD}
                </button>
            </div>
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| editing.set(None)>{team::CANCEL}</button>
                <Submit form label=team::SAVE busy=team::SAVING />
            </div>
        </form>
    }
}

#[component]
fn Step(typed: Typed, row: Row) -> impl IntoView {
    let place = Memo::new(move |_| {
        typed.rows.with(|rows| rows.iter().position(|other| *other == row)).unwrap_or_default()
    });
    let is_first = Memo::new(move |_| place.get() == 0);
    let is_last = Memo::new(move |_| typed.rows.with(Vec::len) == place.get().saturating_add(1));
    let kind = Memo::new(move |_| row.typed.with(|step| step.kind));
    let is_wrong = move || (typed.at_fault.get() == Some(row.id)).then_some("true");
    let named = move |what: &'static str| move || words::of_step(what, place.get());
    let button = move |name: &'static str, shape, label: &'static str, is_off: Signal<bool>| {
        view! {
            <button
                type="button"
                class="icon-button"
                id=button_of(row.id, name)
                aria-label=named(label)
                aria-disabled=move || is_off.get().then_some("true")
                on:click=move |_| match name {
                    "up" => typed.shift(row, true),
                    "down" => typed.shift(row, false),
                    _ => typed.remove(row),
                }
            >
                <Icon shape />
            </button>
        }
    };
    view! {
        <li class="macro-step">
            <div class="macro-step__head">
                <select
                    id=kind_of(row.id)
                    class="macro-step__kind"
                    aria-label=named(words::KIND)
                    aria-invalid=is_wrong
                    on:change:target=move |event| {
                        typed.touch();
                        row.typed.update(|step| step.kind = chosen(&words::KINDS, &event.target().value()));
                    }
                >
                    {chosen_of(options(&words::KINDS), place_of(&words::KINDS, &kind.get_untracked()))}
                </select>
                <div class="question__buttons">
                    {button("up", Shape::Up, words::UP, is_first.into())}
                    {button("down", Shape::Down, words::DOWN, is_last.into())}
                    {button("remove", Shape::Close, canned::REMOVE, Signal::derive(|| false))}
                </div>
            </div>
            {move || fields(typed, row, place, kind.get())}
        </li>
    }
}

/// What a step of a kind takes.
fn fields(typed: Typed, row: Row, place: Memo<usize>, kind: Kind) -> AnyView {
    match kind {
        Kind::Say | Kind::Note => text(typed, row, place).into_any(),
        Kind::Label | Kind::Unlabel => line(typed, row, place, words::LABEL, Part::Text).into_any(),
        Kind::Assign => whom(typed, row, place).into_any(),
        Kind::Team => which_team(typed, row, place).into_any(),
        Kind::Priority => {
            choice(typed, row, place, desk::PRIORITY, options(&words::PRIORITIES), Part::Priority).into_any()
        }
        Kind::Snooze => view! {
            <div class="macro-step__span">
                {line(typed, row, place, words::COUNT, Part::Count)}
                {choice(typed, row, place, words::UNIT, options(&words::UNITS), Part::Unit)}
            </div>
        }
        .into_any(),
        Kind::Wait | Kind::Open | Kind::Resolve => ().into_any(),
    }
}

/// A field of a step.
#[derive(Clone, Copy)]
enum Part {
    Text,
    Whom,
    Team,
    Priority,
    Count,
    Unit,
}

impl Part {
    const fn of(self, step: &mut TypedStep) -> &mut String {
        match self {
            Self::Text => &mut step.text,
            Self::Whom => &mut step.whom,
            Self::Team => &mut step.team,
            Self::Priority => &mut step.priority,
            Self::Count => &mut step.count,
            Self::Unit => &mut step.unit,
        }
    }

    fn read(self, row: Row) -> String {
        row.typed.with_untracked(|step| self.of(&mut step.clone()).clone())
    }

    fn write(self, typed: Typed, row: Row, value: String) {
        typed.touch();
        row.typed.update(|step| *self.of(step) = value);
    }
}

fn text(typed: Typed, row: Row, place: Memo<usize>) -> impl IntoView {
    let hint = format!("macro-step-{}-hint", row.id);
    view! {
        <textarea
            rows="3"
            dir="auto"
            aria-label=move || words::of_step(words::TEXT, place.get())
            aria-describedby=hint.clone()
            prop:value=Part::Text.read(row)
            on:input:target=move |event| Part::Text.write(typed, row, event.target().value())
        ></textarea>
        <p class="field__hint" id=hint>{canned::TEXT_HINT}</p>
    }
}

fn line(typed: Typed, row: Row, place: Memo<usize>, name: &'static str, part: Part) -> impl IntoView {
    let is_number = matches!(part, Part::Count);
    view! {
        <input
            type="text"
            inputmode=is_number.then_some("numeric")
            autocomplete="off"
            dir="auto"
            placeholder=(!is_number).then_some(name)
            aria-label=move || words::of_step(name, place.get())
            prop:value=part.read(row)
            on:input:target=move |event| part.write(typed, row, event.target().value())
        />
    }
}

fn choice(
    typed: Typed,
    row: Row,
    place: Memo<usize>,
    name: &'static str,
    options: Vec<(String, String)>,
    part: Part,
) -> impl IntoView {
    view! {
        <select
            aria-label=move || words::of_step(name, place.get())
            on:change:target=move |event| part.write(typed, row, event.target().value())
        >
            {chosen_of(options, part.read(row))}
        </select>
    }
}

fn chosen_of(options: Vec<(String, String)>, chosen: String) -> impl IntoView {
    let option = move |(value, name): (String, String)| {
        let is_chosen = value == chosen;
        view! { <option value=value selected=is_chosen>{name}</option> }
    };
    options.into_iter().map(option).collect_view()
}

/// Everybody, and whoever runs it; also who has left, if the step names them.
fn whom(typed: Typed, row: Row, place: Memo<usize>) -> impl IntoView {
    let known = use_context::<Colleagues>();
    move || {
        let people = known.map(Colleagues::all).unwrap_or_default();
        let mut all = vec![(ME.to_owned(), words::WHOEVER.to_owned())];
        all.extend(people.into_iter().map(|person| (person.id.to_string(), person.name)));
        all.push((NOBODY.to_owned(), desk::NOBODY.to_owned()));
        with_gone(typed, row, place, words::WHOM, all, words::LEFT, Part::Whom)
    }
}

/// Every team, and none; also one that was removed, if the step names it.
fn which_team(typed: Typed, row: Row, place: Memo<usize>) -> impl IntoView {
    let known = use_context::<Colleagues>();
    move || {
        let teams = known.map(Colleagues::teams).unwrap_or_default();
        let mut all = Vec::new();
        if Part::Team.read(row).is_empty() {
            all.push((String::new(), words::CHOOSE.to_owned()));
        }
        all.extend(teams.into_iter().map(|entry| (entry.team.id.to_string(), entry.team.name)));
        all.push((NO_TEAM.to_owned(), desk::NO_TEAM.to_owned()));
        with_gone(typed, row, place, words::TEAM, all, words::REMOVED, Part::Team)
    }
}

fn with_gone(
    typed: Typed,
    row: Row,
    place: Memo<usize>,
    name: &'static str,
    mut all: Vec<(String, String)>,
    gone: &'static str,
    part: Part,
) -> impl IntoView {
    let value = part.read(row);
    let is_gone = !all.iter().any(|(known, _)| *known == value);
    if is_gone {
        all.push((value.clone(), gone.to_owned()));
    }
    let still = Memo::new(move |_| row.typed.with(|step| *part.of(&mut step.clone()) == value));
    view! {
        {choice(typed, row, place, name, all, part)}
        {move || (is_gone && still.get()).then(|| view! {
            <p class="macro__aside macro__aside--warns"><Icon shape=Shape::Warning /><span>{words::LEFT_NOTE}</span></p>
        })}
    }
}

fn kind_of(id: u32) -> String {
    format!("macro-step-{id}")
}

fn button_of(id: u32, name: &str) -> String {
    format!("macro-step-{id}-{name}")
}
