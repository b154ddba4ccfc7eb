//! What becomes of a write, and how it is looked up after its answer was lost.
//!
//! No value is in here.

use std::time::Duration;

use contract::{Cause, Failure, Kind, MetadataFields, ProfileId, ResourceMetadata, Timestamp};

use crate::model::secret_facts::SecretFacts;

/// How a create, an update or a delete stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteState<Fields = MetadataFields> {
    /// It is under way. An update first reads the secret; until that answer is here, nothing was sent.
    Running {
        /// Whether the write itself was sent.
        is_sent: bool,
    },
    /// The answer was lost: the server is asked whether the write was carried out.
    Unknown {
        /// The failure that lost the answer.
        failure: Failure,
        /// A first look did not show it. It is looked up again after a pause.
        is_not_yet_visible: bool,
    },
    /// The server has carried it out.
    Done(Done),
    /// It failed, or the look-up could not show that it was carried out.
    Failed(Failed<Fields>),
}

impl<Fields> WriteState<Fields> {
    /// Whether it is neither done nor failed yet.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Running { .. } | Self::Unknown { .. })
    }
}

/// A write that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// The secret was created or changed, and now is this.
    Saved {
        /// What the server answered or, after a lost answer, has.
        metadata: Box<ResourceMetadata>,
        /// The answer was lost, and the look-up found it.
        is_looked_up: bool,
    },
    /// The secret was deleted.
    Deleted(DeletedBy),
}

/// How it is known that a secret is gone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeletedBy {
    /// The server has deleted it.
    Answer,
    /// It did not exist any more.
    SomeoneElse,
    /// The answer was lost, and the look-up found no secret.
    LookUp,
}

/// A write that was not carried out, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed<Fields = MetadataFields> {
    /// The secret could not be read before an update, so nothing was sent.
    NotSent(Failure),
    /// The secret was changed by someone else before an update, so nothing was sent. What the server has.
    Conflict(Version<Fields>),
    /// The server refused it, or it never got there.
    Refused(Failure),
    /// It was looked up.
    LookedUp(LookedUp<Fields>),
}

/// What a look-up showed, where it did not show that the write was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUp<Fields = MetadataFields> {
    /// The failure of the write.
    pub failure: Failure,
    /// What the server has; where it could not be read, why not.
    pub seen: Result<Seen<Fields>, Failure>,
}

/// What the server has, where that does not show that a write was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen<Fields = MetadataFields> {
    /// A create: no such secret. A delete: the secret still exists.
    Nothing,
    /// A create: a secret that may be somebody else's.
    Similar {
        /// The secret.
        secret: Box<SecretFacts>,
        /// It has the name that was sent; otherwise, the external ID.
        has_name: bool,
    },
    /// An update: the secret as it was.
    Unchanged(Version<Fields>),
    /// An update: all that can be seen is as it was to be, and the value can't be seen.
    ValueUnknown(Version<Fields>),
    /// An update: neither as it was nor as it was to be. Someone else has changed it, too.
    Changed(Version<Fields>),
}

impl<Fields> Seen<Fields> {
    /// Whether nothing of the write is visible.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing | Self::Unchanged(_))
    }
}

/// How long to wait before a write is looked up again.
pub const PAUSE: Duration = Duration::from_secs(5);

/// How long to wait before the next look at a write of which nothing was visible so far; none where that is final. A
/// gateway that gave up does not stop the backend behind it, so one look is not enough.
#[must_use]
pub fn pause_before_look(failure: &Failure, looks: u32) -> Option<Duration> {
    (looks < 2 && may_arrive_late(failure)).then_some(PAUSE)
}

/// Whether the server may still be at work on it. One that answers with its own error is not.
fn may_arrive_late(failure: &Failure) -> bool {
    let is_over = matches!(
        failure.cause,
        Cause::Refused {
            http: 500,
            status: Some(_)
        }
    );
    failure.is_outcome_unknown() && !is_over
}

/// Whether a failed create is looked up. A browser may have sent it twice, and only the second answer has come, which
/// says that the name is taken: docs/security.md.
#[must_use]
pub fn is_create_looked_up(failure: &Failure) -> bool {
    failure.is_outcome_unknown() || failure.kind() == Kind::Taken
}

/// A create that was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The fields.
    pub fields: MetadataFields,
    /// When.
    pub at: Timestamp,
    /// By whom; none while the server has not told.
    pub by: Option<ProfileId>,
}

/// How far the clocks of server and browser may differ.
const SKEW: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

impl Sent {
    /// Whether a secret is what came of this: all of it that can be seen is the same, it is no older, and nobody else made
    /// it. Where it is not known who did, it may be another's.
    #[must_use]
    pub fn is_seen_in(&self, secret: &SecretFacts) -> bool {
        let metadata = &secret.metadata;
        MetadataFields::from(metadata) == self.fields
            && metadata.created_at.is_some_and(|at| at >= self.at - SKEW)
            && self.by.as_ref().is_some_and(|by| creator(secret) == Some(by))
    }

    /// The secret among these that has the name, or else the external ID.
    pub fn pick<'a>(&self, secrets: impl Iterator<Item = &'a SecretFacts> + Clone) -> Option<&'a SecretFacts> {
        let by_name = secrets.clone().find(|it| it.metadata.name == self.fields.name);
        let wanted = self.fields.external_id.as_deref().filter(|text| !text.is_empty());
        by_name.or_else(|| {
            secrets
                .into_iter()
                .find(|it| wanted.is_some() && it.metadata.external_id.as_deref() == wanted)
        })
    }
}

fn creator(secret: &SecretFacts) -> Option<&ProfileId> {
    let told = secret.info.as_ref().and_then(|info| info.created_by.as_ref());
    told.map(|profile| &profile.metadata.id)
        .or(secret.metadata.profile_id.as_ref())
}

/// What is known of a resource at one time, as far as a person can change it; the value of a secret is never known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version<Fields = MetadataFields> {
    /// Its fields.
    pub fields: Fields,
    /// When it was last changed, where the server tells.
    pub updated_at: Option<Timestamp>,
}

impl From<&ResourceMetadata> for Version {
    fn from(metadata: &ResourceMetadata) -> Self {
        Self {
            fields: MetadataFields::from(metadata),
            updated_at: metadata.updated_at,
        }
    }
}

impl<Fields: PartialEq> Version<Fields> {
    /// Whether the resource was changed between two looks: by the time of its last change, and by any field where the server
    /// tells no time, or the same one.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> bool {
        self.updated_at != other.updated_at || self.fields != other.fields
    }
}

/// What can be said of the value that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSeen {
    /// None was to be written.
    Kept,
    /// The server returned the one that was to be written; or none, where it was to be removed.
    AsWanted,
    /// The server returned another one.
    Other,
    /// The server returns none.
    Hidden,
}

/// What became of an update whose answer was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateOutcome {
    /// The server has what was to be written.
    Done,
    /// Nothing was written.
    NotDone,
    /// What can be seen is as it was to be; the value can't be seen.
    ValueUnknown,
    /// The secret is neither as it was nor as it was to be: someone else has changed it, too.
    Changed,
}

/// What became of an update: `before` is what the server had right before, `wanted` what it was to have, `now` what it has.
#[must_use]
pub fn of_update<Fields: PartialEq>(
    before: &Version<Fields>,
    wanted: &Fields,
    value: ValueSeen,
    now: &Version<Fields>,
) -> UpdateOutcome {
    let is_changed = now.differs_from(before);
    let is_wanted = now.fields == *wanted;
    // A server that tells times would tell of a new value, too.
    let tells_times = now.updated_at.is_some() || before.updated_at.is_some();
    match (is_changed, is_wanted, value) {
        (true, true, ValueSeen::Kept | ValueSeen::AsWanted) => UpdateOutcome::Done,
        (true, true, ValueSeen::Hidden) => UpdateOutcome::ValueUnknown,
        (true, true, ValueSeen::Other) | (true, false, _) => UpdateOutcome::Changed,
        // Only the value was to change, and nothing tells of that but the value.
        (false, true, ValueSeen::AsWanted) if !tells_times => UpdateOutcome::Done,
        (false, true, ValueSeen::Hidden) if !tells_times => UpdateOutcome::ValueUnknown,
        (false, ..) => UpdateOutcome::NotDone,
    }
}

#[cfg(test)]
mod tests {
    use contract::{Code, Operation, Status, WorkspaceSecret};
    use proptest::prelude::*;

    use super::*;

    fn at(minute: u32) -> Timestamp {
        format!("2026-06-30T12:{minute:02}:00Z").parse().unwrap()
    }

    fn profile(id: &str) -> ProfileId {
        ProfileId::parse(id).unwrap()
    }

    fn facts(name: &str, external_id: &str) -> SecretFacts {
        let json = format!(r#"{{"metadata": {{"id": "s-{name}", "name": "{name}", "externalId": "{external_id}"}}}}"#);
        SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(&json).unwrap())
    }

    fn sent(name: &str, external_id: Option<&str>) -> Sent {
        Sent {
            fields: MetadataFields {
                name: name.to_owned(),
                external_id: external_id.map(str::to_owned),
                ..MetadataFields::default()
            },
            at: at(30),
            by: Some(profile("me")),
        }
    }

    #[test]
    fn the_name_counts_before_the_external_id() {
        let secrets = [facts("B", "x-1"), facts("A", "")];
        let name = |sent: Sent| sent.pick(secrets.iter()).map(|it| it.metadata.name.clone());
        assert_eq!(name(sent("A", Some("x-1"))).as_deref(), Some("A"));
        assert_eq!(name(sent("C", Some("x-1"))).as_deref(), Some("B"));
        assert_eq!(name(sent("C", None)), None);
        assert_eq!(name(sent("C", Some(""))), None, "none have no external ID in common");
    }

    #[test]
    fn only_what_is_the_same_in_all_and_no_older_is_ours() {
        let is_ours = |name: &str, external_id: &str, minute: u32| {
            let mut secret = facts(name, external_id);
            secret.metadata.created_at = (minute < 60).then(|| at(minute));
            secret.metadata.profile_id = Some(profile("me"));
            sent("A", None).is_seen_in(&secret)
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
            let sent = Sent {
                by: by.map(profile),
                ..sent("A", None)
            };
            sent.is_seen_in(&secret)
        };
        assert!(is_ours(Some("me"), Some("me")));
        assert!(!is_ours(Some("another"), Some("me")));
        assert!(!is_ours(None, Some("me")) && !is_ours(Some("me"), None), "nobody knows");
        let json = r#"{"metadata": {"id": "s", "name": "A", "profileId": "me"},
            "info": {"createdBy": {"metadata": {"id": "another"}}}}"#;
        let mut secret = SecretFacts::from(serde_json::from_str::<WorkspaceSecret>(json).unwrap());
        secret.metadata.created_at = Some(at(30));
        assert!(!sent("A", None).is_seen_in(&secret), "the server tells who it was");
    }

    #[test]
    fn what_may_arrive_late_is_looked_up_twice() {
        let refused = |http, status| Failure::new(Operation::CreateSecret, Cause::Refused { http, status });
        let own = || {
            Some(Status {
                code: Some(Code::Internal),
                message: None,
                violations: vec![],
            })
        };
        let pauses = |failure: &Failure| [1, 2].map(|looks| pause_before_look(failure, looks).is_some());
        assert_eq!(pauses(&refused(502, None)), [true, false]);
        assert_eq!(
            pauses(&refused(504, own())),
            [true, false],
            "a gateway's answer has the API's form, too"
        );
        assert_eq!(pauses(&refused(500, None)), [true, false]);
        assert_eq!(
            pauses(&refused(500, own())),
            [false, false],
            "the server itself has given up"
        );
        assert_eq!(
            pauses(&refused(409, own())),
            [false, false],
            "a name that is taken is no lost answer"
        );
    }

    fn version(name: &str, minute: Option<u32>) -> Version {
        let at = |minute| chrono::DateTime::parse_from_rfc3339(&format!("2026-06-30T12:{minute:02}:00Z")).unwrap();
        Version {
            fields: MetadataFields {
                name: name.to_owned(),
                ..MetadataFields::default()
            },
            updated_at: minute.map(|minute| at(minute).to_utc()),
        }
    }

    #[test]
    fn a_rename_is_seen() {
        for times in [[None, None], [Some(1), Some(2)], [None, Some(2)]] {
            let before = version("OLD", times[0]);
            let wanted = version("NEW", None).fields;
            let outcome = |now| of_update(&before, &wanted, ValueSeen::Kept, &now);
            assert_eq!(outcome(version("NEW", times[1])), UpdateOutcome::Done, "{times:?}");
            assert_eq!(outcome(version("OLD", times[0])), UpdateOutcome::NotDone, "{times:?}");
            assert_eq!(
                outcome(version("THEIRS", times[1])),
                UpdateOutcome::Changed,
                "{times:?}"
            );
        }
    }

    #[test]
    fn a_value_is_seen_only_where_something_tells() {
        let wanted = version("A", None).fields;
        let outcome = |before, value, now| of_update(&version("A", before), &wanted, value, &version("A", now));
        assert_eq!(outcome(Some(1), ValueSeen::Hidden, Some(1)), UpdateOutcome::NotDone);
        assert_eq!(
            outcome(Some(1), ValueSeen::Hidden, Some(2)),
            UpdateOutcome::ValueUnknown
        );
        assert_eq!(outcome(None, ValueSeen::Hidden, None), UpdateOutcome::ValueUnknown);
        assert_eq!(outcome(Some(1), ValueSeen::AsWanted, Some(2)), UpdateOutcome::Done);
        assert_eq!(outcome(None, ValueSeen::AsWanted, None), UpdateOutcome::Done);
        assert_eq!(outcome(Some(1), ValueSeen::Other, Some(2)), UpdateOutcome::Changed);
        assert_eq!(outcome(None, ValueSeen::Other, None), UpdateOutcome::NotDone);
        // The same value was written again by nobody: the time says so.
        assert_eq!(outcome(Some(1), ValueSeen::AsWanted, Some(1)), UpdateOutcome::NotDone);
    }

    #[test]
    fn an_empty_external_id_is_none() {
        let empty = facts("A", "").metadata;
        assert!(!Version::from(&empty).differs_from(&version("A", None)));
        assert!(version("A", None).differs_from(&version("A", Some(1))));
    }

    proptest! {
        /// It is never claimed to be done while the server shows something else, nor not to be done while it changed.
        #[test]
        fn nothing_is_claimed_that_was_not_seen(
            names in [0_u8..3, 0..3, 0..3], times in [proptest::option::of(0_u32..3), proptest::option::of(0_u32..3)],
            value in prop_oneof![
                Just(ValueSeen::Kept), Just(ValueSeen::AsWanted), Just(ValueSeen::Other), Just(ValueSeen::Hidden)
            ],
        ) {
            let [before, wanted, now] = names.map(|name| format!("N{name}"));
            let (before, now) = (version(&before, times[0]), version(&now, times[1]));
            let wanted = version(&wanted, None).fields;
            match of_update(&before, &wanted, value, &now) {
                UpdateOutcome::Done => {
                    prop_assert_eq!(&now.fields, &wanted);
                    prop_assert!(!matches!(value, ValueSeen::Other | ValueSeen::Hidden));
                }
                UpdateOutcome::NotDone => prop_assert!(!now.differs_from(&before)),
                UpdateOutcome::ValueUnknown => prop_assert_eq!(&now.fields, &wanted),
                UpdateOutcome::Changed => prop_assert!(now.differs_from(&before)),
            }
        }
    }
}
