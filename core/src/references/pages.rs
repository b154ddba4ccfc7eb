//! Reads the pages of one list in sequence, without running in a circle (api.md, Pagination).

use std::collections::BTreeSet;

use contract::Cursor;

/// Empty pages in a row, each with a cursor, after which a list counts as endless.
const MOST_EMPTY: u32 = 50;

/// The server returned a cursor again, or empty pages without an end: reading on would never end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endless;

/// Where the reading of a list is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pages {
    next: Option<Cursor>,
    used: BTreeSet<String>,
    empty: u32,
    has_restarted: bool,
}

impl Pages {
    /// The cursor of the page to read; `None` for the first one.
    #[must_use]
    pub fn cursor(&self) -> Option<&Cursor> {
        self.next.as_ref()
    }

    /// Starts from the first page again, because the server refused the cursor, which expires. Returns whether to read on by
    /// itself: once. A cursor that is refused again is refused by a server that never takes it.
    pub fn restart(&mut self) -> bool {
        let has_restarted = self.next.is_some() && !self.has_restarted;
        *self = Self {
            has_restarted,
            ..Self::default()
        };
        has_restarted
    }

    /// Notes a page that was read. Returns whether there is another one.
    ///
    /// # Errors
    ///
    /// If reading on would never end.
    pub fn advance(&mut self, is_empty: bool, next: Option<Cursor>) -> Result<bool, Endless> {
        let Some(next) = next else {
            return Ok(false);
        };
        self.empty = if is_empty { self.empty + 1 } else { 0 };
        if self.empty > MOST_EMPTY || !self.used.insert(next.as_str().to_owned()) {
            return Err(Endless);
        }
        self.next = Some(next);
        Ok(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_with_the_last_page_and_never_runs_in_a_circle() {
        let mut pages = Pages::default();
        assert_eq!(pages.cursor(), None);
        assert_eq!(pages.advance(false, Cursor::new("a")), Ok(true));
        assert_eq!(pages.advance(true, Cursor::new("b")), Ok(true));
        assert_eq!(pages.cursor().map(Cursor::as_str), Some("b"));
        assert_eq!(pages.clone().advance(false, None), Ok(false));
        assert_eq!(pages.advance(false, Cursor::new("a")), Err(Endless));
    }

    #[test]
    fn a_refused_cursor_restarts_once() {
        let mut pages = Pages::default();
        assert!(!pages.restart(), "the first page has no cursor that could expire");
        for is_first in [true, false] {
            assert_eq!(pages.advance(false, Cursor::new("a")), Ok(true));
            assert_eq!(pages.restart(), is_first);
            assert_eq!(pages.cursor(), None);
        }
    }

    #[test]
    fn empty_pages_end_too() {
        let mut pages = Pages::default();
        let ended = (0..1_000).find(|number| pages.advance(true, Cursor::new(number.to_string())).is_err());
        assert_eq!(ended, Some(usize::try_from(MOST_EMPTY).unwrap()));
    }
}
