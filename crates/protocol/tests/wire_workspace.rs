//! Golden bytes of what concerns a workspace and its people.

mod golden;

use protocol::call::{
    Actor, CallResult, Founder, Invitation, WorkspaceAnswer, WorkspaceCall, WorkspaceRequest,
};
use protocol::http::account::{Newcomer, WorkspaceName};
use protocol::http::reception::Reception;
use protocol::http::workspace::{
    AgentView, AuditChange, AuditLine, AuditPage, AuditQuery, CustomRole, InvitationAcceptance,
    InvitationLook, InvitationOffer, InvitationRequest, InvitationView, Joined, People, RetentionChange,
    RoleChange, RoleDraft, Transfer, WorkspaceNaming, WorkspaceView,
};
use protocol::mail::Language;
use protocol::{
    AccountId, AgentId, AgentProfile, Code, ConversationId, InvitationId, Permission, Permissions, Reject,
    Role, RoleId, SessionId, SiteId, SocketTarget, Timestamp, WorkspaceId,
};

use self::golden::check;

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

fn at() -> Timestamp {
    Timestamp(1_790_000_000_000)
}

fn agent() -> AgentProfile {
    AgentProfile { id: AgentId::from_bytes(id(0xa0)), name: "Anna 🌿".to_owned() }
}

fn workspace() -> WorkspaceName {
    WorkspaceName { id: WorkspaceId::from_bytes(id(0x80)), name: "Fernwood".to_owned() }
}

fn role() -> CustomRole {
    let permissions = Permissions::of(&[Permission::ReadConversations, Permission::ManagePeople]);
    CustomRole { id: RoleId::from_bytes(id(0xe0)), name: "Lead".to_owned(), permissions }
}

fn draft() -> RoleDraft {
    RoleDraft { name: role().name, permissions: role().permissions }
}

fn invitation() -> InvitationView {
    InvitationView {
        id: InvitationId::from_bytes(id(0xf0)),
        email: "ben@example.com".to_owned(),
        role: Role::Custom(role().id),
        expires_at: at(),
    }
}

fn view() -> WorkspaceView {
    WorkspaceView {
        id: workspace().id,
        name: workspace().name,
        me: agent(),
        role: Role::Agent,
        permissions: Permissions::of(&[Permission::ReadConversations]),
        deleted_at: Some(at()),
        requires_second_factor: false,
        without_second_factor: None,
        retention_days: Some(90),
    }
}

fn people() -> People {
    let email = "anna@example.com".to_owned();
    let anna = AgentView { agent: agent(), email, role: Role::Owner, joined_at: at() };
    People { agents: vec![anna], invitations: vec![invitation()], roles: vec![role()] }
}

fn audit() -> AuditPage {
    let line = |number, actor, change| AuditLine { number, at: at(), actor, key: None, change };
    let email = || "ben@example.com".to_owned();
    let name = || "Shop".to_owned();
    let changes = [
        AuditChange::Founded,
        AuditChange::Named { name: "Ferns".to_owned() },
        AuditChange::Invited { email: email(), role: Role::Admin },
        AuditChange::InvitationRevoked { email: email() },
        AuditChange::Joined { role: Role::Agent },
        AuditChange::Removed { agent: agent() },
        AuditChange::Left,
        AuditChange::RoleChanged { agent: agent(), from: Role::Agent, to: Role::Custom(role().id) },
        AuditChange::Transferred { to: agent() },
        AuditChange::RoleMade(role()),
        AuditChange::RoleRedrawn(role()),
        AuditChange::RoleRemoved(role()),
        AuditChange::DeletionBegun,
        AuditChange::DeletionStopped,
        AuditChange::SiteMade { name: name() },
        AuditChange::SiteChanged { name: name(), fields: vec!["allowed_origins".to_owned()] },
        AuditChange::SiteRemoved { name: name() },
        AuditChange::SiteKeyRotated { name: name(), until: at() },
        AuditChange::IdentitySecretRotated { name: name() },
        AuditChange::Refused { action: "set_role".to_owned() },
        AuditChange::ApiKeyMade { name: name() },
        AuditChange::ApiKeyRevoked { name: name() },
        AuditChange::SecondFactorRequired { is_required: true },
        AuditChange::AccountDeleted,
        AuditChange::RetentionSet { days: Some(90) },
        AuditChange::RetentionSet { days: None },
        AuditChange::ConversationsExpired { count: 3, days: 90 },
    ];
    let mut lines: Vec<_> =
        (1..).zip(changes).map(|(number, change)| line(number, Some(agent()), change)).collect();
    let named = AuditChange::Named { name: "Ferns".to_owned() };
    lines.push(AuditLine { key: Some("Export".to_owned()), ..line(98, Some(agent()), named) });
    lines.push(line(99, None, AuditChange::InvitationRevoked { email: email() }));
    AuditPage { lines, more: true }
}

#[test]
fn pr11_bodies_about_people() {
    let forever = RetentionChange { days: None };
    check("retention_change", vec![("days", RetentionChange { days: Some(90) }), ("for ever", forever)]);
    check("workspace_naming", vec![("naming", WorkspaceNaming { name: "Fernwood".to_owned() })]);
    let kept = WorkspaceView {
        deleted_at: None,
        role: Role::Custom(role().id),
        requires_second_factor: true,
        without_second_factor: Some(2),
        ..view()
    };
    check("workspace_view", vec![("to be deleted", view()), ("with a custom role", kept)]);
    check("people", vec![("everybody", people())]);
    let email = "ben@example.com".to_owned();
    let request = InvitationRequest { email: email.clone(), role: Role::Admin, language: Language::Fr };
    check("invitation_request", vec![("invitation", request)]);
    check("invitation_view", vec![("open", invitation())]);
    check("invitation_look", vec![("look", InvitationLook { token: "token".to_owned() })]);
    let offer = InvitationOffer { workspace: "Fernwood".to_owned(), email, has_account: true };
    check("invitation_offer", vec![("offer", offer)]);
    let newcomer = Newcomer {
        name: "Ben".to_owned(),
        password: None,
        language: Language::En,
        time_zone: "Europe/Paris".to_owned(),
    };
    let accept = |newcomer| InvitationAcceptance { token: "token".to_owned(), newcomer };
    check("invitation_acceptance", vec![("known", accept(None)), ("new", accept(Some(newcomer)))]);
    check("joined", vec![("joined", Joined { workspace: workspace() })]);
    let to_role = |role| RoleChange { role };
    check("role_change", vec![("admin", to_role(Role::Admin)), ("custom", to_role(Role::Custom(role().id)))]);
    check("transfer", vec![("to", Transfer { to: agent().id })]);
    check("custom_role", vec![("lead", role())]);
    check("role_draft", vec![("lead", draft())]);
    check("audit_page", vec![("every change", audit())]);
    let query = |before| AuditQuery { before };
    check("audit_query", vec![("newest", query(None)), ("older", query(Some(51)))]);
}

#[test]
fn pr11_questions_to_a_workspace() {
    let actor = Actor {
        agent: agent().id,
        session: SessionId::from_bytes(id(0xd0)),
        is_proven: true,
        has_second_factor: false,
        used_second_factor: false,
    };
    let founder = Founder {
        account: AccountId::from_bytes(id(0xc0)),
        email: "ben@example.com".to_owned(),
        agent: agent(),
        language: Language::De,
    };
    let person_changed = WorkspaceCall::PersonChanged {
        agent: agent().id,
        account: founder.account,
        email: founder.email.clone(),
        name: "Ben".to_owned(),
        language: Language::Es,
    };
    let secret = id(0x11);
    let invite = WorkspaceRequest::Invite {
        email: founder.email.clone(),
        role: Role::Agent,
        language: Language::default(),
    };
    let requests = [
        ("view", WorkspaceRequest::View),
        ("ticket, feed", WorkspaceRequest::Ticket(SocketTarget::Feed)),
        (
            "ticket, conversation",
            WorkspaceRequest::Ticket(SocketTarget::Conversation(ConversationId::from_bytes(id(0x50)))),
        ),
        ("set name", WorkspaceRequest::SetName("Ferns".to_owned())),
        ("people", WorkspaceRequest::People),
        ("invite", invite),
        ("revoke invitation", WorkspaceRequest::RevokeInvitation(invitation().id)),
        ("set role", WorkspaceRequest::SetRole(agent().id, Role::Admin)),
        ("remove", WorkspaceRequest::Remove(agent().id)),
        ("transfer", WorkspaceRequest::Transfer(agent().id)),
        ("may leave", WorkspaceRequest::MayLeave),
        ("leave for good", WorkspaceRequest::LeaveForGood),
        ("make role", WorkspaceRequest::MakeRole(draft())),
        ("redraw role", WorkspaceRequest::RedrawRole(role().id, draft())),
        ("remove role", WorkspaceRequest::RemoveRole(role().id)),
        ("set retention", WorkspaceRequest::SetRetention(Some(90))),
        ("begin deletion", WorkspaceRequest::BeginDeletion),
        ("stop deletion", WorkspaceRequest::StopDeletion),
        ("audit", WorkspaceRequest::Audit(Some(51))),
        ("check site", WorkspaceRequest::CheckSite(SiteId::from_bytes(id(0x60)))),
        ("require second factor", WorkspaceRequest::RequireSecondFactor(true)),
        ("set reception", WorkspaceRequest::SetReception(SiteId::from_bytes(id(0x60)), Reception::default())),
    ];
    let mut calls: Vec<_> = requests
        .into_iter()
        .map(|(name, request)| (name, WorkspaceCall::As { actor: actor.clone(), request }))
        .collect();
    calls.push(("look at invitation", WorkspaceCall::LookAtInvitation { secret }));
    calls.push(("accept", WorkspaceCall::Accept { secret, founder }));
    calls.push(("person changed", person_changed));
    let changed = WorkspaceCall::SecondFactorChanged { agent: agent().id, is_on: true };
    calls.push(("second factor changed", changed));
    check("workspace_call_of_people", calls);

    let offer = Invitation { workspace: "Fernwood".to_owned(), email: "ben@example.com".to_owned() };
    check::<CallResult<WorkspaceAnswer>>(
        "workspace_answer_to_people",
        vec![
            ("view", Ok(WorkspaceAnswer::View(Box::new(view())))),
            ("people", Ok(WorkspaceAnswer::People(people()))),
            ("invited", Ok(WorkspaceAnswer::Invited(invitation()))),
            ("invitation", Ok(WorkspaceAnswer::Invitation(offer))),
            ("joined", Ok(WorkspaceAnswer::Joined(Box::new(view())))),
            ("role", Ok(WorkspaceAnswer::Role(role()))),
            ("audit", Ok(WorkspaceAnswer::Audit(audit()))),
            ("proof required", Err(Code::ProofRequired.into())),
            ("second factor missing", Err(Code::SecondFactorMissing.into())),
            ("limited", Err(Reject { code: Code::RateLimited, retry_after: Some(60_000) })),
        ],
    );
}
