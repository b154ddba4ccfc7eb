//! The state of a run of deletes.

use contract::{Failure, WorkspaceId};
use strongroom_core::i18n::failure::explain;
use strongroom_core::i18n::words;
use strongroom_core::jobs::bulk::{Bulk, Step};
use strongroom_core::model::write_outcome::{LookedUp, Seen};

use crate::store::account::Account;

/// The id of a run of this page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RunId(pub(super) u64);

/// A secret to delete, as listed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BulkItem {
    pub id: String,
    pub name: String,
}

/// Why a secret was not deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BulkError {
    /// Its id can't be part of an address (`.` and `..`).
    NotAddressable,
    /// The server refused it.
    Refused(Failure),
    /// The response was lost, and it was looked up.
    LookedUp(LookedUp),
}

pub type Work = Bulk<BulkItem, BulkError>;

/// One run.
pub struct Run {
    pub id: RunId,
    pub workspace: WorkspaceId,
    pub account: Option<Account>,
    pub work: Work,
    /// Whether a dialog shows it. Otherwise its end is posted as a notice.
    pub is_watched: bool,
    /// The session has ended: the run names no secrets any more.
    pub is_over: bool,
}

impl Run {
    pub fn is_running(&self) -> bool {
        self.work.is_running()
    }
}

pub fn first_failure(work: &Work) -> Option<String> {
    work.items().iter().find_map(|(_, step)| match step {
        Step::Failed(error) => Some(error.explained(true)),
        _ => None,
    })
}

impl BulkError {
    /// The message; with the failed operation as its title if `has_title` is set.
    #[must_use]
    pub fn explained(&self, has_title: bool) -> String {
        let (failure, is_there) = match self {
            Self::NotAddressable => return words::bulk().not_addressable.to_owned(),
            Self::Refused(failure) => (failure, false),
            Self::LookedUp(LookedUp { failure, seen }) => (failure, *seen == Ok(Seen::Nothing)),
        };
        let explanation = explain(failure);
        let reason = if is_there {
            words::bulk().still_there.to_owned()
        } else {
            explanation.reason
        };
        if has_title {
            format!("{}: {reason}", explanation.title)
        } else {
            reason
        }
    }
}
