//! Messages, progress and empty states.

use leptos::prelude::*;
use strongroom_core::i18n::failure::Explanation;

use crate::app::gallery::Specimen;
use crate::components::error_note::FailureNote;
use crate::store::notices::use_notices;
use crate::ui::button::Button;
use crate::ui::empty::Empty;
use crate::ui::icon::Glyph;
use crate::ui::progress::Progress;
use crate::ui::skeleton::Skeleton;

fn explanation() -> Explanation {
    Explanation {
        title: "The secrets could not be loaded".to_owned(),
        reason: "The server is busy. Try again in a moment.".to_owned(),
        details: vec![
            ("HTTP status", "503".to_owned()),
            ("Request ID", "req_01JGFJJZ0VCS7FN1WS16".to_owned()),
        ],
        can_retry: true,
        can_reload: false,
    }
}

#[component]
pub fn Feedback() -> impl IntoView {
    let notices = use_notices();
    view! {
        <h2 class="heading">"Feedback"</h2>
        <Specimen name="Toast: done, failed, failed with details and another try">
            <div class="actions">
                <Button on_click=move |_| notices.done("API_KEY saved.")>"Done"</Button>
                <Button on_click=move |_| notices.failed("The browser did not let this page copy.")>"Failed"</Button>
                <Button on_click=move |_| notices.failed_because(explanation(), || ())>"Failed because"</Button>
            </div>
        </Specimen>
        <Specimen name="Note: plain, warning">
            <p class="note">"No changes to save."</p>
            <p class="note note-warning">"This workspace is archived."</p>
        </Specimen>
        <Specimen name="Error state"><FailureNote explanation=explanation() on_retry=|()| () /></Specimen>
        <Specimen name="Empty state: with and without a title">
            <Empty glyph=Glyph::KEY title="No secrets yet" text="Create the first one.">
                <Button on_click=|_| ()>"New secret"</Button>
            </Empty>
            <Empty text="Nothing is here." />
        </Specimen>
        <Specimen name="Skeleton"><Skeleton lines=4 /></Specimen>
        <Specimen name="Progress: how far it is, and unknown">
            <Progress text="12,400 of 100,000 loaded".to_owned() done=Signal::derive(|| Some(0.124)) />
            <Progress text="Loading…".to_owned() done=Signal::derive(|| None::<f64>) />
        </Specimen>
    }
    .into_any()
}
