//! Golden bytes of reports.

mod golden;

use protocol::call::{CallResult, WorkspaceAnswer, WorkspaceRequest};
use protocol::civil::CivilDay;
use protocol::{
    AgentId, ClockSetting, DayFigures, Figures, Label, Milestone, MilestoneKind, Report, ReportLine,
    ReportQuery, Seq, SiteId, Spread, Stars, TeamId, Timestamp,
};

use self::golden::check;

const SINCE: Timestamp = Timestamp(1_790_000_000_000);
const SITE: SiteId = SiteId::from_bytes([0x20; 16]);
const AGENT: AgentId = AgentId::from_bytes([0xa0; 16]);
const TEAM: TeamId = TeamId::from_bytes([0x7e; 16]);

fn label() -> Label {
    Label::parse("Late order").expect("a label")
}

fn query() -> ReportQuery {
    let clock =
        vec![ClockSetting { since: SINCE, minutes: 120 }, ClockSetting { since: SINCE.plus(1), minutes: 60 }];
    ReportQuery {
        since: SINCE,
        until: SINCE.plus(86_400_000),
        site: Some(SITE),
        agent: Some(AGENT),
        label: Some(label()),
        clock,
        team: Some(TEAM),
    }
}

fn report() -> Report {
    let figures = Figures {
        conversations: 3,
        asked: 7,
        answered: 5,
        unanswered: 1,
        resolved: 2,
        first_response: Some(Spread { median: 60_000, ninth_decile: 3_600_000 }),
        resolution: None,
        ratings: [0, 0, 0, 1, 1],
    };
    Report {
        total: figures,
        unfollowed: 1,
        days: vec![DayFigures { day: CivilDay(20_717), figures: Figures::default() }],
        hours: vec![0, 3],
        sites: vec![ReportLine { subject: SITE, name: "Shop".to_owned(), figures }],
        agents: vec![ReportLine { subject: AGENT, name: "Anna 🌿".to_owned(), figures }],
        labels: vec![ReportLine { subject: label(), name: label().as_str().to_owned(), figures }],
        teams: vec![ReportLine { subject: TEAM, name: "Support".to_owned(), figures }],
    }
}

#[test]
fn pr11_reports_are_asked_for_and_answered() {
    check("workspace_request_report", vec![("report", WorkspaceRequest::Report(Box::new(query())))]);
    let answer = Ok(WorkspaceAnswer::Report(Box::new(report())));
    check::<CallResult<WorkspaceAnswer>>("workspace_answer_report", vec![("report", answer)]);
    check("report", vec![("report", report())]);
    let shortest =
        ReportQuery { site: None, agent: None, label: None, clock: Vec::new(), team: None, ..query() };
    check("report_query", vec![("all", query()), ("shortest", shortest)]);
}

#[test]
fn pr11_milestones_are_told() {
    let kinds = [
        ("asked", MilestoneKind::Asked),
        ("answered", MilestoneKind::Answered(AGENT)),
        ("resolved", MilestoneKind::Resolved),
        ("reopened", MilestoneKind::Reopened),
        ("rated", MilestoneKind::Rated(Stars::ALL[3])),
    ];
    let milestone = |(name, kind)| (name, Milestone { seq: Seq(4), at: SINCE, kind });
    check("milestone", kinds.map(milestone).to_vec());
}
