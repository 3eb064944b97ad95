//! Makes a filter, or changes one: its name, and its conditions in their groups, with how many conversations fit.

use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::civil::CivilDay;
use protocol::http::filter::{Filter, FilterDraft, FilterText};
use protocol::{
    Code, FilterGroup, FilterId, FilterRule, Join, ListView, Permission, Shelf, Timestamp, WorkspaceId,
};
use web_sys::SubmitEvent;

use crate::api::filters as api;
use crate::browser::focus::focus_later;
use crate::browser::intl;
use crate::components::{
    Failed, Fault, Icon, Kind as FieldKind, Problem, Shape, Skeleton, Submit, TextField,
};
use crate::model::filter_form::{Kind, MY_TEAMS, TypedCondition};
use crate::model::look::{chosen, options, place_of};
use crate::model::slash::{ME, NO_TEAM, NOBODY};
use crate::pages::conversation::{Edited, EditingFilter};
use crate::pages::desk::DeskContext;
use crate::state::feed::FeedState;
use crate::state::form::{Blame, Check, Form};
use crate::state::people::Colleagues;
use crate::state::workspace::Workspace;
use crate::words::{canned, desk, filters as words, macros, team, unanswered};

const NAME: &str = "filter-name";
const CONDITIONS: &str = "filter-conditions";
const ADD_GROUP: &str = "filter-add-group";
const BLAME: &[Blame] = &[
    (Code::Taken, NAME, words::TAKEN),
    (Code::BadField, NAME, words::BAD_NAME),
    (Code::TooLarge, CONDITIONS, words::FULL),
];

/// Milliseconds without a change after which it is asked how many fit.
const PAUSE: core::time::Duration = core::time::Duration::from_millis(300);

/// A condition with its fields.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Row {
    id: u32,
    typed: RwSignal<TypedCondition>,
}

/// A group with its conditions.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Group {
    id: u32,
    join: RwSignal<Join>,
    rows: RwSignal<Vec<Row>>,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    form: Form,
    join: RwSignal<Join>,
    groups: RwSignal<Vec<Group>>,
    /// Names what is added.
    next: StoredValue<u32>,
}

impl Typed {
    fn new(known: Option<&FilterRule>) -> Self {
        let join = RwSignal::new(known.map(|rule| rule.join).unwrap_or_default());
        let (groups, next) = (RwSignal::new(Vec::new()), StoredValue::new(0));
        let typed = Self { form: Form::new(), join, groups, next };
        match known {
            Some(rule) => {
                for group in &rule.groups {
                    let conditions = group.conditions.iter().map(|one| TypedCondition::of(one, day_of));
                    typed.push(group.join, conditions.collect());
                }
            }
            None => drop(typed.push(Join::All, vec![TypedCondition::default()])),
        }
        typed
    }

    fn name(self) -> u32 {
        let id = self.next.with_value(|next| next.saturating_add(1));
        self.next.set_value(id);
        id
    }

    fn push(self, join: Join, conditions: Vec<TypedCondition>) -> Option<u32> {
        let rows = conditions.into_iter().map(|typed| Row { id: self.name(), typed: RwSignal::new(typed) });
        let rows: Vec<_> = rows.collect();
        let first = rows.first().map(|row| row.id);
        let group = Group { id: self.name(), join: RwSignal::new(join), rows: RwSignal::new(rows) };
        self.groups.update(|groups| groups.push(group));
        first
    }

    fn touch(self) {
        self.form.touch(CONDITIONS);
    }

    fn add(self, group: Group) {
        self.touch();
        let row = Row { id: self.name(), typed: RwSignal::new(TypedCondition::default()) };
        group.rows.update(|rows| rows.push(row));
        focus_later(kind_of(row.id));
    }

    fn add_group(self) {
        self.touch();
        if let Some(first) = self.push(Join::All, vec![TypedCondition::default()]) {
            focus_later(kind_of(first));
        }
    }

    /// Removes a condition, and its group with the last; the keyboard goes to the one in its place.
    fn remove(self, group: Group, row: Row) {
        self.touch();
        let place = group.rows.with_untracked(|rows| rows.iter().position(|other| *other == row));
        group.rows.update(|rows| rows.retain(|other| *other != row));
        let beside = group.rows.with_untracked(|rows| rows.get(place?).or_else(|| rows.last()).copied());
        if beside.is_none() {
            self.groups.update(|groups| groups.retain(|other| *other != group));
        }
        focus_later(beside.map_or_else(|| ADD_GROUP.to_owned(), |row| kind_of(row.id)));
    }

    /// What is asked for, tracked, or which condition asks for nothing and why.
    fn rule(self) -> Result<FilterRule, (Option<u32>, &'static str)> {
        let mut groups = Vec::new();
        for group in self.groups.get() {
            let mut conditions = Vec::new();
            for row in group.rows.get() {
                let condition = row.typed.with(|typed| typed.read(midnight));
                conditions.push(condition.map_err(|wrong| (Some(row.id), wrong))?);
            }
            groups.push(FilterGroup { join: group.join.get(), conditions });
        }
        if groups.is_empty() {
            return Err((None, words::INCOMPLETE));
        }
        Ok(FilterRule { join: self.join.get(), groups })
    }
}

/// How many fit, as far as that is known.
#[derive(Clone, PartialEq, Eq)]
enum Fits {
    Incomplete,
    Asking,
    So(u32),
    Unknown(String),
}

/// The form, in a dialog; one that is known is read first.
#[component]
pub(crate) fn FilterEditor() -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let EditingFilter(editing) = expect_context();
    let read = RwSignal::new(None);
    let ask = move || {
        read.set(None);
        match editing.get_untracked() {
            None => {}
            Some(Edited::New) => read.set(Some(Ok(None))),
            Some(Edited::Known(id)) => spawn_local(async move {
                let found = api::list(workspace.id).await;
                let found = found.map(|list| list.filters.into_iter().find(|filter| filter.id == id));
                read.try_set(Some(found));
            }),
        }
    };
    ask();
    move || match read.get() {
        None => view! { <Skeleton /> }.into_any(),
        Some(Err(failure)) => view! { <Failed failure on_retry=Callback::new(move |()| ask()) /> }.into_any(),
        Some(Ok(known)) if known.is_none() && editing.get_untracked() != Some(Edited::New) => {
            view! { <p role="status">{words::GONE}</p> }.into_any()
        }
        Some(Ok(known)) => view! { <EditorForm known /> }.into_any(),
    }
}

#[component]
fn EditorForm(known: Option<Filter>) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let desk = expect_context::<DeskContext>();
    let EditingFilter(editing) = expect_context();
    let id = known.as_ref().map(|known| known.id);
    let typed = Typed::new(known.as_ref().map(|known| &known.rule));
    let form = typed.form;
    let called = known.as_ref().map(|known| known.name.clone()).unwrap_or_default();
    let name = RwSignal::new(called.clone());
    let is_shared = RwSignal::new(known.as_ref().is_some_and(|known| known.is_shared));
    let may_share = workspace.may(Permission::ManageCanned);
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let name = name.get_untracked().trim().to_owned();
        let mut check = Check::default();
        if name.is_empty() {
            check.blame(NAME, words::BAD_NAME);
        }
        let rule = untrack(|| typed.rule());
        let at_fault = match &rule {
            Ok(_) => None,
            Err((row, wrong)) => {
                check.blame(CONDITIONS, *wrong);
                *row
            }
        };
        let is_named = !name.is_empty();
        if !form.passes(check) {
            if let Some(row) = at_fault.filter(|_| is_named) {
                focus_later(kind_of(row));
            }
            return;
        }
        let Ok(rule) = rule else { return };
        let is_shared = is_shared.get_untracked();
        let request = async move {
            match id {
                Some(id) => api::change(workspace.id, id, FilterText { name, rule }).await,
                None => api::make(workspace.id, FilterDraft { name, rule, is_shared }).await,
            }
        };
        form.send(request, BLAME, move |kept: Filter| {
            editing.set(None);
            desk.view.show(ListView { shelf: Shelf::Filter(kept.id), site: None });
        });
    };
    let is_one = Memo::new(move |_| typed.groups.with(Vec::len) < 2);
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=words::NAME kind=FieldKind::NAME value=name autofocus=true />
            {match id {
                None => may_share.then(|| view! {
                    <label class="switch">
                        <input
                            type="checkbox"
                            prop:checked=is_shared
                            on:change:target=move |event| is_shared.set(event.target().checked())
                        />
                        <span>{words::SHARED}</span>
                    </label>
                }).into_any(),
                Some(_) => is_shared.get_untracked().then(|| view! {
                    <p class="field__hint">{words::FOR_ALL}</p>
                }).into_any(),
            }}
            <div class="field" id=CONDITIONS tabindex="-1" role="group" aria-label=words::CONDITIONS>
                {move || (!is_one.get()).then(|| {
                    join(typed, typed.join, words::WHOLE, &words::WHOLE_JOINS, "filter-whole".to_owned())
                })}
                <For each=move || typed.groups.get() key=|group| group.id let:group>
                    <GroupFields typed group />
                </For>
                <Fault form id=CONDITIONS />
                <button type="button" class="button" id=ADD_GROUP on:click=move |_| typed.add_group()>
                    <Icon shape=Shape::Plus />
                    {words::ADD_GROUP}
                </button>
            </div>
            <FitCount workspace=workspace.id typed />
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| editing.set(None)>{team::CANCEL}</button>
                <Submit form label=team::SAVE busy=team::SAVING />
            </div>
        </form>
        {id.map(|id| view! { <Removal id called form /> })}
    }
}

/// How many fit, asked anew a moment after the last change.
#[component]
fn FitCount(workspace: WorkspaceId, typed: Typed) -> impl IntoView {
    let fits = RwSignal::new(Fits::Asking);
    let asked = StoredValue::new(0_u32);
    let rule = Memo::new(move |_| typed.rule().ok());
    Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
        if let Some(timer) = waiting.flatten() {
            timer.clear();
        }
        asked.update_value(|asked| *asked = asked.wrapping_add(1));
        let Some(rule) = rule.get() else {
            fits.set(Fits::Incomplete);
            return None;
        };
        let turn = asked.get_value();
        let ask = move || {
            spawn_local(async move {
                let answer = api::count(workspace, &rule).await;
                if asked.try_get_value() == Some(turn) {
                    fits.try_set(match answer {
                        Ok(count) => Fits::So(count.entries),
                        Err(failure) => Fits::Unknown(unanswered(failure)),
                    });
                }
            });
        };
        set_timeout_with_handle(ask, PAUSE).ok()
    });
    let said = move || match fits.get() {
        Fits::Incomplete => words::INCOMPLETE.to_owned(),
        Fits::Asking => words::COUNTING.to_owned(),
        Fits::So(count) => words::fit(count),
        Fits::Unknown(why) => why,
    };
    view! { <p class="field__hint" role="status">{said}</p> }
}

/// Removes the filter, once it was asked whether it should.
#[component]
fn Removal(id: FilterId, called: String, form: Form) -> impl IntoView {
    let workspace = expect_context::<Workspace>();
    let desk = expect_context::<DeskContext>();
    let EditingFilter(editing) = expect_context();
    let is_asked = RwSignal::new(false);
    let remove = move |_| {
        form.send(api::remove(workspace.id, id), &[], move |()| {
            editing.set(None);
            if untrack(|| desk.view.get()).shelf == Shelf::Filter(id) {
                desk.view.show(ListView::default());
            }
        });
    };
    let keep = move |_| {
        is_asked.set(false);
        focus_later("filter-remove");
    };
    let ask = move |_| {
        is_asked.set(true);
        focus_later("filter-keep");
    };
    view! {
        <div>
            {move || if is_asked.get() {
                view! {
                    <p role="alert"><bdi>{words::remove_title(&called)}</bdi>" "{words::REMOVE_LEAD}</p>
                    <div class="form__foot">
                        <button type="button" class="button" id="filter-keep" on:click=keep>{words::KEEP}</button>
                        <button type="button" class="button button--danger" on:click=remove>{canned::REMOVE}</button>
                    </div>
                }
                .into_any()
            } else {
                view! {
                    <button type="button" class="button button--quiet" id="filter-remove" on:click=ask>
                        {words::REMOVE}
                    </button>
                }
                .into_any()
            }}
        </div>
    }
}

#[component]
fn GroupFields(typed: Typed, group: Group) -> impl IntoView {
    let place = Memo::new(move |_| {
        typed.groups.with(|groups| groups.iter().position(|other| *other == group)).unwrap_or_default()
    });
    let is_alone = Memo::new(move |_| group.rows.with(Vec::len) < 2);
    let label = format!("filter-group-{}", group.id);
    view! {
        <div class="macro-step" role="group" aria-label=move || words::of_group(place.get())>
            {move || (!is_alone.get()).then(|| {
                join(typed, group.join, words::GROUP, &words::GROUP_JOINS, label.clone())
            })}
            <ul role="list" class="macro-steps">
                <For each=move || group.rows.get() key=|row| row.id let:row><Fields typed group row /></For>
            </ul>
            <button type="button" class="button button--small" on:click=move |_| typed.add(group)>
                <Icon shape=Shape::Plus />
                {words::ADD}
            </button>
        </div>
    }
}

/// Whether all or any of several must hold.
fn join(
    typed: Typed,
    value: RwSignal<Join>,
    words: &'static str,
    names: &'static [(Join, &'static str); 2],
    label: String,
) -> impl IntoView {
    let now = place_of(names, &value.get_untracked());
    view! {
        <div class="macro-step__head">
        <span id=label.clone()>{words}</span>
        <select
            class="macro-step__kind"
            aria-labelledby=label
            on:change:target=move |event| {
                typed.touch();
                value.set(chosen(names, &event.target().value()));
            }
        >
            {chosen_of(options(names), now)}
        </select>
        </div>
    }
}

#[component]
fn Fields(typed: Typed, group: Group, row: Row) -> impl IntoView {
    let place = Memo::new(move |_| {
        group.rows.with(|rows| rows.iter().position(|other| *other == row)).unwrap_or_default()
    });
    let kind = Memo::new(move |_| row.typed.with(|typed| typed.kind));
    let is_last = Memo::new(move |_| typed.groups.with(Vec::len) < 2 && group.rows.with(Vec::len) < 2);
    let named = move |what: &'static str| move || words::of_condition(what, place.get());
    view! {
        <li class="macro-step__head">
            <select
                id=kind_of(row.id)
                class="macro-step__kind"
                aria-label=named(words::WHAT)
                on:change:target=move |event| {
                    typed.touch();
                    row.typed.set(TypedCondition::about(chosen(&words::KINDS, &event.target().value())));
                }
            >
                {chosen_of(options(&words::KINDS), place_of(&words::KINDS, &kind.get_untracked()))}
            </select>
            {move || {
                let hows = words::hows(kind.get());
                let now = place_of(&hows, &row.typed.with_untracked(|typed| typed.is_not));
                view! {
                    <select
                        class="macro-step__kind"
                        aria-label=named(words::HOW)
                        on:change:target=move |event| {
                            typed.touch();
                            row.typed.update(|typed| typed.is_not = chosen(&hows, &event.target().value()));
                        }
                    >
                        {chosen_of(options(&hows), now)}
                    </select>
                }
            }}
            <div class="macro-step__kind">{move || value(typed, row, place, kind.get())}</div>
            {move || (!is_last.get()).then(|| view! {
                <button
                    type="button"
                    class="icon-button"
                    aria-label=named(words::REMOVE_CONDITION)
                    on:click=move |_| typed.remove(group, row)
                >
                    <Icon shape=Shape::Close />
                </button>
            })}
        </li>
    }
}

/// The field of a condition's value.
fn value(typed: Typed, row: Row, place: Memo<usize>, kind: Kind) -> AnyView {
    let choice = move |options| choice(typed, row, place, options).into_any();
    match kind {
        Kind::Status => choice(options(&words::STATUSES)),
        Kind::Priority => choice(options(&macros::PRIORITIES)),
        Kind::Assignee => {
            let known = expect_context::<Colleagues>();
            (move || {
                let mut all =
                    vec![(ME.to_owned(), desk::ME.to_owned()), (NOBODY.to_owned(), desk::NOBODY.to_owned())];
                all.extend(known.all().into_iter().map(|person| (person.id.to_string(), person.name)));
                choice(all)
            })
            .into_any()
        }
        Kind::Team => {
            let known = expect_context::<Colleagues>();
            (move || {
                let mut all = vec![
                    (MY_TEAMS.to_owned(), words::MY_TEAMS.to_owned()),
                    (NO_TEAM.to_owned(), desk::NO_TEAM.to_owned()),
                ];
                all.extend(
                    known.teams().into_iter().map(|entry| (entry.team.id.to_string(), entry.team.name)),
                );
                choice(all)
            })
            .into_any()
        }
        Kind::Site => {
            let feed = expect_context::<FeedState>();
            let sites = Memo::new(move |_| {
                feed.with(|view| {
                    let counts = view.and_then(|view| view.counts.as_ref());
                    let named = counts.into_iter().flatten().filter(|site| !site.name.is_empty());
                    named.map(|site| (site.site.to_string(), site.name.clone())).collect::<Vec<_>>()
                })
            });
            (move || {
                let mut all = vec![(String::new(), words::CHOOSE.to_owned())];
                all.extend(sites.get());
                choice(all)
            })
            .into_any()
        }
        Kind::Unread => ().into_any(),
        Kind::Label => {
            let feed = expect_context::<FeedState>();
            let list = format!("filter-labels-{}", row.id);
            let known = crate::pages::conversation::labels_known(feed);
            view! {
                {line(typed, row, place, "text", Some(list.clone()))}
                <datalist id=list>
                    {known.into_iter().map(|label| view! { <option value=label></option> }).collect_view()}
                </datalist>
            }
            .into_any()
        }
        Kind::ActiveWithin | Kind::BegunWithin => view! {
            <div class="macro-step__span">
                {line(typed, row, place, "number", None)}
                <span>{words::DAYS}</span>
            </div>
        }
        .into_any(),
        Kind::ActiveSince | Kind::BegunSince => line(typed, row, place, "date", None).into_any(),
    }
}

fn line(
    typed: Typed,
    row: Row,
    place: Memo<usize>,
    kind: &'static str,
    list: Option<String>,
) -> impl IntoView {
    view! {
        <input
            type=kind
            list=list
            min=(kind == "number").then_some("1")
            autocomplete="off"
            dir=(kind == "text").then_some("auto")
            aria-label=move || words::of_condition(words::VALUE, place.get())
            prop:value=row.typed.with_untracked(|typed| typed.value.clone())
            on:input:target=move |event| {
                typed.touch();
                row.typed.update(|typed| typed.value = event.target().value());
            }
        />
    }
}

/// What is there, and what the condition names where that is not.
fn choice(typed: Typed, row: Row, place: Memo<usize>, mut all: Vec<(String, String)>) -> impl IntoView {
    let now = row.typed.with_untracked(|typed| typed.value.clone());
    if !all.iter().any(|(value, _)| *value == now) {
        all.push((now.clone(), words::UNKNOWN.to_owned()));
    }
    view! {
        <select
            aria-label=move || words::of_condition(words::VALUE, place.get())
            on:change:target=move |event| {
                typed.touch();
                row.typed.update(|typed| typed.value = event.target().value());
            }
        >
            {chosen_of(all, now)}
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

fn kind_of(id: u32) -> String {
    format!("filter-condition-{id}")
}

/// The local midnight of a day.
fn midnight(typed: &str) -> Option<Timestamp> {
    let day = typed.parse::<CivilDay>().ok()?;
    intl::typed(&format!("{day}T00:00"))
}

/// The local day of a moment.
fn day_of(at: Timestamp) -> String {
    CivilDay(i32::try_from(intl::local_day(at).0).unwrap_or_default()).to_string()
}
