//! Teams, and whether agents are there, as feeds are told of them.

use protocol::call::{WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::team::TeamDraft;
use protocol::http::workspace::AuditChange;
use protocol::{
    AgentAvailability, AgentId, Availability, AvailabilityChoice, Code, ConversationDigest, ConversationId,
    Epoch, FeedFrame, FeedRequest, IndexEntry, Placement, Status, Team, TeamId, VisitorId, codec,
};

use crate::platform::Handle;
use crate::scene::{SITE, Scene, Who};

fn draft(name: &str, members: &[Who]) -> TeamDraft {
    TeamDraft { name: name.to_owned(), members: members.iter().map(|who| who.id()).collect() }
}

impl Scene {
    fn make_team(&mut self, name: &str, members: &[Who]) -> Team {
        match self.ask(Who::Owner, WorkspaceRequest::MakeTeam(draft(name, members))) {
            Ok(WorkspaceAnswer::Team(team)) => team,
            _ => panic!("a team"),
        }
    }

    fn tell_with_team(&mut self, revision: u64, team: Option<TeamId>) {
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision,
            entry: IndexEntry {
                conversation: ConversationId::from_bytes([7; 32]),
                site: SITE,
                visitor: VisitorId::from_bytes([1; 16]),
                status: Status::Open,
                active_at: self.platform.now,
                preview: None,
                unread: 0,
                began_at: self.platform.now,
                identity: None,
                placement: Placement { team, ..Placement::default() },
            },
        };
        self.call(WorkspaceCall::Digest(Box::new(digest))).map(drop).expect("taken up");
    }

    fn frames(&self, handle: Handle) -> Vec<FeedFrame> {
        let of_socket = self.platform.sent.iter().filter(|(to, _)| *to == handle);
        let frames = of_socket.map(|(_, message)| match message {
            object::Message::Binary(bytes) => codec::from_bytes(bytes).expect("a frame of the feed"),
            object::Message::Text(_) => panic!("postcard"),
        });
        frames.collect()
    }

    /// Each telling of teams: what they are called, how many are in them, how many conversations lie with them.
    fn told_of_teams(&self, handle: Handle) -> Vec<Vec<(String, usize, u32)>> {
        let told = self.frames(handle).into_iter().filter_map(|frame| match frame {
            FeedFrame::Teams { teams } => Some(teams),
            _ => None,
        });
        let facts = told.map(|teams| {
            let fact = teams.into_iter().map(|entry| {
                let open = entry.open.iter().map(|count| count.open).sum();
                (entry.team.name, entry.team.members.len(), open)
            });
            fact.collect()
        });
        facts.collect()
    }

    /// What the last frames said of somebody, and how often they said anything.
    fn seen(&self, by: Handle, agent: AgentId) -> (Availability, usize) {
        let told = self.frames(by).into_iter().filter_map(|frame| match frame {
            FeedFrame::Available { agents } => Some(agents),
            _ => None,
        });
        let of_agent = |one: &AgentAvailability| one.agent == agent;
        let said: Vec<_> = told.filter_map(|agents| agents.into_iter().find(of_agent)).collect();
        (said.last().map(|one| one.availability).unwrap_or_default(), said.len())
    }
}

#[test]
fn tm1_who_manages_people_makes_teams_and_everybody_knows_them() {
    let mut scene = Scene::new();
    let agent = scene.watch(Who::Agent);
    for who in [Who::Agent, Who::Removed, Who::Stranger] {
        let refused = scene.ask(who, WorkspaceRequest::MakeTeam(draft("Support", &[]))).err();
        let right = if who == Who::Agent { Code::Forbidden } else { Code::NotFound };
        assert_eq!(refused, Some(right), "{who:?}");
    }
    let support = scene.make_team(" Support ", &[Who::Agent, Who::Removed, Who::Agent]);
    assert_eq!((support.name.as_str(), support.members.as_slice()), ("Support", &[Who::Agent.id()][..]));
    assert_eq!(scene.newest_change(), AuditChange::TeamMade { name: "Support".to_owned() });
    let taken = scene.ask(Who::Lead, WorkspaceRequest::MakeTeam(draft("SUPPORT", &[])));
    assert_eq!(taken.err(), Some(Code::Taken));
    let both = draft("Support", &[Who::Agent, Who::Admin]);
    scene.ask(Who::Lead, WorkspaceRequest::ChangeTeam(support.id, both.clone())).map(drop).expect("changed");
    assert_eq!(scene.newest_change(), AuditChange::TeamChanged { name: "Support".to_owned() });
    let lines = scene.audit().len();
    scene.ask(Who::Lead, WorkspaceRequest::ChangeTeam(support.id, both)).map(drop).expect("as it is");
    assert_eq!(scene.audit().len(), lines, "nothing was changed");
    let Ok(WorkspaceAnswer::Teams(list)) = scene.ask(Who::Agent, WorkspaceRequest::Teams) else {
        panic!("teams")
    };
    assert_eq!(list.teams.len(), 1);
    let told: Vec<_> = scene.told_of_teams(agent).into_iter().map(|teams| teams.len()).collect();
    assert_eq!(told, [0, 1, 1]);
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    let admin = scene.watch(Who::Admin);
    assert_eq!(scene.told_of_teams(admin), [[("Support".to_owned(), 1, 0)]], "who leaves is in none");
}

#[test]
fn tm3_what_lies_with_a_team_is_told_and_its_end_leaves_it_with_none() {
    let mut scene = Scene::new();
    let support = scene.make_team("Support", &[Who::Agent]);
    let feed = scene.watch(Who::Agent);
    let of = |open| vec![("Support".to_owned(), 1, open)];
    scene.tell_with_team(1, None);
    scene.tell_with_team(2, Some(support.id));
    scene.tell_with_team(3, Some(support.id));
    assert_eq!(scene.told_of_teams(feed), [of(0), of(1)], "only what changes is told");
    let unknown = WorkspaceRequest::RemoveTeam(TeamId::from_bytes([9; 16]));
    assert_eq!(scene.ask(Who::Owner, unknown).err(), Some(Code::NotFound));
    assert_eq!(scene.ask(Who::Agent, WorkspaceRequest::RemoveTeam(support.id)).err(), Some(Code::Forbidden));
    scene.ask(Who::Owner, WorkspaceRequest::RemoveTeam(support.id)).map(drop).expect("removed");
    assert_eq!(scene.newest_change(), AuditChange::TeamRemoved { name: "Support".to_owned() });
    assert_eq!(scene.told_of_teams(feed).last(), Some(&Vec::new()));
    scene.tell_with_team(4, Some(support.id));
    let changed = scene.frames(feed).into_iter().rev().find_map(|frame| match frame {
        FeedFrame::Changed(entry) => Some(entry.placement.team),
        _ => None,
    });
    assert_eq!(changed, Some(None), "whatever the conversation still says");
}

#[test]
fn av3_colleagues_are_told_who_is_there_and_only_when_it_changes() {
    let mut scene = Scene::new();
    let (admin, me) = (scene.watch(Who::Admin), Who::Agent.id());
    assert_eq!(scene.seen(admin, me), (Availability::Offline, 0));
    let (first, second) = (scene.watch(Who::Agent), scene.watch(Who::Agent));
    assert_eq!(scene.seen(admin, me), (Availability::Online, 1), "a second tab is no news");
    assert_eq!(scene.seen(second, Who::Admin.id()).0, Availability::Online, "who was there before is told");
    scene.evict();
    let idle = |is_idle| FeedRequest::Idle { is_idle };
    scene.say(first, &idle(true));
    assert_eq!(scene.seen(admin, me), (Availability::Online, 1), "the other is used");
    scene.say(second, &idle(true));
    scene.say(second, &idle(true));
    assert_eq!(scene.seen(admin, me), (Availability::Away, 2));
    scene.say(first, &idle(false));
    assert_eq!(scene.seen(admin, me), (Availability::Online, 3));
    scene.object.closed(&mut scene.platform, &first, 1001);
    assert_eq!(scene.seen(admin, me), (Availability::Away, 4));
    scene.object.closed(&mut scene.platform, &second, 1001);
    assert_eq!(scene.seen(admin, me), (Availability::Offline, 5));
    scene.watch(Who::Agent);
    scene.ask(Who::Owner, WorkspaceRequest::Remove(me)).map(drop).expect("removed");
    assert_eq!(scene.seen(admin, me), (Availability::Offline, 7), "who is removed is not there");
}

#[test]
fn av4_what_somebody_chose_holds_on_every_device_and_the_invisible_are_not_betrayed() {
    let mut scene = Scene::new();
    let (admin, me) = (scene.watch(Who::Admin), Who::Agent.id());
    let (desk, phone) = (scene.watch(Who::Agent), scene.watch(Who::Agent));
    let choices = |scene: &Scene, handle| {
        let frames = scene.frames(handle).into_iter().filter_map(|frame| match frame {
            FeedFrame::Chosen(choice) => Some(choice),
            _ => None,
        });
        frames.collect::<Vec<_>>()
    };
    scene.say(desk, &FeedRequest::Choose(AvailabilityChoice::Invisible));
    scene.say(desk, &FeedRequest::Choose(AvailabilityChoice::Invisible));
    let right = [AvailabilityChoice::Online, AvailabilityChoice::Invisible];
    assert_eq!((choices(&scene, desk), choices(&scene, phone)), (right.to_vec(), right.to_vec()));
    assert_eq!(choices(&scene, admin), [AvailabilityChoice::Online], "nobody else's");
    assert_eq!(scene.seen(admin, me), (Availability::Offline, 2));
    // Nothing that they do is news.
    scene.say(phone, &FeedRequest::Idle { is_idle: true });
    scene.object.closed(&mut scene.platform, &phone, 1001);
    scene.evict();
    let again = scene.watch(Who::Agent);
    assert_eq!(choices(&scene, again), [AvailabilityChoice::Invisible]);
    scene.object.closed(&mut scene.platform, &desk, 1001);
    assert_eq!(scene.seen(admin, me), (Availability::Offline, 2));
    let late = scene.watch(Who::Owner);
    assert_eq!(scene.seen(late, me), (Availability::Offline, 0));
    scene.say(again, &FeedRequest::Choose(AvailabilityChoice::Away));
    assert_eq!(scene.seen(admin, me), (Availability::Away, 3));
}
