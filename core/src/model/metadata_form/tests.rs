use contract::long_text::{LONGEST_TEXT, shortened};
use proptest::prelude::*;

use super::*;

fn violation(field: &str) -> FieldViolation {
    FieldViolation {
        field: field.to_owned(),
        description: format!("{field} is bad"),
    }
}

#[test]
fn it_does_not_nag_before_one_is_done() {
    let mut form = MetadataForm::default();
    form.apply(FormInput::AddLabel);
    form.apply(FormInput::LabelKey(1, "env-".to_owned()));
    assert_eq!(form.name_problem(), None);
    assert_eq!(form.row_problem(&form.labels[0]), None);
    assert_eq!(form.submit(), None);
    assert_eq!(form.name_problem(), Some(NameError::Empty));
    assert!(matches!(form.row_problem(&form.labels[0]), Some(RowProblem::Key(_))));
}

#[test]
fn a_wrong_character_is_told_at_once() {
    let mut form = MetadataForm::default();
    form.apply(FormInput::AddLabel);
    form.apply(FormInput::LabelKey(1, "a b".to_owned()));
    assert!(matches!(
        form.row_problem(&form.labels[0]),
        Some(RowProblem::Key(LabelError::Character(..)))
    ));
}

#[test]
fn what_can_only_get_worse_is_told_at_once() {
    let mut form = MetadataForm::default();
    form.apply(FormInput::Name("n".repeat(256)));
    form.apply(FormInput::ExternalId(" vault:a ".to_owned()));
    assert_eq!((form.name_problem(), form.external_id_problem()), (None, None));
    form.apply(FormInput::Name("n".repeat(257)));
    form.apply(FormInput::ExternalId("a\tb".to_owned()));
    assert_eq!(form.name_problem(), Some(NameError::TooLong(256)));
    assert_eq!(form.external_id_problem(), Some(NameError::Control(2)));
    form.apply(FormInput::Name("n".to_owned()));
    assert_eq!(form.submit(), None);
    form.apply(FormInput::ExternalId("e".repeat(257)));
    assert_eq!(form.external_id_problem(), Some(NameError::TooLong(256)));
    form.apply(FormInput::ExternalId(String::new()));
    assert!(form.submit().is_some());
}

fn rows(form: &MetadataForm) -> Vec<String> {
    form.labels
        .iter()
        .map(|row| format!("{}={}", row.key, row.value))
        .collect()
}

fn paste(form: &mut MetadataForm, number: u64, part: LabelPart, text: &str) {
    form.apply(FormInput::Paste(
        number,
        part,
        crate::model::label_paste::read(text).unwrap(),
        (usize::MAX, usize::MAX),
    ));
}

#[test]
fn what_is_no_label_is_typed_where_it_was_pasted() {
    let rest_in = |typed: &str, selected| {
        let mut form = MetadataForm::default();
        form.apply(FormInput::AddLabel);
        form.apply(FormInput::LabelKey(1, typed.to_owned()));
        let pasted = crate::model::label_paste::read("a=b,rest!").unwrap();
        form.apply(FormInput::Paste(1, LabelPart::Key, pasted, selected));
        form.labels[0].key.clone()
    };
    assert_eq!(rest_in("before after", (7, 7)), "before rest!after");
    assert_eq!(rest_in("before after", (0, 6)), "rest! after");
    assert_eq!(rest_in("🗝🗝", (2, 4)), "🗝rest!");
    // In the middle of a character, behind the end, or the wrong way round: somewhere, and nothing breaks.
    assert_eq!(rest_in("🗝🗝", (1, 99)), "🗝rest!");
    assert_eq!(rest_in("ab", (2, 0)), "abrest!");
}

#[test]
fn pasted_labels_become_rows() {
    let mut form = MetadataForm::default();
    form.apply(FormInput::AddLabel);
    paste(&mut form, 1, LabelPart::Key, "a=b,c=d");
    assert_eq!(rows(&form), ["a=b", "c=d"]);
    paste(&mut form, 1, LabelPart::Value, "e=f,c=d");
    assert_eq!(
        rows(&form),
        ["a=b", "e=f", "c=d"],
        "what is there already is not there twice"
    );
    form.apply(FormInput::AddLabel);
    paste(&mut form, 4, LabelPart::Key, "x=y, not a label");
    assert_eq!(rows(&form), ["a=b", "e=f", "c=d", "not a label=", "x=y"]);
    paste(&mut form, 1, LabelPart::Key, "a=other");
    assert_eq!(form.row_problem(&form.labels[1]), Some(RowProblem::Duplicate));
    let mut numbers: Vec<_> = form.labels.iter().map(|row| row.number).collect();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), form.labels.len());
}

#[test]
fn a_key_twice_is_told_at_the_second() {
    let mut form = MetadataForm::of(&MetadataFields {
        name: "n".to_owned(),
        ..MetadataFields::default()
    });
    for number in 1..=2 {
        form.apply(FormInput::AddLabel);
        form.apply(FormInput::LabelKey(number, "env".to_owned()));
    }
    assert_eq!(form.row_problem(&form.labels[0]), None);
    assert_eq!(form.row_problem(&form.labels[1]), Some(RowProblem::Duplicate));
    assert_eq!(form.submit(), None);
    form.apply(FormInput::RemoveLabel(2));
    assert!(form.submit().is_some());
}

#[test]
fn a_refusal_without_a_reason_is_still_one() {
    let mut form = MetadataForm::default();
    let unsaid = FieldViolation {
        field: "metadata.name".to_owned(),
        description: String::new(),
    };
    form.set_server_errors(&[unsaid]);
    assert_eq!(
        form.violation(FieldPath::Name),
        Some(words::fields().refused_unexplained)
    );
}

#[test]
fn what_the_server_says_lands_at_its_field_until_that_is_changed() {
    let mut form = MetadataForm::default();
    form.set_server_errors(
        &[
            "metadata.name",
            "metadata.labels.env",
            "metadata.external_id",
            "spec.value",
            "quota",
        ]
        .map(violation),
    );
    assert_eq!(form.violation(FieldPath::Name), Some("metadata.name is bad"));
    assert_eq!(form.violation(FieldPath::Labels), Some("metadata.labels.env is bad"));
    assert_eq!(
        form.violation(FieldPath::ExternalId),
        Some("metadata.external_id is bad")
    );
    assert_eq!(form.violation(FieldPath::Value), Some("spec.value is bad"));
    assert_eq!(
        form.other_violations(FieldPath::Value)
            .map(|it| it.field.as_str())
            .collect::<Vec<_>>(),
        ["quota"]
    );
    form.apply(FormInput::Name("new".to_owned()));
    assert_eq!(form.violation(FieldPath::Name), None);
    assert!(form.violation(FieldPath::Labels).is_some());
    form.forget(FieldPath::Value);
    assert_eq!(form.violation(FieldPath::Value), None);
}

/// What the server has is not refused, unless saving would cut it off.
#[test]
fn what_was_shortened_is_not_sent_back() {
    let long = shortened("a".repeat(LONGEST_TEXT + 1).into()).into_owned();
    let of = |name: &str, external_id: &str, (key, value): (&str, &str)| MetadataFields {
        name: name.to_owned(),
        external_id: Some(external_id.to_owned()),
        labels: [(key.to_owned(), value.to_owned())].into(),
    };
    let whole = of(&"N".repeat(300), &"X".repeat(300), ("-no-", "rule"));
    assert_eq!(MetadataForm::of(&whole).submit(), Some(whole));
    for fields in [
        of(&long, "X", ("env", "prod")),
        of("N", &long, ("env", "prod")),
        of("N", "X", (&long, "prod")),
        of("N", "X", ("env", &long)),
    ] {
        assert!(fields.is_shortened());
        let mut form = MetadataForm::of(&fields);
        assert_eq!(form.submit(), None);
        form.apply(FormInput::Name("N".to_owned()));
        form.apply(FormInput::ExternalId("X".to_owned()));
        form.apply(FormInput::RemoveLabel(1));
        assert!(
            form.submit().is_some_and(|fields| !fields.is_shortened()),
            "it can be mended"
        );
    }
}

proptest! {
    #[test]
    fn fields_survive_the_form(
        name in any::<String>(), external_id in any::<String>(),
        labels in proptest::collection::btree_map("[a-z]{1,5}", "[a-z]{0,5}", 0..6),
    ) {
        let external_id = Some(external_id).filter(|text| !text.is_empty());
        let fields = MetadataFields { name, external_id, labels };
        prop_assert_eq!(MetadataForm::of(&fields).fields(), fields);
    }
}
