//! The registry of actions: what pages and the app offer, and what keys, menus and the command palette run.

use std::rc::Rc;

use leptos::prelude::*;
use strongroom_core::model::actions::{ActionId, Registry};

/// An action on offer.
#[derive(Clone)]
pub struct Offer {
    /// Its name in the palette.
    pub name: Signal<String>,
    /// Why it can't run now.
    pub refusal: Signal<Option<String>>,
    run: Rc<dyn Fn()>,
}

/// The actions on offer. A context of the app.
#[derive(Clone, Copy)]
pub struct Actions(StoredValue<Registry<Offer>, LocalStorage>);

impl Default for Actions {
    fn default() -> Self {
        Self(StoredValue::new_local(Registry::default()))
    }
}

impl Actions {
    /// Runs an action, unless nobody offers it or it is refused.
    pub fn run(self, id: ActionId) {
        self.try_run(id);
    }

    /// Like [`Self::run`]. Returns whether it ran.
    pub fn try_run(self, id: ActionId) -> bool {
        let offer = self.0.with_value(|registry| registry.find(id).cloned());
        let offer = offer.filter(|offer| offer.refusal.with_untracked(Option::is_none));
        if let Some(offer) = &offer {
            (offer.run)();
        }
        offer.is_some()
    }

    /// All actions on offer.
    pub fn all(self) -> Vec<(ActionId, Offer)> {
        self.0.with_value(|registry| {
            let all = registry.all().into_iter();
            all.map(|(id, offer)| (id, offer.clone())).collect()
        })
    }

    fn add(self, id: ActionId, offer: Offer) {
        let ticket = self.0.try_update_value(|registry| registry.add(id, offer));
        on_cleanup(move || {
            if let Some(ticket) = ticket {
                self.0.try_update_value(|registry| registry.remove(ticket));
            }
        });
    }
}

/// Offers an action for as long as the view is mounted.
pub fn offer(id: ActionId, name: impl Into<Signal<String>>, run: impl Fn() + 'static) {
    offer_unless(Signal::stored(None), id, name, run);
}

/// Offers an action that may be refused.
pub fn offer_unless(
    refusal: Signal<Option<String>>,
    id: ActionId,
    name: impl Into<Signal<String>>,
    run: impl Fn() + 'static,
) {
    let offer = Offer {
        name: name.into(),
        refusal,
        run: Rc::new(run),
    };
    use_actions().add(id, offer);
}

/// The actions on offer.
///
/// # Panics
///
/// If no app provides them.
pub fn use_actions() -> Actions {
    expect_context::<Actions>()
}
