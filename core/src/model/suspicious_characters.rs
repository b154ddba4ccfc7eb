//! Characters that a person does not see or did not mean: pointed out, never taken away.
//!
//! What is found is a kind, how often, and where first. Never the text itself: it may be a value.

/// A kind of character that is easily there by mistake.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Spaces or tabs before everything else.
    LeadingSpace,
    /// Spaces or tabs after everything else, or before the line breaks at the end.
    TrailingSpace,
    /// Line breaks after everything else.
    TrailingBreak,
    /// A carriage return, alone or before a line feed.
    CarriageReturn,
    /// A space that is not the one of the space bar: one that does not break, one of another width.
    OtherSpace,
    /// A character without any width, or one that is blank.
    Invisible,
    /// A character that turns the direction of what follows.
    Direction,
    /// A byte order mark.
    ByteOrderMark,
    /// Another control character.
    Control,
    /// The character that stands for one that could not be read.
    Replacement,
}

/// What was found of one kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Oddity {
    /// What it is.
    pub kind: Kind,
    /// How many characters.
    pub count: usize,
    /// The line of the first one, counted from 1.
    pub line: usize,
    /// Which character of its line the first one is, counted from 1.
    pub column: usize,
}

/// What is odd in a text of several lines: one finding for each kind, in the order of [`Kind`].
#[must_use]
pub fn in_value(text: &str) -> Vec<Oddity> {
    find(text, true)
}

/// What is odd in a text of one line, such as a name. Control characters are left to the rule that refuses them.
#[must_use]
pub fn in_line(text: &str) -> Vec<Oddity> {
    find(text, false)
}

/// Where something stands, in lines and characters from 1.
#[derive(Debug, Clone, Copy)]
struct Place {
    line: usize,
    column: usize,
}

fn find(text: &str, has_lines: bool) -> Vec<Oddity> {
    let mut found = Vec::<Oddity>::new();
    let edges = Edges::of(text);
    let mut place = Place { line: 1, column: 1 };
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let edge = edges.kind(at, character);
        let kinds = [edge, kind(character, has_lines)];
        for kind in kinds.into_iter().flatten() {
            note(&mut found, kind, place);
        }
        let is_before_feed = characters.peek().is_some_and(|(_, next)| *next == '\n');
        match character {
            // A CR with its LF is one end of a line, in one place.
            '\r' if is_before_feed => {}
            '\n' | '\r' => {
                place = Place {
                    line: place.line + 1,
                    column: 1,
                }
            }
            _ => place.column += 1,
        }
    }
    found.sort_unstable_by_key(|oddity| oddity.kind);
    found
}

fn note(found: &mut Vec<Oddity>, kind: Kind, place: Place) {
    match found.iter_mut().find(|oddity| oddity.kind == kind) {
        Some(oddity) => oddity.count += 1,
        None => found.push(Oddity {
            kind,
            count: 1,
            line: place.line,
            column: place.column,
        }),
    }
}

/// Where the text proper begins and ends, in bytes. A text of nothing but blanks is all before its beginning.
struct Edges {
    begin: usize,
    end: usize,
}

impl Edges {
    fn of(text: &str) -> Self {
        let is_edge = |character: char| matches!(character, ' ' | '\t' | '\n' | '\r');
        let end = text.trim_end_matches(is_edge).len();
        let begin = text.len() - text.trim_start_matches(is_edge).len();
        Self { begin, end }
    }

    fn kind(&self, at: usize, character: char) -> Option<Kind> {
        let is_blank = matches!(character, ' ' | '\t');
        if at < self.begin {
            is_blank.then_some(Kind::LeadingSpace)
        } else if at < self.end {
            None
        } else if is_blank {
            Some(Kind::TrailingSpace)
        } else {
            // A CR with its LF is one break.
            (character == '\n').then_some(Kind::TrailingBreak)
        }
    }
}

fn kind(character: char, has_lines: bool) -> Option<Kind> {
    Some(match character {
        '\n' | '\t' => return None,
        '\r' if has_lines => Kind::CarriageReturn,
        '\u{a0}'
        | '\u{1680}'
        | '\u{2000}'..='\u{200a}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{202f}'
        | '\u{205f}'
        | '\u{3000}' => Kind::OtherSpace,
        // Zero-width (joiners too), soft hyphen, word joiner and invisible operators, fillers that are blank, tags.
        '\u{200b}'..='\u{200d}'
        | '\u{ad}'
        | '\u{34f}'
        | '\u{115f}'
        | '\u{1160}'
        | '\u{17b4}'
        | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2800}'
        | '\u{3164}'
        | '\u{ffa0}'
        | '\u{e0000}'..='\u{e007f}' => Kind::Invisible,
        // UAX #9, section 2: marks, embeddings, overrides, isolates; and their deprecated relatives.
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}' => Kind::Direction,
        '\u{feff}' => Kind::ByteOrderMark,
        '\u{fffd}' => Kind::Replacement,
        character if character.is_control() && has_lines => Kind::Control,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use Kind::*;
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Vec<(Kind, usize, usize, usize)> {
        let of = |it: Oddity| (it.kind, it.count, it.line, it.column);
        in_value(text).into_iter().map(of).collect()
    }

    #[test]
    fn each_kind_with_its_count_and_first_place() {
        for (text, expected) in [
            ("", vec![]),
            ("plain\n\ttext of 東京 🗝 ✓", vec![]),
            ("  a", vec![(LeadingSpace, 2, 1, 1)]),
            ("\n\ta", vec![(LeadingSpace, 1, 2, 1)]),
            ("a \t", vec![(TrailingSpace, 2, 1, 2)]),
            ("a\n\n", vec![(TrailingBreak, 2, 1, 2)]),
            ("a \n", vec![(TrailingSpace, 1, 1, 2), (TrailingBreak, 1, 1, 3)]),
            (" ", vec![(LeadingSpace, 1, 1, 1)]),
            ("a\r\nb\r\nc", vec![(CarriageReturn, 2, 1, 2)]),
            ("a\rb\u{200b}", vec![(CarriageReturn, 1, 1, 2), (Invisible, 1, 2, 2)]),
            ("a\r\n", vec![(TrailingBreak, 1, 1, 2), (CarriageReturn, 1, 1, 2)]),
            ("a\nb\u{a0}c\u{3000}", vec![(OtherSpace, 2, 2, 2)]),
            ("user\u{202e}nimda", vec![(Direction, 1, 1, 5)]),
            ("\u{feff}a", vec![(ByteOrderMark, 1, 1, 1)]),
            ("a\0\u{1b}\u{85}", vec![(Control, 3, 1, 2)]),
            ("\u{fffd}", vec![(Replacement, 1, 1, 1)]),
            ("é東\u{ad}", vec![(Invisible, 1, 1, 3)]),
        ] {
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    #[test]
    fn in_a_line_control_characters_are_for_the_rule() {
        assert_eq!(in_line("a\u{7}b\r"), []);
        let found = in_line("API\u{200b}_KEY ");
        assert_eq!(
            found.iter().map(|it| it.kind).collect::<Vec<_>>(),
            [TrailingSpace, Invisible]
        );
    }

    proptest! {
        #[test]
        fn places_are_in_the_text_and_counts_are_right(text in "[a \t\n\r\u{a0}\u{200b}\u{202e}\u{feff}\u{1}é]{0,40}") {
            let lines: Vec<_> = text.replace("\r\n", "\n").replace('\r', "\n").split('\n').map(str::to_owned).collect();
            for oddity in in_value(&text) {
                prop_assert!(oddity.count > 0 && oddity.count <= text.chars().count());
                prop_assert!(oddity.line >= 1 && oddity.line <= lines.len());
                // The end of a line stands behind its last character.
                prop_assert!(oddity.column >= 1 && oddity.column <= lines[oddity.line - 1].chars().count() + 1);
            }
            let count = |wanted: Kind| in_value(&text).iter().find(|it| it.kind == wanted).map_or(0, |it| it.count);
            prop_assert_eq!(count(CarriageReturn), text.matches('\r').count());
            prop_assert_eq!(count(Invisible), text.matches('\u{200b}').count());
            prop_assert_eq!(count(Control), text.matches('\u{1}').count());
        }

        #[test]
        fn what_a_keyboard_types_is_not_odd(text in "[!-~]([ -~]{0,30}[!-~])?") {
            prop_assert_eq!(in_value(&text), []);
        }
    }
}
