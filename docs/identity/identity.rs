//! Tells Porchlight who is signed in: with the crates `base64`, `hmac`, `serde_json` and `sha2`.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::{Value, json};
use sha2::Sha256;

/// What the settings of the site show.
pub(crate) struct PorchlightIdentity {
    /// The site's id.
    pub(crate) site: String,
    /// The secret's name.
    pub(crate) key_id: String,
    /// The secret.
    pub(crate) secret: String,
}

impl PorchlightIdentity {
    /// A token for the person who is signed in, good for ten minutes: make a new one whenever the page wants one. `now`
    /// is in seconds since 1970.
    pub(crate) fn token(&self, id: &str, name: &str, email: &str, now: u64) -> String {
        let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
        let header = part(json!({ "alg": "HS256", "typ": "JWT", "kid": self.key_id }));
        let claims = part(json!({
            "sub": id, "name": name, "email": email, "aud": self.site, "iat": now, "exp": now + 600,
        }));
        let signed = format!("{header}.{claims}");
        let signature = URL_SAFE_NO_PAD.encode(self.mac(&signed));
        format!("{signed}.{signature}")
    }

    /// The plain hash of the person's id, for where a token is too much. It never expires.
    pub(crate) fn hash(&self, id: &str) -> String {
        let mac = self.mac(&format!("porchlight-identity-v1\n{}\n{id}", self.site));
        mac.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn mac(&self, text: &str) -> Vec<u8> {
        let mac =
            Hmac::<Sha256>::new_from_slice(self.secret.as_bytes()).expect("a key of any length is good");
        mac.chain_update(text).finalize().into_bytes().to_vec()
    }
}
