//! `/openapi.json`: the document of this API, generated from its handlers.

use axum::Json;
use contract::{Profile, Workspace, WorkspaceMember, WorkspaceSecret};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::openapi::path::Operation;
use utoipa::openapi::schema::{AdditionalProperties, ObjectBuilder, SchemaType, Type};
use utoipa::openapi::security::{Http, HttpAuthScheme, SecurityScheme};
use utoipa::openapi::{Content, OpenApi, Ref, ResponseBuilder, SecurityRequirement};
use utoipa::{IntoParams, ToSchema};

use crate::failure::{BadRequestDetail, StatusBody};

/// An answer that says nothing.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Empty {}

/// Who the key belongs to, in the one form that the official SDK reads: a profile under `profile`.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct Identity {
    /// The profile.
    pub(crate) profile: Profile,
}

/// Where the next page starts.
#[derive(ToSchema)]
#[schema(rename_all = "camelCase")]
#[expect(dead_code, reason = "describes what contract::Page writes")]
pub(crate) struct Pagination {
    /// Opaque; empty after the last page.
    next_cursor: String,
}

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident of $item:ty;)*) => {$(
        $(#[$doc])*
        #[derive(ToSchema)]
        #[expect(dead_code, reason = "describes what contract::Page writes")]
        pub(crate) struct $name {
            /// What is on the page.
            items: Vec<$item>,
            /// Where the next page starts.
            pagination: Pagination,
        }
    )*};
}

pages! {
    /// A page of secrets.
    SecretPage of WorkspaceSecret;
    /// A page of workspaces.
    WorkspacePage of Workspace;
    /// A page of members.
    MemberPage of WorkspaceMember;
    /// A page of profiles.
    ProfilePage of Profile;
}

macro_rules! in_path {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident),+ })*) => {$(
        $(#[$doc])*
        #[derive(IntoParams)]
        #[into_params(parameter_in = Path, rename_all = "camelCase")]
        #[expect(dead_code, reason = "describes parameters that request::PathIds reads")]
        pub(crate) struct $name {
            $($(#[$field_doc])* $field: String,)+
        }
    )*};
}

in_path! {
    /// A workspace.
    WorkspaceInPath {
        /// The id of a workspace.
        workspace_id
    }
    /// A secret.
    SecretInPath {
        /// The id of a workspace.
        workspace_id,
        /// The id of a secret.
        id
    }
    /// A member.
    MemberInPath {
        /// The id of a workspace.
        workspace_id,
        /// The id of a profile.
        profile_id
    }
}

macro_rules! queries {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $kind:ty),* $(,)? })*) => {$(
        $(#[$doc])*
        #[derive(IntoParams)]
        #[into_params(parameter_in = Query, rename_all = "camelCase")]
        #[expect(dead_code, reason = "describes parameters that request::Parameters reads")]
        pub(crate) struct $name {
            /// The size of the page; 50 where absent.
            #[param(minimum = 1, maximum = 1000)]
            limit: Option<u32>,
            /// `nextCursor` of the page before, with the same query.
            cursor: Option<String>,
            $($(#[$attribute])* $field: Option<$kind>,)*
        }
    )*};
}

/// The order of a list.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase")]
#[expect(dead_code, reason = "describes a parameter that request::Parameters reads")]
pub(crate) enum Order {
    /// Oldest first.
    Asc,
    /// Newest first.
    Desc,
}

queries! {
    /// A list without filters.
    PageQuery {}
    /// Which secrets.
    SecretListQuery {
        /// Only names that start with this text; case counts.
        prefix: String,
        /// Only where the name or the external ID holds this text; case does not count.
        query: String,
        /// Comma-separated `key=value`; all must match exactly.
        #[param(schema_with = label_filter_schema)]
        labels: String,
        /// Only what this bundle owns.
        bundle_key: String,
        /// By the time of creation.
        #[param(inline)]
        sort_order: Order,
        /// Whether to fill `info`.
        include_info: bool,
    }
    /// Which of my workspaces.
    WorkspaceListQuery {
        /// By the time of creation.
        #[param(inline)]
        sort_order: Order,
        /// Whether to fill `info`.
        include_info: bool,
        /// Comma-separated `key=value`; all must match exactly.
        #[param(schema_with = label_filter_schema)]
        labels: String,
    }
    /// Which workspaces of the account.
    AccountWorkspaceListQuery {
        /// Whether to list archived ones too.
        include_archived: bool,
        /// Comma-separated `key=value`; all must match exactly.
        #[param(schema_with = label_filter_schema)]
        labels: String,
    }
    /// Which profiles.
    ProfileListQuery {
        /// Only where the name or the email address holds this text; case does not count.
        query: String,
        /// Comma-separated `key=value`; all must match exactly.
        #[param(schema_with = label_filter_schema)]
        labels: String,
    }
}

const LABEL_KEY: &str = concat!(
    r"^(?=[^/]{1,253}/|[^/]+$)([a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*/)?",
    r"[A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$"
);
const LABEL_VALUE: &str = r"^([A-Za-z0-9]([A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?)?$";
const LABEL_FILTER: &str = r"^([A-Za-z0-9][A-Za-z0-9_.-]{0,20}[A-Za-z0-9]=[A-Za-z0-9]{0,20})?$";

/// The label rule of api.md, as a schema; absent labels may be `null`.
pub(crate) fn labels_schema() -> utoipa::openapi::schema::Object {
    let text = |pattern: &str| {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .pattern(Some(pattern))
            .build()
    };
    ObjectBuilder::new()
        .schema_type(SchemaType::from_iter([Type::Object, Type::Null]))
        .property_names(Some(text(LABEL_KEY)))
        .additional_properties(Some(AdditionalProperties::RefOr(text(LABEL_VALUE).into())))
        .max_properties(Some(64))
        .build()
}

fn label_filter_schema() -> utoipa::openapi::schema::Object {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .pattern(Some(LABEL_FILTER))
        .build()
}

/// What every operation can answer beside its success, and what it means (api.md, Errors).
const FAILURES: [(&str, &str); 8] = [
    ("400", "A bad field, or a workspace that is archived or disabled"),
    ("401", "The key is missing, wrong or disabled"),
    (
        "403",
        "The key lacks a scope, or the Host header is not of this machine",
    ),
    ("404", "Gone, or never there"),
    ("405", "The path has no such method"),
    ("429", "Too many requests (only on demand)"),
    ("500", "The server failed"),
    ("503", "The server cannot answer now (only on demand)"),
];

/// What operations with a body can answer too.
const BODY_FAILURES: [(&str, &str); 3] = [
    ("409", "The name is taken"),
    ("413", "The body is larger than 1 MiB"),
    ("415", "The body is not application/json"),
];

const SCHEME: &str = "apiKey";

/// Completes the document that the handlers make: errors, security, what it is.
pub(crate) fn complete(mut document: OpenApi) -> Value {
    document.info.title = "Local API".to_owned();
    document.info.description = Some("The workspaces and secrets of Cadenya, for development, tests and demos.".into());
    let components = document.components.get_or_insert_default();
    for (name, schema) in [
        (StatusBody::name(), <StatusBody as utoipa::PartialSchema>::schema()),
        (
            BadRequestDetail::name(),
            <BadRequestDetail as utoipa::PartialSchema>::schema(),
        ),
        (
            contract::FieldViolation::name(),
            <contract::FieldViolation as utoipa::PartialSchema>::schema(),
        ),
    ] {
        components.schemas.insert(name.into_owned(), schema);
    }
    let scheme = SecurityScheme::Http(Http::new(HttpAuthScheme::Bearer));
    components.security_schemes.insert(SCHEME.to_owned(), scheme.into());
    document.security = Some(vec![SecurityRequirement::new::<_, _, String>(SCHEME, [])]);
    for item in document.paths.paths.values_mut() {
        let operations = [&mut item.get, &mut item.post, &mut item.patch, &mut item.delete];
        for operation in operations.into_iter().flatten() {
            document_failures(operation);
        }
    }
    let mut document = serde_json::to_value(document).unwrap_or_else(|_| json!({}));
    // utoipa writes 3.2, whose documents are those of 3.1 as long as they use nothing of what is new in it. This one
    // does not, and the tools that read it know 3.1.
    document["openapi"] = json!("3.1.0");
    document
}

fn document_failures(operation: &mut Operation) {
    let body_failures: &[_] = if operation.request_body.is_some() {
        &BODY_FAILURES
    } else {
        &[]
    };
    for (status, description) in FAILURES.iter().chain(body_failures) {
        let content = Content::new(Some(Ref::from_schema_name("Status")));
        let response = ResponseBuilder::new()
            .description(*description)
            .content("application/json", content)
            .build();
        operation
            .responses
            .responses
            .insert((*status).to_owned(), response.into());
    }
}

/// The document, made once.
pub(crate) fn handler(document: Value) -> axum::routing::MethodRouter<crate::service::Service> {
    axum::routing::get(move || async move { Json(document) })
}
