//! Drafts: unsaved input, encrypted and stored for this tab. They survive a reload, a crash, a lock and an expired key.
//!
//! A draft is in the tab's session storage and ends with the tab; the vault encrypts it. It belongs to one server and
//! one account, and no other account can read it. Each form has one slot per account. Why: docs/decisions/0502.
//!
//! A lock keeps drafts, and removes the values in them: what the console keeps while it is locked must not be readable
//! without what it has wiped. Why: docs/decisions/0506.

use std::fmt::{self, Debug, Formatter};
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use contract::BaseUrl;
use futures::future::{Either, select};
use leptos::prelude::*;
use strongroom_core::model::draft::split;
use zeroize::Zeroizing;

use crate::api::session::Connection;
use crate::browser::clock::Clock;
use crate::browser::storage::{Name, Storage};
use crate::browser::vault::{self, Vault, VaultKeys};

/// A browser whose database has not answered by then counts as one without, until it answers. A busy machine needs
/// seconds for the first entry of a database.
const PATIENCE: Duration = Duration::from_secs(10);

/// Why a draft could not be stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    /// The browser has no encryption or no database here: the page is not served over https, or the window is private.
    Unsupported,
    /// The storage is full or disabled.
    Refused,
}

/// All drafts of this tab. A handle.
#[derive(Clone, Copy)]
pub struct DraftStore {
    storage: Storage,
    keys: &'static dyn VaultKeys,
    vault: Option<&'static dyn Vault>,
    clock: Clock,
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    /// The number of wipes.
    wipes: u32,
    /// The number of locks.
    locks: u32,
    /// Whether a draft was ever stored in this page, and how many are being encrypted.
    has_worked: bool,
    pending: u32,
    /// The latest revision of each slot, by label. Encryption is asynchronous, and an older draft must not replace a
    /// newer one.
    revisions: Vec<(String, u64)>,
    /// The slots whose latest draft could not be stored.
    unkept: Vec<String>,
}

impl PartialEq for DraftStore {
    fn eq(&self, other: &Self) -> bool {
        self.state == other.state
    }
}

impl Eq for DraftStore {}

impl Debug for DraftStore {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_str("DraftStore")
    }
}

impl DraftStore {
    /// Stores drafts in `storage`, encrypted by `vault`. `None` uses the browser's vault, whose code is then loaded
    /// only with the forms.
    #[must_use]
    pub fn new(
        storage: Storage,
        keys: &'static dyn VaultKeys,
        vault: Option<&'static dyn Vault>,
        clock: Clock,
    ) -> Self {
        Self {
            storage,
            keys,
            vault,
            clock,
            state: StoredValue::default(),
        }
    }

    /// The drafts of an account; `None` while the account is unknown.
    #[must_use]
    pub fn of(self, connection: &Connection) -> Option<Drafts> {
        let id = connection.profile.as_ref()?.metadata.id.as_str();
        (!id.is_empty()).then(|| Drafts {
            store: self,
            // An address contains no space.
            owner: format!("{} {id}", connection.base),
            wipes: self.wipes(),
            locks: self.locks(),
        })
    }

    /// Whether all unsaved input is stored, so that a lock loses nothing but values. A browser that is yet to store its
    /// first draft may have no storage.
    #[must_use]
    pub fn are_kept(self) -> bool {
        self.state
            .with_value(|state| state.unkept.is_empty() && (state.has_worked || state.pending == 0))
    }

    /// Whether a lock removes a value.
    #[must_use]
    pub fn have_values(self) -> bool {
        self.storage.has_draft_values()
    }

    /// For a lock: drafts stay without their values, and the key is dropped from memory and loaded again on demand.
    pub fn lock(self) {
        self.state.update_value(|state| {
            state.unkept.clear();
            state.locks += 1;
        });
        self.storage.remove_draft_values();
        self.keys.release();
    }

    /// Destroys the keys of all drafts in this browser. The drafts of this tab are removed with the rest of its
    /// storage; a draft that is being encrypted, or that a view saves on unmount because of this, is not stored.
    pub fn wipe(self) {
        self.state.update_value(|state| state.wipes += 1);
        self.keys.wipe();
    }

    fn vault(self) -> &'static dyn Vault {
        self.vault.unwrap_or(&vault::VAULT)
    }

    fn wipes(self) -> Option<u32> {
        self.state.try_with_value(|state| state.wipes)
    }

    fn locks(self) -> Option<u32> {
        self.state.try_with_value(|state| state.locks)
    }

    /// The answer of the vault; `None` if it takes too long.
    async fn in_time<Answer>(self, work: impl Future<Output = Option<Answer>>) -> Option<Answer> {
        match select(pin!(work), self.clock.sleep(PATIENCE)).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => None,
        }
    }

    /// Whether any account has a draft of this form on this server.
    #[must_use]
    pub fn has_any(self, base: &BaseUrl, form: &str) -> bool {
        let is_of_form = |label: &str| label.starts_with(&format!("{base} ")) && label.ends_with(&format!(" {form}"));
        self.storage.draft_labels().iter().any(|label| is_of_form(label))
    }

    fn note(self, label: &str, is_kept: bool) {
        self.state.try_update_value(|state| {
            state.unkept.retain(|known| known != label);
            state.has_worked |= is_kept;
            if !is_kept {
                state.unkept.push(label.to_owned());
            }
        });
    }

    fn next_revision(self, label: &str) -> u64 {
        let next = |state: &mut State| {
            if let Some((_, revision)) = state.revisions.iter_mut().find(|(known, _)| known == label) {
                *revision += 1;
                return *revision;
            }
            state.revisions.push((label.to_owned(), 1));
            1
        };
        self.state.try_update_value(next).unwrap_or_default()
    }

    /// The revision of the latest draft that this page has stored or deleted in a slot; 0 if none.
    fn latest_revision(self, label: &str) -> u64 {
        let latest = |state: &State| state.revisions.iter().find(|(known, _)| known == label).map(|(_, latest)| *latest);
        self.state.try_with_value(latest).flatten().unwrap_or_default()
    }
}

/// The drafts of this tab.
///
/// # Panics
///
/// If no app provides them. A programming error, caught by the first test.
#[must_use]
pub fn use_drafts() -> DraftStore {
    expect_context()
}

/// The drafts of one account on one server.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafts {
    store: DraftStore,
    owner: String,
    wipes: Option<u32>,
    locks: Option<u32>,
}

impl Drafts {
    /// The slot of a form.
    #[must_use]
    pub fn slot(&self, form: &str) -> DraftSlot {
        let label = [&self.owner, " ", form].concat();
        DraftSlot {
            own: Arc::new(AtomicU64::new(self.store.latest_revision(&label))),
            drafts: self.clone(),
            label,
        }
    }
}

/// The draft of one form for one account. Clones share the revision that this form stored last.
#[derive(Debug, Clone)]
pub struct DraftSlot {
    drafts: Drafts,
    label: String,
    /// The revision when the form was mounted, later the one that the form stored last.
    own: Arc<AtomicU64>,
}

impl DraftSlot {
    /// The drafts of the same account.
    #[must_use]
    pub fn drafts(&self) -> &Drafts {
        &self.drafts
    }

    /// Whether the slot holds a draft, readable or not.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.store().storage.read(Name::Draft(&self.label)).is_some()
    }

    /// Reads the draft. `None` if there is none, if it was tampered with, or if its key is gone.
    pub async fn read(&self) -> Option<Zeroizing<Vec<u8>>> {
        let (store, storage) = (self.store(), self.store().storage);
        let sealed = storage.read(Name::Draft(&self.label))?;
        let draft = store.in_time(store.vault().open(&self.label, &sealed)).await?;
        let Some(sealed) = storage.read(Name::DraftValue(&self.label)) else {
            return Some(draft);
        };
        let label = self.value_label();
        let Some(value) = store.in_time(store.vault().open(&label, &sealed)).await else {
            return Some(draft);
        };
        // The exact size: a buffer that grows leaves copies of the value behind.
        let mut whole = Zeroizing::new(Vec::with_capacity(draft.len() + value.len()));
        whole.extend_from_slice(&draft);
        whole.extend_from_slice(&value);
        Some(whole)
    }

    /// A value can't be taken for a draft, nor for the value of another one.
    fn value_label(&self) -> String {
        [&self.label, " value"].concat()
    }

    /// Like [`Self::keep_or_warn`], without a warning. For tests.
    #[cfg(any(test, feature = "testing"))]
    pub async fn keep(&self, draft: &[u8]) -> Result<(), Unkept> {
        self.keep_or_warn(draft, || ()).await
    }

    /// Replaces the draft. Of several concurrent calls the last one wins. Calls `on_late` when the browser takes too long,
    /// and goes on waiting for it.
    ///
    /// # Errors
    ///
    /// See [`Unkept`]. The previous draft stays: an older one is better than none.
    pub async fn keep_or_warn(&self, draft: &[u8], on_late: impl FnOnce()) -> Result<(), Unkept> {
        if self.is_wiped() {
            return Ok(());
        }
        let store = self.store();
        let revision = store.next_revision(&self.label);
        self.own.store(revision, Ordering::Relaxed);
        store.state.try_update_value(|state| state.pending += 1);
        let (draft, value) = split(draft);
        let label = self.value_label();
        let sealing = async {
            let draft = store.vault().seal(&self.label, draft).await?;
            // A form that goes away because of a lock keeps the rest.
            let value = match value {
                [] => None,
                _ if self.is_locked() => None,
                value => Some(store.vault().seal(&label, value).await?),
            };
            Some((draft, value))
        };
        let is_outdated = || self.is_wiped() || store.latest_revision(&self.label) != revision;
        let sealed = match select(pin!(sealing), store.clock.sleep(PATIENCE)).await {
            Either::Left((sealed, _)) => sealed,
            Either::Right(((), sealing)) => {
                if !is_outdated() {
                    store.note(&self.label, false);
                    on_late();
                }
                sealing.await
            }
        };
        store.state.try_update_value(|state| state.pending = state.pending.saturating_sub(1));
        if is_outdated() {
            return Ok(());
        }
        let kept = match sealed {
            Some((draft, value)) => {
                let value = value.filter(|_| !self.is_locked());
                self.write(&draft, value.as_deref()).then_some(()).ok_or(Unkept::Refused)
            }
            None => Err(Unkept::Unsupported),
        };
        store.note(&self.label, kept.is_ok());
        kept
    }

    fn write(&self, draft: &str, value: Option<&str>) -> bool {
        let storage = self.store().storage;
        if value.is_none() {
            storage.remove(Name::DraftValue(&self.label));
        }
        storage.write(Name::Draft(&self.label), draft)
            && value.is_none_or(|value| storage.write(Name::DraftValue(&self.label), value))
    }

    /// Deletes the draft, because it was saved or discarded.
    pub fn delete(&self) {
        self.store().next_revision(&self.label);
        self.store().storage.remove(Name::Draft(&self.label));
        self.store().storage.remove(Name::DraftValue(&self.label));
        self.store().note(&self.label, true);
    }

    fn store(&self) -> DraftStore {
        self.drafts.store
    }

    /// Whether the console was locked since the form was mounted.
    fn is_locked(&self) -> bool {
        self.drafts.locks != self.store().locks()
    }

    /// Whether everything was wiped since the form was mounted. Then it stores nothing any more.
    fn is_wiped(&self) -> bool {
        self.drafts.wipes != self.store().wipes()
    }
}

/// The draft of the input that a form has sent, for the write that sends it.
#[derive(Debug, Clone, Default)]
pub struct SentDraft(pub Option<DraftSlot>);

impl SentDraft {
    /// Deletes it once the write is done, unless another form has stored a newer draft in its slot since.
    pub fn delete(&self) {
        if let Some(slot) = &self.0
            && slot.store().latest_revision(&slot.label) == slot.own.load(Ordering::Relaxed)
        {
            slot.delete();
        }
    }
}
