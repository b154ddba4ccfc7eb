//! Chromium and its driver: a browser for each test that runs at the same time, and in it a new context for each test.
//!
//! A context is as empty as a new profile: it shares no storage, cache, connection or tab with another one. Starting a
//! browser takes about a second of the processor, a context a fifth of that. See docs/decisions/0701.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::{fs, io};

use serde_json::{Value, json};
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, WebDriver};

use crate::devtools::Connection;
use crate::local_api::scratch;
use crate::process::{Process, on_path, required};
use crate::wait::block_on;

/// The file of wasm-bindgen's test runner, which has the arguments of every Chromium of this repository.
const SHARED: &str = include_str!("../../../webdriver.json");

const WINDOW_SIZE: &str = "--window-size=1280,900";

/// Browsers that no test is using.
static IDLE: Mutex<Vec<Chromium>> = Mutex::new(Vec::new());

/// A separate browser. It ends with this handle or this process, and its profile is removed.
#[derive(Debug)]
pub(crate) struct Chromium {
    pub(crate) driver: WebDriver,
    /// The address of the driver.
    server: String,
    profile: PathBuf,
    _chromedriver: Process,
}

impl Chromium {
    /// Starts one with more arguments.
    ///
    /// # Panics
    ///
    /// Where Chromium or its driver is missing, with the remedy.
    pub(crate) fn start(more: &[&str]) -> Self {
        let remedy = "apt-get install chromium chromium-driver";
        let chromedriver = required("CHROMEDRIVER", &on_path("chromedriver"), remedy);
        let chromium = required(
            "CHROMIUM",
            &[on_path("chromium"), on_path("chromium-browser")].concat(),
            remedy,
        );
        let profile = scratch("profile");
        let mut chromedriver = Process::start_with_folder(&chromedriver, &["--port=0".to_owned()], &profile);
        let port = chromedriver.wait_for_line(|line| {
            let port = line.split_once("started successfully on port ")?.1;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let shared: Value = serde_json::from_str(SHARED).expect("webdriver.json is JSON");
        let shared = shared["goog:chromeOptions"]["args"]
            .as_array()
            .expect("it has arguments");
        let shared = shared.iter().filter_map(Value::as_str);
        let arguments: Vec<&str> = shared.chain([WINDOW_SIZE]).chain(more.iter().copied()).collect();
        let server = format!("http://127.0.0.1:{port}");
        let driver = session(&server, &json!({"binary": chromium, "args": arguments}), &json!({}));
        Self {
            driver: driver.unwrap_or_else(|error| panic!("starting Chromium: {error}")),
            server,
            profile,
            _chromedriver: chromedriver,
        }
    }

    /// The browser's port for developers, and the path of the browser as a whole there.
    fn devtools(&self) -> io::Result<(u16, String)> {
        // The driver makes the profile in its folder for temporary files.
        let mut folders = fs::read_dir(&self.profile)?.flatten();
        let text = folders.find_map(|it| fs::read_to_string(it.path().join("DevToolsActivePort")).ok());
        let text = text.ok_or(io::ErrorKind::NotFound)?;
        let (port, path) = text.trim().split_once('\n').ok_or(io::ErrorKind::InvalidData)?;
        Ok((port.parse().map_err(io::Error::other)?, path.to_owned()))
    }

    fn call(&self, method: &str, parameters: &Value) -> io::Result<Value> {
        let (port, path) = self.devtools()?;
        Connection::open(port, &path)?.call(method, parameters)
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // Where the browser is gone already there is nothing to quit; the driver ends with its process.
        let _ = block_on(self.driver.clone().quit());
    }
}

fn session(server: &str, options: &Value, logs: &Value) -> WebDriverResult<WebDriver> {
    let mut wanted = Capabilities::new();
    wanted.set("browserName", "chrome")?;
    wanted.set("goog:chromeOptions", options.clone())?;
    wanted.set("goog:loggingPrefs", logs.clone())?;
    block_on(WebDriver::new(server, wanted))
}

/// A browser context for one test. When it is dropped, its browser is free for the next test.
#[derive(Debug)]
pub(crate) struct Context {
    /// Drives the tabs of this context.
    pub(crate) driver: WebDriver,
    id: String,
    _granting: Connection,
    /// Absent only while this is dropped.
    chromium: Option<Chromium>,
}

impl Context {
    /// Opens one with a tab, in an idle browser or a new one, and keeps these logs of it.
    ///
    /// # Panics
    ///
    /// Where there is no browser to be had.
    pub(crate) fn open(logs: &Value) -> (Self, String) {
        let idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        // A browser that a test left unusable is replaced.
        if let Some(opened) = idle.and_then(|chromium| Self::open_in(chromium, logs).ok()) {
            return opened;
        }
        let opened = Self::open_in(Chromium::start(&[]), logs);
        opened.unwrap_or_else(|error| panic!("opening a context of Chromium: {error}"))
    }

    fn open_in(chromium: Chromium, logs: &Value) -> io::Result<(Self, String)> {
        let context = chromium.call("Target.createBrowserContext", &json!({}))?;
        let id = context["browserContextId"].as_str().unwrap_or_default().to_owned();
        // The headless shell has nobody to ask and refuses what a browser allows after a press. What is granted here holds as
        // long as this connection.
        let (port, path) = chromium.devtools()?;
        let mut granting = Connection::open(port, &path)?;
        let parameters =
            json!({"browserContextId": id, "permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]});
        granting.call("Browser.grantPermissions", &parameters)?;
        let address = format!("127.0.0.1:{port}");
        let driver = session(&chromium.server, &json!({"debuggerAddress": address}), logs);
        let context = Self {
            driver: driver.map_err(io::Error::other)?,
            id,
            _granting: granting,
            chromium: Some(chromium),
        };
        let tab = context.open_tab()?;
        Ok((context, tab))
    }

    /// Opens a tab and goes there; its name in WebDriver and in the browser's own protocol.
    pub(crate) fn open_tab(&self) -> io::Result<String> {
        let parameters = json!({"url": "about:blank", "browserContextId": self.id});
        let created = self.chromium().call("Target.createTarget", &parameters)?;
        let tab = created["targetId"].as_str().unwrap_or_default().to_owned();
        block_on(self.driver.switch_to_window(tab.clone().into())).map_err(io::Error::other)?;
        Ok(tab)
    }

    /// Connects to a target of the browser.
    pub(crate) fn connect(&self, path: &str) -> io::Result<Connection> {
        Connection::open(self.chromium().devtools()?.0, path)
    }

    fn chromium(&self) -> &Chromium {
        self.chromium.as_ref().expect("only dropping takes it")
    }
}

impl Drop for Context {
    fn drop(&mut self) {
        // A test may have ended its session itself.
        let _ = block_on(self.driver.clone().quit());
        let Some(chromium) = self.chromium.take() else { return };
        let parameters = json!({"browserContextId": self.id});
        if chromium.call("Target.disposeBrowserContext", &parameters).is_ok() {
            IDLE.lock().unwrap_or_else(PoisonError::into_inner).push(chromium);
        }
    }
}
