//! Keys of the REST API: what somebody may make one for, and how long it lasts.

use protocol::permission::Permissions;
use protocol::{Scope, Timestamp};

const DAY_MS: u64 = 24 * 3_600_000;

/// The scopes, each with whether somebody with these permissions may make a key for it.
pub(crate) fn choices(mine: Permissions) -> [(Scope, bool); Scope::ALL.len()] {
    Scope::ALL.map(|scope| (scope, mine.covers(scope.permissions())))
}

/// For how long a key is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lifetime {
    /// 30 days.
    Month,
    /// 90 days.
    Quarter,
    /// 365 days.
    Year,
    /// Until it is revoked.
    Endless,
}

impl Lifetime {
    /// Every lifetime, in the order of the choice.
    pub(crate) const EVERY: [Self; 4] = [Self::Month, Self::Quarter, Self::Year, Self::Endless];

    /// The form of it in the value of a choice.
    pub(crate) const fn value(self) -> &'static str {
        match self {
            Self::Month => "30",
            Self::Quarter => "90",
            Self::Year => "365",
            Self::Endless => "",
        }
    }

    /// Reads [`Self::value`] back.
    pub(crate) fn of_value(value: &str) -> Option<Self> {
        Self::EVERY.into_iter().find(|lifetime| lifetime.value() == value)
    }

    /// When a key ends that is made at this moment.
    pub(crate) const fn end(self, now: Timestamp) -> Option<Timestamp> {
        match self {
            Self::Month => Some(now.plus(30 * DAY_MS)),
            Self::Quarter => Some(now.plus(90 * DAY_MS)),
            Self::Year => Some(now.plus(365 * DAY_MS)),
            Self::Endless => None,
        }
    }
}

/// Whether a key has ended of itself.
pub(crate) fn has_expired(expires_at: Option<Timestamp>, now: Timestamp) -> bool {
    expires_at.is_some_and(|expires_at| expires_at <= now)
}

#[cfg(test)]
mod tests {
    use protocol::permission::{Permission, Role};

    use super::*;

    #[test]
    fn ib31_nobody_is_offered_a_key_for_what_they_may_not_do() {
        let offered = |mine: Permissions| {
            let can = choices(mine).into_iter().filter(|(_, can)| *can);
            can.map(|(scope, _)| scope).collect::<Vec<_>>()
        };
        assert_eq!(offered(Role::Admin.built_in_permissions().expect("built in")), Scope::ALL);
        let keeper = Permissions::of(&[Permission::ManageApiKeys, Permission::ReadConversations]);
        assert_eq!(offered(keeper), [Scope::ConversationsRead, Scope::ContactsRead, Scope::SettingsRead]);
        assert_eq!(offered(Permissions::NONE), [Scope::SettingsRead]);
    }

    #[test]
    fn ak4_a_lifetime_becomes_the_moment_at_which_a_key_ends() {
        let now = Timestamp(1_790_000_000_000);
        for lifetime in Lifetime::EVERY {
            assert_eq!(Lifetime::of_value(lifetime.value()), Some(lifetime));
            let end = lifetime.end(now);
            assert!(!has_expired(end, now), "{lifetime:?}");
            let days = end.map(|end| end.since(now) / DAY_MS);
            assert_eq!(days, lifetime.value().parse().ok(), "{lifetime:?}");
            assert_eq!(has_expired(end, now.plus(365 * DAY_MS)), lifetime != Lifetime::Endless);
        }
        assert_eq!(Lifetime::of_value("7"), None);
    }
}
