//! The keyed hash of a person's id: for sites that come from elsewhere with one, and for those without a JWT library.
//!
//! `hex(HMAC-SHA256(secret, "porchlight-identity-v1\n" + site id + "\n" + user id))`, in lower case. The first line
//! keeps a hash made for another purpose, or for another product, from being one of ours; the site's id keeps one of
//! another site from being good here (SPEC ID5).

use hmac::Mac as _;
use protocol::Code;

use super::{Proven, ProvingSite, is_user_id, voucher_of};
use crate::token::{equal, keyed};

const PURPOSE: &str = "porchlight-identity-v1";

/// Checks a hash under every secret that is good. The time it takes tells nothing of the right one.
///
/// # Errors
/// [`Code::BadIdentity`].
pub(super) fn check(site: ProvingSite<'_>, user: &str, hash: &str) -> Result<Proven, Code> {
    if !is_user_id(user) {
        return Err(Code::BadIdentity);
    }
    let text = format!("{PURPOSE}\n{}\n{user}", site.id);
    let signer = site.secrets.iter().fold(None, |signer, secret| {
        let mac = hex_mac(secret.secret.as_bytes(), text.as_bytes());
        equal(hash.as_bytes(), mac.as_bytes()).then_some(secret).or(signer)
    });
    let secret = signer.ok_or(Code::BadIdentity)?;
    let voucher = voucher_of(&secret.key_id);
    Ok(Proven { user: user.to_owned(), name: None, email: None, voucher })
}

fn hex_mac(secret: &[u8], text: &[u8]) -> String {
    let digest = keyed(secret).chain_update(text).finalize().into_bytes();
    digest.iter().fold(String::new(), |mut hex, byte| {
        for digit in [byte >> 4, byte & 15] {
            hex.extend(char::from_digit(u32::from(digit), 16));
        }
        hex
    })
}
