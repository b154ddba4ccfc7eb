//! Text from outside (names, labels) in the interface: characters that can't be seen are marked, and text in another
//! direction does not reorder the sentence around it.

use std::borrow::Cow;
use std::fmt::Write as _;

use crate::model::value_inspection::{CharacterKind, character_kind};

/// Stands for a space that is easily overlooked: one of several, or one at an end.
const SPACE: char = '␣';

/// The most characters that are shown of a text from outside. Drawing a name of megabytes would stop the page for
/// seconds.
const LONGEST: usize = 2_000;

/// First strong isolate and pop directional isolate (UAX #9, section 2.4).
const ISOLATE: [char; 2] = ['\u{2068}', '\u{2069}'];

/// A text from outside for a sentence, an attribute or a title: [`marked`] and [`isolated`].
#[must_use]
pub fn shown(text: &str) -> Cow<'_, str> {
    match marked(text) {
        Cow::Borrowed(text) => isolated(text),
        Cow::Owned(text) => Cow::Owned(isolated(&text).into_owned()),
    }
}

/// A text from outside for an element of its own, which has `dir="auto"`. Characters that can't be seen are
/// replaced by their code: `A[U+00A0]B`; spaces that are easily overlooked by `␣`. What is too long ends with an ellipsis.
#[must_use]
pub fn marked(text: &str) -> Cow<'_, str> {
    let Some(start) = start_of_long(text) else {
        return marked_whole(text);
    };
    let mut marked = marked_whole(start).into_owned();
    marked.push('…');
    Cow::Owned(marked)
}

/// What is shown of a text that is too long.
fn start_of_long(text: &str) -> Option<&str> {
    if text.len() <= LONGEST {
        return None;
    }
    let (end, _) = text.char_indices().nth(LONGEST)?;
    text.get(..end)
}

fn marked_whole(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text);
    }
    let mut marked = String::with_capacity(text.len() + 8);
    let mut before = None;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let after = characters.peek().copied();
        if character == ' ' && [before, after].iter().any(|it| it.is_none_or(|it| it == ' ')) {
            marked.push(SPACE);
        } else if is_odd(character, before) {
            // Writing to a string cannot fail.
            let _ = write!(marked, "[U+{:04X}]", u32::from(character));
        } else {
            marked.push(character);
        }
        before = Some(character);
    }
    Cow::Owned(marked)
}

/// A text that may be written from right to left, as a unit that does not reorder what is around it.
#[must_use]
pub fn isolated(text: &str) -> Cow<'_, str> {
    if text.chars().any(is_right_to_left) {
        Cow::Owned([ISOLATE[0].to_string().as_str(), text, ISOLATE[1].to_string().as_str()].concat())
    } else {
        Cow::Borrowed(text)
    }
}

/// Whether a user who typed `typed`, or copied it from what is shown, means this name.
#[must_use]
pub fn is_same(typed: &str, name: &str) -> bool {
    // A text field drops line breaks from what is pasted; typed by hand, they are spaces.
    let is_equal = |line_break: Option<char>| {
        let name = canonical(name, line_break);
        !name.is_empty() && canonical(typed, line_break) == name
    };
    let is_exact = || typed == name || typed.trim() == marked(name).trim();
    is_equal(None) || is_equal(Some(' ')) || (!name.is_empty() && is_exact())
}

/// A text without what can't be seen in it.
fn canonical(text: &str, line_break: Option<char>) -> String {
    let mut canonical = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let (character, after) = match unmarked(rest) {
            Some(unmarked) => unmarked,
            None => (character, rest.get(character.len_utf8()..).unwrap_or_default()),
        };
        rest = after;
        let character = match character {
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => line_break,
            SPACE => Some(' '),
            _ if character.is_whitespace() => Some(' '),
            _ if is_odd(character, None) => None,
            _ => Some(character),
        };
        match character {
            Some(' ') if canonical.is_empty() || canonical.ends_with(' ') => {}
            Some(character) => canonical.push(character),
            None => {}
        }
    }
    canonical.truncate(canonical.trim_end().len());
    canonical
}

/// The character of a mark at the beginning of a text, and what follows it.
fn unmarked(text: &str) -> Option<(char, &str)> {
    let (code, after) = text.strip_prefix("[U+")?.split_once(']')?;
    let is_code = (4..=6).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_hexdigit());
    let character = char::from_u32(u32::from_str_radix(code, 16).ok().filter(|_| is_code)?)?;
    Some((character, after))
}

/// Whether a text is of visible ASCII characters with single spaces between: nearly every name.
fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.iter().all(|byte| matches!(byte, b' '..=b'~'))
        && !text.contains("  ")
        && !text.starts_with(' ')
        && !text.ends_with(' ')
}

/// Whether a character can't be seen. Joiners are part of words and pictures in many scripts.
fn is_odd(character: char, before: Option<char>) -> bool {
    match character {
        ' ' => false,
        '\u{200c}' | '\u{200d}' => before.is_none_or(|before| before.is_ascii() || is_odd(before, None)),
        '\t' | '\n' | '\r' => true,
        // Quotation marks and dashes are seen, and belong to names in many languages.
        _ => {
            let kind = character_kind(character).filter(|kind| *kind != CharacterKind::LookAlike);
            kind.is_some() || character.is_whitespace()
        }
    }
}

/// Whether a character is of a script that is written from right to left.
fn is_right_to_left(character: char) -> bool {
    matches!(
        character,
        '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefe}' | '\u{10800}'..='\u{10fff}' | '\u{1e800}'..='\u{1efff}'
    )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn plain_names_stay_as_they_are() {
        for name in [
            "STRIPE_API_KEY",
            "A B",
            "a/b: (c)",
            "Schlüssel",
            "clé d’intégration – prod",
            "鍵",
            "👩‍💻 deploy",
        ] {
            assert!(shown(name) == name && is_same(name, name), "{name}");
        }
        assert!(shown("").is_empty() && !is_same("", ""));
    }

    #[test]
    fn what_cannot_be_seen_is_marked() {
        for (name, marks) in [
            ("PROD  DB", "PROD␣␣DB"),
            (" A B", "␣A B"),
            ("A B ", "A B␣"),
            ("A\u{a0}B", "A[U+00A0]B"),
            ("A\u{200b}B", "A[U+200B]B"),
            ("A\nB", "A[U+000A]B"),
            ("user\u{202e}nimda", "user[U+202E]nimda"),
            ("A\u{200d}B", "A[U+200D]B"),
        ] {
            assert_eq!(shown(name), marks);
        }
    }

    #[test]
    fn what_is_too_long_is_cut_off_and_still_the_name() {
        let long = "ü".repeat(1024 * 1024);
        let marked = shown(&long);
        assert_eq!(marked.chars().count(), LONGEST + 1);
        assert!(marked.ends_with("ü…") && is_same(&marked, &long));
        assert!(!is_same("ü…", &long));
        let fits = "A".repeat(LONGEST);
        assert_eq!(shown(&fits), fits);
    }

    #[test]
    fn a_name_in_another_direction_is_a_unit() {
        assert_eq!(shown("מפתח"), "\u{2068}מפתח\u{2069}");
        assert_eq!(shown("\u{202e}מ"), "\u{2068}[U+202E]מ\u{2069}");
    }

    #[test]
    fn what_is_shown_can_be_copied_and_pasted_as_the_name() {
        for name in [
            "PROD  DB",
            "PROD\u{a0}DB",
            "PROD\u{200b}DB",
            "PROD\nDB",
            "PROD DB ",
            "user\u{202e}nimda",
            "\u{200b}",
        ] {
            for typed in [
                name,
                &marked(name),
                &shown(name),
                &name.replace('\n', ""),
                &name.replace('\n', " "),
            ] {
                assert!(is_same(typed, name), "{typed:?} for {name:?}");
            }
            assert!(!is_same("", name) && !is_same("another", name), "{name:?}");
        }
        assert!(is_same("PROD DB", "PROD  DB") && is_same(" PROD DB\u{a0}", "PROD DB"));
        assert!(!is_same("PRODDB", "PROD DB") && !is_same("prod db", "PROD DB"));
    }

    proptest! {
        #[test]
        fn names_that_differ_look_different(one in "[ab \u{a0}\u{200b}\n]{0,6}", other in "[ab \u{a0}\u{200b}\n]{0,6}") {
            prop_assert_eq!(marked(&one) == marked(&other), one == other);
        }

        #[test]
        fn every_name_can_be_confirmed(name in any::<String>()) {
            prop_assert!(name.is_empty() || is_same(&marked(&name), &name));
            let shown = marked(&name);
            prop_assert!(!shown.chars().any(|character| character.is_control()));
        }
    }
}
