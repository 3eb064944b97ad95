//! Reads decisions out of arbitrary bytes, so that every byte means something and most mutations stay meaningful.

/// The bytes that are left.
#[derive(Debug)]
pub(crate) struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    pub(crate) const fn new(bytes: &'a [u8]) -> Self {
        Self(bytes)
    }

    /// Takes a byte; `None` at the end, as of all that follows.
    pub(crate) fn byte(&mut self) -> Option<u8> {
        let (byte, rest) = self.0.split_first()?;
        self.0 = rest;
        Some(*byte)
    }

    /// Takes a number below `count`, which is not zero.
    pub(crate) fn below(&mut self, count: u8) -> Option<u8> {
        Some(self.byte()? % count)
    }

    pub(crate) fn flag(&mut self) -> Option<bool> {
        Some(self.byte()? & 1 == 1)
    }

    /// Takes a position: mostly small, now and then where arithmetic ends.
    pub(crate) fn position(&mut self) -> Option<u64> {
        Some(match self.byte()? {
            small @ 0..=199 => u64::from(small % 40),
            middle @ 200..=239 => 480 + u64::from(middle - 200),
            end @ 240..=255 => u64::MAX - u64::from(255 - end),
        })
    }

    /// Takes a span of milliseconds, from none to some minutes.
    pub(crate) fn span(&mut self) -> Option<u64> {
        let (times, unit) = (self.byte()?, self.below(4)?);
        Some(u64::from(times) * [1, 10, 100, 1_000][usize::from(unit)])
    }

    /// Takes up to 255 bytes.
    pub(crate) fn bytes(&mut self) -> Option<&'a [u8]> {
        let length = usize::from(self.byte()?).min(self.0.len());
        let (bytes, rest) = self.0.split_at(length);
        self.0 = rest;
        Some(bytes)
    }

    /// Takes what a person may type: short and legal, empty, with control characters, at and over the limit.
    pub(crate) fn typed(&mut self) -> Option<String> {
        let limit = protocol::limits::MESSAGE_BYTES;
        Some(match self.byte()? {
            letter @ 0..=199 => char::from(b'a' + letter % 8).to_string(),
            200 => String::new(),
            201 => " \u{200b}\n".to_owned(),
            202 => "a\0".to_owned(),
            203 => "x".repeat(limit),
            204 => "x".repeat(limit + 1),
            205..=255 => String::from_utf8_lossy(self.bytes()?).into_owned(),
        })
    }
}
