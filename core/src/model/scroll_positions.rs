//! Where on each view a person was, so that back and forward lead to the very place.

/// A place on a view.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// How far it was scrolled, in CSS pixels.
    pub scroll: f64,
    /// What had the focus.
    pub focus: Option<Focus>,
}

/// How to find again what had the focus, although the view has been drawn anew since.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Focus {
    /// The link that leads there.
    Link(String),
    /// The control with this number among those of the view.
    Control(usize),
}

/// The places on the views that were left, by their address. Only the latest ones are known.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Places(Vec<(String, Place)>);

/// As many as a person may go back and still know where they were.
const MOST: usize = 100;

impl Places {
    /// Notes something about the place on the view at an address.
    pub fn note(&mut self, address: &str, note: impl FnOnce(&mut Place)) {
        // The latest is at the end, and mostly it is the one that is noted again.
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

    /// The place on the view at an address, if it is known.
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
        // Noted again, it is among the latest.
        places.note("/a", |_| {});
        places.note("/one-more", |_| {});
        assert!(places.at("/a").is_some());
        assert_eq!(places.at("/0"), None);
        assert_eq!(places.0.len(), MOST);
    }
}
