//! The button that asks for a passkey, whatever it is then good for.

use core::future::Future;

use leptos::prelude::*;
use protocol::http::passkey::{PasskeyQuestion, PasskeySignIn};

use super::field::{Fault, described_by};
use super::{Icon, Shape};
use crate::api::Failure;
use crate::browser::passkeys::{Asking, NoPasskey, used};
use crate::state::form::{Blame, Form};
use crate::state::passkeys::PasskeyAsked;
use crate::words::passkeys as words;

/// What became of a question for a passkey: what the server answered to it, or why none was used.
pub(crate) type Asked<A> = Result<Result<A, NoPasskey>, Failure>;

/// The button, with what is wrong with the last answer. It is to be shown where the browser knows passkeys only.
#[component]
pub(crate) fn PasskeyButton<A, Answer>(
    form: Form,
    /// Of the button.
    id: &'static str,
    /// What it says.
    label: &'static str,
    /// Whether it is as wide as the form.
    #[prop(optional)]
    is_wide: bool,
    /// What is said at it when the server refuses.
    blame: &'static [Blame],
    /// What is said where no passkey was used.
    unused: &'static str,
    /// Asks, as [`by_passkey`] does.
    ask: impl Fn() -> Answer + Send + 'static,
    /// Goes on after an answer.
    on_answer: Callback<A>,
    /// Goes on where no passkey was used.
    #[prop(optional)]
    on_none: Option<Callback<()>>,
) -> impl IntoView
where
    A: 'static,
    Answer: Future<Output = Asked<A>> + 'static,
{
    let press = move |_| {
        form.send(ask(), blame, move |answer| match answer {
            Ok(answer) => on_answer.run(answer),
            Err(NoPasskey::Possible) => form.complain(words::NOT_POSSIBLE),
            Err(NoPasskey::Given | NoPasskey::Known) => {
                form.complain(unused);
                if let Some(on_none) = on_none {
                    on_none.run(());
                }
            }
        });
    };
    let described = move || described_by(id, false, form.fault(id).is_some());
    view! {
        <button
            type="button"
            class="button"
            class:button--wide=is_wide
            id=id
            aria-describedby=described
            aria-disabled=move || form.is_busy().then_some("true")
            on:click=press
        >
            <Icon shape=Shape::Key />
            {label}
        </button>
        <Fault form id=id />
    }
}

/// Asks the person for a passkey, and the server what it is good for.
pub(crate) async fn by_passkey<A>(
    asked: PasskeyAsked,
    question: impl Future<Output = Result<PasskeyQuestion, Failure>>,
    use_it: impl AsyncFnOnce(PasskeySignIn) -> Result<A, Failure>,
) -> Asked<A> {
    let question = question.await?;
    let Some(signal) = asked.begin() else { return Ok(Err(NoPasskey::Given)) };
    match used(&question, Asking::Plainly, &signal).await {
        Ok(passkey) => use_it(passkey).await.map(Ok),
        Err(none) => Ok(Err(none)),
    }
}
