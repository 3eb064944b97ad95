//! The launcher's style sheet, which follows that of `widget/loader/src/style.ts` and writes over it.
//!
//! It is made here so that the script on the customer's page need not know what can be chosen. Only numbers, words of ours
//! and one quoted text are put into it.

use core::fmt::Write;

use protocol::http::look::{Corners, Font, LauncherIcon, LauncherPlace, Look, Offset, Scheme, Side};

use crate::colour::Colour;
use crate::font::font_family;
use crate::palette::Palette;

/// The launcher is so high, in px.
const HEIGHT: u16 = 60;
/// From the lower edge of the launcher to that of the panel, in px.
const PANEL_ABOVE: u16 = 72;
/// What stays free of the window's height around the panel, beside the launcher's offset, in px.
const FREE: u16 = 92;

/// The rules of a site's launcher and of the box around its panel; those that the loader has already are left out.
#[must_use]
pub fn launcher_style(look: &Look, accent: Colour) -> String {
    let Palette { accent, ink, hover } = Palette::of(accent);
    let mut style = format!("button{{background:{accent};color:{ink}}}button:hover{{background:{hover}}}");
    write_corners(&mut style, look.corners);
    write_place(&mut style, look);
    write_icon(&mut style, look.icon);
    write_label(&mut style, look);
    match look.scheme {
        Scheme::Auto => {}
        Scheme::Light => style.push_str("div{color-scheme:light}"),
        Scheme::Dark => style.push_str("div{color-scheme:dark}"),
    }
    style
}

/// Where the launcher stands.
#[must_use]
pub const fn launcher_place(look: &Look) -> LauncherPlace {
    LauncherPlace { position: look.side, offset: look.offset }
}

fn write_corners(style: &mut String, corners: Corners) {
    let (launcher, panel) = match corners {
        Corners::Large => return,
        Corners::Medium => (16, 12),
        Corners::Small => (8, 6),
        Corners::None => (0, 0),
    };
    push(style, format_args!("button{{border-radius:{launcher}px}}div{{border-radius:{panel}px}}"));
}

fn write_place(style: &mut String, look: &Look) {
    let is_usual = look.side == Side::default() && look.offset == Offset::default();
    if !is_usual {
        let Offset { x, y } = look.offset;
        push(style, format_args!("button,div{{{}}}button{{bottom:{y}px}}", beside(look.side, x)));
        let (above, free) = (y.saturating_add(PANEL_ABOVE), y.saturating_add(FREE));
        push(style, format_args!("div{{bottom:{above}px;height:min(640px,100vh - {free}px)}}"));
    }
    if look.phone_offset != look.offset {
        let Offset { x, y } = look.phone_offset;
        let (place, above) = (beside(look.side, x), y.saturating_add(PANEL_ABOVE));
        push(
            style,
            format_args!(
                "@media(max-width:480px){{button,.v{{{place}}}button{{bottom:{y}px}}.v{{bottom:{above}px}}}}"
            ),
        );
    }
}

/// Declarations for a distance from one side, and from no other.
fn beside(side: Side, x: u16) -> String {
    let name = match side {
        Side::End => "inset-inline-end",
        Side::Start => "inset-inline-start",
        Side::Left => "left",
        Side::Right => "right",
    };
    format!("inset-inline:auto;{name}:{x}px")
}

fn write_icon(style: &mut String, icon: LauncherIcon) {
    let path = match icon {
        LauncherIcon::Porch => return,
        LauncherIcon::Bubble => "\"M6 3h16q4 0 4 4v10q0 4-4 4H14l-6 5v-5H6q-4 0-4-4V7q0-4 4-4z\"",
        LauncherIcon::Dots => {
            "evenodd,\"M6 3h16q4 0 4 4v10q0 4-4 4H14l-6 5v-5H6q-4 0-4-4V7q0-4 4-4z\
             m.5 9a2 2 0 1 0 4 0 2 2 0 1 0-4 0zm5.5 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0zm5.5 0a2 2 0 1 0 4 0 2 2 0 1 0-4 0z\""
        }
        LauncherIcon::Question => {
            "\"M7 9.5q0-7 7-7t7 6.7q0 3.8-3.2 5.6Q16 15.8 16 18h-4q0-4.4 3.2-6.2Q17 10.8 17 9.2q0-2.9-3-2.9t-3 3.2z\
             m5 11.5h4v4h-4z\""
        }
    };
    push(style, format_args!("[aria-expanded=false]:before{{clip-path:path({path})}}"));
}

/// The text beside the sign, while the panel is closed.
fn write_label(style: &mut String, look: &Look) {
    if look.label.is_empty() {
        return;
    }
    // Of something wide, half of its width is no circle.
    if look.corners == Corners::Large {
        let half = HEIGHT / 2;
        push(style, format_args!("[aria-expanded=false]{{border-radius:{half}px}}"));
    }
    // The page's font comes through: the host of the shadow root takes nothing else from the page.
    if look.font == Font::Page {
        style.push_str(":host{font-family:inherit!important}");
    }
    let family =
        font_family(look.font).unwrap_or(if look.font == Font::Page { "inherit" } else { "system-ui" });
    push(
        style,
        format_args!(
            "[aria-expanded=false]{{width:auto;max-width:calc(100vw - 40px);padding-inline:52px 22px;\
             font:600 16px/1.2 {family}}}\
             [aria-expanded=false]:before{{inset-inline-end:auto}}\
             [aria-expanded=false]:after{{content:{}}}",
            Quoted(&look.label)
        ),
    );
}

/// A string of CSS: whatever could end it, or is not seen, is written as its number.
struct Quoted<'a>(&'a str);

impl core::fmt::Display for Quoted<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_char('"')?;
        for character in self.0.chars() {
            if matches!(character, '"' | '\\' | '<' | '>' | '&') || character.is_control() {
                write!(formatter, "\\{:x} ", u32::from(character))?;
            } else {
                formatter.write_char(character)?;
            }
        }
        formatter.write_char('"')
    }
}

fn push(style: &mut String, rules: core::fmt::Arguments<'_>) {
    // A string takes whatever is written.
    let _ = style.write_fmt(rules);
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GREEN: Colour = Colour::of(0x1f, 0x6f, 0x5c);

    #[test]
    fn lk3_a_look_that_nobody_has_chosen_says_its_colours_only() {
        assert_eq!(
            launcher_style(&Look::default(), GREEN),
            "button{background:#1f6f5c;color:#ffffff}button:hover{background:#1b6150}"
        );
    }

    #[test]
    fn lk3_what_was_chosen_is_written_over_what_the_loader_has() {
        let look = Look {
            side: Side::Left,
            offset: Offset { x: 8, y: 40 },
            phone_offset: Offset { x: 4, y: 4 },
            corners: Corners::Small,
            scheme: Scheme::Dark,
            icon: LauncherIcon::Question,
            ..Look::default()
        };
        let style = launcher_style(&look, GREEN);
        for rule in [
            "button{border-radius:8px}div{border-radius:6px}",
            "button,div{inset-inline:auto;left:8px}button{bottom:40px}",
            "div{bottom:112px;height:min(640px,100vh - 132px)}",
            "@media(max-width:480px){button,.v{inset-inline:auto;left:4px}button{bottom:4px}.v{bottom:76px}}",
            "[aria-expanded=false]:before{clip-path:path(",
            "div{color-scheme:dark}",
        ] {
            assert!(style.contains(rule), "{rule} is missing: {style}");
        }
    }

    proptest! {
        #[test]
        fn lk3_no_text_beside_the_sign_ends_its_quotes(label in "\\PC{1,40}|[\"\\\\\n</>;{}]{1,20}") {
            let quoted = Quoted(&label).to_string();
            let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
            let inner = inner.expect("it is quoted");
            prop_assert!(!inner.contains(['"', '<', '>']) && !inner.chars().any(char::is_control));
            // What is read back is what was written.
            let mut read = String::new();
            let mut rest = inner.chars();
            while let Some(character) = rest.next() {
                if character == '\\' {
                    let number: String = rest.by_ref().take_while(|digit| *digit != ' ').collect();
                    read.extend(u32::from_str_radix(&number, 16).ok().and_then(char::from_u32));
                } else {
                    read.push(character);
                }
            }
            prop_assert_eq!(read, label);
        }
    }
}
