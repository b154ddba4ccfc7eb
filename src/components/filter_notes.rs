//! Notes on words of the search text that were not understood.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::Query;
use strongroom_core::list::query::{self, Note};

use crate::browser::tasks::memo;
use crate::ui::erased::dynamic;

/// The notes on a search text. None for a condition that is still being typed.
#[component]
pub fn FilterNotes(
    /// The text in the search box.
    typed: RwSignal<String>,
) -> impl IntoView {
    let notes = memo(move |_| {
        let notes = typed.with(|typed| Query::parse(typed)).notes;
        notes.iter().filter_map(note).collect::<Vec<_>>()
    });
    dynamic(move || {
        let note = |note: String| view! { <p class="field-hint">{note}</p> };
        notes.get().into_iter().map(note).collect::<Vec<_>>()
    })
}

fn note(note: &Note) -> Option<String> {
    Some(match note {
        Note::UnknownQualifier(qualifier) => match query::nearest_qualifier(qualifier) {
            Some(known) => fill(words::list().nearest_qualifier, &[("qualifier", qualifier), ("known", known)]),
            None => fill(words::list().unknown_qualifier, &[("qualifier", qualifier)]),
        },
        Note::UnknownValue(qualifier, value) => {
            let sentence = match qualifier.as_str() {
                "is" | "has" => words::list().unknown_state,
                "ref" => words::list().unknown_ref,
                _ => words::list().unknown_span,
            };
            fill(sentence, &[("qualifier", qualifier), ("value", value)])
        }
        Note::Incomplete(_) => return None,
    })
}
