//! The text field of a value, and how a value enters it: pasted, dropped or from a file.
//!
//! Callers pass a closure that inspects the value; the text itself is not handed out.

use contract::SecretText;
use js_sys::Uint8Array;
use leptos::html::{Input, Textarea};
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, File, HtmlTextAreaElement};
use zeroize::Zeroize;

/// A text field that alone holds the value. While hidden, the value is kept beside it and is not in the page.
#[derive(Debug, Clone, Copy)]
pub struct SecretTextarea {
    node_ref: NodeRef<Textarea>,
    is_shown: RwSignal<bool>,
    /// The value while it is hidden, with LF at the end of each line as the field would return it.
    hidden: StoredValue<Option<SecretText>, LocalStorage>,
}

impl Default for SecretTextarea {
    fn default() -> Self {
        Self::new()
    }
}

impl SecretTextarea {
    /// Shown and empty; not in the page yet.
    #[must_use]
    pub fn new() -> Self {
        Self::with(None, true)
    }

    /// Starts with a value, which gets into the field once that is in the page and shown.
    #[must_use]
    pub fn with(value: Option<&SecretText>, is_shown: bool) -> Self {
        let hidden = value.map(|value| SecretText::new(with_lf(value.expose()).collect::<String>()));
        Self {
            node_ref: NodeRef::new(),
            is_shown: RwSignal::new(is_shown),
            hidden: StoredValue::new_local(hidden),
        }
    }

    /// The element to render.
    #[must_use]
    pub fn node_ref(self) -> NodeRef<Textarea> {
        self.node_ref
    }

    /// Whether the user wants to see the value. It is hidden anyway while the part of the page that it is in is hidden.
    #[must_use]
    pub fn is_shown(self) -> RwSignal<bool> {
        self.is_shown
    }

    /// Whether the value is hidden: the field is empty then.
    #[must_use]
    pub fn is_hidden(self) -> bool {
        self.hidden.try_with_value(Option::is_some) == Some(true)
    }

    /// Takes the value out of the page: dots over it would leave it in the accessibility tree. A field that is not in the
    /// page yet starts hidden.
    pub fn hide(self) {
        if self.is_hidden() {
            return;
        }
        let value = self.element().map(|element| {
            let value = SecretText::new(element.value());
            element.set_value("");
            value
        });
        let _ = self
            .hidden
            .try_set_value(Some(value.unwrap_or_else(|| SecretText::new(""))));
    }

    /// Puts the value back into the field.
    pub fn show(self) {
        if let Some(element) = self.element()
            && let Some(value) = self.hidden.try_update_value(Option::take).flatten()
        {
            element.set_value(value.expose());
        }
    }

    /// Whether the target of an event is the field.
    #[must_use]
    pub fn is_target(self, event: &web_sys::Event) -> bool {
        let target: Option<HtmlTextAreaElement> = event.target().and_then(|target| target.dyn_into().ok());
        target.is_some() && target == self.element()
    }

    /// Inspects the API value of the field, in which every line ends with LF. None while it is not in the page.
    pub fn inspect<Answer>(self, inspect: impl FnOnce(&str) -> Answer) -> Option<Answer> {
        let element = self.element()?;
        let mut inspect = Some(inspect);
        let mut inspect = |value: &SecretText| inspect.take().map(|inspect| inspect(value.expose()));
        let hidden = self
            .hidden
            .try_with_value(|hidden| hidden.as_ref().map(&mut inspect))
            .flatten();
        hidden.unwrap_or_else(|| inspect(&SecretText::new(element.value())))
    }

    /// Replaces the value so that the user can undo it, where the browser supports that. Returns whether the field is in
    /// the page.
    pub fn replace(self, value: &SecretText) -> bool {
        let Some(element) = self.element() else {
            return false;
        };
        let text = value.expose();
        if self.replace_hidden(text) {
            return true;
        }
        // Deprecated, but the only way to write that can be undone. It writes wherever the focus is, and an element that is
        // inert or hidden by now does not take it.
        let has_focus = element.focus().is_ok() && document().active_element().as_ref() == Some(element.as_ref());
        let is_written = has_focus && {
            element.select();
            let document: Option<web_sys::HtmlDocument> = document().dyn_into().ok();
            let write = |it: web_sys::HtmlDocument| it.exec_command_with_show_ui_and_value("insertText", false, text);
            document.map(write).is_some_and(|is_written| is_written == Ok(true))
        };
        // Browsers do not promise to write all of it unchanged.
        if !is_written || self.inspect(|written| is_same_but_for_line_ends(written, text)) != Some(true) {
            element.set_value(text);
        }
        true
    }

    /// Sets the value without moving the focus; it can't be undone. Returns whether the field is in the page.
    pub fn set(self, value: &SecretText) -> bool {
        let Some(element) = self.element() else {
            return false;
        };
        if !self.replace_hidden(value.expose()) {
            element.set_value(value.expose());
        }
        true
    }

    /// Empties the field when the view is removed: a reference to the element would keep the value in memory. A hidden
    /// value stays until its owner is gone, as a draft of it may still have to be saved.
    pub fn clear_with_view(self) {
        on_cleanup(move || {
            if let Some(element) = self.node_ref.try_get_untracked().flatten() {
                element.set_value("");
            }
        });
    }

    /// The element while it is in the page: the reference outlives that.
    fn element(self) -> Option<HtmlTextAreaElement> {
        self.node_ref
            .try_get_untracked()
            .flatten()
            .filter(|element| element.is_connected())
    }

    /// Replaces the value if it is hidden. Returns whether it is.
    fn replace_hidden(self, text: &str) -> bool {
        let replace = |hidden: &mut Option<SecretText>| {
            hidden.is_some() && {
                *hidden = Some(SecretText::new(with_lf(text).collect::<String>()));
                true
            }
        };
        self.hidden.try_update_value(replace) == Some(true)
    }
}

fn is_same_but_for_line_ends(written: &str, text: &str) -> bool {
    written.chars().eq(with_lf(text))
}

/// A text as a text field returns it: every line ends with LF.
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

/// Inspects a value that is about to be put into the field.
pub fn inspect<Answer>(value: &SecretText, inspect: impl FnOnce(&str) -> Answer) -> Answer {
    inspect(value.expose())
}

/// The text of a paste.
#[must_use]
pub fn pasted(event: &ClipboardEvent) -> Option<SecretText> {
    event.clipboard_data()?.get_data("text/plain").ok().map(SecretText::new)
}

/// The content of a drop.
#[derive(Debug)]
pub enum Dropped {
    /// A text.
    Text(SecretText),
    /// One file.
    File(File),
    /// Several files.
    Files,
}

/// Reads a drop. `None` for anything but text and files.
#[must_use]
pub fn dropped(event: &DragEvent) -> Option<Dropped> {
    let data = event.data_transfer()?;
    match data.files().map(|files| (files.length(), files.get(0))) {
        Some((1, Some(file))) => Some(Dropped::File(file)),
        Some((2.., _)) => Some(Dropped::Files),
        _ => Some(Dropped::Text(SecretText::new(data.get_data("text/plain").ok()?))),
    }
}

/// Whether files are being dragged. A drop target has to accept them while they are dragged.
#[must_use]
pub fn has_files(event: &DragEvent) -> bool {
    let types = |data: DataTransfer| data.types().includes(&"Files".into(), 0);
    event.data_transfer().is_some_and(types)
}

/// The size of a file, in bytes, that the page still handles well. What a value may have is for the server to say.
pub const LARGEST_FILE: usize = 16 * 1024 * 1024;

/// Why a file is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileError {
    /// It has this many bytes, more than [`LARGEST_FILE`].
    TooLarge(usize),
    /// It has a zero byte, so it is not text.
    Binary,
    /// It is not UTF-8 at this byte, counted from 1.
    NotUtf8(usize),
    /// The browser could not read it.
    Unreadable,
}

/// Reads a text file, byte for byte.
///
/// # Errors
///
/// Why the file is refused.
pub async fn read(file: &File) -> Result<SecretText, FileError> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a size is a whole number, and one too large for the type is too large in any case"
    )]
    let size = file.size() as usize;
    if size > LARGEST_FILE {
        return Err(FileError::TooLarge(size));
    }
    let buffer = JsFuture::from(file.array_buffer()).await;
    let shared = Uint8Array::new(&buffer.map_err(|_| FileError::Unreadable)?);
    let bytes = shared.to_vec();
    shared.fill(0, 0, shared.length());
    decode(bytes)
}

fn decode(mut bytes: Vec<u8>) -> Result<SecretText, FileError> {
    if bytes.contains(&0) {
        bytes.zeroize();
        return Err(FileError::Binary);
    }
    String::from_utf8(bytes).map(SecretText::new).map_err(|error| {
        let position = error.utf8_error().valid_up_to() + 1;
        error.into_bytes().zeroize();
        FileError::NotUtf8(position)
    })
}

/// The file that was chosen. The control is emptied, so that the same file can be chosen again.
#[must_use]
pub fn chosen(control: NodeRef<Input>) -> Option<File> {
    let control = control.try_get_untracked().flatten()?;
    let file = control.files()?.get(0);
    control.set_value("");
    file
}

/// Opens the browser's file dialog.
pub fn choose(control: NodeRef<Input>) {
    if let Some(control) = control.try_get_untracked().flatten() {
        control.click();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_text_is_accepted_and_all_of_it() {
        let read = |bytes: &[u8]| decode(bytes.to_vec()).map(|text| text.expose().to_owned());
        assert_eq!(read("\u{feff}a\r\n".as_bytes()), Ok("\u{feff}a\r\n".to_owned()));
        assert_eq!(read(b"a\0b"), Err(FileError::Binary));
        assert_eq!(read(b"ab\xffc"), Err(FileError::NotUtf8(3)));
        assert_eq!(read(b""), Ok(String::new()));
    }

    #[test]
    fn line_ends_alone_make_no_difference() {
        assert!(is_same_but_for_line_ends("a\nb\n\nc", "a\r\nb\r\rc"));
        assert!(!is_same_but_for_line_ends("a\nb", "a\nb\n") && !is_same_but_for_line_ends("a b", "a\nb"));
    }
}
