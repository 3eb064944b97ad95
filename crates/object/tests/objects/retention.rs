//! Conversations whose time is over: which go, when, and what becomes of those that go on.

use protocol::call::{ConversationCall, Job, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest};
use protocol::http::workspace::AuditChange;
use protocol::{
    AgentCommand, Author, ClientFrame, CloseCode, Code, ConversationDigest, ConversationId, Epoch,
    IndexEntry, Passage, PassageLine, Placement, SearchQuery, Seq, Status, Timestamp, VisitorId, WorkspaceId,
    limits,
};

use crate::conversation::{Talk, message, of_visitor};
use crate::scene::{SITE, Scene, WORKSPACE, Who};

const DAY: u64 = 24 * 3_600_000;

fn digest(number: u8, status: Status, revision: u64, active_at: Timestamp) -> ConversationDigest {
    ConversationDigest {
        epoch: Epoch::from_bytes([1; 16]),
        revision,
        entry: IndexEntry {
            conversation: ConversationId::from_bytes([number; 32]),
            site: SITE,
            visitor: VisitorId::from_bytes([number; 16]),
            status,
            active_at,
            preview: None,
            unread: 0,
            began_at: active_at,
            identity: None,
            placement: Placement::default(),
        },
    }
}

fn tell(scene: &mut Scene, digest: ConversationDigest) {
    scene.call(WorkspaceCall::Digest(Box::new(digest))).map(drop).expect("heard");
}

fn keep_for(scene: &mut Scene, days: Option<u16>) {
    let answer = scene.ask(Who::Owner, WorkspaceRequest::SetRetention(days));
    assert!(matches!(answer, Ok(WorkspaceAnswer::View(view)) if view.retention_days == days));
}

/// Lets time pass, and the alarm go off; says which conversations are told that their time is over.
fn rang(scene: &mut Scene, milliseconds: u64) -> Vec<(ConversationId, u64)> {
    scene.platform.now = scene.platform.now.plus(milliseconds);
    scene.evict();
    scene.object.rang(&mut scene.platform).expect("done");
    let jobs = scene.jobs();
    scene.object.arm(&mut scene.platform).expect("armed");
    let told = jobs.into_iter().filter_map(|job| match job {
        Job::Conversation(id, ConversationCall::Expire { workspace, revision, .. }) => {
            assert_eq!(workspace, WORKSPACE);
            Some((id, revision))
        }
        _ => None,
    });
    told.collect()
}

fn finds(scene: &mut Scene, text: &str) -> usize {
    let query = SearchQuery { text: text.to_owned(), ..SearchQuery::default() };
    match scene.ask(Who::Owner, WorkspaceRequest::Search(query)) {
        Ok(WorkspaceAnswer::Found(page)) => page.found.len(),
        _ => panic!("found"),
    }
}

#[test]
fn ws40_resolved_conversations_go_when_nothing_has_happened_in_them_for_so_long() {
    let mut scene = Scene::new();
    let began = scene.platform.now;
    for (number, status) in
        [(1, Status::Resolved), (2, Status::Open), (3, Status::Pending), (4, Status::Snoozed)]
    {
        tell(&mut scene, digest(number, status, 5, began));
    }
    scene.platform.now = began.plus(25 * DAY);
    tell(&mut scene, digest(5, Status::Resolved, 5, began.plus(25 * DAY)));
    assert_eq!(rang(&mut scene, 100 * DAY), [], "for ever, as long as nobody says otherwise");
    scene.platform.now = began.plus(29 * DAY);
    keep_for(&mut scene, Some(30));
    assert_eq!(scene.newest_change(), AuditChange::RetentionSet { days: Some(30) });
    scene.jobs();
    scene.object.arm(&mut scene.platform).expect("armed");
    assert_eq!(scene.platform.alarm, Some(began.plus(30 * DAY)), "a day later");
    assert_eq!(rang(&mut scene, DAY - 1), []);
    let first = ConversationId::from_bytes([1; 32]);
    assert_eq!(rang(&mut scene, 1), [(first, 5)]);
    let line = scene.audit().swap_remove(0);
    assert_eq!(line.change, AuditChange::ConversationsExpired { count: 1, days: 30 });
    assert_eq!(line.actor, None, "by the product itself");
    assert_eq!(rang(&mut scene, 24 * DAY), []);
    assert_eq!(rang(&mut scene, DAY), [(ConversationId::from_bytes([5; 32]), 5)]);
}

#[test]
fn ws40_it_can_be_taken_back_until_the_first_go_and_is_the_owners_alone() {
    let mut scene = Scene::new();
    tell(&mut scene, digest(1, Status::Resolved, 5, Timestamp(0)));
    for who in [Who::Admin, Who::Agent, Who::Lead] {
        let asked = scene.ask(who, WorkspaceRequest::SetRetention(Some(1)));
        assert_eq!(asked.err(), Some(Code::Forbidden), "{who:?}");
    }
    let none = scene.ask(Who::Owner, WorkspaceRequest::SetRetention(Some(0)));
    assert_eq!(none.err(), Some(Code::BadField));
    keep_for(&mut scene, Some(1));
    let lines = scene.audit().len();
    keep_for(&mut scene, Some(1));
    assert_eq!(scene.audit().len(), lines, "nothing has changed");
    keep_for(&mut scene, None);
    assert_eq!(scene.newest_change(), AuditChange::RetentionSet { days: None });
    assert_eq!(rang(&mut scene, 400 * DAY), []);
}

#[test]
fn ws40_the_words_go_as_well_and_late_news_brings_nothing_back() {
    let mut scene = Scene::new();
    let told = digest(1, Status::Resolved, 5, Timestamp(0));
    let line = PassageLine {
        seq: Seq(1),
        at: Timestamp(0),
        author: Author::Visitor,
        is_private: false,
        text: Some("fern".to_owned()),
    };
    let passage = Passage { after: Seq::START, upto: Seq(1), lines: vec![line], milestones: Vec::new() };
    let tell_words = WorkspaceCall::Tell { digest: Box::new(told.clone()), passage };
    scene.call(tell_words.clone()).map(drop).expect("heard");
    assert_eq!(finds(&mut scene, "fern"), 1);
    keep_for(&mut scene, Some(30));
    assert_eq!(rang(&mut scene, limits::RETENTION_WAIT_MS).len(), 1);
    assert_eq!(finds(&mut scene, "fern"), 0);

    scene.call(tell_words.clone()).map(drop).expect("heard, late");
    tell(&mut scene, told);
    assert_eq!(finds(&mut scene, "fern"), 0);
    assert_eq!(rang(&mut scene, DAY), [], "it is in no list");

    let now = scene.platform.now;
    let gone_on = digest(1, Status::Open, 6, now);
    let WorkspaceCall::Tell { passage, .. } = tell_words else { panic!("words") };
    let answer = scene.call(WorkspaceCall::Tell { digest: Box::new(gone_on), passage });
    assert!(
        answer == Ok(WorkspaceAnswer::Heard { upto: Seq(1) }),
        "it has gone on, and tells all that it knows"
    );
    assert_eq!(finds(&mut scene, "fern"), 1);
}

#[test]
fn ws40_of_many_conversations_some_go_at_a_time() {
    let mut scene = Scene::new();
    for number in 0..=u8::MAX {
        tell(&mut scene, digest(number, Status::Resolved, 5, Timestamp(i64::from(number))));
    }
    keep_for(&mut scene, Some(1));
    assert_eq!(rang(&mut scene, limits::RETENTION_WAIT_MS).len(), 200);
    assert_eq!(scene.platform.alarm, Some(scene.platform.now.plus(1_000)));
    let rest = rang(&mut scene, 1_000);
    assert_eq!(rest.len(), 56);
    assert_eq!(rest[0].0, ConversationId::from_bytes([200; 32]), "the oldest first");
}

/// What the workspace was told last.
fn known(talk: &mut Talk) -> (Epoch, u64) {
    let news = talk.object.rang(&mut talk.platform).expect("news");
    let (digest, passage) = of_visitor(&news);
    let known = (digest.epoch, digest.revision);
    talk.object.has_told(&mut talk.platform, known, Ok(passage.upto));
    talk.tell_all();
    known
}

fn expire(talk: &mut Talk, workspace: WorkspaceId, (epoch, revision): (Epoch, u64)) -> Result<(), Code> {
    let call = ConversationCall::Expire { workspace, epoch, revision };
    talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
}

fn rows(talk: &Talk, table: &str) -> usize {
    store::Database::run(&talk.platform.database, &format!("SELECT 1 FROM {table}"), Vec::new())
        .expect("read")
        .len()
}

#[test]
fn ws40_a_conversation_whose_time_is_over_is_empty_and_can_begin_again() {
    for is_evicted in [false, true] {
        let mut talk = Talk::new();
        let known = known(&mut talk);
        if is_evicted {
            talk.evict();
        }
        let other = expire(&mut talk, WorkspaceId::from_bytes([9; 16]), known);
        assert_eq!(other, Err(Code::NotFound), "another workspace's");
        assert_eq!(rows(&talk, "event"), 1);
        for _ in 0..2 {
            assert_eq!(expire(&mut talk, WORKSPACE, known), Ok(()), "told twice");
        }
        assert_eq!((rows(&talk, "event"), rows(&talk, "conversation")), (0, 0));
        let closed = talk.platform.closed.iter().find(|(handle, _)| *handle == talk.visitor);
        assert_eq!(closed.map(|(_, code)| *code), Some(CloseCode::Unauthenticated.number()), "may come back");
        let visitor = talk.visitor_comes();
        talk.say(visitor, &message(1));
        assert_eq!(rows(&talk, "event"), 1);
        assert!(crate::retention::known(&mut talk).0 > known.0, "another life of the log");
    }
}

#[test]
fn ws40_an_answer_about_a_deleted_log_says_nothing_of_the_one_after_it() {
    let mut talk = Talk::new();
    for text in 2..9 {
        talk.say(talk.visitor, &message(text));
    }
    let first = talk.object.rang(&mut talk.platform).expect("news");
    let (_, passage) = of_visitor(&first);
    talk.object.has_told(&mut talk.platform, first.state(), Err(Code::Unavailable.into()));
    let again = talk.object.rang(&mut talk.platform).expect("the same news again");
    assert_eq!(expire(&mut talk, WORKSPACE, first.state()), Ok(()));
    talk.object.has_told(&mut talk.platform, again.state(), Ok(passage.upto));
    let visitor = talk.visitor_comes();
    talk.say(visitor, &message(1));
    talk.object.has_told(&mut talk.platform, again.state(), Ok(passage.upto));
    let news = talk.object.rang(&mut talk.platform).expect("the workspace hears of the new log");
    let (digest, passage) = of_visitor(&news);
    assert!(digest.epoch > first.state().0, "another life of the log");
    assert_eq!((passage.after, passage.lines.len()), (Seq::START, 1), "from its first word");
}

#[test]
fn ws40_a_conversation_that_has_gone_on_stays_and_tells_of_itself() {
    let mut talk = Talk::new();
    let old = known(&mut talk);
    talk.say(talk.visitor, &message(2));
    let newer = known(&mut talk);
    assert_eq!(expire(&mut talk, WORKSPACE, old), Ok(()));
    assert_eq!(rows(&talk, "event"), 2);
    let news = talk.object.rang(&mut talk.platform).expect("the workspace hears of it anew");
    let (digest, _) = of_visitor(&news);
    assert!(digest.epoch == newer.0 && digest.revision > newer.1);
    talk.object.has_told(&mut talk.platform, news.state(), Ok(Seq::START));
    let news = talk.object.rang(&mut talk.platform).expect("and of every word, since it has forgotten them");
    let (_, passage) = of_visitor(&news);
    assert_eq!((passage.after, passage.lines.len()), (Seq::START, 2));
}

/// From now on no event can be deleted.
fn fill_disk(talk: &mut Talk) {
    talk.platform.is_disk_full = true;
    let sql = "CREATE TRIGGER full BEFORE DELETE ON event BEGIN SELECT RAISE(ABORT, 'full'); END";
    store::Database::run(&talk.platform.database, sql, Vec::new()).map(drop).expect("run");
}

#[test]
fn ws40_a_deletion_that_fails_forgets_no_read_mark() {
    let mut talk = Talk::new();
    let ticket = talk.ticket(1);
    let agent = talk.agent_comes(&ticket);
    talk.say(agent, &ClientFrame::<AgentCommand>::Read { upto: Seq(1) });
    let known = known(&mut talk);
    talk.platform.is_disk_full = true;
    let full = "CREATE TRIGGER full BEFORE DELETE ON conversation BEGIN SELECT RAISE(ABORT, 'full'); END";
    store::Database::run(&talk.platform.database, full, Vec::new()).map(drop).expect("run");
    assert_eq!(expire(&mut talk, WORKSPACE, known), Err(Code::Storage));
    tidy_disk(&mut talk);
    talk.evict();
    talk.visitor_comes();
    let live = talk.object.live().expect("awake");
    assert_eq!(live.conversation.marks_for_agents().agents, Seq(1));
}

fn tidy_disk(talk: &mut Talk) {
    talk.platform.is_disk_full = false;
    let sql = "DROP TRIGGER full";
    store::Database::run(&talk.platform.database, sql, Vec::new()).map(drop).expect("run");
}

#[test]
fn ws40_a_deletion_that_fails_half_way_sends_everybody_away_and_is_done_to_its_end() {
    for goes_on_before in [false, true] {
        let mut talk = Talk::new();
        let known = known(&mut talk);
        fill_disk(&mut talk);
        assert_eq!(expire(&mut talk, WORKSPACE, known), Err(Code::Storage));
        assert_eq!((rows(&talk, "conversation"), rows(&talk, "event")), (0, 1), "half of it is gone");
        let closed = talk.platform.closed.iter().find(|(handle, _)| *handle == talk.visitor);
        assert_eq!(closed.map(|(_, code)| *code), Some(CloseCode::Unauthenticated.number()));
        tidy_disk(&mut talk);
        talk.evict();
        if goes_on_before {
            let visitor = talk.visitor_comes();
            talk.say(visitor, &message(1));
            assert_eq!(rows(&talk, "event"), 1, "nothing of before comes back");
        }
        assert_eq!(expire(&mut talk, WORKSPACE, known), Ok(()));
        assert_eq!(rows(&talk, "event"), usize::from(goes_on_before));
    }
}

#[test]
fn st13_an_erasure_that_fails_half_way_is_done_to_its_end() {
    let mut talk = Talk::new();
    fill_disk(&mut talk);
    let erase = |talk: &mut Talk| {
        let call = ConversationCall::Erase { workspace: WORKSPACE };
        talk.object.answer(&mut talk.platform, call).map(drop).map_err(|reject| reject.code)
    };
    assert_eq!(erase(&mut talk), Err(Code::Storage));
    tidy_disk(&mut talk);
    talk.evict();
    assert_eq!(erase(&mut talk), Ok(()));
    assert_eq!((rows(&talk, "conversation"), rows(&talk, "event")), (0, 0));
    talk.visitor_comes();
    assert!(talk.platform.closed.iter().any(|(_, code)| *code == CloseCode::NotFound.number()));
}

#[test]
fn ws40_a_list_that_is_open_comes_back_for_what_is_left() {
    let mut scene = Scene::new();
    let began = scene.platform.now;
    tell(&mut scene, digest(1, Status::Resolved, 5, began));
    keep_for(&mut scene, Some(30));
    assert_eq!(rang(&mut scene, 29 * DAY), []);
    let feed = scene.watch(Who::Agent);
    scene.object.rang(&mut scene.platform).expect("done");
    assert_eq!(scene.close_code(feed), None, "nothing has gone");
    assert_eq!(rang(&mut scene, 2 * DAY).len(), 1);
    assert_eq!(scene.close_code(feed), Some(CloseCode::Zombie.number()));
}
