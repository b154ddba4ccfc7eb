//! What a search without results may have been meant to be.

use crate::list::Query;
use crate::list::completion::label_word;
use crate::list::find::{Finder, UNFIT};
use crate::list::instant::Instant;
use crate::list::query::{Kind, distance, without};
use crate::list::rows::Rows;

/// A search that has results.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Nearest {
    /// The search text.
    pub search: String,
    /// The number of secrets that it finds.
    pub count: usize,
}

/// The nearest search that finds something: one condition fewer, or a label that does exist in place of one that does
/// not. Of several, the one that finds most.
#[must_use]
pub fn nearest(text: &str, rows: &Rows, now: Instant) -> Option<Nearest> {
    let terms = Query::parse(text).terms;
    let fewer = (terms.len() > 1).then(|| terms.iter().map(|term| without(text, &term.place)));
    let labels = terms.iter().filter(|term| !term.is_negated).filter_map(|term| {
        let word = match &term.kind {
            Kind::Label(key, value) => near_label(key, value.as_deref().unwrap_or_default(), rows),
            Kind::ExactLabel(key, value) => near_label(key, value, rows),
            _ => None,
        }?;
        let rest = without(text, &term.place);
        Some(if rest.is_empty() {
            word
        } else {
            format!("{rest} {word}")
        })
    });
    let counted = |search: String| {
        let fits = Finder::new(&Query::parse(&search), rows, now).fits(rows, 0, rows.end());
        let count = fits.iter().filter(|fit| **fit != UNFIT).count();
        (count > 0).then_some(Nearest { search, count })
    };
    fewer
        .into_iter()
        .flatten()
        .chain(labels)
        .filter_map(counted)
        .max_by_key(|found| found.count)
}

/// The condition for the label in use that differs least from this one.
fn near_label(key: &str, value: &str, rows: &Rows) -> Option<String> {
    let near = rows.pairs_in_use().map(|(own_key, own_value)| {
        let apart = (distance(own_key, key), distance(own_value, value));
        (apart, own_key, own_value)
    });
    let (_, own_key, own_value) = near.min()?;
    (distance(own_key, key) <= 2).then(|| label_word(own_key, own_value, rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::list::Facts;

    #[test]
    fn a_search_without_results_has_a_neighbour() {
        let mut rows = Rows::default();
        for (number, env) in ["production", "production", "staging"].into_iter().enumerate() {
            let (id, labels) = (number.to_string(), [("env", env)]);
            let name = ["STRIPE_KEY", "DATABASE_URL", "REDIS_URL"][number];
            let facts = Facts {
                id: &id,
                name,
                labels: &labels,
                ..Facts::default()
            };
            rows.push(&facts).unwrap();
        }
        let found = |text: &str| nearest(text, &rows, 0).map(|found| (found.search, found.count));
        let pair = |search: &str, count| Some((search.to_owned(), count));
        assert_eq!(found("label:env=produktion"), pair("label:env=production", 2));
        assert_eq!(found("label:emv=staging"), pair("label:env=staging", 1));
        assert_eq!(found("stripe label:env=staging"), pair("stripe", 1));
        assert_eq!(found("url nothing"), pair("url", 2));
        assert_eq!(found("nothing"), None);
        assert_eq!(found("label:team=a"), None);
    }
}
