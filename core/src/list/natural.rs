//! The natural order of names: numbers by their size, capitals and accents like their plain letters, punctuation first.
//!
//! It is the order of `Intl.Collator` with `numeric` in English and German, as bytes: comparing two names in the browser
//! costs a thousand times as much.

use std::cmp::Ordering;

use crate::list::rows::{Row, Rows};

/// ASCII punctuation in the order of the Unicode root collation.
const PUNCTUATION: &[u8] = b"_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// The sort weight of each ASCII character but digits: space, punctuation, then letters without case.
const WEIGHTS: [u8; 128] = weights();

/// Numbers sort after punctuation and before letters.
const NUMBER: u8 = b'0';

const fn weights() -> [u8; 128] {
    let mut weights = [0; 128];
    weights[b' ' as usize] = 1;
    let (mut at, mut weight) = (0, 2);
    while at < PUNCTUATION.len() {
        weights[PUNCTUATION[at] as usize] = weight;
        weight += 1;
        at += 1;
    }
    let mut letter = b'a';
    while letter <= b'z' {
        weights[letter as usize] = letter;
        weights[letter.to_ascii_uppercase() as usize] = letter;
        letter += 1;
    }
    weights
}

/// Appends the sort key of a name.
pub(crate) fn append_key(name: &str, into: &mut Vec<u8>) {
    let mut rest = name.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte.is_ascii_digit() {
            let end = rest
                .iter()
                .position(|byte| !byte.is_ascii_digit())
                .unwrap_or(rest.len());
            let (digits, after) = rest.split_at(end);
            let zeros = digits.iter().take_while(|digit| **digit == b'0').count();
            let digits = digits.get(zeros..).unwrap_or_default();
            // The longer of two numbers is the larger one.
            into.extend([NUMBER, u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
            into.extend_from_slice(digits);
            rest = after;
        } else if let Some(weight) = WEIGHTS.get(usize::from(byte)) {
            into.push(*weight);
            rest = after;
        } else {
            let from = name.len() - rest.len();
            let Some(character) = name.get(from..).and_then(|rest| rest.chars().next()) else {
                return;
            };
            append_letter(character, into);
            rest = rest.get(character.len_utf8()..).unwrap_or_default();
        }
    }
}

/// A letter outside ASCII: Latin ones as their plain letters, all others by their code after those.
fn append_letter(character: char, into: &mut Vec<u8>) {
    for lower in character.to_lowercase() {
        let plain = match lower {
            'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
            'æ' => "ae",
            'ç' | 'ć' | 'č' => "c",
            'ď' | 'đ' => "d",
            'è'..='ë' | 'ē' | 'ė' | 'ę' | 'ě' => "e",
            'ğ' => "g",
            'ì'..='ï' | 'ī' | 'ı' => "i",
            'ł' => "l",
            'ñ' | 'ń' | 'ň' => "n",
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => "o",
            'œ' => "oe",
            'ř' => "r",
            'ß' => "ss",
            'ś' | 'š' | 'ş' => "s",
            'ť' | 'ţ' => "t",
            'ù'..='ü' | 'ū' | 'ů' | 'ű' => "u",
            'ý' | 'ÿ' => "y",
            'ź' | 'ž' | 'ż' => "z",
            // Combining marks, also those that lower case leaves behind.
            '\u{300}'..='\u{36f}' => "",
            other => {
                into.extend_from_slice(other.encode_utf8(&mut [0; 4]).as_bytes());
                continue;
            }
        };
        into.extend_from_slice(plain.as_bytes());
    }
}

/// Compares the names of two rows.
pub(crate) fn compare(rows: &Rows, one: Row, other: Row) -> Ordering {
    let key = |row| {
        let mut key = Vec::new();
        append_key(rows.name(row), &mut key);
        key
    };
    key(one).cmp(&key(other))
}

/// The sort keys of rows, in one buffer.
pub(crate) struct NameKeys {
    first: Row,
    bytes: Vec<u8>,
    /// The start and the end of each key, from the first row on.
    places: Vec<(u32, u32)>,
}

impl NameKeys {
    pub(crate) fn of(rows: &Rows, wanted: &[Row]) -> Self {
        let first = wanted.iter().copied().min().unwrap_or_default();
        let count = wanted.iter().map(|row| row - first + 1).max().unwrap_or_default();
        let mut bytes = Vec::new();
        let mut places = vec![(0, 0); count as usize];
        for row in wanted {
            let start = bytes.len();
            append_key(rows.name(*row), &mut bytes);
            // All names are below 4 GB, the memory of a page.
            if let (Some(place), Ok(start), Ok(end)) = (
                places.get_mut((row - first) as usize),
                u32::try_from(start),
                u32::try_from(bytes.len()),
            ) {
                *place = (start, end);
            }
        }
        Self { first, bytes, places }
    }

    pub(crate) fn get(&self, row: Row) -> &[u8] {
        let place = row.checked_sub(self.first).and_then(|at| self.places.get(at as usize));
        let (start, end) = place.copied().unwrap_or_default();
        self.bytes.get(start as usize..end as usize).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key(name: &str) -> Vec<u8> {
        let mut key = Vec::new();
        append_key(name, &mut key);
        key
    }

    /// The order that `new Intl.Collator("de", {numeric: true})` gives, with equal names left out.
    #[test]
    fn names_are_in_the_order_of_the_language() {
        let names = [
            "",
            "a 1",
            "A_1",
            "A-1",
            "A.1",
            "A1",
            "a2",
            "Ä3",
            "A10",
            "a010_B",
            "AB",
            "AWS_KEY_2",
            "AWS_KEY_10",
            "e1",
            "É2",
            "Maß1",
            "mass2",
            "st",
            "Über1",
            "uber2",
            "z",
            "Ключ",
            "鍵",
        ];
        for pair in names.windows(2) {
            assert!(key(pair[0]) < key(pair[1]), "{} before {}", pair[0], pair[1]);
        }
        for (one, other) in [
            ("key_007", "KEY_7"),
            ("Straße", "STRASSE"),
            ("Müller", "muller"),
            ("0", "000"),
        ] {
            assert_eq!(key(one), key(other), "{one} and {other}");
        }
    }

    proptest! {
        #[test]
        fn numbers_are_sorted_by_their_size(one: u64, other: u64) {
            let named = |number: u64| key(&format!("KEY_{number:03}_A"));
            prop_assert_eq!(named(one).cmp(&named(other)), one.cmp(&other));
        }

        #[test]
        fn any_name_has_a_key(name: String) {
            let is_mark = |character: char| ('\u{300}'..='\u{36f}').contains(&character);
            let is_there = name.chars().any(|character| !is_mark(character));
            prop_assert!(!key(&name).is_empty() || !is_there);
        }
    }
}
