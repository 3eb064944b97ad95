//! Golden bytes of what concerns canned responses.

mod golden;

use protocol::CannedId;
use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::canned::{Canned, CannedDraft, CannedList, CannedText};
use protocol::http::workspace::AuditChange;

use self::golden::check;

const ID: CannedId = CannedId::from_bytes([0x61; 16]);

fn shortcode() -> String {
    "hello".to_owned()
}

fn text() -> String {
    "Hello {{contact.name|there}}".to_owned()
}

fn draft() -> CannedDraft {
    CannedDraft { shortcode: shortcode(), text: text(), is_shared: true }
}

fn changed() -> CannedText {
    CannedText { shortcode: shortcode(), text: text() }
}

fn canned() -> Canned {
    Canned { id: ID, shortcode: shortcode(), text: text(), is_shared: true, used: 7 }
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
