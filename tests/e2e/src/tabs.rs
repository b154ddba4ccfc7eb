//! More than one tab of the browser, and clocks that go differently.

use serde_json::json;
use thirtyfour::Key;
use thirtyfour::error::WebDriverResult;

use crate::browser::Page;
use crate::console::LISTENER;
use crate::vocabulary::Vocabulary;
use crate::wait::{block_on, wait_until};

/// The clocks of the page, moved by `__clocks.wall` and `__clocks.running` milliseconds.
const CLOCKS: &str = "
    if (!globalThis.__clocks) {
        const now = Date.now, ran = performance.now.bind(performance);
        globalThis.__clocks = { wall: 0, running: 0 };
        Date.now = () => now.call(Date) + __clocks.wall;
        performance.now = () => ran() + __clocks.running;
    }";

impl Page {
    /// Opens another tab and goes there: what follows happens in it. Tabs are counted from 0 in the order in which they
    /// were opened.
    #[track_caller]
    pub fn open_tab(&self) {
        self.step("open another tab");
        let opened = block_on(async {
            let handle = self.driver.new_tab().await?;
            self.driver.switch_to_window(handle).await?;
            let cdp = self.driver.cdp();
            cdp.send_raw("Accessibility.enable", json!({})).await?;
            cdp.send_raw("Page.enable", json!({})).await?;
            cdp.send_raw("Page.addScriptToEvaluateOnNewDocument", json!({"source": LISTENER}))
                .await?;
            WebDriverResult::Ok(())
        });
        opened.unwrap_or_else(|error| panic!("opening a tab: {error}"));
    }

    /// Goes to another tab: what follows happens in it.
    #[track_caller]
    pub fn go_to_tab(&self, tab: usize) {
        self.step(&format!("go to tab {tab}"));
        let gone = block_on(async {
            let handles = self.driver.windows().await?;
            self.driver.switch_to_window(handles[tab].clone()).await?;
            self.driver.cdp().send_raw("Page.bringToFront", json!({})).await?;
            WebDriverResult::Ok(())
        });
        gone.unwrap_or_else(|error| panic!("going to tab {tab}: {error}"));
    }

    /// What the clipboard holds: by pasting it into the command palette. The page itself may not read it.
    #[track_caller]
    pub fn pasted(&self) -> String {
        self.press_with_ctrl('k');
        let field = self.combobox("Go to, or do…");
        wait_until("the palette has the focus", || field.is_focused());
        self.press_with_ctrl('v');
        let pasted = field.value();
        self.press(Key::Escape);
        field.wait_gone();
        pasted
    }

    /// So many seconds pass in which the page runs and nobody does anything.
    #[track_caller]
    pub fn pass(&self, seconds: u32) {
        self.step(&format!("{seconds} seconds pass"));
        self.run(CLOCKS);
        self.run(&format!(
            "__clocks.wall += {seconds} * 1000; __clocks.running += {seconds} * 1000"
        ));
    }

    /// The machine sleeps for so many seconds.
    #[track_caller]
    pub fn sleep(&self, seconds: u32) {
        self.step(&format!("the machine sleeps for {seconds} seconds"));
        self.run(CLOCKS);
        self.run(&format!("__clocks.wall += {seconds} * 1000"));
    }
}
