//! The place of the thread while no conversation is open.

use leptos::prelude::*;
use protocol::Permission;

use super::desk::DeskContext;
use crate::components::{Empty, Shape};
use crate::model::page::{Page, Section};
use crate::state::feed::FeedState;
use crate::state::workspace::Workspace;
use crate::words::thread;

/// Says what to do; gives the focus back to the row of the conversation that was open.
#[component]
pub(crate) fn Choose() -> impl IntoView {
    let desk = expect_context::<DeskContext>();
    let feed = expect_context::<FeedState>();
    let workspace = expect_context::<Workspace>();
    desk.left_conversation();
    let is_new = Memo::new(move |_| {
        feed.with(|view| view.is_some_and(|view| view.me.is_some() && view.known.is_empty()))
    });
    let title = move || if is_new.get() { thread::READY_TITLE } else { thread::CHOOSE_TITLE }.to_owned();
    let lead = move || if is_new.get() { thread::READY_LEAD } else { thread::CHOOSE_LEAD }.to_owned();
    let keys = thread::CHOOSE_KEYS.into_iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| view! { <kbd>{*key}</kbd> }).collect_view();
        view! { <span>{keys}" "{what}</span> }
    });
    view! {
        <section class="pane pane--choose" id="main" tabindex="-1">
            <Empty shape=Shape::Talk title=Signal::derive(title) lead=Signal::derive(lead)>
                <p class="empty__keys" class:hidden=is_new>{keys.collect_view()}</p>
                {move || (is_new.get() && workspace.may(Permission::ManageSites)).then(|| view! {
                    <a class="button" href=Page::Settings(workspace.id, Section::Sites).href()>{thread::READY_LINK}</a>
                })}
            </Empty>
        </section>
    }
}
