//! What an anonymous visitor is called.

use protocol::VisitorId;

/// How many tints of avatars the style sheet has.
const TINTS: u8 = 6;

/// The handle by which agents tell visitors apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VisitorName {
    /// The first digits of the id, as in "Visitor 3f2a".
    pub(crate) short: String,
    /// The tint of the avatar, from 1.
    pub(crate) tint: u8,
}

impl VisitorName {
    /// Derives both from the id, so that they never change.
    pub(crate) fn of(visitor: VisitorId) -> Self {
        let sum = visitor.as_bytes().iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        Self { short: visitor.to_string().chars().take(4).collect(), tint: sum % TINTS + 1 }
    }

    /// The two letters inside the avatar.
    pub(crate) fn initials(&self) -> String {
        self.short.chars().take(2).collect::<String>().to_uppercase()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib6_a_visitor_is_called_by_the_first_digits_of_the_id() {
        let name = VisitorName::of(VisitorId::from_bytes([0x3f; 16]));
        assert_eq!(name.short, "3f3f");
        assert_eq!(name.initials(), "3F");
        for byte in 0..=255 {
            let tint = VisitorName::of(VisitorId::from_bytes([byte; 16])).tint;
            assert!((1..=TINTS).contains(&tint), "{byte}: {tint}");
        }
    }
}
