//! Golden bytes of what concerns the giving of conversations to agents.

mod golden;

use protocol::call::{CallResult, ConversationCall, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::assignment::{Assignments, TeamAssignment};
use protocol::http::workspace::AuditChange;
use protocol::{AgentId, Assignment, AssignmentWay, Epoch, TeamId, WorkspaceId};

use self::golden::check;

const TEAM: TeamId = TeamId::from_bytes([0x7e; 16]);
const BY_HAND: Assignment = Assignment { way: AssignmentWay::ByHand, limit: None };
const IN_TURN: Assignment = Assignment { way: AssignmentWay::RoundRobin, limit: None };
const LEAST_BUSY: Assignment = Assignment { way: AssignmentWay::LeastBusy, limit: Some(12) };

fn assignments() -> Assignments {
    let teams = vec![TeamAssignment { team: TEAM, assignment: LEAST_BUSY }];
    Assignments { workspace: IN_TURN, teams }
}

#[test]
fn pr11_ways_of_giving_conversations_to_agents() {
    check("assignment", vec![("by hand", BY_HAND), ("in turn", IN_TURN), ("least busy", LEAST_BUSY)]);
    check("assignments", vec![("list", assignments())]);
}

#[test]
fn pr11_questions_about_them() {
    check(
        "workspace_request_assignments",
        vec![
            ("list", WorkspaceRequest::Assignments),
            ("set", WorkspaceRequest::SetAssignment(None, IN_TURN)),
            ("set a team's", WorkspaceRequest::SetAssignment(Some(TEAM), LEAST_BUSY)),
        ],
    );
    let answer: CallResult<WorkspaceAnswer> = Ok(WorkspaceAnswer::Assignments(assignments()));
    check("workspace_answer_assignments", vec![("list", answer)]);
    check(
        "audit_change_assignment",
        vec![
            ("set", AuditChange::AssignmentSet { team: None, assignment: IN_TURN }),
            (
                "set a team's",
                AuditChange::AssignmentSet { team: Some("Support".to_owned()), assignment: LEAST_BUSY },
            ),
        ],
    );
}

#[test]
fn pr11_a_conversation_is_given_to_somebody() {
    let give = |to| ConversationCall::Give {
        workspace: WorkspaceId::from_bytes([0x10; 16]),
        epoch: Epoch::from_bytes([0xe0; 16]),
        revision: 7,
        to,
    };
    let to = Some(AgentId::from_bytes([0xa1; 16]));
    check("conversation_call_give", vec![("somebody", give(to)), ("nobody", give(None))]);
}
