//! Passkeys as the browser offers them (Web Authentication). Says what was signed, or why nothing was.

use js_sys::{Array, Function, JsString, Object, Promise, Reflect, Uint8Array};
use leptos::prelude::window;
use protocol::Octets;
use protocol::http::passkey::{MadePasskey, PasskeyQuestion, PasskeySetup, PasskeySignIn, UsedPasskey};
use protocol::limits::PASSKEY_CHALLENGE_MS;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortSignal;

/// The interface that browsers with passkeys have.
const INTERFACE: &str = "PublicKeyCredential";

/// Why there is no passkey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPasskey {
    /// The person did not want to, or had none, or another question took its place. Browsers do not tell these apart.
    Given,
    /// The device has one of this account.
    Known,
    /// The browser cannot.
    Possible,
}

/// How somebody is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asking {
    /// At once, by the browser's dialog.
    Plainly,
    /// Among what the browser offers to fill in, whenever the person likes.
    InPassing,
}

/// Whether this browser knows passkeys.
pub(crate) fn are_known() -> bool {
    Reflect::has(&window(), &INTERFACE.into()).unwrap_or_default()
}

/// Whether they can be offered among what the browser fills in.
pub(crate) async fn can_be_filled_in() -> bool {
    let asked = async {
        let interface = Reflect::get(&window(), &INTERFACE.into())?;
        let ask = Reflect::get(&interface, &"isConditionalMediationAvailable".into())?;
        let answer = ask.dyn_into::<Function>()?.call0(&interface)?;
        JsFuture::from(answer.dyn_into::<Promise>()?).await
    };
    asked.await.is_ok_and(|answer| answer.is_truthy())
}

/// Has a passkey made.
pub(crate) async fn make(setup: &PasskeySetup) -> Result<MadePasskey, NoPasskey> {
    let kinds = setup
        .algorithms
        .iter()
        .map(|algorithm| object(&[("type", &"public-key".into()), ("alg", &JsValue::from(*algorithm))]));
    let relying_party = object(&[("id", &text(&setup.relying_party)), ("name", &"Porchlight".into())]);
    let user = object(&[
        ("id", &bytes(&setup.user)),
        ("name", &text(&setup.email)),
        ("displayName", &text(&setup.name)),
    ]);
    let selection = object(&[
        ("residentKey", &"required".into()),
        ("requireResidentKey", &JsValue::TRUE),
        ("userVerification", &"required".into()),
    ]);
    let options = object(&[
        ("rp", &relying_party),
        ("user", &user),
        ("challenge", &bytes(&setup.challenge)),
        ("pubKeyCredParams", &kinds.collect::<Array>()),
        ("timeout", &timeout()),
        ("excludeCredentials", &credentials(&setup.known)),
        ("authenticatorSelection", &selection),
        ("attestation", &"none".into()),
    ]);
    let credential = ask("create", &object(&[("publicKey", &options)])).await?;
    let made = || {
        let response = Reflect::get(&credential, &"response".into()).ok()?;
        Some(MadePasskey {
            client_data: octets(&response, "clientDataJSON")?,
            attestation: octets(&response, "attestationObject")?,
        })
    };
    made().ok_or(NoPasskey::Possible)
}

/// Has a passkey used.
pub(crate) async fn used(
    question: &PasskeyQuestion,
    asking: Asking,
    signal: &AbortSignal,
) -> Result<PasskeySignIn, NoPasskey> {
    let options = object(&[
        ("challenge", &bytes(&question.challenge)),
        ("rpId", &text(&question.relying_party)),
        ("timeout", &timeout()),
        ("allowCredentials", &credentials(&question.known)),
        ("userVerification", &"required".into()),
    ]);
    let mediation = match asking {
        Asking::Plainly => "optional",
        Asking::InPassing => "conditional",
    };
    let request = object(&[("publicKey", &options), ("mediation", &mediation.into()), ("signal", signal)]);
    let credential = ask("get", &request).await?;
    let used = || {
        let response = Reflect::get(&credential, &"response".into()).ok()?;
        let passkey = UsedPasskey {
            credential: octets(&credential, "rawId")?,
            client_data: octets(&response, "clientDataJSON")?,
            authenticator_data: octets(&response, "authenticatorData")?,
            signature: octets(&response, "signature")?,
        };
        Some(PasskeySignIn { user: octets(&response, "userHandle").unwrap_or_default(), passkey })
    };
    used().ok_or(NoPasskey::Possible)
}

async fn ask(method: &str, options: &JsValue) -> Result<JsValue, NoPasskey> {
    let asked = async {
        let credentials = Reflect::get(&window().navigator(), &"credentials".into())?;
        let method = Reflect::get(&credentials, &method.into())?.dyn_into::<Function>()?;
        let answer = method.call1(&credentials, options)?;
        JsFuture::from(answer.dyn_into::<Promise>()?).await
    };
    match asked.await {
        Ok(credential) if credential.is_object() => Ok(credential),
        Ok(_) => Err(NoPasskey::Given),
        Err(error) => Err(why(&error)),
    }
}

fn why(error: &JsValue) -> NoPasskey {
    let name = Reflect::get(error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("NotAllowedError" | "AbortError") => NoPasskey::Given,
        Some("InvalidStateError") => NoPasskey::Known,
        _ => NoPasskey::Possible,
    }
}

fn credentials(known: &[Octets]) -> JsValue {
    let of = |id: &Octets| object(&[("type", &"public-key".into()), ("id", &bytes(id))]);
    known.iter().map(of).collect::<Array>().into()
}

fn object(fields: &[(&str, &JsValue)]) -> JsValue {
    let object = Object::new();
    for (name, value) in fields {
        // A new object takes every field.
        let _ = Reflect::set(&object, &(*name).into(), value);
    }
    object.into()
}

#[expect(clippy::cast_precision_loss, reason = "minutes, in milliseconds")]
fn timeout() -> JsValue {
    JsValue::from(PASSKEY_CHALLENGE_MS as f64)
}

fn text(text: &str) -> JsValue {
    JsString::from(text).into()
}

fn bytes(octets: &Octets) -> JsValue {
    Uint8Array::from(octets.0.as_slice()).into()
}

/// What stands in a field, if anything does.
fn octets(object: &JsValue, field: &str) -> Option<Octets> {
    let value = Reflect::get(object, &field.into()).ok().filter(JsValue::is_object)?;
    Some(Octets(Uint8Array::new(&value).to_vec()))
}
