//! A QR code as the path of a drawing, for cameras that are to read a secret off the screen.

use qrcodegen::{QrCode, QrCodeEcc};

/// Cells of light around the code, which readers need.
const MARGIN: i32 = 4;

/// A code, drawn on a grid whose cells have the size 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Drawing {
    /// Cells of each side, with the margin.
    pub(crate) side: i32,
    /// The dark cells, as the path of an SVG: one stroke of width 1 for each run of them in a row.
    pub(crate) path: String,
}

/// Draws a text; `None` for one that no code can hold.
pub(crate) fn draw(text: &str) -> Option<Drawing> {
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        let mut x = 0;
        while x < code.size() {
            let length = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
            let length = i32::try_from(length).unwrap_or_default();
            if length > 0 {
                path.push_str(&format!("M{} {}.5h{length}", x + MARGIN, y + MARGIN));
            }
            x += length.max(1);
        }
    }
    Some(Drawing { side: code.size() + 2 * MARGIN, path })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    /// The cells that a path covers.
    fn cells(path: &str) -> BTreeSet<(i32, i32)> {
        let strokes = path.split('M').filter(|stroke| !stroke.is_empty());
        let number = |text: &str| text.parse::<i32>().expect("a number");
        strokes
            .flat_map(|stroke| {
                let (x, rest) = stroke.split_once(' ').expect("a place");
                let (y, length) = rest.split_once(".5h").expect("a run");
                (0..number(length)).map(move |step| (number(x) + step, number(y)))
            })
            .collect()
    }

    #[test]
    fn ib35_the_drawing_has_the_cells_of_the_code_and_a_margin() {
        let text = "otpauth://totp/Porchlight:ada@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Porchlight";
        let code = QrCode::encode_text(text, QrCodeEcc::Medium).expect("it fits");
        let drawing = draw(text).expect("it fits");
        let dark: BTreeSet<_> = (0..code.size())
            .flat_map(|y| (0..code.size()).map(move |x| (x, y)))
            .filter(|(x, y)| code.get_module(*x, *y))
            .map(|(x, y)| (x + MARGIN, y + MARGIN))
            .collect();
        assert_eq!(cells(&drawing.path), dark);
        assert_eq!(drawing.side, code.size() + 8);
    }

    #[test]
    fn ib35_a_text_that_no_code_holds_is_not_drawn() {
        assert_eq!(draw(&"x".repeat(4_000)), None);
    }
}
