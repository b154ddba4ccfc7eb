//! What is on screen of the list: the rows that a filter leaves, in an order.

use crate::find::{Finder, Fit, UNFIT};
use crate::instant::Instant;
use crate::list::{Changes, List};
use crate::order::{Order, merge_by};
use crate::query::Query;
use crate::rows::Row;

/// The rows that a filter leaves, in an order. Kept up to date by what changes, so that a page that arrives costs what is
/// on the page and one pass over row numbers, however much has been derived before.
#[derive(Debug, Clone, Default)]
pub struct View {
    query: Query,
    order: Option<Order>,
    rows: Vec<Row>,
    /// How well each row fits; kept only while that is what the rows are ordered by.
    fits: Vec<Fit>,
}

impl View {
    /// What a filter leaves of a list. Without an order, what fits a text best comes first, and else the server's order
    /// counts.
    #[must_use]
    pub fn new(list: &List, query: Query, order: Option<Order>, now: Instant) -> Self {
        let mut view = Self {
            query,
            order,
            ..Self::default()
        };
        let rows = list.rows();
        if view.query.is_empty() {
            view.rows = list.order().collect();
        } else {
            let fits = Finder::new(&view.query, rows, now).fits(rows, 0, rows.end());
            let fit_of = |row: Row| fits.get(row as usize).copied().unwrap_or(UNFIT);
            if view.is_by_fit() {
                // There are few ways to fit: where the rows of each begin is counted, and each row is put there.
                let mut starts = [0_usize; 1 + UNFIT as usize];
                for row in list.order() {
                    if let Some(next) = starts.get_mut(1 + usize::from(fit_of(row))) {
                        *next += 1;
                    }
                }
                let mut count = 0;
                for start in &mut starts {
                    count += *start;
                    *start = count;
                }
                view.rows = vec![0; count];
                view.fits = vec![0; count];
                for row in list.order() {
                    let fit = fit_of(row);
                    let Some(place) = starts.get_mut(usize::from(fit)).filter(|_| fit != UNFIT) else {
                        continue;
                    };
                    if let (Some(at), Some(fit_at)) = (view.rows.get_mut(*place), view.fits.get_mut(*place)) {
                        (*at, *fit_at) = (row, fit);
                    }
                    *place += 1;
                }
            } else {
                view.rows = list.order().filter(|row| fit_of(*row) != UNFIT).collect();
            }
        }
        if let Some(order) = view.order {
            order.sort(rows, &mut view.rows);
        }
        view
    }

    fn is_by_fit(&self) -> bool {
        self.order.is_none() && self.query.has_text()
    }

    /// The rows, in their order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// Takes in what changed in the list.
    pub fn update(&mut self, list: &List, changes: &Changes, now: Instant) {
        let rows = list.rows();
        if !changes.removed.is_empty() {
            let is_kept: Vec<bool> = self.rows.iter().map(|row| rows.is_here(*row)).collect();
            let mut kept = is_kept.iter();
            self.rows.retain(|_| kept.next() == Some(&true));
            if self.is_by_fit() {
                let mut kept = is_kept.iter();
                self.fits.retain(|_| kept.next() == Some(&true));
            }
        }
        if changes.added.is_empty() {
            return;
        }
        let finder = Finder::new(&self.query, rows, now);
        let fit = |row: &Row| Some((*row, finder.fit(rows, *row)?));
        let mut found: Vec<(Row, Fit)> = changes.added.iter().filter_map(fit).collect();
        if let Some(order) = self.order {
            let mut new: Vec<Row> = found.into_iter().map(|(row, _)| row).collect();
            order.sort(rows, &mut new);
            self.rows = order.merge(rows, &self.rows, &new);
        } else if self.is_by_fit() {
            found.sort_by_key(|(_, fit)| *fit);
            let known: Vec<(Row, Fit)> = self.rows.iter().copied().zip(self.fits.iter().copied()).collect();
            let merged = merge_by(&known, &found, |(_, one), (_, other)| one.cmp(other));
            (self.rows, self.fits) = merged.into_iter().unzip();
        } else {
            self.rows.extend(found.into_iter().map(|(row, _)| row));
        }
    }
}
