//! What shows things.

use std::time::Duration;

use leptos::prelude::*;
use strongroom::browser::clock::use_clock;
use strongroom::browser::intl;
use strongroom::components::breadcrumbs::Breadcrumbs;
use strongroom::components::copyable::Copyable;
use strongroom::components::notices::NoticeRegion;
use strongroom::store::notices::use_notices;
use strongroom::ui::badge::{Badge, Tone};
use strongroom::ui::facts::{Fact, Facts};
use strongroom::ui::heading::Heading;
use strongroom::ui::moment::{ExactMoment, Moment};
use strongroom::ui::table::{SortHeader, Sorted, Table};
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

#[wasm_bindgen_test]
async fn a_badge_says_in_a_word_what_its_colour_says() {
    let stage = Stage::of(|| {
        view! {
            <Badge text="Archived" tone=Tone::Warning />
            {Tone::Success.dot()}
        }
    })
    .await;
    assert_eq!(stage.say("at('.badge-warning').textContent"), "Archived");
    assert_eq!(stage.say("at('.dot-success').ariaHidden"), "true");
}

#[wasm_bindgen_test]
async fn a_table_says_how_many_rows_it_has_and_how_it_is_sorted() {
    let sorted = RwSignal::new(Sorted::Not);
    let pressed = RwSignal::new(0);
    let is_busy = RwSignal::new(false);
    let stage = Stage::of(move || {
        let columns = view! { <SortHeader name="Name" sorted on_sort=move |()| pressed.update(|it| *it += 1) /> };
        let rows = view! { <tr><th scope="row">"a"</th></tr> };
        let count = Signal::derive(|| 100_000_usize);
        view! { <Table label="Secrets" row_count=count is_busy columns=columns.into_any() rows=rows.into_any() /> }
    })
    .await;
    assert_eq!(stage.say("at('table').ariaLabel"), "Secrets");
    assert_eq!(stage.say("at('table').ariaRowCount"), "100000");
    assert_eq!(stage.say("at('table').ariaBusy"), "false");
    assert_eq!(stage.say("at('th').ariaSort"), "none");
    stage.act("at('th button').click()").await;
    assert_eq!(pressed.get_untracked(), 1);
    for (now, word, icons) in [
        (Sorted::Ascending, "ascending", "icon icon-arrow-up"),
        (Sorted::Descending, "descending", "icon icon-arrow-down"),
        (Sorted::Not, "none", ""),
    ] {
        sorted.set(now);
        stage.settle().await;
        assert_eq!(stage.say("at('th').ariaSort"), word);
        assert_eq!(stage.say("all('th .icon').map(it => it.className)"), icons);
    }
    is_busy.set(true);
    stage.settle().await;
    assert_eq!(stage.say("at('table').ariaBusy"), "true");
    assert_eq!(stage.say("at('tbody').textContent"), "a", "what it shows stays");
}

#[wasm_bindgen_test]
async fn facts_are_a_list_of_descriptions() {
    let stage = Stage::of(|| view! { <Facts><Fact name="Name">"DATABASE_URL"</Fact></Facts> }).await;
    assert_eq!(stage.say("at('dl dt').textContent"), "Name");
    assert_eq!(stage.say("at('dl dd').textContent"), "DATABASE_URL");
}

#[wasm_bindgen_test]
async fn a_moment_has_its_exact_time_at_hand() {
    let before = use_clock().now() - chrono::TimeDelta::days(3);
    let exact = intl::date_and_time(before);
    let stage = Stage::of(move || view! { <Moment instant=before /> <ExactMoment instant=before /> }).await;
    assert_eq!(stage.say("at('time').textContent"), intl::relative((-3, "day")));
    assert_eq!(stage.say("at('time').dataset.tip"), exact);
    assert_eq!(stage.say("at('time').getAttribute('aria-description')"), exact);
    assert_eq!(stage.say("at('time').tabIndex"), "0");
    assert_eq!(
        stage.say("new Date(at('time').dateTime).getTime()"),
        before.timestamp_millis().to_string()
    );
    assert_eq!(stage.say("all('time')[1].textContent"), exact);
}

#[wasm_bindgen_test]
async fn what_is_copied_is_said_and_never_pretended() {
    let stage = Stage::of(|| {
        let notices = use_notices();
        view! { <Copyable what="ID" text="wsec_1" /> <NoticeRegion notices /> }
    })
    .await;
    assert_eq!(stage.say("at('code').textContent"), "wsec_1");
    assert_eq!(stage.say("at('button').ariaLabel"), "Copy ID");
    let clipboard =
        "Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {writeText: async text => {";
    stage
        .act(&format!(
            "{clipboard} globalThis.copied = text }} }}}}); at('button').click()"
        ))
        .await;
    stage.until("at('.notice')").await;
    assert_eq!(stage.say("globalThis.copied"), "wsec_1");
    assert_eq!(stage.say("at('.notice p').textContent"), "ID copied.");
    assert!(stage.holds("at('.copyable .icon-check')"));
    stage
        .act(&format!(
            "{clipboard} throw new Error('no') }} }}}}); at('button').click()"
        ))
        .await;
    stage.until("at('.notice-failed')").await;
    assert!(
        stage
            .say("at('.notice-failed p').textContent")
            .contains("blocked copying")
    );
    stage.run("delete navigator.clipboard");
    gloo_timers::future::sleep(Duration::from_millis(2100)).await;
    assert!(stage.holds("at('.copyable .icon-copy')"), "the tick goes again");
}

#[wasm_bindgen_test]
async fn breadcrumbs_lead_back_up() {
    let steps = RwSignal::new(vec![("Workspaces".to_owned(), "/workspaces".to_owned())]);
    let stage = Stage::of(move || view! { <Breadcrumbs steps /> }).await;
    assert_eq!(stage.say("at('nav').ariaLabel"), "Breadcrumbs");
    assert_eq!(stage.say("at('ol a').getAttribute('href')"), "/workspaces");
    steps.update(|steps| steps.push(("Production".to_owned(), "/workspaces/1".to_owned())));
    stage.settle().await;
    assert_eq!(
        stage.say("all('ol a').map(it => it.textContent)"),
        "Workspaces,Production"
    );
}

#[wasm_bindgen_test]
async fn a_heading_names_the_document() {
    let text = RwSignal::new("Secrets".to_owned());
    let stage = Stage::of(move || view! { <Heading text /> }).await;
    assert_eq!(stage.say("at('h1').textContent"), "Secrets");
    assert_eq!(stage.say("document.title"), "Secrets · Strongroom");
    text.set("DATABASE_URL".to_owned());
    stage.settle().await;
    assert_eq!(stage.say("document.title"), "DATABASE_URL · Strongroom");
    drop(stage);
    // The next view of the same page takes the focus.
    let next = Stage::of(move || view! { <Heading text /> }).await;
    next.until("document.activeElement === at('h1')").await;
}
