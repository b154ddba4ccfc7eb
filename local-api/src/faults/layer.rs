//! Applies faults to calls.

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::header;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, Limited};

use super::fault::{Fault, FaultKind};
use super::perform::{FIXED_CURSOR, cursor_of, perform};
use super::requests::{Seen, headers, masked};
use crate::connection::CloseConnection;
use crate::failure::Refusal;
use crate::layers::cors::FAULT_HEADER;
use crate::request::LONGEST_BODY;
use crate::service::Service;

/// How much of a body is held to be looked at. What is longer could not be carried out anyway.
const HELD: usize = 32 * LONGEST_BODY;

/// Notes each call of the API and carries out the fault that it meets. Requests for files are not noted.
pub(crate) async fn layer(State(service): State<Service>, request: Request, next: Next) -> Response {
    let Some(faults) = service.faults() else {
        return next.run(request).await;
    };
    if !request.uri().path().starts_with("/v1/") {
        return match faults.take_for_file(request.method().as_str(), request.uri().path()) {
            Some(fault) => perform(fault, request, next).await,
            None => next.run(request).await,
        };
    }
    let (parts, body) = request.into_parts();
    let bytes = match Limited::new(body, HELD).collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(_) => return Refusal::unreadable("the body could not be read").into_response(),
    };
    let asked = match parts.headers.get(FAULT_HEADER).map(|value| value.to_str()) {
        None => None,
        Some(Ok(text)) => match Fault::from_header(text) {
            Ok(fault) => Some(fault),
            Err(why) => return Refusal::field("x-fault", why).into_response(),
        },
        Some(Err(_)) => return Refusal::field("x-fault", "is not text").into_response(),
    };
    let repeats = cursor_of(&parts.uri).is_some_and(|cursor| cursor == FIXED_CURSOR);
    let fault = asked
        .or_else(|| faults.take(parts.method.as_str(), parts.uri.path(), parts.uri.query()))
        .or_else(|| repeats.then(same_cursor));
    let number = faults.with_requests(|log| {
        log.add(Seen {
            number: 0,
            method: parts.method.to_string(),
            path: parts.uri.path().to_owned(),
            query: parts.uri.query().map(str::to_owned),
            has_key: parts.headers.contains_key(header::AUTHORIZATION),
            headers: headers(&parts.headers),
            body: masked(&bytes),
            fault: fault.as_ref().map(name),
            status: None,
        })
    });
    let request = Request::from_parts(parts, Body::from(bytes));
    let response = match fault {
        Some(fault) => perform(fault, request, next).await,
        None => next.run(request).await,
    };
    if response.extensions().get::<CloseConnection>().is_none() {
        faults.with_requests(|log| log.answered(number, response.status().as_u16()));
    }
    response
}

fn same_cursor() -> Fault {
    Fault {
        kind: Some(FaultKind::SameCursor),
        ..Fault::default()
    }
}

fn name(fault: &Fault) -> String {
    let kind = fault.effective_kind().and_then(|kind| serde_json::to_value(kind).ok());
    kind.as_ref()
        .and_then(|kind| kind.as_str())
        .unwrap_or("delay")
        .to_owned()
}
