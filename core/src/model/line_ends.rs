//! How the lines of a text end. A text field of the browser knows only LF (HTML, 4.10.11 "API value"): what was CR or
//! CRLF is remembered here, beside the field, so that what is sent is what was given.
//!
//! Nothing here holds any of the text: only how each of its lines ends.

use contract::SecretText;

/// How a line ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// A line feed, as Unix and macOS write it.
    Lf,
    /// A carriage return and a line feed, as Windows writes it.
    CrLf,
    /// A carriage return alone.
    Cr,
}

impl End {
    const fn text(self) -> &'static str {
        match self {
            Self::Lf => "\n",
            Self::CrLf => "\r\n",
            Self::Cr => "\r",
        }
    }
}

/// How each line of a text ends, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LineEnds(Vec<End>);

impl LineEnds {
    /// Those of a text.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut ends = Vec::new();
        let mut characters = text.bytes().peekable();
        while let Some(byte) = characters.next() {
            match byte {
                b'\n' => ends.push(End::Lf),
                b'\r' if characters.next_if_eq(&b'\n').is_some() => ends.push(End::CrLf),
                b'\r' => ends.push(End::Cr),
                _ => {}
            }
        }
        Self(ends)
    }

    /// How many line breaks there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// How many of them are of this kind.
    #[must_use]
    pub fn count_of(&self, end: End) -> usize {
        self.0.iter().filter(|it| **it == end).count()
    }

    /// How all of them are, where they are alike and there is one.
    #[must_use]
    pub fn all(&self) -> Option<End> {
        let first = *self.0.first()?;
        self.0.iter().all(|end| *end == first).then_some(first)
    }

    /// Whether a field that knows only LF would lose anything.
    #[must_use]
    pub fn has_return(&self) -> bool {
        self.0.iter().any(|end| *end != End::Lf)
    }

    /// Makes every one a line feed.
    pub fn make_lf(&mut self) {
        self.0.fill(End::Lf);
    }

    /// Puts the ends of a text that is pasted in the place of those from `start` up to `end`, counted in line breaks.
    pub fn paste(&mut self, start: usize, end: usize, pasted: &Self) {
        let end = end.min(self.0.len());
        let start = start.min(end);
        self.0.splice(start..end, pasted.0.iter().copied());
    }

    /// The text was edited and now has so many line breaks. Alike ones stay alike; of others nobody can tell any more
    /// which is which, so they become line feeds. Returns whether that lost anything.
    pub fn follow(&mut self, breaks: usize) -> bool {
        if self.0.len() == breaks {
            return false;
        }
        let all = self.all();
        let is_loss = all.is_none() && self.has_return();
        self.0.clear();
        self.0.resize(breaks, all.unwrap_or(End::Lf));
        is_loss
    }

    /// The text with these ends, where `field` holds it with line feeds.
    #[must_use]
    pub fn apply(&self, field: &str) -> SecretText {
        // Exactly as large as it has to be: a buffer that grows leaves copies behind.
        let more = self.count_of(End::CrLf);
        let mut text = String::with_capacity(field.len() + more);
        let mut ends = self.0.iter();
        for part in field.split_inclusive('\n') {
            match part.strip_suffix('\n') {
                Some(line) => {
                    text.push_str(line);
                    text.push_str(ends.next().unwrap_or(&End::Lf).text());
                }
                None => text.push_str(part),
            }
        }
        SecretText::new(text)
    }
}

/// How many bytes [`LineEnds::apply`] makes of a text of so many bytes.
#[must_use]
pub fn byte_count(ends: &LineEnds, field_bytes: usize) -> usize {
    field_bytes + ends.count_of(End::CrLf)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// As the browser hands out what is in a text field.
    fn normalised(text: &str) -> String {
        text.replace("\r\n", "\n").replace('\r', "\n")
    }

    #[test]
    fn an_edit_keeps_what_is_alike_and_tells_what_it_loses() {
        let mut ends = LineEnds::of("a\r\nb\r\n");
        assert_eq!((ends.all(), ends.has_return()), (Some(End::CrLf), true));
        assert!(!ends.follow(3));
        assert_eq!(ends.apply("a\nb\nc\n").expose(), "a\r\nb\r\nc\r\n");
        let mut mixed = LineEnds::of("a\r\nb\nc\r");
        assert_eq!(mixed.all(), None);
        assert!(!mixed.follow(3), "typing within a line loses nothing");
        assert!(mixed.follow(2));
        assert_eq!(mixed.apply("a\nb\n").expose(), "a\nb\n");
        assert!(!LineEnds::of("a\n").follow(0));
        assert!(!LineEnds::default().follow(1));
    }

    #[test]
    fn a_paste_brings_its_own_ends() {
        let mut ends = LineEnds::of("a\nb\nc");
        ends.paste(1, 2, &LineEnds::of("x\r\ny\r\n"));
        assert_eq!(ends.apply("a\nx\ny\nc").expose(), "a\nx\r\ny\r\nc");
        ends.paste(7, 9, &LineEnds::of("\r"));
        assert_eq!(ends.count(), 4);
        ends.make_lf();
        assert_eq!(ends.all(), Some(End::Lf));
    }

    proptest! {
        #[test]
        fn what_is_sent_is_what_was_given(text in "[ab\r\né]{0,40}") {
            let ends = LineEnds::of(&text);
            let field = normalised(&text);
            prop_assert_eq!(ends.count(), field.matches('\n').count());
            let sent = ends.apply(&field);
            prop_assert_eq!(sent.expose(), text.as_str());
            prop_assert_eq!(byte_count(&ends, field.len()), text.len());
        }

        #[test]
        fn a_paste_is_the_same_as_the_text_with_it(before in "[ab\n]{0,9}", given in "[ab\r\n]{0,9}", after in "[ab\n]{0,9}") {
            let mut ends = LineEnds::of(&format!("{before}gone\n{after}"));
            let start = before.matches('\n').count();
            ends.paste(start, start + 1, &LineEnds::of(&given));
            // Where the last CR of what is pasted meets an LF that was there, the field holds two line breaks.
            let field = format!("{before}{}{after}", normalised(&given));
            let expected = format!("{before}{given}{after}");
            prop_assert_eq!(ends.count(), field.matches('\n').count());
            let sent = ends.apply(&field);
            prop_assert_eq!(sent.expose(), expected.as_str());
        }

        #[test]
        fn any_edit_leaves_as_many_ends_as_breaks(text in "[a\r\n]{0,20}", breaks in 0_usize..20) {
            let mut ends = LineEnds::of(&text);
            ends.follow(breaks);
            prop_assert_eq!(ends.count(), breaks);
        }
    }
}
