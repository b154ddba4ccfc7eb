//! Values in the clipboard: taken out again, and what became of that told as it is. The clipboard of these tests is a
//! stand-in, because the browser's own depends on who looks at the window.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use gloo_timers::future::sleep;
use strongroom::browser::clipboard::{BrowserBoard, Clipboard, Outcome};
use strongroom::browser::clock::Clock;
use wasm_bindgen_test::wasm_bindgen_test;

fn run(script: &str) -> String {
    let said = js_sys::eval(&format!("(() => {{ {script} }})()"));
    said.unwrap().as_string().unwrap_or_default()
}

/// A clipboard that holds nothing yet, in a page that is in front.
fn stand_in() -> Clipboard {
    run(
        "globalThis.held = 'nothing'; globalThis.isFront = true; globalThis.lets = true;
         Object.defineProperty(navigator, 'clipboard', {configurable: true, value: {
             writeText: async text => { if (!lets) throw new DOMException('', 'NotAllowedError'); held = text; },
         }});
         document.hasFocus = () => isFront;",
    );
    Clipboard::new(&BrowserBoard, Clock::of_browser())
}

type Heard = Rc<RefCell<Vec<Outcome>>>;

/// Copies a value, to be cleared after a second; returns the reported outcomes.
async fn copy(clipboard: Clipboard) -> Heard {
    let heard = Heard::default();
    let told = Rc::clone(&heard);
    assert!(
        clipboard
            .copy_value("a value", 1, move |outcome| told.borrow_mut().push(outcome))
            .await
    );
    assert_eq!(run("return held"), "a value");
    heard
}

async fn later() {
    sleep(Duration::from_millis(1300)).await;
}

#[wasm_bindgen_test]
async fn a_page_that_was_left_or_copied_from_asks_before_it_clears() {
    for left in ["blur", "copy", "cut"] {
        let clipboard = stand_in();
        let heard = copy(clipboard).await;
        run(&format!(
            "dispatchEvent(new Event('{left}')); held = 'of another program'"
        ));
        later().await;
        run("dispatchEvent(new Event('keyup')); dispatchEvent(new Event('focus'))");
        sleep(Duration::from_millis(100)).await;
        assert_eq!(*heard.borrow(), [Outcome::Unsure], "{left}");
        assert_eq!(run("return held"), "of another program", "{left}");
        clipboard.clear();
        sleep(Duration::from_millis(100)).await;
        assert_eq!(*heard.borrow(), [Outcome::Unsure, Outcome::Emptied], "{left}");
        assert_eq!(run("return held"), "", "{left}");
    }
    let heard = copy(stand_in()).await;
    run("isFront = false");
    later().await;
    assert_eq!(
        *heard.borrow(),
        [Outcome::Unsure],
        "what happens elsewhere is not known"
    );
}
