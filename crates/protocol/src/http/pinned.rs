//! The script of pages that state its hash (SPEC AC40).

use serde::{Deserialize, Serialize};

/// The script as it is at present: its address never shows another one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinnedScript {
    /// Its address, without a host.
    pub path: String,
    /// What a page states of it (W3C Subresource Integrity).
    pub integrity: String,
}

/// What names one version of the script: the first half of a SHA-256, in lower case.
const NAME_DIGITS: usize = 16;

impl PinnedScript {
    /// The script of this name.
    #[must_use]
    pub fn of(name: &str, integrity: &str) -> Self {
        Self { path: format!("/v/{name}/widget.js"), integrity: integrity.to_owned() }
    }

    /// The name in an address; `None` if it can be none.
    #[must_use]
    pub fn name(path: &str) -> Option<&str> {
        let name = path.strip_prefix("/v/")?.strip_suffix("/widget.js")?;
        Self::is_name(name).then_some(name)
    }

    /// Whether a text can be the name of a version.
    #[must_use]
    pub fn is_name(text: &str) -> bool {
        text.len() == NAME_DIGITS
            && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ac40_a_version_is_named_by_sixteen_digits_and_nothing_else() {
        let script = PinnedScript::of("0123456789abcdef", "sha384-x");
        assert_eq!(script.path, "/v/0123456789abcdef/widget.js");
        assert_eq!(PinnedScript::name(&script.path), Some("0123456789abcdef"));
        for wrong in [
            "/v//widget.js",
            "/v/0123456789ABCDEF/widget.js",
            "/v/0123456789abcde/widget.js",
            "/v/0123456789abcdef0/widget.js",
            "/v/../../../../abcdef/widget.js",
            "/v/0123456789abcdef/other.js",
            "/widget.js",
        ] {
            assert_eq!(PinnedScript::name(wrong), None, "{wrong}");
        }
    }
}
