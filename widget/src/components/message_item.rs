//! One row: a day mark, who, what, when, and how far it got.

use leptos::either::Either;
use leptos::prelude::*;
use protocol::{Code, Failure};
use sync::Input;

use super::composer::Writing;
use super::{action, text};
use crate::app::App;
use crate::links::{Piece, pieces};
use crate::rows::{Body, Mark, Row};
use crate::strings::strings;

/// A row; only what changes in it is drawn again.
pub(super) fn message_item(app: App, writing: Writing, row: ArcRwSignal<Row>) -> impl IntoView {
    let first = row.get_untracked();
    let read = move |part: fn(&Row) -> String| {
        let row = row.clone();
        text(move || row.with(part))
    };
    let class = read(class_of);
    let day = read(|row| row.day.clone());
    let id = first.id;
    let body = match first.body {
        Body::Notice(_) => {
            let notice = read(|row| match row.body {
                Body::Notice(text) => text.to_owned(),
                Body::Message(_) => String::new(),
            });
            Either::Left(view! { <p class="notice">{notice}</p> })
        }
        Body::Message(said) => {
            let meta = read(meta);
            let again = read(|row| row.mark.map_or("", again).to_owned());
            let linked = linked(&said);
            let retry = action(move || app.dispatch(Input::Retry(id)));
            let discard = action(move || app.dispatch(Input::Discard(id)));
            let edit = action(move || {
                writing.take_back(&said);
                app.dispatch(Input::Discard(id));
            });
            Either::Right(view! {
                <p class="name" dir="auto">{first.name}</p>
                <p class="bubble"><span dir="auto">{linked}</span></p>
                // Not said aloud when it changes; the alert does that where it matters.
                <p class="meta" aria-live="off">
                    <span>{meta}</span>
                    <button class="link" on:click=retry>{again}</button>
                    <button class="link" on:click=edit>{strings().edit}</button>
                    <button class="link" on:click=discard>{strings().discard}</button>
                </p>
            })
        }
    };
    view! {
        <div class=class>
            <h2 class="day">{day}</h2>
            {body}
        </div>
    }
}

fn class_of(row: &Row) -> String {
    let mut class = String::from("row");
    for (name, applies) in [
        (" mine", row.mine),
        (" starts", row.starts),
        (" ends", row.ends),
        (" sending", row.mark == Some(Mark::Sending)),
        (" failed", matches!(row.mark, Some(Mark::Failed(_)))),
    ] {
        if applies {
            class.push_str(name);
        }
    }
    class
}

/// The line below a message: when, and how far it got.
fn meta(row: &Row) -> String {
    let word = row.mark.map_or("", mark_text);
    match row.mark {
        Some(Mark::Failed(_)) => word.to_owned(),
        // One word for a whole group that waits.
        Some(Mark::Sending) if !row.ends => String::new(),
        _ if row.time.is_empty() || word.is_empty() => [&row.time, word].concat(),
        _ => [&row.time, " · ", word].concat(),
    }
}

fn mark_text(mark: Mark) -> &'static str {
    let words = strings();
    match mark {
        Mark::Sending => words.sending,
        Mark::Sent => words.sent,
        Mark::Seen => words.seen,
        Mark::Failed(Failure::Lost) => words.lost,
        Mark::Failed(Failure::Refused(code)) => refusal(code),
    }
}

fn refusal(code: Code) -> &'static str {
    let words = strings();
    match code {
        Code::TooLong | Code::TooLarge => words.failed_too_long,
        Code::BadText | Code::Empty => words.failed_bad_text,
        Code::IdempotencyConflict => words.failed_conflict,
        Code::BadFrame
        | Code::Unauthenticated
        | Code::NotFound
        | Code::Forbidden
        | Code::OutOfOrder
        | Code::RateLimited
        | Code::UpgradeRequired
        | Code::TooManySockets
        | Code::UnknownSite
        | Code::OriginNotAllowed
        | Code::WrongSignIn
        | Code::AlreadySetUp
        | Code::Storage
        | Code::Unavailable
        | Code::Internal
        | Code::SecondFactorRequired
        | Code::ProofRequired
        | Code::LinkExpired
        | Code::WeakPassword
        | Code::BadField
        | Code::Taken
        | Code::InUse
        | Code::SignUpClosed
        | Code::IdentityRequired
        | Code::BadIdentity
        | Code::SecondFactorMissing => words.failed_otherwise,
    }
}

/// What the button says that sends a message again; empty if that could not help.
fn again(mark: Mark) -> &'static str {
    let words = strings();
    match mark {
        Mark::Failed(failure) if failure.is_in_the_text() => "",
        Mark::Failed(Failure::Lost) => words.resend,
        Mark::Failed(Failure::Refused(Code::IdempotencyConflict)) => words.send_as_new,
        Mark::Failed(Failure::Refused(_)) | Mark::Sending | Mark::Sent | Mark::Seen => words.retry,
    }
}

/// Text with its web addresses as links; whoever follows one tells the site nothing of this page.
fn linked(text: &str) -> Vec<impl IntoView + use<>> {
    pieces(text)
        .into_iter()
        .map(|piece| match piece {
            Piece::Text(text) => Either::Left(text.to_owned()),
            Piece::Link(address) => {
                let address = address.to_owned();
                let shown = address.clone();
                Either::Right(view! {
                    <a href=address target="_blank" rel="noopener noreferrer nofollow ugc">{shown}</a>
                })
            }
        })
        .collect()
}
