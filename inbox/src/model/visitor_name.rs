//! What a visitor is called.

use protocol::{Stated, VisitorId, VisitorIdentity};

use super::initials::initials;

/// How many tints of avatars the style sheet has.
const TINTS: u8 = 6;

/// The handle by which agents tell visitors apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct VisitorName {
    /// The first digits of the id, as in "Visitor 3f2a".
    pub(crate) short: String,
    /// The tint of the avatar, from 1.
    pub(crate) tint: u8,
    /// Their name, if it was said, and whether the site has signed it.
    pub(crate) stated: Option<Stated>,
}

impl VisitorName {
    /// Derives tint and digits from the id, so that they never change, and takes the name from what is known.
    pub(crate) fn of(visitor: VisitorId, identity: Option<&VisitorIdentity>) -> Self {
        let sum = visitor.as_bytes().iter().fold(0_u8, |sum, byte| sum.wrapping_mul(31).wrapping_add(*byte));
        Self {
            short: visitor.to_string().chars().take(4).collect(),
            tint: sum % TINTS + 1,
            stated: identity.and_then(|identity| identity.name.clone()),
        }
    }

    /// The two letters inside the avatar.
    pub(crate) fn initials(&self) -> String {
        match &self.stated {
            Some(stated) => initials(&stated.text),
            None => self.short.chars().take(2).collect::<String>().to_ascii_uppercase(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib6_a_visitor_is_called_by_the_first_digits_of_the_id() {
        let name = VisitorName::of(VisitorId::from_bytes([0x3f; 16]), Some(&VisitorIdentity::default()));
        assert_eq!(name.short, "3f3f");
        assert_eq!((name.stated.as_ref(), name.initials().as_str()), (None, "3F"));
        for byte in 0..=255 {
            let tint = VisitorName::of(VisitorId::from_bytes([byte; 16]), None).tint;
            assert!((1..=TINTS).contains(&tint), "{byte}: {tint}");
        }
    }

    #[test]
    fn ib37_a_name_that_was_said_goes_before_the_digits_with_how_sure_it_is() {
        for is_verified in [false, true] {
            let stated = Some(Stated { text: "Anna Wood".to_owned(), is_verified });
            let identity = VisitorIdentity { name: stated.clone(), ..VisitorIdentity::default() };
            let name = VisitorName::of(VisitorId::from_bytes([0x3f; 16]), Some(&identity));
            assert_eq!((name.initials().as_str(), &name.stated), ("AW", &stated));
        }
    }
}
