//! The servers that are measured, each behind the same few calls.

mod child;
mod on_node;
mod on_workerd;
mod ours;
mod xmpp;

use std::path::{Path, PathBuf};
use std::time::Duration;

use xtask::project::Project;

use crate::seat::Chat;

pub(crate) use self::ours::Ours;
use self::xmpp::Xmpp;

/// A server that can be measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// The built Worker.
    Porchlight,
    /// The limit of the engine.
    BareObject,
    /// npm's partyserver on the same engine.
    Partyserver,
    /// npm's ws in one Node process with SQLite: the price of the engine.
    Ws,
    /// npm's socket.io in one Node process with SQLite.
    SocketIo,
    /// Debian's ejabberd with its archive in SQLite.
    Ejabberd,
    /// Debian's prosody with its archive in SQLite.
    Prosody,
}

/// A server that runs; dropping it ends it and removes its data.
pub(crate) trait Running {
    /// Its process.
    fn process(&self) -> u32;

    /// Opens a conversation that nobody has seen, says its first message, and lets the other side in. Tells how long
    /// the visitor waited, from before the connection until the first message was stored; the request that hands out
    /// a token comes before that, as it does in the widget, and is ours alone.
    fn open(&self, number: usize) -> (Chat, Duration);
}

impl Subject {
    /// All of them, ours first.
    pub(crate) const ALL: [Self; 7] = [
        Self::Porchlight,
        Self::BareObject,
        Self::Partyserver,
        Self::Ws,
        Self::SocketIo,
        Self::Ejabberd,
        Self::Prosody,
    ];

    /// What it is called in tables and on the command line.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Porchlight => "porchlight",
            Self::BareObject => "bare-object",
            Self::Partyserver => "partyserver",
            Self::Ws => "ws",
            Self::SocketIo => "socket.io",
            Self::Ejabberd => "ejabberd",
            Self::Prosody => "prosody",
        }
    }

    /// Whether its conversations hibernate, so that waking one can be measured.
    pub(crate) const fn hibernates(self) -> bool {
        match self {
            Self::Porchlight | Self::BareObject | Self::Partyserver => true,
            Self::Ws | Self::SocketIo | Self::Ejabberd | Self::Prosody => false,
        }
    }

    /// Whether it knows read marks.
    pub(crate) const fn has_read_marks(self) -> bool {
        match self {
            Self::Porchlight | Self::BareObject => true,
            Self::Partyserver | Self::Ws | Self::SocketIo | Self::Ejabberd | Self::Prosody => false,
        }
    }

    /// Starts it with its data in a directory.
    ///
    /// # Panics
    /// If it does not start.
    pub(crate) fn start(self, port: u16, data: &Path) -> Box<dyn Running> {
        match self {
            Self::Porchlight => Box::new(Ours::start(port, data)),
            Self::BareObject => Box::new(on_workerd::bare_object(port, data)),
            Self::Partyserver => Box::new(on_workerd::partyserver(port, data)),
            Self::Ws => Box::new(on_node::ws(port, data)),
            Self::SocketIo => Box::new(on_node::socket_io(port, data)),
            Self::Ejabberd => Box::new(Xmpp::ejabberd(port, data)),
            Self::Prosody => Box::new(Xmpp::prosody(port, data)),
        }
    }
}

/// Where `cargo xtask bench` installs what npm has of them.
fn rivals(project: &Project) -> PathBuf {
    project.path("target/bench/rivals")
}
