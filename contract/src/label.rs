//! Labels and their rule (api.md, Resources, "Label rule").

use std::collections::BTreeMap;

/// Labels of a resource, in the order of their keys.
pub type Labels = BTreeMap<String, String>;

/// The longest name part of a key, and the longest value, in characters.
pub const LONGEST: usize = 63;
/// The longest DNS-subdomain prefix of a key, in characters.
pub const LONGEST_PREFIX: usize = 253;

/// Which part of a label breaks the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelPart {
    /// The DNS-subdomain before the slash of a key.
    Prefix,
    /// The key, or what follows its prefix.
    Key,
    /// The value.
    Value,
}

/// How a label violates the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LabelError {
    /// The part must not be empty.
    Empty(LabelPart),
    /// The part has more characters than this.
    TooLong(LabelPart, usize),
    /// The part does not start with a letter or digit.
    Start(LabelPart),
    /// The part does not end with a letter or digit.
    End(LabelPart),
    /// The part holds a character that is not allowed.
    Character(LabelPart, char),
    /// The key holds more than one slash.
    Slashes,
}

/// Checks a key: an optional DNS-subdomain prefix with a slash, then 1 to 63 characters, alphanumeric at both ends,
/// with `-`, `_`, `.` between.
///
/// # Errors
///
/// The first [`LabelError`] that applies.
pub fn check_key(key: &str) -> Result<(), LabelError> {
    let (prefix, name) = match key.split_once('/') {
        Some((prefix, name)) => (Some(prefix), name),
        None => (None, key),
    };
    if name.contains('/') {
        return Err(LabelError::Slashes);
    }
    if let Some(prefix) = prefix {
        check_prefix(prefix)?;
    }
    if name.is_empty() {
        return Err(LabelError::Empty(LabelPart::Key));
    }
    check_shape(name, LabelPart::Key)
}

/// Checks a value: 0 to 63 characters of the same shape as a key.
///
/// # Errors
///
/// The first [`LabelError`] that applies.
pub fn check_value(value: &str) -> Result<(), LabelError> {
    if value.is_empty() {
        Ok(())
    } else {
        check_shape(value, LabelPart::Value)
    }
}

fn check_prefix(prefix: &str) -> Result<(), LabelError> {
    use LabelError as E;
    const PART: LabelPart = LabelPart::Prefix;
    if prefix.is_empty() {
        return Err(E::Empty(PART));
    }
    if prefix.chars().count() > LONGEST_PREFIX {
        return Err(E::TooLong(PART, LONGEST_PREFIX));
    }
    // A DNS subdomain (RFC 1123 §2.1): lower-case labels of letters, digits and inner hyphens, joined by dots.
    let allowed = |character: char| character.is_ascii_lowercase() || character.is_ascii_digit();
    if let Some(character) = prefix.chars().find(|&c| !allowed(c) && c != '-' && c != '.') {
        return Err(E::Character(PART, character));
    }
    for label in prefix.split('.') {
        if label.is_empty() {
            return Err(E::Empty(PART));
        }
        if !label.starts_with(allowed) {
            return Err(E::Start(PART));
        }
        if !label.ends_with(allowed) {
            return Err(E::End(PART));
        }
    }
    Ok(())
}

fn check_shape(text: &str, part: LabelPart) -> Result<(), LabelError> {
    let alphanumeric = |character: char| character.is_ascii_alphanumeric();
    if let Some(character) = text
        .chars()
        .find(|&c| !alphanumeric(c) && !matches!(c, '-' | '_' | '.'))
    {
        return Err(LabelError::Character(part, character));
    }
    if text.len() > LONGEST {
        return Err(LabelError::TooLong(part, LONGEST));
    }
    if !text.starts_with(alphanumeric) {
        return Err(LabelError::Start(part));
    }
    if !text.ends_with(alphanumeric) {
        return Err(LabelError::End(part));
    }
    Ok(())
}

/// The filter syntax of the API: `key=value` pairs joined by commas, all of which must match. Valid keys and values
/// contain no comma and no equals sign.
#[must_use]
pub fn to_filter(labels: &Labels) -> String {
    let pairs: Vec<String> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    pairs.join(",")
}

/// Parses the filter syntax.
///
/// # Errors
///
/// The pair that is not a valid `key=value`.
pub fn from_filter(filter: &str) -> Result<Labels, String> {
    let mut labels = Labels::new();
    for pair in filter.split(',').map(str::trim).filter(|pair| !pair.is_empty()) {
        let (key, value) = pair.split_once('=').ok_or_else(|| pair.to_owned())?;
        if check_key(key).is_err() || check_value(value).is_err() {
            return Err(pair.to_owned());
        }
        // Two values for one key can match nothing; an error is better than dropping one of them.
        if labels
            .insert(key.to_owned(), value.to_owned())
            .is_some_and(|earlier| earlier != value)
        {
            return Err(pair.to_owned());
        }
    }
    Ok(labels)
}

#[cfg(test)]
mod tests {
    use super::*;
    use LabelError::*;
    use LabelPart::{Key, Prefix, Value};
    use proptest::prelude::*;

    #[test]
    fn keys() {
        let long = "a".repeat(63);
        let longer = "a".repeat(64);
        let long_prefix = format!("{}/a", ["a"; 127].join("."));
        let longer_prefix = format!("{}aa/a", "a.".repeat(126));
        for (key, expected) in [
            ("env", Ok(())),
            ("a", Ok(())),
            ("A-b_c.9", Ok(())),
            ("example.com/team", Ok(())),
            (long.as_str(), Ok(())),
            (long_prefix.as_str(), Ok(())),
            ("", Err(Empty(Key))),
            ("example.com/", Err(Empty(Key))),
            ("/team", Err(Empty(Prefix))),
            ("a//b", Err(Slashes)),
            ("a/b/c", Err(Slashes)),
            (longer.as_str(), Err(TooLong(Key, 63))),
            (longer_prefix.as_str(), Err(TooLong(Prefix, 253))),
            ("-env", Err(Start(Key))),
            ("env.", Err(End(Key))),
            ("e nv", Err(Character(Key, ' '))),
            ("ключ", Err(Character(Key, 'к'))),
            ("Example.com/team", Err(Character(Prefix, 'E'))),
            ("a..b/team", Err(Empty(Prefix))),
            ("-a.b/team", Err(Start(Prefix))),
            ("a-.b/team", Err(End(Prefix))),
        ] {
            assert_eq!(check_key(key), expected, "{key:?}");
        }
    }

    #[test]
    fn values() {
        assert_eq!(check_value(""), Ok(()));
        assert_eq!(check_value("v2.0_final-1"), Ok(()));
        assert_eq!(check_value(&"a".repeat(64)), Err(TooLong(Value, 63)));
        assert_eq!(check_value("_a"), Err(Start(Value)));
        assert_eq!(check_value("a_"), Err(End(Value)));
        assert_eq!(check_value("a/b"), Err(Character(Value, '/')));
        assert_eq!(check_value("a,b"), Err(Character(Value, ',')));
    }

    #[test]
    fn a_filter_that_is_not_pairs() {
        assert_eq!(from_filter("env"), Err("env".to_owned()));
        assert_eq!(from_filter("env=prod,team"), Err("team".to_owned()));
        assert_eq!(from_filter("env=a,env=b"), Err("env=b".to_owned()));
        assert_eq!(from_filter(""), Ok(Labels::new()));
    }

    proptest! {
        #[test]
        fn filters_round_trip(labels in proptest::collection::btree_map("[a-z]{1,9}(/[a-zA-Z0-9]{1,9})?", "([a-z0-9]{1,9})?", 0..5)) {
            prop_assert_eq!(from_filter(&to_filter(&labels)), Ok(labels));
        }

        #[test]
        fn checks_never_panic(text in any::<String>()) {
            let _ = check_key(&text);
            let _ = check_value(&text);
            let _ = from_filter(&text);
        }
    }
}
