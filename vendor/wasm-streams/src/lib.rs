//! In the place of the crate of the same name, which Leptos depends on for its server functions.
//!
//! The real one exports classes to JavaScript, and what is exported stays in the program whether anyone calls it or not:
//! 3,000 bytes of the bundle (brotli). Strongroom has no server functions, so nothing here is ever called.
//! docs/decisions/0207.

use core::pin::Pin;
use core::task::{Context, Poll};

use futures_core::Stream;
use wasm_bindgen::JsValue;

/// A stream of the browser.
#[derive(Debug)]
pub struct ReadableStream;

impl ReadableStream {
    /// Takes a stream of the browser, and reads nothing from it.
    #[must_use]
    pub fn from_raw(_: web_sys::ReadableStream) -> Self {
        Self
    }

    /// Takes a stream, and reads nothing from it.
    #[must_use]
    pub fn from_stream<S: Stream<Item = Result<JsValue, JsValue>> + 'static>(_: S) -> Self {
        Self
    }

    /// An empty stream.
    #[must_use]
    pub fn into_stream(self) -> Empty {
        Empty
    }

    /// No stream: `undefined` in the place of one.
    #[must_use]
    pub fn into_raw(self) -> web_sys::ReadableStream {
        JsValue::UNDEFINED.into()
    }
}

/// A stream of nothing.
#[derive(Debug)]
pub struct Empty;

impl Stream for Empty {
    type Item = Result<JsValue, JsValue>;

    fn poll_next(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(None)
    }
}
