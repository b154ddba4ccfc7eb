//! Actions on the selection.

use leptos::prelude::*;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::list::{Row, Rows};
use strongroom_core::model::actions::ActionId;

use crate::browser::tasks::memo;
use crate::browser::clipboard::use_clipboard;
use crate::browser::{intl, page};
use crate::components::actions::offer_unless;
use crate::components::copyable::copy;
use crate::components::permission::why_not;
use crate::pages::secrets::list::context::ListContext;
use crate::pages::secrets::list_actions::bulk::{self, BulkDelete, Candidate};
use crate::pages::secrets::list_actions::bulk_label::BulkLabel;
use crate::store::notices::use_notices;
use crate::store::writes::use_writes;
use crate::ui::erased::{When, dynamic, handle_click, moving_note, moving_word};
use crate::ui::icon::{Glyph, icon};
use crate::ui::menu::{Menu, MenuEntry, MenuItem};

/// The id of the menu of what can be copied.
const COPY: &str = "selection-copy";

/// The dialog over the list.
#[derive(Debug, Clone, Default)]
enum Open {
    #[default]
    Nothing,
    Label,
    Delete(Vec<Candidate>),
}

/// The number of selected secrets and the actions on them; shown while any is selected.
#[component]
pub fn SelectionBar(context: ListContext) -> impl IntoView {
    let list = context.list;
    let open = RwSignal::new(Open::Nothing);
    let is_any = memo(move |_| list.selected().get() > 0);
    let close = move |()| {
        open.set(Open::Nothing);
        // The button that opened the dialog was removed with the last selected row.
        if list.selected().get_untracked() == 0 {
            request_animation_frame(|| page::focus_first(page::SEARCH));
        }
    };
    let dialog = dynamic(move || match open.get() {
        Open::Nothing => ().into_any(),
        Open::Label => view! { <BulkLabel context on_close=close /> }.into_any(),
        Open::Delete(candidates) => view! { <BulkDelete context candidates on_close=close /> }.into_any(),
    });
    view! {
        <When condition=is_any>{bar(context, open)}</When>
        {dialog}
    }
    .into_any()
}

fn bar(context: ListContext, open: RwSignal<Open>) -> AnyView {
    let list = context.list;
    let writes = use_writes();
    let (notices, clipboard) = (use_notices(), use_clipboard());
    let refusal = why_not(&context.workspace.get_value());
    let said = move || {
        let count = list.selected().get();
        let hidden = count.saturating_sub(list.selected_shown().get());
        let sentence = match hidden {
            0 => plural(count, words::list().selected_one, words::list().selected),
            _ => plural(count, words::list().selected_hidden_one, words::list().selected_hidden),
        };
        fill(sentence, &[("count", &intl::count(count)), ("hidden", &intl::count(hidden))])
    };
    let copied = move |name, what: &'static str, text: fn(&Rows, Row) -> String| {
        MenuEntry::Item(MenuItem {
            name,
            glyph: Some(Glyph::COPY),
            is_danger: false,
            same_as: None,
            act: Callback::new(move |()| copy(clipboard, notices, what, texts(context, text))),
        })
    };
    let items = vec![
        copied(words::list().copy_names, words::list().names, |rows, row| rows.name(row).to_owned()),
        copied(words::list().copy_ids, words::list().ids, |rows, row| rows.id(row).to_owned()),
    ];
    let delete = Callback::new(move |()| {
        let candidates = bulk::candidates(context);
        if bulk::is_asked(context, &candidates) {
            open.set(Open::Delete(candidates));
        } else {
            bulk::delete(context, writes, candidates);
        }
    });
    let clear = move || {
        list.select(|selection, _| selection.clear());
        // The bar is removed, and the focused button with it.
        if page::is_within(".selection") {
            page::focus_first(page::SEARCH);
        }
    };
    let label = Callback::new(move |()| open.set(Open::Label));
    offer_unless(refusal, ActionId::LabelSelected, words::bulk().label_title, move || label.run(()));
    offer_unless(refusal, ActionId::DeleteSelected, words::list().delete_selected, move || delete.run(()));
    view! {
        <section class="selection" aria-label=words::list().selection>
            <span role="status" class="selection-count">{dynamic(said)}</span>
            {action(Glyph::TAG, (words::bulk().label, words::bulk().label_title), refusal, label)}
            <button
                type="button"
                class="button selection-action selection-copy"
                popovertarget=COPY
                aria-haspopup="menu"
                title=words::bulk().copy
            >
                {icon(Glyph::COPY)}
                <span class="selection-word">{words::bulk().copy}</span>
                {icon(Glyph::CHEVRON_DOWN)}
            </button>
            {action(Glyph::TRASH, (words::common().delete, words::list().delete_selected), refusal, delete)}
            <button
                type="button"
                class="button button-quiet button-icon selection-action"
                aria-label=words::list().clear_selection
                aria-keyshortcuts="Escape"
                title=words::list().clear_selection
                on:click=handle_click(move |_| clear())
            >
                {icon(Glyph::CLOSE)}
            </button>
        </section>
        <Menu id=COPY label=words::bulk().copy items />
    }
    .into_any()
}

/// A button whose word is hidden where there is no room for it.
fn action(
    glyph: Glyph,
    (word, name): (&'static str, &'static str),
    refusal: Signal<Option<String>>,
    act: Callback<()>,
) -> AnyView {
    let class = if glyph == Glyph::TRASH { "button button-danger selection-action" } else { "button selection-action" };
    view! {
        <button
            type="button"
            class=class
            aria-label=name
            aria-disabled=moving_word(move || refusal.with(Option::is_some).then_some("true"))
            aria-description=moving_note(move || refusal.get())
            title=moving_note(move || Some(refusal.get().unwrap_or_else(|| name.to_owned())))
            on:click=handle_click(move |_| {
                if refusal.with_untracked(Option::is_none) {
                    act.run(());
                }
            })
        >
            {icon(glyph)}
            <span class="selection-word">{word}</span>
        </button>
    }
    .into_any()
}

/// A text of each selected secret: in the order on screen, followed by those that the filter hides.
fn texts(context: ListContext, text: fn(&Rows, Row) -> String) -> String {
    let texts = context.list.with(|loaded| {
        let (rows, selection) = (loaded.list().rows(), loaded.selection());
        let mut hidden = selection.clone();
        hidden.take_out(loaded.shown());
        let seen = loaded.shown().iter().copied().filter(|row| selection.contains(*row));
        seen.chain(hidden.rows()).map(|row| text(rows, row)).collect::<Vec<_>>()
    });
    texts.unwrap_or_default().join("\n")
}
