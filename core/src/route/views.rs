//! Saved views: each is the query string of a list, including its name. Addresses contain no values, so saved views do
//! not either.

use crate::route::list_state::ListState;

/// Saved views, sorted by name.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Views(Vec<ListState>);

/// The maximum number of views, because browser storage is small.
pub const MOST_VIEWS: usize = 100;

impl Views {
    /// Parses the output of [`Self::to_text`]: a query string per line. Unknown parts are ignored.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let mut views = Self::default();
        for line in text.lines() {
            let view = ListState::parse(line);
            if view.view.is_some() {
                views.put(view);
            }
        }
        views
    }

    /// The views as text for storage.
    #[must_use]
    pub fn to_text(&self) -> String {
        let lines: Vec<String> = self.0.iter().map(ListState::to_query).collect();
        lines.join("\n")
    }

    /// All views.
    #[must_use]
    pub fn all(&self) -> &[ListState] {
        &self.0
    }

    /// The view with this name.
    #[must_use]
    pub fn find(&self, name: &str) -> Option<&ListState> {
        self.0.iter().find(|view| view.view.as_deref() == Some(name))
    }

    /// Saves a view under its name, replacing a view of the same name. Returns whether it was saved: not without a
    /// name, nor if there are too many.
    pub fn put(&mut self, view: ListState) -> bool {
        let Some(name) = view.view.clone() else { return false };
        self.remove(&name);
        let has_room = self.0.len() < MOST_VIEWS;
        if has_room {
            let at = self
                .0
                .partition_point(|known| known.view.as_deref() < Some(name.as_str()));
            self.0.insert(at, view);
        }
        has_room
    }

    /// Removes the view with this name.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|view| view.view.as_deref() != Some(name));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn view(name: &str, search: &str) -> ListState {
        ListState {
            view: Some(name.to_owned()),
            search: search.to_owned(),
            ..ListState::default()
        }
    }

    #[test]
    fn a_name_is_had_by_one() {
        let mut views = Views::default();
        assert!(views.put(view("b", "1")));
        assert!(views.put(view("a", "2")));
        assert!(views.put(view("b", "3")));
        assert!(!views.put(ListState::default()));
        let names: Vec<_> = views.all().iter().map(|view| view.search.as_str()).collect();
        assert_eq!(names, ["2", "3"]);
        views.remove("a");
        assert_eq!((views.find("a"), views.all().len()), (None, 1));
        assert_eq!(Views::parse("nothing\nq=1&view=x\n\n&&=").all().len(), 1);
    }

    #[test]
    fn where_there_is_no_room_a_name_is_refused_and_those_that_are_there_are_not() {
        let mut views = Views::default();
        for number in 0..MOST_VIEWS {
            assert!(views.put(view(&format!("view {number}"), "before")));
        }
        assert!(!views.put(view("one more", "")));
        assert_eq!((views.all().len(), views.find("one more")), (MOST_VIEWS, None));
        assert!(views.put(view("view 7", "after")));
        assert_eq!(views.find("view 7").map(|view| view.search.as_str()), Some("after"));
        views.remove("view 8");
        assert!(views.put(view("one more", "")));
    }

    proptest! {
        #[test]
        fn what_is_kept_comes_back(named in proptest::collection::vec(("[ -~ä\n]{1,9}x", any::<String>()), 0..9)) {
            let mut views = Views::default();
            for (name, search) in &named {
                views.put(view(name, search));
            }
            prop_assert_eq!(Views::parse(&views.to_text()), views);
        }
    }
}
