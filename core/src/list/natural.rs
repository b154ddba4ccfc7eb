//! The natural order of names: numbers by their size, capitals and accents like their plain letters, punctuation first.
//!
//! It is the order of `Intl.Collator` with `numeric` in English and German, as bytes: comparing two names in the browser
//! costs a thousand times as much.

use std::cmp::Ordering;

use crate::list::rows::{Row, Rows};

/// ASCII punctuation in the order of the Unicode root collation.
const PUNCTUATION: &[u8] = b"_-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$";

/// The sort weight of each ASCII character: space, punctuation, digits, then letters without case.
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
    let mut digit = b'0';
    while digit <= b'9' {
        weights[digit as usize] = NUMBER;
        digit += 1;
    }
    let mut letter = b'a';
    while letter <= b'z' {
        weights[letter as usize] = letter;
        weights[letter.to_ascii_uppercase() as usize] = letter;
        letter += 1;
    }
    weights
}

/// The sort key of a name, byte by byte.
struct Weights<'name> {
    /// The rest of the name. It is text; checking that for every comparison would cost more than comparing.
    rest: &'name [u8],
    /// How many digits of the current number are left.
    digits: usize,
    /// What one character became: at most three letters of at most four bytes.
    queue: [u8; 12],
    queued: usize,
    taken: usize,
}

impl<'name> Weights<'name> {
    fn of(name: &'name [u8]) -> Self {
        Self {
            rest: name,
            digits: 0,
            queue: [0; 12],
            queued: 0,
            taken: 0,
        }
    }

    fn skip(&mut self, bytes: usize) {
        self.rest = self.rest.get(bytes..).unwrap_or_default();
    }

    fn put(&mut self, bytes: &[u8]) {
        let end = self.queued + bytes.len();
        if let Some(place) = self.queue.get_mut(self.queued..end) {
            place.copy_from_slice(bytes);
            self.queued = end;
        }
    }

    /// The next byte if it is not simply the weight of one ASCII character: at the start of a number, and for all other
    /// characters.
    #[inline(never)]
    fn next_special(&mut self) -> Option<u8> {
        while self.taken == self.queued {
            (self.queued, self.taken) = (0, 0);
            let byte = self.rest.first()?;
            if byte.is_ascii_digit() {
                self.begin_number();
            } else if let Some(weight) = WEIGHTS.get(usize::from(*byte)) {
                self.put(&[*weight]);
                self.skip(1);
            } else {
                let (character, length) = first_character(self.rest)?;
                self.skip(length);
                self.put_letter(character);
            }
        }
        self.taken += 1;
        self.queue.get(self.taken - 1).copied()
    }

    /// Begins a number: its size, then its digits without leading zeros.
    fn begin_number(&mut self) {
        let is_end = |byte: &u8| !byte.is_ascii_digit();
        let count = self.rest.iter().position(is_end).unwrap_or(self.rest.len());
        let zeros = self.rest.iter().take(count).take_while(|digit| **digit == b'0').count();
        self.skip(zeros);
        self.digits = count - zeros;
        // The longer of two numbers is the larger one.
        self.put(&[NUMBER, u8::try_from(self.digits).unwrap_or(u8::MAX)]);
    }

    /// A letter outside ASCII: Latin ones as their plain letters, all others by their code after those.
    fn put_letter(&mut self, character: char) {
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
                    self.put(other.encode_utf8(&mut [0; 4]).as_bytes());
                    continue;
                }
            };
            self.put(plain.as_bytes());
        }
    }
}

impl Iterator for Weights<'_> {
    type Item = u8;

    #[inline]
    fn next(&mut self) -> Option<u8> {
        if self.taken == self.queued {
            let (byte, rest) = self.rest.split_first()?;
            if self.digits > 0 {
                self.digits -= 1;
                self.rest = rest;
                return Some(*byte);
            }
            if let Some(weight) = WEIGHTS.get(usize::from(*byte))
                && *weight != NUMBER
            {
                self.rest = rest;
                return Some(*weight);
            }
        }
        self.next_special()
    }
}

/// The first character of a text, and its length in bytes.
fn first_character(text: &[u8]) -> Option<(char, usize)> {
    let ends = 1..=char::MAX.len_utf8();
    let first = ends
        .filter_map(|end| std::str::from_utf8(text.get(..end)?).ok())
        .next()?;
    Some((first.chars().next()?, first.len()))
}

/// Appends the sort key of a name.
pub(crate) fn append_key(name: &str, into: &mut Vec<u8>) {
    into.extend(Weights::of(name.as_bytes()));
}

/// Compares the names of two rows.
pub(crate) fn compare(rows: &Rows, one: Row, other: Row) -> Ordering {
    Weights::of(rows.name_bytes(one)).cmp(Weights::of(rows.name_bytes(other)))
}

/// The sort keys of rows. Most names are so short that reading them again costs less than keeping their keys, which
/// would be as large as all names; keys of longer ones are kept.
pub(crate) struct NameKeys<'rows> {
    rows: &'rows Rows,
    long: Vec<u8>,
    first: Row,
    /// The start and the end of each kept key, from the first row on; empty if none is kept.
    places: Vec<(u32, u32)>,
}

/// Names of up to this many bytes are short: their keys are not kept.
const SHORT: usize = 48;

impl<'rows> NameKeys<'rows> {
    pub(crate) fn of(rows: &'rows Rows, wanted: &[Row]) -> Self {
        let first = wanted.iter().copied().min().unwrap_or_default();
        let count = wanted.iter().map(|row| row - first + 1).max().unwrap_or_default();
        let mut keys = Self {
            rows,
            long: Vec::new(),
            first,
            places: Vec::new(),
        };
        for row in wanted {
            let name = rows.name_bytes(*row);
            if name.len() <= SHORT {
                continue;
            }
            if keys.places.is_empty() {
                keys.places.resize(count as usize, (0, 0));
            }
            let start = keys.long.len();
            keys.long.extend(Weights::of(name));
            // All names are below 4 GB, the memory of a page.
            if let (Some(place), Ok(start), Ok(end)) = (
                keys.places.get_mut((row - first) as usize),
                u32::try_from(start),
                u32::try_from(keys.long.len()),
            ) {
                *place = (start, end);
            }
        }
        keys
    }

    /// Eight bytes of the key of a row, from one of them on, and how many there are.
    pub(crate) fn eight(&self, row: Row, from: usize) -> ([u8; 8], usize) {
        let name = self.rows.name_bytes(row);
        if name.len() > SHORT {
            let place = row.checked_sub(self.first).and_then(|at| self.places.get(at as usize));
            let (start, end) = place.copied().unwrap_or_default();
            let key = self.long.get(start as usize..end as usize).unwrap_or_default();
            return first_eight(&mut key.get(from..).unwrap_or_default().iter().copied());
        }
        let mut weights = Weights::of(name);
        if from > 0 {
            weights.nth(from - 1);
        }
        first_eight(&mut weights)
    }
}

fn first_eight(from: &mut impl Iterator<Item = u8>) -> ([u8; 8], usize) {
    let (mut bytes, mut count) = ([0; 8], 0);
    for (to, byte) in bytes.iter_mut().zip(from) {
        *to = byte;
        count += 1;
    }
    (bytes, count)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::list::facts::Facts;

    fn key(name: &str) -> Vec<u8> {
        Weights::of(name.as_bytes()).collect()
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

    /// The key of a name, from the keys of its numbers and of its other characters.
    fn plain_key(name: &str) -> Vec<u8> {
        let mut into = Vec::new();
        let mut rest = name;
        while let Some(first) = rest.chars().next() {
            let count = rest.bytes().take_while(u8::is_ascii_digit).count();
            if count > 0 {
                let digits = rest[..count].trim_start_matches('0');
                into.extend([NUMBER, u8::try_from(digits.len()).unwrap_or(u8::MAX)]);
                into.extend_from_slice(digits.as_bytes());
            } else {
                into.extend(key(&first.to_string()));
            }
            rest = &rest[count.max(first.len_utf8())..];
        }
        into
    }

    proptest! {
        #[test]
        fn a_key_is_the_same_at_once_and_in_parts(
            names in proptest::collection::vec("[a-z0-9_ÄßİÉ鍵\u{301} ]{0,70}", 1..6),
        ) {
            let mut rows = Rows::default();
            for name in &names {
                rows.push(&Facts { id: name, name, ..Facts::default() });
            }
            // Not from the first row on.
            let wanted: Vec<Row> = (1..rows.end()).collect();
            let keys = NameKeys::of(&rows, &wanted);
            for row in wanted {
                let mut parts = Vec::new();
                loop {
                    let (bytes, count) = keys.eight(row, parts.len());
                    parts.extend_from_slice(&bytes[..count.min(7)]);
                    if count < 8 {
                        break;
                    }
                }
                prop_assert_eq!(&parts, &key(rows.name(row)));
                prop_assert_eq!(&parts, &plain_key(rows.name(row)));
            }
        }

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
