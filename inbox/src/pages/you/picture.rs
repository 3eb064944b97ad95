//! The picture that others see of the person: chosen here, drawn anew as a small square, and taken away.

use leptos::html::Input;
use leptos::task::spawn_local;
use leptos::{ev, prelude::*};
use sync_web::{files_in, portrait};

use crate::api::account as api;
use crate::components::{Avatar, Panel, Problem, Saved, picture_at};
use crate::model::initials::initials;
use crate::state::account::Account;
use crate::state::form::Form;
use crate::words::you;

/// The panel.
#[component]
pub(super) fn Picture() -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let chooser = NodeRef::<Input>::new();
    let name = move || account.me().map(|me| me.profile.name).unwrap_or_default();
    let picture = Memo::new(move |_| account.me().and_then(|me| me.picture));
    let choose = move |_| {
        if let Some(chooser) = chooser.get_untracked() {
            chooser.click();
        }
    };
    let chosen = move |event: ev::Event| {
        let Some(files) = files_in(&event) else { return };
        spawn_local(async move {
            let Some(bytes) = portrait(&files).await else { return form.complain(you::NO_PICTURE) };
            form.send(api::set_picture(bytes), &[], move |me| {
                account.put(me);
                form.say(you::PICTURE_SAVED);
            });
        });
    };
    let remove = move |_| {
        form.send(api::remove_picture(), &[], move |me| {
            account.put(me);
            form.say(you::PICTURE_REMOVED);
        });
    };
    view! {
        <Panel id="picture" title=you::PICTURE>
            <Problem form />
            <div class="own-picture">
                {move || view! { <Avatar letters=initials(&name()) tint=0 picture=picture.get().map(picture_at).unwrap_or_default() /> }}
                <div class="form__row">
                    <input node_ref=chooser type="file" accept="image/*" hidden on:change=chosen />
                    <button
                        type="button"
                        class="button"
                        aria-disabled=move || form.is_busy().then_some("true")
                        on:click=choose
                    >
                        {you::CHOOSE_PICTURE}
                    </button>
                    {move || picture.get().map(|_| view! {
                        <button
                            type="button"
                            class="button"
                            aria-disabled=move || form.is_busy().then_some("true")
                            on:click=remove
                        >
                            {you::REMOVE_PICTURE}
                        </button>
                    })}
                    <Saved form />
                </div>
            </div>
            <p class="field__hint">{you::PICTURE_HINT}</p>
        </Panel>
    }
}
