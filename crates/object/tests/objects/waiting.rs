//! How long a visitor waits: the line, the usual wait, and whether anybody is there, told to nobody but them.

use protocol::call::{WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::team::TeamDraft;
use protocol::{
    AgentId, AvailabilityChoice, Code, ConversationDigest, ConversationId, Epoch, FeedRequest, IndexEntry,
    Milestone, MilestoneKind, Passage, Placement, Seq, SiteId, SiteKey, Status, Timestamp, VisitorClaims,
    VisitorId, VoucherId, Wait, WaitWanted,
};

use crate::scene::{KEY, SITE, Scene, WORKSPACE, Who};

const MINUTE: u64 = 60_000;

fn claims(number: u8) -> VisitorClaims {
    VisitorClaims {
        workspace: WORKSPACE,
        site: SITE,
        visitor: VisitorId::from_bytes([number; 16]),
        conversation: ConversationId::from_bytes([number; 32]),
        expires_at: Timestamp(0),
        identity: None,
        voucher: None,
    }
}

fn wait(scene: &mut Scene, claims: VisitorClaims) -> Result<Wait, Code> {
    match scene.call(WorkspaceCall::Wait(Box::new(WaitWanted { claims })))? {
        WorkspaceAnswer::Wait(wait) => Ok(*wait),
        _ => Err(Code::Internal),
    }
}

fn place(scene: &mut Scene, number: u8) -> Option<u32> {
    wait(scene, claims(number)).expect("an answer").before
}

/// Something that happened in a conversation.
struct Told {
    number: u8,
    site: SiteId,
    status: Status,
    placement: Placement,
    /// Who has answered, and after how many milliseconds.
    answered: Option<(AgentId, u64)>,
    ago: u64,
}

impl Told {
    fn asks(number: u8, ago: u64) -> Self {
        Self {
            number,
            site: SITE,
            status: Status::Open,
            placement: Placement::default(),
            answered: None,
            ago,
        }
    }

    fn to(self, scene: &mut Scene) {
        let Self { number, site, status, placement, answered, ago } = self;
        let at = Timestamp(scene.platform.now.0.saturating_sub_unsigned(ago));
        let asked = Milestone { seq: Seq(1), at, kind: MilestoneKind::Asked };
        let answer = answered.map(|(agent, after)| Milestone {
            seq: Seq(2),
            at: at.plus(after),
            kind: MilestoneKind::Answered(agent),
        });
        let milestones: Vec<_> = [asked].into_iter().chain(answer).collect();
        let upto = Seq(u64::try_from(milestones.len()).expect("few"));
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision: ago.abs_diff(1_000_000_000),
            entry: IndexEntry {
                conversation: ConversationId::from_bytes([number; 32]),
                site,
                visitor: VisitorId::from_bytes([number; 16]),
                status,
                active_at: at,
                preview: None,
                unread: 0,
                began_at: at,
                identity: None,
                placement,
            },
        };
        let passage = Passage { after: Seq::START, upto, lines: Vec::new(), milestones };
        scene.call(WorkspaceCall::Tell { digest: Box::new(digest), passage }).map(drop).expect("heard");
    }
}

#[test]
fn qu6_a_visitor_is_told_how_many_are_before_them_and_nothing_of_who() {
    let mut scene = Scene::new();
    scene.watch(Who::Agent);
    Told::asks(1, 3 * MINUTE).to(&mut scene);
    Told::asks(2, 2 * MINUTE).to(&mut scene);
    Told::asks(3, MINUTE).to(&mut scene);
    assert_eq!([1, 2, 3].map(|number| place(&mut scene, number)), [Some(0), Some(1), Some(2)]);
    assert_eq!(place(&mut scene, 9), None, "nothing was said in it");
    let another = VisitorClaims { conversation: ConversationId::from_bytes([1; 32]), ..claims(3) };
    assert_eq!(wait(&mut scene, another).map(|wait| wait.before), Ok(None), "nothing of anybody else's");
}

#[test]
fn qu6_the_line_is_of_one_site_and_one_team_and_of_one_day() {
    let mut scene = Scene::new();
    scene.watch(Who::Agent);
    let draft = TeamDraft { name: "Support".to_owned(), members: vec![Who::Agent.id()] };
    let Ok(WorkspaceAnswer::Team(team)) = scene.ask(Who::Owner, WorkspaceRequest::MakeTeam(draft)) else {
        panic!("a team");
    };
    let team = Placement { team: Some(team.id), ..Placement::default() };
    let taken = Placement { assignee: Some(Who::Agent.id()), ..Placement::default() };
    Told { site: SiteId::from_bytes([9; 16]), ..Told::asks(1, 9 * MINUTE) }.to(&mut scene);
    Told { placement: team.clone(), ..Told::asks(2, 8 * MINUTE) }.to(&mut scene);
    Told { placement: taken, ..Told::asks(3, 7 * MINUTE) }.to(&mut scene);
    Told { status: Status::Resolved, ..Told::asks(4, 6 * MINUTE) }.to(&mut scene);
    Told { answered: Some((Who::Agent.id(), 1_000)), ..Told::asks(5, 5 * MINUTE) }.to(&mut scene);
    Told::asks(6, 25 * 60 * MINUTE).to(&mut scene);
    Told::asks(7, 23 * 60 * MINUTE).to(&mut scene);
    Told::asks(8, MINUTE).to(&mut scene);
    assert_eq!(
        place(&mut scene, 8),
        Some(1),
        "only who asked in the last day and still waits is before them"
    );
    assert_eq!(place(&mut scene, 2), Some(0), "each team has its own");
    assert_eq!(
        [3, 4, 5].map(|number| place(&mut scene, number)),
        [None; 3],
        "who does not wait has no place"
    );
}

#[test]
fn qu7_the_usual_wait_is_computed_and_untold_where_there_is_too_little() {
    let mut scene = Scene::new();
    scene.watch(Who::Agent);
    let answered = |number, after| Told {
        answered: Some((Who::Agent.id(), after)),
        ..Told::asks(number, 60 * MINUTE + u64::from(number))
    };
    for number in 1..=4 {
        answered(number, 3 * MINUTE + 1).to(&mut scene);
    }
    Told::asks(20, MINUTE).to(&mut scene);
    let minutes = |scene: &mut Scene| wait(scene, claims(20)).expect("an answer").minutes;
    assert_eq!(minutes(&mut scene), None, "four answers are too few");
    answered(5, 3 * MINUTE + 1).to(&mut scene);
    assert_eq!(minutes(&mut scene), None, "it is not computed for each who asks");
    scene.platform.now = scene.platform.now.plus(MINUTE);
    scene.evict();
    scene.watch(Who::Agent);
    assert_eq!(minutes(&mut scene), Some(4));
    scene.platform.now = scene.platform.now.plus(3 * MINUTE);
    assert_eq!(minutes(&mut scene), None, "they have waited for longer than that");
}

#[test]
fn oh8_nobody_is_there_unless_somebody_who_may_answer_is_online() {
    let mut scene = Scene::new();
    Told::asks(1, MINUTE).to(&mut scene);
    let told = |scene: &mut Scene| {
        let wait = wait(scene, claims(1)).expect("an answer");
        (wait.is_away, wait.before)
    };
    assert_eq!(told(&mut scene), (true, None), "and nobody is told to wait for nobody");
    scene.watch(Who::Lead);
    assert_eq!(told(&mut scene), (true, None), "who may only read answers nobody");
    let handle = scene.watch(Who::Agent);
    assert_eq!(told(&mut scene), (false, Some(0)));
    scene.say(handle, &FeedRequest::Choose(AvailabilityChoice::Invisible));
    assert_eq!(told(&mut scene), (true, None), "who is not to be seen is not");
    scene.say(handle, &FeedRequest::Choose(AvailabilityChoice::Away));
    assert_eq!(told(&mut scene), (true, None));
    scene.say(handle, &FeedRequest::Choose(AvailabilityChoice::Online));
    assert_eq!(told(&mut scene), (false, Some(0)));
    scene.object.closed(&mut scene.platform, &handle, 1000);
    assert_eq!(told(&mut scene), (true, None), "the last one has left");
}

#[test]
fn oh8_a_session_begins_with_whether_anybody_is_there() {
    let mut scene = Scene::new();
    let key = SiteKey { workspace: WORKSPACE, key: KEY };
    let is_away = |scene: &mut Scene| match scene.call(WorkspaceCall::Receive { key }) {
        Ok(WorkspaceAnswer::Received { is_away, .. }) => is_away,
        other => panic!("{:?}", other.err()),
    };
    assert!(is_away(&mut scene));
    scene.watch(Who::Agent);
    assert!(!is_away(&mut scene));
}

#[test]
fn qu6_nothing_is_told_once_what_a_token_rests_on_has_ended() {
    let mut scene = Scene::new();
    Told::asks(1, MINUTE).to(&mut scene);
    let elsewhere = VisitorClaims { site: SiteId::from_bytes([9; 16]), ..claims(1) };
    assert_eq!(wait(&mut scene, elsewhere), Err(Code::UnknownSite));
    let proven = VisitorClaims { voucher: Some(VoucherId::from_bytes([5; 8])), ..claims(1) };
    assert_eq!(wait(&mut scene, proven), Err(Code::BadIdentity));
    assert_eq!(wait(&mut Scene::absent(), claims(1)), Err(Code::UnknownSite));
}
