//! Texts that are too long to be read whole: a name of ten megabytes is no name, but must not stop the page.

use std::borrow::Cow;

/// The longest text that is read whole, in bytes: 64 KiB. A longer one is shortened to its first 64 KiB and an ellipsis, so
/// that no work on it takes longer. Values, cursors and the texts that refer to secrets are always read whole.
pub const LONGEST_TEXT: usize = 64 * 1024;

/// A text as it is read: one that is too long is shortened.
#[must_use]
pub fn shortened(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.len() <= LONGEST_TEXT {
        return text;
    }
    let start = text.get(..text.ceil_char_boundary(LONGEST_TEXT)).unwrap_or_default();
    Cow::Owned([start, "…"].concat())
}

/// Whether a text that was read is only the start of the server's. It must not be written back.
#[must_use]
pub fn is_shortened(text: &str) -> bool {
    text.len() > LONGEST_TEXT
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_shortened_can_be_told() {
        for letter in ["a", "ü", "鍵", "👩"] {
            let fits = letter.repeat(LONGEST_TEXT / letter.len());
            assert!(
                shortened(fits.as_str().into()) == fits && !is_shortened(&fits),
                "{letter}"
            );
            let long = [fits.as_str(), letter].concat();
            let short = shortened(long.as_str().into());
            assert!(is_shortened(&short) && short.len() <= LONGEST_TEXT + 6, "{letter}");
            assert_eq!(shortened(short.clone()), short, "{letter}: once is enough");
            assert!(long.starts_with(short.trim_end_matches('…')), "{letter}");
        }
    }
}
