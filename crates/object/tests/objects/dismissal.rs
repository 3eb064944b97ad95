//! What ends with a right: open feeds in the same turn, conversations by jobs that are due at once, tickets on their way.

use protocol::call::{ConversationCall, Dismissal, Ended, Job, WorkspaceCall, WorkspaceRequest};
use protocol::http::workspace::RoleDraft;
use protocol::{
    CloseCode, ConversationId, FeedRequest, IndexPosition, Permission, Permissions, Role, SessionId,
    SocketTarget, Timestamp, limits,
};

use crate::scene::{Scene, Who};

const CONVERSATION: ConversationId = ConversationId::from_bytes([7; 32]);
const OTHER: ConversationId = ConversationId::from_bytes([8; 32]);

/// What the owner asks for.
type Asked = fn(&Scene, RoleDraft) -> WorkspaceRequest;

/// Which conversations are told to dismiss somebody.
fn dismissed(jobs: &[Job]) -> Vec<(ConversationId, Dismissal)> {
    let dismissals = jobs.iter().filter_map(|job| match job {
        Job::Conversation(conversation, ConversationCall::Dismiss { ended: Ended::Agent(dismissal), .. }) => {
            Some((*conversation, *dismissal))
        }
        Job::Conversation(..)
        | Job::Mail(_)
        | Job::Workspace(..)
        | Job::Account(..)
        | Job::Face(..)
        | Job::ForgetPicture(_)
        | Job::TidyLogos(..) => None,
    });
    dismissals.collect()
}

fn everything_of(who: Who, may_return: bool) -> Dismissal {
    Dismissal { agent: who.id(), session: None, may_return }
}

#[test]
fn ac7_what_ends_a_right_closes_feeds_at_once_and_owes_it_to_every_conversation() {
    let reading =
        RoleDraft { name: "Lead".to_owned(), permissions: Permissions::of(&[Permission::ReadConversations]) };
    let cases: [(Who, bool, Asked); 5] = [
        (Who::Agent, false, |_, _| WorkspaceRequest::Remove(Who::Agent.id())),
        (Who::Agent, true, |_, _| WorkspaceRequest::SetRole(Who::Agent.id(), Role::Admin)),
        (Who::Admin, true, |_, _| WorkspaceRequest::Transfer(Who::Admin.id())),
        (Who::Owner, true, |_, _| WorkspaceRequest::Transfer(Who::Admin.id())),
        (Who::Lead, true, |scene, draft| WorkspaceRequest::RedrawRole(scene.lead, draft)),
    ];
    for is_evicted in [false, true] {
        for (who, may_return, request) in cases {
            let mut scene = Scene::new();
            let feed = scene.watch(who);
            let untouched = scene.watch(if who == Who::Agent { Who::Lead } else { Who::Agent });
            for (conversation, at) in [(CONVERSATION, 0), (OTHER, 1), (CONVERSATION, 2)] {
                scene.platform.now = Timestamp(scene.platform.now.0 + at);
                scene.ticket(who, SocketTarget::Conversation(conversation)).expect("a ticket");
            }
            if is_evicted {
                scene.evict();
            }
            let request = request(&scene, reading.clone());
            scene.ask(Who::Owner, request.clone()).map(drop).expect("done");
            let close = if may_return { CloseCode::Unauthenticated } else { CloseCode::Forbidden };
            assert_eq!(scene.close_code(feed), Some(close.number()), "{request:?}");
            assert_eq!(scene.close_code(untouched), None, "{request:?}");
            assert_eq!(scene.platform.alarm, Some(scene.platform.now), "due at once");
            let mut told = dismissed(&scene.jobs());
            told.retain(|(_, dismissal)| dismissal.agent == who.id());
            let dismissal = everything_of(who, may_return);
            assert_eq!(told, [(OTHER, dismissal), (CONVERSATION, dismissal)], "{request:?}");
        }
    }
}

#[test]
fn ac7_sessions_that_end_close_their_own_feeds_and_conversations() {
    let mut scene = Scene::new();
    let feed = scene.watch(Who::Agent);
    scene.ticket(Who::Agent, SocketTarget::Conversation(CONVERSATION)).expect("a ticket");
    let end = |session| {
        WorkspaceCall::SessionsEnded(Dismissal { agent: Who::Agent.id(), session, may_return: true })
    };
    scene.call(end(Some(SessionId::from_bytes([0xee; 16])))).map(drop).expect("done");
    assert_eq!((scene.close_code(feed), dismissed(&scene.jobs())), (None, Vec::new()));
    scene.call(end(Some(Who::Agent.session()))).map(drop).expect("done");
    assert_eq!(scene.close_code(feed), Some(CloseCode::Unauthenticated.number()));
    assert_eq!(dismissed(&scene.jobs()).len(), 1);
    scene.call(end(None)).map(drop).expect("done");
    assert_eq!(dismissed(&scene.jobs()), [], "told once");
}

#[test]
fn ac7_nobody_is_told_anything_after_their_dismissal() {
    let mut scene = Scene::new();
    let feed = scene.watch(Who::Agent);
    let other = scene.watch(Who::Admin);
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    scene.platform.sent.clear();
    scene.tell_digest();
    let more = IndexPosition { active_at: Timestamp(0), conversation: CONVERSATION };
    scene.say(feed, &FeedRequest::More { after: more });
    scene.evict();
    scene.tell_digest();
    let told: Vec<_> = scene.platform.sent.iter().map(|(handle, _)| *handle).collect();
    // The conversation, the numbers, and the conversation once more.
    assert_eq!(told, [other, other, other]);
}

#[test]
fn ac7_a_ticket_given_before_the_dismissal_opens_nothing_after_it() {
    for is_evicted in [false, true] {
        let mut scene = Scene::new();
        let ticket = scene.ticket(Who::Agent, SocketTarget::Feed).expect("a ticket");
        let session = Some(Who::Agent.session());
        let ended = Dismissal { agent: Who::Agent.id(), session, may_return: true };
        scene.call(WorkspaceCall::SessionsEnded(ended)).map(drop).expect("done");
        if is_evicted {
            scene.evict();
        }
        let feed = scene.open_feed(&ticket);
        assert_eq!(scene.close_code(feed), Some(CloseCode::Unauthenticated.number()));
        scene.platform.now = scene.platform.now.plus(1);
        scene.watch(Who::Agent);

        let ticket = scene.ticket(Who::Lead, SocketTarget::Feed).expect("a ticket");
        let nothing = RoleDraft { name: "Lead".to_owned(), permissions: Permissions::NONE };
        let redraw = WorkspaceRequest::RedrawRole(scene.lead, nothing);
        scene.ask(Who::Owner, redraw).map(drop).expect("redrawn");
        let feed = scene.open_feed(&ticket);
        assert_eq!(scene.close_code(feed), Some(CloseCode::Unauthenticated.number()));
        assert!(scene.ticket(Who::Lead, SocketTarget::Feed).is_err(), "there is no new one");
    }
}

#[test]
fn ac3_a_ticket_is_good_once_also_when_the_object_slept_between() {
    let mut scene = Scene::new();
    let ticket = scene.ticket(Who::Agent, SocketTarget::Feed).expect("a ticket");
    let first = scene.open_feed(&ticket);
    scene.evict();
    let second = scene.open_feed(&ticket);
    assert_eq!(scene.close_code(first), None);
    assert_eq!(scene.close_code(second), Some(CloseCode::Unauthenticated.number()));
}

#[test]
fn ac8_an_agents_socket_ends_after_seven_days() {
    let mut scene = Scene::new();
    let feed = scene.watch(Who::Agent);
    scene.platform.now = scene.platform.now.plus(limits::AGENT_SOCKET_MS - 1);
    scene.tell_digest();
    assert_eq!(scene.close_code(feed), None);
    scene.platform.now = scene.platform.now.plus(1);
    scene.platform.sent.clear();
    scene.tell_digest();
    assert_eq!(scene.close_code(feed), Some(CloseCode::Unauthenticated.number()));
    assert_eq!(scene.platform.sent, []);
}

#[test]
fn ac8_a_ticket_is_remembered_as_long_as_its_socket_can_be_open() {
    let mut scene = Scene::new();
    scene.ticket(Who::Agent, SocketTarget::Conversation(CONVERSATION)).expect("a ticket");
    scene.platform.now = scene.platform.now.plus(limits::AGENT_SOCKET_MS);
    scene.ticket(Who::Agent, SocketTarget::Feed).expect("a ticket");
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    assert_eq!(dismissed(&scene.jobs()).len(), 1);

    let mut scene = Scene::new();
    scene.ticket(Who::Agent, SocketTarget::Conversation(CONVERSATION)).expect("a ticket");
    scene.platform.now = scene.platform.now.plus(limits::AGENT_SOCKET_MS + 2 * 24 * 3_600_000);
    scene.ticket(Who::Agent, SocketTarget::Feed).expect("a ticket");
    scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Agent.id())).map(drop).expect("removed");
    assert_eq!(dismissed(&scene.jobs()), []);
}
