//! The findings that the user doesn't want to be told, by workspace and rule. Stored in this browser, without names.

use std::collections::BTreeSet;

use contract::WorkspaceId;

use crate::overview::findings::Rule;

/// What is muted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Muted(BTreeSet<(String, Rule)>);

impl Muted {
    /// Parses [`Self::to_text`]. What is not understood is left out: anyone with access to this browser can write to its
    /// storage.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let entry = |line: &str| {
            let (rule, workspace) = line.split_once(' ')?;
            let rule = Rule::ALL.into_iter().find(|known| known.key() == rule)?;
            (!workspace.is_empty()).then(|| (workspace.to_owned(), rule))
        };
        Self(text.lines().filter_map(entry).collect())
    }

    /// As text for the browser's storage: a line for each rule and workspace.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines: Vec<String> = self
            .0
            .iter()
            .map(|(workspace, rule)| format!("{} {workspace}", rule.key()))
            .collect();
        lines.join("\n")
    }

    /// Whether a rule is muted in a workspace.
    #[must_use]
    pub fn has(&self, workspace: &WorkspaceId, rule: Rule) -> bool {
        self.0.contains(&(workspace.path_segment(), rule))
    }

    /// Mutes a rule in a workspace, or no longer.
    pub fn set(&mut self, workspace: &WorkspaceId, rule: Rule, is_muted: bool) {
        let entry = (workspace.path_segment(), rule);
        if is_muted {
            self.0.insert(entry);
        } else {
            self.0.remove(&entry);
        }
    }

    /// Whether nothing is muted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}
