//! Actions on the selection.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::{Row, Rows};

use crate::components::permission::why_not;
use crate::components::copyable::copy;
use crate::browser::clipboard::use_clipboard;
use crate::browser::{intl, page};
use crate::store::notices::use_notices;
use crate::pages::secrets::list::context::ListContext;
use crate::pages::secrets::list_actions::bulk::{BackgroundRun, BulkDelete};
use crate::ui::button::{Button, Rank};
use crate::ui::erased::{When, dynamic};
use crate::ui::icon::Glyph;

/// The number of selected secrets and the actions on them; shown while any is selected.
#[component]
pub fn SelectionBar(context: ListContext) -> impl IntoView {
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let list = context.list;
    let refusal = why_not(&context.workspace.get_value());
    let is_deleting = RwSignal::new(false);
    let is_any = Memo::new(move |_| list.selected().get() > 0);
    let texts = move |text: fn(&Rows, Row) -> String| {
        let texts = list.with(|loaded| {
            // In the order on screen, followed by those that the filter hides.
            let (rows, selection) = (loaded.list().rows(), loaded.selection());
            let mut hidden = selection.clone();
            hidden.take_out(loaded.shown());
            let seen = loaded.shown().iter().copied().filter(|row| selection.contains(*row));
            seen.chain(hidden.rows()).map(|row| text(rows, row)).collect::<Vec<_>>()
        });
        texts.unwrap_or_default().join("\n")
    };
    let said = move || {
        let count = list.selected().get();
        let hidden = count.saturating_sub(list.selected_shown().get());
        let sentence = match hidden {
            0 => plural(count, words::list().selected_one, words::list().selected),
            _ => plural(count, words::list().selected_hidden_one, words::list().selected_hidden),
        };
        fill(
            sentence,
            &[("count", &intl::count(count)), ("hidden", &intl::count(hidden))],
        )
    };
    let close = move |()| {
        is_deleting.set(false);
        // The button that opened the dialog was removed with the last selected row.
        if list.selected().get_untracked() == 0 {
            request_animation_frame(|| page::focus_first(page::SEARCH));
        }
    };
    view! {
        <When condition=is_any>
            <section class="selection" aria-label=words::list().selection>
                <span role="status" class="selection-count">{dynamic(said)}</span>
                <Button glyph=Glyph::COPY on_click=move |_| {
                    copy(clipboard, notices, words::list().names, texts(|rows, row| rows.name(row).to_owned()));
                }>{words::list().copy_names}</Button>
                <Button glyph=Glyph::COPY on_click=move |_| {
                    copy(clipboard, notices, words::list().ids, texts(|rows, row| rows.id(row).to_owned()));
                }>{words::list().copy_ids}</Button>
                <Button rank=Rank::Danger glyph=Glyph::TRASH refusal=refusal on_click=move |_| is_deleting.set(true)>
                    {words::list().delete_selected}
                </Button>
                <Button on_click=move |_| {
                    list.select(|selection, _| selection.clear());
                    // The bar is removed, and the focused button with it.
                    page::focus_first(page::SEARCH);
                }>{words::list().clear_selection}</Button>
            </section>
        </When>
        <When condition=is_deleting>
            <BulkDelete context on_close=close />
        </When>
        <BackgroundRun context />
    }
    .into_any()
}
