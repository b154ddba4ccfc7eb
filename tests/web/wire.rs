//! What really goes over the wire: connections that close, cursors, redirects, headers.

use std::time::Duration;

use contract::calls::{self, SecretQuery};
use contract::{BaseUrl, Cause, Cursor, Failure, MetadataFields, Method};
use gloo_net::http::Request;
use gloo_timers::future::sleep;
use serde_json::Value;
use strongroom::api::client::fetch::FetchTransport;
use strongroom::api::client::{Outgoing, Transport};
use strongroom_core::list::reading::{Command, Reading, State};
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::RequestCredentials;

use crate::api::*;

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
        let fields = MetadataFields {
            name: contract::name::upper_cased(&format!("WEB_TEST_{kind}_{}", js_sys::Math::random())),
            ..MetadataFields::default()
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
    let mut reading = Reading::<Failure>::default();
    let mut next = Some(reading.begin());
    let mut pages = 0;
    while let Some(Command::Read(request)) = next {
        pages += 1;
        assert!(pages < 9, "it goes round in a circle");
        let cursor = request.cursor.and_then(Cursor::new);
        let call = calls::list_secrets(&workspace, &SecretQuery::default(), 5, cursor.as_ref());
        let page = client().send(&base(), call).await.unwrap();
        let cursor = page.next_cursor.map(|cursor| cursor.as_str().to_owned());
        next = reading.page(request.ticket, cursor);
    }
    assert_eq!(reading.state(), &State::Repeated);
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
    assert_eq!(failure.cause, Cause::Redirected);
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
    let url = format!("{}/v1/whoami", base());
    let answer = FetchTransport
        .send(Outgoing {
            method: Method::Get,
            url,
            authorization: None,
            has_cookies: false,
            body: None,
        })
        .await;
    let Ok(answer) = answer else {
        panic!("the local API must answer")
    };
    assert_eq!(answer.status, 401);
}
