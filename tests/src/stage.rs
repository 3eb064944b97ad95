//! A server with a workspace, a site and an owner, in a state directory of its own.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard};

use protocol::SiteKey;
use xtask::secrets::Secrets;
use xtask::server::{Server, ServerOptions};
use xtask::setup::{SignIn, ensure_first_owner};

use crate::workerd::{self, Workerd};

/// The origin that the tests' visitors claim to come from; localhost is allowed in development.
pub const PAGE_ORIGIN: &str = "http://localhost:9";

/// A running server. Dropping it ends the server and removes its state.
pub struct Stage {
    machine: Mutex<Machine>,
    secrets: Secrets,
    state_dir: PathBuf,
    owner: SignIn,
    base_url: String,
    port: u16,
}

/// What a stage had stored at some moment. Dropping it removes the copy.
pub struct Moment(PathBuf);

/// What the Worker runs on.
enum Machine {
    /// As `cargo xtask dev` runs it.
    Wrangler(Box<Server>),
    /// Nothing but the runtime.
    Bare(Workerd),
}

impl Stage {
    /// Starts a server on a port and founds a workspace.
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start(name: &str, port: u16) -> Self {
        Self::start_with(name, port, &[])
    }

    /// The same with more variables for the Worker.
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start_with(name: &str, port: u16, vars: &[(&str, &str)]) -> Self {
        Self::start_by(name, port, vars, None)
    }

    /// The same with a configuration other than `wrangler.toml`.
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start_configured(name: &str, port: u16, vars: &[(&str, &str)], configuration: &Path) -> Self {
        Self::start_by(name, port, vars, Some(configuration.to_path_buf()))
    }

    fn start_by(name: &str, port: u16, vars: &[(&str, &str)], configuration: Option<PathBuf>) -> Self {
        let state_dir = state_dir(name);
        let own = ("OUTBOUND_DEVELOPER_PORT".to_owned(), developer_port(port).to_string());
        let others = vars.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let vars = std::iter::once(own).chain(others).collect();
        let options = ServerOptions { vars, configuration, ..ServerOptions::new(port, &state_dir) };
        let server = Server::start(options).expect("the server starts");
        let (base_url, secrets) = (server.base_url(), server.secrets().clone());
        Self::found(Machine::Wrangler(Box::new(server)), secrets, state_dir, base_url, port)
    }

    /// The same on bare workerd, which starts faster, costs less and can be measured.
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start_bare(name: &str, port: u16) -> Self {
        Self::start_adapted(name, port, str::to_owned)
    }

    /// The same with the Worker's JavaScript rewritten (see [`crate::adapted`]).
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start_adapted(name: &str, port: u16, adapt: fn(&str) -> String) -> Self {
        Self::start_in(state_dir(name), port, adapt)
    }

    /// The same with its state in a directory that is removed in the end.
    ///
    /// # Panics
    /// If it does not start; the log is in the directory.
    #[must_use]
    pub fn start_in(state_dir: PathBuf, port: u16, adapt: fn(&str) -> String) -> Self {
        Self::start_bare_in(state_dir, port, &[], adapt)
    }

    /// The same as [`Self::start_adapted`] with more variables for the Worker.
    ///
    /// # Panics
    /// If it does not start; the log is in the state directory.
    #[must_use]
    pub fn start_adapted_with(
        name: &str,
        port: u16,
        vars: &[(&str, &str)],
        adapt: fn(&str) -> String,
    ) -> Self {
        Self::start_bare_in(state_dir(name), port, vars, adapt)
    }

    fn start_bare_in(
        state_dir: PathBuf,
        port: u16,
        vars: &[(&str, &str)],
        adapt: fn(&str) -> String,
    ) -> Self {
        let secrets = Secrets::ensure(&state_dir.join("dev.vars")).expect("secrets");
        let workerd = Workerd::start(port, &state_dir, &secrets, vars, adapt);
        Self::found(Machine::Bare(workerd), secrets, state_dir, workerd::base_url(port), port)
    }

    fn found(machine: Machine, secrets: Secrets, state_dir: PathBuf, base_url: String, port: u16) -> Self {
        let owner = ensure_first_owner(&base_url, &state_dir, &secrets).expect("a workspace is founded");
        Self { machine: Mutex::new(machine), secrets, state_dir, owner, base_url, port }
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

    /// The one port of this machine that a server started by [`Self::start`] may ask for pages.
    #[must_use]
    pub const fn developer_port(&self) -> u16 {
        developer_port(self.port)
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
        self.secrets.setup_token.clone()
    }

    /// Ends the server at once, as a crash would.
    pub fn kill(&self) {
        match &mut *self.machine() {
            Machine::Wrangler(server) => server.kill(),
            Machine::Bare(workerd) => workerd.kill(),
        }
    }

    /// Starts the server again on the same state.
    ///
    /// # Panics
    /// If it does not start.
    pub fn launch(&self) {
        match &mut *self.machine() {
            Machine::Wrangler(server) => server.launch().expect("the server starts again"),
            Machine::Bare(workerd) => workerd.launch(),
        }
    }

    /// The directory of the server's state.
    #[must_use]
    pub fn state_dir(&self) -> &Path {
        &self.state_dir
    }

    /// The process of a bare workerd that runs.
    #[must_use]
    pub fn process(&self) -> Option<u32> {
        match &mut *self.machine() {
            Machine::Wrangler(_) => None,
            Machine::Bare(workerd) => workerd.process(),
        }
    }

    /// Copies what is stored; the server is killed and started again for it.
    ///
    /// # Panics
    /// If the copy cannot be made, or the server does not start.
    #[must_use]
    pub fn remember(&self) -> Moment {
        let moment = Moment(self.state_dir.with_extension("moment"));
        self.kill();
        copy_folder(&self.state_dir, &moment.0).expect("the state is copied");
        self.launch();
        moment
    }

    /// Restores what was stored at a moment, as from a backup: under the same epochs.
    ///
    /// # Panics
    /// If it cannot be restored, or the server does not start.
    pub fn put_back(&self, moment: &Moment) {
        self.kill();
        std::fs::remove_dir_all(&self.state_dir).expect("the state is removed");
        copy_folder(&moment.0, &self.state_dir).expect("the state is restored");
        self.launch();
    }

    /// The bytes of memory of a bare workerd, where the system tells.
    #[must_use]
    pub fn resident_bytes(&self) -> Option<u64> {
        match &mut *self.machine() {
            Machine::Wrangler(_) => None,
            Machine::Bare(workerd) => workerd.resident_bytes(),
        }
    }

    /// The most bytes of memory that a bare workerd has had, where the system tells.
    #[must_use]
    pub fn peak_bytes(&self) -> Option<u64> {
        match &mut *self.machine() {
            Machine::Wrangler(_) => None,
            Machine::Bare(workerd) => workerd.peak_bytes(),
        }
    }

    /// How many files are kept in the bucket, those among them that nobody knows of.
    #[must_use]
    pub fn kept_files(&self) -> usize {
        fn count(folder: &Path, is_bucket: bool) -> usize {
            let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
            let counts = entries.map(|entry| match entry.path() {
                path if path.is_dir() => count(&path, is_bucket || path.ends_with("blobs")),
                _ => usize::from(is_bucket),
            });
            counts.sum()
        }
        count(&self.state_dir, false)
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

impl Drop for Moment {
    fn drop(&mut self) {
        // A leftover in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.kill();
        // A leftover in the temporary directory harms nobody.
        let _ = std::fs::remove_dir_all(&self.state_dir);
    }
}

/// The one port of this machine that a server on a port may ask: as in `cargo xtask dev`, whose demo shop is there.
#[must_use]
pub const fn developer_port(port: u16) -> u16 {
    port + 1
}

fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            std::fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

fn state_dir(name: &str) -> PathBuf {
    std::env::temp_dir().join(format!("porchlight-{name}-{}", std::process::id()))
}
