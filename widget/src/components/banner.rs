//! Says when the server is away or does not want this visitor.

use leptos::prelude::*;
use protocol::Code;
use sync::{ConnectionBadge, Input};

use super::{action, flag, text, word};
use crate::app::App;
use crate::strings::strings;

/// The banner; its element is always there, so that what appears in it is announced.
pub(super) fn banner(app: App) -> impl IntoView {
    let badge = move || app.view.with(|view| view.connection);
    let says = text(move || {
        String::from(match badge() {
            ConnectionBadge::Connecting | ConnectionBadge::Connected if app.lacks_messages.get() => {
                strings().not_loaded
            }
            ConnectionBadge::Connecting | ConnectionBadge::Connected if app.is_guest.get() => strings().guest,
            ConnectionBadge::Connecting | ConnectionBadge::Connected => "",
            ConnectionBadge::Reconnecting if app.view.with(|view| view.unkept > 0) => {
                strings().reconnecting_unkept
            }
            ConnectionBadge::Reconnecting => strings().reconnecting,
            ConnectionBadge::Refused(code) => refusal(code),
        })
    });
    let is_fine = flag(move || !matches!(badge(), ConnectionBadge::Refused(_)) && !app.lacks_messages.get());
    let try_again = action(move || {
        app.want_messages();
        if matches!(app.view.with_untracked(|view| view.connection), ConnectionBadge::Refused(_)) {
            app.dispatch(Input::Start);
        }
    });
    view! {
        <div class="banner" role="status">
            <span>{says}</span>
            <button class="link" hidden=is_fine on:click=try_again>
                {word(|words| words.try_again)}
            </button>
        </div>
    }
}

fn refusal(code: Code) -> &'static str {
    let words = strings();
    match code {
        Code::UnknownSite | Code::OriginNotAllowed | Code::NotFound => words.refused_page,
        Code::UpgradeRequired => words.refused_version,
        Code::TooManySockets | Code::RateLimited => words.refused_tabs,
        Code::Unauthenticated => words.refused_session,
        Code::BadIdentity | Code::IdentityRequired => words.refused_identity,
        Code::BadFrame
        | Code::Forbidden
        | Code::SecondFactorMissing
        | Code::TooLarge
        | Code::Empty
        | Code::TooLong
        | Code::BadText
        | Code::OutOfOrder
        | Code::IdempotencyConflict
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
        | Code::TooLate
        | Code::Overtaken
        | Code::UnsupportedFile => words.refused_otherwise,
    }
}
