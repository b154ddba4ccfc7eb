//! Whether a key file belongs to this database.

use rusqlite::{OptionalExtension, Transaction, params};

use crate::failure::Refusal;
use crate::key;
use crate::key_file::MasterKey;
use crate::seal::{self, Sealer};

/// Whether this is the key that the database was made with. A database that does not know its key yet takes it, unless
/// it holds a value that the key does not open: one of the time before keys were checked.
pub(crate) fn agrees(transaction: &Transaction<'_>, master: &MasterKey, sealer: &Sealer) -> Result<bool, Refusal> {
    let check = seal::key_check(master);
    let known: Option<Vec<u8>> = transaction
        .query_row("SELECT hash FROM key_check", [], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(key::same(&known, &check));
    }
    let any_value = "SELECT workspace_id, id, sealed_value FROM secrets WHERE sealed_value IS NOT NULL LIMIT 1";
    let opens = transaction
        .query_row(any_value, [], |row| {
            let (workspace, id): (String, String) = (row.get(0)?, row.get(1)?);
            let sealed: Vec<u8> = row.get(2)?;
            Ok(sealer.opens(&workspace, &id, &sealed))
        })
        .optional()?;
    if opens == Some(false) {
        return Ok(false);
    }
    transaction.execute("INSERT INTO key_check (number, hash) VALUES (1, ?)", params![check])?;
    Ok(true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use contract::SecretText;
    use rusqlite::Connection;

    fn with_key(connection: &mut Connection, byte: u8) -> bool {
        let master = MasterKey::new([byte; 32]);
        let transaction = connection.transaction().unwrap();
        let agrees = agrees(&transaction, &master, &Sealer::new(&master)).unwrap();
        transaction.commit().unwrap();
        agrees
    }

    #[test]
    fn the_first_key_is_the_right_one_from_then_on() {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut connection).unwrap();
        assert!(with_key(&mut connection, 7));
        assert!(with_key(&mut connection, 7));
        assert!(!with_key(&mut connection, 8));
    }

    #[test]
    fn a_database_that_knows_no_key_is_asked_for_a_value() {
        let mut connection = Connection::open_in_memory().unwrap();
        super::super::migrations::apply(&mut connection).unwrap();
        connection.pragma_update(None, "foreign_keys", false).unwrap();
        let sealer = Sealer::new(&MasterKey::new([7; 32]));
        let sealed = sealer.seal("w", "s", &SecretText::new("v")).unwrap();
        let sql = "INSERT INTO secrets (id, workspace_id, name, name_folded, labels, created_by, created_at, sealed_value) \
                   VALUES ('s', 'w', 'n', 'n', '{}', 'p', 0, ?)";
        connection.execute(sql, [sealed]).unwrap();
        assert!(!with_key(&mut connection, 8));
        assert!(with_key(&mut connection, 7));
        assert!(!with_key(&mut connection, 8));
    }
}
