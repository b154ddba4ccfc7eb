//! What tells how something went.

use leptos::prelude::*;
use strongroom::components::error_note::FailureNote;
use strongroom::components::notices::NoticeRegion;
use strongroom::store::notices::{Notices, use_notices};
use strongroom::ui::button::Button;
use strongroom::ui::empty::Empty;
use strongroom::ui::progress::Progress;
use strongroom::ui::skeleton::Skeleton;
use strongroom_core::i18n::failure::Explanation;
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

fn explanation(can_retry: bool) -> Explanation {
    Explanation {
        title: "It failed".to_owned(),
        reason: "The server is busy.".to_owned(),
        details: vec![("Request ID", "req-1".to_owned())],
        can_retry,
        can_reload: false,
    }
}

#[wasm_bindgen_test]
async fn an_error_offers_another_try_only_where_that_can_help() {
    for can_retry in [true, false] {
        let tries = RwSignal::new(0);
        let stage = Stage::of(move || {
            view! { <FailureNote explanation=explanation(can_retry) on_retry=move |()| tries.update(|it| *it += 1) /> }
        })
        .await;
        assert_eq!(stage.say("at('[role=alert] .note-title').textContent"), "It failed");
        assert_eq!(stage.say("at('dl').textContent"), "Request IDreq-1");
        assert!(stage.holds("!at('dl').checkVisibility()"), "the details are folded");
        let names = if can_retry {
            "Try again,Copy details"
        } else {
            "Copy details"
        };
        assert_eq!(stage.say("all('button').map(it => it.textContent)"), names);
        stage.act("at('button').click()").await;
        assert_eq!(tries.get_untracked(), i32::from(can_retry));
    }
}

#[wasm_bindgen_test]
async fn an_empty_state_says_why_and_leads_on() {
    let stage = Stage::of(|| {
        view! { <Empty title="No secrets yet" text="Create one."><Button on_click=|_| ()>"New"</Button></Empty> }
    })
    .await;
    assert_eq!(
        stage.say("at('.empty').innerText.split('\\n').filter(Boolean)"),
        "No secrets yet,Create one.,New"
    );
    drop(stage);
    let stage = Stage::of(|| view! { <Empty text="Nothing." /> }).await;
    assert!(stage.holds("!at('.empty-title')"));
}

#[wasm_bindgen_test]
async fn a_skeleton_is_said_once() {
    let stage = Stage::of(|| view! { <Skeleton lines=4 /> }).await;
    assert_eq!(stage.say("all('.skeleton-line').length"), "4");
    assert!(stage.holds("all('.skeleton-line').every(it => it.ariaHidden === 'true')"));
    assert_eq!(stage.say("at('[role=status]').textContent"), "Loading…");
}

#[wasm_bindgen_test]
async fn progress_is_said_in_words_and_may_be_unknown() {
    let done = RwSignal::new(Some(0.25));
    let stage = Stage::of(move || view! { <Progress text="250 of 1,000".to_owned() done /> }).await;
    assert_eq!(stage.say("at('progress').position"), "0.25");
    assert_eq!(stage.say("at('progress').labels[0].textContent.trim()"), "250 of 1,000");
    done.set(Some(7.0));
    stage.settle().await;
    assert_eq!(stage.say("at('progress').position"), "1", "never more than all");
    done.set(None);
    stage.settle().await;
    assert_eq!(stage.say("at('progress').position"), "-1");
}

/// The notifications, and what tells something to them.
async fn told(tell: impl FnOnce(Notices) + 'static) -> Stage {
    Stage::of(move || {
        let notices = use_notices();
        tell(notices);
        view! { <NoticeRegion notices /> }
    })
    .await
}

#[wasm_bindgen_test]
async fn what_was_done_goes_by_itself_and_what_failed_stays() {
    let stage = told(|notices| {
        notices.done("Saved.");
        notices.failed("Not copied.");
    })
    .await;
    assert_eq!(stage.say("at('.notices').getAttribute('role')"), "status");
    assert_eq!(stage.say("at('.notices').ariaLive"), "polite");
    assert_eq!(
        stage.say("all('.notice p').map(it => it.textContent)"),
        "Saved.,Not copied."
    );
    gloo_timers::future::sleep(std::time::Duration::from_millis(6_200)).await;
    assert_eq!(stage.say("all('.notice p').map(it => it.textContent)"), "Not copied.");
    stage.act("at('.notice [aria-label=Dismiss]').click()").await;
    assert_eq!(stage.say("all('.notice').length"), "0");
}

#[wasm_bindgen_test]
async fn a_failure_can_be_tried_again_and_looked_into() {
    let tries = RwSignal::new(0);
    let stage = told(move |notices| {
        notices.failed_because(explanation(true), move || tries.update(|it| *it += 1));
    })
    .await;
    assert_eq!(
        stage.say("at('.notice p').textContent"),
        "It failed: The server is busy."
    );
    assert!(stage.holds("!at('details').open"));
    assert_eq!(stage.say("at('details dl').textContent"), "Request IDreq-1");
    stage.act("all('.notice > .actions button')[0].click()").await;
    assert_eq!(tries.get_untracked(), 1);
    assert_eq!(stage.say("all('.notice').length"), "0", "it is being tried again");
}
