//! Finding what was said.

use protocol::codec::Codec;
use protocol::{AgentCommand, ConversationId, SearchField, SearchPage, SearchQuery, VisitorCommand};
use tests::{Agent, Case, Person, Stage, Visitor};

pub(crate) const CASES: &[Case<Stage>] = &[
    ("SE1 SE2 SE4 what is said is found, and what is deleted is not", what_is_said_is_found),
    ("SE3 whatever is typed is answered", whatever_is_typed),
];

/// What an agent finds, as positions of one conversation; nothing of others.
fn find(agent: &Agent, person: &mut Person, query: &SearchQuery, of: ConversationId) -> Vec<u64> {
    let answer = person.post(&format!("/api/workspaces/{}/search", agent.workspace), query);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let page: SearchPage = answer.json();
    let found = page.found.iter().filter(|found| found.entry.conversation == of);
    found.flat_map(|found| found.lines.iter().map(|line| line.seq.0)).collect()
}

/// The same once the index was told.
fn find_at_last(agent: &Agent, person: &mut Person, text: &str, of: ConversationId, wanted: &[u64]) {
    let query = SearchQuery { text: text.to_owned(), ..SearchQuery::default() };
    for _ in 0..200 {
        if find(agent, person, &query, of) == wanted {
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(100));
    }
    panic!("{text}: {:?}, not {wanted:?}", find(agent, person, &query, of));
}

fn what_is_said_is_found(stage: &Stage) {
    let mut agent = Agent::sign_in(stage);
    let mut person = agent.person();
    let mut visitor = Visitor::arrive(stage);
    let conversation = visitor.conversation;
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    let word = format!("w{:016x}", u64::from_be_bytes(tests::random()));
    let message = visitor.message(&format!("My Réfund, {word}!"));
    let id = message.client_message_id;
    line.send(&protocol::ClientFrame::Submit(message));
    tests::visitor::accepted(&mut line, id);
    visitor.say(&mut line, "我想申请退款");
    find_at_last(&agent, &mut person, &word, conversation, &[1]);
    find_at_last(&agent, &mut person, &format!("refun {word}"), conversation, &[1]);
    find_at_last(&agent, &mut person, &format!("申请 {word}"), conversation, &[1, 2]);

    let (mut agent_line, _) = agent.connect(conversation);
    agent.ask(&mut agent_line, AgentCommand::Note { text: format!("{word} says that he is a liar") });
    find_at_last(&agent, &mut person, &format!("{word} liar"), conversation, &[1, 3]);
    let messages = SearchQuery {
        text: format!("{word} liar"),
        within: Some(SearchField::Messages),
        ..SearchQuery::default()
    };
    assert_eq!(find(&agent, &mut person, &messages, conversation), [] as [u64; 0]);

    let deletion = visitor.submission(VisitorCommand::Delete { of: id });
    let deletion_id = deletion.client_message_id;
    line.send(&protocol::ClientFrame::Submit(deletion));
    tests::visitor::accepted(&mut line, deletion_id);
    find_at_last(&agent, &mut person, &word, conversation, &[3]);
}

fn whatever_is_typed(stage: &Stage) {
    let agent = Agent::sign_in(stage);
    let mut person = agent.person();
    let path = format!("/api/workspaces/{}/search", agent.workspace);
    let long = "x".repeat(10_000);
    let (words, fifty_one) = ("a ".repeat(4_000), "y".repeat(51));
    for text in [
        "\"unterminated",
        "*",
        "NEAR(",
        "a AND",
        "",
        ".,;",
        "said:a",
        &long,
        &words,
        &fifty_one,
        "a\u{0}b",
        "'; DROP TABLE entry",
    ] {
        let query = SearchQuery { text: text.to_owned(), ..SearchQuery::default() };
        assert_eq!(person.post(&path, &query).status, 200, "{text}");
    }
}
