//! Requests that name things of two workspaces at once, and what answers must not hold.

use std::collections::BTreeSet;

use protocol::codec::Codec;
use protocol::http::site::IdentitySecret;
use protocol::http::workspace::People;
use serde_json::{Value, json};
use tests::{Agent, Person, Stage, Visitor};

use super::routes::{Needs, ROUTES, Route};
use super::world::{Member, Names, Team};

/// What can be named in an address or a body, beside the workspace.
const PARTS: u32 = 11;

/// The owner of one workspace asks every route for every mixture of what is theirs and what is another workspace's.
pub(super) fn ids_of_two_workspaces(stage: &Stage) {
    let mut home = Team::found(stage);
    let mut away = Team::found(stage);
    let foreign = Names {
        workspace: away.workspace,
        agent: away.agent.agent,
        invitation: invited(stage, &mut away.owner, away.workspace),
        key: away.owner.make_api_key(away.workspace),
        role: away.role,
        site: away.site,
        canned: away.owner.make_canned(away.workspace),
        chat: away.owner.begin_group(away.workspace, &[]),
        team: away.owner.make_team(away.workspace),
        visitor: away.make_visitor(stage),
        filter: away.owner.make_filter(away.workspace),
        visit: away.owner.make_visit(stage, away.workspace, away.site),
    };
    let own = Names {
        workspace: home.workspace,
        agent: home.agent.agent,
        invitation: invited(stage, &mut home.owner, home.workspace),
        key: home.owner.make_api_key(home.workspace),
        role: home.role,
        site: home.site,
        canned: home.owner.make_canned(home.workspace),
        chat: home.owner.begin_group(home.workspace, &[]),
        team: home.owner.make_team(home.workspace),
        visitor: home.make_visitor(stage),
        filter: home.owner.make_filter(home.workspace),
        visit: home.owner.make_visit(stage, home.workspace, home.site),
    };
    let before = (state(&home), state(&away));
    let routes = ROUTES.iter().filter(|route| !matches!(route.needs, Needs::Nothing | Needs::Session));
    let mut asked = BTreeSet::new();
    for route in routes {
        // However long all of it takes, nothing is refused for want of a proof.
        let proof = json!({ "password": home.owner.person.password() });
        let proven = home.owner.person.post("/api/account/prove", &proof);
        assert_eq!(proven.status, 204, "{}", proven.body);
        for mixture in 0..1_u32 << (PARTS + 1) {
            let names = mixed(&own, &foreign, mixture);
            if is_all_of(route, &names, &own) {
                continue;
            }
            let path = names.fill(route.path);
            let body = (route.body)(&names);
            // What the route does not name makes no difference.
            if !asked.insert((route.method, path.clone(), body.to_string())) {
                continue;
            }
            let answer = match body {
                Value::Null if route.method == "GET" => home.owner.person.get(&path),
                body => home.owner.person.send(route.method, &path, &body),
            };
            assert_eq!(answer.status, 404, "{} {path} {mixture:b}: {}", route.method, answer.body);
        }
    }
    let of_home = |path: &str| format!("/api/workspaces/{}{path}", own.workspace);
    let custom = json!({ "custom": foreign.role });
    let bodies = [
        ("PATCH", of_home(&format!("/agents/{}", own.agent)), json!({ "role": custom })),
        ("POST", of_home("/invitations"), json!({ "email": Person::stranger(stage).email, "role": custom })),
        ("POST", of_home("/transfer"), json!({ "to": foreign.agent })),
    ];
    for (method, path, body) in bodies {
        let answer = home.owner.person.send(method, &path, &body);
        assert_eq!(answer.status, 404, "{method} {path} {body}: {}", answer.body);
    }
    assert_eq!((state(&home), state(&away)), before, "nothing has changed in either");
}

/// One more invitation.
fn invited(stage: &Stage, owner: &mut Member, workspace: protocol::WorkspaceId) -> protocol::InvitationId {
    owner.invite_address(workspace, &Person::stranger(stage).email, &json!("agent"))
}

/// Names of two workspaces, each part of the one or the other by a bit of the mixture.
fn mixed(own: &Names, foreign: &Names, mixture: u32) -> Names {
    let of = |part: u32| if mixture & (1 << part) == 0 { own } else { foreign };
    Names {
        agent: of(0).agent,
        invitation: of(1).invitation,
        role: of(2).role,
        site: of(3).site,
        key: of(4).key,
        canned: of(5).canned,
        chat: of(6).chat,
        team: of(7).team,
        visitor: of(8).visitor,
        filter: of(9).filter,
        visit: of(10).visit,
        workspace: of(PARTS).workspace,
    }
}

/// Whether a request names nothing but one's own.
fn is_all_of(route: &Route, names: &Names, own: &Names) -> bool {
    names.fill(route.path) == own.fill(route.path)
        && (has_random_body(route) || (route.body)(names) == (route.body)(own))
}

/// Whether a body has another name each time, and none of anything that exists.
fn has_random_body(route: &Route) -> bool {
    let nothing = Names::of_nothing();
    (route.body)(&nothing) != (route.body)(&nothing)
}

/// All that the owner of a workspace sees of it, but its audit log, which notes refusals.
pub(super) fn state(team: &Team) -> Vec<String> {
    let of = |path: &str| format!("/api/workspaces/{}{path}", team.workspace);
    ["", "/people", "/sites", "/canned", "/teams", "/filters"]
        .iter()
        .map(|path| team.owner.person.get(&of(path)).body)
        .collect()
}

/// Every field of every answer that tells of a person or a workspace. What is not here is told to nobody.
const FIELDS: [&str; 86] = [
    "accent",
    "action",
    "actor",
    "agent",
    "agents",
    "allow_localhost",
    "allowed_origins",
    "at",
    "change",
    "conditions",
    "config",
    "corners",
    "created_at",
    "custom",
    "deleted_at",
    "departments",
    "device",
    "email",
    "ends_at",
    "expires_at",
    "fact",
    "fields",
    "filters",
    "font",
    "greeting",
    "groups",
    "has_passkeys",
    "has_password",
    "has_second_factor",
    "hours",
    "icon",
    "id",
    "identity",
    "identity_secrets",
    "invitations",
    "is_not",
    "is_shared",
    "is_this",
    "join",
    "joined_at",
    "key",
    "key_id",
    "keys",
    "label",
    "language",
    "lines",
    "logo",
    "look",
    "me",
    "members",
    "more",
    "name",
    "number",
    "offset",
    "permissions",
    "phone_offset",
    "picture",
    "proactive",
    "profile",
    "questions",
    "reception",
    "requires_second_factor",
    "responses",
    "retention_days",
    "role",
    "roles",
    "rule",
    "scheme",
    "sessions",
    "settings",
    "shortcode",
    "side",
    "sites",
    "steps",
    "teams",
    "text",
    "time_zone",
    "until",
    "used",
    "used_at",
    "visits",
    "without_second_factor",
    "workspace",
    "workspaces",
    "x",
    "y",
];

pub(super) fn hidden_fields(stage: &Stage) {
    let mut home = Team::found(stage);
    let workspace = home.workspace;
    let of = |path: &str| format!("/api/workspaces/{workspace}{path}");
    let secret = home.owner.person.post(&of(&format!("/sites/{}/identity-secret", home.site)), &Value::Null);
    let secret: IdentitySecret = secret.json();
    let invited = Person::stranger(stage);
    home.owner.invite_address(workspace, &invited.email, &json!("agent"));
    home.owner.make_canned(workspace);
    home.owner.make_team(workspace);
    home.owner.make_filter(workspace);
    let seed: Value = home.owner.person.post("/api/account/second-factor", &Value::Null).json();
    let mut visitor = Visitor::arrive_at(stage, home.site_key);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");

    let hidden = [
        ("an identity secret", secret.secret.clone()),
        ("the token of an invitation", invited.token("join")),
        ("the seed of a second factor", seed["secret"].as_str().expect("a seed").to_owned()),
        ("a password", home.owner.person.password()),
        ("a session", secret_of(&home.owner.person.cookie)),
        ("another's session", secret_of(&home.admin.person.cookie)),
        ("a visitor's token", visitor.token.clone()),
    ];
    for (member, manages) in
        [(&home.owner, true), (&home.admin, true), (&home.agent, false), (&home.reader, false)]
    {
        let ticket = Agent::of(stage, &member.person).ticket(protocol::SocketTarget::Feed);
        let paths = [
            "/api/account/me".to_owned(),
            "/api/account/sessions".to_owned(),
            of(""),
            of("/people"),
            of("/sites"),
            of("/audit"),
            of("/canned"),
            of("/teams"),
            of("/filters"),
        ];
        for path in paths {
            let answer = member.person.get(&path);
            for (what, secret) in hidden.iter().chain([&("a ticket", ticket.clone())]) {
                assert!(!answer.body.contains(secret.as_str()), "{path} tells {what}");
            }
            if answer.status == 200 {
                let unknown: Vec<_> =
                    fields(&answer.json()).into_iter().filter(|name| !is_known(name)).collect();
                assert!(unknown.is_empty(), "{path} tells more than is known to be told: {unknown:?}");
            } else {
                assert_eq!((answer.status, manages), (403, false), "{path}");
                assert_eq!(fields(&answer.json()), names(&["code", "retry_after"]), "{path}");
            }
        }
        let people: People = member.person.get(&of("/people")).json();
        assert_eq!(people.invitations.is_empty(), !manages, "invitations are of those who invite");
    }
}

/// What of a cookie must be in no body.
fn secret_of(cookie: &str) -> String {
    cookie.split_once('=').expect("a cookie").1.to_owned()
}

fn is_known(name: &str) -> bool {
    FIELDS.contains(&name) || is_change(name)
}

/// Names of changes in the audit log (`AuditChange`) that have something in them.
fn is_change(name: &str) -> bool {
    [
        "invited",
        "joined",
        "refused",
        "role_made",
        "site_made",
        "identity_secret_rotated",
        "canned_made",
        "team_made",
        "filter_made",
    ]
    .contains(&name)
}

fn names(names: &[&str]) -> BTreeSet<String> {
    names.iter().map(|name| (*name).to_owned()).collect()
}

/// The names of all fields of an answer.
fn fields(answer: &Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    match answer {
        Value::Object(object) => {
            for (name, value) in object {
                found.insert(name.clone());
                found.extend(fields(value));
            }
        }
        Value::Array(values) => found.extend(values.iter().flat_map(fields)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
    found
}
