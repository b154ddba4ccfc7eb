//! Generates random values.

use contract::SecretText;

/// A source of random bytes: fills the buffer, or returns that it cannot.
pub type RandomSource<'a> = &'a mut dyn FnMut(&mut [u8]) -> bool;

/// The longest value, in characters.
pub const LONGEST: usize = 1024;

/// A draw is rejected with a probability below one half, so this many rejections in a row mean a broken source.
const MAX_DRAWS: usize = 128;

/// The characters to draw from, all of them ASCII.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Alphabet {
    /// Letters and digits.
    #[default]
    LettersAndDigits,
    /// Letters, digits and symbols, without quotation marks and the backslash: shells and configuration files would read
    /// those as syntax.
    WithSymbols,
}

impl Alphabet {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::LettersAndDigits, Self::WithSymbols];

    const fn characters(self) -> &'static [u8] {
        match self {
            Self::LettersAndDigits => b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789",
            Self::WithSymbols => {
                b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~"
            }
        }
    }
}

/// What to generate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recipe {
    /// Number of characters, at most [`LONGEST`].
    pub length: usize,
    /// The characters to draw from.
    pub alphabet: Alphabet,
}

impl Recipe {
    /// The entropy of a generated value, in whole bits.
    #[must_use]
    pub fn entropy_bits(self) -> usize {
        #[expect(
            clippy::cast_precision_loss,
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "at most 1024 characters of fewer than 8 bits each, rounded down"
        )]
        let bits = (self.length.min(LONGEST) as f64 * (self.alphabet.characters().len() as f64).log2()) as usize;
        bits
    }

    /// Generates a value. None for length 0 or if the source fails: no value is better than one that can be guessed.
    pub fn generate(self, random: RandomSource<'_>) -> Option<SecretText> {
        let length = self.length.min(LONGEST);
        // The exact size: a buffer that grows leaves copies of the value behind.
        let mut text = String::with_capacity(length);
        for _ in 0..length {
            text.push(draw(self.alphabet.characters(), random)?);
        }
        let value = SecretText::new(text);
        (!value.is_empty()).then_some(value)
    }
}

/// Draws a character, each with the same probability: a number beyond the alphabet is drawn again, because its remainder
/// would favour the first characters.
fn draw(characters: &[u8], random: RandomSource<'_>) -> Option<char> {
    let mask = characters.len().checked_next_power_of_two()? - 1;
    for _ in 0..MAX_DRAWS {
        let mut byte = [0];
        if !random(&mut byte) {
            return None;
        }
        if let Some(character) = characters.get(usize::from(byte[0]) & mask) {
            return Some(char::from(*character));
        }
    }
    None
}

#[cfg(test)]
mod tests;
