//! JSON bodies.

use std::convert::Infallible;

use axum::body::Body;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use contract::Code;
use http_body_util::BodyExt;
use serde::de::DeserializeOwned;

use crate::failure::Refusal;

/// The largest body, in bytes.
pub(crate) const LONGEST_BODY: usize = 1024 * 1024;

/// How much of a body that is too large is read and discarded. If the connection closed while the client still sends,
/// the client would see a lost connection instead of the answer.
const DISCARDED: usize = 16 * LONGEST_BODY;

/// A body that is not read yet: the scope of the key is checked before errors in the body are reported.
pub(crate) struct UnreadBody(Request);

impl<S: Send + Sync> FromRequest<S> for UnreadBody {
    type Rejection = Infallible;

    async fn from_request(request: Request, _: &S) -> Result<Self, Infallible> {
        Ok(Self(request))
    }
}

impl UnreadBody {
    /// Reads it as JSON.
    pub(crate) async fn json<T: DeserializeOwned>(self) -> Result<T, Refusal> {
        let is_json = is_json(self.0.headers());
        let bytes = read(self.0.into_body()).await?;
        if !is_json {
            return Err(Refusal::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                Code::InvalidArgument,
                "the body must be sent as application/json",
            ));
        }
        decode(&bytes)
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let Some(text) = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    let media_type = text.split(';').next().unwrap_or_default().trim();
    media_type.eq_ignore_ascii_case("application/json")
}

async fn read(mut body: Body) -> Result<Vec<u8>, Refusal> {
    let mut bytes = Vec::new();
    let mut seen = 0_usize;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Refusal::unreadable("the body ended early"))?;
        let Some(data) = frame.data_ref() else { continue };
        seen = seen.saturating_add(data.len());
        if seen <= LONGEST_BODY {
            bytes.extend_from_slice(data);
        } else if seen > DISCARDED {
            break;
        }
    }
    if seen > LONGEST_BODY {
        return Err(Refusal::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            Code::InvalidArgument,
            "the body is larger than 1 MiB",
        ));
    }
    Ok(bytes)
}

/// Parses JSON. Errors name the field, never its content, which may be a value.
fn decode<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Refusal> {
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let outcome = serde_path_to_error::deserialize(&mut deserializer);
    let ended = deserializer.end();
    match outcome {
        Ok(body) if ended.is_ok() => Ok(body),
        Ok(_) => Err(Refusal::unreadable("the body goes on after its JSON")),
        Err(error) if error.inner().is_data() => {
            let path = error.path().to_string();
            // Errors inside the labels are reported at the labels.
            let field = if path.starts_with("metadata.labels") {
                "metadata.labels"
            } else {
                &path
            };
            Err(match field {
                "." | "" | "?" => Refusal::unreadable("the body must be a JSON object"),
                field => Refusal::field(field, "has the wrong type"),
            })
        }
        Err(error) => {
            let (line, column) = (error.inner().line(), error.inner().column());
            Err(Refusal::unreadable(format!(
                "the body is not valid JSON: line {line}, column {column}"
            )))
        }
    }
}
