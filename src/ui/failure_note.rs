//! An error, where it happened.

use leptos::prelude::*;

use crate::text::failure::Explanation;
use crate::text::{fill, words};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;
use crate::web::{clipboard, tasks};

/// Says what did not happen, why, and what to do; with the facts that help whoever looks into it.
#[component]
pub fn FailureNote(
    /// What to say.
    explanation: Explanation,
    /// Tries again; offered only where that can help.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let can_retry = explanation.can_retry;
    let retry = on_retry.filter(|_| can_retry).map(|on_retry| {
        view! { <Button on_click=move |_| on_retry.run(())>{words().retry}</Button> }
    });
    let details = (!explanation.details.is_empty()).then(|| view! { <Details details=explanation.details /> });
    view! {
        <div class="note note-danger" role="alert">
            <p class="note-title">{explanation.title}</p>
            <p>{explanation.reason}</p>
            {details}
            {retry}
        </div>
    }
    .into_any()
}

/// Facts about a failure, and a button that copies them all, for whoever is asked for help.
#[component]
pub fn Details(
    /// Names and facts.
    details: Vec<(&'static str, String)>,
) -> impl IntoView {
    let all: Vec<String> = details.iter().map(|(name, fact)| format!("{name}: {fact}")).collect();
    let all = StoredValue::new(all.join("\n"));
    let is_copied = RwSignal::new(None::<bool>);
    let copy = move |_| {
        let text = all.get_value();
        tasks::spawn_for_page(async move {
            let done = clipboard::copy(&text).await;
            let _ = is_copied.try_set(Some(done));
        });
    };
    let rows = details.into_iter().map(|(name, fact)| {
        view! {
            <div>
                <dt>{name}</dt>
                <dd><code>{fact}</code></dd>
            </div>
        }
    });
    let told = dynamic(move || {
        let words = words();
        is_copied.get().map(|is_copied| {
            if is_copied {
                fill(words.copied, &[("what", words.details)])
            } else {
                words.not_copied.to_owned()
            }
        })
    });
    view! {
        <dl class="note-details">{rows.collect_view()}</dl>
        <Button rank=Rank::Quiet glyph=Glyph::COPY on_click=copy>{words().copy_details}</Button>
        <span class="muted" role="status">{told}</span>
    }
    .into_any()
}
