//! What is measured, and what is aimed at.

/// Which of the two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// The console.
    Ours,
    /// The list by the usual means, in `tests/peer`.
    Peer,
}

/// One row of the tables. Less is better in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Metric {
    Bytes,
    FirstRows,
    Searchable,
    AfterLastByte,
    LongestTask,
    Memory,
    NextPage,
    KeystrokeMedian,
    KeystrokeTail,
    KeystrokeWorkMedian,
    KeystrokeWorkTail,
    Sort,
    SortWork,
    FrameMedian,
    FrameTail,
    FrameFarTail,
    FramesLate,
    FramesVeryLate,
    AcrossFirst,
    AcrossLoaded,
    AcrossMemory,
    AcrossKeystrokeMedian,
    AcrossKeystrokeTail,
    AcrossWorkMedian,
    AcrossWorkTail,
    GridFirst,
    GridLoaded,
    GridMemory,
    GridKeystrokeMedian,
    GridKeystrokeTail,
    GridWorkMedian,
    GridWorkTail,
}

/// A task that the browser does not tell of is no longer than this, in milliseconds.
pub(super) const LONG_TASK: f64 = 50.0;

/// What a row aims at.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Goal {
    /// The peer takes at least this many times as much.
    Times(f64),
    /// No more than this.
    Most(f64),
    /// Reported only.
    None,
}

/// What the numbers of a row count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Bytes,
    Milliseconds,
    Megabytes,
    Frames,
}

impl Metric {
    pub(super) const ALL: [Self; 32] = [
        Self::Bytes,
        Self::FirstRows,
        Self::Searchable,
        Self::AfterLastByte,
        Self::LongestTask,
        Self::Memory,
        Self::NextPage,
        Self::KeystrokeMedian,
        Self::KeystrokeTail,
        Self::KeystrokeWorkMedian,
        Self::KeystrokeWorkTail,
        Self::Sort,
        Self::SortWork,
        Self::FrameMedian,
        Self::FrameTail,
        Self::FrameFarTail,
        Self::FramesLate,
        Self::FramesVeryLate,
        Self::AcrossFirst,
        Self::AcrossLoaded,
        Self::AcrossMemory,
        Self::AcrossKeystrokeMedian,
        Self::AcrossKeystrokeTail,
        Self::AcrossWorkMedian,
        Self::AcrossWorkTail,
        Self::GridFirst,
        Self::GridLoaded,
        Self::GridMemory,
        Self::GridKeystrokeMedian,
        Self::GridKeystrokeTail,
        Self::GridWorkMedian,
        Self::GridWorkTail,
    ];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Bytes => "bytes until the first rows",
            Self::FirstRows => "navigation to the first rows",
            Self::Searchable => "navigation to all searchable",
            Self::AfterLastByte => "last byte to all searchable",
            Self::LongestTask => "longest task until then",
            Self::Memory => "memory, JS heap and WebAssembly",
            Self::NextPage => "from a page of 1,000 to the request for the next",
            Self::KeystrokeMedian => "keystroke to its frame, p50",
            Self::KeystrokeTail => "keystroke to its frame, p95",
            Self::KeystrokeWorkMedian => "the same without the wait for the screen, p50",
            Self::KeystrokeWorkTail => "the same without the wait for the screen, p95",
            Self::Sort => "sort by name to its frame",
            Self::SortWork => "the same without the wait for the screen",
            Self::FrameMedian => "frame while scrolling, p50",
            Self::FrameTail => "frame while scrolling, p95",
            Self::FrameFarTail => "frame while scrolling, p99",
            Self::FramesLate => "frames over 16.7 ms",
            Self::FramesVeryLate => "frames over 50 ms",
            Self::AcrossFirst => "search across workspaces: navigation to the first result",
            Self::AcrossLoaded => "search across workspaces: navigation to all loaded",
            Self::AcrossMemory => "search across workspaces: memory",
            Self::AcrossKeystrokeMedian => "search across workspaces: keystroke to its frame, p50",
            Self::AcrossKeystrokeTail => "search across workspaces: keystroke to its frame, p95",
            Self::AcrossWorkMedian => "the same without the wait for the screen, p50",
            Self::AcrossWorkTail => "the same without the wait for the screen, p95",
            Self::GridFirst => "workspaces side by side: navigation to the first line",
            Self::GridLoaded => "workspaces side by side: navigation to all loaded",
            Self::GridMemory => "workspaces side by side: memory",
            Self::GridKeystrokeMedian => "workspaces side by side: keystroke to its frame, p50",
            Self::GridKeystrokeTail => "workspaces side by side: keystroke to its frame, p95",
            Self::GridWorkMedian => "the same without the wait for the screen, p50",
            Self::GridWorkTail => "the same without the wait for the screen, p95",
        }
    }

    pub(super) fn unit(self) -> Unit {
        match self {
            Self::Bytes => Unit::Bytes,
            Self::Memory | Self::AcrossMemory | Self::GridMemory => Unit::Megabytes,
            Self::FramesLate | Self::FramesVeryLate => Unit::Frames,
            _ => Unit::Milliseconds,
        }
    }

    /// The target for a number of secrets and a CPU slowdown factor.
    pub(super) fn goal(self, size: usize, slowed: u32) -> Goal {
        const MANY: usize = 100_000;
        let ahead = Goal::Times(1.0);
        match self {
            // The console asks before it decodes, the peer after.
            Self::Bytes | Self::NextPage => Goal::None,
            _ if size < MANY => ahead,
            Self::LongestTask => Goal::Most(if slowed > 1 { 200.0 } else { LONG_TASK }),
            Self::Memory | Self::KeystrokeMedian | Self::KeystrokeWorkMedian | Self::Sort | Self::SortWork => {
                Goal::Times(5.0)
            }
            // Not measured with as many yet as the goals of the list were set by.
            Self::AcrossFirst
            | Self::AcrossLoaded
            | Self::AcrossMemory
            | Self::AcrossKeystrokeMedian
            | Self::AcrossKeystrokeTail
            | Self::AcrossWorkMedian
            | Self::AcrossWorkTail
            | Self::GridFirst
            | Self::GridLoaded
            | Self::GridMemory
            | Self::GridKeystrokeMedian
            | Self::GridKeystrokeTail
            | Self::GridWorkMedian
            | Self::GridWorkTail => ahead,
            Self::KeystrokeTail | Self::KeystrokeWorkTail => Goal::Most(16.0),
            Self::FrameTail => Goal::Most(17.0),
            Self::FrameFarTail => Goal::Most(34.0),
            _ => ahead,
        }
    }
}
