//! After a mail was asked for: where it went, and how to ask again.

use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::account::MailRequest;
use protocol::limits::{LINK_MS, SIGN_IN_LINK_MS};

use super::frame::Door;
use crate::api::account::{self as api, Letter};
use crate::browser::clock::now;
use crate::browser::locale;
use crate::components::{Problem, Said, Saved};
use crate::model::sentence::Sentence;
use crate::model::waiting::{next_mail, seconds_until};
use crate::state::form::Form;
use crate::words::door;

/// Tells whom the mail went to, whatever is known of the address.
#[component]
pub(crate) fn MailSent(
    email: String,
    letter: Letter,
    /// Goes back to the field.
    on_other: Callback<()>,
) -> impl IntoView {
    let form = Form::new();
    let good_for = if letter == Letter::SignInLink { SIGN_IN_LINK_MS } else { LINK_MS };
    let again_at = RwSignal::new(next_mail(now(), None));
    let seconds = RwSignal::new(seconds_until(again_at.get_untracked(), now()));
    let tick = StoredValue::new_local(Some(Interval::new(1_000, move || {
        if let Some(again_at) = again_at.try_get_untracked() {
            seconds.try_set(seconds_until(again_at, now()));
        }
    })));
    on_cleanup(move || {
        tick.try_update_value(|tick| drop(tick.take()));
    });
    let wait = move |retry_after| {
        again_at.try_set(next_mail(now(), retry_after));
        seconds.try_set(seconds_until(next_mail(now(), retry_after), now()));
    };
    let request = MailRequest { email: email.clone(), language: locale::language() };
    let send = move |_| {
        if seconds.get_untracked() > 0 || form.is_busy_untracked() {
            return;
        }
        let request = api::mail(letter, request.clone());
        spawn_local(async move {
            form.clear();
            match request.await {
                Ok(()) => {
                    form.say(door::MAIL_SENT_AGAIN);
                    wait(None);
                }
                Err(failure) => {
                    form.refused(failure, &[]);
                    if failure.retry_after().is_some() {
                        wait(failure.retry_after());
                    }
                }
            }
        });
    };
    view! {
        <Door title=Sentence::of(door::TITLE_MAIL)>
            <p class="card__lead"><Said sentence=door::mail_went_to(&email, good_for) /></p>
            <p class="card__note">{door::MAIL_LATE}</p>
            <Problem form />
            <Saved form />
            <div class="card__actions">
                <button type="button" class="button button--wide" aria-disabled=move || (seconds.get() > 0).then_some("true") on:click=send>
                    {door::MAIL_AGAIN}
                </button>
                <p class="card__wait">{move || Some(seconds.get()).filter(|seconds| *seconds > 0).map(door::again_in)}</p>
                <button type="button" class="button button--quiet button--wide" on:click=move |_| on_other.run(())>
                    {door::MAIL_OTHER}
                </button>
            </div>
        </Door>
    }
}
