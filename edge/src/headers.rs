//! Security headers, one set for each class of answer.

use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use protocol::http::site::SiteSettings;

use crate::config::Config;

/// What an answer that is no page may load: nothing, in nobody's frame.
const NOTHING: &str = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";

/// What every answer carries.
pub(crate) fn secure(mut response: Response) -> Response {
    set(&mut response, header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains");
    set(&mut response, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    for (name, value) in [
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CONTENT_SECURITY_POLICY, NOTHING),
        (RESOURCE_POLICY, "same-origin"),
    ] {
        if !response.headers().contains_key(&name) {
            set(&mut response, name, value);
        }
    }
    set(&mut response, HeaderName::from_static("permissions-policy"), PERMISSIONS);
    response
}

/// The inbox: framed by nobody, runs its own files only.
pub(crate) fn inbox(mut response: Response, config: &Config) -> Response {
    let policy = format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; \
         font-src 'self'; connect-src 'self' {}; frame-src 'self'; manifest-src 'self'; object-src 'none'; \
         base-uri 'none'; form-action 'self'; \
         frame-ancestors 'none'",
        config.socket_url()
    );
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

/// The page of the API's document: it runs nothing.
pub(crate) fn manual(mut response: Response) -> Response {
    let policy =
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    set(&mut response, header::CONTENT_SECURITY_POLICY, policy);
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

/// The API's document: any page may read it, since programs that show such documents are pages.
pub(crate) fn document(mut response: Response) -> Response {
    any_origin(&mut response);
    set(&mut response, header::CONTENT_TYPE, "application/json");
    set(&mut response, RESOURCE_POLICY, "cross-origin");
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

/// The local mailbox: it and the letters in it run nothing and load nothing. Letters are styled inline, and their frame
/// has its page's policy.
pub(crate) fn mailbox(mut response: Response) -> Response {
    let policy = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; \
                  frame-ancestors 'none'";
    set(&mut response, header::CONTENT_SECURITY_POLICY, policy);
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// The page of a site's chat: the script tag as on any page, and nothing else.
pub(crate) fn chat(mut response: Response) -> Response {
    let policy = "default-src 'none'; script-src 'self'; connect-src 'self'; frame-src 'self'; img-src data:; \
                  require-trusted-types-for 'script'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    set(&mut response, header::CONTENT_SECURITY_POLICY, policy);
    set(&mut response, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

/// The page of the preview: framed by the inbox only, runs one file of ours, and asks for nothing but the panel's frame.
pub(crate) fn preview(mut response: Response, config: &Config) -> Response {
    let here = &config.base_url;
    let policy = format!(
        "default-src 'none'; script-src 'self'; frame-src {here}; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'self'"
    );
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

/// The widget's frame: framed by the site's own pages only, and by the page of its chat. It has no origin of its own, so `'self'` is spelled out.
pub(crate) fn frame(mut response: Response, config: &Config, settings: &SiteSettings) -> Response {
    let mut ancestors = settings.allowed_origins.join(" ");
    if settings.allow_localhost {
        ancestors.push_str(" http://localhost:* http://*.localhost:* http://127.0.0.1:* https://localhost:*");
    }
    let here = &config.base_url;
    let policy = format!(
        "default-src 'none'; script-src {here} 'wasm-unsafe-eval'; style-src {here}; img-src {here} data: blob:; \
         font-src {here}; connect-src {here} {}; object-src 'none'; base-uri 'none'; form-action 'none'; \
         frame-ancestors {here} {ancestors}",
        config.socket_url()
    );
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    set(&mut response, RESOURCE_POLICY, "cross-origin");
    set(&mut response, header::CACHE_CONTROL, "no-cache");
    response
}

/// The loader: any page may have it.
pub(crate) fn loader(mut response: Response) -> Response {
    any_origin(&mut response);
    set(&mut response, RESOURCE_POLICY, "cross-origin");
    set(&mut response, header::CACHE_CONTROL, "public, max-age=300");
    response
}

/// The loader as it stays for ever: any page may have it, and has to ask for it once.
pub(crate) fn pinned(mut response: Response) -> Response {
    any_origin(&mut response);
    set(&mut response, RESOURCE_POLICY, "cross-origin");
    set(&mut response, header::CACHE_CONTROL, "public, max-age=31536000, immutable");
    response
}

/// A file that somebody has sent: whatever a browser takes it for, it runs nothing and loads nothing, and is kept by nobody
/// on the way.
pub(crate) fn file(mut response: Response) -> Response {
    let policy = format!("{NOTHING}; sandbox");
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    set(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// A picture that somebody shows of themselves, or where it is: nothing runs in it, and the widget's frame, which has no
/// origin, shows it.
pub(crate) fn picture(mut response: Response, freshness: &str) -> Response {
    let policy = format!("{NOTHING}; sandbox");
    set(&mut response, header::CONTENT_SECURITY_POLICY, &policy);
    set(&mut response, RESOURCE_POLICY, "cross-origin");
    set(&mut response, header::CACHE_CONTROL, freshness);
    response
}

/// An answer for a page of one origin.
pub(crate) fn for_origin(mut response: Response, origin: &str) -> Response {
    set(&mut response, header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
    set(&mut response, header::VARY, "Origin");
    response
}

/// An answer that is another one in another language.
pub(crate) fn by_language(mut response: Response) -> Response {
    response.headers_mut().append(header::VARY, HeaderValue::from_static("Accept-Language"));
    response
}

/// A refusal that any page may read, so that its console can say why there is no chat.
pub(crate) fn for_any_origin(mut response: Response) -> Response {
    any_origin(&mut response);
    response
}

fn any_origin(response: &mut Response) {
    set(response, header::ACCESS_CONTROL_ALLOW_ORIGIN, "*");
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}
