//! A browser in words that its person recognises, from what it says of itself.

/// What is looked for, in this order: many browsers name others as well.
const BROWSERS: [(&str, &str); 9] = [
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("Opera", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Likewise: what runs Android names Linux too, and an iPhone names a Mac.
const SYSTEMS: [(&str, &str); 7] = [
    ("iPhone", "iOS"),
    ("iPad", "iPadOS"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
];

/// Names browser and system, from the `User-Agent`. Nothing of it is repeated, so that nobody's words are shown.
#[must_use]
pub fn device_name(user_agent: &str) -> String {
    let find = |list: &[(&str, &'static str)]| {
        list.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name)
    };
    match (find(&BROWSERS), find(&SYSTEMS)) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(one), None) | (None, Some(one)) => one.to_owned(),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ap15_a_device_is_named_by_browser_and_system() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)";
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15";
        for (user_agent, name) in [
            (format!("{windows} Chrome/140.0.0.0 Safari/537.36"), "Chrome on Windows"),
            (format!("{windows} Chrome/140.0.0.0 Safari/537.36 Edg/140.0"), "Edge on Windows"),
            (
                "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0".to_owned(),
                "Firefox on Linux",
            ),
            (format!("{iphone} Version/18.0 Mobile/15E148 Safari/604.1"), "Safari on iOS"),
            (format!("{iphone} CriOS/140.0 Mobile/15E148 Safari/604.1"), "Chrome on iOS"),
            (
                "Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36".to_owned(),
                "Chrome on Android",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) Version/18 Safari/605".to_owned(),
                "Safari on macOS",
            ),
            ("curl/8.0".to_owned(), ""),
            (String::new(), ""),
            ("<b>Firefox/1</b>\u{1b}[31m".to_owned(), "Firefox"),
        ] {
            assert_eq!(device_name(&user_agent), name, "{user_agent}");
        }
    }
}
