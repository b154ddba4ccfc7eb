//! Icons.

use leptos::prelude::*;

/// A cell of the picture `style/icons.svg`, by the class that `style/icon.css` shows it with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph(&'static str);

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident: $class:literal,)*) => {
        impl Glyph {
            $($(#[$doc])* pub const $name: Self = Self(concat!("icon icon-", $class));)*

            /// All of them, in the order of the picture.
            #[cfg(feature = "gallery")]
            pub const ALL: &[Self] = &[$(Self::$name,)*];
        }
    };
}

glyphs! {
    /// A magnifying glass.
    SEARCH: "search",
    /// A plus: something new.
    PLUS: "plus",
    /// An arrow that goes round: reads again.
    REFRESH: "refresh",
    /// Two sheets.
    COPY: "copy",
    /// A tick: done, or chosen.
    CHECK: "check",
    /// An eye: shows.
    EYE: "eye",
    /// An eye crossed out: hides.
    EYE_OFF: "eye-off",
    /// A cross: closes, or takes away.
    CLOSE: "close",
    /// Something opens below.
    CHEVRON_DOWN: "chevron-down",
    /// One of several can be chosen.
    CHEVRONS: "chevrons",
    /// Ascending.
    ARROW_UP: "arrow-up",
    /// Descending.
    ARROW_DOWN: "arrow-down",
    /// A pencil: edits.
    PENCIL: "pencil",
    /// A bin: deletes.
    TRASH: "trash",
    /// A key.
    KEY: "key",
    /// Sheets one above the other: workspaces.
    LAYERS: "layers",
    /// A person.
    PERSON: "person",
    /// Light.
    SUN: "sun",
    /// Dark.
    MOON: "moon",
    /// As the system is.
    MONITOR: "monitor",
    /// Failed.
    ERROR: "error",
    /// Closed to others.
    LOCK: "lock",
    /// The keys.
    KEYBOARD: "keyboard",
    /// The way out.
    LEAVE: "leave",
    /// More to do.
    MORE: "more",
}

impl Glyph {
    /// What the class is called that shows it.
    #[must_use]
    pub const fn class(self) -> &'static str {
        self.0
    }
}

/// A picture beside a word, or in a button that has a name. It says nothing to a screen reader: what it means is said in
/// words.
pub fn icon(glyph: Glyph) -> AnyView {
    view! { <span class=glyph.class() aria-hidden="true"></span> }.into_any()
}
