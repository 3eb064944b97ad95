//! Which passwords may be chosen (OWASP ASVS 5.0, 6.2): long enough, not common, and not the person's own words.

use protocol::{Code, limits};

/// The 5,000 most common passwords of eight characters and more, in lower case: the head of the list that zxcvbn brings
/// (MIT, Dan Wheeler and Dropbox).
const COMMON: &str = include_str!("common_passwords.txt");

/// Characters that a password must have beside those that everybody knows of the person.
const OWN_CHARACTERS: usize = 4;

/// Characters of the shortest word that counts as known.
const WORD_CHARACTERS: usize = 4;

/// Decides whether somebody may choose a password (SPEC AP10).
///
/// # Errors
/// [`Code::TooLong`] over [`limits::PASSWORD_BYTES`]; [`Code::WeakPassword`].
pub fn password_allowed(password: &str, email: &str, name: &str) -> Result<(), Code> {
    if password.len() > limits::PASSWORD_BYTES {
        return Err(Code::TooLong);
    }
    if password.chars().count() < limits::PASSWORD_CHARACTERS {
        return Err(Code::WeakPassword);
    }
    let lower = password.to_lowercase();
    if COMMON.lines().any(|common| common == lower) || is_own_words(&lower, email, name) {
        return Err(Code::WeakPassword);
    }
    Ok(())
}

/// Whether nearly nothing is left without the words of the address, the name and the product.
fn is_own_words(lower: &str, email: &str, name: &str) -> bool {
    let (email, name) = (email.to_lowercase(), name.to_lowercase());
    let words = |text: &str| -> Vec<String> {
        text.split(|character: char| !character.is_alphanumeric()).map(str::to_owned).collect()
    };
    let mut known = vec![email.clone(), name.clone(), "porchlight".to_owned()];
    known.extend(email.split('@').map(str::to_owned));
    known.extend(words(&email));
    known.extend(words(&name));
    known.retain(|word| word.chars().count() >= WORD_CHARACTERS);
    known.sort_by_key(|word| core::cmp::Reverse(word.len()));
    let rest = known.iter().fold(lower.to_owned(), |rest, word| rest.replace(word.as_str(), ""));
    rest.chars().count() < OWN_CHARACTERS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(password: &str) -> Result<(), Code> {
        password_allowed(password, "anna.smith@example.com", "Anna Smith")
    }

    #[test]
    fn ap10_a_password_has_eight_characters_and_at_most_a_kibibyte() {
        assert_eq!(check("7 chars"), Err(Code::WeakPassword));
        assert_eq!(check("8 chars!"), Ok(()));
        assert_eq!(check("пароль 字"), Ok(()), "characters count, not bytes");
        assert_eq!(check("日本語"), Err(Code::WeakPassword));
        assert_eq!(check(&"xy".repeat(512)), Ok(()));
        assert_eq!(check(&"x".repeat(1_025)), Err(Code::TooLong));
    }

    #[test]
    fn ap10_a_common_password_is_refused_whatever_its_case() {
        for common in ["password", "PassWord", "12345678", "qwertyuiop", "iloveyou", "trustno1"] {
            assert_eq!(check(common), Err(Code::WeakPassword), "{common}");
        }
        assert_eq!(check("correct horse battery staple"), Ok(()));
        assert!(COMMON.lines().count() >= 3_000, "as many as ASVS 6.2.4 asks for");
        assert!(COMMON.lines().all(|line| line == line.to_lowercase() && line.len() >= 8));
    }

    #[test]
    fn ap10_what_everybody_knows_of_a_person_is_no_password() {
        for own in
            ["anna.smith@example.com", "Anna.Smith", "annasmith1", "Smith2024"[..8].trim(), "porchlight99"]
        {
            assert_eq!(check(own), Err(Code::WeakPassword), "{own}");
        }
        assert_eq!(check("smith rides a bicycle"), Ok(()));
    }
}
