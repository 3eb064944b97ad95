//! Reads what comes in on a socket; what is no frame is answered in one way for every object.

use protocol::codec::{self, Codec, Undecodable};
use protocol::{CloseCode, Code, Refusal, limits};
use serde::{Deserialize, Serialize};

use crate::message::Message;
use crate::platform::Platform;
use crate::sockets::Socket;

impl<S: Clone + PartialEq> Socket<S> {
    /// Reads a message; `None` if it was no frame and is dealt with. `refuse` wraps a refusal in the object's own frames.
    pub(crate) fn read<P, I, O>(
        &mut self,
        platform: &mut P,
        message: &Message,
        refuse: fn(Refusal) -> O,
    ) -> Option<I>
    where
        P: Platform<Socket = S>,
        I: for<'de> Deserialize<'de>,
        O: Serialize,
    {
        if self.is_turned_away() {
            return None;
        }
        if self.is_worn_out(platform.now()) {
            self.close(platform, CloseCode::Unauthenticated);
            return None;
        }
        if message.len() > limits::FRAME_BYTES {
            platform.not_taken("a frame that is too big");
            self.close(platform, CloseCode::TooBig);
            return None;
        }
        let decoded = match (message, self.attachment.codec) {
            (Message::Text(text), Codec::Json) => codec::from_text(text),
            (Message::Binary(bytes), Codec::Postcard) => codec::from_bytes(bytes),
            (Message::Text(_), Codec::Postcard) | (Message::Binary(_), Codec::Json) => {
                platform.not_taken("a frame of the wrong kind");
                self.close(platform, CloseCode::WrongKind);
                return None;
            }
        };
        match decoded {
            Ok(frame) => return Some(frame),
            Err(Undecodable::Version) => self.close(platform, CloseCode::UpgradeRequired),
            Err(Undecodable::Malformed) if self.attachment.seated.is_none() => {
                platform.not_taken("no hello");
                self.turn_away(platform, CloseCode::Unauthenticated);
            }
            Err(Undecodable::Malformed) => {
                self.count_bad_frame(platform);
                self.send(platform, &refuse(Refusal::new(Code::BadFrame.into(), None)));
                if self.attachment.bad_frames >= limits::BAD_FRAMES {
                    platform.not_taken("bad frames again and again");
                    self.close(platform, CloseCode::BadFrames);
                }
            }
        }
        None
    }

    fn count_bad_frame<P: Platform<Socket = S>>(&mut self, platform: &mut P) {
        let now = platform.now();
        let attachment = &mut self.attachment;
        if now.since(attachment.bad_since) >= limits::BAD_FRAME_WINDOW_MS {
            attachment.bad_since = now;
            attachment.bad_frames = 0;
        }
        attachment.bad_frames = attachment.bad_frames.saturating_add(1);
        self.keep(platform);
    }
}
