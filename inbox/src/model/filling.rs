//! Variables in canned responses: `{{contact.name|there}}`.

/// What variables stand for, where it is known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Facts {
    /// The visitor's name.
    pub(crate) contact: Option<String>,
    /// The agent's name.
    pub(crate) agent: Option<String>,
    /// The site's name.
    pub(crate) site: Option<String>,
}

/// Every variable, as it is typed.
pub(crate) const VARIABLES: [&str; 3] = ["contact.name", "agent.name", "site.name"];

impl Facts {
    fn of(&self, variable: &str) -> Option<&str> {
        match variable {
            "contact.name" => self.contact.as_deref(),
            "agent.name" => self.agent.as_deref(),
            "site.name" => self.site.as_deref(),
            _ => None,
        }
    }
}

/// A piece of a template.
enum Piece<'a> {
    Text(&'a str),
    /// Something in braces: whole, its name, and what stands behind the bar.
    Variable(&'a str, &'a str, Option<&'a str>),
}

/// Puts what is known in the place of variables, and what stands behind the bar where nothing is known. What is neither
/// stays as it is.
pub(crate) fn filled(template: &str, facts: &Facts) -> String {
    let pieces = pieces(template).into_iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Variable(whole, name, fallback) => {
            let fallback = fallback.filter(|_| VARIABLES.contains(&name));
            facts.of(name).or(fallback).unwrap_or(whole)
        }
    });
    pieces.collect()
}

/// The first variable that is left in a text, as it stands there.
pub(crate) fn unfilled(text: &str) -> Option<&str> {
    pieces(text).into_iter().find_map(|piece| match piece {
        Piece::Text(_) => None,
        Piece::Variable(whole, ..) => Some(whole),
    })
}

fn pieces(template: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, inside, behind)) = next_variable(rest) {
        let whole = rest.get(before.len()..rest.len() - behind.len()).unwrap_or_default();
        let (name, fallback) = match inside.split_once('|') {
            Some((name, fallback)) => (name.trim(), Some(fallback.trim())),
            None => (inside.trim(), None),
        };
        pieces.push(Piece::Text(before));
        pieces.push(Piece::Variable(whole, name, fallback));
        rest = behind;
    }
    pieces.push(Piece::Text(rest));
    pieces
}

/// What is before the next pair of double braces on one line, in it, and behind it.
fn next_variable(text: &str) -> Option<(&str, &str, &str)> {
    let mut from = 0;
    loop {
        let begin = from + text.get(from..)?.find("{{")?;
        let (inside, behind) = text.get(begin + 2..)?.split_once("}}")?;
        if !inside.contains(['{', '\n']) {
            return Some((text.get(..begin)?, inside, behind));
        }
        from = begin + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib73_variables_are_filled_in_or_fall_back() {
        let facts =
            Facts { contact: Some("Zoé".to_owned()), agent: None, site: Some("Fern & Co".to_owned()) };
        for (template, right) in [
            ("Hello {{contact.name}}!", "Hello Zoé!"),
            ("Hello {{ contact.name | there }}!", "Hello Zoé!"),
            ("I am {{agent.name|of the team}} at {{site.name}}.", "I am of the team at Fern & Co."),
            ("{{agent.name|}}.", "."),
            ("{{agent.name}}", "{{agent.name}}"),
            ("{{order.number|7}} {{}} {{a\nb}}", "{{order.number|7}} {{}} {{a\nb}}"),
            ("{{{contact.name}}}", "{Zoé}"),
            ("{{contact.name", "{{contact.name"),
        ] {
            assert_eq!(filled(template, &facts), right, "{template}");
        }
    }

    #[test]
    fn ib73_what_is_left_to_fill_in_is_told() {
        assert_eq!(unfilled("Your order {{order.number|7}} and {{x}}"), Some("{{order.number|7}}"));
        for text in ["nothing", "{x}", "{{a\nb}}", "{{a"] {
            assert_eq!(unfilled(text), None, "{text}");
        }
    }

    #[test]
    fn ib73_what_a_visitor_calls_themselves_is_not_read_again() {
        let facts = Facts { contact: Some("{{agent.name}}".to_owned()), ..Facts::default() };
        assert_eq!(filled("{{contact.name}}", &facts), "{{agent.name}}");
    }
}
