//! A workspace: its people and what they may do to each other, where its sites may be shown, and which news of a
//! conversation is new.

mod api_key;
mod assignment;
mod audit;
mod availability;
mod canned;
mod contact;
mod demand;
mod department;
mod filter;
mod home;
mod hours;
mod index;
mod install;
mod invitation;
mod line;
mod look;
mod macros;
mod mentions;
mod metrics;
mod origin;
mod overlap;
mod people;
mod proactive;
mod question;
mod quota;
mod reception;
mod report;
mod retention;
mod roles;
mod site;
mod standing;
mod team;
mod welcoming;

pub use api_key::{ApiKey, ApiKeyText, api_key_digest, api_key_id, scope_of};
pub use assignment::{
    GIVEN_ANEW_MS, Given, Hand, Waiting, Ways, distribute, reached, rescued_at, tidied_assignment,
    waits_for_answer,
};
pub use audit::{guarded_change, hears_of_guarded_changes, refusal_is_noted};
pub use availability::{Attention, availability};
pub use canned::{canned_fits, canned_text};
pub use contact::{acquaintance, contact_columns, contact_line};
pub use demand::Demand;
pub use department::{chosen_team, tidied_departments};
pub use filter::{Onlooker, days_before, filter_has_room, filter_text, fits, may_be_asked};
pub use home::{OwnConversations, REPLY_WINDOW_MS, answerers, reply_time, usual_response};
pub use hours::{Zone, openings, tidied_hours};
pub use index::{Tally, counts, supersedes, supersedes_privately};
pub use install::{Delivered, PAGE_BYTES, SiteTag, find_tag, may_check_install, redirected};
pub use invitation::{
    INVITATION_MAIL_WINDOW_MS, OpenInvitation, invitation_digest, may_invite_one_more, may_mail_invitation,
};
pub use line::{InLine, is_staffed, told_wait};
pub use look::tidied_look;
pub use mentions::{may_name_somebody, named_in};
pub use metrics::Metrics;
pub use origin::{AllowedOrigin, Origin, may_embed};
pub use overlap::{ends_after_rotation, is_good};
pub use people::Member;
pub(crate) use proactive::tidied_words;
pub use proactive::{is_proactive, proactive_rules, tidied_proactive};
pub use question::{judged, tidied_questions};
pub use quota::Spending;
pub use reception::{changed_in_reception, tidied_reception};
pub use report::{Measured, Reporting};
pub use retention::{RETENTION_LOOK_MS, kept_since, retention_days};
pub use roles::draw_role;
pub use site::{bad_field, changed_fields, is_guarded, tidied};
pub use standing::Standing;
pub use team::{draw_team, entries_of_teams};
pub use welcoming::welcoming;
