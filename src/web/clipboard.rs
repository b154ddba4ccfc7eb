//! The clipboard.

use wasm_bindgen_futures::JsFuture;

/// Copies a text. Returns whether the browser said that it did.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // Outside a secure context there is no clipboard object at all, whatever its type says.
    let navigator: wasm_bindgen::JsValue = window.navigator().into();
    let has_clipboard = js_sys::Reflect::get(&navigator, &"clipboard".into()).is_ok_and(|it| !it.is_undefined());
    has_clipboard
        && JsFuture::from(window.navigator().clipboard().write_text(text))
            .await
            .is_ok()
}

/// The text that is about to be pasted; for what is no value.
#[must_use]
pub fn pasted(event: &web_sys::ClipboardEvent) -> Option<String> {
    event.clipboard_data()?.get_data("text/plain").ok()
}
