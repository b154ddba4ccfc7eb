//! The order of the command palette.

use std::cmp::Reverse;

use crate::model::fuzzy::Pattern;

/// The group of a line, in the order of the palette.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A view or a workspace to go to.
    Navigation,
    /// An action of the page or of the app.
    Action,
    /// A secret to go to.
    Secret,
}

/// The positions of the matching lines, best first, at most `limit`. With an empty pattern: all, in the given order.
/// Otherwise substring matches by group and then by score, followed by scattered matches.
#[must_use]
pub fn rank<'a>(typed: &str, lines: impl IntoIterator<Item = (Group, &'a str)>, limit: usize) -> Vec<usize> {
    let pattern = Pattern::new(typed);
    let lines = lines.into_iter().enumerate();
    if pattern.is_empty() {
        return lines.take(limit).map(|(index, _)| index).collect();
    }
    let mut found: Vec<_> = lines
        .filter_map(|(index, (group, name))| {
            let score = pattern.score(name)?;
            Some((!score.is_whole, group, Reverse(score.points), index))
        })
        .collect();
    found.sort_unstable();
    found.truncate(limit);
    found.into_iter().map(|(.., index)| index).collect()
}

#[cfg(test)]
mod tests {
    use super::Group::{Action, Navigation, Secret};
    use super::*;

    const LINES: [(Group, &str); 8] = [
        (Navigation, "Secrets"),
        (Navigation, "Workspaces"),
        (Navigation, "Development, legacy tests"),
        (Action, "New secret"),
        (Action, "Delete"),
        (Action, "Theme: Dark"),
        (Secret, "DELETE_ME"),
        (Secret, "SECRET_KEY"),
    ];

    fn found(typed: &str) -> Vec<&'static str> {
        let found = rank(typed, LINES, 10);
        found.into_iter().map(|index| LINES[index].1).collect()
    }

    #[test]
    fn navigation_comes_first_then_actions_then_secrets() {
        assert_eq!(found("secret"), ["Secrets", "New secret", "SECRET_KEY"]);
    }

    #[test]
    fn scattered_letters_come_after_whole_matches_of_any_group() {
        assert_eq!(found("delete"), ["Delete", "DELETE_ME", "Development, legacy tests"]);
    }

    #[test]
    fn within_a_group_the_better_match_comes_first() {
        let lines = [(Secret, "OLD_KEY"), (Secret, "KEY_OLD")];
        assert_eq!(rank("key", lines, 10), [1, 0]);
    }

    #[test]
    fn nothing_typed_lists_what_is_given() {
        assert_eq!(found("").len(), LINES.len());
        assert_eq!(rank("  ", LINES, 2), [0, 1]);
        assert!(found("nothing like it").is_empty());
    }
}
