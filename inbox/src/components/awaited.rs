//! A place for something that comes from the server.

use leptos::prelude::*;

use super::{Empty, Shape};
use crate::api::Failure;
use crate::state::loaded::{Load, Loaded};
use crate::words::{self, team};

/// Shows its children when the value is here, and they follow it from then on; before that a skeleton, and else why there
/// is none.
#[component]
pub(crate) fn Awaited<T>(
    value: Loaded<T>,
    /// Asks again.
    on_retry: Callback<()>,
    children: ChildrenFn,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
{
    let state = Memo::new(move |_| value.map(|_| ()));
    move || match state.get() {
        Load::Waiting => view! { <Skeleton /> }.into_any(),
        Load::Here(()) => children(),
        Load::Failed(failure) => view! { <Failed failure on_retry /> }.into_any(),
    }
}

/// Says that something is on its way.
#[component]
pub(crate) fn Skeleton() -> impl IntoView {
    view! {
        <div class="waiting" aria-busy="true">
            <p class="visually-hidden" role="status">{words::LOADING}</p>
            <span aria-hidden="true"></span>
            <span aria-hidden="true"></span>
            <span aria-hidden="true"></span>
        </div>
    }
}

/// Why something is not here.
#[component]
pub(crate) fn Failed(failure: Failure, on_retry: Callback<()>) -> impl IntoView {
    if failure.is_out_of_reach() {
        return view! { <NotAllowed /> }.into_any();
    }
    view! {
        <Empty shape=Shape::Warning title=words::unanswered(failure) lead=String::new()>
            <button type="button" class="button" on:click=move |_| on_retry.run(())>{words::TRY_AGAIN}</button>
        </Empty>
    }
    .into_any()
}

/// The person may not see this.
#[component]
pub(crate) fn NotAllowed(
    /// Whether there is nothing else on the page.
    #[prop(optional)]
    heading: bool,
) -> impl IntoView {
    view! {
        <Empty
            heading
            shape=Shape::Lock
            title=team::NOT_ALLOWED_TITLE.to_owned()
            lead=team::NOT_ALLOWED_LEAD.to_owned()
        />
    }
}
