//! The built console, served on the origin of the API with the headers of production.

use std::io;
use std::path::{Component, Path, PathBuf};
use std::time::UNIX_EPOCH;

use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;

use crate::StartError;
use crate::failure::Refusal;
use crate::service::Service;

/// What `/config.json` says where no file was given: the API is on this origin.
const OWN_CONFIG: &str = r#"{"servers": [{"name": "Local API", "apiBaseUrl": "/"}]}"#;

/// The folder that is served, and the configuration that is served with it.
pub(crate) struct Site {
    folder: PathBuf,
    config_text: String,
    config: site::Config,
}

/// A file of the site, ready to be sent.
struct Found {
    bytes: Vec<u8>,
    tag: String,
    is_brotli: bool,
}

impl Site {
    pub(crate) fn open(folder: &Path, config: Option<&Path>) -> Result<Self, StartError> {
        let folder = folder.canonicalize().map_err(|error| StartError::file(folder, error))?;
        let config_text = match config {
            Some(path) => std::fs::read_to_string(path).map_err(|error| StartError::file(path, error))?,
            None => OWN_CONFIG.to_owned(),
        };
        let config = site::Config::parse(&config_text)?;
        Ok(Self {
            folder,
            config_text,
            config,
        })
    }

    /// The file for a path, if it is one and lies inside the folder once every link is followed.
    fn file(&self, path: &str) -> Option<PathBuf> {
        let decoded = percent_decode_str(path.trim_start_matches('/')).decode_utf8().ok()?;
        let relative = Path::new(decoded.as_ref());
        if decoded.contains('\0') || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return None;
        }
        let file = self.folder.join(relative).canonicalize().ok()?;
        (file.starts_with(&self.folder) && file.is_file()).then_some(file)
    }

    fn read(&self, path: &str, accepts_brotli: bool) -> Option<Found> {
        let file = self.file(path)?;
        if accepts_brotli && let Some(packed) = self.file(&format!("{path}.br")) {
            return Found::read(&packed, true).ok();
        }
        Found::read(&file, false).ok()
    }
}

impl Found {
    fn read(file: &Path, is_brotli: bool) -> io::Result<Self> {
        let bytes = std::fs::read(file)?;
        let modified = file.metadata()?.modified()?;
        let nanoseconds = modified.duration_since(UNIX_EPOCH).unwrap_or_default().as_nanos();
        let tag = format!("\"{:x}-{nanoseconds:x}\"", bytes.len());
        Ok(Self { bytes, tag, is_brotli })
    }
}

/// The fallback route: a file of the site, the document for an address of the console, or 404.
pub(crate) async fn serve(State(service): State<Service>, request: Request) -> Response {
    let path = request.uri().path().to_owned();
    let is_api = path == "/v1" || path.starts_with("/v1/") || path.starts_with("/_test/");
    if service.site().is_none() || is_api {
        return Refusal::not_found("this path was").into_response();
    }
    if request.method() != Method::GET && request.method() != Method::HEAD {
        let allow = [(header::ALLOW, "GET, HEAD")];
        return (StatusCode::METHOD_NOT_ALLOWED, allow, "method not allowed\n").into_response();
    }
    let headers = request.headers().clone();
    let answering = tokio::task::spawn_blocking(move || match service.site() {
        Some(site) => answer(site, &path, &headers),
        None => StatusCode::NOT_FOUND.into_response(),
    });
    match answering.await {
        Ok(response) => response,
        Err(error) => Refusal::internal(error).into_response(),
    }
}

fn answer(site: &Site, path: &str, headers: &HeaderMap) -> Response {
    if path == site::CONFIG {
        return respond(site, path, site::CONFIG, site.config_text.clone().into());
    }
    let name = if path == "/" { site::INDEX } else { path };
    let accepts_brotli = accepts_brotli(headers);
    let (name, found) = match site.read(name, accepts_brotli) {
        Some(found) => (name, Some(found)),
        None if site::is_navigation(path) => (site::INDEX, site.read(site::INDEX, accepts_brotli)),
        None => (name, None),
    };
    let Some(found) = found else {
        let mut response = respond(site, path, "/404.txt", "not found\n".into());
        *response.status_mut() = StatusCode::NOT_FOUND;
        // Files in `assets/` are cached forever; a 404 for one must not be.
        set(&mut response, header::CACHE_CONTROL, "no-store");
        return response;
    };
    let is_known = headers
        .get_all(header::IF_NONE_MATCH)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|tags| tags.split(','))
        .any(|tag| tag.trim().trim_start_matches("W/") == found.tag || tag.trim() == "*");
    let body = if is_known {
        Body::empty()
    } else {
        Body::from(found.bytes)
    };
    let mut response = respond(site, path, name, body);
    if is_known {
        *response.status_mut() = StatusCode::NOT_MODIFIED;
    }
    set(&mut response, header::ETAG, &found.tag);
    if found.is_brotli {
        set(&mut response, header::CONTENT_ENCODING, "br");
    }
    response
}

/// A response with the headers of production for the path that was asked for and the media type of what is sent.
fn respond(site: &Site, path: &str, name: &str, body: Body) -> Response {
    let mut response = Response::new(body);
    for (name, value) in site::headers(path, &site.config) {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            set(&mut response, name, &value);
        }
    }
    set(&mut response, header::CONTENT_TYPE, site::media_type(name));
    set(&mut response, header::VARY, "accept-encoding");
    response
}

fn set(response: &mut Response, name: HeaderName, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(name, value);
    }
}

fn accepts_brotli(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::ACCEPT_ENCODING)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|list| list.split(','))
        .any(|coding| {
            let mut parts = coding.split(';').map(str::trim);
            let is_brotli = parts.next().is_some_and(|name| name.eq_ignore_ascii_case("br"));
            let is_refused = parts.any(|weight| weight.replace(' ', "").trim_end_matches(['0', '.']) == "q=");
            is_brotli && !is_refused
        })
}
