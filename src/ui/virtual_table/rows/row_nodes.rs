//! The elements of a rendered row, kept so that the row can be rewritten: changing a text is cheap, creating, moving
//! and removing elements is not.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, Node};

use crate::ui::virtual_table::rows::column::{Column, Kind, Stamped};
use crate::ui::virtual_table::rows::row_events;

/// A rendered row.
pub struct Slot {
    pub row: Element,
    pub cells: Vec<Cell>,
    /// The key of its content, whatever its index: see `Pen::key`.
    pub key: String,
    /// The index and the stamp of its content.
    pub written: Option<(usize, Stamped)>,
}

/// The parts of a cell that change from row to row.
pub enum Cell {
    /// The link and its address.
    Name(Element, Words, String),
    /// Text or code.
    Plain(Words),
    /// The cell and its labels.
    Chips(Element, Vec<Chip>),
    /// The cell and its badge.
    Badge(Element, Option<(Element, Words)>),
    /// The cell and its content.
    Time(Element, Option<Time>),
    Check(HtmlInputElement),
    Menu(Element),
}

/// A label.
pub struct Chip {
    pub button: Element,
    pub key: Words,
    pub value: Words,
}

/// A time, or a text instead.
pub struct Time {
    pub element: Element,
    pub words: Words,
    /// The machine-readable time; empty if there is none.
    pub machine: String,
}

/// A text node.
pub struct Words {
    node: Node,
    shown: String,
}

impl Words {
    /// Appends a text node to an element.
    pub fn new(parent: &Element) -> Option<Self> {
        let node: Node = document().create_text_node("").into();
        parent.append_child(&node).ok()?;
        Some(Self {
            node,
            shown: String::new(),
        })
    }

    /// Changes the text; the same text costs nothing.
    pub fn write(&mut self, text: &str) {
        if self.shown != text {
            self.node.set_node_value(Some(text));
            text.clone_into(&mut self.shown);
        }
    }
}

impl Slot {
    /// An empty row, not yet in the page.
    pub fn new(columns: &[Column]) -> Option<Self> {
        let row = document().create_element("tr").ok()?;
        let cells = columns.iter().map(|column| new_cell(&row, *column));
        let cells = cells.collect::<Option<_>>()?;
        Some(Self {
            row,
            cells,
            key: String::new(),
            written: None,
        })
    }
}

/// An empty cell of a column.
fn new_cell(row: &Element, column: Column) -> Option<Cell> {
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
    let cell = append(row, tag, class)?;
    if !matches!(column.kind, Kind::Name | Kind::Check | Kind::Menu) {
        mark(&cell, &[("data-label", column.name)]);
    }
    Some(match column.kind {
        Kind::Name => {
            mark(&cell, &[("scope", "row")]);
            let link = append(&cell, "a", "")?;
            let words = Words::new(&link)?;
            Cell::Name(link, words, String::new())
        }
        Kind::Text | Kind::Code => Cell::Plain(Words::new(&cell)?),
        Kind::Chips => Cell::Chips(cell, Vec::new()),
        Kind::Badge => Cell::Badge(cell, None),
        Kind::Time => Cell::Time(cell, None),
        Kind::Check => {
            let field = append(&cell, "input", "")?;
            mark(&field, &[("type", "checkbox"), (row_events::MARK, row_events::CHECK)]);
            Cell::Check(field.dyn_into().ok()?)
        }
        Kind::Menu => {
            let button = append(&cell, "button", "button button-quiet button-icon")?;
            mark(
                &button,
                &[
                    ("type", "button"),
                    ("aria-haspopup", "menu"),
                    (row_events::MARK, row_events::MENU),
                ],
            );
            mark(&append(&button, "span", column.name)?, &[("aria-hidden", "true")]);
            Cell::Menu(button)
        }
    })
}

impl Chip {
    /// Appends to a cell.
    pub fn new(cell: &Element) -> Option<Self> {
        let button = append(cell, "button", "chip")?;
        mark(&button, &[("type", "button"), (row_events::MARK, row_events::CHIP)]);
        let key = Words::new(&append(&button, "span", "chip-key")?)?;
        let value = Words::new(&append(&button, "span", "chip-value")?)?;
        Some(Self { button, key, value })
    }
}

pub fn append(parent: &Element, tag: &str, class: &str) -> Option<Element> {
    let child = document().create_element(tag).ok()?;
    if !class.is_empty() {
        child.set_class_name(class);
    }
    parent.append_child(&child).ok()?;
    Some(child)
}

pub fn mark(element: &Element, attributes: &[(&str, &str)]) {
    for (name, value) in attributes {
        // Fails only for a malformed attribute name.
        let _ = element.set_attribute(name, value);
    }
}
