//! The visible columns of a list, in order.

use crate::list::Column;

/// Why a column cannot be moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unmovable {
    /// It is hidden, so it has no position.
    Hidden,
    /// It is the first or the last one already.
    AtEnd,
}

/// The visible columns, in order. The name is always one of them, because it labels the row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Columns(Vec<Column>);

impl Default for Columns {
    /// The default columns.
    fn default() -> Self {
        Self(vec![
            Column::Name,
            Column::Labels,
            Column::ExternalId,
            Column::Bundle,
            Column::Created,
            Column::LastUsed,
        ])
    }
}

impl Columns {
    /// Parses the output of [`Self::to_text`]; `None` if the name is missing. Unknown parts are ignored, such as the
    /// widths in older addresses (`name:240`).
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut columns = Vec::new();
        for part in text.split(',') {
            let key = part.split_once(':').map_or(part, |(key, _)| key);
            columns.extend(Column::parse(key).filter(|column| !columns.contains(column)));
        }
        columns.contains(&Column::Name).then_some(Self(columns))
    }

    /// The columns as text for addresses and storage: `name,labels,created`.
    #[must_use]
    pub fn to_text(&self) -> String {
        let keys: Vec<&str> = self.0.iter().map(|column| column.key()).collect();
        keys.join(",")
    }

    /// The visible columns, in order.
    #[must_use]
    pub fn shown(&self) -> &[Column] {
        &self.0
    }

    /// Whether a column is visible.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.0.contains(&column)
    }

    /// Shows a column at the end, or hides it. The name cannot be hidden.
    pub fn set(&mut self, column: Column, is_shown: bool) {
        match (self.has(column), is_shown) {
            (false, true) => self.0.push(column),
            (true, false) if column != Column::Name => self.0.retain(|shown| *shown != column),
            _ => {}
        }
    }

    /// Moves a column by one position, towards the end or the start. No-op if it cannot be moved.
    pub fn shift(&mut self, column: Column, is_to_end: bool) {
        if let Ok((at, other)) = self.can_shift(column, is_to_end) {
            self.0.swap(at, other);
        }
    }

    /// The old and the new position of a column to be moved.
    ///
    /// # Errors
    ///
    /// Why it cannot be moved.
    pub fn can_shift(&self, column: Column, is_to_end: bool) -> Result<(usize, usize), Unmovable> {
        let at = self.0.iter().position(|shown| *shown == column);
        let at = at.ok_or(Unmovable::Hidden)?;
        let other = if is_to_end { Some(at + 1) } else { at.checked_sub(1) };
        let other = other.filter(|other| *other < self.0.len());
        Ok((at, other.ok_or(Unmovable::AtEnd)?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn columns_come_back_and_nonsense_does_not() {
        let text = |text: &str| Columns::parse(text).map(|columns| columns.to_text());
        assert_eq!(text("name,labels"), Some("name,labels".to_owned()));
        assert_eq!(
            text("labels:240,x,name,name:90,created:-1"),
            Some("labels,name,created".to_owned()),
            "as an older address has it"
        );
        assert_eq!(text("labels"), None, "a row without a name is none");
        assert_eq!(Columns::default().shown().len(), 6);
    }

    #[test]
    fn columns_are_shown_and_moved() {
        let mut columns = Columns::parse("name,labels").unwrap();
        columns.set(Column::Updated, true);
        columns.set(Column::Labels, false);
        columns.set(Column::Name, false);
        columns.shift(Column::Updated, false);
        columns.shift(Column::Updated, false);
        columns.shift(Column::Name, true);
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
            (proptest::sample::select(Column::ALL.to_vec()), any::<bool>(), any::<bool>()), 0..30,
        )) {
            let mut columns = Columns::default();
            for (column, is_shift, flag) in steps {
                match is_shift {
                    true => columns.shift(column, flag),
                    false => columns.set(column, flag),
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
