//! Filter, order and view against the plainest way to do the same: look at every row, one by one.

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use strongroom_core::list::instant::NEVER;
    use strongroom_core::list::{
        Arrangement, Changes, Column, Facts, List, LoadedList, LocalChanges, Order, Query, Row, View,
    };

    /// Now, in these tests.
    const NOW: i64 = 1_000_000_000_000;
    const DAY: i64 = 86_400_000;

    #[derive(Debug, Clone)]
    struct Secret {
        id: String,
        name: String,
        external_id: String,
        labels: Vec<(String, String)>,
        bundle: String,
        creator: (String, String),
        created: i64,
        used: Option<i64>,
    }

    fn put(list: &mut List, secret: &Secret) -> Changes {
        let labels: Vec<(&str, &str)> = secret.labels.iter().map(|(key, value)| (&**key, &**value)).collect();
        list.put(&Facts {
            id: &secret.id,
            name: &secret.name,
            external_id: &secret.external_id,
            labels: &labels,
            bundle: &secret.bundle,
            created: secret.created,
            updated: secret.used.unwrap_or(NEVER),
            used: secret.used.unwrap_or(NEVER),
            has_info: true,
            creator: strongroom_core::list::Creator {
                id: &secret.creator.0,
                name: &secret.creator.1,
                ..strongroom_core::list::Creator::default()
            },
        })
    }

    prop_compose! {
        fn secrets()(
            id in "[a-d]{1,2}", name in "[aAbB_]{0,5}", external_id in "[ab/]{0,3}",
            labels in proptest::collection::btree_map("[klm]?", "[vw]{0,1}", 0..4), bundle in "[xy]{0,1}",
            creator in ("[pq]{0,1}", "[pq]{0,1}"),
            created in 0_i64..100, used in proptest::option::of(0_i64..100),
        ) -> Secret {
            Secret {
                id, name, external_id, labels: labels.into_iter().collect(), bundle, creator,
                created: NOW - created * DAY, used: used.map(|used| NOW - used * DAY),
            }
        }
    }

    fn words() -> impl Strategy<Value = String> {
        let positive = prop_oneof![
            "[aAb_]{1,3}",
            "[kvx]",
            "label:[kl](=[vw]{0,1})?",
            "bundle:[xyz]",
            "prefix:[aAb]{1,2}",
            "id:[a-d]{1,2}",
            Just("is:managed".to_owned()),
            Just("is:unused".to_owned()),
            Just("has:external-id".to_owned()),
            Just("has:label".to_owned()),
            Just("has:creator".to_owned()),
            "by:\"[pq]\"",
            "id:\"[a-d]{1,2},[a-d]{1,2}\"",
            "used:[<>][1-9][0-9]?d",
            "created:[<>][1-9][0-9]?d",
        ];
        let word = (any::<bool>(), positive).prop_map(|(not, word)| if not { format!("-{word}") } else { word });
        proptest::collection::vec(word, 0..3).prop_map(|words| words.join(" "))
    }

    /// Whether a secret meets one word, read plainly.
    fn meets(secret: &Secret, word: &str) -> bool {
        if let Some(word) = word.strip_prefix('-') {
            return !meets(secret, word);
        }
        let (name, external_id) = (secret.name.to_lowercase(), secret.external_id.to_lowercase());
        let span = |text: &str, instant: i64| {
            let days: i64 = text[1..text.len() - 1].parse().unwrap();
            let bound = NOW - days * DAY;
            if text.starts_with('<') {
                instant > bound
            } else {
                instant <= bound
            }
        };
        match word.split_once(':') {
            Some(("label", label)) => match label.split_once('=') {
                Some((key, value)) => secret
                    .labels
                    .iter()
                    .any(|(own, own_value)| own == key && own_value.starts_with(value)),
                None => secret.labels.iter().any(|(own, _)| own == label),
            },
            Some(("bundle", bundle)) => secret.bundle == bundle,
            Some(("prefix", prefix)) => name.starts_with(&prefix.to_lowercase()),
            Some(("id", ids)) if ids.starts_with('"') => ids.trim_matches('"').split(',').any(|id| secret.id == id),
            Some(("id", id)) => secret.id.contains(id),
            Some(("by", who)) => [&secret.creator.0, &secret.creator.1].contains(&&who.trim_matches('"').to_owned()),
            Some(("is", "managed")) => !secret.bundle.is_empty(),
            Some(("is", "unused")) => secret.used.is_none(),
            Some(("has", "external-id")) => !secret.external_id.is_empty(),
            Some(("has", "label")) => !secret.labels.is_empty(),
            Some(("has", "creator")) => !(secret.creator.0.is_empty() && secret.creator.1.is_empty()),
            Some(("used", text)) => secret.used.is_some_and(|used| span(text, used)),
            Some(("created", text)) => span(text, secret.created),
            _ => {
                let labels = secret.labels.iter().flat_map(|(key, value)| [key, value]);
                let texts = [&name, &external_id, &secret.bundle].into_iter().chain(labels);
                let folded = word.to_lowercase();
                secret.id == word || texts.into_iter().any(|text| text.contains(&folded))
            }
        }
    }

    fn ids(list: &List, rows: &[Row]) -> Vec<String> {
        rows.iter().map(|row| list.rows().id(*row).to_owned()).collect()
    }

    fn sorted(mut ids: Vec<String>) -> Vec<String> {
        ids.sort();
        ids
    }

    fn orders() -> impl Strategy<Value = Option<Order>> {
        proptest::option::of(
            (0..Column::ALL.len(), any::<bool>()).prop_map(|(column, is_descending)| Order {
                column: Column::ALL[column],
                is_descending,
            }),
        )
    }

    fn arrangements() -> impl Strategy<Value = Arrangement> {
        prop_oneof![1 => Just(Arrangement::ByName), 3 => orders().prop_map(Arrangement::from)]
    }

    proptest! {
        #[test]
        fn a_view_shows_what_meets_every_word(
            secrets in proptest::collection::vec(secrets(), 0..25), written in words(), order in orders(),
        ) {
            let mut list = List::default();
            let mut known: Vec<Secret> = Vec::new();
            for secret in &secrets {
                put(&mut list, secret);
                known.retain(|it| it.id != secret.id);
                known.push(secret.clone());
            }
            let view = View::new(&list, Query::parse(&written), order, NOW);
            let expected = known.iter().filter(|secret| written.split(' ').filter(|it| !it.is_empty()).all(|word| meets(secret, word)));
            let expected: Vec<String> = expected.map(|secret| secret.id.clone()).collect();
            prop_assert_eq!(sorted(ids(&list, view.rows())), sorted(expected), "{}", written);
            if let Some(order) = order {
                let places: Vec<Row> = list.order().collect();
                for pair in view.rows().windows(2) {
                    let ordering = order.compare(list.rows(), pair[0], pair[1]);
                    prop_assert!(ordering.is_le());
                    let place = |row| places.iter().position(|it| *it == row);
                    let is_stable = Query::parse(&written).has_text() || place(pair[0]) < place(pair[1]);
                    prop_assert!(ordering.is_lt() || is_stable, "rows that are alike stay as they stand");
                }
            }
        }

        #[test]
        fn rows_are_sorted_as_they_compare(
            secrets in proptest::collection::vec((secrets(), "(Q{45}|)[aAäß_0-9]{0,9}"), 0..40),
            column in 0..Column::ALL.len(), is_descending: bool,
        ) {
            let mut list = List::default();
            for (secret, name) in secrets {
                put(&mut list, &Secret { name, ..secret });
            }
            let order = Order { column: Column::ALL[column], is_descending };
            let mut expected: Vec<Row> = list.order().collect();
            let mut sorted = expected.clone();
            expected.sort_by(|one, other| order.compare(list.rows(), *one, *other));
            let is_reversible = order.sort(list.rows(), &mut sorted);
            prop_assert_eq!(&sorted, &expected);
            let opposite = Order { is_descending: !is_descending, ..order };
            let mut turned: Vec<Row> = list.order().collect();
            opposite.sort(list.rows(), &mut turned);
            turned.reverse();
            prop_assert!(!is_reversible || turned == sorted);
        }

        #[test]
        fn a_view_that_follows_is_a_view_made_anew(
            steps in proptest::collection::vec(step(), 0..40), written in words(), order in arrangements(),
        ) {
            let mut list = List::default();
            let (mut written, mut order) = (written, order);
            let mut view = View::new(&list, Query::parse(&written), order, NOW);
            for step in steps {
                let changes = match step {
                    Step::Put(secret) => put(&mut list, &secret),
                    Step::Hide(id) => list.set_hidden(&id, true),
                    Step::Unhide(id) => list.set_hidden(&id, false),
                    Step::Page(ids) => list.page(&page(&ids), &LocalChanges::default()).unwrap().1,
                    Step::Found(ids) => list.found(&page(&ids), &LocalChanges::default()).unwrap().1,
                    Step::Show(other, another) => {
                        (written, order) = (other, another);
                        view.show(&list, Query::parse(&written), order, NOW);
                        Changes::default()
                    }
                    Step::Turn => {
                        if let Some(Order { column, is_descending }) = order.order() {
                            order = Arrangement::Chosen(Order { column, is_descending: !is_descending });
                        }
                        view.show(&list, Query::parse(&written), order, NOW);
                        Changes::default()
                    }
                    Step::Filter(other) => {
                        written = other;
                        view.show(&list, Query::parse(&written), order, NOW);
                        Changes::default()
                    }
                };
                view.update(&list, &changes, NOW);
                let anew = View::new(&list, Query::parse(&written), order, NOW);
                prop_assert_eq!(view.rows(), anew.rows(), "{:?}, {:?}", written, order);
            }
        }
    }

    fn page(ids: &[String]) -> Vec<u8> {
        let items: Vec<_> = ids
            .iter()
            .map(|id| serde_json::json!({"metadata": {"id": id}}))
            .collect();
        serde_json::json!({"items": items}).to_string().into_bytes()
    }

    /// What happens to a list and to what is shown of it.
    #[derive(Debug, Clone)]
    enum Step {
        Put(Secret),
        Hide(String),
        Unhide(String),
        Page(Vec<String>),
        /// A search brings these before the reading does.
        Found(Vec<String>),
        Show(String, Arrangement),
        /// The opposite order of the same column.
        Turn,
        Filter(String),
    }

    fn step() -> impl Strategy<Value = Step> {
        prop_oneof![
            6 => secrets().prop_map(Step::Put),
            2 => "[a-d]{1,2}".prop_map(Step::Hide),
            1 => "[a-d]{1,2}".prop_map(Step::Unhide),
            2 => proptest::collection::vec("[a-d]{1,2}", 0..4).prop_map(Step::Page),
            1 => (words(), arrangements()).prop_map(|(written, order)| Step::Show(written, order)),
            2 => Just(Step::Turn),
            1 => words().prop_map(Step::Filter),
            2 => proptest::collection::vec("[a-d]{1,2}", 0..4).prop_map(Step::Found),
        ]
    }

    #[test]
    fn an_order_in_which_nothing_is_alike_can_be_turned() {
        let sorted = |names: [&str; 3]| {
            let mut list = List::default();
            for id in names {
                list.put(&Facts {
                    id,
                    name: id,
                    ..Facts::default()
                });
            }
            let order = Order {
                column: Column::Name,
                is_descending: false,
            };
            order.sort(list.rows(), &mut list.order().collect())
        };
        assert!(sorted(["KEY_10", "KEY_9", "A"]));
        assert!(
            !sorted(["KEY_9", "key_9", "A"]),
            "two that are alike stay as they stand, either way"
        );
    }

    proptest! {
        #[test]
        fn names_that_begin_alike_are_sorted_as_texts(
            names in proptest::collection::vec("(PAYMENTS_API_|pay|Q{40}|)[aA]{0,9}(_KEY_0000[0-2]|\0|)", 0..60), is_descending: bool,
        ) {
            let mut list = List::default();
            for (number, name) in names.iter().enumerate() {
                let id = number.to_string();
                list.put(&Facts { id: &id, name, ..Facts::default() });
            }
            // What is put comes first, so the last name stands first.
            let mut expected: Vec<String> = names.iter().rev().map(|name| name.to_lowercase()).collect();
            let mut rows: Vec<Row> = list.order().collect();
            let places: Vec<Row> = rows.clone();
            let order = Order { column: Column::Name, is_descending };
            order.sort(list.rows(), &mut rows);
            expected.sort();
            if is_descending {
                expected.reverse();
            }
            let sorted: Vec<String> = rows.iter().map(|row| list.rows().name(*row).to_lowercase()).collect();
            prop_assert_eq!(&sorted, &expected);
            for (pair, names) in rows.windows(2).zip(sorted.windows(2)) {
                let place = |row| places.iter().position(|it| *it == row);
                prop_assert!(names[0] != names[1] || place(pair[0]) < place(pair[1]), "alike stay as they stand");
            }
        }
    }

    #[test]
    fn rows_are_filtered_and_sorted_by_use_once_it_is_known() {
        let mut loaded = LoadedList::default();
        loaded.begin();
        let names = ["A", "B", "C"].map(str::to_owned);
        let items: Vec<_> = names
            .iter()
            .map(|name| serde_json::json!({"metadata": {"id": name, "name": name}}))
            .collect();
        loaded
            .page(serde_json::json!({"items": items}).to_string().as_bytes(), NOW)
            .unwrap();
        loaded.complete(NOW);
        let shown = |loaded: &mut LoadedList, written: &str, order: Option<Order>| {
            loaded.show(Query::parse(written), order, NOW);
            let rows = loaded.list().rows();
            loaded.shown().iter().map(|row| rows.name(*row)).collect::<String>()
        };
        assert_eq!(shown(&mut loaded, "ref:none", None), "", "not known yet");
        let uses = |name: &str| {
            Some(match name {
                "A" => 0,
                "B" => 5,
                _ => 2,
            })
        };
        assert!(loaded.set_uses(&uses, NOW));
        assert!(!loaded.set_uses(&uses, NOW));
        assert_eq!(shown(&mut loaded, "ref:none", None), "A");
        assert_eq!(shown(&mut loaded, "ref:>2", None), "B");
        assert_eq!(shown(&mut loaded, "ref:<3", None), "AC");
        assert_eq!(shown(&mut loaded, "-ref:none", None), "BC");
        assert_eq!(shown(&mut loaded, "ref:missing", None), "");
        let descending = Order {
            column: Column::UsedBy,
            is_descending: true,
        };
        assert_eq!(shown(&mut loaded, "", Some(descending)), "BCA");
        // A new row is not known before the next call, and comes last.
        loaded.apply(&crate::put(&serde_json::json!({"id": "D", "name": "D"})), NOW);
        assert_eq!(shown(&mut loaded, "", Some(descending)), "BCAD");
        assert!(loaded.set_uses(&|_| None, NOW));
        assert_eq!(shown(&mut loaded, "ref:>0", None), "");
    }

    #[test]
    fn a_label_that_was_just_set_comes_first() {
        let mut loaded = LoadedList::default();
        loaded.begin();
        let item = |name: &str| {
            let labels = serde_json::json!({"all": "same", "tier": name, "team": name});
            serde_json::json!({"metadata": {"id": name, "name": name, "labels": labels}})
        };
        let items = ["A", "B"].map(item);
        loaded
            .page(serde_json::json!({"items": items}).to_string().as_bytes(), NOW)
            .unwrap();
        loaded.complete(NOW);
        let keys = |loaded: &LoadedList, id: &str| {
            let row = loaded.list().rows().find(id).unwrap();
            loaded.labels(row).map(|(key, _)| key.to_owned()).collect::<Vec<_>>()
        };
        let before = keys(&loaded, "A");
        let version = loaded.version();
        loaded.show_first("tier");
        assert_ne!(loaded.version(), version, "rows are drawn again");
        assert_eq!(keys(&loaded, "A")[0], "tier");
        assert_eq!(keys(&loaded, "A").len(), before.len());
        loaded.show_first("no such key");
        assert_eq!(keys(&loaded, "A"), before);
        loaded.select_ids(&["B".to_owned(), "unknown".to_owned()]);
        assert_eq!(loaded.selection().count(), 1);
    }

    #[test]
    fn a_maker_is_found_by_an_id_with_capitals() {
        let mut list = List::default();
        list.put(&Facts {
            id: "a",
            creator: strongroom_core::list::Creator {
                id: "prof_01K9ABC",
                ..strongroom_core::list::Creator::default()
            },
            ..Facts::default()
        });
        for (written, count) in [("by:prof_01K9ABC", 1), ("by:prof_01k9abc", 1), ("by:prof_01K9", 0)] {
            let view = View::new(&list, Query::parse(written), None, NOW);
            assert_eq!(view.rows().len(), count, "{written}");
        }
    }
}
