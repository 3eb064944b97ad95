//! The samples for sites' servers (`docs/identity`), each run where its language is, and judged by the rule itself.

use std::collections::BTreeSet;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{SystemTime, UNIX_EPOCH};

use domain::identity::{Found, ProvingSite, identify, voucher_of};
use protocol::http::site::{IdentityMode, IdentitySecret};
use protocol::http::{ClaimedProof, ClaimedUser};
use protocol::{SiteId, Stated, Timestamp, VisitorIdentity};

#[path = "../docs/identity/identity.rs"]
mod identity;

const SITE: SiteId = SiteId::from_bytes([2; 16]);
const KEY_ID: &str = "ik_sample";
const SECRET: &str = "is_the-secret-of-the-site_0123456789";
const USER: &str = "user-42";
const NAME: &str = "Ann\"a \\ Ü 🌿";
const EMAIL: &str = "anna@example.com";

/// Samples that are run: the program, its first argument, the file.
const PROGRAMS: [(&str, &[&str], &str); 8] = [
    ("node", &[], "identity.mjs"),
    ("python3", &[], "identity.py"),
    ("php", &[], "identity.php"),
    ("ruby", &[], "identity.rb"),
    ("go", &["run"], "identity.go"),
    ("java", &[], "Identity.java"),
    ("dotnet", &["run"], "Identity.cs"),
    ("perl", &[], "identity.pl"),
];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/identity")
}

fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_secs()
}

/// Both proofs must make the person known, the token with a verified name and address.
fn judge(language: &str, token: &str, hash: &str) {
    let proven = |id: Option<&str>, proof| {
        let user = ClaimedUser { id: id.map(str::to_owned), proof: Some(proof), ..ClaimedUser::default() };
        let secrets = [IdentitySecret { key_id: KEY_ID.to_owned(), secret: SECRET.to_owned() }];
        let site = ProvingSite { id: SITE, keys: &[], mode: IdentityMode::Required, secrets: &secrets };
        let now = Timestamp(i64::try_from(now()).expect("small") * 1_000);
        identify(site, Some(&user), now)
    };
    let known = |name, email| {
        let user = USER.to_owned();
        let identity = VisitorIdentity { user: Some(user.clone()), name, email };
        Ok(Found::Known { user, identity, voucher: voucher_of(KEY_ID) })
    };
    let verified = |text: &str| Some(Stated { text: text.to_owned(), is_verified: true });
    let by_token = proven(None, ClaimedProof { jwt: Some(token.to_owned()), user_hash: None });
    assert_eq!(by_token, known(verified(NAME), verified(EMAIL)), "{language}: {token}");
    let by_hash = proven(Some(USER), ClaimedProof { jwt: None, user_hash: Some(hash.to_owned()) });
    assert_eq!(by_hash, known(None, None), "{language}: {hash}");
}

/// What a sample prints: a token and a hash; `None` where its language is missing.
fn run(program: &str, arguments: &[&str], file: &str) -> Option<(String, String)> {
    let output = Command::new(program)
        .args(arguments)
        .arg(file)
        .args([USER, NAME, EMAIL])
        .current_dir(folder())
        .env("PORCHLIGHT_SITE", SITE.to_string())
        .env("PORCHLIGHT_KEY_ID", KEY_ID)
        .env("PORCHLIGHT_SECRET", SECRET)
        .env("LC_ALL", "C.UTF-8")
        .output();
    let output = match output {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        other => other.unwrap_or_else(|error| panic!("{program}: {error}")),
    };
    assert!(output.status.success(), "{file}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).expect("text");
    let (token, hash) = text.trim_end().split_once('\n').expect("two lines");
    Some((token.trim_end().to_owned(), hash.to_owned()))
}

/// Says something that is seen although the test passes, whose output is taken otherwise.
fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").expect("stderr is there");
}

#[test]
fn id9_no_sample_is_forgotten() {
    let files: BTreeSet<_> = PROGRAMS.iter().map(|(_, _, file)| (*file).to_owned()).collect();
    let folder = std::fs::read_dir(folder()).expect("a folder");
    let found = folder.map(|entry| entry.expect("an entry").file_name().into_string().expect("a name"));
    // The sample in Rust is compiled into these tests.
    let found: BTreeSet<_> = found.filter(|name| name != "identity.rs").collect();
    assert_eq!(found, files);
}

#[test]
fn id9_every_sample_makes_proofs_that_are_good() {
    let sample = identity::PorchlightIdentity {
        site: SITE.to_string(),
        key_id: KEY_ID.to_owned(),
        secret: SECRET.to_owned(),
    };
    judge("rust", &sample.token(USER, NAME, EMAIL, now()), &sample.hash(USER));

    let mut ran = vec!["rust"];
    let mut missing = Vec::new();
    for (program, arguments, file) in PROGRAMS {
        assert!(folder().join(file).is_file(), "{file}");
        match run(program, arguments, file) {
            Some((token, hash)) => {
                judge(program, &token, &hash);
                ran.push(program);
            }
            None => missing.push((program, file)),
        }
    }
    for (program, file) in missing {
        say(&format!("NOT RUN: docs/identity/{file}, since `{program}` is not on this machine"));
    }
    say(&format!("samples that ran: {}", ran.join(", ")));
    for program in ["node", "python3"] {
        assert!(ran.contains(&program), "{program} is missing, and without it too little is tested");
    }
}
