//! Commands that are typed into the composer: `/assign Ada`, `/team Sales`, `/snooze 2h`, `/note …`.
//!
//! A text that begins with a slash is a command and never sent; one that begins with two is the text behind the first.

use protocol::{AgentId, AgentProfile, Handling, Label, Priority, TeamId, Timestamp};

/// What a command does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Gives the conversation to somebody, or to nobody.
    Assign,
    /// Lays it aside until a time.
    Snooze,
    /// Lays it aside until the visitor writes.
    Pending,
    /// Takes it up again.
    Open,
    /// Marks it as done.
    Resolve,
    /// Says how urgent it is.
    Priority,
    /// Says that it is about something.
    Label,
    /// Says that it is not.
    Unlabel,
    /// Hands the conversation to a team, or to none.
    Team,
    /// Writes to the team.
    Note,
}

impl Verb {
    /// Every one, in the order in which they are offered.
    pub(crate) const ALL: [Self; 10] = [
        Self::Note,
        Self::Assign,
        Self::Team,
        Self::Snooze,
        Self::Pending,
        Self::Open,
        Self::Resolve,
        Self::Priority,
        Self::Label,
        Self::Unlabel,
    ];

    /// How it is typed, behind the slash.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Assign => "assign",
            Self::Snooze => "snooze",
            Self::Pending => "pending",
            Self::Open => "open",
            Self::Resolve => "resolve",
            Self::Priority => "priority",
            Self::Label => "label",
            Self::Unlabel => "unlabel",
            Self::Note => "note",
            Self::Team => "team",
        }
    }

    /// Whether something is to follow it.
    pub(crate) const fn takes_more(self) -> bool {
        match self {
            Self::Assign
            | Self::Team
            | Self::Snooze
            | Self::Priority
            | Self::Label
            | Self::Unlabel
            | Self::Note => true,
            Self::Pending | Self::Open | Self::Resolve => false,
        }
    }
}

/// What a command is read by.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Surroundings {
    /// Everybody of the workspace.
    pub(crate) people: Vec<AgentProfile>,
    /// Who types.
    pub(crate) me: Option<AgentId>,
    /// The teams, one's own first.
    pub(crate) teams: Vec<(TeamId, String)>,
    /// The labels of the conversation.
    pub(crate) labels: Vec<Label>,
    /// Labels that are in use.
    pub(crate) in_use: Vec<Label>,
    /// The present moment.
    pub(crate) now: Timestamp,
    /// Times that have a name of one word.
    pub(crate) named_times: Vec<(&'static str, Timestamp)>,
}

/// What a command asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Order {
    /// A step of handling.
    Handle(Handling),
    /// The conversation is done.
    Resolve,
    /// The conversation is to be open, whatever it was.
    Open,
    /// A note.
    Note(String),
}

/// What is wrong with a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Fault {
    /// There is none of that name.
    Unknown(String),
    /// What follows it is not what it takes.
    Expects(Verb),
}

/// What was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Typed {
    /// A text that is to be sent.
    Text(String),
    /// A command.
    Order(Order),
    /// What is meant as a command and cannot be done.
    Faulty(Fault),
}

/// Reads what was typed.
pub(crate) fn read(text: &str, surroundings: &Surroundings) -> Typed {
    let Some(behind) = text.trim_start().strip_prefix('/') else { return Typed::Text(text.to_owned()) };
    if behind.starts_with('/') {
        return Typed::Text(behind.to_owned());
    }
    let (word, rest) = behind.split_once(char::is_whitespace).unwrap_or((behind, ""));
    let word = word.trim_end().to_lowercase();
    let Some(verb) = Verb::ALL.into_iter().find(|verb| verb.word() == word) else {
        return Typed::Faulty(Fault::Unknown(word));
    };
    match order(verb, rest.trim(), surroundings) {
        Some(order) => Typed::Order(order),
        None => Typed::Faulty(Fault::Expects(verb)),
    }
}

fn order(verb: Verb, rest: &str, surroundings: &Surroundings) -> Option<Order> {
    if !verb.takes_more() && !rest.is_empty() {
        return None;
    }
    match verb {
        Verb::Pending => Some(Order::Handle(Handling::Wait)),
        Verb::Open => Some(Order::Open),
        Verb::Resolve => Some(Order::Resolve),
        Verb::Note => (!rest.is_empty()).then(|| Order::Note(rest.to_owned())),
        Verb::Assign => Some(Order::Handle(Handling::Assign { to: assignee(rest, surroundings)? })),
        Verb::Team => Some(Order::Handle(Handling::HandTo { team: team(rest, surroundings)? })),
        Verb::Snooze => Some(Order::Handle(Handling::Snooze { until: time(rest, surroundings)? })),
        Verb::Priority => Some(Order::Handle(Handling::Prioritize(priority(rest)?))),
        Verb::Label => Some(Order::Handle(Handling::Label(Label::parse(rest).ok()?))),
        Verb::Unlabel => {
            let label = Label::parse(rest).ok()?;
            let is_there = surroundings.labels.contains(&label);
            is_there.then_some(Order::Handle(Handling::Unlabel(label)))
        }
    }
}

/// Who types, for [`assignee`].
pub(crate) const ME: &str = "me";

/// Nobody, for [`assignee`].
pub(crate) const NOBODY: &str = "nobody";

/// One person: by their whole name, or by a beginning that is nobody else's.
fn assignee(typed: &str, surroundings: &Surroundings) -> Option<Option<AgentId>> {
    let typed = typed.trim_start_matches('@').to_lowercase();
    match typed.as_str() {
        "" => return None,
        ME => return surroundings.me.map(Some),
        NOBODY => return Some(None),
        _ => {}
    }
    named(&typed, surroundings.people.iter().map(|person| (person.id, person.name.as_str()))).map(Some)
}

/// No team, for [`team`].
pub(crate) const NO_TEAM: &str = "none";

/// One team, as [`assignee`] finds a person.
fn team(typed: &str, surroundings: &Surroundings) -> Option<Option<TeamId>> {
    let typed = typed.to_lowercase();
    match typed.as_str() {
        "" => None,
        NO_TEAM => Some(None),
        _ => named(&typed, surroundings.teams.iter().map(|(id, name)| (*id, name.as_str()))).map(Some),
    }
}

fn named<'a, I>(typed: &str, all: impl Iterator<Item = (I, &'a str)> + Clone) -> Option<I> {
    let all = all.map(|(id, name)| (id, name.to_lowercase()));
    let mut whole = all.clone().filter(|(_, name)| name == typed);
    let mut begun = all.filter(|(_, name)| name.starts_with(typed));
    let found = match (whole.next(), whole.next()) {
        (Some(one), None) => Some(one),
        (Some(_), Some(_)) => None,
        (None, _) => begun.next().filter(|_| begun.next().is_none()),
    };
    found.map(|(id, _)| id)
}

/// `30m`, `2h`, `3d`, `1w`, or a time with a name.
fn time(typed: &str, surroundings: &Surroundings) -> Option<Timestamp> {
    let typed = typed.to_lowercase();
    if let Some((_, at)) = surroundings.named_times.iter().find(|(name, _)| *name == typed) {
        return Some(*at);
    }
    let unit = typed.chars().last()?;
    let minutes = match unit {
        'm' => 1,
        'h' => 60,
        'd' => 24 * 60,
        'w' => 7 * 24 * 60,
        _ => return None,
    };
    let count: u64 = typed.strip_suffix(unit)?.trim_end().parse().ok()?;
    let span = count.checked_mul(minutes * 60_000)?;
    (1..=protocol::limits::SNOOZE_MS).contains(&span).then(|| surroundings.now.plus(span))
}

/// Every priority with how it is typed.
pub(crate) const PRIORITIES: [(Priority, &str); 5] = [
    (Priority::Urgent, "urgent"),
    (Priority::High, "high"),
    (Priority::Medium, "medium"),
    (Priority::Low, "low"),
    (Priority::None, "none"),
];

fn priority(typed: &str) -> Option<Priority> {
    let typed = typed.to_lowercase();
    PRIORITIES.iter().find(|(_, word)| *word == typed).map(|(priority, _)| *priority)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADA: AgentId = AgentId::from_bytes([1; 16]);
    const BEN: AgentId = AgentId::from_bytes([2; 16]);
    const SALES: TeamId = TeamId::from_bytes([4; 16]);
    const NOW: Timestamp = Timestamp(1_800_000_000_000);

    fn surroundings() -> Surroundings {
        let people = [(ADA, "Ada Byron"), (BEN, "Ben"), (AgentId::from_bytes([3; 16]), "Bea")];
        Surroundings {
            people: people.map(|(id, name)| AgentProfile { id, name: name.to_owned() }).to_vec(),
            me: Some(BEN),
            teams: vec![(SALES, "Sales".to_owned()), (TeamId::from_bytes([5; 16]), "Support".to_owned())],
            labels: vec![Label::parse("VIP").expect("legal")],
            in_use: Vec::new(),
            now: NOW,
            named_times: vec![("tomorrow", Timestamp(5))],
        }
    }

    fn ordered(text: &str) -> Option<Order> {
        match read(text, &surroundings()) {
            Typed::Order(order) => Some(order),
            Typed::Text(_) | Typed::Faulty(_) => None,
        }
    }

    #[test]
    fn ib74_what_begins_with_a_slash_is_never_sent_and_two_write_one() {
        let typed = |text: &str| read(text, &surroundings());
        for text in ["Hello", "and/or", "a\n/resolve", ""] {
            assert_eq!(typed(text), Typed::Text(text.to_owned()));
        }
        assert_eq!(typed("//etc/hosts"), Typed::Text("/etc/hosts".to_owned()));
        assert_eq!(typed(" // this"), Typed::Text("/ this".to_owned()));
        for (text, word) in [("/", ""), ("/etc/hosts", "etc/hosts"), (" /Hello you", "hello")] {
            assert_eq!(typed(text), Typed::Faulty(Fault::Unknown(word.to_owned())), "{text}");
        }
    }

    #[test]
    fn ib74_a_command_does_what_it_says() {
        let handle = |step| Some(Order::Handle(step));
        let label = Label::parse("Monstera care").expect("legal");
        for (text, right) in [
            ("/resolve", Some(Order::Resolve)),
            ("/RESOLVE ", Some(Order::Resolve)),
            ("/open", Some(Order::Open)),
            ("/pending", handle(Handling::Wait)),
            ("/note  Ask Ben.\nSoon.", Some(Order::Note("Ask Ben.\nSoon.".to_owned()))),
            ("/assign me", handle(Handling::Assign { to: Some(BEN) })),
            ("/assign nobody", handle(Handling::Assign { to: None })),
            ("/assign ada", handle(Handling::Assign { to: Some(ADA) })),
            ("/assign @Ada Byron", handle(Handling::Assign { to: Some(ADA) })),
            ("/team sales", handle(Handling::HandTo { team: Some(SALES) })),
            ("/team sa", handle(Handling::HandTo { team: Some(SALES) })),
            ("/team none", handle(Handling::HandTo { team: None })),
            ("/priority High", handle(Handling::Prioritize(Priority::High))),
            ("/label Monstera care", handle(Handling::Label(label))),
            ("/unlabel vip", handle(Handling::Unlabel(Label::parse("VIP").expect("legal")))),
            ("/snooze 30m", handle(Handling::Snooze { until: NOW.plus(30 * 60_000) })),
            ("/snooze 2 h", handle(Handling::Snooze { until: NOW.plus(2 * 3_600_000) })),
            ("/snooze Tomorrow", handle(Handling::Snooze { until: Timestamp(5) })),
        ] {
            assert_eq!(ordered(text), right, "{text}");
        }
    }

    #[test]
    fn ib74_a_wrong_argument_says_what_is_expected() {
        for (text, verb) in [
            ("/assign", Verb::Assign),
            ("/team", Verb::Team),
            ("/team s", Verb::Team),
            ("/assign be", Verb::Assign),
            ("/assign Zoe", Verb::Assign),
            ("/snooze", Verb::Snooze),
            ("/snooze soon", Verb::Snooze),
            ("/snooze 0h", Verb::Snooze),
            ("/snooze 99999999999999999999d", Verb::Snooze),
            ("/snooze 400d", Verb::Snooze),
            ("/snooze é", Verb::Snooze),
            ("/priority very", Verb::Priority),
            ("/label", Verb::Label),
            ("/unlabel Billing", Verb::Unlabel),
            ("/note  ", Verb::Note),
            ("/resolve it", Verb::Resolve),
        ] {
            let typed = read(text, &surroundings());
            assert_eq!(typed, Typed::Faulty(Fault::Expects(verb)), "{text}");
        }
    }
}
