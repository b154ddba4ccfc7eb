//! The list of shortcuts.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::list::query::QUALIFIERS;
use strongroom_core::model::shortcuts::{TABLE, meaning, shown};

use crate::ui::button::Button;
use crate::ui::dialog::Dialog;

/// Lists every shortcut, from the table that also drives the keyboard.
#[component]
pub fn Help(
    /// Called when the user closes it.
    #[prop(into)]
    on_close: Callback<()>,
) -> impl IntoView {
    let rows = TABLE.chunk_by(|one, next| one.0 == next.0).map(|shortcuts| {
        let meaning = shortcuts.first().and_then(|(action, _)| meaning(*action));
        let ways = shortcuts.iter().map(|(_, keys)| {
            let keys = keys.iter().map(|key| view! { <kbd>{shown(key)}</kbd> }).collect_view();
            view! { <dd>{keys}</dd> }
        });
        view! {
            <div>
                <dt>{meaning}</dt>
                {ways.collect_view()}
            </div>
        }
    });
    let filters = QUALIFIERS.map(|qualifier| {
        view! {
            <div>
                <dt>{words::filters().of_qualifier(qualifier)}</dt>
                <dd><code>{format!("{qualifier}:")}</code></dd>
            </div>
        }
    });
    view! {
        <Dialog label=words::keys().title id="keys" on_cancel=on_close starts_at_heading=true>
            <dl class="keys">
                {rows.collect_view()}
                <div>
                    <dt>{words::keys().to_results}</dt>
                    <dd><kbd>"↓"</kbd></dd>
                </div>
                <div>
                    <dt>{words::keys().open_found}</dt>
                    <dd><kbd>"Enter"</kbd></dd>
                </div>
                <div>
                    <dt>{words::keys().close}</dt>
                    <dd><kbd>"Esc"</kbd></dd>
                </div>
            </dl>
            <p class="field-hint">{words::keys().hint}</p>
            <h3 class="field-label">{words::filters().title}</h3>
            <p class="field-hint">{words::filters().hint}</p>
            <dl class="keys">{filters}</dl>
            <div class="actions">
                <Button on_click=move |_| on_close.run(())>{words::common().close}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
