//! Conversations that find their agents by themselves, as the workspace decides it and owes it to them.

use protocol::call::{ConversationCall, Job, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::assignment::{Assignments, TeamAssignment};
use protocol::http::team::TeamDraft;
use protocol::http::workspace::AuditChange;
use protocol::{
    AgentId, AgentProfile, Assignment, AssignmentWay, Author, AvailabilityChoice, Code, ConversationDigest,
    ConversationId, Epoch, FeedFrame, FeedRequest, IndexEntry, Placement, Preview, Seq, Status, TeamId,
    VisitorId, codec, limits,
};

use crate::platform::Handle;
use crate::scene::{SITE, Scene, WORKSPACE, Who};

const IN_TURN: Assignment = Assignment { way: AssignmentWay::RoundRobin, limit: None };
const ONE_EACH: Assignment = Assignment { way: AssignmentWay::LeastBusy, limit: Some(1) };
const BY_HAND: Assignment = Assignment { way: AssignmentWay::ByHand, limit: None };

/// What a conversation says of itself.
#[derive(Debug, Clone, Copy)]
struct Said {
    head: u64,
    status: Status,
    by_visitor: bool,
    assignee: Option<Who>,
    team: Option<TeamId>,
}

const fn asked(head: u64) -> Said {
    Said { head, status: Status::Open, by_visitor: true, assignee: None, team: None }
}

const fn revision(head: u64) -> u64 {
    (head << 29) | 1
}

impl Scene {
    fn assign(&mut self, who: Who, team: Option<TeamId>, assignment: Assignment) -> Option<Code> {
        self.ask(who, WorkspaceRequest::SetAssignment(team, assignment)).err()
    }

    fn tell(&mut self, number: u8, said: Said) {
        self.tell_of([number; 32], said);
    }

    fn tell_of(&mut self, id: [u8; 32], said: Said) {
        let author = if said.by_visitor {
            Author::Visitor
        } else {
            Author::Agent(AgentProfile { id: Who::Agent.id(), name: "Agent".to_owned() })
        };
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision: revision(said.head),
            entry: IndexEntry {
                conversation: ConversationId::from_bytes(id),
                site: SITE,
                visitor: VisitorId::from_bytes([id[0]; 16]),
                status: said.status,
                active_at: self.platform.now,
                preview: Some(Preview { author, seq: Seq(said.head), text: "hi".to_owned() }),
                unread: 1,
                began_at: self.platform.now,
                identity: None,
                placement: Placement {
                    assignee: said.assignee.map(Who::id),
                    team: said.team,
                    ..Placement::default()
                },
            },
        };
        self.call(WorkspaceCall::Digest(Box::new(digest))).map(drop).expect("taken up");
    }

    /// What conversations are owed: which one, at which revision, and to whom it is given.
    fn gives(&mut self) -> Vec<(u8, u64, Option<AgentId>)> {
        let given = self.jobs().into_iter().filter_map(|job| match job {
            Job::Conversation(id, ConversationCall::Give { workspace, epoch, revision, to }) => {
                assert_eq!((workspace, epoch), (WORKSPACE, Epoch::from_bytes([1; 16])));
                Some((id.as_bytes()[0], revision, to))
            }
            _ => None,
        });
        given.collect()
    }

    fn leave(&mut self, handle: Handle) {
        self.object.closed(&mut self.platform, &handle, 1001);
        self.platform.attachments.remove(&handle);
    }

    fn pass(&mut self, milliseconds: u64) {
        self.platform.now = self.platform.now.plus(milliseconds);
    }

    fn ring(&mut self) {
        self.object.rang(&mut self.platform).expect("done");
        self.object.arm(&mut self.platform).expect("armed");
    }

    fn told_assignees(&self, handle: Handle) -> Vec<Option<AgentId>> {
        let of_socket = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        let frames = of_socket.filter_map(|(_, message)| match message {
            object::Message::Binary(bytes) => match codec::from_bytes(bytes).expect("a frame of the feed") {
                FeedFrame::Changed(entry) => Some(entry.placement.assignee),
                _ => None,
            },
            object::Message::Text(_) => panic!("postcard"),
        });
        frames.collect()
    }
}

#[test]
fn as1_who_manages_people_chooses_how_conversations_are_given_out() {
    let mut scene = Scene::new();
    let draft = TeamDraft { name: "Support".to_owned(), members: Vec::new() };
    let Ok(WorkspaceAnswer::Team(team)) = scene.ask(Who::Owner, WorkspaceRequest::MakeTeam(draft)) else {
        panic!("a team")
    };
    for (who, code) in
        [(Who::Agent, Code::Forbidden), (Who::Stranger, Code::NotFound), (Who::Removed, Code::NotFound)]
    {
        assert_eq!(scene.assign(who, None, IN_TURN), Some(code), "{who:?}");
    }
    assert_eq!(scene.assign(Who::Lead, None, IN_TURN), None);
    assert_eq!(scene.newest_change(), AuditChange::AssignmentSet { team: None, assignment: IN_TURN });
    assert_eq!(scene.assign(Who::Lead, Some(team.id), ONE_EACH), None);
    let of_team = AuditChange::AssignmentSet { team: Some("Support".to_owned()), assignment: ONE_EACH };
    assert_eq!(scene.newest_change(), of_team);
    let lines = scene.audit().len();
    assert_eq!(scene.assign(Who::Lead, Some(team.id), ONE_EACH), None);
    assert_eq!(scene.audit().len(), lines, "nothing was changed");
    let none = Assignment { limit: Some(0), ..IN_TURN };
    assert_eq!(scene.assign(Who::Lead, None, none), Some(Code::BadField));
    assert_eq!(scene.assign(Who::Lead, Some(TeamId::from_bytes([9; 16])), IN_TURN), Some(Code::NotFound));
    let teams = vec![TeamAssignment { team: team.id, assignment: ONE_EACH }];
    let Ok(WorkspaceAnswer::Assignments(told)) = scene.ask(Who::Agent, WorkspaceRequest::Assignments) else {
        panic!("everybody sees it")
    };
    assert_eq!(told, Assignments { workspace: IN_TURN, teams });
    scene.ask(Who::Owner, WorkspaceRequest::RemoveTeam(team.id)).map(drop).expect("removed");
    let Ok(WorkspaceAnswer::Assignments(told)) = scene.ask(Who::Agent, WorkspaceRequest::Assignments) else {
        panic!("everybody sees it")
    };
    assert_eq!(told.teams, [], "a team's goes with it");
}

#[test]
fn as1_by_hand_nothing_is_given_and_nothing_kept() {
    let mut scene = Scene::new();
    let feed = scene.watch(Who::Agent);
    scene.tell(1, asked(1));
    assert_eq!(scene.gives(), []);
    scene.leave(feed);
    let kept = store::Database::run(
        &scene.platform.database,
        "SELECT (SELECT COUNT(*) FROM queue), (SELECT COUNT(*) FROM absence)",
        Vec::new(),
    );
    assert_eq!(kept, Ok(vec![vec![store::Value::Integer(0), store::Value::Integer(0)]]));
}

#[test]
fn as2_what_comes_goes_to_who_is_online_and_may_answer_once() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, IN_TURN);
    scene.watch(Who::Lead);
    scene.tell(1, asked(1));
    assert_eq!(scene.gives(), [], "the lead only reads");
    let feed = scene.watch(Who::Agent);
    let me = Some(Who::Agent.id());
    assert_eq!(scene.gives(), [(1, revision(1), me)], "who comes is given what waits");
    scene.tell(2, asked(1));
    scene.tell(2, asked(2));
    assert_eq!(scene.gives(), [(2, revision(1), me)], "and nobody else meanwhile");
    assert_eq!(scene.told_assignees(feed), [me, me], "nobody is alarmed by what is somebody's already");
    scene.tell(2, Said { assignee: Some(Who::Agent), ..asked(3) });
    scene.evict();
    scene.tell(3, Said { by_visitor: false, ..asked(1) });
    scene.tell(4, Said { status: Status::Pending, ..asked(1) });
    scene.tell(5, Said { assignee: Some(Who::Agent), ..asked(1) });
    assert_eq!(scene.gives(), [], "what nobody waits in, and what is somebody's who is there");
}

#[test]
fn as2_a_team_of_which_nobody_is_there_keeps_nobody_else_waiting() {
    let mut scene = Scene::new();
    let draft = TeamDraft { name: "Support".to_owned(), members: vec![Who::Admin.id()] };
    let Ok(WorkspaceAnswer::Team(team)) = scene.ask(Who::Owner, WorkspaceRequest::MakeTeam(draft)) else {
        panic!("a team")
    };
    scene.assign(Who::Owner, Some(team.id), IN_TURN);
    scene.assign(Who::Owner, None, IN_TURN);
    scene.watch(Who::Agent);
    for number in 0..1_001_u16 {
        let [high, low] = number.to_be_bytes();
        let id = core::array::from_fn(|index| if index % 2 == 0 { high } else { low });
        scene.tell_of(id, Said { team: Some(team.id), ..asked(1) });
    }
    assert_eq!(scene.gives(), []);
    scene.pass(1);
    scene.tell(9, asked(1));
    assert_eq!(scene.gives(), [(9, revision(1), Some(Who::Agent.id()))]);
}

#[test]
fn as2_who_is_idle_away_or_invisible_is_given_nothing() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, IN_TURN);
    let feed = scene.watch(Who::Agent);
    for request in [
        FeedRequest::Idle { is_idle: true },
        FeedRequest::Choose(AvailabilityChoice::Invisible),
        FeedRequest::Choose(AvailabilityChoice::Away),
    ] {
        scene.say(feed, &request);
        scene.tell(1, asked(1));
        assert_eq!(scene.gives(), [], "{request:?}");
    }
    scene.say(feed, &FeedRequest::Choose(AvailabilityChoice::Online));
    assert_eq!(scene.gives(), [], "still idle");
    scene.say(feed, &FeedRequest::Idle { is_idle: false });
    assert_eq!(scene.gives(), [(1, revision(1), Some(Who::Agent.id()))]);
}

#[test]
fn as4_who_is_at_the_limit_is_passed_over_until_one_is_done_or_it_is_raised() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, ONE_EACH);
    scene.watch(Who::Agent);
    let me = Some(Who::Agent.id());
    let mine = |head| Said { assignee: Some(Who::Agent), ..asked(head) };
    for number in [1, 2, 3] {
        scene.tell(number, asked(1));
        scene.pass(1_000);
    }
    assert_eq!(scene.gives(), [(1, revision(1), me)]);
    scene.tell(1, mine(2));
    assert_eq!(scene.gives(), []);
    scene.tell(1, Said { status: Status::Resolved, ..mine(3) });
    assert_eq!(scene.gives(), [(2, revision(1), me)], "the oldest first");
    scene.tell(2, mine(2));
    scene.assign(Who::Owner, None, Assignment { limit: Some(2), ..ONE_EACH });
    assert_eq!(scene.gives(), [(3, revision(1), me)]);
}

#[test]
fn as3_they_take_turns_also_over_evictions() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, IN_TURN);
    scene.watch(Who::Agent);
    scene.watch(Who::Admin);
    let mut turns = Vec::new();
    for number in 1..=4 {
        scene.tell(number, asked(1));
        scene.evict();
        turns.extend(scene.gives().into_iter().filter_map(|(_, _, to)| to));
    }
    let (admin, agent) = (Who::Admin.id(), Who::Agent.id());
    assert_eq!(turns, [admin, agent, admin, agent]);
}

#[test]
fn as5_what_waits_with_somebody_who_goes_is_given_to_another_after_a_grace() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, IN_TURN);
    let agent = scene.watch(Who::Agent);
    let mine = |head| Said { assignee: Some(Who::Agent), ..asked(head) };
    scene.tell(1, mine(1));
    scene.tell(2, Said { by_visitor: false, ..mine(1) });
    scene.leave(agent);
    scene.evict();
    scene.watch(Who::Admin);
    scene.pass(limits::RESCUE_OFFLINE_MS - 1);
    scene.ring();
    assert_eq!(scene.gives(), [], "they may come back");
    scene.pass(1);
    scene.ring();
    assert_eq!(scene.gives(), [(1, revision(1), Some(Who::Admin.id()))], "what is answered stays theirs");
    scene.tell(1, Said { assignee: Some(Who::Admin), ..asked(2) });
    scene.tell(2, mine(2));
    assert_eq!(scene.gives(), [(2, revision(2), Some(Who::Admin.id()))], "as soon as its visitor waits");
    scene.watch(Who::Agent);
    scene.tell(3, mine(1));
    assert_eq!(scene.gives(), [], "they are back");
}

#[test]
fn as5_who_comes_back_in_time_keeps_theirs_and_where_nobody_is_it_is_nobodys() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, IN_TURN);
    let agent = scene.watch(Who::Agent);
    scene.tell(1, Said { assignee: Some(Who::Agent), ..asked(1) });
    scene.leave(agent);
    let again = scene.watch(Who::Agent);
    scene.pass(limits::RESCUE_AWAY_MS);
    scene.ring();
    assert_eq!(scene.gives(), []);
    scene.say(again, &FeedRequest::Choose(AvailabilityChoice::Away));
    scene.pass(limits::RESCUE_AWAY_MS);
    scene.ring();
    assert_eq!(scene.gives(), [(1, revision(1), None)], "back in the queue");
    scene.tell(1, asked(2));
    assert_eq!(scene.gives(), []);
    scene.watch(Who::Admin);
    assert_eq!(scene.gives(), [(1, revision(2), Some(Who::Admin.id()))]);
}

#[test]
fn as5_a_crash_takes_sockets_without_a_word_and_what_waits_is_found_nonetheless() {
    let mut scene = Scene::new();
    scene.assign(Who::Owner, None, IN_TURN);
    let agent = scene.watch(Who::Agent);
    scene.tell(1, Said { assignee: Some(Who::Agent), ..asked(1) });
    scene.platform.attachments.remove(&agent);
    scene.evict();
    scene.watch(Who::Admin);
    assert_eq!(scene.gives(), []);
    scene.pass(limits::RESCUE_OFFLINE_MS);
    scene.ring();
    assert_eq!(scene.gives(), [(1, revision(1), Some(Who::Admin.id()))]);
}

#[test]
fn as5_who_leaves_a_team_or_the_workspace_leaves_what_waits() {
    let mut scene = Scene::new();
    let both = TeamDraft { name: "Support".to_owned(), members: vec![Who::Agent.id(), Who::Admin.id()] };
    let made = scene.ask(Who::Owner, WorkspaceRequest::MakeTeam(both.clone()));
    let Ok(WorkspaceAnswer::Team(team)) = made else { panic!("a team") };
    scene.assign(Who::Owner, Some(team.id), IN_TURN);
    scene.watch(Who::Agent);
    scene.watch(Who::Admin);
    let mine = |head| Said { assignee: Some(Who::Agent), team: Some(team.id), ..asked(head) };
    scene.tell(1, mine(1));
    scene.tell(2, Said { team: None, ..mine(1) });
    let without = TeamDraft { members: vec![Who::Admin.id()], ..both };
    scene.ask(Who::Owner, WorkspaceRequest::ChangeTeam(team.id, without)).map(drop).expect("changed");
    let admin = Some(Who::Admin.id());
    assert_eq!(scene.gives(), [(1, revision(1), admin)], "what lies with the team, at once");
    scene.tell(1, mine(2));
    assert_eq!(scene.gives(), [], "it was not refused yet");
    scene.pass(domain::workspace::GIVEN_ANEW_MS);
    scene.ring();
    assert_eq!(scene.gives(), [(1, revision(2), admin)], "what did not take is given anew");
    scene.tell(1, Said { assignee: Some(Who::Admin), ..mine(3) });

    scene.assign(Who::Owner, None, IN_TURN);
    assert_eq!(scene.gives(), [], "they are there");
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    assert_eq!(scene.gives(), [(2, revision(1), admin)]);
}

#[test]
fn as2_what_is_handed_to_a_team_is_its_members_and_back_by_hand_nothing_is_left() {
    let mut scene = Scene::new();
    let draft = TeamDraft { name: "Support".to_owned(), members: vec![Who::Admin.id()] };
    let Ok(WorkspaceAnswer::Team(team)) = scene.ask(Who::Owner, WorkspaceRequest::MakeTeam(draft)) else {
        panic!("a team")
    };
    scene.assign(Who::Owner, Some(team.id), IN_TURN);
    scene.watch(Who::Agent);
    scene.watch(Who::Admin);
    scene.tell(1, asked(1));
    assert_eq!(scene.gives(), [], "what is with no team is given by hand");
    scene.tell(1, Said { team: Some(team.id), ..asked(2) });
    assert_eq!(scene.gives(), [(1, revision(2), Some(Who::Admin.id()))]);
    scene.assign(Who::Owner, Some(team.id), BY_HAND);
    scene.pass(domain::workspace::GIVEN_ANEW_MS);
    scene.ring();
    scene.tell(2, Said { team: Some(team.id), ..asked(1) });
    assert_eq!(scene.gives(), []);
    let next = scene.object.arm(&mut scene.platform);
    assert_eq!(next, Ok(()));
}

#[test]
fn as2_what_waited_before_is_given_out_when_it_is_chosen() {
    let mut scene = Scene::new();
    scene.watch(Who::Agent);
    for number in [3, 1, 2] {
        scene.tell(number, asked(1));
        scene.pass(1_000);
    }
    scene.assign(Who::Owner, None, IN_TURN);
    let given: Vec<_> = scene.gives().into_iter().map(|(number, ..)| number).collect();
    assert_eq!(given, [3, 1, 2], "the oldest first");
}
