//! What completes a text that begins with a slash: commands, what they take, and canned responses.

use protocol::http::canned::Canned;
use protocol::{AgentProfile, CannedId, Handling, Label, MacroStep};

use super::fuzzy::score;
use super::slash::{ME, NO_TEAM, NOBODY, Order, PRIORITIES, Surroundings, Verb};

/// Offered at a time.
const MOST: usize = 8;

/// Something that is offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Completion {
    /// What it is called.
    pub(crate) label: String,
    /// What it says or does.
    pub(crate) hint: String,
    /// What follows when it is chosen.
    pub(crate) choose: Choose,
}

/// What follows when something is chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Choose {
    /// This takes the place of what was typed.
    Fill(String),
    /// A command is done, and what was typed is gone.
    Order(Order),
    /// A canned response takes the place of the word that was typed.
    Say(CannedId, String),
    /// What was typed goes, and the person is asked whether they want what a macro does.
    Run(CannedId),
    /// A name with its at sign takes the place of what was typed of it.
    Name(String),
}

/// Words that the list shows.
pub(crate) struct Words {
    /// What a command does.
    pub(crate) verb: fn(Verb) -> &'static str,
    /// What a macro does.
    pub(crate) deeds: fn(&[MacroStep]) -> String,
    /// When a moment is.
    pub(crate) moment: fn(protocol::Timestamp, protocol::Timestamp) -> String,
}

/// The word behind the last slash before the caret, if that begins a word.
pub(crate) fn word(before: &str) -> Option<&str> {
    let (head, word) = before.rsplit_once('/')?;
    let begins = head.chars().next_back().is_none_or(char::is_whitespace);
    (begins && !word.contains(char::is_whitespace)).then_some(word)
}

/// What was typed of a name, with its at sign, if that begins a word.
pub(crate) fn begun_name(before: &str) -> Option<&str> {
    let at = before.rfind('@')?;
    let (head, typed) = before.split_at_checked(at)?;
    let begins = !head.chars().next_back().is_some_and(char::is_alphanumeric);
    (begins && !typed.contains('\n')).then_some(typed)
}

/// The colleagues whose name, or a word of it, begins as what was typed behind an at sign.
pub(crate) fn names(before: &str, people: &[AgentProfile]) -> Vec<Completion> {
    let Some(typed) = begun_name(before) else { return Vec::new() };
    let typed = typed.trim_start_matches('@').to_lowercase();
    let fits = |person: &&AgentProfile| {
        let name = person.name.to_lowercase();
        name.starts_with(&typed) || name.split(' ').any(|word| word.starts_with(&typed))
    };
    let mut found: Vec<_> = people.iter().filter(fits).collect();
    found.sort_by_key(|person| person.name.to_lowercase());
    let offered = found.into_iter().take(MOST).map(|person| Completion {
        label: person.name.clone(),
        hint: String::new(),
        choose: Choose::Name(format!("@{}", person.name)),
    });
    offered.collect()
}

/// What is offered for what stands before the caret; `is_all` if nothing stands behind it.
pub(crate) fn completions(
    before: &str,
    is_all: bool,
    surroundings: &Surroundings,
    canned: &[Canned],
    words: &Words,
) -> Vec<Completion> {
    let mut found = Vec::new();
    let command = before.trim_start().strip_prefix('/').filter(|rest| is_all && !rest.starts_with('/'));
    match command.map(|rest| {
        rest.split_once(char::is_whitespace).map_or((rest, None), |(verb, more)| (verb, Some(more)))
    }) {
        Some((typed, None)) => found.extend(verbs(typed, words)),
        Some((typed, Some(more))) => found.extend(arguments(typed, more.trim(), surroundings, words)),
        None => {}
    }
    if let Some(typed) = word(before) {
        found.extend(responses(typed, canned, words));
    }
    found.truncate(MOST);
    found
}

fn verbs<'a>(typed: &'a str, words: &'a Words) -> impl Iterator<Item = Completion> + 'a {
    let typed = typed.to_lowercase();
    let fitting = Verb::ALL.into_iter().filter(move |verb| verb.word().starts_with(&typed));
    fitting.map(|verb| Completion {
        label: format!("/{}", verb.word()),
        hint: (words.verb)(verb).to_owned(),
        choose: match verb {
            Verb::Pending => Choose::Order(Order::Handle(Handling::Wait)),
            Verb::Open => Choose::Order(Order::Open),
            Verb::Resolve => Choose::Order(Order::Resolve),
            Verb::Assign
            | Verb::Team
            | Verb::Snooze
            | Verb::Priority
            | Verb::Label
            | Verb::Unlabel
            | Verb::Note => Choose::Fill(format!("/{} ", verb.word())),
        },
    })
}

/// What a command can be followed by, as far as that is known.
fn arguments(typed: &str, more: &str, surroundings: &Surroundings, words: &Words) -> Vec<Completion> {
    let typed = typed.to_lowercase();
    let Some(verb) = Verb::ALL.into_iter().find(|verb| verb.word() == typed) else { return Vec::new() };
    let more = more.trim_start_matches('@').to_lowercase();
    let offered = |label: &str, hint: String, step: Handling| Completion {
        label: label.to_owned(),
        hint,
        choose: Choose::Order(Order::Handle(step)),
    };
    let all: Vec<Completion> = match verb {
        Verb::Assign => {
            let people = surroundings.people.iter().map(|person| {
                let hint = if Some(person.id) == surroundings.me { ME } else { "" };
                offered(&person.name, hint.to_owned(), Handling::Assign { to: Some(person.id) })
            });
            let nobody = offered(NOBODY, String::new(), Handling::Assign { to: None });
            people.chain([nobody]).collect()
        }
        Verb::Team => {
            let to = |team| Handling::HandTo { team };
            let known = surroundings.teams.iter();
            let known = known.map(|(team, name)| offered(name, String::new(), to(Some(*team))));
            known.chain([offered(NO_TEAM, String::new(), to(None))]).collect()
        }
        Verb::Snooze => {
            let named = surroundings.named_times.iter().map(|(name, until)| {
                offered(name, (words.moment)(*until, surroundings.now), Handling::Snooze { until: *until })
            });
            named.collect()
        }
        Verb::Priority => PRIORITIES
            .iter()
            .map(|(priority, word)| offered(word, String::new(), Handling::Prioritize(*priority)))
            .collect(),
        Verb::Label => {
            let mut others: Vec<&Label> = Vec::new();
            for label in &surroundings.in_use {
                if !surroundings.labels.contains(label) && !others.contains(&label) {
                    others.push(label);
                }
            }
            others
                .into_iter()
                .map(|label| offered(label.as_str(), String::new(), Handling::Label(label.clone())))
                .collect()
        }
        Verb::Unlabel => {
            let own = surroundings.labels.iter();
            own.map(|label| offered(label.as_str(), String::new(), Handling::Unlabel(label.clone())))
                .collect()
        }
        Verb::Pending | Verb::Open | Verb::Resolve | Verb::Note => Vec::new(),
    };
    let holds = |choice: &Completion| {
        choice.label.to_lowercase().contains(&more) || (!more.is_empty() && choice.hint == more)
    };
    let mut found: Vec<_> = all.into_iter().filter(holds).collect();
    found.sort_by_key(|choice| !choice.label.to_lowercase().starts_with(&more));
    found
}

/// Canned responses and macros, the best found first: by their codes and names, then by what they say; of equals the most
/// used.
fn responses(typed: &str, canned: &[Canned], words: &Words) -> Vec<Completion> {
    let mut found: Vec<_> = canned
        .iter()
        .filter_map(|response| {
            let by_code =
                score(typed, &response.shortcode).map(|score| score.saturating_mul(4).saturating_add(1));
            let is_in_text =
                !typed.is_empty() && response.text.to_lowercase().contains(&typed.to_lowercase());
            let by_text = is_in_text.then_some(0);
            Some((by_code.or(by_text)?, response))
        })
        .collect();
    found.sort_by(|(one, a), (other, b)| {
        other.cmp(one).then(b.used.cmp(&a.used)).then_with(|| a.shortcode.cmp(&b.shortcode))
    });
    let offered = found.into_iter().map(|(_, response)| match response.is_macro() {
        true => Completion {
            label: response.shortcode.clone(),
            hint: (words.deeds)(&response.steps),
            choose: Choose::Run(response.id),
        },
        false => Completion {
            label: format!("/{}", response.shortcode),
            hint: markup::plain(&response.text),
            choose: Choose::Say(response.id, response.text.clone()),
        },
    });
    offered.collect()
}

#[cfg(test)]
mod tests {
    use protocol::{AgentId, AgentProfile, Priority, Timestamp};

    use super::*;

    const WORDS: Words = Words {
        verb: |_| "",
        deeds: |steps| format!("{} steps", steps.len()),
        moment: |until, _| until.0.to_string(),
    };

    fn canned(id: u8, shortcode: &str, text: &str, used: u32) -> Canned {
        Canned {
            id: CannedId::from_bytes([id; 16]),
            shortcode: shortcode.to_owned(),
            text: text.to_owned(),
            is_shared: true,
            used,
            steps: Vec::new(),
        }
    }

    fn surroundings() -> Surroundings {
        let person =
            |id, name: &str| AgentProfile { id: AgentId::from_bytes([id; 16]), name: name.to_owned() };
        Surroundings {
            people: vec![person(1, "Ada"), person(2, "Ben")],
            me: Some(AgentId::from_bytes([2; 16])),
            teams: vec![(protocol::TeamId::from_bytes([4; 16]), "Support".to_owned())],
            labels: vec![Label::parse("VIP").expect("legal")],
            in_use: ["vip", "Billing", "billing"].map(|label| Label::parse(label).expect("legal")).to_vec(),
            now: Timestamp(1),
            named_times: vec![("tomorrow", Timestamp(9))],
        }
    }

    fn labels(before: &str, canned: &[Canned]) -> Vec<String> {
        let all = completions(before, true, &surroundings(), canned, &WORDS);
        all.into_iter().map(|completion| completion.label).collect()
    }

    #[test]
    fn ib74_commands_and_what_they_take_are_completed() {
        assert_eq!(labels("/", &[]).len(), 8);
        assert_eq!(labels("/pr", &[]), ["/priority"]);
        assert_eq!(labels("/assign ", &[]), ["Ada", "Ben", "nobody"]);
        assert_eq!(labels("/assign @b", &[]), ["Ben", "nobody"]);
        assert_eq!(labels("/assign me", &[]), ["Ben"]);
        assert_eq!(labels("/team ", &[]), ["Support", "none"]);
        assert_eq!(labels("/priority u", &[]), ["urgent", "medium"], "what begins with it comes first");
        assert_eq!(labels("/label ", &[]), ["Billing"]);
        assert_eq!(labels("/unlabel ", &[]), ["VIP"]);
        assert_eq!(labels("/snooze tom", &[]), ["tomorrow"]);
        assert_eq!(labels("/priority m", &[]), ["medium"]);
        for none in ["//", "//no", "Hello", "and/or", "/nothing of", "Hello /", ""] {
            assert_eq!(labels(none, &[]), [""; 0], "{none}");
        }
    }

    #[test]
    fn ib84_names_are_completed_behind_an_at_sign_that_begins_a_word() {
        let people = surroundings().people;
        let offered = |before: &str| {
            names(before, &people).into_iter().map(|completion| completion.label).collect::<Vec<_>>()
        };
        assert_eq!(offered("@"), ["Ada", "Ben"]);
        assert_eq!(offered("Ask @b"), ["Ben"]);
        assert_eq!(names("(@AD", &people)[0].choose, Choose::Name("@Ada".to_owned()));
        for none in ["", "ada", "mail@b", "@bob", "@Ben and"] {
            assert_eq!(offered(none), [""; 0], "{none}");
        }
    }

    #[test]
    fn ib74_a_choice_is_done_or_asks_for_more() {
        let choose = |before: &str| completions(before, true, &surroundings(), &[], &WORDS)[0].choose.clone();
        assert_eq!(choose("/reso"), Choose::Order(Order::Resolve));
        assert_eq!(choose("/prio"), Choose::Fill("/priority ".to_owned()));
        let urgent = Handling::Prioritize(Priority::Urgent);
        assert_eq!(choose("/priority urg"), Choose::Order(Order::Handle(urgent)));
    }

    #[test]
    fn ib72_canned_responses_are_found_by_code_and_text_the_most_used_first() {
        let all = [
            canned(1, "hours", "We are open from nine to five.", 1),
            canned(2, "hello", "**Hello** {{contact.name}}", 7),
            canned(3, "refund", "Money comes back within 5 hours.", 0),
        ];
        assert_eq!(labels("/h", &all), ["/hello", "/hours", "/refund"]);
        assert_eq!(labels("Well, /hours", &all), ["/hours", "/refund"], "in the middle as well");
        assert_eq!(labels("/xyz", &all), [""; 0]);
        assert_eq!(labels("and/hours", &all), [""; 0], "no word begins there");
        let hello = completions("/hell", true, &surroundings(), &all, &WORDS);
        assert_eq!(hello[0].hint, "Hello {{contact.name}}");
        let behind = completions("/h", false, &surroundings(), &all, &WORDS);
        assert_eq!(behind.len(), 3, "commands are completed at the end of the text only");
    }
}
