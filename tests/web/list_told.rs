//! The status of a list while it is read, and how long it waits.

use strongroom_core::list::reading::State;
use wasm_bindgen_test::wasm_bindgen_test;

use super::api::*;
use super::list::read_slowly;

#[wasm_bindgen_test]
async fn a_wait_that_nobody_asked_for_is_known_as_well() {
    for (fault, shortest, longest) in [
        // The console's own patience, which is no round number.
        (r#"{"path": "workspace_secrets", "status": 429, "times": 1}"#, 1, 1000),
        (
            r#"{"path": "workspace_secrets", "status": 429, "retryAfter": "2", "times": 1}"#,
            2000,
            2000,
        ),
    ] {
        let reading = read_slowly().await;
        reading.until(|it| it.loaded > 0).await;
        reading.list.stop();
        arm(fault).await;
        reading.list.resume();
        let waiting = reading.until(|it| matches!(it.state, State::Waiting(_))).await;
        assert!((shortest..=longest).contains(&waiting.wait), "{waiting:?}");
        reading.complete().await;
        reset().await;
    }
}
