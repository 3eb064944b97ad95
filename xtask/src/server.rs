//! The Worker on this machine: `wrangler dev --local` as a child that can be killed, stopped and started again.

use std::fs::File;
use std::net::{Ipv4Addr, TcpListener};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};

use crate::interrupt;
use crate::prepare::Node;
use crate::process_group::ProcessGroup;
use crate::project::Project;
use crate::secrets::Secrets;

const START_PATIENCE: Duration = Duration::from_secs(90);
const STOP_PATIENCE: Duration = Duration::from_secs(5);
const POLL: Duration = Duration::from_millis(50);

/// Where a server listens and what it remembers.
#[derive(Debug, Clone)]
pub struct ServerOptions {
    /// The port on localhost.
    pub port: u16,
    /// The folder of its Durable Objects, its log `server.log` and, unless named otherwise, its secrets.
    pub state_dir: PathBuf,
    /// The file of its secrets, made if missing; `<state_dir>/dev.vars` if not given.
    pub secrets_file: Option<PathBuf>,
    /// More variables for the Worker, as name and value.
    pub vars: Vec<(String, String)>,
    /// The configuration for wrangler, if it is not the checkout's `wrangler.toml`.
    pub configuration: Option<PathBuf>,
    /// Shows warnings and errors on stderr; everything goes to `<state_dir>/server.log` otherwise.
    pub show_log: bool,
}

impl ServerOptions {
    /// Returns options for a quiet server with its own secrets.
    pub fn new(port: u16, state_dir: impl Into<PathBuf>) -> Self {
        Self {
            port,
            state_dir: state_dir.into(),
            secrets_file: None,
            vars: Vec::new(),
            configuration: None,
            show_log: false,
        }
    }
}

/// A running local server; dropping it kills it and everything it started.
pub struct Server {
    project: Project,
    node: Node,
    options: ServerOptions,
    secrets: Secrets,
    group: Option<ProcessGroup>,
}

impl Server {
    /// Starts what was built last and returns when it answers.
    pub fn start(options: ServerOptions) -> Result<Self> {
        let project = Project::find()?;
        if !project.path("edge/build/index.js").is_file() {
            bail!("the Worker is not built: run `cargo xtask build`");
        }
        let node = Node::find(&project)?;
        let secrets = Secrets::ensure(&secrets_file(&options))?;
        let mut server = Self { project, node, options, secrets, group: None };
        server.launch()?;
        Ok(server)
    }

    /// Returns the address, without a slash at the end.
    pub fn base_url(&self) -> String {
        format!("http://localhost:{}", self.options.port)
    }

    /// Returns the secrets the Worker runs with.
    pub fn secrets(&self) -> &Secrets {
        &self.secrets
    }

    /// Returns the options it was started with.
    pub fn options(&self) -> &ServerOptions {
        &self.options
    }

    /// Says whether mails stay here, on a page of the server: unless the file of its secrets has a `MAIL` line.
    pub fn has_mailbox(&self) -> bool {
        let file = std::fs::read_to_string(secrets_file(&self.options)).unwrap_or_default();
        !file.lines().any(|line| line.starts_with("MAIL="))
    }

    /// Says whether the process is there.
    pub fn is_running(&mut self) -> bool {
        self.group.as_mut().is_some_and(|group| matches!(group.try_wait(), Ok(None)))
    }

    /// Kills every process of the server at once, as `kill -9` does.
    pub fn kill(&mut self) {
        if let Some(mut group) = self.group.take() {
            group.kill();
        }
    }

    /// Lets the server end by itself, and kills it if it does not.
    pub fn stop(&mut self) {
        if let Some(mut group) = self.group.take() {
            group.stop(STOP_PATIENCE);
        }
    }

    /// Kills the server and starts it again on the same state and port.
    pub fn restart(&mut self) -> Result<()> {
        self.kill();
        self.launch()
    }

    /// Starts a server that was killed or stopped, on the same state and port.
    pub fn launch(&mut self) -> Result<()> {
        if self.is_running() {
            return Ok(());
        }
        check_port(self.options.port)?;
        std::fs::create_dir_all(&self.options.state_dir)
            .with_context(|| format!("{} cannot be made", self.options.state_dir.display()))?;
        let mut command = self.command()?;
        self.group = Some(ProcessGroup::spawn_guarded(&mut command)?);
        let ready = self.wait_until_ready();
        if ready.is_err() {
            self.kill();
        }
        ready
    }

    fn command(&self) -> Result<Command> {
        let options = &self.options;
        let mut command = self.node.script("wrangler/bin/wrangler.js");
        command.current_dir(&self.project.root);
        command.args(["dev", "--local", "--ip", "127.0.0.1", "--port", &options.port.to_string()]);
        command.args(["--inspector-port", "0", "--show-interactive-dev-session", "false"]);
        command.args(["--log-level", if options.show_log { "warn" } else { "log" }]);
        command.arg("--persist-to").arg(&options.state_dir);
        command.arg("--env-file").arg(secrets_file(options));
        command.arg("--var").arg(format!("PUBLIC_BASE_URL:{}", self.base_url()));
        if self.has_mailbox() {
            command.args(["--var", "MAIL:mailbox"]);
        }
        if let Some(configuration) = &options.configuration {
            command.arg("--config").arg(configuration);
        }
        for (name, value) in &options.vars {
            command.arg("--var").arg(format!("{name}:{value}"));
        }
        command.env("CI", "1").env("WRANGLER_SEND_METRICS", "false").env("WRANGLER_WRITE_LOGS", "false");
        command.env("CLOUDFLARE_CF_FETCH_ENABLED", "false").env("WRANGLER_HIDE_BANNER", "true");
        command.env("WRANGLER_REGISTRY_PATH", options.state_dir.join("registry"));
        command.stdin(Stdio::null());
        if options.show_log {
            // Stdout of this program belongs to other programs.
            command.stdout(std::io::stderr()).stderr(Stdio::inherit());
        } else {
            let log = File::options().create(true).append(true).open(self.log_file())?;
            command.stdout(log.try_clone()?).stderr(log);
        }
        Ok(command)
    }

    fn wait_until_ready(&mut self) -> Result<()> {
        let address = format!("{}/healthz", self.base_url());
        let agent: ureq::Agent =
            ureq::Agent::config_builder().timeout_global(Some(Duration::from_secs(3))).build().into();
        let deadline = Instant::now() + START_PATIENCE;
        while Instant::now() < deadline {
            interrupt::check()?;
            if agent.get(&address).call().is_ok() {
                return Ok(());
            }
            if !self.is_running() {
                bail!("the local server ended while it started{}", self.log_tail());
            }
            std::thread::sleep(POLL);
        }
        bail!("the local server does not answer at {address}{}", self.log_tail())
    }

    fn log_file(&self) -> PathBuf {
        self.options.state_dir.join("server.log")
    }

    fn log_tail(&self) -> String {
        if self.options.show_log {
            return String::new();
        }
        let log = std::fs::read_to_string(self.log_file()).unwrap_or_default();
        let lines: Vec<&str> = log.lines().collect();
        let tail = lines[lines.len().saturating_sub(30)..].join("\n");
        format!("; the end of its log:\n{tail}")
    }
}

/// Returns an error that names the port if another program listens on it.
pub fn check_port(port: u16) -> Result<()> {
    if TcpListener::bind((Ipv4Addr::LOCALHOST, port)).is_err() {
        bail!("port {port} is in use: end the program that listens there, or choose another with --port");
    }
    Ok(())
}

fn secrets_file(options: &ServerOptions) -> PathBuf {
    options.secrets_file.clone().unwrap_or_else(|| options.state_dir.join("dev.vars"))
}
