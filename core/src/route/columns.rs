//! The columns of the list: which there are, in which order, and how wide.

/// A column of the list, which it can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Column {
    /// The name.
    Name,
    /// The labels.
    Labels,
    /// The external ID.
    ExternalId,
    /// The bundle.
    Bundle,
    /// When it was created.
    Created,
    /// Who created it.
    CreatedBy,
    /// When it was last changed.
    Updated,
    /// When it was last used.
    LastUsed,
}

impl Column {
    /// Every column, in the order in which a person first meets them.
    pub const ALL: [Self; 8] = [
        Self::Name,
        Self::Labels,
        Self::ExternalId,
        Self::Bundle,
        Self::Created,
        Self::CreatedBy,
        Self::Updated,
        Self::LastUsed,
    ];

    /// The column as an address writes it.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Labels => "labels",
            Self::ExternalId => "external-id",
            Self::Bundle => "bundle",
            Self::Created => "created",
            Self::CreatedBy => "created-by",
            Self::Updated => "updated",
            Self::LastUsed => "last-used",
        }
    }

    /// Reads what [`Self::as_str`] writes.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.as_str() == text)
    }
}

/// The widths that a column can have, in CSS pixels.
pub const WIDTHS: std::ops::RangeInclusive<u16> = 80..=800;

/// Why a column cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmovable {
    /// It is not shown, and so has no place.
    Hidden,
    /// It is the first one, or the last one, already.
    AtEnd,
}

/// The columns that are shown, in their order, each with its width in CSS pixels where the person has chosen one. The name
/// is always among them: it is what a row is called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<(Column, Option<u16>)>);

impl Default for Columns {
    /// What the list begins with.
    fn default() -> Self {
        let first = [
            Column::Name,
            Column::Labels,
            Column::ExternalId,
            Column::Bundle,
            Column::Created,
            Column::LastUsed,
        ];
        Self(first.map(|column| (column, None)).into())
    }
}

impl Columns {
    /// Reads what [`Self::to_text`] writes; nothing where not even the name is in it. What it does not understand is as if
    /// it were not there.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut columns: Vec<(Column, Option<u16>)> = Vec::new();
        for part in text.split(',') {
            let (name, width) = part.split_once(':').unwrap_or((part, ""));
            let Some(column) = Column::parse(name) else { continue };
            if columns.iter().all(|(known, _)| *known != column) {
                let width = width.parse().ok().filter(|width| WIDTHS.contains(width));
                columns.push((column, width));
            }
        }
        let has_name = columns.iter().any(|(column, _)| *column == Column::Name);
        has_name.then_some(Self(columns))
    }

    /// The columns as an address and the browser's storage hold them: `name:240,labels,created`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let part = |(column, width): &(Column, Option<u16>)| match width {
            Some(width) => format!("{}:{width}", column.as_str()),
            None => column.as_str().to_owned(),
        };
        let parts: Vec<String> = self.0.iter().map(part).collect();
        parts.join(",")
    }

    /// The columns in their order, with their widths.
    #[must_use]
    pub fn shown(&self) -> &[(Column, Option<u16>)] {
        &self.0
    }

    /// Whether a column is shown.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.0.iter().any(|(shown, _)| *shown == column)
    }

    /// Shows a column, behind the others, or hides it. The name stays.
    pub fn set(&mut self, column: Column, is_shown: bool) {
        match (self.has(column), is_shown) {
            (false, true) => self.0.push((column, None)),
            (true, false) if column != Column::Name => self.0.retain(|(shown, _)| *shown != column),
            _ => {}
        }
    }

    /// Moves a column by one place: towards the end, or towards the start. One that cannot be moved stays.
    pub fn shift(&mut self, column: Column, is_to_end: bool) {
        if let Ok((at, other)) = self.can_shift(column, is_to_end) {
            self.0.swap(at, other);
        }
    }

    /// From where to where a column would be moved.
    ///
    /// # Errors
    ///
    /// Why it cannot.
    pub fn can_shift(&self, column: Column, is_to_end: bool) -> Result<(usize, usize), Unmovable> {
        let at = self.0.iter().position(|(shown, _)| *shown == column);
        let at = at.ok_or(Unmovable::Hidden)?;
        let other = if is_to_end { Some(at + 1) } else { at.checked_sub(1) };
        let other = other.filter(|other| *other < self.0.len());
        Ok((at, other.ok_or(Unmovable::AtEnd)?))
    }

    /// Gives a column a width, or as much as there is for it.
    pub fn set_width(&mut self, column: Column, width: Option<u16>) {
        for (shown, known) in &mut self.0 {
            if *shown == column {
                *known = width.map(|width| width.clamp(*WIDTHS.start(), *WIDTHS.end()));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_come_back_and_nonsense_does_not() {
        let text = |text: &str| Columns::parse(text).map(|columns| columns.to_text());
        assert_eq!(text("name:240,labels"), Some("name:240,labels".to_owned()));
        assert_eq!(
            text("labels:9000,x,name,name:90,created:-1"),
            Some("labels,name,created".to_owned())
        );
        assert_eq!(text("labels"), None, "a row without a name is none");
        assert_eq!(Columns::default().shown().len(), 6);
    }

    #[test]
    fn columns_are_shown_moved_and_sized() {
        let mut columns = Columns::parse("name,labels").unwrap();
        columns.set(Column::Updated, true);
        columns.set(Column::Labels, false);
        columns.set(Column::Name, false);
        columns.shift(Column::Updated, false);
        columns.shift(Column::Updated, false);
        columns.shift(Column::Name, true);
        columns.set_width(Column::Name, Some(10));
        assert_eq!(columns.to_text(), "updated,name:80");
        columns.set_width(Column::Name, None);
        assert_eq!(columns.to_text(), "updated,name");
    }

    #[test]
    fn a_column_that_cannot_be_moved_says_why() {
        let columns = Columns::parse("name,labels,created").unwrap();
        let can = |column, is_to_end| columns.can_shift(column, is_to_end);
        assert_eq!(can(Column::Name, false), Err(Unmovable::AtEnd));
        assert_eq!(can(Column::Name, true), Ok((0, 1)));
        assert_eq!(can(Column::Created, true), Err(Unmovable::AtEnd));
        assert_eq!(can(Column::Created, false), Ok((2, 1)));
        assert_eq!(can(Column::Updated, true), Err(Unmovable::Hidden));
        assert_eq!(can(Column::Updated, false), Err(Unmovable::Hidden));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read(steps in proptest::collection::vec(
            (proptest::sample::select(Column::ALL.to_vec()), 0_u8..4, any::<bool>(), any::<u16>()), 0..30,
        )) {
            let mut columns = Columns::default();
            for (column, step, flag, width) in steps {
                match step {
                    0 => columns.set(column, flag),
                    1 => columns.shift(column, flag),
                    _ => columns.set_width(column, flag.then_some(width)),
                }
                prop_assert_eq!(Columns::parse(&columns.to_text()), Some(columns.clone()));
            }
        }

        #[test]
        fn nothing_panics(text in any::<String>()) {
            let _ = Columns::parse(&text);
        }
    }
}
