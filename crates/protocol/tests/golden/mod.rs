//! Golden files, shared by the tests of the wire types.

use core::fmt::Write as _;

use protocol::codec;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// Compares samples of a type with its golden file, in both codecs, and reads them back.
pub(crate) fn check<T: Serialize + DeserializeOwned + PartialEq>(name: &str, samples: Vec<(&str, T)>) {
    let mut golden = String::new();
    for (sample, value) in samples {
        let bytes = codec::to_bytes(&value);
        let text = codec::to_text(&value);
        assert!(
            codec::from_bytes::<T>(&bytes) == Ok(value_of(&text)),
            "{name} {sample}: postcard and JSON differ"
        );
        assert!(codec::from_bytes::<T>(&bytes).is_ok_and(|read| read == value), "{name} {sample}: postcard");
        let hex = bytes.iter().fold(String::new(), |mut hex, byte| {
            let _ = write!(hex, "{byte:02x}");
            hex
        });
        let _ = write!(golden, "{sample}\n  {text}\n  {hex}\n");
    }
    insta::with_settings!({
        snapshot_path => concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/wire"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, golden) });
}

fn value_of<T: DeserializeOwned>(text: &str) -> T {
    codec::from_text(text).unwrap_or_else(|error| panic!("{error:?}: {text}"))
}
