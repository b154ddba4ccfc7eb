//! `contract/openapi.yaml`, as the server serves it. What the answers look like is tested with schemathesis.

use std::collections::BTreeSet;

use contract::calls::{self, AccountWorkspaceQuery, NewMember, ProfileQuery, SecretQuery};
use contract::{
    MetadataFields, ProfileId, Request, SecretId, SecretUpdate, ToolSetId, ValueChange, WorkspaceFields, WorkspaceId,
    WorkspaceUpdate,
};
use serde_json::Value;

use crate::common::{Api, options};

/// Every call of the contract; each id is the name of its path parameter.
fn every_call() -> Vec<Request> {
    let workspace = WorkspaceId::parse("workspaceId").unwrap();
    let secret = SecretId::parse("id").unwrap();
    let profile = ProfileId::parse("profileId").unwrap();
    let tool_set = ToolSetId::parse("id").unwrap();
    let renamed = MetadataFields {
        name: "A".to_owned(),
        ..MetadataFields::default()
    };
    let update = SecretUpdate::between(&MetadataFields::default(), &renamed, ValueChange::Keep).unwrap();
    let mut renamed_workspace = WorkspaceFields::default();
    "A".clone_into(&mut renamed_workspace.metadata.name);
    let workspace_update = WorkspaceUpdate::between(&WorkspaceFields::default(), &renamed_workspace).unwrap();
    vec![
        calls::who_am_i().request,
        calls::search_profiles(&ProfileQuery::default(), 1, None).request,
        calls::list_workspaces(1, None).request,
        calls::list_account_workspaces(&AccountWorkspaceQuery::default(), 1, None).request,
        calls::create_workspace(&renamed_workspace).request,
        calls::read_workspace(&workspace).request,
        calls::update_workspace(&workspace, &workspace_update).request,
        calls::archive_workspace(&workspace).request,
        calls::list_members(&workspace, 1, None).request,
        calls::add_member(&workspace, &NewMember::ProfileId(profile.clone())).request,
        calls::remove_member(&workspace, &profile).request,
        calls::list_secrets(&workspace, &SecretQuery::default(), 1, None).request,
        calls::create_secret(&workspace, &renamed, None).request,
        calls::read_secret(&workspace, &secret).request,
        calls::update_secret(&workspace, &secret, &update).request,
        calls::delete_secret(&workspace, &secret).request,
        calls::list_tool_sets(&workspace, None, 1, None).request,
        calls::list_tools(&workspace, &tool_set, 1, None).request,
        calls::list_tool_set_usage(&workspace, &tool_set, 1, None).request,
    ]
}

/// The operations of the document, as `GET /v1/workspaces`, without the braces of path parameters.
fn operations(document: &Value) -> BTreeSet<String> {
    let mut operations = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for method in item.as_object().unwrap().keys().filter(|key| *key != "parameters") {
            let path = path.replace(['{', '}'], "");
            operations.insert(format!("{} {path}", method.to_uppercase()));
        }
    }
    operations
}

#[tokio::test]
async fn the_document_the_contract_and_the_routes_have_the_same_calls() {
    let api = Api::open(&options()).with_key(None);
    let document = api.get("/openapi.json").await.ok();
    assert_eq!(document["openapi"], "3.1.0");
    let described = operations(&document);
    let calls: BTreeSet<String> = every_call()
        .iter()
        .map(|request| format!("{} {}", request.method.as_str(), request.path))
        .collect();
    assert_eq!(described, calls);
    for operation in described {
        let (method, path) = operation.split_once(' ').unwrap();
        // A route asks for the key; without one, the path or its method would be unknown.
        api.call(method, path, None).await.refused(401, 16);
    }
}

#[tokio::test]
async fn every_reference_of_the_document_leads_somewhere() {
    fn references<'a>(node: &'a Value, found: &mut BTreeSet<&'a str>) {
        match node {
            Value::Object(fields) => {
                for (name, field) in fields {
                    match field {
                        Value::String(text) if name == "$ref" => {
                            found.insert(text);
                        }
                        field => references(field, found),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = Api::open(&options()).get("/openapi.json").await.ok();
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    for kind in ["parameters", "responses", "schemas"] {
        for name in document["components"][kind].as_object().unwrap().keys() {
            let reference = format!("#/components/{kind}/{name}");
            assert!(found.contains(reference.as_str()), "{reference} is not used");
        }
    }
    for reference in found {
        assert!(document.pointer(&reference[1..]).is_some(), "{reference}");
    }
}
