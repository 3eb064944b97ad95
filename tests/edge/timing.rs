//! How long an answer takes tells nothing.

use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tests::http::post;
use tests::{Case, Person, Stage};

pub(crate) const CASES: &[Case<Stage>] =
    &[("AP11 the time of an answer does not tell whether there is an account", same_time)];

/// Questions of each kind, if `ROUNDS` in the environment does not say how many. Each person is asked about once, so that no
/// limit of an address decides.
const ROUNDS: usize = 15;

/// How much longer the slower of two kinds may take in the middle.
const TOLERANCE: f64 = 1.1;

fn same_time(stage: &Stage) {
    let rounds = std::env::var("ROUNDS").map_or(ROUNDS, |rounds| rounds.parse().expect("a number"));
    let known: Vec<_> = (0..rounds).map(|_| Person::sign_up(stage).email).collect();
    for path in ["sign-in", "reset", "sign-in-link", "sign-up"] {
        let mut times = [Vec::new(), Vec::new()];
        for (round, known) in known.iter().enumerate() {
            let unknown = Person::stranger(stage).email;
            // Whatever gets slower or faster meanwhile meets both alike.
            let order = if round % 2 == 0 { [0, 1] } else { [1, 0] };
            for which in order {
                times[which].push(took(stage, path, [known, &unknown][which]));
            }
        }
        let [known, unknown] = times.map(median);
        let ratio = known.max(unknown).as_secs_f64() / known.min(unknown).as_secs_f64();
        println!("{path}: known {known:?}, unknown {unknown:?}, ratio {ratio:.3}");
        assert!(ratio < TOLERANCE, "{path}: known {known:?}, unknown {unknown:?}");
    }
}

fn took(stage: &Stage, path: &str, email: &str) -> Duration {
    let body: Value = match path {
        "sign-in" => json!({ "email": email, "password": "a wrong one" }),
        _ => json!({ "email": email }),
    };
    let headers = [("Origin", stage.base_url()), ("Content-Type", "application/json")];
    let url = format!("{}/api/account/{path}", stage.base_url());
    let begun = Instant::now();
    let answer = post(&url, &headers, &body.to_string());
    let took = begun.elapsed();
    assert!(matches!(answer.status, 202 | 401), "{path}: {}", answer.body);
    took
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
