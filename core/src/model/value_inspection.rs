//! What is known of a value while it is typed: numbers, kinds and places. Never any of its text.

use contract::SecretText;

use crate::model::format_check::{self, Form};
use crate::model::line_ends::{End, LineEnds, byte_count};
use crate::model::suspicious_characters::{self, Kind, Oddity};

/// What is known of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ValueFacts {
    /// Bytes of UTF-8, as it would be sent.
    pub bytes: usize,
    /// Lines.
    pub lines: usize,
    /// How its lines end.
    pub ends: LineEnds,
    /// Whether the browser or an edit has made LF of other line ends, and nobody can tell any more of which.
    pub has_lost_ends: bool,
    /// What is odd in it.
    pub oddities: Vec<Oddity>,
    /// The form that it seems to be meant in.
    pub form: Option<Form>,
    /// Whether it is being typed: what is at its end may not stay there.
    pub is_typing: bool,
    /// How lines ended before and after something was put into the field, with its bytes then: undoing leads back there.
    past: Vec<(usize, LineEnds)>,
    field_bytes: usize,
}

/// As many steps back are remembered.
const MOST_PAST: usize = 16;

impl ValueFacts {
    /// The field has changed: it holds this, with LF at the end of each line.
    pub fn follow(&mut self, field: &str) {
        let has_lost = self.ends.follow(breaks(field));
        self.has_lost_ends = !field.is_empty() && (self.has_lost_ends || has_lost);
        self.measure(field);
    }

    /// A change was undone or done again: the field holds this. The browser does not say what it was; that its lines end
    /// as they did when the field was last of this size is the best that can be known.
    pub fn go_back(&mut self, field: &str) {
        let is_it = |(bytes, ends): &&(usize, LineEnds)| *bytes == field.len() && ends.count() == breaks(field);
        let known = || self.past.iter().rev().filter(is_it).map(|(_, ends)| ends);
        let other = known().find(|ends| **ends != self.ends).or_else(|| known().next());
        match other.cloned() {
            Some(ends) => self.ends = ends,
            None if self.ends.count() != breaks(field) && self.ends.has_return() => {
                self.has_lost_ends = true;
                self.ends = LineEnds::of(field);
            }
            None => {}
        }
        self.follow(field);
    }

    /// All of it is this text now, which was put into the field.
    pub fn replace(&mut self, text: &str) {
        self.remember();
        self.ends = LineEnds::of(text);
        self.has_lost_ends = false;
        self.measure(text);
        self.bytes = text.len();
        self.field_bytes = self.bytes - self.ends.count_of(End::CrLf);
        self.remember();
    }

    /// Something else is about to be in the field, or is in it now.
    fn remember(&mut self) {
        self.past.push((self.field_bytes, self.ends.clone()));
        let many = self.past.len().saturating_sub(MOST_PAST);
        self.past.drain(..many);
    }

    /// A text is about to be pasted into the field. `selection` is in units of UTF-16.
    pub fn expect_paste(&mut self, field: &str, selection: (usize, usize), pasted: &LineEnds) {
        self.remember();
        let (start, end) = (breaks_before(field, selection.0), breaks_before(field, selection.1));
        self.ends.paste(start, end, pasted);
    }

    /// What was about to be pasted is in the field.
    pub fn pasted(&mut self, field: &str) {
        self.follow(field);
        self.remember();
    }

    /// Every line shall end with LF.
    pub fn make_lf(&mut self) {
        // Whoever wants that wants it of what undoing brings back, too.
        for (_, ends) in &mut self.past {
            ends.make_lf();
        }
        self.bytes = self.bytes.saturating_sub(byte_count(&self.ends, 0));
        self.ends.make_lf();
    }

    /// Whether it has more bytes than are accepted.
    #[must_use]
    pub fn is_too_long(&self) -> bool {
        self.bytes > SecretText::LONGEST
    }

    /// What is odd in it, without what may only be unfinished.
    pub fn told_oddities(&self) -> impl Iterator<Item = &Oddity> {
        let is_end = |kind| matches!(kind, Kind::TrailingSpace | Kind::TrailingBreak);
        self.oddities
            .iter()
            .filter(move |oddity| !(self.is_typing && is_end(oddity.kind)))
    }

    /// The form that it does not keep, unless it may only be unfinished.
    #[must_use]
    pub fn told_form(&self) -> Option<Form> {
        self.form.filter(|form| !(self.is_typing && form.is_broken()))
    }

    /// How many things a person should look at.
    #[must_use]
    pub fn findings(&self) -> usize {
        let is_broken = self.told_form().is_some_and(Form::is_broken);
        self.told_oddities().count()
            + usize::from(is_broken)
            + usize::from(self.ends.has_return() || self.has_lost_ends)
    }

    fn measure(&mut self, field: &str) {
        self.field_bytes = field.len();
        self.bytes = byte_count(&self.ends, field.len());
        self.lines = self.ends.count() + usize::from(!field.is_empty() && !field.ends_with(['\n', '\r']));
        self.form = format_check::recognise(field);
        // Line ends are told of by themselves, and one line break at the end belongs to PEM (RFC 7468, section 3).
        let is_pem = matches!(self.form, Some(Form::Pem(_)));
        self.oddities = suspicious_characters::in_value(field);
        self.oddities.retain(|oddity| match oddity.kind {
            Kind::CarriageReturn => false,
            Kind::TrailingBreak => !(is_pem && oddity.count == 1),
            _ => true,
        });
    }
}

fn breaks(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn breaks_before(text: &str, units: usize) -> usize {
    let mut left = units;
    let is_before = |character: &char| match left.checked_sub(character.len_utf16()) {
        Some(rest) => {
            left = rest;
            true
        }
        None => false,
    };
    text.chars()
        .take_while(is_before)
        .filter(|character| *character == '\n')
        .count()
}

#[cfg(test)]
mod tests;
