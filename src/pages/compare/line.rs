//! A line of the grid in the page.

use contract::Timestamp;
use leptos::prelude::document;
use strongroom_core::compare::grid::Known;
use strongroom_core::compare::told;
use strongroom_core::i18n::foreign::marked;
use strongroom_core::i18n::words;
use strongroom_core::list::Rows;
use strongroom_core::route::Route;
use web_sys::Element;

use crate::pages::compare::comparison::{Joined, Use};
use crate::ui::nodes::{Attribute, Words, append, mark};
use crate::ui::page_rows::RowNodes;

/// The elements of a line.
pub struct LineRow {
    row: Element,
    number: Attribute,
    head: Element,
    tip: Attribute,
    bundle: Option<(Element, Words)>,
    title: Element,
    name: Words,
    cells: Vec<CellNodes>,
}

/// The elements of a cell.
struct CellNodes {
    cell: Element,
    class: Attribute,
    label: Attribute,
    details: Attribute,
    content: Option<Content>,
}

/// What is in a cell: a link to the only secret, or plain text.
struct Content {
    element: Element,
    /// The address and the label of the link.
    link: Option<(Attribute, Attribute)>,
    state: Words,
    used: Option<(Element, Words)>,
}

impl RowNodes for LineRow {
    fn new() -> Option<Self> {
        let row = document().create_element("tr").ok()?;
        mark(&row, &[("role", "row")]);
        let head = append(&row, "th", "")?;
        mark(&head, &[("role", "rowheader"), ("scope", "row"), ("tabindex", "-1"), ("aria-colindex", "1")]);
        let title = append(&head, "bdi", "")?;
        Some(Self {
            number: Attribute::new(&row, "aria-rowindex"),
            tip: Attribute::new(&head, "title"),
            bundle: None,
            name: Words::new(&title)?,
            cells: Vec::new(),
            title,
            head,
            row,
        })
    }

    fn row(&self) -> &Element {
        &self.row
    }
}

impl LineRow {
    /// Shows a line of the joined grid.
    pub fn write(&mut self, joined: &Joined, rows: &[Option<&Rows>], index: usize, line: usize, now: Timestamp) {
        let Some(title) = joined.grid.title(line) else { return };
        self.number.write(&(index + 1).to_string());
        let text = marked(&title.text);
        self.tip.write(&text);
        self.name.write(&text);
        self.write_bundle(&title.bundle);
        while self.cells.len() > joined.ids.len() {
            if let Some(cell) = self.cells.pop() {
                cell.cell.remove();
            }
        }
        while self.cells.len() < joined.ids.len() {
            let Some(cell) = CellNodes::new(&self.row, self.cells.len()) else { break };
            self.cells.push(cell);
        }
        for (column, cell) in self.cells.iter_mut().enumerate() {
            cell.write(joined, rows, line, column, now);
        }
    }

    fn write_bundle(&mut self, bundle: &str) {
        if bundle.is_empty() {
            if let Some((element, _)) = self.bundle.take() {
                element.remove();
            }
            return;
        }
        if self.bundle.is_none() {
            self.bundle = append(&self.head, "span", "compare-bundle").and_then(|element| {
                // Both are in the header.
                let _ = self.head.insert_before(&element, Some(&self.title));
                Some((element.clone(), Words::new(&element)?))
            });
        }
        if let Some((_, words)) = &mut self.bundle {
            words.write(&[&marked(bundle), " / "].concat());
        }
    }
}

impl CellNodes {
    fn new(row: &Element, column: usize) -> Option<Self> {
        let cell = append(row, "td", "")?;
        mark(&cell, &[("role", "gridcell"), ("tabindex", "-1"), ("aria-colindex", &(column + 2).to_string())]);
        Some(Self {
            class: Attribute::new(&cell, "class"),
            label: Attribute::new(&cell, "aria-label"),
            details: Attribute::new(&cell, "title"),
            content: None,
            cell,
        })
    }

    fn write(&mut self, joined: &Joined, rows: &[Option<&Rows>], line: usize, column: usize, now: Timestamp) {
        let cell = joined.grid.cell(line, column);
        let known = joined.known.get(column).copied().unwrap_or_default();
        let title = joined.grid.title(line).map(|title| &*title.text).unwrap_or_default();
        let workspace = joined.names.get(column).map(String::as_str).unwrap_or_default();
        // The name has the words on screen (WCAG 2.2, 2.5.3); its title, which is its description, says what differs from
        // what.
        let words = told::short(cell, known).join(", ");
        let used = joined.used(rows, line, column, now);
        let name = told::name(title, workspace, &match &used {
            Some(used) => [&*words, ", ", &used.told()].concat(),
            None => words.clone(),
        });
        let class = match (cell.times(), known) {
            (0, Known::Complete) => "compare-missing",
            (0, _) => "compare-unknown",
            (1, _) if !cell.differs() => "compare-present",
            _ => "compare-differs",
        };
        let used = used.map(|used| match used {
            Use::Never => words::compare().never.to_owned(),
            Use::At(when) => when,
        });
        self.class.write(class);
        self.label.write(&name);
        self.details.write(&joined.details(rows, line, column, now));
        let secret = joined.only_secret(line, column).zip(joined.ids.get(column));
        let address = secret.map(|(id, workspace)| Route::Secret(workspace.clone(), id).to_path());
        let is_other = |content: &Content| content.link.is_some() != address.is_some();
        if self.content.as_ref().is_none_or(is_other) {
            self.cell.set_text_content(None);
            self.content = Content::new(&self.cell, address.is_some());
        }
        let Some(content) = &mut self.content else { return };
        if let Some(((href, label), address)) = content.link.as_mut().zip(address) {
            href.write(&address);
            label.write(&name);
        }
        content.state.write(&words);
        content.write_use(used.as_deref());
    }
}

impl Content {
    fn new(cell: &Element, is_link: bool) -> Option<Self> {
        let element = append(cell, if is_link { "a" } else { "span" }, "compare-cell")?;
        if is_link {
            mark(&element, &[("tabindex", "-1")]);
        }
        Some(Self {
            link: is_link.then(|| (Attribute::new(&element, "href"), Attribute::new(&element, "aria-label"))),
            state: Words::new(&append(&element, "span", "compare-state")?)?,
            used: None,
            element,
        })
    }

    fn write_use(&mut self, used: Option<&str>) {
        let Some(used) = used else {
            if let Some((element, _)) = self.used.take() {
                element.remove();
            }
            return;
        };
        if self.used.is_none() {
            self.used = append(&self.element, "span", "compare-used").and_then(|element| {
                mark(&element, &[("aria-hidden", "true")]);
                Some((element.clone(), Words::new(&element)?))
            });
        }
        if let Some((_, words)) = &mut self.used {
            words.write(used);
        }
    }
}
