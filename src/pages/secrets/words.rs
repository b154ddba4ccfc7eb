//! Words for the nouns of this section.

use contract::{Failure, FieldChange, Labels, Profile, ProfileType};

use super::form::RowProblem;
use crate::domain::permissions::Refusal;
use crate::text::failure::{Explanation, explain};
use crate::text::label::label_error;
use crate::text::{fill, plural, quoted, words};

/// A failure in words.
pub(super) fn explained(failure: &Failure) -> Explanation {
    explain(words(), failure)
}

/// Why an action is not allowed.
pub(super) fn refusal(refusal: Refusal) -> String {
    match refusal {
        Refusal::Scope(scope) => fill(words().refused_scope, &[("scope", scope.as_str())]),
        Refusal::Disabled => words().refused_disabled.to_owned(),
        Refusal::Archived => words().refused_archived.to_owned(),
    }
}

/// What is wrong with a label.
pub(super) fn row_problem(problem: RowProblem) -> String {
    match problem {
        RowProblem::Key(error) | RowProblem::Value(error) => label_error(words(), error),
        RowProblem::Duplicate => words().label_duplicate.to_owned(),
    }
}

/// One change, before and after; of a value only its size.
pub(super) fn change(change: &FieldChange) -> String {
    let words = words();
    let from_to = |field: &str, before: &str, after: &str| {
        fill(
            words.change_from_to,
            &[("field", field), ("before", before), ("after", after)],
        )
    };
    let quoted = |text: &str| quoted(words, text);
    let absent = |text: &Option<String>| text.as_deref().map_or_else(|| words.absent.to_owned(), quoted);
    match change {
        FieldChange::Name(before, after) => from_to(words.field_name, &quoted(before), &quoted(after)),
        FieldChange::ExternalId(before, after) => from_to(words.field_external_id, &absent(before), &absent(after)),
        FieldChange::Labels(before, after) => from_to(words.field_labels, &labels(before), &labels(after)),
        FieldChange::ValueReplaced(bytes) => {
            let sentence = plural(*bytes, words.change_value_replaced_one, words.change_value_replaced);
            fill(sentence, &[("bytes", &bytes.to_string())])
        }
        FieldChange::ValueCleared => words.change_value_cleared.to_owned(),
    }
}

fn labels(labels: &Labels) -> String {
    if labels.is_empty() {
        return words().absent.to_owned();
    }
    let pairs: Vec<String> = labels.iter().map(|(key, value)| format!("{key}={value}")).collect();
    pairs.join(", ")
}

/// Who someone is: name, kind and email.
pub(super) fn profile(profile: &Profile) -> String {
    let words = words();
    let kind = match &profile.spec.kind {
        ProfileType::User => Some(words.profile_user),
        ProfileType::ApiKey => Some(words.profile_api_key),
        ProfileType::System => Some(words.profile_system),
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
