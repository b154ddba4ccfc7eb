//! The browser's accessibility tree: what a screen reader gets to know.

use std::collections::HashMap;

use serde_json::Value;

/// One element as assistive technology sees it.
#[derive(Debug, Clone, Default)]
pub struct Node {
    /// Its role.
    pub role: String,
    /// Its accessible name, white space normalised.
    pub name: String,
    /// Whether the focus is on it.
    pub is_focused: bool,
    /// Which element of the page it stands for.
    pub backend_id: Option<i64>,
    is_ignored: bool,
    children: Vec<String>,
}

/// A whole page.
#[derive(Debug, Default)]
pub struct Tree {
    nodes: HashMap<String, Node>,
    root: String,
}

/// What to look for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Want {
    /// Any of these roles.
    pub roles: &'static [&'static str],
    /// Exactly this name; any where absent.
    pub name: Option<String>,
    /// Only what holds a text inside.
    pub holding: Option<String>,
}

impl Node {
    /// An element of which no more is known.
    pub(crate) fn of(role: &str, backend_id: i64) -> Self {
        Self {
            role: role.to_owned(),
            backend_id: Some(backend_id),
            ..Self::default()
        }
    }

    fn read(node: &Value) -> Self {
        let text = |field: &str| node[field]["value"].as_str().unwrap_or_default();
        let mut properties = node["properties"].as_array().into_iter().flatten();
        let children = node["childIds"].as_array().into_iter().flatten();
        Self {
            role: text("role").to_owned(),
            name: normal(text("name")),
            is_focused: properties.any(|it| it["name"] == "focused" && it["value"]["value"] == true),
            backend_id: node["backendDOMNodeId"].as_i64(),
            is_ignored: node["ignored"] == true,
            children: children.filter_map(Value::as_str).map(str::to_owned).collect(),
        }
    }
}

/// What `Accessibility.queryAXTree` found, without what assistive technology does not get to know.
pub(crate) fn known(answer: &Value) -> Vec<Node> {
    let nodes = answer["nodes"].as_array().into_iter().flatten().map(Node::read);
    nodes.filter(|node| !node.is_ignored).collect()
}

impl Tree {
    /// Reads the answer of `Accessibility.getFullAXTree`.
    #[must_use]
    pub fn read(answer: &Value) -> Self {
        let mut tree = Self::default();
        for node in answer["nodes"].as_array().into_iter().flatten() {
            let id = node["nodeId"].as_str().unwrap_or_default().to_owned();
            if tree.root.is_empty() {
                tree.root.clone_from(&id);
            }
            tree.nodes.insert(id, Node::read(node));
        }
        tree
    }

    /// Every node that matches the last want inside of one that matches the want before it, and so on.
    #[must_use]
    pub fn find(&self, wants: &[Want]) -> Vec<&Node> {
        let mut places = vec![self.root.as_str()];
        for want in wants {
            let mut next: Vec<&str> = Vec::new();
            for place in places {
                for id in self.below(place) {
                    if self.matches(id, want) && !next.contains(&id) {
                        next.push(id);
                    }
                }
            }
            places = next;
        }
        places.into_iter().filter_map(|id| self.nodes.get(id)).collect()
    }

    /// The node that has the focus.
    #[must_use]
    pub fn focused(&self) -> Option<&Node> {
        let ids = self.below(&self.root);
        ids.into_iter()
            .filter_map(|id| self.nodes.get(id))
            .rfind(|node| node.is_focused)
    }

    /// The tree in words, one line for each element that has a role or a name.
    #[must_use]
    pub fn outline(&self) -> String {
        let mut lines = Vec::new();
        self.write(&self.root, 0, &mut lines);
        lines.join("\n")
    }

    fn write(&self, id: &str, depth: usize, lines: &mut Vec<String>) {
        let Some(node) = self.nodes.get(id) else { return };
        let shown =
            !node.is_ignored && !matches!(node.role.as_str(), "none" | "generic" | "InlineTextBox" | "StaticText");
        let is_text = !node.is_ignored && node.role == "StaticText";
        if shown || is_text {
            let focus = if node.is_focused { " (focused)" } else { "" };
            lines.push(format!("{}{} {:?}{focus}", "  ".repeat(depth), node.role, node.name));
        }
        for child in &node.children {
            self.write(child, depth + usize::from(shown), lines);
        }
    }

    /// Everything below a node, in the order of the page.
    fn below<'tree>(&'tree self, id: &str) -> Vec<&'tree str> {
        let mut found = Vec::new();
        for child in self
            .nodes
            .get(id)
            .map(|node| node.children.as_slice())
            .unwrap_or_default()
        {
            found.push(child.as_str());
            found.extend(self.below(child));
        }
        found
    }

    fn matches(&self, id: &str, want: &Want) -> bool {
        let Some(node) = self.nodes.get(id).filter(|node| !node.is_ignored) else {
            return false;
        };
        let is_named = want.name.as_ref().is_none_or(|name| *name == node.name);
        want.roles.contains(&node.role.as_str())
            && is_named
            && want
                .holding
                .as_ref()
                .is_none_or(|text| self.below(id).iter().any(|id| self.is_called(id, text)))
    }

    fn is_called(&self, id: &str, text: &str) -> bool {
        self.nodes
            .get(id)
            .is_some_and(|node| !node.is_ignored && node.name == text)
    }
}

/// One space between words and none around them, as names are computed.
fn normal(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
