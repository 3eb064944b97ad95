//! Reports: who may read them, and that they say what happened.

use protocol::call::{WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::team::TeamDraft;
use protocol::{
    Code, ConversationDigest, ConversationId, Epoch, IndexEntry, Milestone, MilestoneKind, Passage,
    Placement, Report, ReportQuery, Seq, Spread, Status, TeamId, Timestamp, VisitorId,
};

use crate::scene::{SITE, Scene, Who};

const BEGAN: Timestamp = Timestamp(1_790_000_000_000);

fn query() -> ReportQuery {
    let until = BEGAN.plus(86_400_000);
    ReportQuery { since: BEGAN, until, site: None, agent: None, label: None, clock: Vec::new(), team: None }
}

fn read(scene: &mut Scene, query: ReportQuery) -> Report {
    match scene.ask(Who::Owner, WorkspaceRequest::Report(Box::new(query))) {
        Ok(WorkspaceAnswer::Report(report)) => *report,
        _ => panic!("a report"),
    }
}

/// Tells what happened in a conversation after a position.
fn tell(scene: &mut Scene, number: u8, after: u64, kinds: &[MilestoneKind]) {
    tell_with_team(scene, number, after, kinds, None);
}

fn tell_with_team(scene: &mut Scene, number: u8, after: u64, kinds: &[MilestoneKind], team: Option<TeamId>) {
    let milestone = |(seq, kind): (u64, &MilestoneKind)| Milestone {
        seq: Seq(seq),
        at: BEGAN.plus(seq * 1_000),
        kind: *kind,
    };
    let milestones: Vec<_> = (after + 1..).zip(kinds).map(milestone).collect();
    let upto = milestones.last().map_or(Seq(after), |last| last.seq);
    let digest = ConversationDigest {
        epoch: Epoch::from_bytes([1; 16]),
        revision: upto.0,
        entry: IndexEntry {
            conversation: ConversationId::from_bytes([number; 32]),
            site: SITE,
            visitor: VisitorId::from_bytes([number; 16]),
            status: Status::Open,
            active_at: BEGAN,
            preview: None,
            unread: 0,
            began_at: BEGAN,
            identity: None,
            placement: Placement { team, ..Placement::default() },
        },
    };
    let passage = Passage { after: Seq(after), upto, lines: Vec::new(), milestones };
    scene.call(WorkspaceCall::Tell { digest: Box::new(digest), passage }).map(drop).expect("heard");
}

#[test]
fn rp1_what_is_told_in_pieces_or_twice_counts_once() {
    use MilestoneKind::{Answered, Asked, Resolved};
    let mut scene = Scene::new();
    let agent = Who::Agent.id();
    tell(&mut scene, 1, 0, &[Asked, Asked]);
    tell(&mut scene, 1, 0, &[Asked, Asked]);
    tell(&mut scene, 1, 1, &[Asked, Answered(agent), Resolved]);
    tell(&mut scene, 2, 0, &[Asked]);
    let report = read(&mut scene, query());
    assert_eq!((report.total.conversations, report.total.asked, report.total.answered), (2, 3, 1));
    assert_eq!((report.total.unanswered, report.total.resolved), (1, 1));
    assert_eq!(report.total.first_response, Some(Spread { median: 2_000, ninth_decile: 2_000 }));
    assert_eq!(report.agents.len(), 1);
    assert_eq!(report.agents[0].subject, agent);
    assert!(!report.agents[0].name.is_empty() && !report.sites[0].name.is_empty());
    assert_eq!(report.unfollowed, 0);
}

#[test]
fn rp2_a_time_that_cannot_be_is_refused() {
    let mut scene = Scene::new();
    let backwards = ReportQuery { until: Timestamp(0), ..query() };
    let answer = scene.ask(Who::Owner, WorkspaceRequest::Report(Box::new(backwards)));
    assert_eq!(answer.err(), Some(Code::BadField));
}

#[test]
fn rp3_a_workspace_with_many_conversations_is_counted_to_the_last() {
    let mut scene = Scene::new();
    for _ in 0..2 {
        for number in 1..=250 {
            tell(&mut scene, number, 0, &[MilestoneKind::Asked]);
        }
    }
    assert_eq!(read(&mut scene, query()).total.conversations, 250);
}

#[test]
fn rp9_a_team_has_what_lies_with_it_and_one_that_is_removed_has_nothing() {
    use MilestoneKind::{Answered, Asked, Resolved};
    let mut scene = Scene::new();
    let draft = |name: &str| TeamDraft { name: name.to_owned(), members: Vec::new() };
    let mut made = |name| match scene.ask(Who::Owner, WorkspaceRequest::MakeTeam(draft(name))) {
        Ok(WorkspaceAnswer::Team(team)) => team.id,
        _ => panic!("a team"),
    };
    let (support, sales) = (made("Support"), made("Sales"));
    tell_with_team(&mut scene, 1, 0, &[Asked, Answered(Who::Agent.id()), Resolved], Some(support));
    tell_with_team(&mut scene, 2, 0, &[Asked], Some(support));
    tell_with_team(&mut scene, 3, 0, &[Asked], Some(sales));
    tell_with_team(&mut scene, 4, 0, &[Asked], Some(TeamId::from_bytes([0xee; 16])));
    let all = read(&mut scene, query());
    assert_eq!(all.total.conversations, 4);
    let lines: Vec<_> =
        all.teams.iter().map(|line| (line.name.as_str(), line.figures.conversations)).collect();
    assert_eq!(lines, [("Support", 2), ("Sales", 1)], "one that nobody has is none");
    let narrowed = read(&mut scene, ReportQuery { team: Some(support), ..query() });
    assert_eq!((narrowed.total, narrowed.teams.len()), (all.teams[0].figures, 1));
    scene.ask(Who::Owner, WorkspaceRequest::RemoveTeam(support)).map(drop).expect("removed");
    let after = read(&mut scene, query());
    assert_eq!((after.total.conversations, after.teams.len()), (4, 1));
    assert_eq!(read(&mut scene, ReportQuery { team: Some(support), ..query() }).total.conversations, 0);
}
