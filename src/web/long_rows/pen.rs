//! Writing the cells of a row.

use leptos::prelude::document;
use web_sys::Element;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of the row, which leads to it.
    Name,
    /// Text.
    Text,
    /// Text to be read character by character.
    Code,
    /// Labels.
    Chips,
    /// A word in a frame.
    Badge,
    /// An instant.
    Time,
}

/// A column, as its cells need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What it is called; on a narrow page each cell says it.
    pub name: &'static str,
    /// What it holds.
    pub kind: Kind,
}

/// Writes the cells of one row.
pub struct Pen<'row> {
    /// The row.
    pub(super) row: &'row Element,
}

impl Pen<'_> {
    fn cell(&self, column: usize) -> Option<Element> {
        self.row.children().item(u32::try_from(column).ok()?)
    }

    /// The name of the row and where it leads.
    pub fn name(&self, column: usize, text: &str, address: &str) {
        if let Some(link) = self.cell(column).and_then(|cell| cell.first_element_child()) {
            link.set_text_content(Some(text));
            // Only a malformed name of an attribute is refused; so below.
            let _ = link.set_attribute("href", address);
        }
    }

    /// Text or code.
    pub fn text(&self, column: usize, text: &str) {
        if let Some(cell) = self.cell(column) {
            cell.set_text_content(Some(text));
        }
    }

    /// A word in a frame; an empty one leaves the cell empty.
    pub fn badge(&self, column: usize, text: &str) {
        let Some(cell) = self.cell(column) else { return };
        cell.set_text_content(None);
        if !text.is_empty() {
            append(&cell, "span", "badge badge-warning", text);
        }
    }

    /// Labels, in one line: what does not fit is not seen here.
    pub fn chips<'a>(&self, column: usize, labels: impl Iterator<Item = (&'a str, &'a str)>) {
        let Some(cell) = self.cell(column) else { return };
        cell.set_text_content(None);
        for (key, value) in labels {
            let Some(chip) = append(&cell, "span", "chip", "") else {
                continue;
            };
            append(&chip, "span", "chip-key", key);
            if !value.is_empty() {
                append(&chip, "span", "chip-value", &format!("={value}"));
            }
        }
    }

    /// An instant: how long ago, exactly, and for machines; or what stands in its place.
    pub fn time(&self, column: usize, words: &str, exact: Option<(&str, &str)>) {
        let Some(cell) = self.cell(column) else { return };
        cell.set_text_content(None);
        let Some((exact, machine)) = exact else {
            append(&cell, "span", "muted", words);
            return;
        };
        if let Some(time) = append(&cell, "time", "tip tip-end", words) {
            for (name, value) in [
                ("tabindex", "0"),
                ("datetime", machine),
                ("data-tip", exact),
                ("aria-description", exact),
            ] {
                let _ = time.set_attribute(name, value);
            }
        }
    }
}

pub(super) fn append(parent: &Element, tag: &str, class: &str, text: &str) -> Option<Element> {
    let child = document().create_element(tag).ok()?;
    if !class.is_empty() {
        child.set_class_name(class);
    }
    if !text.is_empty() {
        child.set_text_content(Some(text));
    }
    parent.append_child(&child).ok()?;
    Some(child)
}
