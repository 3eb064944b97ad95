//! Who takes part in a round: conversations with a visitor in two tabs and an agent, and what they write.

use std::time::{Duration, Instant};

use fastrand::Rng;
use protocol::codec::Codec;
use protocol::{ConversationId, ForAgents, ForVisitors};
use tests::{Agent, Stage, Visitor};

use crate::audit::AGENT;
use crate::client::{Client, Order};
use crate::door::{Door, Key};
use crate::screen::Screen;

/// How long the first message of a conversation, and the final reading of one, may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// How often something is looked at that is waited for.
const POLL: Duration = Duration::from_millis(20);

/// The agent's place among the clients of a conversation.
const AGENTS_PLACE: usize = 2;

/// One conversation and its clients.
pub(crate) struct Chat {
    pub(crate) conversation: ConversationId,
    /// Two tabs of the visitor, of which one speaks JSON, and the agent.
    pub(crate) clients: Vec<Client>,
    written: Vec<u32>,
}

impl Chat {
    /// Opens a conversation through a port and waits for its first message, without which no agent may enter.
    ///
    /// # Panics
    /// If it is not stored; no fault is about at this time.
    pub(crate) fn begin(name: &str, stage: &Stage, agent: &Agent, port: u16) -> Self {
        let visitor = Visitor::arrive(stage);
        let conversation = visitor.conversation;
        let key = Key::Visitor { token: visitor.token, site: stage.site_key().to_string() };
        let door =
            Door { port, base_url: stage.base_url().to_owned(), codec: Codec::Postcard, conversation, key };
        let first = Client::start::<ForVisitors>(format!("{name}.tab1"), door.clone());
        let mut chat = Self { conversation, clients: vec![first], written: vec![0; 3] };
        chat.write(0, 0);
        assert!(wait(PATIENCE, || !chat.clients[0].screen().acknowledged.is_empty()), "{name} did not begin");
        let second =
            Client::start::<ForVisitors>(format!("{name}.tab2"), Door { codec: Codec::Json, ..door });
        let door = agents_door(stage, agent, conversation, port);
        let third = Client::start::<ForAgents>(format!("{name}{AGENT}"), door);
        chat.clients.extend([second, third]);
        chat
    }

    /// Lets somebody write with this likelihood in percent, sometimes a few messages at once, and sometimes load the
    /// tab anew.
    pub(crate) fn go_on(&mut self, rng: &mut Rng, percent: u8) {
        for index in 0..self.clients.len() {
            // Agents write more, since they may: a visitor is held to one message a second.
            let percent = if index == AGENTS_PLACE { 2 * percent } else { percent };
            if rng.u8(0..100) < percent {
                let burst = if rng.u8(0..10) == 0 { 5 } else { 1 };
                (0..burst).for_each(|_| self.write(index, rng.usize(0..600)));
            }
            if rng.u16(0..1_500) == 0 {
                self.clients[index].order(Order::Reload);
            }
        }
    }

    /// Lets the agent write a message that visitors see; returns it.
    pub(crate) fn let_agent_write(&mut self) -> String {
        let text = self.next_text(AGENTS_PLACE, 0);
        self.clients[AGENTS_PLACE].order(Order::Say(text.clone()));
        text
    }

    /// Whether the agent was told that a message of theirs is stored.
    pub(crate) fn has_heard(&self, text: &str) -> bool {
        self.clients[AGENTS_PLACE].screen().acknowledged.contains(text)
    }

    /// Writes the next message of a client, of a length that varies; every seventh of the agent's is a note.
    fn write(&mut self, index: usize, padding: usize) {
        let text = self.next_text(index, padding);
        let is_note = index == AGENTS_PLACE && self.written[index].is_multiple_of(7);
        self.clients[index].order(if is_note { Order::Note(text) } else { Order::Say(text) });
    }

    /// A text that is used once in a campaign.
    fn next_text(&mut self, index: usize, padding: usize) -> String {
        self.written[index] += 1;
        let text = format!("{} #{} {}", self.clients[index].name, self.written[index], "x".repeat(padding));
        text.trim_end().to_owned()
    }
}

/// Who wrote a message, by its text.
pub(crate) fn sender(text: &str) -> &str {
    text.split(" #").next().unwrap_or_default()
}

/// The number that a message has among those of its sender.
pub(crate) fn number(text: &str) -> Option<u32> {
    text.split(" #").nth(1)?.split(' ').next()?.parse().ok()
}

/// Reads a whole log with a client of its own, straight from the server.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read_log(stage: &Stage, agent: &Agent, conversation: ConversationId) -> Result<Screen, String> {
    let door = agents_door(stage, agent, conversation, stage.port());
    let reader = Client::start::<ForAgents>("reader", door);
    if wait(PATIENCE, || reader.screen().is_settled) {
        Ok(reader.screen())
    } else {
        Err(format!("the log of {conversation} cannot be read: {}", reader.screen().badge))
    }
}

/// Waits until the list of conversations shows the last message of each, which an alarm tells it (SPEC WS4).
///
/// # Errors
/// If it does not.
pub(crate) fn wait_for_list(agent: &Agent, last_messages: &[(ConversationId, String)]) -> Result<(), String> {
    let is_told = wait(PATIENCE, || {
        let (_line, entries) = agent.watch_feed();
        last_messages.iter().all(|(conversation, last)| {
            let entry = entries.iter().find(|entry| entry.conversation == *conversation);
            let told = entry.and_then(|entry| entry.preview.as_ref()).map(|preview| preview.text.as_str());
            // Previews are cut.
            told.is_some_and(|told| (sender(told), number(told)) == (sender(last), number(last)))
        })
    });
    if is_told { Ok(()) } else { Err("the list of conversations was not told the last messages".to_owned()) }
}

/// Waits for something.
pub(crate) fn wait(patience: Duration, mut is_so: impl FnMut() -> bool) -> bool {
    let deadline = Instant::now() + patience;
    loop {
        if is_so() {
            return true;
        }
        if Instant::now() > deadline {
            return false;
        }
        std::thread::sleep(POLL);
    }
}

fn agents_door(stage: &Stage, agent: &Agent, conversation: ConversationId, port: u16) -> Door {
    let key = Key::Agent { cookie: agent.cookie.clone(), workspace: agent.workspace };
    Door { port, base_url: stage.base_url().to_owned(), codec: Codec::Postcard, conversation, key }
}
