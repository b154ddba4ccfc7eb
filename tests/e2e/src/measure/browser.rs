//! A browser to measure in.

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;

use crate::chromium::Chromium;
use crate::wait::block_on;

/// A browser with an empty profile, which nothing else is done in.
#[derive(Debug)]
pub(super) struct Browser(Chromium);

impl Browser {
    /// Starts one whose pages run this script before their own.
    pub(super) fn start(slowed: u32, script: &str) -> Self {
        let browser = Self(Chromium::start(&["--disable-extensions"]));
        browser.tell("Page.enable", json!({}));
        browser.tell("Page.addScriptToEvaluateOnNewDocument", json!({"source": script}));
        browser.tell("Emulation.setCPUThrottlingRate", json!({"rate": slowed}));
        browser
    }

    /// Tells the browser something through its protocol for developers.
    pub(super) fn tell(&self, what: &str, how: Value) -> Value {
        let answer: WebDriverResult<Value> = block_on(self.0.driver.cdp().send_raw(what, how));
        answer.unwrap_or_else(|error| panic!("{what}: {error}"))
    }

    /// Opens an address.
    pub(super) fn visit(&self, address: &str) {
        block_on(self.0.driver.goto(address)).unwrap_or_else(|error| panic!("visiting {address}: {error}"));
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
