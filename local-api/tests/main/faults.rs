//! Faults on demand: each kind, over a real connection.

use std::time::{Duration, Instant};

use crate::common::{Api, Server, demo, names, options, secrets};
use local_api::Options;
use serde_json::{Value, json};

fn split(answer: &str) -> (&str, &str) {
    answer.split_once("\r\n\r\n").unwrap_or((answer, ""))
}

#[tokio::test]
async fn they_do_not_exist_unless_asked_for() {
    let api = Api::open(&Options {
        faults: false,
        ..options()
    });
    for path in ["/_test/faults", "/_test/requests", "/_test/secrets/a/b/value"] {
        api.get(path).await.refused(404, 5);
    }
    api.post("/_test/keys", json!({"name": "a", "scopes": ["*"]}))
        .await
        .refused(404, 5);
    let server = Server::start(Options {
        faults: false,
        ..options()
    })
    .await;
    let answer = server.exchange("GET", "/v1/whoami", "x-fault: 503\r\n", "").await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
}

#[tokio::test]
async fn statuses_bodies_and_headers() {
    let api = Api::open(&options());
    let arm = |fault: Value| api.post("/_test/faults", fault);
    arm(json!({"path": "whoami", "status": 429, "retryAfter": "7"}))
        .await
        .ok();
    let reply = api.get("/v1/whoami").await;
    reply.refused(429, 8);
    assert_eq!(reply.header("retry-after"), Some("7"));
    api.get("/v1/whoami").await.ok();

    arm(json!({"method": "post", "times": 2, "body": "oops", "contentType": "text/weird", "headers": {"x-a": "b"}}))
        .await
        .ok();
    api.get("/v1/whoami").await.ok();
    for _ in 0..2 {
        let reply = api
            .post("/v1/account/workspaces", json!({"metadata": {"name": "W"}}))
            .await;
        assert_eq!(
            (reply.status.as_u16(), reply.bytes.as_slice()),
            (503, b"oops".as_slice())
        );
        assert_eq!(reply.header("content-type"), Some("text/weird"));
        assert_eq!(reply.header("x-a"), Some("b"));
    }
    assert!(
        names(&api.get("/v1/workspaces").await.ok()).is_empty(),
        "it was not carried out"
    );

    arm(json!({"kind": "html", "times": 0})).await.ok();
    let reply = api.get("/v1/whoami").await;
    assert_eq!(reply.status.as_u16(), 502);
    assert_eq!(reply.header("content-type"), Some("text/html; charset=utf-8"));
    assert_eq!(api.get("/_test/faults").await.ok()["faults"][0]["kind"], "html");
    api.delete("/_test/faults").await.ok();
    api.get("/v1/whoami").await.ok();

    arm(json!({"delayMs": 120})).await.ok();
    let started = Instant::now();
    api.get("/v1/whoami").await.ok();
    assert!(started.elapsed() >= Duration::from_millis(120));

    for wrong in [
        json!({"kind": "never"}),
        json!({"statsu": 503}),
        json!({"status": 99}),
        json!({"status": 70_000}),
    ] {
        assert_eq!(arm(wrong.clone()).await.status.as_u16(), 400, "{wrong}");
    }
}

#[tokio::test]
async fn a_header_asks_for_one_call() {
    let server = Server::start(options()).await;
    for (header, start) in [
        ("503", "HTTP/1.1 503"),
        ("status=429; retryAfter=3", "HTTP/1.1 429"),
        ("{\"kind\": \"html\", \"status\": 500}", "HTTP/1.1 500"),
        ("never", "HTTP/1.1 400"),
    ] {
        let answer = server
            .exchange("GET", "/v1/whoami", &format!("x-fault: {header}\r\n"), "")
            .await;
        assert!(answer.starts_with(start), "{header}: {answer}");
    }
}

#[tokio::test]
async fn headers_of_a_rate_limit_are_added_to_a_real_answer() {
    let api = Api::open(&options());
    let headers = json!({"ratelimit-limit": "100", "ratelimit-remaining": "7", "ratelimit-reset": "30"});
    let fault = json!({"path": "/v1/workspaces", "kind": "addHeaders", "headers": headers});
    api.post("/_test/faults", fault).await.ok();
    let reply = api.get("/v1/workspaces").await;
    assert_eq!(
        (reply.ok()["items"].clone(), reply.header("ratelimit-remaining")),
        (json!([]), Some("7"))
    );
    assert_eq!(
        api.get("/v1/workspaces").await.header("ratelimit-remaining"),
        None,
        "once"
    );
}

#[tokio::test]
async fn connections_are_cut_before_after_and_in_between() {
    let server = Server::start(options()).await;
    let create = |name: &str| json!({"metadata": {"name": name}}).to_string();
    let path = "/v1/account/workspaces";
    let before = server
        .exchange("POST", path, "x-fault: closeBeforeApply\r\n", &create("before"))
        .await;
    assert_eq!(before, "");
    let after = server
        .exchange("POST", path, "x-fault: closeAfterApply\r\n", &create("after"))
        .await;
    assert_eq!(after, "");
    let cut = server
        .exchange("POST", path, "x-fault: cutBody\r\n", &create("cut"))
        .await;
    let (head, body) = split(&cut);
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "))
        .unwrap();
    let length: usize = length.parse().unwrap();
    assert!(head.starts_with("HTTP/1.1 200"), "{cut}");
    assert_eq!(body.len(), length / 2);
    let list = server.exchange("GET", path, "", "").await;
    let list: Value = serde_json::from_str(split(&list).1).unwrap();
    assert_eq!(names(&list), ["after", "cut"]);
}

#[tokio::test]
async fn no_answer_at_all() {
    let server = Server::start(options()).await;
    let body = json!({"metadata": {"name": "W"}}).to_string();
    let call = server.exchange("POST", "/v1/account/workspaces", "x-fault: noAnswer\r\n", &body);
    assert!(tokio::time::timeout(Duration::from_millis(300), call).await.is_err());
    let list = server.exchange("GET", "/v1/workspaces", "", "").await;
    assert!(list.contains("\"items\":[]"), "{list}");
    let log = server.exchange("GET", "/_test/requests", "", "").await;
    let log: Value = serde_json::from_str(split(&log).1).unwrap();
    assert_eq!(log["requests"][0]["fault"], "noAnswer");
    assert_eq!(log["requests"][0]["status"], Value::Null);
}

#[tokio::test]
async fn the_same_cursor_again() {
    let api = Api::open(&demo());
    let workspaces = api.get("/v1/workspaces").await.ok();
    let base = format!("{}?limit=10", secrets(&crate::common::id(&workspaces["items"][0])));
    let cursor = |page: &Value| page["pagination"]["nextCursor"].as_str().unwrap().to_owned();

    // Armed before the first page: the fixed one, again and again.
    api.post(
        "/_test/faults",
        json!({"kind": "sameCursor", "path": "workspace_secrets"}),
    )
    .await
    .ok();
    let first = api.get(&base).await.ok();
    let second = api.get(&format!("{base}&cursor={}", cursor(&first))).await.ok();
    assert_eq!(cursor(&first), cursor(&second));

    // Armed later: the one that was asked with.
    let first = api.get(&base).await.ok();
    api.post(
        "/_test/faults",
        json!({"kind": "sameCursor", "path": "?limit=10&cursor="}),
    )
    .await
    .ok();
    let second = api.get(&format!("{base}&cursor={}", cursor(&first))).await.ok();
    assert_eq!(cursor(&first), cursor(&second));
    assert_ne!(names(&first), names(&second));
}

#[tokio::test]
async fn what_went_over_the_wire() {
    let api = Api::open(&options());
    let workspace = api.workspace("W").await;
    api.delete("/_test/requests").await.ok();
    api.secret(&workspace, "A", "a-value").await;
    api.with_key(None).get("/v1/whoami?x=1").await.refused(401, 16);
    let log = api.get("/_test/requests").await;
    assert!(!String::from_utf8_lossy(&log.bytes).contains("a-value"));
    let log = log.ok();
    let requests = log["requests"].as_array().unwrap();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[0]["method"], "POST");
    assert_eq!(requests[0]["path"], secrets(&workspace).as_str());
    assert_eq!(
        requests[0]["body"],
        json!({"metadata": {"name": "A"}, "spec": {"value": "(hidden)"}})
    );
    assert_eq!(requests[0]["status"], 200);
    assert_eq!(
        (&requests[0]["hasKey"], &requests[1]["hasKey"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        (&requests[1]["query"], &requests[1]["status"]),
        (&json!("x=1"), &json!(401))
    );
    let headers = json!({"authorization": "(hidden)", "content-type": "application/json"});
    assert_eq!(requests[0]["headers"], headers);
}

#[tokio::test]
async fn a_call_whose_client_goes_is_cut() {
    let server = Server::start(options()).await;
    let call = server.exchange(
        "GET",
        "/v1/whoami",
        "cookie: a=cookie-canary\r\nx-fault: delayMs=400\r\n",
        "",
    );
    assert!(tokio::time::timeout(Duration::from_millis(100), call).await.is_err());
    tokio::time::sleep(Duration::from_millis(700)).await;
    let log = server.exchange("GET", "/_test/requests", "", "").await;
    assert!(!log.contains("canary"), "{log}");
    let log: Value = serde_json::from_str(split(&log).1).unwrap();
    assert_eq!(log["requests"][0]["status"], Value::Null, "it was answered after all");
    assert_eq!(log["requests"][0]["headers"]["cookie"], "(hidden)");
}
