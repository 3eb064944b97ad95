//! Reads of a page what a browser would run or obey: script elements and `meta` tags, outside of comments and of
//! elements whose content is text. As forgiving as browsers are, and linear in the page's length.

/// Something of a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// A script element.
    Script {
        /// Of its tag.
        attributes: Attributes,
        /// Its content.
        text: String,
    },
    /// A `meta` tag.
    Meta(Attributes),
}

/// The attributes of a tag, names in lower case; the first of a name counts.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Attributes(Vec<(String, String)>);

impl Attributes {
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// Elements whose content is text up to their end tag; that of `noscript` is, where scripts run.
const TEXT_ELEMENTS: [&str; 8] =
    ["script", "style", "textarea", "title", "noscript", "iframe", "noembed", "xmp"];

/// Reads a page.
pub(super) fn parts(page: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = page;
    while let Some((_, after)) = rest.split_once('<') {
        rest = after;
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").map_or("", |(_, after)| after);
            continue;
        }
        let name = tag_name(rest);
        if name.is_empty() {
            continue;
        }
        let (attributes, after) = attributes(rest.get(name.len()..).unwrap_or_default());
        rest = after;
        let name = name.to_ascii_lowercase();
        if TEXT_ELEMENTS.contains(&name.as_str()) {
            let (text, after) = until_end_tag(rest, &name);
            rest = after;
            if name == "script" {
                parts.push(Part::Script { attributes, text: text.to_owned() });
            }
        } else if name == "meta" {
            parts.push(Part::Meta(attributes));
        }
    }
    parts
}

fn tag_name(text: &str) -> &str {
    let end =
        text.find(|character: char| character.is_ascii_whitespace() || matches!(character, '/' | '>' | '<'));
    let name = end.map_or(text, |end| text.get(..end).unwrap_or_default());
    if name.starts_with(|first: char| first.is_ascii_alphabetic()) { name } else { "" }
}

/// Reads attributes up to the end of the tag, and returns what comes after it.
fn attributes(tag: &str) -> (Attributes, &str) {
    let mut attributes = Attributes::default();
    let mut rest = tag;
    loop {
        rest = rest.trim_start_matches(|character: char| character.is_ascii_whitespace() || character == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (attributes, after);
        }
        if rest.is_empty() {
            return (attributes, rest);
        }
        let is_end =
            |character: char| character.is_ascii_whitespace() || matches!(character, '/' | '>' | '=');
        // A name may begin with `=`.
        let skip = rest.chars().next().map_or(0, char::len_utf8);
        let tail = rest.get(skip..).unwrap_or_default();
        let end = tail.find(is_end).map_or(rest.len(), |end| end.saturating_add(skip));
        let (name, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let (value, after) = match after.trim_start().strip_prefix('=') {
            Some(value) => attribute_value(value.trim_start()),
            None => ("", after),
        };
        rest = after;
        attributes.0.push((name.to_ascii_lowercase(), value.replace("&amp;", "&").replace("&#39;", "'")));
    }
}

fn attribute_value(text: &str) -> (&str, &str) {
    for quote in ['"', '\''] {
        if let Some(value) = text.strip_prefix(quote) {
            return value.split_once(quote).unwrap_or((value, ""));
        }
    }
    let end = text.find(|character: char| character.is_ascii_whitespace() || character == '>');
    text.split_at_checked(end.unwrap_or(text.len())).unwrap_or((text, ""))
}

/// The text up to an element's end tag, and what comes after its name; all of it if there is none.
fn until_end_tag<'a>(text: &'a str, name: &str) -> (&'a str, &'a str) {
    let mut from = 0;
    while let Some(found) = text.get(from..).and_then(|rest| rest.find("</")) {
        let start = from.saturating_add(found);
        let after = start.saturating_add(2);
        let end = after.saturating_add(name.len());
        let is_end = text.get(after..end).is_some_and(|found| found.eq_ignore_ascii_case(name));
        if is_end {
            return (text.get(..start).unwrap_or_default(), text.get(end..).unwrap_or_default());
        }
        from = after;
    }
    (text, "")
}
