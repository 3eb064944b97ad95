//! A colour, and how well another one is seen on it (WCAG 2.2, "contrast ratio").

use core::fmt;

/// A colour of sRGB.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour {
    red: u8,
    green: u8,
    blue: u8,
}

impl Colour {
    /// Black.
    pub const BLACK: Self = Self { red: 0, green: 0, blue: 0 };
    /// White.
    pub const WHITE: Self = Self { red: 255, green: 255, blue: 255 };

    /// Makes one of its parts.
    #[must_use]
    pub const fn of(red: u8, green: u8, blue: u8) -> Self {
        Self { red, green, blue }
    }

    /// Reads `#rrggbb`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
        let part = |from: usize| u8::from_str_radix(digits.get(from..from.checked_add(2)?)?, 16).ok();
        let is_plain = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        is_plain.then_some(Self { red: part(0)?, green: part(2)?, blue: part(4)? })
    }

    /// Mixes a share of another colour into this one, from 0 to 100.
    #[must_use]
    pub fn mixed(self, other: Self, percent: u8) -> Self {
        let share = u32::from(percent.min(100));
        let rest = 100_u32.saturating_sub(share);
        let mix = |one: u8, other: u8| {
            let part = |colour: u8, share: u32| u32::from(colour).saturating_mul(share);
            u8::try_from(part(one, rest).saturating_add(part(other, share)) / 100).unwrap_or(u8::MAX)
        };
        Self {
            red: mix(self.red, other.red),
            green: mix(self.green, other.green),
            blue: mix(self.blue, other.blue),
        }
    }

    /// Relative luminance, from 0 to 1.
    fn luminance(self) -> f64 {
        let linear = |part: u8| {
            let value = f64::from(part) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * linear(self.red) + 0.7152 * linear(self.green) + 0.0722 * linear(self.blue)
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

/// The contrast of two colours, from 1 to 21.
#[must_use]
pub fn contrast(one: Colour, other: Colour) -> f64 {
    let (one, other) = (one.luminance(), other.luminance());
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lk1_contrast_is_that_of_the_guidelines() {
        let cases =
            [("#ffffff", "#000000", 21.0), ("#777777", "#ffffff", 4.48), ("#3c4fc4", "#ffffff", 6.76)];
        for (one, other, expected) in cases {
            let [Some(one), Some(other)] = [one, other].map(Colour::parse) else { panic!("{one} {other}") };
            assert!(
                (contrast(one, other) - expected).abs() < 0.01,
                "{one} on {other}: {}",
                contrast(one, other)
            );
            assert!((contrast(one, other) - contrast(other, one)).abs() < f64::EPSILON);
        }
    }

    #[test]
    fn lk1_only_six_digits_are_a_colour() {
        for bad in ["", "#", "red", "#12345", "#1234567", "#12345g", "#+12345", "#é123", "123456#"] {
            assert_eq!(Colour::parse(bad), None, "{bad}");
        }
        assert_eq!(Colour::parse("#1F6f5c").map(|colour| colour.to_string()), Some("#1f6f5c".to_owned()));
    }
}
