//! Versions of what the REST API shows, so that a change can be made to what was seen and to nothing else (SPEC RA8).

use protocol::EntityTag;
use protocol::http::workspace::WorkspaceView;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// The version of a value: another value has another one.
#[must_use]
pub fn entity_tag<T: Serialize>(value: &T) -> EntityTag {
    let digest = Sha256::digest(protocol::codec::to_bytes(value));
    EntityTag::from_bytes(digest.first_chunk().copied().unwrap_or_default())
}

/// The version of a workspace, whoever looks at it.
#[must_use]
pub fn tag_of_workspace(view: &WorkspaceView) -> EntityTag {
    entity_tag(&(view.id, &view.name, view.deleted_at))
}

/// Whether a change that is meant for some versions is meant for this one; without any it is meant for all.
#[must_use]
pub fn is_expected(found: EntityTag, expected: Option<&[EntityTag]>) -> bool {
    expected.is_none_or(|expected| expected.contains(&found))
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, AgentProfile, Permissions, Role, Timestamp, WorkspaceId};

    use super::*;

    #[test]
    fn ra8_a_version_is_of_what_is_seen_and_not_of_who_sees_it() {
        let view = WorkspaceView {
            id: WorkspaceId::from_bytes([1; 16]),
            name: "Fernwood".to_owned(),
            me: AgentProfile { id: AgentId::from_bytes([2; 16]), name: "Anna".to_owned() },
            role: Role::Owner,
            permissions: Permissions::all(),
            deleted_at: None,
            requires_second_factor: false,
            without_second_factor: None,
            retention_days: None,
        };
        let tag = tag_of_workspace(&view);
        let seen_by_other =
            WorkspaceView { role: Role::Agent, permissions: Permissions::NONE, ..view.clone() };
        assert_eq!(tag_of_workspace(&seen_by_other), tag);
        for other in [
            WorkspaceView { name: "Fern".to_owned(), ..view.clone() },
            WorkspaceView { deleted_at: Some(Timestamp(1)), ..view },
        ] {
            assert_ne!(tag_of_workspace(&other), tag);
        }
    }

    #[test]
    fn ra8_a_change_is_made_to_the_versions_that_it_is_meant_for() {
        let tag = |byte| EntityTag::from_bytes([byte; 16]);
        assert!(is_expected(tag(1), None));
        assert!(is_expected(tag(1), Some(&[tag(2), tag(1)])));
        assert!(!is_expected(tag(1), Some(&[tag(2)])));
        assert!(!is_expected(tag(1), Some(&[])));
    }
}
