//! Messages about failures, secrets and labels.

use contract::{Failure, Profile, ProfileType};
use strongroom_core::i18n::failure::{Explanation, explain};
use strongroom_core::i18n::label::label_error;
use strongroom_core::i18n::{fill, plural, words};
use strongroom_core::model::metadata_form::RowProblem;
use strongroom_core::model::permissions::Refusal;
use strongroom_core::model::server_names::ServerNames;
use strongroom_core::model::snippets::Form;
use strongroom_core::model::value_inspection::{CharacterFinding, CharacterKind, characters_in_line};

use crate::browser::intl;

/// The message for a failure.
pub fn explained(failure: &Failure) -> Explanation {
    explain(failure)
}

/// The message for a failed read. A read can always be retried, whatever the server said, except for a missing key or
/// secret, where something else is offered.
pub fn explained_reading(failure: &Failure) -> Explanation {
    use contract::Kind::{NotFound, Unauthenticated};
    Explanation {
        can_retry: !matches!(failure.kind(), NotFound | Unauthenticated),
        ..explained(failure)
    }
}

/// Why an action is not allowed.
pub fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Scope(scope) => fill(words::errors().refused_scope, &[("scope", scope.as_str())]),
        Refusal::Disabled => words::errors().refused_disabled.to_owned(),
        Refusal::Archived => words::errors().refused_archived.to_owned(),
        Refusal::NotAdmin => words::errors().reason_admin_only.to_owned(),
    }
}

/// The message for an invalid label.
pub fn row_problem(problem: RowProblem) -> String {
    match problem {
        RowProblem::Key(error) | RowProblem::Value(error) => label_error(error),
        RowProblem::Duplicate => words::metadata().label_duplicate.to_owned(),
    }
}

/// The name of a kind of suspicious characters.
fn character_kind(kind: CharacterKind) -> &'static str {
    match kind {
        CharacterKind::LeadingSpace => words::value_input().odd_leading_space,
        CharacterKind::TrailingSpace => words::value_input().odd_trailing_space,
        CharacterKind::TrailingBreak => words::value_input().odd_trailing_break,
        CharacterKind::OtherSpace => words::value_input().odd_other_space,
        CharacterKind::Invisible => words::value_input().odd_invisible,
        CharacterKind::LookAlike => words::value_input().odd_look_alike,
        CharacterKind::ByteOrderMark => words::value_input().odd_byte_order_mark,
        CharacterKind::Control => words::value_input().odd_control,
    }
}

/// The suspicious characters of a name or an external ID, one sentence per kind.
pub fn suspicious_characters(text: &str) -> Vec<String> {
    let found = characters_in_line(text);
    found.iter().map(|found| character_finding(found, &intl::count(found.column))).collect()
}

/// One finding: the kind of characters and, unless they are at an end of the text, where the first one is.
pub fn character_finding(found: &CharacterFinding, position: &str) -> String {
    let kind = character_kind(found.kind);
    let sentence = match found.kind {
        CharacterKind::LeadingSpace | CharacterKind::TrailingSpace | CharacterKind::TrailingBreak => return kind.to_owned(),
        _ => plural(found.count, words::value_input().odd_one, words::value_input().odd),
    };
    let count = intl::count(found.count);
    fill(sentence, &[("what", kind), ("position", position), ("count", &count)])
}

/// What the server will make of the name of a secret, if it will change it.
pub fn saved_as(names: ServerNames, typed: &str) -> Option<String> {
    let saved = names.expected(typed.trim())?;
    let sentence = match names {
        ServerNames::Unknown | ServerNames::Kept => words::metadata().probably_saved_as,
        ServerNames::Upper | ServerNames::Identifier => words::metadata().saved_as,
    };
    Some(fill(sentence, &[("name", &saved)]))
}

/// What is copied as a snippet of this form.
pub fn snippet_name(form: Form) -> &'static str {
    match form {
        Form::Curl => words::secret().call_curl,
        Form::Python => words::secret().call_python,
        Form::TypeScript => words::secret().call_typescript,
        Form::Go => words::secret().call_go,
    }
}

/// A profile as text: name, kind and email.
pub fn profile(profile: &Profile) -> String {
    let kind = match &profile.spec.kind {
        ProfileType::User => Some(words::secret().profile_user),
        ProfileType::ApiKey => Some(words::secret().profile_api_key),
        ProfileType::System => Some(words::secret().profile_system),
        ProfileType::Unspecified => None,
        ProfileType::Unknown(text) => Some(text.as_str()),
    };
    let name = profile.display_name();
    let email = profile.spec.email.as_deref().filter(|email| *email != name);
    let about: Vec<&str> = kind.into_iter().chain(email).collect();
    if about.is_empty() {
        name.to_owned()
    } else {
        format!("{name} ({})", about.join(", "))
    }
}
