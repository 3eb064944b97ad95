//! `cargo xtask dev`: everything on this machine, rebuilt on change, until Ctrl-C.

mod watch;

use std::collections::BTreeSet;
use std::io::{BufRead, IsTerminal, Write};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use serde_json::json;

use crate::build::{Mode, Part, build};
use crate::console;
use crate::demo_site::DemoSite;
use crate::interrupt;
use crate::prepare::{Needs, Tools, prepare};
use crate::project::Project;
use crate::server::{Server, ServerOptions, check_port};
use crate::setup::{self, SignIn};
use watch::Watcher;

const POLL: Duration = Duration::from_millis(250);

/// What the developer asked for.
#[derive(Debug, Clone, Copy)]
pub struct DevOptions {
    /// The port of the chat; the demo site takes the next one.
    pub port: u16,
    /// Forgets every conversation, account and site first.
    pub fresh: bool,
    /// Does so without asking.
    pub yes: bool,
    /// Builds what production would serve.
    pub release: bool,
}

/// Builds and serves until the user stops it.
pub fn dev(project: &Project, options: DevOptions) -> Result<()> {
    let Some(demo_port) = options.port.checked_add(1) else {
        bail!("port {} leaves no port for the demo site: choose a lower one", options.port);
    };
    check_port(options.port)?;
    check_port(demo_port)?;
    if options.fresh {
        wipe_state(project, options.yes)?;
    }
    let tools = prepare(project, Needs::default())?;
    let mode = if options.release { Mode::Release } else { Mode::Dev };
    let mut watcher = Watcher::new(project);
    console::heading("Building");
    build(project, &tools, mode, &Part::ALL)?;

    let state_dir = project.dev_state_dir();
    let mut server = Server::start(ServerOptions {
        secrets_file: Some(project.path(".dev.vars")),
        // The check of a site's page can reach the demo shop.
        vars: vec![("OUTBOUND_DEVELOPER_PORT".to_owned(), demo_port.to_string())],
        show_log: true,
        ..ServerOptions::new(options.port, &state_dir)
    })?;
    let base_url = server.base_url();
    let sign_in = setup::ensure_first_owner(&base_url, &state_dir, server.secrets())?;
    let roots = vec![project.path("public/demo")];
    let demo = DemoSite::start(demo_port, roots, &base_url, &sign_in.site_key)?;
    let mailbox = server.has_mailbox().then(|| format!("{base_url}/mailbox"));
    announce(&base_url, &demo.base_url(), mailbox.as_deref(), &sign_in)?;

    let outcome = serve(project, &tools, mode, &mut server, &mut watcher);
    console::say("\nStopping …");
    server.stop();
    drop(demo);
    outcome
}

/// Waits for changes and for the end.
fn serve(
    project: &Project,
    tools: &Tools,
    mode: Mode,
    server: &mut Server,
    watcher: &mut Watcher,
) -> Result<()> {
    // Parts whose build failed are built again with the next change, whatever it is.
    let mut pending = BTreeSet::new();
    while !interrupt::requested() {
        std::thread::sleep(POLL);
        if !server.is_running() {
            console::say("The local server ended by itself: starting it again");
            server.launch()?;
        }
        let changed = watcher.changed_parts();
        if changed.is_empty() {
            continue;
        }
        pending.extend(changed);
        let parts: Vec<Part> = pending.iter().copied().collect();
        let started = Instant::now();
        match build(project, tools, mode, &parts) {
            Ok(()) => {
                pending.clear();
                let length = console::duration(started.elapsed());
                console::say(format!("  {} rebuilt in {length}: reload the page", console::green("✓")));
            }
            Err(error) if error.is::<interrupt::Interrupted>() => {}
            Err(error) => {
                console::say(format!("  {} {error:#}: serving what was built before", console::red("✗")));
            }
        }
    }
    Ok(())
}

fn announce(base_url: &str, demo_url: &str, mailbox: Option<&str>, sign_in: &SignIn) -> Result<()> {
    let inbox = format!("{base_url}/inbox/");
    let demo = format!("{demo_url}/");
    let snippet = setup::snippet(base_url, &sign_in.site_key);
    console::say("");
    console::heading("Porchlight is running");
    console::say(format!("  Demo shop   {demo}"));
    console::say(format!("  Inbox       {inbox}"));
    if let Some(mailbox) = mailbox {
        console::say(format!("  Mailbox     {mailbox}   (nothing is really sent)"));
    }
    console::say(format!("  Sign in     {}   {}", sign_in.email, sign_in.password));
    console::say(format!("  Script tag  {snippet}"));
    console::say("  Ctrl-C stops it; changes of the sources are built and served at once.\n");
    let line = json!({
        "inbox": inbox,
        "demo": demo,
        "mailbox": mailbox,
        "snippet": snippet,
        "email": sign_in.email,
        "password": sign_in.password,
    });
    let mut stdout = std::io::stdout().lock();
    writeln!(stdout, "{line}").and_then(|()| stdout.flush()).context("stdout cannot be written")
}

fn wipe_state(project: &Project, without_asking: bool) -> Result<()> {
    let folder = project.dev_state_dir();
    if !folder.exists() {
        return Ok(());
    }
    if !without_asking {
        if !std::io::stdin().is_terminal() {
            bail!("--fresh deletes every local conversation and account: add --yes to say that you mean it");
        }
        eprint!("Delete every local conversation, account and site in {}? [y/N] ", folder.display());
        let mut answer = String::new();
        std::io::stdin().lock().read_line(&mut answer).context("the answer cannot be read")?;
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            bail!("nothing was deleted");
        }
    }
    std::fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be deleted", folder.display()))
}
