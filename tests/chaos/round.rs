//! One round: load, faults and a kill, then calm, and the time until everybody agrees.

use std::thread::ScopedJoinHandle;
use std::time::{Duration, Instant};

use fastrand::Rng;
use protocol::ConversationId;
use tests::adapted::conversations_made;
use tests::proxy::{Fault, Way};
use tests::{Agent, Proxy, Stage};

use crate::attack::{Attacked, attack};
use crate::audit::{Findings, has_converged};
use crate::cast::{Chat, wait, wait_for_list};
use crate::client::Order;

/// Conversations of one round.
const CHATS: usize = 3;

/// How often somebody may write and a fault may happen.
const TICK: Duration = Duration::from_millis(50);

/// Longer than an object stays awake: up to ten seconds after the last message it tells the list (WS7), and it sleeps ten seconds
/// after that. Browsers freeze tabs that nobody looks at.
const IDLE: Duration = Duration::from_secs(26);

/// Within which all must agree once the faults have stopped: G8 of the requirements.
const CONVERGENCE: Duration = Duration::from_secs(30);

/// What happens in a round.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Plan {
    /// Its number, from 1.
    pub(crate) number: u32,
    /// How long people write.
    pub(crate) load: Duration,
    /// Whether everybody is quiet for longer than an object stays awake.
    pub(crate) rests: bool,
    /// Whether connections that became silent are left to their clients to find out: by a ping after 15 s, with 10 s for its
    /// answer.
    pub(crate) stays_silent: bool,
    /// Whether somebody sends what nobody should.
    pub(crate) is_attacked: bool,
}

/// What came of a round.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    pub(crate) findings: Findings,
    pub(crate) kills: u32,
    /// Conversations that slept and were woken by a message.
    pub(crate) woken: u32,
    pub(crate) connections: u32,
    /// From the end of the faults until all agree.
    pub(crate) convergence: Duration,
    /// The most memory that the server had.
    pub(crate) resident_bytes: u64,
    pub(crate) attacked: Attacked,
    /// The conversations with their logs.
    pub(crate) logs: Vec<(ConversationId, Vec<String>)>,
}

/// Plays a round.
pub(crate) fn play(stage: &Stage, proxy: &Proxy, agent: &Agent, plan: Plan, rng: &mut Rng) -> Outcome {
    let mut chats: Vec<Chat> = (1..=CHATS)
        .map(|chat| Chat::begin(&format!("r{}c{chat}", plan.number), stage, agent, proxy.port()))
        .collect();
    let mut outcome = Outcome::default();
    if plan.rests {
        write_for(&mut chats, Duration::from_secs(1), rng);
        outcome.woken = wake(stage, &mut chats);
    }
    storm(&Scene { stage, proxy, agent, plan }, &mut chats, rng, &mut outcome);
    proxy.calm(plan.stays_silent);
    let calm = Instant::now();
    if !plan.stays_silent {
        // Half of the browsers notice that the network is back.
        let clients = chats.iter().flat_map(|chat| &chat.clients);
        clients.filter(|_| rng.bool()).for_each(|client| client.order(Order::NetworkBack));
    }
    if !wait(CONVERGENCE, || chats.iter().all(|chat| has_converged(&chat.clients))) {
        let standing = standing(&chats);
        outcome.findings.wrong("SY35", format!("no agreement within {CONVERGENCE:?}: {standing}"));
    }
    outcome.convergence = calm.elapsed();
    judge(stage, agent, &chats, &mut outcome);
    outcome
}

/// Lets everything fall asleep, wakes each conversation by a message of the agent's, and waits until everybody has it;
/// returns how many objects were made anew for it.
fn wake(stage: &Stage, chats: &mut [Chat]) -> u32 {
    // Whoever comes back says what they have read, and wakes it by that: so what slept is counted before.
    let frozen = IDLE.saturating_add(Duration::from_secs(3));
    chats.iter().flat_map(|chat| &chat.clients).for_each(|client| client.order(Order::Freeze(frozen)));
    std::thread::sleep(IDLE);
    let before = conversations_made(stage.base_url());
    let said: Vec<String> = chats.iter_mut().map(Chat::let_agent_write).collect();
    // Screens that are frozen agree as well.
    let has_all = |(chat, text): (&Chat, &String)| chat.has_heard(text) && has_converged(&chat.clients);
    wait(CONVERGENCE, || chats.iter().zip(&said).all(has_all));
    conversations_made(stage.base_url()).saturating_sub(before)
}

/// Reads every log anew and compares.
fn judge(stage: &Stage, agent: &Agent, chats: &[Chat], outcome: &mut Outcome) {
    let mut last_messages = Vec::new();
    for chat in chats {
        outcome.connections += chat.clients.iter().map(|client| client.screen().connections).sum::<u32>();
        let (findings, log) = Findings::of_chat(stage, agent, chat);
        outcome.findings.add(findings);
        if let Some(log) = log {
            last_messages.extend(log.texts(true).pop().map(|text| (chat.conversation, text)));
            outcome.logs.push((chat.conversation, log.texts(false)));
        }
    }
    if let Err(wrong) = wait_for_list(agent, &last_messages) {
        outcome.findings.wrong("WS4", wrong);
    }
}

/// Where a round takes place.
struct Scene<'a> {
    stage: &'a Stage,
    proxy: &'a Proxy,
    agent: &'a Agent,
    plan: Plan,
}

/// Lets people write while the network fails, strangers attack, and the server is killed and started again.
fn storm(scene: &Scene<'_>, chats: &mut [Chat], rng: &mut Rng, outcome: &mut Outcome) {
    let Scene { stage, proxy, agent, plan } = *scene;
    let kill_at = plan.load.mul_f64(0.2 + 0.6 * rng.f64());
    let down_for = Duration::from_millis(rng.u64(0..700));
    // The network is gone for everybody at once.
    let cut_at = plan.load.mul_f64(rng.f64());
    let mut was_cut = false;
    let begun = Instant::now();
    std::thread::scope(|scope| {
        let attackers = plan.is_attacked.then(|| scope.spawn(|| attack(stage, agent)));
        let mut restart = None;
        while begun.elapsed() < plan.load || restart.is_none() {
            chats.iter_mut().for_each(|chat| chat.go_on(rng, 4));
            if rng.u8(0..100) < 25 {
                proxy.inflict(any_fault(rng), rng.usize(..));
            }
            if !was_cut && begun.elapsed() > cut_at {
                was_cut = true;
                proxy.cut_all();
            }
            // Whoever attacks would take the kill for an answer.
            let is_attacked = attackers.as_ref().is_some_and(|attackers| !attackers.is_finished());
            if restart.is_none() && begun.elapsed() > kill_at && !is_attacked {
                outcome.kills += 1;
                restart = Some(scope.spawn(move || {
                    stage.kill();
                    std::thread::sleep(down_for);
                    stage.launch();
                }));
            }
            let is_up = restart.as_ref().is_none_or(ScopedJoinHandle::is_finished);
            if is_up && let Some(bytes) = stage.resident_bytes() {
                outcome.resident_bytes = outcome.resident_bytes.max(bytes);
            }
            std::thread::sleep(TICK);
        }
        if let Some(attackers) = attackers {
            outcome.attacked = attackers.join().unwrap_or_else(|_| Attacked::unanswered());
            outcome.findings.wrongs.append(&mut outcome.attacked.wrongs);
        }
    });
}

fn write_for(chats: &mut [Chat], length: Duration, rng: &mut Rng) {
    let begun = Instant::now();
    while begun.elapsed() < length {
        chats.iter_mut().for_each(|chat| chat.go_on(rng, 4));
        std::thread::sleep(TICK);
    }
}

fn any_fault(rng: &mut Rng) -> Fault {
    let way = if rng.bool() { Way::Up } else { Way::Down };
    match rng.u8(0..16) {
        0 | 1 => Fault::Cut,
        2 | 3 => Fault::CutInside(way),
        4 => Fault::CutBeforeUpgrade,
        5 => Fault::CutAfterUpgrade,
        6 | 7 => Fault::Slow(way, Duration::from_millis(rng.u64(1..300))),
        8 | 9 => Fault::Stall(way, Duration::from_millis(rng.u64(100..3_000))),
        10 => Fault::Silence(way),
        11..=13 => Fault::Double(way),
        _ => Fault::Swap(way),
    }
}

/// Who keeps the others from agreeing.
fn standing(chats: &[Chat]) -> String {
    let mut words = Vec::new();
    for client in chats.iter().flat_map(|chat| &chat.clients) {
        let screen = client.screen();
        words.push(format!(
            "{} {} shows {} unsent {}",
            client.name,
            screen.badge,
            screen.shown.len(),
            screen.unsent
        ));
    }
    words.join("; ")
}
