use proptest::prelude::*;

use super::*;

fn entries(text: &str) -> Vec<(String, String)> {
    let entry = |entry: EnvEntry| (entry.name, entry.value.expose().to_owned());
    read(text).entries.into_iter().map(entry).collect()
}

fn entry(text: &str) -> Option<(String, String)> {
    let entries = entries(text);
    assert!(entries.len() < 2, "{text:?}: {entries:?}");
    entries.into_iter().next()
}

#[test]
fn one_line_in_every_form() {
    for (text, name, value) in [
        ("A=b", "A", "b"),
        ("export A=b", "A", "b"),
        ("export\tA=b", "A", "b"),
        ("  A = b  ", "A", "b"),
        ("A=", "A", ""),
        ("exported=x", "exported", "x"),
        ("a.b-c_1=x", "a.b-c_1", "x"),
        ("A=b # comment", "A", "b"),
        ("A=b#c", "A", "b#c"),
        ("A=#c", "A", ""),
        ("A= # c", "A", ""),
        ("A=b=c==", "A", "b=c=="),
        ("A=two words", "A", "two words"),
        ("A=\"b # c\" # d", "A", "b # c"),
        ("A='b\\n$c'", "A", "b\\n$c"),
        ("A=`b\"'c`", "A", "b\"'c"),
        ("A=\" b \"", "A", " b "),
        ("A=\"b\\n\\t\\\"\\\\n\\$\\x\"", "A", "b\n\t\"\\n$\\x"),
        ("A=\"\\\\\"", "A", "\\"),
        ("A=\"\"", "A", ""),
        ("A=\"b\"c", "A", "\"b\"c"),
        ("A=\"b", "A", "\"b"),
        ("A='it''s'", "A", "'it''s'"),
        ("\u{feff}A=b", "A", "b"),
        ("# c\n\n A=b\r\n", "A", "b"),
        ("A=\"b\r\nc\rd\"", "A", "b\nc\nd"),
        ("A='\nb\n'", "A", "\nb\n"),
        ("A=é東🗝", "A", "é東🗝"),
    ] {
        assert_eq!(entry(text), Some((name.to_owned(), value.to_owned())), "{text:?}");
    }
    for text in [
        "", "A", "# A=b", "=b", "1A=b", "A B=c", "é=b", "export", "export A", "-A=b",
    ] {
        assert_eq!(entry(text), None, "{text:?}");
    }
}

#[test]
fn a_name_with_its_value() {
    let split = |text: &str| typed_as_name(text).map(|entry| (entry.name, entry.value.expose().to_owned()));
    for (text, name, value) in [
        ("STRIPE_KEY=sk_live_abc", "STRIPE_KEY", "sk_live_abc"),
        ("export a='b c'", "a", "b c"),
        ("stripe key = x", "", ""),
        ("STRIPE_KEY=", "", ""),
        ("STRIPE_KEY", "", ""),
        ("=x", "", ""),
    ] {
        let expected = (!name.is_empty()).then(|| (name.to_owned(), value.to_owned()));
        assert_eq!(split(text), expected, "{text}");
    }
}

#[test]
fn a_file_with_all_of_it() {
    let block = "-----BEGIN KEY-----\nAAAA\nBBB=\n-----END KEY-----";
    let text = format!(
        "# settings\r\nA=1\r\n\r\nexport B=\"two\r\nlines\" # c\r\nnonsense\r\nC={block}\r\nD=\"{}\"\r\nE='\n{block}\n'\nmore nonsense\nA=2",
        block.replace('\n', "\\n")
    );
    let pair = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    assert_eq!(
        entries(&text),
        [
            pair("A", "1"),
            pair("B", "two\nlines"),
            pair("C", block),
            pair("D", block),
            pair("E", &format!("\n{block}\n")),
            pair("A", "2"),
        ]
    );
    assert_eq!(read(&text).skipped, [6, 18]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_takes_no_other_line() {
    let pairs = entries("A=\"b\nC=\"d\"\nE='f\nG=h");
    let told: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}:{value}")).collect();
    assert_eq!(told, ["A:\"b", "C:d", "E:'f", "G:h"]);
}

#[test]
fn what_may_be_a_value_is_not_split() {
    for (text, name) in [
        ("API_KEY=x", Some("API_KEY")),
        ("export API_KEY=\"x\"\n", Some("API_KEY")),
        ("# the key\nAPI_KEY=x", Some("API_KEY")),
        ("API_KEY=dGVzdA==", Some("API_KEY")),
        ("dGVzdA==", None),
        ("QUJD=", None),
        ("QUI==", None),
        ("Server=db;User=x", None),
        ("key=value", None),
        ("A=x", None),
        ("{\"A_B\": \"C=d\"}", None),
        ("https://example.com/?A_B=c", None),
        ("API_KEY=x\nrest", None),
        ("-----BEGIN KEY-----\nAAA=\n-----END KEY-----\n", None),
        ("", None),
    ] {
        let found = pasted_as_value(text).map(|file| file.entries[0].name.clone());
        assert_eq!(found.as_deref(), name, "{text:?}");
    }
    assert_eq!(
        pasted_as_value("API_KEY=\nTOKEN=y==").map(|file| file.entries.len()),
        Some(2)
    );
    for (text, count) in [
        ("a=b", Some(1)),
        ("a", None),
        ("a=b\nc", None),
        ("a=b\nc=d\ne", Some(2)),
    ] {
        assert_eq!(pasted_as_name(text).map(|file| file.entries.len()), count, "{text:?}");
    }
}

/// A value in double quotation marks, escaped as needed.
fn escaped(value: &str) -> String {
    let mut text = String::from("\"");
    for character in value.chars() {
        match character {
            '"' | '\\' | '$' => text.extend(['\\', character]),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            _ => text.push(character),
        }
    }
    text + "\""
}

fn line_end() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("\n"), Just("\r\n"), Just("\r")]
}

proptest! {
    #[test]
    fn any_value_that_was_escaped_comes_back(
        pairs in proptest::collection::vec(("[A-Za-z_][A-Za-z0-9_.-]{0,9}", any::<String>()), 0..6),
        end in line_end(), has_export: bool, has_mark: bool, comment in "( ?#[a-z\"' ]{0,9})?",
    ) {
        let mark = if has_mark { "\u{feff}" } else { "" };
        let export = if has_export { "export " } else { "" };
        let lines: String = pairs.iter()
            .map(|(name, value)| format!("{export}{name}={}{comment}{end}# {name}=no{end}{end}", escaped(value)))
            .collect();
        let file = format!("{mark}{lines}");
        prop_assert_eq!(entries(&file), pairs);
        prop_assert!(read(&file).skipped.is_empty());
    }

    #[test]
    fn a_literal_value_comes_back_with_its_lines(value in "[^'\r]{0,40}", end in line_end()) {
        let file = format!("A='{}'{end}B=c", value.replace('\n', end));
        let expected = [("A".to_owned(), value), ("B".to_owned(), "c".to_owned())];
        prop_assert_eq!(entries(&file), expected);
    }

    #[test]
    fn a_bare_value_comes_back(value in "[!$-&(-_a-~]([ -~]{0,20}[!-~])?", end in line_end()) {
        prop_assume!(!value.contains('#') && !value.starts_with("-----BEGIN "));
        let file = format!("A={value}{end}B=c");
        let expected = [("A".to_owned(), value), ("B".to_owned(), "c".to_owned())];
        prop_assert_eq!(entries(&file), expected);
    }

    #[test]
    fn a_pem_block_comes_back(quads in "([A-Za-z0-9+/]{4}){1,20}", label in "[A-Z]{1,9}( KEY)?", end in line_end()) {
        let block = format!("-----BEGIN {label}-----\n{quads}\n-----END {label}-----");
        let file = format!("A={}{end}B=c{end}", block.replace('\n', end));
        let expected = [("A".to_owned(), block), ("B".to_owned(), "c".to_owned())];
        prop_assert_eq!(entries(&file), expected);
    }

    #[test]
    fn any_text_is_read_and_every_line_of_it_once(text in "[AB=\"'`#\\\\ \n\r\u{feff}é-]{0,40}") {
        let file = read(&text);
        let lines = line_ends(&text).count() + 1;
        prop_assert!(file.entries.len() + file.skipped.len() <= lines);
        prop_assert!(file.skipped.iter().all(|line| *line >= 1 && *line <= lines));
        prop_assert!(file.skipped.is_sorted());
        for entry in &file.entries {
            prop_assert!(!entry.name.is_empty() && entry.value.byte_count() <= text.len());
        }
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = read(&text);
        let _ = (pasted_as_name(&text).is_some(), pasted_as_value(&text).is_some());
    }
}
