//! Looks for a draft and takes it up, or offers it.

use std::time::Duration;

use contract::{SecretText, Timestamp};
use leptos::prelude::*;
use strongroom_core::model::draft::Draft;

use crate::browser::tasks;
use crate::components::draft::slot::Place;
use crate::components::draft::status::{Keeping, Told};
use crate::components::draft::{Drafting, Typed};
use crate::store::drafts::Drafts;

/// How often, and how long apart, a restored value is put into its field, which may not be in the page yet.
const TRIES: u32 = 100;
const PAUSE: Duration = Duration::from_millis(50);

impl Drafting {
    /// It is known who is connected, and it is somebody else than before. Nothing is kept in their name until it is
    /// known which draft of theirs that would be in the place of.
    pub fn belong_to(self, drafts: Drafts) {
        let Some(form) = self.name.try_get_value() else { return };
        let place = Place { drafts, form, slot: 0 };
        let _ = self.is_ready.try_set_value(false);
        let _ = self.keeping.try_set_value(Keeping::Unknown);
        let _ = self.told.try_maybe_update(|told| {
            let is_anothers = matches!(told, Told::Offered(_));
            if is_anothers {
                *told = Told::Nothing;
            }
            (is_anothers, ())
        });
        let _ = self.places.try_update_value(|places| {
            places.retain(|known| known.drafts != place.drafts);
            places.push(place.clone());
        });
        tasks::spawn(async move { self.look(place).await });
    }

    async fn look(self, mut place: Place) {
        let whose = place.drafts.clone();
        let mut found = None;
        while place.drafts.has(&place.name()) {
            if let Some(draft) = read(&place).await {
                found = Some((place.clone(), draft));
            }
            place = place.above();
        }
        if self.own_place().is_none_or(|own| own.drafts != whose) {
            // Somebody else has connected meanwhile.
            return;
        }
        let Some((place, (draft, value))) = found else {
            self.begin();
            return;
        };
        if matches!(self.present(), Typed::Something(..)) {
            // Whoever has begun to type meanwhile does not get it taken out of the hand, and chooses.
            self.move_to(place.above());
            let _ = self.told.try_set(Told::Offered(draft.kept_at));
            self.begin();
            return;
        }
        self.move_to(place);
        self.restore(draft, value).await;
    }

    /// From now on what is typed is kept.
    fn begin(self) {
        let _ = self.is_ready.try_set_value(true);
        self.changed();
    }

    /// Puts a draft into the form, and only once all of it is there, keeps what is typed: a draft with a value is not
    /// overwritten with one that has lost it.
    async fn restore(self, draft: Draft, value: Option<SecretText>) {
        let kept_at = draft.kept_at;
        let Some(take_up) = self.take_up.try_get_value() else {
            return;
        };
        if draft.is_value_hidden {
            // Whoever hid it may have somebody behind them still.
            self.value.hide();
        }
        take_up(draft);
        let _ = self.told.try_set(Told::Restored(kept_at));
        if let Some(value) = value {
            let mut tries = 0;
            // Frames are not drawn in a tab that is hidden; time passes there, too.
            while !self.value.place(&value) {
                tries += 1;
                if tries > TRIES || self.is_over.try_get_value() != Some(false) {
                    return;
                }
                self.clock.sleep(PAUSE).await;
            }
        }
        let _ = self.keeping.try_set_value(Keeping::Kept);
        self.offer_older().await;
        self.begin();
    }

    /// Tells of the draft that still waits below, where one does.
    async fn offer_older(self) {
        if let Some(kept_at) = self.older().await {
            let _ = self.told.try_set(Told::Offered(kept_at));
        }
    }

    async fn older(self) -> Option<Timestamp> {
        let (draft, _) = read(&self.own_place()?.below()?).await?;
        Some(draft.kept_at)
    }

    /// The person wants the draft that was offered in place of what is typed.
    pub fn take_offered(self) {
        let Some((own, older)) = self.own_place().and_then(|own| Some((own.clone(), own.below()?))) else {
            return;
        };
        // Nothing half of which is the one and half the other is kept.
        let _ = self.is_ready.try_set_value(false);
        tasks::spawn(async move {
            let draft = read(&older).await;
            own.forget();
            // What somebody else kept is not what is in the form from now on, and stays theirs.
            let _ = self.places.try_set_value(vec![older]);
            let Some((draft, value)) = draft else {
                let _ = self.told.try_set(Told::Nothing);
                self.begin();
                return;
            };
            // What is typed gives way, with its value.
            let _ = self.value.place(&SecretText::new(""));
            self.restore(draft, value).await;
        });
    }

    /// The person does not want the draft that was offered: what is typed takes its place.
    pub fn refuse_offered(self) {
        self.told.set(Told::Nothing);
        if let Some(own) = self.own_place()
            && let Some(older) = own.below()
        {
            older.forget();
            self.move_to(older);
            self.keep_now();
            own.forget();
            tasks::spawn(async move { self.offer_older().await });
        }
    }

    /// What is typed belongs to this place now.
    fn move_to(self, place: Place) {
        let _ = self.places.try_update_value(|places| {
            if let Some(own) = places.last_mut() {
                *own = place;
            }
        });
    }
}

async fn read(place: &Place) -> Option<(Draft, Option<SecretText>)> {
    let bytes = place.drafts.read(&place.name()).await?;
    Draft::from_bytes(&bytes)
}
