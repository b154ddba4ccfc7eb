//! Makes values by chance: characters of an alphabet, or words.

use contract::SecretText;

use crate::model::word_list;

/// Where chance comes from: fills the bytes, or says that it cannot.
pub type Chance<'a> = &'a mut dyn FnMut(&mut [u8]) -> bool;

/// The most characters, and the most words: far more than anyone needs, and still quick.
pub const MOST: usize = 1024;

/// So many draws in a row that all have to be thrown away are no chance but a broken source: each is thrown away with a
/// probability of less than one half.
const MOST_DRAWS: usize = 128;

/// A set of characters to draw from, without any twice.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// Small letters, capitals and digits.
    #[default]
    LettersAndDigits,
    /// Those and the other characters of a keyboard; without quotation marks and the backslash, which shells and
    /// configuration files read as something else.
    Symbols,
    /// What stands in an address as it is (RFC 4648, section 5).
    UrlSafe,
    /// Hexadecimal digits.
    Hex,
    /// Digits.
    Digits,
    /// Small letters.
    Lower,
    /// Capitals.
    Upper,
}

impl Alphabet {
    /// All of them, the most useful first.
    pub const ALL: [Self; 7] = [
        Self::LettersAndDigits,
        Self::Symbols,
        Self::UrlSafe,
        Self::Hex,
        Self::Digits,
        Self::Lower,
        Self::Upper,
    ];

    /// Its characters. All are ASCII.
    #[must_use]
    pub const fn characters(self) -> &'static str {
        match self {
            Self::LettersAndDigits => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            Self::Symbols => {
                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~"
            }
            Self::UrlSafe => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_",
            Self::Hex => "0123456789abcdef",
            Self::Digits => "0123456789",
            Self::Lower => "abcdefghijklmnopqrstuvwxyz",
            Self::Upper => "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
        }
    }
}

/// What to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recipe {
    /// So many characters of an alphabet.
    Characters {
        /// How many.
        length: usize,
        /// Of which.
        alphabet: Alphabet,
    },
    /// So many words.
    Words {
        /// How many.
        count: usize,
        /// What stands between them.
        separator: char,
    },
}

impl Recipe {
    /// How many bits of chance are in what it makes.
    #[must_use]
    pub fn bits(&self) -> f64 {
        let (count, choices) = match self {
            Self::Characters { length, alphabet } => (*length, alphabet.characters().len()),
            Self::Words { count, .. } => (*count, word_list::COUNT),
        };
        #[expect(clippy::cast_precision_loss, reason = "counts up to a thousand are exact")]
        let (count, choices) = (count.min(MOST) as f64, choices as f64);
        count * choices.log2()
    }

    /// Makes a value. None where it would be empty or chance is not to be had: better no value than one that can be
    /// guessed.
    pub fn make(&self, chance: Chance<'_>) -> Option<SecretText> {
        let text = match self {
            Self::Characters { length, alphabet } => characters(*length, alphabet.characters(), chance)?,
            Self::Words { count, separator } => words(*count, *separator, chance)?,
        };
        let value = SecretText::new(text);
        (!value.is_empty()).then_some(value)
    }
}

// The buffers have their final size from the start: one that grows leaves copies of the value behind.

fn characters(length: usize, alphabet: &str, chance: Chance<'_>) -> Option<String> {
    let length = length.min(MOST);
    let mut text = String::with_capacity(length);
    for _ in 0..length {
        let drawn = alphabet.as_bytes().get(draw(alphabet.len(), chance)?)?;
        text.push(char::from(*drawn));
    }
    Some(text)
}

fn words(count: usize, separator: char, chance: Chance<'_>) -> Option<String> {
    let count = count.min(MOST);
    let mut text = String::with_capacity(count * (4 + separator.len_utf8()));
    for number in 0..count {
        if number > 0 {
            text.push(separator);
        }
        text.push_str(word_list::word(draw(word_list::COUNT, chance)?)?);
    }
    Some(text)
}

/// A number below `choices`, each as likely as any other: what lies beyond is drawn again, because its remainder would
/// make the first numbers likelier. `choices` is from 1 to 65536.
fn draw(choices: usize, chance: Chance<'_>) -> Option<usize> {
    let mask = choices.checked_next_power_of_two()?.checked_sub(1)?;
    for _ in 0..MOST_DRAWS {
        let mut bytes = [0; 2];
        if !chance(&mut bytes) {
            return None;
        }
        let drawn = usize::from(u16::from_le_bytes(bytes)) & mask;
        if drawn < choices {
            return Some(drawn);
        }
    }
    None
}

#[cfg(test)]
mod tests;
