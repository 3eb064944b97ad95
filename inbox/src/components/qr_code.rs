//! A QR code, drawn.

use leptos::prelude::*;

use crate::model::qr::draw;

/// Draws a text for cameras: always dark on light, as they expect it.
#[component]
pub(crate) fn QrCode(
    text: String,
    /// What it is, for those who cannot see it.
    label: &'static str,
) -> impl IntoView {
    draw(&text).map(|drawing| {
        let side = drawing.side;
        view! {
            <svg class="qr" role="img" aria-label=label viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges">
                <rect class="qr__light" width=side height=side />
                <path class="qr__dark" d=drawing.path />
            </svg>
        }
    })
}
