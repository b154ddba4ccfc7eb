//! Moving the focus between the cells of a grid (ARIA Authoring Practices Guide, Grid).

/// A cell. Column 0 is the header of the row.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Place {
    /// The line, from 0.
    pub line: usize,
    /// The column, from 0.
    pub column: usize,
}

/// The size of a grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Size {
    /// The number of lines.
    pub lines: usize,
    /// The number of columns, with the one of row headers.
    pub columns: usize,
    /// The number of lines that Page Up and Page Down move by.
    pub page: usize,
}

/// The cell that a key moves to; `None` for any other key. At an edge the focus stays where it is.
#[must_use]
pub fn step(key: &str, is_command: bool, from: Place, size: Size) -> Option<Place> {
    let last = Place {
        line: size.lines.checked_sub(1)?,
        column: size.columns.checked_sub(1)?,
    };
    let Place { line, column } = Place {
        line: from.line.min(last.line),
        column: from.column.min(last.column),
    };
    let page = size.page.max(1);
    let (line, column) = match (key, is_command) {
        ("ArrowDown", false) => (line + 1, column),
        ("ArrowUp", false) => (line.saturating_sub(1), column),
        ("ArrowRight", false) => (line, column + 1),
        ("ArrowLeft", false) => (line, column.saturating_sub(1)),
        ("PageDown", false) => (line + page, column),
        ("PageUp", false) => (line.saturating_sub(page), column),
        ("Home", false) => (line, 0),
        ("End", false) => (line, last.column),
        ("Home", true) => (0, 0),
        ("End", true) => (last.line, last.column),
        _ => return None,
    };
    Some(Place {
        line: line.min(last.line),
        column: column.min(last.column),
    })
}
