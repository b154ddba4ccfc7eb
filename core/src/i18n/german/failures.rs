//! German for what is refused and what fails. A part of its own so that the files of German stay short.

/// Adds these words to those it is given and makes German of them. The compiler finds the key that is lacking.
macro_rules! german {
    ($($others:tt)*) => {
        /// German.
        pub static GERMAN: Words = Words {
            $($others)*

            refused_scope: "Ihrem API-Schlüssel fehlt der Scope {scope}.",
            refused_disabled: "Dieser Workspace ist deaktiviert: Seine Secrets lassen sich lesen, aber nicht ändern.",
            refused_archived: "Dieser Workspace ist archiviert.",

            detail_status: "HTTP-Status",
            detail_code: "Code",
            detail_message: "Der Server sagt",
            detail_request_id: "Anfrage-ID",
            failed_who_am_i: "Die Verbindung kam nicht zustande",
            failed_list_workspaces: "Die Workspaces konnten nicht geladen werden",
            failed_create_workspace: "Der Workspace konnte nicht erstellt werden",
            failed_read_workspace: "Der Workspace konnte nicht geladen werden",
            failed_update_workspace: "Der Workspace konnte nicht gespeichert werden",
            failed_archive_workspace: "Der Workspace konnte nicht archiviert werden",
            failed_list_members: "Die Mitglieder konnten nicht geladen werden",
            failed_add_member: "Das Mitglied konnte nicht hinzugefügt werden",
            failed_remove_member: "Das Mitglied konnte nicht entfernt werden",
            failed_search_profiles: "Die Personen des Kontos konnten nicht durchsucht werden",
            failed_list_secrets: "Die Secrets konnten nicht geladen werden",
            failed_create_secret: "Das Secret konnte nicht erstellt werden",
            failed_read_secret: "Das Secret konnte nicht geladen werden",
            failed_update_secret: "Die Änderungen konnten nicht gespeichert werden",
            failed_delete_secret: "Das Secret konnte nicht gelöscht werden",
            reason_invalid: "Der Server hat die Eingaben nicht angenommen.",
            reason_precondition: "Der Workspace lässt dies gerade nicht zu: Vielleicht ist er archiviert oder deaktiviert.",
            reason_bad_key: "Der Server nimmt diesen API-Schlüssel nicht an. Prüfen Sie, ob er vollständig ist, zu diesem Server gehört und nicht deaktiviert ist.",
            reason_unauthenticated: "Der Server nimmt Ihren API-Schlüssel nicht mehr an. Verbinden Sie sich erneut; von Ihren Eingaben geht nichts verloren.",
            reason_denied: "Ihrem API-Schlüssel fehlt der Scope {scope}. Wer das Konto verwaltet, kann ihn erteilen.",
            reason_denied_all: "Der Server erlaubt dies mit Ihrem API-Schlüssel nicht.",
            reason_not_found: "Hier gibt es nichts: Vielleicht wurde es gelöscht, oder die Adresse stimmt nicht.",
            reason_taken: "Der Name ist vergeben: Wählen Sie einen anderen.",
            reason_conflict: "Inzwischen hat jemand anderes etwas daran geändert. Sehen Sie sich den jetzigen Stand an, bevor Sie es erneut versuchen.",
            reason_rate_limited: "Der Server bittet um weniger Anfragen in kurzer Zeit.",
            reason_server: "Der Server hat ein Problem. Es liegt nicht an Ihnen; versuchen Sie es gleich noch einmal.",
            reason_unexpected: "Der Server hat so geantwortet, dass diese Konsole es nicht versteht. Ist das die Adresse der API?",
            reason_forbidden: "Die Sicherheitsrichtlinie dieser Seite erlaubt keine Verbindung zu dieser Adresse. Wer die Konsole betreibt, kann sie hinzufügen.",
            reason_timed_out: "Der Server hat nicht innerhalb von {seconds} Sekunden geantwortet.",
            reason_interrupted: "Die Verbindung brach ab, bevor die Antwort vollständig war.",
            reason_unreachable: "Der Server war nicht erreichbar. Prüfen Sie die Adresse und Ihre Verbindung; außerdem muss der Server den Ursprung (Origin) dieser Seite zulassen.",
            reason_wait: "Er bittet darum, {seconds} s zu warten.",
            reason_outcome_unknown: "Ob es ausgeführt wurde, ist nicht bekannt: Sehen Sie nach, bevor Sie es erneut versuchen.",
        };
    };
}
