//! How long a visitor waits, and whether anybody is in the inbox: asked as a panel asks.

use std::time::Duration;

use protocol::http::SessionAnswer;
use protocol::{AgentCommand, Author, AvailabilityChoice, Codec, FeedRequest, Handling, WaitView};
use serde_json::json;
use tests::http::{Answer, get, post};
use tests::{Case, Stage, Visitor};

use crate::own_site::Site;

const PAGE_ORIGIN: &str = "http://localhost:8080";

pub(crate) const CASES: &[Case<Stage>] = &[
    ("QU6 OH8 a visitor is told how many are before them while somebody is in the inbox", places),
    ("QU6 outside of the team's hours nobody is told a place", closed),
];

impl Site<'_> {
    fn opens_chat(&self) -> SessionAnswer {
        let body = json!({ "site": self.view.keys[0].key, "token": "" }).to_string();
        post(&format!("{}/api/visitor/session", self.stage.base_url()), &[("Origin", PAGE_ORIGIN)], &body)
            .json()
    }

    fn is_unstaffed(&self) -> bool {
        self.opens_chat().reception.is_some_and(|reception| reception.is_away)
    }

    fn has_visitor(&self, text: &str) -> Waiting<'_> {
        let session = self.opens_chat();
        let mut visitor = Visitor::of_session(self.stage, session.token.clone(), session.conversation);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, text);
        Waiting { stage: self.stage, session }
    }
}

/// A visitor who has written.
struct Waiting<'a> {
    stage: &'a Stage,
    session: SessionAnswer,
}

impl Waiting<'_> {
    fn ask(&self) -> Answer {
        ask(self.stage, &format!("Bearer {}", self.session.token))
    }

    /// Asks until it is so: the index hears of a conversation a moment later, and reads a line anew every five seconds.
    fn until(&self, what: &str, is_so: impl Fn(&WaitView) -> bool) -> WaitView {
        for _ in 0..150 {
            let view: WaitView = self.ask().json();
            if is_so(&view) {
                return view;
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        panic!("{what}: {}", self.ask().body);
    }
}

/// As the frame asks, which has no origin.
fn ask(stage: &Stage, authorization: &str) -> Answer {
    let url = format!("{}/api/visitor/wait?lang=de", stage.base_url());
    get(&url, &[("Origin", "null"), ("Authorization", authorization)])
}

fn places(stage: &Stage) {
    let site = Site::new(stage);
    for _ in 0..100 {
        if site.is_unstaffed() {
            break;
        }
        // Feeds of earlier cases are about to be closed.
        std::thread::sleep(Duration::from_millis(100));
    }
    assert!(site.is_unstaffed());
    let first = site.has_visitor("Is anybody there?");
    let view = first.until("nobody is there", |view| view.is_away);
    assert_eq!((view.before, view.minutes), (None, None));
    assert_eq!(view.words.wait_next, "Sie sind als Nächstes dran");
    assert_eq!(view.words.wait_before["other"], "{count} Personen sind vor Ihnen dran");

    let (mut feed, _) = site.agent.watch_feed();
    assert!(!site.is_unstaffed(), "it is told with the session as well");
    let view = first.until("they are next", |view| view.before == Some(0));
    assert!(!view.is_away);
    let second = site.has_visitor("And for me?");
    second.until("one is before them", |view| view.before == Some(1));
    let silent = site.opens_chat();
    let view: WaitView = ask(stage, &format!("Bearer {}", silent.token)).json();
    assert_eq!((view.is_away, view.before), (false, None), "who has said nothing waits for nothing");

    // Who is taken is in no line, and nor is who was answered.
    let mut agent = site.agent.clone();
    let (mut line, welcome) = agent.connect(first.session.conversation);
    let Author::Agent(me) = welcome.me else { panic!("an agent") };
    agent.ask(&mut line, AgentCommand::Handle(Handling::Assign { to: Some(me.id) }));
    first.until("somebody has taken it", |view| view.before.is_none());
    second.until("they are next", |view| view.before == Some(0));
    let (mut line, _) = agent.connect(second.session.conversation);
    agent.ask(&mut line, AgentCommand::Message { text: "Here I am.".to_owned() });
    second.until("they were answered", |view| view.before.is_none());

    feed.send(&FeedRequest::Choose(AvailabilityChoice::Invisible));
    second.until("nobody is seen", |view| view.is_away);
    feed.send(&FeedRequest::Choose(AvailabilityChoice::Online));
    second.until("somebody is again", |view| !view.is_away);
    drop(feed);
    second.until("the last one has left", |view| view.is_away);

    for bad in ["", "Bearer", "Bearer a.b", "Basic YTpi"] {
        assert_eq!(ask(stage, bad).status, 401, "{bad}");
    }
}

fn closed(stage: &Stage) {
    let site = Site::new(stage);
    let (_feed, _) = site.agent.watch_feed();
    let waiting = site.has_visitor("Until when are you there?");
    waiting.until("they are next", |view| view.before == Some(0));
    let never = json!({ "hours": { "zone": "UTC", "week": [], "holidays": [] } });
    assert_eq!(site.receives(&never).status, 200);
    let view = waiting.until("the team is not there by its hours", |view| view.before.is_none());
    assert!(!view.is_away, "though somebody is in the inbox");
}
