//! The master key: 32 random bytes in a file of their own, beside the database.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use crate::StartError;

/// The length of the master key, in bytes.
pub(crate) const LENGTH: usize = 32;

/// The master key; wiped when dropped.
pub(crate) type MasterKey = Zeroizing<[u8; LENGTH]>;

/// Where the key of a database is: its path with `.key` at the end.
pub(crate) fn path_for(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".key");
    PathBuf::from(name)
}

/// Reads the key; none where there is no file.
///
/// # Errors
///
/// When the file can be read by anyone but its owner, has another length, or cannot be read.
pub(crate) fn read(path: &Path) -> Result<Option<MasterKey>, StartError> {
    match File::open(path) {
        Ok(file) => read_open(path, file).map(Some),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(StartError::file(path, error)),
    }
}

fn read_open(path: &Path, mut file: File) -> Result<MasterKey, StartError> {
    // Asked of the open file and not of the path: the two could differ by the time of the reading.
    let mode = file.metadata().map_err(|error| StartError::file(path, error))?.mode();
    if mode & 0o077 != 0 {
        return Err(StartError::KeyFileMode {
            path: path.to_owned(),
            mode: mode & 0o777,
        });
    }
    let mut key = MasterKey::default();
    let mut rest = [0; 1];
    let whole = file.read_exact(&mut *key).and_then(|()| file.read(&mut rest));
    match whole {
        Ok(0) => Ok(key),
        Ok(_) => Err(StartError::KeyFileLength(path.to_owned())),
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => Err(StartError::KeyFileLength(path.to_owned())),
        Err(error) => Err(StartError::file(path, error)),
    }
}

/// Makes a key, for a database that holds nothing yet: in place of a lost one it would open nothing.
///
/// # Errors
///
/// When the file cannot be written, or is there.
pub(crate) fn create(path: &Path) -> Result<MasterKey, StartError> {
    let mut key = MasterKey::default();
    getrandom::fill(&mut *key)?;
    // The mode is given at creation: a file that is narrowed afterwards is open to everyone for a moment.
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .and_then(|mut file| {
            file.write_all(&*key)?;
            file.sync_all()
        });
    match written {
        Ok(()) => Ok(key),
        Err(error) => Err(StartError::file(path, error)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_is_kept_and_only_the_owner_may_read_it() {
        let folder = crate::start::PrivateFolder::create().unwrap();
        let path = folder.path().join("a.key");
        assert!(read(&path).unwrap().is_none());
        let key = create(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
        assert_eq!(*read(&path).unwrap().unwrap(), *key);
        assert!(create(&path).is_err(), "a key is never written over");

        std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o640)).unwrap();
        assert!(matches!(read(&path), Err(StartError::KeyFileMode { mode: 0o640, .. })));
    }

    #[test]
    fn a_key_of_another_length_is_refused() {
        let folder = crate::start::PrivateFolder::create().unwrap();
        for length in [0, LENGTH - 1, LENGTH + 1] {
            let path = folder.path().join(format!("{length}.key"));
            std::fs::write(&path, vec![7; length]).unwrap();
            std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
            assert!(matches!(read(&path), Err(StartError::KeyFileLength(_))), "{length}");
        }
    }
}
