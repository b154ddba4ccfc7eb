//! Starts Chromium and its driver, with an empty profile.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use thirtyfour::{Capabilities, WebDriver};

use crate::local_api::scratch;
use crate::process::{Process, on_path, required};
use crate::wait::block_on;

/// What every browser of ours is started with.
const ARGUMENTS: [&str; 10] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--lang=en-US",
    "--window-size=1280,900",
];

/// A browser of its own. It ends when it is dropped, and its profile goes with it.
#[derive(Debug)]
pub(crate) struct Chromium {
    pub(crate) driver: WebDriver,
    _chromedriver: Process,
    pub(crate) profile: PathBuf,
}

impl Chromium {
    /// Starts one with a profile of this name, more arguments, and these logs kept, to be read.
    ///
    /// # Panics
    ///
    /// Where Chromium or its driver is missing, with the remedy.
    pub(crate) fn start(name: &str, more: &[&str], logs: &Value) -> Self {
        let remedy = "apt-get install chromium chromium-driver";
        let chromedriver = required("CHROMEDRIVER", &on_path("chromedriver"), remedy);
        let chromium = required(
            "CHROMIUM",
            &[on_path("chromium"), on_path("chromium-browser")].concat(),
            remedy,
        );
        let mut chromedriver = Process::start(&chromedriver, &["--port=0".to_owned()]);
        let port = chromedriver.wait_for_line(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let profile = scratch(name);
        let folder = format!("--user-data-dir={}", profile.display());
        let arguments = [&ARGUMENTS[..], more, &[folder.as_str()]].concat();
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium, "args": arguments},
            "goog:loggingPrefs": logs,
        });
        let Value::Object(wanted) = wanted else {
            unreachable!("it is written as an object above")
        };
        let driver = block_on(WebDriver::new(
            format!("http://127.0.0.1:{port}"),
            Capabilities::from(wanted),
        ));
        Self {
            driver: driver.unwrap_or_else(|error| panic!("starting Chromium: {error}")),
            _chromedriver: chromedriver,
            profile,
        }
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Where the browser is gone already there is nothing to quit; the driver ends with its process.
        let _ = block_on(self.driver.clone().quit());
        let _ = fs::remove_dir_all(&self.profile);
    }
}
