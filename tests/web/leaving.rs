//! Unsaved work: whichever way a person leads away from it, they are asked first.

use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use strongroom::browser::history::{Aim, Navigation, Unsaved};
use wasm_bindgen_test::wasm_bindgen_test;

use super::components::Stage;

const SOON: Duration = Duration::from_millis(150);

struct Work {
    stage: Stage,
    navigation: Navigation,
    reason: RwSignal<Option<&'static str>>,
    home: String,
}

impl Work {
    async fn begin() -> Self {
        let handed = StoredValue::new_local(None);
        let stage = Stage::of(move || {
            let navigation = Navigation::start().unwrap();
            let reason = RwSignal::new(None::<&'static str>);
            navigation.guard(move || {
                let text = reason.get_untracked()?.to_owned();
                Some(Unsaved { text, is_kept: true })
            });
            let address = navigation.address();
            Effect::new(move |_: Option<()>| {
                let _ = address.get();
                navigation.arrived();
            });
            handed.set_value(Some((navigation, reason)));
            view! { <a href="/by-link?x=1">"On"</a> }
        })
        .await;
        let (navigation, reason) = handed.get_value().unwrap();
        let home = location().pathname().unwrap() + &location().search().unwrap();
        Self {
            stage,
            navigation,
            reason,
            home,
        }
    }

    async fn is_at(&self, address: &str) -> bool {
        sleep(SOON).await;
        for _ in 0..20 {
            // A machine with much to do takes its time; what is not to happen is waited for only once.
            if location().pathname().unwrap() + &location().search().unwrap() == address {
                break;
            }
            sleep(SOON).await;
        }
        let shown = location().pathname().unwrap() + &location().search().unwrap();
        let (path, query) = self.navigation.address().get_untracked();
        let known = if query.is_empty() {
            path
        } else {
            format!("{path}?{query}")
        };
        assert_eq!(shown, known, "the address and what the console takes for it");
        shown == address
    }

    fn question(&self) -> Option<String> {
        self.navigation
            .question()
            .get_untracked()
            .map(|question| question.unsaved.text)
    }

    async fn end(self) {
        self.reason.set(None);
        self.navigation.replace(&self.home);
        sleep(SOON).await;
        drop(self.stage);
    }
}

#[wasm_bindgen_test]
async fn nobody_is_asked_without_a_reason() {
    let work = Work::begin().await;
    work.navigation.go("/one");
    assert!(work.is_at("/one").await && work.question().is_none());
    work.stage.act("at('a').click()").await;
    assert!(work.is_at("/by-link?x=1").await && work.question().is_none());
    window().history().unwrap().back().unwrap();
    assert!(work.is_at("/one").await && work.question().is_none());
    work.end().await;
}

#[wasm_bindgen_test]
async fn a_link_and_what_the_console_does_are_asked_about() {
    let work = Work::begin().await;
    work.navigation.go("/work");
    assert!(work.is_at("/work").await);
    work.reason.set(Some("Something would be lost."));
    for is_leaving in [false, true] {
        work.stage.act("at('a').click()").await;
        assert!(work.is_at("/work").await);
        assert_eq!(work.question().as_deref(), Some("Something would be lost."));
        work.navigation.answer(is_leaving);
        assert!(work.question().is_none());
        assert_eq!(work.is_at("/by-link?x=1").await, is_leaving);
    }
    for is_leaving in [false, true] {
        work.navigation.go("/elsewhere");
        assert!(work.is_at("/by-link?x=1").await && work.question().is_some());
        work.navigation.answer(is_leaving);
        assert_eq!(work.is_at("/elsewhere").await, is_leaving);
    }
    // What follows from something else is not asked about.
    work.navigation.replace("/connect");
    assert!(work.is_at("/connect").await && work.question().is_none());
    let is_done = RwSignal::new(false);
    work.navigation.ask(move || is_done.set(true));
    assert!(!is_done.get_untracked() && work.question().is_some());
    work.navigation.answer(true);
    assert!(is_done.get_untracked());
    work.navigation.ask_to_disconnect(|| {});
    assert!(
        work.navigation
            .question()
            .get_untracked()
            .is_some_and(|question| question.aim == Aim::Disconnect)
    );
    work.navigation.answer(false);
    work.end().await;
}

#[wasm_bindgen_test]
async fn back_and_forward_are_undone_until_it_is_answered() {
    let work = Work::begin().await;
    let history = window().history().unwrap();
    for address in ["/one", "/two", "/work", "/four"] {
        work.navigation.go(address);
        assert!(work.is_at(address).await);
    }
    history.back().unwrap();
    assert!(work.is_at("/work").await);
    let length = history.length().unwrap();
    work.reason.set(Some("Something would be lost."));
    // Steps of any size and in both directions.
    for (by, target) in [(-1, "/two"), (1, "/four"), (-2, "/one")] {
        history.go_with_delta(by).unwrap();
        assert!(work.is_at("/work").await, "{by}");
        assert!(work.question().is_some(), "{by}");
        work.navigation.answer(false);
        assert!(work.is_at("/work").await);
        history.go_with_delta(by).unwrap();
        assert!(work.is_at("/work").await && work.question().is_some());
        work.navigation.answer(true);
        assert!(work.is_at(target).await, "{by}");
        assert_eq!(history.length().unwrap(), length, "nothing is added to the history");
        work.reason.set(None);
        history.go_with_delta(-by).unwrap();
        assert!(work.is_at("/work").await);
        work.reason.set(Some("Something would be lost."));
    }
    // A state of the view that replaces another one stays the same entry.
    work.reason.set(None);
    work.navigation.replace("/work?x=1");
    work.reason.set(Some("Something would be lost."));
    history.back().unwrap();
    assert!(work.is_at("/work?x=1").await && work.question().is_some());
    work.navigation.answer(true);
    assert!(work.is_at("/two").await);
    work.end().await;
}
