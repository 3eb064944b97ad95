//! What is done to a server, and how long it takes: the same for every one.
//!
//! Everything stays within the rates that people may send at, so that no server needs another limit than it is shipped
//! with: a visitor 10 messages at once and an agent 50, and one a second.

use std::sync::Barrier;
use std::time::{Duration, Instant};

use crate::machine::{processor_time, resident_bytes};
use crate::seat::{Chat, Side};
use crate::subjects::Running;

/// Conversations that warm the server up and are not measured.
const WARM_UP: usize = 20;

/// Messages of each warm-up conversation, by the agent.
const WARM_UP_MESSAGES: usize = 40;

/// Longer than an object of the engine stays awake without work.
const IDLE: Duration = Duration::from_secs(26);

/// Conversations that are woken.
const WOKEN: usize = 50;

/// Questions and answers of one conversation.
const ROUND_TRIPS: usize = 4;

/// Messages of one conversation while all write at once; the twelfth is the visitor's.
const STORM: usize = 24;

/// The same, where each is read as well.
const STORM_READ: usize = 12;

/// How often it is the visitor who writes.
const VISITORS_SHARE: usize = 12;

/// Conversations that are open, for everything that is measured.
pub(crate) struct Load<'a> {
    server: &'a dyn Running,
    chats: Vec<Chat>,
    opened: usize,
}

/// What many messages took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Storm {
    /// Messages a second.
    pub(crate) rate: f64,
    /// Microseconds of the server's processor for each.
    pub(crate) processor: f64,
    /// The part of a processor that the generator itself took.
    pub(crate) generator: f64,
}

impl<'a> Load<'a> {
    /// Lets some conversations come and go, so that whatever is compiled late is compiled.
    pub(crate) fn warm_up(server: &'a dyn Running) -> Self {
        let mut load = Self { server, chats: Vec::new(), opened: 0 };
        load.open(WARM_UP);
        for _ in 0..WARM_UP_MESSAGES {
            load.chats.iter_mut().for_each(|chat| chat.pass(Side::Agent));
        }
        load.chats.clear();
        load
    }

    /// Opens conversations one after the other; how long each visitor waited.
    pub(crate) fn open(&mut self, count: usize) -> Vec<Duration> {
        let mut waits = Vec::new();
        for _ in 0..count {
            self.opened += 1;
            let (chat, waited) = self.server.open(self.opened);
            self.chats.push(chat);
            waits.push(waited);
        }
        waits
    }

    /// Bytes of the server's memory.
    pub(crate) fn memory(&self) -> f64 {
        resident_bytes(self.server.process()).unwrap_or(f64::NAN)
    }

    /// Says nothing until the engine has put every conversation to sleep.
    pub(crate) fn rest(&self) {
        std::thread::sleep(IDLE);
    }

    /// Lets visitors of sleeping conversations say something; how long each waited until it was stored.
    pub(crate) fn wake(&mut self) -> Vec<Duration> {
        let woken = self.chats.iter_mut().take(WOKEN);
        woken
            .map(|chat| {
                let begun = Instant::now();
                chat.pass(Side::Visitor);
                begun.elapsed()
            })
            .collect()
    }

    /// Lets visitors ask and agents answer, one conversation after the other.
    pub(crate) fn round_trips(&mut self) -> Vec<Duration> {
        let mut times = Vec::new();
        for chat in &mut self.chats {
            for _ in 0..ROUND_TRIPS {
                let begun = Instant::now();
                chat.ask_and_answer();
                times.push(begun.elapsed());
                chat.settle();
            }
        }
        times
    }

    /// Lets all conversations write at once, each the next message once the one before has arrived.
    pub(crate) fn storm(&mut self) -> Storm {
        self.all_at_once(STORM, Chat::pass)
    }

    /// The same, where each message is also marked as read.
    pub(crate) fn storm_with_reading(&mut self) -> Storm {
        self.all_at_once(STORM_READ, Chat::pass_and_read)
    }

    /// Messages that arrived and were not expected.
    pub(crate) fn unexpected(&self) -> usize {
        self.chats.iter().map(|chat| chat.visitor.unexpected() + chat.agent.unexpected()).sum()
    }

    fn all_at_once(&mut self, messages: usize, pass: fn(&mut Chat, Side)) -> Storm {
        let count = self.chats.len() * messages;
        let (server, generator) = (self.server.process(), std::process::id());
        let barrier = Barrier::new(self.chats.len() + 1);
        let (begun, before) = std::thread::scope(|scope| {
            for chat in &mut self.chats {
                scope.spawn(|| {
                    barrier.wait();
                    for number in 0..messages {
                        pass(chat, side_of(number));
                    }
                });
            }
            let before = (processor_time(server), processor_time(generator));
            barrier.wait();
            (Instant::now(), before)
        });
        let seconds = begun.elapsed().as_secs_f64();
        let after = (processor_time(server), processor_time(generator));
        let spent = |after: Option<f64>, before: Option<f64>| {
            after.zip(before).map_or(f64::NAN, |(after, before)| after - before)
        };
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        let count = count as f64;
        Storm {
            rate: count / seconds,
            processor: spent(after.0, before.0) / count,
            generator: spent(after.1, before.1) / 1e6 / seconds,
        }
    }
}

const fn side_of(number: usize) -> Side {
    if number % VISITORS_SHARE == VISITORS_SHARE - 1 { Side::Visitor } else { Side::Agent }
}
