//! Among whom a private chat is: who may change that, and what it comes to.

use protocol::call::Gather;
use protocol::{
    AgentId, AgentKind, AgentProfile, Author, ChatForm, Circle, Code, Gathering, GatheringStep, PrivateKind,
    Reject, WorkspaceId, limits,
};

use super::appending::Appending;
use super::handle::{Context, nothing};
use super::outcome::{Outcome, Send, Write};
use super::pace::Pace;
use super::state::{Conversation, Identity, Party};
use crate::access::{Action, Principal, Resource, authorize};
use crate::name;

impl Conversation {
    /// Judges what somebody does to a private chat. Doing it again changes nothing (SPEC PC2 to PC4).
    ///
    /// # Errors
    /// [`Code::NotFound`] if it is none of theirs, [`Code::Forbidden`] for what a chat of two does not allow,
    /// [`Code::TooLarge`] for one member too many, [`Code::BadField`] for a name that is none.
    pub fn gather(&self, context: Context<'_>, gather: Gather) -> Result<Outcome, Reject> {
        let Principal::Agent { workspace, profile, .. } = &context.seat.principal else {
            return Err(Code::NotFound.into());
        };
        if let Gather::Begin(circle) = gather {
            return self.begin_privately(context, *workspace, profile, circle);
        }
        let resource = Resource::Conversation { id: context.conversation, identity: self.identity.as_ref() };
        authorize(&context.seat.principal, Action::Gather, resource)?;
        let circle = self.circle().ok_or(Code::NotFound)?;
        let ChatForm::Group { name: called } = &circle.form else {
            return Err(Code::Forbidden.into());
        };
        let (step, circle) = match gather {
            Gather::Begin(_) => return Ok(nothing(context)),
            Gather::Add(who) if circle.has(who.id) => return Ok(nothing(context)),
            Gather::Add(_) if circle.members.len() >= limits::PRIVATE_CHAT_MEMBERS => {
                return Err(Code::TooLarge.into());
            }
            Gather::Add(who) => (GatheringStep::Added(who.clone()), circle.with(who)),
            Gather::Rename(text) => {
                let name = name(&text)?;
                if name == *called {
                    return Ok(nothing(context));
                }
                (GatheringStep::Renamed, Circle { form: ChatForm::Group { name }, ..circle.clone() })
            }
            Gather::Leave => (GatheringStep::Left(profile.clone()), circle.without(profile.id)),
        };
        let mut pace = context.pace.clone();
        pace.take(context.seat.person(), context.now)?;
        let author = Author::Agent(profile.clone());
        Ok(self.gathered(Context { pace: &pace, ..context }, author, Gathering { step, circle }))
    }

    /// Takes somebody out of a private chat who does not belong to the workspace any more; nothing if they are not in it.
    #[must_use]
    pub fn part(
        &self,
        workspace: WorkspaceId,
        agent: AgentId,
        pace: &Pace,
        now: protocol::Timestamp,
    ) -> Option<Outcome> {
        self.identity.as_ref().filter(|identity| identity.workspace == workspace)?;
        let circle = self.circle()?;
        let who = circle.members.iter().find(|member| member.id == agent)?.clone();
        let gathering = Gathering { circle: circle.without(agent), step: GatheringStep::Left(who) };
        let event = Appending::to(self, now).by_itself(gathered(gathering));
        Some(Outcome {
            pace: pace.clone(),
            writes: vec![Write::Append(event.clone())],
            marks: None,
            sends: vec![Send::Event { event, except_author: false }, Send::Attendance],
        })
    }

    /// Begins the chat, or goes on with a beginning of which storage kept one half.
    fn begin_privately(
        &self,
        context: Context<'_>,
        workspace: WorkspaceId,
        profile: &AgentProfile,
        circle: Circle,
    ) -> Result<Outcome, Reject> {
        let party = Party::Colleagues(circle.clone());
        let identity = Identity { workspace, party, epoch: context.epoch, began_at: context.now };
        let identity = match &self.identity {
            Some(known) if self.circle().is_none() || known.workspace != workspace => {
                return Err(Code::NotFound.into());
            }
            Some(known) if self.head() > protocol::Seq::START => known,
            Some(_) | None => &identity,
        };
        let resource = Resource::Conversation { id: context.conversation, identity: Some(identity) };
        authorize(&context.seat.principal, Action::Gather, resource)?;
        if self.head() > protocol::Seq::START {
            return Ok(nothing(context));
        }
        let is_sound = match &circle.form {
            ChatForm::Pair => circle.members.len() == 2,
            ChatForm::Group { name: called } => name(called).is_ok_and(|name| name == *called),
        };
        if !is_sound || circle.others(profile.id).count().saturating_add(1) != circle.members.len() {
            return Err(Code::BadField.into());
        }
        if circle.members.len() > limits::PRIVATE_CHAT_MEMBERS {
            return Err(Code::TooLarge.into());
        }
        let begin = Write::Begin { identity: identity.clone(), page: None, who: None };
        let author = Author::Agent(profile.clone());
        let gathering = Gathering { step: GatheringStep::Began, circle };
        let Some(_) = &self.identity else {
            let mut begun = self.clone();
            begun.apply(&begin);
            let mut outcome = begun.gathered(context, author, gathering);
            outcome.writes.insert(0, begin);
            return Ok(outcome);
        };
        Ok(self.gathered(context, author, gathering))
    }

    fn gathered(&self, context: Context<'_>, author: Author, gathering: Gathering) -> Outcome {
        let mut log = Appending::to(self, context.now);
        let event = log.by(author, gathered(gathering));
        Outcome {
            writes: vec![Write::Append(event.clone())],
            sends: vec![Send::Event { event, except_author: false }, Send::Attendance],
            ..nothing(context)
        }
    }
}

fn gathered(gathering: Gathering) -> AgentKind {
    AgentKind::Private(PrivateKind::Gathered(Box::new(gathering)))
}
