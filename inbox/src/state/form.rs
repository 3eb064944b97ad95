//! A form on its way: what is wrong with it, whether it is being sent, whether it was saved. What was typed lives in
//! signals of the page, so that no error loses it.

use core::future::Future;
use std::collections::BTreeMap;

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::Code;

use crate::api::Failure;
use crate::browser::focus::focus_later;
use crate::model::entry::Fault;
use crate::words;

/// A code with which the server refuses, the id of the field that is at fault then, and what to do about it.
pub(crate) type Blame = (Code, &'static str, &'static str);

/// The state of one form.
#[derive(Clone, Copy)]
pub(crate) struct Form {
    busy: RwSignal<bool>,
    problem: RwSignal<Option<String>>,
    faults: RwSignal<BTreeMap<&'static str, String>>,
    saved: RwSignal<Option<String>>,
}

/// Gathers what is wrong with the fields of a form.
#[derive(Default)]
pub(crate) struct Check(Vec<(&'static str, String)>);

impl Check {
    /// Takes what a field holds, or notes what is wrong with it.
    pub(crate) fn field<T>(&mut self, id: &'static str, entry: Result<T, Fault>, missing: &str) -> Option<T> {
        entry.map_err(|fault| self.0.push((id, words::fault(fault, missing)))).ok()
    }

    /// Notes that a field is wrong.
    pub(crate) fn blame(&mut self, id: &'static str, words: impl Into<String>) {
        self.0.push((id, words.into()));
    }
}

impl Form {
    /// A form that nobody has touched.
    pub(crate) fn new() -> Self {
        Self {
            busy: RwSignal::new(false),
            problem: RwSignal::new(None),
            faults: RwSignal::new(BTreeMap::new()),
            saved: RwSignal::new(None),
        }
    }

    /// Whether it is being sent, tracked.
    pub(crate) fn is_busy(self) -> bool {
        self.busy.get()
    }

    /// Whether it is being sent, untracked.
    pub(crate) fn is_busy_untracked(self) -> bool {
        self.busy.get_untracked()
    }

    /// What is wrong with the whole, tracked.
    pub(crate) fn problem(self) -> Option<String> {
        self.problem.get()
    }

    /// What is wrong with a field, tracked.
    pub(crate) fn fault(self, id: &str) -> Option<String> {
        self.faults.with(|faults| faults.get(id).cloned())
    }

    /// That it was saved, tracked.
    pub(crate) fn saved(self) -> Option<String> {
        self.saved.get()
    }

    /// Takes note that somebody types: what was said of the last attempt is not true of this one.
    pub(crate) fn touch(self, id: &str) {
        self.saved.set(None);
        if self.faults.with_untracked(|faults| faults.contains_key(id)) {
            self.faults.update(|faults| {
                faults.remove(id);
            });
        }
    }

    /// Says what was done.
    pub(crate) fn say(self, words: impl Into<String>) {
        self.saved.set(Some(words.into()));
    }

    /// Shows what is wrong with the whole.
    pub(crate) fn complain(self, words: impl Into<String>) {
        self.problem.set(Some(words.into()));
    }

    /// Forgets what was said.
    pub(crate) fn clear(self) {
        self.problem.set(None);
        self.saved.set(None);
        self.faults.set(BTreeMap::new());
    }

    /// Shows what is wrong, if anything is, and puts the focus there; says whether nothing is.
    pub(crate) fn passes(self, check: Check) -> bool {
        self.clear();
        let Some((first, _)) = check.0.first() else { return true };
        focus_later(*first);
        self.faults.set(check.0.into_iter().collect());
        false
    }

    /// Sends it, unless it is being sent. What the server refuses is shown at the field that is to blame for it, and
    /// else above the form.
    pub(crate) fn send<A: 'static>(
        self,
        request: impl Future<Output = Result<A, Failure>> + 'static,
        blame: &'static [Blame],
        done: impl FnOnce(A) + 'static,
    ) {
        if self.busy.get_untracked() {
            return;
        }
        self.busy.set(true);
        self.clear();
        spawn_local(async move {
            let answer = request.await;
            self.busy.try_set(false);
            match answer {
                Ok(answer) => done(answer),
                Err(failure) => self.refused(failure, blame),
            }
        });
    }

    /// Shows why the server did not do it.
    pub(crate) fn refused(self, failure: Failure, blame: &[Blame]) {
        if failure == Failure::Unproven {
            return;
        }
        let blamed = blame.iter().find(|(code, ..)| failure.code() == Some(*code));
        match blamed {
            Some((_, field, words)) => {
                focus_later(*field);
                self.faults.try_set(BTreeMap::from([(*field, (*words).to_owned())]));
            }
            None => {
                self.problem.try_set(Some(words::unanswered(failure)));
            }
        }
    }
}
