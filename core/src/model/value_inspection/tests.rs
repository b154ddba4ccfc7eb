use CharacterKind::*;
use proptest::prelude::*;

use super::*;

/// A text as a text field hands it out.
fn with_lf(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[test]
fn what_is_typed_is_counted() {
    for (text, bytes, lines) in [("", 0, 0), ("a", 1, 1), ("é\n", 3, 1), ("a\nb", 3, 2), ("\n\n", 2, 2)] {
        let inspection = ValueInspection::of(text);
        assert_eq!((inspection.bytes, inspection.lines), (bytes, lines), "{text:?}");
    }
    let counts = |bytes| ValueInspection::of(&"a".repeat(bytes)).finding_count();
    assert_eq!(
        (counts(65536), counts(65537)),
        (0, 1),
        "pointed out; the server decides"
    );
}

#[test]
fn everything_odd_is_counted() {
    let mut inspection = ValueInspection::default();
    inspection.edit(" { \n");
    assert_eq!(inspection.finding_count(), 4, "spaces, the line break, broken JSON");
    inspection.expect_paste("a\n");
    inspection.edit("a\n");
    assert_eq!(inspection.finding_count(), 1);
    inspection.edit("a");
    assert_eq!(inspection.finding_count(), 0);
}

#[test]
fn what_a_value_is_wrapped_in_and_how_it_looks_without() {
    for (value, wrapping, inside) in [
        ("\"a b\"", Some(Wrapping::Quotes), "a b"),
        ("'a'", Some(Wrapping::Quotes), "a"),
        ("``", Some(Wrapping::Quotes), ""),
        ("Bearer eyJh", Some(Wrapping::Bearer), "eyJh"),
        ("bearer x", Some(Wrapping::Bearer), "x"),
        ("API_KEY='x y' # c", Some(Wrapping::Assignment), "x y"),
        ("export API_KEY=x", Some(Wrapping::Assignment), "x"),
        ("export A=\"x\"", Some(Wrapping::Assignment), "x"),
        ("STRIPE_KEY=sk_live_abc", Some(Wrapping::Assignment), "sk_live_abc"),
        (
            "AB=1\n# c\nexport c=2\nEF='3'\n",
            Some(Wrapping::Assignments(3)),
            "AB=1\n# c\nexport c=2\nEF='3'\n",
        ),
        ("\"sk_live_abc\"\n", Some(Wrapping::Quotes), "sk_live_abc"),
        ("“abc”", Some(Wrapping::Quotes), "abc"),
        ("„abc“", Some(Wrapping::Quotes), "abc"),
        ("\"", None, "\""),
        ("\"a\" and \"b\"", None, "\"a\" and \"b\""),
        ("Bearer ", None, "Bearer "),
        ("{\"a\": \"b\"}", None, "{\"a\": \"b\"}"),
        ("dGVzdA==", None, "dGVzdA=="),
        ("Server=db;User=x", None, "Server=db;User=x"),
        ("postgres://u:p@h/d?a=b", None, "postgres://u:p@h/d?a=b"),
    ] {
        assert_eq!(ValueInspection::of(value).wrapping(), wrapping, "{value}");
        assert_eq!(fixed(value, Fix::Unwrap).expose(), inside, "{value}");
    }
    assert_eq!(fixed(" \n a b\t\r\n", Fix::TrimStart).expose(), "a b\t\r\n");
    assert_eq!(fixed(" a b\t\r\n", Fix::TrimEnd).expose(), " a b");
    assert_eq!(fixed("a\r\nb\rc\n", Fix::LineEnds).expose(), "a\nb\nc\n");
}

#[test]
fn one_line_break_at_the_end_belongs_to_pem() {
    let block = "-----BEGIN A-----\nAAAA\n-----END A-----\n";
    for (value, count) in [(block.to_owned(), 0), (format!("{block}\n"), 1), ("a\n".to_owned(), 1)] {
        assert_eq!(ValueInspection::of(&value).finding_count(), count, "{value:?}");
    }
}

#[test]
fn a_private_key_ends_with_a_line_break() {
    let key = |label: &str| format!("-----BEGIN {label}-----\nAAAA\n-----END {label}-----");
    for (label, is_lacking) in [
        ("OPENSSH PRIVATE KEY", true),
        ("RSA PRIVATE KEY", true),
        ("PRIVATE KEY", true),
        ("CERTIFICATE", false),
        ("PGP PRIVATE KEY BLOCK", false),
    ] {
        let cut = key(label);
        let inspection = ValueInspection::of(&cut);
        assert_eq!(
            (inspection.lacks_final_break(), inspection.finding_count()),
            (is_lacking, is_lacking.into()),
            "{label}"
        );
        let whole = fixed(&cut, Fix::AddBreak);
        assert_eq!(whole.expose(), format!("{cut}\n"));
        assert_eq!(ValueInspection::of(whole.expose()).finding_count(), 0, "{label}");
    }
}

#[test]
fn a_pgp_block_has_headers_and_a_checksum() {
    let block = |checksum: &str| {
        format!(
            "-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\nComment: https://example.com\n\nlQOYBF2h\nAAAA\n\
             {checksum}-----END PGP PRIVATE KEY BLOCK-----\n"
        )
    };
    for checksum in ["=XEyh\n", ""] {
        assert_eq!(
            Format::of(&block(checksum)),
            Some(Format::Pem { blocks: 1 }),
            "{checksum}"
        );
    }
    for broken in ["=XEy\n", "=XE*h\n", "=XEyh\nAAAA\n", "=XEyh\n=XEyh\n"] {
        assert!(Format::of(&block(broken)).is_some_and(Format::is_broken), "{broken}");
    }
    let signed = "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nany text: at all!\n-----BEGIN PGP SIGNATURE-----\n\n\
                  AAAA\n=XEyh\n-----END PGP SIGNATURE-----\n";
    assert_eq!(Format::of(signed), None, "left alone");
}

#[test]
fn an_edit_makes_line_ends_lf_and_reports_it() {
    let mut inspection = ValueInspection::of("a\r\nb\r\n");
    assert_eq!((inspection.bytes, inspection.lines), (6, 2));
    assert!(inspection.line_ends.has_return() && !inspection.has_converted_line_ends());
    inspection.edit("a\nb\nc\n");
    assert_eq!(inspection.line_ends.apply("a\nb\nc\n").expose(), "a\nb\nc\n");
    assert!(!inspection.line_ends.has_return() && inspection.has_converted_line_ends());
    inspection.edit("a");
    assert!(!inspection.has_converted_line_ends(), "there are no line ends");
    inspection.edit("a\nb\n");
    assert!(
        inspection.has_converted_line_ends(),
        "redo brings back the text, not its line ends"
    );
    let mut inspection = ValueInspection::of("a\nb");
    inspection.edit("a\nb\nc");
    assert!(!inspection.has_converted_line_ends());
    inspection.expect_paste("\r");
    inspection.edit("a\nb\nc\n");
    assert!(inspection.has_converted_line_ends());
}

#[test]
fn each_kind_of_character_with_its_count_and_first_place() {
    for (text, expected) in [
        ("", vec![]),
        ("plain\n\ttext of 東京 🗝 ✓", vec![]),
        ("  a", vec![(LeadingSpace, 2, 1, 1)]),
        ("\n\ta", vec![(LeadingSpace, 1, 2, 1)]),
        ("a \t", vec![(TrailingSpace, 2, 1, 2)]),
        ("a\n\n", vec![(TrailingBreak, 2, 1, 2)]),
        ("a\r\r", vec![(TrailingBreak, 2, 1, 2)]),
        ("a \n", vec![(TrailingSpace, 1, 1, 2), (TrailingBreak, 1, 1, 3)]),
        (" ", vec![(LeadingSpace, 1, 1, 1)]),
        ("a\r\nb\r\nc", vec![]),
        ("a\rb\u{200b}", vec![(Invisible, 1, 2, 2)]),
        ("a\r\n", vec![(TrailingBreak, 1, 1, 2)]),
        ("a\nb\u{a0}c\u{3000}", vec![(OtherSpace, 2, 2, 2)]),
        ("user\u{202e}nimda", vec![(Invisible, 1, 1, 5)]),
        ("\u{feff}a", vec![(ByteOrderMark, 1, 1, 1)]),
        ("a\0\u{1b}\u{85}", vec![(Control, 3, 1, 2)]),
        ("é東\u{ad}", vec![(Invisible, 1, 1, 3)]),
        ("x“abc–123”", vec![(LookAlike, 3, 1, 2)]),
        ("ｋｅｙ−1", vec![(LookAlike, 4, 1, 1)]),
    ] {
        let found: Vec<_> = characters_in_value(text)
            .into_iter()
            .map(|found| (found.kind, found.count, found.line, found.column))
            .collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn in_a_line_control_characters_are_left_to_validation() {
    assert_eq!(characters_in_line("a\u{7}b\r\n"), []);
    let kinds: Vec<_> = characters_in_line("API\u{200b}_KEY ")
        .iter()
        .map(|it| it.kind)
        .collect();
    assert_eq!(kinds, [TrailingSpace, Invisible]);
    assert_eq!(characters_in_line("A–B").first().map(|it| it.kind), Some(LookAlike));
}

fn broken_json(line: usize, column: usize) -> Option<Format> {
    Some(Format::BrokenJson { line, column })
}

#[test]
fn json_and_where_it_breaks() {
    for (value, expected) in [
        ("", None),
        ("postgres://user@host", None),
        ("12", None),
        ("\"text\"", None),
        ("{}", Some(Format::Json)),
        (" \n[1, -2.5e3, \"\\u00e9\", null]\n", Some(Format::Json)),
        ("{\"a\": 1,}", broken_json(1, 9)),
        ("{\n  \"a\": 1\n  \"b\": 2\n}", broken_json(3, 3)),
        ("{\"東京\": x}", broken_json(1, 8)),
        ("{'a': 1}", broken_json(1, 2)),
        ("{} {}", broken_json(1, 4)),
        ("\u{feff}{}", broken_json(1, 1)),
        ("{\"a\":\n \"b", broken_json(2, 3)),
    ] {
        assert_eq!(Format::of(value), expected, "{value:?}");
    }
}

fn block(label: &str, data: &str) -> String {
    format!("-----BEGIN {label}-----\n{data}\n-----END {label}-----\n")
}

#[test]
fn pem_and_where_it_breaks() {
    let key = block("PRIVATE KEY", "MIIBVAIBADANBgkq\nhkiG9w0BAQ==");
    let encrypted = block(
        "RSA PRIVATE KEY",
        "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA",
    );
    for (value, blocks) in [
        (key.clone(), 1),
        (key.replace('\n', "\r\n"), 1),
        (key.trim_end().to_owned(), 1),
        (format!("subject=CN = a\n{key}\nissuer=CN = b\n{key}"), 2),
        (encrypted, 1),
    ] {
        assert_eq!(Format::of(&value), Some(Format::Pem { blocks }), "{value}");
    }
    for (value, line, has_escaped_breaks) in [
        (key.replace("-----END", "----END"), 4, false),
        (key.replace("END PRIVATE", "END PUBLIC"), 4, false),
        (key.replace("KEY-----\nM", "KEY----\nM"), 1, false),
        (key.replace("AQ==", "AQ="), 4, false),
        (key.replace("AQ==", "A*=="), 3, false),
        (key.replace("ADAN", "A=AN"), 2, false),
        (key.replace("AQ==", "A==="), 3, false),
        (key.replace('\n', "\\n"), 1, true),
        (key.replace('\n', " "), 1, false),
        (format!("x{key}"), 1, false),
        (block("KEY", ""), 3, false),
        (format!("-----END A-----\n{key}"), 1, false),
        (format!("-----BEGIN A-----\n{key}"), 2, false),
        ("-----BEGIN A-----\nAAAA\n".to_owned(), 1, false),
    ] {
        let expected = Format::BrokenPem {
            line,
            has_escaped_breaks,
        };
        assert_eq!(Format::of(&value), Some(expected), "{value}");
    }
}

proptest! {
    #[test]
    fn a_file_is_sent_byte_for_byte(text in "[abé🗝\u{feff}\r\n\t ]{0,40}") {
        let inspection = ValueInspection::of(&text);
        let sent = inspection.line_ends.apply(&with_lf(&text));
        prop_assert_eq!(sent.expose(), text.as_str());
        prop_assert_eq!(inspection.bytes, text.len());
    }

    #[test]
    fn an_edited_text_is_sent_as_it_stands_in_the_field(file in "[ab\r\n]{0,20}", text in "[abé\n]{0,20}") {
        let mut inspection = ValueInspection::of(&file);
        inspection.edit(&text);
        let sent = inspection.line_ends.apply(&text);
        prop_assert_eq!(sent.expose(), text.as_str());
        prop_assert_eq!(inspection.has_converted_line_ends(), file.contains('\r') && text.contains('\n'));
    }

    #[test]
    fn positions_are_in_the_text_and_counts_are_right(text in "[a \t\n\r\u{a0}\u{200b}\u{202e}\u{feff}\u{1}é]{0,40}") {
        let lines: Vec<_> = with_lf(&text).split('\n').map(str::to_owned).collect();
        let found = characters_in_value(&text);
        for found in &found {
            prop_assert!(found.count > 0 && found.count <= text.chars().count());
            prop_assert!(found.line >= 1 && found.line <= lines.len());
            // A line break stands behind the last character of its line.
            prop_assert!(found.column >= 1 && found.column <= lines[found.line - 1].chars().count() + 1);
        }
        let count = |kind| found.iter().find(|it| it.kind == kind).map_or(0, |it| it.count);
        prop_assert_eq!(count(Invisible), text.matches(['\u{200b}', '\u{202e}']).count());
        prop_assert_eq!(count(OtherSpace), text.matches('\u{a0}').count());
        prop_assert_eq!(count(Control), text.matches('\u{1}').count());
    }

    #[test]
    fn what_a_keyboard_types_is_not_suspicious(text in "[!-~]([ -~]{0,30}[!-~])?") {
        prop_assert_eq!(characters_in_value(&text), []);
    }

    #[test]
    fn anything_that_serde_reads_is_json(entries in proptest::collection::btree_map(".{0,8}", ".{0,8}", 0..5)) {
        let value = serde_json::to_string_pretty(&entries).unwrap();
        prop_assert_eq!(Format::of(&value), Some(Format::Json));
    }

    #[test]
    fn a_cut_is_reported_within_the_text(entries in proptest::collection::btree_map("[a-zé\n]{1,8}", ".{0,8}", 1..5), at in 0.0_f64..1.0) {
        let value = serde_json::to_string_pretty(&entries).unwrap();
        let characters: Vec<char> = value.chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a position in a short text")]
        let cut: String = characters[..1 + ((characters.len() - 2) as f64 * at) as usize].iter().collect();
        let Some(Format::BrokenJson { line, column }) = Format::of(&cut) else {
            return Err(TestCaseError::fail(format!("{cut:?} is not broken")));
        };
        let lines: Vec<&str> = cut.split('\n').collect();
        prop_assert!(line <= lines.len() && column <= lines[line - 1].chars().count().max(1));
    }

    #[test]
    fn blocks_of_any_bytes_are_pem(label in "[A-Z0-9]{1,9}( [A-Z]{1,9})?", quads in "([A-Za-z0-9+/]{4}){1,40}", blocks in 1_usize..4) {
        prop_assert_eq!(Format::of(&block(&label, &quads).repeat(blocks)), Some(Format::Pem { blocks }));
    }

    #[test]
    fn no_text_makes_it_panic(value in any::<String>(), begin in "(-----BEGIN |-----END A-----|\\{|\\[)") {
        let _ = ValueInspection::of(&format!("{begin}{value}"));
    }
}
