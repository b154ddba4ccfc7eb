//! German for the field of a value and for what it points out.

/// Adds these words to those it is given and makes German of them.
macro_rules! german_with_value {
    ($($others:tt)*) => {
        /// German for the views that write.
        pub static SECRET_GERMAN: SecretWords = SecretWords {
            $($others)*

            value_bytes_one: "{count} Byte",
            value_bytes: "{count} Bytes",
            value_lines_one: "{count} Zeile",
            value_lines: "{count} Zeilen",
            value_too_long: "Der Wert hat {bytes} Bytes. Höchstens {most} (64 KiB) werden angenommen.",
            value_ends_kept: "Zeilenenden werden so gesendet, wie sie waren: {ends}.",
            value_ends_lost: "Zeilenenden werden als LF gesendet. Um CR oder CRLF zu behalten, eine Datei wählen.",
            value_ends_to_lf: "Alle Zeilenenden zu LF machen",
            value_file: "Datei wählen",
            value_file_hint: "Oder legen Sie eine Textdatei auf dem Feld ab. Sie wird Byte für Byte übernommen.",
            value_files: "Legen Sie nur eine Datei auf einmal ab.",
            value_file_taken: "Der Wert ist der Inhalt von „{name}“.",
            value_file_too_large: "„{name}“ wurde nicht übernommen: Die Datei hat {number} Bytes, und höchstens {most} (64 KiB) werden angenommen.",
            value_file_binary: "„{name}“ wurde nicht übernommen: Die Datei enthält ein Nullbyte und ist also kein Text. Codieren Sie sie, zum Beispiel mit Base64.",
            value_file_not_utf8: "„{name}“ wurde nicht übernommen: Byte {number} ist kein UTF-8, und nur das lässt sich senden.",
            value_file_unreadable: "„{name}“ wurde nicht übernommen: Der Browser konnte die Datei nicht lesen.",
            value_is_hidden: "Verborgen. Was Sie einfügen, ersetzt den Wert. Zum Tippen zeigen Sie ihn an.",
            value_pasted_hidden: "Was Sie eingefügt haben, ist jetzt der Wert, anstelle dessen, was da war.",
            findings_one: "{count} Auffälligkeit im Wert.",
            findings: "{count} Auffälligkeiten im Wert.",
            odd_in_lines: "{what}: {count}, zuerst in Zeile {line}, Zeichen {column}.",
            odd_in_line: "{what}: {count}, zuerst als Zeichen {column}.",
            odd_leading_space: "Leerzeichen am Anfang",
            odd_trailing_space: "Leerzeichen am Ende",
            odd_trailing_break: "Zeilenumbrüche am Ende",
            odd_other_space: "Leerzeichen, die nicht die der Leertaste sind",
            odd_invisible: "Zeichen, die niemand sehen kann",
            odd_byte_order_mark: "Byte-Reihenfolge-Marken (BOM)",
            odd_control: "Steuerzeichen",
            json_fine: "wohlgeformtes JSON",
            json_broken: "Das beginnt wie JSON und ist ab Zeile {line}, Zeichen {column}, keines mehr.",
            pem_fine_one: "{count} wohlgeformter PEM-Block",
            pem_fine: "{count} wohlgeformte PEM-Blöcke",
            pem_broken: "Ungültiges PEM: Zeile {line}",
            pem_written_breaks: "Der PEM-Block in Zeile {line} enthält einen Backslash und ein n, wo seine Zeilen enden sollten.",
            generate_title: "Wert erzeugen",
            generate_length: "Länge",
            generate_alphabet: "Zeichenvorrat",
            alphabet_letters_and_digits: "Buchstaben und Ziffern",
            alphabet_symbols: "Buchstaben, Ziffern und Sonderzeichen",
            generate_bits: "{bits} Bit Zufall. Ab 128 kann ihn niemand erraten.",
            generate: "Erzeugen",
            generate_hint: "Er ersetzt, was im Feld steht; Rückgängigmachen dort bringt es zurück.",
            generated: "Ein Wert mit {bits} Bit Zufall steht im Feld.",
            not_generated: "Der Browser liefert keine Zufallszahlen, deshalb wurde kein Wert erzeugt.",
        };
    };
}
