//! The types that cross a boundary: sockets, HTTP, calls between objects, the browser's storage.
//!
//! Widget, inbox, Worker and tests share this crate and nothing else. It holds shapes, limits and codecs; it decides
//! nothing. What visitors may see ([`PublicKind`]) and what only agents may see ([`PrivateKind`]) are different types:
//! a [`VisitorFrame`] has no place for a note.
//!
//! A change here changes `docs/SPEC.md` and the golden files in `tests/wire` in the same commit.

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

mod amendment;
#[cfg(feature = "api")]
pub mod api;
pub mod assignment;
pub mod availability;
pub mod call;
pub mod civil;
pub mod claims;
pub mod codec;
pub mod command;
pub mod contact;
pub mod csv;
pub mod event;
pub mod failure;
pub mod feed;
pub mod file;
pub mod file_name;
pub mod filter;
pub mod frame;
pub mod handling;
pub mod home;
pub mod http;
pub mod identity;
pub mod ids;
pub mod index;
pub mod limits;
pub mod macro_step;
pub mod mail;
pub mod mention;
mod octets;
pub mod page;
pub mod permission;
pub mod private_chat;
pub mod rating;
pub mod reject;
pub mod report;
pub mod saved;
pub mod saying;
pub mod scope;
pub mod search;
pub mod seq;
pub mod set;
pub mod shelf;
pub mod site_key;
pub mod step;
pub mod storage_manifest;
pub mod team;
pub mod text;
pub mod transcript;
pub mod wait;
pub mod work;

pub use assignment::{Assignment, AssignmentWay};
pub use availability::{AgentAvailability, Availability, AvailabilityChoice};
pub use claims::{AgentTicket, PasskeyCeremony, PasskeyChallenge, SocketTarget, VisitPass, VisitorClaims};
pub use codec::{Codec, Undecodable};
pub use command::{AgentCommand, Submission, VisitorCommand};
pub use contact::{Contact, ContactPosition};
pub use event::{
    AgentEvent, AgentKind, AgentProfile, Author, Event, MessageName, PrivateKind, PublicEvent, PublicKind,
    Status, Writer,
};
pub use failure::Failure;
pub use feed::{FeedFrame, FeedRequest};
pub use file::{File, MediaType, PictureSize};
pub use file_name::FileName;
pub use filter::{Condition, Fact, FilterEntry, FilterGroup, FilterRule, Join, Whose, WithTeam};
pub use frame::{
    AgentFrame, AgentRequest, Aside, Audience, ClientFrame, Cursor, ForAgents, ForVisitors, Hello, Knowledge,
    Nothing, ReadMarks, Refusal, Resume, ServerFrame, TeamPresence, VisitorFrame, VisitorPresence,
    VisitorRequest, Welcome,
};
pub use handling::{Handling, Label, Placement, Priority};
pub use home::{HomeConversation, HomeView, HomeWanted, ReplyTime, VisitorHome};
pub use identity::{Stated, VisitorIdentity};
pub use ids::{
    AccountId, AgentId, ApiKeyId, CannedId, ClientMessageId, ConversationId, DeviceId, EntityTag, Epoch,
    FileId, FilterId, InvitationId, MalformedId, Nonce, OpenerId, OutboxId, PasskeyId, PictureId, RoleId,
    SessionId, SiteId, SiteKeyId, TabId, TeamId, UploadId, VisitId, VisitorId, VoucherId, WorkspaceId,
};
pub use index::{ConversationDigest, IndexEntry, IndexPosition, Preview};
pub use macro_step::MacroStep;
pub use mention::MentionEntry;
pub use octets::Octets;
pub use page::Page;
pub use permission::{Permission, Permissions, Role};
pub use private_chat::{
    ChatForm, Circle, Gathering, GatheringStep, PrivateChatDigest, PrivateChatEntry, Unread,
};
pub use rating::{Rating, Stars};
pub use reject::{CloseCode, Code, Reject};
pub use report::{
    ClockSetting, DayFigures, Figures, Milestone, MilestoneKind, Report, ReportLine, ReportQuery, Spread,
};
pub use saved::SavedMessage;
pub use saying::Saying;
pub use scope::{Scope, Scopes};
pub use search::{
    FoundConversation, FoundLine, Passage, PassageLine, SearchField, SearchPage, SearchPosition, SearchQuery,
    Snippet,
};
pub use seq::{Seq, Timestamp};
pub use set::{Member, Set};
pub use shelf::{ListView, Shelf, ShelfCounts, SiteCounts};
pub use site_key::SiteKey;
pub use step::Step;
pub use team::{Team, TeamCount, TeamEntry};
pub use text::MessageText;
pub use transcript::{Transcript, TranscriptLine, TranscriptWanted};
pub use wait::{Wait, WaitView, WaitWanted, WaitWords};
