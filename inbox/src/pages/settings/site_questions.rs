//! What a site asks before the first message.

use leptos::prelude::*;
use protocol::http::question::{Question, QuestionKind};
use protocol::http::reception::{Department, Reception};
use protocol::{Code, Team};
use web_sys::SubmitEvent;

use super::site::OpenSite;
use super::site_departments::{Departments, Leads};
use crate::api::sites as api;
use crate::api::teams::list as list_of_teams;
use crate::browser::focus::focus_later;
use crate::components::{Fault, Icon, Panel, Problem, Saved, Shape, Submit};
use crate::model::look::{chosen, options, place_of};
use crate::model::questions::{departments_of, fault, leads_of, lines, moved};
use crate::state::form::{Blame, Check, Form};
use crate::state::loaded::Loaded;
use crate::words::{questions as words, team};

const LIST: &str = "site-questions";
const BLAME: &[Blame] = &[(Code::BadField, LIST, words::REFUSED), (Code::TooLarge, LIST, words::TOO_MANY)];

/// A question, as its fields hold it.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Asked {
    id: u32,
    kind: RwSignal<String>,
    label: RwSignal<String>,
    is_required: RwSignal<bool>,
    choices: RwSignal<String>,
    leads: Leads,
    link: RwSignal<String>,
}

impl Asked {
    fn new(id: u32, question: &Question, departments: &[Department]) -> Self {
        Self {
            id,
            kind: RwSignal::new(place_of(&words::KINDS, &question.kind)),
            label: RwSignal::new(question.label.clone()),
            is_required: RwSignal::new(question.is_required),
            choices: RwSignal::new(question.choices.join("\n")),
            leads: RwSignal::new(leads_of(question, departments)),
            link: RwSignal::new(question.link.clone()),
        }
    }

    fn kind(self) -> QuestionKind {
        self.kind.with(|place| chosen(&words::KINDS, place))
    }

    fn read(self) -> Question {
        let kind = untrack(|| self.kind());
        Question {
            kind,
            label: self.label.with_untracked(|label| label.trim().to_owned()),
            is_required: self.is_required.get_untracked(),
            choices: if kind == QuestionKind::Choice {
                self.choices.with_untracked(|text| lines(text))
            } else {
                Vec::new()
            },
            link: if kind == QuestionKind::Consent {
                self.link.with_untracked(|link| link.trim().to_owned())
            } else {
                String::new()
            },
        }
    }
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    form: Form,
    list: RwSignal<Vec<Asked>>,
    /// Names what is added.
    next: StoredValue<u32>,
}

impl Typed {
    fn new(known: &Reception) -> Self {
        let typed = Self { form: Form::new(), list: RwSignal::new(Vec::new()), next: StoredValue::new(0) };
        for question in &known.questions {
            typed.push(question, &known.departments);
        }
        typed
    }

    fn push(self, question: &Question, departments: &[Department]) -> u32 {
        let id = self.next.with_value(|next| next.saturating_add(1));
        self.next.set_value(id);
        self.list.update(|list| list.push(Asked::new(id, question, departments)));
        id
    }

    fn add(self) {
        self.form.touch(LIST);
        let question = Question {
            kind: QuestionKind::Text,
            label: String::new(),
            is_required: false,
            choices: Vec::new(),
            link: String::new(),
        };
        let id = self.push(&question, &[]);
        focus_later(label_of(id));
    }

    fn remove(self, id: u32) {
        self.form.touch(LIST);
        self.list.update(|list| list.retain(|asked| asked.id != id));
        focus_later(LIST);
    }

    /// Moves a question; the keyboard stays at the button that did it.
    fn shift(self, id: u32, is_up: bool) {
        self.form.touch(LIST);
        self.list.update(|list| {
            if let Some(place) = list.iter().position(|asked| asked.id == id) {
                moved(list, place, is_up);
            }
        });
        focus_later(format!("question-{id}-{}", if is_up { "up" } else { "down" }));
    }

    /// Reads all of it, or shows what is wrong.
    fn read(self) -> Option<(Vec<Question>, Vec<Department>)> {
        let asked = self.list.get_untracked();
        let questions: Vec<_> = asked.iter().map(|asked| asked.read()).collect();
        let leading = asked.iter().zip(&questions);
        let departments = leading
            .flat_map(|(asked, question)| asked.leads.with_untracked(|leads| departments_of(question, leads)))
            .collect();
        let mut check = Check::default();
        if let Some((_, words)) = fault(&questions) {
            check.blame(LIST, words);
        }
        self.form.passes(check).then_some((questions, departments))
    }
}

/// The part.
#[component]
pub(super) fn Questions(site: OpenSite) -> impl IntoView {
    let reception = move || site.view_untracked().map(|site| site.reception).unwrap_or_default();
    let typed = Typed::new(&reception());
    let teams = Loaded::<Vec<Team>>::new();
    teams.ask(async move { Ok(list_of_teams(site.workspace.id).await?.teams) });
    let form = typed.form;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let Some((questions, departments)) = typed.read() else { return };
        let reception = Reception { questions, departments, ..reception() };
        form.send(api::receive(site.workspace.id, site.id, reception), BLAME, move |view| {
            site.put(view);
            form.say(team::SAVED);
        });
    };
    view! {
        <form class="form form--wide" method="post" novalidate on:submit=submit>
            <Panel id="site-questions-title" title=words::TITLE lead=words::NOTE><List typed teams /></Panel>
            <Problem form />
            <div class="form__row">
                <Submit form label=team::SAVE busy=team::SAVING />
                <Saved form />
            </div>
        </form>
    }
}

#[component]
fn List(typed: Typed, teams: Loaded<Vec<Team>>) -> impl IntoView {
    let Typed { form, list, .. } = typed;
    view! {
        <div id=LIST tabindex="-1" role="group" aria-label=words::TITLE>
            {move || list.with(Vec::is_empty).then(|| view! { <p class="panel__note">{words::NONE}</p> })}
            <ol class="questions">
                <For each=move || list.get() key=|asked| asked.id let:asked>
                    <One typed asked teams />
                </For>
            </ol>
            <Fault form id=LIST />
            <button type="button" class="button" on:click=move |_| typed.add()>{words::ADD}</button>
        </div>
    }
}

#[component]
fn One(typed: Typed, asked: Asked, teams: Loaded<Vec<Team>>) -> impl IntoView {
    let Asked { id, kind, label, is_required, choices, leads, link } = asked;
    let chosen = Memo::new(move |_| {
        let is_choice = asked.kind() == QuestionKind::Choice;
        if is_choice { choices.with(|text| lines(text)) } else { Vec::new() }
    });
    let place = Memo::new(move |_| typed.list.with(|list| list.iter().position(|other| other.id == id)));
    let is_first = move || place.get() == Some(0);
    let is_last = move || {
        place.get().is_some_and(|place| typed.list.with(|list| list.len() == place.saturating_add(1)))
    };
    let kinds = options(&words::KINDS);
    let touch = move || typed.form.touch(LIST);
    let button = move |name: &'static str,
                       shape: Shape,
                       label: Signal<String>,
                       act: Callback<()>,
                       is_off: Signal<bool>| {
        view! {
            <button
                type="button"
                class="icon-button"
                id=format!("question-{id}-{name}")
                aria-label=label
                aria-disabled=move || is_off.get().then_some("true")
                on:click=move |_| act.run(())
            >
                <Icon shape />
            </button>
        }
    };
    let named = move |name: fn(&str) -> String| Signal::derive(move || label.with(|label| name(label)));
    view! {
        <li class="question">
            <div class="question__fields">
                <div class="field">
                    <label for=label_of(id)>{words::LABEL}</label>
                    <input
                        id=label_of(id)
                        type="text"
                        autocomplete="off"
                        dir="auto"
                        prop:value=label
                        on:input:target=move |event| {
                            touch();
                            label.set(event.target().value());
                        }
                    />
                </div>
                <div class="field">
                    <label for=format!("question-{id}-kind")>{words::KIND}</label>
                    <select
                        id=format!("question-{id}-kind")
                        on:change:target=move |event| {
                            touch();
                            kind.set(event.target().value());
                        }
                    >
                        {kinds
                            .into_iter()
                            .map(|(value, name)| {
                                let is_chosen = kind.with_untracked(|kind| *kind == value);
                                view! { <option value=value selected=is_chosen>{name}</option> }
                            })
                            .collect_view()}
                    </select>
                </div>
                <div class="question__buttons">
                    {button("up", Shape::Up, named(words::up), Callback::new(move |()| typed.shift(id, true)), Signal::derive(is_first))}
                    {button("down", Shape::Down, named(words::down), Callback::new(move |()| typed.shift(id, false)), Signal::derive(is_last))}
                    {button("remove", Shape::Close, named(words::remove), Callback::new(move |()| typed.remove(id)), Signal::derive(|| false))}
                </div>
            </div>
            <div class="field" hidden=move || asked.kind() != QuestionKind::Choice>
                <label for=format!("question-{id}-choices")>{words::CHOICES}</label>
                <p class="field__hint" id=format!("question-{id}-choices-hint")>{words::CHOICES_HINT}</p>
                <textarea
                    id=format!("question-{id}-choices")
                    rows="3"
                    dir="auto"
                    aria-describedby=format!("question-{id}-choices-hint")
                    prop:value=choices
                    on:input:target=move |event| {
                        touch();
                        choices.set(event.target().value());
                    }
                ></textarea>
            </div>
            <Departments
                id
                choices=chosen
                leads
                teams=Signal::derive(move || teams.value().unwrap_or_default())
                on_change=Callback::new(move |()| touch())
            />
            <div class="field" hidden=move || asked.kind() != QuestionKind::Consent>
                <label for=format!("question-{id}-link")>{words::LINK}</label>
                <p class="field__hint" id=format!("question-{id}-link-hint")>{words::LINK_HINT}</p>
                <input
                    id=format!("question-{id}-link")
                    type="text"
                    inputmode="url"
                    autocomplete="off"
                    dir="ltr"
                    aria-describedby=format!("question-{id}-link-hint")
                    prop:value=link
                    on:input:target=move |event| {
                        touch();
                        link.set(event.target().value());
                    }
                />
            </div>
            <div class="check">
                <input
                    id=format!("question-{id}-required")
                    type="checkbox"
                    prop:checked=is_required
                    on:change:target=move |event| {
                        touch();
                        is_required.set(event.target().checked());
                    }
                />
                <label for=format!("question-{id}-required")>{words::REQUIRED}</label>
            </div>
        </li>
    }
}

fn label_of(id: u32) -> String {
    format!("question-{id}-label")
}
