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
    BaseUrl, Call, Cause, Cursor, Failure, Kind, Method, Page, SecretFields, SecretId, SecretText, WorkspaceId,
    WorkspaceSecret,
};
use futures::FutureExt;
use futures::future::AbortHandle;
use gloo_net::http::Request;
use gloo_timers::future::sleep;
use serde_json::Value;
use strongroom::state::loader::{Loader, Phase};
use strongroom::web::client::fetch::FetchTransport;
use strongroom::web::client::{Client, Outgoing, Transport};
use strongroom::web::clock::BrowserClock;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::RequestCredentials;
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

/// What reached the API, as it recorded it.
async fn recorded() -> Vec<Value> {
    let answer = Request::get(&format!("{}/_test/requests", base()))
        .send()
        .await
        .unwrap();
    let log: Value = serde_json::from_slice(&answer.binary().await.unwrap()).unwrap();
    log["requests"].as_array().unwrap().clone()
}

/// How many requests for secrets with this method reached the API.
async fn requests(method: Method) -> usize {
    let is_counted = |entry: &&Value| {
        entry["method"] == method.as_str()
            && entry["path"]
                .as_str()
                .is_some_and(|path| path.contains("workspace_secrets"))
    };
    recorded().await.iter().filter(is_counted).count()
}

/// Waits until a request for secrets has reached the API.
async fn arrival() {
    for _ in 0..100 {
        if requests(Method::Get).await > 0 {
            return;
        }
        sleep(Duration::from_millis(20)).await;
    }
    panic!("no request arrived");
}

/// Whether the only request so far was answered. One whose client went away first never is.
async fn is_answered() -> bool {
    let seen = recorded().await;
    assert_eq!(seen.len(), 1, "{seen:?}");
    assert_eq!(seen[0]["fault"], "delay");
    !seen[0]["status"].is_null()
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

/// What the API waits before it answers, and how long to wait until it has or never will.
const DELAY: &str = r#"{"path": "workspace_secrets", "delayMs": 1500, "times": 1}"#;
const AFTER_DELAY: Duration = Duration::from_millis(2500);

#[wasm_bindgen_test]
async fn a_view_that_goes_away_gives_its_request_up() {
    let call = list().await;
    reset().await;
    arm(DELAY).await;
    let (handle, registration) = AbortHandle::new_pair();
    let (client, base) = (client(), base());
    let under_way = futures::future::Abortable::new(client.send(&base, call), registration);
    let stop = async {
        arrival().await;
        handle.abort();
    };
    let (answer, ()) = futures::join!(under_way.map(|answer| answer.is_err()), stop);
    assert!(answer, "it must end as aborted");
    sleep(AFTER_DELAY).await;
    assert!(!is_answered().await, "the API was not told that nobody waits any more");

    // One that is waited for is answered: what is looked at above can tell the two apart.
    let call = list().await;
    reset().await;
    arm(DELAY).await;
    assert!(client.send(&base, call).await.is_ok());
    assert!(is_answered().await);
}

#[wasm_bindgen_test]
async fn a_deadline_gives_the_request_up() {
    let call = list().await;
    reset().await;
    arm(DELAY).await;
    let deadline = Duration::from_millis(600);
    let hasty = client()
        .with_deadline(deadline)
        .with_policy(contract::retry::Policy::once());
    let failure = hasty.send(&base(), call).await.expect_err("it must not wait so long");
    assert_eq!(failure.cause, Cause::TimedOut(deadline));
    sleep(AFTER_DELAY).await;
    assert!(!is_answered().await, "the API was not told that nobody waits any more");
}

/// The most connections that Chromium keeps open to one host.
const CONNECTIONS: usize = 6;

/// By then the client would have tried again what it may repeat.
const AFTER_RETRY: Duration = Duration::from_secs(2);

/// How often this page asked for exactly this address, whatever came of it.
fn fetches(url: &str) -> u32 {
    let performance = web_sys::window().unwrap().performance().unwrap();
    performance.get_entries_by_name(url).length()
}

#[wasm_bindgen_test]
async fn a_connection_that_closes_leaves_the_outcome_unknown() {
    let workspace = workspace().await;
    for (kind, is_there) in [("closeBeforeApply", false), ("closeAfterApply", true)] {
        reset().await;
        arm(&format!(
            r#"{{"method": "POST", "path": "workspace_secrets", "kind": "{kind}", "times": 0}}"#
        ))
        .await;
        let fields = SecretFields {
            name: format!("WEB_TEST_{kind}_{}", js_sys::Math::random()),
            ..SecretFields::default()
        };
        let create = calls::create_secret(&workspace, &fields, None);
        let url = create.request.url(&base());
        let before = fetches(&url);
        let failure = client().send(&base(), create).await.unwrap_err();
        assert_eq!(failure.cause, Cause::Unreachable, "{kind}");
        assert!(failure.is_outcome_unknown(), "{kind}");
        // Chromium itself sends a request again where a connection that it used before closes without a word, once for
        // each one that it kept open. The client does not: what it asked for is counted in the page.
        sleep(AFTER_RETRY).await;
        assert_eq!(fetches(&url) - before, 1, "{kind}");
        let sent = requests(Method::Post).await;
        assert!(
            (1..=1 + CONNECTIONS).contains(&sent),
            "{kind}: it was sent {sent} times"
        );
        reset().await;
        let query = SecretQuery {
            prefix: Some(fields.name),
            ..SecretQuery::default()
        };
        let found = calls::list_secrets(&workspace, &query, 50, None);
        let found = client().send(&base(), found).await.unwrap().items;
        assert_eq!(found.len(), usize::from(is_there), "{kind}");
        for secret in found {
            let delete = calls::delete_secret(&workspace, &secret.metadata.id);
            client().send(&base(), delete).await.unwrap();
        }
    }
}

#[wasm_bindgen_test]
async fn the_same_cursor_again_ends_the_list() {
    let workspace = workspace().await;
    reset().await;
    arm(r#"{"path": "workspace_secrets", "kind": "sameCursor", "times": 1}"#).await;
    let mut loader = Loader::<SecretId, (), Failure>::default();
    let mut next = Some(loader.start());
    let mut pages = 0;
    while let Some(request) = next {
        pages += 1;
        assert!(pages < 9, "it goes round in a circle");
        let cursor = request.cursor.and_then(Cursor::new);
        let call = calls::list_secrets(&workspace, &SecretQuery::default(), 5, cursor.as_ref());
        let page = client().send(&base(), call).await.unwrap();
        let items = page.items.into_iter().map(|secret| (secret.metadata.id, ())).collect();
        let cursor = page.next_cursor.map(|cursor| cursor.as_str().to_owned());
        loader.page(request.ticket, items, cursor);
        next = loader.more();
    }
    assert_eq!(*loader.phase(), Phase::Repeated);
    assert_eq!((pages, requests(Method::Get).await), (2, 2));
    reset().await;
}

/// A redirect could lead the key to another server.
#[wasm_bindgen_test]
async fn a_redirect_is_not_followed() {
    let call = list().await;
    let url = call.request.url(&base());
    reset().await;
    arm(&format!(
        r#"{{"path": "workspace_secrets", "status": 302, "headers": {{"location": "{}/v1/whoami"}}, "times": 2}}"#,
        base()
    ))
    .await;
    let once = client().with_policy(contract::retry::Policy::once());
    let failure = once.send(&base(), call).await.expect_err("it must not be followed");
    assert_eq!(failure.cause, Cause::Unreachable);
    let targets = |seen: Vec<Value>| seen.iter().filter(|it| it["path"] == "/v1/whoami").count();
    assert_eq!(targets(recorded().await), 0);

    // The same answer to a request that follows.
    let followed = Request::get(&url).send().await.unwrap();
    assert_eq!((followed.status(), targets(recorded().await)), (401, 1));
    reset().await;
}

#[wasm_bindgen_test]
async fn nothing_goes_along_that_was_not_asked_for() {
    let document = web_sys::window().unwrap().document().unwrap();
    let cookie = |text: &str| js_sys::Reflect::set(&document, &"cookie".into(), &text.into()).unwrap();
    // Cookies know no ports: one of this page is also one of the API on the same host.
    assert!(cookie("strongroom_web_test=1; path=/; SameSite=Lax"));
    reset().await;
    // What goes along where nobody says a word about it. That the answer may not be read does not matter.
    let url = format!("{}/v1/whoami", base());
    let _ = Request::get(&url).credentials(RequestCredentials::Include).send().await;
    client().send(&base(), calls::who_am_i()).await.unwrap();
    assert!(cookie("strongroom_web_test=; path=/; Max-Age=0"));
    let seen = recorded().await;
    let [by_itself, ours] = &seen[..] else {
        panic!("two requests, not {seen:?}")
    };
    let (by_itself, ours) = (&by_itself["headers"], &ours["headers"]);
    assert_eq!(by_itself["cookie"], "(hidden)");
    assert!(by_itself["referer"].is_string() && by_itself["cache-control"].is_null());
    assert!(ours["cookie"].is_null() && ours["referer"].is_null(), "{ours}");
    assert_eq!(ours["cache-control"], "no-cache", "{ours}");
    assert_eq!(
        (&ours["accept"], &ours["authorization"]),
        (&"application/json".into(), &"(hidden)".into())
    );
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
