//! What a site asks before the first message, and what a visitor answers.

use protocol::http::SessionAnswer;
use protocol::http::question::{Answer, AnswerFault, AnswersVerdict, AnswersView, Question};
use protocol::http::site::SiteView;
use protocol::{Code, Codec, ConversationId, FeedFrame, Team};
use serde_json::{Value, json};
use tests::http::{Answer as Answered, get, post};
use tests::stage::PAGE_ORIGIN;
use tests::{Case, Stage, Visitor, random};

use crate::own_site::Site;

pub(crate) const CASES: &[Case<Stage>] = &[
    ("QU1 QU3 a site's questions are kept and told with a session", asked),
    ("QU2 QU4 answers are judged, kept with the conversation, and read by agents only", answered),
    ("QU5 a visitor chooses a department, whose team the conversation comes to", led),
];

impl Site<'_> {
    fn asks(&self, questions: &Value) -> Answered {
        self.receives(&json!({ "hours": null, "questions": questions }))
    }

    fn session(&self) -> SessionAnswer {
        let body = json!({ "site": self.view.keys[0].key }).to_string();
        post(&format!("{}/api/visitor/session", self.stage.base_url()), &[("Origin", PAGE_ORIGIN)], &body)
            .json()
    }

    fn questions(&self) -> Vec<Question> {
        self.session().reception.expect("it is told").questions
    }

    /// As the frame does it, which has no origin.
    fn answers(&self, session: &SessionAnswer, answers: &Value) -> Answered {
        let key = self.view.keys[0].key;
        let url = format!(
            "{}/api/sites/{key}/conversations/{}/answers",
            self.stage.base_url(),
            session.conversation
        );
        let authorization = format!("Bearer {}", session.token);
        let headers = [("Origin", "null"), ("Authorization", authorization.as_str())];
        post(&url, &headers, &json!({ "answers": answers }).to_string())
    }

    fn read(&self, conversation: ConversationId) -> Answered {
        let url = format!(
            "{}/api/workspaces/{}/conversations/{conversation}/answers",
            self.stage.base_url(),
            self.agent.workspace
        );
        get(&url, &[("Cookie", &self.agent.cookie)])
    }
}

fn name_and_address() -> Value {
    json!([
        { "kind": "text", "label": "Your name", "is_required": true },
        { "kind": "email", "label": "Your address", "is_required": false },
    ])
}

fn asked(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(site.questions(), [], "nothing is asked unless somebody says so");
    for (bad, code) in [
        (json!([{ "kind": "text", "label": "", "is_required": false }]), Code::BadField),
        (json!([{ "kind": "choice", "label": "A", "is_required": false, "choices": ["x"] }]), Code::BadField),
        (
            json!([{ "kind": "consent", "label": "A", "is_required": true, "link": "javascript:x" }]),
            Code::BadField,
        ),
        (json!([{ "kind": "file", "label": "A", "is_required": false }]), Code::BadFrame),
    ] {
        let answer = site.asks(&bad);
        assert_eq!((answer.status, answer.code()), (400, code), "{bad}");
    }
    assert_eq!(site.asks(&name_and_address()).status, 200);
    let told = site.questions();
    assert_eq!(
        told.iter().map(|question| question.label.as_str()).collect::<Vec<_>>(),
        ["Your name", "Your address"]
    );
    assert_eq!(site.asks(&json!([])).status, 200);
    assert_eq!(site.questions(), []);
}

fn answered(stage: &Stage) {
    let site = Site::new(stage);
    assert_eq!(site.asks(&name_and_address()).status, 200);
    let session = site.session();
    let said = |name: &str, email: &str| json!([{ "label": "Your name", "text": name }, { "label": "Your address", "text": email }]);
    let verdict: AnswersVerdict = site.answers(&session, &said(" ", "anna")).json();
    assert_eq!(verdict.faults, [Some(AnswerFault::Missing), Some(AnswerFault::NoEmail)]);
    let other = site.answers(&session, &json!([{ "label": "Your name", "text": "Anna" }]));
    assert_eq!((other.status, other.code()), (400, Code::BadField), "the questions have changed");
    let refused = site.read(session.conversation);
    assert_eq!((refused.status, refused.code()), (404, Code::NotFound), "nothing has begun");

    let good = site.answers(&session, &said("Anna", "Anna@Example.com"));
    assert_eq!(good.header("access-control-allow-origin"), Some("*"));
    assert_eq!(good.json::<AnswersVerdict>().faults, []);
    let mut visitor = Visitor::of_session(stage, session.token.clone(), session.conversation);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "Hello");
    let kept = |label: &str, text: &str| Answer { label: label.to_owned(), text: text.to_owned() };
    let read: AnswersView = site.read(session.conversation).json();
    assert_eq!(read.answers, [kept("Your name", "Anna"), kept("Your address", "anna@example.com")]);
    let url = format!(
        "{}/api/workspaces/{}/conversations/{}/answers",
        stage.base_url(),
        site.agent.workspace,
        session.conversation
    );
    assert_eq!(get(&url, &[]).status, 401, "nobody else reads them");
    let late = site.answers(&session, &said("Ben", ""));
    assert_eq!((late.status, late.code()), (409, Code::TooLate));

    let to = |conversation| SessionAnswer { conversation, ..site.session() };
    let foreign = site.answers(&to(session.conversation), &said("Eve", ""));
    assert_eq!((foreign.status, foreign.code()), (404, Code::NotFound), "another visitor's conversation");
    assert_eq!(
        foreign.body,
        site.answers(&to(site.session().conversation), &said("Eve", "")).body,
        "and none"
    );
    assert_eq!(foreign.body, site.answers(&to(ConversationId::from_bytes(random())), &said("Eve", "")).body);
    let read: AnswersView = site.read(session.conversation).json();
    assert_eq!(read.answers[0], kept("Your name", "Anna"));

    let stranger = Site::new(stage);
    assert_eq!(stranger.asks(&name_and_address()).status, 200);
    let elsewhere = stranger.answers(&session, &said("Anna", ""));
    assert_eq!((elsewhere.status, elsewhere.code()), (404, Code::NotFound), "another site's questions");
    let untold = SessionAnswer { token: "nonsense".to_owned(), ..session };
    let nobody = site.answers(&untold, &said("Anna", ""));
    assert_eq!((nobody.status, nobody.code()), (401, Code::Unauthenticated));
}

fn led(stage: &Stage) {
    let site = Site::new(stage);
    let team = |name: &str| {
        let path = format!("/api/workspaces/{}/teams", site.agent.workspace);
        let name = format!("{name} {}", site.view.id);
        let made = site.agent.person().send("POST", &path, &json!({ "name": name, "members": [] }));
        made.json::<Team>().id
    };
    let (sales, care) = (team("Sales"), team("Care"));
    let asks = |departments: Value| {
        let questions = json!([
            { "kind": "choice", "label": "About what?", "is_required": false, "choices": ["Orders", "Ferns", "Else"] },
        ]);
        site.receives(&json!({ "questions": questions, "departments": departments }))
    };
    let leads = |choice: &str, team| json!({ "question": "About what?", "choice": choice, "team": team });
    for bad in [json!([leads("Pots", sales)]), json!([leads("Orders", sales), leads("Orders", care)])] {
        let answer = asks(bad);
        assert_eq!((answer.status, answer.code()), (400, Code::BadField));
    }
    let set = asks(json!([leads("Orders", sales), leads("Ferns", care)]));
    assert_eq!(set.status, 200, "{}", set.body);
    assert_eq!(set.json::<SiteView>().reception.departments.len(), 2);

    let (mut feed, _) = site.agent.watch_feed();
    for (choice, expected) in [("Orders", Some(sales)), ("Ferns", Some(care)), ("Else", None), ("", None)] {
        let session = site.session();
        let told = session.reception.as_ref().expect("it asks");
        let told = serde_json::to_string(told).expect("a text");
        assert!(told.contains("Orders") && !told.contains(&sales.to_string()), "of teams nothing: {told}");
        let said = json!([{ "label": "About what?", "text": choice }]);
        assert_eq!(site.answers(&session, &said).json::<AnswersVerdict>().faults, []);
        let mut visitor = Visitor::of_session(stage, session.token.clone(), session.conversation);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, "Hello");
        let found = feed.until(|frame| match frame {
            FeedFrame::Changed(entry) => {
                (entry.conversation == session.conversation).then_some(entry.placement.team)
            }
            _ => None,
        });
        assert_eq!(found, expected, "{choice}");
    }
}
