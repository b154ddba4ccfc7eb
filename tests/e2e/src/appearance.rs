//! What the page looks like: its theme, the size of its window, and pictures of it.

use serde_json::{Value, json};

use crate::browser::Page;
use crate::wait::{block_on, wait_until};

/// The preferences of the user's system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// A size of the window, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Window {
    /// From side to side.
    pub width: u32,
    /// From top to bottom.
    pub height: u32,
    /// Device pixels per CSS pixel: two at a zoom of 200 %.
    pub zoom: u32,
}

impl Theme {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Light, Self::Dark];

    /// Its name in CSS.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }
}

impl Window {
    /// A window that is not zoomed into.
    #[must_use]
    pub const fn of(width: u32, height: u32) -> Self {
        Self { width, height, zoom: 1 }
    }
}

impl Page {
    /// Shows the page as to a person who prefers this theme, and whose system chooses the colours itself or not.
    /// Nothing moves, so that what is looked at is not on its way to something else.
    #[track_caller]
    pub fn emulate(&self, theme: Theme, has_forced_colors: bool) {
        let forced = if has_forced_colors { "active" } else { "none" };
        self.step(&format!("prefer {}, forced colours {forced}", theme.name()));
        let features = json!([
            {"name": "prefers-color-scheme", "value": theme.name()},
            {"name": "prefers-reduced-motion", "value": "reduce"},
            {"name": "forced-colors", "value": forced},
        ]);
        self.devtools("Emulation.setEmulatedMedia", json!({"features": features}));
    }

    /// Shows the page as it is printed, or on a screen again.
    #[track_caller]
    pub fn print_media(&self, is_printed: bool) {
        let media = if is_printed { "print" } else { "screen" };
        self.step(&format!("for {media}"));
        self.devtools("Emulation.setEmulatedMedia", json!({"media": media}));
    }

    /// Shows the page in a window of this size.
    #[track_caller]
    pub fn resize(&self, window: Window) {
        let Window { width, height, zoom } = window;
        self.step(&format!("resize to {width}×{height} at {zoom}00 %"));
        let metrics = json!({"width": width, "height": height, "deviceScaleFactor": zoom, "mobile": false});
        self.devtools("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Shows the page as on a screen that is touched, or no longer.
    #[track_caller]
    pub fn touch_screen(&self, is_touched: bool) {
        self.step(&format!("a screen that is touched: {is_touched}"));
        self.devtools("Emulation.setTouchEmulationEnabled", json!({"enabled": is_touched}));
    }

    /// Shows the page as it is without any of these.
    #[track_caller]
    pub fn look_as_before(&self) {
        self.devtools("Emulation.setTouchEmulationEnabled", json!({"enabled": false}));
        self.devtools("Emulation.setEmulatedMedia", json!({"features": []}));
        self.devtools("Emulation.clearDeviceMetricsOverride", json!({}));
    }

    /// Takes the network away from the page, or gives it back.
    #[track_caller]
    pub fn go_offline(&self, is_offline: bool) {
        self.step(&format!("offline: {is_offline}"));
        let conditions = json!({"offline": is_offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1});
        self.devtools("Network.enable", json!({}));
        self.devtools("Network.emulateNetworkConditions", conditions);
    }

    /// Goes to the top of the page, where the header that stays covers nothing, and waits until nothing moves any more but
    /// what never stops. The pointer rests in a corner, where it points at nothing.
    #[track_caller]
    pub fn settle(&self) {
        let rested = block_on(self.driver.action_chain().move_to(0, 0).perform());
        rested.unwrap_or_else(|error| panic!("moving the pointer: {error}"));
        self.run("scrollTo(0, 0)");
        // Two frames: what changed is drawn in the first, and what that set in motion is known in the second.
        let at_rest = "return new Promise(told => requestAnimationFrame(() => requestAnimationFrame(() => told(\
             document.fonts.status === 'loaded' && \
             document.getAnimations().every(it => it.playState !== 'running' || \
                 it.effect.getComputedTiming().endTime === Infinity)))))";
        wait_until("the page is at rest", || self.run(at_rest) == true);
    }

    /// What sticks out sideways, so that one would have to scroll to and fro to read; nothing where all fits.
    ///
    /// # Panics
    ///
    /// Where the page does not tell.
    #[track_caller]
    pub fn sideways(&self) -> Vec<String> {
        let found = self.run(SIDEWAYS);
        let found = found.as_array().expect("the script returns a list").iter();
        found.filter_map(Value::as_str).map(str::to_owned).collect()
    }

    /// A picture of what is in the window, as PNG.
    #[track_caller]
    pub fn picture(&self) -> Vec<u8> {
        block_on(self.driver.screenshot_as_png()).unwrap_or_else(|error| panic!("taking a picture: {error}"))
    }

    /// Runs a script in each document from now on, before its own.
    #[track_caller]
    pub fn before_each_document(&self, script: &str) {
        let parameters = json!({"source": script});
        self.devtools("Page.addScriptToEvaluateOnNewDocument", parameters);
    }

    /// From the next document on the browser takes no notice of the policy of the site.
    #[track_caller]
    pub fn bypass_policy(&self) {
        self.devtools("Page.setBypassCSP", json!({"enabled": true}));
    }

    #[track_caller]
    pub(crate) fn devtools(&self, method: &str, parameters: Value) -> Value {
        let done = block_on(self.driver.cdp().send_raw(method, parameters));
        done.unwrap_or_else(|error| panic!("{method}: {error}"))
    }
}

/// The page itself, and what is open over it: each that is wider inside than outside, with what reaches furthest.
const SIDEWAYS: &str = "
    const places = [document.scrollingElement, ...document.querySelectorAll('dialog[open], [popover]:popover-open')];
    return places.filter(place => place.scrollWidth > place.clientWidth).map(place => {
        const right = element => element.getBoundingClientRect().right;
        const inside = [...place.querySelectorAll('*')].sort((one, other) => right(other) - right(one));
        const words = element => element.cloneNode(false).outerHTML.slice(0, 120);
        return `${words(place)} is ${place.scrollWidth} px wide in ${place.clientWidth} px; furthest: ` +
            inside.slice(0, 3).map(element => `${words(element)} to ${Math.round(right(element))} px`).join(', ');
    });";
