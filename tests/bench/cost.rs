//! What a conversation costs: rows, requests and calls, counted while real clients live through it.

use std::path::Path;
use std::sync::Barrier;
use std::time::{Duration, Instant};

use protocol::{ForAgents, ForVisitors};
use tests::{Agent, Stage, Visitor};

use crate::adapted::{Counts, counting};
use crate::machine::{Medium, on_the_servers_processor};
use crate::person::Person;
use crate::price::number;
use crate::seat::{Side, text};
use crate::subjects::Ours;
use crate::targets::{Targets, of_cost};
use crate::{report, table};

/// Messages of a conversation, by turns, the first by the visitor.
pub(crate) const MESSAGES: u32 = 20;

/// Until everything that messages cause has happened: alarms are set for much less.
const AFTERMATH: Duration = Duration::from_secs(2);

/// Longer than an object stays awake without work.
pub(crate) const IDLE: Duration = Duration::from_secs(13);

/// How fast people write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// A message a second.
    Brisk,
    /// A message every twelve seconds, as people do; objects hibernate in between.
    Human,
}

impl Pace {
    /// What it is called.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Brisk => "brisk",
            Self::Human => "human",
        }
    }

    /// Finds a pace by its name.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        [Self::Brisk, Self::Human].into_iter().find(|pace| pace.name() == name)
    }

    const fn every(self) -> Duration {
        match self {
            Self::Brisk => Duration::from_secs(1),
            Self::Human => Duration::from_secs(12),
        }
    }
}

/// What to count.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Options {
    /// How fast people write.
    pub(crate) pace: Pace,
    /// Conversations at the same time.
    pub(crate) conversations: usize,
    /// The server's port.
    pub(crate) port: u16,
}

/// What was counted.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observed {
    /// How fast people wrote.
    pub(crate) pace: Pace,
    /// Conversations that took place.
    pub(crate) conversations: u64,
    /// From the visitor's arrival until the first message was stored and told.
    pub(crate) beginning: Counts,
    /// All of it, the beginning included.
    pub(crate) whole: Counts,
    /// Conversations that had to be made anew for a message after a rest with their sockets open.
    pub(crate) hibernated: u64,
}

impl Observed {
    /// Something of the whole for one conversation.
    pub(crate) fn each(&self, of: impl Fn(&Counts) -> u64) -> f64 {
        number(of(&self.whole)) / number(self.conversations)
    }

    /// Something of the whole for one message.
    pub(crate) fn per_message(&self, of: impl Fn(&Counts) -> u64) -> f64 {
        self.each(of) / f64::from(MESSAGES)
    }

    /// Seconds of the rest that would be billed: all of it for an object that did not hibernate, none for others.
    pub(crate) fn idle_seconds(&self) -> f64 {
        let awake = self.conversations - self.hibernated.min(self.conversations);
        IDLE.as_secs_f64() * number(awake) / number(self.conversations)
    }

    /// Something for one message after the first.
    pub(crate) fn per_further_message(&self, of: impl Fn(&Counts) -> u64) -> f64 {
        number(of(&self.whole) - of(&self.beginning)) / number(self.conversations) / f64::from(MESSAGES - 1)
    }
}

/// Counts, prints and writes `cost.json` into a directory of the target folder.
pub(crate) fn run(target: &Path, options: &Options) {
    let place = Medium::Memory.directory(target).or_else(|| Medium::Disk.directory(target));
    let place = place.expect("a place for the data");
    let observed = observe(&place, options);
    table::print_cost(&observed);
    let targets = Targets(of_cost(Some(&observed)));
    targets.print("Targets");
    let mut report = report::of_observed(&observed);
    report["targets"] = report::of_targets(&targets.0);
    report::write(&target.join("bench/cost.json"), &report);
}

/// Lets conversations take place, all at the same time, and counts.
pub(crate) fn observe(data: &Path, options: &Options) -> Observed {
    let Options { pace, conversations, port } = *options;
    let server = on_the_servers_processor(|| Ours::start_adapted(port, data, counting));
    let (stage, agent) = (server.stage(), server.agent());
    let count = || Counts::read(stage.base_url());
    let _feed = agent.watch_feed();
    let before = count();
    let barrier = Barrier::new(conversations + 1);
    let together = || {
        barrier.wait();
    };
    let (beginning, whole, hibernated) = std::thread::scope(|scope| {
        for _ in 0..conversations {
            scope.spawn(|| {
                let mut talk = Talk::begin(stage, pace);
                together();
                together();
                let agent = talk.go_on(agent);
                together();
                together();
                talk.visitor.say(&text(Side::Visitor, MESSAGES));
                together();
                drop(agent);
            });
        }
        together();
        std::thread::sleep(AFTERMATH);
        let beginning = count().since(before);
        together();
        together();
        std::thread::sleep(AFTERMATH);
        let whole = count().since(before);
        std::thread::sleep(IDLE);
        let made = count().conversations.constructed;
        together();
        together();
        (beginning, whole, count().conversations.constructed - made)
    });
    Observed { pace, conversations: conversations as u64, beginning, whole, hibernated }
}

/// One conversation, played by two real clients on one thread.
struct Talk {
    arrived: Visitor,
    visitor: Person<ForVisitors>,
    pace: Pace,
}

impl Talk {
    fn begin(stage: &Stage, pace: Pace) -> Self {
        let arrived = Visitor::arrive(stage);
        let mut visitor = Person::visit(&arrived);
        visitor.press_key();
        visitor.say(&text(Side::Visitor, 0));
        Self { arrived, visitor, pace }
    }

    /// The agent opens the conversation, and both write by turns.
    fn go_on(&mut self, agent: &Agent) -> Person<ForAgents> {
        let mut agent = Person::attend(agent, self.arrived.conversation);
        for number in 1..MESSAGES {
            let is_agents = number % 2 == 1;
            self.wait(&mut agent, |_, _| ());
            self.wait(
                &mut agent,
                |visitor, agent| {
                    if is_agents { agent.press_key() } else { visitor.press_key() }
                },
            );
            if is_agents {
                agent.say(&text(Side::Agent, number));
            } else {
                self.visitor.say(&text(Side::Visitor, number));
            }
        }
        self.wait(&mut agent, |_, _| ());
        assert_eq!((self.visitor.shown(), agent.shown()), (MESSAGES as usize, MESSAGES as usize));
        agent
    }

    /// Lets half of the time between two messages pass, in which somebody may type.
    fn wait(
        &mut self,
        agent: &mut Person<ForAgents>,
        meanwhile: impl Fn(&mut Person<ForVisitors>, &mut Person<ForAgents>),
    ) {
        let begun = Instant::now();
        while begun.elapsed() < self.pace.every() / 2 {
            meanwhile(&mut self.visitor, agent);
            self.visitor.look();
            agent.look();
        }
    }
}
