//! How close together what is on screen stands, in this browser.

use leptos::prelude::*;

use crate::browser::settings::Settings;
use crate::components::Panel;
use crate::model::density::Density;
use crate::words::you;

/// A choice that holds at once.
#[component]
pub(super) fn Densities() -> impl IntoView {
    let settings = expect_context::<Settings>();
    let choices = Density::EVERY.map(|density| {
        view! {
            <label class="check">
                <input
                    type="radio"
                    name="density"
                    prop:checked=move || settings.density.get() == density
                    on:change=move |_| settings.set_density(density)
                />
                <span>{you::density(density)}</span>
            </label>
        }
    });
    view! {
        <Panel id="density" title=you::DENSITY lead=you::DENSITY_LEAD>
            <div class="density" role="radiogroup" aria-labelledby="density">{choices}</div>
        </Panel>
    }
}
