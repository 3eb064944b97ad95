//! What the visitor answered before their first message: their word, and nothing else.

use leptos::prelude::*;
use protocol::http::question::{Answer, CONSENT};

use crate::words;

/// The answers; nothing where there are none.
#[component]
pub(crate) fn AnswersList(#[prop(into)] answers: Signal<Vec<Answer>>) -> impl IntoView {
    move || {
        let answers = answers.get();
        (!answers.is_empty()).then(|| {
            let facts = answers.into_iter().map(|Answer { label, text }| {
                let text = if text == CONSENT { words::details::CONSENTED.to_owned() } else { text };
                view! {
                    <div class="fact">
                        <dt dir="auto">{label}</dt>
                        <dd><bdi class="fact__answer">{text}</bdi></dd>
                    </div>
                }
            });
            view! {
                <section aria-label=words::details::ANSWERS>
                    <dl class="facts facts--answers">{facts.collect_view()}</dl>
                    <p class="details__claim">{words::details::ANSWERS_CLAIM}</p>
                </section>
            }
        })
    }
}
