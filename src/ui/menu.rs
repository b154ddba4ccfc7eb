//! Menus.

use leptos::prelude::*;
use strongroom_core::i18n::words;
use strongroom_core::model::actions::ActionId;
use strongroom_core::model::{roving_focus, shortcuts};

use crate::browser::{keyboard, page, popover, preferences};
use crate::ui::erased::{handle_click, handle_event, moving_flag, moving_word};
use crate::ui::icon::{Glyph, icon};

/// A menu item.
#[derive(Clone)]
pub struct MenuItem {
    /// The label.
    pub name: &'static str,
    /// An icon before the label.
    pub glyph: Option<Glyph>,
    /// Whether it is destructive.
    pub is_danger: bool,
    /// The action whose shortcut does the same.
    pub same_as: Option<ActionId>,
    pub act: Callback<()>,
}

/// An entry of a menu.
#[derive(Clone)]
pub enum MenuEntry {
    Item(MenuItem),
    /// A line between items.
    Divider,
    /// An item that shows and hides further items below it.
    More {
        name: &'static str,
        glyph: Option<Glyph>,
        items: Vec<MenuItem>,
    },
}

impl MenuEntry {
    fn has_icon(&self) -> bool {
        match self {
            Self::Item(item) => item.glyph.is_some(),
            Self::Divider => false,
            Self::More { glyph, items, .. } => glyph.is_some() || items.iter().any(|item| item.glyph.is_some()),
        }
    }
}

/// A menu on the native popover: a click outside or Escape closes it and restores the focus. On opening, the first item
/// is focused; arrows, Home and End move the focus, right and left open and close further items. The action runs after
/// the menu has closed.
#[component]
pub fn Menu(
    /// The id, unique in the page.
    id: &'static str,
    /// The accessible name.
    label: &'static str,
    /// The entries.
    items: Vec<MenuEntry>,
) -> impl IntoView {
    let open = RwSignal::new(None::<usize>);
    let on_toggle = handle_event(move |_| {
        if popover::is_open(id) {
            open.set(None);
            if let Some(first) = document().get_element_by_id(&format!("{id}-0")) {
                page::focus_in_place(&first);
            }
        }
    });
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(move |event| move_focus(id, open, &event));
    let mut count = 0;
    let mut next_id = || {
        count += 1;
        format!("{id}-{}", count - 1)
    };
    let has_icons = items.iter().any(MenuEntry::has_icon);
    let mut views: Vec<AnyView> = Vec::new();
    for (index, entry) in items.into_iter().enumerate() {
        views.push(match entry {
            MenuEntry::Item(item) => item_view(id, next_id(), item),
            MenuEntry::Divider => view! { <div class="menu-divider" role="separator"></div> }.into_any(),
            MenuEntry::More { name, glyph, items } => {
                let own = next_id();
                let items: Vec<AnyView> = items.into_iter().map(|item| item_view(id, next_id(), item)).collect();
                more_view(open, index, (own, name, glyph), items)
            }
        });
    }
    view! {
        <div
            class="popover menu"
            class:menu-with-icons=has_icons
            id=id
            popover="auto"
            role="menu"
            aria-label=label
            on:toggle=on_toggle
            on:keydown=on_key
        >
            {views}
            // Only on a narrow page, where the menu is a sheet.
            <button
                type="button"
                class="menu-item menu-item-bare menu-close"
                role="menuitem"
                tabindex="-1"
                on:click=handle_click(move |_| popover::close(id))
            >
                {words::common().close}
            </button>
        </div>
    }
    .into_any()
}

fn item_view(menu: &'static str, id: String, item: MenuItem) -> AnyView {
    let act = item.act;
    let keys = item.same_as.and_then(shortcuts::keys_of).filter(|_| preferences::has_single_keys());
    let shown = keys.map(|keys| {
        let keys = keys.iter().map(|key| view! { <kbd>{shortcuts::shown(key)}</kbd> }).collect_view();
        view! { <span class="menu-keys" aria-hidden="true">{keys}</span> }
    });
    view! {
        <button
            type="button"
            class="menu-item"
            class:menu-item-danger=item.is_danger
            class:menu-item-bare=item.glyph.is_none()
            id=id
            role="menuitem"
            tabindex="-1"
            aria-keyshortcuts=keys.map(shortcuts::for_aria)
            on:click=handle_click(move |_| {
                popover::close(menu);
                act.run(());
            })
        >
            {item.glyph.map(icon)}
            {item.name}
            {shown}
        </button>
    }
    .into_any()
}

fn more_view(
    open: RwSignal<Option<usize>>,
    index: usize,
    (id, name, glyph): (String, &'static str, Option<Glyph>),
    items: Vec<AnyView>,
) -> AnyView {
    let is_open = move || open.get() == Some(index);
    view! {
        <button
            type="button"
            class="menu-item menu-more"
            class:menu-item-bare=glyph.is_none()
            id=id
            role="menuitem"
            tabindex="-1"
            data-more=index.to_string()
            aria-expanded=moving_word(move || Some(if is_open() { "true" } else { "false" }))
            on:click=handle_click(move |_| open.update(|open| *open = (*open != Some(index)).then_some(index)))
        >
            {glyph.map(icon)}
            <span class="menu-more-name">{name}</span>
            {icon(Glyph::CHEVRON_DOWN)}
        </button>
        <div class="menu-group" role="group" aria-label=name hidden=moving_flag(move || !is_open())>{items}</div>
    }
    .into_any()
}

/// Moves between the visible items, and opens and closes those that have more.
fn move_focus(id: &'static str, open: RwSignal<Option<usize>>, event: &web_sys::KeyboardEvent) {
    let Some(active) = document().active_element() else { return };
    match keyboard::key_of(event).as_str() {
        "ArrowRight" => {
            let more = active.get_attribute("data-more").and_then(|index| index.parse().ok());
            if let Some(index) = more {
                event.prevent_default();
                open.set(Some(index));
                // Its items are shown only after this task.
                request_animation_frame(|| page::focus_first("[data-more][aria-expanded='true'] + [role='group'] > button"));
            }
        }
        "ArrowLeft" if open.get_untracked().is_some() => {
            event.prevent_default();
            page::focus_first("[data-more][aria-expanded='true']");
            open.set(None);
        }
        key => {
            let items = keyboard::find_all(&format!("#{id} [role='menuitem']"));
            let present = items.iter().position(|item| *item == active).unwrap_or_default();
            let next = roving_focus::next(key, present, items.len()).and_then(|next| items.get(next));
            if let Some(next) = next {
                event.prevent_default();
                page::focus(next);
            }
        }
    }
}
