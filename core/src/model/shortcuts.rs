//! Keyboard shortcuts: one table, for the keys and for the help that lists them.

use crate::i18n::words;
use crate::model::actions::ActionId;

/// The key sequence of each action, in the order of the help. Sequences may share a first key, but none is a prefix of
/// another.
pub const TABLE: [(ActionId, &[&str]); 27] = [
    (ActionId::Search, &["/"]),
    (ActionId::New, &["n"]),
    (ActionId::Edit, &["e"]),
    (ActionId::Edit, &["F2"]),
    (ActionId::ReplaceValue, &["v"]),
    (ActionId::CopyName, &["c"]),
    (ActionId::CopyId, &["i"]),
    (ActionId::CopyValue, &["C"]),
    (ActionId::CopyVariable, &["y"]),
    (ActionId::CopyTemplate, &["Y"]),
    (ActionId::Delete, &["#"]),
    (ActionId::Refresh, &["r"]),
    (ActionId::Select, &["x"]),
    (ActionId::SelectNext, &["J"]),
    (ActionId::SelectPrevious, &["K"]),
    // With Ctrl or ⌘; `Keys` never sees it.
    (ActionId::SelectAll, &["Ctrl A"]),
    (ActionId::ClearSelection, &["Escape"]),
    (ActionId::GoToWorkspaces, &["g", "w"]),
    (ActionId::GoToSecrets, &["g", "s"]),
    (ActionId::NextRow, &["j"]),
    (ActionId::NextRow, &["ArrowDown"]),
    (ActionId::PreviousRow, &["k"]),
    (ActionId::PreviousRow, &["ArrowUp"]),
    (ActionId::FirstRow, &["Home"]),
    (ActionId::LastRow, &["End"]),
    (ActionId::ShowHelp, &["?"]),
    // With Ctrl or ⌘; `Keys` never sees it.
    (ActionId::OpenPalette, &["Ctrl K"]),
];

/// The keys of an action, if it has any.
#[must_use]
pub fn keys_of(action: ActionId) -> Option<&'static [&'static str]> {
    let found = TABLE.iter().find(|(known, _)| *known == action);
    found.map(|(_, keys)| *keys)
}

/// The description of an action's shortcut, for the help. Separate from the table, so that its texts are loaded with
/// the help.
#[must_use]
pub fn meaning(action: ActionId) -> Option<&'static str> {
    Some(match action {
        ActionId::Search => words::keys().search,
        ActionId::New => words::keys().new,
        ActionId::Edit => words::keys().edit,
        ActionId::ReplaceValue => words::keys().replace_value,
        ActionId::CopyName => words::keys().copy_name,
        ActionId::CopyId => words::keys().copy_id,
        ActionId::CopyValue => words::keys().copy_value,
        ActionId::CopyVariable => words::keys().copy_variable,
        ActionId::CopyTemplate => words::keys().copy_template,
        ActionId::Delete => words::keys().delete,
        ActionId::Refresh => words::keys().refresh,
        ActionId::Select => words::keys().select,
        ActionId::SelectNext => words::keys().select_next,
        ActionId::SelectPrevious => words::keys().select_previous,
        ActionId::SelectAll => words::keys().select_all,
        ActionId::ClearSelection => words::keys().clear_selection,
        ActionId::GoToWorkspaces => words::keys().workspaces,
        ActionId::GoToSecrets => words::keys().secrets,
        ActionId::NextRow => words::keys().next_row,
        ActionId::PreviousRow => words::keys().previous_row,
        ActionId::FirstRow => words::keys().first_row,
        ActionId::LastRow => words::keys().last_row,
        ActionId::ShowHelp => words::keys().help,
        ActionId::OpenPalette => words::keys().palette,
        _ => return None,
    })
}

/// A key as it is shown.
#[must_use]
pub fn shown(key: &'static str) -> &'static str {
    match key {
        "ArrowDown" => "↓",
        "ArrowUp" => "↑",
        "Escape" => "Esc",
        "Ctrl A" => words::keys().control_a,
        "Ctrl K" => words::keys().control_k,
        "J" => words::keys().shift_j,
        "K" => words::keys().shift_k,
        "C" => words::keys().shift_c,
        "Y" => words::keys().shift_y,
        key => key,
    }
}

/// The keys of an action as `aria-keyshortcuts` writes them.
#[must_use]
pub fn for_aria(keys: &'static [&'static str]) -> String {
    let key = |key: &&str| match key.chars().next() {
        Some(first) if key.len() == 1 && first.is_ascii_uppercase() => format!("Shift+{first}"),
        _ => key.replace("Ctrl ", "Control+"),
    };
    keys.iter().map(key).collect::<Vec<_>>().join(" ")
}

/// Whether a key moves between rows while a row is focused, and otherwise scrolls.
#[must_use]
pub fn is_for_rows(key: &str) -> bool {
    matches!(key, "ArrowDown" | "ArrowUp" | "Home" | "End")
}

/// Whether a key belongs to any shortcut.
#[must_use]
pub fn is_known(key: &str) -> bool {
    TABLE.iter().any(|(_, keys)| keys.contains(&key))
}

/// The key of a shortcut that a press stands for, on any keyboard layout and with Caps Lock. `key` and `code` are the
/// browser's names of the character and of the place on the keyboard.
///
/// A character of ASCII counts as itself, with the case that Shift gives it. On a layout for another script the place on the
/// keyboard counts, as on a US layout.
#[must_use]
pub fn key_on_any_layout(key: &str, code: &str, has_shift: bool) -> String {
    let mut characters = key.chars();
    let (Some(character), None) = (characters.next(), characters.next()) else {
        return key.to_owned();
    };
    let by_place = || match (code, has_shift) {
        ("Slash", false) => Some('/'),
        ("Slash", true) => Some('?'),
        ("Digit3", true) => Some('#'),
        _ => code.strip_prefix("Key").and_then(|letter| letter.chars().next()),
    };
    let meant = if character.is_ascii() {
        character
    } else {
        by_place().unwrap_or(character)
    };
    if has_shift {
        meant.to_ascii_uppercase()
    } else {
        meant.to_ascii_lowercase()
    }
    .to_string()
}

/// The keys pressed so far of a key sequence.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<String>);

impl Keys {
    /// Adds a key. Returns the action whose sequence is complete.
    pub fn press(&mut self, key: &str) -> Option<ActionId> {
        self.0.push(key.to_owned());
        if let Some(action) = self.complete() {
            self.0.clear();
            return Some(action);
        }
        if !self.is_beginning() {
            // It may start another sequence.
            self.0.drain(..self.0.len() - 1);
            if let Some(action) = self.complete() {
                self.0.clear();
                return Some(action);
            }
            if !self.is_beginning() {
                self.0.clear();
            }
        }
        None
    }

    /// Whether a sequence has begun and is incomplete.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.0.is_empty()
    }

    /// Resets the sequence, after a timeout or when the focus moved.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    fn complete(&self) -> Option<ActionId> {
        let found = TABLE.iter().find(|(_, keys)| keys.iter().eq(self.0.iter()));
        found.map(|(action, _)| *action)
    }

    fn is_beginning(&self) -> bool {
        let begins =
            |keys: &[&str]| keys.len() > self.0.len() && keys.iter().zip(&self.0).all(|(key, pressed)| key == pressed);
        TABLE.iter().any(|(_, keys)| begins(keys))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(keys: &[&str]) -> Vec<ActionId> {
        let mut pressed = Keys::default();
        keys.iter().filter_map(|key| pressed.press(key)).collect()
    }

    #[test]
    fn one_key_and_two() {
        assert_eq!(press(&["n"]), [ActionId::New]);
        assert_eq!(
            press(&["g", "w", "g", "s"]),
            [ActionId::GoToWorkspaces, ActionId::GoToSecrets]
        );
        assert_eq!(press(&["w"]), []);
    }

    #[test]
    fn a_wrong_second_key_starts_anew() {
        assert_eq!(press(&["g", "n"]), [ActionId::New]);
        assert_eq!(press(&["g", "g", "w"]), [ActionId::GoToWorkspaces]);
        assert_eq!(press(&["g", "u", "w"]), []);
        assert_eq!(press(&["y", "Y"]), [ActionId::CopyVariable, ActionId::CopyTemplate]);
        let mut keys = Keys::default();
        keys.press("g");
        assert!(keys.is_waiting());
        keys.forget();
        assert_eq!(keys.press("w"), None);
    }

    #[test]
    fn screen_readers_get_the_keys_in_their_form() {
        let of = |action| for_aria(keys_of(action).unwrap());
        assert_eq!(of(ActionId::Edit), "e");
        assert_eq!(of(ActionId::CopyTemplate), "Shift+Y");
        assert_eq!(of(ActionId::SelectAll), "Control+A");
        assert_eq!(of(ActionId::ClearSelection), "Escape");
    }

    #[test]
    fn no_shortcut_hides_another() {
        for (index, (action, keys)) in TABLE.iter().enumerate() {
            for (other, (_, others)) in TABLE.iter().enumerate() {
                assert!(index == other || !others.starts_with(keys), "{keys:?} hides {others:?}");
            }
            assert!(keys.iter().all(|key| is_known(key)));
            assert!(meaning(*action).is_some(), "the help lists {action:?}");
        }
    }

    #[test]
    fn keys_work_on_any_layout() {
        for (key, code, has_shift, meant) in [
            ("n", "KeyN", false, "n"),
            // Caps Lock, without and with Shift.
            ("N", "KeyN", false, "n"),
            ("j", "KeyJ", true, "J"),
            // Cyrillic, Hebrew and Arabic layouts.
            ("т", "KeyN", false, "n"),
            ("О", "KeyJ", true, "J"),
            ("л", "KeyK", false, "k"),
            ("№", "Digit3", true, "#"),
            ("ظ", "Slash", false, "/"),
            // A Latin layout with other places: the character counts.
            ("a", "KeyQ", false, "a"),
            ("ä", "Quote", false, "ä"),
            ("ArrowDown", "ArrowDown", false, "ArrowDown"),
            ("F2", "F2", false, "F2"),
            ("", "", false, ""),
        ] {
            assert_eq!(key_on_any_layout(key, code, has_shift), meant, "{key} at {code}");
        }
    }

    proptest! {
        #[test]
        fn it_never_waits_for_more_than_a_shortcut_has(keys in proptest::collection::vec("[gnwsjkvc/?exy]", 0..40)) {
            let longest = TABLE.iter().map(|(_, keys)| keys.len()).max().unwrap();
            let mut pressed = Keys::default();
            for key in &keys {
                pressed.press(key);
                prop_assert!(pressed.0.len() < longest);
            }
        }
    }
}
