//! A Worker that lacks a secret, and what the Worker's log must never hold.

use protocol::Code;
use tests::http::{get, post};
use tests::stage::PAGE_ORIGIN;
use tests::workerd::{Workerd, base_url};
use tests::{Case, Stage};
use xtask::project::Project;
use xtask::secrets::Secrets;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("PR10 what is built has nothing in it that tests or developers need", nothing_for_tests),
    ("HD5 without its secrets, or with short ones, the Worker serves nothing that needs them", no_secrets),
];

const PORT: u16 = 8_935;

fn nothing_for_tests(stage: &Stage) {
    let build = Project::find().expect("the project's folder").path("edge/build");
    for file in ["index.js", "index_bg.wasm"] {
        let bytes = std::fs::read(build.join(file)).expect("it is built");
        assert!(bytes.len() > 1_000, "{file}");
        for word in ["/test/", "/bench/", "wrapExport", "wrappedExport", "mutant", "quokka"] {
            let found = bytes.windows(word.len()).any(|part| part == word.as_bytes());
            assert!(!found, "{word:?} is in {file}");
        }
    }
    let absent = get(&format!("{}/nothing", stage.base_url()), &[]);
    for path in
        ["/test/forward?by=1", "/bench/counts", "/bench/hurry", "/demo/", "/.git/config", "/wrangler.toml"]
    {
        let answer = get(&format!("{}{path}", stage.base_url()), &[]);
        assert_eq!((answer.status, &answer.body), (404, &absent.body), "{path}");
    }
}

fn no_secrets(_: &Stage) {
    let good = || "0123456789abcdef".repeat(4);
    let names = ["TOKEN_SECRET", "NAME_SECRET", "SETUP_TOKEN", "SEAL_SECRET"];
    for (index, name) in names.into_iter().enumerate() {
        for bad in ["", "changeme", &"x".repeat(31)] {
            let mut values = [good(), good(), good(), good()];
            bad.clone_into(&mut values[index]);
            let [token_secret, name_secret, setup_token, seal_secret] = values;
            let secrets = Secrets { token_secret, name_secret, setup_token, seal_secret };
            serves_nothing(name, bad, &secrets);
        }
    }
}

fn serves_nothing(name: &str, bad: &str, secrets: &Secrets) {
    let state_dir = std::env::temp_dir().join(format!("porchlight-secrets-{}", std::process::id()));
    let mut workerd = Workerd::start(PORT, &state_dir, secrets, &[], str::to_owned);
    let url = |path: &str| format!("{}{path}", base_url(PORT));
    let base = base_url(PORT);
    let inbox = [("Origin", base.as_str()), ("Content-Type", "application/json")];
    let authorization = format!("Bearer {bad}");
    let sign_in = r#"{"email":"anna@example.com","password":"a password"}"#;
    let health = get(&url("/healthz"), &[]);
    assert_eq!((health.status, health.code()), (500, Code::Internal), "{name} is {bad:?}");
    let for_all = [
        get(&url("/inbox/"), &[]),
        post(&url("/api/account/sign-in"), &inbox, sign_in),
        post(&url("/api/agent/ticket"), &inbox, "{}"),
        post(&url("/api/setup"), &[("Authorization", &authorization)], "{}"),
    ];
    // What seals secrets is asked for where there are some.
    for answer in for_all.iter().filter(|_| name != "SEAL_SECRET") {
        assert_eq!(answer.status, 500, "{name} is {bad:?}: {}", answer.body);
        assert_eq!(answer.body, r#"{"code":"internal","retry_after":null}"#);
    }
    assert!(post(&url("/api/account/second-factor"), &inbox, "").status != 200);
    let session = format!(r#"{{"site":"pk_{}"}}"#, "0".repeat(64));
    assert_ne!(post(&url("/api/visitor/session"), &[("Origin", PAGE_ORIGIN)], &session).status, 200);
    workerd.kill();
    let log = std::fs::read_to_string(state_dir.join("workerd.log")).expect("a log");
    let line = format!("configuration is missing, too short or wrong: {name}");
    assert!(log.contains(&line), "the operator is told which: {log}");
    assert!(bad.is_empty() || !log.contains(bad), "and not what it is");
    std::fs::remove_dir_all(state_dir).expect("removed");
}
