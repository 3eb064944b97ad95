//! Golden bytes of what concerns people's accounts.

mod golden;

use protocol::call::{
    AccountAnswer, AccountCall, AccountRequest, Budget, CallResult, Device, Membership, Moving,
    MovingPasskey, MovingSecondFactor, Person, Proof, RateAnswer, RateCall,
};
use protocol::http::account::{
    AccountDeletion, LinkFinish, LinkSignIn, MailRequest, Me, Newcomer, PasswordChange, Profile,
    ProofRequest, RecoveryCodes, ResetFinish, SecondFactorFinish, SecondFactorSetup, SessionList,
    SessionView, SignInRequest, SignUpFinish, WorkspaceName,
};
use protocol::http::passkey::{MadePasskey, PasskeyQuestion, PasskeySetup, PasskeyView, UsedPasskey};
use protocol::mail::{GuardedChange, Language, Letter, Mail};
use protocol::{
    AccountId, AgentId, Code, DeviceId, Octets, PasskeyId, PictureId, Reject, SessionId, Timestamp,
    WorkspaceId,
};

use self::golden::check;

fn id<const LENGTH: usize>(first: u8) -> [u8; LENGTH] {
    core::array::from_fn(|index| first.wrapping_add(u8::try_from(index).expect("short")))
}

fn at() -> Timestamp {
    Timestamp(1_790_000_000_000)
}

fn profile() -> Profile {
    Profile { name: "Anna 🌿".to_owned(), language: Language::De, time_zone: "Europe/Berlin".to_owned() }
}

fn membership() -> Membership {
    let workspace = WorkspaceName { id: WorkspaceId::from_bytes(id(0x80)), name: "Fernwood".to_owned() };
    Membership { workspace, agent: AgentId::from_bytes(id(0xa0)) }
}

fn picture() -> PictureId {
    PictureId::from_bytes(id(0x78))
}

fn me() -> Me {
    Me {
        email: "anna@example.com".to_owned(),
        profile: profile(),
        has_password: true,
        has_second_factor: false,
        workspaces: vec![membership().workspace],
        has_passkeys: true,
        picture: Some(picture()),
    }
}

fn newcomer() -> Newcomer {
    let Profile { name, language, time_zone } = profile();
    Newcomer { name, password: Some("secret".to_owned()), language, time_zone }
}

fn device() -> Device {
    Device { name: "Firefox on Linux".to_owned(), id: DeviceId::from_bytes(id(0xe0)) }
}

fn session() -> SessionView {
    SessionView {
        id: SessionId::from_bytes(id(0xd0)),
        is_this: true,
        device: device().name,
        created_at: at(),
        used_at: at(),
    }
}

fn passkey() -> PasskeyView {
    PasskeyView {
        id: PasskeyId::from_bytes(id(0x70)),
        name: "Laptop".to_owned(),
        made_at: at(),
        used_at: Some(at()),
        is_synced: true,
    }
}

fn octets(first: u8) -> Octets {
    Octets(id::<5>(first).to_vec())
}

fn used_passkey() -> UsedPasskey {
    UsedPasskey {
        credential: octets(0x30),
        client_data: octets(0x40),
        authenticator_data: octets(0x50),
        signature: octets(0x60),
    }
}

fn moving_passkey() -> MovingPasskey {
    MovingPasskey {
        credential: octets(0x30),
        key: octets(0x38),
        counter: 7,
        may_be_synced: true,
        view: passkey(),
    }
}

fn origin() -> String {
    "https://chat.example.com".to_owned()
}

fn moving() -> Moving {
    Moving {
        link: id(0x40),
        from: AccountId::from_bytes(id(0xc0)),
        email: "new@example.com".to_owned(),
        profile: profile(),
        password: Some("$argon2id$".to_owned()),
        second_factor: Some(MovingSecondFactor {
            secret: id(0x10),
            last_used: 59_666_666,
            recovery_codes: vec![id(0x20)],
        }),
        memberships: vec![membership()],
        devices: vec![device().id],
        device: device().name,
        proof: Proof { at: at() },
        is_by_passkey: true,
        passkeys: vec![moving_passkey()],
        picture: Some(picture()),
    }
}

#[test]
fn pr11_bodies_that_lead_in() {
    let email = || "anna@example.com".to_owned();
    check("mail_request", vec![("reset", MailRequest { email: email(), language: Language::Fr })]);
    let token = || "A".repeat(64);
    check("sign_up_finish", vec![("sign up", SignUpFinish { token: token(), newcomer: newcomer() })]);
    let sign_in = SignInRequest { email: email(), password: "secret".to_owned(), code: None };
    let with_code = SignInRequest { code: Some("123456".to_owned()), ..sign_in.clone() };
    check("sign_in_request", vec![("sign in", sign_in), ("with a second factor", with_code)]);
    check("link_sign_in", vec![("link", LinkSignIn { token: token(), code: None })]);
    let reset = ResetFinish { token: token(), password: "secret".to_owned(), code: None };
    check("reset_finish", vec![("reset", reset)]);
    check("link_finish", vec![("link", LinkFinish { token: token() })]);
    let passwordless =
        Me { has_password: false, has_second_factor: true, workspaces: Vec::new(), picture: None, ..me() };
    check("me", vec![("owner", me()), ("passwordless", passwordless)]);
}

#[test]
fn pr11_bodies_of_settings() {
    check("profile", vec![("profile", profile())]);
    let proof = ProofRequest { password: Some("secret".to_owned()), code: Some("123456".to_owned()) };
    check("proof_request", vec![("proof", proof)]);
    let deletion = AccountDeletion { email: "anna@example.com".to_owned() };
    check("account_deletion", vec![("deletion", deletion)]);
    check("password_change", vec![("password", PasswordChange { password: "secret".to_owned() })]);
    check("session_list", vec![("one", SessionList { sessions: vec![session()] })]);
    let setup = SecondFactorSetup { secret: "GEZDGNBV".to_owned(), address: "otpauth://totp/x".to_owned() };
    check("second_factor_setup", vec![("setup", setup)]);
    check("second_factor_finish", vec![("code", SecondFactorFinish { code: "123456".to_owned() })]);
    check("recovery_codes", vec![("codes", RecoveryCodes { codes: vec!["abcdef-ghijkl".to_owned()] })]);
}

#[test]
fn pr11_calls_to_accounts() {
    let mail = Mail {
        to: "anna@example.com".to_owned(),
        language: Language::De,
        letter: Letter::ConfirmNewAddress { token: "A".repeat(64) },
    };
    let letter =
        Letter::GuardedChange { what: GuardedChange::ApiKey, by: "mara@example.com".to_owned(), at: at() };
    let warning = Mail { to: "anna@example.com".to_owned(), language: Language::Fr, letter };
    let secret = id(0x90);
    let code = || Some("123456".to_owned());
    let email = || "anna@example.com".to_owned();
    let made = MadePasskey { client_data: octets(0x40), attestation: octets(0x48) };
    check(
        "account_call",
        vec![
            ("create", AccountCall::Create { email: email(), newcomer: newcomer(), device: Some(device()) }),
            ("mail sign-up", AccountCall::MailSignUp { email: email(), language: Language::Es }),
            ("finish sign-up", AccountCall::FinishSignUp { secret, newcomer: newcomer(), device: device() }),
            (
                "sign in",
                AccountCall::SignIn { password: "secret".to_owned(), code: code(), device: device() },
            ),
            ("mail sign-in link", AccountCall::MailSignInLink),
            ("finish sign-in link", AccountCall::FinishSignInLink { secret, code: code(), device: device() }),
            ("mail reset", AccountCall::MailReset),
            (
                "finish reset",
                AccountCall::FinishReset {
                    secret,
                    password: "secret".to_owned(),
                    code: code(),
                    device: device(),
                },
            ),
            ("authenticate", AccountCall::Authenticate { secret }),
            ("sign out", AccountCall::SignOut { secret, everywhere: true }),
            ("as", AccountCall::As { secret, request: AccountRequest::Me }),
            ("joined", AccountCall::Joined(membership())),
            ("left", AccountCall::Left { workspace: membership().workspace.id, agent: membership().agent }),
            ("exists", AccountCall::Exists),
            ("deliver", AccountCall::Deliver(Box::new(mail))),
            ("deliver a warning", AccountCall::Deliver(Box::new(warning))),
            ("move in", AccountCall::MoveIn(Box::new(moving()))),
            ("moved out", AccountCall::MovedOut { link: id(0x40), to: AccountId::from_bytes(id(0xc8)) }),
            (
                "sign in by passkey",
                AccountCall::SignInByPasskey { passkey: used_passkey(), origin: origin(), device: device() },
            ),
        ],
    );
    check(
        "account_request",
        vec![
            ("me", AccountRequest::Me),
            ("set profile", AccountRequest::SetProfile(profile())),
            ("prove", AccountRequest::Prove { password: Some("secret".to_owned()), code: code() }),
            ("set password", AccountRequest::SetPassword { password: "secret".to_owned() }),
            ("sessions", AccountRequest::Sessions),
            ("end session", AccountRequest::EndSession(session().id)),
            ("begin second factor", AccountRequest::BeginSecondFactor),
            ("finish second factor", AccountRequest::FinishSecondFactor { code: "123456".to_owned() }),
            ("remove second factor", AccountRequest::RemoveSecondFactor),
            ("renew recovery codes", AccountRequest::RenewRecoveryCodes),
            ("mail new address", AccountRequest::MailNewAddress { email: email() }),
            ("finish new address", AccountRequest::FinishNewAddress { secret }),
            ("passkeys", AccountRequest::Passkeys),
            ("begin passkey", AccountRequest::BeginPasskey { origin: origin() }),
            ("finish passkey", AccountRequest::FinishPasskey { made, origin: origin() }),
            ("rename passkey", AccountRequest::RenamePasskey { id: passkey().id, name: "Key".to_owned() }),
            ("remove passkey", AccountRequest::RemovePasskey(passkey().id)),
            ("begin passkey proof", AccountRequest::BeginPasskeyProof { origin: origin() }),
            (
                "prove by passkey",
                AccountRequest::ProveByPasskey { passkey: used_passkey(), origin: origin() },
            ),
            ("begin picture", AccountRequest::BeginPicture),
            ("show picture", AccountRequest::ShowPicture(picture())),
            ("remove picture", AccountRequest::RemovePicture),
            ("delete", AccountRequest::Delete { left: vec![membership().agent] }),
        ],
    );
}

#[test]
fn pr11_answers_of_accounts() {
    let person = Person {
        email: "anna@example.com".to_owned(),
        name: profile().name,
        language: Language::De,
        session: session().id,
        proof: Proof { at: at() },
        has_second_factor: true,
        memberships: vec![membership()],
        used_second_factor: true,
    };
    let setup = SecondFactorSetup { secret: "GEZDGNBV".to_owned(), address: "otpauth://totp/x".to_owned() };
    let codes = RecoveryCodes { codes: vec!["abcdef-ghijkl".to_owned()] };
    let passkey_setup = PasskeySetup {
        relying_party: "chat.example.com".to_owned(),
        challenge: octets(0x10),
        user: octets(0x20),
        email: "anna@example.com".to_owned(),
        name: profile().name,
        algorithms: vec![-7],
        known: vec![octets(0x30)],
    };
    let question = PasskeyQuestion {
        relying_party: "chat.example.com".to_owned(),
        challenge: octets(0x10),
        known: vec![octets(0x30)],
    };
    check::<CallResult<AccountAnswer>>(
        "account_answer",
        vec![
            ("done", Ok(AccountAnswer::Done)),
            ("signed in", Ok(AccountAnswer::SignedIn { secret: id(0x90), me: Box::new(me()) })),
            ("authenticated", Ok(AccountAnswer::Authenticated(Box::new(person)))),
            ("me", Ok(AccountAnswer::Me(Box::new(me())))),
            ("sessions", Ok(AccountAnswer::Sessions(vec![session()]))),
            ("second factor", Ok(AccountAnswer::SecondFactor(setup))),
            ("recovery codes", Ok(AccountAnswer::RecoveryCodes(codes))),
            ("exists", Ok(AccountAnswer::Exists(true))),
            ("moving", Ok(AccountAnswer::Moving(Box::new(moving())))),
            ("passkeys", Ok(AccountAnswer::Passkeys(vec![passkey()]))),
            ("passkey setup", Ok(AccountAnswer::PasskeySetup(Box::new(passkey_setup)))),
            ("passkey question", Ok(AccountAnswer::PasskeyQuestion(question))),
            ("passkey moved", Ok(AccountAnswer::PasskeyMoved(AccountId::from_bytes(id(0xc8))))),
            ("picture", Ok(AccountAnswer::Picture(picture()))),
            ("refused", Err(Reject { code: Code::RateLimited, retry_after: Some(1) })),
        ],
    );
}

#[test]
fn pr11_calls_that_count() {
    check(
        "rate_call",
        vec![
            ("take, sign-in", RateCall::Take(Budget::SignIn)),
            ("take, mail", RateCall::Take(Budget::Mail)),
            ("give back", RateCall::GiveBack(Budget::SignIn)),
            ("take, new visitor", RateCall::Take(Budget::NewVisitor)),
        ],
    );
    check::<CallResult<RateAnswer>>(
        "rate_answer",
        vec![("done", Ok(RateAnswer::Done)), ("crowded", Ok(RateAnswer::Crowded))],
    );
}
