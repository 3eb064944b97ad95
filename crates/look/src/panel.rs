//! The custom properties of the panel that follow a look: a closed list in place of free CSS, which in the frame could hide
//! who is talking, cover a warning, or tell by what it loads what is typed.

use std::collections::BTreeMap;

use protocol::http::look::{Corners, Look};

use crate::colour::Colour;
use crate::font::font_family;
use crate::palette::{Ground, Palette};

/// The properties, by their names; those that `public/styles/tokens.css` has already are left out.
#[must_use]
pub fn panel_properties(look: &Look, accent: Colour) -> BTreeMap<String, String> {
    let palette = Palette::of(accent);
    let [light, dark] = Ground::ALL.map(|ground| palette.written(ground).used);
    let colours = [
        ("--accent", palette.accent.to_string()),
        ("--on-accent", palette.ink.to_string()),
        ("--accent-hover", palette.hover.to_string()),
        ("--accent-text", format!("light-dark({light},{dark})")),
    ];
    let font = font_family(look.font).map(|stack| ("--font", stack.to_owned()));
    let corners = corners(look.corners).iter().map(|(name, value)| (*name, (*value).to_owned()));
    let all = colours.into_iter().chain(font).chain(corners);
    all.map(|(name, value)| (name.to_owned(), value)).collect()
}

const fn corners(corners: Corners) -> &'static [(&'static str, &'static str)] {
    match corners {
        Corners::Large => &[],
        Corners::Medium => &[
            ("--radius-bubble", ".75rem"),
            ("--radius-composer", ".75rem"),
            ("--radius-send", ".5rem"),
            ("--radius-tail", ".25rem"),
        ],
        Corners::Small => &[
            ("--radius-bubble", ".375rem"),
            ("--radius-composer", ".5rem"),
            ("--radius-md", ".25rem"),
            ("--radius-send", ".25rem"),
            ("--radius-sm", ".1875rem"),
            ("--radius-tail", ".125rem"),
        ],
        Corners::None => &[
            ("--radius-bubble", "0"),
            ("--radius-composer", "0"),
            ("--radius-md", "0"),
            ("--radius-send", "0"),
            ("--radius-sm", "0"),
            ("--radius-tail", "0"),
        ],
    }
}

#[cfg(test)]
mod tests {
    use protocol::http::look::Font;

    use super::*;

    #[test]
    fn lk4_the_panel_is_told_properties_and_nothing_else() {
        let accent = Colour::of(0xff, 0xd5, 0x00);
        for corners in [Corners::Large, Corners::Medium, Corners::Small, Corners::None] {
            for font in [Font::System, Font::Page, Font::Humanist, Font::Rounded, Font::Serif] {
                let told = panel_properties(&Look { corners, font, ..Look::default() }, accent);
                assert_eq!(told.get("--on-accent").map(String::as_str), Some("#000000"));
                assert_eq!(
                    told.get("--accent-text").map(String::as_str),
                    Some("light-dark(#8c7500,#ffd500)")
                );
                for (name, value) in told {
                    assert!(name.starts_with("--"), "{name}");
                    assert!(!value.contains(['{', '}', ';', ':', '/']), "{name}: {value} loads nothing");
                }
            }
        }
    }
}
