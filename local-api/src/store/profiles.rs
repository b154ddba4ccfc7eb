//! Profiles in the database: people, API keys and the system.

use std::collections::{BTreeSet, HashMap};

use contract::{AccountResourceMetadata, Labels, Profile, ProfileId, ProfileSpec, ProfileType};
use rusqlite::{OptionalExtension, Row, Transaction, params};

use crate::clock::Micros;
use crate::cursor::Position;
use crate::failure::Refusal;
use crate::fold::fold;
use crate::store::rows;
use crate::store::selection::{OrderColumns, PageRequest, Rows, Selection};

const COLUMNS: &str = "id, (SELECT id FROM account), name, created_by, external_id, labels, created_at, kind, email";

/// A profile to be written.
pub(crate) struct NewProfile<'a> {
    pub(crate) id: &'a str,
    pub(crate) kind: ProfileType,
    pub(crate) name: &'a str,
    pub(crate) email: Option<&'a str>,
    pub(crate) external_id: Option<&'a str>,
    pub(crate) labels: &'a Labels,
    pub(crate) created_by: &'a str,
    pub(crate) created_at: Micros,
}

fn read(row: &Row<'_>) -> rusqlite::Result<Profile> {
    let name: String = row.get(2)?;
    let kind: String = row.get(7)?;
    Ok(Profile {
        metadata: AccountResourceMetadata {
            id: rows::id(row, 0)?,
            account_id: row.get(1)?,
            name: name.clone(),
            profile_id: Some(rows::id(row, 3)?),
            external_id: row.get(4)?,
            labels: rows::labels(row, 5)?,
            created_at: rows::instant(row, 6)?,
        },
        spec: ProfileSpec {
            kind: ProfileType::from(kind.as_str()),
            email: row.get(8)?,
            name: Some(name),
        },
        last_used_at: None,
    })
}

/// One page of the profiles whose name or email holds the text.
pub(crate) fn page(
    transaction: &Transaction<'_>,
    text: Option<&str>,
    labels: &Labels,
    request: &PageRequest,
) -> Result<Rows<Profile>, Refusal> {
    let mut selection = Selection::new(&format!("SELECT {COLUMNS} FROM profiles WHERE TRUE"), Vec::new());
    if let Some(text) = text {
        selection.and("instr(folded, ?) > 0", [fold(text).into()]);
    }
    selection.and_labels("labels", labels);
    let columns = OrderColumns {
        instant: "created_at",
        id: "id",
    };
    selection.page(transaction, &columns, request, |row| {
        let position = Position {
            created_at: row.get(6)?,
            id: row.get(0)?,
        };
        Ok((read(row)?, position))
    })
}

/// One profile.
pub(crate) fn find(transaction: &Transaction<'_>, id: &str) -> Result<Option<Profile>, Refusal> {
    let mut statement = transaction.prepare_cached(&format!("SELECT {COLUMNS} FROM profiles WHERE id = ?"))?;
    Ok(statement.query_row([id], read).optional()?)
}

/// The profile with this email address, in whatever case it is written.
pub(crate) fn find_by_email(transaction: &Transaction<'_>, email: &str) -> Result<Option<Profile>, Refusal> {
    let sql = format!("SELECT {COLUMNS} FROM profiles WHERE lower(email) = lower(?)");
    let mut statement = transaction.prepare_cached(&sql)?;
    Ok(statement.query_row([email], read).optional()?)
}

/// All of these profiles, in one statement.
pub(crate) fn find_all(
    transaction: &Transaction<'_>,
    ids: &BTreeSet<ProfileId>,
) -> Result<HashMap<ProfileId, Profile>, Refusal> {
    let ids = serde_json::to_string(ids).map_err(Refusal::internal)?;
    let sql = format!("SELECT {COLUMNS} FROM profiles WHERE id IN (SELECT value FROM json_each(?))");
    let mut statement = transaction.prepare_cached(&sql)?;
    let found = statement.query_map([ids], read)?;
    let mut profiles = HashMap::new();
    for profile in found {
        let profile = profile?;
        profiles.insert(profile.metadata.id.clone(), profile);
    }
    Ok(profiles)
}

/// Writes a new profile.
pub(crate) fn insert(transaction: &Transaction<'_>, profile: &NewProfile<'_>) -> Result<(), Refusal> {
    // A line feed between the two: no name holds one, so no search runs from the one into the other.
    let folded = fold(&format!("{}\n{}", profile.name, profile.email.unwrap_or_default()));
    let mut statement = transaction.prepare_cached(
        "INSERT INTO profiles (id, kind, name, email, folded, external_id, labels, created_by, created_at) \
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
    )?;
    statement.execute(params![
        profile.id,
        profile.kind.as_str(),
        profile.name,
        profile.email,
        folded,
        profile.external_id,
        rows::labels_text(profile.labels)?,
        profile.created_by,
        profile.created_at,
    ])?;
    Ok(())
}
