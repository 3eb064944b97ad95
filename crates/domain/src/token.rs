//! Signed credentials: a visitor's token, an agent's ticket and the challenge of a passkey.
//!
//! `base64url(postcard(claims)) . base64url(HMAC-SHA256)`, each kind under a key of its own derived from one secret, so
//! that a token of one kind is never good as another (SPEC AC5).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit, Mac};
use protocol::{AgentTicket, PasskeyChallenge, Timestamp, VisitPass, VisitorClaims, work};
use serde::{Deserialize, Serialize};
use sha2::Sha256;
use subtle::ConstantTimeEq as _;

/// Fields that visitors' tokens have come to have.
const FIELDS_ADDED: usize = 2;

/// Bytes of a credential's text beyond which it is not looked at.
const LONGEST: usize = 1024;

/// A kind of claims that can be signed.
pub trait Claims: Serialize + for<'de> Deserialize<'de> {
    /// Separates the keys of the kinds.
    const PURPOSE: &'static [u8];

    /// When they stop being good.
    fn expires_at(&self) -> Timestamp;
}

impl Claims for VisitorClaims {
    const PURPOSE: &'static [u8] = b"porchlight/visitor-token/1";

    fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

impl Claims for AgentTicket {
    const PURPOSE: &'static [u8] = b"porchlight/agent-ticket/1";

    fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

impl Claims for PasskeyChallenge {
    const PURPOSE: &'static [u8] = b"porchlight/passkey-challenge/1";

    fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

impl Claims for VisitPass {
    const PURPOSE: &'static [u8] = b"porchlight/visit-pass/1";

    fn expires_at(&self) -> Timestamp {
        self.expires_at
    }
}

/// Separates the key of visitors' tokens that are good together with some work only.
const WITH_WORK: &[u8] = b"porchlight/visitor-token-with-work/1";

/// Signs claims under the deployment's secret.
#[must_use]
pub fn sign<C: Claims>(secret: &[u8], claims: &C) -> String {
    sign_for(C::PURPOSE, secret, claims)
}

/// Signs a visitor's claims so that the token opens a socket together with some work only (SPEC AC13).
#[must_use]
pub fn sign_for_work(secret: &[u8], claims: &VisitorClaims) -> String {
    sign_for(WITH_WORK, secret, claims)
}

fn sign_for<C: Claims>(purpose: &[u8], secret: &[u8], claims: &C) -> String {
    let Ok(body) = postcard::to_allocvec(claims) else {
        return String::new();
    };
    let mac = mac(purpose, secret, &body).finalize().into_bytes();
    format!("{}.{}", URL_SAFE_NO_PAD.encode(&body), URL_SAFE_NO_PAD.encode(mac))
}

/// Reads signed claims; `None` unless they are whole, of this kind, under this secret and not expired.
#[must_use]
pub fn verify<C: Claims>(secret: &[u8], text: &str, now: Timestamp) -> Option<C> {
    verify_for(C::PURPOSE, secret, text, now)
}

/// Reads a token that takes work, whether the work is done or not: for whoever gives out the same token anew.
#[must_use]
pub fn verify_for_work(secret: &[u8], text: &str, now: Timestamp) -> Option<VisitorClaims> {
    verify_for(WITH_WORK, secret, text, now)
}

/// Reads a token that takes work, with the number that was found behind it.
#[must_use]
pub fn verify_worked(secret: &[u8], text: &str, now: Timestamp) -> Option<VisitorClaims> {
    let (token, number) = text.rsplit_once('.')?;
    let claims = verify_for_work(secret, token, now)?;
    work::is_done(claims.conversation, number.parse().ok()?).then_some(claims)
}

fn verify_for<C: Claims>(purpose: &[u8], secret: &[u8], text: &str, now: Timestamp) -> Option<C> {
    if text.len() > LONGEST {
        return None;
    }
    let (body, signature) = text.split_once('.')?;
    let body = URL_SAFE_NO_PAD.decode(body).ok()?;
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    mac(purpose, secret, &body).verify_slice(&signature).ok()?;
    let claims: C = (0..=FIELDS_ADDED).find_map(|missing| read(&body, missing))?;
    (now < claims.expires_at()).then_some(claims)
}

/// Reads claims, all of them, of a token from before its last fields were there: a zero for each says that there is
/// nothing in it.
fn read<C: Claims>(body: &[u8], missing: usize) -> Option<C> {
    let body: Vec<u8> = body.iter().copied().chain(core::iter::repeat_n(0, missing)).collect();
    let (claims, rest) = postcard::take_from_bytes::<C>(&body).ok()?;
    rest.is_empty().then_some(claims)
}

/// Compares secrets in a time that tells nothing but their lengths.
#[must_use]
pub fn equal(one: &[u8], other: &[u8]) -> bool {
    one.ct_eq(other).into()
}

fn mac(purpose: &[u8], secret: &[u8], body: &[u8]) -> Hmac<Sha256> {
    let key = keyed(secret).chain_update(purpose).finalize().into_bytes();
    keyed(&key).chain_update(body)
}

/// HMAC-SHA256 under a key of any length.
#[expect(clippy::expect_used, reason = "input cannot reach it: HMAC takes keys of every length")]
pub(crate) fn keyed(key: &[u8]) -> Hmac<Sha256> {
    Hmac::new_from_slice(key).expect("invariant: HMAC takes a key of any length (RFC 2104)")
}

#[cfg(test)]
mod tests {
    use protocol::{ConversationId, SiteId, VisitorId, WorkspaceId};

    use super::*;

    const SECRET: &[u8] = b"a secret";

    fn claims() -> VisitorClaims {
        VisitorClaims {
            workspace: WorkspaceId::from_bytes([1; 16]),
            site: SiteId::from_bytes([2; 16]),
            visitor: VisitorId::from_bytes([3; 16]),
            conversation: ConversationId::from_bytes([4; 32]),
            expires_at: Timestamp(1_000),
            identity: None,
            voucher: None,
        }
    }

    #[test]
    fn ac5_a_token_is_good_only_whole_and_in_time_and_for_its_kind() {
        let token = sign(SECRET, &claims());
        assert_eq!(verify(SECRET, &token, Timestamp(999)), Some(claims()));
        assert_eq!(verify::<VisitorClaims>(SECRET, &token, Timestamp(1_000)), None, "expired");
        assert_eq!(verify::<VisitorClaims>(b"other", &token, Timestamp(0)), None, "other secret");
        assert_eq!(verify::<AgentTicket>(SECRET, &token, Timestamp(0)), None, "other kind");
        for bad in [
            "",
            ".",
            "a.b",
            &token[..token.len() - 1],
            &format!("{token}A"),
            &format!(" {token}"),
            &"a".repeat(5_000),
        ] {
            assert_eq!(verify::<VisitorClaims>(SECRET, bad, Timestamp(0)), None, "{bad}");
        }
    }

    #[test]
    fn ac5_a_token_from_before_visitors_could_be_known_is_good() {
        let now = postcard::to_allocvec(&claims()).expect("claims");
        for (missing, is_good) in [(1, true), (2, true), (3, false)] {
            let before = &now[..now.len() - missing];
            let mac = mac(VisitorClaims::PURPOSE, SECRET, before).finalize().into_bytes();
            let token = format!("{}.{}", URL_SAFE_NO_PAD.encode(before), URL_SAFE_NO_PAD.encode(mac));
            assert_eq!(verify(SECRET, &token, Timestamp(999)), is_good.then(claims), "{missing} missing");
        }
    }

    #[test]
    fn ac5_every_changed_character_spoils_a_token() {
        let token = sign(SECRET, &claims());
        for position in 0..token.len() {
            let mut changed = token.clone().into_bytes();
            changed[position] = if changed[position] == b'A' { b'B' } else { b'A' };
            let changed = String::from_utf8(changed).expect("ascii");
            if changed != token {
                assert_eq!(verify::<VisitorClaims>(SECRET, &changed, Timestamp(0)), None, "{position}");
            }
        }
    }

    #[test]
    fn ac13_a_token_that_takes_work_is_good_with_its_number_only() {
        let (claims, now) = (claims(), Timestamp(0));
        let token = sign_for_work(SECRET, &claims);
        assert_eq!(verify::<VisitorClaims>(SECRET, &token, now), None, "it is no other token");
        assert_eq!(verify_worked(SECRET, &token, now), None);
        assert_eq!(verify_for_work(SECRET, &token, now), Some(claims.clone()));
        let number = work::search(claims.conversation, 0, 1 << 24).expect("with all but certainty");
        let worked = |token: &str, number: u64| verify_worked(SECRET, &format!("{token}.{number}"), now);
        assert_eq!(worked(&token, number), Some(claims.clone()));
        assert_eq!(worked(&token, number.saturating_add(1)), None);
        assert_eq!(worked(&sign(SECRET, &claims), number), None, "nor is another token it");
        let elsewhere = VisitorClaims { conversation: ConversationId::from_bytes([9; 32]), ..claims };
        assert_eq!(worked(&sign_for_work(SECRET, &elsewhere), number), None, "work for another conversation");
    }
}
