use contract::{
    Cause, FieldViolation, Operation, ResourceMetadata, SecretText, SecretUpdate, Status, ValueChange, WorkspaceFields,
    WorkspaceSecret,
};
use proptest::prelude::*;

use super::*;
use crate::model::merge::FieldDiff;
use crate::model::resource::{SecretResource, ValueChoice, ValuePart, WorkspaceResource};

type Editing = super::Editing<SecretResource>;
type Step = EditStep<contract::MetadataFields>;

fn version(name: &str, minute: u32) -> Version {
    let json = format!(
        r#"{{"metadata": {{"id": "s", "name": "{name}", "labels": {{"env": "prod"}},
            "updatedAt": "2026-06-30T12:{minute:02}:00Z"}}, "spec": {{"value": "old"}}}}"#
    );
    let secret = <WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap();
    Version::from(&secret.metadata as &ResourceMetadata)
}

fn editing() -> Editing {
    Editing::of(version("NAME", 0))
}

fn typed(state: &mut Editing, name: &str) {
    state.apply(Intent::Typed(FormInput::Name(name.to_owned())));
}

fn renamed() -> Editing {
    let mut state = editing();
    typed(&mut state, "OTHER");
    state.apply(Intent::AskedForReview);
    state
}

fn choose(state: &mut Editing, choice: ValueChoice, bytes: usize) {
    state.apply(Intent::ChangedPart(ValuePart { choice, bytes }));
}

fn save(state: &mut Editing, value: ValueChange) -> Option<SecretUpdate> {
    match state.apply(Intent::AskedToSave(value)) {
        Some(Command::Save(save)) => Some(save.update),
        _ => None,
    }
}

fn fail(state: &mut Editing, failed: Failed) {
    let command = state.apply(Intent::Write(WriteState::Failed(failed)));
    assert!(command.is_none(), "nothing is sent by itself");
}

/// Asks to save, and finds that someone else has changed the secret.
fn conflict(state: &mut Editing, theirs: Version) {
    save(state, ValueChange::Keep).unwrap();
    fail(state, Failed::Conflict(theirs));
}

fn looked_up(state: &mut Editing, seen: Result<Seen, Failure>) {
    let failure = lost();
    fail(state, Failed::LookedUp(LookedUp { failure, seen }));
}

fn lost() -> Failure {
    Failure::new(Operation::UpdateSecret, Cause::Interrupted)
}

#[test]
fn nothing_changed_is_nothing_sent() {
    let mut state = editing();
    state.apply(Intent::AskedForReview);
    assert_eq!((state.step.clone(), state.is_unchanged), (Step::Editing, true));
    assert!(state.apply(Intent::AskedToSave(ValueChange::Keep)).is_none());
    assert!(!state.is_dirty());
}

#[test]
fn a_rename_sends_the_name_and_nothing_else() {
    let update = save(&mut renamed(), ValueChange::Keep).unwrap();
    assert_eq!(update.mask().to_string(), "metadata.name");
}

#[test]
fn replace_needs_a_value() {
    let mut state = editing();
    choose(&mut state, ValueChoice::Replace, 0);
    state.apply(Intent::AskedForReview);
    assert_eq!((state.step.clone(), state.is_part_missing), (Step::Editing, true));
    choose(&mut state, ValueChoice::Replace, 3);
    state.apply(Intent::AskedForReview);
    assert_eq!(state.step, Step::Reviewing(vec![FieldChange::ValueReplaced(3)]));
    assert!(save(&mut state, ValueChange::Replace(SecretText::new("new"))).is_some());
}

/// Another tool follows other rules. What nobody touches is neither refused nor sent.
#[test]
fn a_name_and_a_label_that_the_form_would_refuse_do_not_stop_another_change() {
    let long = "x".repeat(300);
    let mut odd = version(&long, 0);
    odd.fields.labels.insert("owner".to_owned(), "a/b".to_owned());
    odd.fields.external_id = Some(long.clone());
    let mut of_draft = Editing::restored(
        odd.clone(),
        odd.clone(),
        MetadataForm::of_draft(
            long.clone(),
            long.clone(),
            odd.fields.labels.clone().into_iter().collect(),
        ),
        ValuePart {
            choice: ValueChoice::Keep,
            bytes: 0,
        },
    );
    for state in [&mut Editing::of(odd.clone()), &mut of_draft] {
        assert!(
            state.form.name_problem().is_none() && state.form.external_id_problem().is_none(),
            "nobody has typed it"
        );
        let mut rows = state.form.labels.iter();
        assert!(rows.all(|row| state.form.row_problem(row).is_none()));
        choose(state, ValueChoice::Replace, 3);
        state.apply(Intent::AskedForReview);
        let update = save(state, ValueChange::Replace(SecretText::new("new"))).unwrap();
        assert_eq!(update.mask().to_string(), "spec.value");
    }
    // Once it is touched, the rules count.
    let mut state = Editing::of(odd);
    typed(&mut state, &format!("{long}x"));
    state.apply(Intent::AskedForReview);
    assert_eq!(state.step, Step::Editing);
    assert!(state.form.name_problem().is_some());
    typed(&mut state, "SHORT");
    state.apply(Intent::AskedForReview);
    let update = save(&mut state, ValueChange::Keep).unwrap();
    assert_eq!(update.mask().to_string(), "metadata.name");
}

#[test]
fn what_was_not_reviewed_is_not_sent() {
    let mut state = renamed();
    assert!(save(&mut state, ValueChange::Replace(SecretText::new("surprise"))).is_none());
    assert_eq!(
        (state.step.clone(), state.is_outdated),
        (Step::Editing, true),
        "and it is said"
    );
    state.apply(Intent::AskedForReview);
    assert!(!state.is_outdated);
}

#[test]
fn a_second_click_does_nothing() {
    let mut state = renamed();
    assert!(save(&mut state, ValueChange::Keep).is_some());
    assert!(save(&mut state, ValueChange::Keep).is_none());
    assert!(state.apply(Intent::WentBack).is_none());
    assert!(state.is_busy(), "what is under way is not left");
}

#[test]
fn a_failed_check_sends_nothing_and_keeps_the_review() {
    let mut state = renamed();
    save(&mut state, ValueChange::Keep).unwrap();
    fail(&mut state, Failed::NotSent(lost()));
    assert!(matches!(state.step, Step::Reviewing(_)) && state.failure.is_some());
    assert!(save(&mut state, ValueChange::Keep).is_some() && state.failure.is_none());
}

#[test]
fn a_failure_keeps_everything_typed_and_lands_at_its_field() {
    let mut state = renamed();
    save(&mut state, ValueChange::Keep).unwrap();
    let violations = vec![FieldViolation {
        field: "metadata.name".to_owned(),
        description: "taken".to_owned(),
    }];
    let status = Status {
        message: Some("bad".to_owned()),
        violations,
        ..Status::default()
    };
    let cause = Cause::Refused {
        http: 409,
        status: Some(Box::new(status)),
    };
    fail(
        &mut state,
        Failed::Refused(Failure::new(Operation::UpdateSecret, cause)),
    );
    assert_eq!((state.form.name.as_str(), state.step.clone()), ("OTHER", Step::Editing));
    assert_eq!(state.form.violation(contract::FieldPath::Name), Some("taken"));
    state.apply(Intent::AskedForReview);
    assert!(matches!(state.step, Step::Reviewing(_)) && state.failure.is_none());
}

#[test]
fn what_someone_else_changed_is_compared_and_not_overwritten() {
    let mut state = renamed();
    conflict(&mut state, version("THEIRS", 5));
    let Step::Comparing(comparing) = &state.step else {
        panic!("{state:?}")
    };
    assert_eq!(comparing.merge.undecided().count(), 1);
    state.apply(Intent::TookPicks);
    assert!(matches!(state.step, Step::Comparing(_)), "nobody has decided");
    state.apply(Intent::Picked(Field::Name, Side::Yours));
    state.apply(Intent::TookPicks);
    let from_theirs = FieldChange::Name("THEIRS".to_owned(), "OTHER".to_owned());
    assert_eq!(state.step, Step::Reviewing(vec![from_theirs]));
    assert!(save(&mut state, ValueChange::Keep).is_some());
}

#[test]
fn taking_all_of_theirs_leaves_nothing_to_send() {
    let mut state = renamed();
    conflict(&mut state, version("THEIRS", 5));
    state.apply(Intent::Picked(Field::Name, Side::Theirs));
    state.apply(Intent::TookPicks);
    assert_eq!((state.step.clone(), state.is_unchanged), (Step::Editing, true));
    assert_eq!(state.form.name, "THEIRS");
}

#[test]
fn a_touch_without_another_field_is_compared_too() {
    let mut state = renamed();
    conflict(&mut state, version("NAME", 5));
    let Step::Comparing(comparing) = &state.step else {
        panic!("{state:?}")
    };
    let mut fields = comparing.merge.comparisons().iter();
    assert!(
        fields.all(|it| matches!(it.diff, FieldDiff::Untouched | FieldDiff::OnlyYours)),
        "perhaps its value: nobody can tell"
    );
}

#[test]
fn what_is_under_way_is_told() {
    let mut state = renamed();
    save(&mut state, ValueChange::Keep).unwrap();
    state.apply(Intent::Write(WriteState::Running { is_sent: true }));
    assert!(matches!(&state.step, Step::Saving { changes, is_sent: true } if changes.len() == 1));
    state.apply(Intent::Write(WriteState::Unknown {
        failure: lost(),
        is_not_yet_visible: true,
    }));
    assert!(
        matches!(
            state.step,
            Step::Looking {
                is_not_yet_visible: true,
                ..
            }
        ) && state.is_busy()
    );
}

#[test]
fn what_was_not_saved_can_be_saved_again() {
    let mut state = renamed();
    save(&mut state, ValueChange::Keep).unwrap();
    looked_up(&mut state, Ok(Seen::Unchanged(version("NAME", 0))));
    assert!(matches!(state.step, Step::Lost(_)));
    state.apply(Intent::AskedForReview);
    assert!(save(&mut state, ValueChange::Keep).is_some());
}

#[test]
fn what_could_not_be_looked_up_is_looked_up_again() {
    let mut state = renamed();
    assert!(state.apply(Intent::AskedToLook).is_none());
    save(&mut state, ValueChange::Keep).unwrap();
    looked_up(&mut state, Err(lost()));
    assert!(matches!(state.apply(Intent::AskedToLook), Some(Command::LookAgain)));
}

#[test]
fn what_was_saved_but_for_its_value_is_the_version_to_start_from() {
    let mut state = editing();
    choose(&mut state, ValueChoice::Replace, 3);
    state.apply(Intent::AskedForReview);
    save(&mut state, ValueChange::Replace(SecretText::new("new"))).unwrap();
    looked_up(&mut state, Ok(Seen::ValueUnknown(version("NAME", 1))));
    assert!(matches!(state.step, Step::Lost(_)) && state.before == version("NAME", 1));
}

/// A draft of what was once called BEFORE, of a secret that the server now has as it is in [`editing`].
fn restored(name: &str, choice: ValueChoice) -> Editing {
    let form = MetadataForm::of(&version(name, 0).fields);
    let part = ValuePart { choice, bytes: 0 };
    Editing::restored(editing().server, version("BEFORE", 0), form, part)
}

#[test]
fn a_draft_is_restored_and_discarded() {
    let mut state = restored("DRAFT", ValueChoice::Clear);
    assert!(state.is_dirty());
    state.apply(Intent::AskedForReview);
    let from_before = FieldChange::Name("BEFORE".to_owned(), "DRAFT".to_owned());
    assert_eq!(
        state.step,
        Step::Reviewing(vec![from_before, FieldChange::ValueCleared])
    );
    state.apply(Intent::WentBack);
    state.apply(Intent::Discarded);
    assert!(!state.is_dirty());
}

#[test]
fn discarding_leads_to_what_the_server_has_and_not_to_what_a_draft_began_with() {
    let mut state = restored("DRAFT", ValueChoice::Keep);
    state.apply(Intent::Discarded);
    assert_eq!(state, editing());
    // What is read before a save is what the server has from then on.
    let mut state = restored("DRAFT", ValueChoice::Keep);
    state.apply(Intent::AskedForReview);
    conflict(&mut state, version("THEIRS", 9));
    state.apply(Intent::WentBack);
    state.apply(Intent::Discarded);
    assert_eq!(state, Editing::of(version("THEIRS", 9)));
}

#[test]
fn what_is_reviewed_or_under_way_is_not_discarded() {
    let mut state = renamed();
    state.apply(Intent::Discarded);
    assert!(matches!(state.step, Step::Reviewing(_)) && state.form.name == "OTHER");
    save(&mut state, ValueChange::Keep).unwrap();
    state.apply(Intent::Discarded);
    assert!(state.is_busy() && state.form.name == "OTHER");
}

#[test]
fn after_a_lost_answer_it_is_not_said_that_nothing_was_sent() {
    let is_after_loss = |state: &Editing| matches!(&state.step, Step::Comparing(comparing) if comparing.is_after_loss);
    let mut state = renamed();
    save(&mut state, ValueChange::Keep).unwrap();
    looked_up(&mut state, Ok(Seen::Changed(version("THEIRS", 1))));
    assert!(is_after_loss(&state));
    let mut state = renamed();
    conflict(&mut state, version("THEIRS", 1));
    assert!(matches!(state.step, Step::Comparing(_)) && !is_after_loss(&state));
}

#[test]
fn a_value_that_is_kept_after_all_is_not_sent_and_what_was_typed_not_lost() {
    let mut state = editing();
    choose(&mut state, ValueChoice::Replace, 3);
    assert!(state.is_dirty());
    choose(&mut state, ValueChoice::Keep, 3);
    assert!(state.is_dirty(), "the text in its field stays in the draft");
    state.apply(Intent::AskedForReview);
    assert!(state.is_unchanged);
    choose(&mut state, ValueChoice::Keep, 0);
    assert!(!state.is_dirty());
}

#[test]
fn taking_their_value_leaves_it() {
    let mut state = renamed();
    state.apply(Intent::WentBack);
    choose(&mut state, ValueChoice::Replace, 3);
    state.apply(Intent::AskedForReview);
    save(&mut state, ValueChange::Replace(SecretText::new("new"))).unwrap();
    fail(&mut state, Failed::Conflict(version("THEIRS", 5)));
    state.apply(Intent::Picked(Field::Name, Side::Yours));
    state.apply(Intent::Picked(Field::Value, Side::Theirs));
    state.apply(Intent::TookPicks);
    let name = FieldChange::Name("THEIRS".to_owned(), "OTHER".to_owned());
    assert_eq!(state.step, Step::Reviewing(vec![name]));
}

fn workspace(name: &str, description: &str) -> Version<WorkspaceFields> {
    let metadata = MetadataForm::of_draft(name.to_owned(), String::new(), Vec::new()).fields();
    Version {
        fields: WorkspaceResource::fields(metadata, &description.to_owned()),
        updated_at: None,
    }
}

#[test]
fn the_description_of_a_workspace_is_reviewed_and_saved() {
    let mut state = super::Editing::<WorkspaceResource>::of(workspace("W", "before"));
    state.apply(Intent::AskedForReview);
    assert!(state.is_unchanged && !state.is_dirty());
    state.apply(Intent::ChangedPart(String::new()));
    assert!(state.is_dirty());
    state.apply(Intent::AskedForReview);
    let cleared = FieldChange::Description(Some("before".to_owned()), None);
    assert_eq!(state.step, EditStep::Reviewing(vec![cleared]));
    let Some(Command::Save(save)) = state.apply(Intent::AskedToSave(())) else {
        panic!("{state:?}")
    };
    assert_eq!(save.update.mask().to_string(), "spec.description");
    assert_eq!(save.after, workspace("W", "").fields);
}

#[test]
fn the_description_of_a_workspace_is_compared() {
    let mut state = super::Editing::<WorkspaceResource>::of(workspace("W", "before"));
    state.apply(Intent::ChangedPart("mine".to_owned()));
    state.apply(Intent::AskedForReview);
    state.apply(Intent::AskedToSave(()));
    let theirs = Failed::Conflict(workspace("THEIRS", "theirs"));
    state.apply(Intent::Write(WriteState::Failed(theirs)));
    state.apply(Intent::TookPicks);
    assert!(matches!(state.step, EditStep::Comparing(_)), "nobody has decided");
    state.apply(Intent::Picked(Field::Description, Side::Yours));
    state.apply(Intent::TookPicks);
    let change = FieldChange::Description(Some("theirs".to_owned()), Some("mine".to_owned()));
    assert_eq!(state.step, EditStep::Reviewing(vec![change]));
    assert_eq!(state.form.name, "THEIRS");
}

proptest! {
    /// Whatever is typed: with Keep, no update says anything of the value.
    #[test]
    fn keep_never_touches_the_value(name in "[a-zA-Z]{1,12}", external_id in "[a-z]{0,8}") {
        let mut state = editing();
        state.apply(Intent::Typed(FormInput::Name(name)));
        state.apply(Intent::Typed(FormInput::ExternalId(external_id)));
        state.apply(Intent::AskedForReview);
        if !matches!(state.step, Step::Reviewing(_)) { return Ok(()); }
        if let Some(update) = save(&mut state, ValueChange::Keep) {
            prop_assert!(!update.mask().contains(contract::FieldPath::Value));
        }
    }
}
