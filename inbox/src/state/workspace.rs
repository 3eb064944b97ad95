//! The workspace that the person is in.

use leptos::prelude::*;
use leptos::task::spawn_local;
use protocol::http::workspace::WorkspaceView;
use protocol::{Code, Permission, WorkspaceId};

use super::account::Account;
use crate::api::{Failure, workspace as api};

/// What is known of a workspace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Entry {
    /// The server has not answered.
    Waiting,
    /// The person belongs to it.
    Inside(WorkspaceView),
    /// They do not, or there is none.
    Outside,
    /// They do, and have no second factor, for which it asks.
    WithoutSecondFactor,
    /// The server could not be asked.
    Failed(Failure),
}

/// One workspace, for all its pages.
#[derive(Clone, Copy)]
pub(crate) struct Workspace {
    /// Which.
    pub(crate) id: WorkspaceId,
    account: Account,
    entry: RwSignal<Entry>,
}

impl Workspace {
    /// Begins to ask.
    pub(crate) fn enter(id: WorkspaceId, account: Account) -> Self {
        let workspace = Self { id, account, entry: RwSignal::new(Entry::Waiting) };
        workspace.refresh();
        workspace
    }

    /// What is known, tracked.
    pub(crate) fn entry(self) -> Entry {
        self.entry.get()
    }

    /// Reads the view, tracked; `None` from outside.
    pub(crate) fn with<T>(self, read: impl FnOnce(&WorkspaceView) -> T) -> Option<T> {
        self.entry.with(|entry| entry.view().map(read))
    }

    /// The view, untracked.
    pub(crate) fn view_untracked(self) -> Option<WorkspaceView> {
        self.entry.with_untracked(|entry| entry.view().cloned())
    }

    /// Whether the person may do something here, tracked.
    pub(crate) fn may(self, permission: Permission) -> bool {
        self.with(|view| view.permissions.contains(permission)).unwrap_or_default()
    }

    /// Asks the server again; what is known stays until it has answered.
    pub(crate) fn refresh(self) {
        spawn_local(async move {
            match api::view(self.id).await {
                Ok(view) => self.put(view),
                Err(failure) if failure.is_out_of_reach() => self.leave(),
                Err(failure) if failure.code() == Some(Code::SecondFactorMissing) => {
                    self.entry.try_set(Entry::WithoutSecondFactor);
                }
                Err(failure) if self.view_untracked().is_none() => {
                    self.entry.try_set(Entry::Failed(failure));
                }
                Err(_) => {}
            }
        });
    }

    /// Takes what the server said of the workspace.
    pub(crate) fn put(self, view: WorkspaceView) {
        let entry = Entry::Inside(view);
        if self.entry.try_get_untracked().is_some_and(|known| known != entry) {
            self.entry.try_set(entry);
        }
    }

    /// Takes note that the person does not belong here any more.
    pub(crate) fn leave(self) {
        self.entry.try_set(Entry::Outside);
        self.account.refresh();
    }
}

impl Entry {
    const fn view(&self) -> Option<&WorkspaceView> {
        match self {
            Self::Inside(view) => Some(view),
            Self::Waiting | Self::Outside | Self::WithoutSecondFactor | Self::Failed(_) => None,
        }
    }
}
