//! Bytes on a connection, for what no well-behaved client sends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

/// A connection that says whatever it is told to.
pub struct Raw(TcpStream);

impl Raw {
    /// Connects to a server of this machine.
    ///
    /// # Panics
    /// If there is none.
    #[must_use]
    pub fn connect(port: u16) -> Self {
        let stream = TcpStream::connect(("127.0.0.1", port)).expect("the server listens");
        stream.set_nodelay(true).expect("no delay");
        Self(stream)
    }

    /// Sends bytes; returns whether the server still takes them.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.0.write_all(bytes).is_ok()
    }

    /// Reads until something ends with a text, the server hangs up or it says nothing for so long.
    #[must_use]
    pub fn read_until(&mut self, end: &str, patience: Duration) -> Vec<u8> {
        self.0.set_read_timeout(Some(patience)).expect("a time to wait");
        let mut read = Vec::new();
        let mut byte = [0];
        while !read.ends_with(end.as_bytes()) {
            match self.0.read(&mut byte) {
                Ok(1) => read.extend(byte),
                Ok(_) | Err(_) => break,
            }
        }
        read
    }

    /// Reads so many bytes; `None` if the server hangs up or says nothing for so long.
    #[must_use]
    pub fn read_exactly(&mut self, length: usize, patience: Duration) -> Option<Vec<u8>> {
        self.0.set_read_timeout(Some(patience)).expect("a time to wait");
        let mut read = vec![0; length];
        self.0.read_exact(&mut read).ok()?;
        Some(read)
    }
}
