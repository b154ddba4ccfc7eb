use proptest::prelude::*;

use super::*;

fn normalised(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\r', "\n")
}

#[test]
fn what_is_typed_is_counted() {
    let mut facts = ValueFacts::default();
    for (field, bytes, lines) in [("", 0, 0), ("a", 1, 1), ("é\n", 3, 1), ("a\nb", 3, 2), ("\n\n", 2, 2)] {
        facts.follow(field);
        assert_eq!((facts.bytes, facts.lines), (bytes, lines), "{field:?}");
    }
    facts.follow(" {");
    assert_eq!(facts.findings(), 2);
}

#[test]
fn line_ends_of_a_file_outlive_edits_and_can_be_changed() {
    let mut facts = ValueFacts::default();
    facts.replace("a\r\nb\r\n");
    assert_eq!((facts.bytes, facts.lines, facts.findings()), (6, 2, 2));
    facts.follow("a\nb\nc\n");
    assert_eq!(
        (facts.bytes, facts.ends.all(), facts.has_lost_ends),
        (9, Some(End::CrLf), false)
    );
    facts.make_lf();
    assert_eq!((facts.bytes, facts.ends.has_return()), (6, false));
    facts.replace("a\r\nb\n");
    facts.follow("a\n");
    assert_eq!((facts.bytes, facts.has_lost_ends), (2, true));
    facts.follow("");
    assert!(!facts.has_lost_ends);
}

#[test]
fn undoing_brings_back_how_lines_ended() {
    let mut facts = ValueFacts::default();
    facts.follow("a\nb");
    facts.replace("c\r\nd");
    for _ in 0..2 {
        facts.go_back("a\nb");
        assert_eq!((facts.bytes, facts.ends.all()), (3, Some(End::Lf)), "undone");
        facts.go_back("c\nd");
        assert_eq!((facts.bytes, facts.ends.all()), (4, Some(End::CrLf)), "done again");
    }
    facts.expect_paste("c\nd", (3, 3), &LineEnds::of("\r\n\n"));
    facts.pasted("c\nd\n\n");
    facts.follow("c\nd\n\nx");
    facts.go_back("c\nd\n\n");
    assert_eq!(facts.ends.apply("c\nd\n\n").expose(), "c\r\nd\r\n\n");
    facts.go_back("c\nd");
    assert_eq!(facts.ends.apply("c\nd").expose(), "c\r\nd");
    facts.go_back("nobody knows\n\n\n");
    assert!(facts.has_lost_ends && facts.ends.all() == Some(End::Lf));
}

#[test]
fn what_belongs_to_the_form_is_not_odd() {
    let mut facts = ValueFacts::default();
    let block = "-----BEGIN A-----\nAAAA\n-----END A-----\n";
    for (text, findings) in [(block.to_owned(), 0), (format!("{block}\n"), 1), ("a\n".to_owned(), 1)] {
        facts.replace(&text);
        assert_eq!(facts.findings(), findings, "{text:?}");
    }
    facts.is_typing = true;
    assert_eq!(facts.findings(), 0, "more may follow");
}

#[test]
fn too_long_is_more_than_64_kib() {
    let mut facts = ValueFacts::default();
    facts.replace(&"a".repeat(65536));
    assert!(!facts.is_too_long());
    facts.follow(&"a".repeat(65537));
    assert!(facts.is_too_long());
}

proptest! {
    /// Whatever is pasted wherever: what the field and the line ends make together is the text with what was pasted.
    #[test]
    fn a_paste_keeps_its_line_ends(before in "[a🗝\n]{0,9}", gone in "[a🗝\n]{0,9}", after in "[a🗝\n]{0,9}", pasted in "[b\r\n]{0,9}") {
        let mut facts = ValueFacts::default();
        let field = format!("{before}{gone}{after}");
        facts.follow(&field);
        let units = |text: &str| text.encode_utf16().count();
        let selection = (units(&before), units(&before) + units(&gone));
        facts.expect_paste(&field, selection, &LineEnds::of(&pasted));
        let field = format!("{before}{}{after}", normalised(&pasted));
        facts.pasted(&field);
        let sent = facts.ends.apply(&field);
        let expected = format!("{before}{pasted}{after}");
        prop_assert_eq!(sent.expose(), expected.as_str());
        prop_assert_eq!(facts.bytes, expected.len());
        prop_assert!(!facts.has_lost_ends);
    }

    #[test]
    fn a_file_is_sent_as_it_is(text in "[aé\r\n\t ]{0,40}") {
        let mut facts = ValueFacts::default();
        facts.replace(&text);
        // The browser tells of the change, too.
        facts.follow(&normalised(&text));
        let sent = facts.ends.apply(&normalised(&text));
        prop_assert_eq!(sent.expose(), text.as_str());
        prop_assert_eq!(facts.bytes, text.len());
    }
}
