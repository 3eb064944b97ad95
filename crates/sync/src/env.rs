//! What the engine cannot know by itself.

use protocol::Timestamp;

/// The time and the randomness of one call.
#[derive(Debug, Clone, Copy)]
pub struct Env {
    /// The client's clock; it may jump.
    pub now: Timestamp,
    /// Fresh random bytes, never used twice.
    pub entropy: [u8; 32],
}

/// Hands out the random bytes of one call, each byte once.
#[derive(Debug)]
pub(crate) struct Entropy {
    bytes: [u8; 32],
    used: usize,
}

impl Entropy {
    pub(crate) const fn new(bytes: [u8; 32]) -> Self {
        Self { bytes, used: 0 }
    }

    /// Takes `N` bytes. No call needs more than there are (16 for an id of an outbox or a message, 8 for a tab or for
    /// jitter); the bytes would be repeated from the start.
    pub(crate) fn take<const N: usize>(&mut self) -> [u8; N] {
        let mut taken = [0; N];
        let rest = self.bytes.iter().cycle().skip(self.used);
        for (byte, random) in taken.iter_mut().zip(rest) {
            *byte = *random;
        }
        self.used = (self.used + N) % self.bytes.len();
        taken
    }

    /// Takes a number from 0 to `highest`, both included.
    pub(crate) fn up_to(&mut self, highest: u64) -> u64 {
        let random = u64::from_le_bytes(self.take());
        random.checked_rem(highest.saturating_add(1)).unwrap_or(random)
    }
}
