//! Which other origins may call the API. Pages of its own origin need no permission.

use std::time::Duration;

use axum::http::{HeaderName, HeaderValue, Method, header};
use tower_http::cors::{AllowOrigin, CorsLayer};

use crate::StartError;
use crate::options::Options;

/// How long a browser may remember a preflight.
const PREFLIGHT: Duration = Duration::from_secs(600);

/// The header that asks for a fault.
pub(crate) const FAULT_HEADER: HeaderName = HeaderName::from_static("x-fault");

/// What pages of other origins may read of an answer, beside its status and body.
const EXPOSED: [HeaderName; 6] = [
    super::trace::REQUEST_ID,
    header::RETRY_AFTER,
    header::DATE,
    HeaderName::from_static("ratelimit-limit"),
    HeaderName::from_static("ratelimit-remaining"),
    HeaderName::from_static("ratelimit-reset"),
];

/// The layer for the configured origins; with none of them, no page of another origin may read anything.
///
/// # Errors
///
/// When an origin is not `scheme://host[:port]`, or `*` would open an API that other machines reach.
pub(crate) fn layer(options: &Options) -> Result<CorsLayer, StartError> {
    let mut allowed_headers = vec![header::AUTHORIZATION, header::CONTENT_TYPE];
    if options.faults {
        allowed_headers.push(FAULT_HEADER);
    }
    Ok(CorsLayer::new()
        .allow_origin(origins(options)?)
        .allow_methods([Method::GET, Method::POST, Method::PATCH, Method::DELETE])
        .allow_headers(allowed_headers)
        .expose_headers(EXPOSED)
        .max_age(PREFLIGHT))
}

/// Stands for the pages of every origin.
pub(crate) const ANY: &str = "*";

fn origins(options: &Options) -> Result<AllowOrigin, StartError> {
    if options.cors_origins.iter().any(|origin| origin == ANY) {
        return if options.listen.ip().is_loopback() {
            Ok(AllowOrigin::any())
        } else {
            Err(StartError::AnyOrigin)
        };
    }
    let mut origins = Vec::with_capacity(options.cors_origins.len());
    for text in &options.cors_origins {
        let wrong = || StartError::Origin(text.clone());
        // A base URL without a path is exactly an origin, written as browsers write it.
        let base = contract::BaseUrl::parse(text).map_err(|_| wrong())?;
        if base.as_str() != base.origin() {
            return Err(wrong());
        }
        origins.push(HeaderValue::from_str(base.origin()).map_err(|_| wrong())?);
    }
    Ok(AllowOrigin::list(origins))
}
