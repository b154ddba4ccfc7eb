//! The client in a real browser, against the local API and its faults.
//!
//! `cargo xtask test web` starts the API and hands over its address and key.
#![cfg(target_arch = "wasm32")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking"
)]

use std::rc::Rc;
use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{
    BaseUrl, Call, Cause, Failure, Kind, Method, Page, SecretFields, SecretText, WorkspaceId, WorkspaceSecret,
};
use futures::FutureExt;
use futures::future::AbortHandle;
use gloo_net::http::Request;
use strongroom::web::client::fetch::FetchTransport;
use strongroom::web::client::{Client, Outgoing, Transport};
use strongroom::web::clock::BrowserClock;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use zeroize::Zeroizing;

wasm_bindgen_test_configure!(run_in_browser);

const API: Option<&str> = option_env!("STRONGROOM_TEST_API");
const KEY: Option<&str> = option_env!("STRONGROOM_TEST_KEY");

fn base() -> BaseUrl {
    BaseUrl::parse(API.expect("run by `cargo xtask test web`, which names the API")).unwrap()
}

fn client_with(key: &'static str) -> Client {
    let header = move || Some(Zeroizing::new(format!("Bearer {key}")));
    Client::new(Rc::new(FetchTransport::bearer(Rc::new(header))), Rc::new(BrowserClock))
}

fn client() -> Client {
    client_with(KEY.expect("run by `cargo xtask test web`, which names the key"))
}

/// Forgets every fault and every request of the test before.
async fn reset() {
    for path in ["faults", "requests"] {
        Request::delete(&format!("{}/_test/{path}", base()))
            .send()
            .await
            .unwrap();
    }
}

async fn arm(fault: &str) {
    let request = Request::post(&format!("{}/_test/faults", base())).header("content-type", "application/json");
    let answer = request.body(fault).unwrap().send().await.unwrap();
    assert!(answer.ok(), "the local API did not take the fault {fault}");
}

/// How many requests for secrets with this method reached the API.
async fn requests(method: Method) -> usize {
    let answer = Request::get(&format!("{}/_test/requests", base()))
        .send()
        .await
        .unwrap();
    let log: serde_json::Value = serde_json::from_slice(&answer.binary().await.unwrap()).unwrap();
    let is_counted = |entry: &&serde_json::Value| {
        entry["method"] == method.as_str()
            && entry["path"]
                .as_str()
                .is_some_and(|path| path.contains("workspace_secrets"))
    };
    log["requests"].as_array().unwrap().iter().filter(is_counted).count()
}

async fn workspace() -> WorkspaceId {
    let page = client().send(&base(), calls::list_workspaces(50, None)).await.unwrap();
    let named = page
        .items
        .into_iter()
        .find(|workspace| workspace.metadata.name == "Production");
    named.expect("the demo data has a workspace Production").metadata.id
}

async fn list() -> Call<Page<WorkspaceSecret>> {
    calls::list_secrets(&workspace().await, &SecretQuery::default(), 50, None)
}

async fn refused(call: Call<Page<WorkspaceSecret>>) -> Failure {
    client().send(&base(), call).await.expect_err("the call must fail")
}

#[wasm_bindgen_test]
async fn a_key_is_proved() {
    reset().await;
    let profile = client().send(&base(), calls::who_am_i()).await.unwrap();
    assert!(!profile.display_name().is_empty());
    let failure = client_with("wrong").send(&base(), calls::who_am_i()).await.unwrap_err();
    assert_eq!(failure.kind(), Kind::Unauthenticated);
    assert!(
        failure.request_id.is_some(),
        "the request id must be readable across origins"
    );
}

#[wasm_bindgen_test]
async fn a_value_makes_the_round_trip_byte_for_byte() {
    reset().await;
    let workspace = workspace().await;
    let value = "line\n\ttab \u{a0}\u{200b} \"quotes\" 東京 🗝\n";
    let name = format!("WEB_TEST_{}", js_sys::Math::random());
    let fields = SecretFields {
        name,
        ..SecretFields::default()
    };
    let call = calls::create_secret(&workspace, &fields, Some(&SecretText::new(value)));
    let created = client().send(&base(), call).await.unwrap();
    let id = created.metadata.id;
    let read = client()
        .send(&base(), calls::read_secret(&workspace, &id))
        .await
        .unwrap();
    assert_eq!(read.spec.value.unwrap().expose(), value);
    client()
        .send(&base(), calls::delete_secret(&workspace, &id))
        .await
        .unwrap();
    let gone = client()
        .send(&base(), calls::read_secret(&workspace, &id))
        .await
        .unwrap_err();
    assert_eq!(gone.kind(), Kind::NotFound);
}

#[wasm_bindgen_test]
async fn reading_is_tried_again_when_told() {
    let call = list().await;
    reset().await;
    arm(r#"{"method": "GET", "path": "workspace_secrets", "status": 503, "retryAfter": "1", "times": 1}"#).await;
    let before = js_sys::Date::now();
    assert!(client().send(&base(), call).await.is_ok());
    assert!(
        js_sys::Date::now() - before >= 1000.0,
        "it must wait as long as it is asked to"
    );
    assert_eq!(requests(Method::Get).await, 2);
}

#[wasm_bindgen_test]
async fn writing_is_not_tried_again() {
    let workspace = workspace().await;
    reset().await;
    arm(r#"{"method": "POST", "path": "workspace_secrets", "status": 503, "times": 9}"#).await;
    let fields = SecretFields {
        name: "NEVER".to_owned(),
        ..SecretFields::default()
    };
    let failure = client()
        .send(&base(), calls::create_secret(&workspace, &fields, None))
        .await
        .unwrap_err();
    assert_eq!((failure.kind(), failure.http()), (Kind::Server, Some(503)));
    assert_eq!(requests(Method::Post).await, 1);
    reset().await;
}

#[wasm_bindgen_test]
async fn an_html_page_is_an_error_with_its_status() {
    let call = list().await;
    reset().await;
    arm(r#"{"path": "workspace_secrets", "kind": "html", "times": 9}"#).await;
    let failure = refused(call).await;
    assert_eq!((failure.kind(), failure.http()), (Kind::Server, Some(502)));
    reset().await;
}

#[wasm_bindgen_test]
async fn each_status_means_what_the_contract_says() {
    for (http, kind) in [
        (400, Kind::Invalid),
        (401, Kind::Unauthenticated),
        (403, Kind::Denied),
        (404, Kind::NotFound),
        (409, Kind::Conflict),
        (418, Kind::Unexpected),
    ] {
        let call = list().await;
        reset().await;
        arm(&format!(
            r#"{{"path": "workspace_secrets", "status": {http}, "body": {{}}, "times": 1}}"#
        ))
        .await;
        assert_eq!(refused(call).await.kind(), kind, "{http}");
    }
}

#[wasm_bindgen_test]
async fn an_answer_that_breaks_off_is_lost_not_empty() {
    let call = list().await;
    reset().await;
    arm(r#"{"path": "workspace_secrets", "kind": "cutBody", "times": 9}"#).await;
    let failure = refused(call).await;
    assert_eq!(failure.cause, Cause::Interrupted);
    assert_eq!(requests(Method::Get).await, 3, "reading is tried three times");
    reset().await;
}

#[wasm_bindgen_test]
async fn silence_ends_at_the_deadline() {
    let call = list().await;
    reset().await;
    arm(r#"{"path": "workspace_secrets", "kind": "noAnswer", "times": 9}"#).await;
    let deadline = Duration::from_millis(400);
    let hasty = client()
        .with_deadline(deadline)
        .with_policy(contract::retry::Policy::once());
    let failure = hasty.send(&base(), call).await.expect_err("nobody answers");
    assert_eq!(failure.cause, Cause::TimedOut(deadline));
    reset().await;
}

#[wasm_bindgen_test]
async fn a_view_that_goes_away_gives_its_request_up() {
    let call = list().await;
    reset().await;
    arm(r#"{"path": "workspace_secrets", "delayMs": 3000, "times": 1}"#).await;
    let (handle, registration) = AbortHandle::new_pair();
    let (client, base) = (client(), base());
    let under_way = futures::future::Abortable::new(client.send(&base, call), registration);
    let stop = async {
        gloo_timers::future::sleep(Duration::from_millis(200)).await;
        handle.abort();
    };
    let before = js_sys::Date::now();
    let (answer, ()) = futures::join!(under_way.map(|answer| answer.is_err()), stop);
    assert!(answer, "it must end as aborted");
    assert!(js_sys::Date::now() - before < 2500.0, "it must not wait for the answer");
    reset().await;
}

#[wasm_bindgen_test]
async fn nobody_there_is_unreachable() {
    let nobody = BaseUrl::parse("http://127.0.0.1:9").unwrap();
    let once = client().with_policy(contract::retry::Policy::once());
    let failure = once.send(&nobody, calls::who_am_i()).await.unwrap_err();
    assert_eq!(failure.cause, Cause::Unreachable);
    assert!(failure.is_outcome_unknown() && failure.can_retry_help());
}

#[wasm_bindgen_test]
async fn no_key_no_header() {
    reset().await;
    let transport = FetchTransport::bearer(Rc::new(|| None));
    let url = format!("{}/v1/whoami", base());
    let answer = transport
        .send(Outgoing {
            method: Method::Get,
            url,
            body: None,
        })
        .await;
    let Ok(answer) = answer else {
        panic!("the local API must answer")
    };
    assert_eq!(answer.status, 401);
}
