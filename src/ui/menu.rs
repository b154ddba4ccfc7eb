//! Menus.

use leptos::prelude::*;

use crate::browser::{keyboard, popover};
use crate::ui::erased::{handle_click, handle_event};
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
    pub act: Callback<()>,
}

/// A menu on the native popover: a click outside or Escape closes it and restores the focus. On opening, the first item
/// is focused; arrows, Home and End move the focus. The action runs after the menu has closed.
#[component]
pub fn Menu(
    /// The id, unique in the page.
    id: &'static str,
    /// The accessible name.
    label: &'static str,
    /// The items.
    items: Vec<MenuItem>,
) -> impl IntoView {
    let count = items.len();
    let on_toggle = handle_event(move |_| {
        if popover::is_open(id) {
            crate::browser::page::focus_id(&format!("{id}-0"));
        }
    });
    let on_key = move |event: web_sys::KeyboardEvent| {
        let Some(next) = keyboard::move_in_column(&event, &format!("{id}-"), count) else {
            return;
        };
        event.prevent_default();
        crate::browser::page::focus_id(&format!("{id}-{next}"));
    };
    let on_key: Box<dyn FnMut(web_sys::KeyboardEvent) + Send> = Box::new(on_key);
    let item = |(index, item): (usize, MenuItem)| {
        let act = item.act;
        view! {
            <button
                type="button"
                class="menu-item"
                class:menu-item-danger=item.is_danger
                id=format!("{id}-{index}")
                role="menuitem"
                tabindex="-1"
                on:click=handle_click(move |_| {
                    popover::close(id);
                    act.run(());
                })
            >
                {item.glyph.map(icon)}
                {item.name}
            </button>
        }
        .into_any()
    };
    let items: Vec<AnyView> = items.into_iter().enumerate().map(item).collect();
    view! {
        <div
            class="popover menu"
            id=id
            popover="auto"
            role="menu"
            aria-label=label
            on:toggle=on_toggle
            on:keydown=on_key
        >
            {items}
        </div>
    }
    .into_any()
}
