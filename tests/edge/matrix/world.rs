//! Two workspaces with people of every role, and visitors of several sites.

use protocol::codec::Codec;
use protocol::http::api_key::MadeApiKey;
use protocol::http::canned::Canned;
use protocol::http::filter::Filter;
use protocol::http::private_chat::PrivateChatAnswer;
use protocol::http::site::SiteView;
use protocol::http::workspace::{CustomRole, InvitationView, WorkspaceView};
use protocol::{
    AgentId, ApiKeyId, CannedId, ConversationId, FilterId, InvitationId, RoleId, SiteId, SiteKey,
    Team as TeamOfPeople, TeamId, VisitId, VisitorId, WorkspaceId,
};
use serde_json::{Value, json};
use tests::http::{get, post};
use tests::stage::PAGE_ORIGIN;
use tests::{Person, Stage, Visitor, random};

use crate::pictures::until;

/// A workspace with its people.
pub(super) struct Team {
    pub(super) workspace: WorkspaceId,
    pub(super) owner: Member,
    pub(super) admin: Member,
    pub(super) agent: Member,
    /// Somebody whose role lets them read conversations and nothing else.
    pub(super) reader: Member,
    pub(super) role: RoleId,
    pub(super) site: SiteId,
    pub(super) site_key: SiteKey,
}

/// What stands in for the parts of an address.
#[derive(Clone)]
pub(super) struct Names {
    pub(super) workspace: WorkspaceId,
    pub(super) agent: AgentId,
    pub(super) invitation: InvitationId,
    pub(super) key: ApiKeyId,
    pub(super) role: RoleId,
    pub(super) site: SiteId,
    pub(super) canned: CannedId,
    pub(super) chat: ConversationId,
    pub(super) team: TeamId,
    pub(super) visitor: VisitorId,
    pub(super) filter: FilterId,
    pub(super) visit: VisitId,
}

impl Names {
    /// Of things that are nowhere.
    pub(super) fn of_nothing() -> Self {
        Self {
            workspace: WorkspaceId::from_bytes(random()),
            agent: AgentId::from_bytes(random()),
            invitation: InvitationId::from_bytes(random()),
            key: ApiKeyId::from_bytes(random()),
            role: RoleId::from_bytes(random()),
            site: SiteId::from_bytes(random()),
            canned: CannedId::from_bytes(random()),
            chat: ConversationId::from_bytes(random()),
            team: TeamId::from_bytes(random()),
            visitor: VisitorId::from_bytes(random()),
            filter: FilterId::from_bytes(random()),
            visit: VisitId::from_bytes(random()),
        }
    }

    /// The address of a route for these things.
    pub(super) fn fill(&self, path: &str) -> String {
        let parts = [
            ("{w}", self.workspace.to_string()),
            ("{a}", self.agent.to_string()),
            ("{i}", self.invitation.to_string()),
            ("{k}", self.key.to_string()),
            ("{r}", self.role.to_string()),
            ("{s}", self.site.to_string()),
            ("{c}", self.canned.to_string()),
            ("{p}", self.chat.to_string()),
            ("{t}", self.team.to_string()),
            ("{v}", self.visitor.to_string()),
            ("{f}", self.filter.to_string()),
            ("{n}", self.visit.to_string()),
        ];
        parts.iter().fold(path.to_owned(), |path, (part, name)| path.replace(part, name))
    }
}

/// Somebody who belongs to a workspace.
pub(super) struct Member {
    pub(super) person: Person,
    pub(super) agent: AgentId,
}

impl Team {
    /// Founds a workspace with a site and invites its people.
    pub(super) fn found(stage: &Stage) -> Self {
        let mut owner = Person::sign_up(stage);
        let view: WorkspaceView = made(&owner.post("/api/workspaces", &json!({ "name": "Fernwood" })));
        let workspace = view.id;
        let draft = json!({ "name": "Reader", "permissions": ["read_conversations"] });
        let role: CustomRole = made(&owner.post(&format!("/api/workspaces/{workspace}/roles"), &draft));
        let site: SiteView =
            made(&owner.post(&format!("/api/workspaces/{workspace}/sites"), &site_settings()));
        let mut owner = Member { person: owner, agent: view.me.id };
        let admin = owner.invite(stage, workspace, &json!("admin"));
        let agent = owner.invite(stage, workspace, &json!("agent"));
        let reader = owner.invite(stage, workspace, &json!({ "custom": role.id }));
        let site_key = site.keys.first().expect("a key").key;
        Self { workspace, owner, admin, agent, reader, role: role.id, site: site.id, site_key }
    }
}

impl Team {
    /// Names of things that were made for one request, so that it may end them. Only what the path asks for is made.
    pub(super) fn names(&mut self, stage: &Stage, path: &str) -> Names {
        let workspace = self.workspace;
        let owner = &mut self.owner;
        let agent = if path.contains("{a}") {
            owner.invite(stage, workspace, &json!("admin")).agent
        } else {
            self.admin.agent
        };
        let invitation = if path.contains("{i}") {
            owner.invite_address(workspace, &Person::stranger(stage).email, &json!("agent"))
        } else {
            InvitationId::from_bytes(random())
        };
        let key =
            if path.contains("{k}") { owner.make_api_key(workspace) } else { ApiKeyId::from_bytes(random()) };
        let role = if path.contains("{r}") { owner.make_role(workspace) } else { self.role };
        let site = if path.contains("{s}") { owner.make_site(workspace) } else { self.site };
        let canned =
            if path.contains("{c}") { owner.make_canned(workspace) } else { CannedId::from_bytes(random()) };
        let filter =
            if path.contains("{f}") { owner.make_filter(workspace) } else { FilterId::from_bytes(random()) };
        let chat = if path.contains("{p}") {
            owner.begin_group(workspace, &[self.admin.agent, self.agent.agent])
        } else {
            ConversationId::from_bytes(random())
        };
        let team =
            if path.contains("{t}") { owner.make_team(workspace) } else { TeamId::from_bytes(random()) };
        let visitor =
            if path.contains("{v}") { self.make_visitor(stage) } else { VisitorId::from_bytes(random()) };
        let visit = if path.contains("{n}") {
            self.owner.make_visit(stage, workspace, site)
        } else {
            VisitId::from_bytes(random())
        };
        Names { workspace, agent, invitation, key, role, site, canned, chat, team, visitor, filter, visit }
    }

    /// Lets a visitor say something, and waits until the workspace knows of them.
    pub(super) fn make_visitor(&self, stage: &Stage) -> VisitorId {
        let mut visitor = Visitor::arrive_at(stage, self.site_key);
        let (mut line, _) = visitor.connect(Codec::Postcard, None);
        visitor.say(&mut line, "hello");
        let path = format!("/api/workspaces/{}/blocked/{}", self.workspace, visitor.id());
        until("the workspace knows the visitor", || self.owner.person.get(&path).status == 200);
        visitor.id()
    }
}

impl Member {
    /// Invites somebody, who accepts.
    pub(super) fn invite(&mut self, stage: &Stage, workspace: WorkspaceId, role: &serde_json::Value) -> Self {
        let mut person = Person::stranger(stage);
        self.invite_address(workspace, &person.email, role);
        let newcomer = json!({ "name": "Somebody", "password": person.password() });
        let acceptance = json!({ "token": person.token("join"), "newcomer": newcomer });
        let answer = person.post("/api/invitations/accept", &acceptance);
        assert_eq!(answer.status, 200, "{}", answer.body);
        let view: WorkspaceView = person.get(&format!("/api/workspaces/{workspace}")).json();
        Self { person, agent: view.me.id }
    }

    /// Invites an address.
    pub(super) fn invite_address(
        &mut self,
        workspace: WorkspaceId,
        email: &str,
        role: &serde_json::Value,
    ) -> InvitationId {
        let request = json!({ "email": email, "role": role });
        let path = format!("/api/workspaces/{workspace}/invitations");
        made::<InvitationView>(&self.person.post(&path, &request)).id
    }

    /// Makes a custom role that nobody has.
    pub(super) fn make_role(&mut self, workspace: WorkspaceId) -> RoleId {
        let draft = json!({ "name": RoleId::from_bytes(random()), "permissions": ["read_conversations"] });
        made::<CustomRole>(&self.person.post(&format!("/api/workspaces/{workspace}/roles"), &draft)).id
    }

    /// Makes a key of the REST API.
    pub(super) fn make_api_key(&mut self, workspace: WorkspaceId) -> ApiKeyId {
        let path = format!("/api/workspaces/{workspace}/api-keys");
        made::<MadeApiKey>(&self.person.post(&path, &api_key_draft())).key.id
    }

    /// Makes a canned response for everybody.
    pub(super) fn make_canned(&mut self, workspace: WorkspaceId) -> CannedId {
        let path = format!("/api/workspaces/{workspace}/canned");
        made::<Canned>(&self.person.post(&path, &canned_draft(true))).id
    }

    /// Makes a filter for everybody.
    pub(super) fn make_filter(&mut self, workspace: WorkspaceId) -> FilterId {
        let path = format!("/api/workspaces/{workspace}/filters");
        made::<Filter>(&self.person.post(&path, &filter_draft(true))).id
    }

    /// Makes a team.
    pub(super) fn make_team(&mut self, workspace: WorkspaceId) -> TeamId {
        let path = format!("/api/workspaces/{workspace}/teams");
        made::<TeamOfPeople>(&self.person.post(&path, &team_draft())).id
    }

    /// Begins a private chat of a group.
    pub(super) fn begin_group(&mut self, workspace: WorkspaceId, with: &[AgentId]) -> ConversationId {
        let nonce = CannedId::from_bytes(random());
        let draft = json!({ "with": with, "group": { "name": "Night", "nonce": nonce } });
        let answer = self.person.post(&format!("/api/workspaces/{workspace}/private-chats"), &draft);
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json::<PrivateChatAnswer>().conversation
    }

    /// Makes a site.
    /// Lets the team see who is on a site, and lets somebody be there.
    pub(super) fn make_visit(&mut self, stage: &Stage, workspace: WorkspaceId, site: SiteId) -> VisitId {
        let path = format!("/api/workspaces/{workspace}/sites/{site}/reception");
        let view: SiteView = made(&self.person.send("PUT", &path, &json!({ "visits": true })));
        let of_site = format!("{}/api/sites/{}", stage.base_url(), view.keys[0].key);
        let origin = [("Origin", PAGE_ORIGIN)];
        let config: Value = get(&format!("{of_site}/config"), &origin).json();
        let visit = VisitId::from_bytes(random());
        let beat =
            json!({ "pass": config["visits"], "visit": visit, "seconds": 0, "url": "http://x", "title": "" });
        let answer = post(&format!("{of_site}/visits"), &origin, &beat.to_string());
        assert_eq!(answer.status, 200, "{}", answer.body);
        visit
    }

    pub(super) fn make_site(&mut self, workspace: WorkspaceId) -> SiteId {
        made::<SiteView>(&self.person.post(&format!("/api/workspaces/{workspace}/sites"), &site_settings()))
            .id
    }
}

/// How conversations are given to agents, as nobody said otherwise.
pub(super) fn by_hand() -> serde_json::Value {
    json!({ "way": "by_hand", "limit": null })
}

/// A team that tests make.
pub(super) fn team_draft() -> serde_json::Value {
    json!({ "name": TeamId::from_bytes(random()), "members": [] })
}

/// A canned response that tests make.
pub(super) fn canned_draft(is_shared: bool) -> serde_json::Value {
    json!({ "shortcode": CannedId::from_bytes(random()), "text": "Hello", "is_shared": is_shared })
}

/// What nobody has read.
pub(super) fn filter_rule() -> serde_json::Value {
    json!({ "join": "all", "groups": [{ "join": "all", "conditions": [{ "fact": "unread", "is_not": false }] }] })
}

/// A filter that tests make.
pub(super) fn filter_draft(is_shared: bool) -> serde_json::Value {
    json!({ "name": FilterId::from_bytes(random()), "rule": filter_rule(), "is_shared": is_shared })
}

/// The settings of a site that tests make.
pub(crate) fn site_settings() -> serde_json::Value {
    json!({
        "config": { "name": "Shop", "accent": "#1f6f5c", "greeting": "Hello!" },
        "allowed_origins": [],
        "allow_localhost": true,
    })
}

/// A key of the REST API that tests make.
pub(super) fn api_key_draft() -> serde_json::Value {
    json!({ "name": "Export", "scopes": ["conversations:read"] })
}

/// Reads what was made.
fn made<T: serde::de::DeserializeOwned>(answer: &tests::http::Answer) -> T {
    assert!((200..300).contains(&answer.status), "{} {}", answer.status, answer.body);
    answer.json()
}
