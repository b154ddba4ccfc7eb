//! HTTP: what every answer has in common.

use crate::common::{Api, KEY, options, secrets};
use axum::body::Body;
use axum::http::Request;
use local_api::{Options, StartError};

fn request(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {KEY}"))
}

#[tokio::test]
async fn what_no_route_answers_is_a_status_too() {
    let api = Api::open(&options());
    api.get("/v1/account").await.refused(404, 5);
    api.get("/nothing").await.refused(404, 5);
    let reply = api.call("PUT", "/v1/whoami", None).await;
    reply.refused(405, 12);
    assert_eq!(reply.header("allow"), Some("GET,HEAD"));
    api.get("/v1/workspaces/%FF/workspace_secrets").await.refused(400, 3);
    api.get("/v1/workspaces/%2E%2E/workspace_secrets").await.refused(404, 5);
}

#[tokio::test]
async fn each_answer_has_a_name_of_its_own() {
    let api = Api::open(&options());
    let one = api.get("/v1/whoami").await;
    let other = api.get("/v1/whoami").await;
    assert_ne!(one.header("x-request-id"), other.header("x-request-id"));
    assert_eq!(one.header("cache-control"), Some("no-store"));
    assert_eq!(one.ok()["profile"]["spec"]["type"], "PROFILE_TYPE_API_KEY");
}

#[tokio::test]
async fn bodies_that_cannot_be_read() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    let path = secrets(&workspace);
    let json = |body: &str| {
        request("POST", &path)
            .header("content-type", "application/json; charset=utf-8")
            .body(Body::from(body.to_owned()))
            .unwrap()
    };
    for body in [
        "",
        "{",
        "[]",
        "null",
        "\"hunter2\"",
        "{} {}",
        "{\"metadata\": {\"name\": \"\\ud800\"}}",
    ] {
        let reply = api.send(json(body)).await;
        reply.refused(400, 3);
        assert!(!String::from_utf8_lossy(&reply.bytes).contains("hunter2"), "{body}");
    }
    let reply = api.send(request("POST", &path).body(Body::from("{}")).unwrap()).await;
    reply.refused(415, 3);
    let large = format!("{{\"spec\": {{\"value\": \"{}\"}}}}", "x".repeat(1024 * 1024));
    api.send(json(&large)).await.refused(413, 3);
    let not_utf8 = request("POST", &path)
        .header("content-type", "application/json")
        .body(Body::from(b"{\"metadata\": {\"name\": \"\xff\"}}".to_vec()))
        .unwrap();
    api.send(not_utf8).await.refused(400, 3);
}

#[tokio::test]
async fn only_configured_origins_may_read() {
    let api = Api::open(&Options {
        cors_origins: vec!["http://localhost:8080".to_owned()],
        ..options()
    });
    let from = |origin: &str| {
        request("GET", "/v1/whoami")
            .header("origin", origin)
            .body(Body::empty())
            .unwrap()
    };
    let reply = api.send(from("http://localhost:8080")).await;
    assert_eq!(
        reply.header("access-control-allow-origin"),
        Some("http://localhost:8080")
    );
    let exposed = reply.header("access-control-expose-headers").unwrap();
    assert!(
        ["x-request-id", "retry-after", "date", "ratelimit-remaining"]
            .iter()
            .all(|name| exposed.contains(name)),
        "{exposed}"
    );
    let reply = api.send(from("http://localhost:8081")).await;
    assert_eq!(reply.header("access-control-allow-origin"), None);

    // A preflight carries no key. Errors can be read as well.
    let preflight = Request::builder()
        .method("OPTIONS")
        .uri(secrets("ws"))
        .header("origin", "http://localhost:8080")
        .header("access-control-request-method", "PATCH")
        .header("access-control-request-headers", "authorization,content-type")
        .body(Body::empty())
        .unwrap();
    let reply = api.send(preflight).await;
    assert_eq!(reply.status.as_u16(), 200);
    assert!(reply.header("access-control-allow-methods").unwrap().contains("PATCH"));
    let allowed = reply.header("access-control-allow-headers").unwrap();
    assert!(
        allowed.contains("authorization") && allowed.contains("content-type"),
        "{allowed}"
    );
    assert_eq!(reply.header("access-control-max-age"), Some("600"));
    let refused = Request::builder()
        .uri("/v1/whoami")
        .header("origin", "http://localhost:8080")
        .body(Body::empty())
        .unwrap();
    let reply = api.send(refused).await;
    reply.refused(401, 16);
    assert_eq!(
        reply.header("access-control-allow-origin"),
        Some("http://localhost:8080")
    );
}

#[tokio::test]
async fn origins_are_checked_at_the_start() {
    let folder = crate::common::Folder::new();
    for origin in ["localhost:8080", "http://localhost:8080/path", "null", ""] {
        let wrong = Options {
            cors_origins: vec![origin.to_owned()],
            ..options()
        };
        assert!(
            local_api::Service::open(&folder.database(), &wrong).is_err(),
            "{origin}"
        );
    }
    let open_to_all = Options {
        cors_origins: vec!["*".to_owned()],
        listen: "0.0.0.0:0".parse().unwrap(),
        ..options()
    };
    let without_faults = Options {
        faults: false,
        ..open_to_all.clone()
    };
    let refused = local_api::Service::open(&folder.database(), &without_faults);
    assert!(matches!(refused, Err(StartError::AnyOrigin)));
    let on_loopback = Options {
        listen: "127.0.0.1:0".parse().unwrap(),
        ..without_faults
    };
    let with_faults = Options {
        faults: true,
        ..on_loopback.clone()
    };
    let refused = local_api::Service::open(&folder.database(), &with_faults);
    assert!(
        matches!(refused, Err(StartError::FaultsForAnyOrigin)),
        "any page could read every value"
    );
    let api = Api::open(&on_loopback);
    let from = request("GET", "/v1/whoami")
        .header("origin", "http://any.example")
        .body(Body::empty())
        .unwrap();
    assert_eq!(api.send(from).await.header("access-control-allow-origin"), Some("*"));
}

#[tokio::test]
async fn other_hosts_are_refused() {
    let api = Api::open(&options());
    let to = |host: &str| {
        request("GET", "/v1/whoami")
            .header("host", host)
            .body(Body::empty())
            .unwrap()
    };
    api.send(to("rebound.example:8787")).await.refused(403, 7);
    api.send(to("localhost:8787")).await.ok();
    let api = Api::open(&Options {
        allow_remote: true,
        faults: false,
        ..options()
    });
    api.send(to("api.internal")).await.ok();
}
