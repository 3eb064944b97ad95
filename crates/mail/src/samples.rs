//! One letter of each kind, for whoever changes what letters say or look like.

use protocol::limits::DELETION_WAIT_MS;
use protocol::mail::{GuardedChange, Language, Letter};
use protocol::{Timestamp, Transcript, TranscriptLine};

/// Every language, in the order of their codes on the mailbox's page.
pub const LANGUAGES: [Language; 5] = [Language::En, Language::De, Language::Fr, Language::Es, Language::Ar];

/// A letter of each kind. Their links have tokens that nobody gave out.
#[must_use]
pub fn samples(now: Timestamp) -> Vec<Letter> {
    let token = "AbCdEfGhIjKlMnOpQrStUvWxYz0123456789-_AbCdEfGhIjKlMnOpQrStUvWxYz".to_owned();
    let mut samples = vec![
        Letter::SignUp { token: token.clone() },
        Letter::AlreadySignedUp,
        Letter::SignInLink { token: token.clone() },
        Letter::Reset { token: token.clone() },
        Letter::ConfirmNewAddress { token: token.clone() },
        Letter::AddressChanged,
        Letter::PasswordChanged,
        Letter::SecondFactorChanged { is_on: true },
        Letter::SecondFactorChanged { is_on: false },
        Letter::NewDevice { at: now },
        Letter::Invitation { token, invited_by: "mara@fernwood.example".to_owned() },
        Letter::DeletionBegun { at: now.plus(DELETION_WAIT_MS) },
        Letter::PasskeysChanged { is_added: true },
        Letter::PasskeysChanged { is_added: false },
        Letter::AccountDeleted,
    ];
    let by = || "mara@fernwood.example".to_owned();
    let changes = GuardedChange::ALL.map(|what| Letter::GuardedChange { what, by: by(), at: now });
    samples.extend(changes);
    samples.push(Letter::Transcript(Box::new(transcript(now))));
    samples
}

fn transcript(now: Timestamp) -> Transcript {
    let line = |minutes: u64, agent: Option<&str>, text: Option<&str>| TranscriptLine {
        at: now.plus(minutes * 60_000),
        agent: agent.map(str::to_owned),
        text: text.map(str::to_owned),
    };
    Transcript {
        site: "Fernwood".to_owned(),
        is_cut: true,
        lines: vec![
            line(0, None, Some("Which soil for a cactus?\nIt stands in the kitchen.")),
            line(2, Some("Mara"), Some("A sandy one, and not too wet.")),
            line(3, Some("Mara"), None),
            line(5, None, Some("soil.jpg")),
        ],
    }
}
