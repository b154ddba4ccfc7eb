//! How well a text fits a secret, and what comes first for it.

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strongroom_core::list::{Arrangement, Column, Facts, List, Order, Query, Row, View};

    fn ids(list: &List, rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| list.rows().id(*row).to_owned()).collect()
    }

    /// What a text is to a secret at its best place, read plainly: 0 is best.
    fn plain_fit(name: &str, external_id: &str, text: &str) -> Option<u8> {
        let (name, external_id, text) = (name.to_lowercase(), external_id.to_lowercase(), text.to_lowercase());
        let at = |at: usize| match name[..at].chars().next_back() {
            None if name == text => 0,
            None => 1,
            Some(before) if before.is_ascii() && !before.is_ascii_alphanumeric() => 2,
            Some(_) => 3,
        };
        let places = (0..name.len()).filter(|at| name[*at..].starts_with(&text));
        places.map(at).min().or(external_id.contains(&text).then_some(4))
    }

    proptest! {
        #[test]
        fn a_row_fits_as_its_best_place_does(
            secrets in proptest::collection::vec(("[aAbB_]{0,8}", "[ab/]{0,4}"), 0..25), text in "[aAb_]{1,3}",
        ) {
            let mut list = List::default();
            for (number, (name, external_id)) in secrets.iter().enumerate() {
                list.put(&Facts { id: &number.to_string(), name, external_id, ..Facts::default() });
            }
            let fit = |id: &str| {
                let (name, external_id) = &secrets[id.parse::<usize>().unwrap()];
                plain_fit(name, external_id, &text)
            };
            let all: Vec<Row> = list.order().collect();
            let mut expected = ids(&list, &all);
            expected.retain(|id| fit(id).is_some());
            expected.sort_by_key(|id| fit(id));
            let view = View::new(&list, Query::parse(&text), None, 0);
            prop_assert_eq!(ids(&list, view.rows()), expected);
        }
    }

    /// A list with a secret for each place in which "core" can be found, the worst first.
    fn places() -> List {
        let mut list = List::default();
        let label = [("team", "Core-Platform")];
        for (id, name, external_id, labels, bundle) in [
            ("score", "NOTHING", "", &[][..], ""),
            ("core", "BY_ID", "", &[][..], ""),
            ("b", "BY_BUNDLE", "", &[][..], "infra/core"),
            ("l", "BY_LABEL", "", &label[..], ""),
            ("e", "BY_EXTERNAL_ID", "vault/core", &[][..], ""),
            ("n", "CORE", "", &[][..], ""),
        ] {
            list.put(&Facts {
                id,
                name,
                external_id,
                labels,
                bundle,
                ..Facts::default()
            });
        }
        list
    }

    fn names(list: &List, query: Query, arrangement: impl Into<Arrangement>) -> Vec<String> {
        let view = View::new(list, query, arrangement, 0);
        let name = |row: &Row| list.rows().name(*row).to_owned();
        view.rows().iter().map(name).collect()
    }

    #[test]
    fn plain_words_are_found_in_name_external_id_label_bundle_and_id() {
        let list = places();
        let ranked = ["CORE", "BY_EXTERNAL_ID", "BY_LABEL", "BY_BUNDLE", "BY_ID"];
        assert_eq!(names(&list, Query::parse("core"), None), ranked);
        assert_eq!(names(&list, Query::parse("-core"), None), ["NOTHING"]);
        assert_eq!(names(&list, Query::parse("TEAM"), None), ["BY_LABEL"]);
        assert_eq!(names(&list, Query::parse("team=core"), None), ["BY_LABEL"]);
        assert_eq!(names(&list, Query::parse("team=platform"), None), Vec::<String>::new());
        let by_name = Some(Order {
            column: Column::Name,
            is_descending: false,
        });
        assert_eq!(names(&list, Query::parse("core"), Arrangement::ByName), ranked);
        assert_eq!(
            names(&list, Query::parse("core"), by_name),
            ["BY_BUNDLE", "BY_EXTERNAL_ID", "BY_ID", "BY_LABEL", "CORE"],
            "an order that was chosen counts"
        );
        assert_eq!(
            names(&list, Query::parse("by"), Arrangement::ByName),
            ["BY_BUNDLE", "BY_EXTERNAL_ID", "BY_ID", "BY_LABEL"],
            "the order breaks ties"
        );
    }

    #[test]
    fn label_values_are_found_by_their_beginning_unless_they_are_quoted() {
        let list = places();
        let found = |text: &str| names(&list, Query::parse(text), None);
        assert_eq!(found("label:team=core"), ["BY_LABEL"]);
        assert_eq!(found("label:Team=Core-platform"), ["BY_LABEL"]);
        assert_eq!(found("label:team"), ["BY_LABEL"]);
        assert_eq!(found("label:\"team=Core-Platform\""), ["BY_LABEL"]);
        for text in ["label:team=platform", "label:\"team=core\"", "label:tea"] {
            assert_eq!(found(text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn what_fits_best_comes_first() {
        let mut list = List::default();
        for name in ["MY_KEYS", "THE_API_KEY", "KEYRING", "KEY", "MONKEY", "EXTERNAL"] {
            let external_id = if name == "EXTERNAL" { "vault/key" } else { "" };
            list.put(&Facts {
                id: name,
                name,
                external_id,
                ..Facts::default()
            });
        }
        let view = View::new(&list, Query::parse("key"), None, 0);
        // The latest put here comes first among those that fit alike.
        assert_eq!(
            ids(&list, view.rows()),
            ["KEY", "KEYRING", "THE_API_KEY", "MY_KEYS", "MONKEY", "EXTERNAL"]
        );
    }
}
