//! Fields of forms: each with its label, a hint, and what is wrong with it, all told to assistive technology.

use leptos::prelude::*;

use super::{Icon, Shape};
use crate::state::form::Form;
use crate::words::door;

/// What browsers need to know of a text field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// The type of the input.
    input: &'static str,
    /// What the browser may fill in.
    autocomplete: &'static str,
    /// Which keyboard a phone shows.
    inputmode: &'static str,
}

impl Kind {
    /// A name that somebody makes up.
    pub(crate) const NAME: Self = Self { input: "text", autocomplete: "off", inputmode: "text" };
    /// The person's own name.
    pub(crate) const OWN_NAME: Self = Self { input: "text", autocomplete: "name", inputmode: "text" };
    /// The address with which the person signs in.
    pub(crate) const USERNAME: Self = Self { input: "email", autocomplete: "username", inputmode: "email" };
    /// The same, where a passkey will do as well.
    pub(crate) const USERNAME_OR_PASSKEY: Self =
        Self { input: "email", autocomplete: "username webauthn", inputmode: "email" };
    /// An address of theirs or of somebody else.
    pub(crate) const EMAIL: Self = Self { input: "email", autocomplete: "email", inputmode: "email" };
    /// Somebody else's address.
    pub(crate) const OTHER_EMAIL: Self = Self { input: "email", autocomplete: "off", inputmode: "email" };
    /// A password that the person has.
    pub(crate) const PASSWORD: Self =
        Self { input: "password", autocomplete: "current-password", inputmode: "text" };
    /// A password that the person chooses.
    pub(crate) const NEW_PASSWORD: Self =
        Self { input: "password", autocomplete: "new-password", inputmode: "text" };
    /// Six digits of a second factor.
    pub(crate) const CODE: Self = Self { input: "text", autocomplete: "one-time-code", inputmode: "numeric" };
    /// A recovery code, or another word that is no prose.
    pub(crate) const WORD: Self = Self { input: "text", autocomplete: "off", inputmode: "text" };
    /// A whole number.
    pub(crate) const NUMBER: Self = Self { input: "text", autocomplete: "off", inputmode: "numeric" };
    /// An address of the web.
    pub(crate) const URL: Self = Self { input: "text", autocomplete: "off", inputmode: "url" };

    const fn is_password(self) -> bool {
        matches!(self.input.as_bytes(), b"password")
    }
}

/// A line of text. Passwords can be shown.
#[component]
pub(crate) fn TextField(
    form: Form,
    /// The field's id; what is wrong with it is kept under the same.
    id: &'static str,
    label: &'static str,
    kind: Kind,
    value: RwSignal<String>,
    /// What helps to fill it in.
    #[prop(optional)]
    hint: Option<&'static str>,
    /// Whether the page begins here.
    #[prop(optional)]
    autofocus: bool,
    /// Whether there is nothing to fill in at the moment.
    #[prop(into, optional)]
    disabled: Signal<bool>,
) -> impl IntoView {
    let shown = RwSignal::new(false);
    let fault = Memo::new(move |_| form.fault(id));
    let described = move || described_by(id, hint.is_some(), fault.with(Option::is_some));
    let input_type = move || if kind.is_password() && shown.get() { "text" } else { kind.input };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> })}
            <div class:field__with-button=kind.is_password()>
                <input
                    id=id
                    name=id
                    type=input_type
                    inputmode=kind.inputmode
                    autocomplete=kind.autocomplete
                    autocapitalize=if kind.input == "text" && kind.autocomplete == "name" { "words" } else { "none" }
                    spellcheck="false"
                    dir=(!kind.is_password()).then_some("auto")
                    autofocus=autofocus
                    disabled=disabled
                    prop:value=value
                    aria-invalid=move || fault.with(Option::is_some).then_some("true")
                    aria-describedby=described
                    on:input:target=move |event| {
                        form.touch(id);
                        value.set(event.target().value());
                    }
                />
                {kind.is_password().then(|| view! {
                    <button
                        type="button"
                        class="icon-button"
                        aria-controls=id
                        aria-label=move || if shown.get() { door::HIDE } else { door::SHOW }
                        on:click=move |_| shown.update(|shown| *shown = !*shown)
                    >
                        {move || view! { <Icon shape=if shown.get() { Shape::EyeOff } else { Shape::Eye } /> }}
                    </button>
                })}
            </div>
            <Fault form id />
        </div>
    }
}

/// A choice out of a list of values and their names.
#[component]
pub(crate) fn Select(
    form: Form,
    id: &'static str,
    label: &'static str,
    /// What can be chosen: the value, and what it says.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    value: RwSignal<String>,
    #[prop(optional)] hint: Option<&'static str>,
) -> impl IntoView {
    let options = move || {
        let chosen = value.get_untracked();
        options
            .get()
            .into_iter()
            .map(|(value, name)| {
                let is_chosen = value == chosen;
                view! { <option value=value selected=is_chosen>{name}</option> }
            })
            .collect_view()
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            {hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> })}
            <select
                id=id
                name=id
                prop:value=value
                aria-describedby=described_by(id, hint.is_some(), false)
                on:change:target=move |event| {
                    form.touch(id);
                    value.set(event.target().value());
                }
            >
                {options}
            </select>
            <Fault form id />
        </div>
    }
}

/// Something that is so or not.
#[component]
pub(crate) fn CheckBox(
    id: &'static str,
    label: &'static str,
    value: RwSignal<bool>,
    #[prop(optional)] hint: Option<&'static str>,
    /// Hears of every change.
    #[prop(optional)]
    on_change: Option<Callback<()>>,
) -> impl IntoView {
    view! {
        <div class="check">
            <input
                id=id
                type="checkbox"
                prop:checked=value
                aria-describedby=described_by(id, hint.is_some(), false)
                on:change:target=move |event| {
                    value.set(event.target().checked());
                    if let Some(on_change) = on_change {
                        on_change.run(());
                    }
                }
            />
            <div>
                <label for=id>{label}</label>
                {hint.map(|hint| view! { <p class="field__hint" id=format!("{id}-hint")>{hint}</p> })}
            </div>
        </div>
    }
}

/// What is wrong with a field.
#[component]
pub(crate) fn Fault(form: Form, id: &'static str) -> impl IntoView {
    move || {
        form.fault(id).map(|fault| {
            view! {
                <p class="field__fault" id=format!("{id}-fault")>
                    <Icon shape=Shape::Warning /><span>{fault}</span>
                </p>
            }
        })
    }
}

/// The ids of what describes a field; nothing where nothing does.
pub(crate) fn described_by(id: &str, has_hint: bool, has_fault: bool) -> Option<String> {
    match (has_hint, has_fault) {
        (false, false) => None,
        (true, false) => Some(format!("{id}-hint")),
        (false, true) => Some(format!("{id}-fault")),
        (true, true) => Some(format!("{id}-fault {id}-hint")),
    }
}
