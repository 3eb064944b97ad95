//! The settings of a site, as they are typed: shared by making a site and changing one.

use leptos::prelude::*;
use protocol::http::SiteConfig;
use protocol::http::look::Look;
use protocol::http::site::{IdentityMode, SiteSettings};

use crate::browser::focus::focus_later;
use crate::browser::locale::ascii_origin;
use crate::components::{CheckBox, Icon, Kind, Shape, TextField};
use crate::model::{entry, origin};
use crate::state::form::{Check, Form};
use crate::words::{self, sites};

/// The field of the name.
pub(super) const NAME: &str = "site-name";
/// The field of another origin.
pub(super) const ORIGIN: &str = "site-origin";
const ACCENT: &str = "site-accent";
const GREETING: &str = "site-greeting";
/// The colour of a site that has none of its own.
const DEFAULT_ACCENT: &str = "#3c4fc4";

/// What was typed.
#[derive(Clone, Copy)]
pub(super) struct Typed {
    /// The form it is typed into.
    pub(super) form: Form,
    name: RwSignal<String>,
    accent: RwSignal<String>,
    greeting: RwSignal<String>,
    origins: RwSignal<Vec<String>>,
    origin: RwSignal<String>,
    allow_localhost: RwSignal<bool>,
    identity: IdentityMode,
    look: StoredValue<Look>,
}

impl Typed {
    /// Begins with what a site has, or with the usual.
    pub(super) fn new(known: Option<SiteSettings>) -> Self {
        let known = known.unwrap_or_else(|| SiteSettings {
            config: SiteConfig {
                name: String::new(),
                accent: DEFAULT_ACCENT.to_owned(),
                greeting: sites::GREETING_DEFAULT.to_owned(),
            },
            allowed_origins: Vec::new(),
            allow_localhost: false,
            identity: IdentityMode::Off,
            look: Look::default(),
        });
        Self {
            form: Form::new(),
            name: RwSignal::new(known.config.name),
            accent: RwSignal::new(known.config.accent),
            greeting: RwSignal::new(known.config.greeting),
            origins: RwSignal::new(known.allowed_origins),
            origin: RwSignal::new(String::new()),
            allow_localhost: RwSignal::new(known.allow_localhost),
            identity: known.identity,
            look: StoredValue::new(known.look),
        }
    }

    /// Reads it, or shows what is wrong. An origin that was typed and not added counts.
    pub(super) fn read(self) -> Option<SiteSettings> {
        let mut check = Check::default();
        let name = check.field(NAME, entry::name(&self.name.get_untracked()), sites::NO_NAME);
        if self.origin.with_untracked(|origin| !origin.trim().is_empty()) {
            match self.typed_origin() {
                Ok(origin) => self.take(origin),
                Err(words) => check.blame(ORIGIN, words),
            }
        }
        let (Some(name), true) = (name, self.form.passes(check)) else { return None };
        Some(SiteSettings {
            config: SiteConfig {
                name,
                accent: self.accent.get_untracked(),
                greeting: self.greeting.get_untracked().trim().to_owned(),
            },
            allowed_origins: self.origins.get_untracked(),
            allow_localhost: self.allow_localhost.get_untracked(),
            identity: self.identity,
            look: self.look.get_value(),
        })
    }

    fn typed_origin(self) -> Result<String, &'static str> {
        let typed = ascii_origin(&self.origin.get_untracked());
        self.origins.with_untracked(|known| origin::read(&typed, known)).map_err(words::origin_fault)
    }

    fn take(self, origin: String) {
        self.origins.update(|origins| origins.push(origin));
        self.origin.set(String::new());
    }

    /// Adds the origin that was typed to the list, or shows what is wrong with it.
    fn add(self) {
        let mut check = Check::default();
        match self.typed_origin() {
            Ok(origin) => self.take(origin),
            Err(words) => check.blame(ORIGIN, words),
        }
        if self.form.passes(check) {
            focus_later(ORIGIN);
        }
    }
}

/// Name, colour and greeting.
#[component]
pub(super) fn Looks(typed: Typed) -> impl IntoView {
    let Typed { form, name, accent, greeting, .. } = typed;
    view! {
        <TextField form id=NAME label=sites::NAME kind=Kind::NAME value=name hint=sites::NAME_HINT />
        <div class="field">
            <label for=ACCENT>{sites::ACCENT}</label>
            <p class="field__hint" id="site-accent-hint">{sites::ACCENT_HINT}</p>
            <div class="colour">
                <input
                    id=ACCENT
                    type="color"
                    prop:value=accent
                    aria-describedby="site-accent-hint"
                    on:input:target=move |event| {
                        form.touch(ACCENT);
                        accent.set(event.target().value());
                    }
                />
                <span class="colour__launcher" role="img" aria-label=sites::PREVIEW style:background-color=accent>
                    <Icon shape=Shape::Talk />
                </span>
            </div>
        </div>
        <TextField form id=GREETING label=sites::GREETING kind=Kind::NAME value=greeting hint=sites::GREETING_HINT />
    }
}

/// Where the site may be shown.
#[component]
pub(super) fn Origins(typed: Typed) -> impl IntoView {
    let Typed { form, origins, origin, allow_localhost, .. } = typed;
    let lines = move || {
        origins
            .get()
            .into_iter()
            .map(|known| {
                let gone = known.clone();
                let remove = move |_| {
                    form.touch(ORIGIN);
                    origins.update(|origins| origins.retain(|origin| *origin != gone));
                    focus_later(ORIGIN);
                };
                view! {
                    <li class="origins__one">
                        <code dir="ltr">{known.clone()}</code>
                        <button type="button" class="icon-button" aria-label=sites::remove_origin(&known) on:click=remove>
                            <Icon shape=Shape::Close />
                        </button>
                    </li>
                }
            })
            .collect_view()
    };
    let on_enter = move |event: web_sys::KeyboardEvent| {
        let is_enter = event.key() == "Enter" && !crate::browser::keys::is_composing(&event);
        if is_enter && origin.with_untracked(|origin| !origin.trim().is_empty()) {
            event.prevent_default();
            typed.add();
        }
    };
    view! {
        {move || origins.with(Vec::is_empty).then(|| view! { <p class="panel__note">{sites::NO_ORIGINS}</p> })}
        <ul class="origins" role="list" aria-label=sites::ORIGINS>{lines}</ul>
        <div class="form__with-button" on:keydown=on_enter>
            <TextField form id=ORIGIN label=sites::ORIGIN kind=Kind::URL value=origin hint=sites::ORIGIN_HINT />
            <button type="button" class="button" on:click=move |_| typed.add()>{sites::ADD}</button>
        </div>
        <CheckBox
            id="site-localhost"
            label=sites::LOCALHOST
            hint=sites::LOCALHOST_HINT
            value=allow_localhost
            on_change=Callback::new(move |()| form.touch(ORIGIN))
        />
    }
}
