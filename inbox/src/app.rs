//! The addresses of the inbox.

use leptos::prelude::*;
use leptos_router::components::{ParentRoute, Route, Router, Routes};
use leptos_router::path;

use crate::browser::clock::Clock;
use crate::browser::settings::Settings;
use crate::pages::{Choose, ConversationPage, Desk, NotFound, SignIn};
use crate::state::account::Account;

/// Where the inbox lives on its origin.
pub(crate) const BASE: &str = "/inbox";

/// The whole app.
#[component]
pub(crate) fn App() -> impl IntoView {
    provide_context(Account::new());
    provide_context(Settings::load());
    provide_context(Clock::start());
    view! {
        <Router base=BASE>
            <Routes fallback=NotFound>
                <Route path=path!("sign-in") view=SignIn />
                <ParentRoute path=path!("") view=Desk>
                    <Route path=path!("") view=Choose />
                    <Route path=path!("conversations/:id") view=ConversationPage />
                </ParentRoute>
            </Routes>
        </Router>
    }
}

/// The address of a conversation.
pub(crate) fn conversation_path(conversation: protocol::ConversationId) -> String {
    format!("{BASE}/conversations/{conversation}")
}
