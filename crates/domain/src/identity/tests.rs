//! The proof matrix.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::Mac as _;
use protocol::http::ClaimedProof;
use protocol::{SiteKeyId, WorkspaceId};
use serde_json::{Value, json};

use super::*;
use crate::token::keyed;

/// 23 November 2026.
const NOW: Timestamp = Timestamp(1_795_392_000_000);
const NOW_S: i64 = NOW.0 / 1_000;
const SITE: SiteId = SiteId::from_bytes([2; 16]);
const NEW: &str = "the-newest-secret-of-the-site-0123456789";
const OLD: &str = "the-secret-before-it-0123456789012345678";
const GONE: &str = "a-secret-that-has-ended-0123456789012345";

fn key(of: u8) -> SiteKey {
    SiteKey { workspace: WorkspaceId::from_bytes([1; 16]), key: SiteKeyId::from_bytes([of; 16]) }
}

fn secrets() -> Vec<IdentitySecret> {
    let secret =
        |key_id: &str, secret: &str| IdentitySecret { key_id: key_id.to_owned(), secret: secret.to_owned() };
    vec![secret("ik_new", NEW), secret("ik_old", OLD)]
}

fn ask(mode: IdentityMode, user: Option<&ClaimedUser>) -> Result<Found, Code> {
    let keys = [key(3), key(4)];
    identify(ProvingSite { id: SITE, keys: &keys, mode, secrets: &secrets() }, user, NOW)
}

fn signed(header: &Value, claims: &Value, secret: &str) -> String {
    let body = [header, claims].map(|part| URL_SAFE_NO_PAD.encode(part.to_string())).join(".");
    let mac = keyed(secret.as_bytes()).chain_update(body.as_bytes()).finalize().into_bytes();
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac))
}

fn header() -> Value {
    json!({ "alg": "HS256", "typ": "JWT" })
}

fn claims() -> Value {
    json!({ "sub": "anna", "exp": NOW_S + 600 })
}

fn claims_and(name: &str, value: Value) -> Value {
    let mut claims = claims();
    claims[name] = value;
    claims
}

fn with_jwt(token: &str) -> ClaimedUser {
    let proof = ClaimedProof { jwt: Some(token.to_owned()), user_hash: None };
    ClaimedUser { proof: Some(proof), ..ClaimedUser::default() }
}

fn hash_of(secret: &str, site: SiteId, user: &str) -> String {
    let text = format!("porchlight-identity-v1\n{site}\n{user}");
    let mac = keyed(secret.as_bytes()).chain_update(text.as_bytes()).finalize().into_bytes();
    mac.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn with_hash(user: &str, hash: &str) -> ClaimedUser {
    let proof = ClaimedProof { jwt: None, user_hash: Some(hash.to_owned()) };
    ClaimedUser { id: Some(user.to_owned()), proof: Some(proof), ..ClaimedUser::default() }
}

/// Who it is under `Required`: a proof that is refused there makes nobody known under `Optional` either, and none does
/// under `Off`.
fn check(name: &str, user: &ClaimedUser, expected: Option<&str>) {
    let found = |mode| match ask(mode, Some(user)) {
        Ok(Found::Known { user, identity, .. }) => {
            assert_eq!(identity.user.as_deref(), Some(user.as_str()), "{name}");
            Ok(Some(user))
        }
        Ok(Found::Anonymous { claimed, notice }) => {
            assert!(claimed.is_none_or(|claimed| claimed.user.is_none()), "{name}");
            assert!(notice.is_none() || notice == Some(Code::BadIdentity), "{name}");
            Ok(None)
        }
        Err(code) => Err(code),
    };
    let required = expected.map(|user| Some(user.to_owned())).ok_or(Code::BadIdentity);
    assert_eq!(found(IdentityMode::Required), required, "{name}, required");
    assert_eq!(found(IdentityMode::Optional), Ok(expected.map(str::to_owned)), "{name}, optional");
    assert_eq!(found(IdentityMode::Off), Ok(None), "{name}, off");
}

#[test]
fn id3_a_token_is_good_only_signed_whole_and_as_we_ask_for_it() {
    let good = signed(&header(), &claims(), NEW);
    let [head, body, mac] = good.split('.').collect::<Vec<_>>().try_into().expect("three parts");
    let alg = |alg: &str| signed(&json!({ "alg": alg, "typ": "JWT" }), &claims(), NEW);
    let kid = |kid: Value, secret: &str| signed(&json!({ "alg": "HS256", "kid": kid }), &claims(), secret);
    let unsigned = format!("{}.{body}.", URL_SAFE_NO_PAD.encode(json!({ "alg": "none" }).to_string()));
    let twice = |text: &str| {
        let body = format!("{head}.{}", URL_SAFE_NO_PAD.encode(text));
        let mac = keyed(NEW.as_bytes()).chain_update(body.as_bytes()).finalize().into_bytes();
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac))
    };
    let cases = [
        ("good", good.clone(), true),
        ("under the secret before", signed(&header(), &claims(), OLD), true),
        ("without a typ", signed(&json!({ "alg": "HS256" }), &claims(), NEW), true),
        ("naming the newest", kid(json!("ik_new"), NEW), true),
        ("naming the one before", kid(json!("ik_old"), OLD), true),
        ("naming another than signed it", kid(json!("ik_old"), NEW), false),
        ("unknown kid", kid(json!("ik_other"), NEW), false),
        ("empty kid", kid(json!(""), NEW), false),
        ("kid that is a path", kid(json!("../../dev/null"), ""), false),
        ("kid that is no text", kid(json!(7), NEW), false),
        ("under a secret that ended", signed(&header(), &claims(), GONE), false),
        ("under no secret", signed(&header(), &claims(), ""), false),
        ("under its own key", signed(&header(), &claims(), &key(3).to_string()), false),
        ("alg none", unsigned, false),
        ("alg none, signed", alg("none"), false),
        ("alg None", alg("None"), false),
        ("alg hs256", alg("hs256"), false),
        ("alg HS384", alg("HS384"), false),
        ("alg HS512", alg("HS512"), false),
        ("alg RS256", alg("RS256"), false),
        ("alg ES256", alg("ES256"), false),
        ("alg EdDSA", alg("EdDSA"), false),
        ("alg empty", alg(""), false),
        ("no alg", signed(&json!({ "typ": "JWT" }), &claims(), NEW), false),
        ("another typ", signed(&json!({ "alg": "HS256", "typ": "at+jwt" }), &claims(), NEW), false),
        ("crit", signed(&json!({ "alg": "HS256", "crit": ["exp"] }), &claims(), NEW), false),
        ("empty", String::new(), false),
        ("white space", " ".to_owned(), false),
        ("padded with white space", format!(" {good}"), false),
        ("ending with a line", format!("{good}\n"), false),
        ("no signature", format!("{head}.{body}."), false),
        ("two parts", format!("{head}.{body}"), false),
        ("four parts", format!("{good}.{mac}"), false),
        ("truncated", good[..good.len() - 1].to_owned(), false),
        ("half a signature", format!("{head}.{body}.{}", &mac[..22]), false),
        ("longer signature", format!("{good}AAAA"), false),
        ("padding", format!("{good}="), false),
        ("zeros", format!("{head}.{body}.{}", URL_SAFE_NO_PAD.encode([0; 32])), false),
        ("hexadecimal signature", format!("{head}.{body}.{}", "0".repeat(64)), false),
        (
            "another body",
            format!("{head}.{}.{mac}", URL_SAFE_NO_PAD.encode(claims_and("sub", json!("ben")).to_string())),
            false,
        ),
        ("another header", format!("{}.{body}.{mac}", URL_SAFE_NO_PAD.encode("{\"alg\":\"HS256\"}")), false),
        ("no JSON", twice("sub"), false),
        ("a list", twice("[]"), false),
        ("sub twice", twice(&format!("{{\"sub\":\"anna\",\"sub\":\"ben\",\"exp\":{}}}", NOW_S + 60)), false),
        ("text after the claims", twice(&format!("{} x", claims())), false),
        ("too long", signed(&header(), &claims_and("x", json!("x".repeat(4_096))), NEW), false),
    ];
    for (name, token, is_good) in cases {
        check(name, &with_jwt(&token), is_good.then_some("anna"));
    }
}

#[test]
fn id4_a_token_is_good_for_this_site_and_this_day_only() {
    let other = SiteKey { workspace: key(3).workspace, key: SiteKeyId::from_bytes([9; 16]) }.to_string();
    let (ours, before, site) = (key(3).to_string(), key(4).to_string(), SITE.to_string());
    let good = [
        ("exp in a second", "exp", json!(NOW_S + 1)),
        ("exp with a fraction", "exp", json!(NOW_S as f64 + 0.5)),
        ("expired 59 s ago", "exp", json!(NOW_S - 59)),
        ("exp in 24 h", "exp", json!(NOW_S + 86_400)),
        ("exp in 24 h and a minute", "exp", json!(NOW_S + 86_460)),
        ("iat", "iat", json!(NOW_S - 5)),
        ("iat of a clock that runs ahead", "iat", json!(NOW_S + 60)),
        ("nbf", "nbf", json!(NOW_S - 5)),
        ("aud is the key", "aud", json!(ours)),
        ("aud is the key before", "aud", json!(before)),
        ("aud is the site", "aud", json!(site)),
        ("aud is one of several", "aud", json!(["else", ours])),
        ("name that is no text", "name", json!({ "first": "Anna" })),
        ("more claims", "role", json!("admin")),
    ];
    for (name, claim, value) in good {
        check(name, &with_jwt(&signed(&header(), &claims_and(claim, value), NEW)), Some("anna"));
    }
    let bad = [
        ("expired 60 s ago", "exp", json!(NOW_S - 60)),
        ("expired 61 s ago", "exp", json!(NOW_S - 61)),
        ("exp in more than 24 h", "exp", json!(NOW_S + 86_461)),
        ("exp in milliseconds", "exp", json!(NOW.0 + 600_000)),
        ("exp never", "exp", json!(1e300)),
        ("exp long ago", "exp", json!(-1e300)),
        ("exp null", "exp", Value::Null),
        ("exp as text", "exp", json!(format!("{}", NOW_S + 600))),
        ("iat in the future", "iat", json!(NOW_S + 61)),
        ("nbf in the future", "nbf", json!(NOW_S + 61)),
        ("iat as text", "iat", json!("now")),
        ("aud of another site", "aud", json!(other)),
        ("aud of nobody", "aud", json!("")),
        ("aud of others", "aud", json!([other, "else"])),
        ("aud of none", "aud", json!([])),
        ("aud that is no text", "aud", json!(7)),
        ("sub empty", "sub", json!("")),
        ("sub blank", "sub", json!(" ")),
        ("sub padded", "sub", json!("anna ")),
        ("sub with a line", "sub", json!("an\nna")),
        ("sub a number", "sub", json!(7)),
        ("sub null", "sub", Value::Null),
        ("sub too long", "sub", json!("x".repeat(256))),
    ];
    for (name, claim, value) in bad {
        check(name, &with_jwt(&signed(&header(), &claims_and(claim, value), NEW)), None);
    }
    check("no exp", &with_jwt(&signed(&header(), &json!({ "sub": "anna" }), NEW)), None);
    check("no sub", &with_jwt(&signed(&header(), &json!({ "exp": NOW_S + 600 }), NEW)), None);
    let longest = "x".repeat(255);
    let token = signed(&header(), &json!({ "sub": longest, "exp": NOW_S + 600 }), NEW);
    check("longest sub", &with_jwt(&token), Some(&longest));
}

#[test]
fn id5_a_hash_is_good_whole_in_lower_case_and_for_its_own_site_and_person() {
    let good = hash_of(NEW, SITE, "anna");
    let plain = keyed(NEW.as_bytes()).chain_update(b"anna").finalize().into_bytes();
    let plain: String = plain.iter().map(|byte| format!("{byte:02x}")).collect();
    let cases = [
        ("good", "anna", good.clone(), true),
        ("under the secret before", "anna", hash_of(OLD, SITE, "anna"), true),
        ("under a secret that ended", "anna", hash_of(GONE, SITE, "anna"), false),
        ("under no secret", "anna", hash_of("", SITE, "anna"), false),
        ("of somebody else", "ben", good.clone(), false),
        ("in other case", "Anna", good.clone(), false),
        ("of another site", "anna", hash_of(NEW, SiteId::from_bytes([3; 16]), "anna"), false),
        ("for another purpose", "anna", plain, false),
        ("of the e-mail address", "anna", hash_of(NEW, SITE, "anna@example.com"), false),
        ("empty", "anna", String::new(), false),
        ("white space", "anna", " ".to_owned(), false),
        ("padded", "anna", format!("{good} "), false),
        ("upper case", "anna", good.to_uppercase(), false),
        ("the first 32", "anna", good[..32].to_owned(), false),
        ("one short", "anna", good[..63].to_owned(), false),
        ("one more", "anna", format!("{good}0"), false),
        ("zeros", "anna", "0".repeat(64), false),
        ("no id", "", hash_of(NEW, SITE, ""), false),
        ("blank id", " ", hash_of(NEW, SITE, " "), false),
        ("id with a line", "anna\nben", hash_of(NEW, SITE, "anna\nben"), false),
    ];
    for (name, user, hash, is_good) in cases {
        check(name, &with_hash(user, &hash), is_good.then_some(user));
    }
    let no_id = ClaimedUser { id: None, ..with_hash("", &hash_of(NEW, SITE, "")) };
    check("id missing", &no_id, None);
    let both = ClaimedUser {
        proof: Some(ClaimedProof { jwt: Some("spoiled".to_owned()), user_hash: Some(good) }),
        ..with_hash("anna", "")
    };
    check("a spoiled token beside a good hash", &both, None);
}

#[test]
fn id2_without_a_proof_everybody_is_anonymous_and_claims_stay_claims() {
    let page_says = ClaimedUser {
        id: Some("anna".to_owned()),
        name: Some(" An\u{202e}na\n ".to_owned()),
        email: Some("anna@example.com".to_owned()),
        proof: Some(ClaimedProof::default()),
    };
    let stated = |text: &str, is_verified| Some(Stated { text: text.to_owned(), is_verified });
    let claimed =
        VisitorIdentity { user: None, name: stated("Anna", false), email: stated("anna@example.com", false) };
    let nobody =
        ClaimedUser { id: Some("anna".to_owned()), name: Some(" ".to_owned()), ..ClaimedUser::default() };
    for (mode, notice) in [
        (IdentityMode::Off, None),
        (IdentityMode::Optional, None),
        (IdentityMode::Required, Some(Code::IdentityRequired)),
    ] {
        let anonymous = |claimed| Ok(Found::Anonymous { claimed, notice });
        assert_eq!(ask(mode, None), anonymous(None));
        assert_eq!(ask(mode, Some(&nobody)), anonymous(None), "an id alone says nothing");
        assert_eq!(ask(mode, Some(&page_says)), anonymous(Some(claimed.clone())));
    }
    let long = ClaimedUser { name: Some("é".repeat(200)), ..ClaimedUser::default() };
    let Ok(Found::Anonymous { claimed: Some(claimed), .. }) = ask(IdentityMode::Off, Some(&long)) else {
        panic!("a claim");
    };
    assert_eq!(claimed.name, stated(&"é".repeat(40), false), "cut and not refused");
}

#[test]
fn id2_what_is_signed_is_verified_and_what_is_claimed_beside_it_is_not() {
    let stated = |text: &str, is_verified| Some(Stated { text: text.to_owned(), is_verified });
    let claimed = |token: String| ClaimedUser {
        id: Some("ben".to_owned()),
        name: Some("Ben".to_owned()),
        email: Some("ben@example.com".to_owned()),
        ..with_jwt(&token)
    };
    let known = |name, email| {
        let user = "anna".to_owned();
        let identity = VisitorIdentity { user: Some(user.clone()), name, email };
        Ok(Found::Known { user, identity, voucher: voucher_of("ik_new") })
    };
    let bare = signed(&header(), &claims(), NEW);
    assert_eq!(
        ask(IdentityMode::Required, Some(&claimed(bare))),
        known(stated("Ben", false), stated("ben@example.com", false)),
        "the person of the token, whatever the page says"
    );
    let mut full = claims_and("name", json!("Anna"));
    full["email"] = json!("anna@example.com");
    assert_eq!(
        ask(IdentityMode::Optional, Some(&claimed(signed(&header(), &full, NEW)))),
        known(stated("Anna", true), stated("anna@example.com", true))
    );
    let hash =
        ClaimedUser { name: Some("Anna".to_owned()), ..with_hash("anna", &hash_of(NEW, SITE, "anna")) };
    assert_eq!(
        ask(IdentityMode::Optional, Some(&hash)),
        known(stated("Anna", false), None),
        "a hash signs the id only"
    );
}

#[test]
fn id2_a_bad_proof_is_told_where_it_is_optional_and_refused_where_it_is_required() {
    let bad = ClaimedUser { name: Some("Anna".to_owned()), ..with_jwt("spoiled") };
    assert_eq!(ask(IdentityMode::Required, Some(&bad)), Err(Code::BadIdentity));
    let Ok(Found::Anonymous { claimed, notice }) = ask(IdentityMode::Optional, Some(&bad)) else {
        panic!("anonymous");
    };
    assert_eq!(notice, Some(Code::BadIdentity));
    assert!(claimed.is_some_and(|claimed| claimed.user.is_none()));
}

#[test]
fn id10_what_is_known_says_by_which_secret_it_was_proven() {
    let by = |user: &ClaimedUser| match ask(IdentityMode::Required, Some(user)) {
        Ok(Found::Known { voucher, .. }) => voucher,
        other => panic!("known: {other:?}"),
    };
    for (secret, key_id) in [(NEW, "ik_new"), (OLD, "ik_old")] {
        assert_eq!(by(&with_jwt(&signed(&header(), &claims(), secret))), voucher_of(key_id), "{key_id}");
        assert_eq!(by(&with_hash("anna", &hash_of(secret, SITE, "anna"))), voucher_of(key_id), "{key_id}");
    }
    assert_ne!(voucher_of("ik_new"), voucher_of("ik_old"));
}
