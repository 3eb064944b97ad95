//! The parts of a language tag (BCP 47) that decide what somebody reads.

/// Language, script and region, each in its usual spelling; what else a tag says is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Two or three small letters.
    pub(crate) language: String,
    /// Four letters.
    pub(crate) script: Option<String>,
    /// Two capital letters or three digits.
    pub(crate) region: Option<String>,
}

impl Tag {
    /// Reads a tag, also one with underscores; `None` for what begins like none.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let mut parts = text.trim().split(['-', '_']);
        let language = parts.next()?.to_ascii_lowercase();
        if !(2..=3).contains(&language.len()) || !is_alphabetic(&language) {
            return None;
        }
        let mut tag = Self { language: current_name(&language).to_owned(), script: None, region: None };
        // Behind a single character come extensions.
        for part in parts.take_while(|part| part.len() > 1) {
            if part.len() == 4 && is_alphabetic(part) && tag.script.is_none() {
                let (first, rest) = part.split_at(1);
                tag.script = Some(first.to_ascii_uppercase() + &rest.to_ascii_lowercase());
            } else if is_region(part) && tag.region.is_none() {
                tag.region = Some(part.to_ascii_uppercase());
            }
        }
        if language == "yue" {
            tag.script.get_or_insert_with(|| "Hant".to_owned());
        }
        Some(tag)
    }

    /// The file of the words that somebody with this tag reads, if there is one of this name.
    pub(crate) fn name_of_words(&self) -> &str {
        let is_traditional = match &self.script {
            Some(script) => script == "Hant",
            None => matches!(self.region.as_deref(), Some("TW" | "HK" | "MO")),
        };
        match self.language.as_str() {
            "zh" if is_traditional => "zh-Hant",
            "zh" => "zh-Hans",
            "pt" if self.region.as_deref() == Some("BR") => "pt-BR",
            language => language,
        }
    }
}

impl core::fmt::Display for Tag {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.write_str(&self.language)?;
        for part in [&self.script, &self.region].into_iter().flatten() {
            write!(formatter, "-{part}")?;
        }
        Ok(())
    }
}

/// The name that a language has today, under which its words are.
fn current_name(language: &str) -> &str {
    match language {
        "iw" => "he",
        "in" => "id",
        "no" | "nn" => "nb",
        "cmn" | "yue" => "zh",
        "prs" => "fa",
        other => other,
    }
}

fn is_alphabetic(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

fn is_region(part: &str) -> bool {
    (part.len() == 2 && is_alphabetic(part))
        || (part.len() == 3 && part.bytes().all(|byte| byte.is_ascii_digit()))
}
