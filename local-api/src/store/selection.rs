//! One page of a list: conditions, where to start, how many.

use contract::Labels;
use contract::calls::SortOrder;
use rusqlite::types::Value;
use rusqlite::{Row, Transaction, params_from_iter};

use crate::cursor::Position;
use crate::failure::Refusal;

/// Which page of a list.
#[derive(Debug, Clone)]
pub(crate) struct PageRequest {
    pub(crate) limit: usize,
    pub(crate) after: Option<Position>,
    pub(crate) order: SortOrder,
}

/// Rows of one page, and where the next page starts; none after the last one.
pub(crate) struct Rows<T> {
    pub(crate) items: Vec<T>,
    pub(crate) next: Option<Position>,
}

/// A `SELECT` in the making. Every value is bound: no text of a client becomes a part of a statement.
pub(crate) struct Selection {
    sql: String,
    values: Vec<Value>,
}

/// The columns that order a list: the instant first, then the id.
pub(crate) struct OrderColumns {
    pub(crate) instant: &'static str,
    pub(crate) id: &'static str,
}

impl Selection {
    /// Starts with a statement that ends in its first condition.
    pub(crate) fn new(sql: &str, values: Vec<Value>) -> Self {
        Self {
            sql: sql.to_owned(),
            values,
        }
    }

    /// One more condition; its `?` are bound to these values, in their order.
    pub(crate) fn and(&mut self, condition: &str, values: impl IntoIterator<Item = Value>) {
        self.sql.push_str(" AND ");
        self.sql.push_str(condition);
        self.values.extend(values);
    }

    /// All of these labels. A pair that keeps the label rule holds no quote, so in the stored JSON its text can only
    /// be the pair itself: searching for it is exact and needs no parsing of every row.
    pub(crate) fn and_labels(&mut self, column: &str, labels: &Labels) {
        for (key, value) in labels {
            let condition = format!("instr({column}, ?) > 0");
            self.and(&condition, [Value::from(format!("\"{key}\":\"{value}\""))]);
        }
    }

    /// Runs it. One row more than asked for is read to learn whether there is a next page.
    pub(crate) fn page<T>(
        mut self,
        transaction: &Transaction<'_>,
        columns: &OrderColumns,
        request: &PageRequest,
        mut read: impl FnMut(&Row<'_>) -> rusqlite::Result<(T, Position)>,
    ) -> Result<Rows<T>, Refusal> {
        let (comparison, direction) = match request.order {
            SortOrder::Ascending => (">", "ASC"),
            SortOrder::Descending => ("<", "DESC"),
        };
        let OrderColumns { instant, id } = columns;
        if let Some(after) = &request.after {
            let condition = format!("({instant}, {id}) {comparison} (?, ?)");
            let values = [Value::from(after.created_at), Value::from(after.id.clone())];
            self.and(&condition, values);
        }
        self.sql
            .push_str(&format!(" ORDER BY {instant} {direction}, {id} {direction} LIMIT ?"));
        let one_more = i64::try_from(request.limit).unwrap_or(i64::MAX).saturating_add(1);
        self.values.push(Value::from(one_more));

        let mut statement = transaction.prepare_cached(&self.sql)?;
        let mut rows = statement.query(params_from_iter(self.values))?;
        let mut items = Vec::with_capacity(request.limit);
        let mut last = None;
        while let Some(row) = rows.next()? {
            if items.len() == request.limit {
                return Ok(Rows { items, next: last });
            }
            let (item, position) = read(row)?;
            items.push(item);
            last = Some(position);
        }
        Ok(Rows { items, next: None })
    }
}
