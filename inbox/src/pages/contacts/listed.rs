//! The contacts that are on the screen, and how they come there.

use core::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::contact::{ContactFilter, ContactPage, ContactQuery};
use protocol::{Contact, ContactPosition};

use crate::api::contacts as api;
use crate::state::contacts::ContactChoice;
use crate::state::search::Progress;
use crate::state::workspace::Workspace;

/// How long nothing is asked after a key.
const PAUSE: Duration = Duration::from_millis(200);

/// The contacts that are here.
#[derive(Clone, Copy)]
pub(super) struct Listed {
    /// Whose.
    pub(super) workspace: Workspace,
    /// What is looked for.
    pub(super) choice: ContactChoice,
    /// Those that have come, the most recently seen first.
    pub(super) contacts: RwSignal<Vec<Contact>>,
    /// Where there are more.
    pub(super) next: RwSignal<Option<ContactPosition>>,
    /// How far it is.
    pub(super) progress: RwSignal<Progress>,
    /// Counts questions, so that an answer to an earlier one is left aside.
    asked: StoredValue<u64>,
}

impl Listed {
    /// Asks at once, and again a moment after something else is looked for.
    pub(super) fn follow(choice: ContactChoice) -> Self {
        let listed = Self {
            workspace: expect_context::<Workspace>(),
            choice,
            contacts: RwSignal::new(Vec::new()),
            next: RwSignal::new(None),
            progress: RwSignal::new(Progress::Asking),
            asked: StoredValue::new(0),
        };
        Effect::new(move |before: Option<(ContactFilter, Option<TimeoutHandle>)>| {
            let filter = choice.filter();
            let pause = match before {
                None => Duration::ZERO,
                Some((same, waiting)) if same == filter => return (same, waiting),
                Some((_, waiting)) => {
                    if let Some(timer) = waiting {
                        timer.clear();
                    }
                    PAUSE
                }
            };
            // What is on its way is an answer to something else.
            listed.asked.update_value(|asked| *asked += 1);
            listed.progress.set(Progress::Asking);
            let query = ContactQuery { filter: filter.clone(), after: None };
            (filter, set_timeout_with_handle(move || listed.ask(query), pause).ok())
        });
        listed
    }

    /// Asks for those behind the last.
    pub(super) fn ask_more(self) {
        let after = self.next.get_untracked();
        self.progress.set(Progress::Asking);
        self.ask(ContactQuery { filter: untrack(|| self.choice.filter()), after });
    }

    /// Asks once more, after a failure.
    pub(super) fn ask_again(self) {
        self.progress.set(Progress::Asking);
        self.ask(ContactQuery { filter: untrack(|| self.choice.filter()), after: None });
    }

    fn ask(self, query: ContactQuery) {
        // The page may be gone.
        let Some(number) = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        }) else {
            return;
        };
        spawn_local(async move {
            let is_first = query.after.is_none();
            let answer = api::list(self.workspace.id, &query).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(ContactPage { contacts, next }) => {
                    self.contacts.update(|known| {
                        if is_first {
                            known.clear();
                        }
                        // Who has written meanwhile stands further up and comes no more; who has not, comes once.
                        known.retain(|one| contacts.iter().all(|other| other.visitor != one.visitor));
                        known.extend(contacts);
                    });
                    self.next.set(next);
                    self.progress.set(Progress::Done);
                }
                Err(failure) => self.progress.set(Progress::Failed(failure)),
            }
        });
    }
}
