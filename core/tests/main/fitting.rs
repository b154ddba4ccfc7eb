//! How well a text fits a secret, and what comes first for it.

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strongroom_core::list::{Facts, List, Query, Row, View};

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
