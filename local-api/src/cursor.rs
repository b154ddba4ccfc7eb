//! Cursors: where the next page of exactly one query starts (api.md, Pagination).
//!
//! A cursor is base64 of a hash of its query and the position of the last row. One of another query is refused.

use std::hash::{DefaultHasher, Hash, Hasher};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::Cursor;

use crate::clock::Micros;
use crate::failure::Refusal;

/// The last row of a page: the next one starts after it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Position {
    /// When the row was created.
    pub(crate) created_at: Micros,
    /// Its id, for rows of the same microsecond.
    pub(crate) id: String,
}

/// What a cursor belongs to: the profile, path, filters and order. The page size is not part of it.
#[derive(Debug, Clone)]
pub(crate) struct QueryIdentity(DefaultHasher);

impl QueryIdentity {
    pub(crate) fn new(profile: &str, path: &str) -> Self {
        Self(DefaultHasher::new()).with(profile).with(path)
    }

    /// Adds one part. The hash of a `str` includes its end, so `ab`, `c` differs from `a`, `bc`.
    pub(crate) fn with(mut self, part: &str) -> Self {
        part.hash(&mut self.0);
        self
    }

    /// The cursor that continues this query after this row.
    pub(crate) fn cursor(&self, position: &Position) -> Option<Cursor> {
        let bytes = [
            &self.0.finish().to_le_bytes()[..],
            &position.created_at.to_le_bytes(),
            position.id.as_bytes(),
        ]
        .concat();
        Cursor::new(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// Where the cursor points to.
    ///
    /// # Errors
    ///
    /// `INVALID_ARGUMENT` on `cursor` when it does not belong to this query.
    pub(crate) fn position(&self, cursor: &str) -> Result<Position, Refusal> {
        self.decode(cursor)
            .ok_or_else(|| Refusal::field("cursor", "this cursor does not belong to this query"))
    }

    fn decode(&self, cursor: &str) -> Option<Position> {
        let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
        let (hash, position) = bytes.split_first_chunk::<8>()?;
        if *hash != self.0.finish().to_le_bytes() {
            return None;
        }
        let (created_at, id) = position.split_first_chunk::<8>()?;
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

    #[test]
    fn a_cursor_belongs_to_one_query() {
        let position = Position {
            created_at: 1,
            id: "wsec_1".to_owned(),
        };
        let query = QueryIdentity::new("profile", "/v1/a").with("x");
        let cursor = query.cursor(&position).unwrap();
        assert_eq!(query.position(cursor.as_str()).unwrap(), position);
        for other in [
            QueryIdentity::new("profile", "/v1/a").with("y"),
            QueryIdentity::new("profile", "/v1/a"),
            QueryIdentity::new("profil", "e/v1/a").with("x"),
            QueryIdentity::new("other", "/v1/a").with("x"),
        ] {
            assert!(other.position(cursor.as_str()).is_err());
        }
    }

    proptest! {
        #[test]
        fn no_text_is_a_cursor_by_chance(text in any::<String>()) {
            prop_assert!(QueryIdentity::new("p", "/").position(&text).is_err());
        }

        #[test]
        fn no_cursor_with_another_hash_is_accepted(index in 0_usize..8, flip in 1_u8..=255) {
            let query = QueryIdentity::new("p", "/");
            let position = Position { created_at: 5, id: "wsec_1".to_owned() };
            let cursor = query.cursor(&position).unwrap();
            let mut bytes = URL_SAFE_NO_PAD.decode(cursor.as_str()).unwrap();
            bytes[index] ^= flip;
            prop_assert!(query.position(&URL_SAFE_NO_PAD.encode(bytes)).is_err());
        }
    }
}
