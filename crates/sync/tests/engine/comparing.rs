//! What agents' engines do that visitors' do not: a reply says what its author had seen, a note that it is being written.

use protocol::{
    AgentCommand, AgentId, AgentKind, AgentProfile, Aside, Author, ClientFrame, ClientMessageId, Code,
    Cursor, Event, Failure, ForAgents, PublicKind, ReadMarks, Refusal, Resume, SavedMessage, Saying, Seq,
    ServerFrame, Status, VisitorPresence, Welcome,
};
use sync::{Conversation, Effect, Env, Input, SendState};

use crate::client::{BEGIN, entropy, epoch, said};

struct Agent {
    engine: Conversation<ForAgents>,
    calls: u64,
}

impl Agent {
    /// The one that sends, not connected.
    fn new() -> Self {
        let engine = Conversation::new(Env { now: BEGIN, entropy: entropy(0) });
        let mut agent = Self { engine, calls: 0 };
        agent.give(Input::Start);
        agent.give(Input::Elected);
        agent
    }

    fn give(&mut self, input: Input<ForAgents>) -> Vec<Effect<ForAgents>> {
        self.calls += 1;
        self.engine.handle(Env { now: BEGIN, entropy: entropy(self.calls) }, input).effects
    }

    /// Connects and takes so many messages of the visitor, in a life of the log.
    fn connect(&mut self, life: u8, count: u64) -> Vec<Effect<ForAgents>> {
        self.give(Input::Opened { credential: "ticket".to_owned() });
        let effects = self.give(Input::Received(ServerFrame::Welcome(Welcome {
            epoch: epoch(life),
            resume: Resume::Fresh,
            from: Seq(0),
            head: Seq(count),
            me: Author::Agent(AgentProfile { id: AgentId::from_bytes([7; 16]), name: "Ada".to_owned() }),
            status: Status::Open,
            marks: ReadMarks::default(),
            presence: VisitorPresence {
                visitor: Some(protocol::VisitorId::from_bytes([7; 16])),
                ..VisitorPresence::default()
            },
            now: BEGIN,
        })));
        for seq in 1..=count {
            self.visitor_says(seq);
        }
        effects
    }

    fn visitor_says(&mut self, seq: u64) {
        let event = Event {
            seq: Seq(seq),
            at: BEGIN.plus(seq),
            author: Author::Visitor,
            client_message_id: ClientMessageId::from_bytes([u8::try_from(seq).expect("small"); 16]),
            kind: AgentKind::Public(said(&format!("v{seq}"))),
        };
        self.give(Input::Received(ServerFrame::Events { events: vec![event] }));
    }

    fn refuse(&mut self, id: ClientMessageId) {
        let refusal = Refusal { code: Code::Overtaken, client_message_id: Some(id), retry_after: None };
        self.give(Input::Received(ServerFrame::Refused(refusal)));
    }

    fn state_of(&self, id: ClientMessageId) -> (SendState, Option<Seq>) {
        let view = self.engine.view(BEGIN);
        let item = view.items.iter().find(|item| item.client_message_id == id).expect("shown");
        (item.state, item.seen)
    }
}

fn message() -> AgentCommand {
    AgentCommand::Message { text: "Yes, two.".to_owned() }
}

fn seen(life: u8, upto: u64) -> Option<Cursor> {
    Some(Cursor { epoch: epoch(life), seq: Seq(upto), at: BEGIN.plus(upto) })
}

/// What is sent: under which id, and what its author had seen.
fn sent(effects: &[Effect<ForAgents>]) -> Vec<(ClientMessageId, AgentCommand)> {
    let sent = effects.iter().filter_map(|effect| match effect {
        Effect::Transmit(ClientFrame::Submit(submission)) => {
            Some((submission.client_message_id, submission.command.clone()))
        }
        Effect::Transmit(_)
        | Effect::Connect { .. }
        | Effect::Ping
        | Effect::Disconnect(_)
        | Effect::Keep(_)
        | Effect::Drop(_)
        | Effect::Contend { .. } => None,
    });
    sent.collect()
}

fn kept(effects: &[Effect<ForAgents>]) -> Option<SavedMessage<AgentCommand>> {
    effects.iter().find_map(|effect| if let Effect::Keep(kept) = effect { Some(kept.clone()) } else { None })
}

#[test]
fn sy50_a_reply_says_what_was_on_the_screen_when_it_was_written() {
    let mut agent = Agent::new();
    agent.connect(1, 2);
    let say = |upto| AgentCommand::Say {
        what: Saying::Message { text: "Yes, two.".to_owned() },
        seen: seen(1, upto),
    };
    let first = sent(&agent.give(Input::Submit(message())));
    assert_eq!(first[0].1, say(2));
    agent.visitor_says(3);
    let second = sent(&agent.give(Input::Submit(message())));
    assert_eq!(second[0].1, say(3), "what is there counts, however short");
    for own in [AgentCommand::Note { text: "Ask Ben.".to_owned() }, AgentCommand::Resolve] {
        assert_eq!(sent(&agent.give(Input::Submit(own.clone())))[0].1, own, "only replies are compared");
    }
}

#[test]
fn sy50_what_was_written_offline_says_what_was_seen_then() {
    let mut agent = Agent::new();
    let effects = agent.give(Input::Submit(message()));
    assert_eq!(sent(&effects), []);
    let command = message().seeing(None);
    let kept = kept(&effects).expect("kept for every tab");
    assert_eq!(kept.command, command);
    assert_eq!(sent(&agent.connect(1, 2))[0].1, command, "nothing had been seen");

    let mut other = Agent::new();
    other.connect(1, 2);
    other.give(Input::Deposed);
    other.give(Input::Kept(kept));
    assert_eq!(sent(&other.give(Input::Elected))[0].1, command, "whichever tab sends it");
}

#[test]
fn sy50_a_held_reply_waits_for_its_author_and_is_sent_as_seen_by_then() {
    let mut agent = Agent::new();
    agent.connect(1, 2);
    let (id, _) = sent(&agent.give(Input::Submit(message())))[0];
    agent.visitor_says(3);
    agent.refuse(id);
    let failed = SendState::Failed(Failure::Refused(Code::Overtaken));
    assert_eq!(agent.state_of(id), (failed, Some(Seq(2))));
    let effects = agent.give(Input::Retry(id));
    assert_eq!(sent(&effects), [(id, message().seeing(seen(1, 3)))], "the same id");
    assert_eq!(kept(&effects).expect("kept as sent").command, message().seeing(seen(1, 3)));
}

#[test]
fn ma7_what_ends_a_conversation_does_not_go_without_the_reply_before_it() {
    let wait = || AgentCommand::Handle(protocol::Handling::Wait);
    let note = || AgentCommand::Note { text: "Paid back.".to_owned() };
    let mut agent = Agent::new();
    agent.connect(1, 2);
    let (before, _) = sent(&agent.give(Input::Submit(AgentCommand::Resolve)))[0];
    let (reply, _) = sent(&agent.give(Input::Submit(message())))[0];
    let (noted, _) = sent(&agent.give(Input::Submit(note())))[0];
    let (resolved, _) = sent(&agent.give(Input::Submit(AgentCommand::Resolve)))[0];
    let (waiting, _) = sent(&agent.give(Input::Submit(wait())))[0];
    agent.visitor_says(3);
    let refusal = Refusal { code: Code::Overtaken, client_message_id: Some(reply), retry_after: None };
    let effects = agent.give(Input::Received(ServerFrame::Refused(refusal)));
    let again: Vec<_> = sent(&effects).into_iter().map(|(id, _)| id).collect();
    assert_eq!(again, [before, noted], "what came before it, and what does not depend on it");
    let failed = SendState::Failed(Failure::Refused(Code::Overtaken));
    for (id, state) in [
        (before, SendState::Sending),
        (reply, failed),
        (noted, SendState::Sending),
        (resolved, failed),
        (waiting, failed),
    ] {
        assert_eq!(agent.state_of(id).0, state);
    }
    let kept: Vec<_> = effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Keep(kept) if kept.failed.is_some() => Some(kept.client_message_id),
            _ => None,
        })
        .collect();
    assert_eq!(kept, [reply, resolved, waiting], "in every tab");
    let all = [reply, resolved, waiting].map(|id| sent(&agent.give(Input::Retry(id))));
    assert_eq!(
        all.map(|sent| sent.into_iter().map(|(id, _)| id).collect::<Vec<_>>()),
        [[reply], [resolved], [waiting]],
        "sent anyway, in their order"
    );
}

#[test]
fn sy18_an_answer_to_what_had_failed_says_nothing_of_what_is_asked_since() {
    let mut agent = Agent::new();
    agent.connect(1, 2);
    let (first, _) = sent(&agent.give(Input::Submit(message())))[0];
    let (second, _) = sent(&agent.give(Input::Submit(message())))[0];
    // The second is sent again as the first has failed, so that two answers are on their way.
    agent.refuse(first);
    agent.refuse(second);
    let failed = SendState::Failed(Failure::Refused(Code::Overtaken));
    assert_eq!(agent.state_of(second).0, failed);
    assert_eq!(sent(&agent.give(Input::Retry(second))).len(), 1);
    agent.refuse(second);
    assert_eq!(agent.state_of(second).0, SendState::Sending, "that was for the sending before");
    agent.refuse(second);
    assert_eq!(agent.state_of(second).0, failed, "this one is for the last");
    agent.refuse(first);
    assert_eq!(sent(&agent.give(Input::Retry(first))).len(), 1);
    agent.give(Input::Closed { code: 1006 });
    agent.give(Input::NetworkBack);
    agent.connect(1, 2);
    agent.refuse(first);
    assert_eq!(agent.state_of(first).0, failed, "a new connection has no earlier answers");
}

#[test]
fn sy18_an_answer_says_nothing_of_what_another_tab_has_asked_for_since() {
    let mut agent = Agent::new();
    agent.connect(1, 2);
    let effects = agent.give(Input::Submit(message()));
    let (id, _) = sent(&effects)[0];
    let form = kept(&effects).expect("kept as sent");
    let later = SavedMessage { written_at: form.written_at.plus(1_000), ..form.clone() };
    assert_eq!(sent(&agent.give(Input::Kept(later))).len(), 1);
    agent.refuse(id);
    assert_eq!(agent.state_of(id).0, SendState::Sending, "that was for the sending before");
    agent.refuse(id);
    assert_eq!(agent.state_of(id).0, SendState::Failed(Failure::Refused(Code::Overtaken)));
}

#[test]
fn sy50_in_another_life_of_the_log_nothing_was_seen() {
    let mut agent = Agent::new();
    agent.connect(1, 2);
    let (id, _) = sent(&agent.give(Input::Submit(message())))[0];
    assert_eq!(agent.state_of(id), (SendState::Sending, Some(Seq(2))));
    agent.give(Input::Closed { code: 1006 });
    agent.give(Input::NetworkBack);
    let effects = agent.connect(2, 1);
    assert_eq!(sent(&effects), [(id, message().seeing(seen(1, 2)))], "as it was written");
    assert_eq!(agent.state_of(id), (SendState::Sending, None));
}

#[test]
fn sy50_what_was_stored_is_recognised_whatever_was_seen() {
    let mut agent = Agent::new();
    agent.connect(1, 1);
    let (id, _) = sent(&agent.give(Input::Submit(message())))[0];
    let at = BEGIN;
    agent.give(Input::Received(ServerFrame::Accepted {
        client_message_id: id,
        seq: Seq(2),
        at,
        duplicate: false,
    }));
    assert_eq!(agent.state_of(id).0, SendState::Sent);
    let stored = PublicKind::message(protocol::MessageText::parse("Yes, two.").expect("legal"));
    assert_eq!(agent.engine.view(at).items[1].kind, AgentKind::Public(stored));
}

#[test]
fn sy31_that_a_note_is_written_is_told_apart_from_a_reply() {
    let mut agent = Agent::new();
    agent.connect(1, 1);
    let mut told = |input| {
        let effects = agent.give(input);
        effects
            .into_iter()
            .filter_map(|effect| match effect {
                Effect::Transmit(ClientFrame::Typing { on }) => Some((false, on)),
                Effect::Transmit(ClientFrame::Noting { on }) => Some((true, on)),
                Effect::Transmit(_)
                | Effect::Connect { .. }
                | Effect::Ping
                | Effect::Disconnect(_)
                | Effect::Keep(_)
                | Effect::Drop(_)
                | Effect::Contend { .. } => None,
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(told(Input::Noting { on: true }), [(true, true)]);
    assert_eq!(told(Input::Noting { on: true }), [], "within two seconds");
    assert_eq!(told(Input::Noting { on: false }), [(true, false)]);
    assert_eq!(told(Input::Typing { on: true }), [(false, true)], "something else is told at once");
    assert_eq!(told(Input::Submit(AgentCommand::Note { text: "Ask Ben.".to_owned() })), []);
}

#[test]
fn sy32_everybody_else_who_types_is_shown_with_what_they_write() {
    let ben = AgentProfile { id: AgentId::from_bytes([8; 16]), name: "Ben".to_owned() };
    let mut agent = Agent::new();
    agent.connect(1, 1);
    let noting = |on| ServerFrame::Aside(Aside::Noting { author: ben.clone(), on });
    agent.give(Input::Received(noting(true)));
    agent.give(Input::Received(ServerFrame::Typing { author: Author::Visitor, on: true }));
    let shown = |agent: &Agent| {
        let view = agent.engine.view(BEGIN);
        view.typing.into_iter().map(|writing| (writing.author, writing.is_note)).collect::<Vec<_>>()
    };
    let ben = Author::Agent(ben.clone());
    assert_eq!(shown(&agent), [(ben.clone(), true), (Author::Visitor, false)]);
    agent.give(Input::Received(ServerFrame::Typing { author: ben.clone(), on: true }));
    assert_eq!(shown(&agent), [(Author::Visitor, false), (ben, false)], "one at a time");
}
