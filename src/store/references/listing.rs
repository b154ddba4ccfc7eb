//! Where a reading of the tool sets is.

use std::collections::VecDeque;

use contract::ToolSetState;
use strongroom_core::references::pages::Pages;

/// Where the listing of the tool sets is.
#[derive(Debug, Clone, Default)]
pub struct Listing {
    /// The states that are still to be listed, the present one first.
    pub states: VecDeque<Option<ToolSetState>>,
    pub pages: Pages,
    /// The number of unreadable items before the tool sets of the present state.
    pub unreadable_before: usize,
}
