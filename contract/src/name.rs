//! The rule for names.

/// Why a text cannot be the name of a resource. The contract asks only that there is one; control characters are
/// refused because a name with one cannot be read, searched or typed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// Nothing, or only white space.
    #[error("a name is required")]
    Empty,
    /// A control character: where it is, counted in characters from 1.
    #[error("character {0} is a control character")]
    Control(usize),
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
    match name.chars().position(char::is_control) {
        Some(index) => Err(NameError::Control(index + 1)),
        None => Ok(()),
    }
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
    }
}
