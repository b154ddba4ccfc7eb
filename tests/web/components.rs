//! What each component promises (its doc comment in `src/ui/`), in a real browser. How they look is for the gallery.

#[path = "components/controls.rs"]
mod controls;
#[path = "components/data.rs"]
mod data;
#[path = "components/feedback.rs"]
mod feedback;
#[path = "components/hidden.rs"]
mod hidden;
#[path = "components/long.rs"]
mod long;
#[path = "components/overlays.rs"]
mod overlays;
#[path = "components/searching.rs"]
mod searching;
#[path = "components/values.rs"]
mod values;

use std::any::Any;
use std::time::Duration;

use gloo_timers::future::sleep;
use leptos::prelude::*;
use strongroom::app::services::{Platform, Services};
use wasm_bindgen::{JsCast, JsValue};

/// A place in the page with one view in it, which goes with it.
pub struct Stage {
    root: web_sys::HtmlElement,
    mounted: Option<Box<dyn Any>>,
}

impl Stage {
    /// Puts a view on the stage.
    pub async fn of<View: IntoView + 'static>(view: impl FnOnce() -> View + 'static) -> Self {
        // A test that failed leaves its stage behind, and must not make the others fail.
        if let Some(left) = document().get_element_by_id("stage") {
            left.remove();
        }
        let root = document().create_element("div").unwrap();
        root.set_id("stage");
        document().body().unwrap().append_child(&root).unwrap();
        let root: web_sys::HtmlElement = root.unchecked_into();
        let mounted = mount_to(root.clone(), move || {
            Services::provide(Platform::of_browser());
            view()
        });
        let stage = Self {
            root,
            mounted: Some(Box::new(mounted)),
        };
        stage.settle().await;
        stage
    }

    /// Waits until what follows from the last act is on screen: two frames, and what those set in motion.
    pub async fn settle(&self) {
        sleep(Duration::from_millis(60)).await;
    }

    /// Runs a script in which `at` finds the first element of the stage that fits a selector, `all` every one, `type`
    /// types a text into one, and `key` presses a key on one. Returns what it returns.
    pub fn run(&self, script: &str) -> JsValue {
        let script = format!(
            "(() => {{
                const all = selector => [...document.querySelectorAll('#stage ' + selector)];
                const at = selector => all(selector)[0];
                const type = (selector, text) => {{
                    at(selector).value = text;
                    at(selector).dispatchEvent(new InputEvent('input', {{bubbles: true}}));
                }};
                const key = (selector, key) =>
                    at(selector).dispatchEvent(new KeyboardEvent('keydown', {{key, bubbles: true, cancelable: true}}));
                {script}
            }})()"
        );
        js_sys::eval(&script).unwrap_or_else(|error| panic!("{script}: {error:?}"))
    }

    /// Does something, and waits for what follows from it.
    pub async fn act(&self, script: &str) {
        self.run(script);
        self.settle().await;
    }

    /// What an expression is, as a text; "null" where there is nothing.
    pub fn say(&self, expression: &str) -> String {
        let said = self.run(&format!("return String({expression})"));
        said.as_string().unwrap_or_default()
    }

    /// Whether an expression holds.
    pub fn holds(&self, expression: &str) -> bool {
        self.run(&format!("return Boolean({expression})")).is_truthy()
    }

    /// Waits until an expression holds.
    pub async fn until(&self, expression: &str) {
        for _ in 0..60 {
            if self.holds(expression) {
                return;
            }
            sleep(Duration::from_millis(50)).await;
        }
        panic!(
            "waited in vain until {expression}: {}",
            self.say("document.getElementById('stage').outerHTML")
        );
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        drop(self.mounted.take());
        self.root.remove();
    }
}
