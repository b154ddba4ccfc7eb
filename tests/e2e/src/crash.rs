//! A tab whose process ends, and that is loaded again. The driver gives such a tab up for good, so what happens in it is
//! asked of the browser itself.

use serde_json::{Value, json};

use crate::browser::Page;

impl Page {
    /// Ends the process of the tab, as a fault of the browser would, loads its page again, as a person would by the
    /// button that the browser shows then, and gives what an expression comes to there. From then on the journey is in
    /// another tab, which is empty.
    ///
    /// # Panics
    ///
    /// Where the browser does not do that.
    #[track_caller]
    pub fn crash_and_load_again(&self, expression: &str) -> Value {
        let crashed = self.current_tab();
        self.open_tab();
        self.step("the tab before it crashes, and is loaded again");
        let path = format!("/devtools/page/{crashed}");
        let mut tab = self.context().connect(&path).expect("a connection to the tab");
        tab.send("Page.crash", &json!({})).expect("crashing");
        tab.wait(|message| message["method"] == "Inspector.targetCrashed")
            .expect("the tab crashes");
        tab.send("Page.reload", &json!({})).expect("reloading");
        tab.wait(|message| message["method"] == "Inspector.targetReloadedAfterCrash")
            .expect("the tab is loaded again");
        let how = json!({"expression": expression, "awaitPromise": true, "returnByValue": true});
        let mut answer = tab.call("Runtime.evaluate", &how).expect("an answer of the tab");
        assert!(answer["exceptionDetails"].is_null(), "{expression}: {answer}");
        answer["result"]["value"].take()
    }
}
