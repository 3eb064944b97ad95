//! Where a request comes from, as far as that can be believed.

use axum::http::HeaderMap;
use domain::account::NetworkPrefix;
use worker::Env;

/// The header in which Cloudflare says it. Whoever runs the Worker behind nothing can be told anything in it.
const HEADER: &str = "cf-connecting-ip";

/// The part of the network that a request comes from; `None` unless the variable `TRUST_CF` is `1`.
pub(crate) fn prefix(env: &Env, headers: &HeaderMap) -> Option<NetworkPrefix> {
    if env.var("TRUST_CF").is_ok_and(|value| value.to_string() == "1") {
        NetworkPrefix::parse(headers.get(HEADER)?.to_str().ok()?)
    } else {
        None
    }
}
