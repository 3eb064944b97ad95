//! Files that a link can save without a server.

/// The address of a file of text, of a media type such as `text/csv`.
pub(crate) fn address(media_type: &str, text: &str) -> String {
    let mut address = format!("data:{media_type};charset=utf-8,");
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'-' {
            address.push(char::from(byte));
        } else {
            address.push_str(&format!("%{byte:02X}"));
        }
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib35_whatever_is_in_it_stays_in_the_address() {
        assert_eq!(
            address("text/plain", "abcd-efgh\na b#"),
            "data:text/plain;charset=utf-8,abcd-efgh%0Aa%20b%23"
        );
        assert_eq!(address("text/csv", "é"), "data:text/csv;charset=utf-8,%C3%A9");
    }
}
