//! What the deployment is told from outside.

use protocol::Code;
use worker::{Env, console_error};

/// Addresses and secrets of this deployment.
#[derive(Clone)]
pub(crate) struct Config {
    /// Where this Worker is reached, without a slash at the end; all absolute links start with it.
    pub(crate) base_url: String,
    /// Under which credentials are signed.
    pub(crate) token_secret: Vec<u8>,
    /// What an operator shows to found a workspace.
    pub(crate) setup_token: Vec<u8>,
}

impl Config {
    /// Reads the configuration. Without a base address or a secret of 32 characters nothing is served.
    pub(crate) fn read(env: &Env) -> Result<Self, Code> {
        let base_url =
            env.var("PUBLIC_BASE_URL").map(|text| text.to_string().trim_end_matches('/').to_owned());
        let Ok(base_url) = base_url else {
            return Err(missing("PUBLIC_BASE_URL"));
        };
        Ok(Self {
            base_url,
            token_secret: secret(env, "TOKEN_SECRET")?,
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

/// The secret under which credentials are signed.
pub(crate) fn token_secret(env: &Env) -> Result<Vec<u8>, Code> {
    secret(env, "TOKEN_SECRET")
}

fn secret(env: &Env, name: &str) -> Result<Vec<u8>, Code> {
    match env.secret(name) {
        Ok(secret) if secret.to_string().len() >= 32 => Ok(secret.to_string().into_bytes()),
        Ok(_) | Err(_) => Err(missing(name)),
    }
}

fn missing(name: &str) -> Code {
    console_error!("configuration is missing or too short: {}", name);
    Code::Internal
}
