//! The browser engines, and a session in one that is driven with nothing but WebDriver.
//!
//! Chromium is in `chromium.rs`: its own protocol gives each test an empty profile, and the accessibility tree. Of the
//! others a test borrows a browser that is already running. What keeps the tests apart there is the origin: each has a
//! server with a port of its own, so storage, cache and history of the page are empty. What a screen reader would get to
//! know is read from the document by `dom_tree.js`; [`Locator::spoken`](crate::Locator::spoken) asks the engine itself.

use std::env;
use std::net::TcpListener;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use reqwest::Method;
use serde_json::json;
use thirtyfour::common::command::FormatRequestData;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{Capabilities, RequestData, SessionId, WebDriver, WebElement};

use crate::local_api::scratch;
use crate::process::{Process, on_path, required};
use crate::wait::{block_on, poll};

/// Something that runs the console.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    /// Blink: Chromium.
    Chromium,
    /// Gecko: Firefox.
    Firefox,
    /// `WebKitGTK`: its `MiniBrowser`.
    WebKit,
}

impl Engine {
    /// In the names of tests and pictures.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::WebKit => "webkit",
        }
    }
}

/// The window of every engine, in CSS pixels.
const WINDOW: (u32, u32) = (1280, 900);

/// Browsers that no test is using.
static IDLE: Mutex<Vec<(Engine, Browser)>> = Mutex::new(Vec::new());

/// A running browser with one session. It ends with this handle or this process.
#[derive(Debug)]
struct Browser {
    driver: WebDriver,
    _processes: Vec<Process>,
}

impl Browser {
    /// # Panics
    ///
    /// Where the browser or its driver is missing, with the remedy.
    fn start(engine: Engine) -> Self {
        let (processes, server, wanted) = match engine {
            Engine::Chromium => unreachable!("chromium.rs starts Chromium"),
            Engine::Firefox => firefox(),
            Engine::WebKit => webkit(),
        };
        let wanted = wanted.unwrap_or_else(|error| panic!("capabilities for {engine:?}: {error}"));
        let mut last = String::new();
        // A driver that was only just started may not listen yet.
        let driver = poll(|| {
            block_on(WebDriver::new(&server, wanted.clone()))
                .map_err(|error| last = error.to_string())
                .ok()
        });
        let driver = driver.unwrap_or_else(|| panic!("starting {engine:?}: {last}"));
        let (width, height) = WINDOW;
        // A window manager or its absence may refuse; then the window is what it was.
        let _ = block_on(driver.set_window_rect(0, 0, width, height));
        Self {
            driver,
            _processes: processes,
        }
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = block_on(self.driver.clone().quit());
    }
}

/// A port for a driver that does not say which one it took.
fn free_port() -> u16 {
    let listener = TcpListener::bind("127.0.0.1:0").and_then(|it| it.local_addr());
    listener.expect("a free port").port()
}

type Started = (Vec<Process>, String, WebDriverResult<Capabilities>);

/// Firefox without a screen. Its clipboard is then its own.
fn firefox() -> Started {
    let firefox = required(
        "FIREFOX",
        &[on_path("firefox-esr"), on_path("firefox")].concat(),
        "apt-get install firefox-esr",
    );
    let geckodriver = required(
        "GECKODRIVER",
        &on_path("geckodriver"),
        "cargo install geckodriver --locked",
    );
    let profiles = scratch("firefox");
    let port = free_port();
    let arguments = [
        "--port",
        &port.to_string(),
        "--log",
        "fatal",
        "--profile-root",
        &profiles.display().to_string(),
    ]
    .map(str::to_owned);
    let driver = Process::start_with_folder(&geckodriver, &arguments, &profiles);
    let wanted = || -> WebDriverResult<Capabilities> {
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "firefox")?;
        wanted.set(
            "moz:firefoxOptions",
            json!({
                "binary": firefox,
                "args": ["-headless", "--width=1280", "--height=900"],
                "prefs": {"intl.accept_languages": "en-US", "ui.prefersReducedMotion": 1},
            }),
        )?;
        Ok(wanted)
    };
    (vec![driver], format!("http://127.0.0.1:{port}"), wanted())
}

/// `WebKitGTK` on a screen that nobody sees, one for each: only one window of a screen has the focus.
fn webkit() -> Started {
    let driver = required(
        "WEBKITDRIVER",
        &on_path("WebKitWebDriver"),
        "apt-get install webkit2gtk-driver",
    );
    let screen = required("XVFB", &on_path("Xvfb"), "apt-get install xvfb");
    let folder = scratch("webkit");
    let arguments = ["-displayfd", "1", "-screen", "0", "1400x1100x24", "-nolisten", "tcp"].map(str::to_owned);
    let mut screen = Process::start_with_folder(&screen, &arguments, &scratch("screen"));
    let display = screen.wait_for_line(|line| line.trim().parse::<u16>().ok());
    let port = free_port();
    let arguments = [
        format!("DISPLAY=:{display}"),
        "GDK_BACKEND=x11".to_owned(),
        "NO_AT_BRIDGE=1".to_owned(),
        "LIBGL_ALWAYS_SOFTWARE=1".to_owned(),
        // A profile of a person has no place in a test.
        format!("HOME={}", folder.display()),
        format!("XDG_RUNTIME_DIR={}", folder.display()),
        driver.display().to_string(),
        format!("--port={port}"),
    ];
    let driver = Process::start_with_folder(Path::new("/usr/bin/env"), &arguments, &folder);
    let wanted = || -> WebDriverResult<Capabilities> {
        let mut wanted = Capabilities::new();
        wanted.set("browserName", "MiniBrowser")?;
        // After a press this driver waits for a page to load, sometimes for minutes where none does.
        wanted.set("pageLoadStrategy", "none")?;
        if let Some(browser) = env::var_os("MINIBROWSER") {
            let browser = browser.to_string_lossy();
            wanted.set(
                "webkitgtk:browserOptions",
                json!({"binary": browser, "args": ["--automation"]}),
            )?;
        }
        Ok(wanted)
    };
    (vec![driver, screen], format!("http://127.0.0.1:{port}"), wanted())
}

/// A browser for one test. When this is dropped, the browser is free for the next one.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) engine: Engine,
    pub(crate) driver: WebDriver,
    /// Absent only while this is dropped.
    browser: Option<Browser>,
}

impl Lease {
    /// An idle browser, or a new one.
    pub(crate) fn take(engine: Engine) -> Self {
        let idle = {
            let mut idle = IDLE.lock().unwrap_or_else(PoisonError::into_inner);
            let place = idle.iter().position(|(of, _)| *of == engine);
            place.map(|place| idle.swap_remove(place).1)
        };
        let browser = idle.unwrap_or_else(|| Browser::start(engine));
        Self {
            engine,
            driver: browser.driver.clone(),
            browser: Some(browser),
        }
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let Some(browser) = self.browser.take() else { return };
        // A browser that a test left unusable is replaced.
        if block_on(browser.driver.goto("about:blank")).is_ok() {
            IDLE.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .push((self.engine, browser));
        }
    }
}

/// A question to an engine about an element: the role or the name that it would tell a screen reader.
#[derive(Debug)]
struct Question {
    element: String,
    what: &'static str,
}

impl FormatRequestData for Question {
    fn format_request(&self, session: &SessionId) -> RequestData {
        let Self { element, what } = self;
        RequestData::new(Method::GET, format!("session/{session}/element/{element}/{what}"))
    }
}

/// Role and name of an element as the engine itself computes them.
pub(crate) async fn spoken(driver: &WebDriver, element: &WebElement) -> WebDriverResult<(String, String)> {
    let ask = |what| Question {
        element: element.element_id().to_string(),
        what,
    };
    let role = driver.cmd(ask("computedrole")).await?.value()?;
    let name = driver.cmd(ask("computedlabel")).await?.value()?;
    Ok((role, name))
}
