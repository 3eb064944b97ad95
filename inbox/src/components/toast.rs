//! What was just done, with the way to take it back.

use leptos::prelude::*;

use crate::words::desk;

/// Says it politely; the button takes it back.
#[component]
pub(crate) fn Toast(
    /// What was done; nothing once that is long ago.
    #[prop(into)]
    text: Signal<Option<String>>,
    on_undo: Callback<()>,
) -> impl IntoView {
    view! {
        <div class="toast" class:toast--shown=move || text.with(Option::is_some)>
            <p role="status"><bdi>{text}</bdi></p>
            {move || text.with(Option::is_some).then(|| view! {
                <button type="button" class="toast__undo" aria-keyshortcuts="z" on:click=move |_| on_undo.run(())>{desk::UNDO}</button>
            })}
        </div>
    }
}
