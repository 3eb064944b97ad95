//! Private chats as the person sees them: what they are called, and who is named in one.

use protocol::mention::mentions;
use protocol::{AgentId, AgentProfile, ChatForm, Circle, ConversationId, PrivateChatEntry};

/// What a private chat is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum ChatName {
    /// A colleague, as whom the chat is known.
    Colleague(AgentProfile),
    /// A group.
    Group(String),
    /// Somebody who does not belong to the workspace any more.
    Former,
}

impl ChatName {
    /// What the person calls it.
    pub(crate) fn of(circle: &Circle, me: AgentId) -> Self {
        match &circle.form {
            ChatForm::Pair => circle.others(me).next().cloned().map_or(Self::Former, Self::Colleague),
            ChatForm::Group { name } => Self::Group(name.clone()),
        }
    }
}

/// A row of the list of private chats.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChatRow {
    /// Where it leads.
    pub(crate) conversation: ConversationId,
    /// What it is called.
    pub(crate) name: ChatName,
    /// What the person has not read.
    pub(crate) unread: u32,
    /// That of it which names them.
    pub(crate) mentions: u32,
}

impl ChatRow {
    /// Projects what the feed tells.
    pub(crate) fn of(entry: &PrivateChatEntry, me: AgentId) -> Self {
        Self {
            conversation: entry.conversation,
            name: ChatName::of(&entry.circle, me),
            unread: entry.unread,
            mentions: entry.mentions,
        }
    }
}

/// A link under a name, as it is typed: what would end the name is left out of it.
pub(crate) fn named_link(name: &str, address: &str) -> String {
    let name: String = name.chars().filter(|character| !"[]()\\*_~`".contains(*character)).collect();
    format!("[{}]({address}) ", name.trim())
}

/// A piece of a text: some words, or the name of somebody with its at sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// As it stands in the text.
    pub(crate) text: String,
    /// Who is named, if somebody is.
    pub(crate) names: Option<AgentId>,
}

/// Cuts a text at the names in it; one piece if nobody is named.
pub(crate) fn pieces(text: &str, people: &[AgentProfile]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = 0;
    let mut add = |from: usize, to: usize, names| {
        let text = text.get(from..to).unwrap_or_default();
        if !text.is_empty() {
            pieces.push(Piece { text: text.to_owned(), names });
        }
    };
    for mention in mentions(text, people) {
        let end = mention.at + mention.length;
        add(rest, mention.at, None);
        add(mention.at, end, Some(mention.agent));
        rest = end;
    }
    add(rest, text.len(), None);
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    fn person(byte: u8, name: &str) -> AgentProfile {
        AgentProfile { id: AgentId::from_bytes([byte; 16]), name: name.to_owned() }
    }

    #[test]
    fn ib80_a_chat_of_two_is_called_as_the_other_and_a_group_by_its_name() {
        let [ada, ben] = [person(1, "Ada"), person(2, "Ben")];
        let pair = Circle { form: ChatForm::Pair, members: vec![ada.clone(), ben.clone()] };
        assert_eq!(ChatName::of(&pair, ada.id), ChatName::Colleague(ben.clone()));
        assert_eq!(ChatName::of(&pair, ben.id), ChatName::Colleague(ada.clone()));
        assert_eq!(ChatName::of(&pair.without(ben.id), ada.id), ChatName::Former);
        let group = Circle { form: ChatForm::Group { name: "Night shift".to_owned() }, ..pair };
        assert_eq!(ChatName::of(&group, ada.id), ChatName::Group("Night shift".to_owned()));
    }

    #[test]
    fn ib85_a_conversation_is_linked_under_its_name() {
        let link = named_link("Ann [VIP] (*x*)", "https://chat.example/inbox/w/1/conversations/2");
        assert_eq!(link, "[Ann VIP x](https://chat.example/inbox/w/1/conversations/2) ");
    }

    #[test]
    fn ib84_a_text_is_cut_at_the_names_in_it() {
        let people = [person(1, "Ada"), person(2, "Ben")];
        let cut = |text: &str| {
            let pieces = pieces(text, &people);
            assert_eq!(pieces.iter().map(|piece| piece.text.as_str()).collect::<String>(), text);
            pieces
                .into_iter()
                .filter(|piece| piece.names.is_some())
                .map(|piece| piece.text)
                .collect::<Vec<_>>()
        };
        assert_eq!(cut("@ada, ask @Ben!"), ["@ada", "@Ben"]);
        assert_eq!(cut("Nobody is named"), [""; 0]);
        assert_eq!(cut(""), [""; 0]);
    }
}
