//! What the audit log is told of attempts, and which of its lines are mailed as well.

use protocol::http::workspace::AuditChange;
use protocol::mail::GuardedChange;
use protocol::{Permission, Role, Timestamp};

use super::people::Member;

/// Milliseconds between two lines about the same attempt of the same person, so that nobody fills the log.
const REFUSAL_INTERVAL_MS: u64 = 60_000;

/// Whether a refused attempt is noted, given when the last one of the same person and kind was (SPEC WS15).
#[must_use]
pub fn refusal_is_noted(last: Option<Timestamp>, now: Timestamp) -> bool {
    last.is_none_or(|last| now.since(last) >= REFUSAL_INTERVAL_MS)
}

/// What a change is called in the mail about it, if the safety of the workspace rests on it (SPEC WS50). The wish to
/// delete the workspace has a letter of its own.
#[must_use]
pub fn guarded_change(change: &AuditChange) -> Option<GuardedChange> {
    let has_any =
        |fields: &[String], names: &[&str]| fields.iter().any(|field| names.contains(&field.as_str()));
    match change {
        AuditChange::Transferred { .. } => Some(GuardedChange::Owner),
        AuditChange::RoleChanged { .. } | AuditChange::RoleRedrawn(_) => Some(GuardedChange::Rights),
        AuditChange::Invited { role, .. } => (*role != Role::Agent).then_some(GuardedChange::Rights),
        AuditChange::ApiKeyMade { .. } => Some(GuardedChange::ApiKey),
        AuditChange::SiteChanged { fields, .. } if has_any(fields, &["identity"]) => {
            Some(GuardedChange::Identity)
        }
        AuditChange::SiteChanged { fields, .. } => {
            has_any(fields, &["allowed_origins", "allow_localhost"]).then_some(GuardedChange::Site)
        }
        AuditChange::SiteRemoved { .. }
        | AuditChange::SiteKeyRotated { .. }
        | AuditChange::SiteKeysEnded { .. } => Some(GuardedChange::Site),
        AuditChange::IdentitySecretRotated { .. } | AuditChange::IdentitySecretsEnded { .. } => {
            Some(GuardedChange::Identity)
        }
        AuditChange::SecondFactorRequired { .. } => Some(GuardedChange::SecondFactor),
        AuditChange::RetentionSet { .. } => Some(GuardedChange::Retention),
        AuditChange::Founded
        | AuditChange::Named { .. }
        | AuditChange::InvitationRevoked { .. }
        | AuditChange::Joined { .. }
        | AuditChange::Removed { .. }
        | AuditChange::Left
        | AuditChange::RoleMade(_)
        | AuditChange::RoleRemoved(_)
        | AuditChange::DeletionBegun
        | AuditChange::DeletionStopped
        | AuditChange::SiteMade { .. }
        | AuditChange::Refused { .. }
        | AuditChange::ApiKeyRevoked { .. }
        | AuditChange::CannedMade { .. }
        | AuditChange::CannedChanged { .. }
        | AuditChange::CannedRemoved { .. }
        | AuditChange::AccountDeleted
        | AuditChange::ConversationsExpired { .. }
        | AuditChange::TeamMade { .. }
        | AuditChange::TeamChanged { .. }
        | AuditChange::TeamRemoved { .. }
        | AuditChange::AssignmentSet { .. }
        | AuditChange::VisitorBlocked { .. }
        | AuditChange::VisitorUnblocked { .. }
        | AuditChange::MacroMade { .. }
        | AuditChange::MacroChanged { .. }
        | AuditChange::MacroRemoved { .. }
        | AuditChange::FilterMade { .. }
        | AuditChange::FilterChanged { .. }
        | AuditChange::FilterRemoved { .. }
        | AuditChange::ContactsExported { .. } => None,
    }
}

/// Whether somebody is mailed what [`guarded_change`] names: whoever can look up the rest in the audit log. Who changed it
/// is mailed as well, since it may have been somebody else in their session.
#[must_use]
pub fn hears_of_guarded_changes(member: &Member) -> bool {
    member.permissions.contains(Permission::ReadAuditLog)
}

#[cfg(test)]
mod tests {
    use protocol::http::SiteConfig;
    use protocol::http::look::Look;
    use protocol::http::site::{IdentityMode, SiteSettings};

    use super::*;
    use crate::workspace::{changed_fields, is_guarded};

    #[test]
    fn ws50_what_takes_a_proof_at_a_site_is_mailed() {
        let config =
            SiteConfig { name: "Shop".to_owned(), accent: "#1f6f5c".to_owned(), greeting: String::new() };
        let before = SiteSettings {
            config,
            allowed_origins: Vec::new(),
            allow_localhost: false,
            identity: IdentityMode::Off,
            look: Look::default(),
        };
        let named = SiteConfig { name: "Other".to_owned(), ..before.config.clone() };
        let cases = [
            (SiteSettings { config: named, ..before.clone() }, None),
            (
                SiteSettings { allowed_origins: vec!["https://a.example".to_owned()], ..before.clone() },
                Some(GuardedChange::Site),
            ),
            (SiteSettings { allow_localhost: true, ..before.clone() }, Some(GuardedChange::Site)),
            (
                SiteSettings { identity: IdentityMode::Optional, ..before.clone() },
                Some(GuardedChange::Identity),
            ),
            (
                SiteSettings { allow_localhost: true, identity: IdentityMode::Required, ..before.clone() },
                Some(GuardedChange::Identity),
            ),
        ];
        for (after, expected) in cases {
            let fields: Vec<String> =
                changed_fields(&before, &after).into_iter().map(str::to_owned).collect();
            let change = AuditChange::SiteChanged { name: String::new(), fields };
            assert_eq!(guarded_change(&change), expected, "{change:?}");
            assert_eq!(expected.is_some(), is_guarded(&before, &after), "{change:?}");
        }
    }

    #[test]
    fn ws15_a_refused_attempt_is_noted_once_a_minute() {
        let check = |last: Option<i64>, now| refusal_is_noted(last.map(Timestamp), Timestamp(now));
        assert!(check(None, 0));
        assert!(!check(Some(0), 59_999));
        assert!(check(Some(0), 60_000));
    }
}
