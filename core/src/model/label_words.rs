//! Labels in use, as suggestions.

use std::collections::BTreeSet;

/// The maximum number of suggestions.
const MOST: usize = 8;

/// Keys that match the input: prefix matches first, then substring matches.
#[must_use]
pub fn keys(known: &[(String, String)], typed: &str) -> Vec<String> {
    matching(known.iter().map(|(key, _)| key.as_str()), typed)
}

/// Values of a key that match the input.
#[must_use]
pub fn values(known: &[(String, String)], key: &str, typed: &str) -> Vec<String> {
    let of_key = known.iter().filter(|(known, _)| known == key);
    matching(of_key.map(|(_, value)| value.as_str()), typed)
}

fn matching<'a>(words: impl Iterator<Item = &'a str>, typed: &str) -> Vec<String> {
    let lower = typed.to_lowercase();
    // Prefix matches come first.
    let rank = |word: &str| match word.to_lowercase().find(&lower) {
        Some(0) => Some(0),
        Some(_) => Some(1),
        None => None,
    };
    let fitting = words.filter(|word| !word.is_empty() && *word != typed);
    let ranked: BTreeSet<(u8, &str)> = fitting.filter_map(|word| Some((rank(word)?, word))).collect();
    ranked.into_iter().take(MOST).map(|(_, word)| word.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(text: &str) -> Vec<(String, String)> {
        let pair = |pair: &str| {
            pair.split_once('=')
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
        };
        text.split(' ').filter_map(pair).collect()
    }

    #[test]
    fn what_begins_with_it_comes_first() {
        let known = known("team=a env=prod env=preview env=test stage-env=x Environment=y none=");
        assert_eq!(keys(&known, "env"), ["Environment", "stage-env"]);
        assert_eq!(keys(&known, "EN"), ["Environment", "env", "stage-env"]);
        assert_eq!(keys(&known, ""), ["Environment", "env", "none", "stage-env", "team"]);
        assert_eq!(values(&known, "env", "p"), ["preview", "prod"]);
        assert_eq!(values(&known, "none", ""), [""; 0]);
        assert_eq!(values(&known, "unknown", ""), [""; 0]);
    }

    proptest! {
        #[test]
        fn each_is_known_once_and_is_not_what_is_typed(words in proptest::collection::vec("[ab]{0,3}", 0..20), typed in "[ab]{0,2}") {
            let known: Vec<_> = words.into_iter().map(|word| (word, String::new())).collect();
            let offered = keys(&known, &typed);
            prop_assert!(offered.len() <= MOST);
            prop_assert_eq!(offered.iter().collect::<BTreeSet<_>>().len(), offered.len());
            prop_assert!(offered.iter().all(|word| *word != typed && word.contains(&typed)));
        }
    }
}
