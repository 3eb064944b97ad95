//! The site's colour, and which ink is readable on it.

/// The ink for light grounds.
const DARK: &str = "#17140f";
/// The ink for dark grounds.
const LIGHT: &str = "#ffffff";

/// Returns the ink with the better contrast on a colour `#rrggbb`; one of the two always reaches 4.5:1.
pub(crate) fn ink_on(colour: &str) -> &'static str {
    let part = |from: usize| {
        let digits = colour.get(from..from + 2).unwrap_or("00");
        f32::from(u8::from_str_radix(digits, 16).unwrap_or(0)) / 255.0
    };
    let luminance = 0.2126 * linear(part(1)) + 0.7152 * linear(part(3)) + 0.0722 * linear(part(5));
    // White and the dark ink are equally far from this luminance.
    if luminance > 0.19 { DARK } else { LIGHT }
}

/// Approximates the transfer curve of sRGB without a power, which would bring half a math library along.
fn linear(value: f32) -> f32 {
    value * (value * (value * 0.305_306 + 0.682_171_1) + 0.012_522_88)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wg14_the_ink_on_an_accent_is_the_readable_one() {
        for dark in ["#000000", "#3c4fc4", "#1f6f54", "#b8292f"] {
            assert_eq!(ink_on(dark), LIGHT, "{dark}");
        }
        for light in ["#ffffff", "#f0a732", "#97a5ff", "#3b9cf6"] {
            assert_eq!(ink_on(light), DARK, "{light}");
        }
        assert_eq!(ink_on("no colour"), LIGHT);
    }
}
