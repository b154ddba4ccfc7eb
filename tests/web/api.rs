//! The local API that the tests talk to, and what it tells of them.

use std::rc::Rc;
use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{BaseUrl, Call, Failure, Method, Page, WorkspaceId, WorkspaceSecret};
use gloo_net::http::Request;
use gloo_timers::future::sleep;
use serde_json::Value;
use strongroom::api::client::fetch::FetchTransport;
use strongroom::api::client::{Client, Grant};
use strongroom::browser::clock::Clock;
use zeroize::Zeroizing;

const API: Option<&str> = option_env!("STRONGROOM_TEST_API");
const KEY: Option<&str> = option_env!("STRONGROOM_TEST_KEY");

pub(crate) fn base() -> BaseUrl {
    BaseUrl::parse(API.expect("run by `cargo xtask test web`, which names the API")).unwrap()
}

pub(crate) fn client_with(key: &'static str) -> Client {
    let authority = move || Grant::Header(Some(Zeroizing::new(format!("Bearer {key}"))));
    Client::new(&FetchTransport, Rc::new(authority), Clock::of_browser())
}

/// The key of the local API.
pub(crate) fn key() -> &'static str {
    KEY.expect("run by `cargo xtask test web`, which names the key")
}

pub(crate) fn client() -> Client {
    client_with(key())
}

/// Forgets every fault and every request of the test before.
pub(crate) async fn reset() {
    for path in ["faults", "requests"] {
        Request::delete(&format!("{}/_test/{path}", base()))
            .send()
            .await
            .unwrap();
    }
}

pub(crate) async fn arm(fault: &str) {
    let request = Request::post(&format!("{}/_test/faults", base())).header("content-type", "application/json");
    let answer = request.body(fault).unwrap().send().await.unwrap();
    assert!(answer.ok(), "the local API did not take the fault {fault}");
}

/// What reached the API, as it recorded it.
pub(crate) async fn recorded() -> Vec<Value> {
    let answer = Request::get(&format!("{}/_test/requests", base()))
        .send()
        .await
        .unwrap();
    let log: Value = serde_json::from_slice(&answer.binary().await.unwrap()).unwrap();
    log["requests"].as_array().unwrap().clone()
}

/// How many requests for secrets with this method reached the API.
pub(crate) async fn requests(method: Method) -> usize {
    let is_counted = |entry: &&Value| {
        entry["method"] == method.as_str()
            && entry["path"]
                .as_str()
                .is_some_and(|path| path.contains("workspace_secrets"))
    };
    recorded().await.iter().filter(is_counted).count()
}

/// Waits until a request for secrets has reached the API.
pub(crate) async fn arrival() {
    for _ in 0..100 {
        if requests(Method::Get).await > 0 {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("no request arrived");
}

/// Whether the only request so far was answered. One whose client went away first never is.
pub(crate) async fn is_answered() -> bool {
    let seen = recorded().await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0]["fault"], "delay");
    !seen[0]["status"].is_null()
}

pub(crate) async fn workspace() -> WorkspaceId {
    let page = client().send(&base(), calls::list_workspaces(50, None)).await.unwrap();
    let named = page
        .items
        .into_iter()
        .find(|workspace| workspace.metadata.name == "Production");
    named.expect("the demo data has a workspace Production").metadata.id
}

pub(crate) async fn list() -> Call<Page<WorkspaceSecret>> {
    calls::list_secrets(&workspace().await, &SecretQuery::default(), 50, None)
}

pub(crate) async fn refused(call: Call<Page<WorkspaceSecret>>) -> Failure {
    client().send(&base(), call).await.expect_err("the call must fail")
}
