//! Pages that are loaded when somebody goes there.

use core::future::Future;
use core::pin::Pin;

use leptos::prelude::*;
use leptos::reactive::owner::WeakOwner;
use leptos::reactive::spawn_local_scoped_with_cancellation;
use sync_web::NotLoaded;

use crate::api::Failure;
use crate::components::{Failed, Skeleton};

/// Loads the part that a page is in, and makes the page.
type Make = fn() -> Pin<Box<dyn Future<Output = Result<AnyView, NotLoaded>>>>;

/// How far a page is.
#[derive(Clone, Copy)]
enum Progress {
    Awaited,
    Here,
    Failed,
}

/// Makes a component of a page that is loaded when it is first shown, given its part ([`sync_web::part`], which the file has
/// to name), the component and the page.
macro_rules! later {
    ($part:ident, $name:ident, $page:path) => {
        /// A page, once it is loaded.
        #[leptos::component]
        pub(crate) fn $name() -> impl leptos::prelude::IntoView {
            #[sync_web::wasm_split($part, fallible, wasm_split_path = part)]
            fn make() -> Result<leptos::prelude::AnyView, sync_web::NotLoaded> {
                Ok(leptos::prelude::IntoAny::into_any($page()))
            }
            crate::pages::later::show_later(|| Box::pin(make()))
        }
    };
}

pub(super) use later;

/// Like [`later`], of something that is no page: nothing stands there before it is loaded, or if it cannot be had.
macro_rules! by_the_way {
    ($part:ident, $name:ident, $component:path) => {
        /// Something beside the page, once it is loaded.
        #[leptos::component]
        pub(crate) fn $name() -> impl leptos::prelude::IntoView {
            #[sync_web::wasm_split($part, fallible, wasm_split_path = part)]
            fn make() -> Result<leptos::prelude::AnyView, sync_web::NotLoaded> {
                Ok(leptos::prelude::IntoAny::into_any($component()))
            }
            crate::pages::later::show_by_the_way(|| Box::pin(make()))
        }
    };
}

pub(super) use by_the_way;

/// Shows something once it is loaded, and nothing else.
pub(super) fn show_by_the_way(make: Make) -> impl IntoView {
    let owner = Owner::current().map(|owner| owner.downgrade());
    let made = StoredValue::new_local(None);
    let is_here = RwSignal::new(false);
    if let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) {
        owner.with(|| {
            spawn_local_scoped_with_cancellation(async move {
                made.set_value(make().await.ok());
                is_here.set(true);
            });
        });
    }
    move || is_here.get().then(|| made.try_update_value(Option::take).flatten())
}

/// Shows a page once it is loaded; before that a skeleton, and else that it cannot be had.
pub(super) fn show_later(make: Make) -> impl IntoView {
    // What it owns holds it: a strong one would keep the page at work when it is left.
    let owner = Owner::current().map(|owner| owner.downgrade());
    let page = StoredValue::new_local(None);
    let progress = RwSignal::new(Progress::Awaited);
    let load = move || {
        let Some(owner) = owner.as_ref().and_then(WeakOwner::upgrade) else { return };
        owner.with(|| {
            spawn_local_scoped_with_cancellation(async move {
                let made = make().await;
                let here = made.is_ok();
                page.set_value(made.ok());
                progress.set(if here { Progress::Here } else { Progress::Failed });
            });
        });
    };
    load();
    let retry = UnsyncCallback::new(move |()| {
        progress.set(Progress::Awaited);
        load();
    });
    move || match progress.get() {
        Progress::Awaited => view! { <Skeleton /> }.into_any(),
        Progress::Here => page.try_update_value(Option::take).flatten().into_any(),
        Progress::Failed => {
            view! { <Failed failure=Failure::Unreachable on_retry=Callback::new(move |()| retry.run(())) /> }
                .into_any()
        }
    }
}
