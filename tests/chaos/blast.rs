//! The blast radius of a panic: what other conversations of the isolate notice when the code of one panics.
//!
//! A panic of the Worker is a trap that resets every object of its isolate. No build has a way to cause one, so the
//! trap is put into a copy of the JavaScript glue: where a string leaves WebAssembly for the database, a magic word
//! raises what the instruction `unreachable` raises, past the same frames, which are left as they are.

use std::time::{Duration, Instant};

use protocol::codec::Codec;
use protocol::{ClientFrame, ConversationId};
use tests::{Agent, Stage, Visitor};

use crate::audit::{Findings, has_converged};
use crate::cast::{Chat, wait, wait_for_list};

const PORT: u16 = 8_953;

/// The word that makes the copy panic.
const MAGIC: &str = "chaos-panic-5f1d";

/// Throws what a trap throws, where a string leaves WebAssembly: for a message, as it is about to be stored.
const TRAP: &str = r#"const decode = TextDecoder.prototype.decode;
TextDecoder.prototype.decode = function (...given) {
  const text = decode.apply(this, given);
  if (text.includes("MAGIC")) throw new WebAssembly.RuntimeError("unreachable");
  return text;
};"#;

/// Conversations that look on.
const WITNESSES: usize = 4;

/// How often each agent writes; below the rate at which they are held back.
const EVERY: Duration = Duration::from_millis(100);

/// How long people write before the first panic, and after each.
const WHILE: Duration = Duration::from_millis(500);

/// Within which requests must be answered again after a panic.
const PATIENCE: Duration = Duration::from_secs(20);

/// After which a request counts as stalled.
const ANSWER_PATIENCE: Duration = Duration::from_secs(2);

/// Within which a message must be stored whatever happens to others.
const SLOWEST: Duration = Duration::from_secs(2);

/// What was noticed.
#[derive(Debug, Default)]
pub(crate) struct Blast {
    pub(crate) panics: u32,
    /// Sockets of witnesses that were lost.
    pub(crate) sockets_lost: u32,
    /// The longest that a message took before there was a panic.
    pub(crate) slowest_before: Duration,
    /// The longest that a message took in all.
    pub(crate) slowest: Duration,
    /// The longest that the list of conversations was behind after a panic, with nothing new to remind anybody.
    pub(crate) list_told_after: Duration,
    /// Requests over HTTP that were answered with 500.
    pub(crate) requests_failed: u32,
    /// Requests over HTTP, on their way during the panic, that were not answered within 2 s.
    pub(crate) requests_stalled: u32,
    pub(crate) findings: Findings,
    /// Whether the conversation whose code panicked could go on afterwards.
    pub(crate) victims_that_went_on: u32,
}

impl Blast {
    /// Whether nobody but the conversation that panicked noticed (SPEC DL12).
    pub(crate) fn keeps_promises(&self) -> bool {
        self.findings.is_clean()
            && self.sockets_lost == 0
            && self.victims_that_went_on == self.panics
            && self.slowest < SLOWEST
    }

    /// Says it in a line.
    pub(crate) fn line(&self) -> String {
        format!(
            "{} panics beside {WITNESSES} conversations: {} sockets lost, {} of {} messages lost, slowest message \
             {} ms ({} ms without a panic), list behind by {:.1} s at most, requests unanswered {}, failed {}; \
             {} of the conversations that panicked went on",
            self.panics,
            self.sockets_lost,
            self.findings.lost,
            self.findings.sent,
            self.slowest.as_millis(),
            self.slowest_before.as_millis(),
            self.list_told_after.as_secs_f64(),
            self.requests_stalled,
            self.requests_failed,
            self.victims_that_went_on,
        )
    }
}

/// Lets conversations write and makes others panic, one after the other.
pub(crate) fn measure(panics: u32) -> Blast {
    let stage = Stage::start_adapted("blast", PORT, with_trap);
    let agent = Agent::sign_in(&stage);
    let mut chats: Vec<Chat> = (1..=WITNESSES)
        .map(|witness| Chat::begin(&format!("b{witness}"), &stage, &agent, stage.port()))
        .collect();
    wait(WHILE, || chats.iter().all(|chat| has_converged(&chat.clients)));
    let mut blast = Blast::default();
    write(&mut chats);
    blast.slowest_before = slowest(&chats);
    for number in 0..panics {
        let mut victim = Visitor::arrive(&stage);
        let (mut line, _) = victim.connect(Codec::Postcard, None);
        // Other conversations tell the workspace 20 ms after a message, and wait for its answer meanwhile.
        chats.iter_mut().for_each(|chat| drop(chat.let_agent_write()));
        std::thread::sleep(Duration::from_millis(18 + u64::from(number)));
        line.send(&ClientFrame::Submit(victim.clone().message(MAGIC)));
        blast.panics += 1;
        let written = Instant::now();
        let is_back = wait(PATIENCE, || match status(&stage, &agent) {
            Some(200) => true,
            Some(_) => {
                blast.requests_failed += 1;
                false
            }
            None => {
                blast.requests_stalled += 1;
                false
            }
        });
        if !is_back {
            blast.findings.wrong("DL1", "requests are not answered after a panic".to_owned());
            break;
        }
        if let Err(wrong) = wait_for_list(&agent, &last_messages(&chats)) {
            blast.findings.wrong("WS4", wrong);
        }
        blast.list_told_after = blast.list_told_after.max(written.elapsed());
        write(&mut chats);
        let went_on = std::thread::spawn(move || {
            let (mut line, _) = victim.connect(Codec::Postcard, None);
            victim.say(&mut line, "I am back");
        });
        blast.victims_that_went_on += u32::from(went_on.join().is_ok());
    }
    let agreed = wait(Duration::from_secs(30), || chats.iter().all(|chat| has_converged(&chat.clients)));
    if !agreed {
        blast.findings.wrong("SY35", "the witnesses of a panic do not agree".to_owned());
    }
    blast.slowest = slowest(&chats);
    for chat in &chats {
        let clients = chat.clients.iter().map(|client| client.screen().connections);
        blast.sockets_lost += clients.map(|connections| connections.saturating_sub(1)).sum::<u32>();
        blast.findings.add(Findings::of_chat(&stage, &agent, chat).0);
    }
    blast
}

/// Lets every agent write for a while.
fn write(chats: &mut [Chat]) {
    let begun = Instant::now();
    while begun.elapsed() < WHILE {
        chats.iter_mut().for_each(|chat| drop(chat.let_agent_write()));
        std::thread::sleep(EVERY);
    }
}

/// What a request for the agent's own name is answered with, if it is.
fn status(stage: &Stage, agent: &Agent) -> Option<u16> {
    let config = ureq::Agent::config_builder().http_status_as_error(false);
    let browser: ureq::Agent = config.timeout_global(Some(ANSWER_PATIENCE)).build().into();
    let request = browser.get(format!("{}/api/account/me", stage.base_url())).header("Cookie", &agent.cookie);
    request.call().ok().map(|answer| answer.status().as_u16())
}

/// The last message of every agent, which nothing follows.
fn last_messages(chats: &[Chat]) -> Vec<(ConversationId, String)> {
    let last = |chat: &Chat| chat.clients.last().and_then(|agent| agent.screen().sent.last().cloned());
    chats.iter().filter_map(|chat| Some((chat.conversation, last(chat)?))).collect()
}

fn slowest(chats: &[Chat]) -> Duration {
    let clients = chats.iter().flat_map(|chat| &chat.clients);
    clients.map(|client| client.screen().slowest).max().unwrap_or_default()
}

/// Puts the trap before the glue.
fn with_trap(glue: &str) -> String {
    format!("{}\n{glue}", TRAP.replace("MAGIC", MAGIC))
}
