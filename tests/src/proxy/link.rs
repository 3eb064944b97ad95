//! One connection through the proxy: two threads that pass pieces on, one for each direction.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use super::lane::{FrameFault, Lane};
use super::pieces::{Frame, Piece, Pieces, announces_frames};
use super::{Fault, Shared, Way};

/// How often a quiet direction looks whether something is to be done.
const TICK: Duration = Duration::from_millis(20);

/// How long a frame waits for the one that is to go before it.
const SWAP_PATIENCE: Duration = Duration::from_millis(200);

/// What happens to a connection that is being opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Opening {
    CutBeforeUpgrade,
    CutAfterUpgrade,
}

/// The two ends of a connection.
#[derive(Debug)]
pub(super) struct Link {
    client: TcpStream,
    server: TcpStream,
    up: Lane,
    down: Lane,
    is_socket: AtomicBool,
    is_over: AtomicBool,
    cut_at_upgrade: AtomicBool,
}

impl Link {
    pub(super) fn join(client: TcpStream, server: TcpStream) -> std::io::Result<Self> {
        for stream in [&client, &server] {
            stream.set_nodelay(true)?;
            stream.set_read_timeout(Some(TICK))?;
        }
        Ok(Self {
            client,
            server,
            up: Lane::default(),
            down: Lane::default(),
            is_socket: AtomicBool::new(false),
            is_over: AtomicBool::new(false),
            cut_at_upgrade: AtomicBool::new(false),
        })
    }

    pub(super) const fn lane(&self, way: Way) -> &Lane {
        match way {
            Way::Up => &self.up,
            Way::Down => &self.down,
        }
    }

    /// Ends both ends at once.
    pub(super) fn cut(&self) {
        self.is_over.store(true, Ordering::Relaxed);
        // An error means that it has ended already.
        let _ = self.client.shutdown(Shutdown::Both);
        let _ = self.server.shutdown(Shutdown::Both);
    }

    /// Whether the server has granted an upgrade.
    pub(super) fn is_socket(&self) -> bool {
        self.is_socket.load(Ordering::Relaxed)
    }

    pub(super) fn is_over(&self) -> bool {
        self.is_over.load(Ordering::Relaxed)
    }

    pub(super) fn is_silent(&self) -> bool {
        self.up.is_silent() || self.down.is_silent()
    }

    const fn ends(&self, way: Way) -> (&TcpStream, &TcpStream) {
        match way {
            Way::Up => (&self.client, &self.server),
            Way::Down => (&self.server, &self.client),
        }
    }
}

/// Starts to pass bytes on, both ways, until the connection ends.
pub(super) fn pump(link: &Arc<Link>, shared: &Arc<Shared>) {
    for way in [Way::Up, Way::Down] {
        let mut passage =
            Passage { link: Arc::clone(link), shared: Arc::clone(shared), way, held: None, data_frames: 0 };
        std::thread::spawn(move || passage.run());
    }
}

/// One direction at work.
struct Passage {
    link: Arc<Link>,
    shared: Arc<Shared>,
    way: Way,
    /// A frame that waits for the next one to go first, and until when.
    held: Option<(Frame, Instant)>,
    data_frames: u64,
}

/// The connection has ended.
struct Ended;

impl Passage {
    fn run(&mut self) {
        if self.pass_all().is_err() && !self.link.is_silent() {
            self.link.cut();
        }
    }

    fn lane(&self) -> &Lane {
        self.link.lane(self.way)
    }

    /// Passes pieces on until the sender is done.
    fn pass_all(&mut self) -> Result<(), Ended> {
        let mut pieces = Pieces::default();
        let mut buffer = vec![0; 64 * 1024];
        loop {
            if self.link.is_over() {
                return Err(Ended);
            }
            if self.lane().is_stalled() {
                std::thread::sleep(TICK);
                continue;
            }
            if self.held.as_ref().is_some_and(|(_, until)| *until <= Instant::now()) {
                self.release()?;
            }
            let mut from = self.link.ends(self.way).0;
            match from.read(&mut buffer) {
                Ok(0) => return self.sender_is_done(),
                Ok(count) => pieces.push(&buffer[..count]),
                Err(error) if matches!(error.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut) => continue,
                Err(_) => return Err(Ended),
            }
            while let Some(piece) = pieces.next() {
                self.pass(piece)?;
            }
        }
    }

    fn sender_is_done(&mut self) -> Result<(), Ended> {
        self.release()?;
        if self.lane().is_silent() {
            return Ok(());
        }
        let _ = self.link.ends(self.way).1.shutdown(Shutdown::Write);
        // Of the two ends of a dead server's connection the other one would never end.
        if self.way == Way::Down { Err(Ended) } else { Ok(()) }
    }

    fn pass(&mut self, piece: Piece) -> Result<(), Ended> {
        match piece {
            Piece::Head(head) => self.pass_head(&head),
            Piece::Frame(frame) => self.pass_frame(frame),
            Piece::Raw(bytes) => self.write(&bytes),
        }
    }

    fn pass_head(&self, head: &[u8]) -> Result<(), Ended> {
        if !announces_frames(head) {
            return self.write(head);
        }
        match self.way {
            Way::Up => match self.shared.take_opening() {
                Some(Opening::CutBeforeUpgrade) => {
                    self.shared.count(Fault::CutBeforeUpgrade);
                    return Err(Ended);
                }
                Some(Opening::CutAfterUpgrade) => self.link.cut_at_upgrade.store(true, Ordering::Relaxed),
                None => {}
            },
            Way::Down => {
                if self.link.cut_at_upgrade.load(Ordering::Relaxed) {
                    self.shared.count(Fault::CutAfterUpgrade);
                    return Err(Ended);
                }
                self.link.is_socket.store(true, Ordering::Relaxed);
            }
        }
        self.write(head)
    }

    /// A client's first frame, the hello, is never doubled: whoever says hello twice is turned away for good (PR7).
    fn pass_frame(&mut self, frame: Frame) -> Result<(), Ended> {
        self.data_frames += u64::from(frame.is_data);
        let is_hello = self.way == Way::Up && self.data_frames == 1;
        if !frame.is_data || is_hello {
            return self.pass_whole(&frame);
        }
        match self.lane().take_expected() {
            Some(FrameFault::Cut) => {
                self.shared.count(Fault::CutInside(self.way));
                self.write(&frame.bytes[..frame.bytes.len() / 2])?;
                Err(Ended)
            }
            Some(FrameFault::Double) => {
                self.shared.count(Fault::Double(self.way));
                self.pass_whole(&frame)?;
                self.write(&frame.bytes)
            }
            Some(FrameFault::Swap) if self.held.is_none() => {
                self.shared.count(Fault::Swap(self.way));
                self.held = Some((frame, Instant::now() + SWAP_PATIENCE));
                Ok(())
            }
            Some(FrameFault::Swap) | None => self.pass_whole(&frame),
        }
    }

    /// Passes a frame, and then the one that had to wait for it.
    fn pass_whole(&mut self, frame: &Frame) -> Result<(), Ended> {
        self.write(&frame.bytes)?;
        self.release()
    }

    fn release(&mut self) -> Result<(), Ended> {
        match self.held.take() {
            Some((frame, _)) => self.write(&frame.bytes),
            None => Ok(()),
        }
    }

    fn write(&self, bytes: &[u8]) -> Result<(), Ended> {
        std::thread::sleep(self.lane().wait());
        if self.lane().is_silent() {
            return Ok(());
        }
        let mut to = self.link.ends(self.way).1;
        to.write_all(bytes).map_err(|_| Ended)
    }
}
