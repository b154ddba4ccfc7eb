//! Ordering what is loaded by a column.

use std::cmp::Ordering;

use crate::domain::secret::SecretFacts;
use crate::route::{Column, Direction};

/// The rows in the order of a column; without one, in the order in which the server lists them. Stable, and rows with
/// nothing in the column come last in either direction: they are not what anyone sorts for.
#[must_use]
pub fn ordered<'a>(
    rows: impl Iterator<Item = &'a SecretFacts>,
    sort: Option<(Column, Direction)>,
) -> Vec<&'a SecretFacts> {
    let mut rows: Vec<&SecretFacts> = rows.collect();
    let Some((column, direction)) = sort else { return rows };
    match column {
        Column::Name => by(&mut rows, direction, |row| Some(row.metadata.name.to_lowercase())),
        Column::Labels => by(&mut rows, direction, |row| {
            (!row.metadata.labels.is_empty()).then(|| row.metadata.labels.clone())
        }),
        Column::ExternalId => by(&mut rows, direction, |row| {
            row.metadata.external_id.as_ref().map(|id| id.to_lowercase())
        }),
        Column::Bundle => by(&mut rows, direction, |row| {
            row.metadata.bundle_key.as_ref().map(|key| key.to_lowercase())
        }),
        Column::Created => by(&mut rows, direction, |row| row.metadata.created_at),
        Column::LastUsed => by(&mut rows, direction, |row| {
            row.info.as_ref().and_then(|info| info.last_use())
        }),
    }
    rows
}

fn by<Key: Ord>(rows: &mut Vec<&SecretFacts>, direction: Direction, key: impl Fn(&SecretFacts) -> Option<Key>) {
    let mut keyed: Vec<(Option<Key>, &SecretFacts)> = rows.iter().map(|row| (key(row), *row)).collect();
    keyed.sort_by(|(one, _), (other, _)| match (one, other) {
        (Some(one), Some(other)) => match direction {
            Direction::Ascending => one.cmp(other),
            Direction::Descending => other.cmp(one),
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    });
    *rows = keyed.into_iter().map(|(_, row)| row).collect();
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::WorkspaceSecret;

    fn rows() -> Vec<SecretFacts> {
        [
            r#"{"metadata": {"id": "1", "name": "beta", "externalId": "x", "createdAt": "2026-01-02T00:00:00Z"}}"#,
            r#"{"metadata": {"id": "2", "name": "Alpha", "createdAt": "2026-01-01T00:00:00Z"},
                "info": {"lastUsedAt": "2026-03-01T00:00:00Z"}}"#,
            r#"{"metadata": {"id": "3", "name": "alpha", "labels": {"env": "a"}, "bundleKey": "core"}}"#,
        ]
        .map(|json| SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(json).unwrap()))
        .into()
    }

    fn ids(sort: Option<(Column, Direction)>) -> String {
        ordered(rows().iter(), sort)
            .iter()
            .map(|row| row.metadata.id.as_str())
            .collect()
    }

    #[test]
    fn each_column_both_ways() {
        use Direction::{Ascending, Descending};
        for (sort, expected) in [
            (None, "123"),
            (Some((Column::Name, Ascending)), "231"),
            (Some((Column::Name, Descending)), "123"),
            (Some((Column::Created, Ascending)), "213"),
            (Some((Column::Created, Descending)), "123"),
            (Some((Column::ExternalId, Descending)), "123"),
            (Some((Column::Labels, Ascending)), "312"),
            (Some((Column::Bundle, Descending)), "312"),
            (Some((Column::LastUsed, Ascending)), "213"),
        ] {
            assert_eq!(ids(sort), expected, "{sort:?}");
        }
    }
}
