//! Moving between views.

use leptos::prelude::*;
use leptos_router::NavigateOptions;
use leptos_router::hooks::{use_navigate, use_url};

/// What the router moves with.
type Navigate = std::rc::Rc<dyn Fn(&str, NavigateOptions)>;

/// Moves between views of the console.
#[derive(Clone, Copy)]
pub struct Navigation(StoredValue<Navigate, LocalStorage>);

impl Navigation {
    /// Goes to an address of the console; back leads here again.
    pub fn go(&self, address: &str) {
        self.0
            .with_value(|navigate| navigate(address, NavigateOptions::default()));
    }

    /// Goes to an address in place of the present one, without moving what is on screen.
    pub fn replace(&self, address: &str) {
        let options = NavigateOptions {
            replace: true,
            scroll: false,
            ..NavigateOptions::default()
        };
        self.0.with_value(|navigate| navigate(address, options));
    }
}

impl Navigation {
    /// Goes on from an address in its place, unless the person has gone elsewhere in the meantime.
    pub fn replace_if_here(&self, here: &str, address: &str) {
        let present = window().location().pathname().unwrap_or_default();
        if present == here.split('?').next().unwrap_or_default() {
            self.0.with_value(|navigate| {
                navigate(
                    address,
                    NavigateOptions {
                        replace: true,
                        ..NavigateOptions::default()
                    },
                );
            });
        }
    }
}

/// Moving between views, for a component below the router.
#[must_use]
pub fn use_navigation() -> Navigation {
    let navigate = use_navigate();
    Navigation(StoredValue::new_local(std::rc::Rc::new(
        move |address: &str, options| navigate(address, options),
    )))
}

/// The path and the query string of the address, as the browser has them.
#[must_use]
pub fn use_address() -> Memo<(String, String)> {
    let url = use_url();
    Memo::new(move |_| url.with(|url| (url.path().to_owned(), url.search().to_owned())))
}
