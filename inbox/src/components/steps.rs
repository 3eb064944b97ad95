//! Where one is in the first steps.

use leptos::prelude::*;

use crate::words::begin;

/// The steps, of which one is the current.
#[component]
pub(crate) fn Steps(
    /// From 1.
    current: usize,
) -> impl IntoView {
    let steps = begin::STEPS.into_iter().zip(1..).map(|(name, number)| {
        view! {
            <li
                class="steps__step"
                class:steps__step--done=number < current
                aria-current=(number == current).then_some("step")
            >
                <span class="steps__number" aria-hidden="true">{number}</span>
                {name}
            </li>
        }
    });
    view! {
        <nav aria-label=begin::STEPS_NAME>
            <p class="visually-hidden">{begin::step(current)}</p>
            <ol class="steps">{steps.collect_view()}</ol>
        </nav>
    }
}
