//! Something on the page, found anew each time it is used.

use std::cell::Cell;
use std::time::Duration;

use serde_json::json;
use thirtyfour::{Key, WebElement};

use crate::browser::Page;
use crate::engines::{Engine, spoken};
use crate::tree::{Node, Want};
use crate::vocabulary::Vocabulary;
use crate::wait::{DEADLINE, block_on, poll, wait_until};

/// How long a hand holds a button down.
const HOLD: Duration = Duration::from_millis(80);

/// A way to something on the page. Every method that needs exactly one waits for it, and fails where there are more.
#[derive(Debug, Clone)]
pub struct Locator<'page> {
    page: &'page Page,
    wants: Vec<Want>,
}

impl<'page> Vocabulary<'page> for &Locator<'page> {
    fn locate(self, want: Want) -> Locator<'page> {
        let mut wants = self.wants.clone();
        wants.push(want);
        Locator { page: self.page, wants }
    }
}

impl<'page> Locator<'page> {
    pub(crate) fn new(page: &'page Page, want: Want) -> Self {
        Self {
            page,
            wants: vec![want],
        }
    }

    /// In words, for a failure.
    fn words(&self) -> String {
        let word = |want: &Want| {
            let name = want.name.as_ref().map(|name| format!(" {name:?}")).unwrap_or_default();
            let holding = want
                .holding
                .as_ref()
                .map(|text| format!(" holding {text:?}"))
                .unwrap_or_default();
            format!("{}{name}{holding}", want.roles.join("/"))
        };
        let words: Vec<_> = self.wants.iter().rev().map(word).collect();
        words.join(" in ")
    }

    /// All that match now. Only the whole tree can say that there are none.
    fn found(&self) -> Vec<Node> {
        match self.page.find_quickly(&self.wants) {
            Some(found) if !found.is_empty() => found,
            _ => self.page.tree().find(&self.wants).into_iter().cloned().collect(),
        }
    }

    /// The same for a wait: usually by a quick query, now and then in the whole tree.
    fn look(&self, times: &Cell<u32>) -> Vec<Node> {
        const WHOLE: u32 = 12;
        times.set(times.get() + 1);
        match self.page.find_quickly(&self.wants) {
            Some(found) if !times.get().is_multiple_of(WHOLE) => found,
            _ => self.found(),
        }
    }

    /// How many there are now.
    #[must_use]
    pub fn count(&self) -> usize {
        self.found().len()
    }

    /// Whether there is one now.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.count() > 0
    }

    /// Waits until there is one.
    #[track_caller]
    pub fn wait(&self) -> &Self {
        self.page.step(&format!("wait for {}", self.words()));
        let times = Cell::default();
        assert!(
            poll(|| (!self.look(&times).is_empty()).then_some(())).is_some(),
            "no {} within {} s\n{}",
            self.words(),
            DEADLINE.as_secs(),
            self.page.tree().outline()
        );
        self
    }

    /// Waits until there is none.
    #[track_caller]
    pub fn wait_gone(&self) {
        self.page.step(&format!("wait until {} is gone", self.words()));
        wait_until(&format!("{} is gone", self.words()), || !self.exists());
    }

    /// Waits until this many elements match.
    #[track_caller]
    pub fn wait_count(&self, count: usize) {
        self.page.step(&format!("wait for {count} of {}", self.words()));
        wait_until(&format!("there are {count} of {}", self.words()), || {
            self.count() == count
        });
    }

    /// Their accessible names now.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        let tree = self.page.tree();
        tree.find(&self.wants)
            .into_iter()
            .map(|node| node.name.clone())
            .collect()
    }

    /// Does something with the one element, again where the page changed under it, until the deadline.
    #[track_caller]
    fn with<T>(&self, what: &str, act: impl Fn(&WebElement) -> thirtyfour::error::WebDriverResult<T>) -> T {
        self.page.step(&format!("{what} {}", self.words()));
        let (mut last, times) = (String::new(), Cell::default());
        let answer = poll(|| {
            let found: Vec<_> = self.look(&times).into_iter().filter_map(|it| it.backend_id).collect();
            let [one] = found.as_slice() else {
                last = format!("there are {} of them", found.len());
                return None;
            };
            match self.page.element(*one).and_then(|element| act(&element)) {
                Ok(answer) => Some(answer),
                Err(error) => {
                    last = error.to_string();
                    None
                }
            }
        });
        answer.unwrap_or_else(|| {
            panic!(
                "could not {what} {} within {} s: {last}\n{}",
                self.words(),
                DEADLINE.as_secs(),
                self.page.tree().outline()
            )
        })
    }

    /// Scrolls it to the middle of the window, as a person would, and clicks it.
    #[track_caller]
    pub fn click(&self) {
        self.with("click", |element| {
            block_on(async {
                element.scroll_into_view().await?;
                element.click().await
            })
        });
    }

    /// Presses it with the pointer where it is now, holds it for as long as a hand does, and releases it there.
    #[track_caller]
    pub fn press(&self) {
        self.with("press", |element| {
            block_on(async {
                let driver = &self.page.driver;
                driver.action_chain().click_and_hold_element(element).perform().await?;
                tokio::time::sleep(HOLD).await;
                driver.action_chain().release().perform().await
            })
        });
    }

    /// Moves the pointer over it.
    #[track_caller]
    pub fn point_at(&self) {
        self.with("point at", |element| {
            block_on(async {
                element.scroll_into_view().await?;
                let chain = self.page.driver.action_chain();
                chain.move_to_element_center(element).perform().await
            })
        });
    }

    /// The same while Shift is held down.
    #[track_caller]
    pub fn click_with_shift(&self) {
        self.with("click with Shift", |element| {
            block_on(async {
                element.scroll_into_view().await?;
                let chain = self.page.driver.action_chain().key_down(Key::Shift);
                chain.click_element(element).key_up(Key::Shift).perform().await
            })
        });
    }

    /// Puts a text in the place of what the field holds, with the keyboard.
    #[track_caller]
    pub fn fill(&self, text: &str) {
        self.with("clear", |element| {
            block_on(async {
                element.focus().await?;
                element.send_keys(Key::Control + "a").await?;
                element.send_keys(Key::Backspace + "").await
            })
        });
        self.type_text(text);
        // Other drivers answer before the field has taken the last key.
        if self.page.engine() != Engine::Chromium {
            wait_until("the field holds what was typed", || self.value() == text);
        }
    }

    /// Types at the end of what the field holds.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        // Some drivers refuse to type nothing.
        if text.is_empty() {
            return;
        }
        // Some versions of ChromeDriver have no keys for characters outside the basic plane; the browser takes them as it
        // takes what an input method writes.
        if text.chars().any(|character| u32::from(character) > 0xffff) {
            self.with("type into", |element| {
                block_on(async {
                    element.focus().await?;
                    let cdp = self.page.driver.cdp();
                    cdp.send_raw("Input.insertText", json!({"text": text})).await?;
                    Ok(())
                })
            });
        } else {
            self.with("type into", |element| block_on(element.send_keys(text)));
        }
    }

    /// Its text as it is shown.
    #[track_caller]
    pub fn text(&self) -> String {
        self.with("read", |element| block_on(element.text()))
    }

    /// What the field holds.
    #[track_caller]
    pub fn value(&self) -> String {
        self.property("value").unwrap_or_default()
    }

    /// A property of its element, as text.
    #[track_caller]
    pub fn property(&self, name: &str) -> Option<String> {
        self.with("look at", |element| block_on(element.prop(name)))
    }

    /// An attribute of its element.
    #[track_caller]
    pub fn attribute(&self, name: &str) -> Option<String> {
        self.with("look at", |element| block_on(element.attr(name)))
    }

    /// Waits until a table reports this many rows, visible or not.
    #[track_caller]
    pub fn wait_rows(&self, rows: usize) {
        let mut last = None;
        let is_there = poll(|| {
            last = self.exists().then(|| self.attribute("aria-rowcount")).flatten();
            (last.as_deref() == Some(rows.to_string().as_str())).then_some(())
        });
        assert!(is_there.is_some(), "{} has {last:?} rows, not {rows}", self.words());
    }

    /// Its role and its name, as the engine itself computes them for a screen reader.
    #[track_caller]
    pub fn spoken(&self) -> (String, String) {
        self.with("ask about", |element| block_on(spoken(&self.page.driver, element)))
    }

    /// Whether it is ticked or chosen.
    #[track_caller]
    pub fn is_chosen(&self) -> bool {
        self.with("look at", |element| block_on(element.is_selected()))
    }

    /// Whether the focus is on it now.
    #[must_use]
    pub fn is_focused(&self) -> bool {
        self.found().iter().any(|node| node.is_focused)
    }

    /// Waits until its text holds another.
    #[track_caller]
    pub fn wait_text(&self, part: &str) {
        self.page.step(&format!("wait for {part:?} in {}", self.words()));
        let (mut last, times) = (None, Cell::default());
        let found = poll(|| {
            // The element may be there only later, or change while it is read: ask again.
            let one = self.look(&times).first().and_then(|it| it.backend_id)?;
            let text = self
                .page
                .element(one)
                .and_then(|element| block_on(element.text()))
                .ok()?;
            let holds = text.contains(part);
            last = Some(text);
            holds.then_some(())
        });
        assert!(
            found.is_some(),
            "{} never said {part:?}, but {last:?}\n{}",
            self.words(),
            self.page.tree().outline()
        );
    }
}
