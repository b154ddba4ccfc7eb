//! The columns of a virtual table.

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The name of the row, which links to it.
    Name,
    /// Text.
    Text,
    /// Text in code type.
    Code,
    /// Labels.
    Chips,
    /// A badge.
    Badge,
    /// A time.
    Time,
    /// A checkbox to select the row.
    Check,
    /// A menu button.
    Menu,
}

/// A column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// The name; on a narrow page each cell shows it. For a menu column, the class of the icon.
    pub name: &'static str,
    pub kind: Kind,
}

/// The content of a row as numbers. Equal stamps mean equal content.
pub type Stamped = [u32; 3];
