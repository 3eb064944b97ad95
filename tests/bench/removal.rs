//! How long it takes until somebody who is removed is out of every conversation that they have open (SPEC AC7), by how many
//! those are. All of them sleep when it begins.

use std::time::{Duration, Instant};

use protocol::CloseCode;
use protocol::codec::Codec;
use protocol::http::workspace::WorkspaceView;
use serde_json::json;
use tests::agent::AgentLine;
use tests::{Agent, Person, Stage, Visitor};
use xtask::console;

use crate::figures::quantile;
use crate::machine::on_the_servers_processor;

/// Conversations that are opened at the same time.
const AT_ONCE: usize = 8;

/// Until every object sleeps: the runtime evicts those that are idle after ten seconds.
const UNTIL_ASLEEP: Duration = Duration::from_secs(15);

/// Within which every socket is to be closed.
const PROMISED: Duration = Duration::from_secs(5);

/// What is asked for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// Conversations that the removed person has open.
    pub(crate) conversations: usize,
    /// The port of the server.
    pub(crate) port: u16,
}

/// Opens the conversations, removes their agent and tells how long it took.
pub(crate) fn run(options: &Options) {
    let stage = on_the_servers_processor(|| {
        Stage::start_adapted_with("removal", options.port, &[("MAIL", "mailbox")], str::to_owned)
    });
    let mut owner = Agent::sign_in(&stage).person();
    let workspace = Agent::sign_in(&stage).workspace;
    let agent = join(&stage, &mut owner, &format!("/api/workspaces/{workspace}/invitations"));
    let view: WorkspaceView = agent.person().get(&format!("/api/workspaces/{workspace}")).json();

    console::say(format!("opening {} conversations", options.conversations));
    let mut lines = open(&stage, &agent, options.conversations);
    std::thread::sleep(UNTIL_ASLEEP);
    let begun = Instant::now();
    let path = format!("/api/workspaces/{workspace}/agents/{}", view.me.id);
    assert_eq!(owner.send("DELETE", &path, &json!({})).status, 204, "removed");
    let answered = begun.elapsed();
    // The newest are told first, and are looked at first.
    let times: Vec<Duration> = lines
        .iter_mut()
        .rev()
        .map(|line| {
            assert_eq!(line.until_closed(), Some(CloseCode::Forbidden.number()));
            begun.elapsed()
        })
        .collect();
    let late = times.iter().filter(|time| **time > PROMISED).count();
    let of = |part| quantile(&times, part) / 1_000.0;
    console::say(format!("answered after {} ms", answered.as_millis()));
    console::say(format!(
        "out of the first after {:.0} ms, of half after {:.0} ms, of all after {:.0} ms; {late} after more than 5 s",
        of(0.0),
        of(0.5),
        of(1.0)
    ));
    drop(lines);
}

/// Somebody new who answers in the workspace.
fn join(stage: &Stage, owner: &mut Person, invitations: &str) -> Agent {
    let mut person = Person::stranger(stage);
    let invited = owner.post(invitations, &json!({ "email": person.email, "role": "agent" }));
    assert_eq!(invited.status, 201, "{}", invited.body);
    let newcomer = json!({ "name": "Newcomer", "password": person.password() });
    let acceptance = json!({ "token": person.token("join"), "newcomer": newcomer });
    assert_eq!(person.post("/api/invitations/accept", &acceptance).status, 200);
    Agent::of(stage, &person)
}

/// Has visitors write, and the agent open what they wrote; in the order in which the tickets were given, nearly.
fn open(stage: &Stage, agent: &Agent, count: usize) -> Vec<AgentLine> {
    let share = count.div_ceil(AT_ONCE);
    let opened = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..AT_ONCE)
            .map(|_| {
                let mut agent = agent.clone();
                scope.spawn(move || (0..share).map(|_| open_one(stage, &mut agent)).collect::<Vec<_>>())
            })
            .collect();
        workers.into_iter().map(|worker| worker.join().expect("opened")).collect::<Vec<_>>()
    });
    let mut lines: Vec<_> = opened.into_iter().flatten().collect();
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

fn open_one(stage: &Stage, agent: &mut Agent) -> (Instant, AgentLine) {
    let mut visitor = Visitor::arrive(stage);
    let (mut line, _) = visitor.connect(Codec::Postcard, None);
    visitor.say(&mut line, "hello");
    let (line, _) = agent.connect(visitor.conversation);
    (Instant::now(), line)
}
