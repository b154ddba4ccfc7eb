use proptest::prelude::*;

use super::*;

fn fields() -> impl Strategy<Value = MetadataFields> {
    let labels = proptest::collection::btree_map("[ab]", "[xy]", 0..3);
    ("[AB]", proptest::option::of("[mn]"), labels).prop_map(|(name, external_id, labels)| MetadataFields {
        name,
        external_id,
        labels,
    })
}

fn merge(base: &MetadataFields, theirs: &MetadataFields, yours: &MetadataFields) -> Merge {
    Merge::of(base, theirs, yours, None)
}

fn all(mut merge: Merge, side: Side) -> Merge {
    let fields: Vec<_> = merge.comparisons.iter().map(|it| it.field.clone()).collect();
    for field in fields {
        merge.pick(field, side);
    }
    merge
}

#[test]
fn each_label_is_a_field_of_its_own() {
    let with = |labels: &[(&str, &str)]| MetadataFields {
        name: "A".to_owned(),
        external_id: None,
        labels: labels
            .iter()
            .map(|(key, value)| ((*key).to_owned(), (*value).to_owned()))
            .collect(),
    };
    let base = with(&[("env", "test"), ("team", "a"), ("old", "1")]);
    let theirs = with(&[("env", "prod"), ("team", "b"), ("old", "1"), ("theirs", "")]);
    let yours = with(&[("env", "test"), ("team", "c"), ("yours", "")]);
    let mut merge = merge(&base, &theirs, &yours);
    let diff = |key: &str| {
        let wanted = Field::Label(key.to_owned());
        merge
            .comparisons()
            .iter()
            .find(|it| it.field == wanted)
            .map(|it| it.diff)
    };
    assert_eq!(diff("env"), Some(FieldDiff::OnlyTheirs));
    assert_eq!(diff("team"), Some(FieldDiff::Conflict));
    assert_eq!(diff("old"), Some(FieldDiff::OnlyYours));
    assert_eq!(diff("theirs"), Some(FieldDiff::OnlyTheirs));
    assert_eq!(diff("yours"), Some(FieldDiff::OnlyYours));
    assert_eq!((merge.fields(), merge.undecided().count()), (None, 1));
    let mut theirs_alone = merge.clone();
    theirs_alone.pick_all(Side::Theirs);
    let expected = with(&[("env", "prod"), ("team", "b"), ("theirs", ""), ("yours", "")]);
    assert_eq!(theirs_alone.fields(), Some(expected), "only conflicts are decided");
    assert_eq!(theirs_alone.side(&Field::Value), Some(Side::Theirs));
    merge.pick_all(Side::Yours);
    let expected = with(&[("env", "prod"), ("team", "c"), ("theirs", ""), ("yours", "")]);
    assert_eq!(merge.fields(), Some(expected));
}

#[test]
fn what_you_do_with_the_value_is_done_unless_theirs_is_picked() {
    let fields = MetadataFields::default();
    let mut merge = merge(&fields, &fields, &fields);
    assert_eq!(merge.side(&Field::Value), Some(Side::Yours));
    merge.pick(Field::Value, Side::Theirs);
    assert_eq!(merge.side(&Field::Value), Some(Side::Theirs));
}

#[test]
fn a_description_is_picked_like_any_other_field() {
    let fields = MetadataFields::default();
    let part = Comparison::of(Field::Description, Some("before"), None, Some("mine"));
    let mut merge = Merge::of(&fields, &fields, &fields, Some(part));
    assert_eq!(
        (merge.text(&Field::Description), merge.fields()),
        (None, None),
        "nobody has decided"
    );
    merge.pick(Field::Description, Side::Theirs);
    assert_eq!(merge.text(&Field::Description), Some(None));
    merge.pick(Field::Description, Side::Yours);
    assert_eq!(merge.text(&Field::Description), Some(Some("mine")));
    assert_eq!(merge.fields(), Some(fields));
}

proptest! {
    #[test]
    fn without_their_changes_the_result_is_yours(base in fields(), yours in fields()) {
        let merge = merge(&base, &base, &yours);
        let mut fields = merge.comparisons().iter();
        prop_assert!(fields.all(|it| matches!(it.diff, FieldDiff::Untouched | FieldDiff::OnlyYours)));
        prop_assert_eq!(merge.fields(), Some(yours));
    }

    #[test]
    fn without_your_changes_the_result_is_theirs(base in fields(), theirs in fields()) {
        prop_assert_eq!(merge(&base, &theirs, &base).fields(), Some(theirs));
    }

    #[test]
    fn picking_one_side_for_all_gives_that_side(base in fields(), theirs in fields(), yours in fields()) {
        let merge = merge(&base, &theirs, &yours);
        prop_assert_eq!(all(merge.clone(), Side::Yours).fields(), Some(yours));
        prop_assert_eq!(all(merge, Side::Theirs).fields(), Some(theirs));
    }

    #[test]
    fn once_every_conflict_is_decided_there_is_a_result(base in fields(), theirs in fields(), yours in fields(), sides in any::<[bool; 8]>()) {
        let mut merge = merge(&base, &theirs, &yours);
        let conflicts: Vec<_> = merge.undecided().cloned().collect();
        prop_assert!(conflicts.iter().all(|it| it.diff == FieldDiff::Conflict));
        prop_assert_eq!(merge.fields().is_none(), !conflicts.is_empty());
        for (conflict, is_yours) in conflicts.into_iter().zip(sides) {
            merge.pick(conflict.field, if is_yours { Side::Yours } else { Side::Theirs });
        }
        let result = merge.fields();
        prop_assert!(result.is_some());
        // What one side alone changed is never lost.
        let result = merge_of(&base, &theirs, &yours, result);
        prop_assert!(result, "a change of one side is lost");
    }

    #[test]
    fn the_sides_are_mirrored(base in fields(), theirs in fields(), yours in fields()) {
        let mirror = |standing| match standing {
            FieldDiff::OnlyTheirs => FieldDiff::OnlyYours,
            FieldDiff::OnlyYours => FieldDiff::OnlyTheirs,
            other => other,
        };
        let one: Vec<_> = merge(&base, &theirs, &yours).comparisons().iter().map(|it| mirror(it.diff)).collect();
        let other: Vec<_> = merge(&base, &yours, &theirs).comparisons().iter().map(|it| it.diff).collect();
        prop_assert_eq!(one, other);
    }
}

fn merge_of(
    base: &MetadataFields,
    theirs: &MetadataFields,
    yours: &MetadataFields,
    result: Option<MetadataFields>,
) -> bool {
    let Some(result) = result else { return false };
    merge(base, theirs, yours).comparisons().iter().all(|it| {
        let now = match &it.field {
            Field::Name => Some(result.name.clone()),
            Field::ExternalId => result.external_id.clone(),
            Field::Label(key) => result.labels.get(key).cloned(),
            Field::Value | Field::Description => None,
        };
        match it.diff {
            FieldDiff::Untouched => now == it.base,
            FieldDiff::OnlyTheirs | FieldDiff::SameChange => now == it.theirs,
            FieldDiff::OnlyYours => now == it.yours,
            FieldDiff::Conflict => now == it.theirs || now == it.yours,
        }
    })
}
