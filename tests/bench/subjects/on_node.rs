//! Rivals in one Node process: npm's ws, and socket.io in its own protocol (Engine.IO 4 over a WebSocket, Socket.IO 5).

use std::path::Path;
use std::time::Duration;

use xtask::prepare::Node;
use xtask::project::Project;

use super::child::Child;
use super::on_workerd::{Broadcast, meaning, open};
use super::{Running, rivals};
use crate::seat::{Chat, Seat, Side, Tongue, Word};
use crate::wire::Wire;

/// What an event begins with: a message of Engine.IO, an event of Socket.IO, and its name.
const EVENT: &str = "42[\"message\",";

/// A Node process with a rival.
pub(crate) struct OnNode {
    child: Child,
    port: u16,
    connect: fn(u16, usize, Side) -> Seat,
}

/// Starts socket.io.
pub(crate) fn socket_io(port: u16, data: &Path) -> OnNode {
    start("socketio.mjs", port, data, |port, number, side| Seat::new(Speaking::connect(port, number, side)))
}

/// Starts ws.
pub(crate) fn ws(port: u16, data: &Path) -> OnNode {
    start("ws.mjs", port, data, |port, number, side| {
        Seat::new(Broadcast { wire: Wire::open(port, &format!("/{number}"), None), side })
    })
}

fn start(script: &str, port: u16, data: &Path, connect: fn(u16, usize, Side) -> Seat) -> OnNode {
    let project = Project::find().expect("a checkout");
    let script = rivals(&project).join(script);
    assert!(script.is_file(), "npm did not install it");
    let mut command = Node::find(&project).expect("Node is installed").run(&script);
    command.args([port.to_string(), data.display().to_string()]);
    OnNode { child: Child::start(command, port, data), port, connect }
}

impl Running for OnNode {
    fn process(&self) -> u32 {
        self.child.process()
    }

    fn open(&self, number: usize) -> (Chat, Duration) {
        open(|side| (self.connect)(self.port, number, side))
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
