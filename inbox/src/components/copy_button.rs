//! A text to take elsewhere.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::{Icon, Shape};
use crate::browser::clipboard;
use crate::words::sites;

/// A button that copies a text, and says so.
#[component]
pub(crate) fn CopyButton(
    /// What is copied.
    #[prop(into)]
    text: Signal<String>,
    #[prop(default = sites::COPY)] label: &'static str,
) -> impl IntoView {
    let said = RwSignal::new(None::<&'static str>);
    let copy = move |_| {
        let text = text.get_untracked();
        said.set(None);
        spawn_local(async move {
            let copied = clipboard::copy(&text).await;
            said.try_set(Some(if copied { sites::COPIED } else { sites::NOT_COPIED }));
        });
    };
    view! {
        <span class="copy">
            <button type="button" class="button" on:click=copy>
                {move || view! { <Icon shape=if said.get() == Some(sites::COPIED) { Shape::Check } else { Shape::Copy } /> }}
                {label}
            </button>
            <span role="status" class="copy__said">{said}</span>
        </span>
    }
}

/// A block of code with a button that copies it.
#[component]
pub(crate) fn CodeBlock(
    #[prop(into)] text: Signal<String>,
    /// What it is.
    label: &'static str,
) -> impl IntoView {
    view! {
        <div class="code">
            <pre class="code__text" tabindex="0" role="group" aria-label=label dir="ltr"><code>{text}</code></pre>
            <CopyButton text />
        </div>
    }
}
