//! The keys that do something anywhere in the console: one table, for what they do and for the help that lists them.

/// What a key can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Command {
    /// Opens the command palette.
    OpenPalette,
    /// Moves the focus to the search of the view.
    Search,
    /// Presses the button of the view that makes something new.
    New,
    /// Presses the button of the view that edits.
    Edit,
    /// Selects the row that has the focus, or takes it out.
    Select,
    /// Goes to the workspaces.
    GoToWorkspaces,
    /// Goes to the secrets of the present workspace.
    GoToSecrets,
    /// Moves to the next row of a list.
    NextRow,
    /// Moves to the row before.
    PreviousRow,
    /// Moves to the first row.
    FirstRow,
    /// Moves to the last row.
    LastRow,
    /// Lists the keys.
    ShowHelp,
}

/// The keys of each command, in the order in which the help lists them. Several commands begin with the same key; no
/// command's keys are the beginning of another's.
pub const TABLE: [(Command, &[&str]); 14] = [
    (Command::Search, &["/"]),
    (Command::New, &["n"]),
    (Command::Edit, &["e"]),
    (Command::Select, &["x"]),
    (Command::GoToWorkspaces, &["g", "w"]),
    (Command::GoToSecrets, &["g", "s"]),
    (Command::NextRow, &["j"]),
    (Command::NextRow, &["ArrowDown"]),
    (Command::PreviousRow, &["k"]),
    (Command::PreviousRow, &["ArrowUp"]),
    (Command::FirstRow, &["Home"]),
    (Command::LastRow, &["End"]),
    (Command::ShowHelp, &["?"]),
    // With Ctrl or ⌘; `Keys` never sees it.
    (Command::OpenPalette, &["Ctrl K"]),
];

/// Whether a key goes from row to row on a row, and elsewhere does what the browser does with it: it scrolls.
#[must_use]
pub fn is_for_rows(key: &str) -> bool {
    matches!(key, "ArrowDown" | "ArrowUp" | "Home" | "End")
}

/// Whether a key belongs to any command.
#[must_use]
pub fn is_known(key: &str) -> bool {
    TABLE.iter().any(|(_, keys)| keys.contains(&key))
}

/// What was pressed so far of a command with several keys.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Keys(Vec<String>);

impl Keys {
    /// Takes a key. Returns the command that it completes.
    pub fn press(&mut self, key: &str) -> Option<Command> {
        self.0.push(key.to_owned());
        if let Some(command) = self.complete() {
            self.0.clear();
            return Some(command);
        }
        if !self.is_beginning() {
            // Perhaps it starts another one.
            self.0.drain(..self.0.len() - 1);
            if let Some(command) = self.complete() {
                self.0.clear();
                return Some(command);
            }
            if !self.is_beginning() {
                self.0.clear();
            }
        }
        None
    }

    /// Whether a command has begun and is not complete.
    #[must_use]
    pub fn is_waiting(&self) -> bool {
        !self.0.is_empty()
    }

    /// Forgets what was pressed: too much time has passed, or the focus is elsewhere.
    pub fn forget(&mut self) {
        self.0.clear();
    }

    fn complete(&self) -> Option<Command> {
        let found = TABLE.iter().find(|(_, keys)| keys.iter().eq(self.0.iter()));
        found.map(|(command, _)| *command)
    }

    fn is_beginning(&self) -> bool {
        TABLE
            .iter()
            .any(|(_, keys)| keys.len() > self.0.len() && keys.iter().zip(&self.0).all(|(key, pressed)| key == pressed))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn press(keys: &[&str]) -> Vec<Command> {
        let mut pressed = Keys::default();
        keys.iter().filter_map(|key| pressed.press(key)).collect()
    }

    #[test]
    fn one_key_and_two() {
        assert_eq!(press(&["n"]), [Command::New]);
        assert_eq!(
            press(&["g", "w", "g", "s"]),
            [Command::GoToWorkspaces, Command::GoToSecrets]
        );
        assert_eq!(press(&["w"]), []);
    }

    #[test]
    fn a_wrong_second_key_starts_anew() {
        assert_eq!(press(&["g", "n"]), [Command::New]);
        assert_eq!(press(&["g", "g", "w"]), [Command::GoToWorkspaces]);
        assert_eq!(press(&["g", "y", "w"]), []);
        let mut keys = Keys::default();
        keys.press("g");
        assert!(keys.is_waiting());
        keys.forget();
        assert_eq!(keys.press("w"), None);
    }

    #[test]
    fn no_command_hides_another() {
        for (index, (_, keys)) in TABLE.iter().enumerate() {
            for (other, (_, others)) in TABLE.iter().enumerate() {
                assert!(index == other || !others.starts_with(keys), "{keys:?} hides {others:?}");
            }
            assert!(keys.iter().all(|key| is_known(key)));
        }
    }

    proptest! {
        #[test]
        fn it_never_waits_for_more_than_a_command_has(keys in proptest::collection::vec("[gnwsjk/?exy]", 0..40)) {
            let longest = TABLE.iter().map(|(_, keys)| keys.len()).max().unwrap();
            let mut pressed = Keys::default();
            for key in &keys {
                pressed.press(key);
                prop_assert!(pressed.0.len() < longest);
            }
        }
    }
}
