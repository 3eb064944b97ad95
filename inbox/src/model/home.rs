//! Which workspace a person sees first.

use protocol::WorkspaceId;
use protocol::http::account::WorkspaceName;

/// Where the inbox's own address leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Home {
    /// The person belongs to no workspace yet.
    Begin,
    /// The one they used last in this browser, or their only one.
    Workspace(WorkspaceId),
    /// They choose.
    Choose,
}

/// Decides, given the workspace that was used last.
pub(crate) fn home(workspaces: &[WorkspaceName], last: Option<WorkspaceId>) -> Home {
    let is_mine = |id: &WorkspaceId| workspaces.iter().any(|workspace| workspace.id == *id);
    match (workspaces, last.filter(is_mine)) {
        ([], _) => Home::Begin,
        (_, Some(last)) => Home::Workspace(last),
        ([only], None) => Home::Workspace(only.id),
        (_, None) => Home::Choose,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib24_the_inbox_opens_the_workspace_used_last_or_the_only_one() {
        let id = |byte| WorkspaceId::from_bytes([byte; 16]);
        let name = |byte| WorkspaceName { id: id(byte), name: "Fernwood".to_owned() };
        let cases = [
            (vec![], Some(id(1)), Home::Begin),
            (vec![name(1)], None, Home::Workspace(id(1))),
            (vec![name(1)], Some(id(9)), Home::Workspace(id(1))),
            (vec![name(1), name(2)], Some(id(2)), Home::Workspace(id(2))),
            (vec![name(1), name(2)], Some(id(9)), Home::Choose),
            (vec![name(1), name(2)], None, Home::Choose),
        ];
        for (workspaces, last, expected) in cases {
            assert_eq!(home(&workspaces, last), expected, "{workspaces:?} {last:?}");
        }
    }
}
