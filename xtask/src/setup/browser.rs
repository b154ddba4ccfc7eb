//! The browsers and their drivers.

use std::env;
use std::path::{Path, PathBuf};

use super::{Step, apt, cargo_tools, version};
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

/// What the end-to-end tests run in. The shell is Chromium without the user interface of a browser, which costs as much
/// processor time as the console itself. See docs/decisions/0703.
pub(crate) fn for_tests(browser: &Browser) -> PathBuf {
    let shell = || on_path(SHELL).filter(|shell| major(shell) == major(&browser.driver));
    named("CHROMIUM")
        .or_else(shell)
        .unwrap_or_else(|| browser.chromium.clone())
}

const SHELL: &str = "chromium-headless-shell";

/// Only where it can be had without asking anyone: the tests also run in Chromium.
pub(super) fn shell() -> Option<Step<'static>> {
    if named("CHROMIUM").is_some() || on_path(SHELL).is_some() || !apt::is_possible() {
        return None;
    }
    Some(Step {
        what: "Chromium's headless shell, with apt".to_owned(),
        takes: "half a minute, 220 MB",
        remedy: "as root: `apt-get install chromium-headless-shell`".to_owned(),
        action: Box::new(|| {
            if let Err(failure) = apt::install(&[SHELL]) {
                eprintln!("not installed, so the tests run in Chromium itself: {failure}");
            }
            Ok(())
        }),
    })
}

/// A path that a variable of the environment names.
fn named(variable: &str) -> Option<PathBuf> {
    env::var_os(variable).filter(|path| !path.is_empty()).map(PathBuf::from)
}

/// The first of these programs on `PATH`, unless a variable names one.
fn find(variable: &str, programs: &[&str]) -> Option<PathBuf> {
    named(variable).or_else(|| programs.iter().find_map(|program| on_path(program)))
}

/// Firefox: any version works with any recent geckodriver.
fn firefox_program() -> Option<PathBuf> {
    find("FIREFOX", &["firefox-esr", "firefox"])
}

/// `WebKitGTK`'s driver, which starts the `MiniBrowser` of its own package, and the screen that this needs.
fn webkit_programs() -> Option<[PathBuf; 2]> {
    Some([find("WEBKITDRIVER", &["WebKitWebDriver"])?, find("XVFB", &["Xvfb"])?])
}

/// The variables that name Firefox and its driver to the tests.
pub(crate) fn firefox_variables() -> Outcome<Vec<(&'static str, PathBuf)>> {
    let firefox = firefox_program().ok_or_else(|| Failure::new("there is no Firefox"))?;
    Ok(vec![
        ("FIREFOX", firefox),
        ("GECKODRIVER", cargo_tools::geckodriver_program()?),
    ])
}

/// The variables that name `WebKitGTK`'s driver and its screen to the tests.
pub(crate) fn webkit_variables() -> Outcome<Vec<(&'static str, PathBuf)>> {
    let [driver, screen] = webkit_programs().ok_or_else(|| Failure::new("there is no WebKitWebDriver or no Xvfb"))?;
    Ok(vec![("WEBKITDRIVER", driver), ("XVFB", screen)])
}

pub(super) fn firefox() -> Option<Step<'static>> {
    if firefox_program().is_some() {
        return None;
    }
    Some(Step {
        what: "Firefox, with apt".to_owned(),
        takes: "half a minute, 300 MB",
        remedy: "as root on Debian: `apt-get install firefox-esr`; elsewhere install Firefox and name it with the \
                 variable FIREFOX"
            .to_owned(),
        action: Box::new(|| {
            apt::install(&["firefox-esr"])?;
            firefox_program()
                .map(|_| ())
                .ok_or_else(|| Failure::new("apt installed it, but it is not on PATH"))
        }),
    })
}

pub(super) fn webkit() -> Option<Step<'static>> {
    if webkit_programs().is_some() {
        return None;
    }
    Some(Step {
        what: "WebKitGTK, its driver and Xvfb, with apt".to_owned(),
        takes: "half a minute, 200 MB",
        remedy: "as root on Debian: `apt-get install webkit2gtk-driver xvfb`; elsewhere install both and name them \
                 with the variables WEBKITDRIVER and XVFB"
            .to_owned(),
        action: Box::new(|| {
            apt::install(&["webkit2gtk-driver", "xvfb"])?;
            webkit_programs()
                .map(|_| ())
                .ok_or_else(|| Failure::new("apt installed them, but they are not on PATH"))
        }),
    })
}

fn major(program: &Path) -> Option<u32> {
    let line = version(program)?;
    let number = line
        .split_whitespace()
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))?;
    number.split('.').next()?.parse().ok()
}
