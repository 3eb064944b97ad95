//! What a site's settings may be, and which of their changes are guarded.

use std::collections::BTreeSet;

use protocol::Code;
use protocol::http::SiteConfig;
use protocol::http::site::{SiteChange, SiteSettings};
use protocol::limits::{GREETING_BYTES, SITE_ORIGINS};

use super::look::tidied_look;
use super::origin::AllowedOrigin;
use crate::name::name;

/// Puts settings into their one spelling (SPEC SI1).
///
/// # Errors
/// [`Code::BadField`] for a bad name, for a colour that is not `#rrggbb`, a greeting with control characters, and
/// whatever [`AllowedOrigin::parse`] and [`tidied_look`] refuse; [`Code::TooLarge`] for a greeting over [`GREETING_BYTES`] and for more
/// than [`SITE_ORIGINS`] origins.
pub fn tidied(settings: SiteSettings) -> Result<SiteSettings, Code> {
    let SiteSettings { config, allowed_origins, allow_localhost, identity, look } = settings;
    if allowed_origins.len() > SITE_ORIGINS {
        return Err(Code::TooLarge);
    }
    let origins =
        allowed_origins.iter().map(|text| AllowedOrigin::parse(text).map(AllowedOrigin::into_string));
    let allowed_origins = origins.collect::<Result<BTreeSet<_>, _>>()?.into_iter().collect();
    let config = SiteConfig {
        name: name(&config.name)?,
        accent: colour(&config.accent)?,
        greeting: greeting(&config.greeting)?,
    };
    Ok(SiteSettings { config, allowed_origins, allow_localhost, identity, look: tidied_look(look)? })
}

/// The first field of a change that is not what it should be, by its name. What is too much is not what it should be.
#[must_use]
pub fn bad_field(change: &SiteChange) -> Option<&'static str> {
    let origins = |origins: &Vec<String>| {
        origins.len() > SITE_ORIGINS || origins.iter().any(|origin| AllowedOrigin::parse(origin).is_err())
    };
    let fields = [
        ("name", change.name.as_ref().is_some_and(|text| name(text).is_err())),
        ("accent", change.accent.as_ref().is_some_and(|text| colour(text).is_err())),
        ("greeting", change.greeting.as_ref().is_some_and(|text| greeting(text).is_err())),
        ("allowed_origins", change.allowed_origins.as_ref().is_some_and(origins)),
    ];
    fields.into_iter().find(|(_, is_bad)| *is_bad).map(|(field, _)| field)
}

/// The fields that a change of settings changes, by their names.
#[must_use]
pub fn changed_fields(before: &SiteSettings, after: &SiteSettings) -> Vec<&'static str> {
    let fields = [
        ("name", before.config.name != after.config.name),
        ("accent", before.config.accent != after.config.accent),
        ("greeting", before.config.greeting != after.config.greeting),
        ("allowed_origins", before.allowed_origins != after.allowed_origins),
        ("allow_localhost", before.allow_localhost != after.allow_localhost),
        ("identity", before.identity != after.identity),
        ("look", before.look != after.look),
    ];
    fields.into_iter().filter(|(_, is_changed)| *is_changed).map(|(field, _)| field).collect()
}

/// Whether somebody who changes this has to prove who they are first: it decides who may show the site, and who its
/// visitors are taken for (SPEC SI2).
#[must_use]
pub fn is_guarded(before: &SiteSettings, after: &SiteSettings) -> bool {
    before.allowed_origins != after.allowed_origins
        || before.allow_localhost != after.allow_localhost
        || before.identity != after.identity
}

fn colour(text: &str) -> Result<String, Code> {
    let digits = text.strip_prefix('#').ok_or(Code::BadField)?;
    let is_colour = digits.len() == 6 && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_colour.then(|| text.to_ascii_lowercase()).ok_or(Code::BadField)
}

fn greeting(text: &str) -> Result<String, Code> {
    let text = text.trim();
    if text.len() > GREETING_BYTES {
        return Err(Code::TooLarge);
    }
    let is_legal = |character: char| character == '\n' || !character.is_control();
    text.chars().all(is_legal).then(|| text.to_owned()).ok_or(Code::BadField)
}

#[cfg(test)]
mod tests {
    use protocol::http::look::{Look, Scheme};
    use protocol::http::site::IdentityMode;

    use super::*;

    fn settings() -> SiteSettings {
        SiteSettings {
            config: SiteConfig {
                name: "Fernwood".to_owned(),
                accent: "#1f6f5c".to_owned(),
                greeting: "Hello!".to_owned(),
            },
            allowed_origins: vec!["https://shop.example".to_owned()],
            allow_localhost: false,
            identity: IdentityMode::Off,
            look: Look::default(),
        }
    }

    fn with(change: impl FnOnce(&mut SiteSettings)) -> SiteSettings {
        let mut settings = settings();
        change(&mut settings);
        settings
    }

    #[test]
    fn si1_settings_get_one_spelling() {
        let typed = with(|settings| {
            settings.config.name = " Fernwood ".to_owned();
            settings.config.accent = "#1F6F5C".to_owned();
            settings.config.greeting = " Hello!\n".to_owned();
            settings.allowed_origins =
                vec!["https://SHOP.example/".to_owned(), "https://shop.example:443".to_owned()];
        });
        assert_eq!(tidied(typed), Ok(settings()));
        assert_eq!(
            tidied(with(|settings| settings.config.greeting.clear())).map(|_| ()),
            Ok(()),
            "ours is shown"
        );
    }

    #[test]
    fn si1_settings_that_are_not_what_they_should_be_are_refused() {
        let origins = |count: usize| (0..count).map(|index| format!("https://shop{index}.example")).collect();
        let cases: Vec<(SiteSettings, Result<(), Code>)> = vec![
            (with(|settings| settings.config.name = "  ".to_owned()), Err(Code::BadField)),
            (with(|settings| settings.config.name = "x".repeat(80)), Ok(())),
            (with(|settings| settings.config.name = "x".repeat(81)), Err(Code::BadField)),
            (with(|settings| settings.config.accent = "red".to_owned()), Err(Code::BadField)),
            (with(|settings| settings.config.accent = "#12345".to_owned()), Err(Code::BadField)),
            (with(|settings| settings.config.accent = "#12345g".to_owned()), Err(Code::BadField)),
            (with(|settings| settings.config.accent = "#é123".to_owned()), Err(Code::BadField)),
            (with(|settings| settings.config.greeting = "x".repeat(300)), Ok(())),
            (with(|settings| settings.config.greeting = "x".repeat(301)), Err(Code::TooLarge)),
            (with(|settings| settings.config.greeting = "a\u{7}b".to_owned()), Err(Code::BadField)),
            (with(|settings| settings.allowed_origins = origins(50)), Ok(())),
            (with(|settings| settings.allowed_origins = origins(51)), Err(Code::TooLarge)),
            (
                with(|settings| settings.allowed_origins = vec!["shop.example".to_owned()]),
                Err(Code::BadField),
            ),
        ];
        for (typed, expected) in cases {
            assert_eq!(tidied(typed.clone()).map(|_| ()), expected, "{typed:?}");
            assert_eq!(bad_field(&SiteChange::to(&typed)).is_some(), expected.is_err(), "{typed:?}");
        }
    }

    #[test]
    fn si2_what_decides_who_may_show_a_site_and_who_its_visitors_are_is_guarded() {
        let cases: Vec<(SiteSettings, &[&str], bool)> = vec![
            (settings(), &[], false),
            (with(|settings| settings.config.name = "Fern".to_owned()), &["name"], false),
            (with(|settings| settings.config.accent = "#000000".to_owned()), &["accent"], false),
            (with(|settings| settings.config.greeting = "Hi".to_owned()), &["greeting"], false),
            (with(|settings| settings.allowed_origins.clear()), &["allowed_origins"], true),
            (with(|settings| settings.allow_localhost = true), &["allow_localhost"], true),
            (with(|settings| settings.identity = IdentityMode::Optional), &["identity"], true),
            (with(|settings| settings.look.scheme = Scheme::Dark), &["look"], false),
        ];
        for (after, fields, guarded) in cases {
            assert_eq!(changed_fields(&settings(), &after), fields);
            assert_eq!(is_guarded(&settings(), &after), guarded, "{fields:?}");
        }
    }
}
