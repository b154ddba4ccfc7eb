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
    rows.sort_by(|one, other| compare(one, other, column, direction));
    rows
}

fn compare(one: &SecretFacts, other: &SecretFacts, column: Column, direction: Direction) -> Ordering {
    let (a, b) = (&one.metadata, &other.metadata);
    let last_use = |secret: &SecretFacts| secret.info.as_ref().and_then(|info| info.last_use());
    match column {
        Column::Name => present(Some(&a.name), Some(&b.name), direction, |a, b| folded(a, b)),
        Column::Labels => {
            let a = Some(&a.labels).filter(|labels| !labels.is_empty());
            let b = Some(&b.labels).filter(|labels| !labels.is_empty());
            present(a, b, direction, Ord::cmp)
        }
        Column::ExternalId => present(a.external_id.as_ref(), b.external_id.as_ref(), direction, |a, b| {
            folded(a, b)
        }),
        Column::Bundle => present(a.bundle_key.as_ref(), b.bundle_key.as_ref(), direction, |a, b| {
            folded(a, b)
        }),
        Column::Created => present(a.created_at.as_ref(), b.created_at.as_ref(), direction, Ord::cmp),
        Column::LastUsed => present(last_use(one).as_ref(), last_use(other).as_ref(), direction, Ord::cmp),
    }
}

/// What is there in its order; what is not there last, in either direction.
fn present<Key>(
    one: Option<&Key>,
    other: Option<&Key>,
    direction: Direction,
    compare: impl Fn(&Key, &Key) -> Ordering,
) -> Ordering {
    match (one, other) {
        (Some(one), Some(other)) => match direction {
            Direction::Ascending => compare(one, other),
            Direction::Descending => compare(other, one),
        },
        (Some(_), None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
        (None, None) => Ordering::Equal,
    }
}

/// Without regard to case.
fn folded(one: &str, other: &str) -> Ordering {
    one.chars()
        .flat_map(char::to_lowercase)
        .cmp(other.chars().flat_map(char::to_lowercase))
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
