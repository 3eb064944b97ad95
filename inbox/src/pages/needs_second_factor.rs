//! Instead of a workspace that asks for a second factor: where to set one up, or to use the one that there is.

use leptos::prelude::*;
use protocol::WorkspaceId;

use super::signed_in::{use_me, use_sign_out};
use crate::components::{AccountMenu, Brand, Empty, Problem, ProveByPasskey, Shape};
use crate::model::page::{AccountPart, Page};
use crate::state::form::Form;
use crate::words::passkeys;
use crate::words::team::second;

/// Says what is missing, and leads there.
#[component]
pub(crate) fn NeedsSecondFactor(
    workspace: WorkspaceId,
    /// Comes in, after a proof with a passkey.
    on_proof: Callback<()>,
) -> impl IntoView {
    let (me, sign_out) = (use_me(), use_sign_out());
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
    view! {
        <div class="alone">
            <header class="alone__head">
                <Brand named=true />
                <AccountMenu me workspace=None on_sign_out=sign_out />
            </header>
            <main class="pane" id="main">
                <Empty shape=Shape::Shield title=title lead=lead.to_owned() heading=true>
                    {has_passkeys.then(|| view! { <Problem form /><ProveByPasskey form on_proof /> })}
                    <a class="button" class:button--primary=!has_passkeys href=Page::Account(AccountPart::Security).href()>{second::NEEDED_BUTTON}</a>
                </Empty>
            </main>
        </div>
    }
}
