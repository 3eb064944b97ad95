//! The secrets of sites for identity verification, sealed for their workspace and site (SPEC AC12).

use domain::sealing::{Place, from_text, to_text};
use protocol::http::site::IdentitySecret;
use protocol::{Code, SiteId, Timestamp, WorkspaceId};
use store::workspace::{KeptSecret, WorkspaceStore};

use super::stored;
use crate::platform::Platform;

const KIND: &str = "identity-secret";

/// How a secret begins that is not sealed.
const PLAIN: &str = "is_";

/// Seals a secret.
pub(super) fn seal<P: Platform>(
    platform: &mut P,
    workspace: WorkspaceId,
    site: SiteId,
    secret: &IdentitySecret,
) -> Result<String, Code> {
    let nonce = platform.random()?;
    let row = row(site, &secret.key_id);
    let place = Place { kind: KIND, owner: workspace.as_bytes(), row: &row };
    Ok(to_text(&platform.sealing()?.seal(place, nonce, secret.secret.as_bytes())?))
}

/// The secrets of a site that are good. One that is sealed under an older secret of the deployment is sealed anew; one
/// that does not open is noted and proves nothing.
pub(super) fn good<P: Platform>(
    platform: &mut P,
    store: &WorkspaceStore<P::Database>,
    workspace: WorkspaceId,
    site: SiteId,
    now: Timestamp,
) -> Result<Vec<IdentitySecret>, Code> {
    let mut secrets = Vec::new();
    for KeptSecret { key_id, sealed, .. } in stored(platform, store.identity_secrets(site, now))? {
        let Some((secret, is_current)) = open(platform, workspace, site, &key_id, &sealed)? else {
            platform.unsealable(KIND);
            continue;
        };
        let secret = IdentitySecret { key_id, secret };
        if !is_current {
            let sealed = seal(platform, workspace, site, &secret)?;
            stored(platform, store.reseal_identity_secret(site, &secret.key_id, &sealed))?;
        }
        secrets.push(secret);
    }
    Ok(secrets)
}

/// Opens a secret; tells as well whether it is sealed as it should be.
fn open<P: Platform>(
    platform: &P,
    workspace: WorkspaceId,
    site: SiteId,
    key_id: &str,
    sealed: &str,
) -> Result<Option<(String, bool)>, Code> {
    // From before they were sealed.
    if sealed.starts_with(PLAIN) {
        return Ok(Some((sealed.to_owned(), false)));
    }
    let row = row(site, key_id);
    let place = Place { kind: KIND, owner: workspace.as_bytes(), row: &row };
    let opened = platform.sealing()?.open(place, &from_text(sealed));
    Ok(opened.and_then(|opened| Some((String::from_utf8(opened.secret).ok()?, opened.is_current))))
}

fn row(site: SiteId, key_id: &str) -> Vec<u8> {
    [site.as_bytes().as_slice(), key_id.as_bytes()].concat()
}
