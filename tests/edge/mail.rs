//! Mails, in the local mailbox.

use protocol::Code;
use protocol::http::mailbox::{Mailbox, MailboxEntry};
use tests::http::{Answer, get, post};
use tests::{Case, Stage};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("ML2 links keep the base address, whatever a request claims", poisoned_hosts),
    ("ML8 every sample is in the mailbox", samples),
    ("ML8 without the mailbox its addresses do not exist", no_mailbox),
    ("ML9 the mailbox runs nothing and is framed by nobody", policy),
    ("HD4 another host gets no answer but a refusal", other_hosts),
];

/// On which port a server without a mailbox is started.
const OTHER_PORT: u16 = 8_939;

/// The samples in the mailbox, newest first. Mails to people of other cases may come in at any time.
fn samples_of(stage: &Stage) -> Vec<MailboxEntry> {
    let mut mails = get(&format!("{}/mailbox.json", stage.base_url()), &[]).json::<Mailbox>().mails;
    assert!(mails.windows(2).all(|two| two[0].number > two[1].number), "newest first");
    mails.retain(|mail| mail.to == "you@example.com");
    mails
}

fn add_samples(stage: &Stage, language: &str, headers: &[(&str, &str)]) -> Answer {
    let form = [("Origin", stage.base_url()), ("Content-Type", "application/x-www-form-urlencoded")];
    let headers = [&form, headers].concat();
    post(&format!("{}/mailbox", stage.base_url()), &headers, &format!("language={language}"))
}

fn samples(stage: &Stage) {
    assert_eq!(add_samples(stage, "ar", &[]).status, 303);
    let mails = samples_of(stage);
    assert!(mails[0].html.contains("dir=\"rtl\""), "{}", mails[0].subject);
    assert_eq!(add_samples(stage, "xx", &[]).code(), Code::BadField);
    let headers = [("Origin", "https://evil.example")];
    let foreign = post(&format!("{}/mailbox", stage.base_url()), &headers, "language=en");
    assert_eq!((foreign.status, foreign.code()), (403, Code::Forbidden));
    assert_eq!(samples_of(stage).len(), mails.len());
}

fn poisoned_hosts(stage: &Stage) {
    let poisoned = [
        ("X-Forwarded-Host", "evil.example"),
        ("Forwarded", "host=evil.example"),
        ("X-Original-Host", "evil.example"),
        ("X-Host", "evil.example"),
        ("X-Forwarded-Proto", "gopher"),
    ];
    assert_eq!(add_samples(stage, "en", &poisoned).status, 303);
    let mails = samples_of(stage);
    let start = format!("{}/inbox/reset#", stage.base_url());
    assert!(mails.iter().any(|mail| mail.text.contains(&start) && mail.html.contains(&start)));
    for mail in mails {
        assert!(!mail.text.contains("evil") && !mail.html.contains("evil"), "{}", mail.subject);
    }
}

fn no_mailbox(_: &Stage) {
    let other = Stage::start_bare("no-mailbox", OTHER_PORT);
    let absent = get(&format!("{}/nothing", other.base_url()), &[]);
    for path in ["/mailbox", "/mailbox?mail=1", "/mailbox.json"] {
        let answer = get(&format!("{}{path}", other.base_url()), &[]);
        assert_eq!((answer.status, &answer.body), (404, &absent.body), "{path}");
    }
    assert_eq!(add_samples(&other, "en", &[]).body, absent.body);
}

fn policy(stage: &Stage) {
    let page = get(&format!("{}/mailbox", stage.base_url()), &[]);
    assert_eq!((page.status, page.header("cache-control")), (200, Some("no-store")));
    let policy = page.header("content-security-policy").expect("a policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'"), "{policy}");
    assert!(!policy.contains("script-src") && !page.body.contains("<script"));
}

fn other_hosts(stage: &Stage) {
    let port = stage.port();
    let ask = |path: &str, host: &str| get(&format!("http://127.0.0.1:{port}{path}"), &[("Host", host)]);
    for host in ["evil.example", "localhost.evil.example", "evil.example:80", "10.0.0.1"] {
        for path in ["/inbox/", "/api/account/me", "/widget.js", "/mailbox.json", "/nothing"] {
            let answer = ask(path, host);
            assert_eq!((answer.status, answer.code()), (421, Code::NotFound), "{host} {path}");
        }
        assert_eq!(ask("/healthz", host).status, 200, "{host}");
    }
    for host in ["localhost", "localhost:1", "127.0.0.1"] {
        assert_eq!(ask("/inbox/", host).status, 200, "{host}");
    }
}
