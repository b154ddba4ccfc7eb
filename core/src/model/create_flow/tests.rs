use contract::{Cause, Code, MetadataFields, Operation, Status, WorkspaceFields};

use super::*;
use crate::model::resource::{SecretResource, ValueChoice, ValuePart, WorkspaceResource};
use crate::model::write_outcome::{Seen, Similar};

type Creating = super::Creating<SecretResource>;

fn named(name: &str) -> Creating {
    let mut state = Creating::default();
    state.apply(Intent::Typed(FormInput::Name(name.to_owned())));
    state
}

fn ask(state: &mut Creating) -> Option<Command<MetadataFields>> {
    state.apply(Intent::AskedToCreate { is_part_fine: true })
}

fn failure(cause: Cause) -> Failure {
    Failure::new(Operation::CreateSecret, cause)
}

fn looked_up(state: &mut Creating, failure: Failure, seen: Result<Seen, Failure>) {
    let failed = Failed::LookedUp(LookedUp { failure, seen });
    state.apply(Intent::Write(WriteState::Failed(failed)));
}

fn lost() -> Failure {
    failure(Cause::Interrupted)
}

#[test]
fn a_bad_form_sends_nothing_and_a_second_click_neither() {
    assert_eq!(ask(&mut named("")), None);
    let is_part_fine = false;
    assert_eq!(named("A").apply(Intent::AskedToCreate { is_part_fine }), None);
    let mut state = named("A");
    assert!(matches!(ask(&mut state), Some(Command::Create(_))));
    assert_eq!(ask(&mut state), None);
}

#[test]
fn a_lost_answer_is_looked_up_before_anything_is_sent_again() {
    let mut state = named("A");
    ask(&mut state);
    state.apply(Intent::Write(WriteState::Unknown {
        failure: lost(),
        is_not_yet_visible: false,
    }));
    assert_eq!(ask(&mut state), None, "it is being looked up");
    looked_up(&mut state, lost(), Err(lost()));
    assert_eq!(ask(&mut state), Some(Command::LookAgain), "nobody has looked yet");
    looked_up(&mut state, lost(), Ok(Seen::Nothing));
    let is_create = matches!(ask(&mut state), Some(Command::Create(_)));
    assert!(is_create, "there is none: it can be sent again");
}

fn taken() -> Failure {
    let status = Status {
        code: Some(Code::AlreadyExists),
        violations: vec![contract::FieldViolation {
            field: "metadata.name".to_owned(),
            description: "taken".to_owned(),
        }],
        ..Status::default()
    };
    failure(Cause::Refused {
        http: 409,
        status: Some(Box::new(status)),
    })
}

#[test]
fn a_name_that_is_taken_is_told_at_its_field() {
    let mut state = named("A");
    ask(&mut state);
    looked_up(&mut state, taken(), Ok(Seen::Nothing));
    assert_eq!(state.form.violation(contract::FieldPath::Name), Some("taken"));
    state.apply(Intent::Typed(FormInput::Name("B".to_owned())));
    assert!(matches!(ask(&mut state), Some(Command::Create(fields)) if fields.name == "B"));
}

#[test]
fn a_refusal_leaves_what_was_typed() {
    let mut state = named("A");
    ask(&mut state);
    let refused = failure(Cause::Refused {
        http: 403,
        status: None,
    });
    let failed = WriteState::Failed(Failed::Refused(refused));
    assert_eq!(state.apply(Intent::Write(failed)), None);
    assert!(!state.is_busy() && state.refusal().is_some() && state.form.name == "A");
    ask(&mut state);
    assert!(state.refusal().is_none());
}

#[test]
fn what_is_under_way_is_not_discarded() {
    let mut state = named("A");
    ask(&mut state);
    state.apply(Intent::Discarded);
    assert!(state.is_busy() && state.form.name == "A");
}

#[test]
fn a_value_alone_is_something_typed() {
    let mut state = Creating::default();
    assert!(!state.is_dirty());
    let choice = ValueChoice::Keep;
    state.apply(Intent::ChangedPart(ValuePart { choice, bytes: 3 }));
    assert!(state.is_dirty());
}

#[test]
fn a_workspace_is_created_with_its_description() {
    let mut state = super::Creating::<WorkspaceResource>::default();
    state.apply(Intent::Typed(FormInput::Name("Production".to_owned())));
    state.apply(Intent::ChangedPart("What customers use".to_owned()));
    assert!(state.is_dirty());
    let mut expected = WorkspaceFields {
        description: Some("What customers use".to_owned()),
        ..WorkspaceFields::default()
    };
    "Production".clone_into(&mut expected.metadata.name);
    let command = state.apply(Intent::AskedToCreate { is_part_fine: true });
    assert_eq!(command, Some(Command::Create(expected)));
}

#[test]
fn what_an_earlier_attempt_has_created_is_no_error_in_the_name() {
    let mut state = named("A");
    ask(&mut state);
    let found = Box::new(Similar {
        id: "s".to_owned(),
        name: "A".to_owned(),
        created_at: None,
        creator: None,
        profile: None,
    });
    for (is_earlier_attempt, told) in [(false, Some("taken")), (true, None)] {
        state.form.forget(contract::FieldPath::Name);
        let seen = Seen::Similar {
            found: found.clone(),
            has_name: true,
            is_earlier_attempt,
        };
        looked_up(&mut state, taken(), Ok(seen));
        assert_eq!(state.form.violation(contract::FieldPath::Name), told);
    }
}

#[test]
fn a_form_as_it_began_holds_nothing_to_lose() {
    let begun = MetadataFields {
        name: "A".to_owned(),
        labels: [("env".to_owned(), "production".to_owned())].into(),
        ..MetadataFields::default()
    };
    let form = MetadataForm::of_draft(
        "A".to_owned(),
        String::new(),
        begun.labels.clone().into_iter().collect(),
    );
    let mut state = Creating::of(form, ValuePart::default()).begun_with(begun);
    assert!(!state.is_dirty(), "nothing was typed");
    state.apply(Intent::Typed(FormInput::Name("B".to_owned())));
    assert!(state.is_dirty());
    state.apply(Intent::Typed(FormInput::Name("A".to_owned())));
    assert!(!state.is_dirty(), "it is as it began");
    state.apply(Intent::ChangedPart(ValuePart {
        bytes: 7,
        ..ValuePart::default()
    }));
    assert!(state.is_dirty());
    state.apply(Intent::Discarded);
    assert!(!state.is_dirty(), "an empty form");
}
