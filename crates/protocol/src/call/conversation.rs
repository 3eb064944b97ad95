//! Calls to the object of a conversation.

use serde::{Deserialize, Serialize};

use crate::call::{Dismissal, FileRequest, Glance, VisitorAnswers, VisitorAsks, VisitorOpening};
use crate::command::{AgentCommand, Submission};
use crate::event::{AgentEvent, AgentProfile, Status};
use crate::file::File;
use crate::http::question::{Answer, AnswersView};
use crate::identity::VisitorIdentity;
use crate::ids::{
    AgentId, ClientMessageId, EntityTag, Epoch, FileId, SiteId, VisitorId, VoucherId, WorkspaceId,
};
use crate::index::ConversationDigest;
use crate::permission::Permissions;
use crate::private_chat::Circle;
use crate::seq::{Seq, Timestamp};
use crate::text::MessageText;
use crate::transcript::{TranscriptLine, TranscriptWanted};

/// What can be asked of a conversation's object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationCall {
    /// Closes the sockets of those whose right has ended, and voids the tickets and tokens that opened them.
    Dismiss {
        /// Whose.
        ended: Ended,
        /// When the right ended, by the clock of the workspace, which also dates its tickets.
        at: Timestamp,
    },
    /// Deletes the conversation for good, if it is one of this workspace, which has been deleted.
    Erase {
        /// The workspace.
        workspace: WorkspaceId,
    },
    /// Does something for an agent who has no socket, as their workspace vouches for them at this moment.
    As {
        /// In which workspace they act.
        workspace: WorkspaceId,
        /// Who they are there.
        agent: AgentProfile,
        /// What they may do there.
        permissions: Permissions,
        /// What.
        request: Box<ConversationRequest>,
    },
    /// Does something for a visitor who has no socket.
    OfVisitor(Box<VisitorAsks>),
    /// Keeps what a visitor answers before their first message.
    Answered(Box<VisitorAnswers>),
    /// Deletes all of the conversation, whose time is over, if it is one of this workspace and still as it was told; it can
    /// begin again. One that has gone on tells the workspace of itself.
    Expire {
        /// The workspace.
        workspace: WorkspaceId,
        /// The life of the log that is over.
        epoch: Epoch,
        /// The revision that the workspace was told last.
        revision: u64,
    },
    /// Somebody of a private chat does not belong to the workspace any more.
    Part {
        /// The workspace.
        workspace: WorkspaceId,
        /// Who.
        agent: AgentId,
    },
    /// The workspace gives it to somebody of its own accord, or to nobody, if it stands as the workspace knew it.
    Give {
        /// The workspace.
        workspace: WorkspaceId,
        /// The life of the log that it knew.
        epoch: Epoch,
        /// The revision that it was told last.
        revision: u64,
        /// Whom.
        to: Option<AgentId>,
    },
    /// Says how much a visitor has not seen, who may have another conversation of theirs open.
    Glance(Box<Glance>),
    /// Lets a visitor in again who was blocked.
    Readmit {
        /// Whom.
        visitor: VisitorId,
    },
    /// Tells a visitor what was said, for a mail to them.
    Transcribe(Box<TranscriptWanted>),
    /// Keeps what a visitor was shown and answers with their first message.
    Opened(Box<VisitorOpening>),
}

/// What an agent can ask of a conversation without a socket.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationRequest {
    /// How it stands.
    View,
    /// Messages and notes on one side of a position.
    Messages {
        /// Where to begin, exclusive; at the end of the log that the order begins with, without one.
        after: Option<Seq>,
        /// Whether from the newest to the oldest.
        newest_first: bool,
        /// How many at most.
        limit: u16,
    },
    /// The message or note at a position.
    Message(Seq),
    /// The same as over a socket.
    Submit(Submission<AgentCommand>),
    /// Resolves it, takes it up or lays it aside, if it stands otherwise.
    SetStatus {
        /// How it is to stand.
        status: Status,
        /// The id of what is stored for it.
        client_message_id: ClientMessageId,
        /// Only if one of these is the version of its digest; whatever it is, without any.
        expected: Option<Vec<EntityTag>>,
    },
    /// Something about a file.
    File(FileRequest),
    /// Says something in answer to the message or note at a position.
    Answer {
        /// Which.
        to: Seq,
        /// Whether only the other agents are to see it.
        by_note: bool,
        /// What.
        text: MessageText,
        /// The id of what is stored for it.
        client_message_id: ClientMessageId,
    },
    /// Writes to a person whom a site knows, whose conversation this is: begins it, or goes on with it.
    Reach(Box<Reach>),
    /// Changes or deletes a message or note of the agent's own.
    Amend {
        /// Where it stands.
        seq: Seq,
        /// What it is to say; it is to be deleted, without any.
        text: Option<MessageText>,
        /// The id of what is stored for it.
        client_message_id: ClientMessageId,
        /// Only if one of these is the version of it; whatever it is, without any.
        expected: Option<Vec<EntityTag>>,
    },
    /// What the visitor answered before their first message.
    Answers,
    /// Changes among whom a private chat is, as its workspace vouches for them at this moment.
    Gather(Gather),
}

/// What a member of a private chat can do to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Gather {
    /// Begins it. Doing it again changes nothing.
    Begin(Circle),
    /// Adds somebody to a group, who sees what was said before.
    Add(AgentProfile),
    /// Gives a group another name.
    Rename(String),
    /// Leaves a group.
    Leave,
}

/// A message to a person whom a site knows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reach {
    /// The site.
    pub site: SiteId,
    /// The visitor that the person is there.
    pub visitor: VisitorId,
    /// What the site's server says of them.
    pub who: VisitorIdentity,
    /// What is said to them.
    pub text: MessageText,
    /// The id of what is stored for it.
    pub client_message_id: ClientMessageId,
}

/// A message or note, and what it answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SaidEvent {
    /// What is stored.
    pub event: AgentEvent,
    /// Where that stands which it answers, if it answers something.
    pub answers: Option<Seq>,
}

/// A right that has ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Ended {
    /// An agent's.
    Agent(Dismissal),
    /// That of every visitor of a site, which was removed.
    Site(SiteId),
    /// That of the visitors of a site for whom one of its secrets has vouched, which has ended.
    Voucher(SiteId, VoucherId),
    /// That of one visitor, who was blocked.
    Visitor(VisitorId),
}

/// What a conversation's object answers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum ConversationAnswer {
    /// It was done.
    Done,
    /// How it stands.
    View(Box<ConversationDigest>),
    /// Messages and notes, in the order that was asked for.
    Messages(Vec<SaidEvent>),
    /// A message or note.
    Message(Box<SaidEvent>),
    /// It is stored.
    Submitted {
        /// What is stored.
        event: Box<SaidEvent>,
        /// It had been stored before.
        duplicate: bool,
    },
    /// It is not as it was expected to be; nothing was done.
    Unexpected,
    /// A file may be sent up: the id under which its bytes are to be kept.
    Begun(FileId),
    /// What a file is.
    File(Box<File>),
    /// The person was written to.
    Reached {
        /// How the conversation stands.
        digest: Box<ConversationDigest>,
        /// The same had been written before.
        duplicate: bool,
    },
    /// What the visitor answered; nothing if they were not asked.
    Answers(Vec<Answer>),
    /// So many messages the visitor has not seen.
    Unread(u32),
    /// What was said, as the visitor reads it.
    Transcript {
        /// In order.
        lines: Vec<TranscriptLine>,
        /// Whether earlier lines are left out.
        is_cut: bool,
    },
    /// How the conversation began: what the visitor has answered, and what their first message answers.
    Beginning(Box<AnswersView>),
}
