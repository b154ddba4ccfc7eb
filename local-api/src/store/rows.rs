//! Columns to the contract's types and back.

use contract::{Labels, Timestamp};
use rusqlite::Row;
use rusqlite::types::{FromSqlError, Type};

use crate::clock::{self, Micros};
use crate::failure::Refusal;

/// An id. The database holds none that is empty or a dot segment.
pub(crate) fn id<Id: TryFrom<String, Error: std::error::Error + Send + Sync + 'static>>(
    row: &Row<'_>,
    column: usize,
) -> rusqlite::Result<Id> {
    Id::try_from(row.get(column)?)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// An instant.
pub(crate) fn instant(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<Timestamp>> {
    let micros: Option<Micros> = row.get(column)?;
    Ok(micros.and_then(clock::instant))
}

/// Labels.
pub(crate) fn labels(row: &Row<'_>, column: usize) -> rusqlite::Result<Labels> {
    let text = row.get_ref(column)?.as_str().map_err(|error: FromSqlError| {
        rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error))
    })?;
    if text == "{}" {
        return Ok(Labels::new());
    }
    serde_json::from_str(text)
        .map_err(|error| rusqlite::Error::FromSqlConversionFailure(column, Type::Text, Box::new(error)))
}

/// Labels as they are stored: keys sorted, no white space.
pub(crate) fn labels_text(labels: &Labels) -> Result<String, Refusal> {
    serde_json::to_string(labels).map_err(Refusal::internal)
}
