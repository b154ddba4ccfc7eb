//! Saves the state of a page for debugging a failed test.

use std::fs;
use std::path::Path;

use crate::browser::Page;
use crate::wait::block_on;

impl Page {
    /// Leaves what is needed to understand a failure in a folder.
    pub fn save_evidence(&self, folder: &Path, why: &str) {
        // A browser that is gone tells nothing more, and what was heard before is still evidence.
        let log = self.try_log().unwrap_or_else(|_| self.log.borrow().clone());
        let log: Vec<_> = log
            .iter()
            .map(|it| format!("{} {:?} {}", it.level, it.source, it.message))
            .collect();
        let screenshot = block_on(self.driver.screenshot_as_png()).unwrap_or_default();
        let source = block_on(self.driver.source()).unwrap_or_default();
        let address = block_on(self.driver.current_url())
            .map(|url| url.to_string())
            .unwrap_or_default();
        let steps = self.steps.borrow().join("\n");
        let files = [
            ("why.txt", format!("{why}\n\nat {address}\n\n{steps}\n").into_bytes()),
            ("page.png", screenshot),
            ("page.html", source.into_bytes()),
            ("accessibility.txt", self.tree().outline().into_bytes()),
            ("console.txt", log.join("\n").into_bytes()),
        ];
        let written = fs::create_dir_all(folder).and_then(|()| {
            files
                .iter()
                .try_for_each(|(name, bytes)| fs::write(folder.join(name), bytes))
        });
        match written {
            Ok(()) => eprintln!("what the page was like: {}", folder.display()),
            Err(error) => eprintln!(
                "what the page was like could not be saved in {}: {error}",
                folder.display()
            ),
        }
    }
}
