//! A status that changes often, of which a screen reader announces only what matters.

use std::time::Duration;

use futures::future::AbortHandle;
use leptos::prelude::*;

use crate::browser::clock::use_clock;
use crate::browser::tasks;
use crate::ui::erased::dynamic;

/// How long an announcement stays in the page, so that a screen reader can read it.
const SPOKEN: Duration = Duration::from_secs(3);

/// The status, and its announcement each time that `is_due` says so. `is_due` runs when a signal that it reads changes.
pub fn spoken_status(label: &'static str, text: Memo<String>, mut is_due: Box<dyn FnMut() -> bool>) -> AnyView {
    let clock = use_clock();
    let announced = RwSignal::new(String::new());
    let clearing = StoredValue::new_local(None::<AbortHandle>);
    let clear_later = move |handle| {
        clearing.update_value(|clearing| {
            if let Some(former) = std::mem::replace(clearing, handle) {
                former.abort();
            }
        });
    };
    on_cleanup(move || clear_later(None));
    tasks::follow(move || {
        if is_due() {
            announced.set(text.get_untracked());
            // Removed later, so that reading line by line does not find an outdated announcement next to the status.
            clear_later(Some(tasks::spawn(async move {
                clock.sleep(SPOKEN).await;
                announced.set(String::new());
            })));
        }
    });
    view! {
        <span role="status" aria-live="off" aria-label=label>{dynamic(move || text.get())}</span>
        <span class="visually-hidden" aria-live="polite">{dynamic(move || announced.get())}</span>
    }
    .into_any()
}
