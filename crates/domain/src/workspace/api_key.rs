//! The keys of the REST API: their text, who may make which, and what can be asked with one.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use protocol::call::WorkspaceRequest;
use protocol::http::api_key::ApiKeyDraft;
use protocol::{AgentId, ApiKeyId, Code, Scope, Scopes, Timestamp, WorkspaceId, limits};
use sha2::{Digest, Sha256};

use super::{Member, is_good};
use crate::name::name;

/// What the text of every key begins with, by which scanners of published code know one.
const PREFIX: &str = "sk_";

/// Characters at the end of a key's text by which its people tell it from others.
const HINT: usize = 4;

/// Milliseconds in which the use of a key is noted once: a day.
const DAY_MS: i64 = 24 * 3_600_000;

/// The text of a key: whose workspace is asked, and the secret. It has no `Debug`, so that no log can hold one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ApiKeyText {
    /// The workspace's object.
    pub workspace: WorkspaceId,
    /// Random; the workspace stores only its digest.
    pub secret: [u8; 32],
}

impl ApiKeyText {
    /// Returns the text: `sk_` and 64 characters.
    #[must_use]
    pub fn to_text(&self) -> String {
        let bytes = [self.workspace.as_bytes().as_slice(), self.secret.as_slice()].concat();
        format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Reads a text; `None` for anything of another length or alphabet.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text.strip_prefix(PREFIX)?).ok()?;
        let (workspace, secret) = bytes.split_at_checked(WorkspaceId::LENGTH)?;
        Some(Self {
            workspace: WorkspaceId::from_bytes(workspace.try_into().ok()?),
            secret: secret.try_into().ok()?,
        })
    }

    /// The last characters of the text.
    #[must_use]
    pub fn hint(&self) -> String {
        let text = self.to_text();
        text.chars().skip(text.len().saturating_sub(HINT)).collect()
    }
}

/// What is stored of the secret of a key, and told of no other secret.
#[must_use]
pub fn api_key_digest(secret: &[u8; 32]) -> [u8; 32] {
    Sha256::new_with_prefix(b"porchlight/api-key/1").chain_update(secret).finalize().into()
}

/// The name of the key with a digest.
#[must_use]
pub fn api_key_id(digest: &[u8; 32]) -> ApiKeyId {
    let mut id = [0; ApiKeyId::LENGTH];
    id.iter_mut().zip(digest).for_each(|(to, from)| *to = *from);
    ApiKeyId::from_bytes(id)
}

/// A key as its workspace keeps it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// What it is called.
    pub name: String,
    /// What it may be used for.
    pub scopes: Scopes,
    /// Who made it.
    pub made_by: AgentId,
    /// When.
    pub made_at: Timestamp,
    /// When it ends of itself.
    pub expires_at: Option<Timestamp>,
    /// The day on which it was last used.
    pub used_at: Option<Timestamp>,
    /// Up to when its quota is spent, and more, as far as that was stored ([`super::Spending`]).
    pub spent_until: Timestamp,
    /// The last characters of its text.
    pub hint: String,
}

impl ApiKey {
    /// Makes a key of a draft, where there are so many, for one of the workspace's people (SPEC AK1, AK3).
    ///
    /// # Errors
    /// [`Code::Forbidden`] if they may not do themselves what it would be for; [`Code::BadField`] for the name, for no scope
    /// at all, for a time that is over or too far ahead; [`Code::TooLarge`] if there are too many.
    pub fn make(
        text: &ApiKeyText,
        draft: &ApiKeyDraft,
        maker: &Member,
        there: usize,
        now: Timestamp,
    ) -> Result<Self, Code> {
        if !maker.permissions.covers(draft.scopes.permissions()) {
            return Err(Code::Forbidden);
        }
        let name = name(&draft.name)?;
        let is_in_time = |at: Timestamp| at > now && at <= now.plus(limits::API_KEY_MS);
        if draft.scopes.is_empty() || !draft.expires_at.is_none_or(is_in_time) {
            return Err(Code::BadField);
        }
        if there >= limits::API_KEYS {
            return Err(Code::TooLarge);
        }
        Ok(Self {
            id: api_key_id(&api_key_digest(&text.secret)),
            name,
            scopes: draft.scopes,
            made_by: maker.id(),
            made_at: now,
            expires_at: draft.expires_at,
            used_at: None,
            spent_until: Timestamp(0),
            hint: text.hint(),
        })
    }

    /// Whether it has not expired (SPEC AK4).
    #[must_use]
    pub fn is_good(&self, now: Timestamp) -> bool {
        is_good(self.expires_at, now)
    }

    /// Its maker with the rights that they have through it: no more than it was made for, and no more than they have
    /// (SPEC AK2).
    #[must_use]
    pub fn holder(&self, maker: Member) -> Member {
        Member { permissions: maker.permissions.within(self.scopes.permissions()), ..maker }
    }

    /// The day that is to be noted as that of its last use; `None` if it is noted already.
    #[must_use]
    pub fn use_to_note(&self, now: Timestamp) -> Option<Timestamp> {
        let day = Timestamp(now.0.saturating_sub(now.0.rem_euclid(DAY_MS)));
        (self.used_at != Some(day)).then_some(day)
    }
}

/// For what a key must be made, so that something can be asked with it that people ask too; `None` for what is people's
/// alone (SPEC AK5).
///
/// What takes a proof of who somebody is (SPEC WS11) is people's, but for sites and roles: that proof was given when a key
/// for them was made.
#[must_use]
pub const fn scope_of(request: &WorkspaceRequest) -> Option<Scope> {
    use WorkspaceRequest as Request;
    match request {
        Request::View | Request::People | Request::Sites => Some(Scope::SettingsRead),
        Request::SetName(_)
        | Request::MakeSite(_)
        | Request::SetSite(..)
        | Request::RemoveSite(_)
        | Request::RotateSiteKey(_) => Some(Scope::SettingsWrite),
        Request::SetRole(..) | Request::Remove(_) => Some(Scope::AgentsWrite),
        Request::Report(_) => Some(Scope::ReportsRead),
        Request::Ticket(_)
        | Request::Invite { .. }
        | Request::RevokeInvitation(_)
        | Request::Transfer(_)
        | Request::MakeRole(_)
        | Request::RedrawRole(..)
        | Request::RemoveRole(_)
        | Request::BeginDeletion
        | Request::StopDeletion
        | Request::Audit(_)
        | Request::RotateIdentitySecret(_)
        | Request::EndOldSiteKeys(_)
        | Request::SetReception(..)
        | Request::EndOldIdentitySecrets(_)
        | Request::Site(_)
        | Request::CheckSite(_)
        | Request::ApiKeys
        | Request::MakeApiKey(_)
        | Request::RevokeApiKey(_)
        | Request::RequireSecondFactor(_)
        | Request::Search(_)
        | Request::Canned
        | Request::MakeCanned(_)
        | Request::ChangeCanned(..)
        | Request::RemoveCanned(_)
        | Request::UseCanned(_)
        | Request::Filters
        | Request::MakeFilter(_)
        | Request::ChangeFilter(..)
        | Request::RemoveFilter(_)
        | Request::CountFilter(_)
        | Request::MayLeave
        | Request::LeaveForGood
        | Request::SetRetention(_)
        | Request::Colleagues(_)
        | Request::Teams
        | Request::MakeTeam(_)
        | Request::ChangeTeam(..)
        | Request::RemoveTeam(_)
        | Request::Assignments
        | Request::SetAssignment(..)
        | Request::Blocked
        | Request::Block(_)
        | Request::BlockVisitor(_)
        | Request::UnblockVisitor(_)
        | Request::Contacts(_)
        | Request::Contact(_)
        | Request::ExportContacts(..)
        | Request::WatchedSites(_)
        | Request::Approach(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use protocol::call::Founder;
    use protocol::mail::Language;
    use protocol::{AccountId, AgentProfile, Permission, Permissions, Role};

    use super::*;

    const NOW: Timestamp = Timestamp(1_790_000_000_000);

    fn text() -> ApiKeyText {
        ApiKeyText { workspace: WorkspaceId::from_bytes([1; 16]), secret: [2; 32] }
    }

    fn member(role: Role) -> Member {
        let agent = AgentProfile { id: AgentId::from_bytes([3; 16]), name: "Anna".to_owned() };
        let account = AccountId::from_bytes([4; 16]);
        let person = Founder { account, email: String::new(), agent, language: Language::En };
        let permissions = role.built_in_permissions().expect("built in");
        Member { person, role, permissions, joined_at: Timestamp(0), has_second_factor: false }
    }

    fn draft(scopes: &[Scope]) -> ApiKeyDraft {
        ApiKeyDraft { name: " Export ".to_owned(), scopes: Scopes::of(scopes), expires_at: None }
    }

    fn make(draft: &ApiKeyDraft, role: Role, there: usize) -> Result<ApiKey, Code> {
        ApiKey::make(&text(), draft, &member(role), there, NOW)
    }

    #[test]
    fn ak1_the_text_of_a_key_has_one_length_and_names_its_workspace() {
        let written = text().to_text();
        assert_eq!((written.len(), &written[..3]), (67, "sk_"));
        assert!(ApiKeyText::parse(&written) == Some(text()));
        assert!(written.ends_with(&text().hint()) && text().hint().len() == 4);
        let body = &written[3..];
        for bad in [
            "",
            "sk_",
            body,
            &format!("pk_{body}"),
            &format!("SK_{body}"),
            &written[..66],
            &format!("{written}A"),
            &format!("{written}="),
            &format!(" {written}"),
            &format!("sk_{}", "é".repeat(32)),
            &"sk_".repeat(10_000),
        ] {
            assert!(ApiKeyText::parse(bad).is_none(), "{bad}");
        }
    }

    #[test]
    fn ak1_what_is_stored_of_a_key_is_a_digest_for_this_purpose() {
        let digest = api_key_digest(&[2; 32]);
        assert_ne!(digest, api_key_digest(&[3; 32]));
        let plain: [u8; 32] = Sha256::digest([2; 32]).into();
        assert!(digest != plain && digest != super::super::invitation_digest(&[2; 32]));
        assert_eq!(api_key_id(&digest).as_bytes(), &digest[..16]);
    }

    #[test]
    fn ak3_nobody_makes_a_key_for_what_they_may_not_do() {
        for (role, scopes, may) in [
            (Role::Agent, [Scope::ConversationsWrite, Scope::ContactsRead].as_slice(), true),
            (Role::Agent, &[Scope::SettingsRead], true),
            (Role::Agent, &[Scope::SettingsWrite], false),
            (Role::Agent, &[Scope::ConversationsRead, Scope::SettingsWrite], false),
            (Role::Admin, &Scope::ALL, true),
            (Role::Owner, &Scope::ALL, true),
        ] {
            let expected = if may { None } else { Some(Code::Forbidden) };
            assert_eq!(make(&draft(scopes), role, 0).err(), expected, "{role:?} {scopes:?}");
        }
    }

    #[test]
    fn ak3_a_key_has_a_name_a_scope_and_an_end_that_is_ahead() {
        let read = [Scope::ConversationsRead];
        let made = make(&draft(&read), Role::Owner, 0).expect("made");
        assert_eq!((made.name.as_str(), made.made_by), ("Export", AgentId::from_bytes([3; 16])));
        assert_eq!(make(&draft(&[]), Role::Owner, 0), Err(Code::BadField));
        let named = |name: &str| make(&ApiKeyDraft { name: name.to_owned(), ..draft(&read) }, Role::Owner, 0);
        assert_eq!(named(" ").err(), Some(Code::BadField));
        assert_eq!(named("a\u{202e}b").err(), Some(Code::BadField));
        let until = |at: i64| {
            make(&ApiKeyDraft { expires_at: Some(Timestamp(at)), ..draft(&read) }, Role::Owner, 0).err()
        };
        let ten_years = 3_650 * DAY_MS;
        for at in [i64::MIN, 0, NOW.0, NOW.0 + ten_years + 1, i64::MAX] {
            assert_eq!(until(at), Some(Code::BadField), "{at}");
        }
        for at in [NOW.0 + 1, NOW.0 + ten_years] {
            assert_eq!(until(at), None, "{at}");
        }
        assert_eq!(make(&draft(&read), Role::Owner, 49).err(), None);
        assert_eq!(make(&draft(&read), Role::Owner, 50).err(), Some(Code::TooLarge));
    }

    #[test]
    fn ak2_a_key_holds_what_both_its_scopes_and_its_maker_may_do() {
        let key =
            make(&draft(&[Scope::ConversationsRead, Scope::SettingsWrite]), Role::Owner, 0).expect("made");
        let of = |role| key.holder(member(role)).permissions;
        let read = Permission::ReadConversations;
        let settings = [read, Permission::ManageSites, Permission::ManageWorkspace];
        assert_eq!(of(Role::Owner), Permissions::of(&settings));
        assert_eq!(of(Role::Agent), Permissions::of(&[read]), "its maker was made an agent since");
    }

    #[test]
    fn ak4_a_key_ends_at_its_time() {
        let draft = ApiKeyDraft { expires_at: Some(NOW.plus(10)), ..draft(&[Scope::SettingsRead]) };
        let key = make(&draft, Role::Owner, 0).expect("made");
        assert!(key.is_good(NOW.plus(9)) && !key.is_good(NOW.plus(10)));
        assert!(ApiKey { expires_at: None, ..key }.is_good(Timestamp(i64::MAX)));
    }

    #[test]
    fn ak8_the_day_of_the_last_use_is_noted_once() {
        let key = make(&draft(&[Scope::SettingsRead]), Role::Owner, 0).expect("made");
        let day = Timestamp(NOW.0 - NOW.0 % DAY_MS);
        assert_eq!(key.use_to_note(NOW), Some(day));
        let used = ApiKey { used_at: Some(day), ..key };
        assert_eq!(used.use_to_note(NOW), None);
        assert_eq!(used.use_to_note(Timestamp(day.0 + DAY_MS - 1)), None);
        assert_eq!(used.use_to_note(Timestamp(day.0 + DAY_MS)), Some(Timestamp(day.0 + DAY_MS)));
    }
}
