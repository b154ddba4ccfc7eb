//! Labels pasted as text: `env=prod,team=payments`, on one line or several.

use contract::label;

/// A parsed paste.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pasted {
    /// Valid labels, in order.
    pub pairs: Vec<(String, String)>,
    /// The text that is no label, as pasted; several pieces are joined by commas.
    pub rest: String,
}

/// Parses labels from a text; `None` if it contains none, so that it is pasted as plain text.
///
/// Only valid labels are taken; the rest stays where it was pasted, for the user to see.
#[must_use]
pub fn read(text: &str) -> Option<Pasted> {
    let mut pasted = Pasted::default();
    for piece in text.split([',', '\n', '\r', ';']) {
        let piece = piece.trim();
        if let Some(pair) = pair(piece) {
            if !pasted.pairs.contains(&pair) {
                pasted.pairs.push(pair);
            }
        } else if !piece.is_empty() {
            let comma = if pasted.rest.is_empty() { "" } else { "," };
            pasted.rest = format!("{}{comma}{piece}", pasted.rest);
        }
    }
    (!pasted.pairs.is_empty()).then_some(pasted)
}

fn pair(piece: &str) -> Option<(String, String)> {
    let (key, value) = piece.split_once('=')?;
    let (key, value) = (key.trim(), value.trim());
    let is_label = label::check_key(key).is_ok() && label::check_value(value).is_ok();
    is_label.then(|| (key.to_owned(), value.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(text: &str) -> Option<(String, String)> {
        let pasted = read(text)?;
        let pairs: Vec<_> = pasted
            .pairs
            .iter()
            .map(|(key, value)| format!("{key}={value}"))
            .collect();
        Some((pairs.join(" "), pasted.rest))
    }

    #[test]
    fn pairs_in_every_form_and_what_is_none() {
        for (text, expected) in [
            ("env=prod", Some(("env=prod", ""))),
            ("a=b,c=d", Some(("a=b c=d", ""))),
            (" a = b \r\n c=d;\n\n e= ", Some(("a=b c=d e=", ""))),
            ("example.com/team=x", Some(("example.com/team=x", ""))),
            ("a=b,a=b", Some(("a=b", ""))),
            ("a=b,a=c", Some(("a=b a=c", ""))),
            ("a=b, two words=x, tail", Some(("a=b", "two words=x,tail"))),
            ("env", None),
            ("", None),
            ("a,b", None),
            ("=x", None),
            ("dGVzdA==", None),
        ] {
            let expected = expected.map(|(pairs, rest)| (pairs.to_owned(), rest.to_owned()));
            assert_eq!(told(text), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn labels_written_as_a_filter_are_read_back(
            labels in proptest::collection::btree_map("[a-z]{1,5}", "[a-z0-9]{0,5}", 1..6),
        ) {
            let pasted = read(&label::to_filter(&labels));
            let expected = Pasted { pairs: labels.into_iter().collect(), rest: String::new() };
            prop_assert_eq!(pasted, Some(expected));
        }

        #[test]
        fn nothing_is_lost_but_space_and_separators(text in "[a-c= ,;\n!]{0,30}") {
            let Some(pasted) = read(&text) else { return Ok(()) };
            let kept: String = pasted.pairs.iter().map(|(key, value)| format!("{key}={value}")).chain([pasted.rest]).collect();
            for letter in ['!', 'a', 'b', 'c'] {
                prop_assert_eq!(kept.contains(letter), text.contains(letter));
            }
            for (key, value) in &pasted.pairs {
                prop_assert!(label::check_key(key).is_ok() && label::check_value(value).is_ok());
            }
        }
    }
}
