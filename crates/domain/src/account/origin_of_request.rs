//! The part of the network that a request comes from, and how much it may try.

use core::net::IpAddr;

use hmac::Mac;
use protocol::call::Budget;
use protocol::{Reject, SiteId, Timestamp, limits};

use super::window::window_allows;
use crate::token::keyed;

/// An IPv4 address, or the /64 that one household or machine has of IPv6.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct NetworkPrefix([u8; 8]);

impl NetworkPrefix {
    /// Reads an address; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut prefix = [0; 8];
        let octets = match text.parse::<IpAddr>().ok()?.to_canonical() {
            IpAddr::V4(address) => {
                let [a, b, c, d] = address.octets();
                // No address of IPv6 begins with zeros and is anybody's (RFC 4291, 2.4).
                [0, 0, 0, 0, a, b, c, d]
            }
            IpAddr::V6(address) => {
                prefix.iter_mut().zip(address.octets()).for_each(|(to, from)| *to = from);
                prefix
            }
        };
        Some(Self(octets))
    }

    /// The name of the object that counts its attempts: a keyed digest, so that a list of objects is no list of
    /// addresses.
    #[must_use]
    pub fn object_name(self, secret: &[u8]) -> String {
        hexadecimal(keyed(secret).chain_update(b"porchlight/network/1").chain_update(self.0))
    }

    /// The same for the object that counts its visits to one site.
    #[must_use]
    pub fn object_name_at(self, site: SiteId, secret: &[u8]) -> String {
        let mac = keyed(secret).chain_update(b"porchlight/network-at-site/1");
        hexadecimal(mac.chain_update(self.0).chain_update(site.as_bytes()))
    }
}

fn hexadecimal(mac: impl Mac) -> String {
    mac.finalize().into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
}

/// An address never reaches a log.
impl core::fmt::Debug for NetworkPrefix {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str("NetworkPrefix")
    }
}

/// Decides whether one more attempt of a kind may come from one part of the network, by the times of those so far (SPEC
/// AP12).
///
/// # Errors
/// `rate_limited` with the milliseconds to wait.
pub fn attempt_allowed(budget: Budget, attempts: &[Timestamp], now: Timestamp) -> Result<(), Reject> {
    let limit = match budget {
        Budget::SignIn => limits::SIGN_IN_ATTEMPTS_OF_NETWORK,
        Budget::Mail => limits::MAILS_OF_NETWORK,
        Budget::NewVisitor => limits::MOST_NEW_VISITORS_OF_NETWORK,
    };
    window_allows(attempts, limit as usize, limits::SIGN_IN_WINDOW_MS, now)
}

/// Whether one more attempt of a kind makes so many that more is asked of who comes, by the times of those before it (SPEC
/// AC13).
#[must_use]
pub fn is_crowd(budget: Budget, attempts: &[Timestamp], now: Timestamp) -> bool {
    let limit = limits::NEW_VISITORS_OF_NETWORK as usize;
    let is_full = || window_allows(attempts, limit, limits::SIGN_IN_WINDOW_MS, now).is_err();
    match budget {
        Budget::SignIn | Budget::Mail => false,
        Budget::NewVisitor => is_full(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap12_a_request_comes_from_an_address_or_from_a_network_of_ipv6() {
        let prefix = NetworkPrefix::parse;
        assert!(prefix("203.0.113.7") != prefix("203.0.113.8"));
        assert_eq!(prefix("203.0.113.7"), prefix("::ffff:203.0.113.7"));
        assert_eq!(prefix("2001:db8:1:2::1"), prefix("2001:db8:1:2:ffff::9"));
        assert!(prefix("2001:db8:1:2::1") != prefix("2001:db8:1:3::1"));
        let long = "1".repeat(4_096);
        for bad in ["", " ", "<b>x</b>", "1.2.3", "1.2.3.4, 5.6.7.8", "1.2.3.4:80", "::1%eth0", &long] {
            assert_eq!(prefix(bad), None, "{bad}");
        }
    }

    #[test]
    fn ap12_the_name_of_a_prefix_tells_nothing_without_the_secret() {
        let prefix = NetworkPrefix::parse("203.0.113.7").expect("an address");
        assert_eq!(prefix.object_name(b"one").len(), 32);
        assert_ne!(prefix.object_name(b"one"), prefix.object_name(b"other"));
    }

    #[test]
    fn ac13_thirty_new_visitors_are_many_and_three_hundred_too_many() {
        let visits: Vec<_> = (0..300).map(Timestamp).collect();
        let (now, later) = (Timestamp(1_000), Timestamp(15 * 60_000 + 300));
        assert!(!is_crowd(Budget::NewVisitor, &visits[..29], now));
        assert!(is_crowd(Budget::NewVisitor, &visits[..30], now));
        assert_eq!(attempt_allowed(Budget::NewVisitor, &visits[..299], now), Ok(()));
        assert!(attempt_allowed(Budget::NewVisitor, &visits, now).is_err());
        assert_eq!(attempt_allowed(Budget::NewVisitor, &visits, later), Ok(()));
        assert!(!is_crowd(Budget::NewVisitor, &visits, later));
        assert!(!is_crowd(Budget::SignIn, &visits, now) && !is_crowd(Budget::Mail, &visits, now));
    }

    #[test]
    fn ac13_a_prefix_is_counted_at_each_site_for_itself() {
        let prefix = NetworkPrefix::parse("203.0.113.7").expect("an address");
        let at = |site| prefix.object_name_at(SiteId::from_bytes([site; 16]), b"one");
        assert!(at(1) != at(2) && at(1) != prefix.object_name(b"one"));
    }

    #[test]
    fn ap12_twenty_attempts_in_fifteen_minutes_end_the_guessing() {
        let attempts: Vec<_> = (0..20).map(Timestamp).collect();
        for budget in [Budget::SignIn, Budget::Mail] {
            assert_eq!(attempt_allowed(budget, &attempts[..19], Timestamp(100)), Ok(()));
            assert!(attempt_allowed(budget, &attempts, Timestamp(100)).is_err());
            assert_eq!(attempt_allowed(budget, &attempts, Timestamp(15 * 60_000)), Ok(()));
        }
    }
}
