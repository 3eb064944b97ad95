use protocol::call::Founder;
use protocol::mail::Language;
use protocol::{
    AccountId, AgentProfile, Epoch, Permission, Permissions, Placement, Preview, Role, Seq, SiteId,
    VisitorId, WorkspaceId,
};

use super::*;
use crate::conversation::Party;

const SUPPORT: TeamId = TeamId::from_bytes([7; 16]);
const ADA: AgentId = AgentId::from_bytes([1; 16]);
const BEN: AgentId = AgentId::from_bytes([2; 16]);
const CARL: AgentId = AgentId::from_bytes([3; 16]);

fn hand(agent: AgentId, open: u32, last: u64) -> Hand {
    let person = Founder {
        account: AccountId::from_bytes([9; 16]),
        email: String::new(),
        agent: AgentProfile { id: agent, name: String::new() },
        language: Language::default(),
    };
    let role = Role::Agent;
    let permissions = role.built_in_permissions().expect("built in");
    let member = Member { person, role, permissions, joined_at: Timestamp(0), has_second_factor: false };
    Hand { member, open, last }
}

fn entry() -> IndexEntry {
    IndexEntry {
        conversation: ConversationId::from_bytes([1; 32]),
        site: SiteId::from_bytes([2; 16]),
        visitor: VisitorId::from_bytes([3; 16]),
        status: Status::Open,
        active_at: Timestamp(0),
        preview: Some(Preview { author: Author::Visitor, seq: Seq(1), text: "hi".to_owned() }),
        unread: 1,
        began_at: Timestamp(0),
        identity: None,
        placement: Placement::default(),
    }
}

fn waiting(number: u8, team: Option<TeamId>) -> Waiting {
    let identity = Identity {
        workspace: WorkspaceId::from_bytes([1; 16]),
        party: Party::Visitor { site: SiteId::from_bytes([2; 16]), visitor: VisitorId::from_bytes([3; 16]) },
        epoch: Epoch::from_bytes([4; 16]),
        began_at: Timestamp(0),
    };
    Waiting { conversation: ConversationId::from_bytes([number; 32]), identity, team, taken_from: None }
}

fn ways(way: AssignmentWay, limit: Option<u16>) -> Ways {
    Ways { workspace: Assignment { way, limit }, teams: BTreeMap::new() }
}

fn team(members: &[AgentId]) -> Vec<Team> {
    vec![Team { id: SUPPORT, name: "Support".to_owned(), members: members.to_vec() }]
}

fn given(ways: &Ways, teams: &[Team], waiting: &[Waiting], hands: &[Hand]) -> Vec<(u8, Option<AgentId>)> {
    let given = distribute((ways, teams), waiting, hands.to_vec());
    given.into_iter().map(|one| (one.conversation.as_bytes()[0], one.to)).collect()
}

#[test]
fn as1_by_hand_nobody_is_given_anything() {
    let both = [waiting(1, None), waiting(2, Some(SUPPORT))];
    let hands = [hand(ADA, 0, 0)];
    assert_eq!(given(&Ways::default(), &team(&[ADA]), &both, &hands), []);
    let own = ways(AssignmentWay::RoundRobin, None);
    assert_eq!(given(&own, &team(&[ADA]), &both, &hands), [(1, Some(ADA))], "a team has its own way");
    assert!(Ways::default().are_by_hand() && !own.are_by_hand());
}

#[test]
fn as1_a_limit_is_a_number_of_conversations() {
    let judged = |limit| tidied_assignment(Assignment { way: AssignmentWay::LeastBusy, limit }).err();
    for (limit, right) in [
        (None, None),
        (Some(1), None),
        (Some(1_000), None),
        (Some(0), Some(Code::BadField)),
        (Some(1_001), Some(Code::BadField)),
    ] {
        assert_eq!(judged(limit), right, "{limit:?}");
    }
}

#[test]
fn as2_what_waits_is_open_and_the_visitors_was_the_last_word() {
    let of = |status, author| {
        let preview = Some(Preview { author, seq: Seq(1), text: String::new() });
        waits_for_answer(&IndexEntry { status, preview, ..entry() })
    };
    assert!(of(Status::Open, Author::Visitor));
    assert!(!of(Status::Open, Author::Agent(AgentProfile { id: ADA, name: String::new() })));
    for status in [Status::Pending, Status::Snoozed, Status::Resolved] {
        assert!(!of(status, Author::Visitor), "{status:?}");
    }
    assert!(!waits_for_answer(&IndexEntry { preview: None, ..entry() }));
}

#[test]
fn as3_turns_go_round_and_ties_are_decided_by_the_longest_wait_and_then_the_id() {
    let three: Vec<_> = (1..=4).map(|number| waiting(number, None)).collect();
    let ways = ways(AssignmentWay::RoundRobin, None);
    let new = [hand(CARL, 0, 0), hand(BEN, 0, 0), hand(ADA, 0, 0)];
    let round = [(1, Some(ADA)), (2, Some(BEN)), (3, Some(CARL)), (4, Some(ADA))];
    assert_eq!(given(&ways, &[], &three, &new), round);
    let later = [hand(ADA, 0, 8), hand(BEN, 9, 7), hand(CARL, 0, 9)];
    let round = [(1, Some(BEN)), (2, Some(ADA)), (3, Some(CARL)), (4, Some(BEN))];
    assert_eq!(given(&ways, &[], &three, &later), round, "however busy they are");
    let turns = distribute((&ways, &[]), &three, later.to_vec());
    assert_eq!(turns.iter().map(|one| one.turn).collect::<Vec<_>>(), [10, 11, 12, 13]);
}

#[test]
fn as3_who_is_least_busy_is_first() {
    let four: Vec<_> = (1..=4).map(|number| waiting(number, None)).collect();
    let ways = ways(AssignmentWay::LeastBusy, None);
    let hands = [hand(ADA, 2, 0), hand(BEN, 0, 5), hand(CARL, 1, 0)];
    let right = [(1, Some(BEN)), (2, Some(CARL)), (3, Some(BEN)), (4, Some(ADA))];
    assert_eq!(given(&ways, &[], &four, &hands), right, "of equals, who got none for the longest time");
}

#[test]
fn as4_whoever_has_as_many_as_the_limit_says_is_passed_over() {
    let four: Vec<_> = (1..=4).map(|number| waiting(number, None)).collect();
    for way in [AssignmentWay::RoundRobin, AssignmentWay::LeastBusy] {
        let ways = ways(way, Some(2));
        let hands = [hand(ADA, 1, 0), hand(BEN, 2, 0), hand(CARL, 1, 0)];
        let right = [(1, Some(ADA)), (2, Some(CARL))];
        assert_eq!(given(&ways, &[], &four, &hands), right, "{way:?}: the others wait");
    }
}

#[test]
fn as2_a_teams_are_its_members_and_others_everybodys_who_may_answer() {
    let mut ways = ways(AssignmentWay::RoundRobin, None);
    ways.teams.insert(SUPPORT, Assignment { way: AssignmentWay::RoundRobin, limit: Some(5) });
    let hands = [hand(ADA, 0, 0), hand(BEN, 0, 0)];
    let teams = team(&[BEN, CARL]);
    let of_team = [waiting(1, Some(SUPPORT)), waiting(2, Some(SUPPORT))];
    assert_eq!(given(&ways, &teams, &of_team, &hands), [(1, Some(BEN)), (2, Some(BEN))]);
    assert_eq!(given(&ways, &team(&[CARL]), &of_team, &hands), [], "nobody of it is there");
    let mut reader = hand(ADA, 0, 0);
    reader.member.permissions = Permissions::of(&[Permission::ReadConversations]);
    assert_eq!(given(&ways, &[], &[waiting(1, None)], &[reader, hand(BEN, 0, 9)]), [(1, Some(BEN))]);
}

#[test]
fn as5_what_is_taken_from_somebody_is_given_to_another_or_to_nobody() {
    let ways = ways(AssignmentWay::LeastBusy, Some(1));
    let taken = Waiting { taken_from: Some(ADA), ..waiting(1, None) };
    let right: &[(&[Hand], Option<AgentId>)] = &[
        (&[], None),
        (&[hand(ADA, 0, 0)], None),
        (&[hand(ADA, 0, 0), hand(BEN, 0, 0)], Some(BEN)),
        (&[hand(BEN, 1, 0)], None),
    ];
    for (hands, to) in right {
        assert_eq!(given(&ways, &[], core::slice::from_ref(&taken), hands), [(1, *to)]);
    }
    assert_eq!(given(&Ways::default(), &[], &[taken], &[hand(BEN, 0, 0)]), [], "by hand it stays theirs");
}

#[test]
fn as5_who_is_gone_has_some_minutes_to_come_back() {
    let since = Timestamp(1_000);
    let of = |seen, grace| rescued_at(seen, since, grace).map(|at| at.since(since));
    assert_eq!(of(Availability::Online, None), None);
    assert_eq!(of(Availability::Offline, None), Some(2 * 60_000));
    assert_eq!(of(Availability::Away, None), Some(5 * 60_000));
    assert_eq!(of(Availability::Away, Some(700)), Some(700));
}

#[test]
fn as2_what_nobody_could_take_is_not_looked_at() {
    let mut ways = ways(AssignmentWay::RoundRobin, None);
    ways.teams.insert(SUPPORT, Assignment { way: AssignmentWay::LeastBusy, limit: Some(2) });
    let of = |teams: &[Team], hands: &[Hand]| reached((&ways, teams), hands).into_iter().collect::<Vec<_>>();
    assert_eq!(of(&team(&[BEN]), &[]), []);
    assert_eq!(of(&team(&[BEN]), &[hand(ADA, 0, 0)]), [None], "nobody of the team is there");
    assert_eq!(of(&team(&[BEN]), &[hand(BEN, 1, 0)]), [None, Some(SUPPORT)]);
    assert_eq!(of(&team(&[BEN]), &[hand(BEN, 2, 0)]), [None], "they have enough");
    let by_hand = Ways { workspace: Assignment::default(), ..ways.clone() };
    assert_eq!(reached((&by_hand, &[]), &[hand(BEN, 0, 0)]).len(), 0);
}
