//! Replaces the value of a secret and nothing else: an edit without a review, because there is only one change.

use contract::{FieldChange, MetadataFields, SecretText, ValueChange};

use crate::model::edit_flow::{EditStep, Editing, Intent};
use crate::model::merge::{Comparison, FieldDiff, Merge};
use crate::model::metadata_form::MetadataForm;
use crate::model::resource::{SecretResource, ValueChoice, ValuePart};
use crate::model::write_outcome::Version;

/// Starts with a secret as read. `draft`: the version that a draft of the value was typed for, if there is one.
#[must_use]
pub fn editing(server: Version, draft: Option<Version>, bytes: usize) -> Editing<SecretResource> {
    let before = draft.unwrap_or_else(|| server.clone());
    let form = MetadataForm::of(&before.fields);
    let part = ValuePart {
        choice: ValueChoice::Replace,
        bytes,
    };
    Editing::restored(server, before, form, part)
}

/// The intents that save this value at this step, in order. None while a save is under way.
///
/// After a conflict it is saved on top of the other version, whose metadata stays as it is.
#[must_use]
pub fn save(step: &EditStep<MetadataFields>, value: SecretText) -> Vec<Intent<SecretResource>> {
    let first = match step {
        EditStep::Editing | EditStep::Reviewing(_) | EditStep::Lost(_) => Intent::AskedForReview,
        EditStep::Comparing(_) => Intent::TookPicks,
        EditStep::Saving { .. } | EditStep::Looking { .. } => return Vec::new(),
    };
    vec![first, Intent::AskedToSave(ValueChange::Replace(value))]
}

/// The change of value that will be sent.
#[must_use]
pub fn change(editing: &Editing<SecretResource>) -> FieldChange {
    FieldChange::ValueReplaced(editing.part.bytes)
}

/// The fields that someone else has changed.
pub fn changed_by_others(merge: &Merge) -> impl Iterator<Item = &Comparison> {
    let comparisons = merge.comparisons().iter();
    comparisons.filter(|comparison| comparison.diff != FieldDiff::Untouched)
}

#[cfg(test)]
mod tests {
    use contract::{Cause, Failure, Operation, WorkspaceSecret};

    use super::*;
    use crate::model::edit_flow::{Command, Save};
    use crate::model::write_outcome::{Failed, LookedUp, Seen, WriteState};

    fn version(name: &str, minute: u32) -> Version {
        let json = format!(
            r#"{{"metadata": {{"id": "s-1", "name": "{name}", "labels": {{"env": "prod"}},
                "updatedAt": "2026-06-30T12:{minute:02}:00Z"}}, "spec": {{}}}}"#
        );
        let secret = <WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap();
        Version::from(&secret.metadata)
    }

    fn typed(name: &str, bytes: usize) -> Editing<SecretResource> {
        editing(version(name, 0), None, bytes)
    }

    fn send(editing: &mut Editing<SecretResource>, value: &str) -> Option<Save<SecretResource>> {
        let mut sent = None;
        for intent in save(&editing.step.clone(), SecretText::new(value)) {
            if let Some(Command::Save(save)) = editing.apply(intent) {
                sent = Some(*save);
            }
        }
        sent
    }

    fn fail(editing: &mut Editing<SecretResource>, failed: Failed) {
        assert!(editing.apply(Intent::Write(WriteState::Failed(failed))).is_none());
    }

    #[test]
    fn the_update_holds_the_value_and_nothing_else() {
        let sent = send(&mut typed("NAME", 3), "new").unwrap();
        assert_eq!(sent.update.mask().to_string(), "spec.value");
    }

    #[test]
    fn a_name_that_the_form_would_refuse_does_not_matter() {
        assert!(send(&mut typed("", 3), "new").is_some());
        assert!(send(&mut typed("no\\u0009tabs", 3), "new").is_some());
    }

    #[test]
    fn without_a_value_nothing_is_sent() {
        let mut state = typed("NAME", 0);
        assert!(send(&mut state, "").is_none() && state.is_part_missing);
    }

    #[test]
    fn what_is_under_way_is_not_sent_twice() {
        let mut state = typed("NAME", 3);
        assert!(send(&mut state, "new").is_some());
        assert!(send(&mut state, "new").is_none() && state.is_busy());
    }

    #[test]
    fn after_a_conflict_the_other_changes_stay() {
        let mut state = typed("NAME", 3);
        send(&mut state, "new").unwrap();
        fail(&mut state, Failed::Conflict(version("THEIRS", 1)));
        let EditStep::Comparing(comparing) = &state.step else {
            panic!("{:?}", state.step)
        };
        let changed: Vec<_> = changed_by_others(&comparing.merge)
            .map(|it| it.theirs.as_deref())
            .collect();
        assert_eq!(changed, [Some("THEIRS")]);
        let sent = send(&mut state, "new").unwrap();
        assert_eq!(
            (sent.before.clone(), sent.after.name.as_str()),
            (version("THEIRS", 1), "THEIRS")
        );
        assert_eq!(sent.update.mask().to_string(), "spec.value");
    }

    #[test]
    fn an_unknown_value_can_be_sent_again() {
        let mut state = typed("NAME", 3);
        send(&mut state, "new").unwrap();
        fail(
            &mut state,
            Failed::LookedUp(LookedUp {
                failure: Failure::new(Operation::UpdateSecret, Cause::Interrupted),
                seen: Ok(Seen::ValueUnknown(version("NAME", 1))),
            }),
        );
        let sent = send(&mut state, "new").unwrap();
        assert_eq!(sent.before, version("NAME", 1), "the version that was seen");
    }
}
