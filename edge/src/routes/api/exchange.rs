//! One request and its answer: who asks by which key, how much more they may ask, and what is told of it.

use std::cell::Cell;

use axum::http::{HeaderName, header};
use axum::response::Response;
use domain::workspace::ApiKeyText;
use protocol::api::{Operation, ProblemCode};
use protocol::call::{
    ConversationAnswer, ConversationCall, ConversationRequest, KeyAnswer, KeyReply, KeyRequest, Quota,
    WorkspaceAnswer, WorkspaceCall,
};
use protocol::{AgentProfile, ApiKeyId, Code, ConversationId, Permissions, SiteId, WorkspaceId};
use worker::Env;

use super::input::Input;
use super::reply::{Refusal, Reply, request_id, set};
use crate::calls;

const VERSION: HeaderName = HeaderName::from_static("api-version");
const LIMIT: HeaderName = HeaderName::from_static("ratelimit-limit");
const REMAINING: HeaderName = HeaderName::from_static("ratelimit-remaining");
const RESET: HeaderName = HeaderName::from_static("ratelimit-reset");

/// A request of the API.
pub(super) struct Exchange {
    env: Env,
    operation: Operation,
    input: Input,
    request_id: String,
    quota: Cell<Option<Quota>>,
}

/// Who acts in a conversation.
pub(super) struct Acting {
    /// In which workspace.
    pub(super) workspace: WorkspaceId,
    agent: AgentProfile,
    permissions: Permissions,
    /// By which key.
    pub(super) key: ApiKeyId,
}

/// What the workspace answered to a key.
pub(super) struct Answered {
    /// Which key.
    pub(super) key: ApiKeyId,
    /// What.
    pub(super) answer: KeyReply,
}

impl Exchange {
    pub(super) fn new(env: Env, operation: Operation, input: Input) -> Self {
        let request_id = request_id(&input.headers);
        Self { env, operation, input, request_id, quota: Cell::new(None) }
    }

    /// Bindings and configuration.
    pub(super) const fn env(&self) -> &Env {
        &self.env
    }

    pub(super) const fn operation(&self) -> Operation {
        self.operation
    }

    /// What the request says. Who asks must be known before they are told what is wrong with it: see [`Self::checked`].
    pub(super) const fn input(&self) -> &Input {
        &self.input
    }

    /// Reads the request. If it is not what it should be, only whoever has a key is told so.
    pub(super) async fn checked<T>(
        &self,
        read: impl FnOnce(&Input) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        match read(&self.input) {
            Ok(read) => Ok(read),
            Err(refusal) => {
                self.ask(KeyRequest::Act).await?;
                Err(refusal)
            }
        }
    }

    /// Refuses a request that was written for another version of the API.
    pub(super) async fn check_version(&self) -> Result<(), Refusal> {
        let read = |input: &Input| {
            let mut asked = input.headers.get_all(VERSION).iter();
            let is_ours = asked.all(|version| version.as_bytes() == Operation::VERSION.as_bytes());
            if is_ours { Ok(()) } else { Err(Refusal::of_param("Api-Version")) }
        };
        self.checked(read).await
    }

    /// Asks the workspace of the key.
    pub(super) async fn ask(&self, request: KeyRequest) -> Result<Answered, Refusal> {
        let ApiKeyText { workspace, secret } = self.key()?;
        let call = WorkspaceCall::ByKey { secret, scope: self.operation.scope(), request };
        match calls::workspace(&self.env, workspace, &call).await? {
            WorkspaceAnswer::ByKey(answered) => {
                let KeyAnswer { key, quota, answer } = *answered;
                self.quota.set(Some(quota));
                Ok(Answered { key, answer: answer? })
            }
            _ => Err(Code::Internal.into()),
        }
    }

    /// Who acts in a conversation.
    pub(super) async fn act(&self) -> Result<Acting, Refusal> {
        self.acting(KeyRequest::Act).await
    }

    /// Who acts in a conversation with somebody whom a site knows.
    pub(super) async fn act_on(&self, site: SiteId) -> Result<Acting, Refusal> {
        self.acting(KeyRequest::ActOn(site)).await
    }

    async fn acting(&self, request: KeyRequest) -> Result<Acting, Refusal> {
        let workspace = self.key()?.workspace;
        let Answered { key, answer } = self.ask(request).await?;
        match answer {
            KeyReply::Acting { agent, permissions } => Ok(Acting { workspace, agent, permissions, key }),
            _ => Err(Code::Internal.into()),
        }
    }

    /// Asks a conversation.
    pub(super) async fn ask_conversation(
        &self,
        acting: &Acting,
        conversation: ConversationId,
        request: ConversationRequest,
    ) -> Result<ConversationAnswer, Refusal> {
        let Acting { workspace, agent, permissions, .. } = acting;
        let call = ConversationCall::As {
            workspace: *workspace,
            agent: agent.clone(),
            permissions: *permissions,
            request: Box::new(request),
        };
        Ok(calls::conversation(&self.env, conversation, &call).await?)
    }

    /// Writes the answer, with how much more may be asked.
    pub(super) fn respond(self, result: Result<Reply, Refusal>) -> Response {
        let mut response = match result {
            Ok(reply) => reply.into_response(self.operation.success(), &self.request_id),
            Err(refusal) => refusal.into_response(self.request_id),
        };
        set(&mut response, VERSION, Operation::VERSION);
        if let Some(Quota { limit, remaining, reset_ms }) = self.quota.get() {
            set(&mut response, LIMIT, &limit.to_string());
            set(&mut response, REMAINING, &remaining.to_string());
            set(&mut response, RESET, &reset_ms.div_ceil(1_000).to_string());
        }
        response
    }

    /// The key of the request. It is never told apart why there is none that is good.
    fn key(&self) -> Result<ApiKeyText, Refusal> {
        let text = self.input.header(header::AUTHORIZATION.as_str()).unwrap_or_default();
        let key = text.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        key.and_then(|(_, key)| ApiKeyText::parse(key.trim()))
            .ok_or_else(|| ProblemCode::Unauthenticated.into())
    }
}
