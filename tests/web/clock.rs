//! What says how long ago something was follows the clock, and one timer does for all.

use leptos::prelude::*;
use strongroom::browser::clock::{Clock, use_clock};
use strongroom::ui::erased::When;
use strongroom::ui::moment::{ExactMoment, Moment};
use wasm_bindgen_test::wasm_bindgen_test;

use super::components::Stage;

/// Writes down each timer of a minute that is begun and ended from now on, and lets the test turn the clock.
const WATCH: &str = "
    const {setTimeout, clearTimeout, Date: {now}} = globalThis;
    globalThis.minutes = {running: new Map(), ahead: 0, begun: 0};
    globalThis.setTimeout = (act, wait, ...rest) => {
        const handle = setTimeout(act, wait, ...rest);
        if (wait === 60000) { minutes.running.set(handle, act); minutes.begun += 1; }
        return handle;
    };
    globalThis.clearTimeout = handle => { minutes.running.delete(handle); clearTimeout(handle); };
    Date.now = () => now.call(Date) + minutes.ahead;
    minutes.end = () => { Object.assign(globalThis, {setTimeout, clearTimeout}); Date.now = now; };";

/// So many minutes pass, and the timers that there are go off.
async fn pass(stage: &Stage, minutes: u32) {
    stage
        .act(&format!(
            "minutes.ahead += {minutes} * 60000; minutes.running.forEach(act => act())"
        ))
        .await;
}

#[wasm_bindgen_test]
async fn distances_follow_the_clock_by_one_timer_that_ends_with_them() {
    let is_shown = RwSignal::new(false);
    let stage = Stage::of(move || {
        let now = use_clock().now();
        view! {
            <When condition=is_shown>
                <Moment instant=now - chrono::TimeDelta::minutes(5) />
                <p><ExactMoment instant=now - chrono::TimeDelta::minutes(58) /></p>
                <p id="late"><Moment instant=now + chrono::TimeDelta::minutes(122) /></p>
            </When>
        }
    })
    .await;
    stage.run(WATCH);
    assert_eq!(stage.say("minutes.running.size"), "0", "nobody shows a time");
    is_shown.set(true);
    stage.settle().await;
    let shown = "all('> time, .muted, #late time').map(it => it.textContent).join('|')";
    assert_eq!(stage.say(shown), "5 minutes ago|(58 minutes ago)|in 2 hours");
    assert_eq!(stage.say("minutes.running.size"), "1", "one timer for all");
    pass(&stage, 1).await;
    assert_eq!(stage.say(shown), "6 minutes ago|(59 minutes ago)|in 2 hours");
    pass(&stage, 2).await;
    assert_eq!(stage.say(shown), "8 minutes ago|(1 hour ago)|in 1 hour");
    is_shown.set(false);
    stage.settle().await;
    assert_eq!(stage.say("minutes.running.size"), "0", "it ends with the last of them");
    is_shown.set(true);
    stage.settle().await;
    assert_eq!(stage.say("[minutes.running.size, minutes.begun]"), "1,4");
    is_shown.set(false);
    stage.settle().await;
    stage.run("minutes.end()");
}

#[wasm_bindgen_test]
async fn how_long_the_page_runs_is_not_told_by_the_time_of_day() {
    js_sys::eval("globalThis.ownNow = Date.now; Date.now = () => ownNow.call(Date) + 3600e3").unwrap();
    let (clock, before) = (Clock::of_browser(), Clock::of_browser().running());
    clock.sleep(std::time::Duration::from_millis(20)).await;
    let (ran, ahead) = (clock.running() - before, clock.now().timestamp_millis());
    js_sys::eval("Date.now = ownNow").unwrap();
    assert!((10..60_000).contains(&ran), "{ran}");
    assert!(ahead - clock.now().timestamp_millis() > 3_500_000);
}
