//! The parsed filter: a chip per condition, and notes on words that were not understood.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, words};
use strongroom_core::list::Query;
use strongroom_core::list::query::{self, Note, QUALIFIERS};

use crate::browser::page;
use crate::ui::button::IconButton;
use crate::ui::erased::dynamic;
use crate::ui::icon::Glyph;

/// The parsed search text. Nothing is shown for a single word of plain text.
#[component]
pub fn FilterWords(
    /// The text in the search box.
    typed: RwSignal<String>,
    /// Called when a condition is removed.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    dynamic(move || {
        let text = typed.get();
        let Query { terms, notes } = Query::parse(&text);
        let is_plain = terms
            .iter()
            .all(|term| matches!(term.kind, query::Kind::Text(_)) && !term.is_negated);
        let chips = (!is_plain).then(|| {
            let chip = |term: query::Term| {
                let word = text.get(term.place.clone()).unwrap_or_default().to_owned();
                let label = fill(words::list().remove_filter, &[("filter", &word)]);
                let without = query::without(&text, &term.place);
                let remove = move |_| {
                    on_change.run(without.clone());
                    // The focused chip is removed, and the others are rendered again.
                    page::focus_first(page::SEARCH);
                };
                view! {
                    <li class="chip"><span>{word}</span><IconButton glyph=Glyph::CLOSE label on_click=remove /></li>
                }
                .into_any()
            };
            let chips: Vec<AnyView> = terms.into_iter().map(chip).collect();
            view! { <ul class="chips filter" aria-label=words::list().filter>{chips}</ul> }
        });
        let notes: Vec<_> = notes
            .iter()
            .map(note)
            .map(|note| view! { <p class="field-hint">{note}</p> })
            .collect();
        view! {
            {chips}
            {notes}
        }
        .into_any()
    })
}

fn note(note: &Note) -> String {
    match note {
        Note::UnknownQualifier(qualifier) => {
            let known = QUALIFIERS.map(|qualifier| format!("{qualifier}:")).join(", ");
            fill(words::list().unknown_qualifier, &[("qualifier", qualifier), ("known", &known)])
        }
        Note::UnknownValue(qualifier, value) => {
            let sentence = match qualifier.as_str() {
                "is" | "has" => words::list().unknown_state,
                _ => words::list().unknown_span,
            };
            fill(sentence, &[("qualifier", qualifier), ("value", value)])
        }
        Note::Incomplete(qualifier) => fill(words::list().incomplete_qualifier, &[("qualifier", qualifier)]),
    }
}
