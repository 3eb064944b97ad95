//! What an agent looks for, and what was found.

use core::time::Duration;

use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::{
    ConversationId, FoundConversation, SearchField, SearchPage, SearchPosition, SearchQuery, Seq, SiteId,
    Status, WorkspaceId,
};

use crate::api::{Failure, workspace};

/// How long nothing is asked after a key.
const PAUSE: Duration = Duration::from_millis(200);

/// A search, from the field to the results.
#[derive(Clone, Copy)]
pub(crate) struct Search {
    workspace: WorkspaceId,
    /// What is typed.
    pub(crate) text: RwSignal<String>,
    /// Where to look.
    pub(crate) within: RwSignal<Option<SearchField>>,
    /// How the conversations stand.
    pub(crate) status: RwSignal<Option<Status>>,
    /// What was found, and how far that is.
    pub(crate) results: RwSignal<Results>,
    /// The message that is to be shown once its conversation is.
    pub(crate) sought: RwSignal<Option<(ConversationId, Seq)>>,
    site: Signal<Option<SiteId>>,
    /// Counts questions, so that an answer to an earlier one is left aside.
    asked: StoredValue<u64>,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Results {
    /// The conversations, those with the latest words first.
    pub(crate) found: Vec<FoundConversation>,
    /// Where there may be more.
    pub(crate) next: Option<SearchPosition>,
    /// How far it is.
    pub(crate) progress: Progress,
}

/// How far a search is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Progress {
    /// The server has not answered.
    #[default]
    Asking,
    /// It has.
    Done,
    /// It refused, or could not be asked.
    Failed(Failure),
}

impl Search {
    /// Begins without anything typed; looks in conversations of one site, if one is chosen.
    pub(crate) fn new(workspace: WorkspaceId, site: Signal<Option<SiteId>>) -> Self {
        let search = Self {
            workspace,
            text: RwSignal::new(String::new()),
            within: RwSignal::new(None),
            status: RwSignal::new(None),
            results: RwSignal::new(Results::default()),
            sought: RwSignal::new(None),
            site,
            asked: StoredValue::new(0),
        };
        Effect::new(move |waiting: Option<Option<TimeoutHandle>>| {
            if let Some(timer) = waiting.flatten() {
                timer.clear();
            }
            let query = search.query();
            search.asked.update_value(|asked| *asked += 1);
            if query.text.is_empty() {
                search.results.set(Results::default());
                return None;
            }
            search.results.update(|results| results.progress = Progress::Asking);
            set_timeout_with_handle(move || search.ask(query), PAUSE).ok()
        });
        search
    }

    /// Whether something is looked for, tracked.
    pub(crate) fn is_on(self) -> bool {
        self.text.with(|text| !text.trim().is_empty())
    }

    /// Asks for what comes after the results.
    pub(crate) fn ask_more(self) {
        let after = self.results.with_untracked(|results| results.next);
        self.results.update(|results| results.progress = Progress::Asking);
        self.ask(SearchQuery { after, ..untrack(|| self.query()) });
    }

    /// Asks once more, after a failure.
    pub(crate) fn ask_again(self) {
        self.results.set(Results::default());
        self.ask(untrack(|| self.query()));
    }

    fn query(self) -> SearchQuery {
        SearchQuery {
            text: self.text.with(|text| text.trim().to_owned()),
            within: self.within.get(),
            status: self.status.get(),
            site: self.site.get(),
            ..SearchQuery::default()
        }
    }

    fn ask(self, query: SearchQuery) {
        let asked = self.asked.try_update_value(|asked| {
            *asked += 1;
            *asked
        });
        spawn_local(async move {
            let answer = workspace::search(self.workspace, &query).await;
            if self.asked.try_get_value() != asked {
                return;
            }
            self.results.try_update(|results| results.take(answer, query.after.is_some()));
        });
    }
}

impl Results {
    fn take(&mut self, answer: Result<SearchPage, Failure>, is_more: bool) {
        match answer {
            Ok(SearchPage { found, next }) => {
                if !is_more {
                    self.found.clear();
                }
                for new in found {
                    let known = self
                        .found
                        .iter_mut()
                        .find(|known| known.entry.conversation == new.entry.conversation);
                    match known {
                        Some(known) if known.lines.is_empty() => known.lines = new.lines,
                        Some(_) => {}
                        None => self.found.push(new),
                    }
                }
                (self.next, self.progress) = (next, Progress::Done);
            }
            Err(failure) => self.progress = Progress::Failed(failure),
        }
    }
}
