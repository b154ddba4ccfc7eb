//! Takes secrets out of what a server says: an error may quote the value or the key that it refuses, and what is hidden on
//! screen must not come back in a message.

use std::collections::HashSet;

use zeroize::Zeroizing;

/// What stands in the place of a secret.
const HIDDEN: &str = "•••";

/// A quoted part of a secret of at least this many bytes is recognised. Shorter parts are words like any other.
const PART: usize = 8;

/// A secret of fewer bytes can't be told from other text.
const SHORTEST: usize = 4;

/// Hides a secret in a text: whole, in parts (a server may cut it off or quote a single line), in other letter case, and
/// with the escapes of JSON.
pub(crate) fn hide(secret: &str, text: &mut String) {
    let secret = secret.trim();
    let escaped = Zeroizing::new(serde_json::to_string(secret).unwrap_or_default());
    let escaped = escaped.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
    let lower = Zeroizing::new(text.to_ascii_lowercase());
    let mut is_secret = vec![false; text.len()];
    for written in [secret, escaped.unwrap_or_default()] {
        find(written, lower.as_bytes(), &mut is_secret);
    }
    if !is_secret.contains(&true) {
        return;
    }
    let mut shown = String::with_capacity(text.len() + HIDDEN.len());
    let mut was_secret = false;
    for (at, character) in text.char_indices() {
        let bytes = is_secret.get(at..at + character.len_utf8()).unwrap_or_default();
        let is_hidden = bytes.contains(&true);
        if !is_hidden {
            shown.push(character);
        } else if !was_secret {
            shown.push_str(HIDDEN);
        }
        was_secret = is_hidden;
    }
    *text = shown;
}

/// Marks the bytes of a text in lower case that are part of a secret.
fn find(secret: &str, lower: &[u8], is_secret: &mut [bool]) {
    if secret.len() < SHORTEST {
        return;
    }
    let secret = Zeroizing::new(secret.to_ascii_lowercase());
    let size = secret.len().min(PART);
    let parts: HashSet<&[u8]> = secret.as_bytes().windows(size).collect();
    for (at, part) in lower.windows(size).enumerate() {
        if parts.contains(part)
            && let Some(bytes) = is_secret.get_mut(at..at + size)
        {
            bytes.fill(true);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn hidden(secret: &str, text: &str) -> String {
        let mut text = text.to_owned();
        hide(secret, &mut text);
        text
    }

    #[test]
    fn however_the_server_quotes_it() {
        let secret = "sk_live_51Habc\nline two of \"it\"";
        for (text, shown) in [
            ("value 'sk_live_51Habc' is bad", "value '•••' is bad"),
            ("SK_LIVE_51HABC", "•••"),
            ("sk_live_5…", "•••…"),
            ("bad line: line two of \"it\"", "bad line: •••"),
            (
                "{\"value\":\"sk_live_51Habc\\nline two of \\\"it\\\"\"}",
                "{\"value\":\"•••\"}",
            ),
            ("nothing of it", "nothing of it"),
        ] {
            assert_eq!(hidden(secret, text), shown);
        }
        assert_eq!(hidden("pass", "the pass 'PASS' of pa"), "the ••• '•••' of pa");
        assert_eq!(hidden(" ab ", "ab is too short"), "ab is too short");
        assert_eq!(hidden("grün-grün", "größe grün-grün!"), "größe •••!");
    }

    proptest! {
        #[test]
        fn no_part_of_it_is_left(secret in "\\PC{8,40}", before in "\\PC{0,9}", after in "\\PC{0,9}") {
            let text = hidden(&secret, &[&before, secret.as_str(), &after].concat());
            let trimmed = secret.trim();
            prop_assert!(trimmed.len() < SHORTEST || !text.contains(trimmed) || HIDDEN.contains(trimmed), "{text}");
        }
    }
}
