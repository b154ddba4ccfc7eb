//! Encrypts texts for this tab, under a key that the browser made and gives to nobody.
//!
//! The key is in the browser's database under a name that only this tab knows; what is encrypted is kept elsewhere, and
//! neither is of use without the other. Why so: docs/decisions/0502.

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

/// How many random bytes are in front of each encrypted text.
const NONCE: usize = 12;

/// Encrypts texts so that only this tab can read them.
pub trait Vault: Send + Sync {
    /// Encrypts a text. What is encrypted under one label can't be opened under another. None where the browser has no
    /// encryption or no database, and where the keys were wiped meanwhile.
    fn seal<'a>(&'a self, label: &'a str, text: &'a [u8]) -> LocalBoxFuture<'a, Option<String>>;
    /// Decrypts a text; none where it was tampered with, or its key is gone.
    fn open<'a>(&'a self, label: &'a str, sealed: &'a str) -> LocalBoxFuture<'a, Option<Zeroizing<Vec<u8>>>>;
}

/// The keys of the vaults. Apart from [`Vault`], because every page needs this, and only forms need encryption.
pub trait VaultKeys: Send + Sync {
    /// Drops the key of this tab from memory. It is fetched again when it is needed.
    fn release(&self);
    /// Destroys the keys of all tabs of this browser: nothing that was sealed can be opened any more.
    fn wipe(&self);
}

/// The browser's encryption and database.
pub struct BrowserVault {
    storage: Storage,
    state: Mutex<State>,
}

struct State {
    key: Option<CryptoKey>,
    /// How often everything was wiped.
    wipes: u32,
}

/// The vault of this page.
pub static VAULT: BrowserVault = BrowserVault {
    storage: Storage::of_browser(),
    state: Mutex::new(State { key: None, wipes: 0 }),
};

impl BrowserVault {
    fn state(&self) -> MutexGuard<'_, State> {
        // There is one thread, and nothing panics while it is held.
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

/// What is under a label cannot be taken for what is under another one.
fn algorithm(nonce: &[u8], label: &str) -> AesGcmParams {
    let algorithm = AesGcmParams::new_with_u8_array("AES-GCM", &Uint8Array::from(nonce));
    algorithm.set_additional_data_u8_array(&Uint8Array::from(label.as_bytes()));
    algorithm
}
