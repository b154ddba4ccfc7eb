//! An error, where it happened.

use leptos::prelude::*;

use crate::text::failure::Explanation;
use crate::text::words;
use crate::ui::button::Button;

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
    let details = (!explanation.details.is_empty()).then(|| {
        let rows = explanation.details.into_iter().map(|(name, fact)| {
            view! {
                <div>
                    <dt>{name}</dt>
                    <dd><code>{fact}</code></dd>
                </div>
            }
        });
        view! { <dl class="note-details">{rows.collect_view()}</dl> }
    });
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
