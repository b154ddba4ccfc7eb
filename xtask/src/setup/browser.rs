//! Chromium and its driver.

use std::env;
use std::path::{Path, PathBuf};

use super::{Step, apt, version};
use crate::failure::{Failure, Outcome};
use crate::repository::on_path;

const BROWSERS: &[&str] = &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Chromium and a driver of the same version.
pub(crate) struct Browser {
    pub(crate) chromium: PathBuf,
    pub(crate) driver: PathBuf,
}

impl Browser {
    /// Named by `CHROMIUM` and `CHROMEDRIVER`, or else the first ones on `PATH`.
    pub(crate) fn find() -> Option<Self> {
        let named = |variable: &str| env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from);
        let chromium = named("CHROMIUM").or_else(|| BROWSERS.iter().find_map(|program| on_path(program)))?;
        let driver = named("CHROMEDRIVER").or_else(|| on_path("chromedriver"))?;
        Some(Self { chromium, driver })
    }

    /// A driver only works with a browser of the same major version, and its own error message is unclear.
    fn check(&self) -> Outcome<()> {
        let (browser, driver) = (major(&self.chromium), major(&self.driver));
        if browser.is_some() && browser == driver {
            return Ok(());
        }
        let word = |version: Option<u32>| version.map_or("of an unknown version".to_owned(), |major| major.to_string());
        Err(Failure::new(format!(
            "{} is {} and {} is {}: they must be of one major version. Install both from one source, or name a pair \
             with the variables CHROMIUM and CHROMEDRIVER",
            self.chromium.display(),
            word(browser),
            self.driver.display(),
            word(driver)
        )))
    }
}

pub(super) fn browser() -> Outcome<Option<Step<'static>>> {
    if let Some(browser) = Browser::find() {
        return browser.check().map(|()| None);
    }
    Ok(Some(Step {
        what: "Chromium and its driver, with apt".to_owned(),
        takes: "about a minute, 400 MB",
        remedy: "as root on Debian: `apt-get install chromium chromium-driver`; elsewhere install Chromium or Chrome \
                 with the chromedriver of the same version, and name them with the variables CHROMIUM and CHROMEDRIVER"
            .to_owned(),
        action: Box::new(|| {
            apt::install(&["chromium", "chromium-driver"])?;
            Browser::find()
                .ok_or_else(|| Failure::new("apt installed them, but they are not on PATH"))?
                .check()
        }),
    }))
}

fn major(program: &Path) -> Option<u32> {
    let line = version(program)?;
    let number = line
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    number.split('.').next()?.parse().ok()
}
