//! The value of a secret: revealed and copied if the server returns it, otherwise marked as write-only.

use contract::{SecretId, WorkspaceId, calls};
use futures::FutureExt as _;
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};

use crate::browser::tasks::memo;
use crate::api::config::use_limits;
use crate::api::session::use_session;
use crate::browser::clipboard::Outcome;
use crate::browser::tasks;
use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::store::notices::{Notices, use_notices};
use crate::store::reveal::{Copied, Exposure, Reveal};
use crate::ui::button::{Button, IconButton};
use crate::ui::erased::{When, dynamic, moving_flag};
use crate::ui::icon::Glyph;
use crate::ui::progress::Progress;

/// A write-only value, and what the user can do instead.
#[component]
pub fn WriteOnlyValue(
    /// Replaces the value.
    #[prop(into)]
    on_replace: Callback<()>,
    /// Why it can't be replaced now.
    refusal: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <div class="value">
            <div class="value-line">
                {dots()}
                <Button refusal=refusal on_click=move |_| on_replace.run(())>{words::value().replace}</Button>
            </div>
            <p class="field-hint">{words::value().write_only}</p>
        </div>
    }
    .into_any()
}

/// A readable value. It is read again each time it is shown or copied, and never stored.
#[component]
pub fn ReadableValue(
    workspace: WorkspaceId,
    id: SecretId,
    /// Replaces the value.
    #[prop(into)]
    on_replace: Callback<()>,
    /// Why it can't be replaced now.
    refusal: Signal<Option<String>>,
) -> impl IntoView {
    let session = use_session();
    let notices = use_notices();
    let reveal = Reveal::new(session.hooks(), move || {
        let call = calls::read_secret(&workspace, &id);
        Box::pin(async move { session.send(call).await.map(|secret| secret.spec.value) })
    });
    let exposure = reveal.exposure();
    let is_shown = memo(move |_| exposure.with(|exposure| matches!(exposure, Exposure::Shown(_))));
    let limits = use_limits();
    let (seconds, all) = (limits.clipboard_seconds, limits.reveal_seconds);
    let left = memo(move |_| match exposure.get() {
        Exposure::Shown(seconds) => seconds,
        _ => 0,
    });
    let told = dynamic(move || match exposure.get() {
        Exposure::Failed(failure) => view! { <FailureNote explanation=explained(&failure) /> }.into_any(),
        Exposure::Missing => view! { <p class="muted">{words::value().gone}</p> }.into_any(),
        Exposure::Shown(_) | Exposure::Hidden | Exposure::Reading => ().into_any(),
    });
    // Announced once when it is shown and once when it is hidden, not every second.
    let announced = memo(move |before: Option<&&'static str>| match (is_shown.get(), before) {
        (true, _) => words::value().reveal,
        (false, Some(_)) => words::value().hidden_again,
        (false, None) => "",
    });
    view! {
        <div class="value">
            <div class="value-line">
                <div class="value-hidden" hidden=moving_flag(move || is_shown.get())>{dots()}</div>
                <pre class="value-shown" node_ref=reveal.place() hidden=moving_flag(move || !is_shown.get()) translate="no"></pre>
                <div class="actions">
                    <When
                        condition=Signal::derive(move || is_shown.get())
                        otherwise=move || view! {
                            <IconButton glyph=Glyph::EYE label=words::value().reveal on_click=move |()| reveal.show() />
                        }
                    >
                        <IconButton glyph=Glyph::EYE_OFF label=words::value().hide on_click=move |()| reveal.hide() />
                    </When>
                    <IconButton
                        glyph=Glyph::COPY
                        label=words::value().copy
                        on_click=move |()| copy_value(reveal, seconds, notices)
                    />
                    <Button refusal=refusal on_click=move |_| on_replace.run(())>{words::value().replace}</Button>
                </div>
            </div>
            <When condition=Signal::derive(move || is_shown.get())>
                <Progress
                    text=Signal::derive(move || fill(words::value().revealed, &[("seconds", &left.get().to_string())]))
                    done=Signal::derive(move || Some(f64::from(left.get()) / f64::from(all.max(1))))
                />
            </When>
            {told}
            <span class="visually-hidden" role="status">{dynamic(move || announced.get())}</span>
        </div>
    }
    .into_any()
}

/// Stands for a value that is not shown, whatever its length.
fn dots() -> AnyView {
    view! {
        <p class="value-dots">
            <span aria-hidden="true">"••••••••••••"</span>
            <span class="visually-hidden">{words::value().hidden}</span>
        </p>
    }
    .into_any()
}

/// Reads a value and copies it without showing it. Tells what became of it.
pub fn copy_value(reveal: Reveal, seconds: u32, notices: Notices) {
    // A lock clears the clipboard, and the outcome is known only after the session.
    let lasting = notices.of_any_session();
    let clipboard = reveal.clipboard();
    let told = move |outcome| match outcome {
        Outcome::Emptied => lasting.done(words::value().clipboard_cleared),
        Outcome::Unsure => {
            let clear = move || clipboard.clear();
            lasting.offered(words::value().clipboard_unsure, words::value().clear_clipboard, clear);
        }
        Outcome::Refused => lasting.failed(words::value().clipboard_refused),
    };
    let mut copying = Box::pin(reveal.copy(seconds, told));
    // Now: later the browser may no longer take it for a consequence of the press.
    let early = (&mut copying).now_or_never();
    tasks::spawn_for_page(async move {
        let copied = match early {
            Some(copied) => copied,
            None => copying.await,
        };
        match copied {
            Ok(Copied::Done) => notices.done(fill(words::value().copied, &[("seconds", &seconds.to_string())])),
            Ok(Copied::Refused) if reveal.is_shown() => notices.failed(words::common().not_copied),
            // There is nothing to select.
            Ok(Copied::Refused) => notices.failed(words::value().copy_refused),
            Ok(Copied::Missing) => notices.failed(words::value().not_returned),
            // The view is gone.
            Ok(Copied::Left) => {}
            Err(failure) => notices.failed_because(explained(&failure), move || copy_value(reveal, seconds, notices)),
        }
    });
}
