//! The routes and the layers of every request.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{delete, get};
use axum::{Json, Router, middleware};
use contract::Code;
use serde_json::Value;

use crate::failure::Refusal;
use crate::handlers::{account, members, secrets, tools, workspaces};
use crate::layers::{host, trace};
use crate::service::Service;
use crate::{faults, files};

/// The handwritten description of the API. A test compares it with the routes; schemathesis tests the answers.
const DESCRIPTION: &str = include_str!("../../contract/openapi.yaml");

/// The whole API as one service: routes, faults, CORS, the site.
pub fn app(service: Service) -> Router {
    let mut router = Router::new()
        .route("/openapi.json", get(description))
        .route("/v1/whoami", get(account::whoami))
        .route("/v1/account/profiles", get(account::profiles_list))
        .route("/v1/workspaces", get(workspaces::list_mine))
        .route(
            "/v1/account/workspaces",
            get(workspaces::list_all).post(workspaces::create),
        )
        .route(
            "/v1/account/workspaces/{workspaceId}",
            get(workspaces::read)
                .patch(workspaces::update)
                .delete(workspaces::archive),
        )
        .route(
            "/v1/account/workspaces/{workspaceId}/members",
            get(members::list).post(members::add),
        )
        .route(
            "/v1/account/workspaces/{workspaceId}/members/{profileId}",
            delete(members::remove),
        )
        .route(
            "/v1/workspaces/{workspaceId}/workspace_secrets",
            get(secrets::list).post(secrets::create),
        )
        .route(
            "/v1/workspaces/{workspaceId}/workspace_secrets/{id}",
            get(secrets::read).patch(secrets::update).delete(secrets::delete),
        )
        .route("/v1/workspaces/{workspaceId}/tool_sets", get(tools::list_sets))
        .route(
            "/v1/workspaces/{workspaceId}/tool_sets/{id}/tools",
            get(tools::list_tools),
        )
        .route(
            "/v1/workspaces/{workspaceId}/tool_sets/{id}/usage",
            get(tools::list_usage),
        );
    if service.faults().is_some() {
        router = router.merge(faults::routes());
    }
    router = router.fallback(files::serve).method_not_allowed_fallback(wrong_method);
    if service.faults().is_some() {
        router = router.layer(middleware::from_fn_with_state(service.clone(), faults::layer));
    }
    router
        .layer(service.settings().cors.clone())
        .layer(middleware::from_fn_with_state(service.clone(), host::check))
        .layer(middleware::from_fn_with_state(service.clone(), trace::trace))
        .with_state(service)
}

/// The description as JSON. Needs no key.
async fn description() -> Result<Json<Value>, Refusal> {
    yaml_serde::from_str(DESCRIPTION).map(Json).map_err(Refusal::internal)
}

/// gRPC's UNIMPLEMENTED, which is what a gateway in front of gRPC answers for a method that a path does not have.
const UNIMPLEMENTED: Code = Code::Other(12);

async fn wrong_method(request: Request) -> Response {
    let message = format!("the path has no method {}", request.method());
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, UNIMPLEMENTED, message).into_response()
}
