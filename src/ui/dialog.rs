//! Dialogs on the native element, which traps the focus, makes the page behind it inert and closes on Escape.

use leptos::html;
use leptos::prelude::*;

use crate::browser::{dialog, keyboard, popover};
use crate::ui::erased::{Handler, handle_event};

/// A modal dialog, open while it is mounted.
#[component]
pub fn Dialog(
    /// Its name, which is also its heading.
    #[prop(into)]
    label: String,
    /// The id of its heading, unique in the page.
    id: &'static str,
    /// Whether it is an alert dialog, which confirms something that cannot be undone.
    #[prop(optional)]
    is_alert: bool,
    /// Called on Escape. Without it, Escape does nothing.
    #[prop(optional, into)]
    on_cancel: Option<Callback<()>>,
    /// Whether its heading is focused first: for a long text, which would open scrolled to the button at its end.
    #[prop(optional)]
    starts_at_heading: bool,
    /// The content.
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<html::Dialog>::new();
    // `on_load` runs before the element is in the page, and only an element in the page can be opened.
    let opened = StoredValue::new_local(None::<web_sys::HtmlDialogElement>);
    place.on_load(move |element| {
        opened.set_value(Some(element.clone()));
        request_animation_frame(move || dialog::open(&element));
    });
    // Closing restores the focus; removing the element alone would not.
    on_cleanup(move || {
        if let Some(Some(element)) = opened.try_update_value(Option::take) {
            dialog::close(&element);
        }
    });
    // The text of an alert is its description, because the focus starts on the buttons behind it.
    let described = is_alert.then(|| [id, "-text"].concat());
    let cancel = move || {
        if let Some(on_cancel) = on_cancel {
            on_cancel.run(());
        }
    };
    // A browser asks only once whether Escape may close it: a second Escape would close it, or both it and a question over it.
    // Other ways to close, such as the back gesture of Android, are left to the browser.
    let on_key: Handler<web_sys::KeyboardEvent> = Box::new(move |event| {
        let is_free = !event.default_prevented() && !popover::is_any_open();
        if keyboard::key_of(&event) == "Escape" && is_free {
            event.prevent_default();
            if !event.repeat() {
                cancel();
            }
        }
    });
    let content = children();
    let content = match described.clone() {
        Some(id) => view! { <div class="dialog-text" id=id>{content}</div> }.into_any(),
        None => content,
    };
    view! {
        <dialog
            node_ref=place
            class="dialog"
            role=is_alert.then_some("alertdialog")
            aria-labelledby=id
            aria-describedby=described
            on:keydown=on_key
            on:cancel=handle_event(move |event| {
                event.prevent_default();
                cancel();
            })
        >
            <h2
                class="dialog-title"
                id=id
                tabindex=starts_at_heading.then_some("-1")
                autofocus=starts_at_heading
            >
                {label}
            </h2>
            {content}
        </dialog>
    }
    .into_any()
}
