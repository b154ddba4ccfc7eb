//! Native dialogs.

use web_sys::HtmlDialogElement;

/// Opens a modal dialog; everything behind it is inert.
pub fn open(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // Fails only if the dialog is open already or not in the page.
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the focus returns to where it was.
pub fn close(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}
