//! How the chat of a site looks, with a preview of what is typed beside it.

use leptos::html::Input;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use look::Colour;
use protocol::http::SiteConfig;
use protocol::http::look::{Look, Offset};
use protocol::http::site::SiteSettings;
use protocol::limits::LAUNCHER_LABEL_CHARACTERS;
use protocol::{Code, PictureId};
use sync_web::{files_in, portrait};
use web_sys::SubmitEvent;

use super::site::OpenSite;
use super::site_preview::Preview;
use crate::api::sites as api;
use crate::components::{Icon, Kind, Panel, Problem, Saved, Select, Shape, Submit, TextField};
use crate::model::entry;
use crate::model::language::OF_CHAT;
use crate::model::look::{chosen, distance, notes, options, place_of};
use crate::state::form::{Blame, Check, Form};
use crate::words::{look as words, sites, team};

const NAME: &str = "look-name";
const ACCENT: &str = "look-accent";
const LABEL: &str = "look-label";
const BLAME: &[Blame] = &[(Code::BadField, NAME, words::REFUSED)];

/// The fields of the distances: from the side and from below, and the same on phones.
const DISTANCES: [(&str, &str); 4] = [
    ("look-x", words::FROM_SIDE),
    ("look-y", words::FROM_BELOW),
    ("look-phone-x", words::PHONE_FROM_SIDE),
    ("look-phone-y", words::PHONE_FROM_BELOW),
];

/// What is typed. What is chosen out of a list is a place in it.
#[derive(Clone, Copy)]
struct Typed {
    form: Form,
    name: RwSignal<String>,
    accent: RwSignal<String>,
    greeting: RwSignal<String>,
    scheme: RwSignal<String>,
    corners: RwSignal<String>,
    font: RwSignal<String>,
    icon: RwSignal<String>,
    label: RwSignal<String>,
    side: RwSignal<String>,
    distances: [RwSignal<String>; 4],
    language: RwSignal<String>,
    logo: RwSignal<Option<PictureId>>,
}

impl Typed {
    fn new(known: SiteSettings) -> Self {
        let SiteSettings { config, look, .. } = known;
        let Offset { x, y } = look.offset;
        let Offset { x: phone_x, y: phone_y } = look.phone_offset;
        Self {
            form: Form::new(),
            name: RwSignal::new(config.name),
            accent: RwSignal::new(config.accent),
            greeting: RwSignal::new(config.greeting),
            scheme: RwSignal::new(place_of(&words::SCHEMES, &look.scheme)),
            corners: RwSignal::new(place_of(&words::CORNER_NAMES, &look.corners)),
            font: RwSignal::new(place_of(&words::FONTS, &look.font)),
            icon: RwSignal::new(place_of(&words::ICONS, &look.icon)),
            label: RwSignal::new(look.label),
            side: RwSignal::new(place_of(&words::SIDES, &look.side)),
            distances: [x, y, phone_x, phone_y].map(|px| RwSignal::new(px.to_string())),
            language: RwSignal::new(if look.language.is_empty() { "en".to_owned() } else { look.language }),
            logo: RwSignal::new(look.logo),
        }
    }

    /// The settings with what is typed in place of what they say, tracked. A distance that is none is the usual one.
    fn over(self, settings: SiteSettings) -> SiteSettings {
        let [x, y, phone_x, phone_y] = self.distances.map(|typed| typed.with(|typed| distance(typed)));
        let usual = Offset::default();
        let offset =
            |x: Option<u16>, y: Option<u16>| Offset { x: x.unwrap_or(usual.x), y: y.unwrap_or(usual.y) };
        let language = self.language.get();
        let look = Look {
            scheme: self.scheme.with(|place| chosen(&words::SCHEMES, place)),
            corners: self.corners.with(|place| chosen(&words::CORNER_NAMES, place)),
            font: self.font.with(|place| chosen(&words::FONTS, place)),
            side: self.side.with(|place| chosen(&words::SIDES, place)),
            offset: offset(x, y),
            phone_offset: offset(phone_x, phone_y),
            icon: self.icon.with(|place| chosen(&words::ICONS, place)),
            label: self.label.with(|label| label.trim().to_owned()),
            language: if language == "en" { String::new() } else { language },
            logo: self.logo.get(),
        };
        let config = SiteConfig {
            name: self.name.with(|name| name.trim().to_owned()),
            accent: self.accent.get(),
            greeting: self.greeting.with(|greeting| greeting.trim().to_owned()),
        };
        SiteSettings { config, look, ..settings }
    }

    /// Whether all of it can be sent; else shows what is wrong.
    fn passes(self) -> bool {
        let mut check = Check::default();
        check.field(NAME, entry::name(&self.name.get_untracked()), sites::NO_NAME);
        let label = self.label.get_untracked();
        if label.trim().chars().count() > LAUNCHER_LABEL_CHARACTERS {
            check.blame(LABEL, words::LABEL_TOO_LONG);
        }
        for ((id, _), typed) in DISTANCES.into_iter().zip(self.distances) {
            if typed.with_untracked(|typed| distance(typed)).is_none() {
                check.blame(id, words::NOT_NEAR);
            }
        }
        self.form.passes(check)
    }
}

/// The part.
#[component]
pub(super) fn LookPage(site: OpenSite) -> impl IntoView {
    let known = move || site.view_untracked();
    let begun = known().map(|view| {
        let key = view.keys.first().map(|kept| kept.key.to_string()).unwrap_or_default();
        (view.settings, key)
    });
    begun.map(|(settings, key)| {
        let typed = Typed::new(settings.clone());
        let form = typed.form;
        let submit = move |event: SubmitEvent| {
            event.prevent_default();
            let Some(view) = known().filter(|_| typed.passes()) else { return };
            let settings = untrack(|| typed.over(view.settings));
            form.send(api::change(site.workspace.id, site.id, settings), BLAME, move |view| {
                site.put(view);
                form.say(team::SAVED);
            });
        };
        let shown = Signal::derive(move || typed.over(settings.clone()));
        view! {
            <div class="look">
                <form class="form form--wide" method="post" novalidate on:submit=submit>
                    <Panel id="look-chat" title=words::CHAT><ChatFields typed site /></Panel>
                    <Panel id="look-launcher" title=words::LAUNCHER><LauncherFields typed /></Panel>
                    <Panel id="look-place" title=words::PLACE><PlaceFields typed /></Panel>
                    <Problem form />
                    <div class="form__row form__row--sticky">
                        <Submit form label=team::SAVE busy=team::SAVING />
                        <Saved form />
                    </div>
                </form>
                <Preview site=site.id key settings=shown />
            </div>
        }
    })
}

#[component]
fn ChatFields(typed: Typed, site: OpenSite) -> impl IntoView {
    let Typed { form, name, accent, greeting, scheme, corners, font, language, .. } = typed;
    let languages = OF_CHAT.map(|(tag, name)| (tag.to_owned(), name.to_owned())).to_vec();
    view! {
        <TextField form id=NAME label=sites::NAME kind=Kind::NAME value=name hint=sites::NAME_HINT />
        <TextField form id="look-greeting" label=sites::GREETING kind=Kind::NAME value=greeting hint=sites::GREETING_HINT />
        <div class="field">
            <label for=ACCENT>{sites::ACCENT}</label>
            <p class="field__hint" id="look-accent-hint">{sites::ACCENT_HINT}</p>
            <div class="colour">
                <input
                    id=ACCENT
                    type="color"
                    prop:value=accent
                    aria-describedby="look-accent-hint look-accent-notes"
                    on:input:target=move |event| {
                        form.touch(ACCENT);
                        accent.set(event.target().value());
                    }
                />
                <code dir="ltr">{accent}</code>
            </div>
            <Notes accent />
        </div>
        <Logo typed site />
        <Select form id="look-scheme" label=words::SCHEME options=options(&words::SCHEMES) value=scheme />
        <Select form id="look-corners" label=words::CORNERS options=options(&words::CORNER_NAMES) value=corners />
        <Select form id="look-font" label=words::FONT options=options(&words::FONTS) value=font hint=words::FONT_HINT />
        <Select form id="look-language" label=words::LANGUAGE options=languages value=language hint=words::LANGUAGE_HINT />
    }
}

/// The picture in the panel's header: drawn anew here and kept at once, and shown once the look is saved.
#[component]
fn Logo(typed: Typed, site: OpenSite) -> impl IntoView {
    let Typed { form, logo, .. } = typed;
    let chooser = NodeRef::<Input>::new();
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |event: ev::Event| {
        let Some(files) = files_in(&event) else { return };
        spawn_local(async move {
            let Some(bytes) = portrait(&files).await else { return form.complain(words::NO_LOGO) };
            form.send(api::keep_logo(site.workspace.id, site.id, bytes), BLAME, move |kept| {
                logo.set(Some(kept.logo));
                form.say(words::LOGO_KEPT);
            });
        });
    };
    let is_busy = move || form.is_busy().then_some("true");
    view! {
        <div class="field" role="group" aria-labelledby="look-logo" aria-describedby="look-logo-hint">
            <span class="field__name" id="look-logo">{words::LOGO}</span>
            <p class="field__hint" id="look-logo-hint">{words::LOGO_HINT}</p>
            <div class="form__row logo">
                {move || logo.get().map(|logo| view! {
                    <img class="logo__picture" src=format!("/logos/{}/{logo}", site.id) alt=words::LOGO_NOW width="40" height="40" />
                })}
                <input node_ref=chooser type="file" accept="image/*" hidden on:change=chosen />
                <button type="button" class="button" aria-disabled=is_busy on:click=choose>{words::CHOOSE_LOGO}</button>
                {move || logo.get().map(|_| view! {
                    <button type="button" class="button" on:click=move |_| logo.set(None)>{words::REMOVE_LOGO}</button>
                })}
            </div>
        </div>
    }
}

/// What is to be known of the colour.
#[component]
fn Notes(accent: RwSignal<String>) -> impl IntoView {
    let notes = Memo::new(move |_| accent.with(|accent| Colour::parse(accent)).map(notes));
    view! {
        <div id="look-accent-notes" class="notes" role="status">
            {move || notes.get().map(|(ink, faint)| view! {
                <p class="field__hint">{ink}</p>
                {faint
                    .into_iter()
                    .map(|note| view! { <p class="notes__one"><Icon shape=Shape::Warning /><span>{note}</span></p> })
                    .collect_view()}
            })}
        </div>
    }
}

#[component]
fn LauncherFields(typed: Typed) -> impl IntoView {
    let Typed { form, icon, label, .. } = typed;
    view! {
        <Select form id="look-icon" label=words::ICON options=options(&words::ICONS) value=icon />
        <TextField form id=LABEL label=words::LABEL kind=Kind::NAME value=label hint=words::LABEL_HINT />
    }
}

#[component]
fn PlaceFields(typed: Typed) -> impl IntoView {
    let Typed { form, side, distances, .. } = typed;
    view! {
        <Select form id="look-side" label=words::SIDE options=options(&words::SIDES) value=side />
        <div class="look__distances">
            {DISTANCES
                .into_iter()
                .zip(distances)
                .map(|((id, label), value)| view! { <TextField form id label kind=Kind::NUMBER value /> })
                .collect_view()}
        </div>
    }
}
