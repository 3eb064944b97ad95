//! Instead of a workspace that asks for a second factor: where to set one up.

use leptos::prelude::*;
use protocol::WorkspaceId;

use super::signed_in::{use_me, use_sign_out};
use crate::components::{AccountMenu, Brand, Empty, Shape};
use crate::model::page::{AccountPart, Page};
use crate::words::team::second;

/// Says what is missing, and leads there.
#[component]
pub(crate) fn NeedsSecondFactor(workspace: WorkspaceId) -> impl IntoView {
    let (me, sign_out) = (use_me(), use_sign_out());
    let name = move || {
        me.with(|me| {
            let known = me.as_ref()?.workspaces.iter().find(|known| known.id == workspace)?;
            Some(known.name.clone())
        })
    };
    let title = Signal::derive(move || second::needed_title(name().as_deref()));
    view! {
        <div class="alone">
            <header class="alone__head">
                <Brand named=true />
                <AccountMenu me workspace=None on_sign_out=sign_out />
            </header>
            <main class="pane" id="main">
                <Empty shape=Shape::Shield title=title lead=second::NEEDED_LEAD.to_owned() heading=true>
                    <a class="button button--primary" href=Page::Account(AccountPart::Security).href()>{second::NEEDED_BUTTON}</a>
                </Empty>
            </main>
        </div>
    }
}
