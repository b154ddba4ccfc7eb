//! The state of a run: one task for one or many secrets.

use std::time::Duration;

use contract::{Failure, Kind, MetadataFields, Operation, SecretText, WorkspaceId};
use futures::future::AbortHandle;
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::{fill, words};
use strongroom_core::jobs::bulk::{Bulk, Counts, Step};
use strongroom_core::jobs::label_change::{LabelChange, LabelEffect};
use strongroom_core::list::LocalChange;
use strongroom_core::model::write_outcome::{DeletedBy, LookedUp, Seen, Sent};

use crate::browser::intl;
use crate::store::account::Account;

/// The seconds in which a delete can be undone, before anything is sent.
pub const UNDO_SECONDS: u32 = 10;

pub(super) const SECOND: Duration = Duration::from_secs(1);

/// The id of a run of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunId(pub u64);

/// A secret to create.
pub struct NewSecret {
    pub fields: MetadataFields,
    pub value: Option<SecretText>,
}

/// What became of a secret, and the change that its list takes over.
pub type Written = Result<(Outcome, LocalChange), BulkError>;

/// A secret of a run, as listed or as it is to be created.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkItem {
    /// Empty until it is created.
    pub id: String,
    pub name: String,
    /// The listed value of the label to change.
    pub label: Option<String>,
    /// A create of it that may have arrived.
    pub lost: Option<LostCreate>,
    /// Whether it is being looked for again.
    pub is_looked_for: bool,
}

/// A create whose response was lost and that was not found so far, to look for it again. Without its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LostCreate {
    pub sent: Sent,
    pub failure: Failure,
}

/// What a run does with each secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunTask {
    Create,
    Delete,
    Label(LabelChange),
}

/// What became of a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Created,
    Deleted(DeletedBy),
    Labelled(LabelEffect),
}

/// Why nothing became of a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkError {
    /// Its id can't be part of an address (`.` and `..`).
    NotAddressable,
    /// The server refused it.
    Refused(Failure),
    /// The response was lost, and it was looked up.
    LookedUp(LookedUp),
    /// Someone else gave the label this value since it was listed. A retry overwrites it.
    LabelChanged(Option<String>),
    /// A text of it was shortened as it was read, and writing it back would cut it off.
    Shortened,
}

pub type Work = Bulk<BulkItem, Outcome, BulkError>;

/// One run.
pub struct Run {
    pub id: RunId,
    pub workspace: WorkspaceId,
    /// The workspace of each item, if they are in several.
    pub places: Vec<WorkspaceId>,
    pub account: Option<Account>,
    pub task: RunTask,
    pub work: Work,
    /// The seconds left to undo; nothing is sent before they are over.
    pub wait: Option<u32>,
    pub countdown: Option<AbortHandle>,
    /// Whether its secrets were the selection of their list, which an undo restores.
    pub was_selected: bool,
    /// Whether a view shows it. Otherwise it is shown among the notices.
    pub is_watched: bool,
    /// The session has ended: the run names no secrets any more.
    pub is_over: bool,
}

/// The stage of a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// It can be undone.
    Waiting,
    Running,
    /// Some secrets failed or were not attempted.
    Ended,
}

/// A run, for views.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunState {
    pub stage: Stage,
    pub text: String,
    pub counts: Counts,
    /// What it does, as a name.
    pub label: &'static str,
    /// Whether it can be resumed. Creates cannot: their values are not kept.
    pub can_resume: bool,
    /// Whether some of its secrets may have been created, so that looking again helps.
    pub can_look: bool,
    pub is_looking: bool,
}

impl Run {
    pub fn is_running(&self) -> bool {
        self.work.is_running()
    }

    /// The workspace of an item.
    pub fn place(&self, index: usize) -> WorkspaceId {
        self.places.get(index).unwrap_or(&self.workspace).clone()
    }

    /// The indices of the secrets that may have been created.
    pub fn may_be_created(&self) -> Vec<usize> {
        let is_it = |step: &Step<_, BulkError>| matches!(step, Step::Failed(error) if error.may_be_created());
        let items = self.work.items().iter().enumerate();
        items.filter(|(_, (_, step))| is_it(step)).map(|(index, _)| index).collect()
    }

    /// Whether a secret that may have been created is looked for.
    pub fn is_looking(&self) -> bool {
        self.work.items().iter().any(|(item, _)| item.is_looked_for)
    }

    pub fn is_deleting(&self, id: &str) -> bool {
        let is_open = |step: &Step<_, _>| matches!(step, Step::Waiting | Step::UnderWay);
        let mut items = self.work.items().iter();
        self.task == RunTask::Delete && self.is_running() && items.any(|(item, step)| item.id == id && is_open(step))
    }

    /// The ids of the secrets that are neither done nor failed.
    pub fn open_ids(&self) -> Vec<String> {
        let is_open = |step: &Step<_, _>| matches!(step, Step::Waiting | Step::UnderWay);
        let items = self.work.items().iter().filter(|(_, step)| is_open(step));
        items.map(|(item, _)| item.id.clone()).collect()
    }

    pub fn state(&self) -> RunState {
        let stage = match (self.wait, self.is_running()) {
            (Some(_), _) => Stage::Waiting,
            (None, true) => Stage::Running,
            (None, false) => Stage::Ended,
        };
        RunState {
            stage,
            text: match (stage, self.wait) {
                (Stage::Ended, _) => self.ended(),
                (_, seconds) => self.progress(seconds),
            },
            counts: self.work.counts(),
            label: match &self.task {
                RunTask::Create => words::runs().creation,
                RunTask::Delete => words::runs().deletion,
                RunTask::Label(_) => words::runs().label_change,
            },
            can_resume: self.task != RunTask::Create,
            can_look: !self.may_be_created().is_empty(),
            is_looking: self.is_looking(),
        }
    }

    /// The name of the secret, if there is only one.
    fn only(&self) -> Option<&(BulkItem, Step<Outcome, BulkError>)> {
        match self.work.items() {
            [item] => Some(item),
            _ => None,
        }
    }

    fn fill(&self, sentence: &str) -> String {
        let counts = self.work.counts();
        let [all, done, failed, left] = [counts.all, counts.done, counts.failed, counts.left].map(intl::count);
        let name = self.only().map(|(item, _)| item.name.as_str()).unwrap_or_default();
        let label = match &self.task {
            RunTask::Create | RunTask::Delete => String::new(),
            RunTask::Label(change) => change.text(),
        };
        let gaps = [
            ("name", name),
            ("label", &label),
            ("all", &all),
            ("done", &done),
            ("failed", &failed),
            ("left", &left),
        ];
        fill(sentence, &gaps)
    }

    fn one_or_many(&self, one: &str, many: &str) -> String {
        self.fill(if self.only().is_some() { one } else { many })
    }

    fn progress(&self, seconds: Option<u32>) -> String {
        let words = words::runs();
        match (&self.task, seconds) {
            (RunTask::Create, _) => self.one_or_many(words.creating, words.creating_many),
            (RunTask::Delete, Some(seconds)) => {
                let text = self.one_or_many(words.countdown, words.countdown_many);
                fill(&text, &[("seconds", &seconds.to_string())])
            }
            (RunTask::Delete, None) => self.one_or_many(words.deleting, words.deleting_many),
            (RunTask::Label(_), _) => self.one_or_many(words.labeling, words.labeling_many),
        }
    }

    /// The announcement that it can be undone.
    pub fn undo_offer(&self) -> String {
        self.one_or_many(words::runs().undo_offer, words::runs().undo_offer_many)
    }

    /// The message that it was undone. After the end of the session it names nothing.
    pub fn undone(&self) -> String {
        match self.only() {
            Some(_) if self.is_over => words::runs().undone_unnamed.to_owned(),
            _ => self.one_or_many(words::runs().undone, words::runs().undone_many),
        }
    }

    /// The message that all is done, while its secrets may be named.
    pub fn done(&self) -> String {
        let words = words::runs();
        match (&self.task, self.only()) {
            (RunTask::Create, _) => self.one_or_many(words::create().created, words.created_many),
            (RunTask::Delete, Some((_, Step::Done(Outcome::Deleted(DeletedBy::SomeoneElse))))) => self.fill(words.gone),
            (RunTask::Delete, Some((_, Step::Done(Outcome::Deleted(DeletedBy::LookUp))))) => self.fill(words.lost_gone),
            (RunTask::Delete, _) => self.one_or_many(words.deleted, words.deleted_many),
            (RunTask::Label(LabelChange::Set { .. }), _) => self.one_or_many(words.label_set, words.label_set_many),
            (RunTask::Label(LabelChange::Remove { .. }), _) => {
                self.one_or_many(words.label_removed, words.label_removed_many)
            }
        }
    }

    /// The message that it has ended and not all is done.
    pub fn ended(&self) -> String {
        let words = words::runs();
        let (one, many) = match &self.task {
            RunTask::Create => (words.create_failed, words.create_ended),
            RunTask::Delete => (words.delete_failed, words.ended),
            RunTask::Label(_) => (words.label_failed, words.label_ended),
        };
        match self.only().filter(|_| !self.is_over) {
            Some((_, Step::Failed(error))) => fill(&self.fill(one), &[("why", &error.explained())]),
            Some(_) if self.task == RunTask::Delete => self.fill(words.undone),
            _ => self.fill(many),
        }
    }

    /// The details of the first failure, for support: status, scopes of the key, request id.
    pub fn details(&self) -> Vec<(&'static str, String)> {
        let failure = |(_, step): &(BulkItem, Step<_, BulkError>)| match step {
            Step::Failed(error) => error.failure().map(|failure| explain(failure).details),
            _ => None,
        };
        self.work.items().iter().find_map(failure).unwrap_or_default()
    }

    /// What became of each secret that is not done: its name and why. At most this many.
    pub fn problems(&self, most: usize) -> Vec<(String, String)> {
        let problem = |(item, step): &(BulkItem, Step<_, BulkError>)| match step {
            Step::Failed(error) => Some((item.name.clone(), error.explained())),
            Step::Waiting | Step::UnderWay => Some((item.name.clone(), words::runs().not_attempted.to_owned())),
            Step::Done(_) => None,
        };
        let problems = self.work.items().iter().filter_map(problem);
        problems.take(most).collect()
    }
}

impl BulkError {
    /// Whether it is a create that may have arrived, or still may, so that looking again helps.
    #[must_use]
    pub fn may_be_created(&self) -> bool {
        matches!(self, Self::LookedUp(looked_up) if looked_up.failure.operation == Operation::CreateSecret
            && looked_up.failure.kind() != Kind::Taken
            && (looked_up.seen.is_err() || looked_up.may_still_arrive()))
    }

    /// The failed call behind it, if there was one.
    fn failure(&self) -> Option<&Failure> {
        match self {
            Self::Refused(failure) | Self::LookedUp(LookedUp { failure, .. }) => Some(failure),
            Self::NotAddressable | Self::LabelChanged(_) | Self::Shortened => None,
        }
    }

    /// The message.
    #[must_use]
    pub fn explained(&self) -> String {
        let words = words::runs();
        match self {
            Self::NotAddressable => words.not_addressable.to_owned(),
            Self::Refused(failure) => explain(failure).reason,
            Self::LookedUp(LookedUp {
                seen: Ok(Seen::Similar { found, is_earlier_attempt: true, .. }),
                ..
            }) => fill(words::create().found_earlier, &[("name", &found.name)]),
            // The look-up after a refusal finds the secret that already has the name, not the one that was sent.
            Self::LookedUp(LookedUp { failure, .. }) if failure.kind() == Kind::Taken => explain(failure).reason,
            Self::LookedUp(looked_up) if looked_up.may_still_arrive() => match looked_up.failure.operation {
                Operation::CreateSecret => words::create().still_not_visible.to_owned(),
                Operation::UpdateSecret => words::edit().lost_still_not_visible.to_owned(),
                _ => words.still_there.to_owned(),
            },
            Self::LookedUp(LookedUp { failure, seen }) => match seen {
                Ok(Seen::Nothing) if failure.operation == Operation::CreateSecret => {
                    words::create().not_found.to_owned()
                }
                Err(_) if failure.operation == Operation::CreateSecret => words::create().unreadable.to_owned(),
                Ok(Seen::Nothing) => words.still_there.to_owned(),
                Ok(Seen::Unchanged(_)) => words.unchanged.to_owned(),
                Err(_) if failure.operation == Operation::DeleteSecret => words.unseen.to_owned(),
                _ => explain(failure).reason,
            },
            Self::LabelChanged(Some(value)) => fill(words.label_theirs, &[("value", value)]),
            Self::LabelChanged(None) => words.label_theirs_gone.to_owned(),
            Self::Shortened => words.shortened.to_owned(),
        }
    }
}
