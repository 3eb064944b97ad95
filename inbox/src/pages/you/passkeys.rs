//! The person's passkeys.

use leptos::prelude::*;
use protocol::http::passkey::{PasskeyList, PasskeyName, PasskeyView};
use protocol::{Code, PasskeyId};
use web_sys::SubmitEvent;

use crate::api::{Failure, passkeys as api};
use crate::browser::focus::focus_later;
use crate::browser::intl;
use crate::browser::passkeys::{NoPasskey, are_known, make};
use crate::components::{
    Awaited, Confirm, Icon, Kind, Panel, Problem, Question, Saved, Shape, Since, Submit, TextField,
};
use crate::model::entry;
use crate::model::sentence::Sentence;
use crate::state::account::Account;
use crate::state::form::{Check, Form};
use crate::state::loaded::Loaded;
use crate::words::passkeys as words;

const PASSKEYS: &str = "passkeys";
const NAME: &str = "passkey-name";

/// The panel.
#[component]
pub(super) fn Passkeys(confirm: Confirm) -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let list = Loaded::<PasskeyList>::new();
    let renamed = RwSignal::new(None::<PasskeyId>);
    let ask = move || list.ask(api::list());
    ask();
    let add = move |_| {
        form.send(added(), &[], move |answer| match answer {
            Ok(()) => {
                ask();
                account.refresh();
                form.say(words::ADDED);
            }
            Err(why) => form.complain(why),
        });
    };
    let remove = move |id: PasskeyId| {
        let on_yes = Callback::new(move |dialog: Form| {
            dialog.send(api::remove(id), &[], move |()| {
                confirm.close();
                list.update(|list| list.passkeys.retain(|passkey| passkey.id != id));
                account.refresh();
                form.say(words::REMOVED);
                focus_later(PASSKEYS);
            });
        });
        form.clear();
        confirm.ask(Question {
            title: Sentence::of(words::REMOVE_TITLE),
            lead: words::REMOVE_LEAD,
            action: words::REMOVE,
            on_yes,
            typed: None,
        });
    };
    let passkeys = Memo::new(move |_| list.value().map(|list| list.passkeys).unwrap_or_default());
    let lines = move || {
        let line = |passkey| view! { <Line passkey list renamed on_remove=Callback::new(remove) /> };
        passkeys.get().into_iter().map(line).collect_view()
    };
    view! {
        <Panel id=PASSKEYS title=words::TITLE lead=words::LEAD>
            <Awaited value=list on_retry=Callback::new(move |()| ask())>
                {move || if passkeys.with(Vec::is_empty) {
                    view! { <p class="panel__note">{words::NONE}</p> }.into_any()
                } else {
                    view! { <ul class="row-list" role="list" aria-labelledby=PASSKEYS>{lines}</ul> }.into_any()
                }}
            </Awaited>
            <Problem form />
            <Saved form />
            {if are_known() {
                view! {
                    <button type="button" class="button" aria-disabled=move || form.is_busy().then_some("true") on:click=add>
                        <Icon shape=Shape::Plus />
                        {words::ADD}
                    </button>
                }.into_any()
            } else {
                view! { <p class="panel__note">{words::NOT_HERE}</p> }.into_any()
            }}
        </Panel>
    }
}

/// Has one made and adds it; or says, in words, why there is none.
async fn added() -> Result<Result<(), &'static str>, Failure> {
    let setup = match api::begin().await {
        Err(failure) if failure.code() == Some(Code::InUse) => return Ok(Err(words::TOO_MANY)),
        answer => answer?,
    };
    let made = match make(&setup).await {
        Ok(made) => made,
        Err(NoPasskey::Given) => return Ok(Err(words::NOT_MADE)),
        Err(NoPasskey::Known) => return Ok(Err(words::KNOWN)),
        Err(NoPasskey::Possible) => return Ok(Err(words::NOT_POSSIBLE)),
    };
    match api::add(made).await {
        Err(failure) => match failure.code() {
            Some(Code::LinkExpired) => Ok(Err(words::TOO_LATE)),
            Some(Code::Taken) => Ok(Err(words::KNOWN)),
            Some(Code::BadField) => Ok(Err(words::NOT_POSSIBLE)),
            _ => Err(failure),
        },
        Ok(()) => Ok(Ok(())),
    }
}

#[component]
fn Line(
    passkey: PasskeyView,
    list: Loaded<PasskeyList>,
    /// Which one is being renamed.
    renamed: RwSignal<Option<PasskeyId>>,
    on_remove: Callback<PasskeyId>,
) -> impl IntoView {
    let id = passkey.id;
    let is_renamed = Memo::new(move |_| renamed.get() == Some(id));
    move || {
        if is_renamed.get() {
            view! { <li class="row-list__row"><Renaming passkey=passkey.clone() list renamed /></li> }
                .into_any()
        } else {
            view! { <Shown passkey=passkey.clone() renamed on_remove /> }.into_any()
        }
    }
}

#[component]
fn Shown(
    passkey: PasskeyView,
    renamed: RwSignal<Option<PasskeyId>>,
    on_remove: Callback<PasskeyId>,
) -> impl IntoView {
    let PasskeyView { id, name, made_at, used_at, is_synced } = passkey;
    let name = if name.is_empty() { words::UNNAMED.to_owned() } else { name };
    let rename = move |_| {
        renamed.set(Some(id));
        focus_later(NAME);
    };
    view! {
        <li class="row-list__row">
            <div class="row-list__who">
                <p class="row-list__name">
                    <bdi>{name.clone()}</bdi>
                    {is_synced.then(|| view! { <span class="tag">{words::SYNCED}</span> })}
                </p>
                <p class="row-list__more">
                    {match used_at {
                        Some(at) => view! { {words::USED}" "<Since at in_words=true /> }.into_any(),
                        None => view! { {words::UNUSED} }.into_any(),
                    }}
                    <span class="row-list__since">{words::MADE}" "{intl::full(made_at)}</span>
                </p>
            </div>
            <div class="row-list__actions">
                <button type="button" class="button button--small" aria-label=words::rename(&name) on:click=rename>
                    {words::RENAME}
                </button>
                <button
                    type="button"
                    class="button button--small"
                    aria-label=words::remove(&name)
                    on:click=move |_| on_remove.run(id)
                >
                    {words::REMOVE}
                </button>
            </div>
        </li>
    }
}

#[component]
fn Renaming(
    passkey: PasskeyView,
    list: Loaded<PasskeyList>,
    renamed: RwSignal<Option<PasskeyId>>,
) -> impl IntoView {
    let form = Form::new();
    let PasskeyView { id, name, .. } = passkey;
    let value = RwSignal::new(name);
    let stop = move || {
        renamed.set(None);
        focus_later(PASSKEYS);
    };
    let submit = move |event: SubmitEvent| {
        event.prevent_default();
        let mut check = Check::default();
        let typed = check.field(NAME, entry::name(&value.get_untracked()), words::NO_NAME);
        let (Some(name), true) = (typed, form.passes(check)) else { return };
        form.send(api::rename(id, PasskeyName { name: name.clone() }), &[], move |()| {
            list.update(|list| {
                for passkey in list.passkeys.iter_mut().filter(|passkey| passkey.id == id) {
                    passkey.name.clone_from(&name);
                }
            });
            stop();
        });
    };
    view! {
        <form class="form row-list__who" method="post" novalidate on:submit=submit>
            <Problem form />
            <TextField form id=NAME label=words::NAME kind=Kind::NAME value />
            <div class="form__row">
                <Submit form label=words::SAVE busy=words::SAVING />
                <button type="button" class="button" on:click=move |_| stop()>{words::CANCEL}</button>
            </div>
        </form>
    }
}
