//! What a site says by itself: set by its people, told to its pages.

use protocol::Code;
use serde_json::{Value, json};
use tests::http::{Answer, get};
use tests::stage::PAGE_ORIGIN;
use tests::{Case, Stage};

use crate::own_site::Site;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("WG52 WG54 proactive messages are kept, and told to pages without what only the team knows", told),
    ("WG52 WG53 what cannot be said is refused whole", refused),
    ("WG54 pages of a site that says nothing hear nothing of it, and foreign pages never do", untold),
];

impl Site<'_> {
    fn says(&self, proactive: &Value) -> Answer {
        self.receives(&json!({ "proactive": proactive }))
    }

    fn asked(&self, what: &str, origin: &str) -> Answer {
        let url = format!("{}/api/sites/{}/{what}", self.stage.base_url(), self.view.keys[0].key);
        get(&url, &[("Origin", origin)])
    }
}

fn message(id: u32, change: &Value) -> Value {
    let mut message = json!({
        "id": id, "name": "Prices", "text": "Any questions?", "is_enabled": true, "pages": ["/prices*"],
        "triggers": { "seconds": 20, "scroll": null, "exit": false }, "audience": "new", "repeat": "session",
    });
    for (name, value) in change.as_object().into_iter().flatten() {
        message[name] = value.clone();
    }
    message
}

fn told(stage: &Stage) {
    let site = Site::new(stage);
    let off = message(1, &json!({ "is_enabled": false, "text": "Not yet" }));
    let set = site.says(&json!([off, message(2, &json!({ "text": " Any questions? " }))]));
    assert_eq!(set.status, 200, "{}", set.body);
    let kept: Value = set.json();
    assert_eq!(kept["reception"]["proactive"], json!([off, message(2, &json!({}))]));
    assert_eq!(site.asked("config", PAGE_ORIGIN).json::<Value>()["proactive"], json!(true));
    let answer = site.asked("proactive?lang=de", PAGE_ORIGIN);
    assert!(!answer.body.contains("Prices") && !answer.body.contains("Not yet"), "{}", answer.body);
    let mut rule = message(2, &json!({}));
    let fields = rule.as_object_mut().expect("an object");
    fields.remove("name");
    fields.remove("is_enabled");
    let words = json!({ "reply": "Antworten", "file_close": "Schließen" });
    assert_eq!(answer.json::<Value>(), json!({ "words": words, "messages": [rule] }));
}

fn refused(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(site.says(&json!([message(1, &json!({}))])).status, 200);
    let many: Vec<_> = (0..21).map(|id| message(id, &json!({}))).collect();
    for (bad, expected) in [
        (json!([message(1, &json!({})), message(1, &json!({}))]), Code::BadField),
        (json!([message(1, &json!({ "text": "" }))]), Code::BadField),
        (json!([message(1, &json!({ "pages": ["prices"] }))]), Code::BadField),
        (json!([message(1, &json!({ "triggers": {} }))]), Code::BadField),
        (json!(many), Code::TooLarge),
        (json!([message(1, &json!({ "repeat": "often" }))]), Code::BadFrame),
        (json!([message(1, &json!({ "html": "<b>" }))]), Code::BadFrame),
    ] {
        let answer = site.says(&bad);
        assert_eq!(answer.code(), expected, "{bad}: {}", answer.body);
    }
    let told: Value = site.asked("proactive", PAGE_ORIGIN).json();
    assert_eq!(told["messages"].as_array().map(Vec::len), Some(1), "it stays as it was");
}

fn untold(stage: &Stage) {
    let site = Site::new(stage);
    let config: Value = site.asked("config", PAGE_ORIGIN).json();
    assert_eq!(config.get("proactive"), None, "not a byte of it");
    assert_eq!(site.says(&json!([message(1, &json!({ "is_enabled": false }))])).status, 200);
    assert_eq!(site.asked("config", PAGE_ORIGIN).json::<Value>().get("proactive"), None);
    assert_eq!(site.asked("proactive", PAGE_ORIGIN).json::<Value>()["messages"], json!([]));
    let elsewhere = site.asked("proactive", "https://elsewhere.example");
    assert_eq!(elsewhere.code(), Code::OriginNotAllowed, "{}", elsewhere.body);
}
