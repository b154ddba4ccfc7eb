//! The value of a secret: revealed and copied if the server returns it, otherwise marked as write-only.

use contract::{SecretId, WorkspaceId, calls};
use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::route::Route;

use crate::api::config::use_limits;
use crate::api::session::use_session;
use crate::browser::clipboard::Outcome;
use crate::browser::tasks;
use crate::components::error_note::FailureNote;
use crate::components::messages::explained;
use crate::store::notices::{Notices, use_notices};
use crate::store::reveal::{Copied, Exposure, Reveal};
use crate::ui::button::Button;
use crate::ui::erased::{When, dynamic, moving_flag};
use crate::ui::icon::Glyph;

/// A write-only value, and what the user can do instead.
#[component]
pub fn WriteOnlyValue(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    view! {
        <p class="muted">{words::value().write_only}</p>
        <a href=Route::EditSecret(workspace, id).to_path() class="button">{words::value().replace}</a>
    }
}

/// A readable value. It is read again each time it is shown or copied, and never stored.
#[component]
pub fn ReadableValue(
    workspace: WorkspaceId,
    id: SecretId,
) -> impl IntoView {
    let session = use_session();
    let notices = use_notices();
    let reveal = Reveal::new(session.hooks(), move || {
        let call = calls::read_secret(&workspace, &id);
        Box::pin(async move { session.send(call).await.map(|secret| secret.spec.value) })
    });
    let exposure = reveal.exposure();
    let is_shown = Memo::new(move |_| exposure.with(|exposure| matches!(exposure, Exposure::Shown(_))));
    let is_reading = Signal::derive(move || exposure.with(|exposure| *exposure == Exposure::Reading));
    let seconds = use_limits().clipboard_seconds;
    let copy = move || copy_value(reveal, seconds, notices);
    let told = dynamic(move || match exposure.get() {
        Exposure::Shown(seconds) => {
            let text = fill(words::value().revealed, &[("seconds", &seconds.to_string())]);
            view! { <p class="muted">{text}</p> }.into_any()
        }
        Exposure::Failed(failure) => view! { <FailureNote explanation=explained(&failure) /> }.into_any(),
        Exposure::Missing => view! { <p class="muted">{words::value().gone}</p> }.into_any(),
        Exposure::Hidden | Exposure::Reading => ().into_any(),
    });
    // Announced once when it is shown and once when it is hidden, not every second.
    let announced = Memo::new(move |before: Option<&&'static str>| match (is_shown.get(), before) {
        (true, _) => words::value().reveal,
        (false, Some(_)) => words::value().hidden_again,
        (false, None) => "",
    });
    view! {
        <div class="value">
            <p class="value-hidden muted" hidden=moving_flag(move || is_shown.get())>{words::value().hidden}</p>
            <pre class="value-shown" node_ref=reveal.place() hidden=moving_flag(move || !is_shown.get()) translate="no"></pre>
            {told}
            <span class="visually-hidden" role="status">{dynamic(move || announced.get())}</span>
            <div class="actions">
                <When
                    condition=Signal::derive(move || is_shown.get())
                    otherwise=move || view! {
                        <Button glyph=Glyph::EYE is_busy=is_reading on_click=move |_| reveal.show()>{words::value().reveal}</Button>
                    }
                >
                    <Button glyph=Glyph::EYE_OFF on_click=move |_| reveal.hide()>{words::value().hide}</Button>
                </When>
                <Button glyph=Glyph::COPY on_click=move |_| copy()>{words::value().copy}</Button>
            </div>
        </div>
    }
    .into_any()
}

fn copy_value(reveal: Reveal, seconds: u32, notices: Notices) {
    // A lock clears the clipboard, and the outcome is known only after the session.
    let lasting = notices.of_any_session();
    let told = move |outcome| match outcome {
        Outcome::Emptied => lasting.done(words::value().clipboard_cleared),
        Outcome::Unfocused => lasting.failed(words::value().clipboard_unfocused),
        Outcome::Refused => lasting.failed(words::value().clipboard_refused),
    };
    tasks::spawn_for_page(async move {
        match reveal.copy(seconds, told).await {
            Ok(Copied::Done) => notices.done(fill(words::value().copied, &[("seconds", &seconds.to_string())])),
            Ok(Copied::Refused) => notices.failed(words::common().not_copied),
            Ok(Copied::Missing) => notices.failed(words::value().gone),
            // The view is gone.
            Ok(Copied::Left) => {}
            Err(failure) => notices.failed_because(explained(&failure), move || copy_value(reveal, seconds, notices)),
        }
    });
}
