//! A browser to measure in.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver};

use crate::local_api::scratch;
use crate::process::{Process, on_path, required};
use crate::wait::block_on;

/// A browser with an empty profile, which nothing else is done in.
#[derive(Debug)]
pub(super) struct Browser {
    driver: WebDriver,
    _chromedriver: Process,
    profile: PathBuf,
}

impl Browser {
    /// Starts one whose pages run this script before their own.
    pub(super) fn start(slowed: u32, script: &str) -> Self {
        let remedy = "apt-get install chromium chromium-driver";
        let chromedriver = required("CHROMEDRIVER", &on_path("chromedriver"), remedy);
        let chromium = required("CHROMIUM", &on_path("chromium"), remedy);
        let mut chromedriver = Process::start(&chromedriver, &["--port=0".to_owned()]);
        let port = chromedriver.wait_for_line(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let profile = scratch("measured-profile");
        let arguments = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-extensions",
            "--disable-sync",
            "--lang=en-US",
            "--window-size=1280,900",
            &format!("--user-data-dir={}", profile.display()),
        ];
        let wanted = json!({
            "browserName": "chrome",
            "goog:chromeOptions": {"binary": chromium, "args": arguments},
        });
        let Value::Object(wanted) = wanted else {
            unreachable!("it is written as an object above")
        };
        let driver = block_on(WebDriver::new(
            format!("http://127.0.0.1:{port}"),
            Capabilities::from(wanted),
        ));
        let browser = Self {
            driver: driver.unwrap_or_else(|error| panic!("starting Chromium: {error}")),
            _chromedriver: chromedriver,
            profile,
        };
        browser.tell("Page.enable", json!({}));
        browser.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
        browser.tell("Emulation.setCPUThrottlingRate", json!({"rate": slowed}));
        browser
    }

    /// Tells the browser something through its protocol for developers.
    pub(super) fn tell(&self, what: &str, how: Value) -> Value {
        let answer: WebDriverResult<Value> = block_on(self.driver.cdp().send_raw(what, how));
        answer.unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// Opens an address.
    pub(super) fn visit(&self, address: &str) {
        block_on(self.driver.goto(address)).unwrap_or_else(|error| panic!("visiting {address}: {error}"));
    }

    /// What an expression of the page comes to; where that is a promise, what it promises.
    pub(super) fn ask(&self, expression: &str) -> Value {
        let how = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = self.tell("Runtime.evaluate", how);
        let is_wrong = !answer["exceptionDetails"].is_null();
        assert!(!is_wrong, "{expression}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// A number that an expression of the page comes to.
    pub(super) fn number(&self, expression: &str) -> f64 {
        let answer = self.ask(expression);
        answer.as_f64().unwrap_or_else(|| panic!("{expression} is {answer}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Where the browser is gone already there is nothing to quit; the driver ends with its process.
        let _ = block_on(self.driver.clone().quit());
        let _ = fs::remove_dir_all(&self.profile);
    }
}
