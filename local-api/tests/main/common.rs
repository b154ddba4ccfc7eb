//! What the tests share: a service in a folder of its own, and short ways to call it.

use std::future::pending;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use local_api::{Options, Seed, Service};
use serde_json::{Value, json};
use tokio::sync::oneshot;
use tower::ServiceExt;

/// The key that every test starts with.
pub const KEY: &str = "the-key-of-the-tests";

/// A folder that is removed with its contents.
pub struct Folder(PathBuf);

impl Folder {
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("local-api-test-{}-{number}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    pub fn database(&self) -> PathBuf {
        self.0.join("api.sqlite")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).unwrap();
    }
}

/// Options as most tests want them.
pub fn options() -> Options {
    Options {
        api_key: Some(KEY.to_owned()),
        faults: true,
        ..Options::default()
    }
}

/// The same, with demo data.
pub fn demo() -> Options {
    Options {
        seed: Some(Seed::Demo),
        ..options()
    }
}

/// An API without a listener.
pub struct Api {
    pub router: Router,
    pub key: Option<String>,
    pub folder: Folder,
}

/// An answer, read to its end.
#[derive(Debug)]
pub struct Reply {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub bytes: Vec<u8>,
}

impl Reply {
    pub fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|error| {
            panic!("{error}: {} {}", self.status, String::from_utf8_lossy(&self.bytes));
        })
    }

    /// The JSON of a success.
    pub fn ok(&self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{}", String::from_utf8_lossy(&self.bytes));
        self.json()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Fails unless this is a `google.rpc.Status` with these codes; answers the fields of its violations.
    pub fn refused(&self, status: u16, code: i64) -> Vec<String> {
        let body = self.json();
        assert_eq!(
            (self.status.as_u16(), body["code"].as_i64()),
            (status, Some(code)),
            "{body}"
        );
        assert!(
            body["message"].as_str().is_some_and(|message| !message.is_empty()),
            "{body}"
        );
        assert!(body["details"].is_array(), "{body}");
        assert!(
            self.header("x-request-id").is_some_and(|id| id.len() == 26),
            "{:?}",
            self.headers
        );
        let details = body["details"].as_array().unwrap();
        let bad = details
            .iter()
            .filter(|detail| detail["@type"] == "type.googleapis.com/google.rpc.BadRequest");
        let violations = bad.flat_map(|detail| detail["fieldViolations"].as_array().unwrap());
        violations
            .map(|violation| violation["field"].as_str().unwrap().to_owned())
            .collect()
    }
}

impl Api {
    pub fn open(options: &Options) -> Self {
        Self::open_in(Folder::new(), options)
    }

    pub fn open_in(folder: Folder, options: &Options) -> Self {
        let opened = Service::open(&folder.database(), options).unwrap();
        Self {
            router: local_api::app(opened.service),
            key: Some(opened.api_key),
            folder,
        }
    }

    /// The same API, called with another key.
    pub fn with_key(&self, key: Option<&str>) -> Self {
        Self {
            router: self.router.clone(),
            key: key.map(str::to_owned),
            folder: Folder::new(),
        }
    }

    pub async fn send(&self, request: Request<Body>) -> Reply {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        Reply {
            status: parts.status,
            headers: parts.headers,
            bytes: body.collect().await.unwrap().to_bytes().to_vec(),
        }
    }

    pub async fn call(&self, method: &str, path: &str, body: Option<Value>) -> Reply {
        let mut request = Request::builder().method(method).uri(path);
        if let Some(key) = &self.key {
            request = request.header("authorization", format!("Bearer {key}"));
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.send(request.body(body).unwrap()).await
    }

    pub async fn get(&self, path: &str) -> Reply {
        self.call("GET", path, None).await
    }

    pub async fn post(&self, path: &str, body: Value) -> Reply {
        self.call("POST", path, Some(body)).await
    }

    pub async fn patch(&self, path: &str, body: Value) -> Reply {
        self.call("PATCH", path, Some(body)).await
    }

    pub async fn delete(&self, path: &str) -> Reply {
        self.call("DELETE", path, None).await
    }

    /// A new workspace; answers its id.
    pub async fn workspace(&self, name: &str) -> String {
        let body = json!({"metadata": {"name": name}, "spec": {}});
        id(&self.post("/v1/account/workspaces", body).await.ok())
    }

    /// A new secret with these fields beside its name; answers its id.
    pub async fn secret(&self, workspace: &str, name: &str, value: &str) -> String {
        let body = json!({"metadata": {"name": name}, "spec": {"value": value}});
        id(&self.post(&secrets(workspace), body).await.ok())
    }

    /// The value in the database.
    pub async fn stored_value(&self, workspace: &str, id: &str) -> Value {
        self.get(&format!("/_test/secrets/{workspace}/{id}/value")).await.ok()["value"].clone()
    }

    /// A key with these scopes.
    pub async fn key_with(&self, scopes: &[&str]) -> (String, String) {
        let made = self
            .post("/_test/keys", json!({"name": "test", "scopes": scopes}))
            .await
            .ok();
        let text = |field: &str| made[field].as_str().unwrap().to_owned();
        (text("key"), text("profileId"))
    }
}

pub fn id(resource: &Value) -> String {
    resource["metadata"]["id"].as_str().unwrap().to_owned()
}

pub fn secrets(workspace: &str) -> String {
    format!("/v1/workspaces/{workspace}/workspace_secrets")
}

pub fn names(page: &Value) -> Vec<String> {
    let items = page["items"].as_array().unwrap();
    items
        .iter()
        .map(|item| item["metadata"]["name"].as_str().unwrap().to_owned())
        .collect()
}

/// An API with a listener.
pub struct Server {
    pub address: String,
    stop: Option<oneshot::Sender<()>>,
    pub running: tokio::task::JoinHandle<Result<(), local_api::StartError>>,
}

impl Server {
    pub async fn start(options: Options) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (ready, is_ready) = oneshot::channel();
        let options = Options {
            listen: "127.0.0.1:0".parse().unwrap(),
            ..options
        };
        let running = tokio::spawn(local_api::serve(
            options,
            |url, _| ready.send(url.to_owned()).unwrap(),
            async {
                if stopped.await.is_err() {
                    pending::<()>().await;
                }
            },
        ));
        let url = is_ready.await.unwrap();
        Self {
            address: url.strip_prefix("http://").unwrap().to_owned(),
            stop: Some(stop),
            running,
        }
    }

    pub fn stop(&mut self) {
        self.stop.take().unwrap().send(()).unwrap();
    }

    /// Sends a request, and answers everything that comes back.
    pub async fn exchange(&self, method: &str, path: &str, headers: &str, body: &str) -> String {
        exchange(&self.address, method, path, headers, body).await
    }
}

/// Sends a request as plain text, and answers everything that comes back until the connection ends.
pub async fn exchange(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    let mut stream = tokio::net::TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {KEY}\r\ncontent-type: \
         application/json\r\nconnection: close\r\ncontent-length: {length}\r\n{headers}\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A connection that is cut may end in an error as well as in an end.
    let _ = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}
