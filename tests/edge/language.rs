//! In which language a visitor is answered.

use serde_json::Value;
use tests::http::{Answer, get};
use tests::stage::PAGE_ORIGIN;
use tests::{Case, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("LO1 the page's wish stands before the browser's, and English last", wishes),
    ("LO2 the configuration has the launcher's words, and the frame all", words_without_requests),
    ("LO4 the words of every language can be fetched by a frame without an origin", files_of_words),
];

fn config(stage: &Stage, query: &str, accepted: &str) -> Answer {
    let url = format!("{}/api/sites/{}/config{query}", stage.base_url(), stage.site_key());
    get(&url, &[("Origin", PAGE_ORIGIN), ("Accept-Language", accepted)])
}

fn wishes(stage: &Stage) {
    for (query, accepted, language, locale, direction) in [
        ("?lang=de-AT", "ja", "de", "de-AT", "ltr"),
        ("?lang=", "ja-JP,ja;q=0.9,en;q=0.8", "ja", "ja-JP", "ltr"),
        ("", "ar;q=0.4, de;q=0.5", "de", "de", "ltr"),
        ("?lang=tlh", "ar-EG", "ar", "ar-EG", "rtl"),
        ("?lang=tlh", "", "en", "en", "ltr"),
        ("?lang=%3Cscript%3E&lang=de", "tlh,*", "en", "en", "ltr"),
        ("?other=1", "de", "de", "de", "ltr"),
    ] {
        let answer = config(stage, query, accepted);
        let told: Value = answer.json();
        let found = ["language", "locale", "direction"].map(|name| told[name].as_str().unwrap_or_default());
        assert_eq!(found, [language, locale, direction], "{query} {accepted}");
        let vary: Vec<_> = answer.headers.iter().filter(|(name, _)| name == "vary").collect();
        let vary = vary.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join(", ");
        assert_eq!(vary, "Origin, Accept-Language");
    }
}

fn words_without_requests(stage: &Stage) {
    let told: Value = config(stage, "?lang=ar", "").json();
    assert_eq!(told["words"]["launcher_open"], "فتح الدردشة");
    assert_eq!(told["words"]["launcher_unread"].as_object().map(serde_json::Map::len), Some(6));

    let frame = |query: &str| {
        get(&format!("{}/widget/{}/frame{query}", stage.base_url(), stage.site_key()), &[]).body
    };
    let arabic = frame("?lang=ar");
    assert!(arabic.contains("<html lang=\"ar\" dir=\"rtl\" ") && arabic.contains("\"إرسال\""), "{arabic}");
    assert!(!arabic.contains('%') && !arabic.contains("Send"), "{arabic}");
    assert!(frame("").contains("<html lang=\"en\" dir=\"ltr\" "));
    assert_eq!(frame("?lang=%22%3E%3Cscript%3E"), frame(""), "nothing of the address stands in the page");

    let page = |accepted: &str| {
        let url = format!("{}/chat/{}", stage.base_url(), stage.site_key());
        get(&url, &[("Accept-Language", accepted)]).body
    };
    assert!(page("ar-EG").contains("<html lang=\"ar-EG\" dir=\"rtl\">"));
    assert!(page("tlh").contains("<html lang=\"en\" dir=\"ltr\">"));
}

fn files_of_words(stage: &Stage) {
    let frame = get(&format!("{}/widget/{}/frame", stage.base_url(), stage.site_key()), &[]).body;
    let is_script = |part: &&str| part.starts_with("/build/widget/") && part.ends_with(".js");
    let script = frame.split('"').find(is_script).expect("the script");
    let script = get(&format!("{}{script}", stage.base_url()), &[]).body;
    let place =
        script.split('"').find(|part| part.starts_with("/build/words/")).expect("where the words are");
    for language in &words::LANGUAGES {
        let answer = get(&format!("{}{}", stage.base_url(), place.replace('*', language.name)), &[]);
        assert_eq!((answer.status, answer.body.as_str()), (200, language.compact().as_str()));
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
        assert!(answer.header("cache-control").is_some_and(|value| value.contains("immutable")));
    }
}
