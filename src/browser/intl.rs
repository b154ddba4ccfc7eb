//! Formats dates and numbers in the language of the interface, through the browser's `Intl`.
//!
//! This layer does not know the translations: changing the language also has to call [`set_locale`].

use std::borrow::Cow;
use std::cell::RefCell;

use contract::Timestamp;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

thread_local! {
    static LOCALE: RefCell<Cow<'static, str>> = const { RefCell::new(Cow::Borrowed("en")) };
    // Creating a formatter costs some hundred times as much as using it, and each row of a scrolled list uses two.
    static DATE_AND_TIME: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
    static DATE: RefCell<Option<js_sys::Function>> = const { RefCell::new(None) };
    static RELATIVE: RefCell<Option<Intl::RelativeTimeFormat>> = const { RefCell::new(None) };
}

/// Sets the locale of dates and numbers to a BCP 47 tag such as `en-GB`. The default is English.
///
/// The tag must be well-formed, like those of `text::language::Language::locale`: `Intl` throws for any other.
pub fn set_locale(locale: &str) {
    LOCALE.set(Cow::Owned(locale.to_owned()));
    DATE_AND_TIME.set(None);
    DATE.set(None);
    RELATIVE.set(None);
}

/// A date with its time, in the language of the interface and the local time zone.
#[must_use]
pub fn date_and_time(instant: Timestamp) -> String {
    let format = DATE_AND_TIME.with_borrow_mut(|format| {
        let new = || formatter(&[("dateStyle", "medium"), ("timeStyle", "short")]);
        format.get_or_insert_with(new).clone()
    });
    write(&format, instant)
}

/// The time of day, in the language of the interface and the local time zone.
#[must_use]
pub fn time(instant: Timestamp) -> String {
    write(&formatter(&[("timeStyle", "short")]), instant)
}

/// A date without its time, in the language of the interface and the local time zone.
#[must_use]
pub fn date(instant: Timestamp) -> String {
    let format = DATE.with_borrow_mut(|format| {
        let new = || formatter(&[("dateStyle", "medium")]);
        format.get_or_insert_with(new).clone()
    });
    write(&format, instant)
}

/// A relative time from a signed count (negative is the past) and its unit.
#[must_use]
pub fn relative((count, unit): (i64, &str)) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a count of seconds to years is far below 2^53"
    )]
    let count = count as f64;
    let format = RELATIVE.with_borrow_mut(|format| format.get_or_insert_with(new_relative).clone());
    format.format(count, unit).into()
}

/// A count with the digit grouping of the language.
#[must_use]
pub fn count(count: usize) -> String {
    // There is no `Intl` on the host: tests/flows.
    if cfg!(not(target_arch = "wasm32")) {
        return count.to_string();
    }
    #[expect(clippy::cast_precision_loss, reason = "counts of rows are far below 2^53")]
    let number = js_sys::Number::from(count as f64);
    LOCALE.with_borrow(|locale| number.to_locale_string(locale).into())
}

fn new_relative() -> Intl::RelativeTimeFormat {
    let options = Object::new();
    // Setting a property of a new object cannot fail.
    let _ = Reflect::set(&options, &"numeric".into(), &"auto".into());
    Intl::RelativeTimeFormat::new(&locales(), &options)
}

fn formatter(options: &[(&str, &str)]) -> js_sys::Function {
    let object = Object::new();
    for (name, value) in options {
        // Setting a property of a new object cannot fail.
        let _ = Reflect::set(&object, &JsValue::from_str(name), &JsValue::from_str(value));
    }
    Intl::DateTimeFormat::new(&locales(), &object).format()
}

fn write(format: &js_sys::Function, instant: Timestamp) -> String {
    #[expect(
        clippy::cast_precision_loss,
        reason = "milliseconds since 1970 are below 2^53 for 285,000 years"
    )]
    let date = js_sys::Date::new(&JsValue::from_f64(instant.timestamp_millis() as f64));
    let words = format
        .call1(&JsValue::UNDEFINED, &date)
        .ok()
        .and_then(|words| words.dyn_into().ok());
    words
        .map(|words: js_sys::JsString| words.into())
        .unwrap_or_else(|| instant.to_rfc3339())
}

/// The locale, as `Intl` takes it.
fn locales() -> Array {
    LOCALE.with_borrow(|locale| Array::of1(&JsValue::from_str(locale)))
}
