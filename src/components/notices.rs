//! Where notifications are shown.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::notices::{Notice, Tone};

use crate::components::error_note::{CopyDetails, facts};
use crate::store::notices::{Notices, Offer};
use crate::ui::button::{Button, IconButton};
use crate::ui::erased::numbered;
use crate::ui::icon::{Glyph, icon};

/// Shows and announces notifications.
#[component]
pub fn NoticeRegion(
    /// The notifications.
    notices: Notices,
    /// Nothing is shown while true; notifications of any session posted meanwhile are shown afterwards.
    #[prop(optional, into)]
    is_silent: Signal<bool>,
    /// Shown above the notifications.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let dismiss = move |number| notices.dismiss(number);
    let notice = move |notice: Notice<Offer>| {
        let number = notice.number;
        let (class, glyph) = match notice.tone {
            Tone::Done => ("notice", Glyph::CHECK),
            Tone::Failed => ("notice notice-failed", Glyph::ERROR),
        };
        let retry = notice.retry.map(|Offer { label, act }| {
            let again = move |_| {
                dismiss(number);
                act.run(());
            };
            view! { <div class="actions"><Button on_click=again>{label}</Button></div> }
        });
        let details = (!notice.details.is_empty()).then(|| {
            view! {
                <details>
                    <summary>{words::common().details}</summary>
                    {facts(&notice.details)}
                    <div class="actions"><CopyDetails details=notice.details /></div>
                </details>
            }
        });
        view! {
            <div class=class>
                {icon(glyph)}
                <p>{notice.text}</p>
                <IconButton glyph=Glyph::CLOSE label=words::common().dismiss.to_owned() on_click=move |()| dismiss(number) />
                {details}
                {retry}
            </div>
        }
    };
    let numbers = move || {
        if is_silent.get() {
            return Vec::new();
        }
        notices
            .shown()
            .with(|shown| shown.shown().iter().map(|notice| notice.number).collect())
    };
    let notice_of = move |number| {
        notices
            .shown()
            .with_untracked(|shown| shown.shown().iter().find(|notice| notice.number == number).cloned())
    };
    view! {
        <div class="notices" role="status" aria-label=words::common().notifications aria-live="polite">
            {children.map(|children| children())}
            {numbered(numbers, move |number| notice_of(number).map(notice).into_any())}
        </div>
    }
}
