//! The settings of a workspace: pages that most visits of the inbox never need, in a part of their own.

mod api_keys;
mod assignments;
mod audit;
mod blocked;
mod canned;
mod canned_editor;
mod frame;
mod general;
mod identity_how_to;
mod invitations;
mod macro_editor;
mod new_api_key;
mod new_site;
mod ownership;
mod people;
mod retention;
mod role_editor;
mod roles;
mod second_factor;
mod site;
mod site_departments;
mod site_form;
mod site_hours;
mod site_identity;
mod site_install;
mod site_look;
mod site_preview;
mod site_proactive;
mod site_questions;
mod site_settings;
mod site_visits;
mod sites;
mod team_editor;
mod teams;

pub(super) use frame::Guarded;

use super::later::later;

sync_web::part!(settings);

later!(settings, Settings, frame::Settings);
later!(settings, General, general::General);
later!(settings, People, people::People);
later!(settings, Roles, roles::Roles);
later!(settings, Sites, sites::Sites);
later!(settings, NewSite, new_site::NewSite);
later!(settings, SitePage, site::SitePage);
later!(settings, ApiKeys, api_keys::ApiKeys);
later!(settings, AuditPage, audit::AuditPage);
later!(settings, CannedPage, canned::CannedPage);
later!(settings, MacrosPage, canned::MacrosPage);
later!(settings, TeamsPage, teams::TeamsPage);
later!(settings, BlockedPage, blocked::BlockedPage);
