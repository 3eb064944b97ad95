//! A site's look between what is typed and what is shown of it.

use look::{Colour, Ground, Palette, contrast, launcher_place, launcher_style, panel_properties};
use protocol::SiteId;
use protocol::http::look::Look;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::http::{LauncherWords, PageConfig, SiteConfig};
use protocol::limits::LAUNCHER_OFFSET;

use super::language::is_right_to_left;
use crate::words::look as words;

/// What can be chosen, each with its name: a field holds the place in the list.
pub(crate) fn options<T>(list: &[(T, &str)]) -> Vec<(String, String)> {
    list.iter().enumerate().map(|(place, (_, name))| (place.to_string(), (*name).to_owned())).collect()
}

/// Where something stands in a list.
pub(crate) fn place_of<T: PartialEq>(list: &[(T, &str)], value: &T) -> String {
    list.iter().position(|(other, _)| other == value).unwrap_or_default().to_string()
}

/// What stands at a place of a list; what nobody has chosen where there is no such place.
pub(crate) fn chosen<T: Copy + Default>(list: &[(T, &str)], place: &str) -> T {
    let found = place.parse().ok().and_then(|place: usize| list.get(place));
    found.map(|(value, _)| *value).unwrap_or_default()
}

/// Reads a distance from an edge, in px.
pub(crate) fn distance(typed: &str) -> Option<u16> {
    typed.trim().parse().ok().filter(|px| *px <= LAUNCHER_OFFSET)
}

/// What is to be known of a site's colour.
pub(crate) fn notes(accent: Colour) -> (String, Vec<String>) {
    let palette = Palette::of(accent);
    let ink = words::ink(palette.ink == Colour::WHITE, &ratio(contrast(palette.ink, accent)));
    let faint = Ground::ALL.into_iter().filter_map(|ground| {
        let written = palette.written(ground);
        let reached = ratio(contrast(written.used, ground.colour()));
        let is_faint = written.used != accent;
        is_faint
            .then(|| words::too_faint(ground, &ratio(written.measured), &written.used.to_string(), &reached))
    });
    (ink, faint.collect())
}

/// What the preview is told in place of what the server tells a page.
pub(crate) fn page_config(site: SiteId, settings: &SiteSettings, right_to_left: bool) -> PageConfig {
    let SiteSettings { config: SiteConfig { name, accent, greeting }, look, .. } = settings;
    let colour = Colour::parse(accent).unwrap_or(Colour::BLACK);
    let language = language(look, right_to_left);
    PageConfig {
        name: name.clone(),
        accent: accent.clone(),
        ink: Palette::of(colour).ink.to_string(),
        greeting: greeting.clone(),
        site,
        identity: IdentityMode::Off,
        locale: language.clone(),
        language,
        direction: if right_to_left { "rtl" } else { "ltr" }.to_owned(),
        words: LauncherWords {
            chat: words::CHAT.to_owned(),
            launcher_open: words::LAUNCHER_OPEN.to_owned(),
            close_chat: words::LAUNCHER_CLOSE.to_owned(),
            launcher_connecting: words::LAUNCHER_CONNECTING.to_owned(),
            launcher_unread: [].into(),
        },
        style: launcher_style(look, colour),
        panel: panel_properties(look, colour),
        scheme: look.scheme,
        font: look.font,
        launcher: launcher_place(look),
        logo: look.logo,
        visits: None,
        proactive: false,
    }
}

/// The site's own language where it is written in the wanted direction, else one that is.
fn language(look: &Look, right_to_left: bool) -> String {
    let is_wanted = !look.language.is_empty() && is_right_to_left(&look.language) == right_to_left;
    let other = if right_to_left { "ar" } else { "en" };
    if is_wanted { look.language.clone() } else { other.to_owned() }
}

/// A contrast as people read it, never more than it is.
fn ratio(contrast: f64) -> String {
    format!("{:.1}", (contrast * 10.0).floor() / 10.0)
}

#[cfg(test)]
mod tests {
    use protocol::http::look::Scheme;

    use super::*;

    #[test]
    fn ib63_a_field_holds_a_place_in_the_list() {
        for (scheme, _) in words::SCHEMES {
            assert_eq!(chosen(&words::SCHEMES, &place_of(&words::SCHEMES, &scheme)), scheme);
        }
        assert_eq!(chosen(&words::SCHEMES, "9"), Scheme::Auto);
        assert_eq!(options(&words::SCHEMES).len(), 3);
    }

    #[test]
    fn ib63_a_distance_is_a_number_that_the_server_takes() {
        assert_eq!([" 0 ", "200"].map(distance), [Some(0), Some(200)]);
        assert_eq!(["201", "-1", "", "1.5", "x"].map(distance), [None; 5]);
    }

    #[test]
    fn ib63_a_colour_that_cannot_be_written_with_is_told_with_its_contrast() {
        let of = |colour: &str| notes(Colour::parse(colour).expect("a colour"));
        let (ink, faint) = of("#ffd500");
        assert_eq!(ink, "Black stands on it, with a contrast of 14.7:1.");
        let [light] = faint.as_slice() else { panic!("{faint:?}") };
        assert!(light.starts_with("On a light ground it reaches 1.4:1") && light.contains("#8c7500 (4.5:1)"));
        let (ink, faint) = of("#3c4fc4");
        assert_eq!(ink, "White stands on it, with a contrast of 6.7:1.");
        let [dark] = faint.as_slice() else { panic!("{faint:?}") };
        assert!(dark.starts_with("On a dark ground"), "{dark}");
    }
}
