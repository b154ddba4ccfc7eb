//! Letters of other scripts that look like Latin ones, in names. Agents use a secret by its name, and “АPI_KEY” with a
//! Cyrillic first letter is not “API_KEY”.
//!
//! A table of our own and not that of Unicode's security mechanisms (UTS #39, the crate `unicode-security`): that one is
//! for all scripts against all, and several times as large as everything else on the page that uses it.

/// A script whose letters can pass for Latin ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Script {
    /// Cyrillic.
    Cyrillic,
    /// Greek.
    Greek,
    /// Latin letters of another width or of mathematics: other characters, the same look.
    Styled,
}

/// A letter that looks like a Latin one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lookalike {
    /// Which character of the text it is, counted from 1.
    pub place: usize,
    /// The letter that it looks like.
    pub looks_like: char,
    /// Where it is from.
    pub script: Script,
}

/// Pairs of a letter and the Latin one that it looks like.
const CYRILLIC: &str = "кkАAВBСCЕEНHІIЈJКKМMОOРPЅSТTХXУYаaсcеeіiјjоoрpѕsхxуyһhԁdԛqԝwӏlԌGԚQԜWҮYүyЗ3";
const GREEK: &str = "ΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνvιiκkρpυuαa";

/// The first letter that looks like a Latin one and makes its word another than it seems: because the word has Latin
/// letters, too, or because every letter of it looks Latin. A word that is plainly Cyrillic or Greek is no mistake.
#[must_use]
pub fn first(text: &str) -> Option<Lookalike> {
    let mut word = Vec::<(usize, char)>::new();
    for (index, character) in text.chars().enumerate() {
        if character.is_alphabetic() {
            word.push((index + 1, character));
        } else if let Some(found) = in_word(&word) {
            return Some(found);
        } else {
            word.clear();
        }
    }
    in_word(&word)
}

fn in_word(word: &[(usize, char)]) -> Option<Lookalike> {
    let looks = |(place, character): &(usize, char)| {
        let (looks_like, script) = latin(*character)?;
        Some(Lookalike {
            place: *place,
            looks_like,
            script,
        })
    };
    let first = word.iter().find_map(looks)?;
    let has_latin = word.iter().any(|(_, character)| is_latin(*character));
    let is_all_alike = word.iter().all(|letter| looks(letter).is_some());
    (has_latin || is_all_alike || first.script == Script::Styled).then_some(first)
}

fn is_latin(character: char) -> bool {
    character.is_ascii_alphabetic() || matches!(character, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}')
}

fn latin(character: char) -> Option<(char, Script)> {
    for (pairs, script) in [(CYRILLIC, Script::Cyrillic), (GREEK, Script::Greek)] {
        let mut pairs = pairs.chars();
        while let (Some(letter), Some(looks_like)) = (pairs.next(), pairs.next()) {
            if letter == character {
                return Some((looks_like, script));
            }
        }
    }
    let code = u32::from(character);
    let position = match code {
        // Fullwidth, then the mathematical alphabets, each of 52 letters.
        0xff21..=0xff3a => code - 0xff21,
        0xff41..=0xff5a => code - 0xff41 + 26,
        0x1d400..=0x1d6a3 => (code - 0x1d400) % 52,
        _ => return None,
    };
    let letter = match position {
        0..=25 => char::from_u32(u32::from('A') + position),
        _ => char::from_u32(u32::from('a') + position - 26),
    };
    letter.map(|letter| (letter, Script::Styled))
}

#[cfg(test)]
mod tests {
    use Script::*;
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_seems_latin_and_is_not() {
        for (text, expected) in [
            ("API_KEY", None),
            ("", None),
            ("Schlüssel_für_Müller", None),
            ("ключ", None),
            ("пароль-базы", None),
            ("κωδικός", None),
            ("密码", None),
            ("API_ключ", None),
            ("\u{410}PI_KEY", Some((1, 'A', Cyrillic))),
            ("DATAB\u{410}SE", Some((6, 'A', Cyrillic))),
            ("my_\u{440}\u{430}\u{443}", Some((4, 'p', Cyrillic))),
            ("T\u{39f}KEN", Some((2, 'O', Greek))),
            ("кey", Some((1, 'k', Cyrillic))),
            ("kеy", Some((2, 'e', Cyrillic))),
            ("ＡPI", Some((1, 'A', Styled))),
            ("\u{1d5ba}b", Some((1, 'a', Styled))),
        ] {
            let told = first(text).map(|it| (it.place, it.looks_like, it.script));
            assert_eq!(told, expected, "{text:?}");
        }
    }

    #[test]
    fn the_tables_are_pairs_of_a_letter_and_an_ascii_character() {
        for table in [CYRILLIC, GREEK] {
            let characters: Vec<char> = table.chars().collect();
            assert_eq!(characters.len() % 2, 0);
            for pair in characters.chunks(2) {
                assert!(!pair[0].is_ascii() && pair[1].is_ascii_alphanumeric(), "{pair:?}");
            }
        }
    }

    proptest! {
        #[test]
        fn ascii_is_never_taken_for_another_script(text in "[ -~]{0,40}") {
            prop_assert_eq!(first(&text), None);
        }

        #[test]
        fn one_letter_swapped_is_found_where_it_is(before in "[A-Z_]{0,9}", after in "[A-Z]{1,9}") {
            let text = format!("{before}\u{415}{after}");
            let found = first(&text).map(|it| it.place);
            prop_assert_eq!(found, Some(before.len() + 1));
        }
    }
}
