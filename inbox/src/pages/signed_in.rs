//! Lets signed-in people in and leads everybody else to the sign-in page.

use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos_router::NavigateOptions;
use leptos_router::components::Outlet;
use leptos_router::hooks::{use_location, use_navigate};
use protocol::WorkspaceId;
use protocol::http::account::Me;

use super::commands::Commands;
use super::proving::{self, ProofDialog};
use crate::api::account as api;
use crate::components::{AccountMenu, Brand, Empty, Shape};
use crate::model::page::{BASE, Page};
use crate::model::sign_in_target::wanted_page;
use crate::state::account::{Account, Standing};
use crate::state::drafts;
use crate::state::proofs::Proofs;
use crate::words;

/// All pages of signed-in people, and the dialog in which they prove who they are.
#[component]
pub(crate) fn SignedInOnly() -> impl IntoView {
    let account = expect_context::<Account>();
    let navigate = use_navigate();
    let path = use_location().pathname;
    account.load();
    let others = drafts::listen(move || account.forget(Standing::SignedOut));
    let others = StoredValue::new_local(others);
    on_cleanup(move || others.dispose());
    Effect::new(move || {
        if account.get() != Standing::SignedOut {
            return;
        }
        let wanted = path.get_untracked().strip_prefix(BASE).unwrap_or_default().to_owned();
        let sign_in = Page::SignIn.path();
        let target = match wanted_page(Some(&wanted)) {
            "/" => sign_in,
            page => format!("{sign_in}?to={page}"),
        };
        navigate(&target, NavigateOptions { replace: true, ..NavigateOptions::default() });
    });
    // What a person is called may change while the pages stay.
    let standing = Memo::new(move |_| match account.get() {
        Standing::SignedIn(me) => Ok(me.email),
        other => Err(other),
    });
    move || {
        match standing.get() {
        Ok(_) => view! { <Inside /> }.into_any(),
        Err(Standing::Failed(failure)) => view! {
            <main class="pane pane--alone">
                <Empty shape=Shape::Warning title=words::unanswered(failure) lead=String::new()>
                    <button type="button" class="button" on:click=move |_| account.load()>{words::TRY_AGAIN}</button>
                </Empty>
            </main>
        }
        .into_any(),
        Err(Standing::Unknown | Standing::SignedOut | Standing::SignedIn(_)) => {
            view! { <main class="pane pane--loading" aria-busy="true"><Brand /></main> }.into_any()
        }
    }
    }
}

#[component]
fn Inside() -> impl IntoView {
    let proofs = Proofs::new();
    provide_context(proofs);
    on_cleanup(move || proofs.settle(false));
    let can_ask = RwSignal::new(false);
    Effect::new(move || {
        if proofs.wanted().get() && !can_ask.get_untracked() {
            spawn_local(async move {
                match proving::come().await {
                    Ok(()) => drop(can_ask.try_set(true)),
                    Err(_) => proofs.settle(false),
                }
            });
        }
    });
    view! {
        <Outlet />
        <Show when=move || can_ask.get()><ProofDialog /></Show>
    }
}

/// The person's menu, for the head of a page, and behind it whatever can be done on that page.
#[component]
pub(super) fn PersonMenu(
    /// The workspace that is on screen.
    #[prop(optional_no_strip)]
    workspace: Option<WorkspaceId>,
) -> impl IntoView {
    view! {
        <AccountMenu me=use_me() workspace on_sign_out=use_sign_out() />
        <Commands />
    }
}

/// The signed-in person, for menus.
pub(super) fn use_me() -> Signal<Option<Me>> {
    let account = expect_context::<Account>();
    Memo::new(move |_| account.me()).into()
}

/// Ends the session and leads to the sign-in page.
pub(super) fn use_sign_out() -> Callback<()> {
    let account = expect_context::<Account>();
    let navigate = StoredValue::new_local(use_navigate());
    Callback::new(move |()| {
        let navigate = navigate.with_value(Clone::clone);
        spawn_local(async move {
            // The session has ended for this tab even where the server could not be told.
            let _ = api::sign_out().await;
            drafts::forget_all();
            navigate(&Page::SignIn.path(), NavigateOptions::default());
            account.forget(Standing::SignedOut);
        });
    })
}
