//! Visitors who are blocked: whom that concerns, who is told of it, and what it takes to come back.

use protocol::call::{ConversationCall, Ended, Job, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::blocking::{Block, BlockView};
use protocol::http::workspace::AuditChange;
use protocol::{Code, ConversationId, HomeWanted, Timestamp, VisitorClaims, VisitorId, limits};
use store::Database as _;

use crate::scene::{SITE, Scene, WORKSPACE, Who};

/// The visitor of every conversation that a scene tells of.
const VISITOR: VisitorId = VisitorId::from_bytes([1; 16]);
const OTHER: VisitorId = VisitorId::from_bytes([2; 16]);

/// What conversations are owed, by the first byte of their ids: to send the visitor away, or to let them in.
fn owed(scene: &mut Scene) -> Vec<(u8, bool)> {
    let jobs = scene.jobs().into_iter().map(|job| match job {
        Job::Conversation(conversation, ConversationCall::Dismiss { ended, .. }) => {
            assert_eq!(ended, Ended::Visitor(VISITOR));
            (conversation.as_bytes()[1], true)
        }
        Job::Conversation(conversation, ConversationCall::Readmit { visitor }) => {
            assert_eq!(visitor, VISITOR);
            (conversation.as_bytes()[1], false)
        }
        _ => panic!("nobody else"),
    });
    jobs.collect()
}

fn ask(scene: &mut Scene, request: WorkspaceRequest) -> Result<Option<Block>, Code> {
    match scene.ask(Who::Agent, request)? {
        WorkspaceAnswer::Block(BlockView { block }) => Ok(block),
        _ => panic!("whether they are blocked"),
    }
}

fn comes(scene: &mut Scene, visitor: VisitorId, conversation: u8) -> Option<Code> {
    let at = scene.platform.now;
    let conversation = ConversationId::from_bytes([conversation; 32]);
    let call = WorkspaceCall::KeepVouching { conversation, site: SITE, visitor, voucher: None, at };
    scene.call(call).map(drop).err()
}

#[test]
fn bv1_every_conversation_of_a_blocked_visitor_is_told_and_so_when_they_are_let_in() {
    let mut scene = Scene::new();
    for number in [3, 4] {
        scene.platform.now = scene.platform.now.plus(1);
        scene.tell_digest_with(number, None);
    }
    assert_eq!((comes(&mut scene, VISITOR, 7), comes(&mut scene, OTHER, 8)), (None, None));
    scene.jobs();
    assert_eq!(ask(&mut scene, WorkspaceRequest::Block(VISITOR)), Ok(None));

    let at = scene.platform.now;
    let blocked = ask(&mut scene, WorkspaceRequest::BlockVisitor(VISITOR)).expect("done").expect("blocked");
    assert_eq!((blocked.by.id, blocked.at), (Who::Agent.id(), at));
    assert_eq!(scene.platform.alarm, Some(at), "due at once");
    assert_eq!(owed(&mut scene), [(7, true), (4, true), (3, true)], "the one that is silent first");
    assert_eq!(scene.newest_change(), AuditChange::VisitorBlocked { visitor: VISITOR });

    scene.evict();
    scene.platform.now = scene.platform.now.plus(60_000);
    let again = ask(&mut scene, WorkspaceRequest::BlockVisitor(VISITOR));
    assert_eq!(again, Ok(Some(blocked.clone())), "by whoever was first");
    assert_eq!(owed(&mut scene), []);
    assert_eq!(ask(&mut scene, WorkspaceRequest::Block(VISITOR)), Ok(Some(blocked)));

    assert_eq!(ask(&mut scene, WorkspaceRequest::UnblockVisitor(VISITOR)), Ok(None));
    assert_eq!(owed(&mut scene), [(4, false), (3, false)]);
    assert_eq!(scene.newest_change(), AuditChange::VisitorUnblocked { visitor: VISITOR });
    assert_eq!(ask(&mut scene, WorkspaceRequest::UnblockVisitor(VISITOR)), Ok(None));
    assert_eq!((owed(&mut scene), comes(&mut scene, VISITOR, 7)), (vec![], None));
}

#[test]
fn bv2_the_workspace_vouches_for_no_blocked_visitor() {
    let mut scene = Scene::new();
    scene.tell_digest_with(3, None);
    scene.jobs();
    ask(&mut scene, WorkspaceRequest::BlockVisitor(VISITOR)).expect("blocked");
    owed(&mut scene);
    scene.evict();
    assert_eq!(comes(&mut scene, VISITOR, 7), Some(Code::Forbidden));
    assert_eq!(comes(&mut scene, OTHER, 8), None);
    let claims = VisitorClaims {
        workspace: WORKSPACE,
        site: SITE,
        visitor: VISITOR,
        conversation: ConversationId::from_bytes([9; 32]),
        expires_at: Timestamp(0),
        identity: None,
        voucher: None,
    };
    let home = |claims| WorkspaceCall::Home(Box::new(HomeWanted { claims, with_team: true }));
    assert_eq!(scene.call(home(claims.clone())).err(), Some(Code::Forbidden));
    scene.call(home(VisitorClaims { visitor: OTHER, ..claims })).map(drop).expect("somebody else's");

    // One that began while nobody knew of it is told when it tells of itself, once.
    scene.tell_digest_with(5, None);
    assert_eq!(owed(&mut scene), [(5, true)]);
    scene.platform.now = scene.platform.now.plus(1);
    scene.tell_digest_anew(5, None);
    assert_eq!(owed(&mut scene), []);
}

#[test]
fn bv1_a_visitor_of_whom_nothing_is_known_does_not_exist_and_a_blocked_one_stays_known() {
    let mut scene = Scene::new();
    let requests = [
        WorkspaceRequest::Block(VISITOR),
        WorkspaceRequest::BlockVisitor(VISITOR),
        WorkspaceRequest::UnblockVisitor(OTHER),
    ];
    let [looked, blocked, unblocked] = requests.map(|request| ask(&mut scene, request));
    assert_eq!((looked, blocked, unblocked), (Err(Code::NotFound), Err(Code::NotFound), Err(Code::NotFound)));
    scene.tell_digest_with(3, Some("anna"));
    ask(&mut scene, WorkspaceRequest::BlockVisitor(VISITOR)).expect("blocked");
    let listed = |scene: &mut Scene| match scene.ask(Who::Agent, WorkspaceRequest::Blocked) {
        Ok(WorkspaceAnswer::Blocked(list)) => {
            let user = |one: protocol::http::blocking::BlockedVisitor| one.identity.and_then(|who| who.user);
            list.visitors.into_iter().map(user).collect::<Vec<_>>()
        }
        _ => panic!("a list"),
    };
    assert_eq!(listed(&mut scene), [Some("anna".to_owned())]);
    scene.platform.database.run("DELETE FROM entry", Vec::new()).expect("their time is over");
    assert_eq!(listed(&mut scene), [None]);
    assert!(matches!(ask(&mut scene, WorkspaceRequest::Block(VISITOR)), Ok(Some(_))));
    assert_eq!(ask(&mut scene, WorkspaceRequest::UnblockVisitor(VISITOR)), Ok(None));
    assert!(listed(&mut scene).is_empty());
}

#[test]
fn bv1_only_so_many_are_blocked_at_a_time() {
    let mut scene = Scene::new();
    scene.tell_digest_with(3, None);
    let fill = "WITH RECURSIVE number (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM number WHERE n < ?1) \
        INSERT INTO blocked SELECT randomblob(16), x'00000000000000000000000000000000', 'Ada', n FROM number";
    let most = i64::try_from(limits::BLOCKED_VISITORS).expect("few");
    scene.platform.database.run(fill, vec![most.into()]).expect("written");
    assert_eq!(ask(&mut scene, WorkspaceRequest::BlockVisitor(VISITOR)), Err(Code::TooLarge));
    assert_eq!(ask(&mut scene, WorkspaceRequest::Block(VISITOR)), Ok(None));
}

#[test]
fn bv1_who_may_only_read_sees_it_and_changes_nothing() {
    let mut scene = Scene::new();
    scene.tell_digest_with(3, None);
    for who in [Who::Owner, Who::Admin, Who::Agent] {
        scene.ask(who, WorkspaceRequest::BlockVisitor(VISITOR)).map(drop).expect("may");
        scene.ask(who, WorkspaceRequest::UnblockVisitor(VISITOR)).map(drop).expect("may");
    }
    for who in [Who::Removed, Who::Stranger] {
        let refused = scene.ask(who, WorkspaceRequest::BlockVisitor(VISITOR)).err();
        assert_eq!(refused, Some(Code::NotFound));
    }
}
