//! Somebody with a browser and a mailbox: their own cookie, our own origin, and the links that were mailed to them.

use data_encoding::BASE32_NOPAD;
use domain::account::TotpSecret;
use protocol::Timestamp;
use protocol::http::account::{RecoveryCodes, SecondFactorSetup};
use serde::{Deserialize, Serialize};

use crate::http::{Answer, get, request};
use crate::random;
use crate::stage::Stage;

/// Somebody who uses the inbox.
#[derive(Debug, Clone)]
pub struct Person {
    base_url: String,
    /// Their e-mail address.
    pub email: String,
    /// The session cookie, as it is sent; empty before a sign-in.
    pub cookie: String,
}

/// What the local mailbox answers.
#[derive(Deserialize)]
struct Mailbox {
    mails: Vec<ReceivedMail>,
}

/// A mail as the local mailbox shows it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct ReceivedMail {
    /// To whom.
    pub to: String,
    /// What about.
    pub subject: String,
    /// The text twin.
    pub text: String,
    /// The HTML twin.
    pub html: String,
}

impl Person {
    /// Somebody whom nobody knows yet, under an address that nobody else has.
    #[must_use]
    pub fn stranger(stage: &Stage) -> Self {
        let name = protocol::TabId::from_bytes(random());
        Self {
            base_url: stage.base_url().to_owned(),
            email: format!("{name}@example.com"),
            cookie: String::new(),
        }
    }

    /// Somebody who is signed in.
    #[must_use]
    pub fn with_cookie(base_url: &str, email: &str, cookie: &str) -> Self {
        Self { base_url: base_url.to_owned(), email: email.to_owned(), cookie: cookie.to_owned() }
    }

    /// Somebody who has just signed up by the mailed link, with the password `a password of {email}`.
    ///
    /// # Panics
    /// If that is refused.
    #[must_use]
    pub fn sign_up(stage: &Stage) -> Self {
        let mut person = Self::stranger(stage);
        let answer = person.post("/api/account/sign-up", &serde_json::json!({ "email": person.email }));
        assert_eq!(answer.status, 202, "{}", answer.body);
        let newcomer = serde_json::json!({ "name": "Somebody", "password": person.password() });
        let finish = serde_json::json!({ "token": person.token("sign-up"), "newcomer": newcomer });
        let answer = person.post("/api/account/sign-up/finish", &finish);
        assert_eq!(answer.status, 201, "{}", answer.body);
        person
    }

    /// The password that tests give this person.
    #[must_use]
    pub fn password(&self) -> String {
        format!("a password of {}", self.email)
    }

    /// Sets up a second factor, as with an app whose clock is right; returns its recovery codes.
    ///
    /// # Panics
    /// If that is refused.
    pub fn set_up_second_factor(&mut self) -> Vec<String> {
        let setup: SecondFactorSetup = self.post("/api/account/second-factor", &serde_json::json!({})).json();
        let finish = serde_json::json!({ "code": code_of(&setup) });
        let done = self.post("/api/account/second-factor/finish", &finish);
        assert_eq!(done.status, 200, "{}", done.body);
        done.json::<RecoveryCodes>().codes
    }

    /// Asks for something.
    #[must_use]
    pub fn get(&self, path: &str) -> Answer {
        get(&format!("{}{path}", self.base_url), &[("Cookie", &self.cookie)])
    }

    /// Posts a body as the inbox does.
    pub fn post<B: Serialize>(&mut self, path: &str, body: &B) -> Answer {
        self.send("POST", path, body)
    }

    /// Sends a body as the inbox does, and takes up the cookie of the answer.
    ///
    /// # Panics
    /// If there is no answer.
    pub fn send<B: Serialize>(&mut self, method: &str, path: &str, body: &B) -> Answer {
        let headers = [
            ("Origin", self.base_url.as_str()),
            ("Content-Type", "application/json"),
            ("Cookie", self.cookie.as_str()),
        ];
        let body = serde_json::to_string(body).expect("a body");
        let answer = request(method, &format!("{}{path}", self.base_url), &headers, Some(&body));
        if let Some(cookie) = answer.header("set-cookie").and_then(|cookie| cookie.split(';').next()) {
            cookie.clone_into(&mut self.cookie);
        }
        answer
    }

    /// The mails that the person has been sent, newest first.
    #[must_use]
    pub fn mails(&self) -> Vec<ReceivedMail> {
        let all: Mailbox = get(&format!("{}/mailbox.json", self.base_url), &[]).json();
        all.mails.into_iter().filter(|mail| mail.to == self.email).collect()
    }

    /// The token of the newest link to a page of the inbox that was mailed to the person; waits for it.
    ///
    /// # Panics
    /// If none comes within ten seconds.
    #[must_use]
    pub fn token(&self, page: &str) -> String {
        let link = format!("{}/inbox/{page}#", self.base_url);
        for _ in 0..100 {
            let found = self.mails().into_iter().find_map(|mail| {
                let rest = mail.text.split_once(&link)?.1;
                Some(rest.split_whitespace().next().unwrap_or_default().to_owned())
            });
            if let Some(token) = found {
                return token;
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        panic!("no mail with a link to {page}");
    }
}

/// The code that a person's app shows.
///
/// # Panics
/// If the secret is none.
#[must_use]
pub fn code_of(setup: &SecondFactorSetup) -> String {
    code_in(setup, 0)
}

/// The code that it shows next, which is good already and, other than the one it shows, was not used a moment ago.
///
/// # Panics
/// If the secret is none.
#[must_use]
pub fn next_code_of(setup: &SecondFactorSetup) -> String {
    code_in(setup, 30_000)
}

fn code_in(setup: &SecondFactorSetup, milliseconds: i64) -> String {
    let bytes = BASE32_NOPAD.decode(setup.secret.as_bytes()).expect("base32");
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).expect("after 1970");
    let then = Timestamp(i64::try_from(now.as_millis()).expect("not so late") + milliseconds);
    TotpSecret::from_bytes(bytes.try_into().expect("twenty bytes")).code_at(then)
}
