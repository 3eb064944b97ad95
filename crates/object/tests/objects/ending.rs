//! The end of a workspace.

use protocol::call::{AccountCall, ConversationCall, Job, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::api_key::ApiKeyDraft;
use protocol::http::canned::CannedDraft;
use protocol::http::reception::{OfficeHours, Reception};
use protocol::http::workspace::AuditChange;
use protocol::mail::Letter;
use protocol::{CloseCode, Code, ConversationId, Scope, Scopes, SiteKey, SocketTarget, VisitorId, limits};
use store::Database as _;

use crate::scene::{KEY, SITE, Scene, WORKSPACE, Who, founding, mail_of};

#[test]
fn ws14_deletion_waits_is_mailed_and_can_be_stopped() {
    let mut scene = Scene::new();
    let at = scene.platform.now.plus(limits::DELETION_WAIT_MS);
    let begun = scene.ask(Who::Owner, WorkspaceRequest::BeginDeletion);
    assert!(matches!(begun, Ok(WorkspaceAnswer::View(view)) if view.deleted_at == Some(at)));
    assert_eq!(scene.view(Who::Agent).deleted_at, Some(at), "everybody sees it");
    let jobs = scene.jobs();
    let told = jobs.iter().filter_map(mail_of).filter(|mail| mail.letter == (Letter::DeletionBegun { at }));
    assert_eq!(
        told.map(|mail| mail.to.clone()).collect::<Vec<_>>(),
        [Who::Admin.email(), Who::Owner.email()]
    );
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::BeginDeletion).err(), Some(Code::Taken));
    assert_eq!(scene.newest_change(), AuditChange::DeletionBegun);
    scene.object.arm(&mut scene.platform).expect("armed");
    assert_eq!(scene.platform.alarm, Some(at));

    scene.ask(Who::Owner, WorkspaceRequest::StopDeletion).map(drop).expect("stopped");
    assert_eq!(scene.newest_change(), AuditChange::DeletionStopped);
    scene.platform.now = at;
    scene.object.rang(&mut scene.platform).expect("nothing is due");
    assert_eq!(scene.view(Who::Owner).deleted_at, None);
}

#[test]
fn ws14_in_the_end_everybody_is_gone_and_nothing_is_left() {
    let mut scene = Scene::new();
    let feed = scene.watch(Who::Agent);
    scene.ticket(Who::Agent, SocketTarget::Conversation(ConversationId::from_bytes([7; 32]))).expect("given");
    let scopes = Scopes::of(&[Scope::SettingsRead]);
    let key = ApiKeyDraft { name: "Export".to_owned(), scopes, expires_at: None };
    scene.ask(Who::Owner, WorkspaceRequest::MakeApiKey(key)).map(drop).expect("made");
    let hours = OfficeHours { zone: "UTC".to_owned(), week: Vec::new(), holidays: Vec::new() };
    let hours =
        WorkspaceRequest::SetReception(SITE, Reception { hours: Some(hours), ..Reception::default() });
    scene.ask(Who::Owner, hours).map(drop).expect("said");
    let canned = CannedDraft {
        shortcode: "hello".to_owned(),
        text: "Hello".to_owned(),
        is_shared: false,
        steps: Vec::new(),
    };
    scene.ask(Who::Agent, WorkspaceRequest::MakeCanned(canned)).map(drop).expect("kept");
    for number in 0..250 {
        scene.tell_digest_of(number);
    }
    let block = WorkspaceRequest::BlockVisitor(VisitorId::from_bytes([1; 16]));
    scene.ask(Who::Agent, block).map(drop).expect("blocked");
    scene.jobs();
    let visitor = WorkspaceCall::KeepVouching {
        conversation: ConversationId::from_bytes([254; 32]),
        site: SITE,
        visitor: VisitorId::from_bytes([254; 16]),
        voucher: None,
        at: scene.platform.now,
    };
    scene.call(visitor).map(drop).expect("somebody who has said nothing");
    scene.ask(Who::Owner, WorkspaceRequest::BeginDeletion).map(drop).expect("begun");
    scene.jobs();
    scene.platform.now = scene.platform.now.plus(limits::DELETION_WAIT_MS);
    let secret = scene.invite("new@example.com", protocol::Role::Agent);

    let mut jobs = Vec::new();
    for _ in 0..3 {
        scene.object.rang(&mut scene.platform).expect("done");
        scene.object.arm(&mut scene.platform).expect("armed");
        assert_eq!(scene.platform.alarm, Some(scene.platform.now), "there is more to do");
        scene.evict();
        jobs.extend(scene.jobs());
    }
    assert_eq!(scene.close_code(feed), Some(CloseCode::Forbidden.number()));
    let count = |wanted: fn(&Job) -> bool| jobs.iter().filter(|job| wanted(job)).count();
    let erase = ConversationCall::Erase { workspace: WORKSPACE };
    assert_eq!(
        jobs.iter().filter(|job| matches!(job, Job::Conversation(_, call) if *call == erase)).count(),
        251
    );
    assert_eq!(count(|job| matches!(job, Job::Conversation(_, ConversationCall::Dismiss { .. }))), 1);
    let left = |job: &Job| matches!(job, Job::Account(_, call) if matches!(**call, AccountCall::Left { .. }));
    assert_eq!(count(left), 4);

    for who in Who::ALL {
        assert_eq!(scene.ask(who, WorkspaceRequest::View).err(), Some(Code::NotFound));
    }
    let key = SiteKey { workspace: WORKSPACE, key: KEY };
    assert_eq!(scene.call(WorkspaceCall::Site { key }).err(), Some(Code::UnknownSite));
    assert_eq!(scene.call(WorkspaceCall::LookAtInvitation { secret }).err(), Some(Code::LinkExpired));
    scene.call(WorkspaceCall::Found(founding())).map(drop).expect("nothing happens");
    assert_eq!(scene.ask(Who::Owner, WorkspaceRequest::View).err(), Some(Code::NotFound), "for ever");
    assert!(scene.jobs().is_empty());
    scene.tell_digest();
    assert!(scene.jobs() == [Job::Conversation(ConversationId::from_bytes([255; 32]), erase)], "a late one");

    let run = |sql: &str| scene.platform.database.run(sql, Vec::new()).expect("read");
    for row in run("SELECT name FROM sqlite_master WHERE type = 'table'") {
        let [store::Value::Text(table)] = row.as_slice() else { panic!("a name") };
        let rows = run(&format!("SELECT COUNT(*) FROM {table}"));
        let kept = match table.as_str() {
            "workspace" => 1,
            "migration" => 17,
            // The engine's own: that its files are empty, and their form.
            "word_data" => 2,
            "word_config" => 1,
            "dismissal" => 4,
            _ => 0,
        };
        assert_eq!(rows, [[store::Value::Integer(kept)]], "{table}");
    }
}
