//! Golden bytes of what concerns passkeys.

mod golden;

use protocol::http::passkey::{
    MadePasskey, PasskeyList, PasskeyName, PasskeyQuestion, PasskeySetup, PasskeySignIn, PasskeyView,
    UsedPasskey,
};
use protocol::{DeviceId, Nonce, Octets, PasskeyCeremony, PasskeyChallenge, PasskeyId, SessionId, Timestamp};

use self::golden::check;

fn octets(first: u8) -> Octets {
    Octets((first..=first + 4).collect())
}

fn at() -> Timestamp {
    Timestamp(1_790_000_000_000)
}

#[test]
fn pr11_bodies_of_passkeys() {
    let view = PasskeyView {
        id: PasskeyId::from_bytes([0x70; 16]),
        name: "Laptop 🌿".to_owned(),
        made_at: at(),
        used_at: Some(at()),
        is_synced: true,
    };
    let unused = PasskeyView { used_at: None, is_synced: false, ..view.clone() };
    check("passkey_list", vec![("two", PasskeyList { passkeys: vec![view, unused] })]);
    let setup = PasskeySetup {
        relying_party: "chat.example.com".to_owned(),
        challenge: octets(0x10),
        user: octets(0x20),
        email: "anna@example.com".to_owned(),
        name: "Anna 🌿".to_owned(),
        algorithms: vec![-7, -257],
        known: vec![octets(0x30)],
    };
    check("passkey_setup", vec![("setup", setup)]);
    let made = MadePasskey { client_data: octets(0x40), attestation: octets(0xfb) };
    check("made_passkey", vec![("made", made)]);
    let question = PasskeyQuestion {
        relying_party: "chat.example.com".to_owned(),
        challenge: octets(0x10),
        known: vec![octets(0x30)],
    };
    let open = PasskeyQuestion { known: Vec::new(), ..question.clone() };
    check("passkey_question", vec![("of somebody", question), ("of whomever", open)]);
    let passkey = UsedPasskey {
        credential: octets(0x30),
        client_data: octets(0x40),
        authenticator_data: octets(0x50),
        signature: octets(0x60),
    };
    check("used_passkey", vec![("used", passkey.clone())]);
    check("passkey_sign_in", vec![("sign in", PasskeySignIn { user: octets(0x20), passkey })]);
    check("passkey_name", vec![("name", PasskeyName { name: "Laptop".to_owned() })]);
}

#[test]
fn pr11_challenges_of_passkeys() {
    let challenge =
        |ceremony| PasskeyChallenge { ceremony, nonce: Nonce::from_bytes([0xb0; 16]), expires_at: at() };
    let session = SessionId::from_bytes([0xd0; 16]);
    check(
        "passkey_challenge",
        vec![
            ("add", challenge(PasskeyCeremony::Add(session))),
            ("prove", challenge(PasskeyCeremony::Prove(session))),
            ("sign in", challenge(PasskeyCeremony::SignIn(DeviceId::from_bytes([0xe0; 16])))),
        ],
    );
}
