//! Case folding.

/// Appends a text in lower case: ASCII directly, everything else by Unicode's rules for single characters.
pub fn fold(text: &str, into: &mut Vec<u8>) {
    if text.is_ascii() {
        into.extend(text.bytes().map(|byte| byte.to_ascii_lowercase()));
        return;
    }
    let mut room = [0; 4];
    for character in text.chars().flat_map(char::to_lowercase) {
        into.extend_from_slice(character.encode_utf8(&mut room).as_bytes());
    }
}

/// A text in lower case.
#[must_use]
pub fn folded(text: &str) -> Vec<u8> {
    let mut into = Vec::with_capacity(text.len());
    fold(text, &mut into);
    into
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_makes_no_difference() {
        assert_eq!(folded("DATABASE_url"), b"database_url");
        assert_eq!(folded("SCHLÜSSEL Для"), "schlüssel для".as_bytes());
        assert_eq!(folded("İ"), "i̇".as_bytes());
    }
}
