//! Golden bytes of what concerns visitors who are blocked.

mod golden;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::blocking::{Block, BlockView, BlockedList, BlockedVisitor};
use protocol::http::workspace::AuditChange;
use protocol::{AgentId, AgentProfile, Stated, Timestamp, VisitorId, VisitorIdentity};

use self::golden::check;

const VISITOR: VisitorId = VisitorId::from_bytes([0x61; 16]);

fn block() -> Block {
    let by = AgentProfile { id: AgentId::from_bytes([0xa1; 16]), name: "Ada".to_owned() };
    Block { by, at: Timestamp(1_790_000_000_000) }
}

fn list() -> BlockedList {
    let name = Stated { text: "Lena".to_owned(), is_verified: false };
    let identity = VisitorIdentity { user: None, name: Some(name), email: None };
    let known = BlockedVisitor { visitor: VISITOR, identity: Some(identity), block: block() };
    BlockedList { visitors: vec![known.clone(), BlockedVisitor { identity: None, ..known }] }
}

#[test]
fn pr11_blocked_visitors() {
    check("blocked_list", vec![("list", list())]);
    check(
        "block_view",
        vec![("blocked", BlockView { block: Some(block()) }), ("not blocked", BlockView { block: None })],
    );
}

#[test]
fn pr11_questions_about_blocked_visitors() {
    check(
        "workspace_request_blocking",
        vec![
            ("list", WorkspaceRequest::Blocked),
            ("look", WorkspaceRequest::Block(VISITOR)),
            ("block", WorkspaceRequest::BlockVisitor(VISITOR)),
            ("unblock", WorkspaceRequest::UnblockVisitor(VISITOR)),
        ],
    );
    let answers: Vec<(&str, CallResult<WorkspaceAnswer>)> = vec![
        ("list", Ok(WorkspaceAnswer::Blocked(list()))),
        ("view", Ok(WorkspaceAnswer::Block(BlockView { block: Some(block()) }))),
    ];
    check("workspace_answer_blocking", answers);
    check(
        "audit_change_blocking",
        vec![
            ("blocked", AuditChange::VisitorBlocked { visitor: VISITOR }),
            ("unblocked", AuditChange::VisitorUnblocked { visitor: VISITOR }),
        ],
    );
}
