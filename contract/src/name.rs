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

#[cfg(test)]
mod tests {
    use super::*;

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
