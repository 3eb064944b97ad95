//! What the deployment is told from outside.

use domain::sealing::Sealing;
use mail::BaseUrl;
use protocol::Code;
use worker::{Env, console_error};

/// Addresses and secrets of this deployment.
#[derive(Clone)]
pub(crate) struct Config {
    /// Where this Worker is reached, without a slash at the end; all absolute links start with it.
    pub(crate) base_url: String,
    /// Under which credentials are signed.
    pub(crate) token_secret: Vec<u8>,
    /// Under which objects are named that must not tell what they are named after. It stays for good.
    pub(crate) name_secret: Vec<u8>,
    /// What an operator shows to found a workspace.
    pub(crate) setup_token: Vec<u8>,
}

impl Config {
    /// Reads the configuration. Without a base address or a secret of 32 characters nothing is served.
    pub(crate) fn read(env: &Env) -> Result<Self, Code> {
        Ok(Self {
            base_url: base_url(env)?.as_str().to_owned(),
            token_secret: secret(env, "TOKEN_SECRET")?,
            name_secret: name_secret(env)?,
            setup_token: secret(env, "SETUP_TOKEN")?,
        })
    }

    /// The base address for sockets.
    pub(crate) fn socket_url(&self) -> String {
        match self.base_url.strip_prefix("http") {
            Some(rest) => format!("ws{rest}"),
            None => self.base_url.clone(),
        }
    }
}

/// Whether anybody may make an account, or only who was invited (variable `SIGN_UP`: `open`, which is meant without it, or
/// `invitation`).
pub(crate) fn sign_up_is_open(env: &Env) -> bool {
    env.var("SIGN_UP").map_or(true, |value| value.to_string() == "open")
}

/// Milliseconds after which what waits with an agent who is not there is given to others (variable `RESCUE_AFTER`, in
/// seconds); as usual, without it.
pub(crate) fn rescue_after(env: &Env) -> Option<u64> {
    let seconds: u32 = env.var("RESCUE_AFTER").ok()?.to_string().parse().ok()?;
    Some(u64::from(seconds).saturating_mul(1_000))
}

/// Where this Worker is reached: a scheme, a host and perhaps a port.
pub(crate) fn base_url(env: &Env) -> Result<BaseUrl, Code> {
    let text = env.var("PUBLIC_BASE_URL").map(|text| text.to_string()).unwrap_or_default();
    BaseUrl::parse(&text).ok_or_else(|| missing("PUBLIC_BASE_URL"))
}

/// The secret under which credentials are signed.
pub(crate) fn token_secret(env: &Env) -> Result<Vec<u8>, Code> {
    secret(env, "TOKEN_SECRET")
}

/// The secret under which objects are named.
pub(crate) fn name_secret(env: &Env) -> Result<Vec<u8>, Code> {
    secret(env, "NAME_SECRET")
}

/// The secrets under which others are sealed: `SEAL_SECRET`, and `SEAL_SECRET_BEFORE` while it is being replaced.
pub(crate) fn sealing(env: &Env) -> Result<Sealing, Code> {
    let before = match env.secret("SEAL_SECRET_BEFORE") {
        Ok(_) => Some(secret(env, "SEAL_SECRET_BEFORE")?),
        Err(_) => None,
    };
    Ok(Sealing::new(&secret(env, "SEAL_SECRET")?, before.as_deref()))
}

fn secret(env: &Env, name: &str) -> Result<Vec<u8>, Code> {
    match env.secret(name) {
        Ok(secret) if secret.to_string().len() >= 32 => Ok(secret.to_string().into_bytes()),
        Ok(_) | Err(_) => Err(missing(name)),
    }
}

fn missing(name: &str) -> Code {
    console_error!("configuration is missing, too short or wrong: {}", name);
    Code::Internal
}
