//! Who has joined or left just now, below the messages.

use leptos::prelude::*;

use super::text;
use crate::app::App;
use crate::comings::Comings;

/// Says who has joined or left just now.
pub(crate) fn coming(app: App) -> impl IntoView {
    let known = StoredValue::new(Comings::default());
    // Looking at the same view again changes nothing.
    let line = text(move || {
        known.try_update_value(|known| app.view.with(|view| known.of(view))).unwrap_or_default()
    });
    view! { <p class="coming" dir="auto">{line}</p> }
}
