//! What the form for a new secret begins with, in its address. Never a value.

use contract::MetadataFields;

use crate::route::query::{encode, parameter, parameters};

/// What a new secret begins with, as the query string of its address. Only the form parses it: every view loads the code
/// that reads addresses.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Prefill(String);

impl Prefill {
    /// A query string, as the browser reports it.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        Self(query.to_owned())
    }

    /// With a name.
    #[must_use]
    pub fn named(name: &str) -> Self {
        Self(format!("name={}", encode(name)))
    }

    /// With everything but a value.
    #[must_use]
    pub fn of(fields: &MetadataFields) -> Self {
        let mut query = Self::named(&fields.name).0;
        if let Some(external_id) = &fields.external_id {
            query.push_str("&externalId=");
            query.push_str(&encode(external_id));
        }
        for (key, value) in &fields.labels {
            query.push_str("&label=");
            query.push_str(&encode(&format!("{key}={value}")));
        }
        Self(query)
    }

    /// What the form begins with.
    #[must_use]
    pub fn fields(&self) -> MetadataFields {
        let text = |name| parameter(&self.0, name).filter(|text| !text.is_empty());
        let pair = |pair: String| {
            pair.split_once('=')
                .map(|(key, value)| (key.to_owned(), value.to_owned()))
        };
        MetadataFields {
            name: text("name").unwrap_or_default(),
            external_id: text("externalId"),
            labels: parameters(&self.0, "label").filter_map(pair).collect(),
        }
    }

    /// The query string, with its question mark if there is any.
    #[must_use]
    pub fn to_query(&self) -> String {
        if self.0.is_empty() {
            String::new()
        } else {
            ["?", &self.0].concat()
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn everything_but_a_value_round_trips(
            name in any::<String>(), external_id in proptest::option::of(".{1,8}"),
            labels in proptest::collection::btree_map("[a-z./-]{1,8}", "[a-zA-Z0-9=&%.]{0,8}", 0..4),
        ) {
            let fields = MetadataFields { name, external_id, labels };
            let prefill = Prefill::of(&fields);
            prop_assert_eq!(prefill.fields(), fields);
            let query = prefill.to_query();
            prop_assert_eq!(Prefill::parse(&query[1..]), prefill);
        }
    }
}
