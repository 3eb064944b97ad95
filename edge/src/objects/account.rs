//! The shell of a person's account.

use domain::account::{Email, PasswordHash, sign_in_allowed};
use protocol::call::{AccountAnswer, AccountCall, CallResult, Membership};
use protocol::{Code, Timestamp};
use store::StorageError;
use store::account::AccountStore;
use worker::{
    DurableObject, Env, Error, Request, Response, Result, State, WebSocket, WebSocketIncomingMessage,
    console_error, durable_object,
};

use super::accept::refuse;
use crate::calls;
use crate::durable_database::DurableDatabase;
use crate::surroundings::{now, random};

/// One person, named by a keyed digest of their e-mail address.
#[durable_object]
pub struct AccountObject {
    state: State,
}

impl DurableObject for AccountObject {
    fn new(state: State, _env: Env) -> Self {
        Self { state }
    }

    async fn fetch(&self, mut request: Request) -> Result<Response> {
        match calls::read(&mut request).await {
            Some(call) => calls::answer(&self.answer(call)),
            None => refuse(Code::BadFrame),
        }
    }

    async fn alarm(&self) -> Result<Response> {
        Response::empty()
    }

    async fn websocket_message(&self, _: WebSocket, _: WebSocketIncomingMessage) -> Result<()> {
        Ok(())
    }

    async fn websocket_close(&self, _: WebSocket, _: usize, _: String, _: bool) -> Result<()> {
        Ok(())
    }

    async fn websocket_error(&self, _: WebSocket, _: Error) -> Result<()> {
        Ok(())
    }
}

impl AccountObject {
    fn answer(&self, call: AccountCall) -> CallResult<AccountAnswer> {
        let store = AccountStore::open(DurableDatabase(self.state.storage().sql())).map_err(storage)?;
        match call {
            AccountCall::Create { email, password, membership } => {
                create(&store, &email, &password, &membership)
            }
            AccountCall::SignIn { password } => sign_in(&store, &password, now()),
            AccountCall::Authenticate { secret } => authenticate(&store, &secret, now()),
            AccountCall::SignOut { secret } => {
                store.end_session(&secret).map_err(storage)?;
                Ok(AccountAnswer::Done)
            }
        }
    }
}

type Store = AccountStore<DurableDatabase>;

fn create(store: &Store, email: &str, password: &str, membership: &Membership) -> CallResult<AccountAnswer> {
    let email = Email::parse(email)?;
    let hash = PasswordHash::of(password, &random()?)?;
    if store.create(&email, &hash, membership).map_err(storage)? {
        Ok(AccountAnswer::Done)
    } else {
        Err(Code::AlreadySetUp.into())
    }
}

fn sign_in(store: &Store, password: &str, now: Timestamp) -> CallResult<AccountAnswer> {
    sign_in_allowed(&store.failures().map_err(storage)?, now)?;
    let is_right = match store.password().map_err(storage)? {
        Some(hash) => hash.matches(password),
        None => {
            PasswordHash::match_nobody(password);
            false
        }
    };
    let membership = store.membership().map_err(storage)?;
    let Some(membership) = membership.filter(|_| is_right) else {
        store.note_failure(now).map_err(storage)?;
        return Err(Code::WrongSignIn.into());
    };
    let secret = random()?;
    store.begin_session(&secret, now).map_err(storage)?;
    Ok(AccountAnswer::SignedIn { secret, membership })
}

fn authenticate(store: &Store, secret: &[u8; 32], now: Timestamp) -> CallResult<AccountAnswer> {
    let session = store.session(secret).map_err(storage)?.filter(|session| session.is_good(now));
    let Some(session) = session else {
        return Err(Code::Unauthenticated.into());
    };
    if session.wants_touch(now) {
        store.touch_session(secret, now).map_err(storage)?;
    }
    let membership = store.membership().map_err(storage)?.ok_or(Code::Unauthenticated)?;
    Ok(AccountAnswer::Authenticated { membership })
}

fn storage(error: StorageError) -> Code {
    console_error!("account: {}", error.to_string());
    Code::Storage
}
