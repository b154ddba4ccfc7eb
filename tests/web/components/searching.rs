//! The search box.

use leptos::prelude::*;
use strongroom::ui::search_box::SearchBox;
use wasm_bindgen_test::wasm_bindgen_test;

use super::Stage;

#[wasm_bindgen_test]
async fn a_search_box_waits_for_rest_and_follows_its_owner() {
    let text = RwSignal::new("before".to_owned());
    let searched = RwSignal::new(Vec::<String>::new());
    let stage = Stage::of(move || {
        view! { <SearchBox label="Search" hint="Names" text on_search=move |wanted| searched.update(|it| it.push(wanted)) /> }
    })
    .await;
    assert_eq!(stage.say("at('input').value"), "before");
    stage
        .act("type('input', 'a'); type('input', 'ab'); type('input', 'abc')")
        .await;
    assert!(searched.get_untracked().is_empty(), "it waits until typing rests");
    gloo_timers::future::sleep(std::time::Duration::from_millis(300)).await;
    assert_eq!(searched.get_untracked(), ["abc"]);
    text.set("of the owner".to_owned());
    stage.settle().await;
    assert_eq!(stage.say("at('input').value"), "of the owner");
    stage.act("type('input', 'now'); at('form').requestSubmit()").await;
    assert_eq!(searched.get_untracked(), ["abc", "now"], "Enter does not wait");
}

#[wasm_bindgen_test]
async fn who_clears_a_search_overrules_what_is_still_being_typed() {
    let text = RwSignal::new(String::new());
    let typed = RwSignal::new(String::new());
    let searched = RwSignal::new(Vec::new());
    let stage = Stage::of(move || {
        view! { <SearchBox label="Search" hint="Names" text typed on_search=move |wanted| searched.update(|it| it.push(wanted)) /> }
    })
    .await;
    stage.act("type('input', 'ab')").await;
    assert_eq!(typed.get_untracked(), "ab", "each letter is heard at once");
    // The text in force was empty all the while, and stays so.
    typed.set(String::new());
    stage.settle().await;
    assert_eq!(stage.say("at('input').value"), "");
    gloo_timers::future::sleep(std::time::Duration::from_millis(300)).await;
    assert!(searched.get_untracked().is_empty(), "{:?}", searched.get_untracked());
    assert_eq!(stage.say("at('input').value"), "");
}
