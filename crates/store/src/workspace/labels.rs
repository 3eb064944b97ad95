//! Which conversations have which labels, so that a label finds them without reading what else the index says of each.

use protocol::{ConversationId, Label};

use super::WorkspaceStore;
use crate::database::{Database, StorageError};
use crate::row::Row;

/// The table, of a version of its own, with what the index knew before it was there. A label stands as it is spelt.
pub(super) const VERSION: &[&str] = &[
    "CREATE TABLE IF NOT EXISTS labelled (
        label TEXT NOT NULL,
        conversation BLOB NOT NULL,
        PRIMARY KEY (label, conversation)
    ) STRICT, WITHOUT ROWID",
    "INSERT OR IGNORE INTO labelled (label, conversation) \
        SELECT value, conversation FROM entry, json_each(NULLIF(placement, ''), '$.frame.labels')",
];

/// That a conversation has one of several labels.
pub(super) const IS_LABELLED: &str = "conversation IN \
    (SELECT conversation FROM labelled WHERE label IN (SELECT value FROM json_each(?, '$.frame')))";

impl<D: Database> WorkspaceStore<D> {
    /// Takes up the labels of a conversation in place of those it had. Only what differs is written; done again after a failure,
    /// it comes to the same.
    pub(super) fn relabel(
        &self,
        conversation: ConversationId,
        before: &[Label],
        after: &[Label],
    ) -> Result<(), StorageError> {
        let has = |labels: &[Label], label: &Label| labels.iter().any(|one| one.as_str() == label.as_str());
        let row = |label: &Label| vec![label.as_str().into(), conversation.as_bytes().into()];
        for label in before.iter().filter(|label| !has(after, label)) {
            self.database
                .execute("DELETE FROM labelled WHERE label = ?1 AND conversation = ?2", row(label))?;
        }
        for label in after.iter().filter(|label| !has(before, label)) {
            self.database.execute(
                "INSERT OR IGNORE INTO labelled (label, conversation) VALUES (?1, ?2)",
                row(label),
            )?;
        }
        Ok(())
    }

    /// Every label that any conversation has, in each spelling. SQLite knows no case but that of ASCII, so that labels are
    /// compared in Rust.
    pub(super) fn labels(&self) -> Result<Vec<Label>, StorageError> {
        let mut labels = Vec::new();
        for columns in self.database.run("SELECT DISTINCT label FROM labelled", Vec::new())? {
            labels.extend(Label::parse(&Row::new(columns).text()?));
        }
        Ok(labels)
    }
}
