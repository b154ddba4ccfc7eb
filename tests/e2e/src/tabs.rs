//! More than one tab of the browser, and its clipboard.

use serde_json::json;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use crate::browser::Page;
use crate::vocabulary::Vocabulary;
use crate::wait::{block_on, wait_until};

impl Page {
    /// Opens another tab and goes there: what follows happens in it. Tabs are counted from 0 in the order in which they
    /// were opened.
    #[track_caller]
    pub fn open_tab(&self) {
        self.step("open another tab");
        let tab = self.context().open_tab();
        let tab = tab.unwrap_or_else(|error| panic!("opening a tab: {error}"));
        self.tabs.borrow_mut().push(tab);
        self.prepare_tab();
    }

    /// Goes to another tab: what follows happens in it.
    #[track_caller]
    pub fn go_to_tab(&self, tab: usize) {
        self.step(&format!("go to tab {tab}"));
        let handle = self.tabs.borrow()[tab].clone();
        let gone = block_on(async {
            self.driver.switch_to_window(handle.into()).await?;
            self.driver.cdp().send_raw("Page.bringToFront", json!({})).await?;
            WebDriverResult::Ok(())
        });
        gone.unwrap_or_else(|error| panic!("going to tab {tab}: {error}"));
    }

    /// The name of the tab that the driver is in.
    #[track_caller]
    pub(crate) fn current_tab(&self) -> String {
        let tab = block_on(self.driver.window());
        tab.unwrap_or_else(|error| panic!("reading the tab: {error}"))
            .to_string()
    }

    /// What the clipboard holds: by pasting it into the command palette. The page itself may not read it.
    #[track_caller]
    pub fn pasted(&self) -> String {
        self.press_with_ctrl('k');
        let field = self.combobox("Go to or run");
        wait_until("the palette has the focus", || field.is_focused());
        self.press_with_ctrl('v');
        let pasted = field.value();
        self.press(Key::Escape);
        field.wait_gone();
        pasted
    }
}
