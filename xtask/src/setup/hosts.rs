//! The web servers that the recipes of `dist/hosting/` are tried in, and what puts load on them.

use std::path::{Path, PathBuf};

use super::{Step, apt};
use crate::failure::Failure;
use crate::repository::on_path;

/// Debian's packages, each named as its program.
const PROGRAMS: [&str; 3] = ["nginx", "caddy", "wrk"];

pub(super) fn hosts() -> Option<Step<'static>> {
    let missing = missing();
    if missing.is_empty() {
        return None;
    }
    Some(Step {
        what: format!("{}, with apt", missing.join(", ")),
        takes: "half a minute, 60 MB",
        remedy: "as root on Debian: `apt-get install nginx caddy wrk`; elsewhere install them your own way".to_owned(),
        action: Box::new(move || {
            apt::install(&missing)?;
            match self::missing().first() {
                None => Ok(()),
                Some(program) => Err(Failure::new(format!("apt installed {program}, but it is not there"))),
            }
        }),
    })
}

fn missing() -> Vec<&'static str> {
    PROGRAMS.into_iter().filter(|program| find(program).is_none()).collect()
}

/// Debian keeps web servers where only root looks.
fn find(program: &str) -> Option<PathBuf> {
    on_path(program).or_else(|| Some(Path::new("/usr/sbin").join(program)).filter(|path| path.is_file()))
}
