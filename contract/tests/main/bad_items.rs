//! One item that can't be read hides no other, whatever is wrong with it.

#[cfg(test)]
mod tests {
    use contract::long_text::LONGEST_TEXT;
    use contract::{Answer, Listed, Page, Profile, ToolSet, Workspace, WorkspaceMember, WorkspaceSecret};
    use proptest::prelude::*;
    use serde_json::Value;

    use crate::common::{full_member, full_profile, full_secret, full_workspace};

    /// Texts in the place of an item, or of a part of it, that are JSON or bytes inside of a string.
    pub(super) fn hostile() -> Vec<Vec<u8>> {
        let mut all: Vec<Vec<u8>> = [
            "null",
            "7",
            "-0.0e9",
            "true",
            "\"\"",
            "[]",
            "{}",
            "[[]]",
            "\"\\ud800\"",
            "{\"metadata\":null}",
            "{\"metadata\":[]}",
            "{\"metadata\":{\"id\":7}}",
            "{\"metadata\":{\"id\":\"..\"}}",
            "{\"metadata\":{\"id\":\"a\",\"name\":\"\\udfff\"}}",
            "{\"metadata\":{\"id\":\"a\",\"labels\":{\"\\ud800\":\"\"}}}",
            "{\"metadata\":{\"id\":\"a\",\"labels\":{\"a\":{}}}}",
            "{\"metadata\":{\"id\":\"a\",\"name\":{\"a\":1}}}",
            "{\"\\ud800\":1}",
        ]
        .map(|text| text.as_bytes().to_vec())
        .into();
        all.push(b"\"\xff\"".to_vec());
        all.push(b"{\"metadata\":{\"id\":\"a\",\"name\":\"\xc3\x28\"}}".to_vec());
        all.push(b"{\"metadata\":{\"id\":\"\xf0\x9f\",\"name\":\"b\"}}".to_vec());
        all.push(["[".repeat(5_000), "]".repeat(5_000)].concat().into_bytes());
        all.push(
            ["{\"metadata\":".repeat(5_000), "1".to_owned(), "}".repeat(5_000)]
                .concat()
                .into_bytes(),
        );
        all.push(
            [
                "{\"spec\":{\"adapter\":".repeat(2_000),
                "1".to_owned(),
                "}}".repeat(2_000),
            ]
            .concat()
            .into_bytes(),
        );
        all
    }

    fn page(items: &[Vec<u8>]) -> Vec<u8> {
        [
            b"{\"items\":[",
            &items.join(&b","[..])[..],
            b"],\"pagination\":{\"nextCursor\":\"next\"}}",
        ]
        .concat()
    }

    fn check<Item: std::fmt::Debug>(good: &Value)
    where
        Page<Item>: Answer,
    {
        let good = serde_json::to_vec(good).unwrap();
        let read = |items: &[Vec<u8>]| {
            let page = <Page<Item> as Answer>::decode(&page(items)).unwrap();
            assert_eq!(page.next_cursor.as_ref().map(contract::Cursor::as_str), Some("next"));
            let items: Vec<_> = page.items.iter().map(|item| format!("{item:?}")).collect();
            (items, page.unreadable)
        };
        let (alone, none) = read(std::slice::from_ref(&good));
        assert!(alone.len() == 1 && none.is_empty());
        for bad in hostile() {
            let (items, unreadable) = read(&[good.clone(), bad.clone(), good.clone()]);
            assert_eq!(
                items.len() + unreadable.len(),
                3,
                "{}",
                String::from_utf8_lossy(&bad[..bad.len().min(80)])
            );
            assert!(items.first() == alone.first() && items.last() == alone.first());
        }
    }

    #[test]
    fn one_bad_item_hides_no_other() {
        check::<WorkspaceSecret>(&full_secret());
        check::<Workspace>(&full_workspace());
        check::<WorkspaceMember>(&full_member());
        check::<Profile>(&full_profile());
        check::<Listed<ToolSet>>(&serde_json::json!({"metadata": {"id": "t", "name": "T"}, "state": "STATE_ACTIVE"}));
    }

    #[test]
    fn what_can_not_be_read_is_named() {
        let named = |item: &str| {
            <Page<Workspace> as Answer>::decode(&page(&[item.as_bytes().to_vec()]))
                .unwrap()
                .unreadable
        };
        assert_eq!(
            named(r#"{"metadata": {"id": "w-1", "name": "One", "labels": 7}}"#),
            ["One"]
        );
        assert_eq!(named(r#"{"metadata": {"id": "w-1", "labels": 7}}"#), ["w-1"]);
        assert_eq!(named("7"), [""]);
    }

    /// Its bytes are hostile, its value is not lost: what the API sends as a value is read as it is, or not at all.
    #[test]
    fn no_value_is_changed_on_its_way() {
        for value in [&b"\"a\xffb\""[..], b"\"\\ud800\"", b"\"\xed\xa0\x80\""] {
            let body = [b"{\"metadata\":{\"id\":\"s\"},\"spec\":{\"value\":", value, b"}}"].concat();
            assert!(WorkspaceSecret::decode(&body).is_err());
        }
    }

    #[test]
    fn large_fields_are_shortened_and_endless_ones_read() {
        let long = "\u{fc}".repeat(5 * 1024 * 1024);
        let labels: std::collections::BTreeMap<String, &str> =
            (0..100_000).map(|at| (format!("key-{at}"), "value")).collect();
        let item = serde_json::json!({"metadata": {"id": "s", "name": long, "labels": labels, "externalId": long}});
        let read = <Page<WorkspaceSecret> as Answer>::decode(&page(&[serde_json::to_vec(&item).unwrap()])).unwrap();
        let metadata = &read.items[0].metadata;
        assert_eq!(
            (metadata.name.len(), metadata.labels.len()),
            (LONGEST_TEXT + "…".len(), 100_000)
        );
        assert!(contract::MetadataFields::from(metadata).is_shortened());
    }

    #[test]
    fn what_must_not_be_cut_off_is_read_whole() {
        let long = "v".repeat(1024 * 1024);
        let body = serde_json::json!({"metadata": {"id": "s"}, "spec": {"value": long}});
        let secret = WorkspaceSecret::decode(&serde_json::to_vec(&body).unwrap()).unwrap();
        assert_eq!(secret.spec.value.unwrap().byte_count(), long.len());
        let body = serde_json::json!({"items": [], "pagination": {"nextCursor": long}});
        let page = <Page<WorkspaceSecret> as Answer>::decode(&serde_json::to_vec(&body).unwrap()).unwrap();
        assert_eq!(page.next_cursor.unwrap().as_str(), long);
        // What is not known whole addresses nothing.
        let body = serde_json::json!({"items": [{"metadata": {"id": long, "name": "S"}}]});
        let page = <Page<WorkspaceSecret> as Answer>::decode(&serde_json::to_vec(&body).unwrap()).unwrap();
        assert!(page.items.is_empty());
        assert_eq!(page.unreadable, ["S"]);
    }

    #[test]
    fn a_creator_that_can_not_be_read_hides_no_secret() {
        let long = "p".repeat(3_000);
        for id in ["", "..", &long] {
            let body = serde_json::json!({"metadata": {"id": "s"}, "info": {"createdBy": {"metadata": {"id": id}}, "lastUsedAt": "2026-01-02T03:04:05Z"}});
            let secret = WorkspaceSecret::decode(&serde_json::to_vec(&body).unwrap()).unwrap();
            let info = secret.info.unwrap();
            assert!(info.created_by.is_none() && info.last_used_at.is_some());
        }
    }

    #[test]
    fn dates_out_of_range_are_absent() {
        for date in [
            "0000-00-00T00:00:00Z",
            "2026-02-30T00:00:00Z",
            "2026-01-01T25:00:00Z",
            "99999-01-01T00:00:00Z",
            "-0001-01-01T00:00:00Z",
            "2026-01-01",
            "9223372036854775807",
            "",
        ] {
            let body = serde_json::json!({"metadata": {"id": "s", "createdAt": date}, "info": {"lastUsedAt": date}});
            let secret = WorkspaceSecret::decode(&serde_json::to_vec(&body).unwrap()).unwrap();
            assert_eq!(secret.metadata.created_at, None, "{date}");
        }
    }

    proptest! {
        #[test]
        fn any_two_good_items_stay_with_any_bad_ones(bad in prop::collection::vec(prop::sample::select(hostile()), 0..4), at in 0_usize..5) {
            let good = serde_json::to_vec(&full_workspace()).unwrap();
            let mut items = bad.clone();
            items.insert(at.min(items.len()), good.clone());
            items.push(good);
            let page = <Page<Workspace> as Answer>::decode(&page(&items)).unwrap();
            let count = page.items.iter().filter(|it| it.metadata.name == "Production").count();
            prop_assert_eq!(count, 2);
            prop_assert_eq!(page.items.len() + page.unreadable.len(), items.len());
        }
    }
}
