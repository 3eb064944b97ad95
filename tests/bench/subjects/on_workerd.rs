//! Rivals on bare workerd, which send every message to both sides as it came.

use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use tests::workerd;
use xtask::project::Project;

use super::child::Child;
use super::{Running, rivals};
use crate::seat::{Chat, Seat, Side, Tongue, Word, author_of, text};
use crate::wire::Wire;

/// The bare Durable Object.
const BARE_OBJECT: &str = include_str!("../rivals/bare-object.js");

/// The configuration, with `{port}` and `{objects}` to fill in.
const CONFIGURATION: &str = include_str!("../rivals/workerd.capnp");

/// A workerd that runs a rival.
pub(crate) struct OnWorkerd {
    child: Child,
    port: u16,
}

/// Starts the bare object.
pub(crate) fn bare_object(port: u16, data: &Path) -> OnWorkerd {
    start(port, data, BARE_OBJECT)
}

/// Starts npm's partyserver, which was bundled into one file.
pub(crate) fn partyserver(port: u16, data: &Path) -> OnWorkerd {
    let bundle = rivals(&Project::find().expect("a checkout")).join("partyserver.bundle.js");
    let worker = std::fs::read_to_string(bundle).expect("npm has installed it");
    start(port, data, &worker)
}

/// Starts a Worker whose class is `Room`.
fn start(port: u16, data: &Path, worker: &str) -> OnWorkerd {
    std::fs::create_dir_all(data.join("objects")).expect("a directory");
    std::fs::write(data.join("index.js"), worker).expect("a file");
    let objects = data.join("objects").display().to_string();
    let configuration = CONFIGURATION.replace("{port}", &port.to_string()).replace("{objects}", &objects);
    std::fs::write(data.join("config.capnp"), configuration).expect("a file");
    let mut command = Command::new(workerd::program(&Project::find().expect("a checkout")));
    command.args(["serve", "--verbose"]).arg(data.join("config.capnp"));
    OnWorkerd { child: Child::start(command, port, data), port }
}

impl Running for OnWorkerd {
    fn process(&self) -> u32 {
        self.child.process()
    }

    fn open(&self, number: usize) -> (Chat, Duration) {
        let path = format!("/parties/rooms/{number}");
        open(|side| Seat::new(Broadcast { wire: Wire::open(self.port, &path, None), side }))
    }
}

/// Opens a conversation on a server that sends every message to both sides.
pub(crate) fn open(connect: impl Fn(Side) -> Seat) -> (Chat, Duration) {
    let first = text(Side::Visitor, 0);
    let begun = Instant::now();
    let mut visitor = connect(Side::Visitor);
    visitor.say(&first);
    visitor.wait_until_stored();
    let waited = begun.elapsed();
    let agent = connect(Side::Agent);
    (Chat::new(visitor, agent), waited)
}

/// The language of a server that sends every text to both sides.
pub(crate) struct Broadcast {
    /// The socket.
    pub(crate) wire: Wire,
    /// Who speaks.
    pub(crate) side: Side,
}

impl Tongue for Broadcast {
    fn say(&mut self, text: &str) {
        self.wire.send(text.to_owned());
    }

    fn tell_read(&mut self) {
        self.wire.send(match self.side {
            Side::Visitor => "read visitor".to_owned(),
            Side::Agent => "read agent".to_owned(),
        });
    }

    fn listen(&mut self) -> Vec<Word> {
        meaning(self.wire.receive(), self.side)
    }
}

/// What a text means to one side, where everything is sent to both.
pub(crate) fn meaning(text: String, side: Side) -> Vec<Word> {
    if let Some(reader) = text.strip_prefix("read ") {
        let is_own = (reader == "visitor") == (side == Side::Visitor);
        return if is_own { Vec::new() } else { vec![Word::Read] };
    }
    match author_of(&text) {
        Some(author) if author == side => vec![Word::Stored],
        Some(_) => vec![Word::Said(text)],
        None => Vec::new(),
    }
}
