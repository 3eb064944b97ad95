//! Debian's XMPP servers, spoken to over WebSocket (RFC 7395), with their archives (XEP-0313) in SQLite.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use xtask::prepare::Node;
use xtask::project::{Project, find_on_path};

use super::Running;
use super::child::Child;
use crate::seat::{Chat, Seat, Side, Tongue, Word, text};
use crate::wire::Wire;

/// Accounts that are made where a server wants them made: more than conversations are ever opened.
const ACCOUNTS: usize = 2_000;

const PASSWORD: &str = "secret";

/// An XMPP server.
pub(crate) struct Xmpp {
    child: Child,
    port: u16,
    path: &'static str,
}

impl Xmpp {
    /// Starts ejabberd, which takes everybody in.
    pub(crate) fn ejabberd(port: u16, data: &Path) -> Self {
        let control = find_on_path("ejabberdctl").expect("the Debian package ejabberd is installed");
        let configuration = configure(include_str!("../rivals/ejabberd.yml"), "ejabberd.yml", port, data);
        let mut command = Command::new("erl");
        command.arg("-noinput").args(["-mnesia", "dir"]);
        command.arg(format!("\"{}\"", data.join("mnesia").display())).args(["-s", "ejabberd"]);
        command.env("EJABBERD_CONFIG_PATH", configuration);
        command.env("ERL_LIBS", libraries(&control));
        command.env("EJABBERD_LOG_PATH", data.join("ejabberd.log")).env("HOME", data);
        command.current_dir(data);
        Self { child: Child::start(command, port, data), port, path: "/xmpp" }
    }

    /// Starts prosody, after making accounts.
    pub(crate) fn prosody(port: u16, data: &Path) -> Self {
        let program = find_on_path("prosody").expect("the Debian package prosody is installed");
        let configuration =
            configure(include_str!("../rivals/prosody.cfg.lua"), "prosody.cfg.lua", port, data);
        let accounts = data.join("localhost/accounts");
        std::fs::create_dir_all(&accounts).expect("a directory");
        for number in 0..ACCOUNTS {
            for side in [Side::Visitor, Side::Agent] {
                let file = accounts.join(format!("{}.dat", name(side, number)));
                let account = format!("return {{ [\"password\"] = \"{PASSWORD}\"; }};\n");
                std::fs::write(file, account).expect("an account");
            }
        }
        let mut command = Command::new(program);
        command.arg("--config").arg(configuration);
        Self { child: Child::start(command, port, data), port, path: "/xmpp-websocket" }
    }
}

impl Running for Xmpp {
    fn process(&self) -> u32 {
        self.child.process()
    }

    fn open(&self, number: usize) -> (Chat, Duration) {
        let mut agent = Seat::new(Speaking::connect(self.port, self.path, Side::Agent, number));
        let first = text(Side::Visitor, 0);
        let begun = Instant::now();
        let mut visitor = Seat::new(Speaking::connect(self.port, self.path, Side::Visitor, number));
        visitor.say(&first);
        agent.expect(&first);
        (Chat::new(visitor, agent), begun.elapsed())
    }
}

/// Where ejabberd's own script looks for its libraries.
fn libraries(control: &Path) -> String {
    let script = std::fs::read_to_string(control).unwrap_or_default();
    let line = script.lines().find_map(|line| line.strip_prefix("ERL_LIBS="));
    line.expect("ejabberdctl names its libraries").trim_matches('\'').to_owned()
}

/// Writes a configuration, and an archive that is to be written ahead of.
fn configure(template: &str, name: &str, port: u16, data: &Path) -> PathBuf {
    let node = Node::find(&Project::find().expect("a checkout")).expect("Node is installed");
    let script = data.join("archive.mjs");
    std::fs::write(&script, ARCHIVE).expect("a file");
    let mut make = node.run(&script);
    make.env("NODE_NO_WARNINGS", "1");
    let made = make.arg(data.join("archive.sqlite")).status().expect("Node starts");
    assert!(made.success(), "no archive was made");
    let text = template.replace("{port}", &port.to_string()).replace("{data}", &data.display().to_string());
    let file = data.join(name);
    std::fs::write(&file, text).expect("a configuration");
    file
}

/// Makes an empty database that keeps a write-ahead log, whoever opens it.
const ARCHIVE: &str = "import { DatabaseSync } from 'node:sqlite';\n\
    new DatabaseSync(process.argv[2]).exec('PRAGMA journal_mode = WAL');\n";

fn name(side: Side, number: usize) -> String {
    match side {
        Side::Visitor => format!("v{number}"),
        Side::Agent => format!("a{number}"),
    }
}

struct Speaking {
    wire: Wire,
    other: String,
}

impl Speaking {
    fn connect(port: u16, path: &str, side: Side, number: usize) -> Self {
        const OPEN: &str = "<open xmlns='urn:ietf:params:xml:ns:xmpp-framing' to='localhost' version='1.0'/>";
        let mut wire = Wire::open(port, path, Some("xmpp"));
        let credential = STANDARD.encode(format!("\0{}\0{PASSWORD}", name(side, number)));
        wire.send(OPEN.to_owned());
        until(&mut wire, "features");
        wire.send(format!(
            "<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='PLAIN'>{credential}</auth>"
        ));
        until(&mut wire, "<success");
        wire.send(OPEN.to_owned());
        until(&mut wire, "features");
        wire.send(
            "<iq xmlns='jabber:client' type='set' id='bind'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>"
                .to_owned(),
        );
        until(&mut wire, "<jid>");
        wire.send("<presence xmlns='jabber:client'/>".to_owned());
        until(&mut wire, "<presence");
        let other = match side {
            Side::Visitor => name(Side::Agent, number),
            Side::Agent => name(Side::Visitor, number),
        };
        Self { wire, other }
    }
}

impl Tongue for Speaking {
    fn say(&mut self, text: &str) {
        let other = &self.other;
        self.wire.send(format!(
            "<message xmlns='jabber:client' type='chat' to='{other}@localhost'><body>{text}</body></message>"
        ));
    }

    fn tell_read(&mut self) {}

    fn listen(&mut self) -> Vec<Word> {
        let stanza = self.wire.receive();
        assert!(!stanza.contains("type='error'"), "refused: {stanza}");
        let body = stanza.split_once("<body>").and_then(|(_, rest)| rest.split_once("</body>"));
        body.map(|(text, _)| Word::Said(text.to_owned())).into_iter().collect()
    }

    fn confirms(&self) -> bool {
        false
    }
}

fn until(wire: &mut Wire, wanted: &str) {
    loop {
        let stanza = wire.receive();
        assert!(!stanza.contains("<failure"), "refused: {stanza}");
        if stanza.contains(wanted) {
            return;
        }
    }
}
