//! Long use of one document: what it holds on to, and how it is used without a person's patience.

use std::fmt;
use std::time::Duration;

use serde_json::{Value, json};

use crate::browser::Page;
use crate::wait::block_on;

/// What follows links and edits, inside the page.
const SCRIPT: &str = include_str!("endurance.js");

/// How long one call of it may take: the script itself gives up earlier, and says on what.
const PATIENCE: Duration = Duration::from_secs(300);

/// What a single table that grows to its next size adds to the bytes in use: a leak adds more, and again and again.
const STEP: u64 = 64 * 1024;

/// The largest buffer that 100,000 secrets need but their rows: a column of texts, whose size doubles, with the page that it
/// begins in. Whether it fits into a gap depends on what else is in memory at that moment.
const BUFFER: u64 = 65 * 64 * 1024;

/// What a document holds after everything that nobody refers to was removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Level {
    /// Documents, the page's own included.
    pub documents: u64,
    /// Nodes, those included that are in no document.
    pub nodes: u64,
    /// Event listeners.
    pub listeners: u64,
    /// Bytes of the garbage-collected heap.
    pub heap: u64,
    /// Bytes of WebAssembly memory. It never shrinks: it is the most that was ever in use.
    pub memory: u64,
    /// Of these, the bytes in use: in words that are not zero. Freed memory is wiped (docs/decisions/0507), so this grows
    /// where something is kept, and not where memory is in many small pieces.
    pub used: u64,
}

impl fmt::Display for Level {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            documents,
            nodes,
            listeners,
            heap,
            memory,
            used,
        } = self;
        let (heap, memory, used) = (heap / 1024, memory / 1024, used / 1024);
        write!(
            formatter,
            "{documents} documents, {nodes} nodes, {listeners} listeners, {heap} KB of JavaScript, {memory} KB of WebAssembly, {used} KB of these in use"
        )
    }
}

impl Level {
    /// What is counted and grew since an earlier level, in words.
    #[must_use]
    pub fn leaks_since(&self, earlier: &Self) -> Vec<String> {
        grown([
            ("documents", earlier.documents, self.documents, 0),
            ("nodes", earlier.nodes, self.nodes, 0),
            ("listeners", earlier.listeners, self.listeners, 0),
        ])
    }

    /// What takes more than a tenth more memory than at an earlier level, in words. It means little after a short time: the
    /// memory of the program grows in steps. What is in use shows a leak; all memory shows that gaps are used again.
    #[must_use]
    pub fn growth_since(&self, earlier: &Self) -> Vec<String> {
        grown([
            ("bytes of JavaScript", earlier.heap, self.heap, earlier.heap / 10),
            (
                "bytes of WebAssembly",
                earlier.memory,
                self.memory,
                earlier.memory / 10 + BUFFER,
            ),
            ("bytes of it in use", earlier.used, self.used, earlier.used / 10 + STEP),
        ])
    }
}

/// The numbers that are larger than before by more than their slack.
fn grown<const COUNT: usize>(numbers: [(&str, u64, u64, u64); COUNT]) -> Vec<String> {
    let grown = numbers
        .into_iter()
        .filter(|(_, before, now, slack)| *now > before + slack);
    grown
        .map(|(what, before, now, _)| format!("{what}: {before}, then {now}"))
        .collect()
}

impl Page {
    /// What the document holds.
    ///
    /// # Panics
    ///
    /// Where the browser does not tell.
    #[track_caller]
    pub fn level(&self) -> Level {
        // Twice: what one collection finalises refers to what the next one removes.
        for _ in 0..2 {
            self.devtools("HeapProfiler.collectGarbage", json!({}));
        }
        let counts = self.devtools("Memory.getDOMCounters", json!({}));
        let heap = self.devtools("Runtime.getHeapUsage", json!({}));
        let number = |from: &Value, name: &str| from[name].as_u64().unwrap_or_else(|| panic!("{name} in {from}"));
        let [memory, used] = self.web_assembly_memory();
        Level {
            documents: number(&counts, "documents"),
            nodes: number(&counts, "nodes"),
            listeners: number(&counts, "jsEventListeners"),
            heap: number(&heap, "usedSize"),
            memory,
            used,
        }
    }

    /// The bytes of the program's memory, and those in use.
    #[track_caller]
    fn web_assembly_memory(&self) -> [u64; 2] {
        let bytes = self.run(
            "return (async () => {
                 const own = document.querySelector('script[data-wasm]')?.dataset.js;
                 const glue = own ? await import(own) : globalThis.wasmBindings;
                 // The glue answers with what it has.
                 const { buffer } = (await glue.default()).memory;
                 const words = new Uint32Array(buffer);
                 let used = 0;
                 for (let at = 0; at < words.length; at++) if (words[at] !== 0) used += 4;
                 return [buffer.byteLength, used];
             })()",
        );
        [0, 1].map(|at| bytes[at].as_u64().expect("the program has a memory"))
    }

    /// Uses the console by a script, which a driver would take ten times as long for: `call` is a function of
    /// `endurance.js` with its arguments.
    #[track_caller]
    pub fn endure(&self, call: &str) {
        self.step("endure");
        let patience = block_on(self.driver.set_script_timeout(PATIENCE));
        patience.unwrap_or_else(|error| panic!("waiting longer for scripts: {error}"));
        self.run(SCRIPT);
        self.run(&format!("return __endurance.{call}"));
    }
}

#[cfg(test)]
mod tests {
    use super::Level;

    #[test]
    fn what_grew_is_named() {
        let before = Level {
            documents: 1,
            nodes: 100,
            listeners: 50,
            heap: 1000,
            memory: 100_000_000,
            used: 1_000_000,
        };
        let within = Level {
            nodes: 90,
            heap: 1100,
            memory: 110_000_000,
            ..before
        };
        assert!(within.leaks_since(&before).is_empty() && within.growth_since(&before).is_empty());
        let beyond = Level {
            documents: 2,
            nodes: 101,
            listeners: 51,
            heap: 1101,
            memory: 115_000_000,
            used: 1_200_000,
        };
        assert_eq!(beyond.leaks_since(&before).len(), 3);
        assert_eq!(
            beyond.growth_since(&before),
            [
                "bytes of JavaScript: 1000, then 1101",
                "bytes of WebAssembly: 100000000, then 115000000",
                "bytes of it in use: 1000000, then 1200000"
            ]
        );
    }
}
