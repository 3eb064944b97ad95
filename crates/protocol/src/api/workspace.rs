//! The workspace of a key.

use serde::Serialize;

use crate::api::id::Prefixed;
use crate::api::moment::Moment;
use crate::http::workspace::WorkspaceView;
use crate::ids::WorkspaceId;

/// The workspace that a key belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Workspace {
    /// Its id.
    pub id: Prefixed<WorkspaceId>,
    /// Its name.
    pub name: String,
    /// When it will be deleted, if its owner asked for that.
    pub deletes_at: Option<Moment>,
}

impl From<&WorkspaceView> for Workspace {
    fn from(view: &WorkspaceView) -> Self {
        Self { id: Prefixed(view.id), name: view.name.clone(), deletes_at: view.deleted_at.map(Moment) }
    }
}
