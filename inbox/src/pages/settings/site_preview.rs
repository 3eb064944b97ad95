//! A site's chat as it would look: the loader's own launcher and the real panel, in a frame.

use leptos::html::Iframe;
use leptos::prelude::*;
use protocol::SiteId;
use protocol::http::site::SiteSettings;
use serde_json::json;

use crate::browser::preview::{on_ready, tell};
use crate::model::look::page_config;
use crate::words::look;

/// Where the frame's page is.
const ADDRESS: &str = "/widget/preview";

/// The preview, and what it is looked at with.
#[component]
pub(super) fn Preview(
    site: SiteId,
    /// The key in the address of the panel's frame.
    key: String,
    /// As typed.
    #[prop(into)]
    settings: Signal<SiteSettings>,
) -> impl IntoView {
    let frame = NodeRef::<Iframe>::new();
    let is_ready = RwSignal::new(false);
    let [open, phone, dark, right_to_left] = [true, false, false, false].map(RwSignal::new);
    on_ready(frame, move || is_ready.set(true));
    Effect::new(move |_| {
        let message = json!({
            "type": "preview",
            "site": key,
            "config": settings.with(|settings| page_config(site, settings, right_to_left.get())),
            "scheme": if dark.get() { "dark" } else { "light" },
            "open": open.get(),
        });
        if let (true, Some(frame)) = (is_ready.get(), frame.get()) {
            tell(&frame, &message.to_string());
        }
    });
    let switches =
        [(look::OPEN, open), (look::PHONE, phone), (look::DARK, dark), (look::RIGHT_TO_LEFT, right_to_left)];
    let switches = switches.map(|(name, is_on)| {
        view! {
            <button
                type="button"
                class="button button--small"
                aria-pressed=move || is_on.get().to_string()
                on:click=move |_| is_on.update(|is_on| *is_on = !*is_on)
            >
                {name}
            </button>
        }
    });
    view! {
        <section class="panel preview" aria-labelledby="site-preview">
            <h2 class="panel__title" id="site-preview">{look::PREVIEW}</h2>
            <p class="panel__lead">{look::PREVIEW_LEAD}</p>
            <div class="preview__switches" role="group" aria-label=look::PREVIEW>{switches.collect_view()}</div>
            <div class="preview__screen" class:preview__screen--phone=phone>
                <iframe id="look-preview" node_ref=frame src=ADDRESS title=look::PREVIEW></iframe>
            </div>
        </section>
    }
}
