//! Drafts: unsaved input, encrypted and stored for this tab. They survive a reload, a crash, a lock and an expired key.
//!
//! A draft is in the tab's session storage and ends with the tab; the vault encrypts it. It belongs to one server and
//! one account, and no other account can read it. Each form has one slot per account. Why: docs/decisions/0502.

use std::fmt::{self, Debug, Formatter};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use contract::BaseUrl;
use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::api::session::Connection;
use crate::browser::storage::{Name, Storage};
use crate::browser::vault::{self, Vault, VaultKeys};

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
    state: StoredValue<State>,
}

#[derive(Default)]
struct State {
    /// The number of wipes.
    wipes: u32,
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
    pub fn new(storage: Storage, keys: &'static dyn VaultKeys, vault: Option<&'static dyn Vault>) -> Self {
        Self {
            storage,
            keys,
            vault,
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
        })
    }

    /// Whether all unsaved input is stored, so that a lock loses nothing.
    #[must_use]
    pub fn are_kept(self) -> bool {
        self.state.with_value(|state| state.unkept.is_empty())
    }

    /// For a lock: drafts stay, and the key is dropped from memory and loaded again on demand.
    pub fn lock(self) {
        self.state.update_value(|state| state.unkept.clear());
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

    /// Whether any account has a draft of this form on this server.
    #[must_use]
    pub fn has_any(self, base: &BaseUrl, form: &str) -> bool {
        let is_of_form = |label: &str| label.starts_with(&format!("{base} ")) && label.ends_with(&format!(" {form}"));
        self.storage.draft_labels().iter().any(|label| is_of_form(label))
    }

    fn note(self, label: &str, is_kept: bool) {
        self.state.try_update_value(|state| {
            state.unkept.retain(|known| known != label);
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
        let sealed = self.store().storage.read(Name::Draft(&self.label))?;
        self.store().vault().open(&self.label, &sealed).await
    }

    /// Replaces the draft. Of several concurrent calls the last one wins.
    ///
    /// # Errors
    ///
    /// See [`Unkept`]. The previous draft stays: an older one is better than none.
    pub async fn keep(&self, draft: &[u8]) -> Result<(), Unkept> {
        if self.is_wiped() {
            return Ok(());
        }
        let revision = self.store().next_revision(&self.label);
        self.own.store(revision, Ordering::Relaxed);
        let sealed = self.store().vault().seal(&self.label, draft).await;
        if self.is_wiped() || self.store().latest_revision(&self.label) != revision {
            return Ok(());
        }
        let kept = match sealed {
            Some(sealed) if self.store().storage.write(Name::Draft(&self.label), &sealed) => Ok(()),
            Some(_) => Err(Unkept::Refused),
            None => Err(Unkept::Unsupported),
        };
        self.store().note(&self.label, kept.is_ok());
        kept
    }

    /// Deletes the draft, because it was saved or discarded.
    pub fn delete(&self) {
        self.store().next_revision(&self.label);
        self.store().storage.remove(Name::Draft(&self.label));
        self.store().note(&self.label, true);
    }

    fn store(&self) -> DraftStore {
        self.drafts.store
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
