//! What is on screen of the list: the rows that a filter leaves, in an order.

use crate::find::{Finder, Fit};
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
            let mut fits = vec![None; rows.end() as usize];
            for (row, fit) in Finder::new(&view.query, rows, now).find(rows, 0, rows.end()) {
                if let Some(at) = fits.get_mut(row as usize) {
                    *at = Some(fit);
                }
            }
            let fit_of = |row: Row| fits.get(row as usize).copied().flatten();
            let found = list.order().filter_map(|row| Some((row, fit_of(row)?)));
            if view.is_by_fit() {
                let mut found: Vec<(Row, Fit)> = found.collect();
                found.sort_by_key(|(_, fit)| *fit);
                (view.rows, view.fits) = found.into_iter().unzip();
            } else {
                view.rows = found.map(|(row, _)| row).collect();
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
