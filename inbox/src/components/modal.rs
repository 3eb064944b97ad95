//! A dialog over the page.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::{Icon, Shape};
use crate::words::CLOSE;

/// Opens while `shown`; the browser's own dialog keeps the focus inside and gives it back. Its content begins anew each
/// time.
#[component]
pub(crate) fn Modal(
    /// The dialog's id.
    id: &'static str,
    #[prop(into)] shown: Signal<bool>,
    /// Closes it: by the cross, Escape, or the browser's way back.
    on_close: Callback<()>,
    /// What it is about.
    #[prop(into)]
    title: ViewFn,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    let heading = format!("{id}-title");
    let labelledby = heading.clone();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if shown.get() && !dialog.open() {
            // Fails only where it is open as something else.
            let _ = dialog.show_modal();
        } else if !shown.get() && dialog.open() {
            dialog.close();
        }
    });
    let children = StoredValue::new(children);
    view! {
        <dialog
            node_ref=dialog
            id=id
            class="dialog"
            aria-labelledby=labelledby
            on:close=move |_| {
                if shown.get_untracked() {
                    on_close.run(());
                }
            }
        >
            <div class="dialog__head">
                <h2 id=heading>{move || title.run()}</h2>
                <button type="button" class="icon-button" aria-label=CLOSE on:click=move |_| on_close.run(())>
                    <Icon shape=Shape::Close />
                </button>
            </div>
            {move || shown.get().then(|| children.with_value(|children| children()))}
        </dialog>
    }
}
