//! The German words for locking, leaving and the clipboard.

/// Adds these words to those it is given.
macro_rules! german_with_locking {
    ($($others:tt)*) => {
        german! {
            $($others)*

            suggestions: "Vorschläge",
            suggestions_one: "1 Vorschlag: Die Pfeiltaste nach unten führt zu ihm.",
            suggestions_many: "{count} Vorschläge: Die Pfeiltaste nach unten führt zu ihnen.",
            copy_curl: "Als curl kopieren",
            copy_python: "Als Python kopieren",
            copy_typescript: "Als TypeScript kopieren",
            copy_go: "Als Go kopieren",
            call_curl: "Aufruf für curl",
            call_python: "Aufruf für Python",
            call_typescript: "Aufruf für TypeScript",
            call_go: "Aufruf für Go",

            lock_now: "Jetzt sperren",
            locked: "Gesperrt",
            locked_intro: "Der Schlüssel und alles, was auf der Seite war, sind aus diesem Tab verschwunden. Entwürfe bleiben, verschlüsselt. Geben Sie einen API-Schlüssel ein, um dort weiterzuarbeiten, wo Sie waren.",
            locked_proxy: "Alles, was auf der Seite war, ist aus diesem Tab verschwunden. Entwürfe bleiben, verschlüsselt. Der Schlüssel liegt beim Proxy, der diesem Browser weiterhin antwortet: Zum Entsperren wird nichts verlangt, was nur Sie wissen.",
            unlock: "Entsperren",
            lock_warning: "Sind Sie noch da?",
            lock_warning_intro: "Seit einer Weile hat niemand etwas getan. Die Konsole wird gleich in allen Tabs gesperrt; Entwürfe bleiben.",
            lock_warning_in_one: "Sie wird in 1 Sekunde gesperrt.",
            lock_warning_in: "Sie wird in {seconds} Sekunden gesperrt.",
            stay_connected: "Verbunden bleiben",
            leave_title: "Ohne Speichern verlassen?",
            leave_stay: "Hier bleiben",
            leave_go: "Verlassen",
            leave_disconnect: "Ihre Änderungen sind nicht gespeichert. Mit dem Trennen werden sie endgültig gelöscht, mit allen Entwürfen in diesem Browser.",
            value_copied: "Wert kopiert. In {seconds} Sekunden leert diese Seite die Zwischenablage, wenn der Browser sie lässt.",
            clipboard_cleared: "Die Zwischenablage wurde geleert.",
            clipboard_unfocused: "Die Zwischenablage wurde nicht geleert, weil diese Seite nicht im Vordergrund war. Sie versucht es erneut, sobald Sie zurückkommen.",
            clipboard_refused: "Die Zwischenablage wurde nicht geleert: Der Browser hat diese Seite nicht gelassen. Sie versucht es bei Ihrem nächsten Klick erneut.",
        }
    };
}
