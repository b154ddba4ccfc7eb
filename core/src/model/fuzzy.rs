//! Finding by parts of words: which names fit what was typed, and how well.

/// How well `name` fits `typed`; none where it does not. All characters of `typed` have to come in `name` in that order,
/// without regard to case; the higher the number the better. Starts of words and runs of neighbours count most, so that
/// `dbu` finds `DATABASE_URL` after `DB_USER`.
#[must_use]
pub fn score(typed: &str, name: &str) -> Option<i32> {
    let mut wanted = typed
        .chars()
        .flat_map(char::to_lowercase)
        .filter(|it| !it.is_whitespace())
        .peekable();
    let mut score = 0;
    let mut before = None::<char>;
    let mut was_hit = false;
    for (index, character) in name.chars().enumerate() {
        let Some(next) = wanted.peek() else { break };
        let is_start = before
            .is_none_or(|before| !before.is_alphanumeric() || (before.is_lowercase() && character.is_uppercase()));
        if character.to_lowercase().eq(std::iter::once(*next)) {
            wanted.next();
            score += 2;
            if was_hit {
                score += 6;
            }
            if is_start {
                score += 8;
            }
            if index == 0 {
                score += 4;
            }
            was_hit = true;
        } else {
            score -= 1;
            was_hit = false;
        }
        before = Some(character);
    }
    wanted.peek().is_none().then_some(score)
}

/// The positions of the names that fit, best first; of names that fit as well, the earlier one first.
#[must_use]
pub fn best(typed: &str, names: &[&str], most: usize) -> Vec<usize> {
    let mut found: Vec<(i32, usize)> = names
        .iter()
        .enumerate()
        .filter_map(|(index, name)| Some((score(typed, name)?, index)))
        .collect();
    found.sort_by_key(|(score, index)| (-score, *index));
    found.truncate(most);
    found.into_iter().map(|(_, index)| index).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found<'a>(typed: &str, names: &[&'a str]) -> Vec<&'a str> {
        best(typed, names, 10).into_iter().map(|index| names[index]).collect()
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
    fn nothing_typed_finds_all_in_their_order() {
        assert_eq!(found("", &["b", "a"]), ["b", "a"]);
        assert_eq!(best("", &["b", "a"], 1), [0]);
    }

    proptest! {
        #[test]
        fn any_text_is_found_by_itself(name in "\\PC{0,30}") {
            let is_plain = name.chars().all(|it| it.to_lowercase().count() == 1);
            prop_assume!(is_plain);
            prop_assert!(score(&name, &name).is_some());
        }

        #[test]
        fn it_never_panics(typed in "\\PC*", name in "\\PC*") {
            let _ = score(&typed, &name);
        }
    }
}
