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

#[path = "web/api.rs"]
mod api;
#[path = "web/clipboard.rs"]
mod clipboard;
#[path = "web/clock.rs"]
mod clock;
#[path = "web/components.rs"]
mod components;
#[path = "web/drafts.rs"]
mod drafts;
#[path = "web/language.rs"]
mod language;
#[path = "web/leaving.rs"]
mod leaving;
#[path = "web/wire.rs"]
mod wire;

use std::time::Duration;

use api::*;
use contract::{Cause, Kind, MetadataFields, Method, SecretText, calls};
use futures::FutureExt;
use futures::future::AbortHandle;
use gloo_timers::future::sleep;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn a_key_is_proved() {
    reset().await;
    let who = client().send(&base(), calls::who_am_i()).await.unwrap();
    assert!(!who.profile.display_name().is_empty());
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
    let fields = MetadataFields {
        name,
        ..MetadataFields::default()
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
async fn each_status_means_what_the_contract_says() {
    for (http, kind) in [
        (400, Kind::Invalid),
        (401, Kind::Unauthenticated),
        (403, Kind::NotTheApi),
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
    let hasty = hasty_client().with_policy(contract::retry::Policy::once());
    let failure = hasty.send(&base(), call).await.expect_err("it must not wait so long");
    assert_eq!(failure.cause, Cause::TimedOut(contract::retry::DEADLINE));
    sleep(AFTER_DELAY).await;
    assert!(!is_answered().await, "the API was not told that nobody waits any more");
}
