//! What is wrong with something typed.

use protocol::limits::PASSWORD_CHARACTERS;

use crate::model::entry::Fault;
use crate::model::origin::OriginFault;

/// What to do about a field.
pub(crate) fn fault(fault: Fault, missing: &str) -> String {
    match fault {
        Fault::Missing => missing.to_owned(),
        Fault::TooLong => "This is too long. 80 letters are the most, fewer in some scripts.".to_owned(),
        Fault::NotAnAddress => super::NOT_AN_ADDRESS.to_owned(),
        Fault::ShortPassword => format!("Use at least {PASSWORD_CHARACTERS} characters."),
        Fault::LongPassword => "This is longer than a password can be.".to_owned(),
        Fault::NotACode => "The code has six digits.".to_owned(),
    }
}

/// What to do about an origin.
pub(crate) const fn origin_fault(fault: OriginFault) -> &'static str {
    match fault {
        OriginFault::Missing => "Enter where your site is, like https://shop.example.",
        OriginFault::Scheme => "An origin begins with https:// or http://.",
        OriginFault::Host => "This is no host name. Enter one like shop.example.",
        OriginFault::Star => "A star stands alone before the first dot, like https://*.shop.example.",
        OriginFault::TooWide => {
            "This would let in every site there is. Name at least a domain, like *.shop.example."
        }
        OriginFault::Port => "A port is a number from 1 to 65535.",
        OriginFault::Twice => "This is in the list already.",
    }
}
