//! Query parameters.

use axum::extract::{FromRequestParts, Query};
use axum::http::request::Parts;
use contract::calls::SortOrder;
use contract::{FieldViolation, Labels, label};

use crate::cursor::QueryIdentity;
use crate::failure::{Refusal, violation};
use crate::request::Caller;
use crate::request::fields::MOST_LABELS;
use crate::store::selection::PageRequest;

/// The page size where none is asked for.
const DEFAULT_LIMIT: usize = 50;
/// The largest page.
const LARGEST_LIMIT: usize = 1_000;

/// The query parameters of a list. Violations are collected and reported together by [`Parameters::page`]; unknown
/// parameters are ignored, and an empty text means absent (api.md, Transport).
pub(crate) struct Parameters {
    path: String,
    pairs: Vec<(String, String)>,
    violations: Vec<FieldViolation>,
}

/// The parameters common to all lists.
pub(crate) struct ListParameters {
    pub(crate) page: PageRequest,
    pub(crate) identity: QueryIdentity,
}

impl<S: Send + Sync> FromRequestParts<S> for Parameters {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(parts, state)
            .await
            .map_err(|_| Refusal::unreadable("the query cannot be read"))?;
        Ok(Self {
            path: parts.uri.path().to_owned(),
            pairs,
            violations: Vec::new(),
        })
    }
}

impl Parameters {
    fn given(&mut self, name: &str) -> Option<String> {
        let mut found = self.pairs.iter().filter(|(known, _)| known == name);
        let value = found.next().map(|(_, value)| value.clone());
        if found.next().is_some() {
            self.violations.push(violation(name, "is given more than once"));
        }
        value
    }

    /// A text; absent and empty are the same.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        self.given(name).filter(|value| !value.is_empty())
    }

    /// A boolean: `true`, `false`, `1` or `0`; absent and empty are false.
    pub(crate) fn boolean(&mut self, name: &str) -> bool {
        match self.text(name).as_deref() {
            None | Some("false" | "0") => false,
            Some("true" | "1") => true,
            Some(_) => {
                self.violations.push(violation(name, "must be true or false"));
                false
            }
        }
    }

    /// One of some words; absent and empty are the first.
    pub(crate) fn one_of(&mut self, name: &str, words: &[&'static str]) -> &'static str {
        let first = words.first().copied().unwrap_or_default();
        let Some(text) = self.text(name) else {
            return first;
        };
        words.iter().find(|word| **word == text).copied().unwrap_or_else(|| {
            let description = format!("must be one of {}", words.join(", "));
            self.violations.push(violation(name, description));
            first
        })
    }

    /// Labels that must all match.
    pub(crate) fn labels(&mut self) -> Labels {
        let Some(text) = self.text("labels") else {
            return Labels::new();
        };
        match label::from_filter(&text) {
            // No resource has more labels than that, and SQLite limits the number of conditions.
            Ok(labels) if labels.len() > MOST_LABELS => {
                let description = format!("at most {MOST_LABELS} labels are allowed");
                self.violations.push(violation("labels", description));
                Labels::new()
            }
            Ok(labels) => labels,
            Err(pair) => {
                let description =
                    format!("`{pair}` is not key=value under the label rule, or contradicts another pair");
                self.violations.push(violation("labels", description));
                Labels::new()
            }
        }
    }

    /// The order; the oldest first where none is asked for.
    pub(crate) fn order(&mut self) -> SortOrder {
        let Some(text) = self.text("sortOrder") else {
            return SortOrder::default();
        };
        SortOrder::parse(&text).unwrap_or_else(|| {
            self.violations.push(violation("sortOrder", "must be asc or desc"));
            SortOrder::default()
        })
    }

    fn limit(&mut self) -> usize {
        let Some(text) = self.text("limit") else {
            return DEFAULT_LIMIT;
        };
        match text.parse::<usize>() {
            Ok(limit) if (1..=LARGEST_LIMIT).contains(&limit) => limit,
            _ => {
                let description = format!("must be a whole number from 1 to {LARGEST_LIMIT}");
                self.violations.push(violation("limit", description));
                DEFAULT_LIMIT
            }
        }
    }

    /// Parses the rest and closes the query. `parts` are everything that distinguishes this query from another one,
    /// besides path, order and caller.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` with every parameter that is wrong, or for a cursor of another query.
    pub(crate) fn page(mut self, caller: &Caller, order: SortOrder, parts: &[&str]) -> Result<ListParameters, Refusal> {
        let limit = self.limit();
        let cursor = self.text("cursor");
        if !self.violations.is_empty() {
            return Err(Refusal::fields(self.violations));
        }
        let identity = QueryIdentity::new(&caller.profile, &self.path).with(order.as_str());
        let identity = parts.iter().fold(identity, |identity, part| identity.with(part));
        let after = match cursor {
            Some(text) => Some(identity.position(&text)?),
            None => None,
        };
        let page = PageRequest { limit, after, order };
        Ok(ListParameters { page, identity })
    }
}
