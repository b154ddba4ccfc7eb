//! An error, shown where it happened.

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;
use strongroom_core::i18n::{fill, words};

use crate::browser::clipboard::use_clipboard;
use crate::browser::{page, tasks};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// Shows what failed, why and what to do; details for support are folded.
#[component]
pub fn FailureNote(
    /// The message.
    explanation: Explanation,
    /// Retries; offered only if that can help, and run when the device is online again.
    #[prop(optional, into)]
    on_retry: Option<Callback<()>>,
) -> impl IntoView {
    let can_retry = explanation.can_retry;
    let retry = on_retry.filter(|_| can_retry).map(|on_retry| {
        page::on_return(move || on_retry.run(()));
        view! { <Button on_click=move |_| on_retry.run(())>{words::common().retry}</Button> }
    });
    let reload = explanation.can_reload.then(|| {
        view! { <Button on_click=move |_| page::reload()>{words::common().reload}</Button> }
    });
    view! {
        <div class="note note-danger" role="alert">
            <div class="note-text">
                {(!explanation.title.is_empty()).then(|| view! { <p class="note-title">{explanation.title}</p> })}
                <p>{explanation.reason}</p>
            </div>
            {retry}
            {reload}
            {(!explanation.details.is_empty()).then(|| folded(explanation.details))}
        </div>
    }
    .into_any()
}

/// The details of a failure, folded, with a button to copy them.
pub fn folded(details: Vec<(&'static str, String)>) -> AnyView {
    view! {
        <details>
            <summary>{words::common().details}</summary>
            {facts(&details)}
            <div class="actions"><CopyDetails details /></div>
        </details>
    }
    .into_any()
}

/// The details of a failure, as a list.
pub fn facts(details: &[(&'static str, String)]) -> AnyView {
    let row = |(name, fact): &(&'static str, String)| {
        view! {
            <div>
                <dt>{*name}</dt>
                <dd><code>{fact.clone()}</code></dd>
            </div>
        }
        .into_any()
    };
    let rows: Vec<AnyView> = details.iter().map(row).collect();
    view! { <dl class="note-details">{rows}</dl> }.into_any()
}

/// A button that copies all details of a failure, for support. Reports whether the browser copied them.
#[component]
pub fn CopyDetails(
    /// Names and values.
    details: Vec<(&'static str, String)>,
) -> impl IntoView {
    let all: Vec<String> = details.iter().map(|(name, fact)| format!("{name}: {fact}")).collect();
    let all = StoredValue::new(all.join("\n"));
    let is_copied = RwSignal::new(None::<bool>);
    let clipboard = use_clipboard();
    let copy = move |_| {
        let text = all.get_value();
        tasks::spawn_for_page(async move {
            let done = clipboard.copy(&text).await;
            let _ = is_copied.try_set(Some(done));
        });
    };
    let told = dynamic(move || {
        is_copied.get().map(|is_copied| {
            if is_copied {
                fill(words::common().copied, &[("what", words::common().details)])
            } else {
                words::common().not_copied.to_owned()
            }
        })
    });
    view! {
        <Button rank=Rank::Quiet glyph=Glyph::COPY on_click=copy>{words::common().copy_details}</Button>
        <span class="note-told muted" role="status">{told}</span>
    }
    .into_any()
}
