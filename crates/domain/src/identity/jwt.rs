//! JSON Web Tokens (RFC 7519) as sites sign them: compact, HS256 and nothing else.
//!
//! By hand, since what a library adds is what has gone wrong elsewhere: other algorithms, keys out of the header,
//! checks that can be left out (RFC 8725). The signature is checked before a claim is looked at.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac as _;
use protocol::http::site::IdentitySecret;
use protocol::limits::PROOF_BYTES;
use protocol::{Code, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::{Proven, ProvingSite, is_user_id, voucher_of};
use crate::token::keyed;

/// Milliseconds by which the clocks of the site's server and ours may differ.
const LEEWAY_MS: i64 = 60_000;

/// Milliseconds ahead that a token may be good for.
const LONGEST_MS: i64 = 24 * 3_600_000;

/// The header of a token. `crit` names extensions that must be understood, and we understand none (RFC 7515, 4.1.11).
#[derive(Deserialize)]
struct Header {
    alg: String,
    #[serde(default)]
    typ: Option<String>,
    #[serde(default)]
    kid: Option<String>,
    #[serde(default)]
    crit: Option<Value>,
}

/// The claims we look at. A name or an address that is no text is left out: it is a label.
#[derive(Deserialize)]
struct Claims {
    sub: String,
    exp: f64,
    #[serde(default)]
    iat: Option<f64>,
    #[serde(default)]
    nbf: Option<f64>,
    #[serde(default)]
    aud: Option<Value>,
    #[serde(default)]
    name: Option<Value>,
    #[serde(default)]
    email: Option<Value>,
}

/// Checks a token (SPEC ID3, ID4).
///
/// # Errors
/// [`Code::BadIdentity`].
pub(super) fn check(site: ProvingSite<'_>, token: &str, now: Timestamp) -> Result<Proven, Code> {
    read(site, token, now).ok_or(Code::BadIdentity)
}

fn read(site: ProvingSite<'_>, token: &str, now: Timestamp) -> Option<Proven> {
    if token.len() > PROOF_BYTES {
        return None;
    }
    let (signed, signature) = token.rsplit_once('.')?;
    let (header, claims) = signed.split_once('.')?;
    let header: Header = part(header)?;
    let is_ours = header.alg == "HS256"
        && header.crit.is_none()
        && header.typ.as_deref().is_none_or(|typ| typ.eq_ignore_ascii_case("JWT"));
    let signature = URL_SAFE_NO_PAD.decode(signature).ok()?;
    if !is_ours {
        return None;
    }
    let secret = signer(site.secrets, header.kid.as_deref(), signed, &signature)?;
    let claims: Claims = part(claims)?;
    let is_for_us = claims.aud.as_ref().is_none_or(|aud| is_audience(site, aud));
    (is_for_us && is_timely(&claims, now) && is_user_id(&claims.sub)).then(|| Proven {
        user: claims.sub,
        name: claims.name.as_ref().and_then(Value::as_str).map(str::to_owned),
        email: claims.email.as_ref().and_then(Value::as_str).map(str::to_owned),
        voucher: voucher_of(&secret.key_id),
    })
}

fn part<T: for<'de> Deserialize<'de>>(text: &str) -> Option<T> {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
}

/// The secret that signed it; the one that the header names, if it names one.
fn signer<'a>(
    secrets: &'a [IdentitySecret],
    key_id: Option<&str>,
    signed: &str,
    signature: &[u8],
) -> Option<&'a IdentitySecret> {
    let named = secrets.iter().filter(|secret| key_id.is_none_or(|key_id| key_id == secret.key_id));
    named.fold(None, |signer, secret| {
        let mac = keyed(secret.secret.as_bytes()).chain_update(signed.as_bytes());
        mac.verify_slice(signature).is_ok().then_some(secret).or(signer)
    })
}

/// Whether the token is for this site: one of its keys or its id, alone or in a list.
fn is_audience(site: ProvingSite<'_>, audience: &Value) -> bool {
    let is_us =
        |text: &str| site.id.to_string() == text || site.keys.iter().any(|key| key.to_string() == text);
    match audience {
        Value::String(text) => is_us(text),
        Value::Array(list) => list.iter().filter_map(Value::as_str).any(is_us),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::Object(_) => false,
    }
}

fn is_timely(claims: &Claims, now: Timestamp) -> bool {
    let until = now.0.saturating_sub(LEEWAY_MS);
    let from = now.0.saturating_add(LEEWAY_MS);
    let expires_at = milliseconds(claims.exp);
    expires_at > until
        && expires_at <= from.saturating_add(LONGEST_MS)
        && claims.iat.is_none_or(|iat| milliseconds(iat) <= from)
        && claims.nbf.is_none_or(|nbf| milliseconds(nbf) <= from)
}

/// A `NumericDate`, which may have a fraction, in milliseconds. What is beyond all bounds becomes a bound.
#[expect(clippy::cast_possible_truncation, reason = "a cast of a float is cut to the bounds")]
fn milliseconds(seconds: f64) -> i64 {
    (seconds * 1_000.0) as i64
}
