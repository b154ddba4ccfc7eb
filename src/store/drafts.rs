//! What was typed and is not saved yet: kept for this tab, encrypted, over a reload, a crash and a key that has expired.
//!
//! What is kept is in the tab's session storage and ends with the tab. What it is encrypted with is a key that the
//! browser made and gives to nobody; it is in another place, and of no use without the first. A draft belongs to one
//! server and one account: nobody else is ever offered it. Why so: docs/decisions/0502.

mod keys;
mod slot;

pub use crate::store::drafts::slot::{DraftSlot, SentDraft, next_number};

use std::cell::{Cell, RefCell};

use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

use crate::api::session::Connection;
use crate::browser::indexed_db;
use crate::browser::storage::{self, Name};

/// How many bytes of chance are in front of each encrypted draft.
const CHANCE: usize = 12;

/// Why a draft is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unkept {
    /// The browser has no encryption or no database here: the page did not come over https, or the window is private.
    Unsupported,
    /// The browser has no room for it, or was told to keep nothing.
    Refused,
}

/// The drafts of one account on one server. Others' are as if they were not there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drafts {
    owner: String,
    era: u32,
}

thread_local! {
    /// Counts how often everything was wiped. A page that goes away because of that keeps nothing any more.
    static ERA: Cell<u32> = const { Cell::new(0) };
    /// The latest change of each draft: encrypting takes a moment, and an older text must not come after a newer one.
    static TURNS: RefCell<Vec<(String, u64)>> = const { RefCell::new(Vec::new()) };
    /// Where the browser did not keep the latest text.
    static UNKEPT: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

impl Drafts {
    /// The drafts of whoever is connected; none while the server has not told who that is.
    #[must_use]
    pub fn of(connection: &Connection) -> Option<Self> {
        let id = connection.profile.as_ref()?.metadata.id.as_str();
        (!id.is_empty()).then(|| Self {
            // An address holds no space.
            owner: format!("{} {id}", connection.base),
            era: ERA.get(),
        })
    }

    fn is_over(&self) -> bool {
        self.era != ERA.get()
    }

    fn place(&self, name: &str) -> String {
        [&self.owner, " ", name].concat()
    }

    /// Whether there is a draft with this name. Whether it can still be read, [`Drafts::read`] finds out.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        storage::read(Name::Draft(&self.place(name))).is_some()
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
        let turn = next_turn(&place);
        let sealed = seal_for_tab(&place, text, &|| self.is_over()).await;
        if self.is_over() || !is_latest(&place, turn) {
            return Ok(());
        }
        let kept = match sealed {
            Ok(sealed) if storage::write(Name::Draft(&place), &sealed) => Ok(()),
            Ok(_) => Err(Unkept::Refused),
            Err(_) => Err(Unkept::Unsupported),
        };
        note(&place, kept.is_ok());
        kept
    }

    /// Reads a draft; none where there is none, or where it was tampered with.
    pub async fn read(&self, name: &str) -> Option<Zeroizing<Vec<u8>>> {
        let place = self.place(name);
        let sealed = storage::read(Name::Draft(&place))?;
        let key = keys::existing().await.ok()??;
        open(&key, &place, &sealed).await.ok()
    }

    /// Forgets a draft: it was saved, or is not wanted any more.
    pub fn forget(&self, name: &str) {
        let place = self.place(name);
        next_turn(&place);
        storage::remove(Name::Draft(&place));
        note(&place, true);
    }
}

/// Whether the browser keeps all that was typed so far and is not saved: then a lock loses nothing.
#[must_use]
pub fn are_kept() -> bool {
    UNKEPT.with_borrow(Vec::is_empty)
}

fn note(place: &str, is_kept: bool) {
    UNKEPT.with_borrow_mut(|places| {
        places.retain(|known| known != place);
        if !is_kept {
            places.push(place.to_owned());
        }
    });
}

/// The page is locked: what is kept stays, and what it takes to read it is fetched again when it is needed.
pub fn lock() {
    UNKEPT.with_borrow_mut(Vec::clear);
    keys::let_go();
}

/// Forgets the keys of all drafts in this browser. The drafts of this tab go with the rest of its storage; what is on its
/// way there, or comes from a view that goes away because of this, does not arrive.
pub fn wipe() {
    ERA.set(ERA.get() + 1);
    indexed_db::delete();
}

fn next_turn(place: &str) -> u64 {
    TURNS.with_borrow_mut(|turns| {
        if let Some((_, turn)) = turns.iter_mut().find(|(known, _)| known == place) {
            *turn += 1;
            return *turn;
        }
        turns.push((place.to_owned(), 1));
        1
    })
}

fn is_latest(place: &str, turn: u64) -> bool {
    TURNS.with_borrow(|turns| turns.iter().any(|(known, latest)| known == place && *latest == turn))
}

async fn seal_for_tab(place: &str, text: &[u8], is_over: &dyn Fn() -> bool) -> Result<String, JsValue> {
    let key = keys::needed(is_over).await?;
    seal(&key, place, text).await
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(web_sys::window().ok_or(JsValue::NULL)?.crypto()?.subtle())
}

/// What is under a name cannot be taken for what is under another one.
fn algorithm(chance: &[u8], place: &str) -> AesGcmParams {
    let algorithm = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(chance));
    algorithm.set_additional_data_u8_array(&Uint8Array::from(place.as_bytes()));
    algorithm
}

async fn seal(key: &CryptoKey, place: &str, text: &[u8]) -> Result<String, JsValue> {
    let window = web_sys::window().ok_or(JsValue::NULL)?;
    let mut sealed = vec![0; CHANCE];
    window.crypto()?.get_random_values_with_u8_array(&mut sealed)?;
    let promise = subtle()?.encrypt_with_object_and_u8_array(&algorithm(&sealed, place), key, text)?;
    let buffer: ArrayBuffer = JsFuture::from(promise).await?.dyn_into()?;
    sealed.extend(Uint8Array::new(&buffer).to_vec());
    let letters: String = sealed.into_iter().map(char::from).collect();
    window.btoa(&letters)
}

async fn open(key: &CryptoKey, place: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, JsValue> {
    let letters = web_sys::window().ok_or(JsValue::NULL)?.atob(sealed)?;
    let sealed = letters.chars().map(|letter| u8::try_from(u32::from(letter)));
    let sealed: Vec<u8> = sealed.collect::<Result<_, _>>().map_err(|_| JsValue::NULL)?;
    let (chance, text) = sealed.split_at_checked(CHANCE).ok_or(JsValue::NULL)?;
    let promise = subtle()?.decrypt_with_object_and_u8_array(&algorithm(chance, place), key, text)?;
    let buffer: ArrayBuffer = JsFuture::from(promise).await?.dyn_into()?;
    let plain = Uint8Array::new(&buffer);
    let text = Zeroizing::new(plain.to_vec());
    plain.fill(0, 0, plain.length());
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_kept_counts_until_it_is_kept_or_not_wanted() {
        assert!(are_kept());
        note("a", false);
        note("a", false);
        note("b", true);
        assert!(!are_kept());
        note("a", true);
        assert!(are_kept());
    }

    #[test]
    fn a_later_change_outdates_an_earlier_one() {
        let first = next_turn("a");
        assert!(is_latest("a", first));
        let second = next_turn("a");
        let other = next_turn("b");
        assert!(!is_latest("a", first) && is_latest("a", second) && is_latest("b", other));
    }
}
