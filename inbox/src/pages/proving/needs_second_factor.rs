//! Instead of a workspace that asks for a second factor: where to set one up or to use the one that there is, and the ways
//! out.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::super::signed_in::{PersonMenu, use_me};
use crate::api::workspace as api;
use crate::components::{Brand, Confirm, ConfirmDialog, Empty, Problem, ProveByPasskey, Question, Shape};
use crate::model::page::{AccountPart, Page};
use crate::state::account::Account;
use crate::state::form::Form;
use crate::state::workspace::Workspace;
use crate::words::passkeys;
use crate::words::team::{self, general, second};

/// Says what is missing, and leads there or out.
#[component]
pub(crate) fn NeedsSecondFactor() -> impl IntoView {
    let inside = expect_context::<Workspace>();
    let workspace = inside.id;
    // Comes in, after a proof with a passkey.
    let on_proof = Callback::new(move |()| inside.refresh());
    let me = use_me();
    let name = move || {
        me.with(|me| {
            let known = me.as_ref()?.workspaces.iter().find(|known| known.id == workspace)?;
            Some(known.name.clone())
        })
    };
    let has_passkeys = me.with_untracked(|me| me.as_ref().is_some_and(|me| me.has_passkeys));
    let lead = if has_passkeys { passkeys::LEAD_PROVE } else { second::NEEDED_LEAD };
    let form = Form::new();
    let title = Signal::derive(move || second::needed_title(name().as_deref()));
    let (account, confirm) = (expect_context::<Account>(), Confirm::new());
    let navigate = StoredValue::new_local(use_navigate());
    let leave = Callback::new(move |form: Form| {
        form.send(api::leave(workspace), &[], move |()| {
            confirm.close();
            account.refresh();
            navigate.with_value(|navigate| navigate(&Page::Home.path(), NavigateOptions::default()));
        });
    });
    let ask = move |_| {
        confirm.ask(Question {
            title: team::leave_title(&name().unwrap_or_default()),
            lead: general::LEAVE_LEAD,
            action: general::LEAVE_BUTTON,
            on_yes: leave,
            typed: None,
        });
    };
    view! {
        <div class="alone">
            <header class="alone__head">
                <Brand named=true />
                <PersonMenu workspace=None />
            </header>
            <main class="pane" id="main">
                <Empty shape=Shape::Shield title=title lead=lead.to_owned() heading=true>
                    {has_passkeys.then(|| view! { <Problem form /><ProveByPasskey form on_proof /> })}
                    <a class="button" class:button--primary=!has_passkeys href=Page::Account(AccountPart::Security).href()>{second::NEEDED_BUTTON}</a>
                    <button type="button" class="button" on:click=ask>{second::NEEDED_LEAVE}</button>
                </Empty>
            </main>
            <ConfirmDialog confirm />
        </div>
    }
}
