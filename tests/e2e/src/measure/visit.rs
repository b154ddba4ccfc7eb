//! What is done in one visit, the same on both sides.

use serde_json::{Value, json};

use super::browser::Browser;
use super::metric::{LONG_TASK, Metric, Side};
use super::statistics::{median, percentile};
use crate::local_api::LocalApi;

/// Noted in every page; see there.
const PROBE: &str = include_str!("probe.js");

/// What is typed, letter by letter, and then taken back letter by letter. Each letter leaves another number of secrets,
/// with a thousand as with a hundred thousand: a frame that shows the answer can be told from the one before. All are in
/// names alone, which is all that the peer searches.
const TYPED: [&str; 3] = ["key", "999", "ken"];

/// What is in the box of the search across workspaces while they are read.
const FIRST_SEARCH: &str = "key";

/// The most columns of the grid.
const MOST_COLUMNS: usize = 12;

/// In how many frames the list is scrolled from top to bottom.
const FRAMES: usize = 300;

/// A frame of a screen with sixty in a second, in milliseconds; what a browser tells of it is rounded.
const FRAME: f64 = 16.75;

/// A site with a separate server and this many secrets.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) side: Side,
    pub(super) api: LocalApi,
    pub(super) size: usize,
    view: View,
}

/// What is opened.
#[derive(Debug)]
enum View {
    /// The list of a workspace.
    List(String),
    /// The search across these workspaces.
    Across(Vec<String>),
    /// These workspaces side by side.
    Grid(Vec<String>),
}

impl View {
    /// The accessible name of the line that says how far it is.
    fn status(&self) -> &'static str {
        match self {
            Self::List(_) => "List status",
            Self::Across(_) => "Search status",
            Self::Grid(_) => "Compare status",
        }
    }
}

/// A number for each row of the tables that the visit tells of, and the counts that the searches led to.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) numbers: Vec<(Metric, f64)>,
    pub(super) counts: Vec<f64>,
}

impl Told {
    /// Adds what keystrokes took: until their frames and without the wait for the screen, each p50 and p95.
    fn keystrokes(&mut self, keystrokes: &[Latency], rows: [Metric; 4]) {
        let whole: Vec<f64> = keystrokes.iter().map(|it| it.whole).collect();
        let work: Vec<f64> = keystrokes.iter().map(|it| it.work).collect();
        self.counts = keystrokes.iter().map(|it| it.count).collect();
        let numbers = [
            percentile(&whole, 50),
            percentile(&whole, 95),
            percentile(&work, 50),
            percentile(&work, 95),
        ];
        self.numbers.extend(rows.into_iter().zip(numbers));
    }
}

/// The workspaces with many secrets.
fn bulk(api: &LocalApi) -> Vec<String> {
    let all = api.workspaces().into_iter();
    all.filter(|(name, _)| name.starts_with("Bulk"))
        .map(|(_, id)| id)
        .collect()
}

impl Place {
    /// Starts the server of one side.
    pub(super) fn open(side: Side, site: &str, size: usize) -> Self {
        let options = ["--seed", &size.to_string(), "--site", site].map(str::to_owned);
        let api = LocalApi::start("measured", &options);
        let view = View::List(api.workspace_named("Bulk"));
        Self { side, api, size, view }
    }

    /// Starts the server of one side with several workspaces.
    pub(super) fn open_across(side: Side, site: &str, workspaces: usize, secrets: usize) -> Self {
        let options = ["--seed", &format!("{workspaces}x{secrets}"), "--site", site].map(str::to_owned);
        let api = LocalApi::start("measured-across", &options);
        // The demo data beside them is told apart by more than names and IDs, which is all that the peer searches.
        let view = View::Across(bulk(&api));
        Self {
            side,
            api,
            size: workspaces * secrets,
            view,
        }
    }

    /// The same server, of which the workspaces with many secrets are shown side by side.
    pub(super) fn beside_each_other(self) -> Self {
        let mut chosen = bulk(&self.api);
        chosen.truncate(MOST_COLUMNS);
        Self {
            view: View::Grid(chosen),
            ..self
        }
    }

    fn start(&self, slowed: u32, times_pages: bool) -> Browser {
        let (base, key) = (&self.api.address, &self.api.key);
        let mut connection = json!({"base": "", "key": key});
        match &self.view {
            View::List(workspace) => connection["workspace"] = json!(workspace),
            View::Across(chosen) => {
                connection["search"] = json!(FIRST_SEARCH);
                connection["chosen"] = json!(chosen);
            }
            View::Grid(columns) => connection["columns"] = json!(columns),
        }
        let given = json!({
            "origin": base,
            "size": self.size,
            "times_pages": times_pages,
            "status": self.view.status(),
            "across": matches!(self.view, View::Across(_)),
            "grid": matches!(self.view, View::Grid(_)),
            "connection": connection,
            "session": (self.side == Side::Ours)
                .then(|| json!({"server": null, "baseUrl": format!("{base}/"), "isProxy": false, "key": key})),
        });
        let script = PROBE.replacen("= GIVEN;", &format!("= {given};"), 1);
        let browser = Browser::start(slowed, &script);
        let path = match (self.side, &self.view) {
            (Side::Ours, View::List(workspace)) => format!("/workspaces/{workspace}/secrets"),
            (Side::Ours, View::Across(chosen)) => format!("/search?q={FIRST_SEARCH}&in={}", chosen.join(",")),
            (Side::Ours, View::Grid(columns)) => format!("/compare?in={}", columns.join(",")),
            (Side::Peer, _) => "/".to_owned(),
        };
        browser.visit(&format!("{base}{path}"));
        browser
    }

    /// Reads all, then searches and sorts.
    pub(super) fn read_search_and_sort(&self, slowed: u32) -> Told {
        let browser = self.start(slowed, false);
        let loaded = browser.ask("probe.loaded()");
        let mut told = Told {
            numbers: loading(&loaded),
            counts: Vec::new(),
        };
        told.numbers.push((Metric::Memory, memory(&browser)));
        browser.ask("probe.search()");
        let keystrokes: Vec<Latency> = TYPED
            .iter()
            .flat_map(|text| type_and_take_back(&browser, text))
            .collect();
        let sorts = [(); 2].map(|()| sort(&browser));
        told.keystrokes(
            &keystrokes,
            [
                Metric::KeystrokeMedian,
                Metric::KeystrokeTail,
                Metric::KeystrokeWorkMedian,
                Metric::KeystrokeWorkTail,
            ],
        );
        told.numbers.extend([
            (Metric::Sort, median(&sorts.each_ref().map(|it| it.whole))),
            (Metric::SortWork, median(&sorts.each_ref().map(|it| it.work))),
        ]);
        told
    }

    /// Reads all workspaces while a search is in the box, then searches.
    pub(super) fn search_across(&self, slowed: u32) -> Told {
        let browser = self.start(slowed, false);
        let loaded = browser.ask("probe.loaded()");
        let at = |name: &str| loaded[name].as_f64().unwrap_or_else(|| panic!("{name} in {loaded}"));
        let mut told = Told {
            numbers: vec![
                (Metric::AcrossFirst, at("firstRows")),
                (Metric::AcrossLoaded, at("complete")),
                (Metric::AcrossMemory, memory(&browser)),
            ],
            counts: Vec::new(),
        };
        browser.ask("probe.search()");
        let mut keystrokes = take_back(&browser, FIRST_SEARCH);
        for text in TYPED {
            keystrokes.extend(type_and_take_back(&browser, text));
        }
        told.keystrokes(
            &keystrokes,
            [
                Metric::AcrossKeystrokeMedian,
                Metric::AcrossKeystrokeTail,
                Metric::AcrossWorkMedian,
                Metric::AcrossWorkTail,
            ],
        );
        told
    }

    /// Reads all workspaces side by side, then searches.
    pub(super) fn compare(&self, slowed: u32) -> Told {
        let browser = self.start(slowed, false);
        let loaded = browser.ask("probe.loaded()");
        let at = |name: &str| loaded[name].as_f64().unwrap_or_else(|| panic!("{name} in {loaded}"));
        let mut told = Told {
            numbers: vec![
                (Metric::GridFirst, at("firstRows")),
                (Metric::GridLoaded, at("complete")),
                (Metric::GridMemory, memory(&browser)),
            ],
            counts: Vec::new(),
        };
        browser.ask("probe.search()");
        let keystrokes: Vec<Latency> = TYPED
            .iter()
            .flat_map(|text| type_and_take_back(&browser, text))
            .collect();
        told.keystrokes(
            &keystrokes,
            [
                Metric::GridKeystrokeMedian,
                Metric::GridKeystrokeTail,
                Metric::GridWorkMedian,
                Metric::GridWorkTail,
            ],
        );
        told
    }

    /// Reads all with an eye on the time between pages, then scrolls.
    pub(super) fn page_and_scroll(&self, slowed: u32) -> Told {
        let browser = self.start(slowed, true);
        let loaded = browser.ask("probe.loaded()");
        let pages = numbers(&loaded["asked"]);
        let mut told = Told::default();
        // The first page is a small one, the last one is what is left.
        if let [_, whole @ .., _] = pages.as_slice()
            && !whole.is_empty()
        {
            told.numbers.push((Metric::NextPage, median(whole)));
        }
        let scrolled = browser.ask(&format!("probe.scroll({FRAMES})"));
        assert_eq!(
            scrolled["last"], self.size,
            "{:?} does not show the last row",
            self.side
        );
        let frames = numbers(&scrolled["frames"]);
        for (metric, percent) in [
            (Metric::FrameMedian, 50),
            (Metric::FrameTail, 95),
            (Metric::FrameFarTail, 99),
        ] {
            told.numbers.push((metric, percentile(&frames, percent)));
        }
        for (metric, most) in [(Metric::FramesLate, FRAME), (Metric::FramesVeryLate, 50.0)] {
            let late = frames.iter().filter(|frame| **frame > most).count();
            told.numbers.push((metric, late as f64));
        }
        told
    }
}

fn loading(loaded: &Value) -> Vec<(Metric, f64)> {
    let at = |name: &str| loaded[name].as_f64().unwrap_or_else(|| panic!("{name} in {loaded}"));
    let complete = at("complete");
    let tasks = loaded["tasks"].as_array().into_iter().flatten();
    let until_then = tasks.filter(|task| task["startTime"].as_f64() < Some(complete));
    let longest = until_then
        .filter_map(|task| task["duration"].as_f64())
        .filter(|duration| *duration > LONG_TASK)
        .fold(0.0, f64::max);
    vec![
        (Metric::Bytes, at("bytes")),
        (Metric::FirstRows, at("firstRows")),
        (Metric::Searchable, complete),
        (Metric::AfterLastByte, complete - at("lastByte")),
        (Metric::LongestTask, longest),
    ]
}

/// What the page holds on to, in megabytes.
fn memory(browser: &Browser) -> f64 {
    browser.tell("HeapProfiler.collectGarbage", json!({}));
    let heap = browser.tell("Runtime.getHeapUsage", json!({}));
    let heap = heap["usedSize"].as_f64().unwrap_or_else(|| panic!("{heap}"));
    (heap + browser.number("probe.wasm()")) / 1e6
}

/// From a key or a click to the frame that shows its effect, in milliseconds.
struct Latency {
    whole: f64,
    /// Without the time in which there was nothing to do but to wait for the next frame of the screen.
    work: f64,
    /// How many secrets were then shown.
    count: f64,
}

impl Latency {
    fn of_what_was_done(browser: &Browser) -> Self {
        let shown = browser.ask("probe.shown()");
        let at = |name: &str| shown[name].as_f64().unwrap_or_else(|| panic!("{name} in {shown}"));
        Self {
            whole: at("whole"),
            work: at("work"),
            count: at("count"),
        }
    }
}

/// Types a text letter by letter, and takes it back.
fn type_and_take_back(browser: &Browser, text: &str) -> Vec<Latency> {
    let typed = (1..=text.len()).map(|end| {
        let last = &text[end - 1..end];
        press(browser, &text[..end], &json!({"key": last, "text": last}))
    });
    let mut keystrokes: Vec<Latency> = typed.collect();
    keystrokes.extend(take_back(browser, text));
    keystrokes
}

/// Takes back a text letter by letter.
fn take_back(browser: &Browser, text: &str) -> Vec<Latency> {
    let back = json!({"key": "Backspace", "code": "Backspace", "windowsVirtualKeyCode": 8});
    (0..text.len())
        .rev()
        .map(|end| press(browser, &text[..end], &back))
        .collect()
}

/// Presses a key in the search box, which then holds this text.
fn press(browser: &Browser, text: &str, key: &Value) -> Latency {
    browser.ask(&format!("probe.armSearch({})", json!(text)));
    for kind in ["keyDown", "keyUp"] {
        let mut key = key.clone();
        key["type"] = kind.into();
        if kind == "keyUp"
            && let Some(key) = key.as_object_mut()
        {
            key.remove("text");
        }
        browser.tell("Input.dispatchKeyEvent", key);
    }
    Latency::of_what_was_done(browser)
}

/// Clicks the header of the names.
fn sort(browser: &Browser) -> Latency {
    let place = browser.ask("probe.armSort()");
    for kind in ["mousePressed", "mouseReleased"] {
        let how = json!({"type": kind, "button": "left", "clickCount": 1, "x": place["x"], "y": place["y"]});
        browser.tell("Input.dispatchMouseEvent", how);
    }
    Latency::of_what_was_done(browser)
}

fn numbers(list: &Value) -> Vec<f64> {
    list.as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_f64)
        .collect()
}
