//! Everything that is read from text by hand: messages, pages, ids, keys, tokens, addresses, what a browser kept.

use std::fmt::Display;
use std::str::FromStr;

use domain::account::{Email, SessionToken};
use domain::token::verify;
use domain::workspace::{ApiKeyText, Origin};
use protocol::limits::{MESSAGE_BYTES, PAGE_FIELD_BYTES, PREVIEW_CHARACTERS};
use protocol::{
    AgentCommand, AgentId, AgentTicket, Author, ClientMessageId, Code, Codec, ConversationId, Epoch,
    MessageText, Nonce, OutboxId, Page, Preview, SavedMessage, Seq, SiteId, SiteKey, TabId, Timestamp,
    VisitorClaims, VisitorCommand, VisitorId, WorkspaceId,
};

/// Text means one thing or nothing, and what was made of it means the same again (SPEC PR13).
pub fn text(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    message(&text);
    page(&text);
    spelled_once::<AgentId>(&text);
    spelled_once::<ClientMessageId>(&text);
    spelled_once::<ConversationId>(&text);
    spelled_once::<Epoch>(&text);
    spelled_once::<Nonce>(&text);
    spelled_once::<OutboxId>(&text);
    spelled_once::<SiteId>(&text);
    spelled_once::<SiteKey>(&text);
    spelled_once::<TabId>(&text);
    spelled_once::<VisitorId>(&text);
    spelled_once::<WorkspaceId>(&text);
    saved(&text);
    credentials(&text);
    if let Some(codec) = Codec::offered(&text) {
        assert!(text.contains(codec.subprotocol()));
    }
}

/// A message is legal or refused, and legal text is legal as it stands (SPEC CV2).
fn message(text: &str) {
    let parsed = match MessageText::parse(text) {
        Ok(parsed) => parsed,
        Err(code) => {
            assert!(matches!(code, Code::TooLong | Code::BadText | Code::Empty), "{code:?}");
            return;
        }
    };
    let legal = parsed.as_str();
    assert!((1..=MESSAGE_BYTES).contains(&legal.len()));
    assert!(!legal.chars().any(|character| character.is_control() && !matches!(character, '\t' | '\n')));
    assert_eq!(MessageText::parse(legal).as_ref(), Ok(&parsed));
    let preview = Preview::of(Author::Visitor, Seq(1), &parsed).text;
    assert!(preview.chars().count() <= PREVIEW_CHARACTERS && !preview.contains(['\n', '\t']));
}

/// A page is cut and never refused, and once is enough (SPEC CV9).
fn page(text: &str) {
    let (one, other) = text.split_once('|').unwrap_or((text, ""));
    let page = Page { url: one.to_owned(), title: other.to_owned(), referrer: text.to_owned() }.tidied();
    for field in [&page.url, &page.title, &page.referrer] {
        assert!(field.len() <= PAGE_FIELD_BYTES && !field.contains(char::is_control));
    }
    assert_eq!(page.clone().tidied(), page, "tidied once and twice differ");
}

/// Ids and keys have one spelling (SPEC PR1, PR2).
fn spelled_once<T: FromStr + Display>(text: &str) {
    if let Ok(value) = text.parse::<T>() {
        assert_eq!(value.to_string(), text);
    }
}

/// What a browser kept of an outbox is taken up whole or not at all.
fn saved(text: &str) {
    if let Some(saved) = SavedMessage::<VisitorCommand>::from_text(text) {
        assert_eq!(SavedMessage::from_text(&saved.to_text()), Some(saved));
    }
    if let Some(saved) = SavedMessage::<AgentCommand>::from_text(text) {
        assert_eq!(SavedMessage::from_text(&saved.to_text()), Some(saved));
    }
}

/// Nothing that was not signed is a credential (SPEC AC5); session tokens, API keys and addresses have one spelling (SPEC AP1,
/// AP6, AK1).
fn credentials(text: &str) {
    assert!(verify::<VisitorClaims>(b"a secret", text, Timestamp(0)).is_none());
    assert!(verify::<AgentTicket>(b"a secret", text, Timestamp(0)).is_none());
    if let Some(token) = SessionToken::parse(text) {
        assert_eq!(token.to_text(), text);
    }
    if let Some(key) = ApiKeyText::parse(text) {
        assert_eq!(key.to_text(), text);
    }
    if let Ok(email) = Email::parse(text) {
        assert_eq!(Email::parse(email.as_str()).as_ref(), Ok(&email));
    }
    if let Some(origin) = Origin::parse(text) {
        assert_eq!(Origin::parse(origin.as_str()).as_ref(), Some(&origin));
        let _ = origin.is_localhost();
    }
}
