//! The colours that come of a site's one colour.

use crate::colour::{Colour, contrast};

/// The least contrast of text (WCAG 2.2, 1.4.3).
const READABLE: f64 = 4.5;

/// The panel's ground, as in `public/styles/tokens.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Ground {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its colour.
    #[must_use]
    pub const fn colour(self) -> Colour {
        match self {
            Self::Light => Colour::WHITE,
            Self::Dark => Colour::of(0x1b, 0x1a, 0x18),
        }
    }

    /// Towards what a colour goes so that it is seen better.
    const fn away(self) -> Colour {
        match self {
            Self::Light => Colour::BLACK,
            Self::Dark => Colour::WHITE,
        }
    }
}

/// A site's colour where it is written with, in place of being written on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Adjusted {
    /// The contrast of the site's own colour with the ground.
    pub measured: f64,
    /// What is used: the site's own colour if it reaches 4.5:1, else the nearest that does.
    pub used: Colour,
}

/// The colours of a site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Palette {
    /// The site's own: of the launcher, the header and what visitors write.
    pub accent: Colour,
    /// What stands on it: black or white, whichever is read better, and so always at 4.5:1 at least.
    pub ink: Colour,
    /// The accent below the pointer, on which the ink is read at least as well.
    pub hover: Colour,
}

impl Palette {
    /// The colours that come of one.
    #[must_use]
    pub fn of(accent: Colour) -> Self {
        let (black, white) = (contrast(accent, Colour::BLACK), contrast(accent, Colour::WHITE));
        let (ink, other) =
            if white >= black { (Colour::WHITE, Colour::BLACK) } else { (Colour::BLACK, Colour::WHITE) };
        Self { accent, ink, hover: accent.mixed(other, 12) }
    }

    /// The accent as text and thin lines on the panel's ground.
    #[must_use]
    pub fn written(&self, on: Ground) -> Adjusted {
        let measured = contrast(self.accent, on.colour());
        let steps = (0..=100).map(|percent| self.accent.mixed(on.away(), percent));
        let used = steps.into_iter().find(|colour| contrast(*colour, on.colour()) >= READABLE);
        Adjusted { measured, used: used.unwrap_or(on.away()) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lk2_whatever_the_colour_all_of_it_can_be_read(red: u8, green: u8, blue: u8) {
            let accent = Colour::of(red, green, blue);
            let palette = Palette::of(accent);
            prop_assert_eq!(palette.accent, accent, "it is used as it is");
            prop_assert!(contrast(palette.ink, palette.accent) >= READABLE);
            prop_assert!(contrast(palette.ink, palette.hover) >= contrast(palette.ink, palette.accent));
            for ground in Ground::ALL {
                let Adjusted { measured, used } = palette.written(ground);
                prop_assert!(contrast(used, ground.colour()) >= READABLE);
                prop_assert_eq!(used == accent, measured >= READABLE, "no colour is changed without need");
            }
        }
    }

    #[test]
    fn lk2_a_colour_that_cannot_be_written_with_gives_way_to_the_nearest() {
        let cases = [
            ("#3c4fc4", Ground::Light, "#3c4fc4"),
            ("#ffd500", Ground::Light, "#8c7500"),
            ("#111111", Ground::Dark, "#838383"),
            ("#ffd500", Ground::Dark, "#ffd500"),
        ];
        for (accent, ground, used) in cases {
            let accent = Colour::parse(accent).unwrap();
            assert_eq!(Palette::of(accent).written(ground).used.to_string(), used, "{accent} {ground:?}");
        }
    }
}
