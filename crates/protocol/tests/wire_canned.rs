//! Golden bytes of what concerns canned responses and macros.

mod golden;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use protocol::http::workspace::AuditChange;
use protocol::{CannedId, Handling, Label, MacroStep, Step};

use self::golden::check;

const ID: CannedId = CannedId::from_bytes([0x61; 16]);

fn shortcode() -> String {
    "hello".to_owned()
}

fn text() -> String {
    "Hello {{contact.name|there}}".to_owned()
}

fn draft() -> CannedDraft {
    CannedDraft { shortcode: shortcode(), text: text(), is_shared: true, steps: Vec::new() }
}

fn changed() -> CannedText {
    CannedText { shortcode: shortcode(), text: text(), steps: Vec::new() }
}

fn canned() -> Canned {
    Canned { id: ID, shortcode: shortcode(), text: text(), is_shared: true, used: 7, steps: Vec::new() }
}

fn steps() -> Vec<MacroStep> {
    let label = Label::parse("Refund").expect("legal");
    vec![
        MacroStep::Say(text()),
        MacroStep::Note("Paid back.".to_owned()),
        MacroStep::AssignToMe,
        MacroStep::SnoozeFor { minutes: 90 },
        MacroStep::Take(Step::Handle(Handling::Label(label))),
        MacroStep::Take(Step::Handle(Handling::HandTo { team: None })),
        MacroStep::Take(Step::Resolve),
    ]
}

#[test]
fn pr11_canned_responses() {
    check("canned_draft", vec![("draft", draft())]);
    check("canned_text", vec![("text", changed())]);
    let own = Canned { is_shared: false, used: 0, ..canned() };
    check("canned_list", vec![("list", CannedList { responses: vec![canned(), own] })]);
}

#[test]
fn pr11_questions_about_canned_responses() {
    check(
        "workspace_request_canned",
        vec![
            ("list", WorkspaceRequest::Canned),
            ("make", WorkspaceRequest::MakeCanned(draft())),
            ("change", WorkspaceRequest::ChangeCanned(ID, changed())),
            ("remove", WorkspaceRequest::RemoveCanned(ID)),
            ("use", WorkspaceRequest::UseCanned(ID)),
        ],
    );
    let answers: Vec<(&str, CallResult<WorkspaceAnswer>)> = vec![
        ("list", Ok(WorkspaceAnswer::Canned(CannedList { responses: vec![canned()] }))),
        ("response", Ok(WorkspaceAnswer::CannedResponse(canned()))),
    ];
    check("workspace_answer_canned", answers);
    check(
        "audit_change_canned",
        vec![
            ("made", AuditChange::CannedMade { shortcode: shortcode() }),
            ("changed", AuditChange::CannedChanged { shortcode: shortcode() }),
            ("removed", AuditChange::CannedRemoved { shortcode: shortcode() }),
        ],
    );
}

#[test]
fn pr11_macros() {
    let name = || "Refund granted".to_owned();
    let draft = CannedDraft { shortcode: name(), text: String::new(), is_shared: false, steps: steps() };
    check("macro_draft", vec![("draft", draft)]);
    let text = CannedText { shortcode: name(), text: String::new(), steps: steps() };
    check("macro_text", vec![("text", text)]);
    let one = Canned { shortcode: name(), text: String::new(), steps: steps(), ..canned() };
    check("macro_list", vec![("list", CannedList { responses: vec![one] })]);
    check(
        "audit_change_macro",
        vec![
            ("made", AuditChange::MacroMade { name: name() }),
            ("changed", AuditChange::MacroChanged { name: name() }),
            ("removed", AuditChange::MacroRemoved { name: name() }),
        ],
    );
}

#[test]
fn ma3_what_says_nothing_of_steps_is_a_response() {
    let draft = r#"{"shortcode":"hello","text":"Hello","is_shared":false}"#;
    let read: CannedDraft = serde_json::from_str(draft).expect("as it was sent before there were macros");
    assert!(read.steps.is_empty());
    let kept = r#"{"id":"61616161616161616161616161616161","shortcode":"hello","text":"Hello","is_shared":false,"used":1}"#;
    assert!(serde_json::from_str::<Canned>(kept).is_ok_and(|read| !read.is_macro()));
}

#[test]
fn pr13_no_step_but_those_that_there_are_is_read() {
    for bad in [
        r#""resolve""#,
        r#"{"say":7}"#,
        r#"{"snooze_for":{"minutes":-1}}"#,
        r#"{"snooze_for":{"minutes":4294967296}}"#,
        r#"{"snooze_for":{"minutes":1,"hours":1}}"#,
        r#"{"take":{"handle":{"label":"\u0007"}}}"#,
        r#"{"take":{"handle":{"assign":{"to":"me"}}}}"#,
        r#"{"say":"a","note":"b"}"#,
        "{}",
        "null",
    ] {
        assert!(serde_json::from_str::<MacroStep>(bad).is_err(), "{bad}");
    }
}
