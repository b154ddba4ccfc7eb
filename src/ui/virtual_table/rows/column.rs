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
    /// Text in code type with an icon before it.
    IconText,
    /// Labels.
    Chips,
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
    /// The name, for the description of a time. For [`Kind::IconText`] and [`Kind::Menu`], the class of the icon.
    pub name: &'static str,
    pub kind: Kind,
    /// The class that sets its width; empty for the width of its kind.
    pub width: &'static str,
}

/// The content of a row as numbers. Equal stamps mean equal content.
pub type Stamped = [u32; 3];
