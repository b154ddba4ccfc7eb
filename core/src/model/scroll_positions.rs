//! The scroll position and focus of each view, to restore on back and forward.

/// A position on a view.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// The scroll offset, in CSS pixels.
    pub scroll: f64,
    /// The focused element.
    pub focus: Option<Focus>,
}

/// How to find the focused element again after the view was rendered anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The link to this address.
    Link(String),
    /// The control with this index among those of the view.
    Control(usize),
}

/// The positions on recently left views, by address.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places(Vec<(String, Place)>);

/// The maximum number of positions.
const MOST: usize = 100;

impl Places {
    /// Updates the position on the view at an address.
    pub fn note(&mut self, address: &str, note: impl FnOnce(&mut Place)) {
        // The latest is at the end, and usually the one that is updated.
        if let Some(at) = self.0.iter().rposition(|(known, _)| known == address) {
            let mut known = self.0.remove(at);
            note(&mut known.1);
            return self.0.push(known);
        }
        if self.0.len() == MOST {
            self.0.remove(0);
        }
        let mut place = Place::default();
        note(&mut place);
        self.0.push((address.to_owned(), place));
    }

    /// The position on the view at an address, if known.
    #[must_use]
    pub fn at(&self, address: &str) -> Option<&Place> {
        self.0
            .iter()
            .find(|(known, _)| known == address)
            .map(|(_, place)| place)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_places_are_known() {
        let mut places = Places::default();
        assert_eq!(places.at("/a"), None);
        places.note("/a", |place| place.scroll = 10.0);
        places.note("/a", |place| place.focus = Some(Focus::Link("/b".to_owned())));
        let place = places.at("/a").unwrap();
        assert_eq!(
            (place.scroll, &place.focus),
            (10.0, &Some(Focus::Link("/b".to_owned())))
        );
        for number in 0..MOST - 1 {
            places.note(&format!("/{number}"), |_| {});
        }
        // Updating makes it one of the latest.
        places.note("/a", |_| {});
        places.note("/one-more", |_| {});
        assert!(places.at("/a").is_some());
        assert_eq!(places.at("/0"), None);
        assert_eq!(places.0.len(), MOST);
    }
}
