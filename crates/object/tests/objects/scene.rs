//! A workspace with one of each kind: an owner, an admin, an agent, a lead with a custom role, and somebody who was
//! removed.

use object::{Side, WorkspaceObject};
use protocol::call::{
    AccountCall, Actor, Founder, Founding, FoundingSite, Job, WorkspaceAnswer, WorkspaceCall,
    WorkspaceRequest,
};
use protocol::codec::Codec;
use protocol::http::SiteConfig;
use protocol::http::site::{IdentityMode, SiteSettings};
use protocol::http::workspace::{AuditChange, AuditLine, RoleDraft, WorkspaceView};
use protocol::mail::{Language, Letter, Mail};
use protocol::{
    AccountId, AgentId, AgentProfile, AgentTicket, Code, ConversationDigest, ConversationId, Epoch,
    FeedRequest, Hello, IndexEntry, Nonce, Permission, Permissions, Role, RoleId, SessionId, SiteId,
    SiteKeyId, SocketTarget, Status, TabId, VisitorId, VisitorIdentity, WorkspaceId, codec, limits,
};
use store::outbox::Outbox;

use crate::platform::{Handle, SECRET, TestPlatform};

pub(crate) const WORKSPACE: WorkspaceId = WorkspaceId::from_bytes([1; 16]);
pub(crate) const SITE: SiteId = SiteId::from_bytes([2; 16]);
pub(crate) const KEY: SiteKeyId = SiteKeyId::from_bytes([3; 16]);

/// Somebody of the scene.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    Owner,
    Admin,
    Agent,
    /// With a role of the workspace's own: manages people and roles, and reads.
    Lead,
    /// Was an admin once.
    Removed,
    /// Never belonged to it.
    Stranger,
}

impl Who {
    pub(crate) const ALL: [Self; 6] =
        [Self::Owner, Self::Admin, Self::Agent, Self::Lead, Self::Removed, Self::Stranger];

    pub(crate) const fn id(self) -> AgentId {
        AgentId::from_bytes([0xa0 + self as u8; 16])
    }

    pub(crate) const fn account(self) -> AccountId {
        AccountId::from_bytes([0xc0 + self as u8; 16])
    }

    pub(crate) fn email(self) -> String {
        format!("{self:?}@example.com").to_lowercase()
    }

    pub(crate) fn founder(self) -> Founder {
        Founder {
            account: self.account(),
            email: self.email(),
            agent: AgentProfile { id: self.id(), name: format!("{self:?}") },
            language: Language::De,
        }
    }

    pub(crate) const fn session(self) -> SessionId {
        SessionId::from_bytes([0xd0 + self as u8; 16])
    }

    pub(crate) const fn actor(self) -> Actor {
        Actor {
            agent: self.id(),
            session: self.session(),
            is_proven: true,
            has_second_factor: false,
            used_second_factor: true,
        }
    }
}

pub(crate) type Answer = Result<WorkspaceAnswer, Code>;

#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) platform: TestPlatform,
    pub(crate) object: WorkspaceObject<Handle>,
    /// The lead's role.
    pub(crate) lead: RoleId,
    next_handle: Handle,
    next_nonce: u8,
    told: u64,
}

impl Scene {
    /// A workspace that was never founded.
    pub(crate) fn absent() -> Self {
        Self {
            platform: TestPlatform::new(),
            object: WorkspaceObject::default(),
            lead: RoleId::from_bytes([0; 16]),
            next_handle: 0,
            next_nonce: 0,
            told: 0,
        }
    }

    /// A founded workspace with its owner only.
    pub(crate) fn founded() -> Self {
        let mut scene = Self::absent();
        assert_eq!(scene.call(WorkspaceCall::Found(founding())).err(), None);
        scene
    }

    /// A workspace with everybody in it, and nothing left to do.
    pub(crate) fn new() -> Self {
        let mut scene = Self::founded();
        let permissions = [Permission::ManagePeople, Permission::ManageRoles, Permission::ReadConversations];
        let draft = RoleDraft { name: "Lead".to_owned(), permissions: Permissions::of(&permissions) };
        let Ok(WorkspaceAnswer::Role(lead)) = scene.ask(Who::Owner, WorkspaceRequest::MakeRole(draft)) else {
            panic!("a role is made");
        };
        scene.lead = lead.id;
        for (who, role) in [
            (Who::Admin, Role::Admin),
            (Who::Agent, Role::Agent),
            (Who::Lead, Role::Custom(lead.id)),
            (Who::Removed, Role::Admin),
        ] {
            scene.join(who, role);
        }
        let removed = scene.ask(Who::Owner, WorkspaceRequest::Remove(Who::Removed.id()));
        assert_eq!(removed.err(), None);
        scene.jobs();
        scene
    }

    pub(crate) fn call(&mut self, call: WorkspaceCall) -> Answer {
        self.object.answer(&mut self.platform, call).map_err(|reject| reject.code)
    }

    pub(crate) fn ask(&mut self, who: Who, request: WorkspaceRequest) -> Answer {
        self.call(WorkspaceCall::As { actor: who.actor(), request })
    }

    pub(crate) fn view(&mut self, who: Who) -> WorkspaceView {
        match self.ask(who, WorkspaceRequest::View) {
            Ok(WorkspaceAnswer::View(view)) => *view,
            _ => panic!("{who:?} sees the workspace"),
        }
    }

    /// Invites somebody as the owner and returns the secret of the mailed link.
    pub(crate) fn invite(&mut self, email: &str, role: Role) -> [u8; 32] {
        let request =
            WorkspaceRequest::Invite { email: email.to_owned(), role, language: Language::default() };
        assert_eq!(self.ask(Who::Owner, request).err(), None);
        let jobs = self.jobs();
        let mut secrets = jobs.iter().filter_map(secret_of);
        secrets.next_back().expect("an invitation was mailed")
    }

    pub(crate) fn join(&mut self, who: Who, role: Role) {
        let secret = self.invite(&who.email(), role);
        let accepted = self.call(WorkspaceCall::Accept { secret, founder: who.founder() });
        assert_eq!(accepted.err(), None);
    }

    /// Takes all jobs that are due, as if they were done.
    pub(crate) fn jobs(&mut self) -> Vec<Job> {
        let outbox = Outbox::new(self.platform.database.clone());
        let mut jobs = Vec::new();
        loop {
            let due = outbox.take(self.platform.now, 50).expect("taken");
            if due.is_empty() {
                return jobs;
            }
            for due in due {
                outbox.done(due.id).expect("done");
                jobs.push(due.job);
            }
        }
    }

    /// The audit log, newest line first.
    pub(crate) fn audit(&mut self) -> Vec<AuditLine> {
        match self.ask(Who::Owner, WorkspaceRequest::Audit(None)) {
            Ok(WorkspaceAnswer::Audit(page)) => page.lines,
            _ => panic!("the owner reads the audit log"),
        }
    }

    pub(crate) fn newest_change(&mut self) -> AuditChange {
        self.audit().swap_remove(0).change
    }

    /// A ticket as the Worker makes it of the workspace's answer.
    pub(crate) fn ticket(&mut self, who: Who, target: SocketTarget) -> Result<AgentTicket, Code> {
        self.ticket_for(who.actor(), target)
    }

    /// The same for somebody in a session of a kind.
    pub(crate) fn ticket_for(&mut self, actor: Actor, target: SocketTarget) -> Result<AgentTicket, Code> {
        let session = actor.session;
        let call = WorkspaceCall::As { actor, request: WorkspaceRequest::Ticket(target) };
        let Ok(WorkspaceAnswer::Ticket { agent, permissions, at }) = self.call(call) else {
            return Err(Code::Forbidden);
        };
        self.next_nonce += 1;
        Ok(AgentTicket {
            workspace: WORKSPACE,
            agent,
            permissions,
            session,
            target,
            nonce: Nonce::from_bytes([self.next_nonce; 16]),
            expires_at: at.plus(limits::TICKET_MS),
        })
    }

    /// Opens a feed with a ticket; the socket is seated or closed then.
    pub(crate) fn open_feed(&mut self, ticket: &AgentTicket) -> Handle {
        self.next_handle += 1;
        let handle = self.next_handle;
        let attachment =
            self.object.may_accept(&mut self.platform, Side::Agent, Codec::Postcard).expect("accepted");
        self.object.accepted(&mut self.platform, handle, attachment);
        let credential = domain::token::sign(SECRET, ticket);
        let tab = TabId::from_bytes([u8::try_from(handle).expect("few"); 8]);
        let hello = FeedRequest::Hello(Hello { credential, tab, cursor: None, page: None });
        self.say(handle, &hello);
        handle
    }

    /// Opens a feed of somebody who may have one.
    pub(crate) fn watch(&mut self, who: Who) -> Handle {
        let ticket = self.ticket(who, SocketTarget::Feed).expect("a ticket");
        let handle = self.open_feed(&ticket);
        assert_eq!(self.close_code(handle), None);
        handle
    }

    pub(crate) fn say(&mut self, handle: Handle, request: &FeedRequest) {
        let message = object::Message::Binary(codec::to_bytes(request));
        self.object.receive(&mut self.platform, &handle, &message);
    }

    pub(crate) fn close_code(&self, handle: Handle) -> Option<u16> {
        self.platform.closed.iter().find(|(closed, _)| *closed == handle).map(|(_, code)| *code)
    }

    /// A conversation tells news of itself.
    pub(crate) fn tell_digest(&mut self) {
        self.told += 1;
        self.tell_digest_of(255);
    }

    /// One of several does.
    pub(crate) fn tell_digest_of(&mut self, number: u8) {
        self.tell_digest_with(u16::from(number) * 0x101, None);
    }

    /// One of many does, with a visitor who has proven who they are or not.
    pub(crate) fn tell_digest_with(&mut self, number: u16, user: Option<&str>) {
        let [high, low] = number.to_be_bytes();
        let identity =
            user.map(|user| VisitorIdentity { user: Some(user.to_owned()), ..VisitorIdentity::default() });
        let digest = ConversationDigest {
            epoch: Epoch::from_bytes([1; 16]),
            revision: self.told + 1,
            entry: IndexEntry {
                conversation: ConversationId::from_bytes(core::array::from_fn(|index| {
                    if index % 2 == 0 { high } else { low }
                })),
                site: SITE,
                visitor: VisitorId::from_bytes([1; 16]),
                status: Status::Open,
                active_at: self.platform.now,
                preview: None,
                unread: 0,
                began_at: self.platform.now,
                identity,
                placement: protocol::Placement::default(),
            },
        };
        self.call(WorkspaceCall::Digest(Box::new(digest))).map(drop).expect("taken up");
    }

    /// One that has told before does.
    pub(crate) fn tell_digest_anew(&mut self, number: u16, user: Option<&str>) {
        self.told += 1;
        self.tell_digest_with(number, user);
    }

    /// The object forgets what is in memory.
    pub(crate) fn evict(&mut self) {
        self.object = WorkspaceObject::default();
    }
}

pub(crate) fn founding() -> Founding {
    let settings = SiteSettings {
        config: SiteConfig { name: "Shop".to_owned(), accent: "#20705a".to_owned(), greeting: String::new() },
        allowed_origins: Vec::new(),
        allow_localhost: true,
        identity: IdentityMode::Off,
        look: protocol::http::look::Look::default(),
    };
    Founding {
        workspace: WORKSPACE,
        name: "Fernwood".to_owned(),
        owner: Who::Owner.founder(),
        site: Some(FoundingSite { id: SITE, key: KEY, settings }),
    }
}

/// The mail that a job sends.
pub(crate) fn mail_of(job: &Job) -> Option<&Mail> {
    match job {
        Job::Account(_, call) => match &**call {
            AccountCall::Deliver(mail) => Some(mail),
            _ => None,
        },
        Job::Mail(_)
        | Job::Workspace(..)
        | Job::Conversation(..)
        | Job::Face(..)
        | Job::ForgetPicture(_)
        | Job::TidyLogos(..) => None,
    }
}

/// The secret of the link of a mailed invitation.
pub(crate) fn secret_of(job: &Job) -> Option<[u8; 32]> {
    let mail = mail_of(job)?;
    let Letter::Invitation { token, .. } = &mail.letter else { return None };
    let token = domain::account::MailedToken::parse(token).expect("a token");
    assert_eq!(token.place, *WORKSPACE.as_bytes());
    Some(token.secret)
}
