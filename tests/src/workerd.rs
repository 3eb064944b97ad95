//! The built Worker on bare `workerd serve`: no wrangler, no proxy in front, killed and started again at will.
//!
//! The build is copied when it is first started, so that a build that runs meanwhile changes nothing.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use xtask::process_group::ProcessGroup;
use xtask::project::Project;
use xtask::secrets::Secrets;
use xtask::server::check_port;

const START_PATIENCE: Duration = Duration::from_secs(60);
const POLL: Duration = Duration::from_millis(20);

/// The configuration, with `{port}`, `{public}`, `{objects}`, `{bucket}`, `{base_url}`, the secrets and `{vars}` to fill in. Classes
/// and dates are those of `wrangler.toml`.
const CONFIGURATION: &str = include_str!("workerd.capnp");

/// The folder of the bucket in the state directory.
pub(crate) const BUCKET: &str = "bucket";

/// What simulates the bucket, and where wrangler has it.
const SIMULATION: [(&str, &str); 4] = [
    ("bucket.js", "r2/bucket.worker.js"),
    ("bucket-entry.js", "shared/object-entry.worker.js"),
    ("bucket-shared.js", "shared/index.worker.js"),
    ("bucket-zod.js", "shared/zod.worker.js"),
];

/// A workerd with a state directory; dropping it kills the process and keeps the state.
#[derive(Debug)]
pub struct Workerd {
    program: PathBuf,
    state_dir: PathBuf,
    port: u16,
    group: Option<ProcessGroup>,
}

impl Workerd {
    /// Starts what was built last, with a configuration, secrets and further variables in the state directory. The copy
    /// of the Worker's JavaScript goes through `adapt` first: what is measured needs no hook in what is shipped.
    ///
    /// # Panics
    /// If nothing is built, or it does not start; its log is `workerd.log` in the state directory.
    #[must_use]
    pub fn start(
        port: u16,
        state_dir: &Path,
        secrets: &Secrets,
        vars: &[(&str, &str)],
        adapt: fn(&str) -> String,
    ) -> Self {
        let project = Project::find().expect("a checkout");
        let build = project.path("edge/build");
        for folder in ["objects", BUCKET] {
            std::fs::create_dir_all(state_dir.join(folder)).expect("a state directory");
        }
        for (name, source) in SIMULATION {
            let source = project.path("node_modules/miniflare/dist/src/workers").join(source);
            let prepared = "the tools are installed: run `cargo xtask prepare`";
            std::fs::copy(source, state_dir.join(name)).expect(prepared);
        }
        let built = "the Worker is built: run `cargo xtask build edge --release`";
        std::fs::copy(build.join("index_bg.wasm"), state_dir.join("index_bg.wasm")).expect(built);
        let glue = std::fs::read_to_string(build.join("index.js")).expect(built);
        std::fs::write(state_dir.join("index.js"), adapt(&glue)).expect("a state directory");
        let filled = [
            ("{port}", port.to_string()),
            ("{public}", project.path("public").display().to_string()),
            ("{objects}", state_dir.join("objects").display().to_string()),
            ("{bucket}", state_dir.join(BUCKET).display().to_string()),
            ("{base_url}", base_url(port)),
            ("{token_secret}", secrets.token_secret.clone()),
            ("{name_secret}", secrets.name_secret.clone()),
            ("{seal_secret}", secrets.seal_secret.clone()),
            ("{setup_token}", secrets.setup_token.clone()),
            ("{vars}", vars.iter().map(|(name, value)| variable(name, value)).collect()),
        ];
        let text =
            filled.iter().fold(CONFIGURATION.to_owned(), |text, (name, value)| text.replace(name, value));
        std::fs::write(state_dir.join("config.capnp"), text).expect("a configuration");
        let mut workerd =
            Self { program: program(&project), state_dir: state_dir.to_path_buf(), port, group: None };
        workerd.launch();
        workerd
    }

    /// Kills the process, as `kill -9` does.
    pub fn kill(&mut self) {
        if let Some(mut group) = self.group.take() {
            group.kill();
        }
    }

    /// Starts a process that was killed, on the same state and port, and waits until it answers, whatever it says.
    ///
    /// # Panics
    /// If it does not.
    pub fn launch(&mut self) {
        if self.group.is_some() {
            return;
        }
        check_port(self.port).expect("a free port");
        let log = File::options().create(true).append(true).open(self.log_file()).expect("a log file");
        let mut command = Command::new(&self.program);
        // For the simulated bucket only.
        command.args(["serve", "--experimental", "--verbose"]).arg(self.state_dir.join("config.capnp"));
        command.stdin(Stdio::null()).stdout(log.try_clone().expect("a log file")).stderr(log);
        self.group = Some(ProcessGroup::spawn_guarded(&mut command).expect("workerd starts"));
        self.wait_until_ready();
    }

    /// The process, if it was not killed.
    pub fn process(&mut self) -> Option<u32> {
        Some(self.group.as_mut()?.leader().id())
    }

    /// The bytes of memory that the process has at the moment, where the system tells.
    pub fn resident_bytes(&mut self) -> Option<u64> {
        self.memory("VmRSS:")
    }

    /// The most that the process has had.
    pub fn peak_bytes(&mut self) -> Option<u64> {
        self.memory("VmHWM:")
    }

    fn memory(&mut self, kind: &str) -> Option<u64> {
        let id = self.process()?;
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).ok()?;
        let line = status.lines().find_map(|line| line.strip_prefix(kind))?;
        Some(line.split_whitespace().next()?.parse::<u64>().ok()? * 1024)
    }

    fn wait_until_ready(&mut self) {
        let address = format!("{}/healthz", base_url(self.port));
        let config = ureq::Agent::config_builder().http_status_as_error(false);
        let config = config.timeout_global(Some(Duration::from_secs(3)));
        let agent: ureq::Agent = config.build().into();
        let deadline = Instant::now() + START_PATIENCE;
        while agent.get(&address).call().is_err() {
            let group = self.group.as_mut().expect("it was started");
            assert!(matches!(group.try_wait(), Ok(None)), "workerd ended: see {}", self.log_file().display());
            assert!(Instant::now() < deadline, "workerd does not answer: see {}", self.log_file().display());
            std::thread::sleep(POLL);
        }
    }

    fn log_file(&self) -> PathBuf {
        self.state_dir.join("workerd.log")
    }
}

/// A variable of the Worker as the configuration has it.
fn variable(name: &str, value: &str) -> String {
    format!("(name = \"{name}\", text = \"{value}\"),")
}

/// Where a workerd on a port is reached, without a slash at the end.
#[must_use]
pub fn base_url(port: u16) -> String {
    format!("http://localhost:{port}")
}

/// The program in the npm package of this machine's platform; `workerd/bin` has a script around it.
///
/// # Panics
/// If it is not installed.
#[must_use]
pub fn program(project: &Project) -> PathBuf {
    let folder = project.path("node_modules/@cloudflare");
    let packages = std::fs::read_dir(&folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut programs = packages
        .filter(|path| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("workerd-")))
        .map(|path| path.join("bin/workerd"));
    programs.find(|path| path.is_file()).expect("workerd is installed: run `cargo xtask prepare`")
}
