//! A secret as people type it off a screen.

/// Letters of a group.
const GROUP: usize = 4;

/// The secret in groups of four, which the eye keeps apart.
pub(crate) fn grouped(secret: &str) -> String {
    let letters: Vec<char> = secret.chars().collect();
    let groups: Vec<String> = letters.chunks(GROUP).map(|group| group.iter().collect()).collect();
    groups.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ib35_a_secret_is_shown_in_groups_of_four() {
        assert_eq!(grouped("JBSWY3DPEH"), "JBSW Y3DP EH");
        assert_eq!(grouped(""), "");
    }
}
