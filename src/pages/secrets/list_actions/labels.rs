//! All labels of a secret, for a row that has no room for them.

use std::sync::Arc;

use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::completion;

use crate::browser::{page, popover, tasks};
use crate::pages::secrets::list::context::{ListContext, OverlayRequest};
use crate::ui::erased::{dynamic, handle_click};
use crate::ui::portions::portions;

/// The id of the popover: there is only one, anchored to the button that was pressed.
const LABELS: &str = "row-labels";

/// The labels of the current row; each filters the list when pressed.
#[component]
pub fn LabelsPopover(context: ListContext) -> impl IntoView {
    let labels = RwSignal::new((String::new(), Arc::new(Vec::<[String; 2]>::new())));
    tasks::follow(move || {
        let OverlayRequest::Labels(id) = context.request.get() else {
            return;
        };
        context.request.set(OverlayRequest::Nothing);
        let found = context.list.find(&id, |rows, row| {
            let labels = rows.labels(row).map(|(key, value)| [key.to_owned(), value.to_owned()]);
            (rows.name(row).to_owned(), Arc::new(labels.collect()))
        });
        if let Some(found) = found {
            labels.set(found);
            request_animation_frame(|| {
                popover::open(LABELS);
                page::focus_first(&format!("#{LABELS} button"));
            });
        }
    });
    let chip = move |[key, value]: [String; 2]| {
        let text = if value.is_empty() { String::new() } else { format!("={}", shown(&value)) };
        let label = (key.clone(), value);
        let filter = handle_click(move |_| {
            popover::close(LABELS);
            let word = context.list.with(|loaded| completion::label_word(&label.0, &label.1, loaded.list().rows()));
            if let Some(word) = word {
                context.filter_by(&word);
            }
        });
        view! {
            <li>
                <button type="button" class="chip" on:click=filter>
                    <span class="chip-key">{shown(&key).into_owned()}</span>
                    <span class="chip-value">{text}</span>
                </button>
            </li>
        }
        .into_any()
    };
    let chips = dynamic(move || {
        let (name, labels) = labels.get();
        let chips = portions(labels.len(), move |index| labels.get(index).cloned().map(chip).into_any());
        let label = fill(words::list().all_labels, &[("name", &name)]);
        view! { <ul class="chips row-labels-list" aria-label=label>{chips}</ul> }
    });
    view! { <div class="popover row-labels" id=LABELS popover="auto">{chips}</div> }.into_any()
}
