//! Writing the cells of a row.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use super::press;

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
    /// A box to select the row with.
    Check,
    /// A button for what can be done with the row.
    Menu,
}

/// A column, as its cells need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// What it is called; on a narrow page each cell says it. Of a column of buttons, the class of their picture.
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
            let Some(chip) = append(&cell, "button", "chip", "") else {
                continue;
            };
            // Only a malformed name of an attribute is refused; so below.
            let _ = chip.set_attribute("type", "button");
            let _ = chip.set_attribute(press::MARK, press::CHIP);
            // Its two parts, read one by one, would have a space between them.
            let name = if value.is_empty() {
                key.to_owned()
            } else {
                format!("{key}={value}")
            };
            let _ = chip.set_attribute("aria-label", &name);
            append(&chip, "span", "chip-key", key);
            if !value.is_empty() {
                append(&chip, "span", "chip-value", &format!("={value}"));
            }
        }
    }

    /// The box that selects the row: what it is called, and whether it is ticked.
    pub fn check(&self, column: usize, label: &str, is_checked: bool) {
        let field = self.cell(column).and_then(|cell| cell.first_element_child());
        if let Some(field) = field.and_then(|field| field.dyn_into::<HtmlInputElement>().ok()) {
            let _ = field.set_attribute("aria-label", label);
            field.set_checked(is_checked);
        }
        let _ = self
            .row
            .set_attribute("aria-selected", if is_checked { "true" } else { "false" });
    }

    /// What the button for what can be done is called.
    pub fn menu(&self, column: usize, label: &str) {
        if let Some(button) = self.cell(column).and_then(|cell| cell.first_element_child()) {
            let _ = button.set_attribute("aria-label", label);
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

/// An empty cell of a column.
pub(super) fn new_cell(row: &Element, column: Column) -> Option<Element> {
    let (tag, class) = match column.kind {
        Kind::Name => ("th", "cell-name"),
        Kind::Text => ("td", "cell-text"),
        Kind::Code => ("td", "cell-code"),
        Kind::Chips => ("td", "cell-chips"),
        Kind::Badge => ("td", ""),
        Kind::Time => ("td", "cell-time"),
        Kind::Check => ("td", "cell-check"),
        Kind::Menu => ("td", "cell-menu"),
    };
    let cell = append(row, tag, class, "")?;
    let (child, attributes): (_, &[(&str, &str)]) = match column.kind {
        Kind::Name => {
            let _ = cell.set_attribute("scope", "row");
            (append(&cell, "a", "", ""), &[])
        }
        Kind::Check => (
            append(&cell, "input", "", ""),
            &[("type", "checkbox"), (press::MARK, press::CHECK)],
        ),
        Kind::Menu => {
            let button = append(&cell, "button", "button button-quiet button-icon", "");
            let picture = button
                .as_ref()
                .and_then(|button| append(button, "span", column.name, ""));
            if let Some(picture) = picture {
                let _ = picture.set_attribute("aria-hidden", "true");
            }
            (
                button,
                &[
                    ("type", "button"),
                    ("aria-haspopup", "menu"),
                    (press::MARK, press::MENU),
                ],
            )
        }
        _ => {
            let _ = cell.set_attribute("data-label", column.name);
            (None, &[])
        }
    };
    if let Some(child) = child {
        for (name, value) in attributes {
            let _ = child.set_attribute(name, value);
        }
    }
    Some(cell)
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
