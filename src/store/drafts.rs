//! What was typed and is not saved yet: kept for this tab, encrypted, over a reload, a crash and a key that has expired.
//!
//! What is kept is in the tab's session storage and ends with the tab; the vault encrypts it. A draft belongs to one
//! server and one account: nobody else is ever offered it. Why so: docs/decisions/0502.

use std::fmt::{self, Debug, Formatter};

use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::api::session::Connection;
use crate::browser::storage::{Name, Storage};
use crate::browser::vault::{self, Vault, VaultKeys};

/// Why a draft is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    /// The browser has no encryption or no database here: the page did not come over https, or the window is private.
    Unsupported,
    /// The browser has no room for it, or was told to keep nothing.
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
    /// Counts how often everything was wiped. A page that goes away because of that keeps nothing any more.
    wipes: u32,
    /// The latest change of each draft: encrypting takes a moment, and an older text must not come after a newer one.
    turns: Vec<(String, u64)>,
    /// Where the browser did not keep the latest text.
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
    /// Keeps drafts in `storage`, encrypted by `vault`; without one, by the browser's, whose code is then loaded only with
    /// what keeps drafts.
    #[must_use]
    pub fn new(storage: Storage, keys: &'static dyn VaultKeys, vault: Option<&'static dyn Vault>) -> Self {
        Self {
            storage,
            keys,
            vault,
            state: StoredValue::default(),
        }
    }

    /// The drafts of whoever is connected; none while the server has not told who that is.
    #[must_use]
    pub fn of(self, connection: &Connection) -> Option<Drafts> {
        let id = connection.profile.as_ref()?.metadata.id.as_str();
        (!id.is_empty()).then(|| Drafts {
            store: self,
            // An address holds no space.
            owner: format!("{} {id}", connection.base),
            wipes: self.wipes(),
        })
    }

    /// Whether the browser keeps all that was typed so far and is not saved: then a lock loses nothing.
    #[must_use]
    pub fn are_kept(self) -> bool {
        self.state.with_value(|state| state.unkept.is_empty())
    }

    /// The page is locked: what is kept stays, and what it takes to read it is fetched again when it is needed.
    pub fn lock(self) {
        self.state.update_value(|state| state.unkept.clear());
        self.keys.release();
    }

    /// Forgets the keys of all drafts in this browser. The drafts of this tab go with the rest of its storage; what is on
    /// its way there, or comes from a view that goes away because of this, does not arrive.
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

    fn note(self, place: &str, is_kept: bool) {
        self.state.try_update_value(|state| {
            state.unkept.retain(|known| known != place);
            if !is_kept {
                state.unkept.push(place.to_owned());
            }
        });
    }

    fn next_turn(self, place: &str) -> Option<u64> {
        self.state.try_update_value(|state| {
            if let Some((_, turn)) = state.turns.iter_mut().find(|(known, _)| known == place) {
                *turn += 1;
                return *turn;
            }
            state.turns.push((place.to_owned(), 1));
            1
        })
    }

    fn is_latest(self, place: &str, turn: Option<u64>) -> bool {
        let is_latest = |state: &State| {
            let latest = state.turns.iter().find(|(known, _)| known == place);
            latest.map(|(_, latest)| *latest) == turn
        };
        self.state.try_with_value(is_latest) == Some(true)
    }
}

/// The drafts of this tab.
///
/// # Panics
///
/// Where no app provides them: a fault of the program, found by its first test.
#[must_use]
pub fn use_drafts() -> DraftStore {
    expect_context()
}

/// The drafts of one account on one server. Others' are as if they were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafts {
    store: DraftStore,
    owner: String,
    wipes: Option<u32>,
}

impl Drafts {
    fn is_over(&self) -> bool {
        self.wipes != self.store.wipes()
    }

    fn place(&self, name: &str) -> String {
        [&self.owner, " ", name].concat()
    }

    /// Whether there is a draft with this name. Whether it can still be read, [`Drafts::read`] finds out.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.store.storage.read(Name::Draft(&self.place(name))).is_some()
    }

    /// Keeps a draft in place of the one that had this name. Of several at once the last one stays.
    ///
    /// # Errors
    ///
    /// See [`Unkept`]. The draft that was kept before stays: an older one is better than none.
    pub async fn keep(&self, name: &str, text: &[u8]) -> Result<(), Unkept> {
        if self.is_over() {
            return Ok(());
        }
        let place = self.place(name);
        let turn = self.store.next_turn(&place);
        let sealed = self.store.vault().seal(&place, text).await;
        if self.is_over() || !self.store.is_latest(&place, turn) {
            return Ok(());
        }
        let kept = match sealed {
            Some(sealed) if self.store.storage.write(Name::Draft(&place), &sealed) => Ok(()),
            Some(_) => Err(Unkept::Refused),
            None => Err(Unkept::Unsupported),
        };
        self.store.note(&place, kept.is_ok());
        kept
    }

    /// Reads a draft; none where there is none, or where it was tampered with.
    pub async fn read(&self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let place = self.place(name);
        let sealed = self.store.storage.read(Name::Draft(&place))?;
        self.store.vault().open(&place, &sealed).await
    }

    /// Forgets a draft: it was saved, or is not wanted any more.
    pub fn forget(&self, name: &str) {
        let place = self.place(name);
        self.store.next_turn(&place);
        self.store.storage.remove(Name::Draft(&place));
        self.store.note(&place, true);
    }
}
