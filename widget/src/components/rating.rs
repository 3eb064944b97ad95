//! How the conversation was: asked below the notice that it is over.

use std::sync::Arc;

use leptos::prelude::*;
use protocol::{Stars, VisitorCommand};
use sync::Input;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use super::{action, flag, text, word};
use crate::app::App;
use crate::strings::strings;

/// What the visitor has answered; there is no question while the conversation goes on. It reads signals.
pub(crate) type Answer = Box<dyn Fn() -> Option<Option<Stars>> + Send + Sync>;

/// What the visitor is asked.
pub(crate) struct Question {
    /// Where it is asked.
    pub(crate) place: HtmlElement,
    /// What they have answered.
    pub(crate) answer: Answer,
    /// Names an answer.
    pub(crate) name: fn(Stars) -> String,
}

/// The question; the answer can be another one as often as the visitor likes.
pub(crate) fn rating(app: App, Question { place, answer, name }: Question) -> impl IntoView {
    let chosen = RwSignal::new(None::<Stars>);
    let answer = Arc::new(answer);
    let given = Arc::clone(&answer);
    let goes_on = flag(move || given().is_none());
    let is_answered = flag(move || chosen.get().is_none());
    let shown = Signal::derive(move || chosen.get().or_else(|| answer().flatten()));
    let star = move |stars: Stars| {
        let class = text(move || String::from(if shown.get() >= Some(stars) { "star on" } else { "star" }));
        let pressed = text(move || (shown.get() == Some(stars)).to_string());
        let label = text(move || {
            // Written anew with the words.
            strings();
            name(stars)
        });
        view! {
            <button class=class aria-label=label aria-pressed=pressed on:click=action(move || chosen.set(Some(stars)))>
                "★"
            </button>
        }
    };
    let send = action(move || {
        let comment = place.query_selector("textarea").ok().flatten();
        let comment = comment.map(JsCast::unchecked_into::<HtmlTextAreaElement>);
        if let Some(stars) = chosen.get_untracked() {
            chosen.set(None);
            let comment = comment.map(|field| field.value()).unwrap_or_default();
            app.dispatch(Input::Submit(VisitorCommand::Rate { stars, comment }));
        }
    });
    view! {
        <div class="rating" role="group" aria-label=strings().how_was_it hidden=goes_on>
            <p>{word(|words| words.how_was_it)}</p>
            <div class="stars">{Stars::ALL.map(star).into_iter().collect_view()}</div>
            <textarea
                rows="2"
                maxlength="500"
                aria-label=strings().say_more
                placeholder=strings().say_more
                hidden=is_answered
            ></textarea>
            <button class="link" hidden=is_answered on:click=send>{word(|words| words.send_rating)}</button>
        </div>
    }
}
