//! Fuzzy search: which names match what was typed, and how well.

/// The score of a match; higher is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    /// Whether the name contains the pattern as a substring.
    pub is_whole: bool,
    /// Points for starts of words and for runs of characters.
    pub points: i32,
}

/// A prepared search pattern.
#[derive(Debug, Clone)]
pub struct Pattern {
    whole: String,
    characters: Vec<char>,
}

impl Pattern {
    /// Prepares a pattern. Case and white space don't count.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let whole = typed.trim().to_lowercase();
        Self {
            characters: whole.chars().filter(|it| !it.is_whitespace()).collect(),
            whole,
        }
    }

    /// Whether the pattern is empty: then every name matches equally.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.characters.is_empty()
    }

    /// The score of `name`; `None` unless it contains all characters of the pattern in order. Starts of words and
    /// adjacent characters score most, so that `dbu` finds `DB_USER` before `DATABASE_URL`.
    #[must_use]
    pub fn score(&self, name: &str) -> Option<Score> {
        let mut wanted = self.characters.iter().peekable();
        let mut points = 0;
        let mut before = None::<char>;
        let mut was_hit = false;
        for (index, character) in name.chars().enumerate() {
            let Some(next) = wanted.peek() else { break };
            let is_start = before
                .is_none_or(|before| !before.is_alphanumeric() || (before.is_lowercase() && character.is_uppercase()));
            if character.to_lowercase().eq(std::iter::once(**next)) {
                wanted.next();
                points += 2;
                if was_hit {
                    points += 6;
                }
                if is_start {
                    points += 8;
                }
                if index == 0 {
                    points += 4;
                }
                was_hit = true;
            } else {
                points -= 1;
                was_hit = false;
            }
            before = Some(character);
        }
        if wanted.peek().is_some() {
            return None;
        }
        Some(Score {
            is_whole: name.to_lowercase().contains(&self.whole),
            points,
        })
    }
}

/// The positions of the best `limit` names, best first; ties keep their order.
pub fn best<'a>(typed: &str, names: impl IntoIterator<Item = &'a str>, limit: usize) -> Vec<usize> {
    let pattern = Pattern::new(typed);
    let names = names.into_iter().enumerate();
    if pattern.is_empty() {
        return names.take(limit).map(|(index, _)| index).collect();
    }
    let mut found: Vec<(Score, usize)> = names
        .filter_map(|(index, name)| Some((pattern.score(name)?, index)))
        .collect();
    found.sort_by_key(|(score, index)| (std::cmp::Reverse(*score), *index));
    found.truncate(limit);
    found.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        let found = best(typed, names.iter().copied(), 10);
        found.into_iter().map(|index| names[index]).collect()
    }

    #[test]
    fn starts_and_runs_come_first() {
        let names = ["DATABASE_URL", "DB_USER", "REDIS_URL"];
        assert_eq!(found("dbu", &names), ["DB_USER", "DATABASE_URL"]);
        assert_eq!(found("url", &names)[0], "REDIS_URL");
        assert_eq!(found("Redis Url", &names), ["REDIS_URL"]);
        assert!(found("xyz", &names).is_empty());
    }

    #[test]
    fn one_piece_comes_before_scattered_letters() {
        let names = ["D_E_L", "a_model"];
        assert_eq!(found("del", &names), ["a_model", "D_E_L"]);
    }

    #[test]
    fn nothing_typed_finds_all_in_their_order() {
        assert_eq!(found(" ", &["b", "a"]), ["b", "a"]);
        assert_eq!(best("", ["b", "a"], 1), [0]);
    }

    proptest! {
        #[test]
        fn any_text_is_found_by_itself(name in "\\PC{0,30}") {
            let is_plain = name.chars().all(|it| it.to_lowercase().count() == 1);
            prop_assume!(is_plain);
            prop_assert!(Pattern::new(&name).score(&name).is_some());
        }

        #[test]
        fn it_never_panics(typed in "\\PC*", name in "\\PC*") {
            let _ = Pattern::new(&typed).score(&name);
        }
    }
}
