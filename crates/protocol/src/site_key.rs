//! A public key of a site: stands in the script tag, leads to the site and grants nothing.

use core::fmt;
use core::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};

use crate::ids::{MalformedId, SiteKeyId, WorkspaceId};

const PREFIX: &str = "pk_";

/// Workspace and key in one word, `pk_` and 43 letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct SiteKey {
    /// The workspace that the site belongs to, and that knows which site it is.
    pub workspace: WorkspaceId,
    /// The key.
    pub key: SiteKeyId,
}

impl fmt::Display for SiteKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = [0; WorkspaceId::LENGTH + SiteKeyId::LENGTH];
        let (workspace, key) = bytes.split_at_mut(WorkspaceId::LENGTH);
        workspace.copy_from_slice(self.workspace.as_bytes());
        key.copy_from_slice(self.key.as_bytes());
        write!(formatter, "{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }
}

impl FromStr for SiteKey {
    type Err = MalformedId;

    fn from_str(text: &str) -> Result<Self, MalformedId> {
        let encoded = text.strip_prefix(PREFIX).ok_or(MalformedId)?;
        let bytes = URL_SAFE_NO_PAD.decode(encoded).map_err(|_| MalformedId)?;
        let (workspace, key) = bytes.split_at_checked(WorkspaceId::LENGTH).ok_or(MalformedId)?;
        Ok(Self {
            workspace: WorkspaceId::from_bytes(workspace.try_into().map_err(|_| MalformedId)?),
            key: SiteKeyId::from_bytes(key.try_into().map_err(|_| MalformedId)?),
        })
    }
}

impl TryFrom<String> for SiteKey {
    type Error = MalformedId;

    fn try_from(text: String) -> Result<Self, MalformedId> {
        text.parse()
    }
}

impl From<SiteKey> for String {
    fn from(key: SiteKey) -> Self {
        key.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pr2_a_site_key_has_one_spelling() {
        let key =
            SiteKey { workspace: WorkspaceId::from_bytes([1; 16]), key: SiteKeyId::from_bytes([2; 16]) };
        let text = key.to_string();
        assert_eq!(text.parse(), Ok(key));
        for bad in [
            "",
            "pk_",
            "pk_AQ",
            &text[1..],
            &format!("{text}A"),
            &format!("{text} "),
            &text.replace("pk_", "sk_"),
        ] {
            assert_eq!(bad.parse::<SiteKey>(), Err(MalformedId), "{bad}");
        }
    }
}
