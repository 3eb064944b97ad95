//! Recovery codes, this once.

use leptos::prelude::*;

use crate::components::{CopyButton, Icon, Modal, Shape};
use crate::model::codes_file;
use crate::words::you;

/// The codes that are being told.
#[derive(Clone, Copy)]
pub(super) struct Told(RwSignal<Option<Vec<String>>>);

impl Told {
    /// None.
    pub(super) fn new() -> Self {
        Self(RwSignal::new(None))
    }

    /// Tells some.
    pub(super) fn tell(self, codes: Vec<String>) {
        self.0.set(Some(codes));
    }
}

/// The dialog that tells them.
#[component]
pub(super) fn RecoveryDialog(told: Told) -> impl IntoView {
    let codes = told.0;
    view! {
        <Modal
            id="recovery"
            shown=Signal::derive(move || codes.with(Option::is_some))
            on_close=Callback::new(move |()| codes.set(None))
            title=|| you::RECOVERY
        >
            {move || codes.get().map(|list| view! { <Codes list told /> })}
        </Modal>
    }
}

#[component]
fn Codes(list: Vec<String>, told: Told) -> impl IntoView {
    let lines =
        list.iter().map(|code| view! { <li><code dir="ltr">{code.clone()}</code></li> }).collect_view();
    view! {
        <p class="dialog__lead">{you::RECOVERY_ONCE}" "{you::RECOVERY_LEAD}</p>
        <ul class="codes" role="list" aria-label=you::RECOVERY>{lines}</ul>
        <div class="form__row">
            <CopyButton text=list.join("\n") label=you::RECOVERY_COPY />
            <a class="button" href=codes_file::address(&list) download=you::RECOVERY_FILE rel="external">
                <Icon shape=Shape::Save />
                {you::RECOVERY_SAVE}
            </a>
        </div>
        <div class="form__foot">
            <button type="button" class="button button--primary" on:click=move |_| told.0.set(None)>{you::RECOVERY_KEPT}</button>
        </div>
    }
}
