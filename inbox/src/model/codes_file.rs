//! Recovery codes as a file to keep.

use super::data_file;

/// The address of a text file with the codes, one a line.
pub(crate) fn address(codes: &[String]) -> String {
    let lines: String = codes.iter().map(|code| format!("{code}\n")).collect();
    data_file::address("text/plain", &lines)
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
