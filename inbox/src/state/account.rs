//! Who is signed in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::Me;

use crate::api::{self, Failure};

/// What is known of the person at the keyboard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The server was not asked, or has not answered.
    Unknown,
    /// Nobody is signed in.
    SignedOut,
    /// Somebody is.
    SignedIn(Me),
    /// The server could not be asked.
    Failed(Failure),
}

/// The signed-in person, for all pages.
#[derive(Clone, Copy)]
pub(crate) struct Account(RwSignal<Standing>);

impl Account {
    /// Begins without asking.
    pub(crate) fn new() -> Self {
        Self(RwSignal::new(Standing::Unknown))
    }

    /// What is known, tracked.
    pub(crate) fn get(self) -> Standing {
        self.0.get()
    }

    /// Whether the server has yet to be asked, untracked.
    pub(crate) fn is_unknown(self) -> bool {
        self.0.get_untracked() == Standing::Unknown
    }

    /// Asks the server, unless it has said that somebody is signed in.
    pub(crate) fn load(self) {
        if matches!(self.0.get_untracked(), Standing::SignedIn(_)) {
            return;
        }
        self.0.set(Standing::Unknown);
        spawn_local(async move {
            self.0.set(match api::me().await {
                Ok(me) => Standing::SignedIn(me),
                Err(failure) if failure.is_signed_out() => Standing::SignedOut,
                Err(failure) => Standing::Failed(failure),
            });
        });
    }

    /// Forgets the person: a session began, ended, or was found to have ended.
    pub(crate) fn forget(self, standing: Standing) {
        if self.0.get_untracked() != standing {
            self.0.set(standing);
        }
    }

    /// Notes what a failed request says about the session.
    pub(crate) fn hear(self, failure: Failure) {
        if failure.is_signed_out() {
            self.forget(Standing::SignedOut);
        }
    }
}
