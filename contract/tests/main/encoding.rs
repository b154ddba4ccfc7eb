//! What is written: exactly the JSON of api.md, with nothing that was not asked for.

#[cfg(test)]
mod tests {
    use crate::common::{labels, text};
    use contract::calls;
    use contract::{
        FieldChange, Labels, MetadataFields, Method, PlannedValue, ProfileId, Request, SecretId, SecretText,
        SecretUpdate, UpdatePreview, ValueChange, WorkspaceId,
    };
    use proptest::prelude::*;
    use serde_json::{Value, json};

    fn workspace() -> WorkspaceId {
        WorkspaceId::parse("w").unwrap()
    }

    fn secret() -> SecretId {
        SecretId::parse("s").unwrap()
    }

    fn fields(name: &str, external_id: Option<&str>, labels: &[(&str, &str)]) -> MetadataFields {
        MetadataFields {
            name: name.to_owned(),
            external_id: external_id.map(str::to_owned),
            labels: labels
                .iter()
                .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
                .collect(),
        }
    }

    fn text_of(request: &Request) -> &str {
        std::str::from_utf8(request.body.as_ref().unwrap().bytes()).unwrap()
    }

    fn updated(before: &MetadataFields, after: &MetadataFields, value: ValueChange) -> String {
        let update = SecretUpdate::between(before, after, value).unwrap();
        text_of(&calls::update_secret(&workspace(), &secret(), &update).request).to_owned()
    }

    #[test]
    fn create_says_what_was_filled_in_and_no_more() {
        let value = SecretText::new("hunter2");
        let empty = SecretText::new("");
        let label: &[(&str, &str)] = &[("env", "prod")];
        for (fields, value, expected) in [
            (fields("A", None, &[]), None, r#"{"metadata":{"name":"A"},"spec":{}}"#),
            (
                fields("A", Some(""), &[]),
                Some(&empty),
                r#"{"metadata":{"name":"A"},"spec":{}}"#,
            ),
            (
                fields("A", None, &[]),
                Some(&value),
                r#"{"metadata":{"name":"A"},"spec":{"value":"hunter2"}}"#,
            ),
            (
                fields("A", Some("x"), &[]),
                None,
                r#"{"metadata":{"name":"A","externalId":"x"},"spec":{}}"#,
            ),
            (
                fields("A", None, label),
                None,
                r#"{"metadata":{"name":"A","labels":{"env":"prod"}},"spec":{}}"#,
            ),
            (
                fields("A", Some("x"), label),
                Some(&value),
                r#"{"metadata":{"name":"A","externalId":"x","labels":{"env":"prod"}},"spec":{"value":"hunter2"}}"#,
            ),
        ] {
            let call = calls::create_secret(&workspace(), &fields, value);
            assert_eq!(text_of(&call.request), expected);
            assert_eq!(call.request.method, Method::Post);
            assert_eq!(call.request.path, "/v1/workspaces/w/workspace_secrets");
        }
    }

    /// All sixteen combinations of name, external ID, labels and value (kept, replaced or cleared).
    #[test]
    fn an_update_says_exactly_what_changed() {
        let before = fields("A", Some("x"), &[("env", "prod")]);
        for (name, external_id, label) in (0..8).map(|bits| (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0)) {
            for value in [None, Some(Some("new")), Some(None)] {
                let after = MetadataFields {
                    name: if name { "B" } else { "A" }.to_owned(),
                    external_id: Some(if external_id { "y" } else { "x" }.to_owned()),
                    labels: fields("", None, &[("env", if label { "test" } else { "prod" })]).labels,
                };
                let change = match value {
                    None => ValueChange::Keep,
                    Some(Some(text)) => ValueChange::Replace(SecretText::new(text)),
                    Some(None) => ValueChange::Clear,
                };
                let mut expected = json!({});
                let mut mask = Vec::new();
                if name || external_id || label {
                    expected["metadata"] = json!({"name": after.name});
                }
                if name {
                    mask.push("metadata.name");
                }
                if external_id {
                    mask.push("metadata.externalId");
                    expected["metadata"]["externalId"] = json!("y");
                }
                if label {
                    mask.push("metadata.labels");
                    expected["metadata"]["labels"] = json!({"env": "test"});
                }
                if let Some(value) = value {
                    mask.push("spec.value");
                    expected["spec"] = value.map_or_else(|| json!({}), |text| json!({"value": text}));
                }
                expected["updateMask"] = json!(mask.join(","));
                match SecretUpdate::between(&before, &after, change) {
                    None => assert!(mask.is_empty(), "nothing is sent although {mask:?} changed"),
                    Some(update) => {
                        let call = calls::update_secret(&workspace(), &secret(), &update);
                        assert_eq!(serde_json::from_str::<Value>(text_of(&call.request)).unwrap(), expected);
                        assert_eq!(call.request.method, Method::Patch);
                        assert_eq!(update.mask().to_string(), mask.join(","));
                        assert!(!mask.is_empty(), "an update that changes nothing");
                    }
                }
            }
        }
    }

    #[test]
    fn clearing_is_a_path_in_the_mask_without_a_field() {
        let before = fields("A", Some("x"), &[("env", "prod")]);
        assert_eq!(
            updated(&before, &fields("A", None, &[("env", "prod")]), ValueChange::Keep),
            r#"{"metadata":{"name":"A"},"updateMask":"metadata.externalId"}"#
        );
        assert_eq!(
            updated(&before, &fields("A", Some("x"), &[]), ValueChange::Keep),
            r#"{"metadata":{"name":"A","labels":{}},"updateMask":"metadata.labels"}"#
        );
        assert_eq!(
            updated(&before, &before, ValueChange::Clear),
            r#"{"spec":{},"updateMask":"spec.value"}"#
        );
    }

    #[test]
    fn absent_and_empty_external_ids_are_no_change() {
        let (absent, empty) = (fields("A", None, &[]), fields("A", Some(""), &[]));
        assert!(SecretUpdate::between(&absent, &empty, ValueChange::Keep).is_none());
        assert!(SecretUpdate::between(&empty, &absent, ValueChange::Keep).is_none());
    }

    #[test]
    fn the_review_names_what_changes_and_holds_no_value() {
        let before = fields("A", None, &[]);
        let after = fields("B", Some("y"), &[("env", "prod")]);
        let update = SecretUpdate::between(&before, &after, ValueChange::Replace(SecretText::new("hunter2"))).unwrap();
        assert_eq!(
            update.changes(),
            [
                FieldChange::Name("A".to_owned(), "B".to_owned()),
                FieldChange::ExternalId(None, Some("y".to_owned())),
                FieldChange::Labels(Labels::new(), after.labels.clone()),
                FieldChange::ValueReplaced(7),
            ]
        );
        let call = calls::update_secret(&workspace(), &secret(), &update);
        assert!(
            text_of(&call.request).contains("hunter2"),
            "the body is where the value goes"
        );
        for printed in [
            format!("{update:?}"),
            format!("{call:?}"),
            format!("{:?}", call.request.body),
        ] {
            assert!(!printed.contains("hunter2"), "{printed}");
        }
    }

    #[test]
    fn what_reads_or_deletes_has_no_body() {
        let profile = ProfileId::parse("p").unwrap();
        let tool_set = contract::ToolSetId::parse("t").unwrap();
        for request in [
            calls::who_am_i().request,
            calls::list_secrets(&workspace(), &calls::SecretQuery::default(), 1, None).request,
            calls::read_secret(&workspace(), &secret()).request,
            calls::delete_secret(&workspace(), &secret()).request,
            calls::list_workspaces(1, None).request,
            calls::list_account_workspaces(&calls::AccountWorkspaceQuery::default(), 1, None).request,
            calls::read_workspace(&workspace()).request,
            calls::archive_workspace(&workspace()).request,
            calls::list_members(&workspace(), 1, None).request,
            calls::remove_member(&workspace(), &profile).request,
            calls::search_profiles(&calls::ProfileQuery::default(), 1, None).request,
            calls::list_tool_sets(&workspace(), None, 1, None).request,
            calls::list_tools(&workspace(), &tool_set, 1, None).request,
            calls::list_tool_set_usage(&workspace(), &tool_set, 1, None).request,
        ] {
            assert!(request.body.is_none(), "{:?}", request.operation);
            assert!(request.method.is_repeatable(), "{:?}", request.operation);
        }
    }

    prop_compose! {
        fn any_fields()(name in text(), external_id in proptest::option::of(text()), labels in labels()) -> MetadataFields {
            MetadataFields { name, external_id, labels }
        }
    }

    proptest! {
        /// What is shown before it is sent is what is sent, with words where the value is.
        #[test]
        fn a_preview_is_the_request_without_the_value(
            before in any_fields(),
            after in any_fields(),
            plan in prop_oneof![Just(PlannedValue::Keep), Just(PlannedValue::Clear), Just(PlannedValue::Replace(3))],
            value in "[a-z\"]{24,40}",
        ) {
            let preview = UpdatePreview::between(&workspace(), &secret(), &before, &after, plan);
            let change = match plan {
                PlannedValue::Keep => ValueChange::Keep,
                PlannedValue::Replace(_) => ValueChange::Replace(SecretText::new(value.as_str())),
                PlannedValue::Clear => ValueChange::Clear,
            };
            let Some(update) = SecretUpdate::between(&before, &after, change) else {
                prop_assert_eq!(preview, None);
                return Ok(());
            };
            let preview = preview.unwrap();
            let call = calls::update_secret(&workspace(), &secret(), &update);
            prop_assert_eq!((preview.method, &preview.path), (call.request.method, &call.request.path));
            prop_assert_eq!(preview.mask, update.mask());
            let is_replaced = matches!(plan, PlannedValue::Replace(_));
            prop_assert_eq!(preview.body_after_value.is_some(), is_replaced);
            let shown = match &preview.body_after_value {
                Some(rest) => format!("{}{}{rest}", preview.body, Value::from(value.as_str())),
                None => preview.body.clone(),
            };
            let shown: Value = serde_json::from_str(&shown).unwrap();
            let sent: Value = serde_json::from_str(text_of(&call.request)).unwrap();
            prop_assert_eq!(shown, sent);
        }

        /// The form may show dots for a value that it was never given. They must not become the value.
        #[test]
        fn a_kept_value_is_not_in_the_body(
            before in any_fields(),
            mut after in any_fields(),
            keep_name in any::<bool>(),
            value in "[a-zA-Z0-9]{24,40}",
        ) {
            if keep_name {
                after.name.clone_from(&before.name);
            }
            // The secret as the server tells it, its value included.
            let known = json!({
                "metadata": {
                    "id": "s", "name": before.name, "externalId": before.external_id, "labels": before.labels
                },
                "spec": {"value": value}
            });
            let known = <contract::WorkspaceSecret as contract::Answer>::decode(&serde_json::to_vec(&known).unwrap());
            let before = MetadataFields::from(&known.unwrap().metadata);
            let Some(update) = SecretUpdate::between(&before, &after, ValueChange::Keep) else { return Ok(()) };
            let call = calls::update_secret(&workspace(), &secret(), &update);
            let body = text_of(&call.request);
            prop_assert!(!body.contains(&value));
            let parsed: Value = serde_json::from_str(body).unwrap();
            prop_assert!(parsed.get("spec").is_none());
            prop_assert!(!parsed["updateMask"].as_str().unwrap().contains("spec"));
            let typed = |glyph: char| {
                after.name.contains(glyph)
                    || after.external_id.as_ref().is_some_and(|text| text.contains(glyph))
                    || after.labels.iter().any(|(key, value)| key.contains(glyph) || value.contains(glyph))
            };
            for glyph in ['•', '*', '●', '∙', '·'] {
                prop_assert!(typed(glyph) || !body.contains(glyph), "{} in {}", glyph, body);
            }
        }

        /// What a person typed reaches the server letter by letter.
        #[test]
        fn a_create_loses_nothing(fields in any_fields(), value in text()) {
            let call = calls::create_secret(&workspace(), &fields, Some(&SecretText::new(value.as_str())));
            let body: Value = serde_json::from_str(text_of(&call.request)).unwrap();
            prop_assert_eq!(&body["metadata"]["name"], &json!(fields.name));
            prop_assert_eq!(body["spec"]["value"].as_str().unwrap_or_default(), value);
            let labels = body["metadata"].get("labels").cloned().unwrap_or_else(|| json!({}));
            prop_assert_eq!(labels, json!(fields.labels));
            let external_id = body["metadata"]["externalId"].as_str().unwrap_or_default();
            prop_assert_eq!(external_id, fields.external_id.unwrap_or_default());
        }
    }
}
