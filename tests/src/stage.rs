//! A server with a workspace, a site and an owner, in a state directory of its own.

use std::path::PathBuf;
use std::sync::{Mutex, MutexGuard};

use protocol::SiteKey;
use xtask::server::{Server, ServerOptions};
use xtask::setup::{SignIn, ensure_first_owner};

/// The origin that the tests' visitors claim to come from; localhost is allowed in development.
pub const PAGE_ORIGIN: &str = "http://localhost:9";

/// A running server. Dropping it ends the server and removes its state.
pub struct Stage {
    server: Mutex<Server>,
    state_dir: PathBuf,
    owner: SignIn,
    base_url: String,
    port: u16,
}

impl Stage {
    /// Starts a server on a port and founds a workspace.
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start(name: &str, port: u16) -> Self {
        let state_dir = std::env::temp_dir().join(format!("porchlight-{name}-{}", std::process::id()));
        let server = Server::start(ServerOptions::new(port, &state_dir)).expect("the server starts");
        let base_url = server.base_url();
        let owner =
            ensure_first_owner(&base_url, &state_dir, server.secrets()).expect("a workspace is founded");
        Self { server: Mutex::new(server), state_dir, owner, base_url, port }
    }

    /// Where the server is reached.
    #[must_use]
    pub fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The port it listens on.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// The owner's sign-in and the key of the first site.
    #[must_use]
    pub const fn owner(&self) -> &SignIn {
        &self.owner
    }

    /// The key of the first site.
    ///
    /// # Panics
    /// If it cannot be read.
    #[must_use]
    pub fn site_key(&self) -> SiteKey {
        self.owner.site_key.parse().expect("the setup answers a site key")
    }

    /// The token that founds workspaces.
    #[must_use]
    pub fn setup_token(&self) -> String {
        self.server().secrets().setup_token.clone()
    }

    /// Ends the server at once, as a crash would.
    pub fn kill(&self) {
        self.server().kill();
    }

    /// Starts the server again on the same state.
    ///
    /// # Panics
    /// If it does not start.
    pub fn launch(&self) {
        self.server().launch().expect("the server starts again");
    }

    fn server(&self) -> MutexGuard<'_, Server> {
        self.server.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.kill();
        // A leftover in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.state_dir);
    }
}
