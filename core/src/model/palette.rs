//! The order of the command palette.

use crate::model::actions::ActionId;
use crate::model::reference_text::Spelling;

/// The group of a line. With something typed, lines come in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// A secret to go to.
    Secrets,
    /// A label to filter the list by.
    Filters,
    /// An action of the page.
    Page,
    /// An action on the selected rows.
    Selection,
    /// A saved view.
    Views,
    /// A workspace or another place to go to.
    Workspaces,
    /// A setting, or the end of the session.
    Preferences,
    /// A search in another workspace.
    Elsewhere,
}

/// What can be done with a secret that the palette found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretAct {
    /// Goes to it.
    Open,
    /// Replaces its value.
    ReplaceValue,
    /// Edits it.
    Edit,
    /// Copies its name.
    CopyName,
    /// Copies its ID.
    CopyId,
    /// Copies its value, where the server returns values.
    CopyValue,
    /// Copies a reference to it.
    CopyReference(Spelling),
    /// Deletes it.
    Delete,
}

impl SecretAct {
    /// All of them, in the order of the palette.
    pub const ALL: [Self; 9] = [
        Self::Open,
        Self::ReplaceValue,
        Self::Edit,
        Self::CopyName,
        Self::CopyId,
        Self::CopyValue,
        Self::CopyReference(Spelling::Variable),
        Self::CopyReference(Spelling::Template),
        Self::Delete,
    ];

    /// Whether it changes the secret.
    #[must_use]
    pub fn is_write(self) -> bool {
        matches!(self, Self::ReplaceValue | Self::Edit | Self::Delete)
    }

    /// Other English words for it, as [`aliases`].
    #[must_use]
    pub fn aliases(self) -> &'static str {
        match self {
            Self::Open => "show go",
            Self::ReplaceValue => aliases(ActionId::ReplaceValue),
            Self::Edit => aliases(ActionId::Edit),
            Self::CopyReference(_) => aliases(ActionId::CopyVariable),
            Self::Delete => aliases(ActionId::Delete),
            Self::CopyName | Self::CopyId | Self::CopyValue => "",
        }
    }
}

/// The most lines of each group that typing finds.
const MOST: [(Group, usize); 3] = [(Group::Secrets, 8), (Group::Filters, 4), (Group::Elsewhere, 5)];

/// The group of an action.
#[must_use]
pub fn group_of(action: ActionId) -> Group {
    match action {
        ActionId::LabelSelected | ActionId::DeleteSelected | ActionId::SelectAll | ActionId::ClearSelection => {
            Group::Selection
        }
        ActionId::ShowHelp
        | ActionId::ToggleSingleKeys
        | ActionId::ThemeSystem
        | ActionId::ThemeLight
        | ActionId::ThemeDark
        | ActionId::Language(_)
        | ActionId::LockNow
        | ActionId::Disconnect => Group::Preferences,
        _ => Group::Page,
    }
}

/// Other English words for an action, separated by spaces. They are found in any language.
#[must_use]
pub fn aliases(action: ActionId) -> &'static str {
    match action {
        ActionId::New => "add create import",
        ActionId::Edit => "change rename label",
        ActionId::ReplaceValue => "rotate change set update",
        ActionId::CopyVariable | ActionId::CopyTemplate => "reference use placeholder variable template",
        ActionId::Delete => "remove",
        ActionId::Archive => "delete remove close workspace",
        ActionId::GoToMembers => "people users access invite",
        ActionId::Refresh => "reload",
        ActionId::Search => "find filter",
        ActionId::ExportComparison => "download save spreadsheet",
        ActionId::ListView => "columns density display sort order settings save view",
        ActionId::LabelSelected => "tag bulk",
        ActionId::DeleteSelected => "remove bulk",
        ActionId::SelectAll => "everything",
        ActionId::ClearSelection => "deselect unselect none",
        ActionId::ShowHelp => "help hotkeys ?",
        ActionId::ThemeSystem => "auto mode appearance",
        ActionId::ThemeLight => "day mode appearance",
        ActionId::ThemeDark => "night mode appearance",
        ActionId::Language(language) => language.aliases(),
        ActionId::LockNow => "screen",
        ActionId::Disconnect => "logout log out sign out signout exit quit",
        _ => "",
    }
}

/// A line of the palette, as far as its order depends on it.
#[derive(Debug, Clone, Copy)]
pub struct Candidate<'a> {
    /// Its group.
    pub group: Group,
    /// Its text on screen.
    pub name: &'a str,
    /// Other words for it.
    pub aliases: &'a str,
    /// Whether it was found by other means: it matches whatever was typed, and keeps its position in its group.
    pub is_found: bool,
}

/// How well a line matches; smaller is better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Start,
    Word,
    Inside,
    Alias,
}

/// The positions of the matching lines, best first. With nothing typed: all, in the given order. Otherwise a line whose
/// name or alias is just what was typed comes first, then the groups in their order, and in each the better match.
#[must_use]
pub fn rank<'a>(typed: &str, lines: impl IntoIterator<Item = Candidate<'a>>) -> Vec<usize> {
    let typed = typed.trim().to_lowercase();
    let lines = lines.into_iter().enumerate();
    if typed.is_empty() {
        return lines.map(|(index, _)| index).collect();
    }
    let mut found: Vec<(bool, Group, Option<Fit>, usize)> = lines
        .filter_map(|(index, line)| {
            if line.is_found {
                return Some((true, line.group, None, index));
            }
            let fit = fit(&typed, line)?;
            Some((!is_exact(&typed, line), line.group, Some(fit), index))
        })
        .collect();
    found.sort_unstable();
    for (group, most) in MOST {
        let mut count = 0;
        found.retain(|(_, of, ..)| {
            count += usize::from(*of == group);
            *of != group || count <= most
        });
    }
    found.into_iter().map(|(.., index)| index).collect()
}

fn is_exact(typed: &str, line: Candidate<'_>) -> bool {
    line.name.to_lowercase() == typed || line.aliases.split(' ').any(|alias| alias == typed)
}

/// Every word typed must be in the name, or start a word of the aliases; the worst of them counts.
fn fit(typed: &str, line: Candidate<'_>) -> Option<Fit> {
    let name = line.name.to_lowercase();
    if name.starts_with(typed) {
        return Some(Fit::Start);
    }
    let fit_of = |word: &str| {
        let starts = name.match_indices(word).map(|(at, _)| {
            let before = name.get(..at).and_then(|before| before.chars().next_back());
            before.is_none_or(|before| !before.is_alphanumeric())
        });
        match starts.max() {
            Some(true) => Some(Fit::Word),
            Some(false) => Some(Fit::Inside),
            None => line
                .aliases
                .split(' ')
                .any(|alias| alias.starts_with(word))
                .then_some(Fit::Alias),
        }
    };
    let fits: Option<Vec<Fit>> = typed.split_whitespace().map(fit_of).collect();
    fits?.into_iter().max()
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: [(Group, &str, &str); 8] = [
        (Group::Page, "New secret", "add create"),
        (Group::Page, "Replace value", "rotate"),
        (Group::Page, "Delete", "remove"),
        (Group::Workspaces, "Development", ""),
        (Group::Preferences, "Theme: Dark", "night"),
        (Group::Preferences, "Disconnect", "logout"),
        (Group::Filters, "team=delta", ""),
        (Group::Elsewhere, "Search in Staging", ""),
    ];

    fn found(typed: &str) -> Vec<&'static str> {
        let candidate = |(group, name, aliases)| Candidate {
            group,
            name,
            aliases,
            is_found: group == Group::Elsewhere,
        };
        let order = rank(typed, LINES.map(candidate));
        order.into_iter().map(|index| LINES[index].1).collect()
    }

    #[test]
    fn groups_come_in_their_order() {
        assert_eq!(
            found("de"),
            ["team=delta", "Delete", "Development", "Search in Staging"],
            "{:?}",
            found("de")
        );
    }

    #[test]
    fn the_very_name_or_alias_comes_first() {
        assert_eq!(found("delete")[0], "Delete");
        assert_eq!(found("rotate"), ["Replace value", "Search in Staging"]);
        assert_eq!(found("logout")[0], "Disconnect");
        assert_eq!(found("dark")[0], "Theme: Dark");
        assert_eq!(found("theme dark")[0], "Theme: Dark");
    }

    #[test]
    fn only_pieces_are_found_not_scattered_letters() {
        assert_eq!(found("dlt"), ["Search in Staging"]);
        assert_eq!(found("secret new")[0], "New secret");
        assert_eq!(found("").len(), LINES.len(), "nothing typed lists what is given");
    }

    #[test]
    fn a_group_that_many_match_is_short() {
        let many: Vec<String> = (0..30).map(|number| format!("KEY_{number}")).collect();
        let line = |group| {
            move |name: &'static str| Candidate {
                group,
                name,
                aliases: "",
                is_found: false,
            }
        };
        let secrets = many.iter().map(|name| Candidate {
            name,
            ..line(Group::Secrets)("")
        });
        assert_eq!(rank("key", secrets).len(), 8);
        assert_eq!(
            rank("new", std::iter::repeat_n("New", 30).map(line(Group::Page))).len(),
            30
        );
    }

    #[test]
    fn a_match_at_the_start_comes_before_one_inside() {
        let candidate = |name| Candidate {
            group: Group::Workspaces,
            name,
            aliases: "",
            is_found: false,
        };
        let names = ["Old monkeys", "The keys", "Keys of prod"];
        assert_eq!(rank("key", names.map(candidate)), [2, 1, 0]);
    }
}
