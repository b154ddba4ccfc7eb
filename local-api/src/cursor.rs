//! Cursors: where the next page of exactly one query starts (api.md, Pagination).
//!
//! A cursor is sealed, so nobody can read or forge one, and the query is its associated data, so it opens only with
//! the query that produced it. See docs/decisions/0101-cursors-are-sealed.md.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chacha20poly1305::aead::{Aead, Payload};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use contract::Cursor;
use sha2::{Digest, Sha256};

use crate::clock::Micros;
use crate::failure::Refusal;
use crate::key_file::MasterKey;
use crate::seal;

/// The last row of a page: the next one starts after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    /// When the row was created.
    pub(crate) created_at: Micros,
    /// Its id, for rows of the same microsecond.
    pub(crate) id: String,
}

/// What a cursor belongs to: who asks, for what, filtered and ordered how. Not how many at a time.
#[derive(Debug, Clone)]
pub(crate) struct QueryIdentity(Sha256);

impl QueryIdentity {
    pub(crate) fn new(profile: &str, path: &str) -> Self {
        Self(Sha256::new()).with(profile).with(path)
    }

    /// Adds one part. Each is preceded by its length, so that two parts can never pass for two others.
    pub(crate) fn with(mut self, part: &str) -> Self {
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part.as_bytes());
        self
    }

    fn digest(&self) -> [u8; 32] {
        self.0.clone().finalize().into()
    }
}

/// Makes and reads cursors.
pub(crate) struct Cursors(XChaCha20Poly1305);

impl Cursors {
    pub(crate) fn new(master: &MasterKey) -> Self {
        Self(seal::cipher(master, "strongroom local-api cursors v1"))
    }

    /// The cursor that continues this query after this row.
    pub(crate) fn write(&self, query: &QueryIdentity, position: &Position) -> Result<Option<Cursor>, Refusal> {
        let mut nonce = [0; seal::NONCE];
        getrandom::fill(&mut nonce).map_err(Refusal::internal)?;
        let mut plain = position.created_at.to_le_bytes().to_vec();
        plain.extend_from_slice(position.id.as_bytes());
        let payload = Payload {
            msg: &plain,
            aad: &query.digest(),
        };
        let sealed = self
            .0
            .encrypt(&XNonce::from(nonce), payload)
            .map_err(|_| Refusal::internal("a cursor could not be sealed"))?;
        let bytes = [nonce.as_slice(), sealed.as_slice()].concat();
        Ok(Cursor::new(URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// Where the cursor points to.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` on `cursor` when it was not made by this server for this query.
    pub(crate) fn read(&self, query: &QueryIdentity, text: &str) -> Result<Position, Refusal> {
        self.open(query, text)
            .ok_or_else(|| Refusal::field("cursor", "this cursor does not belong to this query"))
    }

    fn open(&self, query: &QueryIdentity, text: &str) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<{ seal::NONCE }>()?;
        let payload = Payload {
            msg: sealed,
            aad: &query.digest(),
        };
        let plain = self.0.decrypt(&XNonce::from(*nonce), payload).ok()?;
        let (created_at, id) = plain.split_first_chunk::<8>()?;
        Some(Position {
            created_at: Micros::from_le_bytes(*created_at),
            id: String::from_utf8(id.to_vec()).ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cursors() -> Cursors {
        Cursors::new(&MasterKey::new([7; 32]))
    }

    #[test]
    fn a_cursor_belongs_to_one_query() {
        let position = Position {
            created_at: 1,
            id: "wsec_1".to_owned(),
        };
        let query = QueryIdentity::new("profile", "/v1/a").with("x");
        let text = cursors().write(&query, &position).unwrap().unwrap();
        assert_eq!(cursors().read(&query, text.as_str()).unwrap(), position);
        for other in [
            QueryIdentity::new("profile", "/v1/a").with("y"),
            QueryIdentity::new("profile", "/v1/a"),
            QueryIdentity::new("profil", "e/v1/a").with("x"),
            QueryIdentity::new("other", "/v1/a").with("x"),
        ] {
            assert!(cursors().read(&other, text.as_str()).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_cursor_by_chance(text in any::<String>()) {
            prop_assert!(cursors().read(&QueryIdentity::new("p", "/"), &text).is_err());
        }

        #[test]
        fn no_changed_cursor_is_accepted(index in 0_usize..60, flip in 1_u8..=255) {
            let query = QueryIdentity::new("p", "/");
            let position = Position { created_at: 5, id: "wsec_1".to_owned() };
            let text = cursors().write(&query, &position).unwrap().unwrap();
            let mut bytes = URL_SAFE_NO_PAD.decode(text.as_str()).unwrap();
            let index = index % bytes.len();
            bytes[index] ^= flip;
            prop_assert!(cursors().read(&query, &URL_SAFE_NO_PAD.encode(bytes)).is_err());
        }
    }
}
