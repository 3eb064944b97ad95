//! A TCP proxy between clients and a server that does to WebSockets what bad networks do, and worse.
//!
//! It reads as much of the WebSocket framing (RFC 6455) as it takes to cut inside a frame, and to double or swap whole
//! ones. It draws no random numbers: who inflicts the faults says what happens and to which connection.

mod lane;
mod link;
mod pieces;

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use self::lane::FrameFault;
use self::link::{Link, Opening};

/// A direction.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// From the client to the server.
    Up,
    /// From the server to the client.
    Down,
}

/// What can be done to a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// Ends it at once.
    Cut,
    /// Passes half of the next frame and ends it.
    CutInside(Way),
    /// Ends the next connection before the server hears of it.
    CutBeforeUpgrade,
    /// Ends the next connection once the server has accepted it, and before the client hears of that.
    CutAfterUpgrade,
    /// Makes every later frame wait.
    Slow(Way, Duration),
    /// Passes nothing for a while; the sender feels it.
    Stall(Way, Duration),
    /// Swallows everything from now on, the end of the connection included.
    Silence(Way),
    /// Passes the next frame twice.
    Double(Way),
    /// Passes the next frame after the one that follows it, or after 0.2 s.
    Swap(Way),
}

impl Fault {
    /// Every name that [`Self::name`] gives.
    pub const KINDS: [&str; 9] = [
        Self::Cut.name(),
        Self::CutInside(Way::Up).name(),
        Self::CutBeforeUpgrade.name(),
        Self::CutAfterUpgrade.name(),
        Self::Slow(Way::Up, Duration::ZERO).name(),
        Self::Stall(Way::Up, Duration::ZERO).name(),
        Self::Silence(Way::Up).name(),
        Self::Double(Way::Up).name(),
        Self::Swap(Way::Up).name(),
    ];

    /// What it is called in a count.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Cut => "cut",
            Self::CutInside(_) => "cut inside a frame",
            Self::CutBeforeUpgrade => "cut before the upgrade",
            Self::CutAfterUpgrade => "cut after the upgrade",
            Self::Slow(..) => "slow",
            Self::Stall(..) => "stall",
            Self::Silence(_) => "half open",
            Self::Double(_) => "frame twice",
            Self::Swap(_) => "frames swapped",
        }
    }
}

/// A running proxy; dropping it ends its connections.
pub struct Proxy {
    port: u16,
    shared: Arc<Shared>,
    accepts: Option<JoinHandle<()>>,
}

/// What the threads of a proxy share.
struct Shared {
    target: u16,
    links: Mutex<Vec<Arc<Link>>>,
    openings: Mutex<Vec<Opening>>,
    counts: Mutex<BTreeMap<&'static str, u32>>,
    is_over: AtomicBool,
}

impl Proxy {
    /// Listens on a port that is free and passes everything on to another.
    ///
    /// # Panics
    /// If the machine has no free port.
    #[must_use]
    pub fn start(target: u16) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let port = listener.local_addr().expect("an address").port();
        let shared = Arc::new(Shared {
            target,
            links: Mutex::default(),
            openings: Mutex::default(),
            counts: Mutex::default(),
            is_over: AtomicBool::new(false),
        });
        let accepts = std::thread::spawn({
            let shared = Arc::clone(&shared);
            move || {
                for client in listener.incoming().flatten() {
                    if shared.is_over.load(Ordering::Relaxed) {
                        return;
                    }
                    shared.accept(client);
                }
            }
        });
        Self { port, shared, accepts: Some(accepts) }
    }

    /// Where it listens.
    #[must_use]
    pub const fn port(&self) -> u16 {
        self.port
    }

    /// Does something to one of the open sockets, the `which`th counted around, or to the next connection.
    pub fn inflict(&self, fault: Fault, which: usize) {
        match fault {
            Fault::CutBeforeUpgrade => lock(&self.shared.openings).push(Opening::CutBeforeUpgrade),
            Fault::CutAfterUpgrade => lock(&self.shared.openings).push(Opening::CutAfterUpgrade),
            Fault::Cut
            | Fault::CutInside(_)
            | Fault::Slow(..)
            | Fault::Stall(..)
            | Fault::Silence(_)
            | Fault::Double(_)
            | Fault::Swap(_) => {
                let links = self.shared.open_sockets();
                let Some(link) = which.checked_rem(links.len()).and_then(|index| links.get(index)) else {
                    return;
                };
                self.shared.inflict_on(link, fault);
            }
        }
    }

    /// Ends every socket at once, as a deployment does.
    pub fn cut_all(&self) {
        for link in self.shared.open_sockets() {
            self.shared.inflict_on(&link, Fault::Cut);
        }
    }

    /// Ends all faults. A half-open connection cannot be mended: it is ended, or stays silent if so wished.
    pub fn calm(&self, stay_silent: bool) {
        lock(&self.shared.openings).clear();
        for link in self.shared.open_sockets() {
            if link.is_silent() && !stay_silent {
                link.cut();
            }
            link.lane(Way::Up).calm();
            link.lane(Way::Down).calm();
        }
    }

    /// How often each fault has happened. One that waits for a frame counts once that came.
    #[must_use]
    pub fn counts(&self) -> BTreeMap<&'static str, u32> {
        lock(&self.shared.counts).clone()
    }
}

impl Drop for Proxy {
    fn drop(&mut self) {
        self.shared.is_over.store(true, Ordering::Relaxed);
        // Wakes the thread that accepts.
        let _ = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port));
        if let Some(accepts) = self.accepts.take() {
            let _ = accepts.join();
        }
        lock(&self.shared.links).iter().for_each(|link| link.cut());
    }
}

impl Shared {
    fn accept(self: &Arc<Self>, client: TcpStream) {
        // While the server is dead the client's connection ends as well.
        let Ok(server) = TcpStream::connect((Ipv4Addr::LOCALHOST, self.target)) else {
            return;
        };
        let Ok(link) = Link::join(client, server) else {
            return;
        };
        let link = Arc::new(link);
        let mut links = lock(&self.links);
        links.retain(|link| !link.is_over());
        links.push(Arc::clone(&link));
        drop(links);
        link::pump(&link, self);
    }

    fn open_sockets(&self) -> Vec<Arc<Link>> {
        lock(&self.links).iter().filter(|link| link.is_socket() && !link.is_over()).cloned().collect()
    }

    fn inflict_on(&self, link: &Link, fault: Fault) {
        match fault {
            Fault::Cut => link.cut(),
            Fault::CutInside(way) => return link.lane(way).expect(FrameFault::Cut),
            Fault::Double(way) => return link.lane(way).expect(FrameFault::Double),
            Fault::Swap(way) => return link.lane(way).expect(FrameFault::Swap),
            Fault::Slow(way, latency) => link.lane(way).slow(latency),
            Fault::Stall(way, length) => link.lane(way).stall(length),
            Fault::Silence(way) => link.lane(way).silence(),
            Fault::CutBeforeUpgrade | Fault::CutAfterUpgrade => return,
        }
        self.count(fault);
    }

    fn count(&self, fault: Fault) {
        *lock(&self.counts).entry(fault.name()).or_default() += 1;
    }

    fn take_opening(&self) -> Option<Opening> {
        lock(&self.openings).pop()
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
