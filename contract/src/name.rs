//! The rules for names and external IDs.

/// The maximum length of a name and of an external ID, in characters. The contract sets no limit; this is the local
/// API's.
pub const LONGEST: usize = 256;

/// Why a name or an external ID is invalid. The contract only requires a name; control characters are rejected because
/// they cannot be seen, searched or retyped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Empty, or only white space.
    #[error("a name is required")]
    Empty,
    /// A control character, at this position in characters from 1.
    #[error("character {0} is a control character")]
    Control(usize),
    /// More characters than this.
    #[error("at most {0} characters are allowed")]
    TooLong(usize),
}

/// Checks a name against the rule.
///
/// # Errors
///
/// The first [`NameError`] that applies.
pub fn check(name: &str) -> Result<(), NameError> {
    if name.trim().is_empty() {
        return Err(NameError::Empty);
    }
    check_external_id(name)
}

/// Checks an external ID: like a name, but it may be empty.
///
/// # Errors
///
/// The first [`NameError`] that applies.
pub fn check_external_id(text: &str) -> Result<(), NameError> {
    if let Some(index) = text.chars().position(char::is_control) {
        return Err(NameError::Control(index + 1));
    }
    if text.chars().count() > LONGEST {
        return Err(NameError::TooLong(LONGEST));
    }
    Ok(())
}

/// The name that a server makes of a name: the guide says "uppercased automatically" (api.md, Resources).
#[must_use]
pub fn upper_cased(name: &str) -> String {
    if name.is_ascii() {
        return name.to_ascii_uppercase();
    }
    // Character by character: `str::to_uppercase` does the same, and this shares the code of comparisons.
    name.chars().flat_map(char::to_uppercase).collect()
}

/// The name that a server makes of a name if it treats secrets of workspaces like those of tool sets: upper case, and `_`
/// in place of every character but A-Z, 0-9 and `_`. Whether it does is unknown (api.md, Resources).
#[must_use]
pub fn identifier(name: &str) -> String {
    let allowed = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    upper_cased(name)
        .chars()
        .map(|letter| if allowed(letter) { letter } else { '_' })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_server_makes_of_names() {
        assert_eq!(upper_cased("stripe_Key-1"), "STRIPE_KEY-1");
        assert_eq!(upper_cased("ключ straße"), "КЛЮЧ STRASSE");
        assert_eq!(identifier("stripe.key 1é"), "STRIPE_KEY_1_");
        assert_eq!(identifier("STRIPE_KEY"), "STRIPE_KEY");
    }

    #[test]
    fn each_way_to_break_it() {
        assert_eq!(check("DATABASE_URL"), Ok(()));
        assert_eq!(check("Schlüssel für 東京 🗝"), Ok(()));
        assert_eq!(check(""), Err(NameError::Empty));
        assert_eq!(check(" \u{a0} "), Err(NameError::Empty));
        assert_eq!(check("a\tb"), Err(NameError::Control(2)));
        assert_eq!(check(&"é".repeat(256)), Ok(()));
        assert_eq!(check(&"é".repeat(257)), Err(NameError::TooLong(256)));
        assert_eq!(check_external_id(""), Ok(()));
        assert_eq!(check_external_id(" vault:kv/a "), Ok(()));
        assert_eq!(check_external_id("a\n"), Err(NameError::Control(2)));
    }
}
