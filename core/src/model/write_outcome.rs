//! The outcome of a write, and how it is looked up after its response was lost.
//!
//! Contains no values.

use std::time::Duration;

use contract::{
    Cause, Failure, Kind, MetadataFields, Profile, ProfileId, ResourceMetadata, Timestamp, Workspace, WorkspaceFields,
};

use crate::model::secret_facts::SecretFacts;
use crate::model::server_names::{Saved, ServerNames};

/// The state of a write: of a create, an update, a delete, an archive, or of adding and removing a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WriteState<Fields = MetadataFields> {
    /// It is under way. An update first reads the resource; until then nothing was sent.
    Running {
        /// Whether the write itself was sent.
        is_sent: bool,
    },
    /// The response was lost: the server is asked whether the write was carried out.
    Unknown {
        /// The failure that lost the response.
        failure: Failure,
        /// A first look did not show the write. It is looked up again after a pause.
        is_not_yet_visible: bool,
    },
    /// The server carried it out.
    Done(Done),
    /// It failed, or the look-up could not show that it was carried out.
    Failed(Failed<Fields>),
}

impl<Fields> WriteState<Fields> {
    /// Whether the outcome is still open.
    #[must_use]
    pub fn is_pending(&self) -> bool {
        matches!(self, Self::Running { .. } | Self::Unknown { .. })
    }
}

/// A write that was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Done {
    /// It was created, changed or added.
    Saved {
        /// Its id.
        id: String,
        /// Its name as the server has it, from the response or the look-up.
        name: String,
        /// The response was lost, and the look-up found the write.
        is_looked_up: bool,
    },
    /// It was deleted, archived or removed.
    Deleted(DeletedBy),
}

/// How a delete, an archive or a removal is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeletedBy {
    /// The server confirmed it.
    Answer,
    /// It no longer existed.
    SomeoneElse,
    /// The response was lost, and the look-up found it gone.
    LookUp,
}

/// A write that was not carried out, as far as is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failed<Fields = MetadataFields> {
    /// Nothing was sent, because the resource could not be read before the update.
    NotSent(Failure),
    /// Nothing was sent, because someone else changed the resource. Contains the server's version.
    Conflict(Version<Fields>),
    /// The server refused it, or was not reached.
    Refused(Failure),
    /// It was looked up.
    LookedUp(LookedUp<Fields>),
}

/// The result of a look-up that did not show that the write was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUp<Fields = MetadataFields> {
    /// The failure of the write.
    pub failure: Failure,
    /// The server's state, or why it could not be read.
    pub seen: Result<Seen<Fields>, Failure>,
}

impl<Fields> LookedUp<Fields> {
    /// Whether the write is not visible yet, and the server may still carry it out. It can be looked up again.
    #[must_use]
    pub fn may_still_arrive(&self) -> bool {
        self.seen.as_ref().is_ok_and(Seen::is_nothing) && may_arrive_late(&self.failure)
    }

    /// Whether a create was carried out by an earlier attempt, whose answer was lost.
    #[must_use]
    pub fn is_earlier_attempt(&self) -> bool {
        matches!(
            self.seen,
            Ok(Seen::Similar {
                is_earlier_attempt: true,
                ..
            })
        )
    }

    /// Whether it shows that the write was not carried out, and will not be.
    #[must_use]
    pub fn is_not_done(&self) -> bool {
        self.seen.as_ref().is_ok_and(Seen::is_nothing) && !may_arrive_late(&self.failure)
    }
}

/// The server's state, if it does not show that a write was carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen<Fields = MetadataFields> {
    /// A create: no such resource. A delete: it still exists.
    Nothing,
    /// A create: a resource that may be someone else's.
    Similar {
        /// The resource.
        found: Box<Similar>,
        /// Whether it matches by name; otherwise by external ID.
        has_name: bool,
        /// Whether an earlier attempt of this create has made it.
        is_earlier_attempt: bool,
    },
    /// An update: the resource is unchanged.
    Unchanged(Version<Fields>),
    /// An update: everything visible is as intended, but the value cannot be read.
    ValueUnknown(Version<Fields>),
    /// An update: neither as before nor as intended. Someone else has changed it, too.
    Changed(Version<Fields>),
}

/// What is said of a resource that a look-up for a create has found, and that may be someone else's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Similar {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it was created, if the server says so.
    pub created_at: Option<Timestamp>,
    /// The id of its creator, if the server says so.
    pub creator: Option<ProfileId>,
    /// Its creator, if the server describes it.
    pub profile: Option<Profile>,
}

/// A resource as the server lists it, to look for a create.
pub trait Found {
    /// Its editable fields.
    type Fields: Saved;

    /// Its editable fields.
    fn fields(&self) -> Self::Fields;
    /// What is said of it.
    fn similar(&self) -> Similar;
}

impl Found for SecretFacts {
    type Fields = MetadataFields;

    fn fields(&self) -> MetadataFields {
        MetadataFields::from(&self.metadata)
    }

    fn similar(&self) -> Similar {
        let metadata = &self.metadata;
        let profile = self.info.as_ref().and_then(|info| info.created_by.clone());
        Similar {
            id: metadata.id.to_string(),
            name: metadata.name.clone(),
            created_at: metadata.created_at,
            creator: profile
                .as_ref()
                .map(|it| it.metadata.id.clone())
                .or_else(|| metadata.profile_id.clone()),
            profile,
        }
    }
}

impl Found for Workspace {
    type Fields = WorkspaceFields;

    fn fields(&self) -> WorkspaceFields {
        WorkspaceFields::from(self)
    }

    fn similar(&self) -> Similar {
        let metadata = &self.metadata;
        Similar {
            id: metadata.id.to_string(),
            name: metadata.name.clone(),
            created_at: metadata.created_at,
            creator: metadata.profile_id.clone(),
            profile: None,
        }
    }
}

impl<Fields> Seen<Fields> {
    /// Whether no trace of the write is visible.
    #[must_use]
    pub fn is_nothing(&self) -> bool {
        matches!(self, Self::Nothing | Self::Unchanged(_))
    }
}

/// How long to wait before a write is looked up again.
pub const PAUSE: Duration = Duration::from_secs(5);

/// The pause before the next look at a write that is not visible so far; `None` if that is final. A gateway timeout
/// does not stop the backend behind it, so one look is not enough, and the last one proves nothing: see
/// [`LookedUp::may_still_arrive`].
#[must_use]
pub fn pause_before_look(failure: &Failure, looks: u32) -> Option<Duration> {
    (looks < 2 && may_arrive_late(failure)).then_some(PAUSE)
}

/// Whether the server may still be working on it. Not after it has answered with its own error.
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

/// Whether a failed create is looked up. A browser may have sent it twice and received only the second answer, which
/// says that the name is taken: docs/security.md.
#[must_use]
pub fn is_create_looked_up(failure: &Failure) -> bool {
    failure.is_outcome_unknown() || failure.kind() == Kind::Taken
}

/// A create as sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent<Fields = MetadataFields> {
    /// The fields.
    pub fields: Fields,
    /// When it was sent.
    pub at: Timestamp,
    /// When it was sent first: earlier, if it is sent again while the outcome of the first attempt is unknown.
    pub first_at: Timestamp,
    /// Who sent it; `None` if the profile is unknown.
    pub by: Option<ProfileId>,
    /// What the server makes of names, as far as is known.
    pub names: ServerNames,
}

/// The tolerated difference between the clocks of server and browser.
const SKEW: chrono::TimeDelta = chrono::TimeDelta::minutes(2);

impl<Fields: Saved> Sent<Fields> {
    /// Whether a resource is the result of this create: everything visible matches, it is not older, and nobody else
    /// created it. If its creator is unknown, it may still be someone else's.
    #[must_use]
    pub fn is_seen_in(&self, found: &impl Found<Fields = Fields>) -> bool {
        self.is_made_since(self.at - SKEW, found)
    }

    /// What a resource is that this create may have made, but that is not known to be its result. After the answer that the
    /// name is taken, what matches and is no older than the first attempt was made by that, and its answer was lost; its value
    /// may be another one. Without tolerance for the clocks: the user may just have created it in another way.
    #[must_use]
    pub fn seen(&self, found: &impl Found<Fields = Fields>) -> Seen<Fields> {
        Seen::Similar {
            has_name: self.has_name_of(found),
            is_earlier_attempt: self.is_made_since(self.first_at, found),
            found: Box::new(found.similar()),
        }
    }

    /// What an earlier attempt of this create has made. Its value may be another one.
    #[must_use]
    pub fn seen_of_earlier(&self, found: &impl Found<Fields = Fields>) -> Seen<Fields> {
        Seen::Similar {
            has_name: self.has_name_of(found),
            is_earlier_attempt: true,
            found: Box::new(found.similar()),
        }
    }

    fn is_made_since(&self, since: Timestamp, found: &impl Found<Fields = Fields>) -> bool {
        let Similar {
            created_at, creator, ..
        } = found.similar();
        found.fields().may_be_made_of(&self.fields)
            && created_at.is_some_and(|at| at >= since)
            && self.by.is_some()
            && creator == self.by
    }

    /// The names under which the server may have saved it, the likeliest first.
    #[must_use]
    pub fn candidates(&self) -> Vec<String> {
        self.names.candidates(&self.fields.metadata().name)
    }

    /// Whether a resource has the name that was sent, or what a server may have made of it.
    #[must_use]
    pub fn has_name_of(&self, found: &impl Found<Fields = Fields>) -> bool {
        self.candidates().contains(&found.fields().metadata().name)
    }

    /// The resource that is the result of this create; else one with its name; else one with its external ID.
    pub fn pick<'a, Listed: Found<Fields = Fields> + 'a>(
        &self,
        found: impl Iterator<Item = &'a Listed> + Clone,
    ) -> Option<&'a Listed> {
        let candidates = self.candidates();
        let named = |name: &String| found.clone().find(|it| it.fields().metadata().name == *name);
        let wanted = self
            .fields
            .metadata()
            .external_id
            .as_deref()
            .filter(|text| !text.is_empty());
        let has_external_id =
            |it: &&Listed| wanted.is_some() && it.fields().metadata().external_id.as_deref() == wanted;
        let by_name = || candidates.iter().find_map(named);
        let made = found.clone().find(|it| self.is_seen_in(*it));
        made.or_else(by_name).or_else(|| found.clone().find(has_external_id))
    }
}

/// The editable fields of a resource at one time; the value of a secret is never known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Version<Fields = MetadataFields> {
    /// Its fields.
    pub fields: Fields,
    /// When it was last changed, if the server says so.
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

impl From<&Workspace> for Version<WorkspaceFields> {
    /// The API gives no time of a workspace's last change.
    fn from(workspace: &Workspace) -> Self {
        Self {
            fields: WorkspaceFields::from(workspace),
            updated_at: None,
        }
    }
}

impl<Fields: PartialEq> Version<Fields> {
    /// Whether the resource was changed between two reads: by its last change, or by any field if the server gives no
    /// time or the same one.
    #[must_use]
    pub fn differs_from(&self, other: &Self) -> bool {
        self.updated_at != other.updated_at || self.fields != other.fields
    }
}

/// What is known of the value that was to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ValueSeen {
    /// No value was to be written.
    Kept,
    /// The server returned the intended value, or none if it was to be removed.
    AsWanted,
    /// The server returned another value.
    Other,
    /// The server returns no values.
    Hidden,
}

/// The outcome of an update whose response was lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum UpdateOutcome {
    /// The server has the intended state.
    Done,
    /// Nothing was written.
    NotDone,
    /// Everything visible is as intended, but the value cannot be read.
    ValueUnknown,
    /// Neither as before nor as intended: someone else has changed it, too.
    Changed,
}

/// The outcome of an update: `before` is the state right before it, `wanted` the intended one, `now` the current one.
#[must_use]
pub fn of_update<Fields: Saved>(
    before: &Version<Fields>,
    wanted: &Fields,
    value: ValueSeen,
    now: &Version<Fields>,
) -> UpdateOutcome {
    let is_changed = now.differs_from(before);
    let is_wanted = now.fields.may_be_made_of(wanted);
    // A server that gives times would show a change of the value, too.
    let tells_times = now.updated_at.is_some() || before.updated_at.is_some();
    match (is_changed, is_wanted, value) {
        (true, true, ValueSeen::Kept | ValueSeen::AsWanted) => UpdateOutcome::Done,
        (true, true, ValueSeen::Hidden) => UpdateOutcome::ValueUnknown,
        (true, true, ValueSeen::Other) | (true, false, _) => UpdateOutcome::Changed,
        // Only the value was to change, and only the value could show it.
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
        SecretFacts::from(<WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap())
    }

    fn sent(name: &str, external_id: Option<&str>) -> Sent {
        Sent {
            fields: MetadataFields {
                name: name.to_owned(),
                external_id: external_id.map(str::to_owned),
                ..MetadataFields::default()
            },
            at: at(30),
            first_at: at(30),
            by: Some(profile("me")),
            names: ServerNames::Unknown,
        }
    }

    #[test]
    fn what_the_server_made_of_the_name_is_found() {
        let secrets = [facts("MY_KEY", ""), facts("OTHER", "")];
        let name = |sent: Sent| sent.pick(secrets.iter()).map(|it| it.metadata.name.clone());
        assert_eq!(name(sent("my_key", None)).as_deref(), Some("MY_KEY"));
        assert_eq!(
            name(sent("my-key", None)).as_deref(),
            Some("MY_KEY"),
            "as tool sets name their secrets"
        );
        let mut kept = sent("my_key", None);
        kept.names = ServerNames::Kept;
        assert_eq!(name(kept), None, "this server keeps names, so that is another secret");
        let mut both = [facts("MY_KEY", ""), facts("my_key", "")];
        both[1].metadata.created_at = Some(at(30));
        both[1].metadata.profile_id = Some(profile("me"));
        let picked = sent("my_key", None);
        assert_eq!(
            picked.pick(both.iter()).unwrap().metadata.name,
            "my_key",
            "the one that was just made"
        );
        assert!(picked.is_seen_in(&both[1]) && picked.has_name_of(&both[0]));
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
    fn what_an_earlier_attempt_made_is_told_apart() {
        let is_earlier = |minute: u32, creator: &str| {
            let mut secret = facts("A", "");
            secret.metadata.created_at = Some(at(minute));
            secret.metadata.profile_id = Some(profile(creator));
            let again = Sent {
                first_at: at(10),
                ..sent("A", None)
            };
            matches!(
                again.seen(&secret),
                Seen::Similar {
                    is_earlier_attempt: true,
                    ..
                }
            )
        };
        assert!(is_earlier(10, "me") && is_earlier(30, "me"));
        assert!(!is_earlier(9, "me"), "it was there before");
        assert!(!is_earlier(10, "another"));
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
        let mut secret = SecretFacts::from(<WorkspaceSecret as contract::Answer>::decode(json.as_bytes()).unwrap());
        secret.metadata.created_at = Some(at(30));
        assert!(!sent("A", None).is_seen_in(&secret), "the server tells who it was");
    }

    #[test]
    fn what_may_arrive_late_is_looked_up_again() {
        let refused = |http, status| Failure::new(Operation::CreateSecret, Cause::Refused { http, status });
        let own = || {
            Some(Box::new(Status {
                code: Some(Code::Internal),
                ..Status::default()
            }))
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
        let looked_up = |failure: Failure, seen: Seen| {
            LookedUp {
                failure,
                seen: Ok(seen),
            }
            .may_still_arrive()
        };
        assert!(looked_up(refused(504, None), Seen::Nothing) && looked_up(refused(504, own()), Seen::Nothing));
        assert!(!looked_up(refused(500, own()), Seen::Nothing));
        assert!(!looked_up(refused(504, None), Seen::Changed(Version::default())));
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
    fn a_rename_is_seen_under_the_name_that_the_server_made() {
        for (before, wanted, now) in [
            ("OLD", "new", "NEW"),
            ("OLD", "new-er", "NEW_ER"),
            ("OLD", "new", "new"),
        ] {
            let outcome = of_update(
                &version(before, Some(1)),
                &version(wanted, None).fields,
                ValueSeen::Kept,
                &version(now, Some(2)),
            );
            assert_eq!(outcome, UpdateOutcome::Done, "{wanted} {now}");
        }
        let (old, theirs) = (version("OLD", Some(1)), version("THEIRS", Some(2)));
        let outcome = of_update(&old, &version("new", None).fields, ValueSeen::Kept, &theirs);
        assert_eq!(outcome, UpdateOutcome::Changed);
        let only_case = of_update(&old, &version("old", None).fields, ValueSeen::Kept, &old);
        assert_eq!(only_case, UpdateOutcome::NotDone, "such a server changes nothing");
    }

    #[test]
    fn a_change_within_the_same_millisecond_is_a_change() {
        let at = |nanoseconds: &str| Version {
            updated_at: Some(format!("2026-06-30T12:00:00.{nanoseconds}Z").parse().unwrap()),
            ..version("A", None)
        };
        assert!(at("123456788").differs_from(&at("123456789")));
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
        // The unchanged time shows that the value was not written again.
        assert_eq!(outcome(Some(1), ValueSeen::AsWanted, Some(1)), UpdateOutcome::NotDone);
    }

    #[test]
    fn an_empty_external_id_is_none() {
        let empty = facts("A", "").metadata;
        assert!(!Version::from(&empty).differs_from(&version("A", None)));
        assert!(version("A", None).differs_from(&version("A", Some(1))));
    }

    proptest! {
        /// Never claims success while the server shows another state, nor failure while it changed.
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
