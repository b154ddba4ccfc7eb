//! API keys in the database.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::failure::Refusal;
use crate::key::Grants;

/// Who a key belongs to and what it may do.
pub(crate) struct Holder {
    pub(crate) profile: String,
    pub(crate) grants: Grants,
    /// Whether the profile has the admin role, which is no scope.
    pub(crate) is_admin: bool,
}

/// The holder of an enabled key.
pub(crate) fn find(transaction: &Transaction<'_>, key: &str) -> Result<Option<Holder>, Refusal> {
    let sql = "SELECT profile_id, scopes, is_admin FROM api_keys WHERE key = ? AND NOT disabled";
    let holder = transaction.prepare_cached(sql)?.query_row([key], |row| {
        Ok(Holder {
            profile: row.get(0)?,
            grants: Grants::from_text(&row.get::<_, String>(1)?),
            is_admin: row.get(2)?,
        })
    });
    Ok(holder.optional()?)
}

/// Gives a profile this key, in place of any that it had.
pub(crate) fn replace(
    transaction: &Transaction<'_>,
    profile: &str,
    key: &str,
    grants: &Grants,
    is_admin: bool,
) -> Result<(), Refusal> {
    let sql = "INSERT INTO api_keys (profile_id, key, scopes, is_admin) VALUES (?, ?, ?, ?) \
               ON CONFLICT (profile_id) DO UPDATE SET key = excluded.key, scopes = excluded.scopes, \
               is_admin = excluded.is_admin, disabled = 0";
    transaction.execute(sql, params![profile, key, grants.to_text(), is_admin])?;
    Ok(())
}

/// Disables or enables the key of a profile; says whether it has one.
pub(crate) fn set_disabled(transaction: &Transaction<'_>, profile: &str, disabled: bool) -> Result<bool, Refusal> {
    let sql = "UPDATE api_keys SET disabled = ? WHERE profile_id = ?";
    Ok(transaction.execute(sql, params![disabled, profile])? > 0)
}
