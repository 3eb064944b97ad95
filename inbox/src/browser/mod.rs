//! The browser as the inbox uses it: clock, words of dates, focus, keys, settings. Decides nothing.

pub(crate) mod attention;
pub(crate) mod clock;
pub(crate) mod focus;
pub(crate) mod intl;
pub(crate) mod keyed;
pub(crate) mod keys;
pub(crate) mod lock;
pub(crate) mod scroll;
pub(crate) mod settings;
