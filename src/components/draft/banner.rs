//! What is told of a draft.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, secret_words as words};

use crate::browser::{intl, page};
use crate::components::draft::Drafting;
use crate::components::draft::status::Told;
use crate::ui::button::{Button, Rank};
use crate::ui::erased::dynamic;

/// The first thing that can be done about a draft.
const BUTTON: &str = ".note-draft button";

/// The button that was pressed is gone: the focus goes on there.
fn go_on(selector: &'static str) {
    request_animation_frame(move || page::focus_first(selector));
}

/// Says what is to be known of the draft, and lets it be given up.
#[component]
pub fn DraftNote(
    drafting: Drafting,
    /// The form is on screen and nothing is under way: what was typed can be given up.
    #[prop(into)]
    can_discard: Signal<bool>,
    /// The person wants the form as it would be without the draft.
    #[prop(into)]
    on_discard: Callback<()>,
) -> impl IntoView {
    let words = words();
    let told = drafting.told;
    let discard = move |_| {
        if can_discard.get_untracked() {
            drafting.delete();
            told.set(Told::Nothing);
            on_discard.run(());
            go_on("main h1");
        }
    };
    let note = |text: String, actions: AnyView| {
        view! {
            <div class="note note-draft" role="status">
                <p>{text}</p>
                {actions}
            </div>
        }
        .into_any()
    };
    dynamic(move || match told.get() {
        Told::Nothing => ().into_any(),
        Told::Unkept => view! { <p class="note note-warning" role="status">{words.draft_unkept}</p> }.into_any(),
        Told::Restored(at) => {
            let text = fill(words.draft_restored, &[("when", &intl::date_and_time(at))]);
            let ask = move |_| {
                told.set(Told::Discarding(at));
                go_on(BUTTON);
            };
            let actions = dynamic(move || {
                let can_discard = can_discard.get();
                can_discard.then(|| view! { <Button rank=Rank::Quiet on_click=ask>{words.draft_discard}</Button> })
            });
            note(text, actions)
        }
        Told::Discarding(at) => {
            let text = fill(words.draft_discard_question, &[("when", &intl::date_and_time(at))]);
            let stay = move |_| {
                told.set(Told::Restored(at));
                go_on(BUTTON);
            };
            let actions = dynamic(move || {
                let can_discard = can_discard.get();
                can_discard.then(|| {
                    view! {
                        <Button rank=Rank::Danger on_click=discard>{words.draft_discard_now}</Button>
                        <Button on_click=stay>{words.draft_stays}</Button>
                    }
                })
            });
            note(text, actions)
        }
        Told::Offered(at) => {
            let text = fill(words.draft_offered, &[("when", &intl::date_and_time(at))]);
            let take = move |_| {
                if can_discard.get_untracked() {
                    drafting.take_offered();
                    go_on("main h1");
                }
            };
            let refuse = move |_| {
                drafting.refuse_offered();
                go_on("main h1");
            };
            let actions = view! {
                <Button on_click=take>{words.draft_take}</Button>
                <Button rank=Rank::Quiet on_click=refuse>{words.draft_refuse}</Button>
            };
            note(text, actions.into_any())
        }
    })
}
