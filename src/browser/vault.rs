//! Encrypts texts for this tab with a non-extractable key.
//!
//! The key is in the browser's database under a name that only this tab knows; ciphertexts are stored elsewhere, and
//! neither is of use without the other. Why: docs/decisions/0502.

mod keys;

use std::sync::{Mutex, MutexGuard, PoisonError};

use futures::future::LocalBoxFuture;
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AesGcmParams, CryptoKey, SubtleCrypto};
use zeroize::Zeroizing;

use crate::browser::indexed_db;
use crate::browser::storage::Storage;

/// The number of random bytes before each ciphertext.
const NONCE: usize = 12;

/// Encrypts texts so that only this tab can read them.
pub trait Vault: Send + Sync {
    /// Encrypts a text. A ciphertext can only be opened under the label it was sealed under. `None` if the browser has
    /// no encryption or no database, or if the keys were wiped meanwhile.
    fn seal<'a>(&'a self, label: &'a str, text: &'a [u8]) -> LocalBoxFuture<'a, Option<String>>;
    /// Decrypts a text; `None` if it was tampered with or its key is gone.
    fn open<'a>(&'a self, label: &'a str, sealed: &'a str) -> LocalBoxFuture<'a, Option<Zeroizing<Vec<u8>>>>;
}

/// The keys of the vaults. Separate from [`Vault`], because every page needs this, and only forms need encryption.
pub trait VaultKeys: Send + Sync {
    /// Drops the key of this tab from memory. It is loaded again on demand.
    fn release(&self);
    /// Destroys the keys of all tabs of this browser, so that nothing sealed before can be opened.
    fn wipe(&self);
}

/// The browser's encryption and database.
pub struct BrowserVault {
    storage: Storage,
    state: Mutex<State>,
}

struct State {
    key: Option<CryptoKey>,
    /// The number of wipes.
    wipes: u32,
}

/// The vault of this page.
pub static VAULT: BrowserVault = BrowserVault {
    storage: Storage::of_browser(),
    state: Mutex::new(State { key: None, wipes: 0 }),
};

impl BrowserVault {
    fn state(&self) -> MutexGuard<'_, State> {
        // Single-threaded, and nothing panics while the lock is held.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn sealed(&self, label: &str, text: &[u8]) -> Result<String, JsValue> {
        let wipes = self.state().wipes;
        let key = self.needed(&|| self.state().wipes != wipes).await?;
        let window = web_sys::window().ok_or(JsValue::NULL)?;
        let mut sealed = vec![0; NONCE];
        window.crypto()?.get_random_values_with_u8_array(&mut sealed)?;
        let promise = subtle()?.encrypt_with_object_and_u8_array(&algorithm(&sealed, label), &key, text)?;
        let buffer: ArrayBuffer = JsFuture::from(promise).await?.dyn_into()?;
        sealed.extend(Uint8Array::new(&buffer).to_vec());
        let letters: String = sealed.into_iter().map(char::from).collect();
        window.btoa(&letters)
    }

    async fn opened(&self, label: &str, sealed: &str) -> Result<Zeroizing<Vec<u8>>, JsValue> {
        let key = self.existing().await?.ok_or(JsValue::NULL)?;
        let letters = web_sys::window().ok_or(JsValue::NULL)?.atob(sealed)?;
        let sealed = letters.chars().map(|letter| u8::try_from(u32::from(letter)));
        let sealed: Vec<u8> = sealed.collect::<Result<_, _>>().map_err(|_| JsValue::NULL)?;
        let (nonce, text) = sealed.split_at_checked(NONCE).ok_or(JsValue::NULL)?;
        let promise = subtle()?.decrypt_with_object_and_u8_array(&algorithm(nonce, label), &key, text)?;
        let buffer: ArrayBuffer = JsFuture::from(promise).await?.dyn_into()?;
        let plain = Uint8Array::new(&buffer);
        let text = Zeroizing::new(plain.to_vec());
        plain.fill(0, 0, plain.length());
        Ok(text)
    }
}

impl Vault for BrowserVault {
    fn seal<'a>(&'a self, label: &'a str, text: &'a [u8]) -> LocalBoxFuture<'a, Option<String>> {
        Box::pin(async move { self.sealed(label, text).await.ok() })
    }

    fn open<'a>(&'a self, label: &'a str, sealed: &'a str) -> LocalBoxFuture<'a, Option<Zeroizing<Vec<u8>>>> {
        Box::pin(async move { self.opened(label, sealed).await.ok() })
    }
}

impl VaultKeys for BrowserVault {
    fn release(&self) {
        self.state().key = None;
    }

    fn wipe(&self) {
        let mut state = self.state();
        state.key = None;
        state.wipes += 1;
        indexed_db::delete();
    }
}

fn subtle() -> Result<SubtleCrypto, JsValue> {
    Ok(web_sys::window().ok_or(JsValue::NULL)?.crypto()?.subtle())
}

/// The label is authenticated, so a ciphertext cannot be moved to another label.
fn algorithm(nonce: &[u8], label: &str) -> AesGcmParams {
    let algorithm = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(nonce));
    algorithm.set_additional_data_u8_array(&Uint8Array::from(label.as_bytes()));
    algorithm
}
