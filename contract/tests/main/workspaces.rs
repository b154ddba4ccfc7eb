//! What is written of workspaces: exactly the JSON of api.md, with nothing that was not asked for.

#[cfg(test)]
mod tests {
    use contract::calls::{self, NewMember};
    use contract::{Labels, MetadataFields, Method, ProfileId, Request, WorkspaceFields, WorkspaceId, WorkspaceUpdate};
    use serde_json::{Value, json};

    fn workspace() -> WorkspaceId {
        WorkspaceId::parse("w").unwrap()
    }

    fn text_of(request: &Request) -> &str {
        std::str::from_utf8(request.body.as_ref().unwrap().bytes()).unwrap()
    }

    fn workspace_fields(name: &str, external_id: &str, label: &str, description: &str) -> WorkspaceFields {
        let text = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        WorkspaceFields {
            metadata: MetadataFields {
                name: name.to_owned(),
                external_id: text(external_id),
                labels: [("k".to_owned(), label.to_owned())].into_iter().collect(),
            },
            description: text(description),
        }
    }

    /// All sixteen combinations of name, external ID, labels and description, each field new or cleared.
    #[test]
    fn an_update_of_a_workspace_says_exactly_what_changed() {
        let before = workspace_fields("A", "x", "1", "d");
        for bits in 0..16 {
            for new in ["", "new"] {
                let [name, external_id, label, description] = [1, 2, 4, 8].map(|bit| bits & bit > 0);
                let after = workspace_fields(
                    if name { "B" } else { "A" },
                    if external_id { new } else { "x" },
                    if label { new } else { "1" },
                    if description { new } else { "d" },
                );
                let mut expected = json!({});
                let mut mask = Vec::new();
                if name || external_id || label {
                    expected["metadata"] = json!({"name": after.metadata.name});
                }
                if name {
                    mask.push("metadata.name");
                }
                if external_id {
                    mask.push("metadata.externalId");
                    if !new.is_empty() {
                        expected["metadata"]["externalId"] = json!(new);
                    }
                }
                if label {
                    mask.push("metadata.labels");
                    expected["metadata"]["labels"] = json!({"k": new});
                }
                if description {
                    mask.push("spec.description");
                    expected["spec"] = if new.is_empty() {
                        json!({})
                    } else {
                        json!({"description": new})
                    };
                }
                expected["updateMask"] = json!(mask.join(","));
                match WorkspaceUpdate::between(&before, &after) {
                    None => assert!(mask.is_empty(), "nothing is sent although {mask:?} changed"),
                    Some(update) => {
                        let request = calls::update_workspace(&workspace(), &update).request;
                        assert_eq!(serde_json::from_str::<Value>(text_of(&request)).unwrap(), expected);
                        assert_eq!(
                            (request.method, request.path.as_str()),
                            (Method::Patch, "/v1/account/workspaces/w")
                        );
                        assert_eq!(update.mask().to_string(), mask.join(","));
                        assert!(!mask.is_empty(), "an update that changes nothing");
                    }
                }
            }
        }
        let mut empty = before.clone();
        (empty.metadata.external_id, empty.description) = (None, None);
        let mut blank = empty.clone();
        (blank.metadata.external_id, blank.description) = (Some(String::new()), Some(String::new()));
        assert_eq!(
            WorkspaceUpdate::between(&empty, &blank),
            None,
            "empty and absent are the same"
        );
        let mut unlabelled = before.clone();
        unlabelled.metadata.labels.clear();
        let update = WorkspaceUpdate::between(&before, &unlabelled).unwrap();
        assert_eq!(
            text_of(&calls::update_workspace(&workspace(), &update).request),
            r#"{"metadata":{"name":"A","labels":{}},"updateMask":"metadata.labels"}"#
        );
    }

    /// What the server told, unchanged, is no update.
    #[test]
    fn the_fields_of_a_workspace_are_all_of_them() {
        let known: contract::Workspace = crate::common::decoded(&crate::common::full_workspace());
        let fields = WorkspaceFields::from(&known);
        assert_eq!(fields, {
            let mut expected = workspace_fields("Production", "w-1", "", "What customers use");
            expected.metadata.labels = Labels::from([("tier".to_owned(), "1".to_owned())]);
            expected
        });
        assert_eq!(WorkspaceUpdate::between(&fields, &WorkspaceFields::from(&known)), None);
    }

    #[test]
    fn workspaces_and_members() {
        let id = workspace();
        let mut only_name = WorkspaceFields::default();
        "A".clone_into(&mut only_name.metadata.name);
        for (request, method, path, body) in [
            (
                calls::create_workspace(&only_name).request,
                Method::Post,
                "/v1/account/workspaces",
                r#"{"metadata":{"name":"A"},"spec":{}}"#,
            ),
            (
                calls::create_workspace(&workspace_fields("A", "x", "", "d")).request,
                Method::Post,
                "/v1/account/workspaces",
                r#"{"metadata":{"name":"A","externalId":"x","labels":{"k":""}},"spec":{"description":"d"}}"#,
            ),
            (
                calls::add_member(&id, &NewMember::ProfileId(ProfileId::parse("p").unwrap())).request,
                Method::Post,
                "/v1/account/workspaces/w/members",
                r#"{"profileId":"p"}"#,
            ),
            (
                calls::add_member(&id, &NewMember::Email("a@b.c".to_owned())).request,
                Method::Post,
                "/v1/account/workspaces/w/members",
                r#"{"email":"a@b.c"}"#,
            ),
        ] {
            assert_eq!((request.method, request.path.as_str()), (method, path));
            assert_eq!(text_of(&request), body);
        }
    }
}
