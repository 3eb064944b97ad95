//! The first steps, and the choice between workspaces.

mod pages;

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::use_navigate;

use super::later::later;
use crate::browser::settings::Settings;
use crate::components::Brand;
use crate::model::home::{self, home};
use crate::model::page::Page;
use crate::state::account::Account;

sync_web::part!(begin);

later!(begin, ChooseWorkspace, pages::ChooseWorkspace);
later!(begin, NewWorkspace, pages::NewWorkspace);

/// Leads on to the workspace that was used last, or to the only one; without any, to making one.
#[component]
pub(crate) fn Home() -> impl IntoView {
    let account = expect_context::<Account>();
    let settings = expect_context::<Settings>();
    let navigate = use_navigate();
    let me = account.me_untracked();
    me.map(|me| {
        let to = match home(&me.workspaces, settings.last_workspace()) {
            home::Home::Begin => Page::NewWorkspace,
            home::Home::Workspace(workspace) => Page::Workspace(workspace),
            home::Home::Choose => return view! { <ChooseWorkspace /> }.into_any(),
        };
        request_animation_frame(move || {
            navigate(&to.path(), NavigateOptions { replace: true, ..NavigateOptions::default() });
        });
        view! { <main class="pane pane--loading" aria-busy="true"><Brand /></main> }.into_any()
    })
}
