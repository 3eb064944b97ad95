//! A site's own server, as far as it says who its visitors are.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use protocol::http::site::IdentitySecret;
use serde_json::{Value, json};
use sha2::Sha256;

/// Signs for one site.
#[derive(Clone)]
pub struct Signer {
    /// The site's id.
    pub site: String,
    /// Its secret.
    pub secret: IdentitySecret,
}

impl Signer {
    /// A token for a person, good for ten minutes, with more claims or with others in their place.
    ///
    /// # Panics
    /// If the clock is before 1970.
    #[must_use]
    pub fn token(&self, user: &str, more: &Value) -> String {
        let now = std::time::SystemTime::UNIX_EPOCH.elapsed().expect("after 1970").as_secs();
        let mut claims = json!({ "sub": user, "aud": self.site, "iat": now, "exp": now + 600 });
        for (name, value) in more.as_object().into_iter().flatten() {
            claims[name] = value.clone();
        }
        let header = json!({ "alg": "HS256", "typ": "JWT", "kid": self.secret.key_id });
        let body = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(self.mac(&body)))
    }

    /// The plain hash of a person's id.
    #[must_use]
    pub fn hash(&self, user: &str) -> String {
        let mac = self.mac(&format!("porchlight-identity-v1\n{}\n{user}", self.site));
        mac.iter().map(|byte| format!("{byte:02x}")).collect()
    }

    fn mac(&self, text: &str) -> Vec<u8> {
        let mac = Hmac::<Sha256>::new_from_slice(self.secret.secret.as_bytes()).expect("any length");
        mac.chain_update(text).finalize().into_bytes().to_vec()
    }
}
