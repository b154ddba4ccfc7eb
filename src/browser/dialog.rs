//! Native dialogs.

use web_sys::HtmlDialogElement;

/// Opens a dialog over the page; everything behind it is inert.
pub fn open(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // It fails only for a dialog that is open or not in the page.
        let _ = dialog.show_modal();
    }
}

/// Closes a dialog; the focus goes back to where it was.
pub fn close(dialog: &HtmlDialogElement) {
    if dialog.open() {
        dialog.close();
    }
}
