//! The colour of a sign on a site's colour.

/// Returns black or white, whichever a sign is better seen in on a colour `#rrggbb`. A sign needs 3:1, which leaves
/// room for white on bright colours, where people expect it.
#[must_use]
pub fn ink_on(colour: &str) -> &'static str {
    let light = |from: usize| {
        let digits = colour.get(from..from.saturating_add(2)).unwrap_or("00");
        (f32::from(u8::from_str_radix(digits, 16).unwrap_or_default()) / 255.0).powf(2.2)
    };
    let luminance = 0.21 * light(1) + 0.72 * light(3) + 0.07 * light(5);
    if luminance > 0.3 { "#000000" } else { "#ffffff" }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wg14_the_sign_on_an_accent_is_seen() {
        for dark in ["#000000", "#3c4fc4", "#1f6f5c", "#b8292f", "", "no colour"] {
            assert_eq!(ink_on(dark), "#ffffff", "{dark}");
        }
        for light in ["#ffffff", "#f0a732", "#97a5ff"] {
            assert_eq!(ink_on(light), "#000000", "{light}");
        }
    }
}
