//! Several conversations of one visitor: what they find in their home, and what nobody else does.

use std::time::Duration;

use protocol::http::{KnownSession, SessionAnswer};
use protocol::{AgentCommand, ClientFrame, Code, Codec, ConversationId, HomeView};
use serde_json::{Value, json};
use tests::http::{Answer, get, post};
use tests::stage::PAGE_ORIGIN;
use tests::{Agent, Case, Stage, Visitor, random};

use crate::sites::Keeper;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("CV40 CV42 a visitor begins another conversation, and finds both and what is unread", several),
    ("CV41 what is another visitor's and what there is not are the same", nobody_elses),
    ("CV44 a known person finds all of theirs on every device, in the latest of them", known_person),
];

/// The visitor of a browser, as its loader keeps them.
struct Browser<'a> {
    stage: &'a Stage,
    kept: String,
}

impl<'a> Browser<'a> {
    fn new(stage: &'a Stage) -> Self {
        Self { stage, kept: String::new() }
    }

    fn ask(&mut self, wish: &str) -> SessionAnswer {
        let body = json!({ "site": self.stage.site_key(), "token": self.kept, "conversation": wish });
        let answer = session(self.stage, &body);
        self.kept = [answer.token.as_str(), &answer.further].concat();
        answer
    }

    fn says(&self, session: &SessionAnswer, text: &str) {
        let mut visitor = Visitor::of_session(self.stage, session.token.clone(), session.conversation);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, text);
    }
}

fn session(stage: &Stage, body: &Value) -> SessionAnswer {
    let url = format!("{}/api/visitor/session", stage.base_url());
    post(&url, &[("Origin", PAGE_ORIGIN)], &body.to_string()).json()
}

/// As the frame asks, which has no origin.
fn ask_home(stage: &Stage, token: &str) -> Answer {
    let url = format!("{}/api/visitor/conversations?lang=de", stage.base_url());
    let authorization = format!("Bearer {token}");
    get(&url, &[("Origin", "null"), ("Authorization", authorization.as_str())])
}

/// Waits until the index was told of so many.
fn home_of(stage: &Stage, token: &str, count: usize) -> HomeView {
    for _ in 0..100 {
        let home: HomeView = ask_home(stage, token).json();
        if home.conversations.len() >= count {
            return home;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    panic!("not {count} conversations within ten seconds");
}

fn several(stage: &Stage) {
    let mut browser = Browser::new(stage);
    let first = browser.ask("");
    assert_eq!((first.further.as_str(), first.others), ("", false), "as it ever was");
    assert_eq!(home_of(stage, &first.token, 0).conversations, []);
    browser.says(&first, "The first question");

    let second = browser.ask("new");
    assert_ne!(second.conversation, first.conversation);
    assert_eq!(second.further, format!("+{}", second.conversation));
    assert!(second.others);
    let again = browser.ask("new");
    assert_eq!(again.conversation, second.conversation, "nothing was said in it");
    browser.says(&again, "The second question");

    let home = home_of(stage, &second.token, 2);
    let told = |home: &HomeView| {
        let one = |past: &protocol::HomeConversation| (past.id, past.text.clone(), past.mine, past.unread);
        home.conversations.iter().map(one).collect::<Vec<_>>()
    };
    assert_eq!(
        told(&home),
        [
            (second.conversation, "The second question".to_owned(), true, 0),
            (first.conversation, "The first question".to_owned(), true, 0),
        ]
    );
    assert_eq!(home.words["home_new"], "Neue Unterhaltung");

    let mut agent = Agent::sign_in(stage);
    let (mut agent_line, _) = agent.connect(first.conversation);
    agent.ask(&mut agent_line, AgentCommand::Message { text: "An answer".to_owned() });
    agent.ask(&mut agent_line, AgentCommand::Resolve);
    drop(agent_line);
    let is_told = |home: &HomeView| home.conversations.first().is_some_and(|past| past.is_over);
    let mut home = home_of(stage, &again.token, 2);
    for _ in 0..150 {
        if is_told(&home) {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
        home = home_of(stage, &again.token, 2);
    }
    let answered = &home.conversations[0];
    assert_eq!((answered.id, answered.unread, answered.is_over), (first.conversation, 1, true));
    assert_eq!(home.team.first(), answered.agent.as_ref(), "who answered most, and alone");

    let back = browser.ask(&first.conversation.to_string());
    assert_eq!((back.conversation, back.further.as_str(), back.others), (first.conversation, "+", true));
    let visitor = Visitor::of_session(stage, back.token.clone(), back.conversation);
    let (mut line, welcome) = visitor.connect(Codec::Postcard, None);
    line.send(&ClientFrame::Read { upto: welcome.head });
    for _ in 0..50 {
        if home_of(stage, &back.token, 2).conversations[0].unread == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    assert_eq!(home_of(stage, &back.token, 2).conversations[0].unread, 0, "it was read");
    assert_eq!(browser.ask("").conversation, first.conversation, "the one that was gone to last");
}

fn nobody_elses(stage: &Stage) {
    let mut owner = Browser::new(stage);
    let theirs = owner.ask("");
    owner.says(&theirs, "Between us");
    home_of(stage, &theirs.token, 1);

    let mut other = Browser::new(stage);
    let own = other.ask("");
    other.says(&own, "Something else");
    let wished = |wish: &str| {
        let body = json!({ "site": stage.site_key(), "token": own.token, "conversation": wish });
        let mut answer = serde_json::to_value(session(stage, &body)).expect("an answer");
        // They say when they were made.
        answer["token"] = Value::Null;
        answer["reception"]["now"] = Value::Null;
        answer
    };
    let absent = wished(&ConversationId::from_bytes(random()).to_string());
    assert_eq!(wished(&theirs.conversation.to_string()), absent);
    assert_eq!(wished("nonsense"), absent);
    assert_eq!(absent["conversation"], json!(own.conversation));
    let home = home_of(stage, &own.token, 1);
    assert!(home.conversations.iter().all(|past| past.id == own.conversation));

    for bad in ["", "nonsense", &theirs.token[..theirs.token.len() - 2]] {
        let refused = ask_home(stage, bad);
        assert_eq!((refused.status, refused.code()), (401, Code::Unauthenticated), "{bad}");
    }
    let url = format!("{}/api/visitor/conversations", stage.base_url());
    assert_eq!(get(&url, &[]).status, 401);
    let cookie = Agent::sign_in(stage).cookie;
    assert_eq!(get(&url, &[("Cookie", &cookie)]).status, 401, "agents have a list of their own");
}

fn known_person(stage: &Stage) {
    let (keeper, signer) = Keeper::identified(stage, "optional");
    let come = |who: &str, wish: &str| {
        let user = json!({ "proof": { "jwt": signer.token(who, &json!(null)) } });
        let answer = session(stage, &json!({ "site": keeper.key(), "user": user, "conversation": wish }));
        (answer.known.expect("somebody known"), answer.others)
    };
    let says = |session: &KnownSession, text: &str| {
        let mut visitor = Visitor::of_session(stage, session.token.clone(), session.conversation);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, text);
    };
    let (first, others) = come("anna", "");
    assert!(!others);
    says(&first, "The first question");
    home_of(stage, &first.token, 1);
    let (second, others) = come("anna", "new");
    assert!(second.conversation != first.conversation && others);
    says(&second, "The second question");
    let home = home_of(stage, &first.token, 2);
    assert_eq!(home.conversations[0].id, second.conversation, "whichever token asks");
    assert_eq!(come("anna", "").0.conversation, second.conversation, "another device gets the latest");
    let old = first.conversation.to_string();
    assert_eq!(come("anna", &old).0.conversation, first.conversation);

    let (stranger, others) = come("ben", &old);
    assert!(stranger.conversation != first.conversation && !others, "somebody else's is as good as none");
    assert_eq!(stranger.conversation, come("ben", "").0.conversation);
    assert_eq!(home_of(stage, &stranger.token, 0).conversations, []);
}
