//! How long others wait while a thousand passwords are guessed at once (SPEC AP4, AP12): a page that asks for its site's
//! configuration, and a visitor who writes. Beside it, in the same run, how long they wait when nobody guesses.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use protocol::Code;
use protocol::codec::Codec;
use serde_json::json;
use tests::http::{ADDRESS, get, post};
use tests::{Person, Stage, Visitor};
use xtask::console;

use crate::figures::quantile;
use crate::machine::on_the_servers_processor;

/// Who guesses at the same time.
const GUESSERS: usize = 50;

/// What each of them guesses, one after the other.
const GUESSES: usize = 20;

/// How often somebody else asks before and after.
const QUIET_REQUESTS: usize = 100;

/// How long a visitor is silent between two messages, so that nothing is refused.
const BETWEEN: Duration = Duration::from_millis(1_050);

/// Guesses, by one account and by a thousand, and tells what others had to wait.
pub(crate) fn run(port: u16) {
    let stage = on_the_servers_processor(|| {
        Stage::start_adapted_with("guessing", port, &[("MAIL", "mailbox")], str::to_owned)
    });
    let person = Person::sign_up(&stage);
    let quiet = Waits::of_others(&stage, None);
    quiet.tell("nobody guesses", &quiet);
    let one = guessed(&stage, |_| (person.email.clone(), "198.51.100.1".to_owned()));
    one.tell("a thousand guesses at one account", &quiet);
    let many = guessed(&stage, |number| {
        // Of nobody: as dear as an account, so that nobody learns which there are.
        let [high, low] = [number / 250, number % 250];
        (Person::stranger(&stage).email, format!("198.18.{high}.{low}"))
    });
    many.tell("a thousand guesses at as many accounts, each from elsewhere", &quiet);
}

/// What others have waited.
struct Waits {
    pages: Vec<Duration>,
    messages: Vec<Duration>,
    /// How many guesses were answered with what.
    answers: BTreeMap<Code, usize>,
    took: Duration,
}

impl Waits {
    /// Asks and writes until somebody says that it is enough, or so often.
    fn of_others(stage: &Stage, is_over: Option<&AtomicBool>) -> Self {
        let begun = Instant::now();
        let is_over = |count| is_over.map_or(count >= QUIET_REQUESTS, |over| over.load(Ordering::Relaxed));
        let (pages, messages) = std::thread::scope(|scope| {
            let pages = scope.spawn(|| {
                let url = format!("{}/api/sites/{}/config", stage.base_url(), stage.site_key());
                let mut waits = Vec::new();
                while !is_over(waits.len()) {
                    let asked = Instant::now();
                    assert_eq!(get(&url, &[("Origin", stage.base_url())]).status, 200);
                    waits.push(asked.elapsed());
                    std::thread::sleep(Duration::from_millis(20));
                }
                waits
            });
            let mut visitors: Vec<_> = (0..20)
                .map(|_| {
                    let visitor = Visitor::arrive(stage);
                    let (line, _) = visitor.connect(Codec::Postcard, None);
                    (visitor, line)
                })
                .collect();
            let mut waits = Vec::new();
            while !is_over(waits.len()) {
                for (visitor, line) in &mut visitors {
                    let asked = Instant::now();
                    visitor.say(line, "How long does it take?");
                    waits.push(asked.elapsed());
                    std::thread::sleep(BETWEEN / 20);
                }
            }
            (pages.join().expect("answered"), waits)
        });
        Self { pages, messages, answers: BTreeMap::new(), took: begun.elapsed() }
    }

    fn tell(&self, what: &str, quiet: &Self) {
        console::say(format!("{what}: {:.1} s, {:?}", self.took.as_secs_f64(), self.answers));
        for (name, waits, before) in [
            ("a page's configuration", &self.pages, &quiet.pages),
            ("a message", &self.messages, &quiet.messages),
        ] {
            let of = |part| quantile(waits, part) / 1_000.0;
            let times = |part| quantile(waits, part) / quantile(before, part);
            console::say(format!(
                "  {name} ({}): half within {:.1} ms ({:.1} times quiet), 99 of 100 within {:.1} ms ({:.1})",
                waits.len(),
                of(0.5),
                times(0.5),
                of(0.99),
                times(0.99),
            ));
        }
    }
}

/// Has a thousand passwords guessed: of which account, and from which address, by their number.
fn guessed(stage: &Stage, guess: impl Fn(usize) -> (String, String) + Sync) -> Waits {
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let others = scope.spawn(|| Waits::of_others(stage, Some(&is_over)));
        let begun = Instant::now();
        let guess = &guess;
        let guessers: Vec<_> = (0..GUESSERS)
            .map(|guesser| {
                scope.spawn(move || {
                    let answered = |number| {
                        let (email, address) = guess(guesser * GUESSES + number);
                        let headers = [
                            ("Origin", stage.base_url()),
                            ("Content-Type", "application/json"),
                            (ADDRESS, address.as_str()),
                        ];
                        let body = json!({ "email": email, "password": "a wrong one" });
                        let url = format!("{}/api/account/sign-in", stage.base_url());
                        post(&url, &headers, &body.to_string()).code()
                    };
                    (0..GUESSES).map(answered).collect::<Vec<_>>()
                })
            })
            .collect();
        let codes: Vec<_> =
            guessers.into_iter().flat_map(|guesser| guesser.join().expect("answered")).collect();
        let took = begun.elapsed();
        is_over.store(true, Ordering::Relaxed);
        let mut waits = others.join().expect("answered");
        waits.took = took;
        for code in codes {
            *waits.answers.entry(code).or_default() += 1;
        }
        waits
    })
}
