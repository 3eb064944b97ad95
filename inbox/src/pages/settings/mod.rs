//! The settings of a workspace.

mod api_keys;
mod audit;
mod frame;
mod general;
mod identity_how_to;
mod invitations;
mod new_api_key;
mod new_site;
mod ownership;
mod people;
mod role_editor;
mod roles;
mod second_factor;
mod site;
mod site_form;
mod site_identity;
mod site_install;
mod site_settings;
mod sites;

pub(crate) use api_keys::ApiKeys;
pub(crate) use audit::AuditPage;
pub(crate) use frame::Settings;
pub(crate) use general::General;
pub(crate) use new_site::NewSite;
pub(crate) use people::People;
pub(crate) use roles::Roles;
pub(crate) use site::SitePage;
pub(crate) use sites::Sites;
