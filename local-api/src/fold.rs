//! Case folding, for search without regard to case in every script.

/// The text with its case folded away: two texts that differ only in case fold to the same.
///
/// Upper case first, then each character to lower case by itself: `ß`, `ẞ` and `SS` meet at `ss`, and the two small
/// sigmas at one. Accents stay: a search for `é` is not one for `e`.
pub(crate) fn fold(text: &str) -> String {
    if text.is_ascii() {
        text.to_ascii_lowercase()
    } else {
        text.to_uppercase().chars().flat_map(char::to_lowercase).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_count() {
        for (one, other) in [
            ("DATABASE_url", "database_URL"),
            ("Straße", "STRASSE"),
            ("ΌΣΟΣ", "όσος"),
            ("ÉCOLE", "école"),
            ("ЖУК", "жук"),
        ] {
            assert_eq!(fold(one), fold(other), "{one}");
        }
        assert_ne!(fold("é"), fold("e"));
    }
}
