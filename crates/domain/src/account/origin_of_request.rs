//! The part of the network that a request comes from, and how much it may try.

use core::net::IpAddr;

use hmac::Mac;
use protocol::call::Budget;
use protocol::{Reject, Timestamp, limits};

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
        let mac = keyed(secret).chain_update(b"porchlight/network/1").chain_update(self.0).finalize();
        mac.into_bytes().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
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
    };
    window_allows(attempts, limit as usize, limits::SIGN_IN_WINDOW_MS, now)
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
    fn ap12_twenty_attempts_in_fifteen_minutes_end_the_guessing() {
        let attempts: Vec<_> = (0..20).map(Timestamp).collect();
        for budget in [Budget::SignIn, Budget::Mail] {
            assert_eq!(attempt_allowed(budget, &attempts[..19], Timestamp(100)), Ok(()));
            assert!(attempt_allowed(budget, &attempts, Timestamp(100)).is_err());
            assert_eq!(attempt_allowed(budget, &attempts, Timestamp(15 * 60_000)), Ok(()));
        }
    }
}
