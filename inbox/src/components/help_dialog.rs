//! The keys, in a dialog.

use leptos::html::Dialog;
use leptos::prelude::*;

use super::{Icon, Shape};
use crate::words::help;

/// Opens when `shown` becomes true; the browser's own dialog keeps the focus inside and gives it back.
#[component]
pub(crate) fn HelpDialog(
    shown: RwSignal<bool>,
    /// Whether single keys do something.
    #[prop(into)]
    switched_on: Signal<bool>,
    on_switch: Callback<bool>,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let Some(dialog) = dialog.get() else { return };
        if shown.get() && !dialog.open() {
            // Fails only where it is open as something else.
            let _ = dialog.show_modal();
        } else if !shown.get() && dialog.open() {
            dialog.close();
        }
    });
    let keys = help::KEYS.into_iter().map(|(keys, what)| {
        let keys = keys.iter().map(|key| {
            let parts = key.split(' ').map(|part| view! { <kbd>{part}</kbd> }).collect_view();
            view! { <span class="help__key">{parts}</span> }
        });
        view! { <div class="help__line"><dt>{keys.collect_view()}</dt><dd>{what}</dd></div> }
    });
    view! {
        <dialog node_ref=dialog class="dialog" aria-labelledby="help-title" on:close=move |_| shown.set(false)>
            <div class="dialog__head">
                <h2 id="help-title">{help::TITLE}</h2>
                <button type="button" class="icon-button" aria-label=help::CLOSE on:click=move |_| shown.set(false)>
                    <Icon shape=Shape::Close />
                </button>
            </div>
            <dl class="help">{keys.collect_view()}</dl>
            <label class="switch">
                <input
                    type="checkbox"
                    prop:checked=switched_on
                    on:change:target=move |event| on_switch.run(event.target().checked())
                />
                <span>{help::SWITCH}</span>
            </label>
        </dialog>
    }
}
