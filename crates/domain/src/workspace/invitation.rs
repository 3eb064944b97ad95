//! Invitations: for one address, once, for a week.

use protocol::http::workspace::InvitationView;
use protocol::{AgentId, Code, InvitationId, Reject, Role, Timestamp, limits};
use sha2::{Digest, Sha256};

/// Milliseconds over which mails of invitations are counted: an hour.
pub const INVITATION_MAIL_WINDOW_MS: u64 = 3_600_000;

/// Milliseconds between two mails to the same address.
const MAIL_INTERVAL_MS: u64 = 60_000;

/// Mails to the same address within the window.
const MAILS_PER_ADDRESS: usize = 5;

/// Mails of one workspace within the window.
const MAILS_PER_WORKSPACE: usize = 200;

/// An invitation that was sent and not accepted yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenInvitation {
    /// Which.
    pub id: InvitationId,
    /// Who is invited: an e-mail address, in its one spelling.
    pub email: String,
    /// What they will be.
    pub role: Role,
    /// Who invited them.
    pub invited_by: AgentId,
    /// Until when they can accept.
    pub expires_at: Timestamp,
}

impl OpenInvitation {
    /// Whether it can still be accepted (SPEC WS12).
    #[must_use]
    pub fn is_open(&self, now: Timestamp) -> bool {
        now < self.expires_at
    }

    /// Decides whether a person of this address may accept it (SPEC WS12).
    ///
    /// # Errors
    /// [`Code::LinkExpired`], [`Code::Forbidden`] for another address.
    pub fn may_be_accepted_by(&self, email: &str, now: Timestamp) -> Result<(), Code> {
        if !self.is_open(now) {
            return Err(Code::LinkExpired);
        }
        if self.email == email { Ok(()) } else { Err(Code::Forbidden) }
    }

    /// The same as those see it who manage people.
    #[must_use]
    pub fn view(&self) -> InvitationView {
        let Self { id, email, role, expires_at, .. } = self;
        InvitationView { id: *id, email: email.clone(), role: *role, expires_at: *expires_at }
    }
}

/// What is stored of the secret of an invitation's link.
#[must_use]
pub fn invitation_digest(secret: &[u8; 32]) -> [u8; 32] {
    Sha256::new_with_prefix(b"porchlight/invitation/1").chain_update(secret).finalize().into()
}

/// Decides whether one more invitation may be mailed, given when the workspace mailed any within the window, each with
/// whether it went to this address, oldest first (SPEC WS12).
///
/// # Errors
/// [`Code::RateLimited`] with the time to wait.
pub fn may_mail_invitation(sent: &[(Timestamp, bool)], now: Timestamp) -> Result<(), Reject> {
    let to_address: Vec<_> = sent.iter().filter(|(_, is_same)| *is_same).map(|(at, _)| *at).collect();
    let all: Vec<_> = sent.iter().map(|(at, _)| *at).collect();
    let waits = [
        wait(&to_address, 1, MAIL_INTERVAL_MS, now),
        wait(&to_address, MAILS_PER_ADDRESS, INVITATION_MAIL_WINDOW_MS, now),
        wait(&all, MAILS_PER_WORKSPACE, INVITATION_MAIL_WINDOW_MS, now),
    ];
    match waits.into_iter().max() {
        None | Some(0) => Ok(()),
        Some(wait) => Err(Reject {
            code: Code::RateLimited,
            retry_after: Some(u32::try_from(wait).unwrap_or(u32::MAX)),
        }),
    }
}

/// Milliseconds until there were fewer than `most` within the last `window`.
fn wait(sent: &[Timestamp], most: usize, window: u64, now: Timestamp) -> u64 {
    let oldest_that_counts = sent.iter().rev().nth(most.saturating_sub(1));
    oldest_that_counts.map_or(0, |at| window.saturating_sub(now.since(*at)))
}

/// Decides whether a workspace with so many people and open invitations may invite one more.
///
/// # Errors
/// [`Code::TooLarge`].
pub const fn may_invite_one_more(people: usize, invitations: usize) -> Result<(), Code> {
    if people.saturating_add(invitations) < limits::PEOPLE { Ok(()) } else { Err(Code::TooLarge) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn invitation() -> OpenInvitation {
        OpenInvitation {
            id: InvitationId::from_bytes([1; 16]),
            email: "ben@example.com".to_owned(),
            role: Role::Agent,
            invited_by: AgentId::from_bytes([2; 16]),
            expires_at: Timestamp(1_000),
        }
    }

    #[test]
    fn ws12_an_invitation_is_for_one_address_and_a_time() {
        let accepts = |email, now| invitation().may_be_accepted_by(email, Timestamp(now));
        assert_eq!(accepts("ben@example.com", 999), Ok(()));
        assert_eq!(accepts("ben@example.com", 1_000), Err(Code::LinkExpired));
        assert_eq!(accepts("eve@example.com", 999), Err(Code::Forbidden));
        assert_eq!(accepts("eve@example.com", 1_000), Err(Code::LinkExpired));
    }

    #[test]
    fn ws12_the_digest_of_a_secret_is_that_of_an_invitation() {
        assert_ne!(invitation_digest(&[1; 32]), invitation_digest(&[2; 32]));
        let plain: [u8; 32] = Sha256::digest([1; 32]).into();
        assert_ne!(invitation_digest(&[1; 32]), plain, "of no other purpose");
    }

    #[test]
    fn ws12_an_address_gets_one_invitation_a_minute_and_five_an_hour() {
        let minute = 60_000;
        let check = |sent: &[(i64, bool)], now: i64| {
            let sent: Vec<_> = sent.iter().map(|(at, is_same)| (Timestamp(*at), *is_same)).collect();
            may_mail_invitation(&sent, Timestamp(now)).map_err(|reject| reject.retry_after.expect("a wait"))
        };
        assert_eq!(check(&[], 0), Ok(()));
        assert_eq!(check(&[(0, true)], minute - 1), Err(1));
        assert_eq!(check(&[(0, true)], minute), Ok(()));
        assert_eq!(check(&[(0, false)], 1), Ok(()), "to somebody else");
        let five: Vec<_> = (0..5).map(|number| (number * minute, true)).collect();
        assert_eq!(check(&five, 10 * minute), Err(50 * 60_000));
        assert_eq!(check(&five, 60 * minute), Ok(()));
        let many: Vec<_> = (0..200).map(|_| (0, false)).collect();
        assert_eq!(check(&many, 1), Err(3_599_999));
        assert_eq!(check(&many[1..], 1), Ok(()));
    }

    #[test]
    fn ws12_a_workspace_has_room_for_so_many() {
        assert_eq!(may_invite_one_more(limits::PEOPLE - 2, 1), Ok(()));
        assert_eq!(may_invite_one_more(limits::PEOPLE - 2, 2), Err(Code::TooLarge));
    }
}
