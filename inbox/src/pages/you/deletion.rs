//! The end of the account.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;
use protocol::http::account::WorkspaceName;
use protocol::{Code, Role};

use crate::api::{Failure, account as api, workspace};
use crate::components::{Awaited, CONFIRM_TYPED, Confirm, Panel, Question, Typed};
use crate::model::page::{Page, Section};
use crate::model::sentence::Sentence;
use crate::state::account::{Account, Standing};
use crate::state::drafts;
use crate::state::form::{Blame, Form};
use crate::state::loaded::Loaded;
use crate::words::you;

const BLAME: &[Blame] =
    &[(Code::InUse, CONFIRM_TYPED, you::DELETE_OWNER), (Code::BadField, CONFIRM_TYPED, you::DELETE_MISMATCH)];

/// Deletes it, or says what has to be handed over or deleted first.
#[component]
pub(super) fn Deletion(confirm: Confirm) -> impl IntoView {
    let account = expect_context::<Account>();
    let owned = Loaded::<Vec<WorkspaceName>>::new();
    let ask = move || owned.ask(owned_by(account));
    ask();
    view! {
        <Panel id="deletion" title=you::DELETE danger=true>
            <Awaited value=owned on_retry=Callback::new(move |()| ask())>
                {match owned.value_untracked() {
                    Some(owned) if !owned.is_empty() => view! { <Owner owned /> }.into_any(),
                    Some(_) | None => view! { <Ask confirm account /> }.into_any(),
                }}
            </Awaited>
        </Panel>
    }
}

/// What the person owns. A workspace that does not say is asked again when the account is to go.
async fn owned_by(account: Account) -> Result<Vec<WorkspaceName>, Failure> {
    let mut owned = Vec::new();
    for known in account.me_untracked().map(|me| me.workspaces).unwrap_or_default() {
        match workspace::view(known.id).await {
            Ok(view) if view.role == Role::Owner => owned.push(known),
            Err(failure) if failure.code().is_none() => return Err(failure),
            Ok(_) | Err(_) => {}
        }
    }
    Ok(owned)
}

#[component]
fn Owner(owned: Vec<WorkspaceName>) -> impl IntoView {
    let links = owned.into_iter().map(|workspace| {
        view! { <li><a href=Page::Settings(workspace.id, Section::General).href()><bdi>{workspace.name}</bdi></a></li> }
    });
    view! {
        <p class="panel__lead">{you::DELETE_OWNER}</p>
        <ul aria-label=you::DELETE_OWNED>{links.collect_view()}</ul>
    }
}

#[component]
fn Ask(confirm: Confirm, account: Account) -> impl IntoView {
    let navigate = StoredValue::new_local(use_navigate());
    let delete = Callback::new(move |dialog: Form| {
        let Some(email) = account.me_untracked().map(|me| me.email) else { return };
        dialog.send(api::delete(email), BLAME, move |()| {
            confirm.close();
            drafts::forget_all();
            navigate.with_value(|navigate| navigate(&Page::SignIn.path(), NavigateOptions::default()));
            account.forget(Standing::SignedOut);
        });
    });
    let ask = move |_| {
        let wanted = account.me_untracked().map(|me| me.email).unwrap_or_default();
        confirm.ask(Question {
            title: Sentence::of(you::DELETE_TITLE),
            lead: you::DELETE_LEAD,
            action: you::DELETE_FINAL,
            on_yes: delete,
            typed: Some(Typed { wanted, label: you::DELETE_CONFIRM, mismatch: you::DELETE_MISMATCH }),
        });
    };
    view! {
        <p class="panel__lead">{you::DELETE_LEAD}</p>
        <button type="button" class="button button--danger" on:click=ask>{you::DELETE_BUTTON}</button>
    }
}
