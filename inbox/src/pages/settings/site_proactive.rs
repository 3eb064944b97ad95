//! What a site says by itself, before anybody writes.

use leptos::prelude::*;
use protocol::Code;
use protocol::http::proactive::ProactiveId;
use protocol::http::reception::Reception;
use web_sys::SubmitEvent;

use super::site::OpenSite;
use crate::api::sites as api;
use crate::browser::focus::focus_later;
use crate::components::{Fault, Icon, Panel, Problem, Saved, Shape, Submit};
use crate::model::look::options;
use crate::model::proactive::Draft;
use crate::model::questions::moved;
use crate::state::form::{Blame, Form};
use crate::words::{proactive as words, team};

const LIST: &str = "site-proactive";
const BACK: &str = "site-proactive-back";
const BLAME: &[Blame] = &[(Code::BadField, LIST, words::REFUSED), (Code::TooLarge, LIST, words::TOO_MANY)];

/// A message on the page.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Written {
    id: ProactiveId,
    draft: RwSignal<Draft>,
}

/// What is typed.
#[derive(Clone, Copy)]
struct Typed {
    form: Form,
    list: RwSignal<Vec<Written>>,
    /// The message that is at fault, and why.
    wrong: RwSignal<Option<(ProactiveId, &'static str)>>,
    /// What was removed last, and where it stood.
    removed: RwSignal<Option<(usize, Written)>>,
}

impl Typed {
    fn new(known: &Reception) -> Self {
        let written = known
            .proactive
            .iter()
            .map(|message| Written { id: message.id, draft: RwSignal::new(Draft::of(message)) });
        Self {
            form: Form::new(),
            list: RwSignal::new(written.collect()),
            wrong: RwSignal::new(None),
            removed: RwSignal::new(None),
        }
    }

    fn touch(self) {
        self.form.touch(LIST);
        self.wrong.set(None);
    }

    fn add(self) {
        self.touch();
        let written = Written { id: drawn(), draft: RwSignal::new(Draft::empty()) };
        self.list.update(|list| list.push(written));
        focus_later(field(written.id, "name"));
    }

    fn remove(self, id: ProactiveId) {
        self.touch();
        let place = self.list.with_untracked(|list| list.iter().position(|written| written.id == id));
        let Some(place) = place else { return };
        self.list.update(|list| self.removed.set(Some((place, list.remove(place)))));
        focus_later(BACK);
    }

    fn bring_back(self) {
        let Some((place, written)) = self.removed.get_untracked() else { return };
        self.touch();
        self.removed.set(None);
        self.list.update(|list| list.insert(place.min(list.len()), written));
        focus_later(field(written.id, "name"));
    }

    /// Moves a message; the keyboard stays at the button that did it.
    fn shift(self, id: ProactiveId, is_up: bool) {
        self.touch();
        self.list.update(|list| {
            if let Some(place) = list.iter().position(|written| written.id == id) {
                moved(list, place, is_up);
            }
        });
        focus_later(field(id, if is_up { "up" } else { "down" }));
    }
}

/// A name for a message that is made here.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "any number below 2^32 will do")]
fn drawn() -> ProactiveId {
    ProactiveId((js_sys::Math::random() * f64::from(u32::MAX)) as u32)
}

fn field(ProactiveId(id): ProactiveId, name: &str) -> String {
    format!("proactive-{id}-{name}")
}

/// The part.
#[component]
pub(super) fn Proactive(site: OpenSite) -> impl IntoView {
    let reception = move || site.view_untracked().map(|site| site.reception).unwrap_or_default();
    let shop = site.view_untracked().map(|site| site.settings.config.name).unwrap_or_default();
    let typed = Typed::new(&reception());
    let form = typed.form;
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut proactive = Vec::new();
        for Written { id, draft } in typed.list.get_untracked() {
            match draft.with_untracked(|draft| draft.read(id)) {
                Ok(message) => proactive.push(message),
                Err(words) => {
                    typed.wrong.set(Some((id, words)));
                    return focus_later(field(id, "name"));
                }
            }
        }
        form.clear();
        let reception = Reception { proactive, ..reception() };
        form.send(api::receive(site.workspace.id, site.id, reception), BLAME, move |view| {
            site.put(view);
            typed.removed.set(None);
            form.say(team::SAVED);
        });
    };
    view! {
        <form class="form form--wide" method="post" novalidate on:submit=submit>
            <Panel id="site-proactive-title" title=words::TITLE lead=words::NOTE>
                <List typed shop />
                <p class="panel__note">{words::PRIVACY}</p>
            </Panel>
            <Problem form />
            <div class="form__row">
                <Submit form label=team::SAVE busy=team::SAVING />
                <Saved form />
            </div>
        </form>
    }
}

#[component]
fn List(typed: Typed, shop: String) -> impl IntoView {
    let Typed { form, list, removed, .. } = typed;
    let back = move || {
        removed.get().map(|(_, written)| {
            let name = words::bring_back(&written.draft.with_untracked(|draft| draft.name.clone()));
            view! { <button type="button" class="button" id=BACK on:click=move |_| typed.bring_back()>{name}</button> }
        })
    };
    view! {
        <div id=LIST tabindex="-1" role="group" aria-label=words::TITLE>
            {move || list.with(Vec::is_empty).then(|| view! { <p class="panel__note">{words::NONE}</p> })}
            <ol class="questions">
                <For each=move || list.get() key=|written| written.id let:written>
                    <One typed written shop=shop.clone() />
                </For>
            </ol>
            <Fault form id=LIST />
            <div class="form__row">
                <button type="button" class="button" on:click=move |_| typed.add()>{words::ADD}</button>
                {back}
            </div>
        </div>
    }
}

#[component]
fn One(typed: Typed, written: Written, shop: String) -> impl IntoView {
    let Written { id, draft } = written;
    let wrong = Memo::new(move |_| typed.wrong.get().filter(|(at, _)| *at == id).map(|(_, words)| words));
    let fault = field(id, "fault");
    let described = {
        let fault = fault.clone();
        move || wrong.get().map(|_| fault.clone())
    };
    view! {
        <li class="question proactive" id=field(id, "item")>
            <div class="question__fields">
                <div class="field">
                    <label for=field(id, "name")>{words::NAME}</label>
                    <p class="field__hint">{words::NAME_HINT}</p>
                    <input
                        id=field(id, "name")
                        type="text"
                        autocomplete="off"
                        dir="auto"
                        aria-invalid=move || wrong.get().map(|_| "true")
                        aria-describedby=described
                        prop:value=move || draft.with(|draft| draft.name.clone())
                        on:input:target=move |event| {
                            typed.touch();
                            draft.update(|draft| draft.name = event.target().value());
                        }
                    />
                </div>
                <Buttons typed written />
            </div>
            {move || {
                let fault = fault.clone();
                wrong.get().map(|words| view! {
                    <p class="field__fault" id=fault role="alert"><Icon shape=Shape::Warning /><span>{words}</span></p>
                })
            }}
            <Lines typed written name="text" label=words::TEXT hint=words::TEXT_HINT of=|draft| &mut draft.text />
            <Preview draft shop />
            <fieldset class="fieldset proactive__when" aria-describedby=field(id, "when")>
                <legend>{words::WHEN}</legend>
                <p class="field__hint" id=field(id, "when")>{words::WHEN_HINT}</p>
                <div class="question__fields">
                    <Number typed written name="seconds" label=words::SECONDS of=|draft| &mut draft.seconds />
                    <Number typed written name="scroll" label=words::SCROLL of=|draft| &mut draft.scroll />
                </div>
                <Tick typed written name="exit" label=words::EXIT hint=words::EXIT_HINT of=|draft| &mut draft.exit />
            </fieldset>
            <Lines typed written name="pages" label=words::PAGES hint=words::PAGES_HINT of=|draft| &mut draft.pages />
            <div class="question__fields">
                <Choice typed written name="audience" label=words::AUDIENCE choices=options(&words::AUDIENCES) of=|draft| &mut draft.audience />
                <Choice typed written name="repeat" label=words::REPEAT choices=options(&words::REPEATS) of=|draft| &mut draft.repeat />
            </div>
            <p class="field__hint">{words::AUDIENCE_HINT}</p>
            <Tick typed written name="enabled" label=words::ENABLED hint="" of=|draft| &mut draft.is_enabled />
        </li>
    }
}

/// Up, down and away.
#[component]
fn Buttons(typed: Typed, written: Written) -> impl IntoView {
    let Written { id, draft } = written;
    let place = Memo::new(move |_| typed.list.with(|list| list.iter().position(|other| other.id == id)));
    let is_first = Signal::derive(move || place.get() == Some(0));
    let is_last = Signal::derive(move || {
        place.get().is_some_and(|place| typed.list.with(|list| list.len() == place.saturating_add(1)))
    });
    let button = move |name: &'static str,
                       shape: Shape,
                       label: fn(&str) -> String,
                       act: Callback<()>,
                       is_off: Signal<bool>| {
        view! {
            <button
                type="button"
                class="icon-button"
                id=field(id, name)
                aria-label=move || draft.with(|draft| label(&draft.name))
                aria-disabled=move || is_off.get().then_some("true")
                on:click=move |_| act.run(())
            >
                <Icon shape />
            </button>
        }
    };
    view! {
        <div class="question__buttons">
            {button("up", Shape::Up, words::up, Callback::new(move |()| typed.shift(id, true)), is_first)}
            {button("down", Shape::Down, words::down, Callback::new(move |()| typed.shift(id, false)), is_last)}
            {button("remove", Shape::Close, words::remove, Callback::new(move |()| typed.remove(id)), Signal::derive(|| false))}
        </div>
    }
}

/// What visitors will see.
#[component]
fn Preview(draft: RwSignal<Draft>, shop: String) -> impl IntoView {
    let text = Memo::new(move |_| draft.with(|draft| draft.text.trim().to_owned()));
    view! {
        <figure class="proactive__preview" hidden=move || text.with(String::is_empty)>
            <figcaption class="field__hint">{words::PREVIEW}</figcaption>
            <div class="proactive__card">
                <b dir="auto">{shop}</b>
                <p dir="auto">{text}</p>
                <span class="proactive__reply">{words::REPLY}</span>
            </div>
        </figure>
    }
}

#[component]
fn Lines(
    typed: Typed,
    written: Written,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    of: fn(&mut Draft) -> &mut String,
) -> impl IntoView {
    let Written { id, draft } = written;
    let hint_id = field(id, name) + "-hint";
    view! {
        <div class="field">
            <label for=field(id, name)>{label}</label>
            <p class="field__hint" id=hint_id.clone()>{hint}</p>
            <textarea
                id=field(id, name)
                rows="2"
                dir="auto"
                aria-describedby=hint_id
                prop:value=draft.with_untracked(|draft| of(&mut draft.clone()).clone())
                on:input:target=move |event| {
                    typed.touch();
                    draft.update(|draft| *of(draft) = event.target().value());
                }
            ></textarea>
        </div>
    }
}

#[component]
fn Number(
    typed: Typed,
    written: Written,
    name: &'static str,
    label: &'static str,
    of: fn(&mut Draft) -> &mut String,
) -> impl IntoView {
    let Written { id, draft } = written;
    view! {
        <div class="field">
            <label for=field(id, name)>{label}</label>
            <input
                id=field(id, name)
                type="text"
                inputmode="numeric"
                autocomplete="off"
                prop:value=draft.with_untracked(|draft| of(&mut draft.clone()).clone())
                on:input:target=move |event| {
                    typed.touch();
                    draft.update(|draft| *of(draft) = event.target().value());
                }
            />
        </div>
    }
}

#[component]
fn Tick(
    typed: Typed,
    written: Written,
    name: &'static str,
    label: &'static str,
    hint: &'static str,
    of: fn(&mut Draft) -> &mut bool,
) -> impl IntoView {
    let Written { id, draft } = written;
    view! {
        <div class="check">
            <input
                id=field(id, name)
                type="checkbox"
                prop:checked=draft.with_untracked(|draft| *of(&mut draft.clone()))
                on:change:target=move |event| {
                    typed.touch();
                    draft.update(|draft| *of(draft) = event.target().checked());
                }
            />
            <div>
                <label for=field(id, name)>{label}</label>
                {(!hint.is_empty()).then(|| view! { <p class="field__hint">{hint}</p> })}
            </div>
        </div>
    }
}

#[component]
fn Choice(
    typed: Typed,
    written: Written,
    name: &'static str,
    label: &'static str,
    choices: Vec<(String, String)>,
    of: fn(&mut Draft) -> &mut String,
) -> impl IntoView {
    let Written { id, draft } = written;
    let current = draft.with_untracked(|draft| of(&mut draft.clone()).clone());
    let choices = choices
        .into_iter()
        .map(|(value, name)| {
            let is_chosen = value == current;
            view! { <option value=value selected=is_chosen>{name}</option> }
        })
        .collect_view();
    view! {
        <div class="field">
            <label for=field(id, name)>{label}</label>
            <select
                id=field(id, name)
                on:change:target=move |event| {
                    typed.touch();
                    draft.update(|draft| *of(draft) = event.target().value());
                }
            >
                {choices}
            </select>
        </div>
    }
}
