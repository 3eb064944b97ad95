//! Cuts a stream of bytes into the head of an HTTP message and WebSocket frames (RFC 6455, section 5.2).

/// The longest head that is waited for; a stream without one is passed on as it comes.
const HEAD_BYTES: usize = 64 * 1024;

/// What belongs together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// The head of a request or an answer, with the empty line.
    Head(Vec<u8>),
    /// A whole frame.
    Frame(Frame),
    /// Bytes of a stream without frames.
    Raw(Vec<u8>),
}

/// A frame as it is on the wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Frame {
    /// Text or binary, not close, ping or pong.
    pub(super) is_data: bool,
    /// All of its bytes.
    pub(super) bytes: Vec<u8>,
}

/// Collects bytes of one direction until a piece is whole.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    bytes: Vec<u8>,
    kind: Kind,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
enum Kind {
    #[default]
    Head,
    Frames,
    Raw,
}

impl Pieces {
    pub(super) fn push(&mut self, bytes: &[u8]) {
        self.bytes.extend_from_slice(bytes);
    }

    /// Takes the next piece, once it is whole.
    pub(super) fn next(&mut self) -> Option<Piece> {
        match self.kind {
            Kind::Head => self.head(),
            Kind::Frames => {
                let length = frame_length(&self.bytes)?;
                let bytes = self.take(length)?;
                let is_data = bytes.first().is_some_and(|first| matches!(first & 0x0f, 1 | 2));
                Some(Piece::Frame(Frame { is_data, bytes }))
            }
            Kind::Raw => (!self.bytes.is_empty()).then(|| Piece::Raw(core::mem::take(&mut self.bytes))),
        }
    }

    fn head(&mut self) -> Option<Piece> {
        let Some(end) = self.bytes.windows(4).position(|window| window == b"\r\n\r\n") else {
            if self.bytes.len() < HEAD_BYTES {
                return None;
            }
            self.kind = Kind::Raw;
            return self.next();
        };
        let head = self.take(end + 4)?;
        self.kind = if announces_frames(&head) { Kind::Frames } else { Kind::Raw };
        Some(Piece::Head(head))
    }

    fn take(&mut self, length: usize) -> Option<Vec<u8>> {
        if self.bytes.len() < length {
            return None;
        }
        let rest = self.bytes.split_off(length);
        Some(core::mem::replace(&mut self.bytes, rest))
    }
}

/// Whether frames follow: after a request for an upgrade, and after the answer that grants it.
pub(super) fn announces_frames(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let is_answer = text.starts_with("http/1.1 ");
    if is_answer { text.starts_with("http/1.1 101") } else { text.contains("\r\nupgrade: websocket") }
}

/// Bytes of the frame that begins here, once its header is complete.
fn frame_length(bytes: &[u8]) -> Option<usize> {
    let second = *bytes.get(1)?;
    let (header, body) = match second & 0x7f {
        126 => (4, usize::from(u16::from_be_bytes(bytes.get(2..4)?.try_into().ok()?))),
        127 => (10, usize::try_from(u64::from_be_bytes(bytes.get(2..10)?.try_into().ok()?)).ok()?),
        short => (2, usize::from(short)),
    };
    let mask = if second & 0x80 == 0 { 0 } else { 4 };
    Some(header + mask + body)
}

#[cfg(test)]
mod tests {
    use super::*;

    const UPGRADE: &[u8] = b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\n\r\n";

    fn pieces_of(stream: &[u8], step: usize) -> Vec<Piece> {
        let mut pieces = Pieces::default();
        let mut found = Vec::new();
        for chunk in stream.chunks(step) {
            pieces.push(chunk);
            found.extend(std::iter::from_fn(|| pieces.next()));
        }
        found
    }

    #[test]
    fn frames_of_every_length_are_found_however_they_arrive() {
        let short = [&[0x82, 0x83, 1, 2, 3, 4][..], b"abc"].concat();
        let medium = [&[0x81, 126, 1, 0][..], &[7; 256]].concat();
        let long = [&[0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0][..], &[9; 65_536]].concat();
        let close = vec![0x88, 0];
        let stream = [UPGRADE, &short, &medium, &long, &close].concat();
        let frame = |bytes: &Vec<u8>, is_data| Piece::Frame(Frame { is_data, bytes: bytes.clone() });
        let expected = vec![
            Piece::Head(UPGRADE.to_vec()),
            frame(&short, true),
            frame(&medium, true),
            frame(&long, true),
            frame(&close, false),
        ];
        for step in [1, 3, 1_000, 100_000] {
            assert_eq!(pieces_of(&stream, step), expected, "{step}");
        }
    }

    #[test]
    fn other_requests_pass_as_they_come() {
        let stream = b"POST /x HTTP/1.1\r\nContent-Length: 2\r\n\r\n{}";
        let pieces = pieces_of(stream, 1_000);
        assert_eq!(pieces.last(), Some(&Piece::Raw(b"{}".to_vec())));
        assert!(!announces_frames(b"HTTP/1.1 404 Not Found\r\n\r\n"));
        assert!(announces_frames(b"HTTP/1.1 101 Switching Protocols\r\n\r\n"));
    }
}
