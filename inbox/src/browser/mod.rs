//! The browser as the inbox uses it: clock, words of dates, focus, keys, the clipboard, settings. Decides nothing.

pub(crate) mod arrival;
pub(crate) mod attention;
pub(crate) mod badge;
pub(crate) mod clipboard;
pub(crate) mod clock;
pub(crate) mod focus;
pub(crate) mod fragment;
pub(crate) mod intl;
pub(crate) mod keyed;
pub(crate) mod keys;
pub(crate) mod locale;
pub(crate) mod lock;
pub(crate) mod names;
pub(crate) mod notification;
pub(crate) mod passkeys;
pub(crate) mod preview;
pub(crate) mod scroll;
pub(crate) mod settings;
pub(crate) mod typing;
