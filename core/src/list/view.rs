//! The rows on screen: filtered and ordered.

use std::cmp::Ordering;

use crate::list::dataset::{Changes, List};
use crate::list::find::{Finder, Fit, UNFIT};
use crate::list::instant::Instant;
use crate::list::order::{Arrangement, merge, sort_by_number};
use crate::list::query::Query;
use crate::list::row_set::RowSet;
use crate::list::rows::Row;

/// The filtered and ordered rows. Updated incrementally, so that a new page costs its own size and one pass over row
/// numbers.
///
/// The sort is stable, and incremental updates equal a rebuild.
#[derive(Debug, Clone, Default)]
pub struct View {
    query: Query,
    arrangement: Arrangement,
    rows: Vec<Row>,
    /// All rows of the list in the sort order, so that a new filter needs no sorting; empty without an order.
    sorted: Vec<Row>,
    /// Whether the opposite order is just the reverse of `sorted`.
    is_reversible: bool,
    /// The rank of each row, so that a new page is ranked alone; empty if they are not ranked.
    fits: Vec<Fit>,
}

impl View {
    /// Filters and arranges a list.
    #[must_use]
    pub fn new(list: &List, query: Query, arrangement: impl Into<Arrangement>, now: Instant) -> Self {
        let mut view = Self {
            query,
            arrangement: arrangement.into(),
            ..Self::default()
        };
        view.sort(list);
        view.fill(list, now);
        view
    }

    /// Sets the filter and the arrangement. Sorts only if neither the present order nor its reverse is the wanted one.
    pub fn show(&mut self, list: &List, query: Query, arrangement: impl Into<Arrangement>, now: Instant) {
        let former = self.arrangement.order();
        self.query = query;
        self.arrangement = arrangement.into();
        match (former, self.arrangement.order()) {
            (former, order) if former == order => {}
            (Some(former), Some(order)) if former.column == order.column && self.is_reversible => self.sorted.reverse(),
            _ => self.sort(list),
        }
        self.fill(list, now);
    }

    fn sort(&mut self, list: &List) {
        (self.sorted, self.is_reversible) = (Vec::new(), false);
        if let Some(order) = self.arrangement.order() {
            self.sorted = list.order().collect();
            self.is_reversible = order.sort(list.rows(), &mut self.sorted);
        }
    }

    /// Filters again.
    fn fill(&mut self, list: &List, now: Instant) {
        let rows = list.rows();
        self.fits.clear();
        if self.query.is_empty() {
            self.rows = self.all(list).collect();
            return;
        }
        let fits = Finder::new(&self.query, rows, now).fits(rows, 0, rows.end());
        let fit_of = |row: Row| fits.get(row as usize).copied().unwrap_or(UNFIT);
        let fitting: Vec<Row> = self.all(list).filter(|row| fit_of(*row) != UNFIT).collect();
        if self.is_by_fit() {
            self.fill_by_fit(&fitting, fit_of);
            self.fits = fits;
        } else {
            self.rows = fitting;
        }
    }

    /// All rows of the list in the sort order.
    fn all<'rows>(&'rows self, list: &'rows List) -> Box<dyn Iterator<Item = Row> + 'rows> {
        match self.arrangement.order() {
            Some(_) => Box::new(self.sorted.iter().copied()),
            None => Box::new(list.order()),
        }
    }

    /// Counting sort by rank, because there are few ranks.
    fn fill_by_fit(&mut self, fitting: &[Row], fit_of: impl Fn(Row) -> Fit) {
        let mut starts = [0_usize; 1 + UNFIT as usize];
        for row in fitting.iter().copied() {
            if let Some(next) = starts.get_mut(1 + usize::from(fit_of(row))) {
                *next += 1;
            }
        }
        let mut count = 0;
        for start in &mut starts {
            count += *start;
            *start = count;
        }
        self.rows = vec![0; count];
        for row in fitting.iter().copied() {
            let Some(place) = starts.get_mut(usize::from(fit_of(row))) else {
                continue;
            };
            if let Some(at) = self.rows.get_mut(*place) {
                *at = row;
            }
            *place += 1;
        }
    }

    fn is_by_fit(&self) -> bool {
        self.arrangement.is_ranked() && self.query.has_text()
    }

    /// The rows, in order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Applies changes of the list.
    pub fn update(&mut self, list: &List, changes: &Changes, now: Instant) {
        let rows = list.rows();
        let mut new = changes.added.clone();
        if !changes.changed.is_empty() {
            // Remove them, then insert them at their new positions.
            let mut known = RowSet::default();
            new = changes.changed.iter().chain(&changes.added).copied().collect();
            new.retain(|row| known.insert(*row));
            self.rows.retain(|row| !known.contains(*row));
            self.sorted.retain(|row| !known.contains(*row));
        }
        new.retain(|row| rows.is_here(*row));
        if new.is_empty() {
            return;
        }
        sort_by_number(&mut new, |row| u64::from(rows.place(row)));
        let first = new.iter().copied().min().unwrap_or_default();
        let end = new.iter().copied().max().map_or(first, |last| last + 1);
        let new_fits = Finder::new(&self.query, rows, now).fits(rows, first, end);
        let new_fit = |row: Row| new_fits.get((row - first) as usize).copied().unwrap_or(UNFIT);
        let order = self.arrangement.order();
        let compare = |one: Row, other: Row| {
            let by_order = order.map_or(Ordering::Equal, |order| order.compare(rows, one, other));
            by_order.then_with(|| rows.place(one).cmp(&rows.place(other)))
        };
        if let Some(order) = order {
            order.sort(rows, &mut new);
            self.is_reversible = false;
            merge(&mut self.sorted, &new, &compare);
        }
        new.retain(|row| new_fit(*row) != UNFIT);
        if self.is_by_fit() {
            self.fits.resize(rows.end() as usize, UNFIT);
            for row in &new {
                if let Some(fit) = self.fits.get_mut(*row as usize) {
                    *fit = new_fit(*row);
                }
            }
            sort_by_number(&mut new, |row| u64::from(new_fit(row)));
            let fit = |row: Row| self.fits.get(row as usize).copied().unwrap_or(UNFIT);
            let by_fit = |one, other| fit(one).cmp(&fit(other)).then_with(|| compare(one, other));
            merge(&mut self.rows, &new, &by_fit);
        } else {
            merge(&mut self.rows, &new, &compare);
        }
    }
}
