//! Performs faults.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;
use hyper::body::Frame;
use serde_json::{Value, json};
use tokio::time::Sleep;

use super::fault::{Fault, FaultKind};
use crate::connection::CloseConnection;
use crate::failure::Refusal;

/// The cursor that a first page is given by the fault of the same cursor. Calls with it always meet that fault.
pub(crate) const FIXED_CURSOR: &str = "the-same-cursor-again";

/// How long a call without an answer is held; longer than the deadline of the contract's clients, 60 s.
const NO_ANSWER: Duration = Duration::from_secs(70);

/// Between the half of a body and the end of its connection, so that the half arrives.
const BEFORE_CUT: Duration = Duration::from_millis(50);

/// Carries a call out with a fault.
pub(crate) async fn perform(fault: Fault, request: Request, next: Next) -> Response {
    if let Some(milliseconds) = fault.delay_ms {
        tokio::time::sleep(Duration::from_millis(milliseconds)).await;
    }
    match fault.effective_kind() {
        None => next.run(request).await,
        Some(FaultKind::Status) => status(&fault),
        Some(FaultKind::Html) => html(&fault),
        Some(FaultKind::CutBody) => cut(next.run(request).await).await,
        Some(FaultKind::SameCursor) => same_cursor(request, next).await,
        Some(FaultKind::NoAnswer) => {
            tokio::time::sleep(NO_ANSWER).await;
            close()
        }
        Some(FaultKind::CloseBeforeApply) => close(),
        Some(FaultKind::CloseAfterApply) => {
            // Its body is not waited for: by then the call is carried out.
            let _ = next.run(request).await;
            close()
        }
        Some(FaultKind::AddHeaders) => {
            let mut response = next.run(request).await;
            put_headers(&fault, &mut response);
            response
        }
    }
}

fn close() -> Response {
    let mut response = StatusCode::INTERNAL_SERVER_ERROR.into_response();
    response.extensions_mut().insert(CloseConnection);
    response
}

fn status(fault: &Fault) -> Response {
    let status = wanted_status(fault, StatusCode::SERVICE_UNAVAILABLE);
    let (text, media_type) = match &fault.body {
        Some(Value::String(text)) => (text.clone(), "text/plain; charset=utf-8"),
        Some(body) => (body.to_string(), "application/json"),
        None => {
            let message = format!("a fault on demand: {status}");
            let body = json!({"code": code_for(status), "message": message, "details": []});
            (body.to_string(), "application/json")
        }
    };
    respond(fault, status, text, media_type)
}

fn html(fault: &Fault) -> Response {
    let status = wanted_status(fault, StatusCode::BAD_GATEWAY);
    let page = format!("<!doctype html><title>{status}</title><h1>{status}</h1><p>A proxy was here.</p>\n");
    let text = match &fault.body {
        Some(Value::String(text)) => text.clone(),
        _ => page,
    };
    respond(fault, status, text, "text/html; charset=utf-8")
}

fn wanted_status(fault: &Fault, default: StatusCode) -> StatusCode {
    let asked = fault.status.and_then(|status| StatusCode::from_u16(status).ok());
    // Statuses below 200 announce another answer, which would never come.
    asked.filter(|status| !status.is_informational()).unwrap_or(default)
}

/// The gRPC code that goes with a status (api.md, Errors); 2, UNKNOWN, where none does.
fn code_for(status: StatusCode) -> i64 {
    match status.as_u16() {
        400 => 3,
        401 => 16,
        403 => 7,
        404 => 5,
        409 => 10,
        429 => 8,
        500 => 13,
        503 => 14,
        504 => 4,
        _ => 2,
    }
}

fn respond(fault: &Fault, status: StatusCode, text: String, media_type: &str) -> Response {
    let mut response = (status, text).into_response();
    let media_type = fault.content_type.as_deref().unwrap_or(media_type);
    put_header(&mut response, "content-type", media_type);
    put_headers(fault, &mut response);
    response
}

fn put_headers(fault: &Fault, response: &mut Response) {
    if let Some(value) = &fault.retry_after {
        put_header(response, "retry-after", value);
    }
    for (name, value) in &fault.headers {
        put_header(response, name, value);
    }
}

fn put_header(response: &mut Response, name: &str, value: &str) {
    let name = HeaderName::from_bytes(name.as_bytes());
    if let (Ok(name), Ok(value)) = (name, HeaderValue::from_str(value)) {
        response.headers_mut().insert(name, value);
    }
}

/// The answer with half of its body, announced as a whole one.
async fn cut(response: Response) -> Response {
    let (mut parts, body) = response.into_parts();
    let bytes = match body.collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) => return Refusal::internal(error).into_response(),
    };
    parts
        .headers
        .insert(header::CONTENT_LENGTH, HeaderValue::from(bytes.len()));
    let half = CutBody {
        half: Some(bytes.slice(..bytes.len() / 2)),
        pause: Box::pin(tokio::time::sleep(BEFORE_CUT)),
    };
    Response::from_parts(parts, Body::new(half))
}

/// Half of a body, a pause, and an error that closes the connection.
struct CutBody {
    half: Option<Bytes>,
    pause: Pin<Box<Sleep>>,
}

impl hyper::body::Body for CutBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(half) = self.half.take() {
            return Poll::Ready(Some(Ok(Frame::data(half))));
        }
        let cut = io::Error::from(io::ErrorKind::ConnectionAborted);
        self.pause.as_mut().poll(context).map(|()| Some(Err(cut)))
    }
}

/// Carries a list out and answers with the cursor that it was asked with.
async fn same_cursor(mut request: Request, next: Next) -> Response {
    let asked = cursor_of(request.uri());
    let fixed = asked.as_deref().is_none_or(|cursor| cursor == FIXED_CURSOR);
    if fixed && let Some(uri) = without_cursor(request.uri()) {
        // The server never made this cursor, so it answers with its first page again.
        *request.uri_mut() = uri;
    }
    let cursor = asked.unwrap_or_else(|| FIXED_CURSOR.to_owned());
    let (mut parts, body) = next.run(request).await.into_parts();
    let bytes = match body.collect().await {
        Ok(collected) => collected.to_bytes(),
        Err(error) => return Refusal::internal(error).into_response(),
    };
    let changed = serde_json::from_slice::<Value>(&bytes).ok().and_then(|mut answer| {
        let next_cursor = answer.get_mut("pagination")?.get_mut("nextCursor")?;
        *next_cursor = Value::String(cursor);
        Some(Bytes::from(answer.to_string()))
    });
    parts.headers.remove(header::CONTENT_LENGTH);
    // An answer that is no page, an error say, stays as it is.
    Response::from_parts(parts, Body::from(changed.unwrap_or(bytes)))
}

/// The cursor that a call came with, percent-decoded.
pub(crate) fn cursor_of(uri: &Uri) -> Option<String> {
    let raw = uri.query()?.split('&').find_map(|pair| pair.strip_prefix("cursor="))?;
    let text = percent_encoding::percent_decode_str(raw).decode_utf8().ok()?;
    (!text.is_empty()).then(|| text.into_owned())
}

fn without_cursor(uri: &Uri) -> Option<Uri> {
    let kept: Vec<&str> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.starts_with("cursor="))
        .collect();
    format!("{}?{}", uri.path(), kept.join("&")).parse().ok()
}
