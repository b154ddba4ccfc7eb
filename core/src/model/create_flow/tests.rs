use contract::{Cause, Code, Operation, Status, WorkspaceSecret};

use super::*;

fn named(name: &str) -> Creating {
    let mut state = Creating::of(Form::default());
    state.apply(Intent::Typed(Input::Name(name.to_owned())));
    state
}

fn profile(id: &str) -> ProfileId {
    ProfileId::parse(id).unwrap()
}

fn ask(state: &mut Creating) -> Option<Command> {
    state.apply(Intent::AskedToCreate {
        is_value_fine: true,
        now: at(0),
        by: Some(profile("me")),
    })
}

fn looked(found: Result<Option<SecretFacts>, Failure>) -> Intent {
    Intent::Looked(Box::new(found))
}

fn at(minute: u32) -> Timestamp {
    format!("2026-06-30T12:{minute:02}:00Z").parse().unwrap()
}

fn failure(cause: Cause) -> Failure {
    Failure::new(Operation::CreateSecret, cause)
}

fn facts(name: &str, external_id: &str) -> SecretFacts {
    let json = format!(r#"{{"metadata": {{"id": "s-{name}", "name": "{name}", "externalId": "{external_id}"}}}}"#);
    SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(&json).unwrap())
}

#[test]
fn a_bad_form_sends_nothing_and_a_second_click_neither() {
    assert_eq!(ask(&mut named("")), None);
    assert_eq!(
        named("A").apply(Intent::AskedToCreate {
            is_value_fine: false,
            now: at(0),
            by: None,
        }),
        None
    );
    let mut state = named("A");
    assert!(matches!(ask(&mut state), Some(Command::Create(_))));
    assert_eq!(ask(&mut state), None);
}

#[test]
fn a_lost_answer_is_looked_for_before_anything_is_sent_again() {
    let mut state = named("A");
    ask(&mut state);
    assert!(matches!(
        state.apply(Intent::Failed(failure(Cause::Interrupted))),
        Some(Command::Look(_))
    ));
    assert_eq!(ask(&mut state), None, "it is being looked for");
    state.apply(looked(Err(failure(Cause::Interrupted))));
    assert!(
        matches!(ask(&mut state), Some(Command::Look(_))),
        "nobody has looked yet"
    );
    state.apply(looked(Ok(None)));
    assert!(
        matches!(ask(&mut state), Some(Command::Create(_))),
        "there is none: it can be sent again"
    );
}

#[test]
fn a_name_that_is_taken_is_shown_and_told_at_its_field() {
    let mut state = named("A");
    ask(&mut state);
    let status = Status {
        code: Some(Code::AlreadyExists),
        message: None,
        violations: vec![contract::FieldViolation {
            field: "metadata.name".to_owned(),
            description: "taken".to_owned(),
        }],
    };
    let taken = failure(Cause::Refused {
        http: 409,
        status: Some(status),
    });
    assert!(matches!(state.apply(Intent::Failed(taken)), Some(Command::Look(_))));
    state.apply(looked(Ok(Some(facts("A", "")))));
    assert_eq!(state.form.violation(contract::FieldPath::Name), Some("taken"));
    state.apply(Intent::Typed(Input::Name("B".to_owned())));
    assert!(matches!(ask(&mut state), Some(Command::Create(fields)) if fields.name == "B"));
}

#[test]
fn a_refusal_is_no_riddle() {
    let mut state = named("A");
    ask(&mut state);
    let refused = failure(Cause::Refused {
        http: 403,
        status: None,
    });
    assert_eq!(state.apply(Intent::Failed(refused)), None);
    assert!(state.step == Step::Typing && state.failure.is_some() && state.form.name == "A");
}

#[test]
fn the_name_counts_before_the_external_id() {
    let secrets = [facts("B", "x-1"), facts("A", "")];
    let fields = |name: &str, external_id: Option<&str>| SecretFields {
        name: name.to_owned(),
        external_id: external_id.map(str::to_owned),
        ..SecretFields::default()
    };
    let name = |fields| pick(secrets.iter(), &fields).map(|it| it.metadata.name.as_str());
    assert_eq!(name(fields("A", Some("x-1"))), Some("A"));
    assert_eq!(name(fields("C", Some("x-1"))), Some("B"));
    assert_eq!(name(fields("C", None)), None);
    assert_eq!(name(fields("C", Some(""))), None, "none have no external ID in common");
}

#[test]
fn what_was_sent_is_looked_for_whatever_is_typed_by_then() {
    let is_for_a = |command: Option<Command>| matches!(command, Some(Command::Look(fields)) if fields.name == "A");
    let mut state = named("A");
    ask(&mut state);
    state.apply(Intent::Typed(Input::Name("B".to_owned())));
    assert!(is_for_a(state.apply(Intent::Failed(failure(Cause::Interrupted)))));
    state.apply(looked(Err(failure(Cause::Interrupted))));
    assert!(is_for_a(state.apply(Intent::AskedToLook)));
    state.apply(looked(Err(failure(Cause::Interrupted))));
    assert!(is_for_a(ask(&mut state)));
    state.apply(looked(Ok(None)));
    assert!(matches!(ask(&mut state), Some(Command::Create(fields)) if fields.name == "B"));
}

/// Whether a secret is called ours that was found after the answer to a create by `by` was lost.
fn is_called_ours(secret: SecretFacts, by: Option<&str>) -> bool {
    let mut state = named("A");
    state.apply(Intent::AskedToCreate {
        is_value_fine: true,
        now: at(30),
        by: by.map(profile),
    });
    state.apply(Intent::Failed(failure(Cause::Interrupted)));
    state.apply(looked(Ok(Some(secret))));
    matches!(&state.step, Step::Looked(it) if it.is_ours())
}

#[test]
fn only_what_is_the_same_in_all_and_no_older_is_ours() {
    let is_ours = |name: &str, external_id: &str, minute: u32| {
        let mut secret = facts(name, external_id);
        secret.metadata.created_at = (minute < 60).then(|| at(minute));
        secret.metadata.profile_id = Some(profile("me"));
        is_called_ours(secret, Some("me"))
    };
    assert!(is_ours("A", "", 30) && is_ours("A", "", 28));
    assert!(!is_ours("A", "", 27), "it was there before");
    assert!(!is_ours("A", "", 60), "nobody knows since when it is there");
    assert!(!is_ours("A", "x-1", 30) && !is_ours("B", "", 30));
}

#[test]
fn what_somebody_else_made_in_that_moment_is_not_ours() {
    let is_ours = |creator: Option<&str>, by: Option<&str>| {
        let mut secret = facts("A", "");
        secret.metadata.created_at = Some(at(30));
        secret.metadata.profile_id = creator.map(profile);
        is_called_ours(secret, by)
    };
    assert!(is_ours(Some("me"), Some("me")));
    assert!(!is_ours(Some("another"), Some("me")));
    assert!(!is_ours(None, Some("me")) && !is_ours(Some("me"), None), "nobody knows");
    let json = r#"{"metadata": {"id": "s", "name": "A", "profileId": "me"},
        "info": {"createdBy": {"metadata": {"id": "another"}}}}"#;
    let mut secret = SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(json).unwrap());
    secret.metadata.created_at = Some(at(30));
    assert!(!is_called_ours(secret, Some("me")), "the server tells who it was");
}

#[test]
fn what_is_under_way_is_not_discarded() {
    let mut state = named("A");
    ask(&mut state);
    state.apply(Intent::Discarded);
    assert!(state.is_busy() && state.form.name == "A");
}
