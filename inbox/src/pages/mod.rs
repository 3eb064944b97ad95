//! One module a page: reads signals, hands inputs to the engine, and leaves the looks to `components`.

mod begin;
mod choose;
mod commands;
mod contacts;
mod conversation;
mod desk;
mod door;
mod filters;
mod later;
mod not_found;
mod notices;
mod proving;
mod reports;
mod room;
mod search;
mod settings;
mod signed_in;
mod visitors;
mod you;

pub(crate) use begin::{Home, NewWorkspace};
pub(crate) use choose::Choose;
pub(crate) use contacts::{ContactPage, ContactsPage, VisitorsPage};
pub(crate) use conversation::{ConversationPage, PrivateChatPage};
pub(crate) use desk::Desk;
pub(crate) use door::{Join, NewAddress, Reset, SignIn, SignInLink, SignUp, Threshold};
pub(crate) use not_found::NotFound;
pub(crate) use notices::NotificationsPage;
pub(crate) use reports::ReportsPage;
pub(crate) use room::Room;
pub(crate) use settings::{
    ApiKeys, AuditPage, BlockedPage, CannedPage, General, MacrosPage, NewSite, People, Roles, Settings,
    SitePage, Sites, TeamsPage,
};
pub(crate) use signed_in::SignedInOnly;
pub(crate) use you::{ProfilePage, Security, Sessions, You};
