//! Small parts that show what they are given and report what was done. They know no rule and no engine.

mod account_menu;
mod avatar;
mod banner;
mod brand;
mod bubble;
mod composer;
mod conversation_list;
mod details_pane;
mod empty;
mod help_dialog;
mod icon;
mod list_item;
mod message_log;
mod quiet;
mod tabs;
mod thread_header;
mod time_mark;

pub(crate) use account_menu::AccountMenu;
pub(crate) use avatar::Avatar;
pub(crate) use banner::Banner;
pub(crate) use brand::Brand;
pub(crate) use bubble::Remedies;
pub(crate) use composer::{Composer, FIELD as COMPOSER_FIELD};
pub(crate) use conversation_list::{ConversationList, ListHandle};
pub(crate) use details_pane::{DetailsPane, VisitorFacts};
pub(crate) use empty::Empty;
pub(crate) use help_dialog::HelpDialog;
pub(crate) use icon::{Icon, Shape};
pub(crate) use message_log::MessageLog;
pub(crate) use thread_header::{DETAILS_TOGGLE, HEADING, ThreadHeader};
