//! Every request × everybody: who gets which answer.

use std::collections::BTreeSet;

use protocol::call::{WorkspaceCall, WorkspaceRequest};
use protocol::http::api_key::ApiKeyDraft;
use protocol::http::canned::{CannedDraft, CannedText};
use protocol::http::contact::{ContactFilter, ContactQuery};
use protocol::http::filter::{FilterDraft, FilterText};
use protocol::http::reception::Reception;
use protocol::http::site::SiteSettings;
use protocol::http::team::TeamDraft;
use protocol::http::workspace::RoleDraft;
use protocol::mail::Language;
use protocol::{
    AgentId, AgentTicket, ApiKeyId, Assignment, CannedId, CloseCode, Code, Condition, ConversationId, Fact,
    FilterGroup, FilterId, FilterRule, InvitationId, Join, Permission, Permissions, ReportQuery, Role,
    RoleId, Scope, Scopes, SearchQuery, SiteId, SocketTarget, TeamId, Timestamp, VisitorId, WorkspaceId,
};

use crate::scene::{SITE, Scene, Who, founding};

const OK: Option<Code> = None;
const HIDDEN: Option<Code> = Some(Code::NotFound);
const NEVER: Option<Code> = Some(Code::Forbidden);
const USED: Option<Code> = Some(Code::InUse);
const LACKS: Option<Code> = Some(Code::SecondFactorMissing);
const TAKEN: Option<Code> = Some(Code::Taken);

/// What owner, admin, agent and lead are answered; a removed person and a stranger find nothing.
type Answers = [Option<Code>; 4];

const EVERYBODY: Answers = [OK, OK, OK, OK];
const MANAGERS: Answers = [OK, OK, NEVER, NEVER];
const ABSENT: Answers = [HIDDEN, HIDDEN, NEVER, NEVER];
const NOWHERE: Answers = [HIDDEN, HIDDEN, HIDDEN, HIDDEN];

/// What nobody has read.
pub(crate) fn unread() -> FilterRule {
    let condition = Condition { fact: Fact::Unread, is_not: false };
    let group = FilterGroup { join: Join::All, conditions: vec![condition] };
    FilterRule { join: Join::All, groups: vec![group] }
}

fn filter(is_shared: bool) -> FilterDraft {
    FilterDraft { name: "Late".to_owned(), rule: unread(), is_shared }
}

fn requests(scene: &mut Scene) -> Vec<(&'static str, WorkspaceRequest, Answers)> {
    use WorkspaceRequest as Request;
    let invite =
        |email: &str, role| Request::Invite { email: email.to_owned(), role, language: Language::default() };
    let draft = |name: &str, permissions: &[Permission]| RoleDraft {
        name: name.to_owned(),
        permissions: Permissions::of(permissions),
    };
    let lead = Role::Custom(scene.lead);
    let report = ReportQuery {
        since: Timestamp(1),
        until: Timestamp(2),
        site: None,
        agent: None,
        label: None,
        clock: Vec::new(),
        team: None,
    };
    let own = [Permission::Own];
    let read = [Permission::ReadConversations];
    let sites = [Permission::ManageSites];
    let absent = AgentId::from_bytes([0xee; 16]);
    let absent_role = RoleId::from_bytes([0xee; 16]);
    let no_invitation = InvitationId::from_bytes([0xee; 16]);
    let no_key = ApiKeyId::from_bytes([0xee; 16]);
    let scopes = Scopes::of(&[Scope::SettingsRead]);
    let key = ApiKeyDraft { name: "Export".to_owned(), scopes, expires_at: None };
    let nobody = VisitorId::from_bytes([0xee; 16]);
    let no_site = SiteId::from_bytes([0xee; 16]);
    let no_canned = CannedId::from_bytes([0xee; 16]);
    let no_team = TeamId::from_bytes([0xee; 16]);
    let search = SearchQuery { text: "hello".to_owned(), ..SearchQuery::default() };
    let text = CannedText { shortcode: "hello".to_owned(), text: "Hello".to_owned(), steps: Vec::new() };
    let removed = Who::Removed.id();
    let no_filter = FilterId::from_bytes([0xee; 16]);
    vec![
        ("view", Request::View, EVERYBODY),
        ("ticket, feed", Request::Ticket(SocketTarget::Feed), EVERYBODY),
        (
            "ticket, conversation",
            Request::Ticket(SocketTarget::Conversation(ConversationId::from_bytes([9; 32]))),
            EVERYBODY,
        ),
        ("people", Request::People, EVERYBODY),
        ("audit", Request::Audit(None), [OK, OK, NEVER, NEVER]),
        ("name", Request::SetName("Other".to_owned()), [OK, OK, NEVER, NEVER]),
        ("invite, agent", invite("new@example.com", Role::Agent), [OK, OK, NEVER, NEVER]),
        ("invite, lead", invite("new@example.com", lead), [OK, OK, NEVER, OK]),
        ("invite, admin", invite("new@example.com", Role::Admin), [OK, OK, NEVER, NEVER]),
        ("invite, owner", invite("new@example.com", Role::Owner), [NEVER, NEVER, NEVER, NEVER]),
        (
            "invite, absent role",
            invite("new@example.com", Role::Custom(absent_role)),
            [HIDDEN, HIDDEN, NEVER, HIDDEN],
        ),
        ("invite who is in it", invite(&Who::Agent.email(), lead), [TAKEN, TAKEN, NEVER, TAKEN]),
        (
            "revoke an absent invitation",
            Request::RevokeInvitation(no_invitation),
            [HIDDEN, HIDDEN, NEVER, HIDDEN],
        ),
        ("agent becomes admin", Request::SetRole(Who::Agent.id(), Role::Admin), [OK, OK, NEVER, NEVER]),
        ("agent becomes lead", Request::SetRole(Who::Agent.id(), lead), [OK, OK, NEVER, NEVER]),
        ("agent becomes owner", Request::SetRole(Who::Agent.id(), Role::Owner), [NEVER, NEVER, NEVER, NEVER]),
        ("admin becomes agent", Request::SetRole(Who::Admin.id(), Role::Agent), [OK, NEVER, NEVER, NEVER]),
        ("lead becomes agent", Request::SetRole(Who::Lead.id(), Role::Agent), [OK, OK, NEVER, NEVER]),
        ("owner becomes agent", Request::SetRole(Who::Owner.id(), Role::Agent), [NEVER, NEVER, NEVER, NEVER]),
        ("absent becomes agent", Request::SetRole(absent, Role::Agent), [HIDDEN, HIDDEN, NEVER, HIDDEN]),
        ("removed becomes agent", Request::SetRole(removed, Role::Agent), [HIDDEN, HIDDEN, NEVER, HIDDEN]),
        ("remove agent", Request::Remove(Who::Agent.id()), [OK, OK, OK, NEVER]),
        ("remove lead", Request::Remove(Who::Lead.id()), [OK, OK, NEVER, OK]),
        ("remove admin", Request::Remove(Who::Admin.id()), [OK, OK, NEVER, NEVER]),
        ("remove owner", Request::Remove(Who::Owner.id()), [USED, NEVER, NEVER, NEVER]),
        ("remove absent", Request::Remove(absent), [HIDDEN, HIDDEN, NEVER, HIDDEN]),
        ("may leave", Request::MayLeave, [USED, OK, OK, OK]),
        ("leave for good", Request::LeaveForGood, [USED, OK, OK, OK]),
        ("transfer to admin", Request::Transfer(Who::Admin.id()), [OK, NEVER, NEVER, NEVER]),
        ("transfer to owner", Request::Transfer(Who::Owner.id()), [NEVER, NEVER, NEVER, NEVER]),
        ("transfer to absent", Request::Transfer(absent), [HIDDEN, NEVER, NEVER, NEVER]),
        ("make a small role", Request::MakeRole(draft("Small", &read)), [OK, OK, NEVER, OK]),
        ("make a role with more", Request::MakeRole(draft("Sites", &sites)), [OK, OK, NEVER, NEVER]),
        ("make a role that owns", Request::MakeRole(draft("Boss", &own)), [NEVER, NEVER, NEVER, NEVER]),
        ("make a role again", Request::MakeRole(draft("lead", &read)), [TAKEN, TAKEN, NEVER, TAKEN]),
        ("redraw lead", Request::RedrawRole(scene.lead, draft("Lead", &read)), [OK, OK, NEVER, NEVER]),
        (
            "redraw lead to own",
            Request::RedrawRole(scene.lead, draft("Lead", &own)),
            [NEVER, NEVER, NEVER, NEVER],
        ),
        (
            "redraw absent",
            Request::RedrawRole(absent_role, draft("X", &read)),
            [HIDDEN, HIDDEN, NEVER, HIDDEN],
        ),
        ("remove a held role", Request::RemoveRole(scene.lead), [USED, USED, NEVER, USED]),
        ("remove an absent role", Request::RemoveRole(absent_role), [HIDDEN, HIDDEN, NEVER, HIDDEN]),
        ("keep for a while", Request::SetRetention(Some(90)), [OK, NEVER, NEVER, NEVER]),
        ("blocked", Request::Blocked, EVERYBODY),
        ("whether an absent one is", Request::Block(nobody), [HIDDEN, HIDDEN, HIDDEN, HIDDEN]),
        ("block an absent one", Request::BlockVisitor(nobody), [HIDDEN, HIDDEN, HIDDEN, NEVER]),
        ("let an absent one in", Request::UnblockVisitor(nobody), [HIDDEN, HIDDEN, HIDDEN, NEVER]),
        ("contacts", Request::Contacts(ContactQuery::default()), EVERYBODY),
        ("an absent contact", Request::Contact(nobody), NOWHERE),
        ("export contacts", Request::ExportContacts(ContactFilter::default(), None), MANAGERS),
        ("who is there", Request::WatchedSites(Vec::new()), EVERYBODY),
        ("speak to a visitor of an absent site", Request::Approach(no_site), [HIDDEN, HIDDEN, HIDDEN, NEVER]),
        ("report", Request::Report(Box::new(report)), [OK, OK, NEVER, NEVER]),
        ("begin deletion", Request::BeginDeletion, [OK, NEVER, NEVER, NEVER]),
        ("stop deletion", Request::StopDeletion, [OK, NEVER, NEVER, NEVER]),
        ("keys", Request::ApiKeys, [OK, OK, NEVER, NEVER]),
        ("make a key", Request::MakeApiKey(key), [OK, OK, NEVER, NEVER]),
        ("end an absent key", Request::RevokeApiKey(no_key), [HIDDEN, HIDDEN, NEVER, NEVER]),
        ("require, without one", Request::RequireSecondFactor(true), [LACKS, LACKS, NEVER, NEVER]),
        ("sites", Request::Sites, EVERYBODY),
        ("make a site", Request::MakeSite(settings()), MANAGERS),
        ("site", Request::Site(SITE), MANAGERS),
        ("an absent site", Request::Site(no_site), ABSENT),
        ("check a site", Request::CheckSite(SITE), MANAGERS),
        ("check an absent site", Request::CheckSite(no_site), ABSENT),
        ("set a site", Request::SetSite(SITE, settings()), MANAGERS),
        ("set an absent site", Request::SetSite(no_site, settings()), ABSENT),
        ("remove a site", Request::RemoveSite(SITE), MANAGERS),
        ("remove an absent site", Request::RemoveSite(no_site), ABSENT),
        ("rotate a site's key", Request::RotateSiteKey(SITE), MANAGERS),
        ("rotate the key of an absent site", Request::RotateSiteKey(no_site), ABSENT),
        ("rotate a site's secret", Request::RotateIdentitySecret(SITE), MANAGERS),
        ("rotate the secret of an absent site", Request::RotateIdentitySecret(no_site), ABSENT),
        ("end a site's old keys", Request::EndOldSiteKeys(SITE), MANAGERS),
        ("end the old keys of an absent site", Request::EndOldSiteKeys(no_site), ABSENT),
        ("end a site's old secrets", Request::EndOldIdentitySecrets(SITE), MANAGERS),
        ("end the old secrets of an absent site", Request::EndOldIdentitySecrets(no_site), ABSENT),
        ("search", Request::Search(search), EVERYBODY),
        ("canned", Request::Canned, EVERYBODY),
        ("make a canned one of one's own", Request::MakeCanned(canned(false)), EVERYBODY),
        ("make a canned one for everybody", Request::MakeCanned(canned(true)), MANAGERS),
        ("change an absent canned one", Request::ChangeCanned(no_canned, text), NOWHERE),
        ("remove an absent canned one", Request::RemoveCanned(no_canned), NOWHERE),
        ("use an absent canned one", Request::UseCanned(no_canned), NOWHERE),
        ("teams", Request::Teams, EVERYBODY),
        ("make a team", Request::MakeTeam(team()), [OK, OK, NEVER, OK]),
        ("change an absent team", Request::ChangeTeam(no_team, team()), [HIDDEN, HIDDEN, NEVER, HIDDEN]),
        ("remove an absent team", Request::RemoveTeam(no_team), [HIDDEN, HIDDEN, NEVER, HIDDEN]),
        ("assignments", Request::Assignments, EVERYBODY),
        ("assign those of none", Request::SetAssignment(None, Assignment::default()), [OK, OK, NEVER, OK]),
        (
            "assign those of an absent team",
            Request::SetAssignment(Some(no_team), Assignment::default()),
            [HIDDEN, HIDDEN, NEVER, HIDDEN],
        ),
        ("colleagues", Request::Colleagues(vec![Who::Agent.id()]), [OK, OK, OK, NEVER]),
        ("absent colleagues", Request::Colleagues(vec![absent]), [HIDDEN, HIDDEN, HIDDEN, NEVER]),
        ("set the reception of an absent site", Request::SetReception(no_site, Reception::default()), ABSENT),
        ("filters", Request::Filters, EVERYBODY),
        ("count what fits", Request::CountFilter(unread()), EVERYBODY),
        ("keep a filter", Request::MakeFilter(filter(false)), EVERYBODY),
        ("keep a filter for everybody", Request::MakeFilter(filter(true)), [OK, OK, NEVER, NEVER]),
        (
            "change an absent filter",
            Request::ChangeFilter(no_filter, FilterText { name: "Late".to_owned(), rule: unread() }),
            [HIDDEN, HIDDEN, HIDDEN, HIDDEN],
        ),
        ("remove an absent filter", Request::RemoveFilter(no_filter), [HIDDEN, HIDDEN, HIDDEN, HIDDEN]),
        ("set reception", Request::SetReception(SITE, Reception::default()), [OK, OK, NEVER, NEVER]),
        ("stop requiring", Request::RequireSecondFactor(false), [OK, OK, NEVER, NEVER]),
    ]
}

fn settings() -> SiteSettings {
    founding().site.expect("a site").settings
}

fn canned(is_shared: bool) -> CannedDraft {
    CannedDraft { shortcode: "hello".to_owned(), text: "Hello".to_owned(), is_shared, steps: Vec::new() }
}

fn team() -> TeamDraft {
    TeamDraft { name: "Support".to_owned(), members: Vec::new() }
}

/// Where a request stands among all that there are: one that is new does not compile without its place.
const fn place(request: &WorkspaceRequest) -> usize {
    use WorkspaceRequest as Request;
    match request {
        Request::View => 0,
        Request::Ticket(_) => 1,
        Request::SetName(_) => 2,
        Request::People => 3,
        Request::Invite { .. } => 4,
        Request::RevokeInvitation(_) => 5,
        Request::SetRole(..) => 6,
        Request::Remove(_) => 7,
        Request::Transfer(_) => 8,
        Request::MakeRole(_) => 9,
        Request::RedrawRole(..) => 10,
        Request::RemoveRole(_) => 11,
        Request::BeginDeletion => 12,
        Request::StopDeletion => 13,
        Request::Audit(_) => 14,
        Request::Sites => 15,
        Request::MakeSite(_) => 16,
        Request::SetSite(..) => 17,
        Request::RemoveSite(_) => 18,
        Request::RotateSiteKey(_) => 19,
        Request::RotateIdentitySecret(_) => 20,
        Request::EndOldSiteKeys(_) => 21,
        Request::EndOldIdentitySecrets(_) => 22,
        Request::Site(_) => 23,
        Request::ApiKeys => 24,
        Request::MakeApiKey(_) => 25,
        Request::RevokeApiKey(_) => 26,
        Request::CheckSite(_) => 27,
        Request::RequireSecondFactor(_) => 28,
        Request::SetReception(..) => 29,
        Request::Search(_) => 30,
        Request::Canned => 31,
        Request::MakeCanned(_) => 32,
        Request::ChangeCanned(..) => 33,
        Request::RemoveCanned(_) => 34,
        Request::UseCanned(_) => 35,
        Request::MayLeave => 36,
        Request::LeaveForGood => 37,
        Request::SetRetention(_) => 38,
        Request::Colleagues(_) => 39,
        Request::Report(_) => 40,
        Request::Teams => 41,
        Request::MakeTeam(_) => 42,
        Request::ChangeTeam(..) => 43,
        Request::RemoveTeam(_) => 44,
        Request::Assignments => 45,
        Request::SetAssignment(..) => 46,
        Request::Blocked => 47,
        Request::Block(_) => 48,
        Request::BlockVisitor(_) => 49,
        Request::UnblockVisitor(_) => 50,
        Request::Filters => 51,
        Request::CountFilter(_) => 52,
        Request::MakeFilter(_) => 53,
        Request::ChangeFilter(..) => 54,
        Request::RemoveFilter(_) => 55,
        Request::Contacts(_) => 56,
        Request::Contact(_) => 57,
        Request::ExportContacts(..) => 58,
        Request::WatchedSites(_) => 59,
        Request::Approach(_) => 60,
    }
}

/// How many places there are.
const PLACES: usize = 61;

#[test]
fn ac1_every_request_has_a_row() {
    let places: BTreeSet<_> =
        requests(&mut Scene::new()).iter().map(|(_, request, _)| place(request)).collect();
    assert_eq!(places, (0..PLACES).collect());
}

#[test]
fn ac1_ws9_every_request_of_everybody() {
    let count = requests(&mut Scene::new()).len();
    for index in 0..count {
        for who in Who::ALL {
            let mut scene = Scene::new();
            let (name, request, answers) = requests(&mut scene).swap_remove(index);
            let expected = match who {
                Who::Owner => answers[0],
                Who::Admin => answers[1],
                Who::Agent => answers[2],
                Who::Lead => answers[3],
                Who::Removed | Who::Stranger => HIDDEN,
            };
            assert_eq!(scene.ask(who, request).err(), expected, "{name}: {who:?}");
        }
    }
}

#[test]
fn ac1_a_workspace_that_was_never_founded_answers_as_to_a_stranger() {
    let count = requests(&mut Scene::new()).len();
    for index in 0..count {
        let (name, request, _) = requests(&mut Scene::new()).swap_remove(index);
        let mut absent = Scene::absent();
        assert_eq!(absent.ask(Who::Owner, request.clone()).err(), HIDDEN, "{name}");
        assert_eq!(Scene::new().ask(Who::Stranger, request).err(), HIDDEN, "{name}");
    }
}

#[test]
fn ac1_the_feed_of_a_workspace_that_was_never_founded_is_that_of_others() {
    let ticket = Scene::new().ticket(Who::Owner, SocketTarget::Feed).expect("a ticket");
    let elsewhere = AgentTicket { workspace: WorkspaceId::from_bytes([0xee; 16]), ..ticket };
    let heard = |mut scene: Scene| {
        let feed = scene.open_feed(&elsewhere);
        let sent = scene.platform.sent.iter().filter(|(handle, _)| *handle == feed);
        (format!("{:?}", sent.collect::<Vec<_>>()), scene.close_code(feed))
    };
    let foreign = heard(Scene::new());
    assert_eq!(foreign.1, Some(CloseCode::NotFound.number()));
    assert_eq!(foreign, heard(Scene::absent()));
}

#[test]
fn ws11_what_is_guarded_needs_a_fresh_proof() {
    let count = requests(&mut Scene::new()).len();
    let mut guarded = Vec::new();
    for index in 0..count {
        let mut scene = Scene::new();
        let (name, request, _) = requests(&mut scene).swap_remove(index);
        let mut actor = Who::Owner.actor();
        actor.is_proven = false;
        let answer = scene.call(WorkspaceCall::As { actor, request });
        if answer.err() == Some(Code::ProofRequired) {
            guarded.push(name.split([' ', ',']).next().expect("a word"));
        }
    }
    guarded.dedup();
    let expected = [
        "invite", "agent", "admin", "lead", "owner", "absent", "removed", "leave", "transfer", "make",
        "redraw", "remove", "keep", "export", "begin", "make", "require", "make", "remove", "rotate", "end",
        "stop",
    ];
    assert_eq!(guarded, expected);
}

#[test]
fn ws15_what_was_refused_leaves_one_line_a_minute_and_changes_nothing() {
    let mut scene = Scene::new();
    let before = scene.audit();
    let attempt = WorkspaceRequest::SetRole(Who::Agent.id(), Role::Admin);
    for _ in 0..100 {
        assert_eq!(scene.ask(Who::Agent, attempt.clone()).err(), NEVER);
        scene.evict();
    }
    assert_eq!(scene.ask(Who::Agent, WorkspaceRequest::Audit(None)).err(), NEVER, "looking is no attempt");
    let refused = protocol::http::workspace::AuditChange::Refused { action: "set_role".to_owned() };
    let lines = scene.audit();
    assert_eq!(lines.len(), before.len() + 1);
    assert_eq!(lines[0].change, refused);
    assert_eq!(lines[0].actor, Some(Who::Agent.founder().agent));
    assert_eq!(lines[0].number, before[0].number + 1);
    scene.platform.now = scene.platform.now.plus(60_000);
    assert_eq!(scene.ask(Who::Agent, attempt).err(), NEVER);
    assert_eq!(scene.audit().len(), before.len() + 2);
    assert_eq!(scene.view(Who::Agent).role, Role::Agent);
}
