//! The chat as a page of its own.

use serde_json::json;
use tests::http::{get, post};
use tests::{Case, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("HP19 the page of a chat runs our own files only, and nobody frames it", page_of_a_chat),
    ("HP19 our own page may show every site, and only it may without being listed", own_page_is_listed),
];

fn page_of_a_chat(stage: &Stage) {
    let address = format!("{}/chat/{}", stage.base_url(), stage.site_key());
    let page = get(&address, &[]);
    assert_eq!((page.status, page.header("content-type")), (200, Some("text/html; charset=utf-8")));
    assert!(page.body.contains(&format!("data-site=\"{}\"", stage.site_key())), "{}", page.body);
    let policy = page.header("content-security-policy").expect("a policy");
    for part in ["default-src 'none'", "script-src 'self';", "frame-src 'self';", "frame-ancestors 'none'"] {
        assert!(policy.contains(part), "{part}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(get(&format!("{address}?site=%22%3E%3Cscript%3E"), &[]).body, page.body);
    for unknown in ["pk_x", "%22%3E%3Cscript%3E", "pk_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"] {
        let answer = get(&format!("{}/chat/{unknown}", stage.base_url()), &[]);
        assert_eq!(answer.status, 404, "{unknown}");
    }
    let frame = get(&format!("{}/widget/{}/frame", stage.base_url(), stage.site_key()), &[]);
    let ancestors = format!("frame-ancestors {} ", stage.base_url());
    assert!(frame.header("content-security-policy").is_some_and(|policy| policy.contains(&ancestors)));
}

/// Founds a site that lists another origin, and returns its key.
fn strict_site(stage: &Stage) -> String {
    let body = json!({
        "email": "own-page@example.com", "workspace": "Own page", "site_name": "Own page",
        "allowed_origins": ["https://elsewhere.example"], "allow_localhost": false,
    });
    let authorization = format!("Bearer {}", stage.setup_token());
    let answer = post(
        &format!("{}/api/setup", stage.base_url()),
        &[("Authorization", &authorization)],
        &body.to_string(),
    );
    answer.json::<protocol::http::SetupAnswer>().site_key.to_string()
}

fn own_page_is_listed(stage: &Stage) {
    let key = strict_site(stage);
    let base = stage.base_url();
    let config = format!("{base}/api/sites/{key}/config");
    let session = |origin: &str| {
        let body = json!({ "site": key, "token": null, "user": null }).to_string();
        post(&format!("{base}/api/visitor/session"), &[("Origin", origin)], &body).status
    };
    assert_eq!(get(&config, &[("Sec-Fetch-Site", "same-origin")]).status, 200);
    assert_eq!(get(&config, &[]).status, 403);
    assert_eq!(get(&config, &[("Sec-Fetch-Site", "same-site")]).status, 403);
    let foreign = [("Sec-Fetch-Site", "same-origin"), ("Origin", "https://other.example")];
    assert_eq!(get(&config, &foreign).status, 403);
    assert_eq!(session(base), 200);
    assert_eq!(session("https://other.example"), 403);
    assert_eq!(session("https://elsewhere.example"), 200);
}
