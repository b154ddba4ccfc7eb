//! Icons.

use leptos::prelude::*;

/// A cell of the sprite `style/icons.svg`, by its class in `style/icon.css`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph(&'static str);

macro_rules! glyphs {
    ($($(#[$doc:meta])* $name:ident: $class:literal,)*) => {
        impl Glyph {
            $($(#[$doc])* pub const $name: Self = Self(concat!("icon icon-", $class));)*

            /// All icons, in the order of the sprite.
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
    /// A circular arrow: refresh.
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
    /// A chevron: opens something below.
    CHEVRON_DOWN: "chevron-down",
    /// Two chevrons: a choice of several.
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
    /// A lock.
    LOCK: "lock",
    /// A keyboard.
    KEYBOARD: "keyboard",
    /// Disconnect.
    LEAVE: "leave",
    /// More actions.
    MORE: "more",
    /// An arrow: opens.
    OPEN: "open",
    /// Brackets: code.
    CODE: "code",
    /// To the one before.
    CHEVRON_LEFT: "chevron-left",
    /// To the next one.
    CHEVRON_RIGHT: "chevron-right",
    /// A box: managed by a bundle.
    PACKAGE: "package",
    /// A tag: labels.
    TAG: "tag",
    /// Two sliders: how the list is displayed.
    SLIDERS: "sliders",
    /// One thing in the place of another: replaces a value.
    REPLACE: "replace",
    /// A triangle with an exclamation mark: a warning.
    WARNING: "warning",
}

impl Glyph {
    /// The name of its class.
    #[must_use]
    pub const fn class(self) -> &'static str {
        self.0
    }
}

/// An icon beside a word, or in a button that has an accessible name. Hidden from screen readers.
pub fn icon(glyph: Glyph) -> AnyView {
    view! { <span class=glyph.class() aria-hidden="true"></span> }.into_any()
}
