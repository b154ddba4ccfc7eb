use PemProblem::*;
use proptest::prelude::*;

use super::*;

fn broken(line: usize, column: usize) -> Option<Form> {
    let is_cut_off = false;
    Some(Form::BrokenJson {
        is_cut_off,
        line,
        column,
    })
}

#[test]
fn json_and_where_it_breaks() {
    for (value, expected) in [
        ("", None),
        ("postgres://user@host", None),
        ("12", None),
        ("\"text\"", None),
        ("{}", Some(Form::Json)),
        (" \n[1, -2.5e3, \"\\u00e9\", null]\n", Some(Form::Json)),
        ("{\"a\": 1,}", broken(1, 9)),
        ("{\n  \"a\": 1\n  \"b\": 2\n}", broken(3, 3)),
        ("{\"東京\": x}", broken(1, 8)),
        ("{'a': 1}", broken(1, 2)),
        ("{} {}", broken(1, 4)),
        ("\u{feff}{}", broken(1, 1)),
    ] {
        assert_eq!(recognise(value), expected, "{value:?}");
    }
    assert!(matches!(
        recognise("{\"a\":\n \"b"),
        Some(Form::BrokenJson {
            is_cut_off: true,
            line: 2,
            ..
        })
    ));
}

fn block(label: &str, data: &str) -> String {
    format!("-----BEGIN {label}-----\n{data}\n-----END {label}-----\n")
}

#[test]
fn pem_and_where_it_breaks() {
    let key = block("PRIVATE KEY", "MIIBVAIBADANBgkq\nhkiG9w0BAQ==");
    assert_eq!(recognise(&key), Some(Form::Pem(1)));
    assert_eq!(recognise(&key.replace('\n', "\r\n")), Some(Form::Pem(1)));
    assert_eq!(recognise(key.trim_end()), Some(Form::Pem(1)));
    let chain = format!("subject=CN = a\n{key}\nissuer=CN = b\n{key}");
    assert_eq!(recognise(&chain), Some(Form::Pem(2)));
    let encrypted = block(
        "RSA PRIVATE KEY",
        "Proc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA",
    );
    assert_eq!(recognise(&encrypted), Some(Form::Pem(1)));
    for (value, problem, line) in [
        (key.replace("-----END", "----END"), Base64, 4),
        (key.replace("END PRIVATE", "END PUBLIC"), LabelsDiffer, 4),
        (key.replace("KEY-----\nM", "KEY----\nM"), Boundary, 1),
        (key.replace("AQ==", "AQ="), Base64, 4),
        (key.replace("AQ==", "A*=="), Base64, 3),
        (key.replace("ADAN", "A=AN"), Base64, 2),
        (key.replace('\n', "\\n"), WrittenBreaks, 1),
        (key.replace('\n', " "), Boundary, 1),
        (format!("x{key}"), Boundary, 1),
        (block("KEY", ""), Empty, 3),
        (format!("-----END A-----\n{key}"), OutOfPlace, 1),
        (format!("-----BEGIN A-----\n{key}"), OutOfPlace, 2),
    ] {
        assert_eq!(recognise(&value), Some(Form::BrokenPem(problem, line)), "{value}");
    }
    assert_eq!(recognise("-----BEGIN A-----\nAAAA\n"), Some(Form::BrokenPem(NoEnd, 1)));
}

proptest! {
    #[test]
    fn anything_that_serde_reads_is_json(entries in proptest::collection::btree_map(".{0,8}", ".{0,8}", 0..5)) {
        let value = serde_json::to_string_pretty(&entries).unwrap();
        prop_assert_eq!(recognise(&value), Some(Form::Json));
    }

    #[test]
    fn a_cut_is_told_within_the_text(entries in proptest::collection::btree_map("[a-zé\n]{1,8}", ".{0,8}", 1..5), at in 0.0_f64..1.0) {
        let value = serde_json::to_string_pretty(&entries).unwrap();
        let characters: Vec<char> = value.chars().collect();
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, clippy::cast_precision_loss, reason = "a place in a short text")]
        let cut: String = characters[..1 + ((characters.len() - 2) as f64 * at) as usize].iter().collect();
        let Some(Form::BrokenJson { is_cut_off, line, column }) = recognise(&cut) else {
            return Err(TestCaseError::fail(format!("{cut:?} is not broken")));
        };
        prop_assert!(is_cut_off);
        let lines: Vec<&str> = cut.split('\n').collect();
        prop_assert!(line <= lines.len() && column <= lines[line - 1].chars().count().max(1));
    }

    #[test]
    fn blocks_of_any_bytes_are_pem(label in "[A-Z0-9]{1,9}( [A-Z]{1,9})?", quads in "([A-Za-z0-9+/]{4}){1,40}", count in 1_usize..4) {
        prop_assert_eq!(recognise(&block(&label, &quads).repeat(count)), Some(Form::Pem(count)));
    }

    #[test]
    fn nothing_makes_it_fail(value in any::<String>(), begin in "(-----BEGIN |-----END A-----|\\{|\\[)") {
        let _ = recognise(&format!("{begin}{value}"));
    }
}
