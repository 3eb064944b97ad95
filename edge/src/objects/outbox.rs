//! Does what an object owes to others, from its alarm (SPEC OB1 to OB3).

use std::cell::Cell;
use std::collections::BTreeMap;

use futures_util::StreamExt as _;
use futures_util::stream;
use protocol::Code;
use protocol::call::Job;
use protocol::mail::Mail;
use store::StorageError;
use store::outbox::{Due, JobId, Outbox, Postponed};
use worker::{Env, State, Storage, console_error};

use super::platform::alarm_at;
use crate::calls;
use crate::durable_database::DurableDatabase;
use crate::surroundings::now;
use crate::{files, mailer};

/// Jobs that one alarm does at most; what is left is done by the next, at once. Each is a request of its own, of which the
/// platform allows 1,000 in one invocation.
const AT_ONCE: u32 = 800;

/// Receivers that are told at the same time, those first whose jobs are the oldest: on one machine more of them only keep
/// each other waiting.
const SIDE_BY_SIDE: usize = 100;

/// Jobs that are forgotten in one turn.
const FORGOTTEN_AT_ONCE: usize = 100;

/// Does what is due. Receivers are told side by side, each in the order of its own jobs. Mails are only begun: nothing
/// waits for them. The caller sets the alarm afterwards.
pub(super) async fn drain(state: &State, env: &Env) {
    let taken = outbox(&state.storage()).take(now(), AT_ONCE);
    let Ok(due) = taken.map_err(failed) else { return };
    let mut lanes: BTreeMap<Vec<u8>, Vec<Due>> = BTreeMap::new();
    for due in due {
        match (due.lane.clone(), due.job) {
            (None, Job::Mail(mail)) => {
                let key = format!("{}/{}", state.id(), due.id);
                state.wait_until(post(state.storage(), env.clone(), due.id, *mail, key));
            }
            (lane, job) => {
                lanes.entry(lane.unwrap_or_default()).or_default().push(Due { job, ..due });
            }
        }
    }
    let mut lanes: Vec<_> = lanes.into_values().collect();
    lanes.sort_by_key(|jobs| jobs.first().map(|due| due.id));
    let done = Done::default();
    stream::iter(lanes).for_each_concurrent(SIDE_BY_SIDE, |jobs| lane(state, env, &done, jobs)).await;
    done.forget_all(&outbox(&state.storage()));
}

/// Jobs that are done and not forgotten yet: many at once, since each turn that stores something takes as long as a job. If
/// the object dies meanwhile, they are done again, which does no harm.
#[derive(Default)]
struct Done(Cell<Vec<JobId>>);

impl Done {
    fn add(&self, outbox: &Outbox<DurableDatabase>, id: JobId) {
        let mut all = self.0.take();
        all.push(id);
        let is_much = all.len() >= FORGOTTEN_AT_ONCE;
        self.0.set(all);
        if is_much {
            self.forget_all(outbox);
        }
    }

    fn forget_all(&self, outbox: &Outbox<DurableDatabase>) {
        for id in self.0.take() {
            let _ = outbox.done(id).map_err(failed);
        }
    }
}

/// Does the jobs for one receiver, up to the first that fails.
async fn lane(state: &State, env: &Env, done: &Done, jobs: Vec<Due>) {
    let outbox = outbox(&state.storage());
    let mut jobs = jobs.into_iter();
    for due in jobs.by_ref() {
        match attempt(env, &due.job).await {
            Err(code) if code.is_retryable() => {
                postpone(&outbox, due.id, code);
                break;
            }
            Err(code) => {
                console_error!("a job was refused for good: {}", code.to_string());
                done.add(&outbox, due.id);
            }
            Ok(()) => done.add(&outbox, due.id),
        }
    }
    for left in jobs {
        let _ = outbox.put_back(left.id, now()).map_err(failed);
    }
}

async fn attempt(env: &Env, job: &Job) -> Result<(), Code> {
    let told = match job {
        Job::Mail(_) => return Err(Code::Internal),
        Job::Workspace(id, call) => calls::workspace(env, *id, call).await.map(drop),
        Job::Account(id, call) => calls::account(env, *id, call).await.map(drop),
        Job::Conversation(id, call) => calls::conversation(env, *id, call).await.map(drop),
        Job::Face(agent, picture) => return files::put_face(env, *agent, *picture).await,
        Job::ForgetPicture(id) => return files::remove_picture(env, *id).await,
        Job::TidyLogos(site, shown) => return files::tidy_logos(env, *site, shown.as_slice()).await,
    };
    told.map_err(|reject| reject.code)
}

/// Sends a mail beside whatever else the object does.
async fn post(storage: Storage, env: Env, id: JobId, mail: Mail, key: String) {
    let outbox = outbox(&storage);
    match send(&env, &mail, &key).await {
        Err(code) if code.is_retryable() => postpone(&outbox, id, code),
        Err(_) | Ok(()) => {
            let _ = outbox.done(id).map_err(failed);
        }
    }
    // The object's alarm may be set for later than the next attempt; and where nothing is owed any more, the object may
    // have nothing left to keep.
    let Ok(next) = outbox.next_due().map_err(failed) else { return };
    let alarm = storage.get_alarm().await.ok().flatten();
    if alarm.is_none_or(|alarm| next.is_some_and(|next| next.0 < alarm)) {
        alarm_at(&storage, next.unwrap_or_else(now));
    }
}

async fn send(env: &Env, mail: &Mail, key: &str) -> Result<(), Code> {
    let sent = mailer::send(env, mail, key).await;
    sent.map_err(|failure| if failure.retryable { Code::Unavailable } else { Code::BadField })
}

fn postpone(outbox: &Outbox<DurableDatabase>, id: JobId, code: Code) {
    if let Ok(Some(Postponed::GivenUp { attempts })) = outbox.postpone(id, now()).map_err(failed) {
        console_error!("a job was given up after {} attempts: {}", attempts, code.to_string());
    }
}

fn outbox(storage: &Storage) -> Outbox<DurableDatabase> {
    Outbox::new(DurableDatabase(storage.sql()))
}

fn failed(error: StorageError) -> Code {
    console_error!("outbox: {}", error.to_string());
    Code::Storage
}
