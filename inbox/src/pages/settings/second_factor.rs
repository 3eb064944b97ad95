//! A second factor of everybody: whether it is asked for, and how many have none.

use leptos::prelude::*;

use crate::api::workspace as api;
use crate::components::{Confirm, Panel, Problem, Question, Saved};
use crate::model::page::{AccountPart, Page};
use crate::model::sentence::Sentence;
use crate::state::account::Account;
use crate::state::form::Form;
use crate::state::workspace::Workspace;
use crate::words::team::second;

/// The panel.
#[component]
pub(super) fn SecondFactorForAll(workspace: Workspace, confirm: Confirm) -> impl IntoView {
    let account = expect_context::<Account>();
    let form = Form::new();
    let is_required =
        Memo::new(move |_| workspace.with(|view| view.requires_second_factor).unwrap_or_default());
    let without = Memo::new(move |_| workspace.with(|view| view.without_second_factor).flatten());
    let has_one = Memo::new(move |_| account.me().is_some_and(|me| me.has_second_factor || me.has_passkeys));
    let require = Callback::new(move |dialog: Form| {
        dialog.send(api::require_second_factor(workspace.id), &[], move |view| {
            confirm.close();
            workspace.put(view);
        });
    });
    let stop = Callback::new(move |dialog: Form| {
        dialog.send(api::stop_requiring_second_factor(workspace.id), &[], move |view| {
            confirm.close();
            workspace.put(view);
            form.say(second::STOPPED);
        });
    });
    let ask = move |title, lead, action, on_yes| {
        form.clear();
        confirm.ask(Question { title: Sentence::of(title), lead, action, on_yes, typed: None });
    };
    view! {
        <Panel id="second-factor-for-all" title=second::TITLE lead=second::LEAD>
            <p class="panel__note">{move || without.get().map(second::without)}</p>
            {move || match (is_required.get(), has_one.get()) {
                (true, _) => view! {
                    <p class="panel__lead">{second::ON}</p>
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| ask(second::STOP_TITLE, second::STOP_LEAD, second::STOP, stop)
                    >
                        {second::STOP}
                    </button>
                }.into_any(),
                (false, true) => view! {
                    <button
                        type="button"
                        class="button"
                        on:click=move |_| ask(second::REQUIRE_TITLE, second::REQUIRE_LEAD, second::REQUIRE_BUTTON, require)
                    >
                        {second::REQUIRE}
                    </button>
                }.into_any(),
                (false, false) => view! {
                    <p class="panel__lead">{second::YOU_FIRST}</p>
                    <a class="button" href=Page::Account(AccountPart::Security).href()>{second::YOU_FIRST_LINK}</a>
                }.into_any(),
            }}
            <Problem form />
            <Saved form />
        </Panel>
    }
}
