//! What the fuzzer runs: for each target a function that takes any bytes and panics where a promise is broken.
//!
//! cargo-fuzz builds them from `targets/` with the fuzzer around them (`cargo xtask fuzz`); the test `replay` gives them
//! every committed input of `corpus/` and `regressions/`, with the stable compiler and in seconds.

mod conversation;
mod engine;
mod feed;
mod json;
mod markup;
mod postcard_codec;
mod reader;
mod round_trip;
mod text;

pub use conversation::conversation;
pub use engine::engine;
pub use feed::feed;
pub use json::json;
pub use markup::markup;
pub use postcard_codec::postcard;
pub use text::text;

/// A function that may panic on no input.
#[derive(Debug, Clone, Copy)]
pub struct Target {
    /// Its name: that of its program, of its corpus and of its regressions.
    pub name: &'static str,
    /// The rule of `docs/SPEC.md` that it attacks first.
    pub rule: &'static str,
    /// The function.
    pub run: fn(&[u8]),
}

/// All there are.
pub const TARGETS: [Target; 7] = [
    Target { name: "postcard", rule: "pr13", run: postcard },
    Target { name: "json", rule: "pr13", run: json },
    Target { name: "text", rule: "pr13", run: text },
    Target { name: "conversation", rule: "cv8", run: conversation },
    Target { name: "engine", rule: "sy35", run: engine },
    Target { name: "feed", rule: "sy37", run: feed },
    Target { name: "markup", rule: "mk8", run: markup },
];
