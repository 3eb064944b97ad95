//! A sentence with names in it.

use leptos::prelude::*;

use crate::model::sentence::{Part, Sentence};

/// Shows a sentence; each name is kept from mixing its direction with the words around it.
#[component]
pub(crate) fn Said(sentence: Sentence) -> impl IntoView {
    sentence
        .parts()
        .into_iter()
        .map(|part| match part {
            Part::Words(words) => words.into_any(),
            Part::Name(name) => view! { <bdi class="name">{name}</bdi> }.into_any(),
        })
        .collect_view()
}
