//! Back and forward restore the scroll position and the focus of a view.
//!
//! The browser's own scroll restoration is turned off: it runs before the data of the view is loaded.

use leptos::prelude::*;
use strongroom_core::model::scroll_positions::{Focus, Place, Places};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::HtmlElement;

use crate::browser::tasks;

/// The scroll position and focus of each view. A handle.
#[derive(Clone, Copy)]
pub struct ScrollRestoration(StoredValue<State>);

#[derive(Default)]
struct State {
    places: Places,
    /// The position that a step back or forward has to restore.
    wanted: Option<Place>,
    /// Counts user input: nothing is scrolled or focused after the user has moved on.
    acts: u32,
    /// While a position is being restored, scroll events are not the user's.
    is_leading: bool,
}

/// The elements of a view that can be focused.
const CONTROLS: &str = "main :is(a[href], button, input, select, textarea, summary)";

/// The number of frames to wait for the content: about three seconds.
const FRAMES: u32 = 180;

impl ScrollRestoration {
    /// Starts recording positions, as long as the page is open.
    pub fn watch() -> Self {
        let restoration = Self(StoredValue::default());
    if let Ok(history) = window().history() {
        // If it cannot be set, the browser scrolls first and the console after it.
        let _ = history.set_scroll_restoration(web_sys::ScrollRestoration::Manual);
    }
    listen("scroll", move || {
        let scroll = window().scroll_y().unwrap_or_default();
        restoration.note(|place| place.scroll = scroll);
    });
    listen("focusin", move || {
        let focus = document().active_element().and_then(|element| focus_of(&element));
        restoration.note(|place| place.focus = focus);
    });
    listen("popstate", move || {
        restoration.0.try_update_value(|state| {
            let place = state.places.at(&address()).cloned();
            state.is_leading = true;
            state.wanted = Some(place.unwrap_or_default());
        });
    });
    for act in ["keydown", "pointerdown", "wheel"] {
        listen(act, move || {
            restoration.0.try_update_value(|state| state.acts = state.acts.wrapping_add(1));
        });
    }
    restoration
}

    fn note(self, note: impl FnOnce(&mut Place)) {
        self.0.try_update_value(|state| {
            if !state.is_leading {
                state.places.note(&address(), note);
            }
        });
    }

    fn acts(self) -> Option<u32> {
        self.0.try_with_value(|state| state.acts)
    }

    /// The view of the address is on screen: after back or forward, restores its position.
    pub fn arrived(self) {
        let wanted = self.0.try_update_value(|state| state.wanted.take());
        if let Some(place) = wanted.flatten() {
            tasks::spawn_for_page(async move {
                lead_to(self, place).await;
                self.0.try_update_value(|state| state.is_leading = false);
            });
        }
    }
}

fn listen(event: &str, act: impl Fn() + 'static) {
    let act: Box<dyn Fn()> = Box::new(act);
    // Never removed: it lives as long as the page.
    std::mem::forget(window_event_listener_untyped(event, move |_| act()));
}

fn address() -> String {
    let location = window().location();
    location.pathname().unwrap_or_default() + &location.search().unwrap_or_default()
}

fn focus_of(element: &web_sys::Element) -> Option<Focus> {
    if !element.matches(CONTROLS).unwrap_or_default() {
        return None;
    }
    if let Some(address) = element.get_attribute("href") {
        return Some(Focus::Link(address));
    }
    crate::browser::keyboard::find_all(CONTROLS)
        .iter()
        .position(|control| control == element)
        .map(Focus::Control)
}

async fn lead_to(restoration: ScrollRestoration, mut place: Place) {
    let acts = restoration.acts();
    // The heading of the view is focused first, so that the new view is announced.
    frame().await;
    frame().await;
    for _ in 0..FRAMES {
        if restoration.acts() != acts {
            return;
        }
        if let Some(element) = place.focus.as_ref().and_then(find) {
            place.focus = None;
            let options = web_sys::FocusOptions::new();
            options.set_prevent_scroll(true);
            // Focusing an unfocusable element is a no-op.
            let _ = element.focus_with_options(&options);
        }
        window().scroll_to_with_x_and_y(0.0, place.scroll);
        let reached = window().scroll_y().unwrap_or_default();
        if place.focus.is_none() && (reached - place.scroll).abs() < 2.0 {
            return;
        }
        frame().await;
    }
}

fn find(focus: &Focus) -> Option<HtmlElement> {
    let all = crate::browser::keyboard::find_all(CONTROLS);
    let found = match focus {
        Focus::Link(address) => all
            .iter()
            .find(|control| control.get_attribute("href").as_ref() == Some(address)),
        Focus::Control(number) => all.get(*number),
    };
    found?.clone().dyn_into().ok()
}

async fn frame() {
    let next = js_sys::Promise::new(&mut |resolve, _| {
        // Without frames the page is not visible.
        let _ = window().request_animation_frame(&resolve);
    });
    let _: Result<JsValue, JsValue> = JsFuture::from(next).await;
}
