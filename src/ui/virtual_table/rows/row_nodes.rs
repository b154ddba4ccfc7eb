//! The elements of a rendered row, kept so that the row can be rewritten: changing a text is cheap, creating, moving
//! and removing elements is not.

use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement};

use crate::ui::icon::Glyph;
use crate::ui::nodes::{Words, append, mark};
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
    Chips(Chips),
    /// The cell, its content and the class of the icon.
    IconText(Element, Option<(Element, Words)>, &'static str),
    /// The cell and its content.
    Time(Element, Option<Time>),
    Check(HtmlInputElement),
    Menu(Element),
}

/// The labels of a cell, as many as fit, and the button for the others.
pub struct Chips {
    pub cell: Element,
    pub shown: Vec<Chip>,
    pub more: Option<(Element, Words)>,
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

impl Slot {
    /// An empty row, not yet in the page.
    pub fn new(columns: &[Column]) -> Option<Self> {
        let row = document().create_element("tr").ok()?;
        mark(&row, &[("role", "row")]);
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
    let (tag, class, width) = match column.kind {
        Kind::Name => ("th", "cell-name", "col-name"),
        Kind::Text => ("td", "cell-text", "col-text"),
        Kind::Code => ("td", "cell-code", "col-code"),
        Kind::IconText => ("td", "cell-icon-text", "col-icon-text"),
        Kind::Chips => ("td", "cell-chips", "col-chips"),
        Kind::Time => ("td", "cell-time", "col-time"),
        Kind::Check => ("td", "cell-check", "col-check"),
        Kind::Menu => ("td", "cell-menu", "col-menu"),
    };
    let width = if column.width.is_empty() { width } else { column.width };
    let cell = append(row, tag, &format!("{class} {width}"))?;
    // The layout is not that of a table, which must not change what the cells are for a screen reader.
    mark(&cell, &[("role", if tag == "th" { "rowheader" } else { "cell" })]);
    if column.kind == Kind::Time {
        mark(&cell, &[("data-label", column.name)]);
    }
    Some(match column.kind {
        Kind::Name => {
            mark(&cell, &[("scope", "row")]);
            let link = append(&cell, "a", "")?;
            let words = Words::new(&link)?;
            copy_button(&cell)?;
            Cell::Name(link, words, String::new())
        }
        Kind::Text | Kind::Code => Cell::Plain(Words::new(&cell)?),
        Kind::IconText => Cell::IconText(cell, None, column.name),
        Kind::Chips => Cell::Chips(Chips {
            cell,
            shown: Vec::new(),
            more: None,
        }),
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

impl Chips {
    /// Adds a label after the others.
    pub fn push(&mut self) -> Option<()> {
        let chip = Chip::new(&self.cell)?;
        if let Some((more, _)) = &self.more {
            // Both are in the cell.
            let _ = self.cell.insert_before(&chip.button, Some(more));
        }
        self.shown.push(chip);
        Some(())
    }

    /// Shows or hides the button for the labels that do not fit: its text and its label.
    pub fn set_more(&mut self, more: Option<(&str, &str)>) {
        let Some((text, label)) = more else {
            if let Some((button, _)) = self.more.take() {
                button.remove();
            }
            return;
        };
        if self.more.is_none() {
            self.more = append(&self.cell, "button", "chip chip-more").and_then(|button| {
                mark(&button, &[("type", "button"), (row_events::MARK, row_events::MORE)]);
                Some((button.clone(), Words::new(&button)?))
            });
        }
        if let Some((button, words)) = &mut self.more {
            words.write(text);
            mark(button, &[("aria-label", label)]);
        }
    }
}

/// Copies the name; shown while the pointer is on the row. Only for a pointer: the keyboard has a key and the menu, and
/// one more stop for each row would be in the way.
fn copy_button(cell: &Element) -> Option<()> {
    let button = append(cell, "button", "button button-quiet button-icon button-small row-copy")?;
    mark(
        &button,
        &[
            ("type", "button"),
            ("tabindex", "-1"),
            ("aria-hidden", "true"),
            (row_events::MARK, row_events::COPY),
        ],
    );
    append(&button, "span", Glyph::COPY.class())?;
    Some(())
}

impl Chip {
    fn new(cell: &Element) -> Option<Self> {
        let button = append(cell, "button", "chip")?;
        mark(&button, &[("type", "button"), (row_events::MARK, row_events::CHIP)]);
        let key = Words::new(&append(&button, "span", "chip-key")?)?;
        let value = Words::new(&append(&button, "span", "chip-value")?)?;
        Some(Self { button, key, value })
    }
}
