//! Pages, files and their headers.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use protocol::http::pinned::PinnedScript;
use sha2::{Digest as _, Sha384};
use tests::http::{Answer, get, post, request};
use tests::stage::PAGE_ORIGIN;
use tests::{Case, Stage};

use crate::matrix::ROUTES;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("HD1 every answer carries the headers of its class", headers_of_every_class),
    ("HD1 every route's answer carries the headers that all have, whatever it says", headers_of_every_route),
    ("HD1 every answer says what it is", content_types),
    ("HD2 the frame is framed by the site's own pages only", who_may_frame),
    ("HD3 built files are open to a frame without an origin and kept for good", built_files),
    ("AC40 a script whose hash is stated stays the same, also when a deployment has another", pinned_script),
];

const PORT: u16 = 8_937;

fn page(stage: &Stage, path: &str) -> Answer {
    get(&format!("{}{path}", stage.base_url()), &[])
}

fn headers_of_every_class(stage: &Stage) {
    let frame = format!("/widget/{}/frame", stage.site_key());
    let chat = format!("/chat/{}", stage.site_key());
    for path in [
        "/inbox/",
        "/inbox/conversations/x",
        "/widget.js",
        &frame,
        &chat,
        "/healthz",
        "/nothing",
        "/api/account/me",
    ] {
        let answer = page(stage, path);
        for (name, value) in [
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{path} {name}");
        }
        let policy = answer.header("content-security-policy").expect("a policy");
        assert!(
            policy.contains("default-src 'none'") && policy.contains("frame-ancestors "),
            "{path}: {policy}"
        );
        assert!(answer.header("cross-origin-resource-policy").is_some(), "{path}");
    }
    let inbox = page(stage, "/inbox/");
    assert_eq!(inbox.status, 200);
    let policy = inbox.header("content-security-policy").expect("a policy");
    for part in [
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval';",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ] {
        assert!(policy.contains(part), "{policy}");
    }
    assert!(!policy.contains("unsafe-inline"));
    assert_eq!(inbox.header("cross-origin-opener-policy"), Some("same-origin"));
    assert_eq!(page(stage, "/api/account/me").header("cache-control"), Some("no-store"));
}

/// Refusals, redirects and answers of every route that can be asked for, and of what is refused in front of them.
fn headers_of_every_route(stage: &Stage) {
    let nameless = |path: &str| {
        let parts = path.split('/').map(|part| if part.starts_with('{') { "x" } else { part });
        parts.collect::<Vec<_>>().join("/")
    };
    let url = |path: &str| format!("{}{path}", stage.base_url());
    let asked = ROUTES.iter().map(|route| {
        let path = nameless(route.path);
        let body = (route.method != "GET").then_some("{}");
        (format!("{} {path}", route.method), request(route.method, &url(&path), &[], body))
    });
    let others = [
        ("too large", post(&url("/api/visitor/session"), &[], &"x".repeat(20_000)), 413),
        ("another host", get(&url("/inbox/"), &[("Host", "evil.example")]), 421),
        ("no such address", page(stage, "/nothing"), 404),
        ("no key", page(stage, "/api/v1/workspace"), 401),
        ("no such operation", page(stage, "/api/v1/nothing"), 404),
    ];
    let others = others.map(|(name, answer, status)| {
        assert_eq!(answer.status, status, "{name}");
        (name.to_owned(), answer)
    });
    for (name, answer) in asked.chain(others) {
        for (header, value) in [
            ("strict-transport-security", "max-age=31536000; includeSubDomains"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
        ] {
            assert_eq!(answer.header(header), Some(value), "{name} {header}");
        }
        let policy = answer.header("content-security-policy").unwrap_or_default();
        for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors "] {
            assert!(policy.contains(part), "{name}: {policy}");
        }
        for header in ["cross-origin-resource-policy", "permissions-policy"] {
            assert!(answer.header(header).is_some(), "{name} {header}");
        }
        for tells in ["server", "x-powered-by"] {
            assert_eq!(answer.header(tells), None, "{name}");
        }
    }
}

fn content_types(stage: &Stage) {
    const HTML: &str = "text/html; charset=utf-8";
    const JSON: &str = "application/json; charset=utf-8";
    const TEXT: &str = "text/plain; charset=utf-8";
    const SCRIPT: &str = "text/javascript; charset=utf-8";
    let frame = format!("/widget/{}/frame", stage.site_key());
    let config = format!("/api/sites/{}/config", stage.site_key());
    let pinned = page(stage, "/widget.json").json::<PinnedScript>().path;
    for (path, status, kind) in [
        ("/inbox/", 200, HTML),
        ("/inbox/conversations/x", 200, HTML),
        (&frame, 200, HTML),
        ("/mailbox", 200, HTML),
        ("/mailbox.json", 200, JSON),
        ("/widget.js", 200, SCRIPT),
        (&pinned, 200, SCRIPT),
        ("/healthz", 200, TEXT),
        ("/nothing", 404, JSON),
        ("/api/account/me", 401, JSON),
        (&config, 403, JSON),
    ] {
        let answer = page(stage, path);
        assert_eq!((answer.status, answer.header("content-type")), (status, Some(kind)), "{path}");
    }
    let allowed = get(&format!("{}{config}", stage.base_url()), &[("Origin", PAGE_ORIGIN)]);
    assert_eq!((allowed.status, allowed.header("content-type")), (200, Some(JSON)));
    let url = format!("{}/api/visitor/session", stage.base_url());
    let too_large = post(&url, &[("Origin", PAGE_ORIGIN)], &"x".repeat(20_000));
    assert_eq!((too_large.status, too_large.header("content-type")), (413, Some(JSON)));
    let nothing = page(stage, "/");
    assert_eq!((nothing.status, nothing.body.as_str(), nothing.header("content-type")), (303, "", None));

    for page_of_files in ["/inbox/", &frame] {
        let text = page(stage, page_of_files).body;
        let files = text.split('"').filter(|part| part.starts_with("/build/"));
        for file in files {
            let extension = file.rsplit('.').next().unwrap_or_default();
            let kind = match extension {
                "js" => "text/javascript; charset=utf-8",
                "css" => "text/css; charset=utf-8",
                "wasm" => "application/wasm",
                "png" => "image/png",
                "webmanifest" => "application/manifest+json",
                "svg" => "image/svg+xml",
                other => panic!("{file}: which type has {other}?"),
            };
            assert_eq!(page(stage, file).header("content-type"), Some(kind), "{file}");
        }
    }
}

fn who_may_frame(stage: &Stage) {
    let answer = page(stage, &format!("/widget/{}/frame", stage.site_key()));
    assert_eq!(answer.status, 200);
    let policy = answer.header("content-security-policy").expect("a policy");
    assert!(policy.contains("frame-ancestors ") && policy.contains("http://localhost:*"), "{policy}");
    assert!(!policy.contains("frame-ancestors *"));
    let with_query =
        page(stage, &format!("/widget/{}/frame?welcome=%3Csvg%20onload%3E&color=red", stage.site_key()));
    assert_eq!(with_query.body, answer.body);
    assert_eq!(page(stage, "/widget/pk_x/frame").status, 404);
}

fn built_files(stage: &Stage) {
    let frame = page(stage, &format!("/widget/{}/frame", stage.site_key()));
    let files: Vec<_> = frame.body.split('"').filter(|part| part.starts_with("/build/")).collect();
    assert!(files.len() >= 2, "{}", frame.body);
    for file in files {
        let answer = page(stage, file);
        assert_eq!(answer.status, 200, "{file}");
        assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{file}");
        assert!(answer.header("cache-control").is_some_and(|value| value.contains("immutable")), "{file}");
    }
    for file in ["/build/inbox/index.html", "/build/widget/frame.html"] {
        let policy = page(stage, file).header("content-security-policy").unwrap_or_default().to_owned();
        assert!(policy.contains("frame-ancestors 'none'") && policy.contains("sandbox"), "{file}: {policy}");
    }
}

fn pinned_script(_: &Stage) {
    let stage = Stage::start_bare("pinned", PORT);
    let newest: PinnedScript = page(&stage, "/widget.json").json();
    let kept = stage.kept_files();
    let again: PinnedScript = page(&stage, "/widget.json").json();
    assert_eq!((&again, stage.kept_files()), (&newest, kept), "it is put aside once");
    let check = |stage: &Stage| {
        let answer = page(stage, &newest.path);
        assert_eq!(answer.status, 200);
        for (name, value) in [
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("cache-control", "public, max-age=31536000, immutable"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
        let digest = STANDARD.encode(Sha384::digest(answer.body.as_bytes()));
        assert_eq!(format!("sha384-{digest}"), newest.integrity);
        for other in ["/v/0000000000000000/widget.js", "/v/x/widget.js", "/v/..%2F..%2Fconfig/widget.js"] {
            assert_eq!(page(stage, other).status, 404, "{other}");
        }
    };
    check(&stage);
    deploy_without(&stage, &newest);
    check(&stage);
}

/// Starts the server again with all that was built but the version.
fn deploy_without(stage: &Stage, script: &PinnedScript) {
    let public = xtask::project::Project::find().expect("a checkout").path("public");
    let other = stage.state_dir().join("public");
    let name = PinnedScript::name(&script.path).expect("a version");
    stage.kill();
    for file in ["build/loader/widget.js", "build/loader/pinned.json"] {
        let to = other.join(file);
        std::fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
        std::fs::copy(public.join(file), to).expect("it is built");
    }
    assert!(public.join(format!("build/loader/pinned-{name}.js")).is_file());
    let file = stage.state_dir().join("config.capnp");
    let whole = |path: &Path| format!("disk = \"{}\"", path.display());
    let text = std::fs::read_to_string(&file).expect("a configuration");
    let changed = text.replace(&whole(&public), &whole(&other));
    assert_ne!(changed, text);
    std::fs::write(&file, changed).expect("a configuration");
    stage.launch();
}
