//! How answers are read: tolerant of everything that api.md says a server may do.

#[cfg(test)]
mod tests {
    use crate::common::{
        at, decoded, full_member, full_profile, full_secret, full_workspace, page_of, with_each, with_unknown_fields,
    };
    use contract::{
        Answer, Nothing, Page, Profile, ProfileType, WhoAmI, Workspace, WorkspaceInfo, WorkspaceMember,
        WorkspaceSecret, WorkspaceStatus,
    };
    use serde_json::json;

    #[test]
    fn a_full_secret() {
        let secret: WorkspaceSecret = decoded(&full_secret());
        let metadata = &secret.metadata;
        assert_eq!(metadata.id.as_str(), "secret_01");
        assert_eq!(metadata.account_id, "account_01");
        assert_eq!(metadata.workspace_id.as_ref().unwrap().as_str(), "workspace_01");
        assert_eq!(metadata.name, "DATABASE_URL");
        assert_eq!(metadata.profile_id.as_ref().unwrap().as_str(), "profile_01");
        assert_eq!(metadata.external_id.as_deref(), Some("vault-7"));
        assert_eq!(metadata.labels.len(), 2);
        assert_eq!(metadata.labels["example.com/team"], "");
        assert_eq!(metadata.bundle_key.as_deref(), Some("billing"));
        assert_eq!(metadata.created_at, at("2026-01-02T03:04:05Z"));
        assert_eq!(metadata.updated_at, at("2026-02-03T02:05:06.789Z"));
        assert_eq!(secret.spec.value.unwrap().expose(), "postgres://user:hunter2@host/db");
        let info = secret.info.unwrap();
        assert_eq!(info.last_use(), at("2026-03-04T05:06:07Z"));
        assert_eq!(info.created_by.unwrap().display_name(), "Ada Lovelace");
    }

    #[test]
    fn the_least_that_is_still_a_secret() {
        let secret: WorkspaceSecret = decoded(&json!({"metadata": {"id": "s"}}));
        assert_eq!(secret.metadata.id.as_str(), "s");
        assert!(secret.spec.value.is_none() && secret.info.is_none());
        assert!(secret.metadata.labels.is_empty() && secret.metadata.name.is_empty());
    }

    #[test]
    fn missing_null_and_empty_are_one_absence_in_a_secret() {
        let texts = [
            "/metadata/accountId",
            "/metadata/workspaceId",
            "/metadata/name",
            "/metadata/profileId",
            "/metadata/externalId",
            "/metadata/bundleKey",
            "/metadata/createdAt",
            "/metadata/updatedAt",
            "/spec/value",
            "/info/lastUsedAt",
            "/info/createdBy/spec/type",
            "/info/createdBy/spec/email",
            "/info/createdBy/spec/name",
            "/info/createdBy/metadata/externalId",
            "/info/createdBy/metadata/profileId",
        ];
        for absence in [None, Some(json!(null)), Some(json!(""))] {
            let secret: WorkspaceSecret = decoded(&with_each(&full_secret(), &texts, absence.as_ref()));
            let metadata = &secret.metadata;
            assert_eq!(
                (metadata.account_id.as_str(), metadata.name.as_str()),
                ("", ""),
                "{absence:?}"
            );
            assert_eq!(
                (&metadata.workspace_id, &metadata.profile_id),
                (&None, &None),
                "{absence:?}"
            );
            assert_eq!(
                (&metadata.external_id, &metadata.bundle_key),
                (&None, &None),
                "{absence:?}"
            );
            assert_eq!((metadata.created_at, metadata.updated_at), (None, None), "{absence:?}");
            assert!(secret.spec.value.is_none(), "{absence:?}");
            let info = secret.info.unwrap();
            assert_eq!(info.last_use(), None, "{absence:?}");
            let creator = info.created_by.unwrap();
            assert_eq!(creator.spec.kind, ProfileType::Unspecified, "{absence:?}");
            assert_eq!((&creator.spec.email, &creator.spec.name), (&None, &None), "{absence:?}");
            assert_eq!(
                (&creator.metadata.external_id, &creator.metadata.profile_id),
                (&None, &None),
                "{absence:?}"
            );
        }
        for absence in [None, Some(json!(null))] {
            let objects = ["/metadata/labels", "/spec", "/info"];
            let secret: WorkspaceSecret = decoded(&with_each(&full_secret(), &objects, absence.as_ref()));
            assert!(secret.metadata.labels.is_empty() && secret.spec.value.is_none() && secret.info.is_none());
        }
    }

    #[test]
    fn unknown_fields_are_passed_over_everywhere() {
        let page: Page<WorkspaceSecret> = decoded(&with_unknown_fields(&page_of(&[full_secret()])));
        assert_eq!(page.items[0].metadata.name, "DATABASE_URL");
        assert_eq!(page.next_cursor.unwrap().as_str(), "cursor-2");
        let page: Page<Workspace> = decoded(&with_unknown_fields(&page_of(&[full_workspace()])));
        assert_eq!(page.items, [decoded::<Workspace>(&full_workspace())]);
        let page: Page<Profile> = decoded(&with_unknown_fields(&page_of(&[full_profile()])));
        assert_eq!(page.items, [decoded::<WhoAmI>(&full_profile()).profile]);
        let page: Page<WorkspaceMember> = decoded(&with_unknown_fields(&page_of(&[full_member()])));
        assert_eq!(page.items, [decoded::<WorkspaceMember>(&full_member())]);
    }

    #[test]
    fn unknown_enum_values_are_kept() {
        let kind = json!("PROFILE_TYPE_ROBOT");
        let WhoAmI { profile, .. } = decoded(&with_each(&full_profile(), &["/spec/type"], Some(&kind)));
        assert_eq!(profile.spec.kind, ProfileType::Unknown("PROFILE_TYPE_ROBOT".to_owned()));
        assert_eq!(profile.spec.kind.as_str(), "PROFILE_TYPE_ROBOT");
        for (written, shown) in [
            (json!("STATUS_FROZEN"), "STATUS_FROZEN"),
            (json!(7), "7"),
            (json!(-1), "-1"),
        ] {
            let workspace: Workspace = decoded(&with_each(&full_workspace(), &["/status"], Some(&written)));
            assert_eq!(workspace.status, WorkspaceStatus::Unknown(shown.to_owned()));
        }
    }

    #[test]
    fn every_known_enum_value() {
        for (text, kind) in [
            ("PROFILE_TYPE_UNSPECIFIED", ProfileType::Unspecified),
            ("PROFILE_TYPE_USER", ProfileType::User),
            ("PROFILE_TYPE_API_KEY", ProfileType::ApiKey),
            ("PROFILE_TYPE_SYSTEM", ProfileType::System),
        ] {
            let WhoAmI { profile, .. } = decoded(&with_each(&full_profile(), &["/spec/type"], Some(&json!(text))));
            assert_eq!(profile.spec.kind, kind);
        }
        for (text, status) in [
            ("STATUS_ENABLED", WorkspaceStatus::Enabled),
            ("STATUS_DISABLED", WorkspaceStatus::Disabled),
            ("STATUS_ARCHIVED", WorkspaceStatus::Archived),
        ] {
            let workspace: Workspace = decoded(&with_each(&full_workspace(), &["/status"], Some(&json!(text))));
            assert_eq!(workspace.status, status);
        }
    }

    #[test]
    fn a_workspace_full_and_bare() {
        let workspace: Workspace = decoded(&full_workspace());
        assert_eq!(workspace.metadata.name, "Production");
        assert_eq!(workspace.spec.description.as_deref(), Some("What customers use"));
        assert_eq!(
            workspace.info,
            Some(WorkspaceInfo {
                total_agents: Some(1),
                total_agent_variations: Some(2),
                total_available_tools: Some(3),
                total_memory_entries: Some(4_000_000_000_000),
            })
        );
        for absence in [None, Some(json!(null)), Some(json!(""))] {
            let pointers = ["/status", "/spec/description"];
            let workspace: Workspace = decoded(&with_each(&full_workspace(), &pointers, absence.as_ref()));
            assert_eq!(
                workspace.status,
                WorkspaceStatus::Unknown(String::new()),
                "never enabled by assumption"
            );
            assert_eq!(workspace.spec.description, None, "{absence:?}");
        }
        let bare: Workspace = decoded(&json!({"metadata": {"id": "w"}, "spec": null, "info": null}));
        assert_eq!((bare.spec.description, bare.info), (None, None));
    }

    #[test]
    fn counts_as_numbers_and_as_texts() {
        for (written, read) in [
            (json!(0), Some(0)),
            (json!("0"), Some(0)),
            (json!("18446744073709551615"), Some(u64::MAX)),
            (json!(u64::MAX), Some(u64::MAX)),
            (json!(""), None),
            (json!(null), None),
            (json!("many"), None),
            (json!(-1), None),
            (json!(1.5), None),
        ] {
            let body = with_each(&full_workspace(), &["/info/totalAgents"], Some(&written));
            assert_eq!(
                decoded::<Workspace>(&body).info.unwrap().total_agents,
                read,
                "{written}"
            );
        }
    }

    #[test]
    fn a_member_full_and_bare() {
        let member: WorkspaceMember = decoded(&full_member());
        assert_eq!(
            (member.profile_id.as_str(), member.actor_id.as_str()),
            ("profile_01", "actor_01")
        );
        assert_eq!(
            (member.name.as_str(), member.email.as_str()),
            ("Ada", "ada@example.com")
        );
        assert_eq!(member.added_at, at("2026-01-02T03:04:05Z"));
        for absence in [None, Some(json!(null)), Some(json!(""))] {
            let pointers = ["/actorId", "/name", "/email", "/addedAt"];
            let member: WorkspaceMember = decoded(&with_each(&full_member(), &pointers, absence.as_ref()));
            assert_eq!((member.name.as_str(), member.added_at), ("", None), "{absence:?}");
        }
    }

    #[test]
    fn the_last_use_beside_the_fields_of_the_creator() {
        let mut body = full_secret();
        body["info"]["lastUsedAt"] = json!(null);
        body["info"]["createdBy"]["lastUsedAt"] = json!("2026-05-06T07:08:09Z");
        let secret: WorkspaceSecret = decoded(&body);
        assert_eq!(secret.info.unwrap().last_use(), at("2026-05-06T07:08:09Z"));
        body["info"]["lastUsedAt"] = json!("2026-06-07T08:09:10Z");
        let secret: WorkspaceSecret = decoded(&body);
        assert_eq!(
            secret.info.unwrap().last_use(),
            at("2026-06-07T08:09:10Z"),
            "the documented place wins"
        );
    }

    #[test]
    fn both_forms_of_the_cursor() {
        for (pagination, cursor) in [
            (json!({"nextCursor": "a"}), Some("a")),
            (json!({"next_cursor": "b"}), Some("b")),
            (json!({"nextCursor": "a", "next_cursor": "a"}), Some("a")),
            (json!({"nextCursor": "", "next_cursor": "b"}), Some("b")),
            (json!({"nextCursor": null, "next_cursor": null}), None),
            (json!({"nextCursor": ""}), None),
            (json!({}), None),
            (json!(null), None),
        ] {
            let page: Page<WorkspaceSecret> = decoded(&json!({"items": [], "pagination": pagination}));
            assert_eq!(
                page.next_cursor.as_ref().map(contract::Cursor::as_str),
                cursor,
                "{pagination}"
            );
        }
    }

    #[test]
    fn pages_without_items() {
        for body in [json!({}), json!({"items": null}), json!({"items": []})] {
            let page: Page<WorkspaceSecret> = decoded(&body);
            assert!(page.items.is_empty() && page.next_cursor.is_none(), "{body}");
        }
        let page: Page<WorkspaceSecret> = decoded(&json!({"pagination": {"nextCursor": "more"}}));
        assert!(page.items.is_empty());
        assert_eq!(
            page.next_cursor.unwrap().as_str(),
            "more",
            "an empty page with a cursor is not the last one"
        );
    }

    #[test]
    fn a_strange_date_hides_nothing_else() {
        for date in [
            json!("yesterday"),
            json!("2026-13-01T00:00:00Z"),
            json!("2026-01-02 03:04"),
        ] {
            let secret: WorkspaceSecret = decoded(&with_each(&full_secret(), &["/metadata/createdAt"], Some(&date)));
            assert_eq!(secret.metadata.created_at, None, "{date}");
            assert_eq!(secret.metadata.name, "DATABASE_URL");
        }
    }

    #[test]
    fn a_delete_may_be_answered_with_any_json_and_not_with_a_page() {
        for body in [&b""[..], b"\n", b"{}", b"null", b"{\"id\": \"s\"}"] {
            assert_eq!(Nothing::decode(body), Ok(Nothing));
        }
        for body in [&b"<html>"[..], b"{", b"deleted"] {
            assert!(Nothing::decode(body).is_err());
        }
    }

    #[test]
    fn a_resource_that_cannot_be_addressed_is_refused() {
        for id in [json!(""), json!("."), json!(".."), json!(null), json!(7)] {
            let body = serde_json::to_vec(&with_each(&full_secret(), &["/metadata/id"], Some(&id))).unwrap();
            assert!(WorkspaceSecret::decode(&body).is_err(), "{id}");
        }
        assert!(WorkspaceSecret::decode(b"{}").is_err());
        assert!(Page::<WorkspaceSecret>::decode(b"[]").is_err());
        assert!(
            Page::<WorkspaceSecret>::decode(b"").is_err(),
            "a list that was cut off is not an empty list"
        );
    }

    #[test]
    fn who_am_i_in_both_forms() {
        let WhoAmI { profile, .. } = decoded(&full_profile());
        let default_workspace = |workspace: &serde_json::Value| {
            let answer: WhoAmI = decoded(&json!({"profile": full_profile(), "defaultWorkspace": workspace}));
            assert_eq!(answer.profile, profile);
            answer.default_workspace.map(|id| id.to_string())
        };
        assert_eq!(
            default_workspace(&json!({"id": "w", "name": "W"})).as_deref(),
            Some("w")
        );
        for unknown in [
            json!(null),
            json!({}),
            json!({"id": ""}),
            json!({"id": ".."}),
            json!("w"),
        ] {
            assert_eq!(default_workspace(&unknown), None, "{unknown}");
        }
        let wrapped: WhoAmI = decoded(&json!({"profile": full_profile()}));
        let bare: WhoAmI = decoded(&full_profile());
        assert_eq!((&wrapped.profile, wrapped.default_workspace), (&profile, None));
        assert_eq!((&bare.profile, bare.default_workspace), (&profile, None));
        assert!(WhoAmI::decode(br#"{"profile": null}"#).is_err());
    }

    #[test]
    fn nine_digits_of_a_second_are_kept() {
        let updated = |digits: &str| {
            let body = json!({"metadata": {"id": "s", "updatedAt": format!("2026-01-02T03:04:05.{digits}Z")}});
            decoded::<WorkspaceSecret>(&body).metadata.updated_at.unwrap()
        };
        assert_ne!(updated("123456789"), updated("123456788"));
        assert_eq!(updated("123456789").to_rfc3339(), "2026-01-02T03:04:05.123456789+00:00");
        let again = serde_json::to_string(&updated("123456789")).unwrap();
        assert_eq!(again, r#""2026-01-02T03:04:05.123456789Z""#, "in a draft, too");
    }

    #[test]
    fn a_bundle_is_a_label_or_a_field() {
        let bundle = |labels: serde_json::Value, field: &str| {
            let body = json!({"metadata": {"id": "s", "labels": labels, "bundleKey": field}});
            decoded::<WorkspaceSecret>(&body).metadata.bundle().map(str::to_owned)
        };
        assert_eq!(bundle(json!({"bundle_key": "new"}), "").as_deref(), Some("new"));
        assert_eq!(bundle(json!({"env": "prod"}), "old").as_deref(), Some("old"));
        assert_eq!(bundle(json!({"bundle_key": "new"}), "old").as_deref(), Some("new"));
        assert_eq!(bundle(json!({"bundle_key": ""}), "old").as_deref(), Some("old"));
        assert_eq!(bundle(json!({}), ""), None);
    }

    #[test]
    fn a_profile_is_called_by_the_best_name_it_has() {
        for (metadata_name, email, name, shown) in [
            ("Ada", "ada@example.com", "Ada Lovelace", "Ada Lovelace"),
            ("Ada", "ada@example.com", "", "Ada"),
            ("", "ada@example.com", "", "ada@example.com"),
            ("", "", "", "profile_01"),
        ] {
            let body = json!({
                "metadata": {"id": "profile_01", "name": metadata_name},
                "spec": {"email": email, "name": name}
            });
            assert_eq!(decoded::<WhoAmI>(&body).profile.display_name(), shown);
        }
    }
}
