//! Pages into columns: the same as the contract reads, and by id whatever happens between the pages.

#[cfg(test)]
mod tests {
    use std::collections::{BTreeMap, BTreeSet};

    use contract::long_text::{LONGEST_TEXT, is_shortened};
    use contract::{Page, WorkspaceSecret};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use strongroom_core::list::completion::completions;
    use strongroom_core::list::decode::cursor_at_end;
    use strongroom_core::list::instant::NEVER;
    use strongroom_core::list::{Changes, List, LoadedList, LocalChange, LocalChanges, PageError};
    use strongroom_core::model::metadata_form::MetadataForm;

    /// What a list says of each secret, in its order.
    fn told(list: &List) -> Vec<Value> {
        let rows = list.rows();
        let of = |row| {
            let labels: BTreeMap<&str, &str> = rows.labels(row).collect();
            let creator = rows.creator(row);
            json!([
                rows.id(row),
                rows.name(row),
                rows.external_id(row),
                labels,
                rows.bundle(row),
                rows.created(row),
                rows.updated(row),
                rows.used(row),
                rows.has_info(row),
                creator.id,
                creator.name,
                creator.email,
            ])
        };
        list.order().map(of).collect()
    }

    /// The same, as the contract reads it.
    fn told_by_the_contract(page: &[u8]) -> Vec<Value> {
        let page = <Page<WorkspaceSecret> as contract::Answer>::decode(page).unwrap();
        let instant = |it: Option<contract::Timestamp>| it.map_or(NEVER, |it| it.timestamp_millis());
        let of = |secret: WorkspaceSecret| {
            let metadata = &secret.metadata;
            let info = secret.info.as_ref();
            let profile = info.and_then(|info| info.created_by.as_ref());
            let own_id = metadata.profile_id.as_ref().map(|id| id.as_str().to_owned());
            json!([
                metadata.id.as_str(),
                metadata.name,
                metadata.external_id.clone().unwrap_or_default(),
                metadata.labels,
                metadata.bundle().unwrap_or_default(),
                instant(metadata.created_at),
                instant(metadata.updated_at),
                instant(info.and_then(|info| info.last_use())),
                info.is_some(),
                profile
                    .map(|profile| profile.metadata.id.as_str().to_owned())
                    .or(own_id)
                    .unwrap_or_default(),
                profile
                    .and_then(|profile| profile.spec.name.clone())
                    .unwrap_or_default(),
                profile
                    .and_then(|profile| profile.spec.email.clone())
                    .unwrap_or_default(),
            ])
        };
        page.items.into_iter().map(of).collect()
    }

    fn page(secrets: &[Value], next: &str) -> Vec<u8> {
        json!({"items": secrets, "pagination": {"nextCursor": next}})
            .to_string()
            .into_bytes()
    }

    /// Takes a page in where nothing was changed here.
    fn take(list: &mut List, bytes: &[u8]) -> Result<(Option<String>, Changes), PageError> {
        list.page(bytes, &LocalChanges::default())
    }

    #[test]
    fn no_cursor_is_made_up() {
        for page in [
            "",
            "{}",
            r#"{"pagination": {"nextCursor": ""}}"#,
            r#"{"pagination": {"nextCursor": null}}"#,
            r#"{"pagination": {"nextCursor": "cut"#,
            r#"{"pagination": {"nextCursor""#,
            r#"{"pagination": {"cursor": "a"}}"#,
            r#"{"items": [{"metadata": {"name": "\"nextCursor\": \"a\""}}]}"#,
        ] {
            assert_eq!(cursor_at_end(page.as_bytes()), None, "{page}");
        }
        // Only a guess.
        let label = r#"{"pagination": {}, "items": [{"metadata": {"labels": {"nextCursor": "a"}}}]}"#;
        assert_eq!(cursor_at_end(label.as_bytes()).as_deref(), Some("a"));
    }

    #[test]
    fn a_secret_that_comes_again_is_written_over_in_its_row() {
        let metadata = |name: &str| json!({"id": "a", "name": name, "profileId": "prof_1"});
        let info = json!({"lastUsedAt": "2026-01-02T00:00:00Z",
            "createdBy": {"metadata": {"id": "prof_1"}, "spec": {"name": "Amara"}}});
        let mut list = List::default();
        take(
            &mut list,
            &page(&[json!({"metadata": metadata("A")}), secret("b", "B")], ""),
        )
        .unwrap();
        let rows: Vec<_> = list.order().collect();
        let (_, changes) = take(
            &mut list,
            &page(&[json!({"metadata": metadata("A LONGER NAME"), "info": info})], ""),
        )
        .unwrap();
        assert_eq!((changes.added.len(), changes.changed.as_slice()), (0, &rows[..1]));
        assert_eq!(list.order().collect::<Vec<_>>(), rows);
        let of = list.rows();
        assert_eq!((of.name(rows[0]), of.name(rows[1])), ("A LONGER NAME", "B"));
        assert!(of.has_info(rows[0]) && of.creator(rows[0]).name == "Amara");
    }

    fn secret(id: &str, name: &str) -> Value {
        json!({"metadata": {"id": id, "name": name}, "spec": {}})
    }

    #[test]
    fn each_form_of_a_page() {
        let mut list = List::default();
        let (next, changes) = take(&mut list, &page(&[secret("a", "A"), secret("b", "B")], "there")).unwrap();
        assert_eq!(next.as_deref(), Some("there"));
        assert_eq!((changes.added.len(), changes.changed.len()), (2, 0));
        for (answer, cursor) in [
            ("{}", None),
            ("{\"items\": null, \"pagination\": null}", None),
            (
                "{\"pagination\": {\"next_cursor\": \"snake\"}, \"items\": [], \"more\": [1]}",
                Some("snake"),
            ),
            ("{\"pagination\": {\"nextCursor\": \"\", \"next_cursor\": null}}", None),
        ] {
            let (next, changes) = take(&mut list, answer.as_bytes()).unwrap();
            assert_eq!(next.as_deref(), cursor, "{answer}");
            assert!(changes.added.is_empty());
        }
        assert_eq!(list.rows().count(), 2);
    }

    #[test]
    fn a_page_that_breaks_leaves_the_list_as_it_was_and_quotes_nothing() {
        let mut list = List::default();
        take(&mut list, &page(&[secret("a", "A")], "")).unwrap();
        let before = told(&list);
        for broken in [
            r#"{"items": [{"metadata": {"id": "a", "name": "CHANGED"}}, {"metadata": canary}]}"#,
            r#"{"items": [{"metadata": {"id": "b", "name": "B"}, "spec": {"value": "canary"}}, 7.]}"#,
            r#"{"items": [{"metadata": {"id": "b"}}], "items": 7}"#,
            r#"{"items": [{"metadata": {"id": "canary"}}"#,
            "<html>canary",
            r#"{"items": []} canary"#,
        ] {
            let error = take(&mut list, broken.as_bytes()).unwrap_err();
            assert!(matches!(error, PageError::Malformed(_)), "{broken}");
            assert!(!error.to_string().contains("canary"), "{error}");
            assert_eq!(told(&list), before, "{broken}");
        }
        let (_, changes) = take(&mut list, &page(&[secret("b", "B")], "")).unwrap();
        assert_eq!(changes.added.len(), 1);
        assert_eq!(told(&list).len(), 2);
        assert!(list.rows().find("b").is_some() && list.rows().find("c").is_none());
    }

    #[test]
    fn an_item_that_is_no_secret_hides_no_other() {
        let mut list = List::default();
        let items = [
            r#"{"metadata": {"id": "a", "name": "A"}}"#,
            r#"{"metadata": {"id": "b", "name": "\ud800x"}}"#,
            r#"{"metadata": {"name": 7, "id": "c", "labels": {"env": 5}}}"#,
            r#"{"spec": {"value": "canary"}}"#,
            r#"{"metadata": []}"#,
            "7",
            "null",
            r#"{"metadata": {"id": "d", "name": "D"}}"#,
        ];
        let answer = format!(
            r#"{{"items": [{}], "pagination": {{"nextCursor": "n"}}}}"#,
            items.join(",")
        );
        let (next, changes) = take(&mut list, answer.as_bytes()).unwrap();
        assert_eq!((next.as_deref(), changes.added.len()), (Some("n"), 2));
        assert!(list.rows().find("a").is_some() && list.rows().find("d").is_some());
        assert_eq!(list.unreadable().count, 6);
        assert_eq!(list.unreadable().ids, ["b", "c"]);
    }

    /// What a list keeps, and so all work on it, is bounded whatever the server sends for one secret.
    #[test]
    fn of_a_text_that_is_too_long_only_its_start_is_kept() {
        let huge = "N".repeat(10 * 1024 * 1024);
        let item = json!({
            "metadata": {"id": "a", "name": huge, "externalId": huge, "bundleKey": huge, "profileId": huge, "labels": {&huge: huge}},
            "info": {"createdBy": {"metadata": {"id": huge, "name": huge}, "spec": {"name": huge, "email": huge, "type": huge}}},
        });
        let no_address = json!({"metadata": {"id": huge, "name": "B"}});
        let mut list = List::default();
        let (_, changes) = take(&mut list, &page(&[item, no_address, secret("c", "C")], "")).unwrap();
        assert_eq!((changes.added.len(), list.unreadable().count), (2, 1));
        let rows = list.rows();
        let row = rows.find("a").unwrap();
        let (labels, creator): (Vec<_>, _) = (rows.labels(row).collect(), rows.creator(row));
        let texts = [
            rows.name(row),
            rows.external_id(row),
            rows.bundle(row),
            labels[0].0,
            labels[0].1,
        ];
        for text in texts
            .into_iter()
            .chain([creator.id, creator.name, creator.email, creator.kind])
        {
            assert!(is_shortened(text) && text.len() < LONGEST_TEXT + 10, "{}", text.len());
        }
        assert!(list.unreadable().ids.iter().all(|id| id.len() < LONGEST_TEXT + 10));
        assert!(rows.capacity() < 40 * LONGEST_TEXT, "{} bytes", rows.capacity());
    }

    /// Comparing each label with each other one would take minutes.
    #[test]
    fn a_hundred_thousand_labels_take_no_more_than_their_number() {
        const COUNT: usize = 100_000;
        let begun = std::time::Instant::now();
        let labels: BTreeMap<String, String> = (0..COUNT).map(|at| (format!("key-{at}"), format!("v-{at}"))).collect();
        let of_one_key = |at: usize| json!({"metadata": {"id": format!("s-{at}"), "name": "N", "labels": {"key": format!("v-{at}")}}});
        let many = |id: &str| json!({"metadata": {"id": id, "name": id, "labels": labels}});
        let mut loaded = LoadedList::default();
        loaded.begin();
        loaded.page(&page(&[many("a"), many("b")], ""), 0).unwrap();
        loaded.complete(0);
        loaded.settle(0);
        let rows = loaded.list().rows();
        let (row, shared) = (loaded.shown()[0], loaded.shared());
        assert!(
            !shared.is_empty() && shared.len() < 100,
            "only a few are taken out of the rows"
        );
        assert_eq!(rows.label_count_except(row, shared), COUNT - shared.len());
        assert_eq!(rows.labels_except(row, shared).count(), COUNT - shared.len());
        let text = "label:key-5";
        assert!(!completions(text, text.len(), rows).is_empty());

        let mut loaded = LoadedList::default();
        loaded.begin();
        loaded
            .page(&page(&(0..COUNT).map(of_one_key).collect::<Vec<_>>(), ""), 0)
            .unwrap();
        loaded.complete(0);
        let text = "label:key=v-";
        assert!(!completions(text, text.len(), loaded.list().rows()).is_empty());

        let fields = contract::MetadataFields {
            name: "N".to_owned(),
            labels,
            ..contract::MetadataFields::default()
        };
        let mut form = MetadataForm::of(&fields);
        assert_eq!(form.submit(), Some(fields));
        assert!(begun.elapsed().as_secs() < 60, "{:?}", begun.elapsed());
    }

    #[test]
    fn a_refresh_replaces_the_list_when_it_is_complete() {
        let mut loaded = LoadedList::default();
        loaded.begin();
        let first = page(&[secret("a", "A"), secret("b", "B"), secret("c", "C")], "");
        let version = loaded.version();
        loaded.page(&first, 0).unwrap();
        assert_eq!(loaded.version(), version, "there were no rows that could change");
        loaded.complete(0);
        loaded.select(|selection, shown| selection.add(&shown[1..]));
        let names = |loaded: &LoadedList| -> Vec<String> {
            let rows = loaded.list().rows();
            loaded.shown().iter().map(|row| rows.name(*row).to_owned()).collect()
        };
        let version = loaded.version();
        loaded.begin();
        loaded
            .page(&page(&[secret("d", "D"), secret("a", "A")], "more"), 0)
            .unwrap();
        loaded.page(&page(&[secret("c", "C2")], ""), 0).unwrap();
        assert_eq!(names(&loaded), ["A", "B", "C"], "nothing moves while it goes on");
        assert_eq!(loaded.version(), version);
        loaded.apply(&crate::put(&json!({"id": "e", "name": "E"})), 0);
        assert_eq!(names(&loaded), ["E", "A", "B", "C"]);
        loaded.complete(0);
        assert_eq!(names(&loaded), ["E", "D", "A", "C2"]);
        let selected: Vec<&str> = loaded
            .selection()
            .rows()
            .map(|row| loaded.list().rows().id(row))
            .collect();
        assert_eq!(selected, ["c"], "what is gone is not selected");
        loaded.apply(&LocalChange::Deleted(contract::SecretId::parse("d").unwrap()), 0);
        assert_eq!(names(&loaded), ["E", "A", "C2"]);
        assert_eq!(loaded.list().rows().count(), 3);
    }

    fn texts() -> impl Strategy<Value = String> {
        prop_oneof![any::<String>(), "[a-zA-Z_\"\\\\\n/]{0,12}"]
    }

    prop_compose! {
        fn secrets()(
            id in "[a-z]{1,8}", name in texts(), external_id in proptest::option::of(texts()),
            labels in proptest::collection::btree_map(texts(), texts(), 0..4), owner in proptest::option::of("[a-z]{0,4}"),
            bundle in proptest::option::of("[a-z/]{0,6}"), profile in proptest::option::of("p_[0-9]"),
            created in proptest::option::of(0_i64..2_000_000_000), used in proptest::option::of(0_i64..2_000_000_000),
            value in proptest::option::of(texts()), by in proptest::option::of(("[a-z]{1,4}", texts(), texts())),
        ) -> Value {
            let instant = |seconds: i64| chrono::DateTime::from_timestamp(seconds, 5_000_000).unwrap().to_rfc3339();
            let owner = owner.map(|owner| ("bundle_key".to_owned(), owner));
            let labels: BTreeMap<_, _> = labels.into_iter().chain(owner).collect();
            let mut secret = json!({
                "metadata": {
                    "id": id, "name": name, "externalId": external_id, "labels": labels, "bundleKey": bundle,
                    "profileId": profile, "createdAt": created.map(instant), "accountId": "x",
                },
                "spec": {"value": value},
            });
            if let Some((profile, name, email)) = by {
                secret["info"] = json!({
                    "createdBy": {
                        "metadata": {"id": profile, "name": ""},
                        "spec": {"name": name, "email": email, "type": "PROFILE_TYPE_USER"},
                    },
                    "lastUsedAt": used.map(instant),
                });
            }
            secret
        }
    }

    proptest! {
        #[test]
        fn columns_say_what_the_contract_says(secrets in proptest::collection::vec(secrets(), 0..20)) {
            let mut ids = BTreeSet::new();
            let secrets: Vec<Value> = secrets
                .into_iter()
                .filter(|secret| ids.insert(secret["metadata"]["id"].to_string()))
                .collect();
            let page = page(&secrets, "");
            let mut list = List::default();
            take(&mut list, &page).unwrap();
            prop_assert_eq!(told(&list), told_by_the_contract(&page));
            // Read again, nothing is added and nothing moves.
            prop_assert!(take(&mut list, &page).unwrap().1.added.is_empty());
            prop_assert_eq!(told(&list), told_by_the_contract(&page));
        }

        #[test]
        fn the_cursor_at_the_end_is_the_one_that_the_page_names(cursor in "[ -~]{1,40}", gap in "[ \n]{0,3}") {
            let items: Vec<_> = (0..40).map(|number| secret(&number.to_string(), "A")).collect();
            let body = format!(
                r#"{{"items": {}, "pagination": {{"total": 40, "nextCursor"{gap}:{gap}{}}}}}"#,
                Value::from(items), Value::from(cursor.as_str()),
            );
            let mut list = List::default();
            let named = list.page(body.as_bytes(), &LocalChanges::default()).unwrap().0;
            let guess = cursor_at_end(body.as_bytes());
            prop_assert_eq!(guess.is_some(), cursor.bytes().all(|it| it.is_ascii_graphic() && !b"\"\\".contains(&it)));
            prop_assert!(guess.is_none() || guess == named, "{:?} {:?}", guess, named);
        }

        #[test]
        fn any_bytes_are_an_answer_or_an_error(bytes in any::<Vec<u8>>(), cut in 0_usize..400) {
            let mut list = List::default();
            let _ = take(&mut list, &bytes);
            let whole = page(&[secret("a", "A"), secret("b", "B")], "next");
            let is_whole = cut >= whole.len();
            prop_assert_eq!(take(&mut list, &whole[..cut.min(whole.len())]).is_ok(), is_whole);
        }
    }
}
