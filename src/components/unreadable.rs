//! Says how many items of a list could not be read, and which.

use leptos::prelude::*;
use strongroom_core::i18n::foreign::shown;
use strongroom_core::i18n::{fill, plural, words};

use crate::browser::intl;

/// Names or ids that are listed.
const NAMED: usize = 5;

/// A note; nothing if all could be read.
#[must_use]
pub fn unreadable_note(names: &[String]) -> Option<AnyView> {
    if names.is_empty() {
        return None;
    }
    let sentence = plural(names.len(), words::unreadable().one, words::unreadable().many);
    let count = fill(sentence, &[("count", &intl::count(names.len()))]);
    let known = names.iter().filter(|name| !name.is_empty()).take(NAMED);
    let known: Vec<_> = known.map(|name| shown(name).into_owned()).collect();
    let text = [count, known.join(", ")].join(" ");
    Some(view! { <p class="note note-warning" role="status">{text}</p> }.into_any())
}
