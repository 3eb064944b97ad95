//! Golden bytes of what concerns teams, and whether agents are there.

mod golden;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceRequest};
use protocol::http::team::{TeamDraft, TeamList};
use protocol::http::workspace::AuditChange;
use protocol::{
    AgentAvailability, AgentId, Availability, AvailabilityChoice, FeedFrame, FeedRequest, ListView, Shelf,
    SiteId, Team, TeamCount, TeamEntry, TeamId,
};

use self::golden::check;

const ID: TeamId = TeamId::from_bytes([0x7e; 16]);
const ADA: AgentId = AgentId::from_bytes([0xa1; 16]);
const BEN: AgentId = AgentId::from_bytes([0xa2; 16]);

fn name() -> String {
    "Support".to_owned()
}

fn draft() -> TeamDraft {
    TeamDraft { name: name(), members: vec![ADA, BEN] }
}

fn team() -> Team {
    Team { id: ID, name: name(), members: vec![ADA, BEN] }
}

#[test]
fn pr11_teams() {
    check("team_draft", vec![("draft", draft())]);
    check(
        "team_list",
        vec![("list", TeamList { teams: vec![team(), Team { members: Vec::new(), ..team() }] })],
    );
}

#[test]
fn pr11_questions_about_teams() {
    check(
        "workspace_request_teams",
        vec![
            ("list", WorkspaceRequest::Teams),
            ("make", WorkspaceRequest::MakeTeam(draft())),
            ("change", WorkspaceRequest::ChangeTeam(ID, draft())),
            ("remove", WorkspaceRequest::RemoveTeam(ID)),
        ],
    );
    let answers: Vec<(&str, CallResult<WorkspaceAnswer>)> = vec![
        ("list", Ok(WorkspaceAnswer::Teams(TeamList { teams: vec![team()] }))),
        ("team", Ok(WorkspaceAnswer::Team(team()))),
    ];
    check("workspace_answer_teams", answers);
    check(
        "audit_change_teams",
        vec![
            ("made", AuditChange::TeamMade { name: name() }),
            ("changed", AuditChange::TeamChanged { name: name() }),
            ("removed", AuditChange::TeamRemoved { name: name() }),
        ],
    );
}

#[test]
fn pr11_frames_of_the_feed_about_teams_and_availability() {
    let view = ListView { shelf: Shelf::Team(ID), site: None };
    let choices = AvailabilityChoice::ALL;
    let mut asked = vec![
        ("list of a team", FeedRequest::List { view, after: None }),
        ("idle", FeedRequest::Idle { is_idle: true }),
        ("used", FeedRequest::Idle { is_idle: false }),
    ];
    asked.extend(choices.map(|choice| ("choose", FeedRequest::Choose(choice))));
    check("feed_request_teams", asked);
    let entry =
        TeamEntry { team: team(), open: vec![TeamCount { site: SiteId::from_bytes([0x60; 16]), open: 3 }] };
    let agents = [(ADA, Availability::Online), (BEN, Availability::Away), (BEN, Availability::Offline)];
    let agents = agents.map(|(agent, availability)| AgentAvailability { agent, availability }).to_vec();
    let mut told = vec![
        ("teams", FeedFrame::Teams { teams: vec![entry] }),
        ("available", FeedFrame::Available { agents }),
    ];
    told.extend(choices.map(|choice| ("chosen", FeedFrame::Chosen(choice))));
    check("feed_frame_teams", told);
}
