//! Elements that are written by hand and not by the framework: changing a text is cheap, creating, moving and removing
//! elements is not. (An element that the framework draws again loses all its attributes and gets them anew.)

use leptos::prelude::document;
use web_sys::{Element, Node};

/// A text node, and the element that it is in.
pub struct Words {
    parent: Element,
    node: Node,
    shown: String,
}

impl Words {
    /// Appends a text node to an element.
    pub fn new(parent: &Element) -> Option<Self> {
        let node: Node = document().create_text_node("").into();
        parent.append_child(&node).ok()?;
        Some(Self {
            parent: parent.clone(),
            node,
            shown: String::new(),
        })
    }

    /// Changes the text; the same text costs nothing.
    pub fn write(&mut self, text: &str) {
        if self.shown != text {
            self.node.set_node_value(Some(text));
            if self.node.parent_node().as_ref() != Some(self.parent.as_ref()) {
                self.put_back();
            }
            text.clone_into(&mut self.shown);
        }
    }

    /// A translator of pages has put the text into an element of its own, or another text in its place.
    fn put_back(&self) {
        let children = self.parent.child_nodes();
        let foreign: Vec<Node> = (0..children.length())
            .filter_map(|index| children.item(index))
            .filter(|child| child.node_type() == Node::TEXT_NODE || child.node_name() == "FONT")
            .collect();
        for child in foreign {
            // It is a child.
            let _ = self.parent.remove_child(&child);
        }
        let _ = self.parent.append_child(&self.node);
    }
}

/// An attribute of an element.
pub struct Attribute {
    element: Element,
    name: &'static str,
    shown: String,
}

impl Attribute {
    /// An attribute that the element does not have yet.
    pub fn new(element: &Element, name: &'static str) -> Self {
        Self {
            element: element.clone(),
            name,
            shown: String::new(),
        }
    }

    /// Sets it; the same value costs nothing.
    pub fn write(&mut self, value: &str) {
        if self.shown != value {
            mark(&self.element, &[(self.name, value)]);
            value.clone_into(&mut self.shown);
        }
    }
}

/// Appends an element, with a class unless that is empty.
pub fn append(parent: &Element, tag: &str, class: &str) -> Option<Element> {
    let child = document().create_element(tag).ok()?;
    if !class.is_empty() {
        child.set_class_name(class);
    }
    parent.append_child(&child).ok()?;
    Some(child)
}

/// Sets attributes.
pub fn mark(element: &Element, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        // Fails only for a malformed attribute name.
        let _ = element.set_attribute(name, value);
    }
}
