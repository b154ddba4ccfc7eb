//! What the server filters and what the console filters: the one place that decides.
//!
//! The list is read as a whole, and what is here is filtered here: at once, and for every qualifier. While it is not
//! complete, the server is asked besides for what it can look for, so that what is far down the list is found at once.
//! The server's answer is a superset of what is wanted: the console filters it once more.

use contract::calls::SecretQuery;

use crate::list::Query;
use crate::list::query::Kind;

/// What to ask the server for a filter; none where it can look for none of it. Of several texts or prefixes it takes one
/// (api.md, Workspace secrets): the longest says most.
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
            Kind::Bundle(bundle) => asked.bundle_key = Some(bundle.clone()),
            Kind::Label(key, Some(value)) => {
                asked.labels.insert(key.clone(), value.clone());
            }
            Kind::Label(_, None)
            | Kind::Managed
            | Kind::HasExternalId
            | Kind::Unused
            | Kind::Used(_)
            | Kind::Created(_)
            | Kind::By(_)
            | Kind::Id(_) => {}
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
        assert_eq!(asked("-db -label:env=prod label:env is:managed used:<30d id:x"), None);
        assert_eq!(
            asked("db \"data base\" prefix:A prefix:AB bundle:core label:env=prod label:team=a -label:env=test"),
            Some(SecretQuery {
                prefix: Some("AB".to_owned()),
                text: Some("data base".to_owned()),
                labels: [("env", "prod"), ("team", "a")]
                    .map(|(key, value)| (key.to_owned(), value.to_owned()))
                    .into_iter()
                    .collect(),
                bundle_key: Some("core".to_owned()),
                ..SecretQuery::default()
            })
        );
    }
}
