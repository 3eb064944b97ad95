//! npm's socket.io, spoken to in its own protocol (Engine.IO 4 over a WebSocket, Socket.IO 5).

use std::path::Path;
use std::time::Duration;

use xtask::prepare::Node;
use xtask::project::Project;

use super::child::Child;
use super::on_workerd::{meaning, open};
use super::{Running, rivals};
use crate::seat::{Chat, Side, Tongue, Word};
use crate::wire::Wire;

/// What an event begins with: a message of Engine.IO, an event of Socket.IO, and its name.
const EVENT: &str = "42[\"message\",";

/// A Node process with socket.io.
pub(crate) struct SocketIo {
    child: Child,
    port: u16,
}

impl SocketIo {
    /// Starts it.
    pub(crate) fn start(port: u16, data: &Path) -> Self {
        let project = Project::find().expect("a checkout");
        let script = rivals(&project).join("socketio.mjs");
        assert!(script.is_file(), "npm did not install it");
        let mut command = Node::find(&project).expect("Node is installed").run(&script);
        command.args([port.to_string(), data.display().to_string()]);
        Self { child: Child::start(command, port, data), port }
    }
}

impl Running for SocketIo {
    fn process(&self) -> u32 {
        self.child.process()
    }

    fn open(&self, number: usize) -> (Chat, Duration) {
        open(|side| Speaking::connect(self.port, number, side))
    }
}

struct Speaking {
    wire: Wire,
    side: Side,
}

impl Speaking {
    fn connect(port: u16, number: usize, side: Side) -> Self {
        let path = format!("/socket.io/?EIO=4&transport=websocket&room={number}");
        let mut wire = Wire::open(port, &path, None);
        let open = wire.receive();
        assert!(open.starts_with('0'), "{open}");
        wire.send("40".to_owned());
        let connected = wire.receive();
        assert!(connected.starts_with("40"), "{connected}");
        Self { wire, side }
    }
}

impl Tongue for Speaking {
    fn say(&mut self, text: &str) {
        self.wire.send(format!("{EVENT}{}]", serde_json::Value::from(text)));
    }

    fn tell_read(&mut self) {}

    fn listen(&mut self) -> Vec<Word> {
        let packet = self.wire.receive();
        if packet == "2" {
            self.wire.send("3".to_owned());
            return Vec::new();
        }
        let text = packet.strip_prefix(EVENT).and_then(|rest| rest.strip_suffix(']'));
        let text = text.and_then(|text| serde_json::from_str(text).ok());
        meaning(text.unwrap_or_else(|| panic!("no event: {packet}")), self.side)
    }
}
