//! A browser that the test plays: its tabs, what they keep, what they tell each other, its clipboard and its clock.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use contract::Timestamp;
use futures::channel::oneshot;
use futures::future::LocalBoxFuture;
use leptos::prelude::*;
use zeroize::Zeroizing;

use crate::browser::clipboard::Board;
use crate::browser::clock::TimeSource;
use crate::browser::storage::{Area, TextStore};
use crate::browser::tab_channel::{TabChannel, Word};
use crate::browser::tasks;
use crate::browser::vault::{Vault, VaultKeys};

/// What a tab does with a word of another.
type Hear = Rc<dyn Fn(Word)>;

/// All tabs of one browser on one machine.
pub(crate) struct Browser {
    time: Mutex<Time>,
    /// What is kept for all tabs.
    kept: Mutex<BTreeMap<String, String>>,
    /// The tabs whose vault has a key.
    keys: Mutex<Vec<usize>>,
    listeners: StoredValue<Vec<(usize, Hear)>, LocalStorage>,
    clipboard: Mutex<String>,
    chances: StoredValue<Vec<Rc<dyn Fn()>>, LocalStorage>,
    foreign_copies: StoredValue<Vec<Rc<dyn Fn()>>, LocalStorage>,
    /// Whether the browser lets the page write into the clipboard.
    pub(crate) lets_copy: AtomicBool,
    /// Whether its database does not answer now.
    pub(crate) is_mute: AtomicBool,
    tabs: Mutex<usize>,
}

struct Time {
    running: Duration,
    /// How much of the time of day went by while the machine slept.
    slept: Duration,
    /// By how much somebody has set the clock.
    set: chrono::TimeDelta,
    timers: Vec<(Duration, oneshot::Sender<()>)>,
}

impl Browser {
    pub(crate) fn new() -> &'static Self {
        Box::leak(Box::new(Self {
            time: Mutex::new(Time {
                running: Duration::ZERO,
                slept: Duration::ZERO,
                set: chrono::TimeDelta::zero(),
                timers: Vec::new(),
            }),
            kept: Mutex::default(),
            keys: Mutex::default(),
            listeners: StoredValue::new_local(Vec::new()),
            clipboard: Mutex::new("nothing".to_owned()),
            chances: StoredValue::new_local(Vec::new()),
            foreign_copies: StoredValue::new_local(Vec::new()),
            lets_copy: AtomicBool::new(true),
            is_mute: AtomicBool::new(false),
            tabs: Mutex::new(0),
        }))
    }

    pub(crate) fn new_tab(&'static self) -> &'static Tab {
        let mut tabs = self.tabs.lock().unwrap();
        *tabs += 1;
        Box::leak(Box::new(Tab {
            number: *tabs,
            browser: self,
            kept: Mutex::default(),
            refuses: AtomicBool::new(false),
        }))
    }

    pub(crate) fn time(&'static self) -> &'static dyn TimeSource {
        self
    }

    /// How long it has been running.
    pub(crate) fn running(&self) -> Duration {
        self.time.lock().unwrap().running
    }

    pub(crate) fn set_running(&self, running: Duration) {
        self.time.lock().unwrap().running = running;
    }

    pub(crate) fn suspend(&self, by: Duration) {
        self.time.lock().unwrap().slept += by;
    }

    /// Somebody sets the time of day.
    pub(crate) fn set_clock(&self, by: chrono::TimeDelta) {
        self.time.lock().unwrap().set += by;
    }

    /// When the next timer goes off that somebody waits for.
    pub(crate) fn next_timer(&self) -> Option<Duration> {
        let mut time = self.time.lock().unwrap();
        time.timers.retain(|(_, timer)| !timer.is_canceled());
        time.timers.iter().map(|(due, _)| *due).min()
    }

    /// How many timers somebody waits for.
    pub(crate) fn timers(&self) -> usize {
        let time = self.time.lock().unwrap();
        time.timers.iter().filter(|(_, timer)| !timer.is_canceled()).count()
    }

    /// Returns whether any went off.
    pub(crate) fn fire_due_timers(&self) -> bool {
        let mut time = self.time.lock().unwrap();
        let running = time.running;
        let (due, later) = std::mem::take(&mut time.timers)
            .into_iter()
            .partition::<Vec<_>, _>(|(due, _)| *due <= running);
        time.timers = later;
        drop(time);
        let fired = due.into_iter().map(|(_, timer)| timer.send(()));
        fired.filter(Result::is_ok).count() > 0
    }

    async fn wait_if_mute(&self) {
        while self.is_mute.load(Ordering::Relaxed) {
            self.sleep(Duration::from_secs(1)).await;
        }
    }

    /// What is in the clipboard.
    pub(crate) fn clipboard(&self) -> String {
        self.clipboard.lock().unwrap().clone()
    }

    /// Another program copies something.
    pub(crate) fn put_into_clipboard(&self, text: &str) {
        text.clone_into(&mut self.clipboard.lock().unwrap());
    }

    /// A person leaves the page, copies something there, and comes back.
    pub(crate) fn copy_elsewhere(&self, text: &str) {
        for hear in self.foreign_copies.get_value() {
            hear();
        }
        self.put_into_clipboard(text);
    }

    /// A person does something: the browser may let the page write now.
    pub(crate) fn press_a_key(&self) {
        for chance in self.chances.get_value() {
            chance();
        }
    }
}

impl TimeSource for Browser {
    fn now(&self) -> Timestamp {
        let time = self.time.lock().unwrap();
        let begin = chrono::DateTime::parse_from_rfc3339("2026-11-26T12:00:00Z")
            .unwrap()
            .to_utc();
        begin + time.running + time.slept + time.set
    }

    fn running(&self) -> u64 {
        u64::try_from(self.time.lock().unwrap().running.as_millis()).unwrap()
    }

    fn sleep(&self, wait: Duration) -> LocalBoxFuture<'static, ()> {
        let (timer, goes_off) = oneshot::channel();
        let mut time = self.time.lock().unwrap();
        let due = time.running + wait;
        time.timers.push((due, timer));
        Box::pin(async move {
            // A timer ends only with the browser.
            let _ = goes_off.await;
        })
    }

    fn random(&self) -> f64 {
        1.0
    }
}

impl Board for Browser {
    fn write<'a>(&'a self, text: &'a str) -> LocalBoxFuture<'a, bool> {
        Box::pin(async move {
            let is_let = self.lets_copy.load(Ordering::Relaxed);
            if is_let {
                text.clone_into(&mut self.clipboard.lock().unwrap());
            }
            is_let
        })
    }

    fn is_in_front(&self) -> bool {
        true
    }

    fn on_chance(&self, act: Box<dyn Fn()>) {
        self.chances.update_value(|chances| chances.push(act.into()));
    }

    fn on_foreign_copy(&self, act: Box<dyn Fn()>) {
        self.foreign_copies.update_value(|copies| copies.push(act.into()));
    }
}

/// One tab: its session storage, and its ends of what all tabs share.
pub(crate) struct Tab {
    number: usize,
    browser: &'static Browser,
    kept: Mutex<BTreeMap<String, String>>,
    /// Whether the browser has no room.
    pub(crate) refuses: AtomicBool,
}

impl Tab {
    /// The page goes away; what the tab keeps stays.
    pub(crate) fn close(&self) {
        let number = self.number;
        self.browser
            .listeners
            .update_value(|listeners| listeners.retain(|(tab, _)| *tab != number));
    }

    /// Everything that the tab, and the browser for all tabs, keeps.
    pub(crate) fn all_kept(&self) -> Vec<(String, String)> {
        let (tab, browser) = (self.kept.lock().unwrap(), self.browser.kept.lock().unwrap());
        tab.iter()
            .chain(browser.iter())
            .map(|(name, text)| (name.clone(), text.clone()))
            .collect()
    }

    /// Puts a text in the place of what the tab keeps under a whole name.
    pub(crate) fn overwrite(&self, name: &str, text: &str) {
        self.kept.lock().unwrap().insert(name.to_owned(), text.to_owned());
    }

    fn area(&self, area: Area) -> &Mutex<BTreeMap<String, String>> {
        match area {
            Area::Tab => &self.kept,
            Area::Browser => &self.browser.kept,
        }
    }
}

impl TextStore for Tab {
    fn read(&self, area: Area, name: &str) -> Option<String> {
        self.area(area).lock().unwrap().get(name).cloned()
    }

    fn write(&self, area: Area, name: &str, text: &str) -> bool {
        let has_room = !self.refuses.load(Ordering::Relaxed);
        if has_room {
            self.area(area).lock().unwrap().insert(name.to_owned(), text.to_owned());
        }
        has_room
    }

    fn remove(&self, area: Area, name: &str) {
        self.area(area).lock().unwrap().remove(name);
    }

    fn names(&self, area: Area) -> Vec<String> {
        self.area(area).lock().unwrap().keys().cloned().collect()
    }
}

impl TabChannel for Tab {
    fn listen(&self, hear: Box<dyn Fn(Word)>) {
        let number = self.number;
        self.browser
            .listeners
            .update_value(|listeners| listeners.push((number, hear.into())));
    }

    fn tell(&self, word: Word) {
        let (number, listeners) = (self.number, self.browser.listeners);
        // Others hear it later, as they do in a browser.
        tasks::spawn_for_page(async move {
            for (tab, hear) in listeners.get_value() {
                if tab != number {
                    hear(word);
                }
            }
        });
    }
}

/// Not safe, and as strict about labels and keys as the real one. It takes a moment.
impl Vault for Tab {
    fn seal<'a>(&'a self, label: &'a str, text: &'a [u8]) -> LocalBoxFuture<'a, Option<String>> {
        Box::pin(async move {
            self.browser.wait_if_mute().await;
            let keys = || self.browser.keys.lock().unwrap();
            if !keys().contains(&self.number) {
                keys().push(self.number);
            }
            self.browser.sleep(Duration::from_millis(1)).await;
            // They may have been wiped meanwhile.
            keys().contains(&self.number).then(|| {
                let text: String = text.iter().map(|byte| format!("{:02x}", byte ^ 0x5a)).collect();
                format!("{}|{label}|{text}", self.number)
            })
        })
    }

    fn open<'a>(&'a self, label: &'a str, sealed: &'a str) -> LocalBoxFuture<'a, Option<Zeroizing<Vec<u8>>>> {
        Box::pin(async move {
            self.browser.wait_if_mute().await;
            self.browser.sleep(Duration::from_millis(1)).await;
            let text = sealed.strip_prefix(&format!("{}|{label}|", self.number))?;
            let has_key = self.browser.keys.lock().unwrap().contains(&self.number);
            let byte = |at: usize| {
                u8::from_str_radix(text.get(at..at + 2)?, 16)
                    .ok()
                    .map(|byte| byte ^ 0x5a)
            };
            let bytes: Option<Vec<u8>> = (0..text.len()).step_by(2).map(byte).collect();
            bytes.filter(|_| has_key).map(Zeroizing::new)
        })
    }
}

impl VaultKeys for Tab {
    fn release(&self) {}

    fn wipe(&self) {
        self.browser.keys.lock().unwrap().clear();
    }
}
