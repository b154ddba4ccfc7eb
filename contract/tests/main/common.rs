//! What the contract's tests share: whole answers as the API writes them, and makers of arbitrary ones.

use contract::{
    AccountResourceMetadata, Answer, Labels, ProfileId, ResourceMetadata, SecretId, Timestamp, WorkspaceId,
};
use proptest::collection::btree_map;
use proptest::option;
use proptest::prelude::*;
use serde_json::{Value, json};

/// A profile with every field that the contract names.
pub(crate) fn full_profile() -> Value {
    json!({
        "metadata": {
            "id": "profile_01", "accountId": "account_01", "name": "Ada", "profileId": "profile_00",
            "externalId": "hr-1", "labels": {"team": "platform"}, "createdAt": "2026-01-02T03:04:05Z"
        },
        "spec": {"type": "PROFILE_TYPE_USER", "email": "ada@example.com", "name": "Ada Lovelace"}
    })
}

/// A secret with every field that the contract names.
pub(crate) fn full_secret() -> Value {
    json!({
        "metadata": {
            "id": "secret_01", "accountId": "account_01", "workspaceId": "workspace_01", "name": "DATABASE_URL",
            "profileId": "profile_01", "externalId": "vault-7", "labels": {"env": "prod", "example.com/team": ""},
            "bundleKey": "billing", "createdAt": "2026-01-02T03:04:05Z", "updatedAt": "2026-02-03T04:05:06.789+02:00"
        },
        "spec": {"value": "postgres://user:hunter2@host/db"},
        "info": {"createdBy": full_profile(), "lastUsedAt": "2026-03-04T05:06:07Z"}
    })
}

/// A workspace with every field that the contract names.
pub(crate) fn full_workspace() -> Value {
    json!({
        "metadata": {
            "id": "workspace_01", "accountId": "account_01", "name": "Production", "profileId": "profile_01",
            "externalId": "w-1", "labels": {"tier": "1"}, "createdAt": "2026-01-02T03:04:05Z"
        },
        "spec": {"description": "What customers use"},
        "status": "STATUS_ENABLED",
        "info": {
            "totalAgents": 1, "totalAgentVariations": "2", "totalAvailableTools": 3, "totalMemoryEntries": "4000000000000"
        }
    })
}

/// A member with every field that the contract names.
pub(crate) fn full_member() -> Value {
    json!({
        "profileId": "profile_01", "actorId": "actor_01", "name": "Ada", "email": "ada@example.com",
        "addedAt": "2026-01-02T03:04:05Z"
    })
}

/// A page of the items, with a cursor after it.
pub(crate) fn page_of(items: &[Value]) -> Value {
    json!({"items": items, "pagination": {"nextCursor": "cursor-2"}})
}

/// An error with every part that the contract names.
pub(crate) fn full_status() -> Value {
    json!({
        "code": 3,
        "message": "the name is taken",
        "details": [
            {"@type": "type.googleapis.com/google.rpc.RequestInfo", "requestId": "req-1"},
            {
                "@type": "type.googleapis.com/google.rpc.BadRequest",
                "fieldViolations": [{"field": "metadata.name", "description": "too long"}]
            }
        ]
    })
}

/// Text of any script, with what JSON has to escape among it.
pub(crate) fn text() -> impl Strategy<Value = String> {
    prop_oneof!["[a-zA-Z0-9 ._-]{0,20}", "\\PC{0,12}", any::<String>()]
}

/// Any labels, the label rule's or not: a server's labels are shown as they are.
pub(crate) fn labels() -> impl Strategy<Value = Labels> {
    btree_map(text(), text(), 0..5)
}

fn present_text() -> impl Strategy<Value = Option<String>> {
    option::of(text().prop_filter("an empty text is absent", |text| !text.is_empty()))
}

fn instant() -> impl Strategy<Value = Option<Timestamp>> {
    // The years that RFC 3339 can write.
    option::of((-62_167_219_200_i64..253_402_300_800, 0_u32..1_000_000_000))
        .prop_map(|parts| parts.and_then(|(seconds, nanos)| Timestamp::from_timestamp(seconds, nanos)))
}

/// A text that can be an id.
pub(crate) fn id_text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[a-z]{1,9}_[0-9A-Z]{26}",
        4 => any::<String>(),
        // What a careless client would let out of its segment.
        2 => "[./%2eEfF?#&=;:@\\\\ +\\r\\n\\t~*'()-]{1,9}",
        1 => prop::sample::select(vec!["...", "%2e", "%2e%2e", "../..", "a/../b", "?", "#", "..%2f", "\\..\\", "//host"])
            .prop_map(str::to_owned),
    ]
    .prop_filter("no request could address it", |text| SecretId::parse(text.as_str()).is_ok())
}

prop_compose! {
    /// Metadata of any secret.
    pub(crate) fn resource_metadata()(
        ids in (id_text(), option::of(id_text()), option::of(id_text())),
        texts in (text(), text(), present_text(), present_text()),
        labels in labels(),
        times in (instant(), instant()),
    ) -> ResourceMetadata {
        ResourceMetadata {
            id: SecretId::parse(ids.0).unwrap(),
            workspace_id: ids.1.map(|id| WorkspaceId::parse(id).unwrap()),
            profile_id: ids.2.map(|id| ProfileId::parse(id).unwrap()),
            account_id: texts.0,
            name: texts.1,
            external_id: texts.2,
            bundle_key: texts.3,
            labels,
            created_at: times.0,
            updated_at: times.1,
        }
    }
}

prop_compose! {
    /// Metadata of any workspace.
    pub(crate) fn workspace_metadata()(
        ids in (id_text(), option::of(id_text())),
        texts in (text(), text(), present_text()),
        labels in labels(),
        created_at in instant(),
    ) -> AccountResourceMetadata<WorkspaceId> {
        AccountResourceMetadata {
            id: WorkspaceId::parse(ids.0).unwrap(),
            profile_id: ids.1.map(|id| ProfileId::parse(id).unwrap()),
            account_id: texts.0,
            name: texts.1,
            external_id: texts.2,
            labels,
            created_at,
        }
    }
}

/// Decodes a body that must be decodable.
pub(crate) fn decoded<T: Answer>(body: &Value) -> T {
    T::decode(&serde_json::to_vec(body).unwrap()).unwrap_or_else(|error| panic!("{error} in {body}"))
}

/// An instant.
pub(crate) fn at(text: &str) -> Option<Timestamp> {
    Some(text.parse().unwrap())
}

/// The body with each optional field named by a pointer set to the same thing, or taken away.
pub(crate) fn with_each(body: &Value, pointers: &[&str], replacement: Option<&Value>) -> Value {
    let mut body = body.clone();
    for pointer in pointers {
        let (parent, field) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap().as_object_mut().unwrap();
        match replacement {
            Some(value) => parent.insert(field.to_owned(), value.clone()),
            None => parent.remove(field),
        };
    }
    body
}

/// The body with an unknown field of every JSON kind in each of its objects.
pub(crate) fn with_unknown_fields(body: &Value) -> Value {
    match body {
        Value::Object(fields) => {
            let known = fields.iter().filter(|(name, _)| *name != "labels");
            let mut all: serde_json::Map<_, _> = known
                .map(|(name, value)| (name.clone(), with_unknown_fields(value)))
                .collect();
            all.extend(fields.get("labels").map(|labels| ("labels".to_owned(), labels.clone())));
            for (index, value) in [
                json!(null),
                json!(1.5),
                json!("x"),
                json!([{}]),
                json!({"a": 1}),
                json!(true),
            ]
            .into_iter()
            .enumerate()
            {
                all.insert(format!("fromTheFuture{index}"), value);
            }
            Value::Object(all)
        }
        Value::Array(items) => items.iter().map(with_unknown_fields).collect(),
        other => other.clone(),
    }
}
