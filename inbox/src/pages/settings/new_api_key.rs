//! Makes a key of the REST API.

use leptos::prelude::*;
use protocol::http::api_key::{ApiKeyDraft, ApiKeyList};
use protocol::{Code, Scope, Scopes};
use web_sys::SubmitEvent;

use super::api_keys::Making;
use crate::api::api_keys as api;
use crate::browser::clock;
use crate::components::{Fault, Kind, Problem, Select, Submit, TextField};
use crate::model::api_keys::{Lifetime, choices};
use crate::model::entry;
use crate::state::form::{Blame, Check, Form};
use crate::state::loaded::Loaded;
use crate::state::workspace::Workspace;
use crate::words::{api_keys, team};

const NAME: &str = "key-name";
const MAY: &str = "key-may";
const LASTS: &str = "key-lasts";
const BLAME: &[Blame] = &[(Code::BadField, NAME, api_keys::NO_NAME), (Code::TooLarge, NAME, api_keys::FULL)];

/// The form, in a dialog, which tells the key's text when it is made.
#[component]
pub(super) fn NewKey(
    workspace: Workspace,
    list: Loaded<ApiKeyList>,
    making: RwSignal<Option<Making>>,
) -> impl IntoView {
    let form = Form::new();
    let name = RwSignal::new(String::new());
    let chosen = RwSignal::new(Scopes::default());
    let lasts = RwSignal::new(Lifetime::Quarter.value().to_owned());
    let mine = workspace.view_untracked().map(|view| view.permissions).unwrap_or_default();
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&name.get_untracked()), api_keys::NO_NAME);
        let scopes = chosen.get_untracked();
        if scopes.is_empty() {
            check.blame(MAY, api_keys::NO_SCOPE);
        }
        let lifetime = Lifetime::of_value(&lasts.get_untracked());
        let (Some(name), Some(lifetime), true) = (typed, lifetime, form.passes(check)) else { return };
        let draft = ApiKeyDraft { name, scopes, expires_at: lifetime.end(clock::now()) };
        form.send(api::make(workspace.id, draft), BLAME, move |made| {
            list.update(|list| list.keys.insert(0, made.key.clone()));
            making.set(Some(Making::Made(made)));
        });
    };
    let lifetimes = Lifetime::EVERY
        .map(|lifetime| (lifetime.value().to_owned(), api_keys::lifetime(lifetime).to_owned()));
    let lifetimes = Signal::stored(lifetimes.to_vec());
    let boxes = choices(mine).map(|(scope, can)| view! { <Choice form scope can chosen /> });
    let fault = Memo::new(move |_| form.fault(MAY).is_some());
    view! {
        <form class="form" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=api_keys::NAME kind=Kind::NAME value=name hint=api_keys::NAME_HINT autofocus=true />
            <fieldset
                class="fieldset"
                id=MAY
                tabindex="-1"
                aria-describedby=move || fault.get().then(|| format!("{MAY}-fault"))
            >
                <legend>{api_keys::MAY}</legend>
                {boxes.collect_view()}
                <Fault form id=MAY />
            </fieldset>
            <Select form id=LASTS label=api_keys::LASTS options=lifetimes value=lasts />
            <div class="form__foot">
                <button type="button" class="button" on:click=move |_| making.set(None)>{team::CANCEL}</button>
                <Submit form label=api_keys::CREATE busy=api_keys::CREATING />
            </div>
        </form>
    }
}

/// One scope, with what it means.
#[component]
fn Choice(form: Form, scope: Scope, can: bool, chosen: RwSignal<Scopes>) -> impl IntoView {
    let (name, meaning) = api_keys::scope(scope);
    let id = format!("scope-{}", scope.name().replace(':', "-"));
    let hint = format!("{id}-hint");
    view! {
        <div class="check">
            <input
                id=id.clone()
                type="checkbox"
                disabled=!can
                prop:checked=move || chosen.get().contains(scope)
                aria-describedby=hint.clone()
                on:change:target=move |event| {
                    form.touch(MAY);
                    chosen.update(|chosen| *chosen = chosen.set(scope, event.target().checked()));
                }
            />
            <div>
                <label for=id>{name}" "<code class="check__code" dir="ltr">{scope.name()}</code></label>
                <p class="field__hint" id=hint>{meaning}{(!can).then(|| format!(" {}", api_keys::NOT_YOURS))}</p>
            </div>
        </div>
    }
}
