//! Who a mail is from.

/// `MAIL_FROM`: an address, perhaps with a name before it, as in `Porchlight <hello@example.com>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    name: String,
    address: String,
}

impl Sender {
    /// Accepts one line with one address. A name needs no quotes, and holds no character that would.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (name, address) = match text.trim().strip_suffix('>') {
            Some(text) => text.rsplit_once('<')?,
            None => ("", text.trim()),
        };
        let name = name.trim().trim_matches('"');
        let is_word = |character: char| !character.is_control() && !"\"<>@,;:\\()[]".contains(character);
        (name.chars().all(is_word) && is_address(address))
            .then(|| Self { name: name.to_owned(), address: address.to_owned() })
    }

    /// The address alone.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The name, empty if there is none.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Both, as providers take them.
    #[must_use]
    pub fn full(&self) -> String {
        if self.name.is_empty() { self.address.clone() } else { format!("{} <{}>", self.name, self.address) }
    }
}

/// Whether this is one address and nothing else: no second one, no header (RFC 5322, 3.4.1, without quoted names).
#[must_use]
pub fn is_address(text: &str) -> bool {
    let is_plain = |character: char| {
        !character.is_whitespace() && !character.is_control() && !"\"<>,;:\\()[]".contains(character)
    };
    match text.split_once('@') {
        Some((local, host)) => {
            !local.is_empty()
                && !host.is_empty()
                && !host.contains('@')
                && text.len() <= 254
                && text.chars().all(is_plain)
        }
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ml5_a_sender_is_one_address_with_a_plain_name() {
        let full = |text: &str| Sender::parse(text).map(|sender| sender.full());
        assert_eq!(full("hello@example.com"), Some("hello@example.com".to_owned()));
        assert_eq!(full("Porchlight <hello@example.com>"), Some("Porchlight <hello@example.com>".to_owned()));
        assert_eq!(full("\"Café Zoë\" <a@b.example>"), Some("Café Zoë <a@b.example>".to_owned()));
        for bad in [
            "",
            "hello",
            "@example.com",
            "hello@",
            "a@b.example, c@d.example",
            "a@b.example>",
            "A <a@b.example",
            "A\r\nBcc: c@d.example <a@b.example>",
            "a@b.example\nBcc:c@d.example",
            "A <x@y.example> <a@b.example>",
        ] {
            assert_eq!(full(bad), None, "{bad:?}");
        }
    }
}
