//! All labels of a secret, for a row that has no room for them.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::completion;

use crate::browser::{page, popover, tasks};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::ui::erased::{dynamic, handle_click};

/// The id of the popover: there is only one, anchored to the button that was pressed.
const LABELS: &str = "row-labels";

/// The labels of the current row; each filters the list when pressed.
#[component]
pub fn LabelsPopover(context: ListContext) -> impl IntoView {
    let labels = RwSignal::new((String::new(), Vec::<[String; 3]>::new()));
    tasks::follow(move || {
        let OverlayRequest::Labels(id) = context.request.get() else {
            return;
        };
        context.request.set(OverlayRequest::Nothing);
        let found = context.list.find(&id, |rows, row| {
            let labels = rows.labels(row).map(|(key, value)| {
                let word = completion::label_word(key, value, rows);
                [key.to_owned(), value.to_owned(), word]
            });
            (rows.name(row).to_owned(), labels.collect())
        });
        if let Some(found) = found {
            labels.set(found);
            request_animation_frame(|| {
                popover::open(LABELS);
                page::focus_first(&format!("#{LABELS} button"));
            });
        }
    });
    let chip = move |[key, value, word]: [String; 3]| {
        let text = if value.is_empty() { value } else { format!("={value}") };
        let filter = handle_click(move |_| {
            popover::close(LABELS);
            context.filter_by(&word);
        });
        view! {
            <li>
                <button type="button" class="chip" on:click=filter>
                    <span class="chip-key">{key}</span>
                    <span class="chip-value">{text}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let chips = dynamic(move || {
        let (name, labels) = labels.get();
        let chips: Vec<AnyView> = labels.into_iter().map(chip).collect();
        let label = fill(words::list().all_labels, &[("name", &name)]);
        view! { <ul class="chips row-labels-list" aria-label=label>{chips}</ul> }
    });
    view! { <div class="popover row-labels" id=LABELS popover="auto">{chips}</div> }.into_any()
}
