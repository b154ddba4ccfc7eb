//! The routes, and what every request passes through.

use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Router, middleware};
use contract::Code;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::failure::Refusal;
use crate::handlers::{account, members, secrets, workspaces};
use crate::layers::{host, trace};
use crate::service::Service;
use crate::{faults, files, openapi};

/// The whole API as one service: routes, faults, CORS, the site.
pub fn app(service: Service) -> Router {
    let (router, document) = OpenApiRouter::<Service>::new()
        .routes(routes!(secrets::list, secrets::create))
        .routes(routes!(secrets::read, secrets::update, secrets::delete))
        .routes(routes!(account::whoami))
        .routes(routes!(account::profiles_list))
        .routes(routes!(workspaces::list_mine))
        .routes(routes!(workspaces::list_all, workspaces::create))
        .routes(routes!(workspaces::read, workspaces::update, workspaces::archive))
        .routes(routes!(members::list, members::add))
        .routes(routes!(members::remove))
        .split_for_parts();
    let mut router = router.route("/openapi.json", openapi::handler(openapi::complete(document)));
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

/// gRPC's UNIMPLEMENTED, which is what a gateway in front of gRPC answers for a method that a path does not have.
const UNIMPLEMENTED: Code = Code::Other(12);

async fn wrong_method(request: Request) -> Response {
    let message = format!("the path has no method {}", request.method());
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, UNIMPLEMENTED, message).into_response()
}
