//! Sizes and rates that both sides know, all far below the platform's own.

/// Bytes of one frame on a socket.
pub const FRAME_BYTES: usize = 64 * 1024;

/// Bytes of one message or note.
pub const MESSAGE_BYTES: usize = 16 * 1024;

/// Bytes of a page's address, title or referrer; longer ones are cut.
pub const PAGE_FIELD_BYTES: usize = 400;

/// Characters of the preview of a conversation's last message.
pub const PREVIEW_CHARACTERS: usize = 120;

/// Events that one frame carries at most.
pub const EVENTS_PER_FRAME: usize = 200;

/// Events that a client which knows none is given first.
pub const NEWEST_PAGE: u64 = 50;

/// Events that are sent again at most; a client further behind starts anew from the newest page.
pub const RESUME_EVENTS: u64 = 500;

/// Conversations that one page of the feed carries.
pub const FEED_PAGE: usize = 50;

/// Sockets of one visitor in one conversation.
pub const SOCKETS_PER_VISITOR: usize = 5;

/// Sockets of one agent on one object.
pub const SOCKETS_PER_AGENT: usize = 10;

/// Sockets of one object.
pub const SOCKETS_PER_OBJECT: usize = 50;

/// Milliseconds within which a new socket must say hello.
pub const HELLO_MS: u64 = 10_000;

/// Messages that a visitor may send at once; refilled by one a [`MESSAGE_INTERVAL_MS`].
pub const MESSAGE_BURST: u64 = 10;

/// Milliseconds in which a visitor earns one message.
pub const MESSAGE_INTERVAL_MS: u64 = 1_000;

/// Messages that an agent may send at once; refilled as fast as a visitor's.
pub const AGENT_MESSAGE_BURST: u64 = 50;

/// Milliseconds between two typing notices of one side that are passed on.
pub const TYPING_INTERVAL_MS: u64 = 2_000;

/// Milliseconds after which a typing notice has lapsed.
pub const TYPING_LAPSES_MS: u64 = 6_000;

/// Bad frames within [`BAD_FRAME_WINDOW_MS`] that close a socket.
pub const BAD_FRAMES: u32 = 3;

/// Milliseconds over which bad frames are counted.
pub const BAD_FRAME_WINDOW_MS: u64 = 10_000;

/// Bytes waiting for a slow reader at which its socket is closed.
pub const BUFFERED_BYTES: u32 = 1024 * 1024;

/// Bytes of a password.
pub const PASSWORD_BYTES: usize = 1_024;

/// Bytes of an HTTP body.
pub const BODY_BYTES: usize = 16 * 1024;

/// Milliseconds a visitor's token is good for: 180 days.
pub const VISITOR_TOKEN_MS: u64 = 180 * 24 * 3_600_000;

/// Milliseconds an agent's socket ticket is good for.
pub const TICKET_MS: u64 = 30_000;

/// Milliseconds after which an unused agent session ends: 12 hours.
pub const SESSION_IDLE_MS: u64 = 12 * 3_600_000;

/// Milliseconds after which an agent session ends in any case: 7 days.
pub const SESSION_MS: u64 = 7 * 24 * 3_600_000;

/// Failed sign-ins within [`SIGN_IN_WINDOW_MS`] after which an account refuses more.
pub const SIGN_IN_ATTEMPTS: u32 = 5;

/// Milliseconds over which failed sign-ins are counted: 15 minutes.
pub const SIGN_IN_WINDOW_MS: u64 = 15 * 60_000;
