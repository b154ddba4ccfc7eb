//! The words for locking, leaving and the clipboard. A part of their own so that the files of words stay short.

/// Adds these words to those it is given.
macro_rules! with_locking {
    ($($others:tt)*) => {
        with_failures! {
            $($others)*

            suggestions: "Suggestions",
            suggestions_one: "1 suggestion: the down arrow leads to it.",
            suggestions_many: "{count} suggestions: the down arrow leads to them.",
            copy_curl: "Copy as curl",
            copy_python: "Copy as Python",
            copy_typescript: "Copy as TypeScript",
            copy_go: "Copy as Go",
            call_curl: "Call for curl",
            call_python: "Call for Python",
            call_typescript: "Call for TypeScript",
            call_go: "Call for Go",

            lock_now: "Lock now",
            locked: "Locked",
            locked_intro: "The key, and everything that was on the page, are gone from this tab. Drafts stay, encrypted. Enter an API key to go on where you were.",
            locked_proxy: "Everything that was on the page is gone from this tab. Drafts stay, encrypted. The key is with the proxy, which still answers this browser: unlocking asks for nothing that only you would know.",
            unlock: "Unlock",
            lock_warning: "Are you still there?",
            lock_warning_intro: "Nobody has done anything for a while. The console is about to lock in every tab; drafts stay.",
            lock_warning_in_one: "It locks in 1 second.",
            lock_warning_in: "It locks in {seconds} seconds.",
            stay_connected: "Stay connected",
            leave_title: "Leave without saving?",
            leave_stay: "Stay here",
            leave_go: "Leave",
            leave_disconnect: "Your changes are not saved. Disconnecting deletes them for good, with every draft in this browser.",
            value_copied: "Value copied. In {seconds} seconds this page empties the clipboard, if the browser lets it.",
            clipboard_cleared: "The clipboard was emptied.",
            clipboard_unfocused: "The clipboard was not emptied, because this page was not in front. It tries again when you come back.",
            clipboard_refused: "The clipboard was not emptied: the browser did not let this page. It tries again at your next click.",
        }
    };
}
