//! What is known of who is there, asked again and again while somebody looks.

use gloo::timers::callback::Interval;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::visit::{CountryCount, Visit, VisitCounts, VisitPage, VisitPosition, VisitQuery};

use crate::api::visits as api;
use crate::browser::attention::attention;
use crate::browser::keyed::KeyedList;
use crate::state::search::Progress;
use crate::state::workspace::Workspace;

/// Milliseconds between two questions.
const EVERY_MS: u32 = 5_000;

/// What narrows the list down. Each is empty for all.
#[derive(Clone, Copy)]
pub(super) struct Choice {
    /// A site, by its id.
    pub(super) site: RwSignal<String>,
    /// A country, by its letters.
    pub(super) country: RwSignal<String>,
    /// A part of the page's address or title.
    pub(super) page: RwSignal<String>,
    /// Whether the chat is open: `yes` or `no`.
    pub(super) chat: RwSignal<String>,
}

impl Choice {
    fn new() -> Self {
        let all = || RwSignal::new(String::new());
        Self { site: all(), country: all(), page: all(), chat: all() }
    }

    /// What to ask for, tracked.
    fn query(self) -> VisitQuery {
        VisitQuery {
            site: self.site.with(|id| id.parse().ok()),
            country: self.country.with(|country| (!country.is_empty()).then(|| country.clone())),
            page: self.page.with(|page| page.trim().to_owned()),
            in_chat: self.chat.with(|chat| (!chat.is_empty()).then(|| chat == "yes")),
            after: None,
        }
    }

    /// Whether anything is chosen, tracked.
    pub(super) fn is_any(self) -> bool {
        self.query() != VisitQuery::default()
    }
}

/// What the server said last, but for the visitors themselves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Told {
    pub(super) has_sites: bool,
    pub(super) counts: VisitCounts,
    pub(super) countries: Vec<CountryCount>,
    pub(super) next: Option<VisitPosition>,
    pub(super) is_filling: bool,
}

/// The list.
#[derive(Clone, Copy)]
pub(super) struct Watch {
    pub(super) workspace: Workspace,
    pub(super) choice: Choice,
    pub(super) rows: KeyedList<Visit>,
    /// Once anything is known.
    pub(super) told: RwSignal<Option<Told>>,
    pub(super) progress: RwSignal<Progress>,
    /// After whom the list goes on; at its beginning without one.
    pub(super) after: RwSignal<Option<VisitPosition>>,
    /// Whether a pointer is pressed on the list: its rows keep their places then.
    pub(super) is_pressed: RwSignal<bool>,
    /// Counts questions, so that an answer to an earlier one is left aside.
    asked: StoredValue<u64>,
}

impl Watch {
    /// Begins to ask, until the owner is gone.
    pub(super) fn begin() -> Self {
        let watch = Self {
            workspace: expect_context::<Workspace>(),
            choice: Choice::new(),
            rows: KeyedList::new(),
            told: RwSignal::new(None),
            progress: RwSignal::new(Progress::Asking),
            after: RwSignal::new(None),
            is_pressed: RwSignal::new(false),
            asked: StoredValue::new(0),
        };
        let attention = attention();
        // At once, whenever something else is looked for, and when somebody comes back to the page.
        Effect::new(move |before: Option<VisitQuery>| {
            let query = watch.choice.query();
            if before.as_ref().is_some_and(|before| *before != query) {
                watch.after.set(None);
            }
            watch.after.track();
            if attention.get() {
                watch.ask();
            }
            query
        });
        let again = move || {
            if attention.get_untracked() && !watch.is_pressed.get_untracked() {
                watch.ask();
            }
        };
        let interval = StoredValue::new_local(Some(Interval::new(EVERY_MS, again)));
        on_cleanup(move || {
            interval.try_update_value(Option::take);
        });
        watch
    }

    /// Asks at once.
    pub(super) fn ask(self) {
        // The page may be gone.
        let Some(number) = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        }) else {
            return;
        };
        let query = untrack(|| VisitQuery { after: self.after.get(), ..self.choice.query() });
        spawn_local(async move {
            let answer = api::list(self.workspace.id, &query).await;
            if self.asked.try_get_value() != Some(number) {
                return;
            }
            match answer {
                Ok(page) => self.take(page),
                Err(failure) => self.progress.set(Progress::Failed(failure)),
            }
        });
    }

    fn take(self, page: VisitPage) {
        let VisitPage { sites, counts, countries, visits, next, is_filling, now: _ } = page;
        let key = |visit: &Visit| format!("{}-{}", visit.site, visit.visit);
        self.rows.replace(visits.into_iter().map(|visit| (key(&visit), visit)));
        let told = Some(Told { has_sites: !sites.is_empty(), counts, countries, next, is_filling });
        if self.told.with_untracked(|before| *before != told) {
            self.told.set(told);
        }
        self.progress.set(Progress::Done);
    }
}
