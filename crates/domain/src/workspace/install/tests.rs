//! Pages as they are found in the wild, and what is said of them.

use protocol::http::SiteConfig;
use protocol::http::site::IdentityMode;
use protocol::{SiteKeyId, WorkspaceId};

use super::*;

const HERE: &str = "https://chat.example";

fn key(of: u8) -> SiteKey {
    SiteKey { workspace: WorkspaceId::from_bytes([1; 16]), key: SiteKeyId::from_bytes([of; 16]) }
}

fn settings() -> SiteSettings {
    SiteSettings {
        config: SiteConfig { name: String::new(), accent: String::new(), greeting: String::new() },
        allowed_origins: vec!["https://shop.example".to_owned(), "https://*.shop.example".to_owned()],
        allow_localhost: false,
        identity: IdentityMode::Off,
        look: protocol::http::look::Look::default(),
    }
}

fn tag(of: u8) -> String {
    format!("<script async src=\"{HERE}/widget.js\" data-site=\"{}\"></script>", key(of))
}

fn check(name: &str, page: Delivered<'_>, expected: InstallFinding) {
    let keys = [key(2), key(3)];
    let tag = SiteTag { base_url: HERE, keys: &keys, settings: &settings() };
    assert_eq!(find_tag(page, tag), expected, "{name}");
}

fn page(body: &str) -> Delivered<'_> {
    Delivered {
        address: "https://shop.example/ferns",
        status: 200,
        content_type: "text/html; charset=utf-8",
        policies: &[],
        body: body.as_bytes(),
    }
}

#[test]
fn si6_a_tag_is_found_however_it_is_written() {
    let ours = key(2).to_string();
    let good = [
        ("as we give it", tag(2)),
        ("with the key before the newest", tag(3)),
        ("between others", format!("<script src=/a.js></script>{}<script>x()</script>", tag(2))),
        ("beside one of another site", format!("{}{}", tag(9), tag(2))),
        ("single quotes", format!("<script src='{HERE}/widget.js' data-site='{ours}'></script>")),
        ("no quotes", format!("<script src={HERE}/widget.js data-site={ours}></script>")),
        (
            "other order and case",
            format!("<SCRIPT DATA-SITE=\"{ours}\"\n SRC = \"{HERE}/widget.js\" defer/></SCRIPT>"),
        ),
        ("of the page's scheme", format!("<script src=\"//chat.example/widget.js\" data-site=\"{ours}\">")),
        ("with a query", format!("<script src=\"{HERE}/widget.js?v=1\" data-site=\"{ours}\">")),
        (
            "of a version that states its hash (AC40)",
            format!(
                "<script async src=\"{HERE}/v/0123456789abcdef/widget.js\" integrity=\"sha384-x\" crossorigin data-site=\"{ours}\">"
            ),
        ),
        ("never closed", format!("<html><body><script src=\"{HERE}/widget.js\" data-site=\"{ours}\"")),
        ("after broken markup", format!("<<<p =x=y z\"><!><div / <3 </ ></p>{}", tag(2))),
        (
            "made by a script",
            format!(
                "<script>var s=document.createElement('script');s.src='{HERE}/widget.js';s.dataset.site='{ours}';</script>"
            ),
        ),
    ];
    for (name, body) in good {
        check(name, page(&body), InstallFinding::Good);
    }
}

#[test]
fn si6_what_a_browser_would_not_run_is_no_tag() {
    let none = [
        ("nothing", String::new()),
        (
            "another script",
            "<script src=\"https://other.example/widget.js\" data-site=\"x\"></script>".to_owned(),
        ),
        ("a comment", format!("<!-- {} -->", tag(2))),
        ("an open comment", format!("<!-- {}", tag(2))),
        ("a text field", format!("<textarea>{}</textarea>", tag(2))),
        ("without scripts only", format!("<noscript>{}</noscript>", tag(2))),
        ("shown as text", tag(2).replace('<', "&lt;")),
        ("no version", tag(2).replace("/widget.js", "/v/x/widget.js")),
        ("another path", tag(2).replace("/widget.js", "/other.js")),
        ("another host", tag(2).replace("chat.example", "chat.example.evil.io")),
        ("beyond what is read", format!("{}{}", " ".repeat(PAGE_BYTES), tag(2))),
    ];
    for (name, body) in none {
        check(name, page(&body), InstallFinding::NoTag);
    }
    check("another site", page(&tag(9)), InstallFinding::OtherSite);
    check("no key", page(&format!("<script src={HERE}/widget.js></script>")), InstallFinding::OtherSite);
}

#[test]
fn si6_what_is_no_page_is_none() {
    let body = tag(2);
    for status in [0, 199, 301, 403, 404, 500] {
        check("status", Delivered { status, ..page(&body) }, InstallFinding::NoPage);
    }
    for content_type in ["", "text/plain", "application/json", "image/png"] {
        check("kind", Delivered { content_type, ..page(&body) }, InstallFinding::NoPage);
    }
    for address in ["", "ftp://shop.example", "nonsense"] {
        check("address", Delivered { address, ..page(&body) }, InstallFinding::NoPage);
    }
}

#[test]
fn si6_the_origin_that_the_page_was_found_at_counts() {
    let body = tag(2);
    for (address, expected) in [
        ("https://www.shop.example/", InstallFinding::Good),
        ("https://shop.example:8443/", InstallFinding::OriginNotAllowed),
        ("http://shop.example/", InstallFinding::OriginNotAllowed),
        ("https://evil.example/", InstallFinding::OriginNotAllowed),
    ] {
        check(address, Delivered { address, ..page(&body) }, expected);
    }
}

#[test]
fn si6_a_policy_that_stops_the_script_its_requests_or_its_frame_is_told() {
    let all =
        "script-src https://chat.example; connect-src https://chat.example; frame-src https://chat.example";
    let cases = [
        (all, true),
        ("default-src 'self' chat.example", true),
        ("default-src https:", true),
        ("default-src *", true),
        ("default-src http://*.example", true),
        ("DEFAULT-SRC https://chat.example:443/", true),
        ("script-src https://chat.example/widget.js", true),
        ("connect-src https://chat.example/api/; frame-src https://chat.example/widget/", true),
        ("img-src 'none'; frame-ancestors 'none'", true),
        ("", true),
        ("default-src 'self'", false),
        ("default-src 'none'", false),
        ("script-src 'self'", false),
        ("connect-src 'self'", false),
        ("frame-src 'none'", false),
        ("child-src 'none'", false),
        ("child-src 'none'; frame-src https://chat.example", true),
        ("script-src https://chat.example; script-src-elem 'self'", false),
        ("script-src https://chat.example 'strict-dynamic' 'nonce-abc'", false),
        ("script-src https://chat.example:8443", false),
        ("script-src *.chat.example", false),
        ("script-src https://chat.example/other/", false),
    ];
    let body = tag(2);
    for (policy, is_good) in cases {
        let expected = if is_good { InstallFinding::Good } else { InstallFinding::BlockedByPolicy };
        let policies = [policy.to_owned()];
        check(policy, Delivered { policies: &policies, ..page(&body) }, expected);
        let in_page = format!("<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">{body}");
        check(policy, page(&in_page), expected);
    }
    let both = [all.to_owned(), "default-src 'self'".to_owned()];
    check("all policies hold", Delivered { policies: &both, ..page(&body) }, InstallFinding::BlockedByPolicy);
    let joined = [format!("{all}, default-src 'self'")];
    check(
        "two in one header",
        Delivered { policies: &joined, ..page(&body) },
        InstallFinding::BlockedByPolicy,
    );
    let nonced = body.replace("<script", "<script nonce=\"abc\"");
    let strict = ["script-src 'strict-dynamic' 'nonce-abc'".to_owned()];
    check("the tag has the nonce", Delivered { policies: &strict, ..page(&nonced) }, InstallFinding::Good);
}

#[test]
fn si6_no_page_makes_it_fail() {
    let pieces = [
        "<", "<script", "<!--", "-->", " src=", "\"", "'", ">", "/", "=", "é", "\0", "</script", "<meta",
        "\u{fffd}",
    ];
    for first in pieces {
        for second in pieces {
            for third in pieces {
                let body = [first, second, third, first].concat();
                check("pieces", page(&body), InstallFinding::NoTag);
            }
        }
    }
    let bytes: Vec<u8> = (0..=255).cycle().take(70_000).collect();
    check("bytes", Delivered { body: &bytes, ..page("") }, InstallFinding::NoTag);
    for piece in pieces {
        check("long", page(&piece.repeat(20_000)), InstallFinding::NoTag);
    }
}
