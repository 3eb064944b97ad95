//! The platform's side of one object: sockets, the output gate, the alarm, what a crash takes.

use std::collections::BTreeMap;

use protocol::codec::{self, Codec};
use protocol::{CloseCode, Timestamp, limits};
use serde::Serialize;

use super::socket::Socket;
use crate::database::SimDatabase;
use crate::network::{LinkId, Payload};
use crate::rng::Rng;

/// What leaves an object, once the gate is open.
#[derive(Debug, Clone)]
pub(crate) enum Out {
    /// A frame to a socket.
    Frame(LinkId, Payload),
    /// The end of a socket.
    Close(LinkId, u16),
    /// The answer to a call.
    Answer(u64, bool),
}

/// What the platform keeps for an object.
#[derive(Debug)]
pub(crate) struct Host {
    pub(crate) database: SimDatabase,
    pub(crate) sockets: BTreeMap<LinkId, Socket>,
    /// What was said since the last commit; stays here until all that was written before is durable.
    pub(crate) held: Vec<Out>,
    /// What was said in this turn, for whoever checks it.
    pub(crate) said: Vec<Out>,
    pub(crate) alarm: Option<i64>,
    committed_alarm: Option<i64>,
    /// The server's clock in this turn.
    pub(crate) now: Timestamp,
    pub(crate) rng: Rng,
    /// Which isolate it runs in: a panic resets them all.
    pub(crate) isolate: u64,
    /// Counts lives in memory.
    pub(crate) life: u32,
}

impl Host {
    pub(crate) fn new(mut rng: Rng, isolates: u64) -> Self {
        let isolate = rng.below(isolates);
        Self {
            database: SimDatabase::new(),
            sockets: BTreeMap::new(),
            held: Vec::new(),
            said: Vec::new(),
            alarm: None,
            committed_alarm: None,
            now: Timestamp(0),
            rng,
            isolate,
            life: 0,
        }
    }

    /// Sends a frame. A reader that lets too much pile up is closed; a closing socket takes none. Returns whether the
    /// socket took it.
    pub(crate) fn send<F: Serialize>(&mut self, link: LinkId, frame: &F) -> bool {
        let Some(socket) = self.sockets.get_mut(&link) else { return false };
        if socket.buffered > limits::BUFFERED_BYTES as usize {
            self.close(link, CloseCode::SlowReader);
            return false;
        }
        if socket.closing {
            return false;
        }
        let payload = match socket.attachment.codec {
            Codec::Postcard => Payload::Binary(codec::to_bytes(frame)),
            Codec::Json => Payload::Text(codec::to_text(frame)),
        };
        socket.buffered += payload.len();
        self.say(Out::Frame(link, payload));
        true
    }

    pub(crate) fn close(&mut self, link: LinkId, code: CloseCode) {
        self.close_number(link, code.number());
    }

    /// Closes a socket, which stays among the others until the client has answered.
    pub(crate) fn close_number(&mut self, link: LinkId, code: u16) {
        let Some(socket) = self.sockets.get_mut(&link) else { return };
        if !std::mem::replace(&mut socket.closing, true) {
            self.say(Out::Close(link, code));
        }
    }

    pub(crate) fn say(&mut self, out: Out) {
        self.said.push(out.clone());
        self.held.push(out);
    }

    /// Sets the alarm; it is stored with the writes of this turn.
    pub(crate) fn wake_at(&mut self, at: i64) {
        self.alarm = Some(at);
        self.database.write();
    }

    pub(crate) fn commit(&mut self) {
        self.database.commit();
        self.committed_alarm = self.alarm;
    }

    /// Runs the alarm again, as the platform does when its handler has died.
    pub(crate) const fn ring_again(&mut self, at: i64) {
        self.alarm = Some(at);
        self.committed_alarm = Some(at);
    }

    /// Takes the alarm, as it is before its handler runs.
    pub(crate) fn take_alarm(&mut self, at: i64) -> bool {
        let rings = self.alarm == Some(at);
        if rings {
            self.alarm = None;
            self.committed_alarm = None;
        }
        rings
    }

    /// Everything in memory is gone, with all that was not committed and what waited for it; perhaps the sockets too.
    pub(crate) fn reset(&mut self) -> Vec<LinkId> {
        self.database.roll_back();
        self.alarm = self.committed_alarm;
        self.held.clear();
        self.said.clear();
        self.sleep();
        let gone = self.sockets.keys().copied().collect();
        self.sockets.clear();
        gone
    }

    /// Memory is gone; sockets, attachments and storage stay.
    pub(crate) const fn sleep(&mut self) {
        self.life += 1;
    }
}
