//! Mail that the product sends, pure: what a letter looks like, and what a provider is asked for.
//!
//! [`compose`] writes a letter in one of the languages, as a subject, a text and HTML that say the same. [`Mailer`] says
//! by which way mails go, from the deployment's variables; [`Provider`] writes the request to a provider and reads its
//! answer; [`mailbox_page`] shows what a developer's server did not send. Nothing here sends anything, and nothing that a stranger wrote becomes HTML, a header or a subject.

#![cfg_attr(
    not(test),
    deny(
        clippy::arithmetic_side_effects,
        clippy::expect_used,
        clippy::indexing_slicing,
        clippy::panic,
        clippy::string_slice,
        clippy::unreachable
    )
)]

mod address;
mod base_url;
mod binding;
mod date;
mod html;
mod link;
mod mailbox;
mod mailer;
mod message;
mod plain;
mod provider;
mod samples;
mod text;
mod transcript;
mod words;

pub use address::{Sender, is_address};
pub use base_url::BaseUrl;
pub use binding::binding_verdict;
pub use mailbox::{Shown, mailbox_page, sample_language};
pub use mailer::{Api, Mailer, Misconfigured};
pub use message::{Message, compose};
pub use provider::{Envelope, Post, Provider, Verdict};
pub use samples::{LANGUAGES, samples};
pub use words::code_of;
