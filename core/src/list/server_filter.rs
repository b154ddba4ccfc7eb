//! Splits a filter between server and console; the only place that decides.
//!
//! The whole list is read, and loaded rows are filtered here: immediately, and for every qualifier. While the list is
//! incomplete, the server is also queried for the conditions that it supports, to find secrets far down the list. Its
//! answer is a superset of the result, so the console filters it again.

use contract::calls::SecretQuery;
use contract::{BUNDLE_LABEL, label};

use crate::list::Query;
use crate::list::query::Kind;

/// The server query for a filter; `None` if the server supports none of its conditions. It accepts one text and one
/// prefix (api.md, Workspace secrets), so the longest is used, as the most selective.
#[must_use]
pub fn server_part(query: &Query) -> Option<SecretQuery> {
    let mut asked = SecretQuery::default();
    let put_longest = |place: &mut Option<String>, text: &str| {
        if place.as_ref().is_none_or(|known| known.len() < text.len()) {
            *place = Some(text.to_owned());
        }
    };
    for term in query.terms.iter().filter(|term| !term.is_negated) {
        match &term.kind {
            Kind::Text(text) => put_longest(&mut asked.text, text),
            Kind::Prefix(text) => put_longest(&mut asked.prefix, text),
            // Not `bundleKey`, which newer servers ignore: they would answer with everything. What only older servers have, in
            // the field, comes with the rest of the list.
            Kind::Bundle(bundle) if label::check_value(bundle).is_ok() => {
                asked.labels.insert(BUNDLE_LABEL.to_owned(), bundle.clone());
            }
            // The server finds exact values; longer ones come with the rest of the list.
            Kind::Label(key, Some(value)) | Kind::ExactLabel(key, value) => {
                asked.labels.insert(key.clone(), value.clone());
            }
            Kind::Label(_, None)
            | Kind::Bundle(_)
            | Kind::Managed
            | Kind::HasExternalId
            | Kind::HasLabel
            | Kind::HasCreator
            | Kind::Unused
            | Kind::Used(_)
            | Kind::Created(_)
            | Kind::Updated(_)
            | Kind::By(_)
            | Kind::ExactBy(_)
            | Kind::Id(_)
            | Kind::Ids(_)
            | Kind::References(_)
            | Kind::Workspace(_) => {}
        }
    }
    (asked != SecretQuery::default()).then_some(asked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_server_knows_goes_to_the_server() {
        let asked = |text: &str| server_part(&Query::parse(text));
        assert_eq!(asked(""), None);
        assert_eq!(asked("bundle:platform/base"), None, "no label can have this value");
        assert_eq!(asked("-db -label:env=prod label:env is:managed used:<30d id:x"), None);
        assert_eq!(
            asked("db \"data base\" prefix:A prefix:AB bundle:core label:env=prod label:team=a -label:env=test"),
            Some(SecretQuery {
                prefix: Some("AB".to_owned()),
                text: Some("data base".to_owned()),
                labels: [("bundle_key", "core"), ("env", "prod"), ("team", "a")]
                    .map(|(key, value)| (key.to_owned(), value.to_owned()))
                    .into_iter()
                    .collect(),
                ..SecretQuery::default()
            })
        );
    }
}
