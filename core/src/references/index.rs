//! Which secret is used where: what was read of tool sets and tools, by the name that is referred to.

use std::collections::{BTreeMap, BTreeSet};

use contract::{Tool, ToolSet, ToolSetId, ToolSetState};
use hashbrown::HashMap;
use rustc_hash::FxBuildHasher;

use super::fields::{Hit, of_tool, of_tool_set};
use super::scan::{refers_to, refers_to_own};

/// A tool set as it was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScannedSet {
    /// Its id.
    pub id: ToolSetId,
    /// Its name; its id if it has none.
    pub name: String,
    /// Whether it is archived.
    pub is_archived: bool,
    /// The names of its own secrets.
    own: Vec<String>,
    /// The references in its adapter.
    hits: Vec<Hit>,
    /// The tools with references.
    tools: Vec<ScannedTool>,
    /// Whether all of its tools were read.
    is_read: bool,
}

/// A tool that refers to a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
struct ScannedTool {
    name: String,
    hits: Vec<Hit>,
}

/// One reference to a secret, in the tool set or in one of its tools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the tool; `None` in the adapter of the tool set.
    pub tool: Option<String>,
    /// The reference.
    pub hit: Hit,
}

/// The references of one tool set to one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use {
    /// The id of the tool set.
    pub set: ToolSetId,
    /// The name of the tool set.
    pub name: String,
    /// Whether the tool set is archived.
    pub is_archived: bool,
    /// Whether a secret of the tool set takes precedence, so that the workspace's is not used there.
    pub is_shadowed: bool,
    /// The references, those of the adapter first.
    pub places: Vec<Place>,
}

/// How often a name is referred to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UseCount {
    /// Tool sets that refer to it.
    pub sets: usize,
    /// Of these, the tool sets where a secret of their own takes precedence.
    pub shadowed: usize,
}

/// What was read so far. Tool sets keep the order in which they were read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferenceIndex {
    sets: Vec<ScannedSet>,
    places: BTreeMap<ToolSetId, usize>,
    /// The tool sets that refer to a name, as it is written.
    by_name: HashMap<String, BTreeSet<usize>, FxBuildHasher>,
    /// The spellings with lower-case letters, by the name in upper case.
    spellings: HashMap<String, BTreeSet<String>, FxBuildHasher>,
    tools: usize,
    unreadable: Vec<String>,
}

impl ReferenceIndex {
    /// Adds a tool set. One that is known already stays as it is: a list that is read anew brings it again.
    pub fn add_set(&mut self, set: &ToolSet) {
        if self.places.contains_key(&set.id) {
            return;
        }
        let index = self.sets.len();
        let name = if set.name.is_empty() {
            set.id.as_str()
        } else {
            &set.name
        };
        let hits = of_tool_set(set);
        self.note(index, &hits);
        self.places.insert(set.id.clone(), index);
        self.sets.push(ScannedSet {
            id: set.id.clone(),
            name: name.to_owned(),
            is_archived: set.state == ToolSetState::Archived,
            own: set.secrets.clone(),
            hits,
            tools: Vec::new(),
            is_read: false,
        });
    }

    /// Adds all tools of a tool set, which is then read.
    pub fn add_tools<'a>(&mut self, set: &ToolSetId, tools: impl IntoIterator<Item = &'a Tool>) {
        let Some(index) = self.places.get(set).copied() else {
            return;
        };
        let mut scanned = Vec::new();
        for tool in tools {
            self.tools += 1;
            let hits = of_tool(tool);
            if !hits.is_empty() {
                self.note(index, &hits);
                let name = if tool.name.is_empty() {
                    tool.id.as_str()
                } else {
                    &tool.name
                };
                let name = name.to_owned();
                scanned.push(ScannedTool { name, hits });
            }
        }
        if let Some(set) = self.sets.get_mut(index) {
            set.tools = scanned;
            set.is_read = true;
        }
    }

    /// Notes that an item could not be read.
    pub fn add_unreadable(&mut self, name: String) {
        self.unreadable.push(name);
    }

    /// Forgets the unreadable items after the first `known`: they are read again.
    pub fn forget_unreadable(&mut self, known: usize) {
        self.unreadable.truncate(known);
    }

    fn note(&mut self, set: usize, hits: &[Hit]) {
        for hit in hits {
            if let Some(sets) = self.by_name.get_mut(&hit.name) {
                sets.insert(set);
                continue;
            }
            self.by_name.insert(hit.name.clone(), BTreeSet::from([set]));
            if hit.name.chars().any(char::is_lowercase) {
                let spellings = self.spellings.entry(hit.name.to_uppercase()).or_default();
                spellings.insert(hit.name.clone());
            }
        }
    }

    /// The number of tool sets.
    #[must_use]
    pub fn sets(&self) -> usize {
        self.sets.len()
    }

    /// The number of tool sets whose tools were read.
    #[must_use]
    pub fn sets_read(&self) -> usize {
        self.sets.iter().filter(|set| set.is_read).count()
    }

    /// The number of tools that were read.
    #[must_use]
    pub fn tools(&self) -> usize {
        self.tools
    }

    /// The names of the items that could not be read; a name may be empty.
    #[must_use]
    pub fn unreadable(&self) -> &[String] {
        &self.unreadable
    }

    /// The tool sets whose tools were not read yet.
    #[must_use]
    pub fn unread_sets(&self) -> Vec<ToolSetId> {
        let unread = self.sets.iter().filter(|set| !set.is_read);
        unread.map(|set| set.id.clone()).collect()
    }

    /// The tool sets that refer to a secret, in any spelling.
    fn sets_of(&self, secret: &str) -> BTreeSet<usize> {
        let others = self.spellings.get(secret).into_iter().flatten();
        let spellings = std::iter::once(secret).chain(others.map(String::as_str));
        spellings
            .filter_map(|written| self.by_name.get(written))
            .flatten()
            .copied()
            .collect()
    }

    fn use_in(&self, set: usize, is_meant: impl Fn(&str) -> bool) -> Option<Use> {
        let set = self.sets.get(set)?;
        let mut places = Vec::new();
        let mut add = |tool: Option<&str>, hits: &[Hit]| {
            places.extend(hits.iter().filter(|hit| is_meant(&hit.name)).map(|hit| Place {
                tool: tool.map(str::to_owned),
                hit: hit.clone(),
            }));
        };
        add(None, &set.hits);
        for tool in &set.tools {
            add(Some(&tool.name), &tool.hits);
        }
        let is_shadowed = places.iter().any(|place| set.is_own(&place.hit.name));
        Some(Use {
            set: set.id.clone(),
            name: set.name.clone(),
            is_archived: set.is_archived,
            is_shadowed,
            places,
        })
        .filter(|found| !found.places.is_empty())
    }

    /// Where a secret is referred to: one entry for each tool set.
    #[must_use]
    pub fn uses_of(&self, secret: &str) -> Vec<Use> {
        let sets = self.sets_of(secret).into_iter();
        sets.filter_map(|set| self.use_in(set, |written| refers_to(written, secret)))
            .collect()
    }

    /// How many tool sets refer to a secret.
    #[must_use]
    pub fn count_of(&self, secret: &str) -> UseCount {
        let count = |sets: &BTreeSet<usize>| {
            let found = sets.iter().filter_map(|set| self.sets.get(*set));
            UseCount {
                sets: sets.len(),
                shadowed: found.filter(|set| set.is_own(secret)).count(),
            }
        };
        // Asked for each secret of a workspace, and hardly a name has several spellings.
        if self.spellings.contains_key(secret) {
            return count(&self.sets_of(secret));
        }
        self.by_name.get(secret).map(count).unwrap_or_default()
    }

    /// The names that are referred to and that no secret has, neither the workspace nor the tool set that refers to
    /// them, with their uses.
    #[must_use]
    pub fn missing(&self, has_secret: impl Fn(&str) -> bool) -> Vec<(String, Vec<Use>)> {
        let mut missing = Vec::new();
        for (written, sets) in &self.by_name {
            let is_known =
                has_secret(written) || (written.chars().any(char::is_lowercase) && has_secret(&written.to_uppercase()));
            if is_known {
                continue;
            }
            let uses = sets.iter().filter_map(|set| self.use_in(*set, |name| name == written));
            let uses: Vec<Use> = uses.filter(|found| !found.is_shadowed).collect();
            if !uses.is_empty() {
                missing.push((written.clone(), uses));
            }
        }
        missing.sort_by(|one, other| one.0.cmp(&other.0));
        missing
    }
}

impl ScannedSet {
    fn is_own(&self, written: &str) -> bool {
        self.own.iter().any(|own| refers_to_own(written, own))
    }
}
