//! A world of accounts: each object has a database and an alarm; jobs are done as the Worker does them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use data_encoding::BASE32_NOPAD;
use domain::account::{Email, MailedToken, TotpSecret};
use domain::bucket::Bucket;
use domain::sealing::Sealing;
use object::{AccountObject, Attachment, Message, Platform};
use protocol::call::{AccountAnswer, AccountCall, CallResult, Job};
use protocol::mail::{Letter, Mail};
use protocol::{AccountId, Code, Timestamp};
use store::outbox::Outbox;
use store::{Database, RusqliteDatabase, StorageError, Value};

pub(crate) const MINUTE: u64 = 60_000;
pub(crate) const HOUR: u64 = 60 * MINUTE;

const SECRET: &[u8] = b"the secret of this world's Worker";

/// Accounts, and what they told others.
pub(crate) struct World {
    /// The clock.
    pub(crate) now: Timestamp,
    /// Mails that were sent, oldest first.
    pub(crate) mails: Vec<Mail>,
    /// Jobs for workspaces that were done.
    pub(crate) told: Vec<Job>,
    /// Whether mails cannot be sent.
    pub(crate) post_is_away: bool,
    /// Under what secrets are sealed.
    pub(crate) sealing: Sealing,
    accounts: BTreeMap<AccountId, Host>,
    hashed: Rc<Cell<Bucket>>,
}

/// One object on its platform.
struct Host {
    object: AccountObject,
    database: SharedDatabase,
    alarm: Option<Timestamp>,
    now: Timestamp,
    sealing: Sealing,
    drawn: u64,
    ended: RefCell<Vec<(Option<protocol::SessionId>, String)>>,
    hashed: Rc<Cell<Bucket>>,
}

#[derive(Clone)]
struct SharedDatabase(Rc<RusqliteDatabase>);

impl Default for World {
    fn default() -> Self {
        Self {
            now: Timestamp(1_790_000_000_000),
            mails: Vec::new(),
            told: Vec::new(),
            post_is_away: false,
            sealing: Sealing::new(b"one", None),
            accounts: BTreeMap::new(),
            hashed: Rc::default(),
        }
    }
}

impl World {
    /// The name of an address's object.
    pub(crate) fn id(email: &str) -> AccountId {
        Email::parse(email).expect("an address").account(SECRET)
    }

    /// Asks the object of an address. It may have slept since the last time.
    pub(crate) fn ask(&mut self, email: &str, call: AccountCall) -> CallResult<AccountAnswer> {
        self.ask_object(Self::id(email), call)
    }

    /// Lets time pass, without alarms.
    pub(crate) fn pass(&mut self, milliseconds: u64) {
        self.now = self.now.plus(milliseconds);
    }

    /// Lets every alarm that is due go off, until none is.
    pub(crate) fn deliver(&mut self) {
        let is_due = |host: &Host, now| host.alarm.is_some_and(|at| at <= now);
        while let Some(id) = self.accounts.iter().find(|(_, host)| is_due(host, self.now)).map(|(id, _)| *id)
        {
            self.ring(id);
        }
    }

    /// When the alarm of an address's object goes off.
    pub(crate) fn alarm(&self, email: &str) -> Option<Timestamp> {
        self.accounts.get(&Self::id(email)).and_then(|host| host.alarm)
    }

    /// Whether nothing is stored at an address's object.
    pub(crate) fn is_untouched(&self, email: &str) -> bool {
        let tables = |host: &Host| host.database.run("SELECT 1 FROM sqlite_master", Vec::new());
        self.accounts.get(&Self::id(email)).is_none_or(|host| tables(host) == Ok(Vec::new()))
    }

    /// What stands in a column of an address's object.
    pub(crate) fn column(&self, email: &str, sql: &str) -> Vec<Value> {
        let rows = self.accounts.get(&Self::id(email)).map(|host| host.database.run(sql, Vec::new()));
        let rows = rows.expect("an object").expect("read");
        rows.into_iter().flatten().collect()
    }

    /// Puts something into an address's object as an earlier version would have.
    pub(crate) fn put(&self, email: &str, sql: &str, value: Value) {
        let host = self.accounts.get(&Self::id(email)).expect("an object");
        host.database.run(sql, vec![value]).expect("written");
    }

    /// The sessions of an address's object that have ended since the last time, and why.
    pub(crate) fn ended(&self, email: &str) -> Vec<(Option<protocol::SessionId>, String)> {
        self.accounts.get(&Self::id(email)).map(|host| host.ended.take()).unwrap_or_default()
    }

    /// The token of the newest mail to an address.
    pub(crate) fn token(&mut self, email: &str) -> MailedToken {
        self.deliver();
        let mail = self.mails.iter().rfind(|mail| mail.to == email).expect("a mail");
        match &mail.letter {
            Letter::SignUp { token }
            | Letter::SignInLink { token }
            | Letter::Reset { token }
            | Letter::ConfirmNewAddress { token } => MailedToken::parse(token).expect("a token"),
            _ => panic!("a mail without a link"),
        }
    }

    fn ring(&mut self, id: AccountId) {
        let now = self.now;
        let host = self.host(id);
        host.alarm = None;
        let has_outbox = host.turn(AccountObject::rang);
        if has_outbox {
            let database = host.database.clone();
            let outbox = Outbox::new(&database);
            for due in outbox.take(now, 50).expect("taken") {
                match self.attempt(due.job) {
                    Ok(()) => outbox.done(due.id).expect("done"),
                    Err(code) if code.is_retryable() => {
                        outbox.postpone(due.id, now).expect("postponed");
                    }
                    Err(_) => outbox.done(due.id).expect("done"),
                }
            }
        }
        let host = self.host(id);
        if host.turn(AccountObject::settled) {
            host.database = SharedDatabase::new();
        }
    }

    fn attempt(&mut self, job: Job) -> Result<(), Code> {
        match job {
            Job::Mail(_) if self.post_is_away => Err(Code::Unavailable),
            Job::Mail(mail) => {
                self.mails.push(*mail);
                Ok(())
            }
            Job::Account(id, call) => self.ask_object(id, *call).map(drop).map_err(|reject| reject.code),
            Job::Workspace(..)
            | Job::Conversation(..)
            | Job::Face(..)
            | Job::ForgetPicture(_)
            | Job::TidyLogos(..) => {
                self.told.push(job);
                Ok(())
            }
        }
    }

    fn ask_object(&mut self, id: AccountId, call: AccountCall) -> CallResult<AccountAnswer> {
        self.host(id).turn(|object, host| object.answer(host, call))
    }

    fn host(&mut self, id: AccountId) -> &mut Host {
        let (now, sealing, hashed) = (self.now, self.sealing.clone(), Rc::clone(&self.hashed));
        let host = self.accounts.entry(id).or_insert_with(|| Host {
            object: AccountObject::default(),
            database: SharedDatabase::new(),
            alarm: None,
            now,
            sealing: sealing.clone(),
            drawn: 0,
            ended: RefCell::default(),
            hashed,
        });
        host.now = now;
        host.sealing = sealing;
        host
    }
}

impl Host {
    /// A turn of an object that has slept: nothing is in its memory.
    fn turn<R>(&mut self, act: impl FnOnce(&mut AccountObject, &mut Self) -> R) -> R {
        let mut object = AccountObject::default();
        let result = act(&mut object, self);
        self.object = object;
        result
    }
}

impl SharedDatabase {
    fn new() -> Self {
        Self(Rc::new(RusqliteDatabase::in_memory().expect("a database")))
    }
}

impl Database for SharedDatabase {
    fn run(&self, sql: &str, parameters: Vec<Value>) -> Result<Vec<Vec<Value>>, StorageError> {
        self.0.run(sql, parameters)
    }
}

/// No sockets; randomness that counts.
impl Platform for Host {
    type Socket = ();
    type Database = SharedDatabase;

    fn now(&self) -> Timestamp {
        self.now
    }

    fn token_secret(&self) -> Result<Vec<u8>, Code> {
        Ok(b"another secret".to_vec())
    }

    fn name_secret(&self) -> Result<Vec<u8>, Code> {
        Ok(SECRET.to_vec())
    }

    fn sealing(&self) -> Result<Sealing, Code> {
        Ok(self.sealing.clone())
    }

    fn unsealable(&self, _: &str) {}

    fn database(&self) -> SharedDatabase {
        self.database.clone()
    }

    fn sockets(&self) -> Vec<()> {
        Vec::new()
    }

    fn attachment(&self, _: &()) -> Option<Attachment> {
        None
    }

    fn keep(&mut self, _: &(), _: &Attachment) {}

    fn buffered_bytes(&self, _: &()) -> u32 {
        0
    }

    fn send(&mut self, _: &(), _: &Message) -> bool {
        false
    }

    fn close(&mut self, _: &(), _: u16) {}

    fn random<const LENGTH: usize>(&mut self) -> Result<[u8; LENGTH], Code> {
        self.drawn += 1;
        let seed = self.drawn.to_be_bytes();
        Ok(core::array::from_fn(|index| seed[index % seed.len()] ^ u8::try_from(index).expect("short")))
    }

    fn wake_at(&mut self, at: Timestamp) -> bool {
        self.alarm = Some(at);
        true
    }

    fn hashed(&self) -> Rc<Cell<Bucket>> {
        Rc::clone(&self.hashed)
    }

    fn refused(&self, _: &str, _: protocol::AgentId) {}

    fn not_taken(&self, _: &str) {}

    fn session_ended(&self, session: Option<protocol::SessionId>, why: &str) {
        self.ended.borrow_mut().push((session, why.to_owned()));
    }

    fn storage_failed(&self, error: &StorageError) {
        panic!("{error}");
    }
}

/// The code that an app would show.
pub(crate) fn code_of(base32: &str, now: Timestamp) -> String {
    let bytes = BASE32_NOPAD.decode(base32.as_bytes()).expect("base32");
    let secret = TotpSecret::from_bytes(bytes.try_into().expect("twenty bytes"));
    secret.code_at(now)
}
