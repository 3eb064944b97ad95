//! Whether the script tag stands on a page as it should: a judgement of what the page's server delivered.

mod html;
mod policy;
mod rate;

use protocol::SiteKey;
use protocol::http::pinned::PinnedScript;
use protocol::http::site::{InstallFinding, SiteSettings};
use url::Url;

use self::html::{Part, parts};
use self::policy::Policies;
use super::origin::{Origin, may_embed};

pub use self::rate::may_check_install;

/// Bytes of a page that are looked at.
pub const PAGE_BYTES: usize = 64 * 1024;

/// Where the script is that is always the newest.
const PLAIN: &str = "/widget.js";

/// A page as its server delivered it.
#[derive(Debug, Clone, Copy)]
pub struct Delivered<'a> {
    /// Its address, after redirects.
    pub address: &'a str,
    /// The HTTP status.
    pub status: u16,
    /// The `Content-Type`.
    pub content_type: &'a str,
    /// Every `Content-Security-Policy` that came with it.
    pub policies: &'a [String],
    /// The body, or its beginning.
    pub body: &'a [u8],
}

/// The tag that is looked for.
#[derive(Debug, Clone, Copy)]
pub struct SiteTag<'a> {
    /// Where Porchlight is reached, without a slash at the end.
    pub base_url: &'a str,
    /// The site's keys that are good.
    pub keys: &'a [SiteKey],
    /// Where the site may be shown.
    pub settings: &'a SiteSettings,
}

/// Looks for the tag (SPEC SI6). Nothing that a page can hold makes this fail; what cannot be read is not there.
#[must_use]
pub fn find_tag(page: Delivered<'_>, tag: SiteTag<'_>) -> InstallFinding {
    let address = Url::parse(page.address).ok();
    let (Some(address), Some(origin)) = (address, Origin::of_address(page.address)) else {
        return InstallFinding::NoPage;
    };
    let kind = page.content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if !(200..300).contains(&page.status) || !matches!(kind.as_str(), "text/html" | "application/xhtml+xml") {
        return InstallFinding::NoPage;
    }
    let body = page.body.get(..PAGE_BYTES).unwrap_or(page.body);
    let text = String::from_utf8_lossy(body);
    let parts = parts(&text);
    let keys = tag.keys.iter().map(ToString::to_string).collect::<Vec<_>>();
    let Some(found) = find(&parts, &address, tag.base_url, &keys) else {
        return InstallFinding::NoTag;
    };
    if !found.is_ours {
        return InstallFinding::OtherSite;
    }
    if !may_embed(tag.settings, &origin) {
        return InstallFinding::OriginNotAllowed;
    }
    let in_page = parts.iter().filter_map(|part| match part {
        Part::Meta(attributes) => attributes
            .get("http-equiv")
            .filter(|name| name.eq_ignore_ascii_case("content-security-policy"))
            .and_then(|_| attributes.get("content")),
        Part::Script { .. } => None,
    });
    let policies = Policies::read(page.policies.iter().map(String::as_str).chain(in_page));
    if policies.allow(&address, tag.base_url, found.nonce.as_deref()) {
        InstallFinding::Good
    } else {
        InstallFinding::BlockedByPolicy
    }
}

/// Where a redirect of a page leads.
#[must_use]
pub fn redirected(address: &str, location: &str) -> Option<String> {
    Some(Url::parse(address).ok()?.join(location.trim()).ok()?.into())
}

/// A tag of ours.
struct FoundTag {
    is_ours: bool,
    nonce: Option<String>,
}

/// The tag of this site if it stands there, else one of another site. A script that mentions both our loader and the
/// key makes the tag itself.
fn find(parts: &[Part], address: &Url, base_url: &str, keys: &[String]) -> Option<FoundTag> {
    let mut found = None;
    for part in parts {
        let Part::Script { attributes, text } = part else { continue };
        let nonce = attributes.get("nonce").map(str::to_owned);
        let source = attributes.get("src");
        let source_address = source.and_then(|source| address.join(source.trim()).ok());
        let is_loader = source_address.as_ref().is_some_and(|source| {
            let whole = source.as_str().split(['?', '#']).next().unwrap_or_default();
            let path = whole.strip_prefix(base_url).unwrap_or_default();
            path == PLAIN || PinnedScript::name(path).is_some()
        });
        let is_written = source.is_none() && text.contains(base_url) && text.contains(PLAIN);
        let is_ours = if is_loader {
            let site = attributes.get("data-site").unwrap_or_default().trim();
            keys.iter().any(|key| key == site)
        } else if is_written {
            keys.iter().any(|key| text.contains(key))
        } else {
            continue;
        };
        if is_ours {
            return Some(FoundTag { is_ours, nonce });
        }
        found = Some(FoundTag { is_ours, nonce });
    }
    found
}

#[cfg(test)]
mod tests;
