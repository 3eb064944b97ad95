//! Where a site may be shown, as its owner types it.

/// Why something typed is no origin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum OriginFault {
    /// Nothing was typed.
    Missing,
    /// Begins with something else than `https://` or `http://`.
    Scheme,
    /// Has no host, or one with letters that hosts do not have.
    Host,
    /// A star elsewhere than before the first dot.
    Star,
    /// A star that would let in strangers, as `*.com` does.
    TooWide,
    /// A port that is no number from 1 to 65535.
    Port,
    /// It is in the list.
    Twice,
}

/// Reads an origin, or every subdomain of one. What an address has behind its host is cut off, and `https` is meant
/// where nothing is said.
pub(crate) fn read(typed: &str, others: &[String]) -> Result<String, OriginFault> {
    let typed = typed.trim().to_ascii_lowercase();
    if typed.is_empty() {
        return Err(OriginFault::Missing);
    }
    let (scheme, rest) = match typed.split_once("://") {
        None => ("https", typed.as_str()),
        Some((scheme @ ("https" | "http"), rest)) => (scheme, rest),
        Some(_) => return Err(OriginFault::Scheme),
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !host.is_empty() && !port.contains(']') => (host, Some(port)),
        Some(_) | None => (authority, None),
    };
    check_host(host)?;
    let origin = match port.map(str::parse::<u16>) {
        Some(Ok(0) | Err(_)) => return Err(OriginFault::Port),
        Some(Ok(443)) if scheme == "https" => format!("{scheme}://{host}"),
        Some(Ok(80)) if scheme == "http" => format!("{scheme}://{host}"),
        Some(Ok(port)) => format!("{scheme}://{host}:{port}"),
        None => format!("{scheme}://{host}"),
    };
    if others.contains(&origin) { Err(OriginFault::Twice) } else { Ok(origin) }
}

fn check_host(host: &str) -> Result<(), OriginFault> {
    // An address of IPv6: the server knows how they are written.
    if host.starts_with('[') && host.ends_with(']') {
        return Ok(());
    }
    let name = host.strip_prefix("*.").unwrap_or(host);
    if name.contains('*') {
        return Err(OriginFault::Star);
    }
    let is_label = |label: &str| {
        let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
        !label.is_empty() && label.bytes().all(is_letter) && !label.starts_with('-') && !label.ends_with('-')
    };
    if !name.split('.').all(is_label) {
        return Err(OriginFault::Host);
    }
    if name != host && !name.contains('.') { Err(OriginFault::TooWide) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib33_an_address_becomes_an_origin() {
        for (typed, origin) in [
            ("shop.example", "https://shop.example"),
            (" HTTPS://Shop.Example/cart?x#y ", "https://shop.example"),
            ("http://shop.example:80", "http://shop.example"),
            ("https://shop.example:8443/", "https://shop.example:8443"),
            ("*.shop.example", "https://*.shop.example"),
            ("shop.example:8443", "https://shop.example:8443"),
            ("http://[::1]:3000/x", "http://[::1]:3000"),
            ("http://[::1]", "http://[::1]"),
        ] {
            assert_eq!(read(typed, &[]), Ok(origin.to_owned()), "{typed}");
        }
    }

    #[test]
    fn ib33_what_is_no_origin_is_told_why() {
        for (typed, fault) in [
            ("", OriginFault::Missing),
            ("ftp://shop.example", OriginFault::Scheme),
            ("https://", OriginFault::Host),
            ("shop example", OriginFault::Host),
            ("user@shop.example", OriginFault::Host),
            ("-shop.example", OriginFault::Host),
            ("shop..example", OriginFault::Host),
            ("shop.*.example", OriginFault::Star),
            ("*shop.example", OriginFault::Star),
            ("*.example", OriginFault::TooWide),
            ("shop.example:port", OriginFault::Port),
            ("shop.example:0", OriginFault::Port),
        ] {
            assert_eq!(read(typed, &[]), Err(fault), "{typed}");
        }
        assert_eq!(read("shop.example", &["https://shop.example".to_owned()]), Err(OriginFault::Twice));
    }
}
