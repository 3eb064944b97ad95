//! What an outbox keeps, in SQL.

use protocol::call::{ConversationCall, Dismissal, Ended, Job, WorkspaceCall};
use protocol::mail::{Language, Letter, Mail};
use protocol::{AgentId, ConversationId, Timestamp, WorkspaceId};
use store::outbox::{INDEX, Outbox, Postponed, TABLE};
use store::{Database, RusqliteDatabase};

const MINUTE: i64 = 60_000;
const DAY: i64 = 24 * 60 * MINUTE;

fn outbox(database: &RusqliteDatabase) -> Outbox<&RusqliteDatabase> {
    for statement in [TABLE, INDEX] {
        database.execute(statement, Vec::new()).expect("made");
    }
    Outbox::new(database)
}

fn database() -> RusqliteDatabase {
    RusqliteDatabase::in_memory().expect("a database")
}

fn dismissal(agent: u8) -> Dismissal {
    Dismissal { agent: AgentId::from_bytes([agent; 16]), session: None, may_return: true }
}

fn for_workspace(workspace: u8, agent: u8) -> Job {
    let call = WorkspaceCall::SessionsEnded(dismissal(agent));
    Job::Workspace(WorkspaceId::from_bytes([workspace; 16]), Box::new(call))
}

fn for_conversation(agent: u8) -> Job {
    let call = ConversationCall::Dismiss { ended: Ended::Agent(dismissal(agent)), at: Timestamp(0) };
    Job::Conversation(ConversationId::from_bytes([9; 32]), call)
}

fn mail() -> Job {
    let letter = Letter::PasswordChanged;
    Job::Mail(Box::new(Mail { to: "anna@example.com".to_owned(), language: Language::En, letter }))
}

fn taken(outbox: &Outbox<&RusqliteDatabase>, now: i64) -> Vec<Job> {
    let due = outbox.take(Timestamp(now), 50).expect("taken");
    due.into_iter().map(|due| due.job).collect()
}

#[test]
fn ob1_a_job_is_owed_until_it_is_done() {
    let database = database();
    let outbox = outbox(&database);
    assert_eq!(outbox.next_due(), Ok(None));
    outbox.push(&mail(), Timestamp(5)).expect("pushed");
    assert_eq!(outbox.next_due(), Ok(Some(Timestamp(5))));
    assert!(taken(&outbox, 4).is_empty());
    let due = outbox.take(Timestamp(5), 50).expect("taken");
    assert!(due.len() == 1 && due[0].job == mail());
    outbox.done(due[0].id).expect("done");
    assert_eq!(outbox.next_due(), Ok(None));
    assert!(taken(&outbox, DAY).is_empty());
}

#[test]
fn ob1_a_failed_job_is_attempted_again_and_given_up_after_a_day() {
    let database = database();
    let outbox = outbox(&database);
    outbox.push(&for_workspace(1, 1), Timestamp(0)).expect("pushed");
    let mut now = Timestamp(0);
    let mut attempts = 0;
    let given_up = loop {
        let due = outbox.take(now, 50).expect("taken");
        assert_eq!(due.len(), 1);
        attempts += 1;
        match outbox.postpone(due[0].id, now).expect("postponed").expect("there") {
            Postponed::Until(later) => {
                assert!(taken(&outbox, later.0 - 1).is_empty(), "not earlier");
                assert_eq!(outbox.next_due(), Ok(Some(later)));
                now = later;
            }
            Postponed::GivenUp { attempts } => break attempts,
        }
    };
    assert_eq!(given_up, attempts);
    assert!(now >= Timestamp(DAY) && now < Timestamp(DAY + 30 * MINUTE));
    assert_eq!(outbox.next_due(), Ok(None));
}

#[test]
fn ob2_jobs_for_one_object_keep_their_order_and_wait_for_no_other() {
    let database = database();
    let outbox = outbox(&database);
    let (first, second, other) = (for_workspace(1, 1), for_workspace(1, 2), for_workspace(2, 1));
    for job in [&mail(), &first, &second, &other, &for_conversation(1)] {
        outbox.push(job, Timestamp(0)).expect("pushed");
    }
    let due = outbox.take(Timestamp(0), 50).expect("taken");
    let order: Vec<_> = due.iter().map(|due| due.job.clone()).collect();
    assert!(order == [first, second.clone(), other.clone(), for_conversation(1), mail()], "mails come last");
    outbox.postpone(due[0].id, Timestamp(0)).expect("postponed");
    outbox.put_back(due[1].id, Timestamp(0)).expect("put back");
    outbox.put_back(due[2].id, Timestamp(0)).expect("put back");
    assert!(taken(&outbox, 1) == [other], "the second waits for the first");
    outbox.take(Timestamp(1_000), 1).expect("the first is attempted again");
    assert!(taken(&outbox, 1_000).is_empty(), "the second waits for the attempt");
}

#[test]
fn ob3_an_attempt_has_its_job_to_itself_and_one_that_dies_is_repeated() {
    let database = database();
    let outbox = outbox(&database);
    outbox.push(&mail(), Timestamp(0)).expect("pushed");
    assert_eq!(taken(&outbox, 0).len(), 1);
    assert!(taken(&outbox, MINUTE - 1).is_empty());
    assert_eq!(outbox.next_due(), Ok(Some(Timestamp(MINUTE))));
    assert_eq!(taken(&outbox, MINUTE).len(), 1);
}

#[test]
fn ob3_a_job_of_a_version_to_come_is_not_lost_at_once() {
    let database = database();
    let outbox = outbox(&database);
    let statement = "INSERT INTO job (payload, made_at, due_at) VALUES (x'01ff', 0, 0)";
    database.execute(statement, Vec::new()).expect("written");
    assert!(taken(&outbox, 0).is_empty());
    assert_eq!(outbox.next_due(), Ok(Some(Timestamp(1_000))));
}

#[test]
fn ob3_a_job_and_its_successor_in_the_same_row_are_told_apart() {
    let database = database();
    let outbox = outbox(&database);
    outbox.push(&mail(), Timestamp(0)).expect("pushed");
    let first = outbox.take(Timestamp(0), 1).expect("taken")[0].id;
    outbox.done(first).expect("done");
    outbox.push(&mail(), Timestamp(7)).expect("pushed");
    assert_eq!(outbox.postpone(first, Timestamp(8)), Ok(None));
    outbox.done(first).expect("nothing happens");
    let second = outbox.take(Timestamp(8), 1).expect("taken")[0].id;
    assert_ne!(first.to_string(), second.to_string());
}
