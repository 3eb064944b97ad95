//! How close together what is on screen stands.

/// How much room a person wants between what they read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Density {
    /// As much on a screen as can be told apart.
    Compact,
    /// Between the two.
    #[default]
    Comfortable,
    /// More room, larger faces.
    Spacious,
}

impl Density {
    /// Every one, the closest first.
    pub(crate) const EVERY: [Self; 3] = [Self::Compact, Self::Comfortable, Self::Spacious];

    /// What it is called in the storage and by the style sheet.
    pub(crate) const fn tag(self) -> &'static str {
        match self {
            Self::Compact => "compact",
            Self::Comfortable => "comfortable",
            Self::Spacious => "spacious",
        }
    }

    /// The one of that name, or what is usual.
    pub(crate) fn of_tag(tag: &str) -> Self {
        Self::EVERY.into_iter().find(|density| density.tag() == tag).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib121_each_is_found_by_its_name_and_another_name_is_the_usual_one() {
        for density in Density::EVERY {
            assert_eq!(Density::of_tag(density.tag()), density);
        }
        assert_eq!(Density::of_tag("dense"), Density::Comfortable);
    }
}
