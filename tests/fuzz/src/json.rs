//! The readable codec and the HTTP bodies: any text as any wire type.

use protocol::codec::from_text;
use protocol::http::account::{
    LinkFinish, LinkSignIn, MailRequest, Me, PasswordChange, Profile, ProofRequest, RecoveryCodes,
    ResetFinish, SecondFactorFinish, SecondFactorSetup, SessionList, SignInRequest, SignUpFinish,
};
use protocol::http::api_key::{ApiKeyDraft, ApiKeyList, MadeApiKey};
use protocol::http::site::{IdentitySecret, InstallCheck, InstallReport, SiteList, SiteSettings, SiteView};
use protocol::http::workspace::{
    AuditPage, CustomRole, InvitationAcceptance, InvitationLook, InvitationOffer, InvitationRequest,
    InvitationView, Joined, People, RoleChange, RoleDraft, TicketAnswer, TicketRequest, Transfer,
    WorkspaceNaming, WorkspaceView,
};
use protocol::http::{Problem, SessionAnswer, SessionRequest, SetupAnswer, SetupRequest, SiteConfig};
use protocol::{AgentFrame, AgentRequest, FeedFrame, FeedRequest, VisitorFrame, VisitorRequest};

use crate::round_trip::{Wire, survives};

/// Text is a frame or body or refused; what is read is written and read as itself (SPEC PR13).
pub fn json(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        frame::<VisitorRequest>(text);
        frame::<AgentRequest>(text);
        frame::<FeedRequest>(text);
        frame::<VisitorFrame>(text);
        frame::<AgentFrame>(text);
        frame::<FeedFrame>(text);
    }
    body::<SessionRequest>(bytes);
    body::<SessionAnswer>(bytes);
    body::<SetupRequest>(bytes);
    body::<SetupAnswer>(bytes);
    body::<Problem>(bytes);
    body::<SignInRequest>(bytes);
    body::<TicketRequest>(bytes);
    body::<TicketAnswer>(bytes);
    body::<Me>(bytes);
    body::<LinkFinish>(bytes);
    body::<LinkSignIn>(bytes);
    body::<MailRequest>(bytes);
    body::<PasswordChange>(bytes);
    body::<Profile>(bytes);
    body::<ProofRequest>(bytes);
    body::<RecoveryCodes>(bytes);
    body::<ResetFinish>(bytes);
    body::<SecondFactorFinish>(bytes);
    body::<SecondFactorSetup>(bytes);
    body::<SessionList>(bytes);
    body::<SignUpFinish>(bytes);
    body::<IdentitySecret>(bytes);
    body::<InstallCheck>(bytes);
    body::<InstallReport>(bytes);
    body::<SiteList>(bytes);
    body::<SiteSettings>(bytes);
    body::<SiteView>(bytes);
    body::<ApiKeyDraft>(bytes);
    body::<ApiKeyList>(bytes);
    body::<MadeApiKey>(bytes);
    body::<AuditPage>(bytes);
    body::<CustomRole>(bytes);
    body::<InvitationAcceptance>(bytes);
    body::<InvitationLook>(bytes);
    body::<InvitationOffer>(bytes);
    body::<InvitationRequest>(bytes);
    body::<InvitationView>(bytes);
    body::<Joined>(bytes);
    body::<People>(bytes);
    body::<RoleChange>(bytes);
    body::<RoleDraft>(bytes);
    body::<Transfer>(bytes);
    body::<WorkspaceNaming>(bytes);
    body::<WorkspaceView>(bytes);
    body::<SiteConfig>(bytes);
}

fn frame<F: Wire>(text: &str) {
    if let Ok(frame) = from_text::<F>(text) {
        survives(&frame);
    }
}

fn body<B: Wire>(bytes: &[u8]) {
    if let Ok(body) = serde_json::from_slice::<B>(bytes) {
        survives(&body);
    }
}
