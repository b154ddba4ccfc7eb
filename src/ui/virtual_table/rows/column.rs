//! The columns of a virtual table.

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

/// What a row says, in numbers: as long as they are the same, so is what would be drawn.
pub type Stamped = [u32; 3];
