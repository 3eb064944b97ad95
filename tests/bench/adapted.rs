//! Copies of the built Worker's JavaScript that can be asked what they did: what is shipped has no hook for it.

use std::collections::BTreeMap;

use serde::Deserialize;
use tests::adapted::wrapped;
use tests::http::get;

/// What is put before the Worker so that it counts.
const COUNTING: &str = include_str!("counting.js");

/// What is put before the Worker so that its clock can be hurried.
const HURRYING: &str = include_str!("hurrying.js");

/// What one class of objects did, all objects together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Count {
    /// Objects that were made: at the first request, and again after each hibernation.
    pub(crate) constructed: u64,
    /// SQL statements.
    pub(crate) statements: u64,
    /// Rows that SQL statements have written.
    pub(crate) rows_written: u64,
    /// Rows that SQL statements have read.
    pub(crate) rows_read: u64,
    /// Alarms that were set, each billed as a written row.
    pub(crate) alarms_set: u64,
    /// Requests, those that open a socket among them.
    pub(crate) fetch: u64,
    /// Alarms that went off, each billed as a request.
    pub(crate) alarm: u64,
    /// Messages on sockets, of which twenty are billed as a request.
    #[serde(rename = "webSocketMessage")]
    pub(crate) message: u64,
}

impl Count {
    /// What happened since an earlier count.
    pub(crate) const fn since(self, earlier: Self) -> Self {
        Self {
            constructed: self.constructed - earlier.constructed,
            statements: self.statements - earlier.statements,
            rows_written: self.rows_written - earlier.rows_written,
            rows_read: self.rows_read - earlier.rows_read,
            alarms_set: self.alarms_set - earlier.alarms_set,
            fetch: self.fetch - earlier.fetch,
            alarm: self.alarm - earlier.alarm,
            message: self.message - earlier.message,
        }
    }

    /// Rows that are billed as written.
    pub(crate) const fn rows_billed(self) -> u64 {
        self.rows_written + self.alarms_set
    }
}

/// What everything did.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
pub(crate) struct Counts {
    /// The conversations' objects.
    #[serde(rename = "ConversationObject")]
    pub(crate) conversations: Count,
    /// The workspaces' objects.
    #[serde(rename = "WorkspaceObject")]
    pub(crate) workspaces: Count,
    /// The accounts' objects.
    #[serde(rename = "AccountObject")]
    pub(crate) accounts: Count,
    /// The Worker in front of them.
    #[serde(rename = "default")]
    pub(crate) worker: Count,
}

impl Counts {
    /// Asks a Worker that counts.
    ///
    /// # Panics
    /// If it does not.
    pub(crate) fn read(base_url: &str) -> Self {
        get(&format!("{base_url}/bench/counts"), &[]).json()
    }

    /// What happened since an earlier count.
    pub(crate) const fn since(self, earlier: Self) -> Self {
        Self {
            conversations: self.conversations.since(earlier.conversations),
            workspaces: self.workspaces.since(earlier.workspaces),
            accounts: self.accounts.since(earlier.accounts),
            worker: self.worker.since(earlier.worker),
        }
    }

    /// Rows that are billed as written, in all objects.
    pub(crate) const fn rows_billed(&self) -> u64 {
        self.conversations.rows_billed() + self.workspaces.rows_billed() + self.accounts.rows_billed()
    }

    /// The objects' counts by the name of what they hold.
    pub(crate) fn objects(&self) -> BTreeMap<&'static str, Count> {
        [("conversation", self.conversations), ("workspace", self.workspaces), ("account", self.accounts)]
            .into()
    }
}

/// Makes the Worker count.
pub(crate) fn counting(glue: &str) -> String {
    wrapped(COUNTING, glue)
}

/// Makes the Worker's clock run fast once [`hurry`] asks for it, until it is started again.
pub(crate) fn hurrying(glue: &str) -> String {
    wrapped(HURRYING, glue)
}

/// Lets the clock run fast.
pub(crate) fn hurry(base_url: &str) {
    let answer = get(&format!("{base_url}/bench/hurry"), &[]);
    assert_eq!(answer.body, "hurrying");
}
