//! Asks every route as everybody.

use serde_json::Value;
use tests::http::Answer;
use tests::{Person, Stage, Visitor};

use super::routes::{Needs, ROUTES, Route};
use super::world::{Names, Team};

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Caller {
    /// Without a cookie.
    Nobody,
    /// With a visitor's token where a session should be.
    Visitor,
    /// The owner of another workspace.
    Outsider,
    /// Somebody who was removed, and whose session goes on.
    Removed,
    Reader,
    Agent,
    Admin,
    Owner,
}

impl Caller {
    const ALL: [Self; 8] = [
        Self::Nobody,
        Self::Visitor,
        Self::Outsider,
        Self::Removed,
        Self::Reader,
        Self::Agent,
        Self::Admin,
        Self::Owner,
    ];

    const fn has_session(self) -> bool {
        !matches!(self, Self::Nobody | Self::Visitor)
    }

    const fn is_member(self) -> bool {
        matches!(self, Self::Reader | Self::Agent | Self::Admin | Self::Owner)
    }

    /// Whether a member has what a route needs.
    const fn has(self, needs: Needs) -> bool {
        match needs {
            Needs::Nothing => true,
            Needs::Session => self.has_session(),
            Needs::Membership | Needs::ReadConversations => self.is_member(),
            Needs::AnswerVisitors | Needs::ChatPrivately => {
                matches!(self, Self::Agent | Self::Admin | Self::Owner)
            }
            Needs::Administration | Needs::Sharing => matches!(self, Self::Admin | Self::Owner),
            Needs::Ownership => matches!(self, Self::Owner),
        }
    }
}

/// Everybody and everything.
struct World {
    home: Team,
    away: Team,
    removed: Person,
    visitor: Person,
}

impl World {
    fn make(stage: &Stage) -> Self {
        let mut home = Team::found(stage);
        // Who asks for a second factor has one.
        home.owner.person.set_up_second_factor();
        home.admin.person.set_up_second_factor();
        let away = Team::found(stage);
        let removed = home.owner.invite(stage, home.workspace, &serde_json::json!("admin"));
        let path = format!("/api/workspaces/{}/agents/{}", home.workspace, removed.agent);
        assert_eq!(home.owner.person.send("DELETE", &path, &Value::Null).status, 204);
        let mut visitor = Person::stranger(stage);
        visitor.cookie = format!("__Host-session={}", Visitor::arrive(stage).token);
        Self { home, away, removed: removed.person, visitor }
    }

    fn person(&self, stage: &Stage, caller: Caller) -> Person {
        match caller {
            Caller::Nobody => Person::stranger(stage),
            Caller::Visitor => self.visitor.clone(),
            Caller::Outsider => self.away.owner.person.clone(),
            Caller::Removed => self.removed.clone(),
            Caller::Reader => self.home.reader.person.clone(),
            Caller::Agent => self.home.agent.person.clone(),
            Caller::Admin => self.home.admin.person.clone(),
            Caller::Owner => self.home.owner.person.clone(),
        }
    }
}

pub(super) fn sweep(stage: &Stage) {
    let mut world = World::make(stage);
    for route in ROUTES {
        match route.needs {
            Needs::Nothing => open_route(stage, route),
            Needs::Session => session_route(stage, &world, route),
            Needs::Membership
            | Needs::ReadConversations
            | Needs::AnswerVisitors
            | Needs::ChatPrivately
            | Needs::Sharing
            | Needs::Administration
            | Needs::Ownership => {
                for caller in Caller::ALL {
                    workspace_route(stage, &mut world, route, caller);
                }
            }
        }
    }
}

/// What anybody may ask is never a fault of ours, whatever is missing.
fn open_route(stage: &Stage, route: &Route) {
    let answer = ask(&mut Person::stranger(stage), route, &Names::of_nothing());
    assert!(answer.status < 500, "{} {}: {}", route.method, route.path, answer.status);
}

/// What takes a session is refused in one way without one, and understood with one.
fn session_route(stage: &Stage, world: &World, route: &Route) {
    let name = format!("{} {}", route.method, route.path);
    let names = Names::of_nothing();
    let nobody = ask(&mut world.person(stage, Caller::Nobody), route, &names);
    assert_eq!(nobody.status, 401, "{name}, nobody");
    let visitor = ask(&mut world.person(stage, Caller::Visitor), route, &names);
    same(&format!("{name}, visitor"), &nobody, &visitor);
    let known = ask(&mut Person::sign_up(stage), route, &names);
    assert!(
        known.status < 500 && !is_refused_session(&known),
        "{name}, somebody: {} {}",
        known.status,
        known.body
    );
}

fn workspace_route(stage: &Stage, world: &mut World, route: &Route, caller: Caller) {
    let name = format!("{} {} as {caller:?}", route.method, route.path);
    let nothing = Names::of_nothing();
    let mut person = world.person(stage, caller);
    let absent = ask(&mut person, route, &nothing);
    let expected = if caller.has_session() { 404 } else { 401 };
    assert_eq!(absent.status, expected, "{name}, absent: {}", absent.body);

    let away = world.away.names(stage, route.path);
    if caller != Caller::Outsider {
        same(&format!("{name}, foreign"), &absent, &ask(&mut person, route, &away));
    }
    let own = world.home.names(stage, route.path);
    if !caller.is_member() {
        same(&format!("{name}, not theirs"), &absent, &ask(&mut person, route, &own));
        return;
    }
    if has_inner_name(route.path) {
        let inner = |names: &Names| Names { workspace: own.workspace, ..names.clone() };
        let absent = ask(&mut person, route, &inner(&nothing));
        let foreign = ask(&mut person, route, &inner(&away));
        let looks = caller.has(route.needs) || route.needs == Needs::Sharing;
        assert_eq!(absent.status, if looks { 404 } else { 403 }, "{name}, absent within");
        same(&format!("{name}, foreign within"), &absent, &foreign);
        if !looks {
            same(&format!("{name}, own"), &absent, &ask(&mut person, route, &own));
        }
    }
    let answer = ask(&mut person, route, &own);
    if caller.has(route.needs) {
        // A picture is no JSON: whoever may send one is told that this is none.
        let is_right = if route.path.ends_with("/logo") && route.method == "POST" {
            answer.status == 415
        } else {
            (200..300).contains(&answer.status)
        };
        assert!(is_right, "{name}, own: {} {}", answer.status, answer.body);
    } else {
        assert_eq!(answer.status, 403, "{name}, own: {}", answer.body);
    }
    if route.path.ends_with("/transfer") && answer.status == 200 {
        give_back(world, &own);
    }
    if route.method == "POST" && route.path.ends_with("/second-factor") && answer.status == 200 {
        let stopped = person.send("DELETE", &own.fill(route.path), &Value::Null);
        assert_eq!(stopped.status, 200, "{}", stopped.body);
    }
}

/// Hands the workspace back to its owner.
fn give_back(world: &mut World, own: &Names) {
    let path = format!("/api/workspaces/{}/transfer", own.workspace);
    let back = serde_json::json!({ "to": world.home.owner.agent });
    let answer = world.home.admin.person.post(&path, &back);
    assert_eq!(answer.status, 200, "{}", answer.body);
}

fn ask(person: &mut Person, route: &Route, names: &Names) -> Answer {
    let path = names.fill(route.path);
    match (route.body)(names) {
        Value::Null if route.method == "GET" => person.get(&path),
        body => person.send(route.method, &path, &body),
    }
}

fn has_inner_name(path: &str) -> bool {
    ["{a}", "{i}", "{k}", "{r}", "{s}", "{c}", "{p}", "{t}", "{v}", "{n}"]
        .iter()
        .any(|part| path.contains(part))
}

fn is_refused_session(answer: &Answer) -> bool {
    answer.status == 401 && answer.code() == protocol::Code::Unauthenticated
}

/// Two answers tell nothing apart: the same status, headers and bytes.
pub(super) fn same(name: &str, one: &Answer, other: &Answer) {
    assert_eq!((one.status, &one.body), (other.status, &other.body), "{name}");
    let headers = |answer: &Answer| {
        let mut headers = answer.headers.clone();
        headers.retain(|(name, _)| name != "date");
        headers.sort();
        headers
    };
    assert_eq!(headers(one), headers(other), "{name}");
}
