//! Values at rest: XChaCha20-Poly1305 with a random nonce of 24 bytes, bound to the secret that they belong to.

use chacha20poly1305::aead::{Aead, KeyInit, Payload};
use chacha20poly1305::{Key, XChaCha20Poly1305, XNonce};
use contract::SecretText;
use sha2::{Digest, Sha256};
use zeroize::{Zeroize, Zeroizing};

use crate::failure::Refusal;
use crate::key_file::MasterKey;

/// The length of a nonce, in bytes. Long enough to be drawn at random for ever (the X in XChaCha20).
pub(crate) const NONCE: usize = 24;

/// Derives the cipher of one purpose, so that what was sealed for one can never be opened as another.
pub(crate) fn cipher(master: &MasterKey, purpose: &str) -> XChaCha20Poly1305 {
    let mut key = derive(master, purpose);
    let cipher = XChaCha20Poly1305::new(&key);
    key.zeroize();
    cipher
}

/// What a database keeps to know its master key again. It says nothing of the key, nor of any that is derived from it.
pub(crate) fn key_check(master: &MasterKey) -> [u8; 32] {
    derive(master, "strongroom local-api key check v1").into()
}

fn derive(master: &MasterKey, purpose: &str) -> Key {
    // The master key is uniformly random, so one hash with the purpose in front is derivation enough.
    let mut hash = Sha256::new();
    hash.update(purpose.as_bytes());
    hash.update([0]);
    hash.update(master.as_slice());
    hash.finalize()
}

/// Seals and opens values.
pub(crate) struct Sealer(XChaCha20Poly1305);

impl Sealer {
    pub(crate) fn new(master: &MasterKey) -> Self {
        Self(cipher(master, "strongroom local-api values v1"))
    }

    /// Seals the value of one secret: nonce, then ciphertext and tag.
    pub(crate) fn seal(&self, workspace: &str, secret: &str, value: &SecretText) -> Result<Vec<u8>, Refusal> {
        let mut nonce = [0; NONCE];
        getrandom::fill(&mut nonce).map_err(Refusal::internal)?;
        self.seal_with(nonce, workspace, secret, value.expose().as_bytes())
    }

    /// Seals with a nonce that the caller drew; seeding draws many at once.
    pub(crate) fn seal_with(
        &self,
        nonce: [u8; NONCE],
        workspace: &str,
        secret: &str,
        value: &[u8],
    ) -> Result<Vec<u8>, Refusal> {
        let payload = Payload {
            msg: value,
            aad: &owner(workspace, secret),
        };
        let ciphertext = self
            .0
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Refusal::internal("a value could not be sealed"))?;
        let mut sealed = Vec::with_capacity(NONCE + ciphertext.len());
        sealed.extend_from_slice(&nonce);
        sealed.extend_from_slice(&ciphertext);
        Ok(sealed)
    }

    /// Opens what was sealed for exactly this secret.
    pub(crate) fn open(&self, workspace: &str, secret: &str, sealed: &[u8]) -> Result<SecretText, Refusal> {
        let broken = || Refusal::internal("a sealed value does not open: the database was changed");
        let plain = self.decrypt(workspace, secret, sealed).ok_or_else(broken)?;
        let text = std::str::from_utf8(&plain).map_err(|_| broken())?;
        Ok(SecretText::new(text))
    }

    /// Whether this was sealed with this key for exactly this secret.
    pub(crate) fn opens(&self, workspace: &str, secret: &str, sealed: &[u8]) -> bool {
        self.decrypt(workspace, secret, sealed).is_some()
    }

    fn decrypt(&self, workspace: &str, secret: &str, sealed: &[u8]) -> Option<Zeroizing<Vec<u8>>> {
        let (nonce, ciphertext) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload {
            msg: ciphertext,
            aad: &owner(workspace, secret),
        };
        self.0.decrypt(&XNonce::from(*nonce), payload).ok().map(Zeroizing::new)
    }
}

/// The associated data: a sealed value that is moved to another row does not open there.
fn owner(workspace: &str, secret: &str) -> Vec<u8> {
    let mut owner = Vec::with_capacity(workspace.len() + 1 + secret.len());
    owner.extend_from_slice(workspace.as_bytes());
    owner.push(0);
    owner.extend_from_slice(secret.as_bytes());
    owner
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_opens_only_for_its_own_secret() {
        let sealer = Sealer::new(&MasterKey::new([7; 32]));
        let sealed = sealer.seal("ws_1", "wsec_1", &SecretText::new("hunter2")).unwrap();
        assert_eq!(sealer.open("ws_1", "wsec_1", &sealed).unwrap().expose(), "hunter2");
        assert!(sealer.open("ws_1", "wsec_2", &sealed).is_err());
        assert!(sealer.open("ws_2", "wsec_1", &sealed).is_err());
        assert!(sealer.open("ws_1", "wsec_1", &sealed[..NONCE - 1]).is_err());
        assert!(sealer.open("ws_1", "wsec_1", &[]).is_err());
        let other = Sealer::new(&MasterKey::new([8; 32]));
        assert!(other.open("ws_1", "wsec_1", &sealed).is_err());
    }

    #[test]
    fn the_same_value_never_looks_the_same() {
        let sealer = Sealer::new(&MasterKey::new([7; 32]));
        let value = SecretText::new("hunter2");
        assert_ne!(
            sealer.seal("w", "s", &value).unwrap(),
            sealer.seal("w", "s", &value).unwrap()
        );
    }
}
