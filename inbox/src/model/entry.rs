//! What people type into forms, checked for what can be known before the server is asked.

use protocol::limits::{NAME_BYTES, PASSWORD_BYTES, PASSWORD_CHARACTERS};

/// What is wrong with something typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing was typed.
    Missing,
    /// It is longer than a name may be.
    TooLong,
    /// It has no place for a mail to go.
    NotAnAddress,
    /// A password that is too short.
    ShortPassword,
    /// A password that is longer than anybody needs.
    LongPassword,
    /// Not as many digits as a code has.
    NotACode,
}

/// A name of a person, a workspace, a site or a role.
pub(crate) fn name(typed: &str) -> Result<String, Fault> {
    let name = typed.trim();
    match name.len() {
        0 => Err(Fault::Missing),
        1..=NAME_BYTES => Ok(name.to_owned()),
        _ => Err(Fault::TooLong),
    }
}

/// An e-mail address. Whether it exists, only a mail can tell.
pub(crate) fn email(typed: &str) -> Result<String, Fault> {
    let email = typed.trim();
    if email.is_empty() {
        return Err(Fault::Missing);
    }
    let is_good = email.rsplit_once('@').is_some_and(|(who, host)| {
        !who.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
    });
    if is_good && !email.contains(char::is_whitespace) {
        Ok(email.to_owned())
    } else {
        Err(Fault::NotAnAddress)
    }
}

/// A new password: long enough, and no rule about what is in it.
pub(crate) fn new_password(typed: &str) -> Result<String, Fault> {
    if typed.is_empty() {
        Err(Fault::Missing)
    } else if typed.chars().count() < PASSWORD_CHARACTERS {
        Err(Fault::ShortPassword)
    } else if typed.len() > PASSWORD_BYTES {
        Err(Fault::LongPassword)
    } else {
        Ok(typed.to_owned())
    }
}

/// A password that somebody has.
pub(crate) fn password(typed: &str) -> Result<String, Fault> {
    if typed.is_empty() { Err(Fault::Missing) } else { Ok(typed.to_owned()) }
}

/// The six digits of a second factor, as apps show them: with or without gaps.
pub(crate) fn six_digits(typed: &str) -> Result<String, Fault> {
    let code: String = typed.chars().filter(|letter| !letter.is_whitespace() && *letter != '-').collect();
    if code.is_empty() {
        Err(Fault::Missing)
    } else if code.len() == 6 && code.bytes().all(|byte| byte.is_ascii_digit()) {
        Ok(code)
    } else {
        Err(Fault::NotACode)
    }
}

/// A recovery code; its shape is the server's business.
pub(crate) fn recovery_code(typed: &str) -> Result<String, Fault> {
    let code = typed.trim();
    if code.is_empty() { Err(Fault::Missing) } else { Ok(code.to_owned()) }
}

/// A code of the app, or a recovery code.
pub(crate) fn any_code(typed: &str) -> Result<String, Fault> {
    six_digits(typed).or_else(|_| recovery_code(typed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib26_a_password_has_no_rule_but_its_length() {
        assert_eq!(new_password("        "), Ok("        ".to_owned()), "kept as typed");
        assert_eq!(new_password("ääääääää"), Ok("ääääääää".to_owned()), "characters count, not bytes");
        assert_eq!(new_password("1234567"), Err(Fault::ShortPassword));
        assert_eq!(new_password(&"x".repeat(1_025)), Err(Fault::LongPassword));
        assert_eq!(new_password(""), Err(Fault::Missing));
        assert_eq!(password("short"), Ok("short".to_owned()), "an old one is the server's to judge");
    }

    #[test]
    fn ib26_names_and_addresses_are_checked_before_they_are_sent() {
        assert_eq!(name("  Fernwood "), Ok("Fernwood".to_owned()));
        assert_eq!(name("   "), Err(Fault::Missing));
        assert_eq!(name(&"ä".repeat(41)), Err(Fault::TooLong));
        assert_eq!(email(" ada@example.com "), Ok("ada@example.com".to_owned()));
        for bad in
            ["ada", "ada@", "@example.com", "ada@example", "ada@.com", "ada@example.", "a da@example.com"]
        {
            assert_eq!(email(bad), Err(Fault::NotAnAddress), "{bad}");
        }
    }

    #[test]
    fn ib26_a_code_may_be_typed_with_gaps() {
        assert_eq!(six_digits("123 456"), Ok("123456".to_owned()));
        assert_eq!(six_digits("12345"), Err(Fault::NotACode));
        assert_eq!(six_digits("12345a"), Err(Fault::NotACode));
        assert_eq!(recovery_code(" abcd-efgh "), Ok("abcd-efgh".to_owned()));
        assert_eq!(any_code("123 456"), Ok("123456".to_owned()));
        assert_eq!(any_code(" abcd-efgh "), Ok("abcd-efgh".to_owned()));
        assert_eq!(any_code(" "), Err(Fault::Missing));
    }
}
