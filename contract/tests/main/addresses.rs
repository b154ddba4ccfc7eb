//! Where requests go: through a real URL parser, each id is one segment and each parameter what went in.

#[cfg(test)]
mod tests {
    use crate::common::{id_text, text};
    use contract::calls::{
        self, AccountWorkspaceQuery, NewMember, ProfileQuery, SecretQuery, SortOrder, WorkspaceQuery,
    };
    use contract::{
        BaseUrl, Cursor, Labels, MetadataFields, Operation, ProfileId, Request, SecretId, SecretUpdate, ToolSetId,
        ToolSetState, ValueChange, WorkspaceFields, WorkspaceId, WorkspaceUpdate, label,
    };
    use proptest::collection::btree_map;
    use proptest::option;
    use proptest::prelude::*;
    use std::collections::BTreeSet;

    /// Every call there is, with the segments that its path must have.
    fn every_call(workspace: &str, secret: &str, profile: &str, word: &str) -> Vec<(Request, Vec<String>)> {
        let w = WorkspaceId::parse(workspace).unwrap();
        let s = SecretId::parse(secret).unwrap();
        let p = ProfileId::parse(profile).unwrap();
        let cursor = Cursor::new(word);
        let cursor = cursor.as_ref();
        let fields = MetadataFields {
            name: "after".to_owned(),
            ..MetadataFields::default()
        };
        let update = SecretUpdate::between(&MetadataFields::default(), &fields, ValueChange::Keep).unwrap();
        let secrets = ["v1", "workspaces", workspace, "workspace_secrets"];
        let one_secret = [&secrets[..], &[secret]].concat();
        let t = ToolSetId::parse(secret).unwrap();
        let tool_sets = ["v1", "workspaces", workspace, "tool_sets"];
        let account = ["v1", "account", "workspaces"];
        let one_workspace = [&account[..], &[workspace]].concat();
        let members = [&one_workspace[..], &["members"]].concat();
        let one_member = [&members[..], &[profile]].concat();
        let member = NewMember::ProfileId(p.clone());
        let account_query = AccountWorkspaceQuery {
            include_archived: true,
            ..AccountWorkspaceQuery::default()
        };
        let profile_query = ProfileQuery {
            text: Some(word.to_owned()),
            ..ProfileQuery::default()
        };
        let mut workspace_fields = WorkspaceFields::default();
        workspace_fields.metadata.name = format!("{word}+");
        let renamed = WorkspaceUpdate::between(&WorkspaceFields::default(), &workspace_fields).unwrap();
        [
            (calls::who_am_i().request, vec!["v1", "whoami"]),
            (
                calls::list_secrets(&w, &SecretQuery::default(), 50, cursor).request,
                secrets.to_vec(),
            ),
            (calls::create_secret(&w, &fields, None).request, secrets.to_vec()),
            (calls::read_secret(&w, &s).request, one_secret.clone()),
            (calls::update_secret(&w, &s, &update).request, one_secret.clone()),
            (calls::delete_secret(&w, &s).request, one_secret),
            (calls::list_workspaces(50, cursor).request, vec!["v1", "workspaces"]),
            (
                calls::list_account_workspaces(&account_query, 50, cursor).request,
                account.to_vec(),
            ),
            (calls::create_workspace(&workspace_fields).request, account.to_vec()),
            (calls::read_workspace(&w).request, one_workspace.clone()),
            (calls::update_workspace(&w, &renamed).request, one_workspace.clone()),
            (calls::archive_workspace(&w).request, one_workspace.clone()),
            (calls::list_members(&w, 50, cursor).request, members.clone()),
            (calls::add_member(&w, &member).request, members),
            (calls::remove_member(&w, &p).request, one_member),
            (
                calls::search_profiles(&profile_query, 50, cursor).request,
                vec!["v1", "account", "profiles"],
            ),
            (
                calls::list_tool_sets(&w, Some(&ToolSetState::Archived), 50, cursor).request,
                tool_sets.to_vec(),
            ),
            (
                calls::list_tools(&w, &t, 50, cursor).request,
                [&tool_sets[..], &[secret, "tools"]].concat(),
            ),
            (
                calls::list_tool_set_usage(&w, &t, 50, cursor).request,
                [&tool_sets[..], &[secret, "usage"]].concat(),
            ),
        ]
        .into_iter()
        .map(|(request, segments)| (request, segments.into_iter().map(str::to_owned).collect()))
        .collect()
    }

    fn decoded(segment: &str) -> String {
        percent_encoding::percent_decode_str(segment)
            .decode_utf8()
            .unwrap()
            .into_owned()
    }

    #[test]
    fn no_call_is_missing_here() {
        let seen: BTreeSet<_> = every_call("w", "s", "p", "x")
            .iter()
            .map(|(request, _)| format!("{:?}", request.operation))
            .collect();
        // Every variant, by exhaustion: a new one does not compile until it is here and above.
        let number = |operation: Operation| match operation {
            Operation::WhoAmI
            | Operation::ListWorkspaces
            | Operation::ListAccountWorkspaces
            | Operation::CreateWorkspace
            | Operation::ReadWorkspace
            | Operation::UpdateWorkspace
            | Operation::ArchiveWorkspace
            | Operation::ListMembers
            | Operation::AddMember
            | Operation::RemoveMember
            | Operation::SearchProfiles
            | Operation::ListSecrets
            | Operation::CreateSecret
            | Operation::ReadSecret
            | Operation::UpdateSecret
            | Operation::DeleteSecret
            | Operation::ListToolSets
            | Operation::ListTools
            | Operation::ListToolSetUsage => 19,
        };
        assert_eq!(seen.len(), number(Operation::WhoAmI), "{seen:?}");
    }

    #[test]
    fn dot_segments_and_empty_ids_never_get_as_far_as_a_request() {
        for text in ["", ".", ".."] {
            assert!(WorkspaceId::parse(text).is_err(), "{text:?}");
            assert!(SecretId::parse(text).is_err(), "{text:?}");
            assert!(ProfileId::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_query_says_only_what_was_asked() {
        let w = WorkspaceId::parse("w").unwrap();
        let base = BaseUrl::parse("https://host").unwrap();
        let url = |query: &SecretQuery, cursor: Option<&Cursor>| {
            calls::list_secrets(&w, query, 50, cursor).request.url(&base)
        };
        assert_eq!(
            url(&SecretQuery::default(), None),
            "https://host/v1/workspaces/w/workspace_secrets?limit=50"
        );
        let all = SecretQuery {
            prefix: Some("DB_".to_owned()),
            text: Some("a b&c=d".to_owned()),
            labels: Labels::from([
                ("env".to_owned(), "prod".to_owned()),
                ("example.com/t".to_owned(), String::new()),
            ]),
            order: Some(SortOrder::Descending),
            include_info: true,
        };
        assert_eq!(
            url(&all, Cursor::new("c+/=").as_ref()),
            "https://host/v1/workspaces/w/workspace_secrets?limit=50&cursor=c%2B%2F%3D&prefix=DB_&query=a%20b%26c%3Dd\
             &labels=env%3Dprod%2Cexample.com%2Ft%3D&sortOrder=desc&includeInfo=true"
        );
    }

    /// The other lists: every parameter that the contract names for them, and none of its own accord.
    #[test]
    fn the_other_lists_say_only_what_was_asked() {
        let base = BaseUrl::parse("https://host").unwrap();
        let cursor = Cursor::new("c");
        let labels = Labels::from([("env".to_owned(), "prod".to_owned())]);
        let mine = WorkspaceQuery {
            labels: labels.clone(),
            order: Some(SortOrder::Descending),
            include_info: true,
        };
        let all = AccountWorkspaceQuery {
            labels: labels.clone(),
            include_archived: true,
        };
        let people = ProfileQuery {
            text: Some("ada".to_owned()),
            labels,
        };
        let (no_mine, no_all, no_people) = (
            WorkspaceQuery::default(),
            AccountWorkspaceQuery::default(),
            ProfileQuery::default(),
        );
        let cursor = cursor.as_ref();
        for (request, expected) in [
            (calls::list_workspaces(7, None).request, "workspaces?limit=7"),
            (
                calls::list_workspaces_matching(&no_mine, 7, None).request,
                "workspaces?limit=7",
            ),
            (
                calls::list_workspaces_matching(&mine, 7, cursor).request,
                "workspaces?limit=7&cursor=c&labels=env%3Dprod&sortOrder=desc&includeInfo=true",
            ),
            (
                calls::list_account_workspaces(&no_all, 7, None).request,
                "account/workspaces?limit=7",
            ),
            (
                calls::list_account_workspaces(&all, 7, cursor).request,
                "account/workspaces?limit=7&cursor=c&labels=env%3Dprod&includeArchived=true",
            ),
            (
                calls::search_profiles(&no_people, 7, None).request,
                "account/profiles?limit=7",
            ),
            (
                calls::search_profiles(&people, 7, cursor).request,
                "account/profiles?limit=7&cursor=c&query=ada&labels=env%3Dprod",
            ),
        ] {
            assert_eq!(request.url(&base), format!("https://host/v1/{expected}"));
        }
    }

    proptest! {
        #[test]
        fn any_id_is_one_segment_of_every_call(
            workspace in id_text(),
            secret in id_text(),
            profile in id_text(),
            word in text(),
            base in prop::sample::select(vec![
                "https://api.cadenya.com", "http://127.0.0.1:8080", "https://proxy.example/a/b-c", "http://[::1]:1/x"
            ]),
        ) {
            let base = BaseUrl::parse(base).unwrap();
            let prefix = url::Url::parse(base.as_str()).unwrap();
            let prefix: Vec<_> = prefix.path_segments().unwrap().filter(|it| !it.is_empty()).map(decoded).collect();
            for (request, expected) in every_call(&workspace, &secret, &profile, &word) {
                let text = request.url(&base);
                prop_assert!(text.is_ascii() && !text.contains(|c: char| c.is_ascii_control() || c == ' '), "{}", text);
                let seen = url::Url::parse(&text).unwrap();
                prop_assert_eq!(seen.origin().ascii_serialization(), base.origin());
                prop_assert!(seen.fragment().is_none() && seen.username().is_empty());
                // What a browser sends is what we wrote: nothing was normalised away.
                prop_assert_eq!(seen.as_str(), text);
                let segments: Vec<_> = seen.path_segments().unwrap().map(decoded).collect();
                prop_assert_eq!(segments, [&prefix[..], &expected[..]].concat());
                let pairs: Vec<_> = seen.query_pairs().map(|(k, v)| (k.into_owned(), v.into_owned())).collect();
                let sent: Vec<_> = request.query.iter().map(|(k, v)| ((*k).to_owned(), v.clone())).collect();
                prop_assert_eq!(pairs, sent);
            }
        }

        #[test]
        fn a_query_string_decodes_to_what_went_in(
            prefix in option::of(text()),
            words in option::of(text()),
            labels in btree_map("[a-z]{1,9}(/[a-zA-Z0-9]{1,9})?", "([a-z0-9]{1,9})?", 0..4),
            order in option::of(prop::sample::select(vec![SortOrder::Ascending, SortOrder::Descending])),
            include_info in any::<bool>(),
            limit in any::<u32>(),
            cursor in text(),
        ) {
            let query = SecretQuery { prefix, text: words, labels, order, include_info };
            let cursor = Cursor::new(cursor);
            let workspace = WorkspaceId::parse("w").unwrap();
            let request = calls::list_secrets(&workspace, &query, limit, cursor.as_ref()).request;
            let seen = url::Url::parse(&request.url(&BaseUrl::parse("https://host").unwrap())).unwrap();
            let get = |name: &str| {
                let mut found = seen.query_pairs().filter(|(key, _)| key == name).map(|(_, value)| value.into_owned());
                (found.next(), found.next())
            };
            let once = |value: Option<&str>| (value.map(str::to_owned), None);
            prop_assert_eq!(get("limit"), once(Some(&limit.to_string())));
            prop_assert_eq!(get("cursor"), once(cursor.as_ref().map(Cursor::as_str)));
            prop_assert_eq!(get("prefix"), once(query.prefix.as_deref()));
            prop_assert_eq!(get("query"), once(query.text.as_deref()));
            prop_assert_eq!(get("bundleKey"), (None, None), "newer servers ignore it and would answer with everything");
            prop_assert_eq!(get("sortOrder"), once(query.order.map(SortOrder::as_str)));
            prop_assert_eq!(get("includeInfo"), once(query.include_info.then_some("true")));
            let labels = get("labels").0.map_or_else(Labels::new, |filter| label::from_filter(&filter).unwrap());
            prop_assert_eq!(labels, query.labels);
        }
    }
}
