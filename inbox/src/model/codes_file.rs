//! Recovery codes as a file to keep.

/// The address of a text file with the codes, one a line, that a link can save without a server.
pub(crate) fn address(codes: &[String]) -> String {
    let mut address = "data:text/plain;charset=utf-8,".to_owned();
    for code in codes {
        for byte in code.bytes() {
            if byte.is_ascii_alphanumeric() || byte == b'-' {
                address.push(char::from(byte));
            } else {
                address.push_str(&format!("%{byte:02X}"));
            }
        }
        address.push_str("%0A");
    }
    address
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib35_the_file_has_one_code_a_line() {
        let codes = ["abcd-efgh".to_owned(), "a b#".to_owned()];
        assert_eq!(address(&codes), "data:text/plain;charset=utf-8,abcd-efgh%0Aa%20b%23%0A");
    }
}
