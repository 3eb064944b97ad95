//! Decoding is total: no bytes and no text panic, and what was written is read back.

use proptest::prelude::*;
use protocol::api::{MessageId, Place, Prefixed};
use protocol::codec::{from_bytes, from_text, to_bytes, to_text};
use protocol::{
    AgentFrame, AgentRequest, ClientFrame, ClientMessageId, ConversationId, FeedFrame, FeedRequest,
    MessageText, OutboxId, SavedMessage, SiteKey, Submission, VisitorCommand, VisitorFrame, VisitorRequest,
};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn pr13_no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
        let versioned = [&[protocol::codec::VERSION], bytes.as_slice()].concat();
        for bytes in [bytes.as_slice(), &versioned] {
            let _ = from_bytes::<VisitorRequest>(bytes);
            let _ = from_bytes::<AgentRequest>(bytes);
            let _ = from_bytes::<VisitorFrame>(bytes);
            let _ = from_bytes::<AgentFrame>(bytes);
            let _ = from_bytes::<FeedRequest>(bytes);
            let _ = from_bytes::<FeedFrame>(bytes);
        }
    }

    #[test]
    fn pr13_no_text_panics(text in ".{0,200}", json in r#"\{"v":[0-9]{1,3},"frame":\{"(hello|submit|read|typing|page)":[\[\]{}a-z0-9:",.-]{0,80}\}\}"#) {
        for text in [&text, &json] {
            let _ = from_text::<VisitorRequest>(text);
            let _ = from_text::<AgentRequest>(text);
            let _ = from_text::<FeedRequest>(text);
            let _ = MessageText::parse(text);
            let _ = text.parse::<SiteKey>();
            let _ = SavedMessage::<VisitorCommand>::from_text(text);
        }
    }

    #[test]
    fn pr13_no_id_and_no_cursor_of_the_api_panics_and_each_has_one_spelling(
        text in r"(msg_|site_|conv_)?([0-9a-fA-F+é]{0,70}|.{0,40})",
        cursor in "[A-Za-z0-9_=-]{0,90}",
    ) {
        for text in [&text, &cursor] {
            if let Ok(id) = text.parse::<Prefixed<MessageId>>() {
                prop_assert_eq!(&id.to_string(), text);
            }
            if let Ok(id) = text.parse::<Prefixed<ConversationId>>() {
                prop_assert_eq!(&id.to_string(), text);
            }
            if let Some(place) = Place::of_cursor(text) {
                prop_assert_eq!(Place::of_cursor(&place.to_cursor()), Some(place));
            }
        }
    }

    #[test]
    fn pr13_what_was_written_is_read_back(text in any::<String>(), id in any::<[u8; 16]>(), number in any::<u64>()) {
        let frame: VisitorRequest = ClientFrame::Submit(Submission {
            client_message_id: ClientMessageId::from_bytes(id),
            outbox: OutboxId::from_bytes(id),
            number,
            command: VisitorCommand::Message { text },
        });
        prop_assert!(from_bytes(&to_bytes(&frame)).as_ref() == Ok(&frame));
        prop_assert!(from_text(&to_text(&frame)).as_ref() == Ok(&frame));
    }

    #[test]
    fn cv2_parsed_text_parses_to_itself(text in any::<String>()) {
        if let Ok(parsed) = MessageText::parse(&text) {
            prop_assert_eq!(MessageText::parse(parsed.as_str()), Ok(parsed.clone()));
        }
    }
}
