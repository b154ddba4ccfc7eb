//! A value in the text field that it is typed into, and on its way there: pasted, dropped, or from a file.
//!
//! Who wants to know something of a value hands in a closure that looks at it; the text itself goes nowhere.

use contract::SecretText;
use js_sys::Uint8Array;
use leptos::html::Textarea;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, File, HtmlTextAreaElement};
use zeroize::Zeroize;

/// The text field, which alone holds the value; and where the value is while it is hidden, which is not in the page.
#[derive(Debug, Clone, Copy)]
pub struct Field {
    input: NodeRef<Textarea>,
    /// Whether the person wants to see it.
    is_shown: RwSignal<bool>,
    /// The value while it is hidden, with LF at the end of each line, as the field would hand it out.
    aside: StoredValue<Option<SecretText>, LocalStorage>,
}

impl Default for Field {
    fn default() -> Self {
        Self::new()
    }
}

impl Field {
    /// One that is shown, empty, and not in the page yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            input: NodeRef::new(),
            is_shown: RwSignal::new(true),
            aside: StoredValue::new_local(None),
        }
    }

    /// The element, for who draws it.
    #[must_use]
    pub fn input(self) -> NodeRef<Textarea> {
        self.input
    }

    /// Whether the person wants to see the value. It may be hidden all the same, with what it is part of.
    #[must_use]
    pub fn is_shown(self) -> RwSignal<bool> {
        self.is_shown
    }

    /// Whether the value is hidden: the field is empty then.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        self.aside.try_with_value(Option::is_some) == Some(true)
    }

    /// Takes the value out of the page. Covering it would not do: a screen reader gets what is covered with dots. A field
    /// that is not in the page yet begins hidden.
    pub fn hide(self) {
        if self.is_hidden() {
            return;
        }
        let value = element(self).map(|element| {
            let value = SecretText::new(element.value());
            element.set_value("");
            value
        });
        let _ = self
            .aside
            .try_set_value(Some(value.unwrap_or_else(|| SecretText::new(""))));
    }

    /// Puts it back into the field.
    pub fn show(self) {
        if let Some(element) = element(self)
            && let Some(value) = self.aside.try_update_value(Option::take).flatten()
        {
            element.set_value(value.expose());
        }
    }

    /// Whether something happened in the field itself.
    #[must_use]
    pub fn is_target(self, event: &web_sys::Event) -> bool {
        let target: Option<HtmlTextAreaElement> = event.target().and_then(|target| target.dyn_into().ok());
        target.is_some() && target == element(self)
    }

    /// Returns whether the value is hidden, and this is in its place now.
    fn put_aside(self, text: &str) -> bool {
        let put = |aside: &mut Option<SecretText>| {
            aside.is_some() && {
                *aside = Some(SecretText::new(with_lf(text).collect::<String>()));
                true
            }
        };
        self.aside.try_update_value(put) == Some(true)
    }
}

/// The field, while it is in the page: whoever refers to it keeps it beyond that.
fn element(field: Field) -> Option<HtmlTextAreaElement> {
    field
        .input
        .try_get_untracked()
        .flatten()
        .filter(|element| element.is_connected())
}

/// Empties the field when the view goes away, because those who refer to it keep it, and with it what is in it.
pub fn empty_with_view(field: Field) {
    on_cleanup(move || {
        if let Some(element) = field.input.try_get_untracked().flatten() {
            element.set_value("");
        }
        // Not what is hidden: that ends by itself with its owner, and a draft of it may still have to be kept.
    });
}

/// Looks at what is in the field, as the browser hands it out: every line ends with LF.
pub fn look<Answer>(field: Field, with: impl FnOnce(&str) -> Answer) -> Option<Answer> {
    let element = element(field)?;
    let mut with = Some(with);
    let mut look = |value: &SecretText| with.take().map(|with| with(value.expose()));
    let hidden = field
        .aside
        .try_with_value(|aside| aside.as_ref().map(&mut look))
        .flatten();
    hidden.unwrap_or_else(|| look(&SecretText::new(element.value())))
}

/// From where to where the field is selected, in the units of UTF-16 that the browser counts in.
#[must_use]
pub fn selection(field: Field) -> Option<(usize, usize)> {
    let element = element(field)?;
    let start = element.selection_start().ok()??;
    let end = element.selection_end().ok()??;
    Some((start as usize, end as usize))
}

/// Puts a value in the place of what is in the field, and looks at it. Undo brings back what was there, where the browser
/// plays along.
pub fn write<Answer>(field: Field, value: &SecretText, with: impl FnOnce(&str) -> Answer) -> Option<Answer> {
    let element = element(field)?;
    let text = value.expose();
    if field.put_aside(text) {
        return Some(with(text));
    }
    // What is written by a script alone cannot be undone. This way of writing is old, and the only one that can.
    // It writes wherever the focus is; an element that is inert or hidden by then does not take it, and says nothing.
    let has_focus = element.focus().is_ok() && document().active_element().as_ref() == Some(element.as_ref());
    let is_written = has_focus && {
        element.select();
        let document: Option<web_sys::HtmlDocument> = document().dyn_into().ok();
        let write = |it: web_sys::HtmlDocument| it.exec_command_with_show_ui_and_value("insertText", false, text);
        document.map(write).is_some_and(|is_written| is_written == Ok(true))
    };
    // Browsers that have it do not promise to write all of it as it is.
    let is_same = |written: &str| written == text || is_alike(written, text);
    if !is_written || look(field, is_same) != Some(true) {
        element.set_value(text);
    }
    Some(with(text))
}

/// Puts a value in the place of what is in the field, and looks at it. The focus stays where it is, and nothing of it can
/// be undone.
pub fn place<Answer>(field: Field, value: &SecretText, with: impl FnOnce(&str) -> Answer) -> Option<Answer> {
    let element = element(field)?;
    if !field.put_aside(value.expose()) {
        element.set_value(value.expose());
    }
    Some(with(value.expose()))
}

/// Whether two texts are the same but for how their lines end.
fn is_alike(one: &str, other: &str) -> bool {
    one.chars().eq(with_lf(other))
}

/// A text as a field hands it out: every line ends with LF.
fn with_lf(text: &str) -> impl Iterator<Item = char> + '_ {
    let mut characters = text.chars().peekable();
    std::iter::from_fn(move || match characters.next()? {
        '\r' => {
            characters.next_if_eq(&'\n');
            Some('\n')
        }
        character => Some(character),
    })
}

/// The text that is about to be pasted.
#[must_use]
pub fn pasted(event: &ClipboardEvent) -> Option<SecretText> {
    event.clipboard_data()?.get_data("text/plain").ok().map(SecretText::new)
}

/// What is dropped.
#[derive(Debug)]
pub enum Dropped {
    /// A text, which the browser puts where it fell.
    Text(SecretText),
    /// One file.
    File(File),
    /// Several files.
    Files,
}

/// What is dropped; none where it is something else.
#[must_use]
pub fn dropped(event: &DragEvent) -> Option<Dropped> {
    let data = event.data_transfer()?;
    match data.files().map(|files| (files.length(), files.get(0))) {
        Some((1, Some(file))) => Some(Dropped::File(file)),
        Some((2.., _)) => Some(Dropped::Files),
        _ => Some(Dropped::Text(SecretText::new(data.get_data("text/plain").ok()?))),
    }
}

/// Looks at a text that is dropped.
pub fn look_at<Answer>(text: &SecretText, with: impl FnOnce(&str) -> Answer) -> Answer {
    with(text.expose())
}

/// Whether files are being dragged. Only who takes them before they fall may have them.
#[must_use]
pub fn has_files(event: &DragEvent) -> bool {
    let types = |data: DataTransfer| data.types().includes(&"Files".into(), 0);
    event.data_transfer().is_some_and(types)
}

/// Why a file is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotTaken {
    /// It has so many bytes, and so many are accepted.
    TooLarge(usize),
    /// It has a zero byte, which no text has.
    Binary,
    /// At this byte, counted from 1, it is not UTF-8.
    NotUtf8(usize),
    /// The browser could not read it.
    Unreadable,
}

/// Reads a file of text, byte for byte.
///
/// # Errors
///
/// Why it is not taken.
pub async fn read(file: &File) -> Result<SecretText, NotTaken> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number, and one too large for the type is too large in any case"
    )]
    let size = file.size() as usize;
    if size > SecretText::LONGEST {
        return Err(NotTaken::TooLarge(size));
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let shared = Uint8Array::new(&buffer.map_err(|_| NotTaken::Unreadable)?);
    let bytes = shared.to_vec();
    shared.fill(0, 0, shared.length());
    text(bytes)
}

/// The text that bytes are.
fn text(mut bytes: Vec<u8>) -> Result<SecretText, NotTaken> {
    if bytes.contains(&0) {
        bytes.zeroize();
        return Err(NotTaken::Binary);
    }
    String::from_utf8(bytes).map(SecretText::new).map_err(|error| {
        let place = error.utf8_error().valid_up_to() + 1;
        error.into_bytes().zeroize();
        NotTaken::NotUtf8(place)
    })
}

/// The file that was chosen in a file control, which is empty again: the same file can be chosen anew.
#[must_use]
pub fn chosen(control: NodeRef<leptos::html::Input>) -> Option<File> {
    let control = control.try_get_untracked().flatten()?;
    let file = control.files()?.get(0);
    control.set_value("");
    file
}

/// Opens the browser's choice of files.
pub fn choose(control: NodeRef<leptos::html::Input>) {
    if let Some(control) = control.try_get_untracked().flatten() {
        control.click();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_taken_and_all_of_it() {
        let told = |bytes: &[u8]| text(bytes.to_vec()).map(|text| text.expose().to_owned());
        assert_eq!(told("\u{feff}a\r\n".as_bytes()), Ok("\u{feff}a\r\n".to_owned()));
        assert_eq!(told(b"a\0b"), Err(NotTaken::Binary));
        assert_eq!(told(b"ab\xffc"), Err(NotTaken::NotUtf8(3)));
        assert_eq!(told(b""), Ok(String::new()));
    }

    #[test]
    fn line_ends_alone_make_no_difference() {
        assert!(is_alike("a\nb\n\nc", "a\r\nb\r\rc"));
        assert!(!is_alike("a\nb", "a\nb\n") && !is_alike("a b", "a\nb"));
    }
}
