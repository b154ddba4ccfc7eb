//! API keys in the database: hashes alone, never a key.

use rusqlite::{Transaction, params};

use crate::failure::Refusal;
use crate::key::{self, Grants, KeyHash};

/// Who a key belongs to and what it may do.
pub(crate) struct Holder {
    pub(crate) profile: String,
    pub(crate) grants: Grants,
}

/// The holder of the key with this hash; none where no enabled key has it.
///
/// Every key is compared, each in constant time, so the time of an answer tells nothing about how near a guess was.
pub(crate) fn find(transaction: &Transaction<'_>, hash: &KeyHash) -> Result<Option<Holder>, Refusal> {
    let mut statement = transaction.prepare_cached("SELECT hash, profile_id, scopes, disabled FROM api_keys")?;
    let mut rows = statement.query([])?;
    let mut found = None;
    while let Some(row) = rows.next()? {
        let stored: Vec<u8> = row.get(0)?;
        if key::same(&stored, hash) && !row.get::<_, bool>(3)? {
            let scopes: String = row.get(2)?;
            found = Some(Holder {
                profile: row.get(1)?,
                grants: Grants::from_text(&scopes),
            });
        }
    }
    Ok(found)
}

/// Gives a profile this key, in place of any that it had.
pub(crate) fn replace(
    transaction: &Transaction<'_>,
    profile: &str,
    hash: &KeyHash,
    grants: &Grants,
) -> Result<(), Refusal> {
    let sql = "INSERT INTO api_keys (profile_id, hash, scopes) VALUES (?, ?, ?) \
               ON CONFLICT (profile_id) DO UPDATE SET hash = excluded.hash, scopes = excluded.scopes, disabled = 0";
    transaction.execute(sql, params![profile, hash, grants.to_text()])?;
    Ok(())
}

/// Disables or enables the key of a profile; says whether it has one.
pub(crate) fn set_disabled(transaction: &Transaction<'_>, profile: &str, disabled: bool) -> Result<bool, Refusal> {
    let sql = "UPDATE api_keys SET disabled = ? WHERE profile_id = ?";
    Ok(transaction.execute(sql, params![disabled, profile])? > 0)
}
