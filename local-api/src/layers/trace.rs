//! A name for each request, and a line for it where lines are wanted.

use std::time::Instant;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::service::Service;
use crate::{identifiers, log};

/// The header that names a request in its answer.
pub(crate) const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Adds `x-request-id` and `cache-control` to every answer and, with `--verbose`, logs method, path, status and duration: no query, header
/// or body.
pub(crate) async fn trace(State(service): State<Service>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let called = service
        .settings()
        .verbose
        .then(|| (request.method().clone(), request.uri().path().to_owned()));
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    // Files of the site bring their own; nothing else may be kept by anyone.
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-store"));
    headers
        .entry(header::X_CONTENT_TYPE_OPTIONS)
        .or_insert(HeaderValue::from_static("nosniff"));
    // Without randomness nothing else works either; an answer without a name is then the least of the trouble.
    let id = identifiers::ulid().ok().map(|id| id.to_string());
    if let Some(id) = id.and_then(|id| HeaderValue::from_str(&id).ok()) {
        headers.insert(REQUEST_ID, id);
    }
    if let Some((method, path)) = called {
        let milliseconds = started.elapsed().as_secs_f64() * 1_000.0;
        let status = response.status().as_u16();
        log::line(&format!("{method} {path} {status} {milliseconds:.1} ms"));
    }
    response
}
