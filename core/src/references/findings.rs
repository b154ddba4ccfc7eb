//! What a reading found out: which names no secret has, which secrets nothing refers to, which are shadowed.

use std::collections::BTreeSet;

use super::index::{ReferenceIndex, UseCount};
use crate::route::Show;

/// A secret, or a name that is referred to and that no secret has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The name.
    pub name: String,
    /// The id of the secret; `None` if there is none of this name.
    pub id: Option<String>,
    /// How many tool sets refer to it.
    pub count: UseCount,
}

impl Finding {
    /// Whether it is among what is shown.
    #[must_use]
    pub fn is_shown(&self, show: Show) -> bool {
        match show {
            Show::All => true,
            Show::Missing => self.id.is_none(),
            Show::Unused => self.id.is_some() && self.count.sets == 0,
            Show::Shadowed => self.count.shadowed > 0,
        }
    }
}

/// Every secret of a workspace (name and id), and every name that no secret has, by name.
#[must_use]
pub fn findings<'a>(index: &ReferenceIndex, secrets: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Finding> {
    let mut names = BTreeSet::new();
    let mut all: Vec<Finding> = Vec::new();
    for (name, id) in secrets {
        names.insert(name);
        all.push(Finding {
            name: name.to_owned(),
            id: Some(id.to_owned()),
            count: index.count_of(name),
        });
    }
    let missing = index.missing(|name| names.contains(name));
    all.extend(missing.into_iter().map(|(name, uses)| Finding {
        count: UseCount {
            sets: uses.len(),
            shadowed: 0,
        },
        name,
        id: None,
    }));
    all.sort_by(|one, other| one.name.cmp(&other.name));
    all
}

#[cfg(test)]
mod tests {
    use contract::{Adapter, AdapterKind, ToolSet, ToolSetId, ToolSetState};

    use super::*;

    #[test]
    fn each_finding() {
        let mut index = ReferenceIndex::default();
        for (id, name, own) in [
            ("1", "USED", None),
            ("2", "GONE", None),
            ("3", "HIDDEN", Some("HIDDEN")),
            ("4", "OWN", Some("OWN")),
        ] {
            index.add_set(&ToolSet {
                id: ToolSetId::parse(id).unwrap(),
                name: id.to_owned(),
                state: ToolSetState::Active,
                adapter: Adapter {
                    kind: AdapterKind::Http,
                    url: None,
                    base_url: None,
                    headers: vec![("X".to_owned(), format!("${{{name}}}"))],
                },
                secrets: own.into_iter().map(str::to_owned).collect(),
            });
        }
        let all = findings(&index, [("USED", "a"), ("HIDDEN", "b"), ("SPARE", "c")]);
        let shown = |show: Show| {
            let shown = all.iter().filter(|finding| finding.is_shown(show));
            shown.map(|finding| finding.name.as_str()).collect::<Vec<_>>()
        };
        assert_eq!(shown(Show::All), ["GONE", "HIDDEN", "SPARE", "USED"]);
        assert_eq!(shown(Show::Missing), ["GONE"]);
        assert_eq!(shown(Show::Unused), ["SPARE"]);
        assert_eq!(shown(Show::Shadowed), ["HIDDEN"]);
    }
}
