//! Which language a visitor gets.

use words::{accepted, choose};

/// Checks a list of wishes against the words and the tag that are chosen.
fn check(wishes: &[&str], name: &str, locale: &str) {
    let choice = choose(wishes.iter().copied());
    assert_eq!((choice.language.name, choice.locale.as_str()), (name, locale), "{wishes:?}");
}

#[test]
fn lo1_the_first_wish_counts_that_there_are_words_for() {
    check(&["de"], "de", "de");
    check(&["tlh", "ja-JP", "de"], "ja", "ja-JP");
    check(&["", "de-AT"], "de", "de-AT");
    check(&[], "en", "en");
    check(&["tlh", "x", "<script>", "*"], "en", "en");
    check(&["EN_gb"], "en", "en-GB");
}

#[test]
fn lo1_tags_are_matched_as_they_are_meant() {
    for (wish, name, locale) in [
        ("zh", "zh-Hans", "zh"),
        ("zh-CN", "zh-Hans", "zh-CN"),
        ("zh-TW", "zh-Hant", "zh-TW"),
        ("zh-HK", "zh-Hant", "zh-HK"),
        ("zh-hant-MY", "zh-Hant", "zh-Hant-MY"),
        ("zh-Hans-HK", "zh-Hans", "zh-Hans-HK"),
        ("yue", "zh-Hant", "zh-Hant"),
        ("pt", "pt", "pt"),
        ("pt_br", "pt-BR", "pt-BR"),
        ("pt-AO", "pt", "pt-AO"),
        ("no", "nb", "nb"),
        ("nn-NO", "nb", "nb-NO"),
        ("iw-IL", "he", "he-IL"),
        ("in", "id", "id"),
        ("es-419", "es", "es-419"),
    ] {
        check(&[wish], name, locale);
    }
}

#[test]
fn lo1_a_tag_is_cut_down_to_what_times_are_written_by() {
    check(&["de-Latn-CH-1996-u-ca-buddhist"], "de", "de-Latn-CH");
    check(&["ar-u-nu-latn"], "ar", "ar");
    check(&[&"de-".repeat(500)], "de", "de-DE");
    check(&["de-é-AT"], "de", "de-AT");
}

#[test]
fn lo1_a_header_is_read_by_its_weights() {
    assert_eq!(accepted("fr-CH, fr;q=0.9, en;q=0.8, de;q=0.7, *;q=0.5"), ["fr-CH", "fr", "en", "de", "*"]);
    assert_eq!(accepted("en;q=0.1,de;q=0.9 , ja"), ["ja", "de", "en"]);
    assert_eq!(accepted("de;q=0, en;q=x, ja ; q=0.2"), ["ja"]);
    assert_eq!(accepted(""), [""]);
}
