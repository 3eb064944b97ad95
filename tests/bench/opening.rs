//! How long the newest page of a conversation takes whose object is cold, by how long the conversation is.

use std::path::Path;
use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::limits::NEWEST_PAGE;
use protocol::{ClientFrame, ConversationId, ServerFrame, SocketTarget};
use tests::Agent;
use tests::agent::hello;

use crate::adapted::{hurry, hurrying};
use crate::figures::quantile;
use crate::machine::on_the_servers_processor;
use crate::seat::{Chat, Side};
use crate::subjects::Ours;

/// Events of the conversation that others are compared with.
const SHORT: usize = 50;

/// Conversations of each length, each of which can be cold only once.
const REPEATS: usize = 5;

/// Conversations that are opened first, for whatever is compiled late.
const WARM_UP: usize = 5;

/// What opening took, in microseconds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening {
    /// Events of the long conversation.
    pub(crate) events: usize,
    /// For the long conversation, the one in the middle of several.
    pub(crate) long: f64,
    /// Events of the short conversation.
    pub(crate) short_events: usize,
    /// For the short one.
    pub(crate) short: f64,
}

impl Opening {
    /// How much longer the long one takes.
    pub(crate) fn ratio(&self) -> f64 {
        self.long / self.short
    }
}

/// Writes conversations of both lengths, starts the server anew and opens each.
pub(crate) fn measure(port: u16, data: &Path, events: usize) -> Opening {
    let server = on_the_servers_processor(|| Ours::start_adapted(port, data, hurrying));
    let lengths = [vec![SHORT; WARM_UP], [events, SHORT].repeat(REPEATS)].concat();
    let mut written: Vec<(ConversationId, Chat)> = lengths.iter().map(|_| server.open_named()).collect();
    hurry(server.stage().base_url());
    std::thread::scope(|scope| {
        for ((_, chat), length) in written.iter_mut().zip(&lengths) {
            scope.spawn(move || write(chat, *length));
        }
    });
    server.stage().kill();
    on_the_servers_processor(|| server.stage().launch());
    let ids: Vec<ConversationId> = written.into_iter().map(|(id, _)| id).collect();
    let times: Vec<Duration> = ids.iter().map(|id| open(server.agent(), *id)).collect();
    let of = |wanted: usize| {
        let measured = times.iter().zip(&lengths).skip(WARM_UP);
        let times: Vec<_> =
            measured.filter(|(_, length)| **length == wanted).map(|(time, _)| *time).collect();
        quantile(&times, 0.5)
    };
    Opening { events, long: of(events), short_events: SHORT, short: of(SHORT) }
}

/// Fills a conversation up to a length; the first message is in it already.
fn write(chat: &mut Chat, length: usize) {
    for number in 1..length {
        chat.pass(if number % 2 == 0 { Side::Visitor } else { Side::Agent });
    }
}

/// Opens a conversation as the inbox does, from before the connection until its newest page is there.
fn open(agent: &Agent, conversation: ConversationId) -> Duration {
    let ticket = agent.ticket(SocketTarget::Conversation(conversation));
    let begun = Instant::now();
    let mut line = agent.open(conversation, Codec::Postcard).expect("the upgrade is accepted");
    line.send(&ClientFrame::Hello(hello(ticket)));
    let events = line.until(|frame| match frame {
        ServerFrame::Events { events } => Some(events.len()),
        ServerFrame::Welcome(_)
        | ServerFrame::Older { .. }
        | ServerFrame::Accepted { .. }
        | ServerFrame::Refused(_)
        | ServerFrame::Marks(_)
        | ServerFrame::Typing { .. }
        | ServerFrame::Presence(_)
        | ServerFrame::Bye { .. }
        | ServerFrame::Aside(_) => None,
    });
    let waited = begun.elapsed();
    assert_eq!(events as u64, NEWEST_PAGE, "the newest page");
    waited
}
