//! The words for the field of a value and for what it points out. A part of their own so that the files of words stay
//! short.

/// Adds these words to those it is given and declares them all.
macro_rules! with_value {
    ($($others:tt)*) => {
        secret_words! {
            $($others)*

            value_bytes_one: "{count} byte",
            value_bytes: "{count} bytes",
            value_lines_one: "{count} line",
            value_lines: "{count} lines",
            value_too_long: "The value has {bytes} bytes. {most} (64 KiB) at most are accepted.",
            value_ends_kept: "Line ends are sent as they were given: {ends}.",
            value_ends_lost: "Line ends are sent as LF. To keep CR or CRLF, choose a file.",
            value_ends_to_lf: "Make all line ends LF",
            value_file: "Choose file",
            value_file_hint: "Or drop a text file on the field. It is taken byte for byte.",
            value_files: "Drop one file at a time.",
            value_file_taken: "The value is what is in “{name}”.",
            value_file_too_large: "“{name}” was not taken: it has {number} bytes, and {most} (64 KiB) at most are accepted.",
            value_file_binary: "“{name}” was not taken: it has a zero byte, so it is not text. Encode it, with base64 for example.",
            value_file_not_utf8: "“{name}” was not taken: byte {number} is not UTF-8, and only that can be sent.",
            value_file_unreadable: "“{name}” was not taken: the browser could not read it.",
            value_is_hidden: "Hidden. What you paste takes its place. To type, show it.",
            value_pasted_hidden: "What you gave is the value now, in the place of what was there.",
            findings_one: "{count} thing to look at in the value.",
            findings: "{count} things to look at in the value.",
            odd_in_lines: "{what}: {count}, the first in line {line}, character {column}.",
            odd_in_line: "{what}: {count}, the first is character {column}.",
            odd_leading_space: "Spaces at the beginning",
            odd_trailing_space: "Spaces at the end",
            odd_trailing_break: "Line breaks at the end",
            odd_other_space: "Spaces that are not those of the space bar",
            odd_invisible: "Characters that nobody can see",
            odd_byte_order_mark: "Byte order marks",
            odd_control: "Control characters",
            json_fine: "well-formed JSON",
            json_broken: "This begins like JSON and breaks in line {line}, character {column}.",
            pem_fine_one: "{count} well-formed PEM block",
            pem_fine: "{count} well-formed PEM blocks",
            pem_broken: "Invalid PEM: line {line}",
            pem_written_breaks: "The PEM block in line {line} has a backslash and an n where its lines should end.",
            generate_title: "Generate a value",
            generate_length: "Length",
            generate_alphabet: "Alphabet",
            alphabet_letters_and_digits: "Letters and digits",
            alphabet_symbols: "Letters, digits and symbols",
            generate_bits: "{bits} bits of chance. From 128 on nobody can guess it.",
            generate: "Generate",
            generate_hint: "It takes the place of what is in the field; undo there brings that back.",
            generated: "A value with {bits} bits of chance is in the field.",
            not_generated: "The browser gives no random numbers, so no value was made.",
        }
    };
}
