//! Files of comma-separated values (RFC 4180), as people open them in a spreadsheet.

/// What a file begins with: without the byte order mark of UTF-8, Excel reads everything but ASCII in the code page of its
/// machine. Whoever decodes UTF-8 by the WHATWG's rules, as `fetch` does, takes it off.
pub const BYTE_ORDER_MARK: &str = "\u{feff}";

/// A line of a file, with its end. No cell of it is a formula: what a spreadsheet would take for one stands behind an
/// apostrophe.
#[must_use]
pub fn line<'a>(cells: impl IntoIterator<Item = &'a str>) -> String {
    let mut line = String::new();
    for (index, cell) in cells.into_iter().enumerate() {
        if index > 0 {
            line.push(',');
        }
        push(&mut line, &text_alone(cell));
    }
    line.push_str("\r\n");
    line
}

fn push(line: &mut String, cell: &str) {
    if cell.contains(['"', ',', ';', '\t', '\n', '\r']) {
        line.push('"');
        line.push_str(&cell.replace('"', "\"\""));
        line.push('"');
    } else {
        line.push_str(cell);
    }
}

/// The same text, of which no spreadsheet calculates anything (OWASP, CSV Injection). Where commas are not what separates
/// cells, as in most of Europe, another cell begins behind a semicolon, a tab or the end of a line.
fn text_alone(cell: &str) -> String {
    let mut text = String::with_capacity(cell.len());
    let mut begins = true;
    for (index, character) in cell.chars().enumerate() {
        let is_white = index == 0 && matches!(character, '\t' | '\r' | '\n');
        if begins && (is_white || is_operator(character)) {
            text.push('\'');
        }
        text.push(character);
        begins = matches!(character, ';' | '\t' | '\r' | '\n');
    }
    text
}

/// What a formula begins with, also in full width, which some spreadsheets read as the same.
const fn is_operator(character: char) -> bool {
    matches!(character, '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ws54_cells_are_quoted_where_they_have_to_be() {
        assert_eq!(line(["a", "", "b c"]), "a,,b c\r\n");
        assert_eq!(
            line(["a,b", "say \"hi\"", "two\nlines"]),
            "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n"
        );
        assert_eq!(line([]), "\r\n");
        assert_eq!(line(["Zoë", "王"]), "Zoë,王\r\n");
    }

    #[test]
    fn ws54_no_cell_is_a_formula() {
        for (cell, written) in [
            ("=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\"\r\n"),
            ("+1", "'+1\r\n"),
            ("-1", "'-1\r\n"),
            ("@x", "'@x\r\n"),
            ("\tx", "\"'\tx\"\r\n"),
            ("\rx", "\"'\rx\"\r\n"),
            ("\n=x", "\"'\n'=x\"\r\n"),
            ("＝1", "'＝1\r\n"),
            ("a;=1+1", "\"a;'=1+1\"\r\n"),
            ("a\t@x", "\"a\t'@x\"\r\n"),
            ("a-b@c.de", "a-b@c.de\r\n"),
            ("1=1", "1=1\r\n"),
        ] {
            assert_eq!(line([cell]), written, "{cell:?}");
        }
    }
}
