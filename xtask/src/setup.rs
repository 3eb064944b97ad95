//! The first owner of a local server, made once and remembered beside the server's state.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::secrets::{Secrets, random_hex, write_private};

const FILE: &str = "first-owner.json";
const EMAIL: &str = "owner@example.com";

/// How the first owner signs in, and the site that was made with them.
#[derive(Clone, Serialize, Deserialize)]
pub struct SignIn {
    /// The owner's e-mail address.
    pub email: String,
    /// The password that took the place of the one the server made.
    pub password: String,
    /// The workspace's id.
    pub workspace: String,
    /// The key of the demo site, `pk_…`.
    pub site_key: String,
}

/// Returns the first owner's sign-in, after asking the server to make them if nobody did.
pub fn ensure_first_owner(base_url: &str, state_dir: &Path, secrets: &Secrets) -> Result<SignIn> {
    let file = state_dir.join(FILE);
    if let Ok(text) = std::fs::read_to_string(&file) {
        return serde_json::from_str(&text).with_context(|| format!("{} is damaged", file.display()));
    }
    let sign_in = make_first_owner(base_url, secrets)?;
    write_private(&file, &serde_json::to_string_pretty(&sign_in)?)?;
    Ok(sign_in)
}

/// Returns the tag that the owner of a site pastes into its pages.
pub fn snippet(chat_origin: &str, site_key: &str) -> String {
    format!("<script async src=\"{chat_origin}/widget.js\" data-site=\"{site_key}\"></script>")
}

fn make_first_owner(base_url: &str, secrets: &Secrets) -> Result<SignIn> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .timeout_global(Some(Duration::from_secs(60)))
        .http_status_as_error(false)
        .build()
        .into();
    let mut answer = agent
        .post(format!("{base_url}/api/setup"))
        .header("Authorization", format!("Bearer {}", secrets.setup_token))
        .send_json(json!({
            "email": EMAIL,
            "workspace": "Fernwood",
            "site_name": "Fernwood",
            "allowed_origins": [],
            "allow_localhost": true,
        }))
        .context("the server does not answer the first set-up")?;
    match answer.status().as_u16() {
        201 => {
            let made = answer.body_mut().read_json();
            let made: SignIn = made.context("the server's answer to the first set-up is not understood")?;
            choose_password(&agent, base_url, made)
        }
        409 => bail!("the server has a first owner but {FILE} is gone: start again with --fresh"),
        status => {
            let text = answer.body_mut().read_to_string().unwrap_or_default();
            bail!("the server refused the first set-up with {status} {text}")
        }
    }
}

/// The password that the server makes is good for one sign-in: another one takes its place in that session.
fn choose_password(agent: &ureq::Agent, base_url: &str, made: SignIn) -> Result<SignIn> {
    let post = |path: &str, cookie: &str, body: serde_json::Value| {
        let request = agent.post(format!("{base_url}/api/account/{path}"));
        request.header("Origin", base_url).header("Cookie", cookie).send_json(body)
    };
    let entered = post("sign-in", "", json!({ "email": made.email, "password": made.password }))
        .context("the server does not answer the first sign-in")?;
    let cookies = entered.headers().get_all("set-cookie").iter().filter_map(|cookie| cookie.to_str().ok());
    let session = cookies
        .filter_map(|cookie| cookie.split(';').next())
        .find(|cookie| cookie.starts_with("__Host-session="));
    let Some(session) = session else {
        bail!("the server refused the first sign-in with {}", entered.status())
    };
    let password = random_hex()?;
    let changed = post("password", session, json!({ "password": password }))
        .context("the server does not answer the first password")?;
    if !changed.status().is_success() {
        bail!("the server refused the first password with {}", changed.status());
    }
    Ok(SignIn { password, ..made })
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_snippet_is_one_script_tag() {
        let expected = "<script async src=\"https://chat.example/widget.js\" data-site=\"pk_1\"></script>";
        assert_eq!(super::snippet("https://chat.example", "pk_1"), expected);
    }
}
