//! Who a visitor is: what a site's server has signed, and what a page merely claims.
//!
//! A proof is a JSON Web Token or a keyed hash of the person's id, under a secret that the site's server and the
//! workspace share. Only a proof makes two visits the same person; whatever is claimed without one is shown as claimed
//! and opens nothing (SPEC ID1 to ID8).

mod anonymous;
mod hash;
mod jwt;
mod person;
mod private_chat;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::http::ClaimedUser;
use protocol::http::site::{IdentityMode, IdentitySecret};
use protocol::limits::{NAME_BYTES, VISITOR_EMAIL_BYTES};
use protocol::{Code, SiteId, SiteKey, Stated, Timestamp, VisitorIdentity, VoucherId};
use sha2::{Digest as _, Sha256};

use crate::name::is_formatting;

pub use anonymous::said_of_anonymous;
pub use person::visitor_of;
pub use private_chat::{ChatName, chat_of_group, chat_of_two};

/// A site as far as proofs are concerned.
#[derive(Clone, Copy)]
pub struct ProvingSite<'a> {
    /// Which.
    pub id: SiteId,
    /// Its keys that are good: a token for one of them is for this site.
    pub keys: &'a [SiteKey],
    /// What the site asks for.
    pub mode: IdentityMode,
    /// Its secrets that are good.
    pub secrets: &'a [IdentitySecret],
}

/// Who somebody was found to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// A person whom the site's server knows; [`VisitorIdentity::user`] is there.
    Known {
        /// The person's id with the site.
        user: String,
        /// What is known of them.
        identity: VisitorIdentity,
        /// By which secret it was proven.
        voucher: VoucherId,
    },
    /// Nobody in particular.
    Anonymous {
        /// What the page claims of them, if anything.
        claimed: Option<VisitorIdentity>,
        /// What the page is told of the missing or bad proof.
        notice: Option<Code>,
    },
}

/// What a proof proves.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Proven {
    user: String,
    name: Option<String>,
    email: Option<String>,
    voucher: VoucherId,
}

/// Names a secret by its public name, for tokens and for what is said when it has ended.
#[must_use]
pub fn voucher_of(key_id: &str) -> VoucherId {
    let digest = Sha256::new_with_prefix(b"porchlight/voucher/1").chain_update(key_id).finalize();
    let mut id = [0; VoucherId::LENGTH];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = from);
    VoucherId::from_bytes(id)
}

/// Makes a secret for a site out of random bytes: text, to be used as it stands, with a name by which a token can say
/// that it was signed with this one.
#[must_use]
pub fn new_secret(name: [u8; 9], secret: [u8; 32]) -> IdentitySecret {
    IdentitySecret {
        key_id: format!("ik_{}", URL_SAFE_NO_PAD.encode(name)),
        secret: format!("is_{}", URL_SAFE_NO_PAD.encode(secret)),
    }
}

/// Decides who somebody is (SPEC ID1, ID2).
///
/// # Errors
/// [`Code::BadIdentity`] if the site requires proofs and the one that was brought is not good.
pub fn identify(site: ProvingSite<'_>, user: Option<&ClaimedUser>, now: Timestamp) -> Result<Found, Code> {
    let claimed = user.and_then(claims_of);
    let proof = user.and_then(|user| prove(site, user, now));
    let notice = match (site.mode, proof) {
        (IdentityMode::Off, _) | (IdentityMode::Optional, None) => None,
        (IdentityMode::Optional | IdentityMode::Required, Some(Ok(proven))) => {
            return Ok(known(proven, claimed.unwrap_or_default()));
        }
        (IdentityMode::Optional, Some(Err(code))) => Some(code),
        (IdentityMode::Required, Some(Err(code))) => return Err(code),
        (IdentityMode::Required, None) => Some(Code::IdentityRequired),
    };
    Ok(Found::Anonymous { claimed, notice })
}

/// Checks the proof that was brought, if any: one that is there and empty is a bad one.
fn prove(site: ProvingSite<'_>, user: &ClaimedUser, now: Timestamp) -> Option<Result<Proven, Code>> {
    let proof = user.proof.as_ref()?;
    match (&proof.jwt, &proof.user_hash) {
        (Some(token), _) => Some(jwt::check(site, token, now)),
        (None, Some(hash)) => Some(hash::check(site, user.id.as_deref().unwrap_or_default(), hash)),
        (None, None) => None,
    }
}

/// What is signed goes before what is claimed; the rest stays a claim.
fn known(proven: Proven, claimed: VisitorIdentity) -> Found {
    let Proven { user, name, email, voucher } = proven;
    let signed = |text: Option<String>, most| {
        tidy(text.as_deref()?, most).map(|text| Stated { text, is_verified: true })
    };
    let identity = VisitorIdentity {
        user: Some(user.clone()),
        name: signed(name, NAME_BYTES).or(claimed.name),
        email: signed(email, VISITOR_EMAIL_BYTES).or(claimed.email),
    };
    Found::Known { user, identity, voucher }
}

/// What a site's server says of a person outside a proof, over the REST API: as good as what it signs.
///
/// # Errors
/// The name of the field that is not what it may be.
pub fn said_by_server(
    user: &str,
    name: Option<&str>,
    email: Option<&str>,
) -> Result<VisitorIdentity, &'static str> {
    let signed = |text: Option<&str>, most: usize, field| match text {
        Some(text) if text.len() <= most && tidy(text, most).as_deref() == Some(text.trim()) => {
            Ok(Some(Stated { text: text.trim().to_owned(), is_verified: true }))
        }
        Some(_) => Err(field),
        None => Ok(None),
    };
    if !is_user_id(user) {
        return Err("external_id");
    }
    Ok(VisitorIdentity {
        user: Some(user.to_owned()),
        name: signed(name, NAME_BYTES, "name")?,
        email: signed(email, VISITOR_EMAIL_BYTES, "email")?,
    })
}

/// What a page claims. An id is no use without a proof, and is not even shown.
fn claims_of(user: &ClaimedUser) -> Option<VisitorIdentity> {
    let claim = |text: &Option<String>, most| {
        tidy(text.as_deref()?, most).map(|text| Stated { text, is_verified: false })
    };
    let identity = VisitorIdentity {
        user: None,
        name: claim(&user.name, NAME_BYTES),
        email: claim(&user.email, VISITOR_EMAIL_BYTES),
    };
    (identity.name.is_some() || identity.email.is_some()).then_some(identity)
}

/// Cuts a text and drops what would change how the text around it is read; a name is never a reason to refuse.
fn tidy(text: &str, most: usize) -> Option<String> {
    let mut tidied = String::new();
    let is_plain = |character: &char| !character.is_control() && !is_formatting(*character);
    for character in text.trim().chars().filter(is_plain) {
        if tidied.len().saturating_add(character.len_utf8()) > most {
            break;
        }
        tidied.push(character);
    }
    let tidied = tidied.trim();
    (!tidied.is_empty()).then(|| tidied.to_owned())
}

/// Whether a text can be a person's id with a site: visible, short, and without anything that could be read as
/// something else beside it.
fn is_user_id(text: &str) -> bool {
    !text.is_empty()
        && text.len() <= protocol::limits::USER_ID_BYTES
        && text.trim() == text
        && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests;
